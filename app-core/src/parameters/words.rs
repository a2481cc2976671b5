//! Values as people say them.

use millrace_core::scenario::catalogue::{Asked, Entry, Given};

/// What a place holds: "usually 15 hours, 85 of 100 within 35".
pub(super) fn words(e: &Entry) -> String {
    let unit = match &e.asked {
        Asked::Number { unit, .. } | Asked::Distribution { unit } | Asked::List { unit, .. } => {
            unit
        }
        _ => "",
    };
    let one = |x: f64| quantity(x, unit);
    match &e.given {
        Given::Nothing => e.written.clone(),
        Given::Number(x) => one(*x),
        Given::Range(r) => format!(
            "{}, between {} and {}",
            one(r.likely),
            one(r.low),
            one(r.high)
        ),
        Given::Text(t) => t.clone(),
        Given::Texts(all) if all.is_empty() => "none".into(),
        Given::Texts(all) => all.join(", "),
        Given::List(all) if all.is_empty() => "none".into(),
        Given::List(all) => all.iter().map(|x| one(*x)).collect::<Vec<_>>().join(", "),
        Given::Flag(b) => if *b { "yes" } else { "no" }.into(),
        Given::Spread { usual, bad, .. } if bad <= usual => one(*usual),
        Given::Spread { usual, bad, .. } => {
            format!("usually {}, 85 of 100 within {}", one(*usual), one(*bad))
        }
    }
}

/// A value in the unit people would say it in, to three digits.
fn quantity(x: f64, unit: &str) -> String {
    let three = |x: f64| {
        let rounded = format!("{x:.2e}").parse::<f64>().unwrap_or(x);
        format!("{rounded}").replace('-', "−")
    };
    let named = |x: f64, unit: &str| {
        let s = if (x - 1.0).abs() < 1e-9 { "" } else { "s" };
        format!("{} {unit}{s}", three(x))
    };
    match unit {
        "share" => format!("{}%", three(x * 100.0)),
        "hours" if x >= 336.0 => named(x / 168.0, "week"),
        "hours" if x >= 48.0 => named(x / 24.0, "day"),
        "hours" | "person-hours" if x > 0.0 && x < 1.0 => named(x * 60.0, "minute"),
        "hours" | "person-hours" => named(x, "hour"),
        _ => three(x),
    }
}
