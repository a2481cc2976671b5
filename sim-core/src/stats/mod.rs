//! Estimates from replications: counts in bins, influence values, intervals, warm-up, years compared.

pub mod histogram;
mod influence;
mod student;
mod warm_up;
mod years;

pub use influence::{Estimate, Influence, none_seen};
pub use warm_up::mser;
pub use years::{Years, compare_years};
