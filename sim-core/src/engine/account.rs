//! What is counted of an item when it reaches users.

use super::Engine;
use super::item::PARTS;
use super::record::{Group, Times};
use crate::model::RISKS;
use crate::stats::histogram::{Sparse, Tally, bin};
use crate::time::{HOUR, HOURS_PER_WEEK, NEVER, Ticks, hours};

/// Items of one source and risk class, from which every group is added up.
#[derive(Debug, Default)]
pub struct Cell {
    lead: Tally,
    parts: [i128; PARTS],
    finished: u64,
    delivered: u64,
}

impl Cell {
    pub(super) fn reset(&mut self) {
        self.lead.take();
        self.parts = [0; PARTS];
        self.finished = 0;
        self.delivered = 0;
    }
}

impl Engine<'_> {
    fn cell_of(&self, i: u32) -> usize {
        let item = &self.items[i];
        item.source as usize * RISKS.len() + usize::from(item.risk)
    }

    pub(super) fn count_delivered(&mut self, i: u32) {
        let cell = self.cell_of(i);
        self.cells[cell].delivered += 1;
        let now = self.now;
        self.in_quarter(now, |q| q.delivered += 1.0);
    }

    /// An item of the cohort is with users.
    pub(super) fn count_lead_time(&mut self, i: u32) {
        let lead = self.now - self.items[i].requested;
        let parts = self.ledger.parts(i);
        debug_assert_eq!(parts.iter().sum::<Ticks>(), lead, "the parts add up");
        self.count_time(i, self.now);
        self.see_delivery(i, lead);
        let item = &self.items[i];
        if item.due < NEVER {
            self.out.due[1] += f64::from(u8::from(self.now <= item.due));
        }
        let cell = self.cell_of(i);
        let cell = &mut self.cells[cell];
        cell.finished += 1;
        for (sum, part) in cell.parts.iter_mut().zip(self.ledger.parts(i)) {
            *sum += i128::from(*part);
        }
        for (sum, place) in self.place_ticks.iter_mut().zip(self.ledger.places(i)) {
            sum.0 += i128::from(place.0);
            sum.1 += i128::from(place.1);
        }
    }

    /// An item of the cohort is still on its way at the end: "at least".
    pub(super) fn count_leftover(&mut self, i: u32, end: Ticks) {
        self.out.leftovers += 1.0;
        self.count_time(i, end);
    }

    fn count_time(&mut self, i: u32, end: Ticks) {
        let item = &self.items[i];
        if item.due < NEVER {
            self.out.due[0] += 1.0;
        }
        let lead = hours(end - item.requested);
        let worth = self.model.sources[item.source as usize].cost_of_delay;
        self.out.cost_of_delay += lead / HOURS_PER_WEEK * worth;
        if item.committed >= 0 {
            self.change_lead.add(hours(end - item.committed));
        }
        let (bin, cell) = (bin(lead), self.cell_of(i));
        self.lead.add_at(bin, lead);
        self.cells[cell].lead.add_at(bin, lead);
        self.count_quarter_lead(i, end - self.items[i].requested, worth);
    }

    /// Add the cells up to streams, sources, risk classes and the whole.
    pub(super) fn add_up_groups(&mut self) {
        let (streams, sources) = (self.model.streams.len(), self.model.sources.len());
        self.out.groups = vec![Group::default(); streams + sources + RISKS.len()];
        let mut all = [0; PARTS];
        let mut counts: Vec<Vec<Sparse>> = vec![Vec::new(); self.out.groups.len()];
        let mut parts = vec![[0i128; PARTS]; self.out.groups.len()];
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let (source, risk) = (at / RISKS.len(), at % RISKS.len());
            let lead = Times::of(&mut cell.lead);
            add(&mut all, &cell.parts);
            self.out.finished += cell.finished as f64;
            self.out.delivered += cell.delivered as f64;
            for group in [
                self.model.sources[source].stream,
                streams + source,
                streams + sources + risk,
            ] {
                let g = &mut self.out.groups[group];
                g.finished += cell.finished as f64;
                g.delivered += cell.delivered as f64;
                g.lead_time.n += lead.n;
                g.lead_time.sum += lead.sum;
                add(&mut parts[group], &cell.parts);
                counts[group].push(lead.counts.clone());
            }
        }
        let hours = |sums: &[i128; PARTS]| sums.map(|t| t as f64 / HOUR as f64);
        self.out.parts = hours(&all);
        for ((g, parts), counts) in self.out.groups.iter_mut().zip(&parts).zip(&counts) {
            g.parts = hours(parts);
            g.lead_time.counts = Sparse::merged(counts);
        }
        let place = |t: &(i128, i128)| (t.0 as f64 / HOUR as f64, t.1 as f64 / HOUR as f64);
        self.out.places = self.place_ticks.iter().map(place).collect();
    }
}

fn add(sums: &mut [i128; PARTS], more: &[i128; PARTS]) {
    for (sum, x) in sums.iter_mut().zip(more) {
        *sum += x;
    }
}
