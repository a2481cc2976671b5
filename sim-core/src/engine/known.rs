//! What an engine can know before it runs: where nothing can happen, so that nothing need be looked up.

use crate::model::{Arrivals, Handoff, Model};
use crate::random::Distribution;

/// What a stage does to the items that pass it.
#[derive(Debug, Clone, Copy)]
pub struct KnownStage {
    /// Every item of the stream comes here: no class, type or fork passes it by.
    pub open: bool,
    /// Its work makes defects.
    pub injects: bool,
    /// Starting its work may need something of the platform.
    pub asks: bool,
    /// Something may happen when a place becomes free: a limit, or an endless backlog.
    pub awaited: bool,
}

/// What is known of a model.
#[derive(Debug)]
pub struct Known {
    /// One for each stage.
    pub stages: Vec<KnownStage>,
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
        let endless = |first: usize| {
            model.sources.iter().any(|s| {
                matches!(s.arrivals, Arrivals::Endless)
                    && model.streams[s.stream].stages.start == first
            })
        };
        let stages = model
            .stages
            .iter()
            .enumerate()
            .map(|(i, s)| KnownStage {
                open: s.risks == [true; 3]
                    && s.changes == [true; 4]
                    && s.sources.is_empty()
                    && s.fork.is_none(),
                injects: s.defects.iter().any(|d| *d > 0.0),
                asks: !s.requests.is_empty() || s.environment.is_some(),
                awaited: s.limit.is_some() || endless(i),
            })
            .collect();
        let teams = model.teams.len();
        let mut handoffs = vec![if free(&model.handoff) { FREE } else { 0 }; teams * teams];
        for (i, ((from, to), handoff)) in model.handoff_pairs.iter().enumerate() {
            let index = if free(handoff) { FREE } else { i as u32 + 1 };
            handoffs[from * teams + to] = index;
        }
        for team in 0..teams {
            handoffs[team * teams + team] = FREE;
        }
        Self {
            stages,
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

fn free(h: &Handoff) -> bool {
    h.delay == Distribution::Constant(0.0)
        && h.sender_effort == 0.0
        && h.receiver_effort == 0.0
        && h.lost_information == 0.0
}
