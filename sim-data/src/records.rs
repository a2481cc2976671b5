//! Reading records: from bytes to measures, with a note about everything that was left out.

pub mod columns;
pub mod dates;
pub mod day;
pub mod measures;
pub mod notes;
pub mod stage_dates;
mod table;
mod text;
mod words;
