//! What a statistician asks for: intervals, years, warm-up.

use super::Pair;
use crate::view::FactView;
use millrace_core::experiment::Comparison;
use millrace_core::stats::Estimate;
use millrace_report::words::{duration, rounded};

impl Pair<'_> {
    /// The details behind the verdict.
    #[must_use]
    pub fn statistics(&self, comparison: Option<&Comparison>) -> Vec<FactView> {
        let fact = |label: &str, text: String| FactView {
            label: label.into(),
            text,
        };
        let interval = |e: &Estimate| {
            format!(
                "{} ({} to {})",
                duration(e.value),
                duration(e.low),
                duration(e.high)
            )
        };
        let shown = self.what_if.map_or(self.baseline.0, |w| w.0);
        let mut out = Vec::new();
        let t = &shown.lead_time_hours;
        for (label, e) in [
            ("Mean", t.mean),
            ("Median", t.p50),
            ("85th percentile", t.p85),
            ("95th percentile", t.p95),
        ] {
            if let Some(e) = e {
                out.push(fact(
                    &format!("{label} of lead time, 95% interval"),
                    interval(&e),
                ));
            }
        }
        if let Some(d) = comparison.and_then(|c| c.differences.lead_time_hours.p85.as_ref()) {
            out.push(fact(
                "Difference of the 85th percentile, same luck",
                interval(&d.estimate),
            ));
            if let Some(y) = d.years_better {
                let of_50 = |x: f64| rounded((50.0 * x).round());
                out.push(fact(
                    "This change makes a given year better",
                    format!("{} of 50", of_50(y.same_luck)),
                ));
                out.push(fact(
                    "Next year will look better than last",
                    format!("{} of 50", of_50(y.independent_luck)),
                ));
            }
            if let Some(v) = d.variance_reduction {
                out.push(fact(
                    "Variance saved by common luck",
                    format!("{}×", rounded(v)),
                ));
            }
        }
        if let Some(e) = shown.incidents_per_month {
            out.push(fact(
                "Incidents a month, 95% interval",
                format!(
                    "{} ({} to {})",
                    rounded(e.value),
                    rounded(e.low),
                    rounded(e.high)
                ),
            ));
        }
        out.push(fact("Years simulated", shown.replications.to_string()));
        out.push(fact(
            "Warm-up, not counted",
            format!("{} weeks", rounded(shown.warm_up_weeks)),
        ));
        out.push(fact("Weeks counted", rounded(shown.weeks)));
        out
    }
}
