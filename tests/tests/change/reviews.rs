//! Reviews and rules: each acts within its bound, costs time, and sees nothing latent.

use super::{plan_of, without_reviews};
use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, transition};
use millrace_core::model::Rule;
use millrace_core::scenario::{Scenario, json_schema};
use millrace_core::time::WEEK;
use millrace_tests::plain::read;

/// The shipped study with reviews and the given rules, unbounded demand for attention.
fn improving(rules: &[(&str, f64)]) -> Scenario {
    let rules: Vec<String> = (rules.iter())
        .map(|(rule, bound)| format!("{{ rule = \"{rule}\", bound = {bound:?} }}"))
        .collect();
    let limits = without_reviews()
        .replace(
            "id = \"testing\"\nname",
            "id = \"testing\"\nwip_limit = 9\nname",
        )
        .replace("class of service", "weighted shortest job first");
    read(&format!(
        "{limits}\n[improvement]\nevery = 2\nhours = \"4 hours\"\nat_once = 9\nrules = [{}]\n",
        rules.join(", ")
    ))
}

fn timelines(scenario: &Scenario, n: u64) -> Vec<Replication> {
    let plan = transition::plan(scenario, None, 12 * WEEK, 6).expect("it can be planned");
    transition::run(&plan, 0, n, &Cancel::default())
}

#[test]
fn without_rules_reviews_change_no_bit() {
    let none = timelines(&improving(&[]), 6);
    let without = improving(&[]);
    let plan = transition::plan(&without, None, 12 * WEEK, 6).expect("it can be planned");
    let mut silent = plan.likely().baseline.clone();
    silent.improvement = None;
    let silent = plan_of(&silent, Vec::new()).into();
    let expected = transition::run(&silent, 0, 6, &Cancel::default());
    assert!(none == expected, "reviews without rules changed something");
    assert!(none.iter().all(|r| r.timeline.is_empty()));
}

#[test]
fn each_rule_acts_and_stays_within_its_bound() {
    let within = |rule: &str, bound: f64, ok: &dyn Fn(f64) -> bool| {
        let runs = timelines(&improving(&[(rule, bound)]), 12);
        let events: Vec<_> = runs.iter().flat_map(|r| &r.timeline).collect();
        assert!(
            !events.is_empty(),
            "{rule}: nothing happened in 12 runs of 78 weeks"
        );
        for e in events {
            assert_eq!(e.rule.id(), rule);
            assert_ne!(e.from, e.to, "{rule} changed {} to what it was", e.what);
            let number = e.to.split(' ').next().and_then(|t| t.parse().ok());
            assert!(
                number.is_none_or(ok),
                "{rule} moved {} to {}, beyond {bound}",
                e.what,
                e.to
            );
        }
        runs
    };
    within("relax-gate", 0.3, &|x| x >= 0.3);
    within("tighten-gate", 0.5, &|x| x <= 0.5);
    within("fund-capability", 2.0, &|x| x <= 2.0);
    within("lower-wip-limit", 5.0, &|x| x >= 5.0);
    for r in within("learn-from-incidents", 0.8, &|x| x > 0.0) {
        let value = |t: Option<&String>| t.and_then(|t| t.parse::<f64>().ok()).unwrap_or(1.0);
        let first = value(r.timeline.first().map(|e| &e.from));
        let left = value(r.timeline.last().map(|e| &e.to)) / first;
        assert!(
            left > 0.7999,
            "defects fell to {left} of what they were, beyond 0.8"
        );
    }
    within("prioritise-outcome", 2.0, &|x| x <= 2.0);
    for (rule, most) in [("automate-gate", 1), ("remove-handoff", 2)] {
        for r in within(rule, f64::from(most), &|_| true) {
            assert!(
                r.timeline.len() <= most as usize,
                "{rule}: {} times",
                r.timeline.len()
            );
        }
    }
}

#[test]
fn a_safer_strategy_is_one_that_the_platform_supports() {
    let more = improving(&[("safer-strategy", 1.0)]);
    // At level 0 nothing but recreate is supported, and nothing happens.
    assert!(timelines(&more, 6).iter().all(|r| r.timeline.is_empty()));
    let text = without_reviews().replace(
        "id = \"build-and-deploy-automation\"\nlevel = 0",
        "id = \"build-and-deploy-automation\"\nlevel = 1",
    ) + "\n[improvement]\nevery = 2\nhours = \"4 hours\"\nrules = [{ rule = \"safer-strategy\" }]\n";
    let runs = timelines(&read(&text), 6);
    let events: Vec<_> = runs.iter().flat_map(|r| &r.timeline).collect();
    assert!(!events.is_empty(), "failures hurt, and nothing happened");
    for e in events {
        assert_eq!(
            (e.rule, e.from.as_str(), e.to.as_str()),
            (Rule::SaferStrategy, "recreate", "rolling")
        );
    }
}

#[test]
fn nobody_learns_from_what_never_showed() {
    // Defects that take a thousand years to show: a review that reads them would tighten and learn.
    let rules: &[(&str, f64)] = &[
        ("tighten-gate", 1.0),
        ("learn-from-incidents", 0.1),
        ("safer-strategy", 5.0),
    ];
    let scenario = improving(rules);
    let plan = |s: &Scenario| transition::plan(s, None, 12 * WEEK, 6).expect("it can be planned");
    let mut latent = plan(&scenario).likely().baseline.clone();
    latent.production.hazard = [1e-9; 5];
    let latent = plan_of(&latent, Vec::new()).into();
    let runs = transition::run(&latent, 0, 8, &Cancel::default());
    assert!(runs.iter().all(|r| r.escaped > 0.0), "defects escape");
    assert!(
        runs.iter().all(|r| r.timeline.is_empty()),
        "nobody saw them, and nothing was learned"
    );
    let shown = transition::run(&plan(&scenario), 0, 8, &Cancel::default());
    assert!(
        shown.iter().any(|r| !r.timeline.is_empty()),
        "where they show, something is learned"
    );
}

#[test]
fn improvements_cost_time() {
    let rules: &[(&str, f64)] = &[("relax-gate", 0.1), ("remove-handoff", 3.0)];
    let runs = timelines(&improving(rules), 6);
    for (i, r) in runs.iter().enumerate() {
        let hours: f64 = r.quarters.iter().map(|q| q.change_hours).sum();
        let acted = r.timeline.len() as f64;
        assert!(
            hours >= 4.0 * acted && acted > 0.0,
            "replication {i}: {acted} improvements for {hours} hours"
        );
    }
}

#[test]
fn the_schema_knows_reviews() {
    assert!(json_schema().to_string().contains("learn-from-incidents"));
}
