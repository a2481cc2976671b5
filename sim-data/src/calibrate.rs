//! Records to a study whose simulated times are those of the records.
//!
//! A [`Board`] is what the records say of the flow from a start stage on: how many tickets enter a week, how
//! long they stay in each column where someone works, where they go next, how many are in progress at once.
//! Each such column becomes a stage with a team of its own; a column where tickets wait becomes nothing,
//! because waiting has to come out of the simulation. What a record cannot hold is effort: [`search`] finds
//! the one with which the simulated time in each column is the recorded one, and [`draft`] writes the study.
//! [`against`] holds the result against the records, and against later records than it was made from.

pub mod against;
pub mod board;
mod draft;
mod search;

use crate::records::columns::same;
use crate::records::stage_dates::Import;
use board::Board;
use draft::Draft;
use millrace_core::scenario::Fault;

/// What a person says about the study to be made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// What the study is called.
    pub name: String,
    /// Where the records come from: stands beside every number that they gave.
    pub source: String,
    /// The column from which lead time counts; otherwise chosen ([`Board::start`]).
    pub start: Option<String>,
    /// People by column; otherwise as many as tickets are usually in progress at once.
    pub people: Vec<(String, u32)>,
    /// Time lost for each further item a person has in progress; 0 if not said.
    pub switching_cost: f64,
}

/// A study made from records.
#[derive(Debug, Clone)]
pub struct Calibrated {
    /// What the records say.
    pub board: Board,
    /// The study, TOML.
    pub study: String,
    /// What a reader should know about how it came about.
    pub notes: Vec<String>,
}

/// Why no study was made.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// The start that was asked for is no column of the file, or it is done.
    #[error("there is no stage `{0}` to start from; the stages are {1}")]
    UnknownStart(String, String),
    /// People were given for columns that are no stages of the study.
    #[error("no one works in {0}; work is done in {1}")]
    UnknownPeople(String, String),
    /// No column from the start on holds work.
    #[error(
        "no stage from `{0}` on is one where someone works; say which are (all look like waiting)"
    )]
    NoWork(String),
    /// Too few tickets to say anything.
    #[error("{0} tickets went from {1} to {2}: at least {least} are needed", least = board::FEWEST)]
    TooFew(usize, String, String),
    /// The study that was written is not one: a defect of the importer.
    #[error("the study that was made has faults: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<Fault>),
}

/// Makes a study of an import.
///
/// # Errors
/// If what was asked for is not in the file, or the file holds too little.
pub fn calibrate(import: &Import, asked: &Asked) -> Result<Calibrated, CalibrationError> {
    let board = Board::of(import, asked.start.as_deref())?;
    let unknown: Vec<&str> = asked
        .people
        .iter()
        .filter(|(name, _)| !board.columns.iter().any(|c| same(&c.name, name)))
        .map(|(name, _)| name.as_str())
        .collect();
    if !unknown.is_empty() {
        let work: Vec<&str> = board.columns.iter().map(|c| c.name.as_str()).collect();
        return Err(CalibrationError::UnknownPeople(
            unknown.join(", "),
            work.join(", "),
        ));
    }
    let mut draft = Draft::of(&board, asked);
    let mut notes = search::settle(&board, &mut draft).map_err(CalibrationError::Faults)?;
    if board.elsewhere > 0 {
        notes.push(format!(
            "{} done tickets never entered {} and are left out, so that later teams look less busy than they were",
            board.elsewhere, board.columns[0].name
        ));
    }
    let study = draft.text(&board);
    Ok(Calibrated {
        board,
        study,
        notes,
    })
}
