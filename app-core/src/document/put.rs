//! A number at a path of the study's text; the rest stays as the user wrote it.

use super::{Document, not_found};
use crate::view::Refusal;
use toml_edit::{InlineTable, Item, Table, TableLike, Value, value};

impl Document {
    /// Give a place of the baseline another value, as a step of undo.
    ///
    /// # Errors
    /// If there is no such place, or the study would make no sense.
    pub fn put(&mut self, label: &str, path: &str, to: Value) -> Result<(), Refusal> {
        let keys: Vec<&str> = path.split('.').collect();
        let mut found = false;
        self.amend(label, |doc| {
            found = in_table(doc.as_table_mut(), &keys, to, true)
        })?;
        if found {
            return Ok(());
        }
        self.undo()?;
        self.future.clear();
        Err(not_found(&format!("place `{path}` in the study’s text")))
    }
}

fn in_table(table: &mut dyn TableLike, keys: &[&str], mut to: Value, top: bool) -> bool {
    let [key, rest @ ..] = keys else {
        return false;
    };
    if rest.is_empty() {
        if let Some(Item::Value(old)) = table.get_mut(key) {
            *to.decor_mut() = old.decor().clone();
            *old = to;
        } else {
            table.insert(key, Item::Value(to));
        }
        return true;
    }
    if table.get(key).is_none() {
        let fresh = if top {
            Item::Table(Table::new())
        } else {
            value(InlineTable::new())
        };
        table.insert(key, fresh);
    }
    match table.get_mut(key) {
        Some(Item::ArrayOfTables(all)) => entry(all.iter_mut(), rest, to),
        Some(Item::Value(Value::Array(all))) => entry(
            all.iter_mut().filter_map(Value::as_inline_table_mut),
            rest,
            to,
        ),
        Some(item) => item
            .as_table_like_mut()
            .is_some_and(|inner| in_table(inner, rest, to, false)),
        None => false,
    }
}

/// An entry of a list by its id.
fn entry<'t, T: TableLike + 't>(
    mut all: impl Iterator<Item = &'t mut T>,
    keys: &[&str],
    to: Value,
) -> bool {
    let [id, rest @ ..] = keys else { return false };
    let found = all.find(|t| t.get("id").and_then(Item::as_str) == Some(id));
    found.is_some_and(|t| in_table(t, rest, to, false))
}
