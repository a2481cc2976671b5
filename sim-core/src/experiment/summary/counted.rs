//! What hours went into, and incidents by kind.

use super::CONFIDENCE;
use crate::engine::{CAUSE_IDS, Replication, SEVERITY_IDS, SPENT_IDS};
use crate::experiment::metric::{rate, ratio};
use crate::stats::Estimate;
use crate::time::{HOURS_PER_WEEK, WEEKS_PER_MONTH};
use serde::Serialize;
use std::collections::BTreeMap;

/// Person-hours of all teams that went into one kind of work.
#[derive(Debug, Clone, Serialize)]
pub struct SpentSummary {
    /// Person-hours a week.
    pub hours_per_week: Option<Estimate>,
    /// Of all person-hours, 0 to 1.
    pub share: Option<Estimate>,
}

pub(super) fn spent(runs: &[Replication]) -> BTreeMap<&'static str, SpentSummary> {
    let of = |k: usize| SpentSummary {
        hours_per_week: rate(
            runs,
            |r| (r.spent[k], r.window_hours / HOURS_PER_WEEK),
            CONFIDENCE,
        ),
        share: ratio(runs, |r| (r.spent[k], r.spent.iter().sum())).map(|i| i.estimate(CONFIDENCE)),
    };
    let ids = SPENT_IDS.iter().enumerate();
    ids.map(|(k, id)| (*id, of(k))).collect()
}

type PerMonth = BTreeMap<&'static str, Option<Estimate>>;

/// Incidents a month by severity and by cause.
pub(super) fn incidents(runs: &[Replication]) -> (PerMonth, PerMonth) {
    let a_month = |count: &dyn Fn(&Replication) -> f64| {
        let months = |r: &Replication| r.window_hours / HOURS_PER_WEEK / WEEKS_PER_MONTH;
        rate(runs, |r| (count(r), months(r)), CONFIDENCE)
    };
    let severity = |s: usize| a_month(&|r| r.by_severity[s].iter().sum());
    let cause = |c: usize| a_month(&|r| r.by_severity.iter().map(|by| by[c]).sum());
    let severities = SEVERITY_IDS.iter().enumerate();
    let causes = CAUSE_IDS.iter().enumerate();
    (
        severities.map(|(s, id)| (*id, severity(s))).collect(),
        causes.map(|(c, id)| (*id, cause(c))).collect(),
    )
}
