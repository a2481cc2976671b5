//! Why lead time and incidents are what they are: one thing made ideal at a time, under the same luck
//! (RULES 38).
//!
//! [`suspects`] lists what could be ideal and is not; [`Cure`] says what ideal means. [`trace`] makes each
//! ideal *on its own* and *at the end*, when everything else is ideal already, and tries pairs: what hides
//! behind something else is worth nothing alone. The effects do not add up.
//!
//! Years are spent where they matter. With more suspects than asked for, all are tried on a few years and
//! those that save the most are kept; what is kept has [`FIRST_LOOK`] years; the first few of lead time, of
//! incidents and of impact go on to all years, and so do pairs that are more, or less, than their sum.

mod cure;
mod effect;
mod inquiry;
mod lab;
mod rank;
mod suspect;

pub use cure::Cure;
pub use effect::{Effects, Figure, YearsBelow};
pub use lab::Watch;
pub use suspect::{Section, Suspect, suspects};

use super::compare::FIRST_LOOK;
use super::run::Cancel;
use super::summary::CONFIDENCE;
use crate::engine::{PART_IDS, PARTS, Part, Replication};
use crate::model::{Model, Places};
use crate::scenario::Variant;
use crate::time::Ticks;
use inquiry::{Inquiry, planned};
use lab::Lab;
use serde::Serialize;

/// Error spent on all intervals of a figure together, at both looks.
const ALPHA: f64 = 0.05;

/// How much to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Years of what matters most, at least [`FIRST_LOOK`].
    pub years: usize,
    /// Suspects to report, at least 1.
    pub suspects: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            years: 150,
            suspects: 20,
        }
    }
}

/// Places among suspects or parts, from 1; two that cannot be told apart share one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Ranks {
    /// By mean lead time saved on its own.
    pub lead_time: usize,
    /// By incidents saved on its own.
    pub incidents: usize,
    /// By impact hours saved on its own.
    pub impact: usize,
}

impl Ranks {
    /// The place by a figure.
    #[must_use]
    pub fn of(self, figure: Figure) -> usize {
        match figure {
            Figure::LeadTime => self.lead_time,
            Figure::Incidents => self.incidents,
            Figure::Impact => self.impact,
        }
    }
}

/// What making something ideal changes: ideal minus not, so that savings are negative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blame {
    /// Years it rests on.
    pub replications: usize,
    /// Places by what it saves on its own.
    pub rank: Ranks,
    /// Only this one is ideal.
    pub on_its_own: Effects,
    /// Share of years in which it saves on its own.
    pub years_saved: YearsBelow,
    /// All are ideal but this one, and now it too.
    pub at_the_end: Effects,
}

/// A suspect and what it is to blame for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Traced {
    /// Which.
    #[serde(flatten)]
    pub suspect: Suspect,
    /// Mean hours of a lead time that the accounting puts down to it alone; `None` where it does not say.
    pub accounted_hours: Option<f64>,
    /// What it is to blame for.
    #[serde(flatten)]
    pub blame: Blame,
}

/// A part of the organisation with all its suspects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TracedPart {
    /// Which.
    pub part: Section,
    /// Its suspects' ids, those included that are not reported alone.
    pub suspects: Vec<String>,
    /// What it is to blame for.
    #[serde(flatten)]
    pub blame: Blame,
}

/// Two suspects together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Ids of the two.
    pub suspects: [String; 2],
    /// Years it rests on.
    pub replications: usize,
    /// Each on its own, over the same years.
    pub apart: [Effects; 2],
    /// Both ideal.
    pub together: Effects,
    /// Together less the sum of each on its own: below 0 one hides the other, above 0 they save the same.
    pub beyond_the_sum: Effects,
    /// Share of years in which together they save more than the sum.
    pub years_beyond: YearsBelow,
}

/// Hours of a lead time by part of the accounting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// As in `parts_hours` of a summary.
    pub id: &'static str,
    /// Mean hours.
    pub hours: f64,
    /// Share of years, of those in which anything was finished, in which it is among the three parts that take
    /// the most, work apart.
    pub years_leading: Option<f64>,
}

/// Where lead time and incidents come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// Cancelled before all years were made.
    pub partial: bool,
    /// Some years of some organisation were cut off: no figure of it can be trusted.
    pub cut_off: bool,
    /// What to know of the organisation as it is before believing a figure.
    pub warnings: Vec<String>,
    /// As it is.
    pub baseline: Effects,
    /// With every suspect ideal.
    pub ideal: Effects,
    /// Where the time of a change goes as it is.
    pub accounts: Vec<Account>,
    /// Those of the seven parts that have suspects, in their order.
    pub parts: Vec<TracedPart>,
    /// The suspects that save the most lead time first.
    pub suspects: Vec<Traced>,
    /// Suspects that saved less than those in the trial.
    pub left_out: Vec<Suspect>,
    /// Pairs of the first few.
    pub pairs: Vec<Pair>,
}

impl Trace {
    /// A suspect by id.
    #[must_use]
    pub fn suspect(&self, id: &str) -> Option<&Traced> {
        self.suspects.iter().find(|s| s.suspect.id == id)
    }

    /// The same, with what it says of the organisation as it is taken from other years of it: more of them
    /// than were traced. Effects stay, as they rest on years that all organisations share.
    #[must_use]
    pub fn as_it_is_in(self, model: &Model, runs: &[Replication]) -> Self {
        let suspects = self.suspects.into_iter().map(|s| Traced {
            accounted_hours: accounted(s.suspect.cure, model, runs),
            ..s
        });
        Self {
            baseline: Effects::sum(&[(1.0, runs)], CONFIDENCE),
            accounts: accounts(runs),
            suspects: suspects.collect(),
            ..self
        }
    }
}

/// Trace a variant, counting from `warm_up` on. `watch` is told how far it is, from any thread. After a
/// cancel, what the years made so far say.
#[must_use]
pub fn trace(
    variant: &Variant,
    warm_up: Ticks,
    effort: Effort,
    cancel: &Cancel,
    watch: Watch<'_>,
) -> Trace {
    let suspects = suspects(variant);
    let effort = Effort {
        years: effort.years.max(FIRST_LOOK).next_multiple_of(2),
        suspects: effort.suspects.max(1),
    };
    let planned = planned(suspects.len(), effort);
    let lab = Lab::new(variant, &suspects, warm_up, planned, (cancel, watch));
    let mut inquiry = Inquiry::new(&suspects, lab, effort);
    let kept = inquiry.keep();
    let groups = inquiry.groups();
    let pairs = inquiry.look(&kept, &groups);
    let model = variant.model(Some(warm_up));
    let trace = inquiry.result(&model, &kept, &groups, &pairs);
    Trace {
        partial: cancel.is_cancelled(),
        ..trace
    }
}

/// Parts that lead a year's accounts.
const LEADING: usize = 3;

/// Where the mean lead time of what was finished is spent, part by part of the accounting.
#[must_use]
pub fn accounts(runs: &[Replication]) -> Vec<Account> {
    let finished: f64 = runs.iter().map(|r| r.finished).sum();
    let years: Vec<Vec<usize>> = (runs.iter().filter(|r| r.finished > 0.0))
        .map(leading)
        .collect();
    let led = |p: usize| {
        let n = years.iter().filter(|y| y.contains(&p)).count();
        (!years.is_empty()).then(|| n as f64 / years.len() as f64)
    };
    (0..PARTS)
        .map(|p| Account {
            id: PART_IDS[p],
            hours: runs.iter().map(|r| r.parts[p]).sum::<f64>() / finished.max(1.0),
            years_leading: led(p),
        })
        .collect()
}

/// The parts of a year's lead times that take the most, work apart.
fn leading(run: &Replication) -> Vec<usize> {
    let mut parts: Vec<usize> = (0..PARTS)
        .filter(|p| *p != Part::Touch as usize && run.parts[*p] > 0.0)
        .collect();
    parts.sort_by(|a, b| run.parts[*b].total_cmp(&run.parts[*a]));
    parts.truncate(LEADING);
    parts
}

/// Mean hours that the accounting puts down to one suspect and nothing else.
fn accounted(cure: Cure, model: &Model, runs: &[Replication]) -> Option<f64> {
    let finished: f64 = runs.iter().map(|r| r.finished).sum();
    let part = |p: Part| Some(runs.iter().map(|r| r.parts[p as usize]).sum::<f64>());
    let sum = match cure {
        Cure::GateWait(g) => {
            let at = Places::of(model).gate(g);
            Some(runs.iter().map(|r| r.places[at].0).sum())
        }
        Cure::ReleaseWait => part(Part::ReleaseWait),
        Cure::Handoffs => part(Part::Handoff),
        Cure::Meetings => part(Part::SlowedMeetings),
        Cure::Load => part(Part::SlowedLoad),
        Cure::Environments(_) if model.environments.len() == 1 => part(Part::Environment),
        Cure::Limits(_) if model.streams.len() == 1 => part(Part::WipBlock),
        _ => None,
    };
    sum.map(|s: f64| s / finished.max(1.0))
}
