//! What is counted of an item when it reaches users, and of a week when it is over.

use super::Engine;
use super::item::PARTS;
use super::record::RECORDED;
use crate::time::{HOURS_PER_WEEK, NEVER, Ticks, WEEK, hours};

/// What the present week has seen.
#[derive(Debug, Default)]
pub struct Week {
    pub(super) arrived: f64,
    pub(super) delivered: f64,
    pub(super) incidents: f64,
}

impl Engine<'_> {
    /// The groups of an item: its stream, its source, its risk class.
    fn groups_of(&self, i: u32) -> [usize; 3] {
        let item = &self.items[i];
        let (streams, sources) = (self.model.streams.len(), self.model.sources.len());
        [
            item.stream as usize,
            streams + item.source as usize,
            streams + sources + usize::from(item.risk),
        ]
    }

    pub(super) fn count_delivered(&mut self, i: u32) {
        self.out.delivered += 1.0;
        for group in self.groups_of(i) {
            self.out.groups[group].delivered += 1.0;
        }
        let now = self.now;
        self.in_quarter(now, |q| q.delivered += 1.0);
    }

    /// An item of the cohort is with users.
    pub(super) fn count_lead_time(&mut self, i: u32) {
        let item = &self.items[i];
        let lead = self.now - item.requested;
        if item.due < NEVER {
            self.out.due[0] += 1.0;
            self.out.due[1] += f64::from(u8::from(self.now <= item.due));
        }
        let worth = self.model.sources[item.source as usize].cost_of_delay;
        self.out.cost_of_delay += hours(lead) / HOURS_PER_WEEK * worth;
        self.lead.add(hours(lead));
        if item.committed >= 0 {
            self.change_lead.add(hours(self.now - item.committed));
        }
        self.count_quarter_lead(i, lead, worth);
        self.see_delivery(i, lead);
        self.out.finished += 1.0;
        let parts = self.item_parts[i as usize];
        debug_assert_eq!(parts.iter().sum::<Ticks>(), lead, "the parts add up");
        let parts: [f64; PARTS] = parts.map(hours);
        let groups = self.groups_of(i);
        let add = |sums: &mut [f64; PARTS]| {
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += part;
            }
        };
        add(&mut self.out.parts);
        for group in groups {
            self.group_leads[group].add(hours(lead));
            let g = &mut self.out.groups[group];
            g.finished += 1.0;
            add(&mut g.parts);
        }
        let n = self.places.count();
        let cells = &self.item_places[i as usize * n..(i as usize + 1) * n];
        for (sum, cell) in self.out.places.iter_mut().zip(cells) {
            sum.0 += hours(cell.0);
            sum.1 += hours(cell.1);
        }
    }

    /// An item of the cohort is still on its way at the end: "at least".
    pub(super) fn count_leftover(&mut self, i: u32, end: Ticks) {
        let item = &self.items[i];
        let age = hours(end - item.requested);
        self.out.leftovers += 1.0;
        if item.due < end {
            self.out.due[0] += 1.0;
        }
        let worth = self.model.sources[item.source as usize].cost_of_delay;
        self.out.cost_of_delay += age / HOURS_PER_WEEK * worth;
        self.lead.add(age);
        if item.committed >= 0 {
            self.change_lead.add(hours(end - item.committed));
        }
        for group in self.groups_of(i) {
            self.group_leads[group].add(age);
        }
        self.count_quarter_lead(i, end - self.items[i].requested, worth);
    }

    /// Write down the week that is over.
    pub(super) fn record_week(&mut self) {
        let week = std::mem::take(&mut self.weekly);
        if self.replication >= RECORDED {
            return;
        }
        let out = &mut self.out.weekly;
        out.arrived.push(week.arrived as f32);
        out.delivered.push(week.delivered as f32);
        out.incidents.push(week.incidents as f32);
        let counts = self.stages.iter().map(|s| s.count as f32);
        out.stages.extend(counts);
        for (state, (team, before)) in self
            .teams
            .iter_mut()
            .zip(self.model.teams.iter().zip(&mut self.busy_before))
        {
            state.advance(team, self.now);
            let there = f64::from(team.people) * hours(team.calendar.per_week());
            self.out
                .weekly
                .teams
                .push(((state.busy - *before) / there) as f32);
            *before = state.busy;
        }
        debug_assert!(self.now % WEEK == 0);
    }
}
