//! `--set` and `--lever` change the organisation that is run.

use crate::{SHORT, STUDY, json, refused, text};
use serde_json::Value;

fn run(more: &[&str]) -> Value {
    json(&[&["run", STUDY, "--json"], &SHORT[..], more].concat())
}

fn mean(result: &Value) -> f64 {
    result["lead_time_hours"]["mean"]["value"]
        .as_f64()
        .expect("a mean lead time")
}

#[test]
fn a_value_set_changes_the_numbers_and_nothing_else_does() {
    let (before, again) = (run(&[]), run(&[]));
    assert_eq!(before, again);
    let more = run(&["--set", "teams.qa.people=6", "--set", "teams.qa.focus=80%"]);
    assert!(
        mean(&more) < mean(&before),
        "twice the testers: {} and {}",
        mean(&more),
        mean(&before)
    );
    let seeded = run(&["--seed", "8"]);
    assert_eq!(seeded["seed"], 8);
    assert_ne!(mean(&seeded), mean(&before), "another seed, the same years");
}

#[test]
fn a_lever_moved_is_its_parameters_set() {
    let by_lever = run(&["--lever", "release-rhythm=weekly"]);
    assert!(
        mean(&by_lever) < mean(&run(&[])),
        "weekly releases are no faster"
    );
}

#[test]
fn a_what_if_comes_on_top_of_what_is_set() {
    let both = run(&["--what-if", "self-service", "--set", "teams.qa.people=6"]);
    assert!(mean(&both) < mean(&run(&["--what-if", "self-service"])));
    let path = "platform.capabilities.self-service-infrastructure.level";
    let overruled = run(&["--what-if", "self-service", "--set", &format!("{path}=1")]);
    let warnings = overruled["warnings"].to_string();
    assert!(
        warnings.contains(path),
        "no word that --set was overruled: {warnings}"
    );
}

#[test]
fn a_path_that_leads_nowhere_is_named() {
    let error = refused(&["run", STUDY, "--set", "teams.qa.peopel=6"]);
    assert!(error.contains("did you mean `people`?"), "{error}");
    let error = refused(&["run", STUDY, "--lever", "release-rhythm=daily"]);
    assert!(error.contains("weekly"), "{error}");
}

#[test]
fn every_listed_path_can_be_set_to_the_value_it_has() {
    let listed = text(&["levers", STUDY]);
    let parameters = json(&["levers", STUDY, "--json"])["parameters"]
        .as_array()
        .unwrap()
        .clone();
    assert!(parameters.len() > 20);
    let mut args: Vec<String> = vec!["run".into(), STUDY.into(), "--json".into()];
    for p in &parameters {
        let path = p["path"].as_str().unwrap();
        let row = listed
            .lines()
            .find(|l| l.trim_start().starts_with(&format!("{path} ")))
            .unwrap();
        // Columns are three spaces apart: path, label, value.
        let value = row
            .split("   ")
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .nth(2)
            .unwrap();
        args.extend(["--set".into(), format!("{path}={value}")]);
    }
    args.extend(SHORT.map(str::to_owned));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (same, plain) = (json(&args), run(&[]));
    assert_eq!(same["lead_time_hours"], plain["lead_time_hours"]);
}
