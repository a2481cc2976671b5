//! What is measured: counts per week, and durations with their fits.

use serde::Serialize;

use super::day::Day;
use crate::fit::{FitError, Fitted, Sample, gamma_q, within_days};

/// How whole days become a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// The difference of the dates, in the mean the time that passed; moves on one day are a third of a day
    /// apart, the mean of what can start and end within it.
    Elapsed,
    /// The difference and one: both end days count, as boards show cycle time.
    BothEnds,
}

impl Counting {
    fn days(self, difference: i32) -> f64 {
        match self {
            Counting::Elapsed => within_days(difference),
            Counting::BothEnds => f64::from(difference) + 1.0,
        }
    }
}

/// Durations in calendar days.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Times {
    /// How they were counted.
    pub counting: Counting,
    /// Every duration, ascending.
    pub days: Vec<f64>,
    /// Their mean; none where there are none. So too below.
    pub mean: Option<f64>,
    /// Half took at most this long.
    pub p50: Option<f64>,
    /// 85 of 100 took at most this long.
    pub p85: Option<f64>,
    /// 95 of 100 took at most this long.
    pub p95: Option<f64>,
    /// Laws fitted to them, the best first.
    pub fits: Vec<Fitted>,
    /// Why there are no fits.
    pub unfitted: Option<FitError>,
}

impl Times {
    /// Measures differences of dates, none of them negative.
    pub(super) fn of(differences: &[i32], counting: Counting) -> Times {
        let mut days: Vec<f64> = differences.iter().map(|&d| counting.days(d)).collect();
        days.sort_by(f64::total_cmp);
        let sample = match counting {
            Counting::Elapsed => Sample::of_whole_days(differences),
            Counting::BothEnds => Sample::new(&days),
        };
        let (fits, unfitted) = match sample {
            Ok(sample) => (sample.fit(), None),
            Err(why) => (Vec::new(), Some(why)),
        };
        let mean = (!days.is_empty()).then(|| days.iter().sum::<f64>() / days.len() as f64);
        let at = |share| percentile(&days, share);
        Times {
            counting,
            mean,
            p50: at(0.5),
            p85: at(0.85),
            p95: at(0.95),
            fits,
            unfitted,
            days,
        }
    }

    /// How many durations there are.
    pub fn n(&self) -> usize {
        self.days.len()
    }
}

/// The percentile of ascending values, straight between neighbours (Hyndman and Fan's seventh definition, that
/// of spreadsheets).
pub(crate) fn percentile(ascending: &[f64], share: f64) -> Option<f64> {
    let place = share * (ascending.len().checked_sub(1)?) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(ascending.len() - 1);
    Some(ascending[below] + (place - below as f64) * (ascending[above] - ascending[below]))
}

/// Counts in successive weeks that start on Monday, weeks without any included.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Weekly {
    /// The first Monday; none where there is no week.
    pub first: Option<Day>,
    /// One count a week.
    pub counts: Vec<u32>,
    /// Mean count per week.
    pub mean: f64,
    /// Whether the counts are as even as those of a Poisson process; none below two weeks or without any count.
    pub dispersion: Option<Dispersion>,
}

/// Variance over mean, 1 for a Poisson process: more means bursts, less means a rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dispersion {
    /// Variance over mean.
    pub ratio: f64,
    /// Chance that a Poisson process strays at least as far from 1, on both sides (χ² with weeks − 1 degrees of
    /// freedom; Fisher's index of dispersion).
    pub p_value: f64,
}

impl Dispersion {
    /// Whether a Poisson process would rarely (1 in 20) give such counts.
    pub fn rejects_poisson(self) -> bool {
        self.p_value < 0.05
    }
}

impl Weekly {
    /// Counts days in the whole weeks between two days; where there is none, in every week that they touch.
    pub(crate) fn of(days: &[Day], from: Day, to: Day) -> Weekly {
        let weeks = |first: Day, last: Day| (last.since(first) / 7 + 1).max(0) as usize;
        let whole_first = if from.monday() == from {
            from
        } else {
            from.monday().plus(7)
        };
        let whole_last = if to.plus(1).monday() == to.plus(1) {
            to.monday()
        } else {
            to.monday().plus(-7)
        };
        let (first, last) = if whole_last < whole_first {
            (from.monday(), to.monday())
        } else {
            (whole_first, whole_last)
        };
        let mut counts = vec![0u32; weeks(first, last)];
        for day in days {
            if let Ok(week) = usize::try_from(day.since(first).div_euclid(7))
                && let Some(count) = counts.get_mut(week)
            {
                *count += 1;
            }
        }
        let n = counts.len() as f64;
        let mean = if counts.is_empty() {
            0.0
        } else {
            counts.iter().map(|&c| f64::from(c)).sum::<f64>() / n
        };
        let dispersion = (counts.len() >= 2 && mean > 0.0).then(|| {
            let squares: f64 = counts
                .iter()
                .map(|&c| (f64::from(c) - mean) * (f64::from(c) - mean))
                .sum();
            let above = gamma_q((n - 1.0) / 2.0, squares / mean / 2.0);
            Dispersion {
                ratio: squares / (n - 1.0) / mean,
                p_value: 2.0 * above.min(1.0 - above),
            }
        });
        Weekly {
            first: Some(first),
            counts,
            mean,
            dispersion,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_spreadsheets() {
        let values = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(percentile(&values, 0.5), Some(3.0));
        assert!(percentile(&values, 0.85).is_some_and(|p| (p - 6.2).abs() < 1e-12));
        assert_eq!(percentile(&values, 1.0), Some(8.0));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn weeks_are_whole_and_a_week_without_any_counts() {
        let day = |d: u32| Day::new(2018, 4, d).expect("a day of April");
        // 2018-04-16 is a Monday, 2018-04-30 too.
        let weekly = Weekly::of(
            &[day(11), day(16), day(16), day(22), day(30)],
            day(11),
            day(30),
        );
        assert_eq!((weekly.first, weekly.counts), (Some(day(16)), vec![3, 0]));
        let short = Weekly::of(&[day(17)], day(17), day(18));
        assert_eq!(
            (short.first, short.counts.as_slice()),
            (Some(day(16)), [1].as_slice())
        );
        assert_eq!(short.dispersion, None);
    }

    #[test]
    fn bursts_and_rhythms_are_told_from_a_poisson_process() {
        let start = Day::new(2018, 4, 16).expect("a date");
        let of = |counts: &[usize]| {
            let days: Vec<Day> = counts
                .iter()
                .enumerate()
                .flat_map(|(week, &n)| std::iter::repeat_n(start.plus(7 * week as i32), n))
                .collect();
            Weekly::of(&days, start, start.plus(7 * counts.len() as i32 - 1))
                .dispersion
                .expect("several weeks")
        };
        let bursts = of(&[0, 20, 0, 0, 15, 0, 0, 0, 25, 0]);
        assert!(bursts.ratio > 5.0 && bursts.rejects_poisson(), "{bursts:?}");
        let rhythm = of(&[5; 20]);
        assert!(
            rhythm.ratio == 0.0 && rhythm.rejects_poisson(),
            "{rhythm:?}"
        );
        // Counts that scipy draws from Poisson(5) with seed 1.
        let poisson = of(&[4, 4, 3, 5, 5, 4, 6, 4, 9, 2]);
        assert!(!poisson.rejects_poisson(), "{poisson:?}");
    }
}
