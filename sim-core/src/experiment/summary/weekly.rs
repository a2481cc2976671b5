//! Week by week: means over the recorded replications, from time 0 to the horizon.

use super::CONFIDENCE;
use crate::engine::Replication;
use crate::experiment::metric::{drawn, ratio};
use crate::model::{Model, Stream};
use crate::stats::{Estimate, Influence};
use serde::Serialize;
use std::ops::Range;

/// One estimate a week.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "as in Estimate")]
pub struct Series {
    pub value: Vec<f64>,
    pub low: Vec<f64>,
    pub high: Vec<f64>,
}

/// A series that belongs to something with a name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedSeries {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// One estimate a week.
    #[serde(flatten)]
    pub series: Series,
}

/// The weeks from time 0 on, the warm-up included: the first entry is the first week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeeklySummary {
    /// Replications recorded.
    pub recorded: usize,
    /// Requests that came, those refused or given up later included.
    pub arrived: Series,
    /// Items delivered.
    pub delivered: Series,
    /// Customer incidents that showed.
    pub incidents: Series,
    /// Mean work in progress.
    pub wip: Series,
    /// Items since time 0 that have got at least so far, at the end of the week, furthest first.
    pub cumulative_flow: Vec<NamedSeries>,
    /// Share of each team's people at work during its working hours.
    pub utilisation: Vec<NamedSeries>,
}

/// The replications whose weeks were recorded, and how many weeks all of them have.
pub fn recorded(runs: &[Replication]) -> (&[Replication], usize) {
    let n = runs.iter().take_while(|r| !r.weekly.arrived.is_empty());
    let runs = &runs[..n.count()];
    let weeks = runs.iter().map(|r| r.weekly.arrived.len()).min();
    (runs, weeks.unwrap_or(0))
}

pub(super) fn weekly(model: &Model, runs: &[Replication]) -> WeeklySummary {
    let (runs, weeks) = recorded(runs);
    let series = |of: &dyn Fn(&Replication, usize) -> f64| {
        let each = |r: &Replication| (0..weeks).map(|week| of(r, week)).collect();
        means(runs, weeks, each)
    };
    let teams = model.teams.len();
    let utilisation = model.teams.iter().enumerate().map(|(i, t)| NamedSeries {
        id: t.id.clone(),
        name: t.label.clone(),
        series: series(&|r, week| f64::from(r.weekly.teams[week * teams + i])),
    });
    WeeklySummary {
        recorded: runs.len(),
        arrived: series(&|r, week| f64::from(r.weekly.arrived[week])),
        delivered: series(&|r, week| f64::from(r.weekly.delivered[week])),
        incidents: series(&|r, week| f64::from(r.weekly.incidents[week])),
        wip: series(&|r, week| f64::from(r.weekly_wip[week])),
        cumulative_flow: flow(model, runs, weeks),
        utilisation: utilisation.collect(),
    }
}

/// The mean of every week over replications, from each one's weeks.
fn means(runs: &[Replication], weeks: usize, each: impl Fn(&Replication) -> Vec<f64>) -> Series {
    let all: Vec<Vec<f64>> = runs.iter().map(each).collect();
    let mut out = Series::default();
    for week in 0..weeks {
        let of_week = all.iter().map(|weeks| (weeks[week], 1.0));
        let Some(mean) = Influence::ratio(of_week) else {
            continue;
        };
        let mean = if drawn(runs) { mean.in_pairs() } else { mean };
        let e = mean.estimate(CONFIDENCE);
        out.value.push(e.value);
        out.low.push(e.low);
        out.high.push(e.high);
    }
    out
}

/// A line of the cumulative flow: all that have come, or all that were delivered, and what is now in
/// some stages taken away or added.
struct Line {
    id: String,
    name: String,
    /// From what has come, less the stages; otherwise from what was delivered, plus the stages.
    arrived: bool,
    stages: Range<usize>,
}

impl Line {
    fn series(&self, model: &Model, runs: &[Replication], weeks: usize) -> Series {
        let n = model.stages.len();
        means(runs, weeks, |r| {
            let (flow, sign) = if self.arrived {
                (&r.weekly.arrived, -1.0)
            } else {
                (&r.weekly.delivered, 1.0)
            };
            let (mut so_far, mut out) = (0.0, Vec::with_capacity(weeks));
            for (week, x) in flow.iter().take(weeks).enumerate() {
                so_far += f64::from(*x);
                let row = &r.weekly.stages[week * n..(week + 1) * n];
                let inside: f64 = row[self.stages.clone()].iter().map(|x| f64::from(*x)).sum();
                out.push(so_far + sign * inside);
            }
            out
        })
    }
}

/// The stages of a single stream, or the streams of several, in order: id, shown name, stages.
fn bands(model: &Model) -> Vec<(String, String, Range<usize>)> {
    match &model.streams[..] {
        [stream] => {
            let stage = |i: usize| {
                let stage = &model.stages[i];
                let id = format!("stage/{}/{}", stream.id, stage.id);
                (id, stage.label.clone(), i..i + 1)
            };
            stream.stages.clone().map(stage).collect()
        }
        streams => streams
            .iter()
            .map(|s| {
                (
                    format!("stream/{}", s.id),
                    s.label.clone(),
                    s.stages.clone(),
                )
            })
            .collect(),
    }
}

/// Whether a request can be anywhere but in a stage as soon as it has come. The record says how many items
/// are in each stage: where none waits before them, the others must be beyond.
fn waits_outside(model: &Model) -> bool {
    let limited = |s: &Stream| {
        let first = model.stages.get(s.stages.start);
        s.limit.is_some() || s.intake.is_some() || first.is_some_and(|f| f.limit.is_some())
    };
    model.streams.iter().any(limited) || model.sources.iter().any(|s| s.patience.is_some())
}

/// The lines of a cumulative flow diagram, lowest first.
fn flow(model: &Model, runs: &[Replication], weeks: usize) -> Vec<NamedSeries> {
    let outside = waits_outside(model);
    let last = model.stages.len();
    let line = |id: &str, name: &str, arrived: bool, stages: Range<usize>| Line {
        id: id.to_owned(),
        name: name.to_owned(),
        arrived,
        stages,
    };
    let mut lines = vec![line("delivered", "Delivered", false, 0..0)];
    if !outside && model.streams.iter().any(|s| s.release.is_some()) {
        lines.push(line("release", "Awaits release", true, 0..last));
    }
    for (id, name, stages) in bands(model).iter().rev() {
        let beyond = if outside {
            stages.start..last
        } else {
            0..stages.start
        };
        lines.push(line(id, name, !outside, beyond));
    }
    if outside {
        lines.push(line("requested", "Requested", true, 0..0));
    }
    let named = |line: Line| NamedSeries {
        series: line.series(model, runs, weeks),
        id: line.id,
        name: line.name,
    };
    lines.into_iter().map(named).collect()
}

/// Growth of work in progress over the window.
pub fn growth(runs: &[Replication]) -> Option<Estimate> {
    let slope = |r: &Replication| r.wip_growth.map_or((0.0, 0.0), |slope| (slope, 1.0));
    ratio(runs, slope).map(|i| i.estimate(CONFIDENCE))
}
