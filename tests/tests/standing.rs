//! What stands where at the end of a week adds up to what has come and is not delivered.

use millrace_core::engine::Weekly;
use millrace_core::experiment::{Cancel, run};
use millrace_core::model::Model;
use millrace_tests::plain::{
    endless, exponential, plain, poisson_with, read, stage_with, stream, team_with,
};
use proptest::prelude::*;

/// A study of one stream through gates of every kind to a release, where nothing is dropped and nothing
/// breaks: whatever came and is not delivered is one of the items that stand somewhere.
#[derive(Debug, Clone)]
struct Line {
    busy: f64,
    endless: bool,
    in_stream: u32,
    in_stage: Option<u32>,
    returns: f64,
    /// After which of three stages, of which kind, how strict.
    gates: Vec<(u8, u8, f64)>,
    policy: u8,
    step_hours: u32,
    runners: Option<u32>,
}

fn line() -> impl Strategy<Value = Line> {
    let gate = (0u8..3, 0u8..3, 0.1f64..0.8);
    (
        (0.3f64..1.1, prop::bool::ANY, 3u32..40),
        (prop::option::of(1u32..6), 0.0f64..0.4),
        prop::collection::vec(gate, 0..5),
        (0u8..5, 0u32..30, prop::option::of(1u32..3)),
    )
        .prop_map(|(demand, flow, gates, release)| Line {
            busy: demand.0,
            endless: demand.1,
            in_stream: demand.2,
            in_stage: flow.0,
            returns: flow.1,
            gates,
            policy: release.0,
            step_hours: release.1,
            runners: release.2,
        })
}

impl Line {
    fn text(&self, seed: u64) -> String {
        let limit = |n: Option<u32>| n.map_or(String::new(), |n| format!("wip_limit = {n}\n"));
        let unit = exponential(4.0);
        let demand = if self.endless {
            endless()
        } else {
            poisson_with(self.busy / 8.0, "expedite = 0.1")
        };
        let stream_limit = limit((self.endless || self.in_stream < 20).then_some(self.in_stream));
        let back = format!(
            "returns = [{{ to = \"a\", probability = {:?} }}]\n",
            self.returns
        );
        let mut parts = vec![
            stream("s", "a", &stream_limit).replace("released = false", "released = true"),
            demand,
            stage_with("a", "t", &unit, &limit(self.in_stage)),
            stage_with("b", "u", &unit, &(limit(self.in_stage) + &back)),
            stage_with("c", "t", &unit, ""),
            team_with("t", 2, ""),
            team_with("u", 1, "items_per_person = 2"),
            team_with("reviewers", 1, ""),
        ];
        let runners = self
            .runners
            .map_or(String::new(), |n| format!("runners = {n}\n"));
        let policy = [
            "policy = \"each\"",
            "policy = \"batch\"\nstrategy = \"slow\"",
            "policy = \"sized\"\nbatch_size = 4",
            "policy = \"train\"\nevery = \"1 week\"\ncut_off = \"30 hours\"",
            "policy = \"train\"\nevery = \"3 weeks\"\ndeparts = \"50 hours\"",
        ][usize::from(self.policy)];
        parts.push(format!(
            "[pipeline]\n{policy}\n{runners}steps = [{{ id = \"build\", duration = \"{} hours\", flaky = 0.1 }}]\nstrategies = [{{ id = \"slow\", steps = [{{ share = 0.5, bake = \"30 hours\" }}, {{ share = 1 }}] }}]\n",
            self.step_hours
        ));
        for (n, (after, kind, strictness)) in self.gates.iter().enumerate() {
            let kind = [
                "kind = \"automated\"\nduration = \"20 hours\"",
                "kind = \"manual\"\nteam = \"reviewers\"\neffort = \"3 hours\"",
                "kind = \"board\"\nevery = \"1 week\"\nfirst = \"150 hours\"\nsession = \"20 hours\"\nplaces = 6",
            ][usize::from(*kind)];
            let after = ["a", "b", "c"][usize::from(*after)];
            parts.push(format!(
                "[[governance.gates]]\nid = \"g{n}\"\nafter = \"{after}\"\ndiscrimination = 1\nstrictness = {strictness:?}\ntriage = \"2 hours\"\n{kind}\n"
            ));
        }
        plain(seed, 30, &parts)
    }
}

/// Values of a row at the end of a week, added up.
fn sum(rows: &[f32], n: usize, week: usize) -> f64 {
    rows[week * n..(week + 1) * n]
        .iter()
        .map(|x| f64::from(*x))
        .sum()
}

/// Rows of one week each, of as many values as there are things in the model.
fn rows_fit(weekly: &Weekly, model: &Model) -> bool {
    let weeks = weekly.arrived.len();
    let (streams, teams) = (model.streams.len(), model.teams.len());
    [
        (&weekly.stages, model.stages.len()),
        (&weekly.gates, model.gates.len()),
        (&weekly.to_begin, streams),
        (&weekly.to_release, streams),
        (&weekly.rolling, streams),
        (&weekly.stream_arrived, streams),
        (&weekly.stream_delivered, streams),
        (&weekly.stream_incidents, streams),
        (&weekly.tickets, teams),
        (&weekly.teams, teams),
    ]
    .iter()
    .all(|(rows, n)| rows.len() == weeks * n)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn what_stands_somewhere_is_what_came_and_is_not_delivered(line in line(), seed in 0u64..1000) {
        let model = read(&line.text(seed)).baseline.model(None);
        let (stages, gates) = (model.stages.len(), model.gates.len());
        for r in run(&model, 0, 2, &Cancel::default()) {
            let weekly = &r.weekly;
            prop_assert!(rows_fit(weekly, &model));
            let mut inside = 0.0;
            for week in 0..weekly.arrived.len() {
                inside += f64::from(weekly.arrived[week]) - f64::from(weekly.delivered[week]);
                let ends = [&weekly.to_begin, &weekly.to_release, &weekly.rolling];
                let outside: f64 = ends.iter().map(|rows| sum(rows, 1, week)).sum();
                let in_stages = sum(&weekly.stages, stages, week);
                prop_assert_eq!(in_stages + outside, inside, "after week {}", week);
                for (i, stage) in model.stages.iter().enumerate() {
                    let at_gates: f32 = stage.gates.iter().map(|g| weekly.gates[week * gates + g]).sum();
                    prop_assert!(at_gates <= weekly.stages[week * stages + i], "gates of {}", stage.id);
                }
            }
        }
    }
}

#[test]
fn every_row_counts_something() {
    let text = include_str!("../../scenarios/siloed-to-integrated.toml");
    let mut model = read(text).baseline.model(None);
    model.streams[0].limit = Some(20);
    let runs = run(&model, 0, 4, &Cancel::default());
    let seen =
        |of: fn(&Weekly) -> &Vec<f32>| runs.iter().flat_map(|r| of(&r.weekly)).any(|x| *x > 0.0);
    assert!(seen(|w| &w.gates), "gates");
    assert!(seen(|w| &w.to_begin), "to begin");
    assert!(seen(|w| &w.to_release), "to release");
    assert!(seen(|w| &w.tickets), "tickets");
    assert!(seen(|w| &w.stream_incidents), "incidents");
    for r in &runs {
        assert_eq!(
            r.weekly.incidents, r.weekly.stream_incidents,
            "there is one stream"
        );
    }
}
