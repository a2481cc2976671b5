//! The tests that cross crates, in one binary.

mod bad_input;
mod directions;
mod known_answers;
mod laws;
mod odd;
mod replay;
