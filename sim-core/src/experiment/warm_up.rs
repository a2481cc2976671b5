//! Where counting may start (RULES 29): the same for all variants, found by MSER on the mean WIP per
//! cycle of a pilot and the noise of its replications, in whole cycles of the longest board or train.

use super::metric::drawn;
use super::run::{Cancel, replicate};
use crate::engine::Replication;
use crate::model::{GateKind, Model, ReleasePolicy, Window};
use crate::scenario::Models;
use crate::stats::{Influence, mser, settled};
use crate::time::{Ticks, WEEK};

/// Replications of a pilot.
const PILOT: u64 = 32;
/// Weeks of a pilot, at least: several times the usual relaxation of a busy team.
const PILOT_WEEKS: Ticks = 156;

/// What a pilot found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WarmUp {
    /// Where counting may start.
    pub ticks: Ticks,
    /// Some variant did not settle within the pilot: its work in progress keeps growing.
    pub unsettled: bool,
}

/// The longest warm-up that any of the variants needs.
#[must_use]
pub fn find_warm_up(models: &[&Model], cancel: &Cancel) -> WarmUp {
    let all: Vec<Models> = models.iter().map(|m| (*m).clone().into()).collect();
    find_warm_up_of(&all.iter().collect::<Vec<_>>(), cancel)
}

/// The same, of variants that may have assumption ranges.
#[must_use]
pub fn find_warm_up_of(models: &[&Models], cancel: &Cancel) -> WarmUp {
    let found = pilots(models, cancel);
    WarmUp {
        ticks: found.iter().map(|w| w.ticks).max().unwrap_or(0),
        unsettled: found.iter().any(|w| w.unsettled),
    }
}

/// The longest warm-up that any of many variants needs, those left out that do not settle: they have no
/// settled figures to wait for. Unsettled is the whole only if the first, the baseline, is.
#[must_use]
pub fn find_warm_up_of_settled(models: &[&Models], cancel: &Cancel) -> WarmUp {
    let found = pilots(models, cancel);
    let settled = found.iter().filter(|w| !w.unsettled).chain(found.first());
    WarmUp {
        ticks: settled.map(|w| w.ticks).max().unwrap_or(0),
        unsettled: found.first().is_some_and(|w| w.unsettled),
    }
}

/// What each variant's pilot finds, in whole cycles of the longest of all.
fn pilots(models: &[&Models], cancel: &Cancel) -> Vec<WarmUp> {
    let weeks = models.iter().map(|m| cycle(m.likely())).max().unwrap_or(1);
    let found = |model: &&Models| {
        let length = PILOT_WEEKS.max(weeks * 12) * WEEK;
        let pilot = (*model).clone().over(Window {
            warm_up: 0,
            horizon: length,
            cap: length,
        });
        let runs = replicate(&pilot, 0, PILOT, cancel);
        let n = runs.iter().map(|r| r.weekly_wip.len()).min().unwrap_or(0) / weeks as usize;
        let series: Vec<Vec<f64>> = runs.iter().map(|r| cycles(r, n, weeks as usize)).collect();
        let mean: Vec<f64> = (0..n).map(|c| series.iter().map(|s| s[c]).sum()).collect();
        // Slow swings can mislead MSER where there is no trend: it is the trend that counts.
        WarmUp {
            ticks: (settled(&series) as Ticks).max(1) * weeks * WEEK,
            unsettled: mser(&mean).is_none() && grows(&runs, n * weeks as usize),
        }
    };
    models.iter().map(found).collect()
}

/// The mean work in progress of each of the first `n` cycles of so many weeks.
fn cycles(run: &Replication, n: usize, weeks: usize) -> Vec<f64> {
    run.weekly_wip
        .chunks_exact(weeks)
        .take(n)
        .map(|c| c.iter().map(|x| f64::from(*x)).sum::<f64>() / weeks as f64)
        .collect()
}

/// Whether work in progress is surely and markedly higher in the last quarter of a pilot than in the one
/// before: by more than a tenth, at three standard errors.
fn grows(runs: &[Replication], weeks: usize) -> bool {
    let quarter = weeks / 4;
    let mean = |r: &Replication, from: usize| {
        let span = &r.weekly_wip[from..from + quarter];
        span.iter().map(|x| f64::from(*x)).sum::<f64>() / quarter.max(1) as f64
    };
    let pairs: Vec<(f64, f64)> = runs
        .iter()
        .map(|r| (mean(r, weeks - 2 * quarter), mean(r, weeks - quarter)))
        .collect();
    let before: f64 = pairs.iter().map(|p| p.0).sum::<f64>() / pairs.len().max(1) as f64;
    let rise = Influence::ratio(pairs.iter().map(|p| (p.1 - p.0, 1.0)));
    let rise = rise.map(|r| if drawn(runs) { r.in_pairs() } else { r });
    rise.is_some_and(|r| r.value > 0.1 * before && r.value > 3.0 * r.standard_error())
}

/// The longest cycle of a model, in weeks.
fn cycle(model: &Model) -> Ticks {
    let boards = model.gates.iter().filter_map(|g| match g.kind {
        GateKind::Board { every, .. } => Some(every),
        _ => None,
    });
    let trains = model
        .streams
        .iter()
        .filter_map(|s| match s.release.as_ref().map(|r| &r.policy) {
            Some(ReleasePolicy::Train { every, .. }) => Some(*every),
            _ => None,
        });
    boards
        .chain(trains)
        .map(|t| (t + WEEK - 1) / WEEK)
        .max()
        .unwrap_or(1)
        .max(1)
}
