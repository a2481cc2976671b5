//! Ctrl-C keeps what is done, and says that it is not all.
#![cfg(unix)]

use crate::{STUDY, millrace};
use serde_json::Value;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// Start a run that would take hours, interrupt it after a while.
fn interrupted(after: Duration, args: &[&str]) -> Output {
    let child = millrace()
        .args(args)
        .args(["--set", "run.warm_up=8 weeks", "-n", "1000000"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    std::thread::sleep(after);
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill starts").success());
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_comparison_interrupted_is_whole_json_over_common_years() {
    let args = ["compare", STUDY, "--json", "--what-if", "canary"];
    let out = interrupted(Duration::from_secs(3), &args);
    assert_eq!(out.status.code(), Some(130));
    let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let made = found["replications"].as_u64().unwrap();
    assert_eq!(found["partial"], true);
    assert_eq!(found["replications_wanted"], 1_000_000);
    assert!(made > 0, "nothing was done in three seconds");
    assert_eq!(found["baseline"]["replications"], made);
    assert_eq!(found["what_ifs"][0]["replications"], made);
    assert_eq!(found["differences"][0]["replications"], made);
}

#[test]
fn choosing_interrupted_is_whole_json_that_says_so() {
    for args in [
        &["rank", STUDY, "--json", "--among", "approval"][..],
        &["rank", STUDY, "--json", "--by", "morris"],
        &["optimise", STUDY, "--json"],
    ] {
        let out = interrupted(Duration::from_secs(2), args);
        assert_eq!(out.status.code(), Some(130), "{args:?}");
        let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
        assert_eq!(found["partial"], true, "{args:?}");
    }
}

#[test]
fn a_run_interrupted_at_once_still_answers() {
    let out = interrupted(Duration::from_millis(300), &["run", STUDY]);
    assert_eq!(out.status.code(), Some(130));
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(
        text.contains("PARTIAL: ") && text.contains(" of 1000000 years"),
        "{text}"
    );
}

#[test]
fn a_trace_interrupted_is_whole_json() {
    let out = interrupted(Duration::from_secs(3), &["trace", STUDY, "--json"]);
    assert_eq!(out.status.code(), Some(130));
    let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(found["partial"], true);
    assert!(found["suspects"].is_array() && found["sentences"].is_array());
}
