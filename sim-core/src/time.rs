//! Simulated time: integer microseconds from a Monday 00:00 UTC (RULES 1).

/// A point or a span of simulated time, in microseconds.
pub type Ticks = i64;

/// Microseconds in an hour.
pub const HOUR: Ticks = 3_600_000_000;
/// Microseconds in a day.
pub const DAY: Ticks = 24 * HOUR;
/// Microseconds in a week.
pub const WEEK: Ticks = 7 * DAY;
/// Weeks in a month (RULES 3).
pub const WEEKS_PER_MONTH: f64 = 52.0 / 12.0;
/// Hours in a week.
pub const HOURS_PER_WEEK: f64 = 168.0;
/// Hours in the year of 52 weeks.
pub const HOURS_PER_YEAR: f64 = 52.0 * HOURS_PER_WEEK;
/// Later than any simulated time, and safe to add spans to.
pub const NEVER: Ticks = i64::MAX / 4;

/// Hours as ticks, rounded up so that nothing finishes before its work is done (RULES 1).
/// Spans beyond [`NEVER`] and non-finite ones are [`NEVER`].
#[must_use]
pub fn ticks_up(hours: f64) -> Ticks {
    let exact = hours * HOUR as f64;
    if exact < NEVER as f64 {
        let below = exact as Ticks;
        below + Ticks::from((below as f64) < exact)
    } else {
        NEVER
    }
}

/// Hours ≥ 0 as ticks, to the nearest.
#[must_use]
pub fn ticks_near(hours: f64) -> Ticks {
    let exact = hours * HOUR as f64;
    let below = exact as Ticks;
    below + Ticks::from(exact - below as f64 >= 0.5)
}

/// Ticks as hours.
#[must_use]
pub fn hours(ticks: Ticks) -> f64 {
    ticks as f64 / HOUR as f64
}
