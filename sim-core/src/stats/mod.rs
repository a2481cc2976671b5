//! Estimates from replications: counts in bins, influence values, intervals, luck and ignorance, warm-up, years
//! compared.

pub mod histogram;
mod influence;
mod share;
mod student;
mod variance;
mod warm_up;
mod years;

pub use influence::{Estimate, Influence, none_seen};
pub use share::share;
pub use variance::{Spread, split};
pub use warm_up::{mser, settled};
pub use years::{Years, compare_years, compare_years_in_pairs};
