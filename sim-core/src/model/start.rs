//! The state that a forecast starts from.

use crate::time::Ticks;

/// Work that is there when a forecast begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The day, as written; empty if the study gives none.
    pub date: String,
    /// When it begins, in the first week of simulated time: the date's weekday.
    pub at: Ticks,
    /// Requests keep coming.
    pub new_requests: bool,
    /// In progress, the furthest first.
    pub in_progress: Vec<Begun>,
    /// Requested and not begun: source and how many, the first to be begun first.
    pub backlog: Vec<(usize, u32)>,
}

/// Items in a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Begun {
    /// Where.
    pub stage: usize,
    /// What.
    pub source: usize,
    /// How many.
    pub count: u32,
    /// Share of the stage's work that is left of each.
    pub left: f64,
}

impl Start {
    /// Items in all.
    #[must_use]
    pub fn items(&self) -> u64 {
        let begun = self.in_progress.iter().map(|b| u64::from(b.count));
        let waiting = self.backlog.iter().map(|b| u64::from(b.1));
        begun.chain(waiting).sum()
    }
}
