//! The tests that cross crates, in one binary.

mod bad_input;
mod change;
mod directions;
mod known_answers;
mod laws;
mod odd;
