//! The open study as a text, with undo.
//!
//! Every edit changes the TOML itself and leaves the rest of it, comments included, as the user wrote it.
//! What undo brings back is the whole text of before.

mod adopt;
mod propose;

use crate::view::{FaultView, Refusal, RefusalCode};
use millrace_core::scenario::{Fault, Scenario, WhatIf};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use toml_edit::DocumentMut;

pub(crate) mod place;
mod put;
mod steps;
mod what_ifs;

pub(crate) use what_ifs::Details;
use what_ifs::as_tables;

/// Steps that undo can go back.
const MOST_STEPS: usize = 500;

#[derive(Debug, Clone)]
struct Moment {
    text: String,
    active: Option<String>,
}

#[derive(Debug, Clone)]
struct Step {
    before: Moment,
    label: String,
    gesture: u32,
}

/// The open study.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it was opened from or saved to.
    pub path: Option<PathBuf>,
    /// As read and checked.
    pub scenario: Scenario,
    text: String,
    saved: String,
    active: Option<String>,
    past: Vec<Step>,
    future: Vec<Step>,
}

/// Every fault of a text, as a refusal.
#[must_use]
pub fn invalid(faults: &[Fault]) -> Refusal {
    let n = faults.len();
    Refusal {
        code: RefusalCode::InvalidStudy,
        message: format!(
            "This is not a valid study: {n} fault{}.",
            if n == 1 { "" } else { "s" }
        ),
        faults: faults
            .iter()
            .map(|f| FaultView {
                line: f.line,
                path: f.path.clone(),
                message: f.message.clone(),
                hint: f.hint.clone(),
            })
            .collect(),
    }
}

pub(crate) fn not_found(what: &str) -> Refusal {
    Refusal {
        code: RefusalCode::NotFound,
        message: format!("There is no {what}."),
        faults: Vec::new(),
    }
}

impl Document {
    /// Open a text.
    ///
    /// # Errors
    /// If it is no valid study.
    pub fn open(text: String, path: Option<PathBuf>) -> Result<Self, Refusal> {
        let scenario = Scenario::read(&text).map_err(|f| invalid(&f))?;
        Ok(Self {
            path,
            scenario,
            saved: text.clone(),
            text,
            active: None,
            past: Vec::new(),
            future: Vec::new(),
        })
    }

    /// A text that was just made and is nowhere else: it counts as changed until it is saved.
    ///
    /// # Errors
    /// If it is no valid study.
    pub fn made(text: String) -> Result<Self, Refusal> {
        let mut document = Self::open(text, None)?;
        document.saved.clear();
        Ok(document)
    }

    /// The study's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names this text among all it has been: what was worked out of another is stale. What is presented does
    /// not count.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hasher = DefaultHasher::new();
        steps::without(&self.text).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// Changed since it was opened or saved.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.text != self.saved
    }

    /// It is on no disk as it is now.
    pub(crate) fn never_saved(&mut self) {
        self.saved.clear();
    }

    /// It is on disk as it is now.
    pub fn saved(&mut self, path: PathBuf) {
        self.path = Some(path);
        self.saved.clone_from(&self.text);
    }

    /// The what-if whose levers are shown.
    #[must_use]
    pub fn active(&self) -> Option<&WhatIf> {
        self.active
            .as_ref()
            .and_then(|id| self.scenario.what_if(id))
    }

    /// Show a what-if, or the baseline.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn select(&mut self, id: Option<String>) -> Result<(), Refusal> {
        if let Some(id) = &id
            && self.scenario.what_if(id).is_none()
        {
            return Err(not_found(&format!("what-if `{id}`")));
        }
        self.active = id;
        Ok(())
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|s| s.label.as_str())
    }

    /// What redo would bring back.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|s| s.label.as_str())
    }

    /// Take the last step back.
    ///
    /// # Errors
    /// If there is none.
    pub fn undo(&mut self) -> Result<(), Refusal> {
        let step = self.past.pop().ok_or_else(|| not_found("step to undo"))?;
        let now = self.now();
        self.go(&step.before)?;
        self.future.push(Step {
            before: now,
            ..step
        });
        Ok(())
    }

    /// Bring the last undone step back.
    ///
    /// # Errors
    /// If there is none.
    pub fn redo(&mut self) -> Result<(), Refusal> {
        let step = self.future.pop().ok_or_else(|| not_found("step to redo"))?;
        let now = self.now();
        self.go(&step.before)?;
        self.past.push(Step {
            before: now,
            ..step
        });
        Ok(())
    }

    fn now(&self) -> Moment {
        Moment {
            text: self.text.clone(),
            active: self.active.clone(),
        }
    }

    fn go(&mut self, to: &Moment) -> Result<(), Refusal> {
        self.scenario = Scenario::read(&to.text).map_err(|f| invalid(&f))?;
        self.text.clone_from(&to.text);
        self.active.clone_from(&to.active);
        Ok(())
    }

    /// Change the text; steps of one gesture other than 0 are undone together.
    pub(crate) fn rewrite(
        &mut self,
        label: &str,
        gesture: u32,
        active: Option<String>,
        change: impl FnOnce(&mut DocumentMut) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut doc: DocumentMut = self
            .text
            .parse()
            .map_err(|e: toml_edit::TomlError| invalid(&[Fault::new(None, "", e.to_string())]))?;
        change(&mut doc)?;
        let text = doc.to_string();
        let scenario = Scenario::read(&text).map_err(|f| invalid(&f))?;
        let same = gesture != 0 && self.past.last().is_some_and(|s| s.gesture == gesture);
        if !same {
            self.past.push(Step {
                before: self.now(),
                label: label.to_owned(),
                gesture,
            });
            if self.past.len() > MOST_STEPS {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.text = text;
        self.scenario = scenario;
        self.active = active;
        Ok(())
    }

    /// Take back what was done since a mark of [`Self::depth`], as if it had never been.
    pub(crate) fn back_to(&mut self, depth: usize) -> Result<(), Refusal> {
        while self.past.len() > depth {
            self.undo()?;
        }
        self.future.clear();
        Ok(())
    }

    /// Make the last two steps one.
    pub(crate) fn join_last(&mut self) {
        if self.past.len() > 1 {
            self.past.pop();
        }
    }

    /// Give the last step another name: what the person did, and not how it is written.
    pub(crate) fn relabel(&mut self, label: &str) {
        if let Some(step) = self.past.last_mut() {
            label.clone_into(&mut step.label);
        }
    }

    /// Steps that undo can go back.
    pub(crate) fn depth(&self) -> usize {
        self.past.len()
    }

    pub(crate) fn named(&self, id: &str) -> Result<&WhatIf, Refusal> {
        self.scenario
            .what_if(id)
            .ok_or_else(|| not_found(&format!("what-if `{id}`")))
    }

    fn free_id(&self, name: &str) -> String {
        let mut id: String = name
            .to_lowercase()
            .chars()
            .map(|c| {
                if c.is_ascii_lowercase() || c.is_ascii_digit() {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        while id.contains("--") {
            id = id.replace("--", "-");
        }
        let id: String = id.trim_matches('-').chars().take(40).collect();
        let base = if id.is_empty() {
            "what-if".to_owned()
        } else {
            id
        };
        let taken = |id: &str| self.scenario.what_if(id).is_some();
        if !taken(&base) {
            return base;
        }
        (2..)
            .map(|n| format!("{base}-{n}"))
            .find(|id| !taken(id))
            .unwrap_or(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;
    use millrace_core::scenario::lever::Position;

    fn open() -> Document {
        Document::open(TEMPLATES[0].text.to_owned(), None).unwrap()
    }

    #[test]
    fn edits_keep_what_the_user_wrote_and_undo_brings_it_back() {
        let mut d = open();
        let before = d.text().to_owned();
        d.add_what_if("Release weekly!", 0).unwrap();
        d.set_lever(
            "release-rhythm",
            "Release rhythm",
            Some(&Position::Named("weekly".into())),
            None,
            1,
        )
        .unwrap();
        d.set_lever(
            "release-rhythm",
            "Release rhythm",
            Some(&Position::Named("fortnightly".into())),
            None,
            1,
        )
        .unwrap();
        assert!(
            d.text().starts_with(before.trim_end()),
            "comments and order stay"
        );
        assert_eq!(
            d.active().unwrap().levers["release-rhythm"],
            Position::Named("fortnightly".into())
        );
        d.undo().unwrap();
        assert!(
            d.active().unwrap().levers.is_empty(),
            "one drag is one step"
        );
        d.undo().unwrap();
        assert_eq!(d.text(), before);
        assert!(!d.is_dirty());
        d.redo().unwrap();
        d.redo().unwrap();
        assert_eq!(
            d.active().unwrap().levers["release-rhythm"],
            Position::Named("fortnightly".into())
        );
    }

    #[test]
    fn an_impossible_position_is_refused_and_changes_nothing() {
        let mut d = open();
        d.add_what_if("Canary", 0).unwrap();
        let before = d.text().to_owned();
        let refusal = d
            .set_lever(
                "strategy",
                "Strategy",
                Some(&Position::Named("canary".into())),
                None,
                1,
            )
            .unwrap_err();
        assert_eq!(refusal.code, RefusalCode::ImpossiblePosition);
        assert_eq!(
            refusal.message,
            "Needs “automated build” (you have “by hand”) and “traffic can be shifted” (you have “none”)."
        );
        assert_eq!(d.text(), before);
    }

    #[test]
    fn what_is_included_elsewhere_is_not_removed() {
        let mut d = open();
        assert!(d.remove_what_if("canary").is_err());
        d.remove_what_if("integrated").unwrap();
        d.remove_what_if("canary").unwrap();
        assert!(d.scenario.what_if("canary").is_none());
    }

    #[test]
    fn a_copy_gets_a_name_and_an_id_of_its_own() {
        let mut d = open();
        d.duplicate_what_if("canary").unwrap();
        let copy = d.active().unwrap();
        assert_ne!(copy.id, "canary");
        assert!(copy.name.ends_with(", copy"));
        let changed = |id: &str| {
            d.scenario
                .variant(Some(id), &[])
                .unwrap()
                .study
                .pipeline
                .unwrap()
                .strategy
        };
        assert_eq!(changed(&copy.id), changed("canary"));
    }
}
