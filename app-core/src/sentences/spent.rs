//! "Of 41 days, 9 wait for the board; 6 hours are work."

use super::words::{MATERIAL, Unit, listed};
use super::{About, Case, Sentence, View};
use millrace_core::experiment::trace::{Account, accounts};
use millrace_report::words;

/// Parts of lead time in one sentence, work apart.
const TOLD: usize = 3;

/// What the mean lead time, in hours, is made of. `view` is where its parts are shown.
#[must_use]
pub fn sentence(accounts: &[Account], mean: f64, view: View) -> Option<Sentence> {
    let unit = Unit::of(mean);
    let work = accounts.iter().find(|a| a.id == "touch")?;
    let mut most: Vec<&Account> = (accounts.iter())
        .filter(|a| a.id != "touch" && a.hours >= MATERIAL * mean)
        .collect();
    most.sort_by(|a, b| b.hours.total_cmp(&a.hours));
    most.truncate(TOLD);
    let years = most.first()?.years_leading?;
    let of = |a: &&Account| format!("{} {}", unit.number(a.hours), words::part(a.id).1);
    let text = format!(
        "Of {} {}, {}; {} are work.",
        unit.number(mean),
        unit.plural(),
        listed(&most.iter().map(of).collect::<Vec<_>>()),
        words::work(work.hours)
    );
    let about = most.iter().chain([&work]);
    let about = about.map(|a| About::of(view, "where-time-goes", a.id));
    Sentence::held("accounts", text, years, about.collect())
}

/// The same of what was simulated, where lead time settles.
#[must_use]
pub fn of_case(case: Case<'_>) -> Option<Sentence> {
    if case.summary.cut_off || case.summary.overloaded {
        return None;
    }
    let mean = case.summary.lead_time_hours.mean?.value;
    sentence(&accounts(case.runs), mean, View::Workbench)
}
