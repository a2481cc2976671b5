//! The command `millrace` from outside: what it prints and how it ends.

mod changes;
mod export;
mod faults;
mod forecast;
mod interrupt;
mod parts;
mod replay;
mod results;

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

/// The study that most tests run.
pub const STUDY: &str = "siloed-to-integrated";
/// Arguments that make a run short: no pilot, few years.
pub const SHORT: [&str; 4] = ["--set", "run.warm_up=8 weeks", "-n", "8"];

/// The command.
pub fn millrace() -> Command {
    Command::new(env!("CARGO_BIN_EXE_millrace"))
}

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Run to the end.
pub fn output(args: &[&str]) -> Output {
    millrace().args(args).output().expect("the command starts")
}

/// Standard output of a run that must succeed.
pub fn text(args: &[&str]) -> String {
    let out = output(args);
    let error = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{args:?} failed: {error}");
    String::from_utf8(out.stdout).expect("text")
}

/// The same as JSON.
pub fn json(args: &[&str]) -> Value {
    serde_json::from_str(&text(args)).expect("JSON")
}

/// Standard error of a run that must find faults.
pub fn refused(args: &[&str]) -> String {
    let out = output(args);
    let error = String::from_utf8(out.stderr).expect("text");
    assert_eq!(out.status.code(), Some(2), "{args:?}: {error}");
    assert!(out.stdout.is_empty(), "{args:?} prints and fails");
    error
}
