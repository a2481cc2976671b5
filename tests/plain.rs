//! Plain studies: teams around the clock with all their time for the work, and nothing else unless asked
//! for, so that what comes out is what queueing theory says.

use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, run};
use millrace_core::model::Model;
use millrace_core::scenario::{Scenario, Variant};

/// A study of the given parts of a file, counting `weeks` after a warm-up of a twentieth of them, at
/// least eight weeks.
#[must_use]
pub fn plain(seed: u64, weeks: u32, parts: &[String]) -> String {
    let warm_up = (weeks / 20).max(8);
    format!(
        "format = 1\nname = \"plain\"\nseed = {seed}\n\
         [run]\nweeks = {weeks}\nwarm_up = \"{warm_up} weeks\"\n\
         [handoffs]\ndelay = \"0 hours\"\nsender_effort = \"0 hours\"\nreceiver_effort = \"0 hours\"\n\
         lost_information = 0\n{}",
        parts.concat()
    )
}

/// A team that does one thing at a time for each of its people.
#[must_use]
pub fn team(id: &str, people: u32) -> String {
    team_with(id, people, "")
}

/// The same with further lines.
#[must_use]
pub fn team_with(id: &str, people: u32, more: &str) -> String {
    format!(
        "[[teams]]\nid = \"{id}\"\npeople = {people}\nfocus = 1\ncalendar = \"always\"\n{more}\n"
    )
}

/// A stream without a release, with the first of its stages as commit stage; its demand and stages follow.
#[must_use]
pub fn stream(id: &str, commit: &str, more: &str) -> String {
    format!("[[streams]]\nid = \"{id}\"\ncommit = \"{commit}\"\nreleased = false\n{more}\n")
}

/// Poisson demand of so many requests an hour.
#[must_use]
pub fn poisson(per_hour: f64) -> String {
    poisson_with(per_hour, "")
}

/// The same with further lines.
#[must_use]
pub fn poisson_with(per_hour: f64, more: &str) -> String {
    format!(
        "[[streams.demand]]\nid = \"work\"\nper_week = {:?}\n{more}\n",
        per_hour * 168.0
    )
}

/// A backlog that never empties.
#[must_use]
pub fn endless() -> String {
    "[[streams.demand]]\nid = \"work\"\narrives = \"endless\"\n".into()
}

/// A stage.
#[must_use]
pub fn stage(id: &str, team: &str, effort: &str) -> String {
    stage_with(id, team, effort, "")
}

/// The same with further lines.
#[must_use]
pub fn stage_with(id: &str, team: &str, effort: &str, more: &str) -> String {
    format!("[[streams.stages]]\nid = \"{id}\"\nteam = \"{team}\"\neffort = {effort}\n{more}\n")
}

/// An exponential distribution as written, mean in hours.
#[must_use]
pub fn exponential(mean: f64) -> String {
    format!("{{ dist = \"exponential\", mean = \"{mean} hours\" }}")
}

/// One stage of one team with Poisson demand.
#[must_use]
pub fn single(per_hour: f64, people: u32, effort: &str) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(per_hour),
        stage("a", "t", effort),
        team("t", people),
    ]
}

/// Read a study that is meant to be right.
///
/// # Panics
/// With every fault, if it is not.
#[must_use]
pub fn read(text: &str) -> Scenario {
    Scenario::read(text).unwrap_or_else(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}\n{text}", all.join("\n"))
    })
}

/// A variant of a study that is meant to be right.
///
/// # Panics
/// With every fault, if it is not.
#[must_use]
pub fn variant(scenario: &Scenario, what_if: Option<&str>) -> Variant {
    scenario
        .variant(what_if, &[])
        .unwrap_or_else(|faults| panic!("{what_if:?}: {faults:?}"))
}

/// The baseline of a study, run.
#[must_use]
pub fn simulate(text: &str, replications: u64) -> (Model, Vec<Replication>) {
    let model = read(text).baseline.model(None);
    let runs = run(&model, 0, replications, &Cancel::default());
    (model, runs)
}
