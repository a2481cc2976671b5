//! Gates: how they spend their time, and what they tell apart.

use super::detector;
use crate::random::{Distribution, Name};
use crate::time::Ticks;

/// How a gate spends its time.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
