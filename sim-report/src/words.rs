//! Numbers as people read them: two significant digits, days where hours would be many.

/// Two significant digits, without an exponent; whole numbers from 10 up.
#[must_use]
pub fn rounded(x: f64) -> String {
    if !x.is_finite() {
        return "no number".into();
    }
    let size = x.abs();
    let text = if size >= 9.95 || size == 0.0 {
        let unit = if size >= 99.5 {
            10f64.powi(size.log10() as i32 - 1)
        } else {
            1.0
        };
        format!("{:.0}", (x / unit).round() * unit)
    } else if size >= 0.995 {
        format!("{x:.1}")
    } else if size >= 0.0995 {
        format!("{x:.2}")
    } else {
        format!("{x:.3}")
    };
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" {
        "0".into()
    } else {
        text.replace('-', "−")
    }
}

/// A level and a difference from it, so that what is printed adds up where both are printed beside it: "72" of
/// 88.4 and −15.8, printed as 88 and −16. Where whole tens are printed the sum stands by itself.
#[must_use]
pub fn sum(level: f64, difference: f64) -> String {
    let printed = |x: f64| rounded(x).replace('−', "-").parse::<f64>().ok();
    let tens = level.abs() >= 99.5;
    match (printed(level), printed(difference)) {
        (Some(level), Some(difference)) if !tens => rounded(level + difference),
        _ => rounded(level + difference),
    }
}

/// Hours as "41 days", "6 hours" or "20 minutes".
#[must_use]
pub fn duration(hours: f64) -> String {
    let (x, unit) = match hours.abs() {
        h if h >= 36.0 => (hours / 24.0, "day"),
        h if h >= 1.0 => (hours, "hour"),
        _ => (hours * 60.0, "minute"),
    };
    let text = rounded(x);
    let plural = if text == "1" { "" } else { "s" };
    format!("{text} {unit}{plural}")
}

/// Hours of work: "41 hours", "20 minutes". Never days, of which people work a third.
#[must_use]
pub fn work(hours: f64) -> String {
    let (x, unit) = match hours.abs() {
        h if h >= 1.0 => (hours, "hour"),
        _ => (hours * 60.0, "minute"),
    };
    let text = rounded(x);
    let plural = if text == "1" { "" } else { "s" };
    format!("{text} {unit}{plural}")
}

/// The same in short: "41 d", "6 h", "20 min".
#[must_use]
pub fn short_duration(hours: f64) -> String {
    match hours.abs() {
        h if h >= 36.0 => format!("{} d", rounded(hours / 24.0)),
        h if h >= 1.0 => format!("{} h", rounded(hours)),
        _ => format!("{} min", rounded(hours * 60.0)),
    }
}

/// A share as "35%".
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{}%", rounded(share * 100.0))
}

/// A part of lead time for people, by id: a direct label, and what the time does in a sentence.
#[must_use]
pub fn part(id: &str) -> (&str, &str) {
    match id {
        "touch" => ("work", "are work"),
        "rework" => ("rework", "are rework"),
        "waiting-for-team" => ("queues", "wait in teams’ queues"),
        "handoff" => ("handoffs", "are handoffs"),
        "waiting-for-platform" => ("tickets", "wait for infrastructure tickets"),
        "gate-queue" => ("reviews", "wait for reviews"),
        "gate-run" => ("gates", "are spent in gates"),
        "board-wait" => ("board", "wait for the board"),
        "wip-block" => ("no place", "wait for a place"),
        "release-wait" => ("release", "wait for the release"),
        "deployment" => ("rollout", "are rollout"),
        "off-hours" => ("nights and weekends", "are nights and weekends"),
        "slowed-shared" => ("shared", "are lost to shared attention"),
        "slowed-switching" => ("switching", "are lost to switching"),
        "slowed-incidents" => ("incidents", "are lost while people are at incidents"),
        "slowed-meetings" => ("meetings", "are lost to meetings and support"),
        "slowed-load" => ("overload", "are lost to overload"),
        "slowed-newcomers" => ("newcomers", "are lost while newcomers learn"),
        "environment" => ("environments", "wait for a test environment"),
        "waiting-for-parts" => ("other parts", "wait for the last part"),
        other => (other, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_two_digits() {
        for (x, text) in [
            (41.3, "41"),
            (9.96, "10"),
            (3.24, "3.2"),
            (0.351, "0.35"),
            (0.0, "0"),
            (-9.2, "−9.2"),
            (1234.0, "1200"),
            (2.0, "2"),
            (0.0042, "0.004"),
        ] {
            assert_eq!(rounded(x), text, "{x}");
        }
        assert_eq!(sum(88.4, -15.8), "72", "88 and −16");
        assert_eq!(sum(8.44, -0.47), "7.9", "8.4 and −0.47");
        assert_eq!(sum(123.0, -16.0), "110", "120 and −16");
        assert_eq!(duration(984.0), "41 days");
        assert_eq!(duration(24.0), "24 hours");
        assert_eq!(duration(0.5), "30 minutes");
        assert_eq!(work(41.0), "41 hours", "and not 1.7 days, beside 36 hours");
        assert_eq!(work(0.5), "30 minutes");
    }
}
