//! What is better in every respect: dominance, fronts, crowding.
//!
//! Fast non-dominated sorting and crowding distance as in Deb, Pratap, Agarwal and Meyarivan, A fast and
//! elitist multiobjective genetic algorithm: NSGA-II, IEEE Transactions on Evolutionary Computation 6, 2002.

/// Lead time, incidents, price: less of each is better.
pub type Figures = [f64; 3];

/// No worse in any respect and better in one.
#[must_use]
pub fn dominates(a: &Figures, b: &Figures) -> bool {
    a.iter().zip(b).all(|(x, y)| x <= y) && a.iter().zip(b).any(|(x, y)| x < y)
}

/// The number of each one's front: 0 where nothing dominates it, 1 where only those do, and so on.
#[must_use]
pub fn fronts(all: &[Figures]) -> Vec<usize> {
    let mut front = vec![usize::MAX; all.len()];
    let mut left: Vec<usize> = (0..all.len()).collect();
    for number in 0.. {
        let beaten = |i: &usize| left.iter().any(|j| dominates(&all[*j], &all[*i]));
        let (next, now): (Vec<usize>, Vec<usize>) = left.iter().partition(|i| beaten(i));
        if now.is_empty() {
            break;
        }
        now.into_iter().for_each(|i| front[i] = number);
        left = next;
    }
    front
}

/// How much room each of these has to its neighbours, as shares of the whole span; infinite at the ends.
#[must_use]
pub fn crowding(all: &[Figures]) -> Vec<f64> {
    let mut room = vec![0.0; all.len()];
    for k in 0..3 {
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|&a, &b| all[a][k].total_cmp(&all[b][k]));
        let (Some(&low), Some(&high)) = (order.first(), order.last()) else {
            break;
        };
        let span = all[high][k] - all[low][k];
        room[low] = f64::INFINITY;
        room[high] = f64::INFINITY;
        // Where all are the same, or one is without end, there is no room to share.
        if span > 0.0 && span.is_finite() {
            for w in order.windows(3) {
                room[w[1]] += (all[w[2]][k] - all[w[0]][k]) / span;
            }
        }
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fronts_peel_off_one_by_one() {
        let all = [
            [1.0, 3.0, 0.0],
            [2.0, 2.0, 0.0],
            [3.0, 1.0, 0.0],
            [2.0, 3.0, 0.0],
            [3.0, 3.0, 0.0],
            [2.0, 2.0, 0.0],
        ];
        assert_eq!(fronts(&all), [0, 0, 0, 1, 2, 0]);
        let room = crowding(&all[..3]);
        assert!(room[0].is_infinite() && room[2].is_infinite());
        assert_eq!(room[1], 2.0);
    }
}
