//! Checks that the window's files are there, then lets Tauri read its configuration.

use std::path::Path;

const WINDOW: &str = "../ui/dist";

fn main() {
    println!("cargo::rerun-if-changed={WINDOW}");
    if Path::new(WINDOW).join("index.html").is_file() {
        tauri_build::build();
    } else {
        println!(
            "cargo::error=The window's files are missing (ui/dist). Run `./run` in the project's \
             root, or `npm ci && npm run build` in ui/, then build again."
        );
    }
}
