//! The levers of the shown variant, part by part.

use crate::view::{LeverOption, LeverScale, LeverView, PartId, PartView};
use millrace_core::model::detector::Detector;
use millrace_core::scenario::lever::{Offered, Position, offered};
use millrace_core::scenario::{Scenario, Variant, WhatIf};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

mod said;
pub use said::sentences;

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

/// What was worked out of a baseline, remembered for as long as that is the same.
#[derive(Debug, Default)]
pub struct Rest {
    offered: Option<Arc<Vec<Offered>>>,
    /// Where levers stand before a what-if moves any.
    known: HashMap<String, Vec<Option<f64>>>,
    /// What the positions of a lever lead to.
    options: HashMap<String, Vec<LeverOption>>,
    /// What a what-if says.
    sentences: HashMap<String, Vec<String>>,
}

/// Entries of one kind that are remembered at most.
const MOST_KNOWN: usize = 4000;

impl Rest {
    /// The levers that the study offers.
    pub fn offered(&mut self, scenario: &Scenario) -> Arc<Vec<Offered>> {
        self.offered
            .get_or_insert_with(|| Arc::new(offered(&scenario.baseline)))
            .clone()
    }
}

/// What is known by a key, worked out where it is not.
fn remembered<T: Clone>(
    known: &mut HashMap<String, T>,
    key: String,
    made: impl FnOnce() -> T,
) -> T {
    if known.len() > MOST_KNOWN {
        known.clear();
    }
    known.entry(key).or_insert_with(made).clone()
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

/// Names what a what-if changes apart from its levers, those that it includes with all they say.
fn changes_key(scenario: &Scenario, what_if: &WhatIf) -> String {
    let included: Vec<String> = (what_if.includes.iter())
        .filter_map(|id| scenario.what_if(id))
        .map(|w| format!("{:?}{}", w.levers, changes_key(scenario, w)))
        .collect();
    format!("{:?}{included:?}", what_if.changes)
}

/// The levers that the study offers, with the position each has before the shown what-if moves it.
pub fn at_rest(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    rest: &mut Rest,
) -> Vec<(Offered, Option<f64>)> {
    let levers = rest.offered(scenario);
    let stand = |variant: &Variant| levers.iter().map(|l| l.baseline(variant)).collect();
    let positions: Vec<Option<f64>> = match active {
        Some(w) if !w.changes.is_empty() || !w.includes.is_empty() => {
            let key = changes_key(scenario, w);
            remembered(&mut rest.known, key, || {
                let variant = unmoved(scenario, w);
                variant.map_or_else(|| vec![None; levers.len()], |v| stand(&v))
            })
        }
        _ => remembered(&mut rest.known, String::new(), || stand(&scenario.baseline)),
    };
    levers.iter().cloned().zip(positions).collect()
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
                view(scenario, active, l, (*here, baseline), rest),
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
    (here, baseline): (Option<f64>, Option<f64>),
    rest: &mut Rest,
) -> LeverView {
    let moved = active
        .and_then(|w| w.levers.get(&l.id))
        .and_then(|p| l.index(p));
    let current = moved.or(here);
    let price = (l.lever.person_weeks > 0.0 || l.lever.weeks > 0.0).then(|| {
        let each = match &l.lever.number {
            Some(r) if r.format == "difference" => " each",
            _ => "",
        };
        format!(
            "about {} person-weeks{each}, in place after {} weeks",
            l.lever.person_weeks, l.lever.weeks
        )
    });
    LeverView {
        id: l.id.clone(),
        label: l.label.clone(),
        help: l.lever.help.clone(),
        source: l.source().to_owned(),
        price,
        settled: l.lever.settled,
        scale: match &l.lever.number {
            Some(r) => LeverScale::Number {
                min: r.min,
                max: r.max,
                step: r.step,
                unit: r.unit.clone(),
            },
            None => LeverScale::Options {
                options: options(scenario, active, l, current, rest),
            },
        },
        baseline,
        current,
        value: l.words(current),
        changed: current != baseline,
    }
}

/// Levers that decide which positions of others, or of themselves, the platform carries.
const CARRYING: [&str; 4] = [
    "strategy",
    "delivery-automation",
    "observability",
    "team-cut",
];
/// Levers that decide what gates find.
const FINDING: [&str; 5] = [
    "strictness",
    "approval",
    "automated-tests",
    "security-checks",
    "observability",
];

/// The named positions of a lever, and what each would lead to.
fn options(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    current: Option<f64>,
    rest: &mut Rest,
) -> Vec<LeverOption> {
    let among: &[&str] = match l.lever.id.as_str() {
        "strictness" => &FINDING,
        id if CARRYING.contains(&id) => &CARRYING,
        _ => &[],
    };
    let levers = rest.offered(scenario);
    let made = || {
        let all = 0..l.lever.positions.len();
        all.map(|i| option(scenario, active, l, i, (current, &levers)))
            .collect()
    };
    if among.is_empty() {
        return made();
    }
    let moved: Vec<_> = active.map_or_else(Vec::new, |w| {
        let moved = w.levers.iter();
        moved
            .filter(|(id, _)| among.contains(&id.as_str()))
            .collect()
    });
    let changes = active.map(|w| changes_key(scenario, w));
    let key = format!("{} {moved:?} {changes:?}", l.id);
    remembered(&mut rest.options, key, made)
}

fn option(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    at: usize,
    (current, levers): (Option<f64>, &[Offered]),
) -> LeverOption {
    let position = at as f64;
    let refused = refused(scenario, active, l, position, current);
    let moves = refused
        .as_ref()
        .and_then(|_| way_out_of(scenario, active, l, position, levers));
    LeverOption {
        label: l.lever.positions[at].label.clone(),
        detail: (l.lever.id == "strictness")
            .then(|| strictness(scenario, active, l, position))
            .flatten(),
        way_out: moves.map(|moves| {
            let one =
                |(l, to): &(Offered, f64)| format!("“{}” to “{}”", l.label, l.words(Some(*to)));
            moves.iter().map(one).collect::<Vec<_>>().join(" and ")
        }),
        refused: refused.map(|faults| way_out(faults.iter().map(String::as_str))),
    }
}

/// What all gates together would stop at a position, a gate counting like any other.
fn strictness(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    position: f64,
) -> Option<String> {
    let model = trial(scenario, active, &[(l, position)]).ok()?.model(None);
    let gates = &model.gates;
    let mean = |of: &dyn Fn(&Detector) -> f64| {
        gates.iter().map(|g| of(&g.detector)).sum::<f64>() / gates.len() as f64 * 100.0
    };
    (!gates.is_empty()).then(|| {
        format!(
            "stops {:.0} of 100 faulty, {:.0} of 100 sound",
            mean(&|d| d.hit),
            mean(&|d| d.false_alarm),
        )
    })
}

/// The shown variant with levers moved further.
fn trial(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    moves: &[(&Offered, f64)],
) -> Result<Variant, Vec<String>> {
    let mut levers: BTreeMap<String, Position> =
        active.map_or_else(BTreeMap::new, |w| w.levers.clone());
    for (l, to) in moves {
        levers.insert(l.id.clone(), l.named(*to));
    }
    let ids: Vec<&str> = active.iter().map(|w| w.id.as_str()).collect();
    (scenario.combined(&ids, &levers))
        .map_err(|faults| faults.into_iter().map(|f| f.message).collect())
}

/// Why a position cannot be taken. Only levers that others depend on can be refused.
fn refused(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    position: f64,
    current: Option<f64>,
) -> Option<Vec<String>> {
    if !CARRYING.contains(&l.lever.id.as_str()) || current == Some(position) {
        return None;
    }
    trial(scenario, active, &[(l, position)]).err()
}

/// What else has to be moved for a position that the platform cannot carry as it is; `None` if nothing helps.
#[must_use]
pub fn way_out_of(
    scenario: &Scenario,
    active: Option<&WhatIf>,
    l: &Offered,
    position: f64,
    levers: &[Offered],
) -> Option<Vec<(Offered, f64)>> {
    let faults = trial(scenario, active, &[(l, position)]).err()?;
    let mut moves: Vec<(Offered, f64)> = Vec::new();
    for need in faults.iter().filter_map(|f| Need::of(f)) {
        let path = format!("platform.capabilities.{}.level", need.capability);
        let mut others = levers.iter().filter(|o| o.id != l.id);
        let (lever, to) = others.find_map(|o| Some((o.clone(), o.reaching(&path, need.level)?)))?;
        match moves.iter_mut().find(|(o, _)| o.id == lever.id) {
            Some((_, at)) => *at = at.max(to),
            None => moves.push((lever, to)),
        }
    }
    let mut all: Vec<(&Offered, f64)> = moves.iter().map(|(o, x)| (o, *x)).collect();
    all.push((l, position));
    (!moves.is_empty() && trial(scenario, active, &all).is_ok()).then_some(moves)
}

/// What a strategy lacks, as its fault says it.
struct Need<'f> {
    capability: &'f str,
    level: f64,
    wanted: &'f str,
    has: &'f str,
}

impl<'f> Need<'f> {
    fn of(message: &'f str) -> Option<Self> {
        // The what-if's name stands before the first fault.
        let (_, rest) = message.split_once(" needs ")?;
        let (capability, rest) = rest.split_once(" at level ")?;
        let (wanted, rest) = rest.split_once("); this platform has level ")?;
        let (level, wanted) = wanted.split_once(" (")?;
        let (_, has) = rest.split_once(" (")?;
        Some(Self {
            capability,
            level: level.parse().ok()?,
            wanted,
            has: has.trim_end_matches(')'),
        })
    }
}

/// "Needs “alerts” (you have “dashboards”)": from the faults of a strategy that cannot be carried.
pub(crate) fn way_out<'a>(faults: impl Iterator<Item = &'a str>) -> String {
    let mut needs: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for message in faults {
        match Need::of(message) {
            Some(need) => needs.push(format!("“{}” (you have “{}”)", need.wanted, need.has)),
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

/// The name a what-if takes from the levers it moves, as long as nobody named it otherwise; `None` without any.
#[must_use]
pub fn name_of(offered: &[Offered], levers: &BTreeMap<String, Position>) -> Option<String> {
    let mut all = offered.iter().filter_map(|l| {
        let at = l.index(levers.get(&l.id)?);
        Some(format!("{}: {}", l.label, l.words(at)))
    });
    let first = all.next()?;
    let rest: Vec<String> = all.collect();
    Some(match &rest[..] {
        [] => first,
        [second] => format!("{first} + {second}"),
        more => format!("{first} + {} more", more.len()),
    })
}

/// The number or name a move writes, or `None` if it takes the lever back to where it was.
#[must_use]
pub fn written(l: &Offered, here: Option<f64>, position: f64) -> Option<Position> {
    let same = here.is_some_and(|h| (h - position).abs() < 1e-9);
    (!same).then(|| l.named(position))
}
