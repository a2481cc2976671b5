//! Why: promises, and who goes first.

/// How a queue is ordered (RULES 9). Class of service comes first in the last two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueuePolicy {
    /// By request time.
    Fifo,
    /// By class, then request time.
    ClassOfService,
    /// By class, then cost of delay over expected remaining effort, largest first.
    WeightedShortestJobFirst,
}

/// A promise: `percentile` of lead times (days) or incidents a month at most `target`.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// What is promised.
    pub metric: ObjectiveMetric,
    /// In the unit of the metric.
    pub target: f64,
    /// Value streams it covers, ascending.
    pub streams: Vec<usize>,
    /// How much it counts among the objectives; it moves the streams it covers forward under weighted
    /// shortest job first.
    pub weight: f64,
}

/// What an objective promises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ObjectiveMetric {
    /// This share of lead times within the target, hours.
    LeadTimePercentile(f64),
    /// Incidents a month.
    IncidentsPerMonth,
    /// Customer-impact hours a month.
    ImpactPerMonth,
    /// Changes delivered a week, at least.
    ThroughputPerWeek,
}
