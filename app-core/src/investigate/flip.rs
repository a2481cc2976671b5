//! Which number, if it were otherwise, would turn a choice around: measure it first.

use super::why::WhyId;
use super::{Answer, Ground, Unit, Watching, refuse};
use crate::numbers::{called, said};
use crate::sentences::{Sentence, flip};
use crate::view::RefusalCode;
use crate::words::capital;
use millrace_core::experiment::flip::{Flip, Flips, Moved, Question, Stand, flips};
use millrace_core::experiment::rank::HEADLINES;
use millrace_core::scenario::Scenario;
use millrace_report::words::rounded;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Years of each variant at each value tried.
const YEARS: u64 = 64;

/// What turns a choice around.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FlipView {
    /// The what-if that is chosen or not.
    pub what_if: String,
    /// Its name.
    pub name: String,
    /// The figure that decides.
    pub by: WhyId,
    /// Years behind every difference.
    pub years: u32,
    /// "Canary is better by 17 days", or that it cannot be told.
    pub choice: String,
    /// Whether the choice can be told at all: nothing turns around what cannot.
    pub told: bool,
    /// "The choice changes only if …", or that nothing turns it; `None` where nothing can be said yet.
    pub sentence: Option<Sentence>,
    /// Numbers tried so far.
    pub tried: u32,
    /// Numbers that turn it around, the nearest first.
    pub turns: Vec<TurnView>,
    /// Numbers over all of whose values it stands.
    pub stands: Vec<StandView>,
    /// Numbers that could be moved neither way.
    pub unmoved: Vec<String>,
}

/// A number that turns the choice around.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TurnView {
    /// The number.
    #[serde(flatten)]
    pub number: StandView,
    /// Where the difference is 0.
    pub at: f64,
    /// The same in words.
    pub at_text: String,
    /// From where on the choice is another: "above 14 hours of work", "3 or fewer".
    pub beyond: String,
    /// Lower end of what luck leaves open.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Beyond it the difference is surely of the other sign.
    pub surely: bool,
    /// How far it is on the way from the likely value to the end of its range, over 0 up to 1.
    pub way: f64,
}

/// A number that is assumed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StandView {
    /// Where it is in the study.
    pub path: String,
    /// "Testing: work on a change".
    pub label: String,
    /// Its value in the study.
    pub likely: f64,
    /// The same in words.
    pub likely_text: String,
    /// Lowest value thought possible.
    pub min: f64,
    /// Highest.
    pub max: f64,
    /// Ends in words.
    pub min_text: String,
    /// Ends in words.
    pub max_text: String,
}

/// Try every assumed number; `so_far` is told after each.
///
/// # Errors
/// If there is no such what-if, or nothing to measure.
pub fn turned(
    ground: &Ground,
    what_if: &str,
    by: WhyId,
    watch: &Watching<'_>,
    so_far: &dyn Fn(FlipView),
) -> Answer<FlipView> {
    let scenario = &ground.scenario;
    let variant = ground.variant(Some(what_if))?;
    let warm_up = ground.warm_up([&variant], watch.cancel);
    let question = Question {
        scenario,
        what_if,
        metric: match by {
            WhyId::LeadTime => HEADLINES[0],
            WhyId::Incidents => HEADLINES[1],
        },
        moved: Moved::Ranges,
        warm_up,
        replications: YEARS.min(scenario.baseline.study.run.replications as u64),
    };
    let told = |done: usize, of: usize, found: &Flips| {
        (watch.at)(done as u64, of as u64);
        if done < of {
            so_far(view(scenario, by, found));
        }
    };
    match flips(&question, watch.cancel, &told) {
        Ok(found) => Ok(view(scenario, by, &found)),
        Err(faults) => refuse(
            RefusalCode::NoResult,
            faults
                .first()
                .map_or(String::new(), |f| capital(&f.message)),
        ),
    }
}

fn view(scenario: &Scenario, by: WhyId, found: &Flips) -> FlipView {
    let name = scenario
        .what_if(&found.what_if)
        .map_or_else(|| found.what_if.clone(), |w| w.name.clone());
    let told = found.difference.is_not_zero();
    let turns: Vec<TurnView> = found.flips.iter().map(|f| turn(scenario, f)).collect();
    let tried = found.flips.len() + found.steady;
    FlipView {
        choice: choice(by, &name, found),
        what_if: found.what_if.clone(),
        name,
        by,
        years: found.replications as u32,
        told,
        sentence: sentence(scenario, found),
        tried: tried as u32,
        turns: if told { turns } else { Vec::new() },
        stands: found.stands.iter().map(|s| stand(scenario, s)).collect(),
        unmoved: found.unmoved.iter().map(|p| label(scenario, p)).collect(),
    }
}

fn choice(by: WhyId, name: &str, found: &Flips) -> String {
    let d = found.difference;
    if !d.is_not_zero() {
        return format!(
            "Whether “{name}” is better cannot be told in {} years.",
            found.replications
        );
    }
    let size = match by {
        WhyId::LeadTime => {
            let unit = Unit::of(d.value.abs());
            format!("{} {}", rounded(d.value.abs() / unit.hours), unit.name)
        }
        WhyId::Incidents => format!("{} incidents a month", rounded(d.value.abs())),
    };
    let word = if d.value < 0.0 { "better" } else { "worse" };
    format!("“{name}” is {word} by {size}.")
}

/// The sentence, with the numbers named as people know them and not by their paths.
fn sentence(scenario: &Scenario, found: &Flips) -> Option<Sentence> {
    let mut said = flip::sentence(found)?;
    if let Some(f) = found.flips.first() {
        let path = format!("“{}” ({})", f.label, f.path);
        let named = format!("“{}”", label(scenario, &f.path));
        said.text = said.text.replace(&path, &named);
    }
    Some(said)
}

fn turn(scenario: &Scenario, f: &Flip) -> TurnView {
    TurnView {
        number: number(scenario, &f.path, &f.label, &f.unit, f.likely, f.range),
        at: f.at.value,
        at_text: said(f.at.value, &f.unit),
        beyond: flip::beyond(f),
        low: f.at.low,
        high: f.at.high,
        surely: f.surely,
        way: f.way,
    }
}

fn stand(scenario: &Scenario, s: &Stand) -> StandView {
    number(scenario, &s.path, &s.label, &s.unit, s.likely, s.range)
}

fn number(
    scenario: &Scenario,
    path: &str,
    name: &str,
    unit: &str,
    likely: f64,
    [min, max]: [f64; 2],
) -> StandView {
    StandView {
        path: path.to_owned(),
        label: match subject(scenario, path) {
            Some(of) => format!("{of}: {}", called(name, path)),
            None => capital(&called(name, path)),
        },
        likely,
        likely_text: said(likely, unit),
        min,
        max,
        min_text: said(min, unit),
        max_text: said(max, unit),
    }
}

fn label(scenario: &Scenario, path: &str) -> String {
    let name = scenario
        .baseline
        .parameter(path)
        .map_or("", |p| p.label.as_str());
    number(scenario, path, name, "", 0.0, [0.0; 2]).label
}

/// What a path's number belongs to: the last named entry on its way.
fn subject(scenario: &Scenario, path: &str) -> Option<String> {
    let mut found = None;
    for (i, _) in path.match_indices('.') {
        let tree = &scenario.baseline.tree;
        let named = tree.at(&path[..i]).and_then(|n| {
            let name = n.get("name").or_else(|| n.get("id"))?.as_text()?;
            Some(capital(&name.replace('-', " ")))
        });
        let about = || crate::parameters::entry_words(tree, &path[..i]);
        found = named.or_else(about).or(found);
    }
    found
}
