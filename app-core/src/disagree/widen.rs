//! A colleague's value joins the study's: the number becomes a range that holds both.

use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::Parameter;
use toml_edit::{InlineTable, Value};

fn refused(message: String) -> Refusal {
    Refusal {
        code: RefusalCode::ImpossiblePosition,
        message,
        faults: Vec::new(),
    }
}

/// What to write in place of a number: the range from the lowest to the highest value anybody gave, around
/// what the study holds likely.
///
/// # Errors
/// If the value is the study's own, or outside what the number can be.
pub fn widened(p: &Parameter, theirs: f64, who: &str) -> Result<Value, Refusal> {
    let likely = p.value.as_f64().unwrap_or_default();
    let name = super::called(&p.label, &p.path);
    let (least, most) = (p.min.unwrap_or(theirs), p.max.unwrap_or(theirs));
    if !theirs.is_finite() || theirs < least || theirs > most {
        let message = match (p.min, p.max) {
            (Some(low), Some(high)) => format!(
                "“{name}” is from {} to {}.",
                super::said(low, &p.unit),
                super::said(high, &p.unit)
            ),
            _ => format!("“{name}” cannot be that."),
        };
        return Err(refused(message));
    }
    let (low, high) = p.range.map_or((likely, likely), |r| (r.low, r.high));
    if theirs >= low && theirs <= high {
        let now = if low < high {
            format!("The range of “{name}” holds that already.")
        } else {
            "That is what the study says.".to_owned()
        };
        return Err(refused(now));
    }
    let mut table = InlineTable::new();
    let ends = [
        ("low", low.min(theirs)),
        ("likely", likely),
        ("high", high.max(theirs)),
    ];
    for (key, x) in ends {
        table.insert(key, written(x, &p.unit));
    }
    table.insert("source", source(p, who).into());
    Ok(Value::InlineTable(table))
}

/// Who disagreed, with those who did before.
fn source(p: &Parameter, who: &str) -> String {
    let who = who.trim();
    match p.source.strip_prefix("disagreement: ") {
        Some(before) if before.split(", ").any(|w| w == who) => p.source.clone(),
        Some(before) => format!("disagreement: {before}, {who}"),
        None => format!("disagreement: {who}"),
    }
}

fn written(x: f64, unit: &str) -> Value {
    let number = |x: f64| {
        if x.fract() == 0.0 && x.abs() < 1e15 {
            (x as i64).into()
        } else {
            x.into()
        }
    };
    match unit {
        "hours" | "person-hours" => format!("{x} hours").into(),
        _ => number(x),
    }
}
