//! What the engine needs: validated, indexed, flat. Built from a study by
//! [`crate::scenario`]; nothing here re-checks anything. Indices are positions in the vectors of
//! [`Model`]; names carry the randomness, so that no draw depends on a position.

mod calendar;
pub mod detector;
mod gate;
mod improvement;
mod outcome;
pub mod places;
mod production;
mod release;
mod start;
mod stream;
mod team;

pub use calendar::{Calendar, Shift};
pub use gate::{Gate, GateKind};
pub use improvement::{Funded, IMPROVEMENT_RULES, Improvement, Rule};
pub use outcome::{Objective, ObjectiveMetric, QueuePolicy};
pub use places::{Place, Places};
pub use production::Production;
pub use release::{
    ExposureStep, Freeze, PipelineStep, Release, ReleasePolicy, ReleaseTask, Rush, Strategy,
    WayBack,
};
pub use start::{Begun, Start};
pub use stream::{
    Arrivals, Estimation, Fork, ForkPart, Request, Return, Rhythm, Route, Source, Stage, Stream,
};
pub use team::{Coaching, Handoff, Load, SWITCHING_CAP, Staffing, Team};

use crate::random::Name;
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
#[derive(Debug, Clone, PartialEq)]
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
    /// Regular hours that enabling teams spend.
    pub coaching: Vec<Coaching>,
    /// Pools of test environments.
    pub environments: Vec<Pool>,
    /// Automated runs that can go on at one time, gates' and pipelines'; `None`: any number.
    pub runners: Option<u32>,
    /// Hazards, detection, response.
    pub production: Production,
    /// Reviews and what they may change, while a plan is run.
    pub improvement: Option<Improvement>,
    /// Where a forecast starts, if the study says.
    pub start: Option<Start>,
    /// What is run and counted.
    pub window: Window,
}

/// Something of which there are only so many.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// How many.
    pub count: u32,
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
