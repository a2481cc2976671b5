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

/// A working span and the pause after it, for whoever asks for one time after another: as long as times
/// fall into it, or into one soon after, nothing is divided and nothing searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shift {
    start: Ticks,
    end: Ticks,
    /// Start of the following shift.
    next: Ticks,
    /// Work done before the start.
    before: Ticks,
    /// Which span of the week.
    span: usize,
}

impl Shift {
    fn known(&self) -> bool {
        self.next > self.start
    }
}

/// Shifts to go on by before searching the week.
const FOLLOWED: usize = 6;

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

    /// [`Self::worked`], remembering the shift of `t` for the next question. A new shift knows nothing.
    #[must_use]
    #[inline]
    pub fn worked_in(&self, shift: &mut Shift, t: Ticks) -> Ticks {
        if t < shift.start || t >= shift.next {
            *shift = self.shift_of(*shift, t);
        }
        shift.before + t.min(shift.end) - shift.start
    }

    /// [`Self::when`], for work that ends in a known shift or after it.
    #[must_use]
    #[inline]
    pub fn when_in(&self, shift: &Shift, work: Ticks) -> Ticks {
        let since = work - shift.before;
        if since > 0 && since <= shift.end - shift.start {
            // The shift of time 0 may have started before.
            (shift.start + since).max(0)
        } else {
            self.when_after(*shift, work)
        }
    }

    fn when_after(&self, mut shift: Shift, work: Ticks) -> Ticks {
        if !shift.known() || self.spans.is_empty() || work <= shift.before {
            return self.when(work);
        }
        for _ in 0..FOLLOWED {
            shift = self.following(shift);
            let since = work - shift.before;
            if since <= shift.end - shift.start {
                return shift.start + since;
            }
        }
        self.when(work)
    }

    fn shift_of(&self, mut shift: Shift, t: Ticks) -> Shift {
        if self.spans.is_empty() {
            return Shift {
                end: NEVER,
                next: NEVER,
                ..Shift::default()
            };
        }
        if shift.known() && t >= shift.next {
            for _ in 0..FOLLOWED {
                shift = self.following(shift);
                if t < shift.next {
                    return shift;
                }
            }
        }
        let (week, rest) = (t.div_euclid(WEEK), t.rem_euclid(WEEK));
        let (week, span) = match self.spans.partition_point(|s| s.0 <= rest) {
            0 => (week - 1, self.spans.len() - 1),
            i => (week, i - 1),
        };
        self.shift(week * WEEK, week * self.per_week, span)
    }

    /// The shift of a span of the week that starts at `week`, with `worked` done before.
    fn shift(&self, week: Ticks, worked: Ticks, span: usize) -> Shift {
        let (start, end, before) = self.spans[span];
        let next = match self.spans.get(span + 1) {
            Some(s) => s.0,
            None => WEEK + self.spans[0].0,
        };
        Shift {
            start: week + start,
            end: week + end,
            next: week + next,
            before: worked + before,
            span,
        }
    }

    fn following(&self, shift: Shift) -> Shift {
        let (start, _, before) = self.spans[shift.span];
        let (week, worked) = (shift.start - start, shift.before - before);
        if shift.span + 1 < self.spans.len() {
            self.shift(week, worked, shift.span + 1)
        } else {
            self.shift(week + WEEK, worked + self.per_week, 0)
        }
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
        fn a_remembered_shift_changes_no_answer(
            steps in prop::collection::vec((0i64..3, 0i64..(30 * HOUR), 0i64..(60 * HOUR)), 1..60),
            zone in -12.0f64..12.0,
        ) {
            let odd = Calendar::weekly(&[1, 6], 6.5, 23.25, zone);
            for c in [office(), Calendar::always(), Calendar::weekly(&[6], 22.0, 30.0, 0.0), odd] {
                let (mut t, mut shift) = (0, Shift::default());
                for &(far, step, work) in &steps {
                    t += step + far / 2 * 3 * WEEK;
                    let worked = c.worked_in(&mut shift, t);
                    prop_assert_eq!(worked, c.worked(t));
                    for w in [0, 1, work, shift.end - t, 3 * c.per_week()].map(|w| worked + w.max(0)) {
                        prop_assert_eq!(c.when_in(&shift, w), c.when(w));
                    }
                }
            }
        }

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
