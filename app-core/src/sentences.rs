//! What results amount to, in sentences. Each is computed, rests on intervals that leave no other answer, and
//! says so where it does not hold in nearly every year; what does not hold is not said.
//!
//! Every family is a pure function from results: [`trace`] says where the time goes, [`staffing`] what more
//! people do, [`spent`] what lead time is made of, [`trade`] what is gained against what is lost, [`gate`] whom a gate stops, [`load`] how near to
//! its limit an organisation runs, [`flip`] what would turn a choice around, [`course`] how a change goes,
//! [`quarter`] what one quarter would show of it, [`promise`] what it takes to keep one.

pub mod course;
pub mod flip;
pub mod gate;
pub mod load;
pub mod promise;
pub mod quarter;
pub mod spent;
pub mod staffing;
pub mod trace;
pub mod trade;
pub(crate) mod words;

use crate::words::capital;
use millrace_core::engine::Replication;
use millrace_core::experiment::{Comparison, Summary};
use millrace_core::model::Model;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Years of 50 from which on a sentence is said as it is.
pub const SURELY: f64 = 45.0;
/// What holds in fewer years of 50 is not said: the fixed words have "cannot tell" for it.
const MOSTLY: f64 = 30.0;

/// A view of a face, with the charts that sentences point to in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum View {
    /// Around the map: `utilisation` (of a team), `gates` (of a gate), `where-time-goes` (of a part of lead time,
    /// or all of it), `delivered`, `incidents`, `harm`.
    Workbench,
    /// What-ifs side by side, of a what-if: `lead-time`, `delivered`, `incidents`, `harm`; `objective` (of an
    /// objective).
    Compare,
    /// `where-time-goes` (of a part of lead time), `parts` (of a part of the organisation), and by suspect `lead-time`, `incidents`, `impact`;
    /// `load` (`more`, `less`).
    Why,
    /// Of a what-if: `quarters`, `weeks`, `net`.
    Course,
    /// `combinations` (ids joined by ` + `).
    Combine,
    /// `flips` (the path of a number; the what-if where none turns it).
    Flip,
}

/// Where the numbers of a sentence can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The view.
    pub view: View,
    /// The chart or table in it: a figure's id, or the key of the results that it shows.
    pub chart: String,
    /// What in it: the id of a team, gate, suspect or what-if, or the path of a number; `None` for all of it.
    pub subject: Option<String>,
}

impl About {
    fn new(view: View, chart: &str) -> Self {
        Self {
            view,
            chart: chart.to_owned(),
            subject: None,
        }
    }

    fn of(view: View, chart: &str, subject: &str) -> Self {
        Self {
            subject: Some(subject.to_owned()),
            ..Self::new(view, chart)
        }
    }
}

/// Something that holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Sentence {
    /// What kind of sentence it is.
    pub id: String,
    /// The sentence, which says how often it holds where it is not certain.
    pub text: String,
    /// The same for where the name of what it is about stands beside it.
    pub short: String,
    /// The what-if it is about; `None`: the organisation as it is.
    pub of: Option<String>,
    /// Years of 50 in which it holds, under the same luck; `None` where it is about all years at once.
    pub holds: Option<f64>,
    /// It holds in nearly every year; where it is about all years at once, surely.
    pub certain: bool,
    /// Where its numbers can be seen, in their order; never empty.
    pub about: Vec<About>,
}

impl Sentence {
    /// A sentence that holds in a share of years, 0 to 1: nothing where that is too few.
    fn held(id: &str, text: String, years: f64, about: Vec<About>) -> Option<Self> {
        let holds = 50.0 * years;
        let certain = holds >= SURELY;
        let text = if certain {
            text
        } else {
            let all = text.strip_suffix('.').unwrap_or(&text);
            format!("{all} (in {:.0} of 50 years).", holds.floor())
        };
        (holds >= MOSTLY).then(|| Self {
            id: id.to_owned(),
            short: text.clone(),
            text,
            of: None,
            holds: Some(holds),
            certain,
            about,
        })
    }

    /// A sentence about all years at once.
    fn overall(id: &str, text: String, certain: bool, about: Vec<About>) -> Self {
        Self {
            id: id.to_owned(),
            short: text.clone(),
            text,
            of: None,
            holds: None,
            certain,
            about,
        }
    }

    /// The same of a what-if.
    fn of(self, what_if: &str) -> Self {
        Self {
            of: Some(what_if.to_owned()),
            ..self
        }
    }

    /// A sentence that goes on after a name, with the name and without.
    fn named(self, name: &str) -> Self {
        Self {
            text: format!("{name}: {}", self.text),
            short: capital(&self.short),
            ..self
        }
    }

    /// The same, with its numbers shown around the map where that can be. What is said of time is said of its
    /// mean, and the parts of that are there.
    fn around_the_map(mut self) -> Self {
        for about in self.about.iter_mut().filter(|a| a.view == View::Compare) {
            let chart = match about.chart.as_str() {
                "lead-time" => "where-time-goes",
                "delivered" => "delivered",
                "incidents" => "incidents",
                "harm" => "harm",
                _ => continue,
            };
            *about = About::new(View::Workbench, chart);
        }
        self
    }
}

/// A variant with what was simulated of it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Its figures.
    pub summary: &'a Summary,
    /// Its years.
    pub runs: &'a [Replication],
    /// What ran: where there are assumption ranges, at the likely values.
    pub model: &'a Model,
}

/// A what-if beside the baseline, in the settled view.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The baseline.
    pub before: Case<'a>,
    /// The what-if.
    pub after: Case<'a>,
    /// Their differences.
    pub comparison: &'a Comparison,
    /// The smallest difference worth having, as a share of the baseline's value.
    pub smallest: f64,
}

impl Compared<'_> {
    /// The what-if's shown name.
    fn name(&self) -> &str {
        &self.after.summary.name
    }

    /// Figures of both can be believed.
    fn whole(&self) -> bool {
        !self.before.summary.cut_off && !self.after.summary.cut_off
    }

    /// As much is delivered, but for less than the smallest difference worth having: what happens a month
    /// then happens for as many changes.
    fn delivers_as_much(&self) -> bool {
        let base = self.before.summary.throughput_per_week;
        let by = &self.comparison.differences.throughput_per_week;
        base.zip(by.as_ref())
            .is_some_and(|(base, by)| words::within(by.estimate, self.smallest * base.value))
    }

    /// Both settle: their lead times do not depend on how long one looks.
    fn settled(&self) -> bool {
        self.whole() && !self.before.summary.overloaded && !self.after.summary.overloaded
    }
}

/// Of one variant: what its gates stop.
#[must_use]
pub fn alone(summary: &Summary) -> Vec<Sentence> {
    gate::sentences(summary)
}

/// Of a what-if beside the baseline: what more people do, what is gained against what is lost, what one
/// quarter would show.
#[must_use]
pub fn compared(pair: &Compared<'_>) -> Vec<Sentence> {
    [
        staffing::sentence(pair),
        trade::sentence(pair),
        quarter::sentence(pair),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Sentences beside a verdict.
const BESIDE: usize = 2;

/// Of a run: what holds of the shown variant that its verdict does not say, what matters most first.
#[must_use]
pub fn of_run(baseline: Case<'_>, what_if: Option<&Compared<'_>>) -> Vec<Sentence> {
    let shown = what_if.map_or(baseline, |pair| pair.after);
    let gates = || alone(shown.summary).into_iter().take(1);
    let mut out: Vec<Sentence> = match what_if {
        Some(pair) => compared(pair).into_iter().chain(gates()).collect(),
        None => Vec::new(),
    };
    if out.len() < BESIDE {
        out.extend(spent::of_case(shown));
    }
    if what_if.is_none() {
        out.extend(gates());
    }
    out.truncate(BESIDE);
    out.into_iter().map(Sentence::around_the_map).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(years: f64) -> Option<Sentence> {
        let about = vec![About::new(View::Why, "accounts")];
        Sentence::held("x", "It rains.".into(), years, about)
    }

    #[test]
    fn what_holds_in_fewer_years_says_so_and_in_too_few_is_not_said() {
        let text = |years| held(years).map(|s| (s.text, s.certain));
        assert_eq!(text(0.9), Some(("It rains.".into(), true)));
        assert_eq!(
            text(0.899),
            Some(("It rains (in 44 of 50 years).".into(), false))
        );
        assert_eq!(text(0.59), None);
        assert_eq!(text(f64::NAN), None);
    }
}
