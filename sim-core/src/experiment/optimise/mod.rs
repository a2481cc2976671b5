//! Which what-ifs together are worth their price: lead time, incidents and person-weeks, none of which
//! can be had for nothing.
//!
//! [`candidates`] says which can be combined; all combinations are tried where there are few, and
//! [`evolve`] looks for good ones where there are many; a [`race`] gives years to those that are close;
//! what nothing beats in every respect ([`front`]) is the answer.

pub mod candidates;
pub mod evolve;
pub mod front;
pub mod race;

use super::arm::{Arm, Figures, Watch};
use super::compare::FIRST_LOOK;
use crate::random::{Draw, Name};
use crate::scenario::{Scenario, Variant};
use crate::stats::Estimate;
use crate::time::Ticks;
use candidates::{Candidates, Set, Together};
use front::{crowding, dominates, fronts};
use race::{Contender, Look, race};
use rayon::prelude::*;
use serde::Serialize;

/// Combinations that are all tried.
pub const FEW: usize = 256;
/// Candidates whose combinations are counted one by one.
const COUNTED: usize = 16;
/// Of those that a search has found, so many race.
const RACING: usize = 64;

/// What is to be decided.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    /// Where counting starts.
    pub warm_up: Ticks,
    /// Years of those that are close.
    pub years: u64,
    /// The smallest difference worth having, as a share of the baseline's value.
    pub smallest: f64,
    /// Root of a search's luck.
    pub seed: Name,
}

/// How a combination compares with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Nothing no dearer is as good in both figures, as far as is known.
    Front,
    /// Something is, but not surely.
    Close,
    /// Something surely is.
    Beaten,
}

/// A combination of what-ifs that was tried.
#[derive(Debug, Clone, Serialize)]
pub struct Combination {
    /// By id; none: as it is.
    pub what_ifs: Vec<String>,
    /// Price of all of them.
    pub person_weeks: f64,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// Shares of years that meet each of the study's objectives, in their order.
    pub objectives_met: Vec<Estimate>,
    /// How it compares.
    pub place: Place,
    /// On the front, and surely so.
    pub sure: bool,
    /// A cheaper combination on the front that comes within the smallest difference worth having.
    pub hardly_better_than: Option<Vec<String>>,
    /// Years made.
    pub replications: usize,
}

/// The answer.
#[derive(Debug, Clone, Serialize)]
pub struct Optimum {
    /// `every combination`, or `nsga-ii`.
    pub method: &'static str,
    /// All that were compared, the cheapest first.
    pub combinations: Vec<Combination>,
    /// Combinations that a search tried for a look and that are not among these.
    pub also_tried: usize,
    /// What cannot be combined.
    pub refused: Vec<Together>,
    /// Combinations left out because of that; `None` where they are too many to count.
    pub refused_combinations: Option<usize>,
    /// Combinations dearer than the budget; `None` where they are too many to count.
    pub over_budget: Option<usize>,
    /// Ended before all years were made.
    pub partial: bool,
}

/// The combinations that will be tried, or looked among.
#[derive(Debug)]
pub struct Plan<'s> {
    candidates: Candidates<'s>,
    /// Those that are all tried; none where they are looked for.
    listed: Option<Vec<(Set, Variant)>>,
    refused: Vec<Together>,
    refused_combinations: Option<usize>,
    over_budget: Option<usize>,
}

impl<'s> Plan<'s> {
    /// Every combination of these what-ifs within a budget of person-weeks. `few`: up to so many are listed.
    #[must_use]
    pub fn new(scenario: &'s Scenario, ids: &[&'s str], budget: f64, few: usize) -> Self {
        let candidates = Candidates::new(scenario, ids, budget);
        let mut plan = Self {
            candidates,
            listed: None,
            refused: Vec::new(),
            refused_combinations: None,
            over_budget: None,
        };
        plan.pairs();
        if plan.candidates.len() <= COUNTED {
            plan.count(few);
        }
        plan
    }

    fn say(&mut self, refused: Together) {
        if !self.refused.contains(&refused) {
            self.refused.push(refused);
        }
    }

    /// Two that cannot be combined, whatever else is chosen.
    fn pairs(&mut self) {
        let n = self.candidates.len();
        for (i, j) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))) {
            if let Some(clash) = self.candidates.clash(1 << i | 1 << j) {
                self.say(clash);
            }
        }
    }

    fn count(&mut self, few: usize) {
        let (mut clashing, mut dear, mut allowed) = (0, 0, Vec::new());
        for set in 0..1 << self.candidates.len() {
            if self.candidates.closed(set) != set {
                continue;
            }
            if self.candidates.clash(set).is_some() {
                clashing += 1;
            } else if !self.candidates.affordable(set) {
                dear += 1;
            } else {
                allowed.push(set);
            }
        }
        self.over_budget = Some(dear);
        self.refused_combinations = Some(clashing);
        if allowed.len() > few {
            return;
        }
        let mut listed = Vec::new();
        for set in allowed {
            match self.candidates.variant(set) {
                Ok(variant) => listed.push((set, variant)),
                Err(why) => {
                    clashing += 1;
                    self.say(why);
                }
            }
        }
        self.refused_combinations = Some(clashing);
        self.listed = Some(listed);
    }

    /// How many combinations are all tried; `None` where good ones are looked for.
    #[must_use]
    pub fn listed(&self) -> Option<usize> {
        self.listed.as_ref().map(Vec::len)
    }

    /// Years that will be made at most.
    #[must_use]
    pub fn most_years(&self, years: u64) -> u64 {
        let look = years.min(FIRST_LOOK as u64);
        let searched = evolve::POPULATION * (evolve::GENERATIONS + 1);
        match self.listed() {
            Some(n) => n as u64 * years,
            None => searched as u64 * look + RACING as u64 * years,
        }
    }

    /// As it is, each candidate by itself, and the largest combination: whose warm-up is likely to be the
    /// longest.
    #[must_use]
    pub fn ends(&self) -> Vec<Variant> {
        let singles = (0..self.candidates.len()).map(|i| self.candidates.closed(1 << i));
        let largest = self.listed.iter().flatten().map(|(set, _)| *set);
        let largest = largest.max_by_key(|set| set.count_ones());
        let mut sets: Vec<Set> = singles.chain(largest).chain([0]).collect();
        sets.sort_unstable();
        sets.dedup();
        let made = sets.into_iter().map(|set| self.candidates.variant(set));
        made.filter_map(Result::ok).collect()
    }

    /// Find what nothing beats.
    #[must_use]
    pub fn optimise(mut self, decision: Decision, watch: Watch<'_>) -> Optimum {
        let (method, listed, also_tried) = match self.listed.take() {
            Some(listed) => ("every combination", listed, 0),
            None => {
                let (best, tried) = self.search(decision, watch);
                let also = tried - best.len();
                ("nsga-ii", best, also)
            }
        };
        let sets: Vec<Set> = listed.iter().map(|(set, _)| *set).collect();
        let contender = |(set, variant): &(Set, Variant)| Contender {
            price: self.candidates.price(*set),
            arm: Arm::new(variant, decision.warm_up),
            beaten_by: None,
        };
        let mut all: Vec<Contender> = listed.par_iter().map(contender).collect();
        race(&mut all, decision.years, watch);
        Optimum {
            method,
            combinations: self.placed(&sets, &all, decision.smallest),
            also_tried,
            refused: self.refused,
            refused_combinations: self.refused_combinations,
            over_budget: self.over_budget,
            partial: watch.cancel.is_cancelled(),
        }
    }

    /// A set that is allowed: without whatever stands in the way.
    fn mend(&self, set: Set, draw: &mut Draw) -> Set {
        let mut set = self.candidates.closed(set);
        while set != 0 && (self.candidates.clash(set).is_some() || !self.candidates.affordable(set))
        {
            let bits: Vec<usize> = (0..self.candidates.len())
                .filter(|i| set >> i & 1 == 1)
                .collect();
            let out = bits[(draw.uniform() * bits.len() as f64) as usize];
            set = self.candidates.closed(self.candidates.without(set, out));
        }
        set
    }

    /// The best combinations that NSGA-II finds with a look at each, and how many it has tried.
    fn search(&mut self, decision: Decision, watch: Watch<'_>) -> (Vec<(Set, Variant)>, usize) {
        let look = decision.years.min(FIRST_LOOK as u64);
        let mut refused = Vec::new();
        let known = evolve::evolve(
            self.candidates.len(),
            decision.seed.with(Name::of_text("optimise")),
            |set, draw| self.mend(set, draw),
            |sets| {
                let figures = |set: &Set| {
                    let arm = |v: &Variant| Arm::new(v, decision.warm_up);
                    let mut contender = Contender {
                        price: self.candidates.price(*set),
                        arm: arm(&self.candidates.variant(*set)?),
                        beaten_by: None,
                    };
                    contender.arm.extend(look, watch);
                    Ok(contender.figures())
                };
                let made: Vec<Result<front::Figures, Together>> =
                    sets.par_iter().map(figures).collect();
                if watch.cancel.is_cancelled() {
                    return None;
                }
                let told = |made: Result<front::Figures, Together>| {
                    made.unwrap_or_else(|why| {
                        refused.push(why);
                        [f64::INFINITY; 3]
                    })
                };
                Some(made.into_iter().map(told).collect())
            },
        );
        refused.into_iter().for_each(|why| self.say(why));
        let found: Vec<(Set, front::Figures)> = known
            .into_iter()
            .filter(|(_, f)| f[2].is_finite())
            .collect();
        let figures: Vec<front::Figures> = found.iter().map(|(_, f)| *f).collect();
        let (numbers, room) = (fronts(&figures), crowding(&figures));
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by(|&a, &b| {
            numbers[a]
                .cmp(&numbers[b])
                .then(room[b].total_cmp(&room[a]))
        });
        let best = order.into_iter().take(RACING).filter_map(|i| {
            let set = found[i].0;
            Some((set, self.candidates.variant(set).ok()?))
        });
        (best.collect(), found.len())
    }

    /// Every combination with its place, the cheapest first.
    fn placed(&self, sets: &[Set], all: &[Contender], smallest: f64) -> Vec<Combination> {
        let figures: Vec<front::Figures> = all.iter().map(Contender::figures).collect();
        let running: Vec<usize> = (0..all.len())
            .filter(|&i| all[i].beaten_by.is_none())
            .collect();
        let on_front = |i: usize| {
            all[i].beaten_by.is_none()
                && !running.iter().any(|&j| dominates(&figures[j], &figures[i]))
        };
        let front: Vec<usize> = (0..all.len()).filter(|&i| on_front(i)).collect();
        let look = Look::of(all);
        // What is worth having is a share of what there is today.
        let today = sets.iter().position(|set| *set == 0).map(|i| figures[i]);
        let near = |j: usize, i: usize| {
            figures[j][2] < figures[i][2]
                && today.is_some_and(|t| {
                    (0..2).all(|m| figures[j][m] - figures[i][m] < smallest * t[m].abs())
                })
        };
        let cheapest = |a: &&usize, b: &&usize| figures[**a][2].total_cmp(&figures[**b][2]);
        let told = |i: usize| Combination {
            what_ifs: self.candidates.ids(sets[i]),
            person_weeks: all[i].price,
            figures: all[i].arm.figures(),
            objectives_met: all[i].arm.objectives_met(),
            place: match all[i].beaten_by {
                Some(_) => Place::Beaten,
                None if front.contains(&i) => Place::Front,
                None => Place::Close,
            },
            sure: front.contains(&i)
                && look
                    .as_ref()
                    .is_some_and(|look| running.iter().all(|&j| j == i || look.stands(all, i, j))),
            hardly_better_than: (front.iter().filter(|j| front.contains(&i) && near(**j, i)))
                .min_by(cheapest)
                .map(|&j| self.candidates.ids(sets[j])),
            replications: all[i].arm.runs.len(),
        };
        let mut out: Vec<Combination> = (0..all.len()).map(told).collect();
        out.sort_by(|a, b| a.person_weeks.total_cmp(&b.person_weeks));
        out
    }
}
