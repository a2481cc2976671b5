//! Levers put in position: sets, then sums, then factors, then how teams are cut, then the time set aside.

use super::factor::{Drawn, Times};
use super::{Lever, Named, Position, everywhere, find, matching, node, quantity};
use crate::scenario::aside;
use crate::scenario::assumption::Range;
use crate::scenario::check::check;
use crate::scenario::cut;
use crate::scenario::edit::set;
use crate::scenario::fault::{Fault, suggest};
use crate::scenario::node::{Node, Value};
use crate::scenario::{Parameter, format};
use std::collections::BTreeMap;

/// Put levers in position. What a position does not know it leaves as a range, or takes from `drawn`.
///
/// # Errors
/// If a lever or a position does not exist, or the study lacks what it moves.
pub fn apply(
    positions: &BTreeMap<String, Position>,
    tree: &mut Node,
    drawn: Option<Drawn<'_>>,
) -> Result<(), Vec<Fault>> {
    let mut moves = Moves {
        parameters: check(&format::STUDY, tree).parameters,
        tree,
        faults: Vec::new(),
        sums: Vec::new(),
        factors: Vec::new(),
        cut: None,
        aside: None,
    };
    for (id, position) in positions {
        moves.take(id, position);
    }
    moves.sum_and_multiply(drawn);
    let Moves { mut faults, .. } = moves;
    faults.extend(moves.cut.and_then(|to| cut::cut(moves.tree, to).err()));
    if let Some(share) = moves.aside {
        aside::set_aside(moves.tree, share);
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// What levers do, collected: sums and factors wait until all owners have set theirs.
struct Moves<'t> {
    tree: &'t mut Node,
    parameters: Vec<Parameter>,
    faults: Vec<Fault>,
    sums: Vec<(String, f64)>,
    factors: Vec<(String, Times)>,
    cut: Option<usize>,
    aside: Option<f64>,
}

impl Moves<'_> {
    fn take(&mut self, id: &str, position: &Position) {
        let Some(lever) = find(id) else {
            let ids: Vec<&str> = super::LEVERS.iter().map(|l| l.id.as_str()).collect();
            let fault = Fault::new(None, "levers", format!("there is no lever `{id}`"));
            return self.faults.push(fault.hint(suggest(id, &ids)));
        };
        let at = format!("levers.{id}");
        match (position, &lever.number) {
            (Position::Number(x), Some(range)) => {
                if *x >= range.min - 1e-9 && *x <= range.max + 1e-9 {
                    return self.number(lever, id, *x);
                }
                let (min, max) = (range.min, range.max);
                let message = format!("`{id}` goes from {min} to {max}, not to {x}");
                self.faults.push(Fault::new(None, at, message));
            }
            (Position::Named(name), None) => {
                if let Some(p) = lever.positions.iter().find(|p| p.label == *name) {
                    return self.named(lever, id, p);
                }
                let labels: Vec<&str> = lever.positions.iter().map(|p| p.label.as_str()).collect();
                let fault = Fault::new(None, at, format!("`{name}` is not a position of `{id}`"));
                self.faults.push(fault.hint(suggest(name, &labels)));
            }
            (_, Some(_)) => self.faults.push(Fault::new(None, at, "expected a number")),
            (_, None) => {
                let message = "expected a position's name";
                self.faults.push(Fault::new(None, at, message));
            }
        }
    }

    fn number(&mut self, lever: &Lever, id: &str, x: f64) {
        for p in &lever.set {
            self.put(&of_entry(id, p), &Node::of(Value::Number(x)));
        }
        let sums = lever.add.iter().map(|p| (of_entry(id, p), x));
        self.sums.extend(sums);
        let power = |power: &f64| Times::by(libm::pow(x, *power));
        let factors = lever.scale.iter().map(|(p, k)| (of_entry(id, p), power(k)));
        self.factors.extend(factors);
    }

    fn named(&mut self, lever: &Lever, id: &str, to: &Named) {
        for (at, value) in &to.set {
            self.put(&of_entry(id, at), &node(value));
        }
        self.cut = self.cut.or(to.cut);
        self.aside = self.aside.or(to.aside);
        let sums = to.add.iter().map(|(at, by)| (of_entry(id, at), *by));
        self.sums.extend(sums);
        let times = |at: &String| (of_entry(id, at), Times::of(&lever.id, at, &to.scale));
        self.factors.extend(to.scale.keys().map(times));
    }

    fn put(&mut self, pattern: &str, to: &Node) {
        let found: Vec<String> = if pattern.contains('*') {
            let all = matching(&self.parameters, pattern);
            all.iter().map(|p| p.path.clone()).collect()
        } else {
            everywhere(self.tree, pattern)
        };
        for path in found {
            let done = set(self.tree, &path, to.clone());
            self.faults.extend(done.err());
        }
    }

    /// Sums and factors act on what the owners have set, whatever order the moves came in.
    fn sum_and_multiply(&mut self, drawn: Option<Drawn<'_>>) {
        let parameters = check(&format::STUDY, self.tree).parameters;
        let mut values: BTreeMap<&str, (Range, &Parameter)> = BTreeMap::new();
        let mut each = |pattern: &str, change: &dyn Fn(f64, End) -> f64| {
            for p in matching(&parameters, pattern) {
                let Some(x) = p.value.as_f64() else { continue };
                let (low, likely, high) = (x, x, x);
                let before = p.range.unwrap_or(Range { low, likely, high });
                let (range, _) = values.entry(&p.path).or_insert((before, p));
                range.low = change(range.low, |r| r.low);
                range.likely = change(range.likely, |r| r.likely);
                range.high = change(range.high, |r| r.high);
            }
        };
        for (pattern, by) in &self.sums {
            each(pattern, &|x, _| x + by);
        }
        for (pattern, times) in &self.factors {
            let by = times.believed(drawn);
            each(pattern, &|x, end| x * end(&by));
        }
        for (path, (mut range, p)) in values {
            // Parts of one distribution, its median and its 85th percentile say, cannot be drawn apart.
            if one_of_several(self.tree, path) {
                (range.low, range.high) = (range.likely, range.likely);
            }
            let done = set(self.tree, path, written(range, p));
            self.faults.extend(done.err());
        }
    }
}

/// A parameter of a distribution that has another in the same unit.
fn one_of_several(tree: &Node, path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(of, key)| {
        let spread = tree.at(of).is_some_and(|n| n.get("dist").is_some());
        spread && !["mean", "value"].contains(&key)
    })
}

/// One of the values of a range.
type End = fn(&Range) -> f64;

fn of_entry(id: &str, path: &str) -> String {
    match id.split_once('/') {
        Some((_, entry)) => path.replace("{}", entry),
        None => path.to_owned(),
    }
}

/// A number as a study writes it; a range where it is not known.
fn written(range: Range, p: &Parameter) -> Node {
    let (min, max) = (p.min.unwrap_or(f64::MIN), p.max.unwrap_or(f64::MAX));
    let one = |x: f64| quantity(x.clamp(min, max), &p.unit);
    if range.low.clamp(min, max) >= range.high.clamp(min, max) {
        return one(range.likely);
    }
    let ends = [
        ("low", range.low),
        ("likely", range.likely),
        ("high", range.high),
    ];
    let entries = ends.map(|(key, x)| (key.to_owned(), one(x)));
    Node::of(Value::Table(entries.into()))
}
