//! The documented result of one variant: every figure in base units with its 95% interval. This is what
//! `--json` prints.

use super::metric::{Metric, Statistic, drawn, independent, ratio};
use crate::engine::{PART_IDS, PARTS, Replication};
use crate::model::{GateKind, Model, Places};
use crate::stats::{Estimate, Spread, split};
use crate::time::{HOURS_PER_WEEK, WEEK, WEEKS_PER_MONTH};
use serde::Serialize;
use std::collections::BTreeMap;

/// Confidence of the intervals reported for single variants.
pub const CONFIDENCE: f64 = 0.95;

/// Statistics of a distribution of times, hours.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "the statistics' names")]
pub struct TimeSummary {
    pub mean: Option<Estimate>,
    pub p50: Option<Estimate>,
    pub p85: Option<Estimate>,
    pub p95: Option<Estimate>,
}

/// A team's year.
#[derive(Debug, Clone, Serialize)]
pub struct TeamSummary {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Share of its working time in which its people are at work on something, 0 to 1.
    pub utilisation: Option<Estimate>,
    /// Effort asked for over the effort it can give: above 1 its queue grows.
    pub demand: Option<Estimate>,
}

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
    /// Chance of each objective.
    pub objectives: Vec<ObjectiveSummary>,
    /// Teams.
    pub teams: Vec<TeamSummary>,
    /// Gates.
    pub gates: Vec<GateSummary>,
    /// Mean hours of lead time by part; they add up to the mean lead time of the finished.
    pub parts_hours: BTreeMap<&'static str, f64>,
    /// The same by place.
    pub places: Vec<PlaceSummary>,
    /// Counted items unfinished at the end, share; their times are in as "at least".
    pub unfinished_share: f64,
    /// Growth of work in progress, items a week.
    pub wip_growth_per_week: Option<Estimate>,
    /// It does not settle: lead times depend on how long one looks.
    pub overloaded: bool,
    /// Some years were cut off: they held more work, or took more steps, than can be simulated.
    pub cut_off: bool,
    /// Luck and ignorance; absent where the study has no assumption ranges.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ignorance: Option<Ignorance>,
}

fn time_summary(runs: &[Replication], of: impl Fn(Statistic) -> Metric) -> TimeSummary {
    let e = |s| of(s).estimate(runs, CONFIDENCE);
    TimeSummary {
        mean: e(Statistic::Mean),
        p50: e(Statistic::Percentile(0.5)),
        p85: e(Statistic::Percentile(0.85)),
        p95: e(Statistic::Percentile(0.95)),
    }
}

/// Sum up the replications of a variant.
#[must_use]
pub fn summarise(id: &str, name: &str, model: &Model, runs: &[Replication]) -> Summary {
    let e = |m: Metric| m.estimate(runs, CONFIDENCE);
    let ratio =
        |f: &dyn Fn(&Replication) -> (f64, f64)| ratio(runs, f).map(|i| i.estimate(CONFIDENCE));
    let finished: f64 = runs.iter().map(|r| r.finished).sum();
    let leftovers: f64 = runs.iter().map(|r| r.leftovers).sum();
    let part = |p: usize| runs.iter().map(|r| r.parts[p]).sum::<f64>() / finished.max(1.0);
    let wip = e(Metric::Wip);
    let growth = growth(model, runs);
    let weeks = (model.window.horizon - model.window.warm_up) as f64 / WEEK as f64;
    let grown = growth.map_or(0.0, |g| if g.low > 0.0 { g.value * weeks } else { 0.0 });
    let teams: Vec<TeamSummary> = model
        .teams
        .iter()
        .enumerate()
        .map(|(i, t)| TeamSummary {
            id: t.id.clone(),
            name: t.label.clone(),
            utilisation: ratio(&|r| (r.teams[i][0], r.teams[i][1])),
            demand: ratio(&|r| (r.teams[i][2], r.teams[i][3])),
        })
        .collect();
    Summary {
        id: id.to_owned(),
        name: name.to_owned(),
        replications: runs.len(),
        warm_up_weeks: model.window.warm_up as f64 / WEEK as f64,
        weeks,
        lead_time_hours: time_summary(runs, Metric::LeadTime),
        change_lead_time_hours: time_summary(runs, Metric::ChangeLeadTime),
        recovery_hours: time_summary(runs, Metric::Recovery),
        throughput_per_week: e(Metric::Throughput),
        wip,
        flow_efficiency: e(Metric::FlowEfficiency),
        deployments_per_week: e(Metric::Deployments),
        change_failure_rate: e(Metric::ChangeFailureRate),
        deployment_rework_rate: e(Metric::DeploymentReworkRate),
        incidents_per_month: e(Metric::Incidents),
        incidents_per_100_changes: ratio(&|r| (100.0 * r.incidents(), r.delivered)),
        self_stopped_per_month: e(Metric::SelfStopped),
        impact_hours_per_month: e(Metric::ImpactHours),
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
        gates: gates(model, runs),
        parts_hours: (0..PARTS).map(|p| (PART_IDS[p], part(p))).collect(),
        places: places(model, runs, finished),
        unfinished_share: leftovers / (finished + leftovers).max(1.0),
        // A tenth more work in progress than at the start of the window, and surely growing.
        overloaded: runs.iter().any(|r| r.overflow)
            || wip.is_some_and(|w| grown > 0.2 * w.value)
            || leftovers > 0.02 * (finished + leftovers),
        cut_off: runs.iter().any(|r| r.overflow),
        wip_growth_per_week: growth,
        ignorance: drawn(runs).then(|| ignorance(runs)),
        teams,
    }
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

fn gates(model: &Model, runs: &[Replication]) -> Vec<GateSummary> {
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
            }
        })
        .collect()
}

fn places(model: &Model, runs: &[Replication], finished: f64) -> Vec<PlaceSummary> {
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

/// The slope of weekly work in progress over the window, by least squares in each replication.
fn growth(model: &Model, runs: &[Replication]) -> Option<Estimate> {
    let from = (model.window.warm_up / WEEK) as usize;
    let slope = |r: &Replication| {
        let Some(y) = r.weekly_wip.get(from..).filter(|y| y.len() >= 4) else {
            return (0.0, 0.0);
        };
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
        (sxy / (n * (n * n - 1.0) / 12.0), 1.0)
    };
    ratio(runs, slope).map(|i| i.estimate(CONFIDENCE))
}

impl Summary {
    /// What the reader must know before believing any figure.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut out = Vec::new();
        if self.cut_off {
            out.push(
                "Some years were cut off: they held more work, or took more steps, than can be simulated. No figure of this variant can be trusted."
                    .to_owned(),
            );
        }
        if self.overloaded {
            let growth = self.wip_growth_per_week.map_or(0.0, |g| g.value);
            let worst = self
                .teams
                .iter()
                .filter_map(|t| t.demand.map(|d| (d.value, &t.name)))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            match worst {
                Some((demand, name)) if demand > 0.97 => out.push(format!(
                    "{name} is asked for {:.0}% of its time: work in progress grows by {growth:.1} changes a week.",
                    demand * 100.0
                )),
                _ => out.push(format!("Work in progress grows by {growth:.1} changes a week: this does not settle.")),
            }
        }
        if self.unfinished_share > 0.001 {
            out.push(format!(
                "{:.1}% of the requests were still unfinished at the end; their times count as at least that long.",
                self.unfinished_share * 100.0
            ));
        }
        out
    }

    /// Items delivered a month.
    #[must_use]
    pub fn delivered_per_month(&self) -> f64 {
        self.throughput_per_week
            .map_or(0.0, |t| t.value * WEEKS_PER_MONTH)
    }
}
