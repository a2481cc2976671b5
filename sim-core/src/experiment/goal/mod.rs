//! How far one lever must go to keep a promise.
//!
//! A promise is kept when an objective is met in at least so many years of 100. [`judge`] simulates a
//! position until that can be told; [`search`] finds the nearest position that keeps it, by bisection where
//! the share of years goes one way only, and otherwise by trying all.

mod judge;
mod search;

pub use judge::{Standing, Tried};

use super::arm::Watch;
use super::rank::{Lever, Refused, reasons};
use crate::scenario::lever::Offered;
use crate::scenario::{Scenario, Variant};
use crate::time::Ticks;
use judge::{Bench, Setting};
use serde::Serialize;
use std::collections::BTreeMap;

/// Positions farther away than this are none of any lever's.
const FARTHEST: i32 = 1000;

/// What is wanted.
#[derive(Debug, Clone, Serialize)]
pub struct Promise {
    /// The objective's id.
    pub objective: String,
    /// What it promises.
    pub name: String,
    /// Share of years that must meet it.
    pub chance: f64,
}

/// The positions of a lever that can be tried.
#[derive(Debug, Clone)]
pub struct Plan {
    lever: Lever,
    /// Where it stands, then every position.
    settings: Vec<Setting>,
    /// Indices of settings on either side of where it stands, the nearest first.
    sides: Vec<Vec<usize>>,
    refused: Vec<Refused>,
}

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct Goal {
    /// What is wanted.
    #[serde(flatten)]
    pub promise: Promise,
    /// Which lever moves.
    pub lever: Lever,
    /// Confidence of what is said of all positions together.
    pub confidence: f64,
    /// As it is.
    pub today: Option<Tried>,
    /// The smallest move that surely keeps the promise; none if today does, or no position does.
    pub found: Option<Tried>,
    /// The position that most often keeps it, of those tried; where it stands included.
    pub best: Option<Tried>,
    /// `bisection`, or `every position`.
    pub search: &'static str,
    /// All that were tried, in the lever's order.
    pub tried: Vec<Tried>,
    /// Positions that make no study.
    pub refused: Vec<Refused>,
    /// Ended before it was found.
    pub partial: bool,
}

impl Plan {
    /// Every position of a lever, checked.
    #[must_use]
    pub fn new(scenario: &Scenario, lever: &Offered) -> Self {
        let today = lever.baseline(&scenario.baseline);
        let mut plan = Self {
            lever: lever.into(),
            settings: vec![Setting {
                to: lever.words(today),
                steps: Some(0),
                person_weeks: 0.0,
                variant: scenario.baseline.clone(),
            }],
            sides: vec![Vec::new(), Vec::new()],
            refused: Vec::new(),
        };
        let from = today.or_else(|| lever.mean(&scenario.baseline));
        for (position, steps) in lever.around(&scenario.baseline, FARTHEST) {
            let moved = BTreeMap::from([(lever.id.clone(), lever.named(position))]);
            let to = lever.words(Some(position));
            match scenario.combined(&[], &moved) {
                Ok(variant) => {
                    let below = from.is_some_and(|x| position < x);
                    plan.sides[usize::from(!below)].push(plan.settings.len());
                    plan.settings.push(Setting {
                        to,
                        steps,
                        person_weeks: lever.lever.price(&lever.named(position)),
                        variant,
                    });
                }
                Err(faults) => plan.refused.push(Refused {
                    lever: lever.id.clone(),
                    to,
                    why: reasons(&faults),
                }),
            }
        }
        plan.sides[0].reverse();
        plan
    }

    /// What will be simulated, today first.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.settings.iter().map(|s| &s.variant)
    }

    /// Find the nearest position that keeps the promise. `objective`: its place in the study; no position
    /// is simulated for more than `years`.
    #[must_use]
    pub fn seek(
        &self,
        promise: Promise,
        objective: usize,
        warm_up: Ticks,
        years: u64,
        watch: Watch<'_>,
    ) -> Goal {
        let mut bench = Bench::new(
            &self.settings,
            objective,
            promise.chance,
            warm_up,
            years,
            watch,
        );
        let kept = bench.judged(0) == Standing::Met;
        let mut bisected = true;
        let mut nearest: Vec<usize> = Vec::new();
        if !kept {
            for side in &self.sides {
                let (found, by_halves) = search::nearest(side, &mut bench);
                nearest.extend(found);
                bisected &= by_halves;
            }
        }
        let distance = |i: &usize| {
            let steps = self.settings[*i].steps;
            steps.map_or(*i, |s| s.unsigned_abs() as usize)
        };
        let found = nearest.into_iter().min_by_key(distance);
        let tried: Vec<Tried> = bench.tried();
        let of = |i: usize| bench.told(i);
        Goal {
            promise,
            lever: self.lever.clone(),
            confidence: judge::CONFIDENCE,
            today: of(0),
            found: found.and_then(of),
            best: tried
                .iter()
                .max_by(|a, b| a.met.value.total_cmp(&b.met.value))
                .cloned(),
            search: if bisected {
                "bisection"
            } else {
                "every position"
            },
            tried,
            refused: self.refused.clone(),
            partial: watch.cancel.is_cancelled(),
        }
    }
}
