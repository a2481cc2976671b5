//! What a what-if changes, in words: by the levers that stand elsewhere with it, however it moved them.

use super::{Rest, at_rest, changes_key, remembered};
use crate::words::capital;
use millrace_core::scenario::lever::{self, Offered};
use millrace_core::scenario::{Change, Scenario, WhatIf, level_name};

/// What a what-if changes, as sentences.
pub fn sentences(scenario: &Scenario, what_if: &WhatIf, rest: &mut Rest) -> Vec<String> {
    let names: Vec<_> = (what_if.includes.iter())
        .filter_map(|id| scenario.what_if(id))
        .map(|w| &w.name)
        .collect();
    let key = format!(
        "{names:?}{:?}{}",
        what_if.levers,
        changes_key(scenario, what_if)
    );
    if let Some(known) = rest.sentences.get(&key) {
        return known.clone();
    }
    let made = said(scenario, what_if, rest);
    remembered(&mut rest.sentences, key, || made)
}

/// What it includes, then the levers that stand elsewhere, by its own moves or by the values it sets, then what
/// it adds and removes. Values that no lever stands for are counted, unless there is nothing else to say.
fn said(scenario: &Scenario, what_if: &WhatIf, rest: &mut Rest) -> Vec<String> {
    let included = what_if.includes.iter();
    let mut out: Vec<String> = included
        .filter_map(|id| scenario.what_if(id))
        .map(|w| w.name.clone())
        .collect();
    let moved = moved(scenario, what_if, rest);
    out.extend(
        moved
            .iter()
            .map(|(l, to)| format!("{} → {}", l.label, l.words(Some(*to)))),
    );
    let told = |path: &str| {
        let by = |(l, to): &(Offered, f64)| {
            let owned = lever::owned(&l.id, &l.named(*to));
            owned.iter().any(|pattern| falls_under(path, pattern))
        };
        moved.iter().any(by)
    };
    let left = what_if.changes.iter().filter(|c| !told(path_of(c)));
    // Another name for a thing is worth a line only where nothing else is changed.
    let (names, left): (Vec<&Change>, Vec<&Change>) =
        left.partition(|c| path_of(c).ends_with(".name"));
    let left = left.into_iter();
    let (parts, values): (Vec<&Change>, Vec<&Change>) = left.partition(|c| is_part(c));
    out.extend(parts.into_iter().map(|c| change_said(scenario, c)));
    if out.is_empty() || values.len() == 1 {
        out.extend(values.into_iter().map(|c| change_said(scenario, c)));
    } else if !values.is_empty() {
        out.push(format!("{} other values", values.len()));
    }
    if out.is_empty() {
        out.extend(names.into_iter().map(|c| change_said(scenario, c)));
    }
    out
}

/// The levers that stand elsewhere with a what-if than with what it includes, and where.
fn moved(scenario: &Scenario, what_if: &WhatIf, rest: &mut Rest) -> Vec<(Offered, f64)> {
    let here = at_rest(scenario, Some(what_if), rest);
    let before = if what_if.changes.is_empty() {
        here.clone()
    } else {
        let included = WhatIf {
            changes: Vec::new(),
            ..what_if.clone()
        };
        let mut copy = scenario.clone();
        let mine = copy.what_ifs.iter_mut().filter(|w| w.id == what_if.id);
        mine.for_each(|w| *w = included.clone());
        at_rest(&copy, Some(&included), rest)
    };
    here.into_iter()
        .zip(before)
        .filter_map(|((l, here), (_, before))| {
            let own = what_if.levers.get(&l.id).and_then(|p| l.index(p));
            let to = own.or(here)?;
            (own.is_some() || before != Some(to)).then_some((l, to))
        })
        .collect()
}

fn path_of(change: &Change) -> &str {
    match change {
        Change::Set { path, .. }
        | Change::Scale { path, .. }
        | Change::Add { path, .. }
        | Change::Remove { path } => path,
    }
}

/// A path as a lever writes it, with `*` for any entry and `*key=value` for some of them.
fn falls_under(path: &str, pattern: &str) -> bool {
    let (path, pattern) = (path.split('.'), pattern.split('.'));
    path.clone().count() == pattern.clone().count()
        && path.zip(pattern).all(|(p, q)| q.starts_with('*') || p == q)
}

/// It makes the organisation another one, and does not only set a value of it.
fn is_part(change: &Change) -> bool {
    match change {
        Change::Add { .. } | Change::Remove { .. } => true,
        Change::Set { path, .. } => path.starts_with("teams.") && path.ends_with(".people"),
        Change::Scale { .. } => false,
    }
}

fn change_said(scenario: &Scenario, change: &Change) -> String {
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
    match change {
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
    }
}
