//! "It gets worse first: level again in week 9, half the gain by week 16."

use super::quarter::times_in_10;
use super::words::{NOTHING, Unit, Worth, of_many, ordinal, within, worth};
use super::{About, Sentence, View};
use crate::words::capital;
use millrace_core::experiment::transition::{QuarterResult, Transition, Week};
use millrace_core::stats::Estimate;

/// Weeks between which a turn lies that is told as one week.
const NEAR: usize = 4;

/// Times that people say, in weeks, the roundest first.
pub const ROUND: [&[(f64, &str)]; 3] = [
    &[
        (26.0, "half a year"),
        (52.0, "a year"),
        (104.0, "two years"),
    ],
    &[
        (13.0, "three months"),
        (39.0, "nine months"),
        (78.0, "a year and a half"),
    ],
    &[
        (4.0, "a month"),
        (9.0, "two months"),
        (17.0, "four months"),
        (22.0, "five months"),
        (30.0, "seven months"),
        (35.0, "eight months"),
        (44.0, "ten months"),
        (65.0, "fifteen months"),
        (91.0, "21 months"),
    ],
];

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
    let level = when(turns.level_again);
    let half = turns.half_gain.map(|week| (when(week), week));
    let half = half
        .filter(|(text, week)| *text != level && (is_near(*week) || !level.starts_with("between")))
        .map_or(String::new(), |(text, _)| format!(", half the gain {text}"));
    let text = format!("It gets worse first: level again {level}{half}.");
    let about = vec![About::of(View::Course, "weeks", &t.what_if)];
    Sentence::held("dip", text, turns.years, about)
}

fn is_near(week: Week) -> bool {
    week.high - week.low <= NEAR
}

/// "in week 9"; where luck leaves more than that open, the roundest time within what it leaves: "after about a
/// year".
fn when(week: Week) -> String {
    if is_near(week) {
        return format!("in week {}", week.value);
    }
    let away = |weeks: f64| (weeks - week.value as f64).abs();
    let within = |weeks: f64| (week.low as f64..=week.high as f64).contains(&weeks);
    let nearest = |some: &[(f64, &'static str)]| {
        let found = some.iter().filter(|(weeks, _)| within(*weeks));
        found
            .min_by(|a, b| away(a.0).total_cmp(&away(b.0)))
            .copied()
    };
    match ROUND.iter().find_map(|some| nearest(some)) {
        Some((_, name)) => format!("after about {name}"),
        None => format!("between week {} and week {}", week.low, week.high),
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
            format!(
                "The time people put into it is won back in the {} quarter.",
                ordinal(q)
            ),
            last.low > 0.0,
        ),
        None => (
            format!(
                "The time people put into it is not won back within {} quarters.",
                t.quarters.len()
            ),
            last.high < 0.0,
        ),
    };
    let text = match text.strip_suffix('.').filter(|_| !certain) {
        Some(all) => format!("{all}, which is not certain."),
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
