//! Numbers of a study as people call them, and their values as people say them.

use crate::words::lower;
use millrace_report::words::{duration, percent, rounded};

/// What a number is called, by its label in the catalogue and its place: "work on a change" instead of
/// "Effort: mean".
#[must_use]
pub fn called(label: &str, path: &str) -> String {
    let (what, parameter) = label.split_once(": ").unwrap_or((label, ""));
    let stage = path.split('.').nth(2) == Some("stages");
    let what = match what {
        "Effort" if stage && path.contains(".requests.") => "work on a ticket".to_owned(),
        "Effort" if stage => "work on a change".to_owned(),
        "Size" => "size of a change, of the usual one".to_owned(),
        other => lower(other),
    };
    match parameter {
        "" | "value" => what,
        "mean" if what.starts_with("work on") || what.starts_with("size of") => what,
        "mean" => format!("{what}, on average"),
        "median" => format!("{what}, half of the time at most"),
        "p85" => format!("{what}, 85 times of 100 at most"),
        "cv" | "sd" | "shape" => format!("how much it differs: {what}"),
        "low" => format!("{what}, at least"),
        "mode" => format!("{what}, most often"),
        "high" => format!("{what}, at most"),
        other => format!("{what}, {}", lower(other)),
    }
}

/// A value in a base unit as people say it.
#[must_use]
pub fn said(x: f64, unit: &str) -> String {
    match unit {
        "share" => percent(x),
        "hours" => duration(x),
        "person-hours" => format!("{} hours of work", rounded(x)),
        "" => rounded(x),
        unit => format!("{} {unit}", rounded(x)),
    }
}

/// "11 to 12 hours of work": a unit that both ends share is said once.
#[must_use]
pub fn between(low: f64, high: f64, unit: &str) -> String {
    let (low, high) = (said(low, unit), said(high, unit));
    let (first, of) = low.split_once(' ').unwrap_or((&low, ""));
    match high.split_once(' ') {
        Some((_, same)) if same == of => format!("{first} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_called_as_people_call_them() {
        let stage = "streams.release.stages.testing.effort.mean";
        assert_eq!(called("Effort: mean", stage), "work on a change");
        let focus = "teams.qa.focus";
        assert_eq!(
            called("Time kept for planned work", focus),
            "time kept for planned work"
        );
        assert_eq!(
            called("Bake time: p85", "x"),
            "bake time, 85 times of 100 at most"
        );
    }

    #[test]
    fn a_range_says_its_unit_once() {
        assert_eq!(
            between(11.0, 12.0, "person-hours"),
            "11 to 12 hours of work"
        );
        assert_eq!(between(2.0, 72.0, "hours"), "2 hours to 3 days");
        assert_eq!(between(0.2, 0.6, "share"), "20% to 60%");
        assert_eq!(between(0.3, 0.9, ""), "0.3 to 0.9");
    }
}
