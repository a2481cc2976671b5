//! Requests: when they come, what they are, who refuses or gives up (RULES 14, 15, 18).

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind, Phase};
use super::replay::What;
use crate::model::{Arrivals, Source};
use crate::random::{Draw, Name, Purpose};
use crate::time::{HOUR, NEVER, Ticks, ticks_up};

/// The class of an inverted share table, by one uniform.
fn pick(shares: &[f64], name: Name, purpose: Purpose) -> u8 {
    if let Some(only) = shares.iter().position(|s| *s >= 1.0) {
        return only as u8;
    }
    let u = name.draw_for(purpose, 0).uniform();
    let mut upto = 0.0;
    for (i, share) in shares.iter().enumerate() {
        upto += share;
        if u < upto {
            return i as u8;
        }
    }
    (shares.len() - 1) as u8
}

/// How many requests come together, none included, so that the mean of the distribution holds.
fn batch_size(source: &Source, draw: &mut Draw) -> u64 {
    let x = source.batch.sample(draw);
    let whole = libm::floor(x);
    let more = x > whole && draw.uniform() < x - whole;
    whole as u64 + u64::from(more)
}

impl Engine<'_> {
    /// The next arrival of a source, or of its batch.
    pub(super) fn schedule_arrival(&mut self, source: u32) {
        let s = &self.model.sources[source as usize];
        let n = self.batches[source as usize];
        let gap = match &s.arrivals {
            Arrivals::Poisson(rate) if *rate > 0.0 => {
                let name = self.root.with(s.name).nth(n);
                name.draw_for(Purpose::Arrival, 0).exponential() / rate
            }
            Arrivals::Regular(gap) => *gap,
            Arrivals::Batches { every, first } => {
                let at = if n == 0 { *first } else { self.now + every };
                return self.arrival_at(source, at);
            }
            Arrivals::Trace { times, round } => {
                let (rounds, at) = (n / times.len() as u64, n % times.len() as u64);
                return self.arrival_at(source, rounds as Ticks * round + times[at as usize]);
            }
            _ => return,
        };
        let at = match &s.rhythm {
            None => self.now.saturating_add(ticks_up(gap)),
            Some(rhythm) => rhythm.after(self.now, gap * HOUR as f64),
        };
        self.arrival_at(source, at);
    }

    fn arrival_at(&mut self, source: u32, at: Ticks) {
        if at < NEVER {
            let tie = self.model.sources[source as usize].name.bits();
            self.agenda.at(at, tie, Happening::Arrival(source));
        }
    }

    /// Requests come; what a full backlog cannot take is refused.
    pub(super) fn arrive(&mut self, source: u32) {
        let s = &self.model.sources[source as usize];
        let n = self.batches[source as usize];
        self.batches[source as usize] += 1;
        let mut draw = self.root.with(s.name).nth(n).draw_for(Purpose::Batch, 0);
        let together = batch_size(s, &mut draw);
        self.schedule_arrival(source);
        for _ in 0..together {
            let item = self.new_request(source);
            self.enter_stream(item);
            self.admit_request(item);
            if self.out.overflow {
                return;
            }
        }
    }

    /// A request that would wait although the backlog is full is refused (RULES 15).
    fn admit_request(&mut self, i: u32) {
        let stream = self.items[i].stream as usize;
        let Some(most) = self.model.streams[stream].intake else {
            return;
        };
        // Whoever can start at once was never in the backlog.
        let number = self.items[i].key;
        self.settle();
        let here = self.items[i].key == number && !self.items[i].touched;
        if here && self.streams[stream].untouched > most {
            self.note(What::Refused, i);
            self.drop_request(i);
            if self.counting {
                self.out.refused += 1.0;
            }
        }
    }

    /// Patience ran out before anybody touched it.
    pub(super) fn give_up(&mut self, i: u32, stamp: u32) {
        let item = &self.items[i];
        if item.patience_stamp != stamp || item.touched || item.phase == Phase::Dropped {
            return;
        }
        self.note(What::GivenUp, i);
        self.drop_request(i);
        if self.counting {
            self.out.abandoned += 1.0;
        }
    }

    /// Take an untouched request out; the queue it stands in forgets it when its turn comes.
    fn drop_request(&mut self, i: u32) {
        let item = &self.items[i];
        let (stream, holds) = (item.stream as usize, item.holds_token);
        if item.phase == Phase::Job(Job::Stage) {
            let team = self.model.stages[item.stage as usize].team;
            self.teams[team].demanded -= item.effort.iter().sum::<f64>();
        }
        self.leave_stage(i);
        let item = &mut self.items[i];
        item.phase = Phase::Dropped;
        item.holds_token = false;
        let (requested, cohort) = (item.requested, item.cohort);
        self.streams[stream].untouched -= 1;
        self.cohort_left -= u64::from(cohort);
        self.change_wip(-1);
        self.count_stay(requested, self.now);
        if holds {
            self.leave_stream(stream);
        }
    }

    /// Pull from an endless backlog as long as there is a place (RULES 14).
    pub(super) fn refill(&mut self, source: u32) {
        let stream = self.model.sources[source as usize].stream;
        let s = &self.model.streams[stream];
        let first = s.stages.start;
        loop {
            let room = s.limit.is_none_or(|l| self.streams[stream].tokens < l)
                && self.model.stages[first]
                    .limit
                    .is_none_or(|l| self.stages[first].count < l)
                && self.stages[first].entry.is_empty();
            if !room || self.out.overflow {
                return;
            }
            let item = self.new_request(source);
            self.enter_stream(item);
        }
    }

    pub(super) fn refill_stream(&mut self, stream: usize) {
        for s in 0..self.model.sources.len() as u32 {
            let source = &self.model.sources[s as usize];
            if source.stream == stream && matches!(source.arrivals, Arrivals::Endless) {
                self.refill(s);
            }
        }
    }

    /// The next request of a source, with what it is drawn to be.
    pub(super) fn drawn_request(&mut self, source: u32) -> Item {
        let s = &self.model.sources[source as usize];
        let n = self.arrived[source as usize];
        self.arrived[source as usize] += 1;
        let key = self.root.with(s.name).nth(n);
        let mut item = Item::new(
            key,
            (u64::from(source) << 48) | n,
            Kind::Work,
            s.stream as u32,
            self.now,
        );
        item.source = source;
        item.size = s.size.sample(&mut key.draw_for(Purpose::Size, 0));
        item.risk = pick(&s.risks, key, Purpose::Risk);
        item.change = pick(&s.changes, key, Purpose::Change);
        item.expedite =
            s.expedite_share > 0.0 && key.draw_for(Purpose::Class, 0).uniform() < s.expedite_share;
        item.fixed_date = !item.expedite
            && s.fixed_date_share > 0.0
            && key.draw_for(Purpose::Class, 1).uniform() < s.fixed_date_share;
        if let Some(due) = &s.due {
            let span = ticks_up(due.sample(&mut key.draw_for(Purpose::Due, 0)));
            item.due = self.now.saturating_add(span).min(NEVER);
        }
        if let Some(release) = &self.model.streams[s.stream].release {
            let share = release.irreversible[usize::from(item.change)];
            item.irreversible =
                share > 0.0 && key.draw_for(Purpose::Irreversible, 0).uniform() < share;
        }
        item
    }

    fn new_request(&mut self, source: u32) -> u32 {
        let mut item = self.drawn_request(source);
        let w = self.model.window;
        item.cohort = self.now >= w.warm_up && self.now < w.horizon;
        self.cohort_left += u64::from(item.cohort);
        let stream = &mut self.streams[item.stream as usize];
        stream.untouched += 1;
        stream.week.arrived += 1;
        self.change_wip(1);
        self.count_step();
        let i = self.add_item(item);
        self.note(What::Requested, i);
        self.set_patience(i);
        self.estimate(i);
        i
    }

    fn set_patience(&mut self, i: u32) {
        let item = &self.items[i];
        let Some(patience) = &self.model.sources[item.source as usize].patience else {
            return;
        };
        let key = item.key;
        let span = ticks_up(patience.sample(&mut key.draw_for(Purpose::Patience, 0)));
        if span >= NEVER {
            return;
        }
        self.stamp += 1;
        self.items[i].patience_stamp = self.stamp;
        let gives_up = Happening::GivesUp(i, self.stamp);
        self.agenda.at(self.now + span, key.bits(), gives_up);
    }

    /// Every request is estimated, whatever becomes of it (RULES 18); urgently, as somebody asks for it.
    fn estimate(&mut self, i: u32) {
        let item = &self.items[i];
        let Some(e) = &self.model.sources[item.source as usize].estimation else {
            return;
        };
        let name = item.key.with(e.name);
        let effort = e.effort.sample(&mut name.draw_for(Purpose::Effort, 0)) * item.size;
        let mut task = Item::new(name, item.seq, Kind::Estimate, item.stream, self.now);
        task.expedite = true;
        if effort > 0.0 {
            let task = self.add_item(task);
            self.queue_job(task, e.team as u32, Job::Errand, effort, 0.0);
        }
    }
}
