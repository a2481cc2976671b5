//! The five DORA metrics, and the clusters of 2019 beside them.

use super::{Pair, releases, value};
use crate::view::RowView;
use millrace_core::experiment::Summary;
use millrace_core::experiment::metric::{Metric, Statistic};
use millrace_core::stats::Estimate;
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::{percent, rounded, short_duration};

impl Pair<'_> {
    /// The five DORA metrics beside the bands published for 2019.
    #[must_use]
    pub fn dora(&self) -> Vec<RowView> {
        let none = |_: &Summary| None;
        let share = |e: Option<Estimate>| e.map_or("–".into(), |e| percent(e.value));
        vec![
            self.row(
                "deployment-frequency",
                "Deployments a month",
                Some(Metric::Deployments),
                |s| rounded(value(s.deployments_per_week) * WEEKS_PER_MONTH),
                |s| s.deployments_per_week.and_then(|e| frequency_band(e.value)),
            ),
            self.row(
                "change-lead-time",
                "Change lead time",
                Some(Metric::ChangeLeadTime(Statistic::Percentile(0.5))),
                |s| {
                    s.change_lead_time_hours
                        .p50
                        .filter(|_| releases(s))
                        .map_or("–".into(), |e| short_duration(e.value))
                },
                |s| {
                    s.change_lead_time_hours
                        .p50
                        .filter(|_| releases(s))
                        .and_then(|e| lead_band(e.value))
                },
            ),
            self.row(
                "change-failure-rate",
                "Change failure rate",
                Some(Metric::ChangeFailureRate),
                |s| share(s.change_failure_rate),
                |s| s.change_failure_rate.and_then(|e| failure_band(e.value)),
            ),
            self.row(
                "recovery-time",
                "Failed deployment recovery time",
                Some(Metric::Recovery(Statistic::Percentile(0.5))),
                |s| {
                    s.recovery_hours
                        .p50
                        .map_or("–".into(), |e| short_duration(e.value))
                },
                |s| s.recovery_hours.p50.and_then(|e| recovery_band(e.value)),
            ),
            self.row(
                "rework-rate",
                "Deployment rework rate",
                Some(Metric::DeploymentReworkRate),
                |s| share(s.deployment_rework_rate),
                none,
            ),
        ]
    }
}

// The clusters of DORA, State of DevOps 2019; between two published bands there is none.

fn band(name: Option<&str>) -> Option<String> {
    name.map(|n| format!("2019: {n}"))
}

fn frequency_band(per_week: f64) -> Option<String> {
    band(Some(match per_week {
        x if x > 7.0 => "elite",
        x if x >= 1.0 => "high",
        x if x >= 12.0 / 52.0 => "medium",
        x if x >= 2.0 / 52.0 => "low",
        _ => return None,
    }))
}

pub(super) fn lead_band(hours: f64) -> Option<String> {
    band(match hours / 24.0 {
        d if d < 1.0 => Some("elite"),
        d if d <= 7.0 => Some("high"),
        d if d <= 30.5 => Some("medium"),
        d if d <= 183.0 => Some("low"),
        _ => None,
    })
}

pub(super) fn failure_band(share: f64) -> Option<String> {
    band(match share {
        s if s <= 0.15 => Some("medium or better"),
        s if (0.46..=0.6).contains(&s) => Some("low"),
        _ => None,
    })
}

pub(super) fn recovery_band(hours: f64) -> Option<String> {
    band(match hours {
        h if h < 1.0 => Some("elite"),
        h if h < 24.0 => Some("medium or high"),
        h if (168.0..=732.0).contains(&h) => Some("low"),
        _ => None,
    })
}
