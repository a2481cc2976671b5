//! What the engine needs: validated, indexed, flat. Built from a study by
//! [`crate::scenario`]; nothing here re-checks anything. Indices are positions in the vectors of
//! [`Model`]; names carry the randomness, so that no draw depends on a position.

mod calendar;
pub mod detector;
pub mod places;

pub use calendar::{Calendar, Shift};
pub use places::{Place, Places};

use crate::random::{Distribution, Name};
use crate::time::Ticks;

/// Defect categories, in file order.
pub const CATEGORIES: [&str; 5] = [
    "functional",
    "performance",
    "security",
    "compliance",
    "operational",
];
/// Risk classes, in file order.
pub const RISKS: [&str; 3] = ["low", "medium", "high"];
/// Change kinds, in file order.
pub const CHANGES: [&str; 4] = ["code", "configuration", "migration", "infrastructure"];

/// One number for each defect category.
pub type PerCategory = [f64; 5];

/// A whole organisation, ready to run.
#[derive(Debug, Clone)]
pub struct Model {
    /// Root of all names: the study's seed.
    pub seed: Name,
    /// How every team orders its queue.
    pub policy: QueuePolicy,
    /// Expedite work interrupts instead of taking the next free person.
    pub expedite_interrupts: bool,
    /// Objectives.
    pub objectives: Vec<Objective>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Value streams.
    pub streams: Vec<Stream>,
    /// Demand sources.
    pub sources: Vec<Source>,
    /// Stages of all streams, stream by stream, in order.
    pub stages: Vec<Stage>,
    /// Gates.
    pub gates: Vec<Gate>,
    /// Deployment strategies in use.
    pub strategies: Vec<Strategy>,
    /// Work passing between teams, where no pair says otherwise.
    pub handoff: Handoff,
    /// Pairs of teams whose handoff differs: (from, to), ascending.
    pub handoff_pairs: Vec<((usize, usize), Handoff)>,
    /// Hazards, detection, response.
    pub production: Production,
    /// What is run and counted.
    pub window: Window,
}

/// How a queue is ordered (RULES 9). Class of service comes first in the last two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueuePolicy {
    /// By request time.
    Fifo,
    /// By class, then request time.
    ClassOfService,
    /// By class, then cost of delay over expected remaining effort, largest first.
    WeightedShortestJobFirst,
}

/// A promise: `percentile` of lead times (days) or incidents a month at most `target`.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// What is promised.
    pub metric: ObjectiveMetric,
    /// In the unit of the metric.
    pub target: f64,
}

/// What an objective promises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ObjectiveMetric {
    /// This share of lead times within the target, hours.
    LeadTimePercentile(f64),
    /// Incidents a month.
    IncidentsPerMonth,
    /// Customer-impact hours a month.
    ImpactPerMonth,
    /// Changes delivered a week, at least.
    ThroughputPerWeek,
}

/// A team: one processor with virtual clocks (RULES 6).
#[derive(Debug, Clone)]
pub struct Team {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// Head-count.
    pub people: u32,
    /// Ordinary items in progress at most.
    pub places: u32,
    /// Share of working time left by meetings and support, (0, 1].
    pub focus: f64,
    /// Cost of switching s of RULES 6, per additional item a person.
    pub switching: f64,
    /// Effort and defects are multiplied by this: the excess of cognitive load.
    pub load: f64,
    /// Working hours.
    pub calendar: Calendar,
}

/// How demand comes.
#[derive(Debug, Clone)]
pub enum Arrivals {
    /// Exponential gaps; rate per hour.
    Poisson(f64),
    /// Equal gaps; hours.
    Regular(f64),
    /// The backlog never empties (RULES 14).
    Endless,
}

/// A work type entering a stream.
#[derive(Debug, Clone)]
pub struct Source {
    /// Id in the study.
    pub id: String,
    /// Stable name.
    pub name: Name,
    /// Stream entered.
    pub stream: usize,
    /// When.
    pub arrivals: Arrivals,
    /// Multiplies effort and defects.
    pub size: Distribution,
    /// Shares of low, medium, high risk, adding up to 1.
    pub risks: [f64; 3],
    /// Shares of change kinds, adding up to 1.
    pub changes: [f64; 4],
    /// Share that is expedite.
    pub expedite_share: f64,
    /// Cost of delay per week.
    pub cost_of_delay: f64,
}

/// A value stream: a run of stages and what follows them.
#[derive(Debug, Clone)]
pub struct Stream {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// First stage, and one past the last.
    pub stages: std::ops::Range<usize>,
    /// Its first completion is the commit (RULES 26).
    pub commit_stage: usize,
    /// Items between first entry and production at most (CONWIP).
    pub limit: Option<u32>,
    /// How finished changes reach users; `None`: finished is delivered.
    pub release: Option<Release>,
    /// Incidents an hour that no change caused.
    pub background_rate: f64,
    /// Distinct teams that work its stages.
    pub teams_involved: u32,
}

/// Where an item goes after a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Route {
    /// Cumulative probability.
    pub upto: f64,
    /// Stage, or `None`: out of the stages.
    pub to: Option<usize>,
}

/// A rework loop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Return {
    /// Probability on each completion.
    pub probability: f64,
    /// Stage gone back to.
    pub to: usize,
    /// Share of that stage's effort needed again.
    pub effort_share: f64,
}

/// What a stage asks of the platform.
#[derive(Debug, Clone)]
pub struct Request {
    /// Stable name.
    pub name: Name,
    /// Probability on each visit.
    pub probability: f64,
    /// Share of requests served at once.
    pub self_served: f64,
    /// Team that works the tickets.
    pub team: usize,
    /// Person-hours of a ticket.
    pub effort: Distribution,
}

/// Work by one team on the way of an item.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// Its stream.
    pub stream: usize,
    /// Who works it.
    pub team: usize,
    /// Person-hours for an item of size 1.
    pub effort: Distribution,
    /// Multiplies effort: what the platform takes off.
    pub effort_factor: f64,
    /// Items in the stage at most (RULES 12).
    pub limit: Option<u32>,
    /// Risk classes it applies to.
    pub risks: [bool; 3],
    /// Change kinds it applies to.
    pub changes: [bool; 4],
    /// Rework loops, tried in order.
    pub returns: Vec<Return>,
    /// Where items go next.
    pub routes: Vec<Route>,
    /// Platform requests.
    pub requests: Vec<Request>,
    /// Mean defects injected per item of size 1.
    pub defects: PerCategory,
    /// Effort share when a gate sends an item back here.
    pub rework_share: f64,
    /// Gates after it, in order.
    pub gates: Vec<usize>,
    /// Expected effort from here to the end, for weighted shortest job first.
    pub remaining_effort: f64,
}

/// How a gate spends its time.
#[derive(Debug, Clone)]
pub enum GateKind {
    /// In the pipeline; hours.
    Automated(Distribution),
    /// By people of a team; person-hours.
    Manual {
        /// Reviewing team.
        team: usize,
        /// Person-hours.
        effort: Distribution,
    },
    /// At meetings (RULES 21).
    Board {
        /// Between sessions.
        every: Ticks,
        /// First session's start.
        first: Ticks,
        /// Papers must be in this long before.
        cut_off: Ticks,
        /// Length of the session: decisions fall at its end.
        session: Ticks,
        /// Changes a session.
        places: u32,
    },
}

/// A verification gate as a detector (RULES 19).
#[derive(Debug, Clone)]
pub struct Gate {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// Stage it stands after.
    pub stage: usize,
    /// How it works.
    pub kind: GateKind,
    /// Risk classes it judges.
    pub risks: [bool; 3],
    /// Change kinds it judges.
    pub changes: [bool; 4],
    /// Categories it can find.
    pub covers: [bool; 5],
    /// How it separates faulty from sound.
    pub detector: detector::Detector,
    /// Person-hours of the stage's team to clear a false stop.
    pub triage: Distribution,
}

/// How changes are collected for release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleasePolicy {
    /// Each change by itself as soon as the service is free.
    Each,
    /// All that is ready when the service is free.
    Batch,
    /// On a schedule (RULES 22).
    Train {
        /// Between departures.
        every: Ticks,
        /// First departure.
        first: Ticks,
        /// What is ready this long before the departure is on it.
        cut_off: Ticks,
    },
}

/// From finished to users.
#[derive(Debug, Clone)]
pub struct Release {
    /// Stable name.
    pub name: Name,
    /// How changes are collected.
    pub policy: ReleasePolicy,
    /// Automated steps of the pipeline, run for each change.
    pub steps: Vec<PipelineStep>,
    /// Person-hours each release asks of teams: coordination, and deploying by hand.
    pub tasks: Vec<ReleaseTask>,
    /// Strategy for risk × change kind: index `risk * 4 + change`.
    pub strategy: [usize; 12],
    /// Team whose people roll back by hand, if another than the one that injected the defect.
    pub rollback_team: Option<usize>,
}

/// An automated step.
#[derive(Debug, Clone)]
pub struct PipelineStep {
    /// Stable name.
    pub name: Name,
    /// Hours.
    pub duration: Distribution,
    /// Probability that a run fails for no reason and is run again.
    pub flaky: f64,
}

/// Work each release asks of a team.
#[derive(Debug, Clone)]
pub struct ReleaseTask {
    /// Stable name.
    pub name: Name,
    /// Who.
    pub team: usize,
    /// Person-hours.
    pub effort: Distribution,
}

/// One step of exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExposureStep {
    /// Share of users on the new version, (0, 1].
    pub share: f64,
    /// How long before the next step.
    pub bake: Ticks,
}

/// Undoing a deployment.
#[derive(Debug, Clone, PartialEq)]
pub enum WayBack {
    /// By itself, after hours.
    Automatic(Distribution),
    /// By people, after hours during which they do nothing else.
    ByHand {
        /// Hours.
        time: Distribution,
        /// People occupied.
        people: u32,
    },
    /// None: fix forward.
    None,
}

/// A deployment strategy: exposure steps, way back, downtime.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// Id in the study or the table.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Steps; the last has share 1.
    pub steps: Vec<ExposureStep>,
    /// Undoing.
    pub way_back: WayBack,
    /// Hours in which nobody is served.
    pub downtime: f64,
    /// Mean hours until the rollout's own check notices a manifest defect before full exposure.
    pub self_check: Option<f64>,
}

/// Everything after a defect reached users.
#[derive(Debug, Clone)]
pub struct Production {
    /// Hazard per hour of full exposure, by category.
    pub hazard: PerCategory,
    /// Mean hours until a manifest defect is noticed.
    pub detection: f64,
    /// Hours of coordination for each team involved beyond the first.
    pub coordination: f64,
    /// Hours of fixing forward with all responders.
    pub fix: Distribution,
    /// People called.
    pub responders: u32,
    /// Share of the commit stage's effort that the repair item needs.
    pub repair_share: f64,
    /// Repairs skip gates that only delay: the emergency path.
    pub emergency_path: bool,
    /// Multiplies injected defects for low, medium, high risk.
    pub risk_factor: [f64; 3],
    /// Probability that a repair injects a new defect.
    pub bad_fix: f64,
}

/// Work passing from one team to another.
#[derive(Debug, Clone)]
pub struct Handoff {
    /// Working hours of the receiver.
    pub delay: Distribution,
    /// Person-hours of the sender, a task of its own.
    pub sender_effort: f64,
    /// Person-hours of the receiver, on top of the stage's.
    pub receiver_effort: f64,
    /// Defects injected by lost information, per item of size 1, in the categories of the next stage.
    pub lost_information: f64,
}

/// What is run and counted (RULES 30).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Counting starts.
    pub warm_up: Ticks,
    /// Counting ends; requests after it are not counted.
    pub horizon: Ticks,
    /// The run ends here whatever is left.
    pub cap: Ticks,
}

impl Model {
    /// The handoff between two different teams.
    #[must_use]
    pub fn handoff(&self, from: usize, to: usize) -> &Handoff {
        self.handoff_pairs
            .binary_search_by_key(&(from, to), |p| p.0)
            .map_or(&self.handoff, |i| &self.handoff_pairs[i].1)
    }
}
