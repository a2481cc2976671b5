//! What the two source documents claim, on the study that tells their story: with intervals, so that a
//! direction that luck could give does not count.

use millrace_core::engine::{Part, Replication};
use millrace_core::experiment::{
    Cancel, Comparison, Metric, Statistic, compare, find_warm_up, run,
};
use millrace_core::model::Model;
use millrace_core::scenario::{Change, Node, Scenario, Value};
use millrace_core::stats::Estimate;
use millrace_core::time::Ticks;
use millrace_tests::plain::{
    exponential, plain, poisson, read, simulate, stage, stream, team, variant,
};
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("../../scenarios/siloed-to-integrated.toml");
const REPLICATIONS: u64 = 200;

static SCENARIO: LazyLock<Scenario> = LazyLock::new(|| read(SHIPPED));

static WARM_UP: LazyLock<Ticks> = LazyLock::new(|| {
    let ids = std::iter::once(None).chain(SCENARIO.what_ifs.iter().map(|w| Some(w.id.as_str())));
    let models: Vec<Model> = ids.map(|id| variant(&SCENARIO, id).model(None)).collect();
    find_warm_up(&models.iter().collect::<Vec<_>>(), &Cancel::default()).ticks
});

static BASELINE: LazyLock<Vec<Replication>> = LazyLock::new(|| runs(None, &[]));

fn runs(what_if: Option<&str>, further: &[Change]) -> Vec<Replication> {
    let v = SCENARIO
        .variant(what_if, further)
        .unwrap_or_else(|f| panic!("{what_if:?} {further:?}: {f:?}"));
    run(
        &v.model(Some(*WARM_UP)),
        0,
        REPLICATIONS,
        &Cancel::default(),
    )
}

fn set(path: &str, to: f64) -> Change {
    Change::Set {
        path: path.into(),
        to: Node::of(Value::Number(to)),
    }
}

fn word(path: &str, to: &str) -> Change {
    Change::Set {
        path: path.into(),
        to: Node::text(to),
    }
}

fn against(what_if: &str) -> (Comparison, Vec<Replication>) {
    let with = runs(Some(what_if), &[]);
    (compare(what_if, &BASELINE, &with, 1, 0.1), with)
}

fn estimate(metric: Metric, runs: &[Replication]) -> Estimate {
    metric.estimate(runs, 0.95).unwrap()
}

fn mean(runs: &[Replication], of: impl Fn(&Replication) -> f64) -> f64 {
    runs.iter().map(of).sum::<f64>() / runs.len() as f64
}

/// A part of lead time, hours an item.
fn part(runs: &[Replication], part: Part) -> f64 {
    mean(runs, |r| r.parts[part as usize]) / mean(runs, |r| r.finished)
}

#[track_caller]
fn falls(what: &str, difference: Option<Estimate>) {
    let d = difference.unwrap_or_else(|| panic!("{what}: nothing to compare"));
    assert!(
        d.high < 0.0,
        "{what} should surely fall: {:+.3} ({:+.3} to {:+.3})",
        d.value,
        d.low,
        d.high
    );
}

#[test]
fn all_together_shorten_lead_time_and_calm_production() {
    let (c, with) = against("integrated");
    let d = &c.differences;
    falls(
        "mean lead time",
        d.lead_time_hours.mean.as_ref().map(|d| d.estimate),
    );
    falls(
        "85th percentile of lead time",
        d.lead_time_hours.p85.as_ref().map(|d| d.estimate),
    );
    falls(
        "95th percentile of lead time",
        d.lead_time_hours.p95.as_ref().map(|d| d.estimate),
    );
    falls(
        "customer incidents",
        d.incidents_per_month.as_ref().map(|d| d.estimate),
    );
    falls(
        "customer impact",
        d.impact_hours_per_month.as_ref().map(|d| d.estimate),
    );
    let flow = d.flow_efficiency.as_ref().unwrap().estimate;
    assert!(flow.low > 0.0, "flow efficiency should rise: {flow:?}");
    assert_eq!(
        c.lead_time.and_then(|v| v.better),
        Some(true),
        "{:?}",
        c.lead_time
    );
    assert_eq!(
        c.incidents.and_then(|v| v.better),
        Some(true),
        "{:?}",
        c.incidents
    );
    // The same requests come; a change of organisation delivers no fewer of them.
    let (a, b) = (
        estimate(Metric::Throughput, &BASELINE),
        estimate(Metric::Throughput, &with),
    );
    assert!(
        (b.value / a.value - 1.0).abs() < 0.05,
        "throughput from {a:?} to {b:?}"
    );
}

#[test]
fn self_service_ends_most_of_the_wait_for_the_platform() {
    let (_, with) = against("self-service");
    let (before, after) = (
        part(&BASELINE, Part::WaitPlatform),
        part(&with, Part::WaitPlatform),
    );
    assert!(
        after < 0.7 * before,
        "wait for the platform from {before:.1} to {after:.1} hours"
    );
}

#[test]
fn stream_aligned_teams_hand_over_less() {
    let (_, with) = against("stream-aligned");
    let (before, after) = (part(&BASELINE, Part::Handoff), part(&with, Part::Handoff));
    assert!(
        after < before,
        "handoffs from {before:.1} to {after:.1} hours"
    );
}

#[test]
fn a_canary_spares_customers_and_takes_longer_to_reach_all_of_them() {
    // The same platform and policy on both sides: only the strategy differs.
    let platform = |strategy: &str| {
        [
            set(
                "platform.capabilities.build-and-deploy-automation.level",
                3.0,
            ),
            set("platform.capabilities.progressive-delivery.level", 3.0),
            set("platform.capabilities.observability.level", 2.0),
            word("pipeline.strategy", strategy),
        ]
    };
    let plain = runs(None, &platform("blue-green"));
    let canary = runs(None, &platform("canary"));
    let c = compare("canary", &plain, &canary, 1, 0.1);
    falls(
        "customer impact",
        c.differences
            .impact_hours_per_month
            .as_ref()
            .map(|d| d.estimate),
    );
    let (before, after) = (
        part(&plain, Part::Deployment),
        part(&canary, Part::Deployment),
    );
    // 6 hours at 5% and 12 at 25%.
    assert!(
        after > before + 17.0,
        "deployment from {before:.1} to {after:.1} hours an item"
    );
}

#[test]
fn a_canary_that_stops_itself_turns_incidents_into_failed_changes() {
    let (c, with) = against("canary");
    falls(
        "customer incidents",
        c.differences
            .incidents_per_month
            .as_ref()
            .map(|d| d.estimate),
    );
    let stopped = estimate(Metric::SelfStopped, &with);
    assert!(stopped.low > 0.0, "{stopped:?}");
    assert_eq!(estimate(Metric::SelfStopped, &BASELINE).value, 0.0);
}

/// The changes that take all defects out of the shipped study.
fn without_defects() -> Vec<Change> {
    let mut all: Vec<Change> = ["analysis", "development", "packaging", "preparation"]
        .iter()
        .map(|s| Change::Remove {
            path: format!("streams.release.stages.{s}.defects"),
        })
        .collect();
    all.push(set("production.background_incidents", 0.0));
    all
}

/// Of the code review: faulty stopped of judged, sound stopped of judged.
fn review(runs: &[Replication]) -> (f64, f64) {
    let sum = |k: usize| mean(runs, |r| r.gates[0][k]);
    (sum(1) / sum(0), sum(3) / sum(2))
}

#[test]
fn a_stricter_gate_stops_more_of_both_and_lets_fewer_defects_through() {
    let at = |strictness: f64| {
        runs(
            None,
            &[set("governance.gates.code-review.strictness", strictness)],
        )
    };
    let steps: Vec<_> = [0.2, 0.4, 0.6].map(at).into_iter().collect();
    for pair in steps.windows(2) {
        let (loose, strict) = (review(&pair[0]), review(&pair[1]));
        assert!(
            strict.0 > loose.0 && strict.1 > loose.1,
            "from {loose:?} to {strict:?}"
        );
        let (before, after) = (mean(&pair[0], |r| r.escaped), mean(&pair[1], |r| r.escaped));
        assert!(after < before, "escaped from {before:.2} to {after:.2}");
    }
}

#[test]
fn with_nothing_to_find_a_stricter_gate_only_delays() {
    let at = |strictness: f64| {
        let mut changes = without_defects();
        changes.push(set("governance.gates.code-review.strictness", strictness));
        // Triage takes a day's work here, and releases are at once: delay is not hidden by the train.
        changes.push(word("governance.gates.code-review.triage", "8 hours"));
        changes.push(word("pipeline.policy", "each"));
        runs(None, &changes)
    };
    let (loose, strict) = (at(0.1), at(0.6));
    assert_eq!(
        mean(&strict, |r| r.escaped + r.incidents()),
        0.0,
        "there are no defects"
    );
    let c = compare("strict", &strict, &loose, 1, 0.0);
    falls(
        "mean lead time with the looser gate",
        c.differences
            .lead_time_hours
            .mean
            .as_ref()
            .map(|d| d.estimate),
    );
}

/// A board that finds nothing before a monthly train.
fn board_and_train(board: bool, train: bool) -> Vec<Replication> {
    let mut parts = vec![
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson(0.1),
        stage("a", "t", &exponential(4.0)),
        team("t", 1),
        format!(
            "[pipeline]\npolicy = \"{}\"\nevery = \"4 weeks\"\n",
            if train { "train" } else { "each" }
        ),
    ];
    if board {
        parts.push(
            "[[governance.gates]]\nid = \"board\"\nafter = \"a\"\nkind = \"board\"\nevery = \"1 week\"\n\
             discrimination = 0\nstrictness = 0\ntriage = \"0 hours\"\n"
                .into(),
        );
    }
    simulate(&plain(11, 52, &parts), REPLICATIONS).1
}

#[test]
fn removing_the_weekly_board_in_front_of_a_monthly_train_saves_next_to_nothing_alone() {
    let time = |board, train| {
        estimate(
            Metric::LeadTime(Statistic::Mean),
            &board_and_train(board, train),
        )
        .value
    };
    let (both, train_only, board_only, neither) = (
        time(true, true),
        time(false, true),
        time(true, false),
        time(false, false),
    );
    let (board_saves, train_saves) = (both - train_only, both - board_only);
    assert!(
        board_saves.abs() < 0.1 * train_saves,
        "the board saves {board_saves:.1} h, the train {train_saves:.1} h"
    );
    // After the train is gone, the board is worth its half week.
    let then = board_only - neither;
    assert!(
        (then - 84.0).abs() < 8.0,
        "without the train the board costs {then:.1} h"
    );
}
