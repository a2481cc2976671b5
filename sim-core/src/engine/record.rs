//! What one replication leaves behind: sums, sparse counts, weekly series. Never its history.

use super::item::PARTS;
use crate::model::{Objective, ObjectiveMetric};
use crate::stats::histogram::{Sparse, Tally};
use crate::time::{HOURS_PER_WEEK, WEEKS_PER_MONTH};

/// Times of one kind: their distribution and their sum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Times {
    /// Counts by bin; leftovers are in at their age ("at least").
    pub counts: Sparse,
    /// How many.
    pub n: f64,
    /// Sum, hours.
    pub sum: f64,
}

impl Times {
    pub(super) fn of(tally: &mut Tally) -> Self {
        let (n, sum) = (tally.n as f64, tally.sum);
        Self {
            counts: tally.take(),
            n,
            sum,
        }
    }
}

/// One simulated year (or whatever the window is).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Replication {
    /// Draw of the assumption ranges it was made under; none where the study has none.
    pub draw: Option<u64>,
    /// Request to production, of the cohort.
    pub lead_time: Times,
    /// Commit to production, of the cohort.
    pub change_lead_time: Times,
    /// Manifest to recovered, of failed deployments.
    pub recovery: Times,
    /// Cohort items still unfinished at the cap.
    pub leftovers: f64,
    /// Hours of the finished cohort by part.
    pub parts: [f64; PARTS],
    /// Hours of the finished cohort by place, and of those the hours not in progress.
    pub places: Vec<(f64, f64)>,
    /// Finished cohort items: the denominator of the last two.
    pub finished: f64,
    /// Items delivered in the window.
    pub delivered: f64,
    /// Item-hours in the system during the window.
    pub wip_hours: f64,
    /// The same in ticks, from the count over time.
    pub wip_ticks: i128,
    /// The same in ticks, from each item's stay: equal, always (Little's law).
    pub stay_ticks: i128,
    /// Hours of the window.
    pub window_hours: f64,
    /// Rollouts begun in the window.
    pub deployments: f64,
    /// Of those, the ones with nothing but repairs.
    pub rework_deployments: f64,
    /// Of those, the ones with a failure remedied within 30 days.
    pub failed_deployments: f64,
    /// Customer incidents caused by change, manifest in the window.
    pub change_incidents: f64,
    /// Customer incidents not caused by change.
    pub background_incidents: f64,
    /// Failed changes that the rollout's own check stopped.
    pub self_stopped: f64,
    /// Customer-impact hours: exposure times time, plus downtime.
    pub impact_hours: f64,
    /// Defects escaped into production in the window.
    pub escaped: f64,
    /// Per gate: faulty judged, faulty stopped, sound judged, sound stopped.
    pub gates: Vec<[f64; 4]>,
    /// Per team in the window: busy person-hours, available person-hours, effort asked for, effort it
    /// could have given.
    pub teams: Vec<[f64; 4]>,
    /// Objectives met, one flag each.
    pub objectives: Vec<bool>,
    /// Mean WIP of each week from 0 to the horizon.
    pub weekly_wip: Vec<f32>,
    /// The run was cut off: it held more items than it may.
    pub overflow: bool,
    /// Events: arrivals and completions.
    pub events: u64,
}

impl Replication {
    /// All customer incidents.
    #[must_use]
    pub fn incidents(&self) -> f64 {
        self.change_incidents + self.background_incidents
    }
}

impl Replication {
    /// Whether a promise was kept in this replication.
    #[must_use]
    pub fn meets(&self, objective: &Objective) -> bool {
        let months = self.window_hours / HOURS_PER_WEEK / WEEKS_PER_MONTH;
        match objective.metric {
            ObjectiveMetric::LeadTimePercentile(p) => {
                let n = self.lead_time.n;
                n > 0.0 && self.lead_time.counts.at_or_below(objective.target) >= p * n
            }
            ObjectiveMetric::IncidentsPerMonth => self.incidents() / months <= objective.target,
            ObjectiveMetric::ImpactPerMonth => self.impact_hours / months <= objective.target,
            ObjectiveMetric::ThroughputPerWeek => {
                self.delivered / (self.window_hours / HOURS_PER_WEEK) >= objective.target
            }
        }
    }
}
