//! The verdict in fixed words, and the numbers beside it: [`Pair`] has the rows, [`nodes()`] what the map shows.

mod dora;
mod nodes;
mod rows;
mod statistics;
#[cfg(test)]
mod tests;

pub use nodes::nodes;
pub use rows::Pair;

use crate::view::{Tone, VerdictView};
use millrace_core::experiment::compare::Word;
use millrace_core::experiment::{Comparison, Summary, Verdict};
use millrace_core::stats::Estimate;
use millrace_report::words::{duration, percent, rounded};

/// Something is released, so that incidents and deployments mean something.
fn releases(s: &Summary) -> bool {
    value(s.deployments_per_week) > 0.0
}

/// What a what-if costs, for the support line.
#[derive(Debug, Clone, Copy)]
pub struct Price {
    /// Person-weeks in all.
    pub person_weeks: f64,
    /// Week of full effect.
    pub full_effect_week: f64,
}

fn value(e: Option<Estimate>) -> f64 {
    e.map_or(0.0, |e| e.value)
}

fn p85(s: &Summary) -> Option<f64> {
    s.lead_time_hours.p85.map(|e| e.value)
}

/// "41" and "days", the unit fitting the larger of some hours.
fn in_days(a: f64, b: f64) -> (String, String, &'static str) {
    if a.max(b) >= 36.0 {
        (rounded(a / 24.0), rounded(b / 24.0), "days")
    } else {
        (rounded(a), rounded(b), "hours")
    }
}

/// The baseline by itself.
#[must_use]
pub fn alone(s: &Summary) -> VerdictView {
    let sentence = if s.overloaded {
        s.warnings().into_iter().next().unwrap_or_default()
    } else {
        match p85(s) {
            Some(h) if !releases(s) => format!("85 of 100 changes arrive within {}.", duration(h)),
            Some(h) => format!(
                "85 of 100 changes arrive within {}, with {} incidents a month.",
                duration(h),
                rounded(value(s.incidents_per_month))
            ),
            None => "Nothing arrives in the counted time.".into(),
        }
    };
    let work = s.flow_efficiency.map_or(String::new(), |f| {
        format!(" · {} of the time is work", percent(f.value))
    });
    let most = if s.saturated.len() == s.streams.len() {
        ", all that can be"
    } else {
        ""
    };
    let support = format!(
        "{} changes delivered a month{most}{work}",
        rounded(s.delivered_per_month())
    );
    VerdictView {
        sentence,
        support,
        tone: Tone::Baseline,
    }
}

/// Before the first look: no verdict, only where it is heading.
#[must_use]
pub fn early(a: &Summary, b: &Summary, price: Price) -> VerdictView {
    let sentence = match (p85(a), p85(b)) {
        (Some(a), Some(b)) => {
            let (was, is, unit) = in_days(a, b);
            format!("85 of 100 changes within about {is} {unit}, not {was}, so far.")
        }
        _ => "Nothing arrives in the counted time, so far.".into(),
    };
    VerdictView {
        sentence,
        support: format!(
            "{} years simulated, too few for a verdict{}",
            b.replications,
            cost(price)
        ),
        tone: Tone::Early,
    }
}

fn cost(price: Price) -> String {
    let mut out = String::new();
    if price.person_weeks > 0.0 {
        out += &format!(" · {} person-weeks", rounded(price.person_weeks));
    }
    if price.full_effect_week > 0.0 {
        out += &format!(" · in place from week {}", rounded(price.full_effect_week));
    }
    out
}

/// A what-if against the baseline, at the last look.
#[must_use]
pub fn compared(a: &Summary, b: &Summary, c: &Comparison, price: Price) -> VerdictView {
    let (Some(lead), Some(incidents)) = (c.lead_time, c.incidents) else {
        return early(a, b, price);
    };
    let tone = tone(lead, incidents);
    let incidents_text = incidents_clause(a, b, incidents);
    let sentence = if tone == Tone::TooSmall {
        "The difference is too small to matter.".to_owned()
    } else if b.overloaded {
        let warning = b.warnings().into_iter().next().unwrap_or_default();
        if a.overloaded {
            format!("Still too much work: {warning}")
        } else {
            warning
        }
    } else {
        let lead = lead_clause(a, b, lead);
        if releases(a) || releases(b) {
            format!("{lead}; {incidents_text}.")
        } else {
            format!("{lead}.")
        }
    };
    // The headline that moved more decides which years are counted.
    let (what, v) = if lead.better.is_some() {
        ("", lead)
    } else {
        (" in incidents", incidents)
    };
    let years = match v.better {
        Some(true) => format!(
            "{} of 50 years better{what}, {}",
            rounded(v.years_of_50.round()),
            v.word.phrase()
        ),
        Some(false) => {
            format!(
                "{} of 50 years worse{what}, {}",
                rounded((50.0 - v.years_of_50).round()),
                v.word.phrase()
            )
        }
        None if tone == Tone::TooSmall => match (p85(a), p85(b)) {
            (Some(a), Some(b)) => {
                let (was, is, unit) = in_days(a, b);
                format!("85 of 100 changes within {is} {unit}, was {was}")
            }
            _ => v.word.phrase().to_owned(),
        },
        None => v.word.phrase().to_owned(),
    };
    VerdictView {
        sentence,
        support: format!("{}{}", crate::words::capital(&years), cost(price)),
        tone,
    }
}

fn tone(lead: Verdict, incidents: Verdict) -> Tone {
    match (lead.better, incidents.better) {
        (Some(true), Some(false)) | (Some(false), Some(true)) => Tone::Mixed,
        (Some(true), _) | (None, Some(true)) => Tone::Better,
        (Some(false), _) | (None, Some(false)) => Tone::Worse,
        (None, None) if lead.word == Word::TooSmall && incidents.word == Word::TooSmall => {
            Tone::TooSmall
        }
        (None, None) => Tone::CannotTell,
    }
}

fn lead_clause(a: &Summary, b: &Summary, v: Verdict) -> String {
    let (Some(a), Some(b)) = (p85(a), p85(b)) else {
        return "Nothing arrives in the counted time".into();
    };
    let (was, is, unit) = in_days(a, b);
    match (v.better, v.word) {
        (Some(_), _) => format!("85 of 100 changes arrive within {is} {unit}, not {was}"),
        (None, Word::TooSmall) => format!("Changes arrive as before, 85 of 100 within {is} {unit}"),
        (None, _) => "Whether changes arrive sooner cannot be told".into(),
    }
}

fn incidents_clause(a: &Summary, b: &Summary, v: Verdict) -> String {
    let (was, is) = (value(a.incidents_per_month), value(b.incidents_per_month));
    match (v.better, v.word) {
        (Some(true), _) => format!(
            "incidents fall from {} to {} a month",
            rounded(was),
            rounded(is)
        ),
        (Some(false), _) => format!(
            "incidents rise from {} to {} a month",
            rounded(was),
            rounded(is)
        ),
        (None, Word::TooSmall) => "incidents stay the same".into(),
        (None, _) => "whether incidents change cannot be told".into(),
    }
}
