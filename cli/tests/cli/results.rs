//! The JSON that programs read: stable, documented, the same on any number of threads.

use crate::{SHORT, STUDY, json, output, refused, text, workspace};
use serde_json::Value;
use std::collections::BTreeSet;

fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                into.insert(key.clone());
                // The keys below are ids of the study's own what-ifs.
                if key != "person_weeks" {
                    keys(inner, into);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|v| keys(v, into)),
        _ => {}
    }
}

#[test]
fn every_key_is_documented() {
    let documented = std::fs::read_to_string(workspace().join("docs/results.md")).unwrap();
    let mut printed = BTreeSet::new();
    keys(
        &json(&[&["compare", STUDY, "--json"], &SHORT[..]].concat()),
        &mut printed,
    );
    keys(
        &json(&[&["run", STUDY, "--json"], &SHORT[..]].concat()),
        &mut printed,
    );
    keys(
        &json(&[&["transition", STUDY, "integrated", "--json"], &SHORT[..]].concat()),
        &mut printed,
    );
    keys(
        &json(&[&["flip", STUDY, "canary", "--json"], &SHORT[..]].concat()),
        &mut printed,
    );
    keys(
        &json(&[&["trace", STUDY, "--json", "--suspects", "4"], &SHORT[..]].concat()),
        &mut printed,
    );
    keys(
        &crate::forecast::printed(&["--by", "8 weeks"]),
        &mut printed,
    );
    keys(&json(&["levers", STUDY, "--json"]), &mut printed);
    for args in choosing() {
        keys(
            &json(&[&args[..], &["--json"], &SHORT[..2]].concat()),
            &mut printed,
        );
    }
    let missing: Vec<&String> = printed
        .iter()
        .filter(|k| !documented.contains(&format!("`{k}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/results.md does not explain {missing:?}"
    );
}

#[test]
fn a_comparison_holds_every_variant_over_the_same_years() {
    let found = json(&[&["compare", STUDY, "--json"], &SHORT[..]].concat());
    let what_ifs = found["what_ifs"].as_array().unwrap();
    let differences = found["differences"].as_array().unwrap();
    assert_eq!(found["replications"], 8);
    assert_eq!(found["partial"], false);
    assert_eq!(found["warm_up_weeks"], 8.0);
    assert_eq!(found["baseline"]["id"], "baseline");
    assert!(what_ifs.len() > 1);
    for (summary, comparison) in what_ifs.iter().zip(differences) {
        assert_eq!(summary["id"], comparison["what_if"]);
        assert_eq!(summary["replications"], 8);
        assert_eq!(summary["warm_up_weeks"], found["baseline"]["warm_up_weeks"]);
        let p85 = |of: &Value| of["lead_time_hours"]["p85"]["value"].as_f64().unwrap();
        let by = p85(&comparison["differences"]);
        let apart = p85(summary) - p85(&found["baseline"]);
        assert!((by - apart).abs() < 1e-6, "{by} is not {apart}");
    }
}

#[test]
fn only_the_what_ifs_asked_for_are_compared() {
    let args = [
        "compare",
        STUDY,
        "--json",
        "--what-if",
        "canary",
        "--what-if",
        "canary",
    ];
    let found = json(&[&args[..], &SHORT[..]].concat());
    let ids: Vec<&Value> = found["what_ifs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| &w["id"])
        .collect();
    assert_eq!(ids, ["canary"]);
}

#[test]
fn the_bytes_are_the_same_on_one_thread_and_on_two() {
    // With the pilot: the warm-up must not depend on threads either.
    let on =
        |threads| output(&["compare", STUDY, "--json", "-n", "40", "--threads", threads]).stdout;
    let (one, two) = (on("1"), on("2"));
    assert!(!one.is_empty());
    assert!(one == two, "results depend on the number of threads");
}

#[test]
fn a_run_is_the_comparison_s_baseline_when_the_warm_up_is_given() {
    let alone = json(&[&["run", STUDY, "--json"], &SHORT[..]].concat());
    let among = json(&[&["compare", STUDY, "--json"], &SHORT[..]].concat());
    for key in [
        "lead_time_hours",
        "incidents_per_month",
        "teams",
        "parts_hours",
    ] {
        assert_eq!(alone[key], among["baseline"][key], "{key}");
    }
}

#[test]
fn a_transition_starts_alike_and_ends_with_a_sentence() {
    let start = ["transition", STUDY, "no-board", "--quarters", "3"];
    let found = json(&[&start[..], &["--json"], &SHORT[..]].concat());
    let transition = &found["transitions"][0];
    assert_eq!(transition["what_if"], "no-board");
    assert_eq!(transition["quarters"].as_array().unwrap().len(), 3);
    let spent =
        |q: usize| transition["quarters"][q]["difference"]["change_hours"]["value"].as_f64();
    // Four person-weeks of 40 hours, from the first week to the fifth.
    assert!((spent(0).unwrap() - 160.0).abs() < 40.0, "{:?}", spent(0));
    let shown = text(&[&start[..], &SHORT[..]].concat());
    assert!(
        shown.contains("Policy check instead of the board (no-board)"),
        "{shown}"
    );
    assert!(
        shown.contains("won back"),
        "when it pays back is missing in:\n{shown}"
    );
}

#[test]
fn a_trace_answers_in_sentences_and_tables() {
    let traced = ["trace", STUDY, "--suspects", "6"];
    let found = json(&[&traced[..], &["--json"], &SHORT[..]].concat());
    assert_eq!(found["variant"], "baseline");
    assert_eq!(found["suspects"].as_array().unwrap().len(), 6);
    let shown = text(&[&traced[..], &SHORT[..]].concat());
    let joined = shown.replace("\n ", "");
    let said = found["said"].as_array().unwrap();
    assert_eq!(found["load"]["busiest"]["id"], "infrastructure");
    for (s, sentence) in said.iter().zip(found["sentences"].as_array().unwrap()) {
        assert_eq!(&s["text"], sentence);
    }
    for sentence in found["sentences"].as_array().unwrap() {
        let sentence = sentence.as_str().unwrap();
        assert!(joined.contains(sentence), "no `{sentence}` in:\n{shown}");
    }
    for part in [
        "wait for the release",
        "the governance",
        "on its own",
        "at the end",
    ] {
        assert!(shown.contains(part), "no `{part}` in:\n{shown}");
    }
    let other = json(
        &[
            &traced[..],
            &["--json", "--what-if", "no-board"],
            &SHORT[..],
        ]
        .concat(),
    );
    assert_eq!(other["variant"], "no-board");
    assert_ne!(other["baseline"], found["baseline"]);
}

#[test]
fn the_text_says_what_was_run() {
    let run = text(&[&["run", STUDY], &SHORT[..]].concat());
    for part in [
        "8 years",
        "8 weeks of warm-up",
        "seed 7",
        "request to production",
        "Teams",
        "Gates",
    ] {
        assert!(run.contains(part), "no `{part}` in:\n{run}");
    }
    let compared = text(&[&["compare", STUDY], &SHORT[..]].concat());
    for part in [
        "canary",
        "too early to say",
        "What gets worse",
        "person-weeks",
        "any luck",
    ] {
        assert!(compared.contains(part), "no `{part}` in:\n{compared}");
    }
    assert!(
        compared.lines().all(|l| l.chars().count() <= 120),
        "lines too long to read:\n{compared}"
    );
}

/// Short runs of the commands that choose among levers and what-ifs.
fn choosing() -> [Vec<&'static str>; 5] {
    [
        "rank STUDY --among approval --among strategy -n 32",
        "rank STUDY --by morris --samples 3 -n 4",
        "rank STUDY --by sobol --samples 8 -n 4 --among approval --among release-rhythm",
        "optimise STUDY --budget 20 -n 32",
        "goal STUDY --lever strictness --objective calm -n 64",
    ]
    .map(|line| {
        line.split(' ')
            .map(|word| if word == "STUDY" { STUDY } else { word })
            .collect()
    })
}

#[test]
fn choosing_says_what_was_run_in_lines_that_can_be_read() {
    for (args, part) in choosing().into_iter().zip([
        "No study, and so not tried",
        "depends by",
        "in any company",
        "dearer than the budget",
        "At most two incidents a month",
    ]) {
        let shown = text(&[&args[..], &SHORT[..2]].concat());
        assert!(shown.contains(part), "no `{part}` in:\n{shown}");
        assert!(shown.contains("seed 7") && shown.contains("How to read it"));
        assert!(
            shown.lines().all(|l| l.chars().count() <= 120),
            "lines too long to read:\n{shown}"
        );
    }
}

#[test]
fn choosing_gives_the_same_bytes_on_one_thread_and_on_two() {
    for args in choosing() {
        let on = |threads| {
            let more = ["--json", "--threads", threads];
            output(&[&args[..], &more, &SHORT[..2]].concat()).stdout
        };
        let (one, two) = (on("1"), on("2"));
        assert!(!one.is_empty(), "{args:?}");
        assert!(one == two, "{args:?} depends on the number of threads");
    }
}

#[test]
fn a_step_of_a_lever_is_what_comparing_it_would_say() {
    let args = ["rank", STUDY, "--json", "--among", "release-rhythm"];
    let ranked = json(&[&args[..], &SHORT[..]].concat());
    let step = ranked["effects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["to"] == "fortnightly")
        .expect("monthly has a neighbour");
    let p85 = |set: &[&str]| {
        let run = json(&[&["run", STUDY, "--json"], set, &SHORT[..]].concat());
        run["lead_time_hours"]["p85"]["value"].as_f64().unwrap()
    };
    let apart = p85(&["--lever", "release-rhythm=fortnightly"]) - p85(&[]);
    let by = step["lead_time_p85_hours"]["value"].as_f64().unwrap();
    assert!((by - apart).abs() < 1e-6, "{by} is not {apart}");
    assert_eq!(step["steps"], 1);
}

#[test]
fn the_schema_is_a_schema() {
    let schema = json(&["schema"]);
    assert!(schema["$schema"].as_str().unwrap().contains("2020-12"));
    assert!(schema["properties"]["teams"].is_object());
}

#[test]
fn years_are_made_until_the_headlines_are_known_as_closely_as_asked() {
    let args = [
        "compare",
        STUDY,
        "--set",
        "run.warm_up=8 weeks",
        "--what-if",
        "canary",
        "--json",
    ];
    let asked = |more: &[&str]| json(&[&args[..], more].concat());
    let done = asked(&["--precision", "12%"]);
    let years = done["replications"].as_u64().expect("a number");
    assert!(
        years >= 32 && (years / 32).is_power_of_two(),
        "{years} years are no look"
    );
    assert!(years < 65_536 && done["partial"] == false && done["replications_wanted"] == years);
    let value = done["baseline"]["lead_time_hours"]["p85"]["value"].as_f64();
    let d = &done["differences"][0]["differences"]["lead_time_hours"]["p85"];
    let half = (d["high"].as_f64().unwrap() - d["low"].as_f64().unwrap()) / 2.0;
    assert!(half <= 0.12 * value.unwrap(), "± {half} of {value:?}");
    // Twice as closely takes more years.
    let more = asked(&["--precision", "6%"])["replications"]
        .as_u64()
        .expect("a number");
    assert!(more > years, "{more} years after {years}");
    // What cannot be reached says so.
    let short = asked(&["--precision", "0.1%", "-n", "64"]);
    assert_eq!(short["replications"], 64);
    let told = short["warnings"][0]["text"].as_str().expect("a warning");
    assert!(
        told.starts_with("The precision asked for was not reached in 64 years"),
        "{told}"
    );
}

#[test]
fn a_precision_is_a_share() {
    for wrong in ["0", "100%", "2 %%", "x"] {
        let told = refused(&["run", STUDY, "--precision", wrong]);
        assert!(told.contains("as 2% or 0.02"), "{told}");
    }
}

#[test]
fn every_command_that_compares_says_so_in_sentences_that_its_text_shows() {
    let commands: [&[&str]; 4] = [
        &["compare", STUDY, "--what-if", "canary"],
        &["transition", STUDY, "no-board", "--quarters", "3"],
        &["run", STUDY],
        &["optimise", STUDY, "no-board", "canary"],
    ];
    for command in commands {
        let years = &["-n", "64"][..];
        let found = json(&[command, &["--json"], years].concat());
        let said = found["said"].as_array().unwrap();
        assert!(!said.is_empty(), "{command:?} says nothing");
        let shown = text(&[command, years].concat());
        let joined = shown.replace("\n ", "");
        for s in said {
            let text = s["text"].as_str().unwrap();
            assert!(joined.contains(text), "no `{text}` in:\n{shown}");
            assert!(!s["about"].as_array().unwrap().is_empty(), "{s}");
            let certain = s["certain"].as_bool().unwrap();
            let holds = s["holds"].as_f64();
            assert!(holds.is_none_or(|h| certain == (h >= 45.0)), "{s}");
            assert!(certain || text.ends_with(")."), "not marked: {s}");
        }
    }
}
