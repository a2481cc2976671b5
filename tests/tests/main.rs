//! The tests that cross crates, in one binary.

mod assumptions;
mod bad_input;
mod change;
mod coverage;
mod directions;
mod forecast;
mod format;
mod idle;
mod known_answers;
mod laws;
mod odd;
mod pipelines;
mod published;
mod replay;
mod shipped_figures;
mod told;
