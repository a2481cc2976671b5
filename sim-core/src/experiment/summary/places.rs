//! Gates and places of a variant.

use super::CONFIDENCE;
use crate::engine::Replication;
use crate::experiment::metric::ratio;
use crate::model::{GateKind, Model, Places};
use crate::stats::{Estimate, compare_years};
use crate::time::HOURS_PER_WEEK;
use serde::Serialize;

/// A gate's year.
#[derive(Debug, Clone, Serialize)]
pub struct GateSummary {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// `automated`, `manual` or `board`.
    pub kind: &'static str,
    /// Share of changes with a defect it covers that it stopped.
    pub stops_faulty: Option<f64>,
    /// Share of changes without one that it stopped.
    pub stops_sound: Option<f64>,
    /// Changes judged a week.
    pub judged_per_week: f64,
    /// Changes without a defect it covers that it stopped, a week.
    pub stopped_sound_per_week: f64,
    /// Of the changes it stopped, those without such a defect over those with one; `None` where it stopped
    /// none with one.
    pub sound_per_faulty_stopped: Option<Estimate>,
    /// Share of years, of those in which it stopped any, in which it stopped more without than with one;
    /// as many of each counts half.
    pub more_sound_than_faulty: Option<f64>,
}

/// A place where items spend time.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceSummary {
    /// `stage/STREAM/STAGE`, `gate/GATE`, `backlog/STREAM`, `release/STREAM`.
    pub id: String,
    /// Mean hours of an item's lead time spent here.
    pub hours: f64,
    /// Of those, not in progress.
    pub waiting_hours: f64,
}

pub(super) fn gates(model: &Model, runs: &[Replication]) -> Vec<GateSummary> {
    let weeks: f64 = runs.iter().map(|r| r.window_hours / HOURS_PER_WEEK).sum();
    model
        .gates
        .iter()
        .enumerate()
        .map(|(i, g)| {
            let sum = |k: usize| runs.iter().map(|r| r.gates[i][k]).sum::<f64>();
            let share = |n: f64, d: f64| (d > 0.0).then(|| n / d);
            GateSummary {
                id: g.id.clone(),
                name: g.label.clone(),
                kind: match g.kind {
                    GateKind::Automated(_) => "automated",
                    GateKind::Manual { .. } => "manual",
                    GateKind::Board { .. } => "board",
                },
                stops_faulty: share(sum(1), sum(0)),
                stops_sound: share(sum(3), sum(2)),
                judged_per_week: (sum(0) + sum(2)) / weeks.max(1e-9),
                stopped_sound_per_week: sum(3) / weeks.max(1e-9),
                sound_per_faulty_stopped: ratio(runs, |r| (r.gates[i][3], r.gates[i][1]))
                    .map(|ratio| ratio.estimate(CONFIDENCE)),
                more_sound_than_faulty: more_sound(runs, i),
            }
        })
        .collect()
}

fn more_sound(runs: &[Replication], gate: usize) -> Option<f64> {
    let stopping = runs
        .iter()
        .map(|r| r.gates[gate])
        .filter(|g| g[1] + g[3] > 0.0);
    let (sound, faulty): (Vec<Option<f64>>, Vec<Option<f64>>) =
        stopping.map(|g| (Some(g[3]), Some(g[1]))).unzip();
    // Lower is better there: of the sound stopped, the faulty ones are the fewer.
    compare_years(&sound, &faulty).map(|years| years.same_luck)
}

pub(super) fn places(model: &Model, runs: &[Replication], finished: f64) -> Vec<PlaceSummary> {
    let at = Places::of(model);
    let mut ids = vec![String::new(); at.count()];
    for (i, s) in model.stages.iter().enumerate() {
        ids[at.stage(i)] = format!("stage/{}/{}", model.streams[s.stream].id, s.id);
    }
    for (i, g) in model.gates.iter().enumerate() {
        ids[at.gate(i)] = format!("gate/{}", g.id);
    }
    for (i, s) in model.streams.iter().enumerate() {
        ids[at.backlog(i)] = format!("backlog/{}", s.id);
        ids[at.release(i)] = format!("release/{}", s.id);
    }
    ids.into_iter()
        .enumerate()
        .map(|(p, id)| {
            let sum = |k: fn(&(f64, f64)) -> f64| runs.iter().map(|r| k(&r.places[p])).sum::<f64>();
            PlaceSummary {
                id,
                hours: sum(|c| c.0) / finished.max(1.0),
                waiting_hours: sum(|c| c.1) / finished.max(1.0),
            }
        })
        .collect()
}
