//! "The choice changes only if the board catches more than 58 of 100; you assumed 35, unmeasured. Measure that
//! first."

use super::words::counted;
use super::{About, Sentence, View};
use millrace_core::experiment::flip::{Flip, Flips};
use millrace_core::stats::Years;
use millrace_report::words::rounded;

/// What would turn the choice for or against a what-if around: nothing where it cannot be told which is better.
#[must_use]
pub fn sentence(found: &Flips) -> Option<Sentence> {
    let tried = found.flips.len() + found.steady;
    if found.partial || tried == 0 || !found.difference.is_not_zero() {
        return None;
    }
    let better = found.difference.value < 0.0;
    let share = |y: Years| {
        if better {
            y.same_luck
        } else {
            1.0 - y.same_luck
        }
    };
    let years = share(found.years_better?);
    let numbers = counted(tried as f64, "number");
    let Some(first) = found.flips.first() else {
        let none = match tried {
            1 => "The one number tried does not turn".to_owned(),
            _ => format!("None of {numbers} tried turns"),
        };
        let text = format!("{none} the choice around within what is thought possible.");
        let about = vec![About::of(View::Flip, "flips", &found.what_if)];
        return Sentence::held("flip", text, years, about).map(|s| s.of(&found.what_if));
    };
    let more = found.flips.len() - 1;
    let only = match (first.surely, more) {
        (true, 0) => format!("The choice changes only, of {numbers} tried, if"),
        (false, 0) => format!("The choice may change only, of {numbers} tried, if"),
        (true, _) => "The choice changes first if".to_owned(),
        (false, _) => "The choice may change first if".to_owned(),
    };
    let others = match more {
        0 => String::new(),
        n => format!(
            " {} of {numbers} tried can turn it too.",
            capital_counted(n)
        ),
    };
    let text = format!("{only} {}. Measure that first.{others}", turns(first));
    let about = vec![About::of(View::Flip, "flips", &first.path)];
    Sentence::held("flip", text, years, about).map(|s| s.of(&found.what_if))
}

fn capital_counted(n: usize) -> String {
    match n {
        1 => "One more".to_owned(),
        n => format!("{n} more"),
    }
}

/// "discrimination of Change board is above 1.4; the study assumes 0.3".
fn turns(f: &Flip) -> String {
    let side = if f.at.value > f.likely {
        "above"
    } else {
        "below"
    };
    format!(
        "“{}” ({}) is {side} {}; the study assumes {}",
        f.label,
        f.path,
        value(f.at.value, &f.unit),
        value(f.likely, &f.unit)
    )
}

fn value(x: f64, unit: &str) -> String {
    match unit {
        "" => rounded(x),
        "share" => format!("{} of 100", rounded(100.0 * x)),
        unit => format!("{} {unit}", rounded(x)),
    }
}
