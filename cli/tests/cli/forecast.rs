//! `millrace forecast`: a state in the study, days on the command line.

use crate::{millrace, refused, text, workspace};
use serde_json::Value;
use std::path::PathBuf;
use tempfile::TempDir;

const STATE: &str = "\n[forecast]\ndate = \"2026-11-25\"\nbacklog = [{ count = 40 }]\n\
    in_progress = [{ stage = \"shape\", count = 3, left = \"50%\" }]\n";

/// The start-up with a state, in a folder that lives as long as the first.
fn study(state: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let shipped = workspace().join("scenarios/start-up.toml");
    let text = std::fs::read_to_string(shipped).expect("a shipped study");
    let path = folder.path().join("study.toml");
    std::fs::write(&path, text + state).expect("written");
    (folder, path)
}

/// What `--json` prints of 100 futures.
pub fn printed(more: &[&str]) -> Value {
    let (_folder, path) = study(STATE);
    let out = millrace()
        .args(["forecast", path.to_str().unwrap(), "--json", "-n", "100"])
        .args(more)
        .output()
        .expect("the command starts");
    assert_eq!(out.status.code(), Some(0));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[test]
fn a_day_is_the_same_as_the_span_to_its_end() {
    let of = |by: &str| {
        let found = printed(&["--items", "20", "--by", by]);
        (found["done_by"].clone(), found["chance"].clone())
    };
    // From the morning of 25 November to the evening of 1 December.
    assert_eq!(of("2026-12-01"), of("7 days"));
    assert_eq!(of("7 days"), of("1 week"));
    let found = printed(&["--by", "1 week"]);
    assert_eq!(found["by_date"], "2026-12-01");
    assert_eq!(found["items"], 43);
    assert_eq!(
        [&found["items_in_progress"], &found["items_in_backlog"]],
        [3, 40]
    );
    let hours = found["done_hours"][1]["value"].as_f64().unwrap();
    let days = (hours / 24.0).ceil() as i64 - 1;
    let day = found["done_dates"][1].as_str().unwrap();
    // The day on which so many hours are over, in November or December.
    let counted = match day.split_at(8) {
        ("2026-11-", d) => d.parse::<i64>().unwrap() - 25,
        ("2026-12-", d) => d.parse::<i64>().unwrap() + 5,
        other => panic!("{other:?}"),
    };
    assert_eq!(counted, days, "{hours} hours are over on {day}");
}

#[test]
fn people_read_weeks_and_days() {
    let (_folder, path) = study(STATE);
    let path = path.to_str().unwrap();
    let said = text(&["forecast", path, "-n", "100", "--by", "2026-12-24"]);
    for words in [
        "100 futures from 2026-11-25: 3 in progress, 40 in the backlog, new requests keep coming",
        "When 43 items are done",
        "85 of 100 futures within",
        "How many are done by 2026-12-24",
        "The chance that 43 items are done by then: ",
    ] {
        assert!(said.contains(words), "no \"{words}\" in:\n{said}");
    }
}

#[test]
fn a_state_is_wanted_and_a_day_after_it() {
    let error = refused(&["forecast", "start-up"]);
    assert!(error.contains("add a section [forecast]"), "{error}");
    let (_folder, path) = study(STATE);
    let path = path.to_str().unwrap();
    let error = refused(&["forecast", path, "--items", "44"]);
    assert!(error.contains("43 items are there"), "{error}");
    let error = refused(&["forecast", path, "--by", "2026-11-24"]);
    assert!(error.contains("before 2026-11-25"), "{error}");
    let (_folder, path) = study("\n[forecast]\nbacklog = [{ count = 4 }]\n");
    let path = path.to_str().unwrap();
    let error = refused(&["forecast", path, "--by", "2026-12-24"]);
    assert!(error.contains("give `forecast.date`"), "{error}");
}
