//! Week by week at one place of the map: how many items are in a stage, how busy a team is.

use millrace_core::engine::Replication;
use millrace_core::experiment::Summary;
use millrace_core::model::Model;
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

/// A chart for every stage and team of the shown variant, from the end of the warm-up on.
#[must_use]
pub fn figures(baseline: Case<'_>, what_if: Option<Case<'_>>, notes: &[String]) -> Vec<Figure> {
    let shown = what_if.unwrap_or(baseline);
    let cases: Vec<Case<'_>> = [Some(baseline), what_if].into_iter().flatten().collect();
    let stages = shown.model.stages.iter().map(|stage| {
        let stream = &shown.model.streams[stage.stream].id;
        let node = format!("stage/{stream}/{}", stage.id);
        drawn(&cases, &node, notes, &|case| in_stage(case, stream, &stage.id), &|means| {
            let (now, was) = both(means, words::rounded);
            Words {
                title: format!("{now} {} at {} at a time{was}", items(&now), stage.label),
                subtitle: "In the stage or at its gates, at the end of each week: the mean of the simulated years.",
                axis: "items",
            }
        })
    });
    let teams = shown.model.teams.iter().map(|team| {
        let node = format!("team/{}", team.id);
        drawn(&cases, &node, notes, &|case| at_work(case, &team.id), &|means| {
            let (now, was) = both(means, |x| format!("{}%", words::rounded(x)));
            Words {
                title: format!("{} is at work {now} of its hours{was}", team.label),
                subtitle: "Share of its people's working hours, week by week: the mean of the simulated years.",
                axis: "%",
            }
        })
    });
    stages.chain(teams).flatten().collect()
}

fn items(many: &str) -> &'static str {
    if many == "1" { "item is" } else { "items are" }
}

struct Words {
    title: String,
    subtitle: &'static str,
    axis: &'static str,
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

fn drawn(
    cases: &[Case<'_>],
    node: &str,
    notes: &[String],
    weeks: &dyn Fn(&Case<'_>) -> Option<Vec<f64>>,
    said: &dyn Fn(&[f64]) -> Words,
) -> Option<Figure> {
    let counted = |case: &Case<'_>| {
        let from = case.summary.warm_up_weeks as usize;
        let all = weeks(case)?;
        all.get(from..)
            .filter(|w| !w.is_empty())
            .map(<[f64]>::to_vec)
    };
    let found: Vec<(usize, Vec<f64>)> = cases
        .iter()
        .enumerate()
        .filter_map(|(i, case)| Some((i, counted(case)?)))
        .collect();
    // What the shown variant does not have is not drawn.
    if found.last().is_none_or(|(i, _)| i + 1 != cases.len()) {
        return None;
    }
    let means: Vec<f64> = found
        .iter()
        .map(|(_, w)| w.iter().sum::<f64>() / w.len() as f64)
        .collect();
    let words = said(&means);
    let top = found
        .iter()
        .flat_map(|(_, w)| w)
        .fold(1.0, |a: f64, b| a.max(*b));
    let length = found.iter().map(|(_, w)| w.len()).max().unwrap_or(1);
    let series = found.iter().map(|(i, w)| Series {
        name: cases[*i].name.to_owned(),
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
        subtitle: words.subtitle.into(),
        x: Axis::from_ends("week", 0.0, length as f64),
        y: Some(Axis::from_range(words.axis, 0.0, top)),
        series: series.collect(),
        notes: notes.to_vec(),
    })
}

fn points(weeks: &[f64]) -> Vec<Point> {
    let at = |(i, y): (usize, &f64)| Point {
        x: (i + 1) as f64,
        y: *y,
    };
    weeks.iter().enumerate().map(at).collect()
}

/// Mean items in a stage at the end of every recorded week.
fn in_stage(case: &Case<'_>, stream: &str, stage: &str) -> Option<Vec<f64>> {
    let model = case.model;
    let is =
        |s: &millrace_core::model::Stage| s.id == stage && model.streams[s.stream].id == stream;
    let at = model.stages.iter().position(is)?;
    let n = model.stages.len();
    let recorded = case.runs.iter().take_while(|r| !r.weekly.stages.is_empty());
    let runs: Vec<&Replication> = recorded.collect();
    let weeks = runs.iter().map(|r| r.weekly.stages.len() / n).min()?;
    let mean = |week: usize| {
        let sum: f64 = runs
            .iter()
            .map(|r| f64::from(r.weekly.stages[week * n + at]))
            .sum();
        sum / runs.len() as f64
    };
    Some((0..weeks).map(mean).collect())
}

/// Percent of a team's working hours, every recorded week.
fn at_work(case: &Case<'_>, team: &str) -> Option<Vec<f64>> {
    let named = case
        .summary
        .weekly
        .utilisation
        .iter()
        .find(|t| t.id == team)?;
    Some(named.series.value.iter().map(|x| 100.0 * x).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;
    use millrace_core::experiment::{Cancel, replicate, summarise};
    use millrace_core::scenario::Scenario;
    use millrace_core::time::ticks_up;

    #[test]
    fn every_stage_and_team_of_the_shown_variant_has_its_weeks() {
        let scenario = Scenario::read(TEMPLATES[0].text).unwrap();
        let variant = |id| scenario.variant(id, &[]).unwrap();
        let (before, after) = (variant(None), variant(Some("stream-aligned")));
        let warm_up = Some(ticks_up(26.0 * 168.0));
        let (before, after) = (before.models(warm_up), after.models(warm_up));
        let runs = |models| replicate(models, 0, 4, &Cancel::default());
        let (was, is) = (runs(&before), runs(&after));
        let (a, b) = (before.likely(), after.likely());
        let (first, second) = (
            summarise("baseline", "Baseline", a, &was),
            summarise("w", "What-if", b, &is),
        );
        let case = |name, model, runs, summary| Case {
            name,
            model,
            runs,
            summary,
        };
        let here = case("Baseline", a, &was, &first);
        let there = case("What-if", b, &is, &second);

        let alone = figures(here, None, &[]);
        assert_eq!(alone.len(), a.stages.len() + a.teams.len());
        let both = figures(here, Some(there), &[]);
        assert_eq!(both.len(), b.stages.len() + b.teams.len());
        assert!(alone.iter().any(|f| f.id == id("team/qa")));
        assert!(
            !both.iter().any(|f| f.id == id("team/qa")),
            "the team is gone"
        );

        let testing = both
            .iter()
            .find(|f| f.id == "weeks-stage-release-testing")
            .unwrap();
        let lines: Vec<&[Point]> = testing
            .series
            .iter()
            .map(|s| match &s.marks {
                Marks::Line { points } => &points[..],
                _ => &[],
            })
            .collect();
        assert_eq!(lines.len(), 2);
        // Items in all stages are those in progress, but for the ones that wait for a release.
        let mean = |line: &[Point]| line.iter().map(|p| p.y).sum::<f64>() / line.len() as f64;
        let wip = first.wip.unwrap().value;
        assert!(
            mean(lines[0]) > 0.0 && mean(lines[0]) < wip,
            "{} of {wip}",
            mean(lines[0])
        );
        assert!(
            testing.title.contains(" at Testing at a time, not "),
            "{}",
            testing.title
        );
    }
}
