//! Many replications of variants, and what they say.
//!
//! [`run`] makes replications on all cores and hands them over as contiguous prefixes, [`replicate`] the
//! same where the study has assumption ranges; [`warm_up`] finds
//! where counting may start; [`metric`] names every figure and turns replications into influence values;
//! [`summary`] is the documented result of a variant; [`compare`] pairs two variants under common random
//! numbers and finds the verdict; [`flip`] finds the numbers that would turn it around;
//! [`mod@transition`] pairs them quarter by quarter while the change goes on; [`mod@trace`] makes one thing
//! ideal at a time and says where the time and the incidents come from;
//! [`bytes`] keeps replications for another process.

pub mod bytes;
pub mod compare;
pub mod flip;
pub mod metric;
mod plans;
mod precision;
mod run;
pub mod summary;
pub mod trace;
pub mod transition;
mod warm_up;

pub use compare::{Comparison, Verdict, compare};
pub use metric::{Metric, Statistic};
pub use precision::precise;
pub use run::{Cancel, replicate, run};
pub use summary::{Summary, summarise};
pub use trace::{Trace, trace};
pub use transition::{Transition, transition};
pub use warm_up::{WarmUp, find_warm_up, find_warm_up_of};
