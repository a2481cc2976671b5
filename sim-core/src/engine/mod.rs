//! One replication: a model and a replication number go in, a [`Replication`] comes out.
//!
//! [`Engine::run`] takes the next event in the order of RULES 2 and hands it to the file that knows it:
//! [`demand`] lets requests in; [`flow`] moves items from stage to stage, [`fork`] splits and joins them;
//! [`jobs`] is what teams do with them, on the processor in [`team`]; [`resources`] is what the platform
//! gives; [`gates`] judges; [`release`] collects, prepares and rolls out; [`incidents`] lets escaped
//! defects show, calls people and sends repairs back into the flow; [`staffing`] lets people come and
//! go. [`account`] counts what was delivered, and [`record`] is what is left; [`replay`] keeps the whole
//! history of a replication that asks. An engine keeps its memory from one replication to the next.

mod account;
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

pub use forecast::{Finished, forecasting};
pub use item::{PART_IDS, PARTS, Part};
pub use plan::{Funding, Plan, QUARTER_WEEKS, Step, run_plan};
pub use record::{
    CAUSE_IDS, Group, Improved, Quarter, RECORDED, Replication, SEVERITY_IDS, SPENT, SPENT_IDS,
    Times, Weekly, recorded,
};
pub use replay::{COLUMNS, Replay, Rollout, Row, Segment, State, Track, Tracks, What, Word};

use crate::model::{Arrivals, GateKind, Model, Places, RISKS, ReleasePolicy};
use crate::random::Name;
use crate::stats::histogram::Tally;
use crate::time::{HOUR, NEVER, Ticks, WEEK, hours};
use events::{Agenda, Happening};
use incidents::{Defect, Incident};
use item::{Item, Kind, Slab};
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
    weekly: account::Week,
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
    /// An engine for a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        Self {
            model,
            known: Known::of(model),
            places: Places::of(model),
            now: 0,
            root: model.seed,
            agenda: Agenda::default(),
            items: Slab::default(),
            visits: Vec::new(),
            ledger: Ledger::new(Places::of(model).count()),
            teams: model.teams.iter().map(|_| TeamState::default()).collect(),
            nexts: vec![NEVER; model.teams.len()],
            unsettled: Vec::new(),
            stages: model.stages.iter().map(|_| StageState::default()).collect(),
            freed: Vec::new(),
            streams: model
                .streams
                .iter()
                .map(|_| StreamState::default())
                .collect(),
            refills: Vec::new(),
            most_items: MOST_BYTES / bytes_per_item(model),
            at_once: 0,
            boards: model.gates.iter().map(|_| BinaryHeap::new()).collect(),
            sessions: model.gates.iter().map(|_| Vec::new()).collect(),
            services: model.streams.iter().map(|_| Service::default()).collect(),
            deployments: Slab::default(),
            defects: Slab::default(),
            incidents: Slab::default(),
            arrived: vec![0; model.sources.len()],
            batches: vec![0; model.sources.len()],
            staff: model.teams.iter().map(|_| Staff::default()).collect(),
            loads: vec![(1.0, 1.0); model.teams.len()],
            environments: model
                .environments
                .iter()
                .map(|_| PoolState::default())
                .collect(),
            runners: PoolState::default(),
            replication: 0,
            weekly: account::Week::default(),
            busy_before: vec![0.0; model.teams.len()],
            stamp: 0,
            counting: false,
            wip: 0,
            wip_since: 0,
            week_ticks: 0,
            cohort_left: 0,
            lead: Tally::default(),
            change_lead: Tally::default(),
            recovery: Tally::default(),
            cells: (0..model.sources.len() * RISKS.len())
                .map(|_| account::Cell::default())
                .collect(),
            place_ticks: Vec::new(),
            out: Replication::default(),
            at_open: Vec::new(),
            change: None,
            log: None,
        }
    }

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

    fn reset(&mut self, replication: u64) {
        self.replication = replication;
        self.root = self.model.seed.nth(replication);
        self.now = 0;
        self.agenda.clear();
        self.items.clear();
        self.visits.clear();
        self.ledger.clear();
        self.teams.iter_mut().for_each(TeamState::reset);
        self.nexts.fill(NEVER);
        self.unsettled.clear();
        self.freed.clear();
        self.refills.clear();
        self.at_once = 0;
        for s in &mut self.stages {
            s.count = 0;
            s.entry.clear();
        }
        for s in &mut self.streams {
            s.tokens = 0;
            s.letting_in = false;
            s.backlog.clear();
            s.untouched = 0;
            s.background = 0;
        }
        self.boards.iter_mut().for_each(BinaryHeap::clear);
        self.sessions.iter_mut().for_each(Vec::clear);
        self.services.iter_mut().for_each(Service::reset);
        self.deployments.clear();
        self.defects.clear();
        self.incidents.clear();
        self.arrived.fill(0);
        self.batches.fill(0);
        for (staff, team) in self.staff.iter_mut().zip(&self.model.teams) {
            staff.reset(team);
        }
        for (state, pool) in self.environments.iter_mut().zip(&self.model.environments) {
            state.reset(pool.count);
        }
        self.runners.reset(self.model.runners.unwrap_or(0));
        self.weekly = account::Week::default();
        self.busy_before.fill(0.0);
        self.counting = false;
        self.wip = 0;
        self.wip_since = 0;
        self.week_ticks = 0;
        self.cohort_left = 0;
        self.out = Replication {
            gates: vec![[0.0; 4]; self.model.gates.len()],
            weekly_wip: Vec::with_capacity((self.model.window.horizon / WEEK) as usize + 1),
            ..Replication::default()
        };
        self.cells.iter_mut().for_each(account::Cell::reset);
        self.place_ticks.clear();
        self.place_ticks.resize(self.places.count(), (0, 0));
        self.at_open.clear();
        self.at_open.resize(self.model.teams.len(), (0.0, 0.0));
    }

    /// Everything that happens by the clock and not because of work.
    fn schedule_clockwork(&mut self) {
        let model = self.model;
        self.agenda
            .at(model.window.warm_up, 0, Happening::WindowOpens);
        self.agenda
            .at(model.window.horizon, 1, Happening::WindowCloses);
        self.agenda.at(WEEK, 2, Happening::Week);
        for (i, gate) in model.gates.iter().enumerate() {
            if let GateKind::Board {
                first,
                cut_off,
                every,
                ..
            } = gate.kind
            {
                let mut at = first - cut_off;
                while at < 0 {
                    at += every;
                }
                self.agenda
                    .at(at, gate.name.bits(), Happening::BoardCutOff(i as u32));
            }
        }
        for (i, stream) in model.streams.iter().enumerate() {
            let release = stream.release.as_ref();
            if let Some((
                name,
                ReleasePolicy::Train {
                    every,
                    first,
                    cut_off,
                },
            )) = release.map(|r| (r.name, &r.policy))
            {
                let mut at = first - cut_off;
                while at < 0 {
                    at += every;
                }
                self.services[i].next_cut_off = at;
                self.agenda
                    .at(at, name.bits(), Happening::TrainCutOff(i as u32));
            }
            if stream.background_rate > 0.0 {
                self.schedule_background(i as u32);
            }
        }
        self.schedule_staffing();
        self.weekly_changes(true);
        for i in 0..model.sources.len() as u32 {
            match model.sources[i as usize].arrivals {
                Arrivals::Endless => self.refill(i),
                _ => self.schedule_arrival(i),
            }
        }
        self.schedule_plan();
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

    fn change_wip(&mut self, by: i64) {
        let ticks = i128::from(self.wip) * i128::from(self.now - self.wip_since);
        self.week_ticks += ticks;
        if self.counting {
            self.out.wip_ticks += ticks;
        }
        self.wip_since = self.now;
        self.wip += by;
    }

    fn week(&mut self) {
        self.change_wip(0);
        self.out
            .weekly_wip
            .push((self.week_ticks as f64 / WEEK as f64) as f32);
        self.week_ticks = 0;
        self.record_week();
        self.weekly_changes(false);
        self.feel_dips();
        if self.now < self.model.window.horizon {
            self.agenda.at(self.now + WEEK, 2, Happening::Week);
        }
    }

    fn window_edge(&mut self, opens: bool) {
        self.change_wip(0);
        self.counting = opens;
        self.note_clock(if opens {
            What::WindowOpens
        } else {
            What::WindowCloses
        });
        for (i, state) in self.teams.iter_mut().enumerate() {
            let team = &self.model.teams[i];
            state.advance(team, self.now);
            if opens {
                self.at_open[i] = (state.busy, state.demanded);
            } else {
                let window = self.model.window;
                let worked = hours(
                    team.calendar.worked(window.horizon) - team.calendar.worked(window.warm_up),
                );
                let there = f64::from(team.people) * worked;
                self.out.teams.push([
                    state.busy - self.at_open[i].0,
                    there,
                    state.demanded - self.at_open[i].1,
                    team.capacity() * worked,
                ]);
            }
        }
    }

    /// Start of lead time of an item's stay inside the window, for Little's law.
    fn count_stay(&mut self, from: Ticks, to: Ticks) {
        let w = self.model.window;
        let overlap = to.min(w.horizon) - from.max(w.warm_up);
        if overlap > 0 {
            self.out.stay_ticks += i128::from(overlap);
        }
    }

    fn close(&mut self) -> Replication {
        let window = self.model.window;
        if self.out.overflow && self.out.teams.is_empty() {
            // Cut off before the window closed, or opened: as it was then, so it stays.
            if !self.counting {
                self.now = self.now.max(window.warm_up);
                self.window_edge(true);
            }
            self.now = self.now.max(window.horizon);
            self.window_edge(false);
        }
        // What is left was followed up to the cap, even if nothing happened any more.
        let followed = if self.cohort_left > 0 && !self.out.overflow {
            window.cap
        } else {
            self.now
        };
        let end = followed.max(window.horizon).min(window.cap);
        self.now = end;
        for i in 0..self.items.len() as u32 {
            let item = &self.items[i];
            if item.kind != Kind::Work || item.produced {
                continue;
            }
            if item.phase == item::Phase::Dropped {
                continue;
            }
            let (requested, cohort) = (item.requested, item.cohort);
            self.count_stay(requested, end);
            if cohort {
                self.count_leftover(i, end);
            }
        }
        self.add_up_groups();
        self.close_quarters();
        self.out.lead_time = Times::of(&mut self.lead);
        self.out.change_lead_time = Times::of(&mut self.change_lead);
        self.out.recovery = Times::of(&mut self.recovery);
        self.out.wip_hours = self.out.wip_ticks as f64 / HOUR as f64;
        self.out.window_hours = hours(window.horizon - window.warm_up);
        self.out.objectives = self
            .model
            .objectives
            .iter()
            .map(|o| self.out.meets(o))
            .collect();
        std::mem::take(&mut self.out)
    }
}

/// Memory that an item takes, bytes.
fn bytes_per_item(model: &Model) -> usize {
    let (places, stations) = (
        Places::of(model).count(),
        model.stages.len() + model.gates.len(),
    );
    size_of::<Item>()
        + Ledger::ticks(places) * size_of::<Ticks>()
        + stations * size_of::<u16>()
        + size_of::<Waiting>()
}
