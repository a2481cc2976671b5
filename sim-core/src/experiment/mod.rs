//! Many replications of variants, and what they say.
//!
//! [`run`] makes replications on all cores and hands them over as contiguous prefixes, [`replicate`] the
//! same where the study has assumption ranges; [`warm_up`] finds
//! where counting may start; [`metric`] names every figure and turns replications into influence values;
//! [`summary`] is the documented result of a variant; [`compare`] pairs two variants under common random
//! numbers and finds the verdict; [`mod@transition`] pairs them quarter by quarter while the change goes on.
//! [`rank`] says which lever moves a figure most, [`optimise`] which what-ifs together are worth their price,
//! [`goal`] how far one lever must go to keep a promise. An [`Arm`] is a variant among many.

mod arm;
pub mod compare;
pub mod goal;
pub mod metric;
pub mod optimise;
mod plans;
pub mod rank;
mod run;
pub mod summary;
pub mod transition;
mod warm_up;

pub use arm::{Arm, Figures, Watch};
pub use compare::{Comparison, Verdict, compare};
pub use metric::{Metric, Statistic};
pub use run::{Cancel, replicate, run};
pub use summary::{Summary, summarise};
pub use transition::{Transition, transition};
pub use warm_up::{WarmUp, find_warm_up, find_warm_up_of, find_warm_up_of_settled};
