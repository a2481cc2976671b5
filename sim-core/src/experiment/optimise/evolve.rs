//! NSGA-II over sets of candidates, for more combinations than can be tried.
//!
//! Binary tournaments by front and crowding, uniform crossover, one bit in n flipped on average, the best of
//! parents and children survive (Deb, Pratap, Agarwal and Meyarivan 2002, see [`super::front`]). A set that is
//! not allowed is mended, and one that is known already gives way to another. No set is evaluated twice, and all that were evaluated are kept.

use super::candidates::Set;
use super::front::{Figures, crowding, fronts};
use crate::random::{Draw, Name};
use std::collections::BTreeMap;

/// Sets that live at a time.
pub const POPULATION: usize = 40;
/// How often they have children.
pub const GENERATIONS: usize = 25;
/// Pairs that may have a child until one is new.
const TRIES: usize = 8;

/// Search sets of `bits` candidates. `mend` makes a set allowed; `evaluate` gives figures for sets that were
/// not evaluated before, or `None` for all of them to stop. Returns every set that was evaluated.
pub fn evolve(
    bits: usize,
    name: Name,
    mut mend: impl FnMut(Set, &mut Draw) -> Set,
    mut evaluate: impl FnMut(&[Set]) -> Option<Vec<Figures>>,
) -> BTreeMap<Set, Figures> {
    let mut known: BTreeMap<Set, Figures> = BTreeMap::new();
    let mut draw = name.draw();
    // As it is, each by itself, and others of all sizes.
    let mut sets: Vec<Set> = vec![0];
    sets.extend((0..bits).map(|i| mend(1 << i, &mut draw)));
    while sets.len() < POPULATION.max(bits + 1) {
        let share = draw.uniform();
        let set = (0..bits).fold(0, |set, i| set | Set::from(draw.uniform() < share) << i);
        sets.push(mend(set, &mut draw));
    }
    for generation in 0..=GENERATIONS {
        let mut new: Vec<Set> = sets
            .iter()
            .copied()
            .filter(|s| !known.contains_key(s))
            .collect();
        new.sort_unstable();
        new.dedup();
        let Some(figures) = evaluate(&new) else {
            break;
        };
        known.extend(new.into_iter().zip(figures));
        let parents = survivors(&sets, &known);
        if generation == GENERATIONS {
            break;
        }
        sets = parents.iter().map(|p| p.set).collect();
        for _ in 0..POPULATION {
            let mut born = || {
                let [a, b] = [0, 1].map(|_| tournament(&parents, &mut draw));
                let child = child(a, b, bits, &mut draw);
                mend(child, &mut draw)
            };
            // A child that is known already teaches nothing.
            let new = (0..TRIES)
                .map(|_| born())
                .find(|c| !known.contains_key(c) && !sets.contains(c));
            sets.extend(new);
        }
    }
    known
}

struct Living {
    set: Set,
    front: usize,
    room: f64,
}

/// The best of some sets: by front, within a front those with the most room.
fn survivors(sets: &[Set], known: &BTreeMap<Set, Figures>) -> Vec<Living> {
    let mut distinct = sets.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    distinct.retain(|s| known.contains_key(s));
    let figures: Vec<Figures> = distinct.iter().map(|s| known[s]).collect();
    let numbers = fronts(&figures);
    let mut living: Vec<Living> = Vec::new();
    for front in 0..=numbers.iter().copied().max().unwrap_or(0) {
        let of: Vec<usize> = (0..distinct.len())
            .filter(|&i| numbers[i] == front)
            .collect();
        let room = crowding(&of.iter().map(|&i| figures[i]).collect::<Vec<_>>());
        let mut row: Vec<Living> = of
            .iter()
            .zip(room)
            .map(|(&i, room)| Living {
                set: distinct[i],
                front,
                room,
            })
            .collect();
        row.sort_by(|a, b| b.room.total_cmp(&a.room));
        living.extend(row);
    }
    living.truncate(POPULATION);
    living
}

fn tournament(parents: &[Living], draw: &mut Draw) -> Set {
    let mut pick = || &parents[(draw.uniform() * parents.len() as f64) as usize];
    let (a, b) = (pick(), pick());
    let first = (a.front, -a.room) <= (b.front, -b.room);
    if first { a.set } else { b.set }
}

fn child(a: Set, b: Set, bits: usize, draw: &mut Draw) -> Set {
    let flip = 1.0 / bits as f64;
    (0..bits).fold(0, |set, i| {
        let from = if draw.uniform() < 0.5 { a } else { b };
        let bit = (from >> i & 1) ^ Set::from(draw.uniform() < flip);
        set | bit << i
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::optimise::front::dominates;

    /// Twelve candidates with gains that overlap and a price each, as far as the budget goes.
    fn figures(set: Set) -> Figures {
        let (mut days, mut incidents, mut price) = (60.0, 6.0, 0.0);
        for i in (0..12).filter(|i| set >> i & 1 == 1) {
            let u = |k: u64| Name::of_text("gain").nth(i).nth(k).draw().uniform();
            days *= 0.7 + 0.3 * u(0);
            incidents *= 0.6 + 0.45 * u(1);
            price += libm::round(2.0 + 18.0 * u(2));
        }
        // Two that only help together, and two that get in each other's way.
        if set & 0b11 == 0b11 {
            days *= 0.7;
        }
        if set & 0b1100 == 0b1100 {
            incidents *= 1.4;
        }
        [days, incidents, price]
    }

    const BUDGET: f64 = 60.0;

    fn mend(mut set: Set, draw: &mut Draw) -> Set {
        while figures(set)[2] > BUDGET {
            set &= !(1 << (draw.uniform() * 12.0) as u32);
        }
        set
    }

    #[test]
    fn it_finds_the_front_that_trying_all_finds() {
        let all: Vec<Figures> = (0..4096).map(figures).filter(|f| f[2] <= BUDGET).collect();
        let beaten = |f: &Figures| all.iter().any(|g| dominates(g, f));
        let front: Vec<Figures> = all.iter().copied().filter(|f| !beaten(f)).collect();
        let (mut found, mut known) = (0, 0);
        for luck in 0..10 {
            let made = evolve(12, Name::of_text("evolve").nth(luck), mend, |sets| {
                Some(sets.iter().map(|s| figures(*s)).collect())
            });
            known += made.len();
            assert!(made.values().all(|f| f[2] <= BUDGET), "over the budget");
            let held = |f: &&Figures| made.values().any(|g| g == *f);
            found += front.iter().filter(held).count();
        }
        let share = found as f64 / (10 * front.len()) as f64;
        assert!(
            share >= 0.9,
            "{:.0}% of {} on the front found, by {} of {} sets on average",
            100.0 * share,
            front.len(),
            known / 10,
            all.len()
        );
        assert!(
            known / 10 < all.len() * 2 / 3,
            "it tries nearly all: {}",
            known / 10
        );
    }
}
