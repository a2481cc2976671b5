//! One replication: a model and a replication number go in, a [`Replication`] comes out.
//!
//! [`begin`] empties an engine and sets its clockwork going; [`Engine::run`] takes the next event in the order of RULES 2 and hands it to the file that knows it:
//! [`demand`] lets requests in; [`flow`] moves items from stage to stage, [`fork`] splits and joins them;
//! [`jobs`] is what teams do with them, on the processor in [`team`]; [`resources`] is what the platform
//! gives; [`gates`] judges; [`release`] collects, prepares and rolls out; [`incidents`] lets escaped
//! defects show, calls people and sends repairs back into the flow; [`staffing`] lets people come and
//! go. [`account`] counts what was delivered, [`week`] what stands where when a week is over, [`window`] what
//! the counted time comes to, and [`record`] is what is left; [`replay`] keeps the whole history of a
//! replication that asks. An engine keeps its memory from one replication to the next.

mod account;
mod begin;
mod change;
mod demand;
mod events;
mod flow;
mod forecast;
mod fork;
mod gates;
mod improve;
mod incidents;
mod item;
mod jobs;
mod known;
mod ledger;
mod plan;
mod queue;
mod record;
mod release;
mod replay;
mod resources;
mod soonest;
mod staffing;
mod team;
mod week;
mod window;

pub use forecast::{Finished, forecasting};
pub use item::{PART_IDS, PARTS, Part};
pub use plan::{Funding, Plan, QUARTER_WEEKS, Step, run_plan};
pub use record::{
    CAUSE_IDS, Group, Improved, Quarter, RECORDED, Replication, SEVERITY_IDS, SPENT, SPENT_IDS,
    Times, Weekly, recorded,
};
pub use replay::{COLUMNS, Replay, Rollout, Row, Segment, State, Track, Tracks, What, Word};

use crate::model::{Model, Places};
use crate::random::Name;
use crate::stats::histogram::Tally;
use crate::time::{NEVER, Ticks};
use events::{Agenda, Happening};
use incidents::{Defect, Incident};
use item::{Item, Slab};
use known::Known;
use ledger::Ledger;
use release::{Deployment, Service};
use resources::PoolState;
use staffing::Staff;
use std::collections::BinaryHeap;
use team::{TeamState, Waiting};

/// Memory of items in the system, beyond which a run is cut off as hopelessly overloaded: some 300 000
/// items of a usual organisation.
const MOST_BYTES: usize = 200 << 20;
/// Defects remembered at one time, beyond which a run is cut off.
const MOST_DEFECTS: usize = 1_000_000;
/// Events, beyond which a run is cut off: a minute of work, or five centuries of a large organisation.
const MOST_EVENTS: u64 = 200_000_000;
/// Steps at one instant, beyond which a run is cut off: work that takes no time and never ends.
const MOST_AT_ONCE: u32 = 1_000_000;

/// Places in the accounting and queues in front of a limit.
#[derive(Debug, Default)]
struct StageState {
    count: u32,
    entry: BinaryHeap<Waiting>,
}

#[derive(Debug, Default)]
struct StreamState {
    tokens: u32,
    /// Places that became free are being filled from the backlog.
    letting_in: bool,
    backlog: BinaryHeap<Waiting>,
    /// Requests that nobody has worked on yet.
    untouched: u32,
    background: u64,
    week: week::OfStream,
}

/// Runs replications of one model.
#[derive(Debug)]
pub struct Engine<'m> {
    model: &'m Model,
    known: Known,
    places: Places,
    now: Ticks,
    root: Name,
    agenda: Agenda,
    items: Slab<Item>,
    /// Visits of each item to each stage, `items × stages`.
    visits: Vec<u16>,
    ledger: Ledger,
    teams: Vec<TeamState>,
    /// When each team finishes its next job, in the order of [`Known::by_name`].
    nexts: Vec<Ticks>,
    /// Teams whose queue or progress changed since their last [`Self::settle`].
    unsettled: Vec<u32>,
    stages: Vec<StageState>,
    /// Stages with a place that became free, where something may happen when one does.
    freed: Vec<u32>,
    streams: Vec<StreamState>,
    /// Streams whose endless backlog may have room.
    refills: Vec<u32>,
    /// Items that may be in the system at one time.
    most_items: usize,
    /// Steps at the present instant.
    at_once: u32,
    boards: Vec<BinaryHeap<Waiting>>,
    /// What each board decides at the end of its session.
    sessions: Vec<Vec<u32>>,
    services: Vec<Service>,
    deployments: Slab<Deployment>,
    defects: Slab<Defect>,
    incidents: Slab<Incident>,
    /// Requests of each source so far, and the batches they came in.
    arrived: Vec<u64>,
    batches: Vec<u64>,
    staff: Vec<Staff>,
    /// Factors of cognitive load on each team's effort and defects.
    loads: Vec<(f64, f64)>,
    environments: Vec<PoolState>,
    runners: PoolState,
    replication: u64,
    /// Ticks from request to production of what was delivered in the present week.
    week_lead: Ticks,
    /// Which places of the items are in use, as it was last looked.
    live: Vec<bool>,
    /// Busy person-hours of each team at the last week's end.
    busy_before: Vec<f64>,
    /// Numbers what is scheduled, so that what was called off is known when it comes.
    stamp: u32,
    counting: bool,
    wip: i64,
    wip_since: Ticks,
    week_ticks: i128,
    cohort_left: u64,
    lead: Tally,
    change_lead: Tally,
    recovery: Tally,
    /// By source and risk class.
    cells: Vec<account::Cell>,
    /// Ticks of the finished cohort by place: total, and not in progress.
    place_ticks: Vec<(i128, i128)>,
    out: Replication,
    at_open: Vec<(f64, f64)>,
    /// What changes while it runs, if anything does.
    change: Option<Box<plan::Changing<'m>>>,
    /// The history of this replication, if it asked for one.
    log: Option<Box<replay::Log>>,
}

impl<'m> Engine<'m> {
    /// Run one replication from an empty system. The same model and number always give the same bits.
    #[must_use]
    pub fn run(&mut self, replication: u64) -> Replication {
        self.reset(replication);
        self.schedule_clockwork();
        self.settle();
        loop {
            let (time, team) = self.next_event();
            if time >= self.model.window.cap || self.finished(time) || self.out.overflow {
                break;
            }
            self.step(time, team);
        }
        self.close()
    }

    /// The next event: when, and the team whose completion it is; the agenda's next otherwise.
    #[inline]
    fn next_event(&self) -> (Ticks, Option<u32>) {
        // Without branches: which team is next is a matter of luck, and a wrong guess costs more than
        // the whole search. Teams are in the order of their names, so the first of equals it is.
        let (mut soonest, mut place) = (NEVER, 0);
        for (i, next) in self.nexts.iter().enumerate() {
            let sooner = *next < soonest;
            place = if sooner { i } else { place };
            soonest = if sooner { *next } else { soonest };
        }
        let (time, order) = self.agenda.peek();
        if time < soonest {
            return (time, None);
        }
        let Some(team) = self.known.by_name.get(place) else {
            return (time, None);
        };
        let agenda_first = time == soonest && order < team.completion;
        (soonest, (!agenda_first).then_some(team.index))
    }

    /// The window is over, all that was counted has arrived, and deployments were followed up.
    fn finished(&self, next: Ticks) -> bool {
        self.cohort_left == 0 && next > self.known.until
    }

    fn step(&mut self, time: Ticks, team: Option<u32>) {
        // What a rounding finished before the end of a working day is noticed after it: not in the past.
        let time = time.max(self.now);
        if time > self.now {
            self.at_once = 0;
        }
        self.now = time;
        self.count_step();
        if let Some(team) = team {
            self.complete(team);
        } else if let Some(what) = self.agenda.pop() {
            self.happen(what);
        }
        self.settle();
    }

    /// Every input ends: what takes no time and has no end is cut off.
    fn count_step(&mut self) {
        self.at_once += 1;
        if self.at_once > MOST_AT_ONCE || self.out.events > MOST_EVENTS {
            self.out.overflow = true;
        }
    }

    fn happen(&mut self, what: Happening) {
        self.out.events += u64::from(!what.is_clock());
        match what {
            Happening::Arrival(source) => self.arrive(source),
            Happening::ItemReady(item) => self.item_ready(item),
            Happening::BoardCutOff(gate) => self.board_cut_off(gate),
            Happening::BoardDecides(gate) => self.board_decides(gate),
            Happening::TrainCutOff(stream) => self.train_cut_off(stream),
            Happening::Departure(deployment) => self.departure(deployment),
            Happening::FullExposure(deployment, stamp) => self.full_exposure(deployment, stamp),
            Happening::Manifest(defect, stamp) => self.manifest(defect, stamp),
            Happening::Detected(incident, stamp) => self.detected(incident, stamp),
            Happening::Recovered(incident, stamp) => self.recovered(incident, stamp),
            Happening::Background(stream) => self.background(stream),
            Happening::GivesUp(item, stamp) => self.give_up(item, stamp),
            Happening::SomebodyLeaves(team) => self.somebody_leaves(team),
            Happening::SomebodyJoins(team, seat) => self.somebody_joins(team, seat),
            Happening::SomebodyIsAway(team) => self.somebody_is_away(team),
            Happening::SomebodyIsBack(team, seat, stamp) => {
                self.somebody_is_back(team, seat, stamp);
            }
            Happening::ReleasesOpen(stream) => self.roll_next(stream),
            Happening::WindowOpens => self.window_edge(true),
            Happening::WindowCloses => self.window_edge(false),
            Happening::Week => self.week(),
            Happening::ProjectWeek(project) => self.project_week(project),
            Happening::ChangeWork(project) => self.change_work(project),
            Happening::TakesEffect => self.takes_effect(),
            Happening::Review => self.review(),
        }
    }

    /// Let freed places and idle people take what waits, until nothing changes.
    fn settle(&mut self) {
        loop {
            if !(self.freed.is_empty() && self.refills.is_empty()) {
                self.fill_freed();
            }
            let Some(team) = self.unsettled.pop() else {
                return;
            };
            self.teams[team as usize].unsettled = false;
            self.pull(team);
        }
    }

    /// Let freed places take what waits.
    fn fill_freed(&mut self) {
        loop {
            if let Some(stream) = self.refills.pop() {
                self.refill_stream(stream as usize);
            } else if let Some(stage) = self.freed.pop() {
                self.admit(stage);
            } else {
                return;
            }
        }
    }

    #[inline]
    fn touch_team(&mut self, team: u32) {
        let unsettled = &mut self.teams[team as usize].unsettled;
        if !std::mem::replace(unsettled, true) {
            self.unsettled.push(team);
        }
    }
}
