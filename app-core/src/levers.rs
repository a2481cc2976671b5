//! The levers of the shown variant, part by part.

use crate::view::{LeverOption, LeverScale, LeverView, PartId, PartView};
use millrace_core::scenario::lever::{Offered, Position, offered};
use millrace_core::scenario::{Scenario, Variant, WhatIf, level_name};
use std::collections::{BTreeMap, HashMap};

const PARTS: [(PartId, &str, &str, &str); 7] = [
    (
        PartId::Outcome,
        "outcome",
        "Outcome",
        "Why are we doing this?",
    ),
    (
        PartId::ValueStream,
        "value stream",
        "Value stream",
        "What path does work take from idea to user?",
    ),
    (PartId::Teams, "teams", "Teams", "Who does what?"),
    (
        PartId::Platform,
        "platform",
        "Platform",
        "What can teams use without rebuilding it?",
    ),
    (
        PartId::Pipeline,
        "pipeline",
        "Pipeline",
        "How does a change travel from code to production?",
    ),
    (
        PartId::Governance,
        "governance",
        "Governance",
        "Which verification gates does a change pass?",
    ),
    (
        PartId::Improvement,
        "improvement",
        "Improvement",
        "What do we learn from each release?",
    ),
];

/// Where levers stand before a what-if moves any, remembered for as long as the study is the same.
#[derive(Debug, Default)]
pub struct Rest {
    known: HashMap<String, Vec<Option<f64>>>,
}

impl Rest {
    fn of(&mut self, key: String, variant: &Variant, levers: &[Offered]) -> Vec<Option<f64>> {
        self.known
            .entry(key)
            .or_insert_with(|| levers.iter().map(|l| l.baseline(variant)).collect())
            .clone()
    }
}

/// The same what-if without its own levers.
fn unmoved(scenario: &Scenario, what_if: &WhatIf) -> Option<Variant> {
    let mut copy = scenario.clone();
    copy.what_ifs
        .iter_mut()
        .filter(|w| w.id == what_if.id)
        .for_each(|w| w.levers = BTreeMap::new());
    copy.variant(Some(&what_if.id), &[]).ok()
}

/// The levers that the study offers, with the position each has before the shown what-if moves it.
pub fn at_rest(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    rest: &mut Rest,
) -> Vec<(Offered, Option<f64>)> {
    let levers = offered(&scenario.baseline);
    let positions = match active {
        Some(w) if !w.changes.is_empty() || !w.includes.is_empty() => {
            let key = format!("{:?}{:?}", w.changes, w.includes);
            match unmoved(scenario, w) {
                Some(variant) => rest.of(key, &variant, &levers),
                None => vec![None; levers.len()],
            }
        }
        _ => rest.of(String::new(), &scenario.baseline, &levers),
    };
    levers.into_iter().zip(positions).collect()
}

/// All parts with their levers.
pub fn parts(scenario: &Scenario, active: Option<&WhatIf>, rest: &mut Rest) -> Vec<PartView> {
    let before: Vec<Option<f64>> = at_rest(scenario, None, rest)
        .into_iter()
        .map(|l| l.1)
        .collect();
    let levers = at_rest(scenario, active, rest);
    let views: Vec<(&str, LeverView)> = levers
        .iter()
        .zip(before)
        .map(|((l, here), baseline)| {
            (
                l.lever.part.as_str(),
                view(scenario, active, l, *here, baseline),
            )
        })
        .collect();
    PARTS
        .iter()
        .map(|(id, part, name, question)| PartView {
            id: *id,
            name: (*name).to_owned(),
            question: (*question).to_owned(),
            levers: views
                .iter()
                .filter(|(p, _)| p == part)
                .map(|(_, v)| v.clone())
                .collect(),
        })
        .collect()
}

fn view(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    here: Option<f64>,
    baseline: Option<f64>,
) -> LeverView {
    let moved = active
        .and_then(|w| w.levers.get(&l.id))
        .and_then(|p| l.index(p));
    let current = moved.or(here);
    let price = (l.lever.person_weeks > 0.0 || l.lever.weeks > 0.0).then(|| {
        format!(
            "about {} person-weeks, full effect after {} weeks",
            l.lever.person_weeks, l.lever.weeks
        )
    });
    LeverView {
        id: l.id.clone(),
        label: l.label.clone(),
        help: l.lever.help.clone(),
        source: l.source().to_owned(),
        price,
        scale: match &l.lever.number {
            Some(r) => LeverScale::Number {
                min: r.min,
                max: r.max,
                step: r.step,
                unit: r.unit.clone(),
            },
            None => LeverScale::Options {
                options: (0..l.lever.positions.len())
                    .map(|i| LeverOption {
                        label: l.lever.positions[i].label.clone(),
                        refused: refused(scenario, active, l, i as f64, current),
                    })
                    .collect(),
            },
        },
        baseline,
        current,
        value: l.words(current),
        changed: current != baseline,
    }
}

/// Why a position cannot be taken. Only levers that others depend on can be refused.
fn refused(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    position: f64,
    current: Option<f64>,
) -> Option<String> {
    if !matches!(
        l.lever.id.as_str(),
        "strategy" | "delivery-automation" | "observability"
    ) || current == Some(position)
    {
        return None;
    }
    let mut copy = scenario.clone();
    let mut trial = active.cloned().unwrap_or_default();
    trial.id = "trial".into();
    trial.levers.insert(l.id.clone(), l.named(position));
    copy.what_ifs.push(trial);
    let faults = copy.variant(Some("trial"), &[]).err()?;
    Some(way_out(faults.iter().map(|f| f.message.as_str())))
}

/// "Needs “alerts” (you have “dashboards”)": from the faults of a strategy that cannot be carried.
pub(crate) fn way_out<'a>(faults: impl Iterator<Item = &'a str>) -> String {
    let mut needs: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for message in faults {
        // The what-if's name stands before the first fault.
        let read = || {
            let (_, rest) = message.split_once(" needs ")?;
            let (_, rest) = rest.split_once(" at level ")?;
            let (wanted, rest) = rest.split_once("); this platform has level ")?;
            let (_, wanted) = wanted.split_once(" (")?;
            let (_, has) = rest.split_once(" (")?;
            Some(format!(
                "“{wanted}” (you have “{}”)",
                has.trim_end_matches(')')
            ))
        };
        match read() {
            Some(need) => needs.push(need),
            None => others.push(message.to_owned()),
        }
    }
    needs.dedup();
    if needs.is_empty() {
        others.join("; ")
    } else {
        format!("Needs {}.", needs.join(" and "))
    }
}

/// What a what-if changes, as sentences.
#[must_use]
pub fn sentences(scenario: &Scenario, what_if: &WhatIf, rest: &mut Rest) -> Vec<String> {
    use millrace_core::scenario::Change;
    let mut out: Vec<String> = what_if
        .includes
        .iter()
        .filter_map(|id| scenario.what_if(id))
        .map(|w| w.name.clone())
        .collect();
    let label = |path: &str| {
        let mut keys = path.split('.').rev();
        let key = keys.next().unwrap_or_default();
        let owner = keys.next().unwrap_or_default().replace('-', " ");
        let name = scenario
            .baseline
            .parameter(path)
            .map_or_else(|| key.replace('_', " "), |p| p.label.to_lowercase());
        capital(&format!("{owner}: {name}"))
    };
    let level = |path: &str, to: &str| {
        let id = path
            .strip_prefix("platform.capabilities.")?
            .strip_suffix(".level")?;
        Some(format!(
            "{}: {}",
            capital(&id.replace('-', " ")),
            level_name(id, to.parse().ok()?)
        ))
    };
    for change in &what_if.changes {
        out.push(match change {
            Change::Set { path, to } => {
                let to = to.inline().replace('"', "");
                level(path, &to).unwrap_or_else(|| format!("{} {to}", label(path)))
            }
            Change::Scale { path, by } => format!("{} × {by}", label(path)),
            Change::Add { path, value, .. } => format!(
                "{} with {}",
                capital(path.rsplit('.').next().unwrap_or(path)),
                value
                    .get("id")
                    .and_then(|n| n.as_text())
                    .unwrap_or("one more")
            ),
            Change::Remove { path } => format!(
                "Without {}",
                path.rsplit('.').next().unwrap_or(path).replace('-', " ")
            ),
        });
    }
    if !what_if.levers.is_empty() {
        for (l, here) in at_rest(scenario, Some(what_if), rest) {
            if let Some(p) = what_if.levers.get(&l.id) {
                let to = l.index(p);
                out.push(format!("{}: {} → {}", l.label, l.words(here), l.words(to)));
            }
        }
    }
    out
}

/// With a capital to begin with.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// The number or name a move writes, or `None` if it takes the lever back to where it was.
#[must_use]
pub fn written(l: &Offered, here: Option<f64>, position: f64) -> Option<Position> {
    let same = here.is_some_and(|h| (h - position).abs() < 1e-9);
    (!same).then(|| l.named(position))
}
