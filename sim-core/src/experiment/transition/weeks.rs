//! A change week by week: lead time of what is delivered, over windows of weeks, and when it turns.

use super::super::metric::drawn;
use super::super::summary::{CONFIDENCE, Series, recorded_weeks};
use super::clustered;
use crate::engine::{QUARTER_WEEKS, Replication};
use crate::stats::{Estimate, Influence};
use serde::Serialize;
use std::ops::Range;

/// Weeks of a window: the first of these in which nearly every year delivers something.
const WINDOWS: [usize; 3] = [4, 8, 13];
/// Share of years that must deliver something in every window.
const NEARLY_ALL: f64 = 0.95;
const QUARTER: usize = QUARTER_WEEKS as usize;

/// Mean lead time of what was delivered, week by week since the change began.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weeks {
    /// Recorded years behind it.
    pub recorded: usize,
    /// Weeks of a window. The first entry of a series is the window that ends with week `window`, and each
    /// one begins a week later.
    pub window: usize,
    /// Mean hours from request to production of what is delivered in the window, without the change.
    pub baseline: Series,
    /// The same with it.
    pub what_if: Series,
    /// What-if minus baseline, paired.
    pub difference: Series,
    /// When it turns, if it gets worse first and better afterwards, both surely.
    pub turns: Option<Turns>,
}

/// A week since the change began, from 1, with the weeks between which it surely lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "as in Estimate")]
pub struct Week {
    pub value: usize,
    pub low: usize,
    pub high: usize,
}

/// How a change gets worse first and better afterwards. A week stands for the window that ends with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Turns {
    /// Mean lead time of what is delivered until it was surely worse for the last time, against the
    /// baseline's, hours.
    pub dip_hours: Estimate,
    /// The baseline's in the same weeks.
    pub baseline_hours: Estimate,
    /// From when on it is no longer worse.
    pub level_again: Week,
    /// What it saves in the last thirteen weeks, hours; below 0.
    pub gain_hours: Estimate,
    /// From when on it saves half of that; `None` where that cannot be told.
    pub half_gain: Option<Week>,
    /// Share of the recorded years that are worse in the weeks of the dip and better in the last thirteen.
    pub years: f64,
}

/// Both sides' weeks since the change began.
struct Sides<'r> {
    baseline: &'r [Replication],
    what_if: &'r [Replication],
    from: usize,
    weeks: usize,
    pairs: bool,
}

impl Sides<'_> {
    /// Hours and items delivered in some weeks of a year, counted from the change on.
    fn delivered(&self, run: &Replication, weeks: &Range<usize>) -> (f64, f64) {
        let weeks = self.from + weeks.start..self.from + weeks.end;
        let sum = |series: &[f32]| series[weeks.clone()].iter().map(|x| f64::from(*x)).sum();
        (sum(&run.weekly.lead_hours), sum(&run.weekly.delivered))
    }

    fn mean(&self, runs: &[Replication], weeks: &Range<usize>) -> Option<Influence> {
        let each: Vec<(f64, f64)> = runs.iter().map(|r| self.delivered(r, weeks)).collect();
        Some(clustered(Influence::ratio(each.into_iter())?, self.pairs))
    }

    /// Mean lead time without the change, and what the change adds.
    fn both(&self, weeks: Range<usize>) -> Option<[Influence; 3]> {
        let a = self.mean(self.baseline, &weeks)?;
        let b = self.mean(self.what_if, &weeks)?;
        let difference = b.minus(&a);
        Some([a, b, difference])
    }

    fn window(&self) -> Option<usize> {
        let all = || self.baseline.iter().chain(self.what_if);
        WINDOWS.into_iter().filter(|w| *w <= self.weeks).find(|&w| {
            (0..=self.weeks - w).all(|at| {
                let some = |r: &&Replication| self.delivered(r, &(at..at + w)).1 > 0.0;
                all().filter(some).count() as f64 >= NEARLY_ALL * all().count() as f64
            })
        })
    }

    /// Years worse in the first weeks and better in the last quarter, of those that deliver in both.
    fn years(&self, dip: Range<usize>) -> f64 {
        let mean = |r: &Replication, weeks: &Range<usize>| {
            let (hours, items) = self.delivered(r, weeks);
            (items > 0.0).then(|| hours / items)
        };
        let last = self.weeks - QUARTER..self.weeks;
        let years: Vec<bool> = (self.baseline.iter().zip(self.what_if))
            .filter_map(|(a, b)| {
                let by = |weeks| Some(mean(b, weeks)? - mean(a, weeks)?);
                Some(by(&dip)? > 0.0 && by(&last)? < 0.0)
            })
            .collect();
        years.iter().filter(|y| **y).count() as f64 / years.len().max(1) as f64
    }
}

/// Week by week since the change began, over the replications whose weeks are recorded. `None` where they
/// are fewer than two, or where what is delivered is too little for any window.
pub(super) fn weeks(
    baseline: &[Replication],
    what_if: &[Replication],
    quarters: usize,
) -> Option<Weeks> {
    let (baseline, in_baseline) = recorded_weeks(baseline);
    let (what_if, in_what_if) = recorded_weeks(what_if);
    let n = baseline.len().min(what_if.len());
    let weeks = quarters * QUARTER;
    let sides = Sides {
        baseline: &baseline[..n],
        what_if: &what_if[..n],
        from: in_baseline.min(in_what_if).checked_sub(weeks)?,
        weeks,
        pairs: drawn(baseline) || drawn(what_if),
    };
    let window = sides.window().filter(|_| n > 1)?;
    let windows = (0..=weeks - window).map(|at| sides.both(at..at + window));
    let windows = windows.collect::<Option<Vec<[Influence; 3]>>>()?;
    let series = |k: usize| {
        let mut out = Series::default();
        for e in windows.iter().map(|w| w[k].estimate(CONFIDENCE)) {
            out.value.push(e.value);
            out.low.push(e.low);
            out.high.push(e.high);
        }
        out
    };
    let differences: Vec<&Influence> = windows.iter().map(|w| &w[2]).collect();
    Some(Weeks {
        recorded: n,
        window,
        baseline: series(0),
        what_if: series(1),
        difference: series(2),
        turns: turns(&sides, window, &differences),
    })
}

/// A course from surely above 0 to surely below, for good; all told hold together.
fn turns(sides: &Sides<'_>, window: usize, windows: &[&Influence]) -> Option<Turns> {
    let disjoint = sides.weeks.div_ceil(window) as f64;
    let confidence = 1.0 - (1.0 - CONFIDENCE) / disjoint;
    let course: Vec<Estimate> = windows.iter().map(|w| w.estimate(confidence)).collect();
    let level = crossing(&course)?;
    let [_, _, gain] = sides.both(sides.weeks - QUARTER..sides.weeks)?;
    let gain_hours = gain.estimate(CONFIDENCE);
    if gain_hours.high >= 0.0 {
        return None;
    }
    let short = |w: &&Influence| w.minus(&gain.scaled(0.5)).estimate(confidence);
    let half: Vec<Estimate> = windows.iter().map(short).collect();
    let week = |at: [usize; 3]| Week {
        value: at[0] + window,
        low: at[1] + window,
        high: at[2] + window,
    };
    let dip = 0..level[1] + window - 1;
    let [before, _, dip_by] = sides.both(dip.clone())?;
    Some(Turns {
        dip_hours: dip_by.estimate(CONFIDENCE),
        baseline_hours: before.estimate(CONFIDENCE),
        level_again: week(level),
        gain_hours,
        half_gain: crossing(&half).filter(|at| at[0] >= level[0]).map(week),
        years: sides.years(dip),
    })
}

/// Where a course that is surely above 0 gets below for good: the first at which it is no more above, the one
/// after it was surely above for the last time, the first at which it is surely below.
fn crossing(course: &[Estimate]) -> Option<[usize; 3]> {
    let last_above = course.iter().rposition(|e| e.low > 0.0)?;
    let after = |is: fn(&Estimate) -> bool| {
        let place = course[last_above + 1..].iter().position(is)?;
        Some(last_above + 1 + place)
    };
    let below = after(|e| e.high < 0.0)?;
    let went_below_before = course[..last_above].iter().any(|e| e.high < 0.0);
    let crossed = after(|e| e.value <= 0.0)?;
    (!went_below_before).then_some([crossed, last_above + 1, below])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Weekly;

    /// Years of two quarters in which one item is delivered a week, with the lead time that a function of
    /// the week gives, some luck of the year, and some of the week on each side.
    fn years(lead: impl Fn(usize) -> f64, salt: usize) -> Vec<Replication> {
        let luck = |r: usize, w: usize| ((r * 7919 + w * 104_729) % 101) as f64 / 101.0 - 0.5;
        let year = |r: usize| {
            let hours = |w: usize| lead(w) + 20.0 * luck(r, 0) + 10.0 * luck(r, w + salt);
            Replication {
                weekly: Weekly {
                    arrived: vec![1.0; 26],
                    delivered: vec![1.0; 26],
                    lead_hours: (0..26).map(|w| hours(w) as f32).collect(),
                    ..Weekly::default()
                },
                ..Replication::default()
            }
        };
        (0..200).map(year).collect()
    }

    fn told(change: impl Fn(usize) -> f64) -> Option<Turns> {
        let (a, b) = (years(|_| 200.0, 1), years(|w| 200.0 + change(w), 50));
        weeks(&a, &b, 2).expect("weeks").turns
    }

    #[test]
    fn a_dip_that_is_level_in_a_known_week_is_found_there() {
        // Up by 40 hours until week 10, from then on down by 30. A window of four weeks is level when two of
        // it and a bit are after the turn, and half-way down when three and a bit are.
        let turns = told(|w| if w < 10 { 40.0 } else { -30.0 }).expect("turns");
        assert_eq!(turns.level_again.value, 13, "{turns:?}");
        assert!(
            turns.level_again.low <= 13 && turns.level_again.high <= 14,
            "{turns:?}"
        );
        assert_eq!(turns.half_gain.expect("half").value, 14, "{turns:?}");
        assert!((turns.gain_hours.value + 30.0).abs() < 2.0, "{turns:?}");
        assert!(
            turns.years > 0.95 && turns.dip_hours.low > 20.0,
            "{turns:?}"
        );
    }

    #[test]
    fn no_dip_no_gain_and_a_dip_at_the_end_are_no_turns() {
        assert_eq!(told(|_| -30.0), None);
        assert_eq!(told(|w| if w < 10 { 40.0 } else { 0.0 }), None);
        assert_eq!(told(|w| if w < 20 { -30.0 } else { 40.0 }), None);
        assert_eq!(told(|_| 0.0), None);
    }

    #[test]
    fn the_window_grows_until_every_year_delivers_in_it() {
        let mut all = years(|_| 200.0, 1);
        for r in &mut all {
            for w in (0..26).filter(|w| w % 6 != 5) {
                (r.weekly.delivered[w], r.weekly.lead_hours[w]) = (0.0, 0.0);
            }
        }
        assert_eq!(weeks(&all, &all, 2).expect("weeks").window, 8);
    }
}
