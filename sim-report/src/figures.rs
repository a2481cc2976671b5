//! Results become figures: one function a chart, for the window and the files alike.

pub mod weeks;

use crate::figure::{Axis, Figure, Mark, Marks, Part, Point, Role, Series};
use crate::words;
use millrace_core::engine::{PART_IDS, Replication};
use millrace_core::experiment::Summary;
use millrace_core::experiment::metric::{Metric, fifty, fifty_years};
use millrace_core::experiment::summary::GroupSummary;

/// A variant with its results.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Shown name.
    pub name: &'a str,
    /// Its replications.
    pub runs: &'a [Replication],
    /// What they sum up to.
    pub summary: &'a Summary,
}

/// Every chart of a baseline, with or without a what-if. `notes` go into the footers.
#[must_use]
pub fn all(baseline: Case, what_if: Option<Case>, notes: &[String]) -> Vec<Figure> {
    let mut figures = vec![
        lead_time(baseline, what_if),
        incidents(baseline, what_if),
        where_time_goes(baseline, what_if),
        utilisation(baseline, what_if),
        wip(baseline, what_if),
    ];
    for figure in &mut figures {
        figure.notes = notes.to_vec();
    }
    figures
}

/// The same and those that a document has room for: cumulative flow, week by week, lead time by stream.
#[must_use]
pub fn document(baseline: Case, what_if: Option<Case>, notes: &[String]) -> Vec<Figure> {
    let mut figures = all(baseline, what_if, notes);
    let (role, shown) = what_if.map_or((Role::Baseline, baseline), |w| (Role::WhatIf, w));
    let more = [
        Some(weeks::cumulative_flow(role, shown)),
        Some(weeks::delivered(baseline, what_if)),
        lead_time_by_stream(baseline, what_if),
    ];
    figures.extend(more.into_iter().flatten().map(|figure| Figure {
        notes: notes.to_vec(),
        ..figure
    }));
    figures
}

fn cases<'a>(baseline: Case<'a>, what_if: Option<Case<'a>>) -> Vec<(Role, Case<'a>)> {
    let mut all = vec![(Role::Baseline, baseline)];
    all.extend(what_if.map(|w| (Role::WhatIf, w)));
    all
}

fn series<'a>(all: &[(Role, Case<'a>)], marks: impl Fn(&Case<'a>) -> Marks) -> Vec<Series> {
    all.iter()
        .map(|(role, case)| Series {
            name: case.name.to_owned(),
            role: *role,
            marks: marks(case),
        })
        .collect()
}

/// 85 of 100 within so many days.
fn p85_days(case: &Case) -> Option<f64> {
    case.summary.lead_time_hours.p85.map(|e| e.value / 24.0)
}

/// The far end of an axis for dots: the largest dot but the last, which may lie anywhere.
fn reach(series: &[Series]) -> f64 {
    let ends = series.iter().filter_map(|s| match &s.marks {
        Marks::Dots { values, .. } => values.iter().rev().nth(1).copied(),
        _ => None,
    });
    ends.fold(0.0, f64::max)
}

/// Lead time as fifty dots, marked where 85 of 100 have arrived.
#[must_use]
pub fn lead_time(baseline: Case, what_if: Option<Case>) -> Figure {
    let all = cases(baseline, what_if);
    let series = series(&all, |c| Marks::Dots {
        values: fifty(c.runs, |r| &r.lead_time)
            .iter()
            .map(|h| h / 24.0)
            .collect(),
        mark: p85_days(c).map(|at| Mark {
            at,
            label: format!("85 of 100 within {} days", words::rounded(at)),
        }),
    });
    let title = match (p85_days(&baseline), what_if.and_then(|w| p85_days(&w))) {
        (Some(a), Some(b)) => {
            format!(
                "85 of 100 changes arrive within {} days, not {}",
                words::rounded(b),
                words::rounded(a)
            )
        }
        (Some(a), None) => format!("85 of 100 changes arrive within {} days", words::rounded(a)),
        _ => "No change arrives".into(),
    };
    Figure {
        id: "lead-time".into(),
        title,
        subtitle: "Each dot is 2 of 100 changes, over all simulated years.".into(),
        x: Axis::from_range("days from request to production", 0.0, reach(&series)),
        y: None,
        series,
        notes: Vec::new(),
    }
}

/// Customer incidents a month, one dot a year of fifty.
#[must_use]
pub fn incidents(baseline: Case, what_if: Option<Case>) -> Figure {
    let all = cases(baseline, what_if);
    let series = series(&all, |c| {
        let years = Metric::Incidents
            .years(c.runs)
            .into_iter()
            .flatten()
            .collect();
        let mean = c.summary.incidents_per_month.map(|e| e.value);
        Marks::Dots {
            values: fifty_years(years),
            mark: mean.map(|at| Mark {
                at,
                label: format!("{} a month on average", words::rounded(at)),
            }),
        }
    });
    let mean = |c: &Case| c.summary.incidents_per_month.map_or(0.0, |e| e.value);
    let title = match what_if {
        Some(w) => format!(
            "Customers meet {} incidents a month, not {}",
            words::rounded(mean(&w)),
            words::rounded(mean(&baseline))
        ),
        None => format!(
            "Customers meet {} incidents a month",
            words::rounded(mean(&baseline))
        ),
    };
    Figure {
        id: "incidents".into(),
        title,
        subtitle: "Each dot is one year of fifty.".into(),
        x: Axis::from_range("incidents a month", 0.0, reach(&series).max(1.0)),
        y: None,
        series,
        notes: Vec::new(),
    }
}

/// Mean lead time cut into its parts.
#[must_use]
pub fn where_time_goes(baseline: Case, what_if: Option<Case>) -> Figure {
    let all = cases(baseline, what_if);
    let total = |c: &Case| c.summary.parts_hours.values().sum::<f64>() / 24.0;
    let longest = all.iter().map(|(_, c)| total(c)).fold(0.0, f64::max);
    // Work first, however little: the rest is what it waits for, largest of the baseline first, and at the end what
    // belongs to working.
    let mut order: Vec<&str> = PART_IDS.to_vec();
    let of = |id: &str| baseline.summary.parts_hours.get(id).copied().unwrap_or(0.0);
    let late = |id: &str| match id {
        "touch" => 0,
        "rework" | "off-hours" => 2,
        id if id.starts_with("slowed") => 2,
        _ => 1,
    };
    order.sort_by(|a, b| late(a).cmp(&late(b)).then(of(b).total_cmp(&of(a))));
    let series = series(&all, |c| Marks::Stack {
        parts: order
            .iter()
            .filter_map(|id| {
                let days = c.summary.parts_hours.get(id)? / 24.0;
                (days > 1e-6).then(|| Part {
                    id: (*id).to_owned(),
                    label: words::part(id).0.to_owned(),
                    value: days,
                })
            })
            .collect(),
    });
    let shown = what_if.unwrap_or(baseline);
    let work = shown
        .summary
        .parts_hours
        .get("touch")
        .copied()
        .unwrap_or(0.0);
    let largest = order.iter().filter(|id| **id != "touch").max_by(|a, b| {
        let of = |id: &str| shown.summary.parts_hours.get(id).copied().unwrap_or(0.0);
        of(a).total_cmp(&of(b))
    });
    let title = match largest {
        Some(id) if longest > 0.0 => format!(
            "Of {} days, {} {}; {} are work",
            words::rounded(total(&shown)),
            words::rounded(shown.summary.parts_hours.get(id).copied().unwrap_or(0.0) / 24.0),
            words::part(id).1,
            words::work(work)
        ),
        _ => "Where the time goes".into(),
    };
    Figure {
        id: "where-time-goes".into(),
        title,
        subtitle: "Days of mean lead time by where they are spent; the parts add up.".into(),
        x: Axis::from_range("days of mean lead time", 0.0, longest),
        y: None,
        series,
        notes: Vec::new(),
    }
}

/// How busy each team is.
#[must_use]
pub fn utilisation(baseline: Case, what_if: Option<Case>) -> Figure {
    let all = cases(baseline, what_if);
    let busy = |u: &millrace_core::experiment::summary::TeamSummary| {
        u.utilisation.map_or(0.0, |e| e.value * 100.0)
    };
    let series = series(&all, |c| Marks::Bars {
        bars: c
            .summary
            .teams
            .iter()
            .map(|t| Part {
                id: t.id.clone(),
                label: t.name.clone(),
                value: busy(t),
            })
            .collect(),
    });
    let shown = what_if.unwrap_or(baseline);
    let busiest = shown
        .summary
        .teams
        .iter()
        .max_by(|a, b| busy(a).total_cmp(&busy(b)));
    Figure {
        id: "utilisation".into(),
        title: busiest.map_or("Nobody works".into(), |t| {
            format!(
                "{} is the busiest team: at work {} of its time",
                t.name,
                words::percent(busy(t) / 100.0)
            )
        }),
        subtitle: "Share of working time in which people are at work on something.".into(),
        x: Axis::from_range("% of working time", 0.0, 100.0),
        y: None,
        series,
        notes: Vec::new(),
    }
}

/// In how many days 85 of 100 changes of each value stream arrive; nothing for a single stream.
#[must_use]
pub fn lead_time_by_stream(baseline: Case, what_if: Option<Case>) -> Option<Figure> {
    let all = cases(baseline, what_if);
    let shown = what_if.unwrap_or(baseline).summary;
    if shown.streams.len() < 2 {
        return None;
    }
    let days = |g: &GroupSummary| g.lead_time_hours.p85.map_or(0.0, |e| e.value / 24.0);
    let series = series(&all, |c| Marks::Bars {
        bars: c
            .summary
            .streams
            .iter()
            .map(|g| Part {
                id: g.id.clone(),
                label: g.name.clone(),
                value: days(g),
            })
            .collect(),
    });
    let by_days = |a: &&GroupSummary, b: &&GroupSummary| days(a).total_cmp(&days(b));
    let (quickest, slowest) = (
        shown.streams.iter().min_by(by_days)?,
        shown.streams.iter().max_by(by_days)?,
    );
    let longest = all
        .iter()
        .flat_map(|(_, c)| c.summary.streams.iter().map(days));
    Some(Figure {
        id: "lead-time-by-stream".into(),
        title: format!(
            "85 of 100 changes arrive within {} days in {}, within {} in {}",
            words::rounded(days(quickest)),
            quickest.name,
            words::rounded(days(slowest)),
            slowest.name
        ),
        subtitle: "Days within which 85 of 100 changes of a value stream are with users.".into(),
        x: Axis::from_range("days", 0.0, longest.fold(0.0, f64::max)),
        y: None,
        series,
        notes: Vec::new(),
    })
}

/// Work in progress over the counted weeks, averaged over years.
#[must_use]
pub fn wip(baseline: Case, what_if: Option<Case>) -> Figure {
    let all = cases(baseline, what_if);
    let from = baseline.summary.warm_up_weeks as usize;
    let weeks = baseline.summary.weeks as usize;
    // A hundred-year window is drawn in at most 104 steps.
    let step = weeks.div_ceil(104).max(1);
    let series = series(&all, |c| {
        let weekly = &c.summary.weekly.wip.value;
        let span = |i: usize| weekly.get(from + i * step..from + (i + 1) * step);
        let points = (0..weeks / step).filter_map(|i| {
            Some(Point {
                x: (i * step + step) as f64,
                y: span(i)?.iter().sum::<f64>() / step as f64,
            })
        });
        Marks::Line {
            points: points.collect(),
        }
    });
    let top = series.iter().flat_map(|s| match &s.marks {
        Marks::Line { points } => points.iter().map(|p| p.y).collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    let top = top.fold(1.0, f64::max);
    let mean = |c: &Case| c.summary.wip.map_or(0.0, |e| e.value);
    let title = match what_if {
        Some(w) => format!(
            "{} changes are in progress at a time, not {}",
            words::rounded(mean(&w)),
            words::rounded(mean(&baseline))
        ),
        None => format!(
            "{} changes are in progress at a time",
            words::rounded(mean(&baseline))
        ),
    };
    Figure {
        id: "wip".into(),
        title,
        subtitle: "Changes requested and not yet with users, mean over all simulated years.".into(),
        x: Axis::from_ends("week", 0.0, weeks.max(1) as f64),
        y: Some(Axis::from_range("changes", 0.0, top)),
        series,
        notes: Vec::new(),
    }
}
