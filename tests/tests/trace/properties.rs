//! What holds of every trace.

use super::organisation::{Wrong, board, study, traced};
use millrace_core::experiment::trace::{Effort, Trace, suspects, trace};
use millrace_core::experiment::{Cancel, Metric, Statistic, replicate};
use millrace_core::time::WEEK;
use millrace_tests::plain::read;
use std::sync::Mutex;

fn ids(t: &Trace) -> Vec<&str> {
    t.suspects.iter().map(|s| s.suspect.id.as_str()).collect()
}

#[test]
fn what_is_ideal_already_is_no_suspect() {
    let of = |text: &str| -> Vec<String> {
        suspects(&read(text).baseline)
            .into_iter()
            .map(|s| s.id)
            .collect()
    };
    let calm = of(&study(Wrong::Nothing, 1));
    for id in [
        "release-wait",
        "returns/product",
        "limits/product",
        "runners",
        "load",
        "estimation/product",
        "gate/board/wait",
    ] {
        assert!(
            !calm.contains(&id.to_owned()),
            "{id} is suspected: {calm:?}"
        );
    }
    for id in [
        "team/qa",
        "handoffs",
        "meetings",
        "gate/acceptance/misses",
        "undo",
        "detection",
    ] {
        assert!(
            calm.contains(&id.to_owned()),
            "{id} is not suspected: {calm:?}"
        );
    }
    let train = of(&(study(Wrong::Train, 1) + &board("1 week")));
    for id in ["release-wait", "gate/board/wait"] {
        assert!(
            train.contains(&id.to_owned()),
            "{id} is not suspected: {train:?}"
        );
    }
}

#[test]
fn the_same_bits_on_one_thread_and_on_two() {
    let text = study(Wrong::Train, 5);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        serde_json::to_string(&pool.install(|| traced(&text, 32, 6))).unwrap()
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn the_baseline_is_the_one_that_is_run() {
    let text = study(Wrong::Team, 2);
    let t = traced(&text, 32, 6);
    let models = read(&text).baseline.models(Some(8 * WEEK));
    let runs = replicate(&models, 0, 32, &Cancel::default());
    let mean = Metric::LeadTime(Statistic::Mean)
        .influence(&runs)
        .unwrap()
        .value;
    assert_eq!(t.baseline.lead_time_mean_hours.unwrap().value, mean);
    let hours: f64 = t.accounts.iter().map(|a| a.hours).sum();
    assert!(
        (hours / mean - 1.0).abs() < 0.05,
        "parts of {hours} hours make no {mean}"
    );
}

#[test]
fn progress_stays_within_the_plan_and_ends_with_it() {
    let seen: Mutex<Vec<(u64, u64)>> = Mutex::default();
    let watch = |done: u64, of: u64| seen.lock().unwrap().push((done, of));
    let variant = read(&study(Wrong::Gate, 4)).baseline;
    let effort = Effort {
        years: 40,
        suspects: 6,
    };
    let _ = trace(&variant, 8 * WEEK, effort, &Cancel::default(), &watch);
    let seen = seen.lock().unwrap();
    assert!(seen.iter().all(|(done, of)| done <= of), "{seen:?}");
    assert!(
        seen.windows(2).all(|w| w[0].1 >= w[1].1),
        "the plan grows: {seen:?}"
    );
    let last = seen.last().unwrap();
    assert_eq!(last.0, last.1, "{seen:?}");
    assert_eq!(last.0, seen.iter().map(|s| s.0).max().unwrap());
}

#[test]
fn a_trace_cancelled_at_any_time_is_whole_as_far_as_it_goes() {
    let variant = read(&study(Wrong::Gate, 4)).baseline;
    let effort = Effort {
        years: 64,
        suspects: 6,
    };
    let all = suspects(&variant).len();
    for after in [0, 1, 200, 700, 1_200] {
        let cancel = Cancel::default();
        if after == 0 {
            cancel.cancel();
        }
        let watch = |done: u64, _: u64| {
            if done >= after {
                cancel.cancel();
            }
        };
        let t = trace(&variant, 8 * WEEK, effort, &cancel, &watch);
        assert!(t.partial, "after {after} years");
        assert_eq!(t.suspects.len() + t.left_out.len(), all, "{:?}", ids(&t));
        assert!(t.suspects.iter().all(|s| s.blame.replications <= 64));
        let _ = millrace_app_core::trace::sentences(&t);
    }
}

#[test]
fn a_study_with_assumption_ranges_is_traced_by_its_draws() {
    let range = "{ low = 3.5, likely = 4.5, high = 5 }";
    let text = study(Wrong::Handoff, 6).replace("per_week = 4.5", &format!("per_week = {range}"));
    let t = traced(&text, 32, 6);
    assert_eq!(t.suspects[0].suspect.id, "handoffs");
    let own = t.suspects[0].blame.on_its_own.lead_time_mean_hours.unwrap();
    assert!(own.high < 0.0, "{own:?}");
    let by_capability = t
        .parts
        .iter()
        .any(|p| p.suspects.iter().any(|s| s.starts_with("capability/")));
    assert!(by_capability, "{:?}", t.parts);
}

#[test]
fn an_organisation_that_cannot_settle_is_warned_of() {
    let text = study(Wrong::Team, 1).replace("per_week = 4.5", "per_week = 9");
    let t = traced(&text, 32, 6);
    assert!(!t.warnings.is_empty());
    assert_eq!(t.suspects[0].suspect.id, "team/qa");
}
