//! What a real review could see of the weeks since the last one.

use super::super::Engine;
use super::super::item::{Job, NONE, Phase};
use crate::model::{CATEGORIES, GateKind};
use crate::random::Name;
use crate::time::{Ticks, hours};
use std::collections::BTreeMap;

/// Stops, recovered incidents, and waits of what was delivered.
#[derive(Debug, Default)]
pub struct Seen {
    /// Changes that each gate stopped: low-risk ones in which nothing was found, and all others.
    pub stops: BTreeMap<Name, [u32; 2]>,
    /// Recovered failures by category.
    pub recovered: [u32; CATEGORIES.len()],
    /// Customer incidents recovered, whatever their cause.
    pub incidents: u32,
    /// Their impact, hours.
    pub impact: f64,
    /// Impact of failures by the strategy that released them, hours.
    pub strategies: BTreeMap<String, f64>,
    /// Time that items waited for tickets, by capability.
    pub tickets: BTreeMap<Name, Ticks>,
    /// Time that delivered items stood still, by stage.
    pub waits: BTreeMap<Name, Ticks>,
    /// Time of handoffs by the teams' names.
    pub handoffs: BTreeMap<(Name, Name), Ticks>,
    /// Stream and lead time in hours of what was delivered.
    pub delivered: Vec<(Name, f64)>,
}

impl Engine<'_> {
    /// Where a review would look, if there is one and the change has begun.
    fn seen(&mut self) -> Option<&mut Seen> {
        let watched = self.model.improvement.is_some() && self.now >= self.model.window.warm_up;
        let change = self.change.as_mut().filter(|_| watched)?;
        Some(&mut change.improving.seen)
    }

    pub(in super::super) fn see_stop(&mut self, i: u32, gate: usize, found: bool) {
        let name = self.model.gates[gate].name;
        let sound = !found && self.items[i].risk == 0;
        if let Some(seen) = self.seen() {
            seen.stops.entry(name).or_default()[usize::from(!sound)] += 1;
        }
    }

    pub(in super::super) fn see_recovery(&mut self, defect: u32, self_stopped: bool, impact: f64) {
        if self.change.is_none() {
            return;
        }
        let failed = (defect != NONE).then(|| {
            let d = &self.defects[defect];
            let strategy = self.deployments[d.deployment].strategy;
            (d.category, self.model.strategies[strategy].id.clone())
        });
        if let Some(seen) = self.seen() {
            seen.incidents += u32::from(!self_stopped);
            seen.impact += impact;
            if let Some((category, strategy)) = failed {
                seen.recovered[category] += 1;
                *seen.strategies.entry(strategy).or_default() += impact;
            }
        }
    }

    /// A ticket is done: its parent waited for it since it was asked for.
    pub(in super::super) fn see_ticket(&mut self, ticket: u32) {
        if self.change.is_none() {
            return;
        }
        let parent = self.items[ticket].parent;
        if self.items[parent].stage == NONE {
            return;
        }
        let (key, visit) = self.visit(parent);
        let stage = &self.model.stages[self.items[parent].stage as usize];
        let asked = stage
            .requests
            .iter()
            .map(|r| r.name)
            .find(|name| key.with(*name).nth(u64::from(visit)) == self.items[ticket].key);
        let waited = self.now - self.items[ticket].requested;
        if let Some((seen, name)) = self.seen().zip(asked) {
            *seen.tickets.entry(name).or_default() += waited;
        }
    }

    pub(in super::super) fn see_handoff(&mut self, from: usize, to: usize, time: Ticks) {
        let pair = (self.model.teams[from].name, self.model.teams[to].name);
        if let Some(seen) = self.seen() {
            *seen.handoffs.entry(pair).or_default() += time;
        }
    }

    /// An item of the cohort is with users.
    pub(in super::super) fn see_delivery(&mut self, i: u32, lead: Ticks) {
        if self.change.is_none() {
            return;
        }
        let model = self.model;
        let stream = model.streams[self.items[i].stream as usize].name;
        let waits: Vec<Ticks> = self.ledger.places(i).map(|place| place.1).collect();
        if let Some(seen) = self.seen() {
            seen.delivered.push((stream, hours(lead)));
            for (stage, wait) in model.stages.iter().zip(waits) {
                *seen.waits.entry(stage.name).or_default() += wait;
            }
        }
    }

    /// Items that wait at each gate for somebody to review them.
    pub(super) fn review_queues(&self) -> Vec<u32> {
        let mut queues = vec![0; self.model.gates.len()];
        let waiting = self.teams.iter().flat_map(|t| t.queue.iter());
        for item in waiting.map(|w| &self.items[w.item]) {
            if item.phase == Phase::Job(Job::Review) {
                let manual = matches!(
                    self.model.gates[item.gate as usize].kind,
                    GateKind::Manual { .. }
                );
                queues[item.gate as usize] += u32::from(manual);
            }
        }
        queues
    }
}
