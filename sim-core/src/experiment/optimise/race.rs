//! A race: all start with the same few years, and whoever is surely beaten in every respect stops.
//!
//! Successive elimination with paired differences and intervals simultaneous over all pairs, figures and
//! looks (as the procedures of Nelson, Swann, Goldsman and Song, Operations Research 49, 2001, do for one
//! figure). What is close gets all the years.

use super::front::Figures;
use crate::experiment::arm::{Arm, Watch};
use crate::experiment::compare::{FIRST_LOOK, last_look};
use crate::experiment::metric::{Metric, drawn};
use crate::experiment::rank::HEADLINES;
use crate::stats::Influence;
use rayon::prelude::*;

/// Error of all that a race says.
const ALPHA: f64 = 0.05;

/// A runner in a race.
#[derive(Debug)]
pub struct Contender {
    /// Person-weeks.
    pub price: f64,
    /// Its years.
    pub arm: Arm,
    /// Who surely beats it, by place.
    pub beaten_by: Option<usize>,
}

impl Contender {
    /// Lead time and incidents so far, and the price; what cannot be measured is as bad as can be.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let value = |m: Metric| {
            m.influence(&self.arm.runs)
                .map_or(f64::INFINITY, |i| i.value)
        };
        let [lead_time, incidents] = HEADLINES.map(value);
        [lead_time, incidents, self.price]
    }
}

/// What is known of all contenders at a look.
#[derive(Debug)]
pub struct Look {
    known: Vec<Option<[Influence; 2]>>,
    confidence: f64,
}

impl Look {
    /// At the last look that those still running have reached.
    #[must_use]
    pub fn of(all: &[Contender]) -> Option<Self> {
        let running = all.iter().filter(|c| c.beaten_by.is_none());
        let years = running.map(|c| c.arm.runs.len()).min()?;
        let (k, n) = last_look(years)?;
        let pairs = drawn(&all.first()?.arm.runs);
        let known = |c: &Contender| {
            let runs = c.arm.runs.get(..n).filter(|_| c.beaten_by.is_none())?;
            let [a, b] = HEADLINES.map(|m| m.influence_of(runs, pairs));
            a.zip(b).map(|(a, b)| [a, b])
        };
        let k = f64::from(k);
        let of = all.len() as f64;
        let asked = 2.0 * of * (of - 1.0).max(1.0);
        Some(Self {
            known: all.par_iter().map(known).collect(),
            confidence: 1.0 - ALPHA / ((k + 1.0) * (k + 2.0)) / asked,
        })
    }

    /// In which of the two figures the first is surely better than the second, and surely no worse.
    fn against(&self, a: usize, b: usize) -> Option<[(bool, bool); 2]> {
        let (a, b) = (self.known[a].as_ref()?, self.known[b].as_ref()?);
        Some([0, 1].map(|m| {
            let d = a[m].minus(&b[m]).estimate(self.confidence);
            (d.high < 0.0, d.high <= 0.0)
        }))
    }

    /// The first surely beats the second: no dearer, no worse in either figure, better in one respect.
    #[must_use]
    pub fn beats(&self, all: &[Contender], a: usize, b: usize) -> bool {
        if a == b || all[a].price > all[b].price {
            return false;
        }
        let cheaper = all[a].price < all[b].price;
        self.against(a, b).is_some_and(|by| {
            by.iter().all(|(_, no_worse)| *no_worse)
                && (cheaper || by.iter().any(|(better, _)| *better))
        })
    }

    /// The first surely is not beaten by the second: cheaper, or better in one figure.
    #[must_use]
    pub fn stands(&self, all: &[Contender], a: usize, b: usize) -> bool {
        all[a].price < all[b].price
            || self
                .against(a, b)
                .is_some_and(|by| by.iter().any(|(better, _)| *better))
    }
}

/// Run all to the first look, then those that are not surely beaten to the next, up to `years`. After a
/// cancel, all that still run have the same years.
pub fn race(all: &mut [Contender], years: u64, watch: Watch<'_>) {
    let mut made = 0;
    while made < years && !watch.cancel.is_cancelled() {
        made = years.min((2 * made).max(FIRST_LOOK as u64));
        all.par_iter_mut()
            .filter(|c| c.beaten_by.is_none())
            .for_each(|c| c.arm.extend(made, watch));
        let running = all.iter().filter(|c| c.beaten_by.is_none());
        let common = running.map(|c| c.arm.runs.len()).min().unwrap_or(0);
        for c in all.iter_mut().filter(|c| c.beaten_by.is_none()) {
            c.arm.runs.truncate(common);
        }
        // What a cancel cut off is no look.
        if common as u64 == made {
            eliminate(all);
        }
    }
}

fn eliminate(all: &mut [Contender]) {
    let Some(look) = Look::of(all) else { return };
    for b in 0..all.len() {
        if all[b].beaten_by.is_none() {
            let beaten = |&a: &usize| all[a].beaten_by.is_none() && look.beats(all, a, b);
            let by = (0..all.len()).find(beaten);
            all[b].beaten_by = by;
        }
    }
}
