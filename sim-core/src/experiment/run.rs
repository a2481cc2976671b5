//! Replications in parallel. Which thread makes which never shows: a replication depends on the model
//! and its number alone, and results are kept in order of number.

use crate::engine::{Engine, Replication, Weekly, recorded};
use crate::model::Model;
use crate::scenario::Models;
use crate::time::WEEK;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A switch that ends a run early. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// End what runs under this switch.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was ended.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A replication; beyond the recorded ones nothing is kept that grows with the horizon.
fn one(engine: &mut Engine, model: &Model, r: u64, draw: Option<u64>) -> Replication {
    let mut made = engine.run(r);
    made.wip_growth = made.wip_slope((model.window.warm_up / WEEK) as usize);
    if r >= recorded(made.weekly_wip.len() as u64) {
        made.weekly_wip = Vec::new();
        made.weekly = Weekly::default();
    }
    Replication { draw, ..made }
}

/// Make replications `from..to`. After a cancel, the contiguous prefix that was done.
#[must_use]
pub fn run(model: &Model, from: u64, to: u64, cancel: &Cancel) -> Vec<Replication> {
    let done: Vec<Option<Replication>> = (from..to)
        .into_par_iter()
        .map_init(
            || Engine::new(model),
            |engine, r| (!cancel.is_cancelled()).then(|| one(engine, model, r, None)),
        )
        .collect();
    done.into_iter().map_while(|r| r).collect()
}

/// Make replications `from..to` of a variant: of its model, or of the models of its draws, each of which
/// lives no longer than its two replications take. After a cancel, the contiguous prefix that was done.
#[must_use]
pub fn replicate(models: &Models, from: u64, to: u64, cancel: &Cancel) -> Vec<Replication> {
    let family = match models {
        Models::One(model) => return run(model, from, to, cancel),
        Models::Drawn(family) => family,
    };
    in_pairs(from, to, cancel, |k, pair| {
        let model = family.draw(k);
        let mut engine = Engine::new(&model);
        pair.map_while(|r| (!cancel.is_cancelled()).then(|| one(&mut engine, &model, r, Some(k))))
            .collect()
    })
}

/// Make replications `from..to` by the draws of the assumptions they share: those that `made` makes of draw
/// k, where both are wanted 2k and 2k + 1. After a cancel, the contiguous prefix that was done.
pub(super) fn in_pairs<T: Send>(
    from: u64,
    to: u64,
    cancel: &Cancel,
    made: impl Fn(u64, Range<u64>) -> Vec<T> + Sync,
) -> Vec<T> {
    let wanted = |k: u64| (2 * k).max(from)..(2 * k + 2).min(to);
    let done: Vec<Vec<T>> = (from / 2..to.div_ceil(2))
        .into_par_iter()
        .map(|k| {
            if wanted(k).is_empty() || cancel.is_cancelled() {
                return Vec::new();
            }
            made(k, wanted(k))
        })
        .collect();
    let mut out = Vec::new();
    for (k, runs) in (from / 2..).zip(done) {
        let whole = runs.len() as u64 == wanted(k).end.saturating_sub(wanted(k).start);
        out.extend(runs);
        if !whole {
            break;
        }
    }
    out
}
