//! How fast Millrace is, measured in three sizes: a part, the engine, a whole study.
//!
//! The yardstick is a loop written by hand that simulates one line and can do nothing else: [`textbook`] is
//! the usual way to write it, [`mod@line`] the fast way. [`studies`] holds what the engine runs: the same
//! line, and the shipped study. `benches/` measures with criterion; the binary `ratio` says in one line how
//! the engine compares with both loops.

pub mod line;
pub mod studies;
pub mod textbook;
