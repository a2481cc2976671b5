//! What was left out, row by row and in sum.

use std::fmt;

use serde::Serialize;

/// One row that was dropped or used only in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowNote {
    /// Line of the file, the header being line 1.
    pub line: u64,
    /// The ticket, where it has a name.
    pub id: String,
    /// Why.
    pub reason: Reason,
}

/// Why a row was dropped or used only in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Reason {
    /// Dropped: no cell says anything.
    Blank,
    /// Dropped: the header once more.
    RepeatedHeader,
    /// Dropped: no ticket is named.
    NoId,
    /// Dropped: the ticket stands on an earlier line.
    Duplicate {
        /// That line.
        first: u64,
    },
    /// Dropped: no stage has a date.
    NoDates,
    /// The cell is taken for blank.
    Unreadable {
        /// Its column.
        stage: String,
        /// What it says, shortened.
        text: String,
    },
    /// Times that would be negative are left out; arrival and completion count.
    OutOfOrder {
        /// The earlier stage, which has the later date.
        stage: String,
        /// The later stage.
        next: String,
        /// How far back, in days.
        days: i32,
    },
    /// Arrival counts on the first date there is.
    EntersLater {
        /// The stage of that date.
        stage: String,
    },
    /// Still open: arrival and finished stages count, lead time cannot.
    Open {
        /// Where it stands.
        stage: String,
    },
}

impl Reason {
    /// Whether the row was dropped and not only used in part.
    pub fn drops(&self) -> bool {
        use Reason::{Blank, Duplicate, NoDates, NoId, RepeatedHeader};
        matches!(
            self,
            Blank | RepeatedHeader | NoId | Duplicate { .. } | NoDates
        )
    }

    /// The reason without its particulars, and what becomes of such rows: the heading of a summary.
    pub fn heading(&self) -> &'static str {
        match self {
            Reason::Blank => "blank rows, dropped",
            Reason::RepeatedHeader => "repeated headers, dropped",
            Reason::NoId => "rows without a ticket, dropped",
            Reason::Duplicate { .. } => "tickets that stand on an earlier line, dropped",
            Reason::NoDates => "tickets without any date, dropped",
            Reason::Unreadable { .. } => "cells that are not a date, taken for blank",
            Reason::OutOfOrder { .. } => "dates out of order: the negative time is left out",
            Reason::EntersLater { .. } => {
                "tickets that enter after the first stage: they arrive on their first date"
            }
            Reason::Open { .. } => {
                "tickets still open: they count as arrivals and in the stages they have left"
            }
        }
    }
}

impl fmt::Display for RowNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RowNote { line, id, .. } = self;
        write!(f, "line {line}")?;
        if !id.is_empty() {
            write!(f, ", {id}")?;
        }
        match &self.reason {
            Reason::Blank => write!(f, ": blank"),
            Reason::RepeatedHeader => write!(f, ": the header again"),
            Reason::NoId => write!(f, ": no ticket is named"),
            Reason::Duplicate { first } => write!(f, ": already on line {first}"),
            Reason::NoDates => write!(f, ": no date in any stage"),
            Reason::Unreadable { stage, text } => {
                write!(f, ": \"{text}\" in {stage} is not a date")
            }
            Reason::OutOfOrder { stage, next, days } => {
                write!(f, ": {next} comes {days} days before {stage}")
            }
            Reason::EntersLater { stage } => write!(f, ": enters in {stage}"),
            Reason::Open { stage } => write!(f, ": still in {stage}"),
        }
    }
}

/// How many rows have a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// [`Reason::heading`].
    pub reason: &'static str,
    /// Notes with that reason.
    pub count: usize,
    /// Whether such rows are dropped.
    pub dropped: bool,
}

/// Notes by reason, in the order in which reasons first come.
pub fn summary(notes: &[RowNote]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for note in notes {
        let reason = note.reason.heading();
        match tallies.iter_mut().find(|t| t.reason == reason) {
            Some(tally) => tally.count += 1,
            None => tallies.push(Tally {
                reason,
                count: 1,
                dropped: note.reason.drops(),
            }),
        }
    }
    tallies
}
