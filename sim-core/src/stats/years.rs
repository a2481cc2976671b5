//! Share of years that come out better, under the same luck and under independent luck (RULES 35).

use serde::Serialize;

/// Shares in 0..=1 of years in which the what-if is lower; ties count half.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Years {
    /// The same year with and without the change: "this change makes any given year better".
    pub same_luck: f64,
    /// A year with the change against another without: "next year will look better than last".
    pub independent_luck: f64,
}

/// How far `b` is better than `a`: a tie is half a win.
fn half(a: f64, b: f64) -> f64 {
    if b < a {
        1.0
    } else if b == a {
        0.5
    } else {
        0.0
    }
}

/// The same where years 2k and 2k + 1 share a draw of the assumptions. Next year differs from last year
/// by its luck and not by what is unknown: independent luck is the other year of the pair.
#[must_use]
pub fn compare_years_in_pairs(baseline: &[Option<f64>], what_if: &[Option<f64>]) -> Option<Years> {
    let same_luck = compare_years(baseline, what_if)?.same_luck;
    let (mut wins, mut n) = (0.0, 0.0);
    for (a, b) in baseline.chunks_exact(2).zip(what_if.chunks_exact(2)) {
        for (x, y) in [(a[0], b[1]), (a[1], b[0])] {
            if let (Some(x), Some(y)) = (x, y) {
                wins += half(x, y);
                n += 1.0;
            }
        }
    }
    Some(Years {
        same_luck,
        independent_luck: if n > 0.0 { wins / n } else { same_luck },
    })
}

/// Compare yearly values, baseline first; `None` where a year has no value. Lower is better.
#[must_use]
pub fn compare_years(baseline: &[Option<f64>], what_if: &[Option<f64>]) -> Option<Years> {
    let pairs: Vec<(f64, f64)> = baseline
        .iter()
        .zip(what_if)
        .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let same = pairs.iter().map(|&(a, b)| half(a, b)).sum::<f64>() / pairs.len() as f64;
    let sorted = |mut v: Vec<f64>| {
        v.sort_unstable_by(f64::total_cmp);
        v
    };
    let a = sorted(pairs.iter().map(|p| p.0).collect());
    let b = sorted(pairs.iter().map(|p| p.1).collect());
    // For each year of the baseline, the years of the what-if below it and level with it: both sorted.
    let (mut below, mut upto, mut wins) = (0, 0, 0.0);
    for x in &a {
        while below < b.len() && b[below] < *x {
            below += 1;
        }
        while upto < b.len() && b[upto] <= *x {
            upto += 1;
        }
        wins += below as f64 + (upto - below) as f64 / 2.0;
    }
    Some(Years {
        same_luck: same,
        independent_luck: wins / (a.len() * b.len()) as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slightly_faster_year_wins_always_under_the_same_luck_only() {
        let a: Vec<Option<f64>> = (0..100).map(|i| Some(f64::from(i))).collect();
        let b: Vec<Option<f64>> = (0..100).map(|i| Some(f64::from(i) - 0.5)).collect();
        let years = compare_years(&a, &b).unwrap();
        assert_eq!(years.same_luck, 1.0);
        assert!((years.independent_luck - 0.505).abs() < 1e-9, "{years:?}");
        assert_eq!(
            compare_years(&a, &a).unwrap(),
            Years {
                same_luck: 0.5,
                independent_luck: 0.5
            }
        );
    }

    #[test]
    fn what_is_unknown_of_both_years_alike_does_not_hide_a_change() {
        // Draws a hundred apart, luck within ten, a change worth twenty: next year is surely better.
        let luck = [0.0, 10.0, 3.0, 7.0];
        let a: Vec<Option<f64>> = (0..200)
            .map(|i| Some(100.0 * f64::from(i / 2) + luck[i as usize % 4]))
            .collect();
        let b: Vec<Option<f64>> = a.iter().map(|x| x.map(|x| x - 20.0)).collect();
        let years = compare_years_in_pairs(&a, &b).unwrap();
        assert_eq!((years.same_luck, years.independent_luck), (1.0, 1.0));
        let hidden = compare_years(&a, &b).unwrap().independent_luck;
        assert!(hidden < 0.52, "{hidden}");
    }
}
