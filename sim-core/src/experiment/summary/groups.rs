//! The same items cut three ways: by value stream, by work type, by risk class.

use super::CONFIDENCE;
use crate::engine::{Group, PART_IDS, PARTS, Part, Replication, Times};
use crate::experiment::metric::{percentiles, rate, ratio};
use crate::model::{Model, RISKS};
use crate::stats::Estimate;
use crate::time::HOURS_PER_WEEK;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// Statistics of a distribution of times, hours.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the statistics' names")]
pub struct TimeSummary {
    pub mean: Option<Estimate>,
    pub p50: Option<Estimate>,
    pub p85: Option<Estimate>,
    pub p95: Option<Estimate>,
}

/// A distribution of times over all replications.
pub(super) fn time_summary(
    runs: &[Replication],
    of: impl Fn(&Replication) -> &Times + Copy,
) -> TimeSummary {
    let mean = ratio(runs, |r| (of(r).sum, of(r).n)).map(|i| i.estimate(CONFIDENCE));
    let all =
        percentiles(runs, of, [0.5, 0.85, 0.95]).map(|all| all.map(|i| i.estimate(CONFIDENCE)));
    let [p50, p85, p95] = all.map_or([None; 3], |all| all.map(Some));
    TimeSummary {
        mean,
        p50,
        p85,
        p95,
    }
}

/// Items of one stream, work type or risk class.
#[derive(Debug, Clone, Serialize)]
pub struct GroupSummary {
    /// `STREAM`, `STREAM/TYPE`, or `low`, `medium`, `high`.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Request to production.
    pub lead_time_hours: TimeSummary,
    /// Items delivered.
    pub throughput_per_week: Option<Estimate>,
    /// Touch time over lead time.
    pub flow_efficiency: Option<Estimate>,
    /// Mean hours of lead time by part; they add up to the mean lead time of the group's finished.
    pub parts_hours: BTreeMap<&'static str, f64>,
}

/// Streams, work types and risk classes, in the study's order.
pub(super) fn groups(model: &Model, runs: &[Replication]) -> [Vec<GroupSummary>; 3] {
    let (streams, sources) = (model.streams.len(), model.sources.len());
    let by_stream = model
        .streams
        .iter()
        .map(|s| (s.id.clone(), s.label.clone()));
    let by_type = model.sources.iter().map(|s| {
        let id = format!("{}/{}", model.streams[s.stream].id, s.id);
        (id, s.label.clone())
    });
    let by_risk = RISKS.iter().map(|r| ((*r).to_owned(), (*r).to_owned()));
    let names: Vec<(String, String)> = by_stream.chain(by_type).chain(by_risk).collect();
    // Pooling distributions takes its time.
    let mut all: Vec<GroupSummary> = names
        .into_par_iter()
        .enumerate()
        .map(|(at, (id, name))| group(runs, at, id, name))
        .collect();
    let risks = all.split_off(streams + sources);
    let types = all.split_off(streams);
    [all, types, risks]
}

fn group(runs: &[Replication], at: usize, id: String, name: String) -> GroupSummary {
    let sum = |f: &dyn Fn(&Group) -> f64| runs.iter().map(|r| f(&r.groups[at])).sum::<f64>();
    let finished = sum(&|g| g.finished).max(1.0);
    let touched = |r: &Replication| {
        let parts = &r.groups[at].parts;
        (parts[Part::Touch as usize], parts.iter().sum())
    };
    GroupSummary {
        id,
        name,
        lead_time_hours: time_summary(runs, |r| &r.groups[at].lead_time),
        throughput_per_week: rate(
            runs,
            |r| (r.groups[at].delivered, r.window_hours / HOURS_PER_WEEK),
            CONFIDENCE,
        ),
        flow_efficiency: ratio(runs, touched).map(|i| i.estimate(CONFIDENCE)),
        parts_hours: (0..PARTS)
            .map(|p| (PART_IDS[p], sum(&|g| g.parts[p]) / finished))
            .collect(),
    }
}
