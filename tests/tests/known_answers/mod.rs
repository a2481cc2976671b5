//! The engine held to exact results: each case by its own standard error, all of them jointly, and the
//! table for the documentation.

mod branching;
mod closed;
mod demand;
mod exact;
mod flow;
mod forks;
mod gates;
mod people;
mod priorities;
mod production;
mod queues;
mod release;
mod windows;

use millrace_core::engine::{Part, Replication};
use millrace_core::experiment::{Metric, Statistic};
use millrace_core::model::{Model, Places};
use millrace_core::stats::Influence;
use millrace_tests::case::{Case, Figure, MOST_Z, Outcome, joint, table};
use millrace_tests::plain::plain;
use std::sync::OnceLock;

/// A case by its parts: every one has a seed of its own, so that no two share their luck.
fn case(
    name: &str,
    source: &'static str,
    exact: f64,
    (seed, weeks, replications): (u64, u32, u64),
    parts: &[String],
    figure: Figure,
) -> Case {
    Case {
        name: name.into(),
        source,
        exact,
        study: plain(seed, weeks, parts),
        replications,
        figure,
    }
}

fn metric(m: Metric) -> Figure {
    Box::new(move |_: &Model, runs: &[Replication]| m.influence(runs))
}

fn mean_time() -> Figure {
    metric(Metric::LeadTime(Statistic::Mean))
}

fn ratio(of: impl Fn(&Replication) -> (f64, f64) + Send + Sync + 'static) -> Figure {
    Box::new(move |_: &Model, runs: &[Replication]| {
        let pairs: Vec<_> = runs.iter().map(&of).collect();
        Influence::ratio(pairs.into_iter())
    })
}

/// Mean time in the first stage of the stream, for those who pass it: `share` of all items.
fn time_in_stream(stream: usize, share: f64) -> Figure {
    Box::new(move |model: &Model, runs: &[Replication]| {
        let place = Places::of(model).stage(model.streams[stream].stages.start);
        let pairs: Vec<_> = runs
            .iter()
            .map(|r| (r.places[place].0, share * r.finished))
            .collect();
        Influence::ratio(pairs.into_iter())
    })
}

/// Mean lead time of a group: the streams, then the sources, then the risk classes.
fn time_of_group(group: usize) -> Figure {
    ratio(move |r: &Replication| {
        let times = &r.groups[group].lead_time;
        (times.sum, times.n)
    })
}

/// Items an hour.
fn per_hour() -> Figure {
    ratio(|r: &Replication| (r.delivered, r.window_hours))
}

/// Hours that a finished item spends on a part of its way.
fn part(part: Part) -> Figure {
    ratio(move |r: &Replication| (r.parts[part as usize], r.finished))
}

fn outcomes() -> &'static [Outcome] {
    static DONE: OnceLock<Vec<Outcome>> = OnceLock::new();
    DONE.get_or_init(|| {
        let cases = [
            queues::cases(),
            flow::cases(),
            release::cases(),
            gates::cases(),
            demand::cases(),
            closed::cases(),
            branching::cases(),
            forks::cases(),
            people::cases(),
            priorities::cases(),
            production::cases(),
            windows::cases(),
        ];
        cases.iter().flatten().map(Case::check).collect()
    })
}

#[test]
fn every_known_answer_is_met_within_four_standard_errors_and_one_percent() {
    let wrong: Vec<&str> = outcomes()
        .iter()
        .filter(|o| !o.holds())
        .map(|o| o.name.as_str())
        .collect();
    assert!(
        wrong.is_empty(),
        "off, or too blunt: {wrong:?}\n{}",
        table(outcomes())
    );
}

#[test]
fn all_known_answers_together_are_as_far_off_as_luck_allows() {
    let (chi2, z) = joint(outcomes());
    assert!(
        z.abs() <= MOST_Z,
        "χ² = {chi2:.1}, {z:+.2} from expected\n{}",
        table(outcomes())
    );
}

/// With `MILLRACE_WRITE_VALIDATION=1`, the table goes into the documentation.
#[test]
fn validation_table_names_every_case() {
    let table = table(outcomes());
    for o in outcomes() {
        assert!(table.contains(&o.name), "{}", o.name);
    }
    if std::env::var_os("MILLRACE_WRITE_VALIDATION").is_some() {
        millrace_tests::case::write_section("Known answers", INTRODUCTION, &table);
    }
}

const INTRODUCTION: &str = "Systems with an exact solution, written as ordinary studies and run by the \
    ordinary engine. Hours unless said. Each interval is narrower than 1% of the exact value to either \
    side, each estimate lies within four standard errors, and the squares of all z together are what luck \
    gives. Written by `MILLRACE_WRITE_VALIDATION=1 cargo test -p millrace-tests validation`.";
