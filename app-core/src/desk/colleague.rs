//! What-ifs added from a colleague's copy of the study.

use super::{Answer, Desk};
use crate::document::invalid;
use crate::files;
use crate::levers::{Rest, sentences};
use crate::view::StudyView;
use millrace_core::scenario::{Change, Node, Scenario, Value, WhatIf};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::PathBuf;

/// A colleague's copy beside the open study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColleagueView {
    /// The file.
    pub path: String,
    /// The study's name there.
    pub name: String,
    /// Values of the baseline that differ, or are in one of the two only: what-ifs act on this study's own.
    pub baseline_differs: u32,
    /// Its what-ifs.
    pub what_ifs: Vec<TheirsView>,
}

/// A colleague's what-if.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TheirsView {
    /// Its id there.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Who proposed it.
    pub by: Option<String>,
    /// What it changes, as sentences.
    pub changes: Vec<String>,
    /// How it stands to the what-ifs here.
    pub state: TheirState,
    /// Why it cannot be added, if so.
    pub refused: Option<String>,
}

/// How a colleague's what-if stands to those here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TheirState {
    /// There is none of that id here.
    New,
    /// The one of that id says the same.
    Same,
    /// The one of that id says something else: theirs would come beside it.
    Differs,
}

impl Desk {
    /// Look at a colleague's copy; nothing is changed.
    ///
    /// # Errors
    /// If it cannot be read or is no valid study.
    pub fn look_at_colleague(&mut self, path: String) -> Answer<ColleagueView> {
        let text = files::read(&PathBuf::from(&path))?;
        let theirs = Scenario::read(&text).map_err(|f| invalid(&f))?;
        let ours = &self.document()?.scenario;
        Ok(ColleagueView {
            path,
            name: theirs.baseline.study.name.clone(),
            baseline_differs: differences(&ours.baseline.tree, &theirs.baseline.tree),
            what_ifs: theirs
                .what_ifs
                .iter()
                .map(|w| view(ours, &theirs, w))
                .collect(),
        })
    }

    /// Add what-ifs of a colleague's copy, with those that they include and that are not here.
    ///
    /// # Errors
    /// If the file cannot be read any more, or they make no study here; nothing is changed then.
    pub fn take_what_ifs(&mut self, path: String, ids: Vec<String>) -> Answer<StudyView> {
        let text = files::read(&PathBuf::from(&path))?;
        let theirs = Scenario::read(&text).map_err(|f| invalid(&f))?;
        let document = self.document()?;
        let all = with_included(&document.scenario, &theirs, &ids);
        let label = match ids.len() {
            1 => "Add a colleague's what-if".to_owned(),
            n => format!("Add {n} of a colleague's what-ifs"),
        };
        document.take_what_ifs(&text, &all, &label)?;
        self.study()
    }
}

fn view(ours: &Scenario, theirs: &Scenario, w: &WhatIf) -> TheirsView {
    TheirsView {
        id: w.id.clone(),
        name: w.name.clone(),
        by: (!w.by.is_empty()).then(|| w.by.clone()),
        changes: sentences(theirs, w, &mut Rest::default()),
        state: match ours.what_if(&w.id) {
            None => TheirState::New,
            Some(own) if same(own, w) => TheirState::Same,
            Some(_) => TheirState::Differs,
        },
        refused: refused(ours, theirs, w),
    }
}

/// Two what-ifs say the same, wherever they stand in their files.
fn same(a: &WhatIf, b: &WhatIf) -> bool {
    let texts = |w: &WhatIf| -> Vec<String> { w.changes.iter().map(change).collect() };
    let rest = |w: &WhatIf| WhatIf {
        changes: Vec::new(),
        ..w.clone()
    };
    texts(a) == texts(b) && rest(a) == rest(b)
}

fn change(change: &Change) -> String {
    match change {
        Change::Set { path, to } => format!("set {path} {}", to.inline()),
        Change::Scale { path, by } => format!("scale {path} {by}"),
        Change::Add {
            path,
            value,
            before,
        } => format!("add {path} {} {before:?}", value.inline()),
        Change::Remove { path } => format!("remove {path}"),
    }
}

/// Why a what-if cannot stand on this study's baseline.
fn refused(ours: &Scenario, theirs: &Scenario, w: &WhatIf) -> Option<String> {
    let mut together = Scenario {
        baseline: ours.baseline.clone(),
        what_ifs: theirs.what_ifs.clone(),
    };
    together
        .what_ifs
        .retain(|t| t.id == w.id || ours.what_if(&t.id).is_none() || w.includes.contains(&t.id));
    let faults = together.variant(Some(&w.id), &[]).err()?;
    let messages: Vec<&str> = faults.iter().map(|f| f.message.as_str()).collect();
    Some(messages.join("; "))
}

/// What was asked for, and before it what it includes and this study lacks.
fn with_included(ours: &Scenario, theirs: &Scenario, ids: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for id in ids {
        add(ours, theirs, id, true, &mut out);
    }
    out
}

fn add(ours: &Scenario, theirs: &Scenario, id: &str, asked: bool, out: &mut Vec<String>) {
    let alike = |(here, there): (&WhatIf, &WhatIf)| same(here, there);
    let known = ours.what_if(id).zip(theirs.what_if(id)).is_some_and(alike);
    if out.iter().any(|o| o == id) || (!asked && known) {
        return;
    }
    if let Some(w) = theirs.what_if(id) {
        let includes = w.includes.iter();
        includes.for_each(|i| add(ours, theirs, i, false, out));
        out.push(id.to_owned());
    }
}

/// Values that differ between two trees, what-ifs apart.
fn differences(a: &Node, b: &Node) -> u32 {
    match (&a.value, &b.value) {
        (Value::Table(x), Value::Table(y)) => {
            let counts = |key: &str| !["what_ifs", "presentation"].contains(&key);
            let here = x
                .iter()
                .filter(|(key, _)| counts(key))
                .map(|(key, left)| b.get(key).map_or(1, |right| differences(left, right)));
            let there = y
                .iter()
                .filter(|(key, _)| counts(key) && a.get(key).is_none());
            here.sum::<u32>() + there.count() as u32
        }
        (Value::List(x), Value::List(y)) if x.len() == y.len() => x
            .iter()
            .zip(y)
            .map(|(left, right)| differences(left, right))
            .sum(),
        (left, right) => u32::from(left != right && a.inline() != b.inline()),
    }
}
