//! What the platform gives: requests served at once or by ticket, environments, runners (RULES 17).

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind, NONE, Part, Phase};
use super::replay::What;
use super::team::Waiting;
use crate::random::Purpose;
use crate::time::{Ticks, hours};
use std::collections::BinaryHeap;

/// A pool of which some are free and some are waited for.
#[derive(Debug, Default)]
pub struct PoolState {
    free: u32,
    /// Still in use, but not to be used again.
    surplus: u32,
    pub(super) queue: BinaryHeap<Waiting>,
}

impl PoolState {
    /// All free, nobody waits.
    pub fn reset(&mut self, count: u32) {
        self.free = count;
        self.surplus = 0;
        self.queue.clear();
    }

    /// There are `count` from now on, of which `in_use` are taken.
    pub fn resize(&mut self, count: u32, in_use: u32) {
        self.free = count.saturating_sub(in_use);
        self.surplus = in_use.saturating_sub(count);
    }

    /// Whoever can have one now.
    pub fn hand_out(&mut self) -> Option<u32> {
        let next = (self.free > 0).then(|| self.queue.pop()).flatten()?;
        self.free -= 1;
        Some(next.item)
    }

    /// One for the item, or a place in the queue.
    fn take(&mut self, w: Waiting) -> bool {
        if self.free > 0 {
            self.free -= 1;
            return true;
        }
        self.queue.push(w);
        false
    }

    /// One comes back; whoever has it next.
    fn give_back(&mut self) -> Option<u32> {
        if self.surplus > 0 {
            self.surplus -= 1;
            return None;
        }
        let next = self.queue.pop().map(|w| w.item);
        self.free += u32::from(next.is_none());
        next
    }
}

impl Engine<'_> {
    /// Draw this visit's platform requests when the stage starts; true if a ticket must be waited for.
    pub(super) fn ask_platform(&mut self, i: u32) -> bool {
        let model = self.model;
        let stage = &model.stages[self.items[i].stage as usize];
        if stage.requests.is_empty() || self.items[i].requests_done {
            return false;
        }
        self.items[i].requests_done = true;
        let (key, visit) = self.visit(i);
        for request in &stage.requests {
            let name = key.with(request.name);
            if name.draw_for(Purpose::Request, visit).uniform() >= request.probability
                || name.draw_for(Purpose::SelfServed, visit).uniform() < request.self_served
            {
                continue;
            }
            let parent = &self.items[i];
            let mut ticket = Item::new(
                name.nth(u64::from(visit)),
                parent.seq,
                Kind::Ticket,
                parent.stream,
                self.now,
            );
            ticket.expedite = parent.expedite;
            ticket.parent = i;
            let effort = request
                .effort
                .sample(&mut name.draw_for(Purpose::TicketEffort, visit));
            let ticket = self.add_item(ticket);
            self.items[i].open += 1;
            self.note_with(What::TicketOpened, ticket, NONE, effort);
            self.queue_job(ticket, request.team as u32, Job::Errand, effort, 0.0);
        }
        if self.items[i].open > 0 {
            let place = self.place_of(i);
            self.book(i, Part::WaitTeam, place);
            self.items[i].phase = Phase::Platform;
            self.note(What::TicketsAwaited, i);
            return true;
        }
        false
    }

    /// A ticket of an item is done.
    pub(super) fn served(&mut self, i: u32) {
        self.items[i].open -= 1;
        if self.items[i].open == 0 {
            self.resume(i, Part::WaitPlatform);
        }
    }

    /// Back to its stage's queue after waiting for something.
    pub(super) fn resume(&mut self, i: u32, waited: Part) {
        let place = self.place_of(i);
        self.book(i, waited, place);
        let team = self.model.stages[self.items[i].stage as usize].team as u32;
        self.items[i].phase = Phase::Job(Job::Stage);
        self.queue_again(i, team);
    }

    /// Take an environment for the stage's work; true if none is free and the item waits for one,
    /// keeping its place in the stage and freeing its person.
    pub(super) fn seize_environment(&mut self, i: u32) -> bool {
        let Some(pool) = self.model.stages[self.items[i].stage as usize].environment else {
            return false;
        };
        if self.items[i].environment != NONE {
            return false;
        }
        let w = self.waiting_entry(i);
        if self.environments[pool].take(w) {
            self.items[i].environment = pool as u32;
            self.note_with(What::EnvironmentTaken, i, pool as u32, 0.0);
            return false;
        }
        let place = self.place_of(i);
        self.book(i, Part::WaitTeam, place);
        self.items[i].phase = Phase::Environment;
        self.note_with(What::EnvironmentAwaited, i, pool as u32, 0.0);
        true
    }

    /// The stage's work is done: its environment is free for the next.
    pub(super) fn free_environment(&mut self, i: u32) {
        let pool = std::mem::replace(&mut self.items[i].environment, NONE);
        if pool == NONE {
            return;
        }
        self.note_with(What::EnvironmentFreed, i, pool, 0.0);
        if let Some(next) = self.environments[pool as usize].give_back() {
            self.items[next].environment = pool;
            self.note_with(What::EnvironmentTaken, next, pool, 0.0);
            self.resume(next, Part::Environment);
        }
    }

    /// Begin an automated run of some length, of a gate or of the pipeline, as the item's phase says;
    /// it may have to wait for a runner.
    pub(super) fn run_automated(&mut self, i: u32, phase: Phase, length: Ticks) {
        self.items[i].phase = phase;
        if self.model.runners.is_some() {
            self.items[i].run_length = length;
            let w = self.waiting_entry(i);
            if !self.runners.take(w) {
                self.items[i].awaits_runner = true;
                self.note(What::RunnerAwaited, i);
                return;
            }
        }
        self.end_run_at(i, length);
    }

    fn end_run_at(&mut self, i: u32, length: Ticks) {
        self.note_with(What::RunBegan, i, NONE, hours(length));
        let (end, tie) = (self.now + length, self.items[i].key.bits());
        self.agenda.at(end, tie, Happening::ItemReady(i));
    }

    /// A run is over: its runner takes the next.
    pub(super) fn free_runner(&mut self) {
        if self.model.runners.is_none() {
            return;
        }
        if let Some(next) = self.runners.give_back() {
            self.begin_run(next);
        }
    }

    /// A run that waited for a runner begins.
    pub(super) fn begin_run(&mut self, i: u32) {
        self.items[i].awaits_runner = false;
        let place = match self.items[i].phase {
            Phase::Automated => self.places.gate(self.items[i].gate as usize),
            _ => self.places.release(self.items[i].stream as usize),
        };
        self.book(i, Part::WaitPlatform, place);
        self.end_run_at(i, self.items[i].run_length);
    }
}
