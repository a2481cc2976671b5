//! The history of one replication.

use crate::{SHORT, STUDY, json, output, refused, text, workspace};
use serde_json::Value;

fn replay(more: &[&str]) -> String {
    text(&[&["replay", STUDY], more, &SHORT[..]].concat())
}

#[test]
fn the_history_has_as_many_deliveries_as_the_years_it_is_one_of() {
    let years = json(&[&["run", STUDY, "--json"], &SHORT[..]].concat());
    let wanted = years["throughput_per_week"]["value"].as_f64().unwrap();
    let delivered = |n: u32| {
        let history = replay(&["--format", "jsonl", "--replication", &n.to_string()]);
        let events: Vec<Value> = history
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        let at = |kind: &str| events.iter().position(|e| e["event"] == kind).unwrap();
        let (from, to) = (at("window-opens"), at("window-closes"));
        let weeks = |i: usize| events[i]["time_us"].as_f64().unwrap() / 604.8e9;
        let arrived = events[from..to]
            .iter()
            .filter(|e| e["event"] == "with-users");
        arrived.count() as f64 / (weeks(to) - weeks(from))
    };
    let mean = (0..8).map(delivered).sum::<f64>() / 8.0;
    assert!(
        (mean / wanted - 1.0).abs() < 1e-9,
        "{mean} a week by the histories, {wanted} by the run"
    );
}

#[test]
fn a_what_if_has_the_same_requests_and_a_history_of_its_own() {
    let requests = |history: &str| -> Vec<String> {
        let of = history.lines().filter(|l| l.contains(",requested,"));
        of.take(100).map(str::to_owned).collect()
    };
    let (baseline, canary) = (replay(&[]), replay(&["--what-if", "canary"]));
    assert_eq!(requests(&baseline).len(), 100);
    assert_eq!(requests(&baseline), requests(&canary));
    assert_ne!(baseline, canary);
}

#[test]
fn weeks_are_written_to_a_file_as_they_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weeks.csv");
    let weeks = ["--weeks", "20..22"];
    let printed = replay(&weeks);
    let said = replay(&[&weeks[..], &["--out", path.to_str().unwrap()]].concat());
    let events = printed.lines().count() - 1;
    assert!(events > 20, "{printed}");
    assert!(said.contains(&format!("{events} events")), "{said}");
    assert_eq!(std::fs::read_to_string(path).unwrap(), printed);
    for line in printed.lines().skip(1) {
        let time: f64 = line.split(',').next().unwrap().parse().unwrap();
        assert!((20.0..22.0).contains(&(time / 604.8e9)), "{line}");
    }
}

#[test]
fn every_key_of_the_tracks_is_documented() {
    let page = std::fs::read_to_string(workspace().join("docs/replay.md")).unwrap();
    let tracks: Value = serde_json::from_str(&replay(&["--format", "tracks"])).unwrap();
    let lists = ["items", "deployments", "incidents"].map(|list| &tracks[list][0]);
    for object in lists.iter().chain([&&tracks]) {
        for key in object.as_object().expect("something happened").keys() {
            assert!(
                page.contains(&format!("`{key}`")),
                "docs/replay.md does not explain `{key}`"
            );
        }
    }
}

#[test]
fn what_there_is_not_is_refused() {
    let said = refused(&[&["replay", STUDY, "--replication", "8"], &SHORT[..]].concat());
    assert!(said.contains("0 to 7"), "{said}");
    for weeks in ["4", "9..9", "9..3", "a..b"] {
        let out = output(&["replay", STUDY, "--weeks", weeks]);
        assert_eq!(out.status.code(), Some(2), "{weeks}");
    }
}
