//! The runs behind a trace: one organisation for each set of suspects made ideal, all under the same luck.

use super::super::run::{Cancel, replicate};
use super::suspect::Suspect;
use crate::engine::{Replication, Weekly};
use crate::scenario::{Models, Variant};
use crate::time::Ticks;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Indices of suspects that are ideal together, ascending.
pub(super) type Set = Vec<usize>;

/// Told how many replications are made, and of how many at most: at the end, of how many they were.
pub type Watch<'w> = &'w (dyn Fn(u64, u64) + Sync);

struct Made {
    models: Models,
    runs: Vec<Replication>,
}

pub(super) struct Lab<'a> {
    variant: &'a Variant,
    suspects: &'a [Suspect],
    warm_up: Ticks,
    cancel: &'a Cancel,
    watch: Watch<'a>,
    done: AtomicU64,
    planned: u64,
    made: BTreeMap<Set, Made>,
}

impl<'a> Lab<'a> {
    pub fn new(
        variant: &'a Variant,
        suspects: &'a [Suspect],
        warm_up: Ticks,
        planned: u64,
        (cancel, watch): (&'a Cancel, Watch<'a>),
    ) -> Self {
        Self {
            variant,
            suspects,
            warm_up,
            cancel,
            watch,
            done: AtomicU64::new(0),
            planned,
            made: BTreeMap::new(),
        }
    }

    /// The replications of a set made so far, from the first on.
    pub fn runs(&self, set: &[usize]) -> &[Replication] {
        self.made.get(set).map_or(&[], |m| &m.runs)
    }

    /// Nothing more is made.
    pub fn close(&self) {
        let done = self.done.load(Ordering::Relaxed);
        (self.watch)(done, done);
    }

    /// Some year of some organisation held more than can be simulated.
    pub fn cut_off(&self) -> bool {
        self.made
            .values()
            .any(|m| m.runs.iter().any(|r| r.overflow))
    }

    /// Bring sets to so many replications. After a cancel each has a contiguous prefix of them.
    pub fn make(&mut self, sets: impl IntoIterator<Item = Set>, to: usize) {
        let mut sets: Vec<Set> = sets.into_iter().collect();
        sets.sort_unstable();
        sets.dedup();
        for set in &sets {
            if !self.made.contains_key(set) {
                let models = self.models(set);
                let runs = Vec::new();
                self.made.insert(set.clone(), Made { models, runs });
            }
        }
        sets.retain(|set| self.runs(set).len() < to);
        let made: Vec<Vec<Replication>> = sets.par_iter().map(|set| self.more(set, to)).collect();
        for (set, runs) in sets.iter().zip(made) {
            if let Some(m) = self.made.get_mut(set) {
                m.runs.extend(runs);
            }
        }
    }

    fn more(&self, set: &Set, to: usize) -> Vec<Replication> {
        let Made { models, runs } = &self.made[set];
        let from = runs.len();
        let runs = replicate(models, from as u64, to as u64, self.cancel);
        let done = self.done.fetch_add(runs.len() as u64, Ordering::Relaxed) + runs.len() as u64;
        (self.watch)(done, self.planned.max(done));
        if set.is_empty() {
            return runs;
        }
        runs.into_iter().map(without_weeks).collect()
    }

    fn models(&self, set: &[usize]) -> Models {
        let cures: Vec<_> = set.iter().map(|&i| self.suspects[i].cure).collect();
        let levels: BTreeMap<String, u32> = cures.iter().flat_map(|c| c.levels()).collect();
        let raised = (!levels.is_empty()).then(|| self.variant.raised(&levels));
        let models = match raised.flatten() {
            Some(variant) => variant.models(Some(self.warm_up)),
            None => self.variant.models(Some(self.warm_up)),
        };
        models.edited(move |model| cures.iter().for_each(|cure| cure.apply(model)))
    }
}

/// What a trace does not look at, but in the organisation as it is, takes most of the room.
fn without_weeks(run: Replication) -> Replication {
    Replication {
        weekly: Weekly::default(),
        weekly_wip: Vec::new(),
        groups: Vec::new(),
        ..run
    }
}
