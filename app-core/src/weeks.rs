//! Week by week at one place of the map: what stands in a stage, at a gate and at both ends of a stream, how
//! busy a team is and how many tickets it has, how many incidents users see.

mod means;
mod streams;
#[cfg(test)]
mod tests;

use means::Means;
use millrace_core::engine::Replication;
use millrace_core::experiment::Summary;
use millrace_core::model::{Model, Request};
use millrace_report::figure::{Axis, Figure, Marks, Point, Role, Series};
use millrace_report::words;

/// A variant's runs.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// Shown name.
    pub name: &'a str,
    /// Its model.
    pub model: &'a Model,
    /// Its replications.
    pub runs: &'a [Replication],
    /// Their summary.
    pub summary: &'a Summary,
}

/// The chart of a place: `weeks-` and the node's id, with hyphens.
#[must_use]
pub fn id(node: &str) -> String {
    format!("weeks-{}", node.replace('/', "-"))
}

/// A chart for every place and team of the shown variant, from the end of the warm-up on.
#[must_use]
pub fn figures(baseline: Case<'_>, what_if: Option<Case<'_>>, notes: &[String]) -> Vec<Figure> {
    let cases: Vec<Means<'_>> = [Some(baseline), what_if]
        .into_iter()
        .flatten()
        .map(Means::of)
        .collect();
    let shown = what_if.unwrap_or(baseline).model;
    let charts = Charts {
        cases: &cases,
        shown,
        notes,
    };
    let stages = (0..shown.stages.len()).map(|i| charts.stage(i));
    let gates = (0..shown.gates.len()).map(|g| charts.gate(g));
    let teams = (0..shown.teams.len()).flat_map(|t| [charts.team(t), charts.tickets(t)]);
    let streams = (0..shown.streams.len()).flat_map(|s| charts.stream(s));
    let places = stages.chain(gates).chain(teams).flatten();
    places.chain(streams).collect()
}

/// Items at the gates of a stage of which there are too few to be told.
const FEW: f64 = 0.05;
/// When it is looked: a board that meets on Thursdays has less on Sunday night than on average.
const AT_THE_END: &str = "At each week’s end";
const EACH_WEEK: &str = "Each week";

struct Words {
    title: String,
    when: &'static str,
    subtitle: String,
    axis: &'static str,
}

/// The charts of a variant, with the baseline's line before its own where it is not the baseline.
struct Charts<'a> {
    cases: &'a [Means<'a>],
    shown: &'a Model,
    notes: &'a [String],
}

impl Charts<'_> {
    fn stage(&self, i: usize) -> Option<Figure> {
        let stage = &self.shown.stages[i];
        let stream = self.shown.streams[stage.stream].id.as_str();
        let node = format!("stage/{stream}/{}", stage.id);
        let at_gates = self.cases.last()?.at_gates_of(stream, &stage.id);
        let subtitle = match at_gates {
            Some(many) if many >= FEW => format!(
                "Waiting or worked on; {} more stand at its gates and keep their place here.",
                words::rounded(many)
            ),
            _ => "Waiting or worked on.".to_owned(),
        };
        let weeks = |m: &Means<'_>| m.in_stage(stream, &stage.id);
        self.drawn(&node, &weeks, &|means| Words {
            title: counted(
                means,
                ["item is", "items are"],
                &format!("in {}", stage.label),
            ),
            when: AT_THE_END,
            subtitle: subtitle.clone(),
            axis: "items",
        })
    }

    fn gate(&self, g: usize) -> Option<Figure> {
        let gate = &self.shown.gates[g];
        let weeks = |m: &Means<'_>| m.at_gate(&gate.id);
        self.drawn(&format!("gate/{}", gate.id), &weeks, &|means| Words {
            title: counted(
                means,
                ["change is", "changes are"],
                &format!("at {}", gate.label),
            ),
            when: AT_THE_END,
            subtitle: "Waiting to be judged or being judged.".into(),
            axis: "changes",
        })
    }

    fn team(&self, t: usize) -> Option<Figure> {
        let team = &self.shown.teams[t];
        let weeks = |m: &Means<'_>| m.at_work(&team.id);
        self.drawn(&format!("team/{}", team.id), &weeks, &|means| {
            let (now, was) = both(means, |x| format!("{}%", words::rounded(x)));
            Words {
                title: format!("{} is at work {now} of its hours{was}", team.label),
                when: EACH_WEEK,
                subtitle: "Share of its people’s working hours.".into(),
                axis: "%",
            }
        })
    }

    fn tickets(&self, t: usize) -> Option<Figure> {
        let team = &self.shown.teams[t];
        let asked = |r: &Request| r.team == t;
        let mut stages = self.shown.stages.iter();
        if !stages.any(|s| s.requests.iter().any(asked)) {
            return None;
        }
        let weeks = |m: &Means<'_>| m.tickets(&team.id);
        self.drawn(&format!("tickets/{}", team.id), &weeks, &|means| Words {
            title: counted(
                means,
                ["ticket is", "tickets are"],
                &format!("open at {}", team.label),
            ),
            when: AT_THE_END,
            subtitle: "Waiting or worked on; the work that asked waits meanwhile.".into(),
            axis: "tickets",
        })
    }

    fn drawn(
        &self,
        node: &str,
        weeks: &dyn Fn(&Means<'_>) -> Option<Vec<f64>>,
        said: &dyn Fn(&[f64]) -> Words,
    ) -> Option<Figure> {
        let counted = |case: &Means<'_>| case.counted(weeks(case)?);
        let found: Vec<(usize, Vec<f64>)> = self
            .cases
            .iter()
            .enumerate()
            .filter_map(|(i, case)| Some((i, counted(case)?)))
            .collect();
        // What the shown variant does not have is not drawn.
        if found.last().is_none_or(|(i, _)| i + 1 != self.cases.len()) {
            return None;
        }
        let means: Vec<f64> = found.iter().map(|(_, w)| mean(w)).collect();
        let words = said(&means);
        let top = found
            .iter()
            .flat_map(|(_, w)| w)
            .fold(1.0, |a: f64, b| a.max(*b));
        let length = found.iter().map(|(_, w)| w.len()).max().unwrap_or(1);
        let series = found.iter().map(|(i, w)| Series {
            name: self.cases[*i].name().to_owned(),
            role: if *i == 0 {
                Role::Baseline
            } else {
                Role::WhatIf
            },
            marks: Marks::Line { points: points(w) },
        });
        Some(Figure {
            id: id(node),
            title: words.title,
            subtitle: format!("{}, on average. {}", words.when, words.subtitle),
            x: Axis::from_ends("week", 0.0, length as f64),
            y: Some(Axis::from_range(words.axis, 0.0, top)),
            series: series.collect(),
            notes: self.notes.to_vec(),
        })
    }
}

fn mean(weeks: &[f64]) -> f64 {
    weeks.iter().sum::<f64>() / weeks.len().max(1) as f64
}

/// "3.1 changes are at Change board, not 8".
fn counted(means: &[f64], verbs: [&str; 2], what: &str) -> String {
    let (now, was) = both(means, words::rounded);
    let verb = verbs[usize::from(now != "1")];
    format!("{now} {verb} {what}{was}")
}

/// The mean of the shown variant, and ", not so much" for the baseline's if another one is shown.
fn both(means: &[f64], print: impl Fn(f64) -> String) -> (String, String) {
    let now = means.last().map_or(String::new(), |m| print(*m));
    let was = match means {
        [before, _] if print(*before) != now => format!(", not {}", print(*before)),
        _ => String::new(),
    };
    (now, was)
}

fn points(weeks: &[f64]) -> Vec<Point> {
    let at = |(i, y): (usize, &f64)| Point {
        x: (i + 1) as f64,
        y: *y,
    };
    weeks.iter().enumerate().map(at).collect()
}
