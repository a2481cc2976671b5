//! What-ifs of a study's text: made, named, ordered, combined, priced, and what they change.

use super::place::toml;
use super::{Document, not_found};
use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::Node;
use millrace_core::scenario::lever::{Position, rank};
use std::collections::BTreeMap;
use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value,
};

/// What is said of a what-if beside its changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// Shown name.
    pub name: String,
    /// Who proposes it; empty for nobody.
    pub by: String,
    /// Week in which it begins.
    pub start_week: f64,
    /// Weeks from there to full effect.
    pub full_effect_weeks: f64,
    /// Person-weeks by team.
    pub cost: BTreeMap<String, f64>,
    /// What-ifs whose changes come first.
    pub includes: Vec<String>,
}

impl Document {
    /// Change the what-ifs; steps of one gesture other than 0 are undone together.
    pub(super) fn edit(
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

    /// Put a lever of the shown what-if in position; `None` takes it back to where it was. Levers stand in
    /// one order, whatever order they were moved in. The what-if takes the name `named`, if one is given.
    ///
    /// # Errors
    /// If the position is impossible.
    pub fn set_lever(
        &mut self,
        lever: &str,
        label: &str,
        position: Option<&Position>,
        named: Option<&str>,
        gesture: u32,
    ) -> Result<(), Refusal> {
        let moves = [(lever.to_owned(), position.cloned())];
        self.set_levers(&moves, label, named, gesture)
    }

    /// Several at once: all or none.
    ///
    /// # Errors
    /// If the positions are impossible together.
    pub fn set_levers(
        &mut self,
        moves: &[(String, Option<Position>)],
        label: &str,
        named: Option<&str>,
        gesture: u32,
    ) -> Result<(), Refusal> {
        let Some(id) = self.active.clone() else {
            return Err(not_found("what-if to change"));
        };
        self.edit(label, gesture, Some(id.clone()), |all| {
            let table = table(all, &id)?;
            if let Some(name) = named {
                table["name"] = value(name);
            }
            moves
                .iter()
                .try_for_each(|(lever, to)| put_lever(table, lever, to.as_ref()))
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

    /// Give a value of the shown what-if: a change that sets it, in place of all that changed it or parts of
    /// it before. `None` takes those away. `Some(None)` leaves the value open.
    ///
    /// # Errors
    /// If the study is none with it.
    pub fn set_change(
        &mut self,
        path: &str,
        label: &str,
        to: Option<Option<&Node>>,
        gesture: u32,
    ) -> Result<(), Refusal> {
        let Some(id) = self.active.clone() else {
            return Err(not_found("what-if to change"));
        };
        self.edit(label, gesture, Some(id.clone()), |all| {
            let table = table(all, &id)?;
            if !table.contains_key("changes") {
                first_changes(table);
            }
            let changes = table["changes"]
                .as_array_mut()
                .ok_or_else(|| not_found("list of changes"))?;
            changes.retain(|c| !changes_value(c, path));
            if let Some(to) = to {
                changes.push(change(path, to));
            }
            lines(changes);
            if changes.is_empty() {
                table.remove("changes");
            }
            Ok(())
        })
    }

    /// Put a what-if before another, or last.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn move_what_if(&mut self, id: &str, before: Option<&str>) -> Result<(), Refusal> {
        let name = self.named(id)?.name.clone();
        let active = self.active.clone();
        self.edit(&format!("Move {name}"), 0, active, |all| {
            let from = position(all, id)?;
            let mut order: Vec<usize> = (0..all.len()).filter(|i| *i != from).collect();
            let to = match before {
                Some(other) if other != id => {
                    let at = position(all, other)?;
                    order.iter().position(|i| *i == at).unwrap_or(order.len())
                }
                Some(_) => from,
                None => order.len(),
            };
            order.insert(to, from);
            let first = all.iter().find_map(Table::position);
            let mut tables: Vec<Table> =
                order.iter().filter_map(|i| all.get(*i).cloned()).collect();
            // Tables are printed by their place in the file, equal places in this order.
            tables.iter_mut().for_each(|t| stand(t, first));
            *all = tables.into_iter().collect();
            Ok(())
        })
    }

    /// Say what a what-if is beside its changes.
    ///
    /// # Errors
    /// If there is none of that id, or the study is none with it: what-ifs that include each other.
    pub fn describe_what_if(&mut self, id: &str, details: &Details) -> Result<(), Refusal> {
        let before = self.named(id)?.clone();
        let active = self.active.clone();
        self.edit(&format!("Edit {}", before.name), 0, active, |all| {
            let table = table(all, id)?;
            let mut put = |key: &str, to: Option<Value>| match to {
                Some(to) => table[key] = value(to),
                None => drop(table.remove(key)),
            };
            if details.name.trim() != before.name {
                put("name", Some(details.name.trim().into()));
            }
            if details.by.trim() != before.by {
                put("by", some(details.by.trim()));
            }
            if (details.start_week - before.start_week).abs() > 0.0 {
                put("start_week", Some(number(details.start_week)));
            }
            if (details.full_effect_weeks - before.full_effect_weeks).abs() > 0.0 {
                put("full_effect_weeks", Some(number(details.full_effect_weeks)));
            }
            if details.cost != before.cost {
                let cost = details.cost.iter().filter(|(_, weeks)| **weeks > 0.0);
                let cost: InlineTable = cost.map(|(t, x)| (t.as_str(), number(*x))).collect();
                put("cost", (!cost.is_empty()).then(|| cost.into()));
            }
            if details.includes != before.includes {
                let all: Array = details.includes.iter().map(String::as_str).collect();
                put("includes", (!all.is_empty()).then(|| all.into()));
            }
            Ok(())
        })
    }

    /// Add what-ifs of another study's text, under free ids, in the order given; those among them that they
    /// include are included under their new ids.
    ///
    /// # Errors
    /// If they make no study here.
    pub fn take_what_ifs(
        &mut self,
        theirs: &str,
        ids: &[String],
        label: &str,
    ) -> Result<(), Refusal> {
        let mut doc: DocumentMut = theirs
            .parse()
            .map_err(|_| not_found("what-if in that file"))?;
        let all = as_tables(&mut doc);
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for id in ids {
            let new = self.free_id_among(id, &renamed.values().cloned().collect::<Vec<_>>());
            renamed.insert(id.clone(), new);
        }
        let mut tables = Vec::new();
        for id in ids {
            let mut table = table(all, id)?.clone();
            table["id"] = value(&renamed[id]);
            if let Some(list) = table.get_mut("includes").and_then(Item::as_array_mut) {
                for entry in list.iter_mut() {
                    let new = entry.as_str().and_then(|i| renamed.get(i));
                    if let Some(new) = new.cloned() {
                        *entry = new.into();
                    }
                }
            }
            stand(&mut table, None);
            tables.push(table);
        }
        let shown = ids.first().and_then(|id| renamed.get(id)).cloned();
        self.edit(label, 0, shown, |own| {
            tables.into_iter().for_each(|t| own.push(t));
            Ok(())
        })
    }

    fn free_id_among(&self, name: &str, taken: &[String]) -> String {
        let mut id = self.free_id(name);
        while taken.contains(&id) {
            id = self.free_id(&format!("{id}-more"));
        }
        id
    }
}

fn put_lever(table: &mut Table, lever: &str, to: Option<&Position>) -> Result<(), Refusal> {
    if !table.contains_key("levers") {
        table["levers"] = value(InlineTable::new());
    }
    let levers = table["levers"]
        .as_table_like_mut()
        .ok_or_else(|| not_found("table of levers"))?;
    match to {
        Some(Position::Named(name)) => levers.insert(lever, value(name.as_str())),
        Some(Position::Number(x)) => levers.insert(lever, value(*x)),
        None => levers.remove(lever),
    };
    match &mut table["levers"] {
        Item::Value(Value::InlineTable(t)) => {
            t.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
            t.fmt();
        }
        Item::Table(t) => t.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get()))),
        _ => {}
    }
    if table["levers"]
        .as_table_like()
        .is_some_and(TableLike::is_empty)
    {
        table.remove("levers");
    }
    Ok(())
}

/// An empty list of changes; before the levers, so that the order of moves leaves no trace.
fn first_changes(table: &mut Table) {
    let levers = table.remove_entry("levers");
    table["changes"] = value(Array::new());
    if let Some((key, item)) = levers {
        table.insert_formatted(&key, item);
    }
}

/// One change in its own line.
fn change(path: &str, to: Option<&Node>) -> InlineTable {
    let mut table = InlineTable::new();
    match to {
        Some(to) => {
            table.insert("set", path.into());
            table.insert("to", toml(to));
        }
        None => {
            table.insert("remove", path.into());
        }
    }
    table
}

/// A change gives a value, or part of it, and is no entry that comes or goes as a whole.
fn changes_value(change: &Value, path: &str) -> bool {
    let Some(table) = change.as_inline_table() else {
        return false;
    };
    let at = ["set", "scale", "remove"]
        .iter()
        .find_map(|k| table.get(k)?.as_str());
    at.is_some_and(|at| at == path || at.starts_with(&format!("{path}.")))
}

/// Each change in a line of its own, as the shipped studies write them.
fn lines(changes: &mut Array) {
    for entry in changes.iter_mut() {
        let prefix = entry.decor().prefix().and_then(|p| p.as_str());
        if prefix.is_none_or(|p| !p.contains('\n')) {
            entry.decor_mut().set_prefix("\n  ");
        }
        entry.decor_mut().set_suffix("");
    }
    let any = !changes.is_empty();
    changes.set_trailing(if any { "\n" } else { "" });
    changes.set_trailing_comma(any);
}

fn some(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.into())
}

fn number(x: f64) -> Value {
    toml(&Node::of(millrace_core::scenario::Value::Number(x)))
}

/// Give a table and all in it one place in the file.
fn stand(table: &mut Table, at: Option<isize>) {
    table.set_position(at);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => stand(inner, at),
            Item::ArrayOfTables(all) => all.iter_mut().for_each(|inner| stand(inner, at)),
            _ => {}
        }
    }
}

/// The list of what-ifs as tables, whatever form the file has them in.
pub(super) fn as_tables(doc: &mut DocumentMut) -> &mut ArrayOfTables {
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
