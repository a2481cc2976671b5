//! Charts over the weeks: from the first week counted to the last, means over the recorded years.

use super::{Case, cases};
use crate::figure::{Axis, Figure, Marks, Point, Role, Series};
use crate::words;
use millrace_core::stats::Estimate;

/// Steps in which a window of any length is drawn, at most.
const STEPS: usize = 104;

/// The first counted week, how many, and how many make a step.
fn span(case: &Case) -> (usize, usize, usize) {
    let weeks = case.summary.weeks as usize;
    let from = case.summary.warm_up_weeks as usize;
    (from, weeks, weeks.div_ceil(STEPS).max(1))
}

fn line(name: &str, role: Role, points: Vec<Point>) -> Series {
    Series {
        name: name.to_owned(),
        role,
        marks: Marks::Line { points },
    }
}

fn highest(series: &[Series]) -> f64 {
    let points = series.iter().flat_map(|s| match &s.marks {
        Marks::Line { points } => &points[..],
        _ => &[],
    });
    points.map(|p| p.y).fold(1.0, f64::max)
}

/// Weeks of a cumulative flow in which what is under way stays thick enough to be seen against what was
/// delivered.
fn visible(case: &Case, weeks: usize) -> usize {
    let value = |e: Option<Estimate>| e.map_or(0.0, |e| e.value);
    let s = case.summary;
    let stay = value(s.wip) / value(s.throughput_per_week).max(1e-9);
    ((3.0 * stay).ceil() as usize).max(8).min(weeks)
}

/// A cumulative flow diagram: how many changes have got at least so far, counted from what was delivered
/// when counting starts. The height between two lines is what is between them, the width how long it takes.
#[must_use]
pub fn cumulative_flow(role: Role, case: Case) -> Figure {
    let (from, weeks, _) = span(&case);
    let weeks = visible(&case, weeks);
    let step = weeks.div_ceil(STEPS).max(1);
    let flow = &case.summary.weekly.cumulative_flow;
    // At the end of the week before counting, and of every step after.
    let at = |line: usize, x: usize| match from + x {
        0 => Some(0.0),
        end => flow[line].series.value.get(end - 1).copied(),
    };
    let start = if flow.is_empty() { None } else { at(0, 0) }.unwrap_or(0.0);
    let ends: Vec<usize> = (0..=weeks / step).map(|i| i * step).collect();
    let series: Vec<Series> = (0..flow.len())
        .map(|l| {
            let points = ends.iter().filter_map(|&x| {
                Some(Point {
                    x: x as f64,
                    y: at(l, x)? - start,
                })
            });
            line(&flow[l].name, role, points.collect())
        })
        .collect();
    let height = |l: usize| {
        let heights = ends.iter().filter_map(|&x| Some(at(l, x)? - at(l - 1, x)?));
        heights.sum::<f64>() / ends.len() as f64
    };
    let heights: Vec<f64> = (1..flow.len()).map(height).collect();
    let thickest = (1..flow.len()).max_by(|a, b| heights[a - 1].total_cmp(&heights[b - 1]));
    let title = match thickest {
        Some(l) if heights[l - 1] > 0.0 => format!(
            "Of {} changes under way, {} are at “{}”, more than anywhere else",
            words::rounded(heights.iter().sum()),
            words::rounded(heights[l - 1]),
            flow[l].name
        ),
        _ => "Nothing is under way".into(),
    };
    Figure {
        id: "cumulative-flow".into(),
        title,
        subtitle: format!(
            "{}: changes that have got at least so far, from the first counted week on, mean over years.",
            case.name
        ),
        x: Axis::from_ends("week", 0.0, weeks.max(1) as f64),
        y: Some(Axis::from_range("changes", 0.0, highest(&series))),
        series,
        notes: Vec::new(),
    }
}

/// Changes delivered in each week.
#[must_use]
pub fn delivered(baseline: Case, what_if: Option<Case>) -> Figure {
    let (from, weeks, step) = span(&baseline);
    let series: Vec<Series> = cases(baseline, what_if)
        .into_iter()
        .map(|(role, c)| {
            let weekly = &c.summary.weekly.delivered.value;
            let points = (0..weeks / step).filter_map(|i| {
                let of = weekly.get(from + i * step..from + (i + 1) * step)?;
                Some(Point {
                    x: ((i + 1) * step) as f64,
                    y: of.iter().sum::<f64>() / step as f64,
                })
            });
            line(c.name, role, points.collect())
        })
        .collect();
    let mean = |c: &Case| c.summary.throughput_per_week.map_or(0.0, |e| e.value);
    let title = match what_if {
        Some(w) => format!(
            "{} changes a week are delivered, not {}",
            words::rounded(mean(&w)),
            words::rounded(mean(&baseline))
        ),
        None => format!(
            "{} changes a week are delivered",
            words::rounded(mean(&baseline))
        ),
    };
    Figure {
        id: "delivered-by-week".into(),
        title,
        subtitle: "Changes that reach users in each week, mean over years.".into(),
        x: Axis::from_ends("week", 0.0, weeks.max(1) as f64),
        y: Some(Axis::from_range("changes a week", 0.0, highest(&series))),
        series,
        notes: Vec::new(),
    }
}
