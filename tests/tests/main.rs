//! The tests that cross crates, in one binary.

mod assumptions;
mod bad_input;
mod change;
mod coverage;
mod directions;
mod format;
mod known_answers;
mod laws;
mod odd;
mod replay;
mod shipped_figures;
mod told;
mod trace;
