//! Work of teams: queued, started, finished, and its time divided among what it was spent on.

use super::Engine;
use super::item::{Item, Job, Kind, NONE, Part, Phase};
use super::replay::What;
use super::team::{AWAY, MEETINGS, NEWCOMERS, SHARED, SLOWED, SWITCHING, Waiting};
use crate::model::QueuePolicy;
use crate::time::{Ticks, ticks_near};

impl Engine<'_> {
    /// A place in a queue; `remaining`: person-hours that an item of size 1 takes from here to the end.
    #[inline(always)]
    fn waiting(&self, i: u32, item: &Item, remaining: impl FnOnce() -> f64) -> Waiting {
        // Repairs, estimates, the tasks of a release and the work of a change go first under every policy;
        // first come, first served knows no urgent requests.
        let first = match item.kind {
            Kind::Work | Kind::Part | Kind::Ticket | Kind::SenderTask | Kind::Coaching => false,
            Kind::Repair
            | Kind::ReleaseTask(_)
            | Kind::Estimate
            | Kind::Change(_)
            | Kind::Improvement(_) => true,
        };
        let policy = self.model.policy;
        let knows_urgent = policy != QueuePolicy::Fifo;
        let class = if first | (knows_urgent & item.expedite) {
            0
        } else if knows_urgent & item.fixed_date {
            1
        } else {
            2
        };
        let key = if class == 1 {
            item.due as f64
        } else if policy == QueuePolicy::WeightedShortestJobFirst && item.source != NONE {
            let worth = self.model.sources[item.source as usize].cost_of_delay
                * self.model.streams[item.stream as usize].priority;
            -worth / (remaining() * item.size).max(1e-9)
        } else {
            0.0
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

    #[inline]
    pub(super) fn waiting_entry(&self, i: u32) -> Waiting {
        let item = &self.items[i];
        self.waiting(i, item, || self.effort_left(item))
    }

    fn effort_left(&self, item: &Item) -> f64 {
        match item.stage {
            NONE => 1.0,
            stage => self.model.stages[stage as usize].remaining_effort,
        }
    }

    /// Put a job in a team's queue.
    #[inline(always)]
    pub(super) fn queue_job(&mut self, i: u32, team: u32, job: Job, plain: f64, handoff: f64) {
        let load = self.loads[team as usize].0;
        let item = &mut self.items[i];
        item.phase = Phase::Job(job);
        item.active = false;
        item.effort = [plain, handoff, (plain + handoff) * (load - 1.0)];
        self.teams[team as usize].demanded += item.person_hours();
        let item = &self.items[i];
        let w = self.waiting(i, item, || self.effort_left(item));
        self.queue(w, team);
        self.note_job(What::Queued, i, team);
    }

    /// Back in a team's queue: the effort was asked for already.
    #[inline]
    pub(super) fn queue_again(&mut self, i: u32, team: u32) {
        let w = self.waiting_entry(i);
        self.queue(w, team);
        self.note_job(What::Queued, i, team);
    }

    #[inline(always)]
    fn queue(&mut self, w: Waiting, team: u32) {
        let of = &self.model.teams[team as usize];
        let state = &mut self.teams[team as usize];
        // Whoever has no room need not look.
        let looks = state.has_room(of) || (w.class == 0 && self.model.expedite_interrupts);
        state.queue.push(w);
        if looks && !std::mem::replace(&mut state.unsettled, true) {
            self.unsettled.push(team);
        }
    }

    /// Start what a team has room for.
    #[inline(always)]
    pub(super) fn pull(&mut self, team: u32) {
        let model = self.model;
        let t = team as usize;
        let of = &model.teams[t];
        self.teams[t].advance(of, self.now);
        while let Some(w) = self.teams[t].next_job(of, model.expedite_interrupts) {
            let i = w.item;
            let item = &mut self.items[i];
            match item.phase {
                Phase::Dropped => {
                    self.items.remove(i);
                    continue;
                }
                Phase::Job(Job::Stage) => {
                    let asks = self.known.stages[item.stage as usize].asks;
                    if !item.touched {
                        self.touch(i);
                    }
                    if asks && (self.ask_platform(i) || self.seize_environment(i)) {
                        continue;
                    }
                }
                _ => {}
            }
            self.start(i, team, w.class == 0 && model.expedite_interrupts);
        }
        let state = &mut self.teams[t];
        state.reschedule(of);
        self.nexts[self.known.order[t] as usize] = state.next;
    }

    /// The first time anybody works on a request: its patience ends.
    pub(super) fn touch(&mut self, i: u32) {
        let item = &mut self.items[i];
        if !item.touched {
            item.touched = true;
            if item.kind == Kind::Work {
                self.streams[item.stream as usize].untouched -= 1;
            }
        }
    }

    #[inline(always)]
    fn start(&mut self, i: u32, team: u32, interrupts: bool) {
        let item = &mut self.items[i];
        let waited = self.now - item.since;
        item.since = self.now;
        if item.cohort && waited > 0 {
            let part = match item.phase {
                Phase::Job(Job::Review) => Part::GateQueue,
                _ => Part::WaitTeam,
            };
            let place = item.job_place(&self.places);
            self.ledger.waited(i, part as usize, place, waited);
        }
        let state = &mut self.teams[team as usize];
        item.active = true;
        item.slowed_at_start = state.slowed();
        item.worked_at_start = state.worked();
        let tie = item.seq ^ item.key.bits();
        state.start(i, tie, item.person_hours(), interrupts);
        self.note_job(What::Started, i, team);
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
        self.note_job(What::Finished, i, team);
        let item = &mut self.items[i];
        item.active = false;
        item.handoff_effort = 0.0;
        match (item.phase, item.kind) {
            (Phase::Job(Job::Stage), _) => self.stage_done(i),
            (Phase::Job(Job::Review), _) => self.judge(i),
            (Phase::Job(Job::Triage), _) => self.pass_gates(i, self.items[i].gate),
            (_, Kind::ReleaseTask(deployment)) => {
                self.items.remove(i);
                self.task_done(deployment);
            }
            (_, Kind::Change(step)) => self.change_work_done(i, team, step),
            (_, Kind::Improvement(n)) => self.improvement_done(i, team, n),
            (_, Kind::Ticket) => {
                self.see_ticket(i);
                let parent = self.items[i].parent;
                self.note(What::TicketServed, i);
                self.items.remove(i);
                self.served(parent);
            }
            _ => self.items.remove(i),
        }
    }

    /// Divide the time of a finished job between work, its causes of slowness and time off (RULES 39).
    #[inline(always)]
    pub(super) fn book_job(&mut self, i: u32, team: u32) {
        let state = &self.teams[team as usize];
        let item = &mut self.items[i];
        if self.counting {
            item.count_spent(&mut self.out.spent);
        }
        let elapsed = self.now - item.since;
        item.since = self.now;
        if !item.cohort || elapsed == 0 {
            return;
        }
        let working = state.worked() - item.worked_at_start;
        let [plain, handoff, load] = item.effort;
        let all = plain + handoff + load;
        let done = working.min(ticks_near(all));
        let slow = working - done;
        // What rounding up to a tick adds, and nothing else, is left: it goes to the work.
        let main = match item.phase {
            Phase::Job(Job::Stage) if !item.rework => Part::Touch,
            Phase::Job(Job::Review) => Part::GateRun,
            _ => Part::Rework,
        };
        let place = item.job_place(&self.places);
        let off = elapsed - working;
        if slow <= 1 && plain == all {
            let parts = [(main as usize, working), (Part::OffHours as usize, off)];
            return self.ledger.worked(i, place, parts);
        }
        let of_done = |x: f64| {
            if x > 0.0 {
                (done as f64 * x / all) as Ticks
            } else {
                0
            }
        };
        let (handoff_ticks, load_ticks) = (of_done(handoff), of_done(load));
        let mut slowed = [0; SLOWED];
        let now_slowed = state.slowed();
        let by: [f64; SLOWED] = std::array::from_fn(|k| now_slowed[k] - item.slowed_at_start[k]);
        let sum: f64 = by.iter().sum();
        let mut left = slow;
        if sum > 0.0 && slow > 0 {
            for k in 1..SLOWED {
                slowed[k] = (slow as f64 * (by[k] / sum).clamp(0.0, 1.0)) as Ticks;
                slowed[k] = slowed[k].min(left);
                left -= slowed[k];
            }
            slowed[SHARED] = left;
            left = 0;
        }
        let parts = [
            (main, done - handoff_ticks - load_ticks + left),
            (Part::OffHours, off),
            (Part::Handoff, handoff_ticks),
            (Part::SlowedLoad, load_ticks),
            (Part::SlowedShared, slowed[SHARED]),
            (Part::SlowedSwitching, slowed[SWITCHING]),
            (Part::SlowedAway, slowed[AWAY]),
            (Part::SlowedMeetings, slowed[MEETINGS]),
            (Part::SlowedNewcomers, slowed[NEWCOMERS]),
        ];
        let parts = parts.map(|(part, ticks)| (part as usize, ticks));
        self.ledger.worked(i, place, parts);
    }
}
