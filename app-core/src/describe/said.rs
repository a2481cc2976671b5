//! Answers in words, as comments, sources and the mirror quote them.

use super::draft::Said;
use super::organisation::{MONTH, Organisation};
use super::view::{Answers, Place};
use crate::numbers;
use millrace_core::scenario::Parameter;
use millrace_report::words::rounded;

/// The answers in words; what is not known says what was taken.
pub fn said(answers: &Answers, o: &Organisation) -> Said {
    let people: u32 = o.teams.iter().map(|t| t.people).sum();
    let told = |known: bool, words: String| {
        if known {
            words
        } else {
            format!("not known, taken as {words}")
        }
    };
    Said {
        people: told(answers.people.is_some(), format!("{people} people")),
        changes: told(
            answers.changes_per_month.is_some(),
            format!("{} changes a month", rounded(o.per_week * MONTH)),
        ),
        usual: told(
            answers.usual_days.is_some(),
            format!("usually {}", span(o.usual)),
        ),
        bad: told(
            answers.bad_days.is_some(),
            format!("85 of 100 within {}", span(o.bad)),
        ),
        rhythm: told(answers.rhythm.is_some(), o.rhythm.words().to_owned()),
        incidents: told(
            answers.incidents_per_month.is_some(),
            format!("{} incidents a month", rounded(o.incidents)),
        ),
        endless: match answers.endless {
            Some(true) => "there is always more to do".to_owned(),
            Some(false) => "there is not always more to do".to_owned(),
            None => "not known whether there is always more to do, taken as not".to_owned(),
        },
        place: match o.waits_at {
            None => "not said where most waiting is".to_owned(),
            Some(p) => format!("most waiting is said to be {}", at(p)),
        },
    }
}

/// Where something waits, in a sentence.
pub fn at(place: Place) -> &'static str {
    match place {
        Place::Board => "at the change board",
        Place::Infrastructure => "at infrastructure",
        Place::Development => "in development",
        Place::Testing => "in testing",
        Place::Release => "for the release",
        Place::Handoffs => "between teams",
    }
}

/// A unit for times of about so many hours: its length in hours and its name.
pub fn unit(hours: f64) -> (f64, &'static str) {
    match hours {
        h if h >= 21.0 * 24.0 => (168.0, "week"),
        h if h >= 36.0 => (24.0, "day"),
        _ => (1.0, "hour"),
    }
}

/// Hours in a unit that fits: "6 weeks", "9 days".
pub fn span(hours: f64) -> String {
    let (size, name) = unit(hours);
    let text = rounded(hours / size);
    let plural = if text == "1" { "" } else { "s" };
    format!("{text} {name}{plural}")
}

/// A number of a study with its unit; a range as what is likely, with its ends.
pub fn value(p: &Parameter) -> String {
    match (&p.range, p.value.as_f64()) {
        (Some(r), _) => format!(
            "{}, likely {}",
            numbers::between(r.low, r.high, &p.unit),
            numbers::said(r.likely, &p.unit)
        ),
        (None, Some(x)) => numbers::said(x, &p.unit),
        (None, None) => p
            .value
            .as_str()
            .map_or_else(|| p.value.to_string(), str::to_owned),
    }
}

/// What a number is, with what it is of: "building: work on a change".
pub fn label(p: &Parameter) -> String {
    // Kinds of lists and fields are no names.
    let kinds = [
        "streams",
        "demand",
        "stages",
        "teams",
        "platform",
        "capabilities",
        "pipeline",
        "governance",
        "gates",
        "outcome",
        "objectives",
        "production",
        "handoffs",
        "coordination",
        "by_hand",
    ];
    let mut parts = p.path.split('.').filter(|s| !kinds.contains(s));
    let of = match p.path.split('.').next() {
        Some("streams") => parts.nth(1),
        Some("teams" | "platform" | "governance" | "outcome") => parts.next(),
        _ => None,
    };
    let name = numbers::called(&p.label, &p.path);
    match of.filter(|of| !p.path.ends_with(of)) {
        Some(of) => format!("{}: {name}", of.replace('-', " ")),
        None => name,
    }
}
