//! Which what-ifs can be combined, and at what price.

use crate::experiment::rank::reasons;
use crate::scenario::{Change, Node, Scenario, Variant, WhatIf, lever};
use serde::Serialize;

/// Candidates at most: one bit each.
pub const MOST: usize = 64;

/// Some of the candidates, a bit each.
pub type Set = u64;

/// The candidates of a study.
#[derive(Debug)]
pub struct Candidates<'s> {
    scenario: &'s Scenario,
    ids: Vec<&'s str>,
    /// What each brings with it, itself included, as places in the study's list.
    members: Vec<Vec<usize>>,
    /// What-ifs of the study that want the same parameter.
    clashes: Vec<(usize, usize, String)>,
    budget: f64,
}

/// What-ifs that were not tried together, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// By id.
    pub what_ifs: Vec<String>,
    /// The reason.
    pub why: String,
}

impl<'s> Candidates<'s> {
    /// These what-ifs, all of which exist, within a budget of person-weeks.
    #[must_use]
    pub fn new(scenario: &'s Scenario, ids: &[&'s str], budget: f64) -> Self {
        let place = |id: &str| scenario.what_ifs.iter().position(|w| w.id == id);
        let all = |id: &&str| {
            let mut found: Vec<usize> = place(id).into_iter().collect();
            let mut next = 0;
            while let Some(&i) = found.get(next) {
                for other in scenario.what_ifs[i]
                    .includes
                    .iter()
                    .filter_map(|id| place(id))
                {
                    if !found.contains(&other) {
                        found.push(other);
                    }
                }
                next += 1;
            }
            found.sort_unstable();
            found
        };
        let mut clashes = Vec::new();
        for (i, a) in scenario.what_ifs.iter().enumerate() {
            for (j, b) in scenario.what_ifs.iter().enumerate().skip(i + 1) {
                clashes.extend(clash(a, b).map(|why| (i, j, why)));
            }
        }
        Self {
            scenario,
            ids: ids.to_vec(),
            members: ids.iter().map(all).collect(),
            clashes,
            budget,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// There is nothing to choose from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn chosen(&self, set: Set) -> impl Iterator<Item = usize> + '_ {
        (0..self.len()).filter(move |i| set >> i & 1 == 1)
    }

    /// The same with every candidate that its members include: two sets that close alike are one.
    #[must_use]
    pub fn closed(&self, set: Set) -> Set {
        let inside = |i: usize| {
            let whole = |c: usize| self.members[i].iter().all(|m| self.members[c].contains(m));
            self.chosen(set).any(whole)
        };
        (0..self.len())
            .filter(|&i| inside(i))
            .fold(0, |set, i| set | 1 << i)
    }

    /// Without one candidate and those that include it.
    #[must_use]
    pub fn without(&self, set: Set, candidate: usize) -> Set {
        let has = |c: usize| {
            self.members[candidate]
                .iter()
                .all(|m| self.members[c].contains(m))
        };
        self.chosen(set)
            .filter(|&c| has(c))
            .fold(set, |set, c| set & !(1 << c))
    }

    /// The ids of a set: of what others in it include nothing is said.
    #[must_use]
    pub fn ids(&self, set: Set) -> Vec<String> {
        let told = |i: &usize| {
            let inside = |c: usize| {
                c != *i
                    && self.members[i.to_owned()]
                        .iter()
                        .all(|m| self.members[c].contains(m))
            };
            // Of two that bring the same, the first is named.
            !self
                .chosen(set)
                .any(|c| inside(c) && (self.members[c] != self.members[*i] || c < *i))
        };
        self.chosen(set)
            .filter(told)
            .map(|i| self.ids[i].to_owned())
            .collect()
    }

    /// Person-weeks of a set.
    #[must_use]
    pub fn price(&self, set: Set) -> f64 {
        let ids: Vec<&str> = self.chosen(set).map(|i| self.ids[i]).collect();
        self.scenario.person_weeks_together(&ids)
    }

    /// The set costs no more than there is.
    #[must_use]
    pub fn affordable(&self, set: Set) -> bool {
        self.price(set) <= self.budget
    }

    /// Two what-ifs in a set that want one parameter, unless something in it includes both: then its author
    /// has said which comes last.
    #[must_use]
    pub fn clash(&self, set: Set) -> Option<Together> {
        let has = |c: usize, m: usize| self.members[c].contains(&m);
        let within = |m: usize| self.chosen(set).any(|c| has(c, m));
        let (a, b, why) = self.clashes.iter().find(|(a, b, _)| {
            within(*a) && within(*b) && !self.chosen(set).any(|c| has(c, *a) && has(c, *b))
        })?;
        let id = |i: usize| self.scenario.what_ifs[i].id.clone();
        Some(Together {
            what_ifs: vec![id(*a), id(*b)],
            why: why.clone(),
        })
    }

    /// The study with a set of candidates.
    ///
    /// # Errors
    /// Why it is no study.
    pub fn variant(&self, set: Set) -> Result<Variant, Together> {
        let ids: Vec<&str> = self.chosen(set).map(|i| self.ids[i]).collect();
        let made = self.scenario.combined(&ids, &Default::default());
        made.map_err(|faults| Together {
            what_ifs: self.ids(set),
            why: reasons(&faults),
        })
    }
}

/// What a what-if owns: a path and, where it gives a plain value, that value.
struct Owned<'w> {
    path: String,
    to: Option<&'w Node>,
}

fn owned(w: &WhatIf) -> Vec<Owned<'_>> {
    let mut all = Vec::new();
    for change in &w.changes {
        match change {
            Change::Set { path, to } => all.push(Owned {
                path: path.clone(),
                to: Some(to),
            }),
            Change::Remove { path } => all.push(Owned {
                path: path.clone(),
                to: None,
            }),
            Change::Add { path, value, .. } => {
                let id = value.get("id").and_then(Node::as_text);
                let path = id.map_or_else(|| path.clone(), |id| format!("{path}.{id}"));
                all.push(Owned { path, to: None });
            }
            Change::Scale { .. } => {}
        }
    }
    all
}

fn of_levers(w: &WhatIf) -> Vec<Owned<'_>> {
    let paths = w.levers.iter().flat_map(|(id, at)| lever::owned(id, at));
    paths.map(|path| Owned { path, to: None }).collect()
}

/// What two what-ifs both want: the order in which they come would decide.
fn clash(a: &WhatIf, b: &WhatIf) -> Option<String> {
    for (id, at) in &a.levers {
        match b.levers.get(id) {
            Some(other) if other != at => return Some(format!("both move the lever `{id}`")),
            _ => {}
        }
    }
    for (x, y) in [(a, b), (b, a)] {
        let scaled = y.changes.iter().filter_map(|c| match c {
            Change::Scale { path, .. } => Some(path),
            _ => None,
        });
        let owners: Vec<Owned<'_>> = owned(x).into_iter().chain(of_levers(x)).collect();
        for path in scaled {
            if owners.iter().any(|o| related(&o.path, path)) {
                return Some(format!("`{}` sets what `{}` scales: `{path}`", x.id, y.id));
            }
        }
    }
    let (of_a, of_b) = (owned(a), owned(b));
    let (levers_a, levers_b) = (of_levers(a), of_levers(b));
    let pairs = of_a
        .iter()
        .flat_map(|x| of_b.iter().chain(&levers_b).map(move |y| (x, y)));
    let more = levers_a
        .iter()
        .flat_map(|x| of_b.iter().map(move |y| (x, y)));
    for (x, y) in pairs.chain(more) {
        let same = x.path == y.path
            && x.to
                .is_some_and(|v| y.to.is_some_and(|w| v.value == w.value));
        if related(&x.path, &y.path) && !same {
            let path = if x.path.len() > y.path.len() {
                &x.path
            } else {
                &y.path
            };
            return Some(format!("both set `{path}`"));
        }
    }
    None
}

/// One path is the other or leads to it; `*` is any one entry.
fn related(a: &str, b: &str) -> bool {
    let mut keys = a.split('.').zip(b.split('.'));
    keys.all(|(x, y)| x == y || x == "*" || y == "*")
}
