//! Every value of the model, generated from the catalogue of the study format.

mod view;

pub use view::{AskedView, ChangedBy, GivenView, ParameterView};

use millrace_core::scenario::catalogue::{Asked, Entry, Given, bad_from_worst, catalogue};
use millrace_core::scenario::lever::offered;
use millrace_core::scenario::{Node, Scenario, Variant, WhatIf};
use std::collections::{BTreeMap, HashMap};

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
                subject: subject(&variant.tree, &e.path),
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
                shared: SHARED.contains(&first(&e.path)),
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

/// The names of the entries of lists on the way to a path, and of the tables in between.
fn subject(tree: &Node, path: &str) -> String {
    let keys: Vec<&str> = path.split('.').collect();
    let mut node = Some(tree);
    let mut out: Vec<String> = Vec::new();
    for (i, key) in keys.iter().enumerate().take(keys.len() - 1) {
        let in_list = node.is_some_and(|n| !n.items().is_empty());
        node = node.and_then(|n| n.at(key));
        if in_list {
            let name = node.and_then(|n| n.get("name")).and_then(Node::as_text);
            let name = name.filter(|n| !n.is_empty());
            out.push(name.map_or_else(|| spoken(key), str::to_owned));
        } else if i > 0 && node.is_none_or(|n| n.items().is_empty()) {
            out.push(spoken(key));
        }
    }
    out.join(" › ")
}

fn spoken(key: &str) -> String {
    crate::levers::capital(&key.replace(['-', '_'], " "))
}

/// What a value can name.
struct Names {
    teams: Vec<String>,
    pipelines: Vec<String>,
    calendars: Vec<String>,
    stages: Vec<String>,
    types: Vec<String>,
    gates: Vec<String>,
}

impl Names {
    fn of(tree: &Node) -> Self {
        let ids = |node: Option<&Node>| -> Vec<String> {
            let items = node.map(Node::items).unwrap_or_default();
            let ids = items.iter().filter_map(|n| n.get("id")?.as_text());
            ids.map(str::to_owned).collect()
        };
        let streams = tree.get("streams").map(Node::items).unwrap_or_default();
        let within = |key: &str| {
            let mut all: Vec<String> = streams.iter().flat_map(|s| ids(s.get(key))).collect();
            all.dedup();
            all
        };
        Self {
            teams: ids(tree.get("teams")),
            pipelines: ids(tree.get("pipelines")),
            calendars: ids(tree.get("calendars")),
            stages: within("stages"),
            types: within("demand"),
            gates: ids(tree.at("governance.gates")),
        }
    }

    fn asked(&self, e: &Entry) -> AskedView {
        let owned = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect();
        let key = e.path.rsplit('.').next().unwrap_or(&e.path);
        match &e.asked {
            Asked::Number {
                unit,
                min,
                max,
                whole,
            } => AskedView::Number {
                unit: (*unit).to_owned(),
                min: *min,
                max: *max,
                whole: *whole,
            },
            Asked::Distribution { unit } => AskedView::Distribution {
                unit: (*unit).to_owned(),
            },
            Asked::Choice(all) => AskedView::Choice {
                options: owned(all),
            },
            Asked::Choices(all) => AskedView::Choices {
                options: owned(all),
            },
            Asked::Flag => AskedView::Flag,
            Asked::Listed => AskedView::Listed,
            Asked::Names => match key {
                "teams" => AskedView::Choices {
                    options: self.teams.clone(),
                },
                "types" => AskedView::Choices {
                    options: self.types.clone(),
                },
                "gates" => AskedView::Choices {
                    options: self.gates.clone(),
                },
                "stages" => AskedView::Choices {
                    options: self.stages.clone(),
                },
                _ => AskedView::Listed,
            },
            Asked::Name | Asked::Text => match key {
                "team" | "rollback_team" => AskedView::Choice {
                    options: self.teams.clone(),
                },
                "pipeline" if !self.pipelines.is_empty() => AskedView::Choice {
                    options: self.pipelines.clone(),
                },
                "calendar" => {
                    let more = ["always".to_owned()];
                    let options = self.calendars.iter().cloned().chain(more).collect();
                    AskedView::Choice { options }
                }
                "commit" => AskedView::Choice {
                    options: self.stages.clone(),
                },
                _ => AskedView::Text,
            },
        }
    }
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

fn words(e: &Entry) -> String {
    let unit = match &e.asked {
        Asked::Number { unit, .. } | Asked::Distribution { unit } => unit,
        _ => "",
    };
    let one = |x: f64| quantity(x, unit);
    match &e.given {
        Given::Nothing => e.written.clone(),
        Given::Number(x) => one(*x),
        Given::Range(r) => format!(
            "{}, between {} and {}",
            one(r.likely),
            one(r.low),
            one(r.high)
        ),
        Given::Text(t) => t.clone(),
        Given::Texts(all) if all.is_empty() => "none".into(),
        Given::Texts(all) => all.join(", "),
        Given::Flag(b) => if *b { "yes" } else { "no" }.into(),
        Given::Spread { usual, bad, .. } if bad <= usual => one(*usual),
        Given::Spread { usual, bad, .. } => {
            format!("usually {}, 85 of 100 within {}", one(*usual), one(*bad))
        }
    }
}

/// A value in the unit people would say it in, to three digits.
fn quantity(x: f64, unit: &str) -> String {
    let three = |x: f64| {
        let rounded = format!("{x:.2e}").parse::<f64>().unwrap_or(x);
        format!("{rounded}").replace('-', "−")
    };
    let named = |x: f64, unit: &str| {
        let s = if (x - 1.0).abs() < 1e-9 { "" } else { "s" };
        format!("{} {unit}{s}", three(x))
    };
    match unit {
        "share" => format!("{}%", three(x * 100.0)),
        "hours" if x >= 336.0 => named(x / 168.0, "week"),
        "hours" if x >= 48.0 => named(x / 24.0, "day"),
        "hours" | "person-hours" if x > 0.0 && x < 1.0 => named(x * 60.0, "minute"),
        "hours" | "person-hours" => named(x, "hour"),
        _ => three(x),
    }
}

/// Which part of a what-if made a value what it is.
struct Causes<'s> {
    what_if: &'s WhatIf,
    /// By lever: the values that it alone changes.
    levers: Vec<(String, String, HashMap<String, String>)>,
    base: HashMap<String, String>,
    /// By included what-if.
    included: Vec<(String, String, HashMap<String, String>)>,
}

fn written(tree: &Node) -> HashMap<String, String> {
    let all = catalogue(tree).into_iter();
    all.map(|e| (e.path, e.written)).collect()
}

impl<'s> Causes<'s> {
    fn of(scenario: &Scenario, what_if: &'s WhatIf) -> Self {
        let alone = |id: &String| {
            let moved = BTreeMap::from([(id.clone(), what_if.levers[id].clone())]);
            scenario.combined(&[], &moved).ok()
        };
        let labels: HashMap<String, String> = offered(&scenario.baseline)
            .into_iter()
            .map(|l| (l.id, l.label))
            .collect();
        let levers = what_if.levers.keys().filter_map(|id| {
            let label = labels.get(id).unwrap_or(id).clone();
            Some((id.clone(), label, written(&alone(id)?.tree)))
        });
        let included = what_if.includes.iter().filter_map(|id| {
            let name = scenario.what_if(id)?.name.clone();
            let variant = scenario.variant(Some(id), &[]).ok()?;
            Some((id.clone(), name, written(&variant.tree)))
        });
        Self {
            what_if,
            levers: levers.collect(),
            base: written(&scenario.baseline.tree),
            included: included.collect(),
        }
    }

    fn of_path(&self, path: &str) -> ChangedBy {
        let differs = |now: &HashMap<String, String>| now.get(path) != self.base.get(path);
        if let Some((id, label, _)) = self.levers.iter().find(|l| differs(&l.2)) {
            return ChangedBy::Lever {
                id: id.clone(),
                label: label.clone(),
            };
        }
        let own = |change: &str| {
            let under = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
            under(path, change) || under(change, path)
        };
        if self.what_if.changes.iter().any(|c| own(c.path())) {
            return ChangedBy::Own;
        }
        match self.included.iter().find(|i| differs(&i.2)) {
            Some((id, name, _)) => ChangedBy::Included {
                id: id.clone(),
                name: name.clone(),
            },
            None => ChangedBy::Own,
        }
    }
}
