//! Which lever moves lead time and incidents most.
//!
//! [`tornado`] moves each lever by one step from where it stands, under the same luck. Where levers may move
//! together, [`morris`] screens many of them by elementary effects and [`sobol`] divides the variance among
//! few; both work on any function of numbers between 0 and 1, and [`space`] makes one of a study's levers.

pub mod morris;
pub mod sobol;
pub mod space;
pub mod tornado;

use crate::experiment::metric::{Metric, Statistic};
use crate::scenario::Fault;
use crate::scenario::lever::Offered;
use serde::Serialize;

/// The figures by which levers are ranked: a study's two headlines.
pub const HEADLINES: [Metric; 2] = [
    Metric::LeadTime(Statistic::Percentile(0.85)),
    Metric::Incidents,
];

/// Something that is no study, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    /// Lever by id, or what-ifs.
    pub lever: String,
    /// Where it was to go.
    pub to: String,
    /// Every fault, with its way out.
    pub why: String,
}

/// All faults of a refusal in a row, each with its hint.
#[must_use]
pub fn reasons(faults: &[Fault]) -> String {
    let one = |f: &Fault| match &f.hint {
        Some(hint) => format!("{} ({hint})", f.message),
        None => f.message.clone(),
    };
    let mut all: Vec<String> = faults.iter().map(one).collect();
    all.dedup();
    all.join("; ")
}

/// A lever as results name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lever {
    /// Its id: `release-rhythm`, `people/app`.
    pub id: String,
    /// Shown name.
    pub label: String,
}

impl From<&Offered> for Lever {
    fn from(lever: &Offered) -> Self {
        Self {
            id: lever.id.clone(),
            label: lever.label.clone(),
        }
    }
}
