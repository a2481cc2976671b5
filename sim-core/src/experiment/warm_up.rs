//! Where counting may start (RULES 29): the same for all variants, found by MSER on the mean WIP per
//! cycle of a pilot, in whole cycles of the longest board or train.

use super::run::{Cancel, run};
use crate::model::{GateKind, Model, ReleasePolicy, Window};
use crate::stats::mser;
use crate::time::{Ticks, WEEK};

/// Replications of a pilot.
const PILOT: u64 = 32;
/// Weeks of a pilot, at least: four times the usual relaxation of a busy team.
const PILOT_WEEKS: Ticks = 104;

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
    let weeks = models.iter().map(|m| cycle(m)).max().unwrap_or(1);
    let mut found = WarmUp {
        ticks: 0,
        unsettled: false,
    };
    for model in models {
        let mut pilot = (*model).clone();
        let length = PILOT_WEEKS.max(weeks * 12) * WEEK;
        pilot.window = Window {
            warm_up: 0,
            horizon: length,
            cap: length,
        };
        let runs = run(&pilot, 0, PILOT, cancel);
        let n = runs.iter().map(|r| r.weekly_wip.len()).min().unwrap_or(0) / weeks as usize;
        let series: Vec<f64> = (0..n)
            .map(|c| {
                let span = c * weeks as usize..(c + 1) * weeks as usize;
                runs.iter()
                    .map(|r| {
                        r.weekly_wip[span.clone()]
                            .iter()
                            .map(|x| f64::from(*x))
                            .sum::<f64>()
                    })
                    .sum()
            })
            .collect();
        let cut = mser(&series);
        found.unsettled |= cut.is_none();
        found.ticks = found
            .ticks
            .max((cut.unwrap_or(n / 2) as Ticks).max(1) * weeks * WEEK);
    }
    found
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
