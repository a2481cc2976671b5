//! A number that people disagree on: the study takes both values as a range, and the choice is weighed at
//! either.

mod weigh;
mod widen;

pub use weigh::{Dispute, weigh};
pub use widen::widened;

use crate::numbers::{between, called, said};
use crate::parameters::entry_words;
use crate::words::capital;
use millrace_core::scenario::{Node, Parameter, Scenario};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Parts of a study whose numbers are settled for all years alike, or say what is wanted.
const APART: [&str; 7] = [
    "format",
    "seed",
    "run",
    "outcome",
    "forecast",
    "presentation",
    "what_ifs",
];

/// A number of the study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NumberView {
    /// Where it is.
    pub path: String,
    /// What it is of ("App team"), from the outside in; may be empty.
    pub subject: String,
    /// Shown name.
    pub label: String,
    /// One sentence.
    pub help: String,
    /// Base unit: `share`, `hours`, `person-hours`, or empty.
    pub unit: String,
    /// Its value, or the likely one, in the base unit.
    pub value: f64,
    /// In words ("35%").
    pub text: String,
    /// What is believed of it, in words ("20% to 60%"), where it has a range.
    pub range: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// Without a source of its own.
    pub assumed: bool,
}

/// How the choice stands when a number is disputed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WeighedView {
    /// The number.
    pub path: String,
    /// Whether the choice survives the other value.
    pub outcome: Outcome,
    /// What was found, in sentences, the outcome first.
    pub sentences: Vec<String>,
    /// The value at which it turns around, in the base unit, if there is one.
    pub flips_at: Option<f64>,
}

/// What another value does to a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// The same is better at both values.
    Holds,
    /// What is better at one is worse at the other.
    Flips,
    /// At one of the two values it cannot be told from luck.
    CannotTell,
}

/// Every number of the organisation, in the order of the format.
#[must_use]
pub fn numbers(scenario: &Scenario) -> Vec<NumberView> {
    let tree = &scenario.baseline.tree;
    let all = &scenario.baseline.parameters;
    all.iter().filter_map(|p| number(tree, p)).collect()
}

fn number(tree: &Node, p: &Parameter) -> Option<NumberView> {
    let value = p.value.as_f64()?;
    if APART.contains(&p.path.split('.').next().unwrap_or_default()) {
        return None;
    }
    let between = |r: millrace_core::scenario::Range| between(r.low, r.high, &p.unit);
    Some(NumberView {
        subject: subject(tree, &p.path),
        path: p.path.clone(),
        label: capital(&called(&p.label, &p.path)),
        help: p.help.clone(),
        unit: p.unit.clone(),
        value,
        text: said(value, &p.unit),
        range: p.range.map(between),
        assumed: p.source == "assumption" || p.source == "default",
        source: p.source.clone(),
    })
}

/// The names of what a path goes through.
fn subject(tree: &Node, path: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for (at, _) in path.match_indices('.') {
        let path = &path[..at];
        let name = tree
            .at(path)
            .and_then(|n| n.get("name"))
            .and_then(Node::as_text);
        let name = name.filter(|n| !n.is_empty()).map(str::to_owned);
        out.extend(name.or_else(|| entry_words(tree, path)));
    }
    out.join(", ")
}
