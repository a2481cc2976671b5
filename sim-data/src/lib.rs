//! Records that people already have become the numbers of a study.
//!
//! A file is read as text whatever its encoding (`records::text`), its header is recognised
//! ([`records::columns`]), the order of its dates is settled for the whole file ([`records::dates`]), and every
//! row that is dropped or used only in part is counted and explained ([`records::notes`]). What remains is
//! measured ([`records::measures`]): arrivals, throughput, time in each stage, lead time. Each measure is
//! fitted by maximum likelihood ([`fit`]); the sample itself is always the alternative. [`calibrate()`] turns an
//! import into a study whose simulated times are the recorded ones, and holds it against the records
//! ([`calibrate::against`]). [`sample`] makes records of the same shape, so that every test runs without
//! anyone's file.

pub mod calibrate;
pub mod fit;
pub mod records;
pub mod sample;

pub use calibrate::{Asked, Calibrated, CalibrationError, calibrate};
pub use records::stage_dates::{Import, ImportError, Options, read_stage_dates};
