//! What an engine can know before it runs: where nothing can happen, so that nothing need be looked up.

use super::events::completion;
use crate::model::{Arrivals, Handoff, Model, Route, Source, Stage};
use crate::random::Distribution;
use crate::time::{DAY, Ticks};

/// Deployments are followed this long for failures (RULES 26).
pub const FOLLOWED: Ticks = 30 * DAY;

/// What a stage does to the items that pass it.
#[derive(Debug, Clone, Copy)]
pub struct KnownStage {
    /// Every item of the stream comes here: no class, type or fork passes it by.
    pub open: bool,
    /// Its work makes defects.
    pub injects: bool,
    /// It may send work back.
    pub returns: bool,
    /// It is the first commit of its stream.
    pub commits: bool,
    /// Where everything goes that is not sent back: to a later stage without a gate, a limit, a choice or
    /// a handoff on the way; `NOWHERE` if something is.
    pub straight: u32,
    /// Starting its work may need something of the platform.
    pub asks: bool,
    /// Something may happen when a place becomes free: a limit, or an endless backlog.
    pub awaited: bool,
}

/// No stage.
pub const NOWHERE: u32 = u32::MAX;

/// A team among the others by name.
#[derive(Debug, Clone, Copy)]
pub struct KnownTeam {
    /// Its place in the model.
    pub index: u32,
    /// Its completions among what happens at one tick.
    pub completion: u64,
}

/// What is known of a model.
#[derive(Debug)]
pub struct Known {
    /// One for each stage.
    pub stages: Vec<KnownStage>,
    /// The teams in the order of their names, which decides between completions at one tick.
    pub by_name: Vec<KnownTeam>,
    /// The place of each team in that order.
    pub order: Vec<u32>,
    /// Some backlog never runs dry.
    pub endless: bool,
    /// A replication whose cohort has left is over after this.
    pub until: Ticks,
    teams: usize,
    /// For each pair of teams the index of its handoff; `FREE` where passing work costs nothing.
    handoffs: Vec<u32>,
}

/// Passing work costs nothing.
const FREE: u32 = u32::MAX;

impl Known {
    /// Look at a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let never_dry = |s: &Source| matches!(s.arrivals, Arrivals::Endless);
        let endless = model.sources.iter().any(never_dry);
        let endless_at = |first: usize| {
            model.sources.iter().any(|s| {
                matches!(s.arrivals, Arrivals::Endless)
                    && model.streams[s.stream].stages.start == first
            })
        };
        let teams = model.teams.len();
        let mut handoffs = vec![if free(&model.handoff) { FREE } else { 0 }; teams * teams];
        for (i, ((from, to), handoff)) in model.handoff_pairs.iter().enumerate() {
            let index = if free(handoff) { FREE } else { i as u32 + 1 };
            handoffs[from * teams + to] = index;
        }
        for team in 0..teams {
            handoffs[team * teams + team] = FREE;
        }
        let handoff = |from: usize, to: usize| handoffs[from * teams + to];
        let straight = |i: usize, s: &Stage| match s.routes.as_slice() {
            [Route { to: Some(to), .. }] if *to > i && s.gates.is_empty() => {
                let next = &model.stages[*to];
                let free = next.limit.is_none() && handoff(s.team, next.team) == FREE;
                if free && open(next) {
                    *to as u32
                } else {
                    NOWHERE
                }
            }
            _ => NOWHERE,
        };
        let stages: Vec<KnownStage> = model
            .stages
            .iter()
            .enumerate()
            .map(|(i, s)| KnownStage {
                open: open(s),
                injects: s.defects.iter().any(|d| *d > 0.0),
                returns: !s.returns.is_empty(),
                commits: model.streams[s.stream].commit_stage == i,
                straight: straight(i, s),
                asks: !s.requests.is_empty() || s.environment.is_some(),
                awaited: s.limit.is_some() || endless_at(i),
            })
            .collect();
        let mut by_name: Vec<KnownTeam> = model
            .teams
            .iter()
            .enumerate()
            .map(|(i, team)| KnownTeam {
                index: i as u32,
                completion: completion(team.name),
            })
            .collect();
        by_name.sort_unstable_by_key(|team| model.teams[team.index as usize].name.bits());
        let mut order = vec![0; teams];
        for (at, team) in by_name.iter().enumerate() {
            order[team.index as usize] = at as u32;
        }
        let releases = model.streams.iter().any(|s| s.release.is_some());
        Self {
            by_name,
            order,
            endless,
            stages,
            until: model.window.horizon + if releases { FOLLOWED } else { 0 },
            teams,
            handoffs,
        }
    }

    /// The handoff between two teams; `None` where it costs nothing.
    #[must_use]
    pub fn handoff<'m>(&self, model: &'m Model, from: usize, to: usize) -> Option<&'m Handoff> {
        match self.handoffs[from * self.teams + to] {
            FREE => None,
            0 => Some(&model.handoff),
            i => Some(&model.handoff_pairs[i as usize - 1].1),
        }
    }
}

/// Every item of the stream comes here.
fn open(s: &Stage) -> bool {
    s.risks == [true; 3] && s.changes == [true; 4] && s.sources.is_empty() && s.fork.is_none()
}

fn free(h: &Handoff) -> bool {
    h.delay == Distribution::Constant(0.0)
        && h.sender_effort == 0.0
        && h.receiver_effort == 0.0
        && h.lost_information == 0.0
}
