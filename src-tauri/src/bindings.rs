//! Keeps the window's TypeScript types equal to the Rust ones.

use std::fs;
use std::path::PathBuf;

use specta_typescript::semantic::Configuration;
use specta_typescript::{Layout, Typescript};

const HEADER: &str = "\
// The commands of the shell and the types they carry, generated from the Rust side. Do not edit:
// `MILLRACE_WRITE_BINDINGS=1 cargo test -p millrace-app` writes this file.
";

/// Estimates are finite by the time they reach a face, so a float is a plain `number`.
fn generated() -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("bindings.ts");
    crate::commands::all()
        .semantic_types(Configuration::empty().enable_lossless_floats())
        .disable_serde_phases()
        .export(Typescript::default().layout(Layout::FlatFile), &file)
        .expect("every type can be written in TypeScript");
    let exported = fs::read_to_string(&file).expect("the exporter wrote it");
    let body: String = exported
        .lines()
        .filter(|line| !line.starts_with("// "))
        .map(tidy)
        .collect();
    format!("{HEADER}{}\n", body.trim_end())
}

/// The exporter's line without its stray blanks.
fn tidy(line: &str) -> String {
    let line = line
        .trim_end()
        .replace("/**  ", "/** ")
        .replace(" *  ", " * ");
    line + "\n"
}

#[test]
fn the_windows_bindings_are_current() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/host/bindings.ts");
    let wanted = generated();
    if std::env::var_os("MILLRACE_WRITE_BINDINGS").is_some() {
        fs::write(&file, &wanted).expect("the bindings can be written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "{} is not what the Rust types say. Write it with \
         `MILLRACE_WRITE_BINDINGS=1 cargo test -p millrace-app`.",
        file.display()
    );
}
