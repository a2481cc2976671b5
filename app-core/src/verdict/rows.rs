//! Baseline and what-if, number by number.

use super::{releases, value};
use crate::view::RowView;
use millrace_core::engine::Replication;
use millrace_core::experiment::Summary;
use millrace_core::experiment::compare::verdict as judge;
use millrace_core::experiment::metric::Metric;
use millrace_core::stats::Estimate;
use millrace_report::words::rounded;

/// Baseline and what-if, with the replications their rows are judged by.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    /// The baseline.
    pub baseline: (&'a Summary, &'a [Replication]),
    /// The what-if, if one is shown.
    pub what_if: Option<(&'a Summary, &'a [Replication])>,
    /// Smallest difference worth having, as a share.
    pub smallest: f64,
    /// How many what-ifs are judged together.
    pub what_ifs: usize,
}

impl Pair<'_> {
    pub(super) fn row(
        &self,
        id: &str,
        label: &str,
        metric: Option<Metric>,
        text: impl Fn(&Summary) -> String,
        band: impl Fn(&Summary) -> Option<String>,
    ) -> RowView {
        let better = self.what_if.zip(metric).and_then(|((_, b), m)| {
            judge(m, self.baseline.1, b, self.what_ifs, self.smallest).and_then(|v| v.better)
        });
        RowView {
            id: id.into(),
            label: label.into(),
            baseline: text(self.baseline.0),
            what_if: self.what_if.map(|(s, _)| text(s)),
            band: band(self.what_if.map_or(self.baseline.0, |w| w.0)),
            better,
        }
    }

    /// Customer incidents a month: shown with those per 100 changes, which [`Self::rows`] has.
    #[must_use]
    pub fn incidents(&self) -> RowView {
        let text = |s: &Summary| {
            let shown = s.incidents_per_month.filter(|_| releases(s));
            shown.map_or("–".into(), |e| rounded(e.value))
        };
        let (id, label) = ("incidents", "Incidents a month");
        self.row(id, label, Some(Metric::Incidents), text, |_| None)
    }

    /// Numbers beside the charts.
    #[must_use]
    pub fn rows(&self) -> Vec<RowView> {
        let none = |_: &Summary| None;
        let mut rows = vec![
            self.row(
                "delivered",
                "Delivered a month",
                Some(Metric::Throughput),
                |s| rounded(s.delivered_per_month()),
                none,
            ),
            self.row(
                "incidents-per-100",
                "Incidents per 100 changes",
                Some(Metric::IncidentsPer100Changes),
                |s| {
                    s.incidents_per_100_changes
                        .filter(|_| releases(s))
                        .map_or("–".into(), |e| rounded(e.value))
                },
                none,
            ),
            self.row(
                "harm",
                "Customers’ harm hours a month",
                Some(Metric::ImpactHours),
                |s| {
                    if releases(s) {
                        rounded(value(s.impact_hours_per_month))
                    } else {
                        "–".into()
                    }
                },
                none,
            ),
        ];
        rows.extend(self.losses());
        for (i, objective) in self.baseline.0.objectives.iter().enumerate() {
            let met = |s: &Summary| {
                s.objectives
                    .get(i)
                    .and_then(|o| o.met)
                    .map_or("–".into(), |e| {
                        format!("{}/50", rounded((e.value * 50.0).round()))
                    })
            };
            rows.push(self.row(
                &format!("objective-{}", objective.id),
                &objective.name,
                Some(Metric::Objective(i)),
                met,
                none,
            ));
        }
        rows
    }

    /// Requests that never arrive, and due dates, where a study has them.
    fn losses(&self) -> Vec<RowView> {
        type Of = fn(&Summary) -> Option<Estimate>;
        let kinds: [(&str, &str, Metric, f64, Of); 3] = [
            (
                "refused",
                "Requests refused a week",
                Metric::Refused,
                1.0,
                |s| s.refused_per_week,
            ),
            (
                "given-up",
                "Requests given up a week",
                Metric::Abandoned,
                1.0,
                |s| s.abandoned_per_week,
            ),
            ("due-met", "Due dates met", Metric::DueMet, 100.0, |s| {
                s.due_met
            }),
        ];
        let shown = |of: Of| {
            let what_if = self.what_if.and_then(|w| of(w.0));
            of(self.baseline.0).or(what_if).is_some()
        };
        kinds
            .into_iter()
            .filter(|k| shown(k.4))
            .map(|(id, label, metric, scale, of)| {
                let of_100 = if metric == Metric::DueMet { "%" } else { "" };
                let text = |s: &Summary| {
                    let value = of(s).map(|e| rounded(e.value * scale));
                    value.map_or("–".into(), |text| text + of_100)
                };
                self.row(id, label, Some(metric), text, |_| None)
            })
            .collect()
    }
}
