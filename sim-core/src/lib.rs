//! The model, the engine, the statistics and the experiments of Millrace. No files, no clock, no globals,
//! no window.
//!
//! A study's text comes in. [`scenario`] checks it and applies what-ifs, every fault at once; out of a
//! checked variant comes a [`model`], flat and indexed; [`engine`] runs one replication of a model, drawing
//! by name from [`random`] on the integer clock of [`mod@time`]; [`experiment`] runs many on all cores,
//! finds the warm-up, compares variants under common random numbers; [`stats`] turns replications into
//! estimates with intervals. Figures with their intervals go out.

pub mod engine;
pub mod experiment;
pub mod model;
pub mod random;
pub mod scenario;
pub mod stats;
pub mod time;
