//! Assumption ranges: a number written as `{ low = 2, likely = 3, high = 5 }`, of which a study says what
//! it believes and not what it knows (RULES 34). A draw gives every range a value and leaves a plain
//! study, to which what-ifs are then applied.

use super::field::{DISTRIBUTIONS, Field, Kind};
use super::format::STUDY;
use super::lever::quantity;
use super::node::{Node, Value, entry_names};
use super::quantity::Unit;
use crate::random::{Distribution, Name, Purpose};
use serde::Serialize;

/// Parts of a study without assumptions: what all variants share, and the what-ifs themselves.
pub const SETTLED: [&str; 4] = ["format", "seed", "run", "what_ifs"];

/// What a range may hold.
pub const KEYS: [&str; 4] = ["low", "likely", "high", "source"];

/// What is believed of a number, in its base unit: low ≤ likely ≤ high, low < high.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Range {
    /// Lowest value thought possible.
    pub low: f64,
    /// Most likely value.
    pub likely: f64,
    /// Highest value thought possible.
    pub high: f64,
}

impl Range {
    /// A table that means to be a range.
    pub(super) fn written(node: &Node) -> bool {
        ["low", "likely", "high"]
            .iter()
            .any(|k| node.get(k).is_some())
            && ["dist", "value"].iter().all(|k| node.get(k).is_none())
    }

    /// The range of a node that a check let through.
    pub(super) fn of(node: &Node, unit: Unit) -> Option<Self> {
        let end = |k: &str| unit.of(&node.get(k)?.value).ok();
        Self::written(node).then_some(())?;
        Some(Self {
            low: end("low")?,
            likely: end("likely")?,
            high: end("high")?,
        })
    }

    /// The value below which a share `u` in (0, 1) of all draws lie: a PERT distribution.
    #[must_use]
    pub fn quantile(self, u: f64) -> f64 {
        // From zero up: a range may lie below zero, a duration cannot.
        let (mode, width) = (self.likely - self.low, self.high - self.low);
        let above = Distribution::pert(0.0, mode, width).map_or(mode, |d| d.quantile(u));
        (self.low + above).clamp(self.low, self.high)
    }
}

/// One number of a study that is a range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// Where it is, as a change's `set` takes it.
    pub path: String,
    /// Label.
    pub label: String,
    /// Base unit, empty for plain numbers.
    pub unit: &'static str,
    /// What is believed.
    #[serde(flatten)]
    pub range: Range,
    /// Where it comes from; "assumption" unless the study says.
    pub source: String,
}

/// All ranges of a checked study, in the order of the format.
#[must_use]
pub fn assumptions(tree: &Node) -> Vec<Assumption> {
    let mut out = Vec::new();
    each(&mut tree.clone(), &mut |node, place, range| {
        let source = node.get("source").or(place.source.as_ref());
        out.push(Assumption {
            path: place.path.clone(),
            label: place.label.clone(),
            unit: place.unit.name(),
            range,
            source: source
                .and_then(Node::as_text)
                .unwrap_or("assumption")
                .to_owned(),
        });
    });
    out
}

/// Put a value in the place of every range.
pub fn fill(tree: &mut Node, value: &dyn Fn(&str, Range) -> f64) {
    each(tree, &mut |node, place, range| {
        let x = value(&place.path, range);
        let x = if place.whole { libm::rint(x) } else { x };
        node.value = quantity(x, place.unit.name()).value;
    });
}

/// The uniform behind draw `k` of the range at `path`: the same in every variant of a study.
#[must_use]
pub fn uniform(seed: Name, path: &str, k: u64) -> f64 {
    seed.with(Name::of_text(path))
        .nth(k)
        .draw_for(Purpose::Assumption, 0)
        .uniform()
}

struct Place {
    path: String,
    label: String,
    unit: Unit,
    whole: bool,
    source: Option<Node>,
}

type Visit<'v> = dyn FnMut(&mut Node, &Place, Range) + 'v;

fn each(tree: &mut Node, visit: &mut Visit<'_>) {
    for field in STUDY.fields.iter().filter(|f| !SETTLED.contains(&f.key)) {
        field_of(field, tree, "", visit);
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn field_of(field: &Field, table: &mut Node, path: &str, visit: &mut Visit<'_>) {
    let Value::Table(entries) = &mut table.value else {
        return;
    };
    if let Some((_, node)) = entries.iter_mut().find(|(k, _)| k == field.key) {
        let at = join(path, field.key);
        walk(&field.kind, node, &at, field.label, visit);
    }
}

fn walk(kind: &Kind, node: &mut Node, path: &str, label: &str, visit: &mut Visit<'_>) {
    match kind {
        Kind::Number(unit, ..) => leaf(node, path, label, *unit, false, visit),
        Kind::Whole(..) => leaf(node, path, label, Unit::Plain, true, visit),
        Kind::Numbers(_, unit, ..) | Kind::Free(unit, ..) => {
            if let Value::Table(entries) = &mut node.value {
                for (key, child) in entries {
                    let label = format!("{label}: {key}");
                    leaf(child, &join(path, key), &label, *unit, false, visit);
                }
            }
        }
        Kind::Distribution(unit) => distribution(node, path, label, *unit, visit),
        Kind::Table(section) => {
            for field in &section.fields {
                field_of(field, node, path, visit);
            }
        }
        Kind::Tables(section) => {
            if let Value::List(list) = &mut node.value {
                for (entry, key) in entry_names(list).into_iter().enumerate() {
                    for field in &section.fields {
                        field_of(field, &mut list[entry], &join(path, &key), visit);
                    }
                }
            }
        }
        // A mix is made to add up: a range of one share would be a range of all; and an entry of a list
        // has no name but its place.
        Kind::Mix(_)
        | Kind::List(..)
        | Kind::Text
        | Kind::Reference
        | Kind::Id
        | Kind::Flag
        | Kind::Choice(_)
        | Kind::Choices(_)
        | Kind::Texts
        | Kind::Target
        | Kind::Any => {}
    }
}

fn leaf(node: &mut Node, path: &str, label: &str, unit: Unit, whole: bool, visit: &mut Visit<'_>) {
    let mut source = None;
    let mut node = node;
    if node.get("value").is_some() {
        source = node.get("source").cloned();
        match node.get_mut("value") {
            Some(inner) => node = inner,
            None => return,
        }
    }
    if let Some(range) = Range::of(node, unit) {
        let place = Place {
            path: path.to_owned(),
            label: label.to_owned(),
            unit,
            whole,
            source,
        };
        visit(node, &place, range);
    }
}

fn distribution(node: &mut Node, path: &str, label: &str, unit: Unit, visit: &mut Visit<'_>) {
    if Range::written(node) {
        return leaf(node, path, label, unit, false, visit);
    }
    let given = node
        .get("dist")
        .and_then(Node::as_text)
        .unwrap_or("constant")
        .to_owned();
    let source = node.get("source").cloned();
    for (key, in_unit) in DISTRIBUTIONS
        .iter()
        .filter(|d| d.0 == given)
        .flat_map(|d| d.1)
    {
        if let Some(child) = node.get_mut(key) {
            let label = format!("{label}: {key}");
            let unit = if *in_unit { unit } else { Unit::Plain };
            let mut tell = |n: &mut Node, p: &Place, r: Range| {
                let place = Place {
                    source: source.clone(),
                    path: p.path.clone(),
                    label: p.label.clone(),
                    ..*p
                };
                visit(n, &place, r);
            };
            leaf(child, &join(path, key), &label, unit, false, &mut tell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::node::parse;
    use super::*;

    #[test]
    fn ranges_are_named_by_ids_and_references_and_never_by_place() {
        let team = |id: &str| {
            format!("[[teams]]\nid = \"{id}\"\npeople = {{ low = 2, likely = 3, high = 5 }}\n")
        };
        let pair = |from: &str| {
            format!(
                "[[handoffs.pairs]]\nfrom = \"{from}\"\nto = \"z\"\n\
                 sender_effort = {{ low = \"1 hour\", likely = \"2 hours\", high = \"3 hours\" }}\n"
            )
        };
        let paths = |text: String| -> Vec<String> {
            let mut all: Vec<String> = assumptions(&parse(&text).unwrap())
                .into_iter()
                .map(|a| a.path)
                .collect();
            all.sort_unstable();
            all
        };
        let one = paths(team("a") + &team("b") + &pair("a") + &pair("b"));
        let other = paths(team("b") + &team("a") + &pair("b") + &pair("a"));
        assert_eq!(one, other);
        assert_eq!(
            one,
            [
                "handoffs.pairs.a>z.sender_effort",
                "handoffs.pairs.b>z.sender_effort",
                "teams.a.people",
                "teams.b.people"
            ]
        );
    }

    #[test]
    fn a_draw_lies_in_its_range_and_has_the_mean_of_pert() {
        let range = Range {
            low: -2.0,
            likely: 1.0,
            high: 10.0,
        };
        let n = 20_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for k in 0..n {
            let x = range.quantile(uniform(Name::of_seed(5), "teams.a.people", k));
            assert!((range.low..=range.high).contains(&x), "{x}");
            sum += x;
            squares += x * x;
        }
        let mean = sum / n as f64;
        let se = libm::sqrt((squares / n as f64 - mean * mean) / n as f64);
        let want = (range.low + 4.0 * range.likely + range.high) / 6.0;
        let z = (mean - want) / se;
        assert!(z.abs() < 4.0, "{mean} against {want}: {z} standard errors");
    }

    #[test]
    fn every_form_of_a_number_can_be_a_range() {
        let mut tree = parse(
            "[[teams]]\nid = \"a\"\npeople = { low = 2, likely = 3, high = 4 }\n\
             focus = { value = { low = \"50%\", likely = \"60%\", high = 0.8 }, source = \"asked\" }\n\
             [[streams]]\nid = \"s\"\n[[streams.stages]]\nid = \"x\"\n\
             effort = { dist = \"lognormal\", mean = { low = \"1 hour\", likely = \"2 hours\", high = \"9 hours\" }, cv = 1 }\n\
             [[streams.stages]]\nid = \"y\"\neffort = { low = \"1 hour\", likely = \"2 hours\", high = \"9 hours\" }\n\
             [production.latent_life]\nsecurity = { low = \"1 week\", likely = \"2 weeks\", high = \"3 weeks\" }\n",
        )
        .unwrap();
        let found = assumptions(&tree);
        let told: Vec<(&str, &str, f64)> = found
            .iter()
            .map(|a| (a.path.as_str(), a.source.as_str(), a.range.high))
            .collect();
        assert_eq!(
            told,
            [
                ("streams.s.stages.x.effort.mean", "assumption", 9.0),
                ("streams.s.stages.y.effort", "assumption", 9.0),
                ("teams.a.people", "assumption", 4.0),
                ("teams.a.focus", "asked", 0.8),
                ("production.latent_life.security", "assumption", 504.0),
            ]
        );
        fill(&mut tree, &|_, r| r.high - 0.1 * (r.high - r.low));
        assert!(assumptions(&tree).is_empty());
        assert_eq!(tree.at("teams.a.people").unwrap().as_number(), Some(4.0));
        assert_eq!(
            tree.at("streams.s.stages.y.effort").unwrap().as_text(),
            Some("8.2 hours")
        );
    }
}
