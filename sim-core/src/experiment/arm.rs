//! A variant among many: its years are made as they are needed, under the luck that all share.

use super::compare::FIRST_LOOK;
use super::metric::{Metric, Statistic, independent};
use super::run::{Cancel, replicate};
use super::summary::{CONFIDENCE, growth, work_grows};
use crate::engine::{Replication, Weekly};
use crate::scenario::{Models, Variant};
use crate::stats::{Estimate, share};
use crate::time::Ticks;
use rayon::prelude::*;
use serde::Serialize;

/// Who watches a long experiment: a switch that ends it, and who is told of years made.
#[derive(Clone, Copy)]
pub struct Watch<'w> {
    /// Ends it early.
    pub cancel: &'w Cancel,
    /// Told how many years were made since it was told last.
    pub made: &'w (dyn Fn(u64) + Sync),
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch")
            .field("cancel", self.cancel)
            .finish_non_exhaustive()
    }
}

/// The few figures of one variant among many.
#[derive(Debug, Clone, Serialize)]
pub struct Figures {
    /// 85th percentile of the time from request to production.
    pub lead_time_p85_hours: Option<Estimate>,
    /// Customer incidents.
    pub incidents_per_month: Option<Estimate>,
    /// The same per 100 items delivered: who delivers less has fewer.
    pub incidents_per_100_changes: Option<Estimate>,
    /// Items delivered.
    pub throughput_per_week: Option<Estimate>,
    /// Growth of work in progress, items a week.
    pub wip_growth_per_week: Option<Estimate>,
    /// Work in progress keeps growing: lead times depend on how long one looks.
    pub work_grows: bool,
}

impl Figures {
    /// The figures of some years at 95% confidence.
    #[must_use]
    pub fn of(runs: &[Replication]) -> Self {
        let of = |m: Metric| m.estimate(runs, CONFIDENCE);
        Self {
            lead_time_p85_hours: of(Metric::LeadTime(Statistic::Percentile(0.85))),
            incidents_per_month: of(Metric::Incidents),
            incidents_per_100_changes: of(Metric::IncidentsPer100Changes),
            throughput_per_week: of(Metric::Throughput),
            wip_growth_per_week: growth(runs),
            work_grows: work_grows(runs),
        }
    }
}

/// Shares of years that meet each objective, with Wilson's intervals at 95%.
#[must_use]
pub fn objectives_met(runs: &[Replication]) -> Vec<Estimate> {
    let n = runs.iter().map(|r| r.objectives.len()).min();
    let met = |i: usize| {
        let years = runs.iter().filter(|r| r.objectives[i]).count();
        let seen = years as f64 / runs.len() as f64;
        share(seen, independent(runs), CONFIDENCE)
    };
    (0..n.unwrap_or(0)).map(met).collect()
}

/// A variant with the years made of it so far.
#[derive(Debug)]
pub struct Arm {
    models: Models,
    /// Replications from 0 on, without their weeks and groups.
    pub runs: Vec<Replication>,
}

impl Arm {
    /// A variant of which no year was made yet.
    #[must_use]
    pub fn new(variant: &Variant, warm_up: Ticks) -> Self {
        Self::of(variant.models(Some(warm_up)))
    }

    /// The same of what its replications run on.
    #[must_use]
    pub fn of(models: Models) -> Self {
        Self {
            models,
            runs: Vec::new(),
        }
    }

    /// Make years up to `to` of them; after a cancel fewer, without a gap.
    pub fn extend(&mut self, to: u64, watch: Watch<'_>) {
        let from = self.runs.len() as u64;
        if from >= to {
            return;
        }
        let made = replicate(&self.models, from, to, watch.cancel);
        (watch.made)(made.len() as u64);
        // Hundreds of variants are held at once, and of none but the whole is asked for.
        self.runs.extend(made.into_iter().map(|r| Replication {
            weekly_wip: Vec::new(),
            weekly: Weekly::default(),
            groups: Vec::new(),
            ..r
        }));
    }

    /// Its figures at 95% confidence.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures::of(&self.runs)
    }

    /// Shares of years that meet each objective: see [`objectives_met`].
    #[must_use]
    pub fn objectives_met(&self) -> Vec<Estimate> {
        objectives_met(&self.runs)
    }

    /// Work in progress keeps growing: its figures depend on how long one looks.
    #[must_use]
    pub fn work_grows(&self) -> bool {
        work_grows(&self.runs)
    }
}

/// Make the same years `0..to` of all, in chunks that grow; after a cancel the years they have in common.
pub fn together(arms: &mut [Arm], to: u64, watch: Watch<'_>) {
    let mut done = 0;
    while done < to && !watch.cancel.is_cancelled() {
        done = to.min((2 * done).max(FIRST_LOOK as u64));
        arms.par_iter_mut().for_each(|arm| arm.extend(done, watch));
    }
    let common = arms.iter().map(|arm| arm.runs.len()).min().unwrap_or(0);
    for arm in arms {
        arm.runs.truncate(common);
    }
}
