//! Items that split into parts for different teams and come together again (RULES 16).

use super::Engine;
use super::item::{Item, Kind, NONE, Part, Phase};
use super::replay::What;
use crate::model::Fork;
use crate::random::Purpose;

impl Engine<'_> {
    /// The fork that an item takes at a stage, if any.
    pub(super) fn fork_at(&self, i: u32, stage: usize) -> Option<usize> {
        let fork = self.model.stages[stage].fork?;
        let item = &self.items[i];
        let splits = item.kind != Kind::Part && self.fork_of(item.stream, fork).splits(item.source);
        splits.then_some(fork)
    }

    fn fork_of(&self, stream: u32, fork: usize) -> &Fork {
        &self.model.streams[stream as usize].forks[fork]
    }

    /// Split: the item keeps its place in the stage before until all its parts have one of their own.
    pub(super) fn split(&mut self, i: u32, fork: usize, stage: usize) {
        self.touch(i);
        let visit = u64::from(self.count_visit(i, stage));
        let model = self.model;
        let whole = &mut self.items[i];
        let f = &model.streams[whole.stream as usize].forks[fork];
        whole.phase = Phase::Forked;
        whole.fork = fork as u32;
        whole.open = f.parts.len() as u32;
        whole.outside = f.parts.len() as u32;
        // What must be done again is done by the parts; after the join everything is new.
        let again = whole.clone();
        (whole.rework, whole.effort_share) = (false, 1.0);
        let whole = again;
        self.note(What::Split, i);
        for (number, part) in f.parts.iter().enumerate() {
            let key = whole.key.with(f.name).with(part.name).nth(visit);
            let mut item = Item::new(key, whole.seq, Kind::Part, whole.stream, self.now);
            item.requested = whole.requested;
            item.source = whole.source;
            item.risk = whole.risk;
            item.change = whole.change;
            item.expedite = whole.expedite;
            item.fixed_date = whole.fixed_date;
            item.due = whole.due;
            item.cohort = whole.cohort;
            item.touched = true;
            item.last_team = whole.last_team;
            item.fork = fork as u32;
            item.part = number as u32;
            item.parent = i;
            item.rework = whole.rework;
            item.effort_share = whole.effort_share;
            item.size = whole.size * part.share.sample(&mut key.draw_for(Purpose::Size, 0));
            let item = self.add_item(item);
            self.go_to(item, part.stages.first().copied(), false);
        }
    }

    /// A part has a place of its own; with the last one the whole gives up its own.
    pub(super) fn part_entered(&mut self, i: u32) {
        if self.items[i].kind != Kind::Part || self.items[i].entered {
            return;
        }
        self.items[i].entered = true;
        let whole = self.items[i].parent;
        self.items[whole].outside -= 1;
        if self.items[whole].outside == 0 {
            self.leave_stage(whole);
        }
    }

    /// The stage of a part after `stage`; `None`: the part is done.
    pub(super) fn next_of_part(&self, i: u32, stage: usize) -> Option<usize> {
        let item = &self.items[i];
        let stages =
            &self.fork_of(item.stream, item.fork as usize).parts[item.part as usize].stages;
        let at = stages.iter().position(|s| *s == stage)?;
        stages.get(at + 1).copied()
    }

    /// A part is finished. The first one's time is the whole's; from then on the whole waits for the
    /// last.
    pub(super) fn part_done(&mut self, i: u32, last_stage: usize) {
        self.part_entered(i);
        self.leave_stage(i);
        let whole = self.items[i].parent;
        let parts = self
            .fork_of(self.items[i].stream, self.items[i].fork as usize)
            .parts
            .len();
        if self.items[whole].open as usize == parts {
            self.inherit_time(whole, i);
        }
        self.adopt_defects(whole, i);
        self.items[whole].last_team = self.items[i].last_team;
        self.items[whole].open -= 1;
        self.note(What::PartDone, i);
        self.items.remove(i);
        if self.items[whole].open == 0 {
            self.book(whole, Part::JoinWait, self.places.stage(last_stage));
            self.note(What::Joined, whole);
            let fork = std::mem::replace(&mut self.items[whole].fork, NONE);
            let join = self.fork_of(self.items[whole].stream, fork as usize).join;
            self.go_to(whole, join, false);
        }
    }

    pub(super) fn inherit_time(&mut self, whole: u32, part: u32) {
        self.items[whole].since = self.now;
        self.ledger.inherit(whole, part);
    }
}

impl Fork {
    fn splits(&self, source: u32) -> bool {
        source != NONE && self.sources.get(source as usize) == Some(&true)
    }
}
