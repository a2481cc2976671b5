//! What a person asks of the open study and waits seconds for: what-ifs side by side ([`compare`]) and
//! quarter by quarter ([`path`]), where the time and the incidents come from ([`why`]), which lever moves
//! most ([`rank`]), which what-ifs together are worth their price ([`combine`]), and which number would
//! turn a choice around ([`flip`]). Each answers with plain values for drawing; what it finds can become a
//! what-if ([`proposal`]). Levels of the baseline are the same in all of them ([`anchor`]).

mod anchor;
pub mod combine;
pub mod compare;
pub mod flip;
pub mod path;
pub mod proposal;
pub mod rank;
#[cfg(test)]
mod tests;
pub mod why;

use crate::document::invalid;
use crate::run::{SharedMemory, baseline_years};
use crate::view::{Refusal, RefusalCode};
use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, find_warm_up_of_settled};
use millrace_core::scenario::{Models, Scenario, Variant};
use millrace_core::time::{Ticks, ticks_up};

type Answer<T> = Result<T, Refusal>;

/// From so many hours on, times are told in days.
const DAYS_FROM: f64 = 36.0;
/// Share of years in which what a sentence says must hold for it to be said.
const HOLDS: f64 = 0.9;

/// What an investigation rests on: the study as it was when it was asked, the variant that was shown, and
/// the baseline's years that are there already.
#[derive(Clone)]
pub struct Ground {
    /// The study.
    pub scenario: Scenario,
    /// The what-if that was shown; `None` for the baseline.
    pub shown: Option<String>,
    /// The baseline's years.
    pub memory: SharedMemory,
}

/// Who waits for an investigation: a switch that ends it, and who is told how far it is.
pub struct Watching<'w> {
    /// Ends it.
    pub cancel: &'w Cancel,
    /// Told parts done, of how many.
    pub at: &'w (dyn Fn(u64, u64) + Sync),
}

impl Ground {
    /// The baseline (`None`) or a what-if.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn variant(&self, what_if: Option<&str>) -> Answer<Variant> {
        self.scenario.variant(what_if, &[]).map_err(|f| invalid(&f))
    }

    /// Where counting starts: as the study says, or as long as the longest of these variants needs that
    /// settles.
    pub fn warm_up<'v>(
        &'v self,
        variants: impl IntoIterator<Item = &'v Variant>,
        cancel: &Cancel,
    ) -> Ticks {
        if let Some(stated) = self.scenario.baseline.study.run.warm_up {
            return ticks_up(stated);
        }
        let models: Vec<Models> = std::iter::once(&self.scenario.baseline)
            .chain(variants)
            .map(|v| v.models(None))
            .collect();
        find_warm_up_of_settled(&models.iter().collect::<Vec<_>>(), cancel).ticks
    }

    /// The first so many years of the baseline; none after a cancel.
    pub fn baseline(&self, warm_up: Ticks, years: u64, cancel: &Cancel) -> Vec<Replication> {
        let models = self.scenario.baseline.models(Some(warm_up));
        baseline_years(&models, warm_up, years, &self.memory, cancel).unwrap_or_default()
    }

    /// After how many years it is told what they say: as given, up to as many as the study asks for.
    fn looks(&self, looks: impl IntoIterator<Item = u64>) -> Vec<u64> {
        let most = self.scenario.baseline.study.run.replications as u64;
        let mut all: Vec<u64> = looks.into_iter().map(|n| n.min(most)).collect();
        all.dedup();
        all
    }

    /// Look again with more and more years; what all but the last say is only so far.
    ///
    /// # Errors
    /// If it was ended before the last look.
    fn sharpen<T>(
        &self,
        looks: Vec<u64>,
        cancel: &Cancel,
        mut look: impl FnMut(u64) -> T,
        so_far: &dyn Fn(T),
    ) -> Answer<T> {
        let last = looks.last().copied();
        for years in looks {
            let view = look(years);
            if cancel.is_cancelled() {
                break;
            }
            if Some(years) == last {
                return Ok(view);
            }
            so_far(view);
        }
        refuse(RefusalCode::NoResult, "Ended before all years were made.")
    }

    /// The study seen from the shown variant: what is changed is changed on top of it.
    ///
    /// # Errors
    /// If the shown what-if is no study.
    pub fn from_shown(&self) -> Answer<Scenario> {
        Ok(match &self.shown {
            None => self.scenario.clone(),
            Some(id) => Scenario {
                baseline: self.variant(Some(id))?,
                what_ifs: Vec::new(),
            },
        })
    }

    /// The shown variant's name.
    #[must_use]
    pub fn shown_name(&self) -> String {
        let shown = self
            .shown
            .as_deref()
            .and_then(|id| self.scenario.what_if(id));
        shown.map_or_else(|| "Baseline".into(), |w| w.name.clone())
    }
}

/// A team's name for people.
fn team(scenario: &Scenario, id: &str) -> String {
    let teams = &scenario.baseline.study.teams;
    let found = teams.iter().find(|t| t.id == id);
    found.map_or_else(|| id.to_owned(), |t| t.name.clone())
}

fn refuse<T>(code: RefusalCode, message: impl Into<String>) -> Answer<T> {
    Err(Refusal {
        code,
        message: message.into(),
        faults: Vec::new(),
    })
}

/// How times are told: so many hours each, and in what.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Unit {
    hours: f64,
    name: &'static str,
}

impl Unit {
    /// Days where the hours are many.
    fn of(hours: f64) -> Self {
        if hours >= DAYS_FROM {
            Self {
                hours: 24.0,
                name: "days",
            }
        } else {
            Self {
                hours: 1.0,
                name: "hours",
            }
        }
    }
}

/// A difference with its sign: "−17", "+3.1", "0".
fn signed(x: f64) -> String {
    let text = millrace_report::words::rounded(x);
    if x > 0.0 && text != "0" {
        format!("+{text}")
    } else {
        text
    }
}

/// "a", "a and b", "a, b and c".
fn listed(all: &[String]) -> String {
    match all.split_last() {
        None => String::new(),
        Some((one, [])) => one.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
