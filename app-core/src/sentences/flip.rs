//! "The choice changes only if the board catches more than 58 of 100; you assumed 35, unmeasured. Measure that
//! first."

use super::words::counted;
use super::{About, Sentence, View};
use crate::numbers::said;
use millrace_core::experiment::flip::{Flip, Flips};
use millrace_core::stats::Years;

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
        let text = format!("{none} the choice around within its range.");
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

/// "“Faulty changes caught” (a.b) is above 58%; the study assumes 35%".
fn turns(f: &Flip) -> String {
    format!(
        "“{}” ({}) is {}; the study assumes {}",
        f.label,
        f.path,
        beyond(f),
        said(f.likely, &f.unit)
    )
}

/// Where the choice is another: "above 58%"; "3 or fewer" of what is counted.
#[must_use]
pub fn beyond(f: &Flip) -> String {
    let at = said(f.at.value, &f.unit);
    match (f.whole, f.at.value > f.likely) {
        (true, true) => format!("{at} or more"),
        (true, false) => format!("{at} or fewer"),
        (false, true) => format!("above {at}"),
        (false, false) => format!("below {at}"),
    }
}
