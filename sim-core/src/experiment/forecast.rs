//! When the work that is there will be done: years that start from it, and what they say.
//!
//! A share of years is reached by a day in so many of them; its interval is that of a quantile, by the ranks
//! that a binomial count of years leaves in doubt. Years that share a draw of the assumptions count as one
//! (RULES 34).

use super::run::{Cancel, in_pairs};
use super::summary::CONFIDENCE;
use crate::engine::{Engine, Finished, forecasting};
use crate::model::{Model, Start};
use crate::random::normal;
use crate::scenario::Models;
use crate::time::{Ticks, hours};
use rayon::prelude::*;
use serde::Serialize;

/// Shares of years that a forecast is given at.
pub const SHARES: [f64; 3] = [0.5, 0.85, 0.95];

/// A value with a two-sided interval; an end is missing where the years simulated end before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reached {
    /// Share of years.
    pub share: f64,
    /// The value reached in so many of them.
    pub value: Option<f64>,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The chance of something, with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Chance {
    /// Share of years.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Make replications `from..to` from the state the study gives. After a cancel, the contiguous prefix that was
/// done; nothing if the study gives no state.
#[must_use]
pub fn run(models: &Models, from: u64, to: u64, cancel: &Cancel) -> Vec<Finished> {
    let family = match models {
        Models::Drawn(family) => family,
        Models::One(model) => {
            let Some((model, start)) = prepared((**model).clone()) else {
                return Vec::new();
            };
            let made: Vec<Option<Finished>> = (from..to)
                .into_par_iter()
                .map_init(
                    || Engine::new(&model),
                    |engine, r| (!cancel.is_cancelled()).then(|| engine.forecast(r, &start)),
                )
                .collect();
            return made.into_iter().map_while(|r| r).collect();
        }
    };
    in_pairs(from, to, cancel, |k, pair| {
        let Some((model, start)) = prepared(family.draw(k)) else {
            return Vec::new();
        };
        let mut engine = Engine::new(&model);
        let mut one = |r| Finished {
            draw: Some(k),
            ..engine.forecast(r, &start)
        };
        pair.map_while(|r| (!cancel.is_cancelled()).then(|| one(r)))
            .collect()
    })
}

fn prepared(model: Model) -> Option<(Model, Start)> {
    let start = model.start.clone()?;
    Some((forecasting(model, &start), start))
}

/// Years that count as independent.
fn independent(years: &[Finished]) -> f64 {
    let pairs = years.iter().any(|y| y.draw.is_some());
    (if pairs {
        years.len().div_ceil(2)
    } else {
        years.len()
    }) as f64
}

/// Standard errors to either side.
fn z() -> f64 {
    normal::quantile(0.5 + CONFIDENCE / 2.0)
}

/// The value at a share of ascending values, with what the number of years leaves in doubt.
fn at_share(sorted: &[Option<f64>], n: f64, share: f64) -> Reached {
    let at = |p: f64| {
        let rank = libm::ceil(p * sorted.len() as f64) as usize;
        sorted.get(rank.max(1) - 1).copied().flatten()
    };
    let half = z() * libm::sqrt(share * (1.0 - share) / n);
    let (low, high) = (share - half, share + half);
    Reached {
        share,
        value: at(share),
        low: (low > 0.0).then(|| at(low)).flatten(),
        high: (high < 1.0).then(|| at(high)).flatten(),
    }
}

/// Hours from the start until `items` of those that are there are done, in shares [`SHARES`] of years.
#[must_use]
pub fn when(years: &[Finished], items: u64) -> Vec<Reached> {
    let time = |y: &Finished| match items.checked_sub(1) {
        None => Some(0.0),
        Some(last) => y.done.get(last as usize).map(|t| hours(*t)),
    };
    let mut times: Vec<Option<f64>> = years.iter().map(time).collect();
    // Never is later than any time.
    times.sort_by(|a, b| {
        let late = |t: &Option<f64>| t.unwrap_or(f64::INFINITY);
        late(a).total_cmp(&late(b))
    });
    let n = independent(years);
    SHARES.map(|share| at_share(&times, n, share)).into()
}

fn done_by(year: &Finished, by: Ticks) -> usize {
    year.done.partition_point(|t| *t <= by)
}

/// How many items are done by a time since the start at least, in shares [`SHARES`] of years.
#[must_use]
pub fn how_many(years: &[Finished], by: Ticks) -> Vec<Reached> {
    let mut counts: Vec<f64> = years.iter().map(|y| done_by(y, by) as f64).collect();
    // The most first: so many years have at least as many.
    counts.sort_by(|a, b| b.total_cmp(a));
    let counts: Vec<Option<f64>> = counts.into_iter().map(Some).collect();
    let n = independent(years);
    let turned = |r: Reached| Reached {
        low: r.high,
        high: r.low,
        ..r
    };
    SHARES
        .map(|share| turned(at_share(&counts, n, share)))
        .into()
}

/// The chance that `items` are done by a time since the start (Wilson, JASA 22, 1927).
#[must_use]
pub fn chance(years: &[Finished], items: u64, by: Ticks) -> Option<Chance> {
    let reached = |y: &&Finished| done_by(y, by) as u64 >= items;
    let share = years.iter().filter(reached).count() as f64 / years.len() as f64;
    let n = independent(years);
    if n == 0.0 {
        return None;
    }
    let z2 = z() * z() / n;
    let middle = (share + z2 / 2.0) / (1.0 + z2);
    let half = z() * libm::sqrt(share * (1.0 - share) / n + z2 / (4.0 * n)) / (1.0 + z2);
    Some(Chance {
        value: share,
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
    })
}
