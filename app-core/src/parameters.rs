//! Every value of the model, generated from the catalogue of the study format.

mod asked;
mod causes;
mod subject;
mod view;
mod words;

pub(crate) use subject::{entry_words, subject};
pub use view::{AskedView, ChangedBy, GivenView, ParameterView};

use asked::Names;
use causes::Causes;
use millrace_core::scenario::catalogue::{Entry, Given, bad_from_worst, catalogue};
use millrace_core::scenario::{Scenario, Variant, WhatIf};
use std::collections::HashMap;
use words::words;

/// Parts of a study that all variants share.
const SHARED: [&str; 4] = ["name", "description", "seed", "run"];

/// The words for the first key of a path.
fn section(key: &str) -> &'static str {
    match key {
        "outcome" => "Outcome",
        "streams" => "Value stream",
        "teams" | "handoffs" | "calendars" => "Teams",
        "platform" => "Platform",
        "pipeline" | "pipelines" => "Pipeline",
        "governance" => "Governance",
        "production" => "Production",
        "improvement" => "Improvement",
        "forecast" => "Forecast",
        _ => "Study and run",
    }
}

/// All values, in the order of the format, as they stand in the shown variant.
#[must_use]
pub fn parameters(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    variant: &Variant,
) -> Vec<ParameterView> {
    let before: HashMap<String, Entry> = catalogue(&scenario.baseline.tree)
        .into_iter()
        .map(|e| (e.path.clone(), e))
        .collect();
    let causes = active.map(|w| Causes::of(scenario, w));
    let names = Names::of(&variant.tree);
    catalogue(&variant.tree)
        .iter()
        .map(|e| {
            let baseline = before.get(&e.path);
            let differs = baseline.is_none_or(|b| !same(b, e));
            ParameterView {
                path: e.path.clone(),
                section: section(first(&e.path)).to_owned(),
                subject: subject(&variant.tree, &e.path).join(" › "),
                label: e.label.clone(),
                help: e.help.to_owned(),
                asked: names.asked(e),
                value: shown(e),
                text: words(e),
                baseline: baseline.map(shown),
                baseline_text: baseline.map(words),
                source: e.source.clone(),
                changed: causes
                    .as_ref()
                    .filter(|_| differs)
                    .map(|c| c.of_path(&e.path)),
                shared: e.naming || SHARED.contains(&first(&e.path)),
                optional: !e.required,
            }
        })
        .collect()
}

/// The same value, however it is written.
fn same(a: &Entry, b: &Entry) -> bool {
    match (&a.given, &b.given) {
        (Given::Nothing, Given::Nothing) => a.written == b.written,
        (x, y) => x == y,
    }
}

fn first(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

fn shown(e: &Entry) -> GivenView {
    match &e.given {
        Given::Nothing if e.written.is_empty() => GivenView::Nothing,
        Given::Nothing => GivenView::Written {
            text: e.written.clone(),
        },
        Given::Number(x) => GivenView::Number { value: *x },
        Given::Range(r) => GivenView::Range {
            low: r.low,
            likely: r.likely,
            high: r.high,
        },
        Given::Text(t) => GivenView::Text { value: t.clone() },
        Given::Texts(all) => GivenView::Texts {
            values: all.clone(),
        },
        Given::List(all) => GivenView::List {
            values: all.clone(),
        },
        Given::Flag(b) => GivenView::Flag { value: *b },
        Given::Spread {
            family, usual, bad, ..
        } => GivenView::Spread {
            family: family.clone(),
            usual: *usual,
            of: 85,
            bad: *bad,
        },
    }
}

/// What a face was given, as the core takes it.
#[must_use]
pub fn taken(given: &GivenView) -> Given {
    match given {
        GivenView::Nothing | GivenView::Written { .. } => Given::Nothing,
        GivenView::Number { value } => Given::Number(*value),
        GivenView::Range { low, likely, high } => Given::Range(millrace_core::scenario::Range {
            low: *low,
            likely: *likely,
            high: *high,
        }),
        GivenView::Text { value } => Given::Text(value.clone()),
        GivenView::Texts { values } => Given::Texts(values.clone()),
        GivenView::List { values } => Given::List(values.clone()),
        GivenView::Flag { value } => Given::Flag(*value),
        GivenView::Spread {
            family,
            usual,
            of,
            bad,
        } => Given::Spread {
            family: family.clone(),
            usual: *usual,
            bad: if *of == 95 {
                bad_from_worst(*usual, *bad)
            } else {
                *bad
            },
            worst: *bad,
        },
    }
}
