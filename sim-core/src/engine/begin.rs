//! Before the first event: an engine's memory, emptied for each replication, and everything that happens by
//! the clock.

use super::events::{Agenda, Happening};
use super::item::{Item, Slab};
use super::known::Known;
use super::ledger::Ledger;
use super::release::Service;
use super::resources::PoolState;
use super::staffing::Staff;
use super::team::{TeamState, Waiting};
use super::{Engine, MOST_BYTES, Replication, StageState, StreamState, account, week};
use crate::model::{Arrivals, GateKind, Model, Places, RISKS, ReleasePolicy};
use crate::stats::histogram::Tally;
use crate::time::{NEVER, Ticks, WEEK};
use std::collections::BinaryHeap;

impl<'m> Engine<'m> {
    /// An engine for a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            known: Known::of(model),
            places: Places::of(model),
            now: 0,
            root: model.seed,
            agenda: Agenda::default(),
            items: Slab::default(),
            visits: Vec::new(),
            ledger: Ledger::new(Places::of(model).count()),
            teams: model.teams.iter().map(|_| TeamState::default()).collect(),
            nexts: vec![NEVER; model.teams.len()],
            unsettled: Vec::new(),
            stages: model.stages.iter().map(|_| StageState::default()).collect(),
            freed: Vec::new(),
            streams: model
                .streams
                .iter()
                .map(|_| StreamState::default())
                .collect(),
            refills: Vec::new(),
            most_items: MOST_BYTES / bytes_per_item(model),
            at_once: 0,
            boards: model.gates.iter().map(|_| BinaryHeap::new()).collect(),
            sessions: model.gates.iter().map(|_| Vec::new()).collect(),
            services: model.streams.iter().map(|_| Service::default()).collect(),
            deployments: Slab::default(),
            defects: Slab::default(),
            incidents: Slab::default(),
            arrived: vec![0; model.sources.len()],
            batches: vec![0; model.sources.len()],
            staff: model.teams.iter().map(|_| Staff::default()).collect(),
            loads: vec![(1.0, 1.0); model.teams.len()],
            environments: model
                .environments
                .iter()
                .map(|_| PoolState::default())
                .collect(),
            runners: PoolState::default(),
            replication: 0,
            week_lead: 0,
            live: Vec::new(),
            busy_before: vec![0.0; model.teams.len()],
            stamp: 0,
            counting: false,
            wip: 0,
            wip_since: 0,
            week_ticks: 0,
            cohort_left: 0,
            lead: Tally::default(),
            change_lead: Tally::default(),
            recovery: Tally::default(),
            cells: (0..model.sources.len() * RISKS.len())
                .map(|_| account::Cell::default())
                .collect(),
            place_ticks: Vec::new(),
            out: Replication::default(),
            at_open: Vec::new(),
            change: None,
            log: None,
        }
    }

    pub(super) fn reset(&mut self, replication: u64) {
        self.replication = replication;
        self.root = self.model.seed.nth(replication);
        self.now = 0;
        self.agenda.clear();
        self.items.clear();
        self.visits.clear();
        self.ledger.clear();
        self.teams.iter_mut().for_each(TeamState::reset);
        self.nexts.fill(NEVER);
        self.unsettled.clear();
        self.freed.clear();
        self.refills.clear();
        self.at_once = 0;
        for s in &mut self.stages {
            s.count = 0;
            s.entry.clear();
        }
        for s in &mut self.streams {
            s.tokens = 0;
            s.letting_in = false;
            s.backlog.clear();
            s.untouched = 0;
            s.background = 0;
            s.week = week::OfStream::default();
        }
        self.boards.iter_mut().for_each(BinaryHeap::clear);
        self.sessions.iter_mut().for_each(Vec::clear);
        self.services.iter_mut().for_each(Service::reset);
        self.deployments.clear();
        self.defects.clear();
        self.incidents.clear();
        self.arrived.fill(0);
        self.batches.fill(0);
        for (staff, team) in self.staff.iter_mut().zip(&self.model.teams) {
            staff.reset(team);
        }
        for (state, pool) in self.environments.iter_mut().zip(&self.model.environments) {
            state.reset(pool.count);
        }
        self.runners.reset(self.model.runners.unwrap_or(0));
        self.week_lead = 0;
        self.busy_before.fill(0.0);
        self.counting = false;
        self.wip = 0;
        self.wip_since = 0;
        self.week_ticks = 0;
        self.cohort_left = 0;
        self.out = Replication {
            gates: vec![[0.0; 4]; self.model.gates.len()],
            weekly_wip: Vec::with_capacity((self.model.window.horizon / WEEK) as usize + 1),
            ..Replication::default()
        };
        self.cells.iter_mut().for_each(account::Cell::reset);
        self.place_ticks.clear();
        self.place_ticks.resize(self.places.count(), (0, 0));
        self.at_open.clear();
        self.at_open.resize(self.model.teams.len(), (0.0, 0.0));
    }

    /// Everything that happens by the clock and not because of work.
    pub(super) fn schedule_clockwork(&mut self) {
        let model = self.model;
        self.agenda
            .at(model.window.warm_up, 0, Happening::WindowOpens);
        self.agenda
            .at(model.window.horizon, 1, Happening::WindowCloses);
        self.agenda.at(WEEK, 2, Happening::Week);
        for (i, gate) in model.gates.iter().enumerate() {
            if let GateKind::Board {
                first,
                cut_off,
                every,
                ..
            } = gate.kind
            {
                let mut at = first - cut_off;
                while at < 0 {
                    at += every;
                }
                self.agenda
                    .at(at, gate.name.bits(), Happening::BoardCutOff(i as u32));
            }
        }
        for (i, stream) in model.streams.iter().enumerate() {
            let release = stream.release.as_ref();
            if let Some((
                name,
                ReleasePolicy::Train {
                    every,
                    first,
                    cut_off,
                },
            )) = release.map(|r| (r.name, &r.policy))
            {
                let mut at = first - cut_off;
                while at < 0 {
                    at += every;
                }
                self.services[i].next_cut_off = at;
                self.agenda
                    .at(at, name.bits(), Happening::TrainCutOff(i as u32));
            }
            if stream.background_rate > 0.0 {
                self.schedule_background(i as u32);
            }
        }
        self.schedule_staffing();
        self.weekly_changes(true);
        for i in 0..model.sources.len() as u32 {
            match model.sources[i as usize].arrivals {
                Arrivals::Endless => self.refill(i),
                _ => self.schedule_arrival(i),
            }
        }
        self.schedule_plan();
    }
}

/// Memory that an item takes, bytes.
pub(super) fn bytes_per_item(model: &Model) -> usize {
    let (places, stations) = (
        Places::of(model).count(),
        model.stages.len() + model.gates.len(),
    );
    size_of::<Item>()
        + Ledger::ticks(places) * size_of::<Ticks>()
        + stations * size_of::<u16>()
        + size_of::<Waiting>()
}
