//! What is counted by index, in the order of the next model.

use super::super::begin::bytes_per_item;
use super::super::item::{Job, NONE, Phase};
use super::super::record::Weekly;
use super::super::release::Service;
use super::super::resources::PoolState;
use super::super::staffing::Staff;
use super::super::team::TeamState;
use super::super::{Engine, MOST_BYTES, StageState, StreamState};
use super::map::{Maps, same_team};
use crate::model::{Model, Places, RISKS, Team};
use crate::time::WEEK;
use std::collections::BinaryHeap;

fn moved<T>(old: &mut Vec<T>, map: &[Option<usize>], n: usize, new: impl Fn() -> T) {
    if Maps::changes_nothing(map, n) {
        return;
    }
    let mut fresh: Vec<T> = (0..n).map(|_| new()).collect();
    for (value, to) in old.drain(..).zip(map) {
        if let Some(to) = to {
            fresh[*to] = value;
        }
    }
    *old = fresh;
}

/// Rows of `map.len()` values become rows of `n`; values that meet are put together.
fn rows<T: Copy + Default>(
    old: &[T],
    map: &[Option<usize>],
    n: usize,
    add: impl Fn(&mut T, T),
) -> Vec<T> {
    if map.is_empty() {
        return Vec::new();
    }
    let mut fresh = vec![T::default(); old.len() / map.len() * n];
    for (row, to) in old.chunks(map.len()).zip(fresh.chunks_mut(n.max(1))) {
        for (value, at) in row.iter().zip(map) {
            if let Some(at) = at {
                add(&mut to[*at], *value);
            }
        }
    }
    fresh
}

/// What was written down each week, in the order of the next model.
fn relay_weeks(weekly: &mut Weekly, next: &Model, maps: &Maps) {
    let weeks = weekly.arrived.len();
    let relay = |old: &mut Vec<f32>, map: &[Option<usize>], n: usize| {
        // Of none there was a row each week too.
        *old = if map.is_empty() {
            vec![0.0; weeks * n]
        } else {
            rows(old, map, n, |sum, x| *sum = x)
        };
    };
    relay(&mut weekly.stages, &maps.stages, next.stages.len());
    relay(&mut weekly.gates, &maps.gates, next.gates.len());
    for of_streams in [
        &mut weekly.to_begin,
        &mut weekly.to_release,
        &mut weekly.rolling,
        &mut weekly.stream_arrived,
        &mut weekly.stream_delivered,
        &mut weekly.stream_incidents,
    ] {
        relay(of_streams, &maps.streams, next.streams.len());
    }
    for of_teams in [&mut weekly.tickets, &mut weekly.teams] {
        relay(of_teams, &maps.teams, next.teams.len());
    }
}

fn index(map: &[Option<usize>], i: u32) -> u32 {
    if i == NONE {
        return NONE;
    }
    map[i as usize].map_or(NONE, |to| to as u32)
}

impl<'m> Engine<'m> {
    pub(super) fn relay(&mut self, next: &'m Model, maps: &Maps) {
        self.relay_teams(next, maps);
        self.relay_counts(next, maps);
        self.relay_entities(maps);
        self.relay_items(next, maps);
        let streams = next.streams.len();
        moved(
            &mut self.stages,
            &maps.stages,
            next.stages.len(),
            StageState::default,
        );
        moved(
            &mut self.streams,
            &maps.streams,
            streams,
            StreamState::default,
        );
        moved(&mut self.services, &maps.streams, streams, Service::default);
        moved(
            &mut self.boards,
            &maps.gates,
            next.gates.len(),
            BinaryHeap::new,
        );
        moved(&mut self.sessions, &maps.gates, next.gates.len(), Vec::new);
        moved(&mut self.arrived, &maps.sources, next.sources.len(), || 0);
        moved(&mut self.batches, &maps.sources, next.sources.len(), || 0);
        let pools = next.environments.len();
        moved(
            &mut self.environments,
            &maps.environments,
            pools,
            PoolState::default,
        );
        self.recount_stages();
        self.freed.clear();
        self.refills.clear();
        self.most_items = MOST_BYTES / bytes_per_item(next);
        self.places = Places::of(next);
    }

    /// Clocks of teams go on; a team whose people, hours or habits change starts to work by the new ones.
    fn relay_teams(&mut self, next: &'m Model, maps: &Maps) {
        let (old, now, n) = (self.model, self.now, next.teams.len());
        for (t, team) in old.teams.iter().enumerate() {
            if maps.teams[t].is_some_and(|to| !same_team(team, &next.teams[to])) {
                self.teams[t].advance(team, now);
            }
        }
        let fresh = || {
            let mut state = TeamState::default();
            state.reset();
            state
        };
        self.unsettled = (self.unsettled.iter())
            .filter_map(|&t| maps.teams[t as usize].map(|t| t as u32))
            .collect();
        moved(&mut self.teams, &maps.teams, n, fresh);
        moved(&mut self.staff, &maps.teams, n, Staff::default);
        moved(&mut self.loads, &maps.teams, n, || (1.0, 1.0));
        moved(&mut self.busy_before, &maps.teams, n, || 0.0);
        moved(&mut self.at_open, &maps.teams, n, || (0.0, 0.0));
        for (to, team) in next.teams.iter().enumerate() {
            let from = maps.teams.iter().position(|t| *t == Some(to));
            let before = from.map(|t| &old.teams[t]);
            if before.is_none_or(|b| !same_team(b, team)) {
                self.change_team(to, before.map_or(0, |b| b.people), team);
            }
        }
    }

    /// A team goes by other numbers from now on; `people`: so far.
    fn change_team(&mut self, t: usize, people: u32, team: &Team) {
        self.loads[t] = team.load.factors(self.now as f64 / WEEK as f64);
        self.staff[t].resize(people, team, self.now);
        let (was, is) = (self.teams[t].worked(), team.calendar.worked(self.now));
        self.teams[t].rebase(is);
        for job in self.teams[t].jobs().collect::<Vec<_>>() {
            self.items[job].worked_at_start += is - was;
        }
        self.touch_team(t as u32);
    }

    fn relay_counts(&mut self, next: &Model, maps: &Maps) {
        let risks = RISKS.len();
        let cells: Vec<Option<usize>> = (maps.sources.iter())
            .flat_map(|s| (0..risks).map(move |r| s.map(|s| s * risks + r)))
            .collect();
        let n = next.sources.len() * risks;
        moved(&mut self.cells, &cells, n, Default::default);
        moved(&mut self.out.gates, &maps.gates, next.gates.len(), || {
            [0.0; 4]
        });
        let places: Vec<Option<usize>> = maps.places.iter().map(|p| Some(*p)).collect();
        let count = Places::of(next).count();
        self.place_ticks = rows(&self.place_ticks, &places, count, |sum, x| {
            *sum = (sum.0 + x.0, sum.1 + x.1);
        });
        self.ledger.move_places(&maps.places, count);
        let stations: Vec<Option<usize>> = (maps.stages.iter().copied())
            .chain(maps.gates.iter().map(|g| g.map(|g| next.stages.len() + g)))
            .collect();
        let n = next.stages.len() + next.gates.len();
        self.visits = rows(&self.visits, &stations, n, |sum, x| *sum = x);
        relay_weeks(&mut self.out.weekly, next, maps);
        debug_assert_eq!(
            self.visits.len(),
            self.items.len() * n,
            "a row for every item"
        );
    }

    fn relay_entities(&mut self, maps: &Maps) {
        let old = self.model;
        let live = self.deployments.live();
        for d in (0..live.len()).filter(|d| live[*d]) {
            let d = &mut self.deployments[d as u32];
            d.stream = index(&maps.streams, d.stream);
            d.strategy = maps.strategies[d.strategy].unwrap_or(0);
        }
        let live = self.defects.live();
        for d in (0..live.len()).filter(|d| live[*d]) {
            let d = &mut self.defects[d as u32];
            let commit = old.streams[old.stages[d.stage as usize].stream].commit_stage;
            let stage = maps.onward[d.stage as usize].or(maps.onward[commit]);
            d.stage = stage.unwrap_or(0) as u32;
            d.source = index(&maps.sources, d.source);
        }
        let live = self.incidents.live();
        for i in (0..live.len()).filter(|i| live[*i]) {
            let i = &mut self.incidents[i as u32];
            i.stream = index(&maps.streams, i.stream);
            if maps.teams[i.team].is_none() {
                i.lent = 0;
            }
            i.team = maps.heirs[i.team].unwrap_or(0);
        }
    }

    fn relay_items(&mut self, next: &Model, maps: &Maps) {
        let old = self.model;
        let live = self.items.live();
        for i in (0..live.len()).filter(|i| live[*i]) {
            let item = &mut self.items[i as u32];
            if item.fork != NONE {
                let fork = &old.streams[item.stream as usize].forks[item.fork as usize];
                let stream = maps.streams[item.stream as usize].unwrap_or(0);
                let at = next.streams[stream]
                    .forks
                    .iter()
                    .position(|f| f.name == fork.name);
                item.fork = at.map_or(NONE, |f| f as u32);
            }
            item.stream = index(&maps.streams, item.stream);
            item.source = index(&maps.sources, item.source);
            item.stage = index(&maps.stages, item.stage);
            item.target = index(&maps.stages, item.target);
            let gate = index(&maps.gates, item.gate);
            let examined = match item.phase {
                Phase::Automated | Phase::Board => true,
                Phase::Job(job) => matches!(job, Job::Review | Job::Triage),
                _ => false,
            };
            if gate == NONE && item.gate != NONE && !examined {
                // Rework for a gate that is no more: on from where it stood, once it is done.
                let stage = old.gates[item.gate as usize].stage;
                item.target = index(&maps.stages, stage as u32);
            } else if gate != NONE && examined {
                item.stage = next.gates[gate as usize].stage as u32;
            }
            item.gate = gate;
            item.environment = index(&maps.environments, item.environment);
            if item.last_team != NONE {
                item.last_team = maps.heirs[item.last_team as usize].map_or(NONE, |t| t as u32);
            }
        }
    }

    /// Items in each stage, from where they are.
    fn recount_stages(&mut self) {
        self.stages.iter_mut().for_each(|s| s.count = 0);
        let live = self.items.live();
        for i in (0..live.len()).filter(|i| live[*i]) {
            let stage = self.items[i as u32].stage;
            if stage != NONE {
                self.stages[stage as usize].count += 1;
            }
        }
    }
}
