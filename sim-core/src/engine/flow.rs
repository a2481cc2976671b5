//! Items on their way: limits, handoffs, stages, routing, delivery.

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind, NONE, Part, Phase};
use super::known::NOWHERE;
use super::replay::What;
use crate::model::{Return, Route};
use crate::random::{Name, Purpose};
use crate::time::ticks_up;

impl<'m> Engine<'m> {
    pub(super) fn add_item(&mut self, item: Item) -> u32 {
        let flows = matches!(item.kind, Kind::Work | Kind::Repair | Kind::Part);
        let counted = item.cohort;
        let i = self.items.insert(item);
        self.ledger.open(i, counted);
        let stations = self.stations();
        let at = i as usize * stations;
        if self.visits.len() <= at {
            self.visits.resize(at + stations, 0);
        } else if flows {
            self.visits[at..at + stations].fill(0);
        }
        if self.items.in_use() > self.most_items {
            self.out.overflow = true;
        }
        self.note_new(i);
        i
    }

    /// Book the time since the last booking on a part and a place.
    pub(super) fn book(&mut self, i: u32, part: Part, place: usize) {
        let item = &mut self.items[i];
        let dt = self.now - item.since;
        item.since = self.now;
        if item.cohort && dt > 0 {
            self.ledger.waited(i, part as usize, place, dt);
        }
    }

    /// Where the item stands now, for the accounting.
    pub(super) fn place_of(&self, i: u32) -> usize {
        let item = &self.items[i];
        self.places.standing(item.stage, item.stream)
    }

    pub(super) fn enter_stream(&mut self, i: u32) {
        let stream = self.items[i].stream as usize;
        let s = &self.model.streams[stream];
        let full = s.limit.is_some_and(|l| self.streams[stream].tokens >= l);
        let passes = self.items[i].kind == Kind::Repair || self.items[i].expedite;
        if full && !passes {
            self.items[i].phase = Phase::Blocked;
            let w = self.waiting_entry(i);
            self.streams[stream].backlog.push(w);
            self.note(What::Blocked, i);
            return;
        }
        self.take_token(i);
        self.go_to(i, Some(s.stages.start), false);
    }

    pub(super) fn take_token(&mut self, i: u32) {
        let item = &mut self.items[i];
        if item.kind == Kind::Work {
            item.holds_token = true;
            self.streams[item.stream as usize].tokens += 1;
        }
    }

    /// A place in the stream became free (RULES 13). What is let in may leave at once and free a place
    /// again: then whoever lets in goes on.
    pub(super) fn leave_stream(&mut self, stream: usize) {
        self.streams[stream].tokens -= 1;
        if self.streams[stream].letting_in {
            return;
        }
        let limit = self.model.streams[stream].limit;
        if let Some(limit) = limit {
            self.streams[stream].letting_in = true;
            while self.streams[stream].tokens < limit {
                let Some(w) = self.streams[stream].backlog.pop() else {
                    break;
                };
                if self.forget_if_dropped(w.item) {
                    continue;
                }
                self.book(w.item, Part::WipBlock, self.places.backlog(stream));
                self.take_token(w.item);
                self.go_to(w.item, Some(self.model.streams[stream].stages.start), false);
            }
            self.streams[stream].letting_in = false;
        }
        // Not at once: an item that leaves as soon as it enters would call back here for ever.
        if self.known.endless {
            self.refills.push(stream as u32);
        }
    }

    /// Move towards a stage, skipping those that do not apply; `None`: out of the stages.
    pub(super) fn go_to(&mut self, i: u32, mut to: Option<usize>, mut forced: bool) {
        let stage = loop {
            let Some(stage) = to else {
                return self.leave_stages(i);
            };
            if let Some(fork) = self.fork_at(i, stage) {
                return self.split(i, fork, stage);
            }
            if self.applies(i, stage) {
                break stage;
            }
            // Skipped, it still leads where it would: each time by a draw of its own, so that a cycle ends.
            let visit = self.count_visit(i, stage);
            to = self.route(i, stage, visit);
            if to.is_none() && self.items[i].kind == Kind::Part {
                return self.part_done(i, stage);
            }
            forced |= to.is_some_and(|to| to <= stage);
            if self.out.overflow {
                return;
            }
        };
        let item = &self.items[i];
        let unlimited = forced || item.expedite || item.kind == Kind::Repair;
        // A returned item enters over the limit, and nothing is pulled until the stage is below it
        // again (RULES 12): so rework cannot deadlock.
        let limit = self.model.stages[stage].limit;
        if !unlimited && limit.is_some_and(|l| self.stages[stage].count >= l) {
            self.items[i].phase = Phase::Blocked;
            self.items[i].target = stage as u32;
            let w = self.waiting_entry(i);
            self.stages[stage].entry.push(w);
            self.note_with(What::Blocked, i, stage as u32, 0.0);
        } else {
            self.enter(i, stage);
        }
    }

    fn applies(&self, i: u32, stage: usize) -> bool {
        if self.known.stages[stage].open {
            return true;
        }
        let (s, item) = (&self.model.stages[stage], &self.items[i]);
        s.risks[usize::from(item.risk)]
            && s.changes[usize::from(item.change)]
            && (s.sources.is_empty() || s.sources.get(item.source as usize) == Some(&true))
    }

    /// A queue's entry of a request that gave up: nothing is left of it.
    pub(super) fn forget_if_dropped(&mut self, i: u32) -> bool {
        let dropped = self.items[i].phase == Phase::Dropped;
        if dropped {
            self.items.remove(i);
        }
        dropped
    }

    /// Let in what waits in front of a stage, as far as its limit allows.
    pub(super) fn admit(&mut self, stage: u32) {
        let s = stage as usize;
        let limit = self.model.stages[s].limit;
        while limit.is_none_or(|l| self.stages[s].count < l) {
            let Some(w) = self.stages[s].entry.pop() else {
                break;
            };
            if self.forget_if_dropped(w.item) {
                continue;
            }
            let place = self.place_of(w.item);
            self.book(w.item, Part::WipBlock, place);
            self.enter(w.item, s);
        }
        let stream = self.model.stages[s].stream;
        if self.known.endless && s == self.model.streams[stream].stages.start {
            self.refills.push(stream as u32);
        }
    }

    #[inline(always)]
    pub(super) fn leave_stage(&mut self, i: u32) {
        let stage = self.items[i].stage;
        if stage != NONE {
            self.note(What::Left, i);
            self.stages[stage as usize].count -= 1;
            if self.known.stages[stage as usize].awaited {
                self.freed.push(stage);
            }
            self.items[i].stage = NONE;
        }
    }

    /// Take a place in a stage; pass the handoff if another team had the item before.
    fn enter(&mut self, i: u32, stage: usize) {
        self.leave_stage(i);
        self.part_entered(i);
        let from = self.items[i].last_team;
        let draws = self.take_stage(i, stage);
        let to = self.model.stages[stage].team;
        let handoff = if from == NONE {
            None
        } else {
            self.known.handoff(self.model, from as usize, to)
        };
        let Some(handoff) = handoff else {
            return self.queue_stage(i, stage, draws);
        };
        let (key, visit) = draws;
        let item = &mut self.items[i];
        let (size, expedite, seq) = (item.size, item.expedite, item.seq);
        item.handoff_effort = handoff.receiver_effort;
        if handoff.lost_information > 0.0 {
            let rates = self.model.stages[stage]
                .defects
                .map(|d| d * handoff.lost_information);
            self.inject(i, rates, key, Purpose::LostInformation, visit, size);
        }
        if handoff.sender_effort > 0.0 {
            let mut task = Item::new(
                key.nth(u64::from(visit)),
                seq,
                Kind::SenderTask,
                self.items[i].stream,
                self.now,
            );
            task.expedite = expedite;
            task.requested = self.items[i].requested;
            let task = self.add_item(task);
            self.queue_job(task, from, Job::Errand, handoff.sender_effort, 0.0);
        }
        let delay = handoff
            .delay
            .sample(&mut key.draw_for(Purpose::Handoff, visit));
        if delay > 0.0 {
            let calendar = &self.model.teams[to].calendar;
            let end = calendar.when(calendar.worked(self.now) + ticks_up(delay));
            self.see_handoff(from as usize, to, end - self.now);
            self.items[i].phase = Phase::Handoff;
            self.note(What::HandoffBegan, i);
            self.agenda.at(
                end.max(self.now),
                self.items[i].key.bits(),
                Happening::ItemReady(i),
            );
        } else {
            self.queue_stage(i, stage, draws);
        }
    }

    /// Take a place in a stage. Returns the item's name there and which visit this is, for its draws.
    #[inline(always)]
    fn take_stage(&mut self, i: u32, stage: usize) -> (Name, u32) {
        let s = &self.model.stages[stage];
        self.stages[stage].count += 1;
        self.note_with(What::Entered, i, stage as u32, 0.0);
        let visit = self.count_visit(i, stage);
        let item = &mut self.items[i];
        item.stage = stage as u32;
        item.target = NONE;
        item.requests_done = false;
        item.last_team = s.team as u32;
        (item.key.with(s.name), visit)
    }

    /// Stages and gates: what an item's visits are counted at.
    #[inline(always)]
    pub(super) fn stations(&self) -> usize {
        self.model.stages.len() + self.model.gates.len()
    }

    /// Count a visit to a stage, or to a gate after the stages; returns which visit this is, from 1.
    #[inline(always)]
    pub(super) fn count_visit(&mut self, i: u32, station: usize) -> u32 {
        let at = i as usize * self.stations() + station;
        let visits = &mut self.visits[at];
        *visits = visits.saturating_add(1);
        if *visits == u16::MAX {
            // It goes round and round: no study means that.
            self.out.overflow = true;
        }
        u32::from(*visits)
    }

    /// The present stage's name, the item's name in it, and how often it has come.
    pub(super) fn visit(&self, i: u32) -> (Name, u32) {
        let stage = self.items[i].stage as usize;
        let visit = self.visits[i as usize * self.stations() + stage];
        (
            self.items[i].key.with(self.model.stages[stage].name),
            u32::from(visit),
        )
    }

    /// Stand in a stage as if it had come there before: with its work ahead, or done.
    pub(super) fn stand_in(&mut self, i: u32, stage: usize, works: bool) {
        let draws = self.take_stage(i, stage);
        if works {
            self.queue_stage(i, stage, draws);
        } else {
            self.stage_done(i);
        }
    }

    /// Put the stage's work in its team's queue.
    #[inline(always)]
    fn queue_stage(&mut self, i: u32, stage: usize, (key, visit): (Name, u32)) {
        let stage = &self.model.stages[stage];
        let item = &self.items[i];
        let draw = &mut key.draw_for(Purpose::Effort, visit);
        let plain = stage.effort.sample(draw) * stage.effort_factor * item.size * item.effort_share;
        let handoff = item.handoff_effort;
        self.queue_job(i, stage.team as u32, Job::Stage, plain, handoff);
    }

    /// The work of a stage is done: defects made, returns, gates.
    pub(super) fn stage_done(&mut self, i: u32) {
        let item = &mut self.items[i];
        let stage = item.stage as usize;
        let known = self.known.stages[stage];
        if known.commits && item.committed < 0 {
            item.committed = self.now;
        }
        if item.environment != NONE {
            self.free_environment(i);
        }
        let item = &self.items[i];
        if item.gate != NONE {
            return self.rework_done(i, stage);
        }
        if item.target != NONE {
            return self.pass_lost_gate(i);
        }
        if known.injects {
            self.make_defects(i);
        }
        if known.returns
            && let Some(back) = self.sent_back(i, stage)
        {
            let item = &mut self.items[i];
            item.rework = true;
            item.effort_share = back.effort_share;
            self.note_with(What::SentBack, i, back.to as u32, back.effort_share);
            return self.go_to(i, Some(back.to), true);
        }
        let item = &mut self.items[i];
        item.rework = false;
        item.effort_share = 1.0;
        if known.straight == NOWHERE || item.kind == Kind::Part {
            return self.pass_gates(i, NONE);
        }
        // What passing no gates, taking the only route and entering come to.
        self.leave_stage(i);
        let to = known.straight as usize;
        let key = self.take_stage(i, to);
        self.queue_stage(i, to, key);
    }

    /// The rework loop that an item takes from a stage, if any.
    fn sent_back(&self, i: u32, stage: usize) -> Option<&'m Return> {
        let model = self.model;
        let (key, visit) = self.visit(i);
        // One uniform for all (RULES 5): a return that never happens moves no other.
        let mut left = key.draw_for(Purpose::Return, visit).uniform();
        for back in &model.stages[stage].returns {
            if left < back.probability {
                return Some(back);
            }
            left = (left - back.probability) / (1.0 - back.probability);
        }
        None
    }

    /// Rework that a gate asked for goes back to that gate and is judged again (RULES 20).
    fn rework_done(&mut self, i: u32, stage: usize) {
        let gate = self.items[i].gate;
        self.items[i].effort_share = 1.0;
        let back = self.model.gates[gate as usize].stage;
        if back != stage {
            self.take_place(i, back);
        }
        self.at_gate(i, gate);
    }

    /// The defects of a stage's work: more under load and in a hurry.
    fn make_defects(&mut self, i: u32) {
        let (key, visit) = self.visit(i);
        let s = &self.model.stages[self.items[i].stage as usize];
        let more = self.loads[s.team].1 * self.rush_factor(s.stream);
        let size = self.items[i].size * self.items[i].effort_share;
        let rates = s.defects.map(|d| d * more);
        self.inject(i, rates, key, Purpose::Defects, visit, size);
    }

    /// Count an item in another stage without queueing it there.
    pub(super) fn take_place(&mut self, i: u32, stage: usize) {
        self.leave_stage(i);
        self.stages[stage].count += 1;
        self.items[i].stage = stage as u32;
        self.note_with(What::Entered, i, stage as u32, 0.0);
    }

    /// Send an item back to a stage for rework on behalf of its gate.
    pub(super) fn rework(&mut self, i: u32, stage: usize, share: f64) {
        self.items[i].rework = true;
        self.items[i].effort_share = share;
        self.note_with(What::SentBack, i, stage as u32, share);
        self.enter(i, stage);
    }

    /// Past the last gate of its stage: to the next stage.
    pub(super) fn move_on(&mut self, i: u32) {
        self.items[i].gate = NONE;
        self.items[i].rework = false;
        let stage = self.items[i].stage as usize;
        let visit = self.visits_of(i, stage);
        let to = self.route(i, stage, visit);
        if to.is_none() && self.items[i].kind == Kind::Part {
            return self.part_done(i, stage);
        }
        // A way back is a return: it enters over the limit, or two full stages would wait for each other
        // for ever (RULES 12).
        self.go_to(i, to, to.is_some_and(|to| to <= stage));
    }

    /// Where an item goes from a stage.
    fn route(&self, i: u32, stage: usize, visit: u32) -> Option<usize> {
        if self.items[i].kind == Kind::Part {
            return self.next_of_part(i, stage);
        }
        let s = &self.model.stages[stage];
        match s.routes.as_slice() {
            [only] => only.to,
            many => {
                let item = &self.items[i];
                let applies = |r: &&Route| {
                    r.risks[usize::from(item.risk)]
                        && (r.sources.is_empty()
                            || r.sources.get(item.source as usize) == Some(&true))
                };
                let all: f64 = many.iter().filter(applies).map(|r| r.share).sum();
                let mut draw = item.key.with(s.name).draw_for(Purpose::Routing, visit);
                let mut left = draw.uniform() * all;
                let mut to = None;
                for route in many.iter().filter(applies) {
                    to = route.to;
                    left -= route.share;
                    if left < 0.0 {
                        break;
                    }
                }
                to
            }
        }
    }

    /// Out of the stages: to the release, or delivered.
    fn leave_stages(&mut self, i: u32) {
        let stream = self.items[i].stream as usize;
        if self.model.streams[stream].release.is_some() {
            self.enter_pipeline(i);
        } else {
            self.leave_stage(i);
            self.produce(i);
            self.drop_item(i);
        }
    }

    /// With users: the end of its lead time (RULES 26).
    pub(super) fn produce(&mut self, i: u32) {
        let item = &mut self.items[i];
        if item.produced {
            return;
        }
        item.produced = true;
        item.phase = Phase::Done;
        if item.kind != Kind::Work {
            let parent = item.parent;
            item.parent = NONE;
            self.note(What::RepairDelivered, i);
            return self.repair_arrived(parent);
        }
        let (requested, cohort) = (item.requested, item.cohort);
        let stream = item.stream as usize;
        let held = std::mem::replace(&mut item.holds_token, false);
        self.note(What::WithUsers, i);
        self.change_wip(-1);
        self.count_stay(requested, self.now);
        self.streams[stream].week.delivered += 1;
        self.week_lead += self.now - requested;
        if self.counting {
            self.count_delivered(i);
        }
        if cohort {
            self.cohort_left -= 1;
            self.count_lead_time(i);
        }
        if held {
            self.leave_stream(stream);
        }
    }

    /// A timed phase of an item is over.
    pub(super) fn item_ready(&mut self, i: u32) {
        match self.items[i].phase {
            Phase::Handoff => {
                let place = self.place_of(i);
                self.book(i, Part::Handoff, place);
                self.note(What::HandoffEnded, i);
                let draws = self.visit(i);
                self.queue_stage(i, self.items[i].stage as usize, draws);
            }
            Phase::Automated => {
                self.note(What::RunEnded, i);
                self.free_runner();
                let place = self.places.gate(self.items[i].gate as usize);
                self.book(i, Part::GateRun, place);
                self.judge(i);
            }
            Phase::Pipeline => {
                self.note(What::RunEnded, i);
                self.free_runner();
                self.pipeline_done(i);
            }
            _ => {}
        }
    }
}
