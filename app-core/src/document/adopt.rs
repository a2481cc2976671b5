//! A what-if that was decided: it becomes the baseline.
//!
//! Only what it changes is changed in the text; comments and order of the rest stay.

use super::{Document, as_tables};
use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::{Node, Value as Held, entry_names};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

impl Document {
    /// Make a what-if the baseline, and show that. It goes from the list, as do those it includes: they are
    /// as it is now. Others stay, and come on top of the new baseline.
    ///
    /// # Errors
    /// If there is none of that id, or one that stays cannot stand on the new baseline; nothing is changed
    /// then.
    pub fn adopt(&mut self, id: &str) -> Result<(), Refusal> {
        let name = self.named(id)?.name.clone();
        let after = self
            .scenario
            .variant(Some(id), &[])
            .map_err(|f| super::invalid(&f))?;
        let before = self.scenario.baseline.tree.clone();
        let gone = self.within(id);
        let changed = |doc: &mut DocumentMut| {
            merge(doc.as_table_mut(), &before, &after.tree);
            let all = as_tables(doc);
            all.retain(|t| !names(t, &gone));
            all.iter_mut().for_each(|t| forget(t, &gone));
            Ok(())
        };
        self.rewrite(&format!("Adopt {name}"), 0, None, changed)
            .map_err(|refusal| in_the_way(&name, refusal))
    }

    /// A what-if and all that it includes, by id.
    fn within(&self, id: &str) -> Vec<String> {
        let mut found = vec![id.to_owned()];
        let mut next = 0;
        while let Some(w) = found.get(next).and_then(|id| self.scenario.what_if(id)) {
            let more = w.includes.iter().filter(|i| !found.contains(i)).cloned();
            let more: Vec<String> = more.collect();
            found.extend(more);
            next += 1;
        }
        found
    }
}

fn in_the_way(name: &str, refusal: Refusal) -> Refusal {
    match refusal.code {
        RefusalCode::InvalidStudy => Refusal {
            code: RefusalCode::ImpossiblePosition,
            message: format!(
                "“{name}” cannot become the baseline while another what-if rests on the old one. \
                 Remove that first: {}",
                refusal
                    .faults
                    .first()
                    .map_or(String::new(), |f| f.message.clone())
            ),
            faults: refusal.faults,
        },
        _ => refusal,
    }
}

fn names(table: &Table, ids: &[String]) -> bool {
    let id = table.get("id").and_then(Item::as_str);
    id.is_some_and(|id| ids.iter().any(|i| i == id))
}

/// Included no more: it is there already.
fn forget(table: &mut Table, ids: &[String]) {
    if let Some(includes) = table.get_mut("includes").and_then(Item::as_array_mut) {
        includes.retain(|v| v.as_str().is_none_or(|v| !ids.iter().any(|i| i == v)));
        if includes.is_empty() {
            table.remove("includes");
        }
    }
}

fn entries(node: &Node) -> &[(String, Node)] {
    match &node.value {
        Held::Table(entries) => entries,
        _ => &[],
    }
}

/// What a node holds, wherever it stands.
fn same(a: &Node, b: &Node) -> bool {
    a.inline() == b.inline()
}

/// Change a table so that it says what `after` says, where that differs from `before`.
fn merge(table: &mut dyn TableLike, before: &Node, after: &Node) {
    for (key, _) in entries(before) {
        if after.get(key).is_none() {
            table.remove(key);
        }
    }
    for (key, now) in entries(after) {
        match (before.get(key), table.get_mut(key)) {
            (Some(was), Some(_)) if same(was, now) => {}
            (Some(was), Some(item)) => merge_item(item, was, now),
            _ => {
                table.insert(key, Item::Value(written(now)));
            }
        }
    }
}

fn merge_item(item: &mut Item, was: &Node, now: &Node) {
    match (&was.value, &now.value) {
        (Held::Table(_), Held::Table(_)) => {
            if let Some(table) = item.as_table_like_mut() {
                return merge(table, was, now);
            }
        }
        (Held::List(old), Held::List(new)) => {
            if let Some(tables) = item.as_array_of_tables_mut() {
                return merge_tables(tables, old, new);
            }
            if let (Some(array), true) = (item.as_array_mut(), entry_names(old) == entry_names(new))
            {
                return merge_array(array, old, new);
            }
        }
        _ => {}
    }
    let mut to = written(now);
    if let Some(old) = item.as_value() {
        *to.decor_mut() = old.decor().clone();
    }
    *item = Item::Value(to);
}

/// Entries are found by name; those that stay keep what was written around them.
fn merge_tables(tables: &mut ArrayOfTables, old: &[Node], new: &[Node]) {
    let mut merged = ArrayOfTables::new();
    let named: Vec<String> = entry_names(old);
    for (now, name) in new.iter().zip(entry_names(new)) {
        let was = named.iter().position(|n| *n == name);
        let table = match was.and_then(|at| Some((&old[at], tables.get(at)?))) {
            Some((was, there)) => {
                let mut table = there.clone();
                merge(&mut table, was, now);
                table
            }
            None => entries(now)
                .iter()
                .map(|(key, value)| (key.as_str(), Item::Value(written(value))))
                .collect(),
        };
        merged.push(table);
    }
    *tables = merged;
}

/// The same entries in the same order: each keeps what was written around it.
fn merge_array(array: &mut Array, old: &[Node], new: &[Node]) {
    for ((value, was), now) in array.iter_mut().zip(old).zip(new) {
        match value.as_inline_table_mut() {
            _ if same(was, now) => {}
            Some(table) => merge(table, was, now),
            None => {
                let mut to = written(now);
                *to.decor_mut() = value.decor().clone();
                *value = to;
            }
        }
    }
}

/// A node as TOML.
fn written(node: &Node) -> Value {
    match &node.value {
        Held::Text(t) => t.as_str().into(),
        Held::Number(x) if x.fract() == 0.0 && x.abs() < 1e15 => (*x as i64).into(),
        Held::Number(x) => (*x).into(),
        Held::Flag(b) => (*b).into(),
        Held::List(list) => list.iter().map(written).collect::<Array>().into(),
        Held::Table(entries) => {
            let mut table = InlineTable::new();
            for (key, value) in entries {
                table.insert(key, written(value));
            }
            table.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;

    fn open() -> Document {
        Document::open(TEMPLATES[0].text.to_owned(), None).unwrap()
    }

    #[test]
    fn what_is_adopted_is_what_the_what_if_was_and_undo_takes_it_back() {
        for what_if in [
            "self-service",
            "no-board",
            "stream-aligned",
            "canary",
            "integrated",
        ] {
            let mut d = open();
            let before = d.text().to_owned();
            let wanted = d.scenario.variant(Some(what_if), &[]).unwrap();
            // What rests on it and on what is gone goes first.
            if what_if != "integrated" {
                d.remove_what_if("integrated").unwrap();
            }
            let start = d.text().to_owned();
            d.adopt(what_if).unwrap();
            let now = &d.scenario.baseline;
            assert_eq!(
                now.tree.at("teams").map(Node::inline),
                wanted.tree.at("teams").map(Node::inline)
            );
            assert_eq!(
                format!("{:?}", now.model(None)),
                format!("{:?}", wanted.model(None)),
                "{what_if}"
            );
            assert!(d.scenario.what_if(what_if).is_none());
            assert!(d.text().contains(
                "# ---------------------------------------------------------------- Outcome"
            ));
            d.undo().unwrap();
            assert_eq!(d.text(), start);
            assert!(before.len() >= start.len());
        }
    }

    #[test]
    fn a_what_if_that_includes_it_no_longer_does() {
        let mut d = open();
        d.adopt("no-board").unwrap();
        let integrated = d.scenario.what_if("integrated").unwrap();
        assert_eq!(
            integrated.includes,
            ["self-service", "stream-aligned", "canary"]
        );
        assert!(d.active().is_none());
    }

    #[test]
    fn what_cannot_stand_on_the_new_baseline_is_said_and_nothing_changes() {
        let mut d = open();
        d.duplicate_what_if("stream-aligned").unwrap();
        let before = d.text().to_owned();
        let refusal = d.adopt("stream-aligned").unwrap_err();
        assert_eq!(refusal.code, RefusalCode::ImpossiblePosition);
        assert_eq!(d.text(), before);
        assert!(matches!(
            d.adopt("nothing").unwrap_err().code,
            RefusalCode::NotFound
        ));
    }
}
