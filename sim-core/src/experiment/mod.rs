//! Many replications of variants, and what they say.
//!
//! [`run`] makes replications on all cores and hands them over as contiguous prefixes, [`replicate`] the
//! same where the study has assumption ranges; [`warm_up`] finds
//! where counting may start; [`metric`] names every figure and turns replications into influence values;
//! [`summary`] is the documented result of a variant; [`compare`] pairs two variants under common random
//! numbers and finds the verdict; [`flip`] finds the numbers that would turn it around;
//! [`mod@transition`] pairs them quarter by quarter while the change goes on; [`mod@trace`] makes one thing
//! ideal at a time and says where the time and the incidents come from; [`rank`] says which lever moves a
//! figure most, [`optimise`] which what-ifs together are worth their price, [`goal`] how far one lever must go
//! to keep a promise. An [`Arm`] is a variant among many; [`bytes`] keeps replications for another process;
//! [`forecast`] starts from work that is there; [`mod@load`] says how near to its limit an organisation runs,
//! [`quarter`] what one quarter shows of a change; [`fit`] finds the numbers nobody can measure.

mod arm;
pub mod bytes;
pub mod compare;
pub mod fit;
pub mod flip;
pub mod forecast;
pub mod goal;
pub mod load;
pub mod metric;
pub mod optimise;
mod plans;
mod precision;
pub mod quarter;
pub mod rank;
mod run;
pub mod summary;
pub mod trace;
pub mod transition;
mod warm_up;

pub use arm::{Arm, Figures, Watch, objectives_met};
pub use compare::{Comparison, Verdict, compare};
pub use load::{Load, load};
pub use metric::{Metric, Statistic};
pub use precision::precise;
pub use run::{Cancel, replicate, run};
pub use summary::{Summary, summarise};
pub use trace::{Trace, trace};
pub use transition::{Transition, transition};
pub use warm_up::{WarmUp, find_warm_up, find_warm_up_of, find_warm_up_of_settled};
