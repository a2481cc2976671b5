//! Items on their way: requests, limits, handoffs, platform requests, work, routing.

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind, NONE, PARTS, Part, Phase};
use super::team::{AWAY, MEETINGS, SHARED, SWITCHING, Waiting};
use crate::model::{Arrivals, QueuePolicy, Route};
use crate::random::{Draw, Name, Purpose};
use crate::time::{Ticks, hours, ticks_near, ticks_up};

/// The class of an inverted share table, by one uniform.
fn pick(shares: &[f64], draw: &mut Draw) -> u8 {
    if let Some(only) = shares.iter().position(|s| *s >= 1.0) {
        return only as u8;
    }
    let u = draw.uniform();
    let mut upto = 0.0;
    for (i, share) in shares.iter().enumerate() {
        upto += share;
        if u < upto {
            return i as u8;
        }
    }
    (shares.len() - 1) as u8
}

impl Engine<'_> {
    pub(super) fn arrive(&mut self, source: u32) {
        let item = self.new_request(source);
        self.schedule_arrival(source);
        self.enter_stream(item);
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

    fn new_request(&mut self, source: u32) -> u32 {
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
        item.risk = pick(&s.risks, &mut key.draw_for(Purpose::Risk, 0));
        item.change = pick(&s.changes, &mut key.draw_for(Purpose::Change, 0));
        item.expedite =
            s.expedite_share > 0.0 && key.draw_for(Purpose::Class, 0).uniform() < s.expedite_share;
        let w = self.model.window;
        item.cohort = self.now >= w.warm_up && self.now < w.horizon;
        self.cohort_left += u64::from(item.cohort);
        self.change_wip(1);
        self.count_step();
        self.add_item(item)
    }

    pub(super) fn add_item(&mut self, item: Item) -> u32 {
        let i = self.items.insert(item);
        let (stations, places) = (self.stations(), self.places.count());
        let at = i as usize;
        if self.item_parts.len() <= at {
            self.item_parts.resize(at + 1, [0; PARTS]);
            self.visits.resize((at + 1) * stations, 0);
            self.item_places.resize((at + 1) * places, (0, 0));
        } else {
            self.item_parts[at] = [0; PARTS];
            self.visits[at * stations..(at + 1) * stations].fill(0);
            self.item_places[at * places..(at + 1) * places].fill((0, 0));
        }
        if self.items.in_use() > self.most_items {
            self.out.overflow = true;
        }
        i
    }

    /// Book the time since the last booking on a part and a place.
    pub(super) fn book(&mut self, i: u32, part: Part, place: usize) {
        let item = &mut self.items[i];
        let dt = self.now - item.since;
        item.since = self.now;
        if item.cohort && dt > 0 {
            self.item_parts[i as usize][part as usize] += dt;
            let cell = &mut self.item_places[i as usize * self.places.count() + place];
            cell.0 += dt;
            cell.1 += dt;
        }
    }

    /// Where the item stands now, for the accounting.
    pub(super) fn place_of(&self, i: u32) -> usize {
        let item = &self.items[i];
        if item.stage != NONE {
            self.places.stage(item.stage as usize)
        } else {
            self.places.backlog(item.stream as usize)
        }
    }

    fn waiting(&self, i: u32, remaining: f64) -> Waiting {
        let item = &self.items[i];
        // Repairs and the tasks of a release go first under every policy; first come, first served knows
        // no urgent requests.
        let urgent = match item.kind {
            Kind::Repair | Kind::ReleaseTask(_) => true,
            _ => item.expedite && self.model.policy != QueuePolicy::Fifo,
        };
        let class = u8::from(!urgent);
        let key = match (self.model.policy, item.source) {
            (QueuePolicy::WeightedShortestJobFirst, s) if s != NONE => {
                -self.model.sources[s as usize].cost_of_delay / (remaining * item.size).max(1e-9)
            }
            _ => 0.0,
        };
        Waiting {
            class,
            key,
            requested: item.requested,
            seq: item.seq,
            tie: item.key.bits(),
            item: i,
        }
    }

    pub(super) fn waiting_entry(&self, i: u32) -> Waiting {
        let stage = self.items[i].stage;
        let remaining = if stage == NONE {
            1.0
        } else {
            self.model.stages[stage as usize].remaining_effort
        };
        self.waiting(i, remaining)
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
            return;
        }
        if self.items[i].kind == Kind::Work {
            self.streams[stream].tokens += 1;
        }
        self.go_to(i, Some(s.stages.start), false);
    }

    /// A place in the stream became free (RULES 13).
    pub(super) fn leave_stream(&mut self, stream: usize) {
        self.streams[stream].tokens -= 1;
        let limit = self.model.streams[stream].limit;
        if let Some(limit) = limit {
            while self.streams[stream].tokens < limit {
                let Some(w) = self.streams[stream].backlog.pop() else {
                    break;
                };
                self.book(w.item, Part::WipBlock, self.places.backlog(stream));
                self.streams[stream].tokens += 1;
                self.go_to(w.item, Some(self.model.streams[stream].stages.start), false);
            }
        }
        // Not at once: an item that leaves as soon as it enters would call back here for ever.
        self.refills.push(stream as u32);
    }

    pub(super) fn refill_stream(&mut self, stream: usize) {
        for s in 0..self.model.sources.len() as u32 {
            let source = &self.model.sources[s as usize];
            if source.stream == stream && matches!(source.arrivals, Arrivals::Endless) {
                self.refill(s);
            }
        }
    }

    /// Move towards a stage, skipping those that do not apply; `None`: out of the stages.
    pub(super) fn go_to(&mut self, i: u32, mut to: Option<usize>, mut forced: bool) {
        let stage = loop {
            let Some(stage) = to else {
                return self.leave_stages(i);
            };
            let s = &self.model.stages[stage];
            let item = &self.items[i];
            if s.risks[usize::from(item.risk)] && s.changes[usize::from(item.change)] {
                break stage;
            }
            // Skipped, it still leads where it would: each time by a draw of its own, so that a cycle ends.
            let visit = self.count_visit(i, stage);
            to = self.route(i, stage, visit);
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
        } else {
            self.enter(i, stage);
        }
    }

    /// Let in what waits in front of a stage, as far as its limit allows.
    pub(super) fn admit(&mut self, stage: u32) {
        let s = stage as usize;
        let limit = self.model.stages[s].limit;
        while limit.is_none_or(|l| self.stages[s].count < l) {
            let Some(w) = self.stages[s].entry.pop() else {
                break;
            };
            let place = self.place_of(w.item);
            self.book(w.item, Part::WipBlock, place);
            self.enter(w.item, s);
        }
        let stream = self.model.stages[s].stream;
        if s == self.model.streams[stream].stages.start {
            self.refills.push(stream as u32);
        }
    }

    pub(super) fn leave_stage(&mut self, i: u32) {
        let stage = self.items[i].stage;
        if stage != NONE {
            self.stages[stage as usize].count -= 1;
            if self.awaited[stage as usize] {
                self.freed.push(stage);
            }
            self.items[i].stage = NONE;
        }
    }

    /// Take a place in a stage; pass the handoff if another team had the item before.
    fn enter(&mut self, i: u32, stage: usize) {
        self.leave_stage(i);
        self.stages[stage].count += 1;
        let to = self.model.stages[stage].team;
        let visit = self.count_visit(i, stage);
        let item = &mut self.items[i];
        item.stage = stage as u32;
        item.target = NONE;
        item.requests_done = false;
        let from = item.last_team;
        item.last_team = to as u32;
        if from == NONE || from as usize == to {
            return self.queue_stage(i);
        }
        let key = item.key.with(self.model.stages[stage].name);
        let (size, expedite, seq) = (item.size, item.expedite, item.seq);
        let handoff = self.model.handoff(from as usize, to);
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
            self.items[i].phase = Phase::Handoff;
            self.agenda.at(
                end.max(self.now),
                self.items[i].key.bits(),
                Happening::ItemReady(i),
            );
        } else {
            self.queue_stage(i);
        }
    }

    /// Stages and gates: what an item's visits are counted at.
    fn stations(&self) -> usize {
        self.model.stages.len() + self.model.gates.len()
    }

    /// Count a visit to a stage, or to a gate after the stages; returns which visit this is, from 1.
    pub(super) fn count_visit(&mut self, i: u32, station: usize) -> u32 {
        let at = i as usize * self.stations() + station;
        self.visits[at] = self.visits[at].saturating_add(1);
        if self.visits[at] == u16::MAX {
            // It goes round and round: no study means that.
            self.out.overflow = true;
        }
        u32::from(self.visits[at])
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

    /// Put the stage's work in its team's queue.
    fn queue_stage(&mut self, i: u32) {
        let (key, visit) = self.visit(i);
        let stage = &self.model.stages[self.items[i].stage as usize];
        let item = &self.items[i];
        let plain = stage
            .effort
            .sample(&mut key.draw_for(Purpose::Effort, visit))
            * stage.effort_factor
            * item.size
            * item.effort_share;
        let handoff = item.handoff_effort;
        self.queue_job(i, stage.team as u32, Job::Stage, plain, handoff);
    }

    /// Put a job in a team's queue.
    pub(super) fn queue_job(&mut self, i: u32, team: u32, job: Job, plain: f64, handoff: f64) {
        let t = &self.model.teams[team as usize];
        let item = &mut self.items[i];
        item.phase = Phase::Job(job);
        item.active = false;
        item.effort = [
            plain,
            handoff,
            (plain + handoff) * (t.load.factors(0.0).0 - 1.0),
        ];
        self.teams[team as usize].demanded += item.effort.iter().sum::<f64>();
        let w = self.waiting_entry(i);
        self.teams[team as usize].queue.push(w);
        self.touch_team(team);
    }

    /// Start what a team has room for.
    pub(super) fn pull(&mut self, team: u32) {
        let model = self.model;
        let t = team as usize;
        self.teams[t].advance(&model.teams[t], self.now);
        while let Some(w) = self.teams[t].queue.peek() {
            let urgent = w.class == 0 && model.expedite_interrupts;
            if !urgent && self.teams[t].in_progress() >= model.teams[t].places {
                break;
            }
            let Some(w) = self.teams[t].queue.pop() else {
                break;
            };
            if self.items[w.item].phase == Phase::Job(Job::Stage)
                && !self.items[w.item].requests_done
                && self.ask_platform(w.item)
            {
                continue;
            }
            self.start(w.item, team, urgent);
        }
        self.teams[t].reschedule(&model.teams[t]);
    }

    fn start(&mut self, i: u32, team: u32, interrupts: bool) {
        let part = match self.items[i].phase {
            Phase::Job(Job::Review) => Part::GateQueue,
            _ => Part::WaitTeam,
        };
        let place = self.job_place(i);
        self.book(i, part, place);
        let state = &mut self.teams[team as usize];
        let item = &mut self.items[i];
        item.active = true;
        item.slowed_at_start = state.slowed();
        item.worked_at_start = state.worked();
        state.start(
            i,
            item.seq ^ item.key.bits(),
            item.effort.iter().sum(),
            interrupts,
        );
    }

    fn job_place(&self, i: u32) -> usize {
        match self.items[i].phase {
            Phase::Job(Job::Review) => self.places.gate(self.items[i].gate as usize),
            _ => self.place_of(i),
        }
    }

    /// Draw this visit's platform requests (RULES 17); true if a ticket must be waited for.
    fn ask_platform(&mut self, i: u32) -> bool {
        let model = self.model;
        let stage = &model.stages[self.items[i].stage as usize];
        self.items[i].requests_done = true;
        if stage.requests.is_empty() {
            return false;
        }
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
            self.queue_job(ticket, request.team as u32, Job::Errand, effort, 0.0);
        }
        if self.items[i].open > 0 {
            let place = self.place_of(i);
            self.book(i, Part::WaitTeam, place);
            self.items[i].phase = Phase::Platform;
            return true;
        }
        false
    }

    /// A team finished a job.
    pub(super) fn complete(&mut self, team: u32) {
        let t = team as usize;
        self.teams[t].advance(&self.model.teams[t], self.now);
        self.touch_team(team);
        let Some(i) = self.teams[t].finish() else {
            return;
        };
        self.out.events += 1;
        self.book_job(i, team);
        self.items[i].active = false;
        self.items[i].handoff_effort = 0.0;
        match (self.items[i].phase, self.items[i].kind) {
            (Phase::Job(Job::Stage), _) => self.stage_done(i),
            (Phase::Job(Job::Review), _) => self.judge(i),
            (Phase::Job(Job::Triage), _) => self.pass_gates(i, self.items[i].gate),
            (_, Kind::ReleaseTask(deployment)) => {
                self.items.remove(i);
                self.task_done(deployment);
            }
            (_, Kind::Ticket) => {
                let parent = self.items[i].parent;
                self.items.remove(i);
                self.served(parent);
            }
            _ => self.items.remove(i),
        }
    }

    fn served(&mut self, i: u32) {
        self.items[i].open -= 1;
        if self.items[i].open == 0 {
            let place = self.place_of(i);
            self.book(i, Part::WaitPlatform, place);
            self.queue_stage_again(i);
        }
    }

    /// Back in the queue after tickets: the effort was asked for already.
    fn queue_stage_again(&mut self, i: u32) {
        let team = self.model.stages[self.items[i].stage as usize].team as u32;
        self.items[i].phase = Phase::Job(Job::Stage);
        let w = self.waiting_entry(i);
        self.teams[team as usize].queue.push(w);
        self.touch_team(team);
    }

    /// Divide the time of a finished job between work, its causes of slowness and time off (RULES 39).
    fn book_job(&mut self, i: u32, team: u32) {
        let state = &self.teams[team as usize];
        let item = &mut self.items[i];
        let elapsed = self.now - item.since;
        item.since = self.now;
        if !item.cohort || elapsed == 0 {
            return;
        }
        let working = state.worked() - item.worked_at_start;
        let [plain, handoff, load] = item.effort;
        let all = plain + handoff + load;
        let done = working.min(ticks_near(all));
        let of_done = |x: f64| {
            if x > 0.0 {
                (done as f64 * x / all) as Ticks
            } else {
                0
            }
        };
        let (handoff_ticks, load_ticks) = (of_done(handoff), of_done(load));
        let slow = working - done;
        let mut slowed = [0; 4];
        let now_slowed = state.slowed();
        let by: [f64; 4] = std::array::from_fn(|k| now_slowed[k] - item.slowed_at_start[k]);
        let sum: f64 = by.iter().sum();
        let mut left = slow;
        if sum > 0.0 && slow > 0 {
            for k in 1..4 {
                slowed[k] = (slow as f64 * (by[k] / sum).clamp(0.0, 1.0)) as Ticks;
                slowed[k] = slowed[k].min(left);
                left -= slowed[k];
            }
            slowed[SHARED] = left;
            left = 0;
        }
        // What rounding up to a tick adds, and nothing else, is left: it goes to the work.
        let main = match item.phase {
            Phase::Job(Job::Stage) if !item.rework => Part::Touch,
            Phase::Job(Job::Review) => Part::GateRun,
            _ => Part::Rework,
        };
        let parts = &mut self.item_parts[i as usize];
        parts[main as usize] += done - handoff_ticks - load_ticks + left;
        parts[Part::Handoff as usize] += handoff_ticks;
        parts[Part::SlowedLoad as usize] += load_ticks;
        parts[Part::SlowedShared as usize] += slowed[SHARED];
        parts[Part::SlowedSwitching as usize] += slowed[SWITCHING];
        parts[Part::SlowedAway as usize] += slowed[AWAY];
        parts[Part::SlowedMeetings as usize] += slowed[MEETINGS];
        parts[Part::OffHours as usize] += elapsed - working;
        let place = self.job_place(i);
        self.item_places[i as usize * self.places.count() + place].0 += elapsed;
    }

    fn stage_done(&mut self, i: u32) {
        let (key, visit) = self.visit(i);
        let model = self.model;
        let stage = self.items[i].stage as usize;
        let s = &model.stages[stage];
        if self.items[i].committed < 0
            && stage == model.streams[self.items[i].stream as usize].commit_stage
        {
            self.items[i].committed = self.now;
        }
        if self.items[i].gate != NONE {
            // Rework that a gate asked for goes back to that gate and is judged again (RULES 20).
            let gate = self.items[i].gate;
            self.items[i].effort_share = 1.0;
            let back = model.gates[gate as usize].stage;
            if back != stage {
                self.take_place(i, back);
            }
            return self.at_gate(i, gate);
        }
        let size = self.items[i].size * self.items[i].effort_share;
        let load = model.teams[s.team].load.factors(0.0).1;
        self.inject(
            i,
            s.defects.map(|d| d * load),
            key,
            Purpose::Defects,
            visit,
            size,
        );
        let mut draw = key.draw_for(Purpose::Return, visit);
        for back in &s.returns {
            if draw.uniform() < back.probability {
                self.items[i].rework = true;
                self.items[i].effort_share = back.effort_share;
                return self.go_to(i, Some(back.to), true);
            }
        }
        self.items[i].rework = false;
        self.items[i].effort_share = 1.0;
        self.pass_gates(i, NONE);
    }

    /// Count an item in another stage without queueing it there.
    fn take_place(&mut self, i: u32, stage: usize) {
        self.leave_stage(i);
        self.stages[stage].count += 1;
        self.items[i].stage = stage as u32;
    }

    /// Send an item back to a stage for rework on behalf of its gate.
    pub(super) fn rework(&mut self, i: u32, stage: usize, share: f64) {
        self.items[i].rework = true;
        self.items[i].effort_share = share;
        self.enter(i, stage);
    }

    /// Past the last gate of its stage: to the next stage.
    pub(super) fn move_on(&mut self, i: u32) {
        self.items[i].gate = NONE;
        self.items[i].rework = false;
        let (_, visit) = self.visit(i);
        let stage = self.items[i].stage as usize;
        let to = self.route(i, stage, visit);
        // A way back is a return: it enters over the limit, or two full stages would wait for each other
        // for ever (RULES 12).
        self.go_to(i, to, to.is_some_and(|to| to <= stage));
    }

    /// Where an item goes from a stage.
    fn route(&self, i: u32, stage: usize, visit: u32) -> Option<usize> {
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
            return self.repair_arrived(parent);
        }
        let (requested, committed, cohort) = (item.requested, item.committed, item.cohort);
        let stream = item.stream as usize;
        self.change_wip(-1);
        self.count_stay(requested, self.now);
        if self.counting {
            self.out.delivered += 1.0;
        }
        if cohort {
            self.cohort_left -= 1;
            self.lead.add(hours(self.now - requested));
            if committed >= 0 {
                self.change_lead.add(hours(self.now - committed));
            }
            self.out.finished += 1.0;
            let parts = &self.item_parts[i as usize];
            debug_assert_eq!(
                parts.iter().sum::<Ticks>(),
                self.now - requested,
                "the parts add up"
            );
            for (sum, part) in self.out.parts.iter_mut().zip(parts) {
                if *part > 0 {
                    *sum += hours(*part);
                }
            }
            let n = self.places.count();
            let cells = &self.item_places[i as usize * n..(i as usize + 1) * n];
            for (sum, cell) in self.out.places.iter_mut().zip(cells) {
                if cell.0 > 0 {
                    sum.0 += hours(cell.0);
                    sum.1 += hours(cell.1);
                }
            }
        }
        self.leave_stream(stream);
    }

    /// A timed phase of an item is over.
    pub(super) fn item_ready(&mut self, i: u32) {
        match self.items[i].phase {
            Phase::Handoff => {
                let place = self.place_of(i);
                self.book(i, Part::Handoff, place);
                self.queue_stage(i);
            }
            Phase::Automated => {
                let place = self.places.gate(self.items[i].gate as usize);
                self.book(i, Part::GateRun, place);
                self.judge(i);
            }
            Phase::Pipeline => self.pipeline_done(i),
            _ => {}
        }
    }
}
