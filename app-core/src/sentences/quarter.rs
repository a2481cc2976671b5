//! "Judged on one quarter, it looks like a failure 3 times in 10 although it works."

use super::words::of_many;
use super::{About, Compared, Sentence, View};
use millrace_core::experiment::Verdict;
use millrace_core::experiment::compare::{Difference, Word};
use millrace_core::experiment::quarter::{By, quarters_better};

/// Share of quarters from which on it is worth saying.
const OFTEN: f64 = 0.05;

/// What one quarter with a what-if looks like beside one of another year without it, where the what-if is
/// surely better in the long run, and in nearly every year, and nothing is surely worse for customers.
#[must_use]
pub fn sentence(pair: &Compared<'_>) -> Option<Sentence> {
    if !pair.settled() {
        return None;
    }
    let c = pair.comparison;
    let more = |d: &Option<Difference>| d.as_ref().is_some_and(|d| of_many(d.estimate).low > 0.0);
    let fails = |v: Option<Verdict>| v.and_then(|v| v.better) == Some(false);
    if fails(c.lead_time) || fails(c.incidents) || more(&c.differences.impact_hours_per_month) {
        return None;
    }
    let works = |v: Option<Verdict>| v.and_then(|v| v.better) == Some(true);
    let less = |d: &Option<Difference>| d.as_ref().filter(|d| d.estimate.high < 0.0).cloned();
    let (by, what, chart, d) = if works(c.lead_time) {
        let d = less(&c.differences.lead_time_hours.mean)?;
        (By::LeadTime, "lead times", "lead-time", d)
    } else if works(c.incidents) && pair.delivers_as_much() {
        let d = less(&c.differences.incidents_per_month)?;
        (By::Incidents, "incidents", "incidents", d)
    } else {
        return None;
    };
    let better = quarters_better(by, pair.before.runs, pair.after.runs)?;
    let often = times_in_10(1.0 - better.independent_luck)?;
    let text = format!(
        "judged on one quarter’s {what}, it looks like a failure {often} although it works."
    );
    let about = vec![About::of(View::Compare, chart, &c.what_if)];
    let years = d.years_better?.same_luck;
    let said = Sentence::held("quarter", text, years, about).filter(|s| s.certain);
    said.map(|s| s.of(&c.what_if).named(pair.name()))
}

/// "3 times in 10"; `None` where it is hardly ever.
pub(super) fn times_in_10(share: f64) -> Option<String> {
    (share >= OFTEN).then(|| match (10.0 * share).round() {
        1.0 => "1 time in 10".to_owned(),
        10.0 => Word::AlmostAlways.phrase().to_owned(),
        n => format!("{n:.0} times in 10"),
    })
}
