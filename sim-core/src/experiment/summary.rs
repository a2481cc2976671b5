//! The documented result of one variant: every figure in base units with its 95% interval. This is what
//! `--json` prints.

mod counted;
mod groups;
mod overload;
mod places;
mod weekly;

pub use counted::SpentSummary;
pub use groups::{GroupSummary, TimeSummary};
pub use overload::TeamSummary;
pub(super) use overload::teams as team_summaries;
pub use places::{GateSummary, PlaceSummary};
pub use weekly::{NamedSeries, Series, WeeklySummary};
pub(super) use weekly::{growth, recorded as recorded_weeks};

use super::metric::{Metric, Statistic, drawn, independent};
use crate::engine::{PART_IDS, PARTS, Replication};
use crate::model::Model;
use crate::stats::{Estimate, Spread, split};
use crate::time::{HOURS_PER_WEEK, WEEK, WEEKS_PER_MONTH};
use groups::time_summary;
use serde::Serialize;
use std::collections::BTreeMap;

/// Confidence of the intervals reported for single variants.
pub const CONFIDENCE: f64 = 0.95;

/// A promise and its chance.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectiveSummary {
    /// Id.
    pub id: String,
    /// What is promised.
    pub name: String,
    /// Share of years that keep it.
    pub met: Option<Estimate>,
}

/// How the spread of yearly values divides into luck and ignorance, for studies with assumption ranges.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the figures' names, as in Summary")]
pub struct Ignorance {
    pub lead_time_hours_mean: Option<Spread>,
    pub lead_time_hours_p85: Option<Spread>,
    pub change_lead_time_hours_p85: Option<Spread>,
    pub throughput_per_week: Option<Spread>,
    pub wip: Option<Spread>,
    pub incidents_per_month: Option<Spread>,
    pub impact_hours_per_month: Option<Spread>,
}

/// Everything about one variant.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// `baseline`, or the what-if's id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Replications made.
    pub replications: usize,
    /// Weeks before counting starts.
    pub warm_up_weeks: f64,
    /// Weeks counted.
    pub weeks: f64,
    /// Request to production.
    pub lead_time_hours: TimeSummary,
    /// Commit to production.
    pub change_lead_time_hours: TimeSummary,
    /// Failed deployment recovery time.
    pub recovery_hours: TimeSummary,
    /// Items delivered.
    pub throughput_per_week: Option<Estimate>,
    /// Items between request and production.
    pub wip: Option<Estimate>,
    /// Touch time over lead time.
    pub flow_efficiency: Option<Estimate>,
    /// Rollouts begun.
    pub deployments_per_week: Option<Estimate>,
    /// Deployments with a failure remedied within 30 days, over deployments.
    pub change_failure_rate: Option<Estimate>,
    /// Deployments with nothing but repairs, over deployments.
    pub deployment_rework_rate: Option<Estimate>,
    /// Customer incidents.
    pub incidents_per_month: Option<Estimate>,
    /// Customer incidents per 100 items delivered.
    pub incidents_per_100_changes: Option<Estimate>,
    /// Failed changes that a rollout stopped by itself.
    pub self_stopped_per_month: Option<Estimate>,
    /// Exposure times time until recovery, plus downtime.
    pub impact_hours_per_month: Option<Estimate>,
    /// Customer incidents recovered, by `minor`, `major`, `critical`.
    pub incidents_by_severity_per_month: BTreeMap<&'static str, Option<Estimate>>,
    /// The same by what caused them: a defect's category, or `no-change`.
    pub incidents_by_cause_per_month: BTreeMap<&'static str, Option<Estimate>>,
    /// Requests that a full intake refused; none where no intake has a limit.
    pub refused_per_week: Option<Estimate>,
    /// Requests dropped because nobody touched them in time; none where all are patient.
    pub abandoned_per_week: Option<Estimate>,
    /// Share of the items with a due date that arrive in time, 0 to 1.
    pub due_met: Option<Estimate>,
    /// Weeks from request to production times each item's cost of delay, summed over a week's requests.
    pub cost_of_delay_per_week: Option<Estimate>,
    /// Person-hours by what they were for.
    pub spent: BTreeMap<&'static str, SpentSummary>,
    /// Chance of each objective.
    pub objectives: Vec<ObjectiveSummary>,
    /// Teams.
    pub teams: Vec<TeamSummary>,
    /// Gates.
    pub gates: Vec<GateSummary>,
    /// Mean hours of lead time by part; they add up to the mean lead time of the finished.
    pub parts_hours: BTreeMap<&'static str, f64>,
    /// By value stream.
    pub streams: Vec<GroupSummary>,
    /// By work type.
    pub types: Vec<GroupSummary>,
    /// By risk class.
    pub risks: Vec<GroupSummary>,
    /// Mean hours of lead time by place.
    pub places: Vec<PlaceSummary>,
    /// Counted items unfinished at the end, share; their times are in as "at least".
    pub unfinished_share: f64,
    /// Growth of work in progress, items a week.
    pub wip_growth_per_week: Option<Estimate>,
    /// Work in progress keeps growing, or too much of it is never finished: lead times depend on how long
    /// one looks.
    pub work_grows: bool,
    /// It does not settle: work grows, or a team is asked for more than it can give.
    pub overloaded: bool,
    /// Streams that always have more work than they take in: their throughput is their true capacity.
    pub saturated: Vec<String>,
    /// Week by week.
    pub weekly: WeeklySummary,
    /// Some years were cut off: they held more work, or took more steps, than can be simulated.
    pub cut_off: bool,
    /// Luck and ignorance; absent where the study has no assumption ranges.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignorance: Option<Ignorance>,
}

/// Sum up the replications of a variant.
#[must_use]
pub fn summarise(id: &str, name: &str, model: &Model, runs: &[Replication]) -> Summary {
    let e = |m: Metric| m.estimate(runs, CONFIDENCE);
    let finished: f64 = runs.iter().map(|r| r.finished).sum();
    let leftovers: f64 = runs.iter().map(|r| r.leftovers).sum();
    let part = |p: usize| runs.iter().map(|r| r.parts[p]).sum::<f64>() / finished.max(1.0);
    let weeks = (model.window.horizon - model.window.warm_up) as f64 / WEEK as f64;
    let cut_off = runs.iter().any(|r| r.overflow);
    let work_grows = work_grows(runs);
    let teams = overload::teams(model, runs);
    let [streams, types, risks] = groups::groups(model, runs);
    let (by_severity, by_cause) = counted::incidents(runs);
    let limited = model.streams.iter().any(|s| s.intake.is_some());
    let impatient = model.sources.iter().any(|s| s.patience.is_some());
    Summary {
        id: id.to_owned(),
        name: name.to_owned(),
        replications: runs.len(),
        warm_up_weeks: model.window.warm_up as f64 / WEEK as f64,
        weeks,
        lead_time_hours: time_summary(runs, |r| &r.lead_time),
        change_lead_time_hours: time_summary(runs, |r| &r.change_lead_time),
        recovery_hours: time_summary(runs, |r| &r.recovery),
        throughput_per_week: e(Metric::Throughput),
        wip: e(Metric::Wip),
        flow_efficiency: e(Metric::FlowEfficiency),
        deployments_per_week: e(Metric::Deployments),
        change_failure_rate: e(Metric::ChangeFailureRate),
        deployment_rework_rate: e(Metric::DeploymentReworkRate),
        incidents_per_month: e(Metric::Incidents),
        incidents_per_100_changes: e(Metric::IncidentsPer100Changes),
        self_stopped_per_month: e(Metric::SelfStopped),
        impact_hours_per_month: e(Metric::ImpactHours),
        incidents_by_severity_per_month: by_severity,
        incidents_by_cause_per_month: by_cause,
        refused_per_week: e(Metric::Refused).filter(|_| limited),
        abandoned_per_week: e(Metric::Abandoned).filter(|_| impatient),
        due_met: e(Metric::DueMet).map(|e| share_of(e, independent(runs))),
        cost_of_delay_per_week: e(Metric::CostOfDelay),
        spent: counted::spent(runs),
        objectives: model
            .objectives
            .iter()
            .enumerate()
            .map(|(i, o)| ObjectiveSummary {
                id: o.id.clone(),
                name: o.label.clone(),
                met: e(Metric::Objective(i)).map(|e| share_of(e, independent(runs))),
            })
            .collect(),
        gates: places::gates(model, runs),
        parts_hours: (0..PARTS).map(|p| (PART_IDS[p], part(p))).collect(),
        streams,
        types,
        risks,
        places: places::places(model, runs, finished),
        unfinished_share: leftovers / (finished + leftovers).max(1.0),
        work_grows,
        overloaded: work_grows || teams.iter().any(|t| t.overloaded),
        saturated: overload::saturated(model, runs, &teams),
        weekly: weekly::weekly(model, runs),
        cut_off,
        wip_growth_per_week: weekly::growth(runs),
        ignorance: drawn(runs).then(|| ignorance(runs)),
        teams,
    }
}

/// Work in progress surely ends a tenth above its mean, or too much of it is never finished: lead times
/// depend on how long one looks (RULES 37).
#[must_use]
pub fn work_grows(runs: &[Replication]) -> bool {
    let sum = |of: fn(&Replication) -> f64| runs.iter().map(of).sum::<f64>();
    let (finished, leftovers) = (sum(|r| r.finished), sum(|r| r.leftovers));
    let weeks = runs.first().map_or(0.0, |r| r.window_hours) / HOURS_PER_WEEK;
    let growth = weekly::growth(runs).filter(|g| g.low > 0.0);
    let grown = growth.map_or(0.0, |g| g.value * weeks);
    let wip = Metric::Wip.estimate(runs, CONFIDENCE);
    runs.iter().any(|r| r.overflow)
        // A tenth more work in progress than at the start of the window, and surely growing.
        || wip.is_some_and(|w| grown > 0.2 * w.value)
        || leftovers > 0.02 * (finished + leftovers)
}

/// A share of years within its ends; where none or all kept it, the other end is three over their number
/// away (RULES 36).
fn share_of(e: Estimate, years: f64) -> Estimate {
    let reach = (3.0 / years).min(1.0);
    match e.value {
        0.0 => Estimate {
            value: 0.0,
            low: 0.0,
            high: reach,
        },
        1.0 => Estimate {
            value: 1.0,
            low: 1.0 - reach,
            high: 1.0,
        },
        value => Estimate {
            value,
            low: e.low.max(0.0),
            high: e.high.min(1.0),
        },
    }
}

fn ignorance(runs: &[Replication]) -> Ignorance {
    let of = |m: Metric| spread(m, runs);
    let p85 = Statistic::Percentile(0.85);
    Ignorance {
        lead_time_hours_mean: of(Metric::LeadTime(Statistic::Mean)),
        lead_time_hours_p85: of(Metric::LeadTime(p85)),
        change_lead_time_hours_p85: of(Metric::ChangeLeadTime(p85)),
        throughput_per_week: of(Metric::Throughput),
        wip: of(Metric::Wip),
        incidents_per_month: of(Metric::Incidents),
        impact_hours_per_month: of(Metric::ImpactHours),
    }
}

/// The spread of a figure's yearly values over replications that share draws by pairs.
#[must_use]
pub fn spread(metric: Metric, runs: &[Replication]) -> Option<Spread> {
    let pairs: Vec<(f64, f64)> = metric
        .years(runs)
        .chunks_exact(2)
        .filter_map(|p| p[0].zip(p[1]))
        .collect();
    split(&pairs)
}

impl Summary {
    /// Items delivered a month.
    #[must_use]
    pub fn delivered_per_month(&self) -> f64 {
        self.throughput_per_week
            .map_or(0.0, |t| t.value * WEEKS_PER_MONTH)
    }
}
