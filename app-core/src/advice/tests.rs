use super::*;
use crate::document::Document;
use crate::templates::{TEMPLATES, template};
use millrace_core::experiment::{Cancel, replicate};
use millrace_core::scenario::{Change, parse};

fn study(id: &str) -> Scenario {
    Scenario::read(template(id).map(|t| t.text).unwrap()).unwrap()
}

/// The siloed study with some changes made to its baseline.
fn siloed(changes: &[(&str, &str)]) -> Scenario {
    let scenario = study("siloed-to-integrated");
    let set: Vec<Change> = changes
        .iter()
        .map(|(path, to)| Change::Set {
            path: (*path).to_owned(),
            to: parse(&format!("x = {to}"))
                .unwrap()
                .get("x")
                .unwrap()
                .clone(),
        })
        .collect();
    let baseline = scenario
        .variant(None, &set)
        .unwrap_or_else(|f| panic!("{f:?}"));
    Scenario {
        baseline,
        what_ifs: Vec::new(),
    }
}

fn ids(scenario: &Scenario) -> Vec<String> {
    advice(scenario, &[])
        .into_iter()
        .map(|a| a.view.id)
        .collect()
}

fn has(scenario: &Scenario, id: &str) -> bool {
    ids(scenario).iter().any(|i| i == id)
}

#[test]
fn teams_cut_by_technology_are_told_and_teams_that_work_together_are_not() {
    assert!(has(&siloed(&[]), "layers"));
    assert!(!has(
        &siloed(&[("handoffs.mode", "\"collaboration\"")]),
        "layers"
    ));
    assert!(!has(&study("start-up"), "layers"));
}

#[test]
fn one_approval_for_all_is_told_and_approval_by_risk_is_not() {
    assert!(has(&siloed(&[]), "alike/change-approval"));
    let by_risk = siloed(&[("governance.gates.change-approval.risks", "[\"high\"]")]);
    assert!(!has(&by_risk, "alike/change-approval"));
}

#[test]
fn a_board_is_attached_and_a_policy_in_the_pipeline_is_not() {
    assert!(has(&siloed(&[]), "embedded/change-approval"));
    let policy = siloed(&[
        ("governance.gates.change-approval.kind", "\"automated\""),
        (
            "governance.gates.change-approval.duration",
            "\"10 minutes\"",
        ),
    ]);
    assert!(!has(&policy, "embedded/change-approval"));
    // A colleague of the team that did the work is no stranger to it; another team is.
    assert!(!has(&siloed(&[]), "embedded/code-review"));
    assert!(has(
        &siloed(&[("governance.gates.code-review.team", "\"qa\"")]),
        "embedded/code-review"
    ));
}

#[test]
fn a_study_without_objective_is_told() {
    assert!(!has(&siloed(&[]), "objective"));
    assert!(has(&siloed(&[("outcome.objectives", "[]")]), "objective"));
}

#[test]
fn assumed_times_are_told_and_one_that_was_measured_ends_that() {
    let development = "streams.release.stages.development.effort";
    let from = |source: &str| {
        format!("{{ dist = \"lognormal\", mean = \"18 hours\", cv = 0.9, source = \"{source}\" }}")
    };
    assert!(has(&siloed(&[]), "measured"));
    assert!(has(
        &siloed(&[(development, &from("described: 12 people"))]),
        "measured"
    ));
    assert!(!has(
        &siloed(&[(development, &from("tracker, 2026"))]),
        "measured"
    ));
}

#[test]
fn a_gate_that_stops_more_sound_changes_is_told_by_results_alone() {
    let told = |scenario: &Scenario| {
        let runs = replicate(&scenario.baseline.models(None), 0, 24, &Cancel::default());
        advice(scenario, &runs)
            .iter()
            .any(|a| a.view.id == "sound/change-approval")
    };
    let blunt = siloed(&[("governance.gates.change-approval.discrimination", "0")]);
    assert!(told(&blunt));
    assert!(
        !has(&blunt, "sound/change-approval"),
        "without results nothing is said"
    );
    // A gate that sees everything stops what is faulty.
    let sharp = siloed(&[
        ("governance.gates.change-approval.discrimination", "5"),
        ("governance.gates.change-approval.strictness", "0.3"),
        ("streams.release.stages.development.defects.functional", "3"),
    ]);
    assert!(!told(&sharp));
}

#[test]
fn every_fix_of_every_shipped_study_is_a_study_in_which_the_advice_is_gone() {
    let mut fixed = 0;
    for t in TEMPLATES {
        let scenario = Scenario::read(t.text).unwrap();
        for found in advice(&scenario, &[]) {
            let Some(fix) = &found.fix else { continue };
            let mut document = Document::open(t.text.to_owned(), None).unwrap();
            let proposal = fix
                .proposal(found.view.fix.as_deref().unwrap(), &scenario)
                .unwrap_or_else(|| panic!("{}, {}: no such lever", t.id, found.view.id));
            document
                .propose(&proposal)
                .unwrap_or_else(|r| panic!("{}, {}: {r:?}", t.id, found.view.id));
            let id = document.active().unwrap().id.clone();
            let changed = Scenario {
                baseline: document.scenario.variant(Some(&id), &[]).unwrap(),
                what_ifs: Vec::new(),
            };
            assert!(
                !has(&changed, &found.view.id),
                "{}: {} is still there",
                t.id,
                found.view.id
            );
            fixed += 1;
        }
    }
    assert!(fixed > 5, "{fixed} fixes tried");
}
