//! Many replications of variants, and what they say.
//!
//! [`run`] makes replications on all cores and hands them over as contiguous prefixes, [`replicate`] the
//! same where the study has assumption ranges; [`warm_up`] finds
//! where counting may start; [`metric`] names every figure and turns replications into influence values;
//! [`summary`] is the documented result of a variant; [`compare`] pairs two variants under common random
//! numbers and finds the verdict; [`bytes`] keeps replications for another process; [`forecast`] starts from work that is there; [`mod@transition`] pairs them quarter by quarter while the change goes on.

pub mod bytes;
pub mod compare;
pub mod forecast;
pub mod metric;
mod plans;
mod run;
pub mod summary;
pub mod transition;
mod warm_up;

pub use compare::{Comparison, Verdict, compare};
pub use metric::{Metric, Statistic};
pub use run::{Cancel, replicate, run};
pub use summary::{Summary, summarise};
pub use transition::{Transition, transition};
pub use warm_up::{WarmUp, find_warm_up, find_warm_up_of};
