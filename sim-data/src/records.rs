//! Reading records: from bytes to measures, with a note about everything that was left out.

pub mod columns;
pub mod day;
pub mod measures;
pub mod notes;
pub mod stage_dates;
mod text;
