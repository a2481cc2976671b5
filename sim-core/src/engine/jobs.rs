//! Work of teams: queued, started, finished, and its time divided among what it was spent on.

use super::Engine;
use super::item::{Job, Kind, NONE, Part, Phase};
use super::record::Spent;
use super::replay::What;
use super::team::{AWAY, MEETINGS, NEWCOMERS, SHARED, SLOWED, SWITCHING, Waiting};
use crate::model::QueuePolicy;
use crate::time::{Ticks, ticks_near};

impl Engine<'_> {
    fn waiting(&self, i: u32, remaining: f64) -> Waiting {
        let item = &self.items[i];
        // Repairs, estimates, the tasks of a release and the work of a change go first under every policy;
        // first come, first served knows no urgent requests.
        let fifo = self.model.policy == QueuePolicy::Fifo;
        let class = match item.kind {
            Kind::Repair
            | Kind::ReleaseTask(_)
            | Kind::Estimate
            | Kind::Change(_)
            | Kind::Improvement(_) => 0,
            _ if fifo => 2,
            _ if item.expedite => 0,
            _ if item.fixed_date => 1,
            _ => 2,
        };
        let key = match (class, self.model.policy, item.source) {
            (1, _, _) => item.due as f64,
            (_, QueuePolicy::WeightedShortestJobFirst, s) if s != NONE => {
                let worth = self.model.sources[s as usize].cost_of_delay
                    * self.model.streams[item.stream as usize].priority;
                -worth / (remaining * item.size).max(1e-9)
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

    /// Put a job in a team's queue.
    pub(super) fn queue_job(&mut self, i: u32, team: u32, job: Job, plain: f64, handoff: f64) {
        let load = self.loads[team as usize].0;
        let item = &mut self.items[i];
        item.phase = Phase::Job(job);
        item.active = false;
        item.effort = [plain, handoff, (plain + handoff) * (load - 1.0)];
        self.teams[team as usize].demanded += item.effort.iter().sum::<f64>();
        self.queue_again(i, team);
    }

    /// Back in a team's queue: the effort was asked for already.
    pub(super) fn queue_again(&mut self, i: u32, team: u32) {
        let w = self.waiting_entry(i);
        self.teams[team as usize].queue.push(w);
        self.note_job(What::Queued, i, team);
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
            match self.items[w.item].phase {
                Phase::Dropped => {
                    self.items.remove(w.item);
                    continue;
                }
                Phase::Job(Job::Stage) => {
                    self.touch(w.item);
                    let asks = self.known.stages[self.items[w.item].stage as usize].asks;
                    if asks && (self.ask_platform(w.item) || self.seize_environment(w.item)) {
                        continue;
                    }
                }
                _ => {}
            }
            self.start(w.item, team, urgent);
        }
        self.teams[t].reschedule(&model.teams[t]);
        self.nexts[self.known.order[t] as usize] = self.teams[t].next;
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

    fn start(&mut self, i: u32, team: u32, interrupts: bool) {
        let part = match self.items[i].phase {
            Phase::Job(Job::Review) => Part::GateQueue,
            _ => Part::WaitTeam,
        };
        let place = self.job_place(i);
        self.book(i, part, place);
        self.note_job(What::Started, i, team);
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

    /// A team finished a job.
    pub(super) fn complete(&mut self, team: u32) {
        let t = team as usize;
        self.teams[t].advance(&self.model.teams[t], self.now);
        self.touch_team(team);
        let Some(i) = self.teams[t].finish() else {
            return;
        };
        self.out.events += 1;
        self.count_spent(i);
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

    /// What the person-hours of a finished job were for.
    pub(super) fn count_spent(&mut self, i: u32) {
        if !self.counting {
            return;
        }
        let item = &self.items[i];
        let [plain, handoff, load] = item.effort;
        let on = match (item.phase, item.kind) {
            (_, Kind::Ticket) => Spent::Platform,
            (_, Kind::ReleaseTask(_) | Kind::SenderTask) => Spent::Coordination,
            (_, Kind::Estimate) => Spent::Estimating,
            (_, Kind::Coaching | Kind::Change(_) | Kind::Improvement(_)) => Spent::Improving,
            (_, Kind::Repair) => Spent::Unplanned,
            (Phase::Job(Job::Review | Job::Triage), _) => Spent::Verifying,
            _ if item.rework => Spent::Rework,
            _ => Spent::NewWork,
        };
        self.out.spent[on as usize] += plain + load;
        self.out.spent[Spent::Coordination as usize] += handoff;
    }

    /// Divide the time of a finished job between work, its causes of slowness and time off (RULES 39).
    pub(super) fn book_job(&mut self, i: u32, team: u32) {
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
        let slow = working - done;
        // What rounding up to a tick adds, and nothing else, is left: it goes to the work.
        let main = match item.phase {
            Phase::Job(Job::Stage) if !item.rework => Part::Touch,
            Phase::Job(Job::Review) => Part::GateRun,
            _ => Part::Rework,
        };
        let place = self.job_place(i);
        self.ledger.worked(i, place, elapsed);
        let parts = self.ledger.parts_mut(i);
        parts[Part::OffHours as usize] += elapsed - working;
        if slow <= 1 && plain == all {
            parts[main as usize] += working;
            return;
        }
        let item = &self.items[i];
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
        parts[main as usize] += done - handoff_ticks - load_ticks + left;
        parts[Part::Handoff as usize] += handoff_ticks;
        parts[Part::SlowedLoad as usize] += load_ticks;
        parts[Part::SlowedShared as usize] += slowed[SHARED];
        parts[Part::SlowedSwitching as usize] += slowed[SWITCHING];
        parts[Part::SlowedAway as usize] += slowed[AWAY];
        parts[Part::SlowedMeetings as usize] += slowed[MEETINGS];
        parts[Part::SlowedNewcomers as usize] += slowed[NEWCOMERS];
    }
}
