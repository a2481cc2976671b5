//! What the engine runs in the benches.

use millrace_core::model::Model;
use millrace_core::scenario::{Change, Scenario};

/// The line of [`crate::line`] as a study.
const LINE: &str = include_str!("../line.toml");
/// The shipped study of a siloed organisation.
const SILOED: &str = include_str!("../../scenarios/siloed-to-integrated.toml");
/// The standard benchmark organisation, with everything on.
const STANDARD: &str = include_str!("../../scenarios/standard-organisation.toml");
/// Warm-up of the siloed study, so that no pilot is part of what is measured.
const WARM_UP: i64 = 26 * millrace_core::time::WEEK;

fn read(text: &str) -> Scenario {
    Scenario::read(text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The line as a model.
///
/// # Panics
/// Never: the study is part of this crate.
#[must_use]
pub fn line() -> Model {
    read(LINE).baseline.model(None)
}

/// The line counted for another number of weeks.
///
/// # Panics
/// Never: the study is part of this crate.
#[must_use]
pub fn line_of_weeks(weeks: u32) -> Model {
    let text = LINE.replace("weeks = 1200", &format!("weeks = {weeks}"));
    read(&text).baseline.model(None)
}

/// The siloed organisation with this many changes a week.
///
/// # Panics
/// Never: the study is shipped, and demand may be anything.
#[must_use]
pub fn siloed(per_week: f64) -> Model {
    let demand = Change::Scale {
        path: "streams.release.demand.change.per_week".into(),
        by: per_week / 3.0,
    };
    read(SILOED)
        .variant(None, &[demand])
        .unwrap_or_else(|faults| panic!("{faults:?}"))
        .model(Some(WARM_UP))
}

/// The standard organisation: 12 teams, 4 value streams, about 100 changes a week.
///
/// # Panics
/// Never: the study is shipped.
#[must_use]
pub fn standard() -> Model {
    read(STANDARD).baseline.model(Some(WARM_UP))
}
