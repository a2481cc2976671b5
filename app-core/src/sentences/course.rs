//! "It gets worse first: level again in week 9, half the gain by week 16."

use super::quarter::times_in_10;
use super::words::{NOTHING, Unit, Worth, of_many, ordinal, within, worth};
use super::{About, Sentence, View};
use crate::levers::capital;
use millrace_core::experiment::transition::{QuarterResult, Transition, Turns, Week};
use millrace_core::stats::Estimate;

/// Weeks between which a turn lies that is told as one week.
const NEAR: usize = 4;

/// How a what-if goes: where it gets worse first and when that is over, how each quarter comes out, whether
/// it pays back, and what its first quarter would show. `smallest`: the smallest difference worth having, as
/// a share of the baseline's value.
#[must_use]
pub fn sentences(transition: &Transition, smallest: f64) -> Vec<Sentence> {
    if transition.cut_off {
        return Vec::new();
    }
    [
        dip(transition, smallest),
        quarters(transition),
        pays(transition),
        first_quarter(transition),
    ]
    .into_iter()
    .flatten()
    .map(|s| s.of(&transition.what_if))
    .collect()
}

/// Worse first, then better: where the dip is worth telling.
fn dip(t: &Transition, smallest: f64) -> Option<Sentence> {
    let turns = t.weeks.as_ref()?.turns.as_ref()?;
    if turns.dip_hours.value < smallest * turns.baseline_hours.value {
        return None;
    }
    let half = turns.half_gain.map_or(String::new(), |week| {
        format!(", half the gain {}", by(week))
    });
    let text = format!("It gets worse first: level again {}{half}.", at(turns));
    let about = vec![About::of(View::Course, "weeks", &t.what_if)];
    Sentence::held("dip", text, turns.years, about)
}

fn is_near(week: Week) -> bool {
    week.high - week.low <= NEAR
}

fn at(turns: &Turns) -> String {
    let week = turns.level_again;
    if is_near(week) {
        format!("in week {}", week.value)
    } else {
        format!("between week {} and week {}", week.low, week.high)
    }
}

fn by(week: Week) -> String {
    if is_near(week) {
        format!("by week {}", week.value)
    } else {
        format!("between week {} and week {}", week.low, week.high)
    }
}

fn lead(q: &QuarterResult) -> Option<Estimate> {
    q.difference.lead_time_mean_hours
}

/// A quarter's lead time is surely and markedly longer, or shorter.
fn surely(q: &QuarterResult, worse: bool) -> bool {
    let base = q.baseline.lead_time_mean_hours.map_or(0.0, |e| e.value);
    match worth(lead(q).map(of_many), base) {
        Worth::More(_) => worse,
        Worth::Less(_) => !worse,
        Worth::Nothing | Worth::Unknown => false,
    }
}

/// A quarter's lead time is surely nearly the baseline's.
fn stays(q: &QuarterResult) -> bool {
    let base = q.baseline.lead_time_mean_hours.map_or(0.0, |e| e.value);
    lead(q).is_some_and(|d| within(of_many(d), NOTHING * base))
}

/// The quarters whose mean lead time is surely longer, and from when on it is surely shorter.
fn quarters(t: &Transition) -> Option<Sentence> {
    let last = t.quarters.last()?;
    let base = last.baseline.lead_time_mean_hours?.value;
    let unit = Unit::of(base);
    let amount = |q: &QuarterResult| unit.amount(lead(q).map_or(0.0, |d| d.value.abs()));
    let worse = t.quarters.iter().rev().find(|q| surely(q, true));
    let better = t.quarters.iter().rev().take_while(|q| surely(q, false));
    let better = better.last();
    let until = |q: usize| format!("requests take longer until the {} quarter", ordinal(q));
    let years = |better: bool| {
        let share = last.lead_time_years_better.map_or(0.0, |y| y.same_luck);
        if better { share } else { 1.0 - share }
    };
    let (text, years) = match (worse, better) {
        (None, None) => {
            let text = if t.quarters.iter().all(stays) {
                "lead times stay as they are in every quarter"
            } else {
                "no quarter’s lead times can be told from the baseline’s"
            };
            return Some(overall(t, text));
        }
        (None, Some(b)) => (
            format!(
                "faster from the {} quarter on, by {} in the end",
                ordinal(b.quarter),
                amount(last)
            ),
            years(true),
        ),
        (Some(w), Some(b)) if w.quarter < b.quarter => (
            format!(
                "{}; in the last one, {} less",
                until(b.quarter),
                amount(last)
            ),
            years(true),
        ),
        (Some(w), _) if w.quarter == last.quarter => (
            format!(
                "slower to the end of what was simulated, by {} then",
                amount(last)
            ),
            years(false),
        ),
        (Some(w), _) => {
            let text = format!(
                "{}, then cannot be told from the baseline’s",
                until(w.quarter + 1)
            );
            return Some(overall(t, &text));
        }
    };
    let about = vec![About::of(View::Course, "quarters", &t.what_if)];
    Sentence::held("quarters", format!("{}.", capital(&text)), years, about)
}

fn overall(t: &Transition, text: &str) -> Sentence {
    let about = vec![About::of(View::Course, "quarters", &t.what_if)];
    Sentence::overall("quarters", format!("{}.", capital(text)), true, about)
}

/// Whether, and when, what it saves is more than what it took.
fn pays(t: &Transition) -> Option<Sentence> {
    let took = |q: &QuarterResult| q.difference.change_hours.is_some_and(|h| h.value > 0.0);
    let last = t.quarters.last()?.net?;
    if !t.quarters.iter().any(took) {
        return None;
    }
    let (text, certain) = match t.pays_back_in {
        Some(q) => (
            format!("It pays back in the {} quarter.", ordinal(q)),
            last.low > 0.0,
        ),
        None => (
            format!("It does not pay back within {} quarters.", t.quarters.len()),
            last.high < 0.0,
        ),
    };
    let text = match text.strip_suffix('.').filter(|_| !certain) {
        Some(all) => format!("{all}, as far as {} years can tell.", t.replications),
        None => text,
    };
    let about = vec![About::of(View::Course, "net", &t.what_if)];
    Some(Sentence::overall("pays-back", text, certain, about))
}

/// What the first quarter looks like beside one of another year without the change, where the change surely
/// works in the last one and does no more harm.
fn first_quarter(t: &Transition) -> Option<Sentence> {
    let (first, last) = (t.quarters.first()?, t.quarters.last()?);
    let more = |d: Option<Estimate>| d.is_some_and(|d| of_many(d).low > 0.0);
    let harms = more(last.difference.incidents) || more(last.difference.impact_hours);
    if first.quarter == last.quarter || !surely(last, false) || harms {
        return None;
    }
    let worse = 1.0 - first.lead_time_years_better?.independent_luck;
    let often = times_in_10(worse)?;
    let text =
        format!("Judged on its first quarter, it looks like a failure {often} although it works.");
    let about = vec![About::of(View::Course, "quarters", &t.what_if)];
    let years = last.lead_time_years_better?.same_luck;
    Sentence::held("first-quarter", text, years, about)
}
