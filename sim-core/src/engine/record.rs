//! What one replication leaves behind: sums, sparse counts, weekly series. Never its history.

use super::item::PARTS;
use crate::model::{CATEGORIES, Objective, ObjectiveMetric};
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

/// What a team's hours are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "named in SPENT_IDS")]
pub enum Spent {
    NewWork,
    Rework,
    Unplanned,
    Coordination,
    Verifying,
    Platform,
    Estimating,
    Improving,
}

/// Number of ways to spend hours.
pub const SPENT: usize = 8;

/// Stable ids of what hours are spent on, in the order of [`Spent`].
pub const SPENT_IDS: [&str; SPENT] = [
    "new-work",
    "rework",
    "unplanned",
    "coordination",
    "verifying",
    "platform-requests",
    "estimating",
    "improving",
];

/// Replications whose weeks are kept: enough for a mean week by week.
pub const RECORDED: u64 = 256;
/// Weeks of that many replications that are kept, at most; of longer ones fewer replications are.
const RECORDED_WEEKS: u64 = 260;
/// Replications kept however long they are.
const FEWEST_RECORDED: u64 = 32;

/// Replications of so many weeks whose weeks are kept.
#[must_use]
pub fn recorded(weeks: u64) -> u64 {
    (RECORDED * RECORDED_WEEKS / weeks.max(1)).clamp(FEWEST_RECORDED, RECORDED)
}

/// Stable ids of the severities, in the order of [`Replication::by_severity`].
pub const SEVERITY_IDS: [&str; 3] = ["minor", "major", "critical"];

/// Stable ids of the causes of incidents, in the order of [`Replication::by_severity`].
pub const CAUSE_IDS: [&str; 6] = [
    CATEGORIES[0],
    CATEGORIES[1],
    CATEGORIES[2],
    CATEGORIES[3],
    CATEGORIES[4],
    "no-change",
];

/// Items of one stream, work type or risk class.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// Request to production.
    pub lead_time: Times,
    /// Hours of the finished by part.
    pub parts: [f64; PARTS],
    /// How many are finished: the denominator of the parts.
    pub finished: f64,
    /// Delivered in the window.
    pub delivered: f64,
}

/// One value a week from time 0 to the horizon; for stages, gates, streams and teams one row of values a
/// week, in the order of the model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weekly {
    /// Requests that came.
    pub arrived: Vec<f32>,
    /// Items delivered.
    pub delivered: Vec<f32>,
    /// Hours from request to production of those items, added up.
    pub lead_hours: Vec<f32>,
    /// Customer incidents that showed.
    pub incidents: Vec<f32>,
    /// Items that hold a place in each stage at the end of the week, those at its gates included.
    pub stages: Vec<f32>,
    /// Of those, the ones at each gate: waiting to be judged or being judged.
    pub gates: Vec<f32>,
    /// Requests of each stream that wait for a place to begin, at the end of the week.
    pub to_begin: Vec<f32>,
    /// Changes of each stream that are ready for release and not on their way yet, at the end of the week.
    pub to_release: Vec<f32>,
    /// Changes of each stream in its pipeline or being rolled out, at the end of the week.
    pub rolling: Vec<f32>,
    /// Tickets open at each team, waiting or in progress, at the end of the week.
    pub tickets: Vec<f32>,
    /// Requests that came to each stream.
    pub stream_arrived: Vec<f32>,
    /// Items of each stream delivered.
    pub stream_delivered: Vec<f32>,
    /// Customer incidents of each stream that showed in the week.
    pub stream_incidents: Vec<f32>,
    /// Share of each team's people at work during its working hours.
    pub teams: Vec<f32>,
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
    /// Requests that a full backlog refused in the window.
    pub refused: f64,
    /// Requests dropped in the window because nobody touched them in time.
    pub abandoned: f64,
    /// Cohort items with a due date that were delivered, and those of them in time.
    pub due: [f64; 2],
    /// Cost of delay of the cohort, so far: weeks from request to production times their cost.
    pub cost_of_delay: f64,
    /// Person-hours of jobs finished in the window, by what they were for, as in [`SPENT_IDS`]; people at
    /// an incident are unplanned work.
    pub spent: [f64; SPENT],
    /// The cohort by stream, then by source, then by risk class.
    pub groups: Vec<Group>,
    /// Customer incidents recovered, by severity ([`SEVERITY_IDS`]) and cause ([`CAUSE_IDS`]).
    pub by_severity: [[f64; 6]; 3],
    /// Week by week; in a study, empty beyond the [`recorded`] replications.
    pub weekly: Weekly,
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
    /// Mean WIP of each week from 0 to the horizon; in a study, empty beyond the [`recorded`]
    /// replications.
    pub weekly_wip: Vec<f32>,
    /// Items a week by which work in progress grows over the window: the slope of its weekly means. Set where
    /// replications are made for a study; none in a window of fewer than four weeks.
    pub wip_growth: Option<f64>,
    /// The run was cut off: it held more items than it may.
    pub overflow: bool,
    /// Events: arrivals, jobs finished, and whatever else came at a time of its own: automated runs that
    /// end, handoffs, boards, rollouts, incidents, people who come and go.
    pub events: u64,
    /// Quarter by quarter from the end of the warm-up; empty unless a plan was run.
    pub quarters: Vec<Quarter>,
    /// What improved when; empty beyond the first [`RECORDED`] replications.
    pub timeline: Vec<Improved>,
}

/// Thirteen weeks of a change.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quarter {
    /// Request to production, of what was requested in it.
    pub lead_time: Times,
    /// Cost of delay of the same: weeks from request to production times their cost.
    pub cost_of_delay: f64,
    /// Items delivered in it.
    pub delivered: f64,
    /// Customer incidents that showed in it.
    pub incidents: f64,
    /// Customer-impact hours of those, and of downtime in it.
    pub impact_hours: f64,
    /// Working hours of people that change and improvement finished in it took, meetings included.
    pub change_hours: f64,
    /// The same in weeks of a person's working hours in the calendar of the team that spent them.
    pub change_weeks: f64,
}

/// An improvement that took effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Improved {
    /// Weeks since the change began.
    pub week: f64,
    /// The rule behind it.
    pub rule: crate::model::Rule,
    /// Id of the gate, capability, stage, strategy or objective, or two teams' ids.
    pub what: String,
    /// The value before.
    pub from: String,
    /// The value after.
    pub to: String,
}

impl Replication {
    /// All customer incidents.
    #[must_use]
    pub fn incidents(&self) -> f64 {
        self.change_incidents + self.background_incidents
    }
}

impl Replication {
    /// The slope of the weekly work in progress from a week on, items a week, by least squares; none of
    /// fewer than four weeks.
    #[must_use]
    pub fn wip_slope(&self, from: usize) -> Option<f64> {
        let y = self.weekly_wip.get(from..).filter(|y| y.len() >= 4)?;
        let n = y.len() as f64;
        let (mx, my) = (
            (n - 1.0) / 2.0,
            y.iter().map(|v| f64::from(*v)).sum::<f64>() / n,
        );
        let sxy: f64 = y
            .iter()
            .enumerate()
            .map(|(x, v)| (x as f64 - mx) * (f64::from(*v) - my))
            .sum();
        Some(sxy / (n * (n * n - 1.0) / 12.0))
    }

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
