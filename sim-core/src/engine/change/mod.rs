//! Another model takes over while a replication runs.
//!
//! [`map`] finds by name what became of each part; [`uproot`] takes up the items whose place or team is no
//! more and puts them down in the next model; [`relay`] carries everything that is counted by index;
//! [`clockwork`] moves what is still to come. What the two models share goes on as if nothing had happened:
//! a switch to an equal model leaves every bit as it is.

mod clockwork;
pub mod map;
mod relay;
mod uproot;

use super::Engine;
use super::known::Known;
use crate::model::{Arrivals, Model, Staffing};
use crate::time::WEEK;
use map::Maps;
use std::cell::OnceCell;

/// Time in which newcomers ramp up, where their team says nothing: an assumption.
const RAMP_UP: i64 = 12 * WEEK;
/// Their productivity on the first day: an assumption.
const RAMP_START: f64 = 0.5;

/// A model in force for a while, and the one after it: all stay where they are as long as the first.
#[derive(Debug)]
pub struct Version {
    model: Model,
    next: OnceCell<Box<Version>>,
}

impl Version {
    /// The first of a run.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            next: OnceCell::new(),
        }
    }

    /// What is in force.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The one after it.
    pub fn follow(&self, model: Model) -> &Self {
        self.next.get_or_init(|| Box::new(Self::new(model)))
    }
}

/// Make a model ready to take over from another: work of types that come no more is finished, rollouts end
/// as they began, newcomers ramp up, and what is counted stays the same.
///
/// # Panics
/// If a value stream of the old model is missing: the transition view refuses such changes.
pub fn successor(old: &Model, mut new: Model) -> Model {
    let streams: Vec<usize> = old
        .streams
        .iter()
        .map(|s| {
            let found = new.streams.iter().position(|n| n.name == s.name);
            found.expect("a value stream outlives every change")
        })
        .collect();
    for source in &old.sources {
        if new.sources.iter().any(|s| s.name == source.name) {
            continue;
        }
        let mut kept = source.clone();
        kept.arrivals = Arrivals::Poisson(0.0);
        kept.stream = streams[source.stream];
        kept.estimation = None;
        new.sources.push(kept);
        let routes = new.stages.iter_mut().flat_map(|s| &mut s.routes);
        let lists = routes.map(|r| &mut r.sources);
        lists.filter(|l| !l.is_empty()).for_each(|l| l.push(true));
        let lists = new.stages.iter_mut().map(|s| &mut s.sources);
        lists.filter(|l| !l.is_empty()).for_each(|l| l.push(true));
    }
    for strategy in &old.strategies {
        if !new.strategies.contains(strategy) {
            new.strategies.push(strategy.clone());
        }
    }
    for team in &mut new.teams {
        let before = old.teams.iter().find(|t| t.name == team.name);
        newcomers(before, team);
    }
    new.seed = old.seed;
    new.window = old.window;
    new
}

/// A team that grows has people who ramp up; it says how, or as is assumed.
fn newcomers(before: Option<&crate::model::Team>, team: &mut crate::model::Team) {
    if team.staffing.ramp_up > 0 {
        return;
    }
    match before {
        Some(b) if b.staffing.ramp_up > 0 => {
            team.staffing.ramp_up = b.staffing.ramp_up;
            team.staffing.ramp_start = b.staffing.ramp_start;
        }
        Some(b) if b.people >= team.people => {}
        _ => {
            team.staffing = Staffing {
                ramp_up: RAMP_UP,
                ramp_start: RAMP_START,
                ..team.staffing.clone()
            };
        }
    }
}

impl<'m> Engine<'m> {
    /// The next model takes over, at a moment at which nothing else happens. It must be a [`successor`].
    pub(super) fn switch(&mut self, next: &'m Model) {
        let old = self.model;
        let maps = Maps::of(old, next);
        let uprooted = self.uproot(next, &maps);
        self.relay(next, &maps);
        self.model = next;
        self.known = Known::of(next);
        let by_name = self.known.by_name.iter();
        self.nexts = by_name.map(|t| self.teams[t.index as usize].next).collect();
        self.reset_clockwork(old, &maps, &uprooted);
        self.resort();
        self.replant(uprooted);
        self.change_release(old, &maps);
        self.change_pools();
        self.fill_places(old, &maps);
        self.settle();
    }
}
