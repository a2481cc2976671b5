//! Who comes first, with ties shown as ties.

use super::ALPHA;
use super::effect::{Figure, Term, sum};

/// Places by what each saves of a figure, from 1: one more than the number of those that surely save more,
/// all such comparisons sharing one error; and no better than the place of what saves more by its estimate.
pub(super) fn ranks(figure: Figure, effects: &[[Term<'_>; 2]]) -> Vec<usize> {
    let n = effects.len();
    let confidence = 1.0 - ALPHA / (n * n.saturating_sub(1) / 2).max(1) as f64;
    let surely_more = |a: usize, b: usize| {
        let [(_, a), _] = effects[a];
        let [(_, b), _] = effects[b];
        let less = sum(figure.metric(), &[(1.0, a), (-1.0, b)]);
        less.is_some_and(|d| d.estimate(confidence).high < 0.0)
    };
    let value = |i: usize| sum(figure.metric(), &effects[i]).map_or(0.0, |i| i.value);
    let mut order: Vec<(f64, usize)> = (0..n).map(|i| (value(i), i)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut places, mut place) = (vec![0; n], 1);
    for (_, b) in order {
        let before = (0..n).filter(|&a| a != b && surely_more(a, b)).count();
        place = place.max(1 + before);
        places[b] = place;
    }
    places
}
