//! A work item, and everything else that can wait in a team's queue.

use super::record::{SPENT, Spent};
use super::team::SLOWED;
use crate::model::Places;
use crate::random::Name;
use crate::time::{NEVER, Ticks};

/// No item, defect, deployment.
pub const NONE: u32 = u32::MAX;

/// The parts that an item's lead time is made of; every tick belongs to exactly one (RULES 39).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "named in PART_IDS")]
pub enum Part {
    Touch,
    Rework,
    WaitTeam,
    Handoff,
    WaitPlatform,
    GateQueue,
    GateRun,
    BoardWait,
    WipBlock,
    ReleaseWait,
    Deployment,
    OffHours,
    SlowedShared,
    SlowedSwitching,
    SlowedAway,
    SlowedMeetings,
    SlowedLoad,
    SlowedNewcomers,
    Environment,
    JoinWait,
}

/// Number of [`Part`]s.
pub const PARTS: usize = 20;

/// Stable ids of the parts, in the order of [`Part`].
pub const PART_IDS: [&str; PARTS] = [
    "touch",
    "rework",
    "waiting-for-team",
    "handoff",
    "waiting-for-platform",
    "gate-queue",
    "gate-run",
    "board-wait",
    "wip-block",
    "release-wait",
    "deployment",
    "off-hours",
    "slowed-shared",
    "slowed-switching",
    "slowed-incidents",
    "slowed-meetings",
    "slowed-load",
    "slowed-newcomers",
    "environment",
    "waiting-for-parts",
];

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A request on its way to users.
    Work,
    /// A repair of an escaped defect: flows as expedite.
    Repair,
    /// A platform request of the parent.
    Ticket,
    /// Work for the deployment with this index.
    ReleaseTask(u32),
    /// The sender's side of a handoff.
    SenderTask,
    /// Estimating a request.
    Estimate,
    /// An hour with another team.
    Coaching,
    /// A part of the parent, worked on beside the others.
    Part,
    /// A piece of work for the step of the plan with this number.
    Change(u32),
    /// The improvement with this number.
    Improvement(u32),
}

/// What an item is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Waits for a place in the stream or in its next stage.
    Blocked,
    /// On its way between teams.
    Handoff,
    /// In a team's queue, or in progress, for this purpose.
    Job(Job),
    /// Tickets are open.
    Platform,
    /// Waits for an environment.
    Environment,
    /// Its parts are worked on.
    Forked,
    /// Refused or given up: forgotten when its queue comes to it.
    Dropped,
    /// In an automated gate.
    Automated,
    /// On a board's list.
    Board,
    /// In the pipeline.
    Pipeline,
    /// Ready for release, or in a deployment being prepared.
    Ready,
    /// Being rolled out.
    Rollout,
    /// Rolled back; a repair is under way.
    AwaitsRepair,
    /// With users.
    Done,
}

/// Why a team has an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Job {
    /// The stage's work.
    Stage,
    /// A review for the gate.
    Review,
    /// Clearing a false stop of the gate.
    Triage,
    /// A ticket or a task.
    Errand,
}

/// A work item, ticket, task or repair.
#[derive(Debug, Clone)]
pub struct Item {
    /// Names its draws, replication included.
    pub key: Name,
    /// Order among equals: source and number.
    pub seq: u64,
    /// What it is.
    pub kind: Kind,
    /// What it is doing.
    pub phase: Phase,
    /// Source it came from.
    pub source: u32,
    /// Its stream.
    pub stream: u32,
    /// 0 low, 1 medium, 2 high.
    pub risk: u8,
    /// Index into the change kinds.
    pub change: u8,
    /// Goes first.
    pub expedite: bool,
    /// Goes by its due date.
    pub fixed_date: bool,
    /// Cannot be rolled back.
    pub irreversible: bool,
    /// Somebody has worked on it.
    pub touched: bool,
    /// Holds a place in its stream.
    pub holds_token: bool,
    /// A part that has a place in a stage.
    pub entered: bool,
    /// Waits for a runner.
    pub awaits_runner: bool,
    /// Counted (RULES 30).
    pub cohort: bool,
    /// Reached users.
    pub produced: bool,
    /// Repair released outside the train and the boards.
    pub emergency: bool,
    /// Multiplies effort and defects.
    pub size: f64,
    /// Start of lead time.
    pub requested: Ticks,
    /// End of the commit stage, or -1.
    pub committed: Ticks,
    /// Start of the present phase.
    pub since: Ticks,
    /// Present stage, or NONE.
    pub stage: u32,
    /// Stage it wants to enter while blocked.
    pub target: u32,
    /// Team that last worked on it, or NONE.
    pub last_team: u32,
    /// Gate being passed, or to come back to after rework; NONE otherwise.
    pub gate: u32,
    /// The present stage visit repeats earlier work.
    pub rework: bool,
    /// Share of the stage's effort needed on this visit.
    pub effort_share: f64,
    /// The present stage visit's platform requests are served.
    pub requests_done: bool,
    /// Person-hours of the receiving side of a handoff, to be added to the next job.
    pub handoff_effort: f64,
    /// Person-hours of the present job: without and with what handoff and load add.
    pub effort: [f64; 3],
    /// Tickets open.
    pub open: u32,
    /// First defect, or NONE.
    pub defects: u32,
    /// Next in a deployment's list, or NONE.
    pub next: u32,
    /// Item it serves or is a part of, or NONE.
    pub parent: u32,
    /// Pool of which it holds an environment, or NONE.
    pub environment: u32,
    /// Fork of its stream it is split at, or a part of; or NONE.
    pub fork: u32,
    /// Which part of the fork.
    pub part: u32,
    /// Parts without a place of their own.
    pub outside: u32,
    /// Numbers the end of its patience; 0: it has all the time in the world.
    pub patience_stamp: u32,
    /// Length of the automated run it waits for a runner for.
    pub run_length: Ticks,
    /// When it should be with users; NEVER if it has no date.
    pub due: Ticks,
    /// Snapshot of the team's slowed time at the start of the job.
    pub slowed_at_start: [f64; SLOWED],
    /// Snapshot of the team's working ticks at the start of the job.
    pub worked_at_start: Ticks,
    /// In progress (and not only queued).
    pub active: bool,
}

impl Item {
    /// Where the present job is done, for the accounting.
    #[inline]
    pub fn job_place(&self, places: &Places) -> usize {
        match self.phase {
            Phase::Job(Job::Review) => places.gate(self.gate as usize),
            _ => places.standing(self.stage, self.stream),
        }
    }

    /// Count what the person-hours of the finished job were for.
    #[inline]
    pub fn count_spent(&self, spent: &mut [f64; SPENT]) {
        let [plain, handoff, load] = self.effort;
        let on = match (self.phase, self.kind) {
            (_, Kind::Ticket) => Spent::Platform,
            (_, Kind::ReleaseTask(_) | Kind::SenderTask) => Spent::Coordination,
            (_, Kind::Estimate) => Spent::Estimating,
            (_, Kind::Coaching | Kind::Change(_) | Kind::Improvement(_)) => Spent::Improving,
            (_, Kind::Repair) => Spent::Unplanned,
            (Phase::Job(Job::Review | Job::Triage), _) => Spent::Verifying,
            _ if self.rework => Spent::Rework,
            _ => Spent::NewWork,
        };
        spent[on as usize] += plain + load;
        if handoff > 0.0 {
            spent[Spent::Coordination as usize] += handoff;
        }
    }

    /// Of the present job.
    #[inline]
    pub fn person_hours(&self) -> f64 {
        let [plain, handoff, load] = self.effort;
        plain + handoff + load
    }

    /// Something that starts now, everything else unset.
    pub fn new(key: Name, seq: u64, kind: Kind, stream: u32, now: Ticks) -> Self {
        Self {
            key,
            seq,
            kind,
            phase: Phase::Blocked,
            source: NONE,
            stream,
            risk: 0,
            change: 0,
            expedite: false,
            fixed_date: false,
            irreversible: false,
            touched: false,
            holds_token: false,
            entered: false,
            awaits_runner: false,
            cohort: false,
            produced: false,
            emergency: false,
            size: 1.0,
            requested: now,
            committed: -1,
            since: now,
            stage: NONE,
            target: NONE,
            last_team: NONE,
            gate: NONE,
            rework: false,
            effort_share: 1.0,
            requests_done: false,
            handoff_effort: 0.0,
            effort: [0.0; 3],
            open: 0,
            defects: NONE,
            next: NONE,
            parent: NONE,
            environment: NONE,
            fork: NONE,
            part: 0,
            outside: 0,
            patience_stamp: 0,
            run_length: 0,
            due: NEVER,
            slowed_at_start: [0.0; SLOWED],
            worked_at_start: 0,
            active: false,
        }
    }
}

/// A store whose freed places are used again.
#[derive(Debug)]
pub struct Slab<T> {
    all: Vec<T>,
    free: Vec<u32>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            free: Vec::new(),
        }
    }
}

impl<T> Slab<T> {
    /// Empty, with its memory kept.
    pub fn clear(&mut self) {
        self.all.clear();
        self.free.clear();
    }

    /// Store a value; returns its index.
    pub fn insert(&mut self, value: T) -> u32 {
        if let Some(i) = self.free.pop() {
            self.all[i as usize] = value;
            i
        } else {
            self.all.push(value);
            (self.all.len() - 1) as u32
        }
    }

    /// Free a place.
    pub fn remove(&mut self, i: u32) {
        self.free.push(i);
    }

    /// Which places are in use.
    pub fn live(&self) -> Vec<bool> {
        let mut live = Vec::new();
        self.find_live(&mut live);
        live
    }

    /// The same, into memory that is there.
    pub fn find_live(&self, live: &mut Vec<bool>) {
        live.clear();
        live.resize(self.all.len(), true);
        self.free.iter().for_each(|&i| live[i as usize] = false);
    }

    /// Places ever used.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Values in use.
    pub fn in_use(&self) -> usize {
        self.all.len() - self.free.len()
    }
}

impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    fn index(&self, i: u32) -> &T {
        &self.all[i as usize]
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    fn index_mut(&mut self, i: u32) -> &mut T {
        &mut self.all[i as usize]
    }
}
