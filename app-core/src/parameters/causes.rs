//! What makes a value differ from the baseline's.

use super::ChangedBy;
use millrace_core::scenario::catalogue::catalogue;
use millrace_core::scenario::lever::offered;
use millrace_core::scenario::{Node, Scenario, WhatIf};
use std::collections::{BTreeMap, HashMap};

/// Which part of a what-if made a value what it is.
pub(super) struct Causes<'s> {
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
    pub(super) fn of(scenario: &Scenario, what_if: &'s WhatIf) -> Self {
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

    /// What made the value at a path another one.
    pub(super) fn of_path(&self, path: &str) -> ChangedBy {
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
