//! The tests that cross crates, in one binary.

mod assumptions;
mod bad_input;
mod change;
mod choosing;
mod coverage;
mod directions;
mod flip;
mod forecast;
mod format;
mod idle;
mod known_answers;
mod laws;
mod levers;
mod monotone;
mod odd;
mod pipelines;
mod published;
mod replay;
mod shipped_figures;
mod standing;
mod told;
mod trace;
