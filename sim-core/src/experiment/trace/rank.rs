//! Who comes first, with ties shown as ties.

use super::ALPHA;
use super::effect::{Figure, Term, sum};

/// Places by what each saves of a figure, from 1: one more than the number of those that surely save more,
/// all such comparisons sharing one error.
pub(super) fn ranks(figure: Figure, effects: &[[Term<'_>; 2]]) -> Vec<usize> {
    let n = effects.len();
    let confidence = 1.0 - ALPHA / (n * n.saturating_sub(1) / 2).max(1) as f64;
    let surely_more = |a: usize, b: usize| {
        let [(_, a), _] = effects[a];
        let [(_, b), _] = effects[b];
        let less = sum(figure.metric(), &[(1.0, a), (-1.0, b)]);
        less.is_some_and(|d| d.estimate(confidence).high < 0.0)
    };
    let before = |b: usize| (0..n).filter(|&a| a != b && surely_more(a, b)).count();
    (0..n).map(|b| 1 + before(b)).collect()
}
