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
#[inline]
pub fn ticks_up(hours: f64) -> Ticks {
    let exact = hours * HOUR as f64;
    if exact < NEVER as f64 {
        ceil(exact)
    } else {
        NEVER
    }
}

/// Fractional ticks rounded up.
#[must_use]
#[inline]
pub fn ceil(ticks: f64) -> Ticks {
    let near = near(ticks);
    near + Ticks::from((near as f64) < ticks)
}

/// Fractional ticks rounded to the nearest, halves to the even one; those below 0 towards 0.
#[must_use]
#[inline]
pub fn near(ticks: f64) -> Ticks {
    /// Numbers from here to its double have no fraction, and their bits count on from its own.
    const WHOLE: f64 = (1i64 << 52) as f64;
    if (0.0..WHOLE).contains(&ticks) {
        (ticks + WHOLE).to_bits() as Ticks - WHOLE.to_bits() as Ticks
    } else {
        ticks as Ticks
    }
}

/// Hours ≥ 0 as ticks, to the nearest.
#[must_use]
#[inline]
pub fn ticks_near(hours: f64) -> Ticks {
    near(hours * HOUR as f64)
}

/// Ticks as hours.
#[must_use]
#[inline]
pub fn hours(ticks: Ticks) -> f64 {
    // Within a rounding of the quotient, for a fifth of its time.
    ticks as f64 * (1.0 / HOUR as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_beyond_all_time_never_ends() {
        assert_eq!(ticks_up(1e300), NEVER);
        assert_eq!(ticks_up(f64::INFINITY), NEVER);
        assert_eq!(ticks_up(f64::NAN), NEVER);
        assert_eq!([ceil(-1.5), ceil(-0.1)], [-1, 0]);
    }

    proptest! {
        #[test]
        fn rounding_up_is_never_early_nor_a_tick_late(whole in 0i64..NEVER, part in 0.0f64..1.0) {
            for x in [part, whole as f64, (whole % (1 << 40)) as f64 + part] {
                let up = ceil(x) as f64;
                prop_assert!(up >= x && (up < x + 1.0 || x >= 4e15), "{x} up is {up}");
                prop_assert!((near(x) as f64 - x).abs() <= 0.5);
            }
        }
    }
}
