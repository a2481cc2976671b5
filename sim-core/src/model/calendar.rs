//! When a team is at work: a weekly pattern of working spans.
//!
//! Working time is a function of elapsed time, so a team needs no event at the edges of its day: the
//! end of a job is found by inverting that function.

use crate::time::{DAY, HOUR, NEVER, Ticks, WEEK};

/// A weekly working pattern. Work is preserved across its pauses (RULES 10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Working spans inside a week: (start, end, work done before start). Empty: always at work.
    spans: Vec<(Ticks, Ticks, Ticks)>,
    /// Working ticks in a week.
    per_week: Ticks,
}

impl Calendar {
    /// At work around the clock.
    #[must_use]
    pub fn always() -> Self {
        Self {
            spans: Vec::new(),
            per_week: WEEK,
        }
    }

    /// The same hours on each of the given days (0 = Monday). `start` and `end` are hours of the local
    /// day, `zone` the hours the local clock is ahead of UTC.
    ///
    /// # Panics
    /// If no time is left to work in: the scenario's check refuses such calendars first.
    #[must_use]
    pub fn weekly(days: &[u8], start: f64, end: f64, zone: f64) -> Self {
        let at = |h: f64| libm::round(h * HOUR as f64) as Ticks;
        let mut raw = Vec::new();
        for &day in days {
            let from = (i64::from(day) * DAY + at(start) - at(zone)).rem_euclid(WEEK);
            let to = from + at(end) - at(start);
            if to <= WEEK {
                raw.push((from, to));
            } else {
                raw.push((from, WEEK));
                raw.push((0, to - WEEK));
            }
        }
        raw.sort_unstable();
        let mut spans: Vec<(Ticks, Ticks, Ticks)> = Vec::new();
        let mut before = 0;
        for (from, to) in raw {
            if to <= from {
                continue;
            }
            match spans.last_mut() {
                Some(last) if from <= last.1 => {
                    let grown = (to - last.1).max(0);
                    last.1 += grown;
                    before += grown;
                }
                _ => {
                    spans.push((from, to, before));
                    before += to - from;
                }
            }
        }
        assert!(before > 0, "a calendar needs working time");
        if before >= WEEK {
            return Self::always();
        }
        Self {
            spans,
            per_week: before,
        }
    }

    /// Working ticks in a week.
    #[must_use]
    pub fn per_week(&self) -> Ticks {
        self.per_week
    }

    /// No pauses at all.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.spans.is_empty()
    }

    /// Working ticks between time 0 and `t` ≥ 0.
    #[must_use]
    pub fn worked(&self, t: Ticks) -> Ticks {
        if self.spans.is_empty() {
            return t;
        }
        let (week, rest) = (t.div_euclid(WEEK), t.rem_euclid(WEEK));
        let i = self.spans.partition_point(|s| s.0 <= rest);
        let inside = match i.checked_sub(1).map(|i| self.spans[i]) {
            Some((from, to, before)) => before + rest.min(to) - from,
            None => 0,
        };
        week * self.per_week + inside
    }

    /// The first time at which `work` working ticks have passed since time 0. Inverse of
    /// [`Self::worked`]; work that ends with a span ends at that span's end, not at the next start. Beyond
    /// all time it is [`NEVER`].
    #[must_use]
    pub fn when(&self, work: Ticks) -> Ticks {
        if self.spans.is_empty() || work <= 0 {
            return work;
        }
        let (mut week, mut rest) = (
            work.div_euclid(self.per_week),
            work.rem_euclid(self.per_week),
        );
        if rest == 0 {
            week -= 1;
            rest = self.per_week;
        }
        if week >= NEVER / WEEK {
            return NEVER;
        }
        let i = self.spans.partition_point(|s| s.2 < rest) - 1;
        let (from, _, before) = self.spans[i];
        week * WEEK + from + rest - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn office() -> Calendar {
        Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 1.0)
    }

    #[test]
    fn five_days_of_eight_hours_are_forty() {
        assert_eq!(office().per_week(), 40 * HOUR);
        assert!(Calendar::weekly(&[0, 1, 2, 3, 4, 5, 6], 0.0, 24.0, 0.0).is_always());
    }

    #[test]
    fn a_night_shift_over_the_end_of_the_week_is_kept_whole() {
        let c = Calendar::weekly(&[6], 22.0, 30.0, 0.0);
        assert_eq!(c.per_week(), 8 * HOUR);
        assert_eq!(c.worked(6 * HOUR), 6 * HOUR);
        assert_eq!(c.worked(WEEK), 8 * HOUR);
    }

    proptest! {
        #[test]
        fn when_undoes_worked(t in 0i64..(60 * WEEK), zone in -12.0f64..12.0) {
            for c in [office(), Calendar::always(), Calendar::weekly(&[1, 6], 6.5, 23.25, zone)] {
                let w = c.worked(t);
                let back = c.when(w);
                prop_assert!(back <= t);
                prop_assert_eq!(c.worked(back), w);
                prop_assert!(w == 0 || c.worked(back - 1) == w - 1);
            }
        }
    }
}
