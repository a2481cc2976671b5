//! The open study as a text, with undo.
//!
//! Every edit changes the TOML itself and leaves the rest of it, comments included, as the user wrote it.
//! What undo brings back is the whole text of before.

mod adopt;
mod propose;

use crate::view::{FaultView, Refusal, RefusalCode};
use millrace_core::scenario::lever::Position;
use millrace_core::scenario::{Fault, Scenario, WhatIf};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

mod put;
mod steps;

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
#[derive(Debug)]
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

fn not_found(what: &str) -> Refusal {
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

    /// Change the what-ifs; steps of one gesture other than 0 are undone together.
    fn edit(
        &mut self,
        label: &str,
        gesture: u32,
        active: Option<String>,
        change: impl FnOnce(&mut ArrayOfTables) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.rewrite(label, gesture, active, |doc| {
            let what_ifs = as_tables(doc);
            change(what_ifs)?;
            if what_ifs.is_empty() {
                doc.remove("what_ifs");
            }
            Ok(())
        })
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

    /// Add an empty what-if and show it.
    ///
    /// # Errors
    /// Never on a valid study.
    pub fn add_what_if(&mut self, name: &str, gesture: u32) -> Result<String, Refusal> {
        let id = self.free_id(name);
        let (new, shown) = (id.clone(), name.trim().to_owned());
        self.edit(
            &format!("Add {shown}"),
            gesture,
            Some(id.clone()),
            move |all| {
                let mut table = Table::new();
                table["id"] = value(new);
                table["name"] = value(shown);
                all.push(table);
                Ok(())
            },
        )?;
        Ok(id)
    }

    /// Copy a what-if and show the copy.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn duplicate_what_if(&mut self, id: &str) -> Result<(), Refusal> {
        let name = self.named(id)?.name.clone();
        let copy = format!("{name}, copy");
        let new = self.free_id(&copy);
        self.edit(&format!("Duplicate {name}"), 0, Some(new.clone()), |all| {
            let at = position(all, id)?;
            let mut table = all.get(at).cloned().unwrap_or_default();
            table["id"] = value(new);
            table["name"] = value(copy);
            table.set_position(None);
            all.push(table);
            Ok(())
        })
    }

    /// Give a what-if another name.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn rename_what_if(&mut self, id: &str, name: &str) -> Result<(), Refusal> {
        let before = self.named(id)?.name.clone();
        let active = self.active.clone();
        self.edit(&format!("Rename {before}"), 0, active, |all| {
            table(all, id)?["name"] = value(name.trim());
            Ok(())
        })
    }

    /// Take a what-if away; what includes it keeps the changes by taking them over.
    ///
    /// # Errors
    /// If there is none of that id, or another what-if includes it.
    pub fn remove_what_if(&mut self, id: &str) -> Result<(), Refusal> {
        let name = self.named(id)?.name.clone();
        if let Some(other) = self
            .scenario
            .what_ifs
            .iter()
            .find(|w| w.includes.iter().any(|i| i == id))
        {
            return Err(Refusal {
                code: RefusalCode::ImpossiblePosition,
                message: format!("“{}” includes “{name}”. Remove that one first.", other.name),
                faults: Vec::new(),
            });
        }
        let active = self.active.clone().filter(|a| a != id);
        self.edit(&format!("Remove {name}"), 0, active, |all| {
            let at = position(all, id)?;
            all.remove(at);
            Ok(())
        })
    }

    /// Put a lever of the shown what-if in position; `None` takes it back to where it was.
    ///
    /// # Errors
    /// If the position is impossible.
    pub fn set_lever(
        &mut self,
        lever: &str,
        label: &str,
        position: Option<&Position>,
        gesture: u32,
    ) -> Result<(), Refusal> {
        let Some(id) = self.active.clone() else {
            return Err(not_found("what-if to change"));
        };
        self.edit(label, gesture, Some(id.clone()), |all| {
            let table = table(all, &id)?;
            if !table.contains_key("levers") {
                table["levers"] = value(InlineTable::new());
            }
            let levers = table["levers"]
                .as_table_like_mut()
                .ok_or_else(|| not_found("table of levers"))?;
            match position {
                Some(Position::Named(name)) => levers.insert(lever, value(name.as_str())),
                Some(Position::Number(x)) => levers.insert(lever, value(*x)),
                None => levers.remove(lever),
            };
            if levers.is_empty() {
                table.remove("levers");
            }
            Ok(())
        })
        .map_err(|refusal| match refusal.code {
            RefusalCode::InvalidStudy => Refusal {
                code: RefusalCode::ImpossiblePosition,
                message: crate::levers::way_out(refusal.faults.iter().map(|f| f.message.as_str())),
                faults: refusal.faults,
            },
            _ => refusal,
        })
    }

    /// Add a what-if that answers an advice, and show it.
    ///
    /// # Errors
    /// If it makes no study.
    pub fn add_fix(&mut self, name: &str, fix: &crate::advice::Fix) -> Result<(), Refusal> {
        use crate::advice::Fix;
        let id = self.free_id(name);
        self.edit(&format!("Add {name}"), 0, Some(id.clone()), |all| {
            let mut table = Table::new();
            table["id"] = value(id);
            table["name"] = value(name);
            match fix {
                Fix::Lever(lever, position) => {
                    let mut levers = InlineTable::new();
                    levers.insert(*lever, (*position).into());
                    table["levers"] = value(levers);
                }
                Fix::Set(changes) => {
                    let mut list = toml_edit::Array::new();
                    for (path, to) in changes {
                        let to: Value =
                            to.parse().map_err(|_| not_found(&format!("value {to}")))?;
                        let mut change = InlineTable::new();
                        change.insert("set", path.as_str().into());
                        change.insert("to", to);
                        list.push(change);
                    }
                    table["changes"] = value(list);
                }
            }
            all.push(table);
            Ok(())
        })
    }

    fn named(&self, id: &str) -> Result<&WhatIf, Refusal> {
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

/// The list of what-ifs as tables, whatever form the file has them in.
fn as_tables(doc: &mut DocumentMut) -> &mut ArrayOfTables {
    let tables = match doc.get("what_ifs") {
        Some(Item::ArrayOfTables(_)) => None,
        Some(Item::Value(Value::Array(array))) => Some(
            array
                .iter()
                .filter_map(|v| v.as_inline_table().map(|t| t.clone().into_table()))
                .collect::<ArrayOfTables>(),
        ),
        _ => Some(ArrayOfTables::new()),
    };
    if let Some(tables) = tables {
        doc["what_ifs"] = Item::ArrayOfTables(tables);
    }
    doc["what_ifs"]
        .as_array_of_tables_mut()
        .expect("it was just made one")
}

fn position(all: &ArrayOfTables, id: &str) -> Result<usize, Refusal> {
    all.iter()
        .position(|t| t.get("id").and_then(Item::as_str) == Some(id))
        .ok_or_else(|| not_found(&format!("what-if `{id}`")))
}

fn table<'a>(all: &'a mut ArrayOfTables, id: &str) -> Result<&'a mut Table, Refusal> {
    let at = position(all, id)?;
    all.get_mut(at)
        .ok_or_else(|| not_found(&format!("what-if `{id}`")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;

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
            1,
        )
        .unwrap();
        d.set_lever(
            "release-rhythm",
            "Release rhythm",
            Some(&Position::Named("fortnightly".into())),
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
