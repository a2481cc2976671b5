//! The nearest position that keeps a promise, on one side of where the lever stands.

use super::judge::{Bench, Standing};

/// Up to so many positions are all tried: halving them saves nothing.
const FEW: usize = 4;

/// What a search asks.
pub trait Judge {
    /// Whether a position surely keeps the promise.
    fn keeps(&mut self, position: usize) -> bool;
    /// Whether the share of years surely rises (1) or falls (−1) from one position to another, or neither.
    fn way(&mut self, from: usize, to: usize) -> i32;
}

impl Judge for Bench<'_> {
    fn keeps(&mut self, position: usize) -> bool {
        self.judged(position) == Standing::Met
    }

    fn way(&mut self, from: usize, to: usize) -> i32 {
        Bench::way(self, from, to)
    }
}

/// The first of `side` that keeps the promise, and whether it was found by halves. That is only done where
/// five positions from one end to the other, and each two of them, surely go one way or none.
pub fn nearest(side: &[usize], judge: &mut impl Judge) -> (Option<usize>, bool) {
    if side.len() <= FEW || !one_way(side, judge) {
        let found = side.iter().copied().filter(|&p| judge.keeps(p));
        // All are tried, so that the best of them is known where none is enough.
        return (found.collect::<Vec<_>>().first().copied(), false);
    }
    let (mut keeps, mut misses) = (side.len() - 1, None);
    if !judge.keeps(side[keeps]) {
        // Where it falls from here to the end, the best is the first.
        return (Some(side[0]).filter(|&p| judge.keeps(p)), true);
    }
    loop {
        let first = misses.map_or(0, |m: usize| m + 1);
        if first == keeps {
            return (Some(side[keeps]), true);
        }
        let middle = first + (keeps - first) / 2;
        if judge.keeps(side[middle]) {
            keeps = middle;
        } else {
            misses = Some(middle);
        }
    }
}

fn one_way(side: &[usize], judge: &mut impl Judge) -> bool {
    let last = side.len() - 1;
    let probes: Vec<usize> = (0..5).map(|i| side[i * last / 4]).collect();
    let mut ways = Vec::new();
    for (i, &a) in probes.iter().enumerate() {
        for &b in &probes[i + 1..] {
            ways.push(judge.way(a, b));
        }
    }
    !(ways.contains(&1) && ways.contains(&-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares by position, known without noise.
    struct Known {
        shares: Vec<f64>,
        wanted: f64,
        asked: Vec<usize>,
    }

    impl Judge for Known {
        fn keeps(&mut self, p: usize) -> bool {
            self.asked.push(p);
            self.shares[p] >= self.wanted
        }

        fn way(&mut self, from: usize, to: usize) -> i32 {
            let by = self.shares[to] - self.shares[from];
            i32::from(by > 0.0) - i32::from(by < 0.0)
        }
    }

    fn search(shares: &[f64], wanted: f64) -> (Option<usize>, bool, usize) {
        let mut judge = Known {
            shares: shares.to_vec(),
            wanted,
            asked: Vec::new(),
        };
        let side: Vec<usize> = (0..shares.len()).collect();
        let (found, halves) = nearest(&side, &mut judge);
        (found, halves, judge.asked.len())
    }

    #[test]
    fn a_share_that_only_rises_is_halved_and_the_nearest_found() {
        let rising: Vec<f64> = (0..40).map(|i| f64::from(i) / 40.0).collect();
        for want in 1..40 {
            let (found, halves, asked) = search(&rising, f64::from(want) / 40.0);
            assert_eq!((found, halves), (Some(want as usize), true));
            assert!(asked <= 7, "{asked} of 40 positions judged");
        }
        assert_eq!(search(&rising, 0.0).0, Some(0));
        assert_eq!(search(&rising, 2.0).0, None);
    }

    #[test]
    fn a_share_that_only_falls_is_best_next_door() {
        let falling: Vec<f64> = (0..10).map(|i| 1.0 - f64::from(i) / 10.0).collect();
        assert_eq!(search(&falling, 0.9), (Some(0), true, 2));
        assert_eq!(search(&falling, 1.1).0, None);
    }

    #[test]
    fn a_share_that_rises_and_falls_is_tried_everywhere() {
        let hill = [0.1, 0.2, 0.6, 0.9, 0.8, 0.5, 0.3, 0.2, 0.1];
        assert_eq!(search(&hill, 0.55), (Some(2), false, 9));
        assert_eq!(search(&hill, 0.95), (None, false, 9));
    }
}
