//! A value at a path of a study's text, the rest of which stays as the user wrote it.

use millrace_core::scenario::{Node, Value as Core, names_of};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

/// A node of the core as TOML.
#[must_use]
pub fn toml(node: &Node) -> Value {
    match &node.value {
        Core::Text(t) => t.as_str().into(),
        Core::Number(x) if x.fract() == 0.0 && x.abs() < 1e15 => (*x as i64).into(),
        Core::Number(x) => (*x).into(),
        Core::Flag(b) => (*b).into(),
        Core::List(all) => Value::Array(all.iter().map(toml).collect::<Array>()),
        Core::Table(entries) => {
            let mut table = InlineTable::new();
            for (key, child) in entries {
                table.insert(key, toml(child));
            }
            Value::InlineTable(table)
        }
    }
}

/// Give a place a value, or none; entries of lists go by their names. False if there is no such entry.
pub fn put(doc: &mut DocumentMut, path: &str, to: Option<Value>) -> bool {
    let keys: Vec<&str> = path.split('.').collect();
    in_table(doc.as_table_mut(), &keys, to, true)
}

fn in_table(table: &mut dyn TableLike, keys: &[&str], to: Option<Value>, top: bool) -> bool {
    let [key, rest @ ..] = keys else {
        return false;
    };
    if rest.is_empty() {
        match to {
            Some(mut new) => match table.get_mut(key) {
                Some(Item::Value(old)) => {
                    *new.decor_mut() = old.decor().clone();
                    *old = new;
                }
                _ => {
                    table.insert(key, Item::Value(new));
                }
            },
            None => {
                table.remove(key);
            }
        }
        return true;
    }
    if table.get(key).is_none() {
        let Some(_) = to else { return true };
        let fresh = if top {
            Item::Table(Table::new())
        } else {
            value(InlineTable::new())
        };
        table.insert(key, fresh);
    }
    match table.get_mut(key) {
        Some(Item::ArrayOfTables(all)) => {
            let at = position(all.iter().map(|t| t as &dyn TableLike), rest);
            let found = at.and_then(|at| all.get_mut(at));
            found.is_some_and(|t| in_table(t, &rest[1..], to, false))
        }
        Some(Item::Value(Value::Array(all))) => {
            let tables = all.iter().filter_map(Value::as_inline_table);
            let at = position(tables.map(|t| t as &dyn TableLike), rest);
            let mut tables = all.iter_mut().filter_map(Value::as_inline_table_mut);
            let found = at.and_then(|at| tables.nth(at));
            found.is_some_and(|t| in_table(t, &rest[1..], to, false))
        }
        Some(item) => match item.as_table_like_mut() {
            Some(inner) => in_table(inner, rest, to, false),
            None => false,
        },
        None => false,
    }
}

/// Where the entry stands that the first of the keys names.
pub(crate) fn position<'t>(
    all: impl Iterator<Item = &'t dyn TableLike>,
    keys: &[&str],
) -> Option<usize> {
    let name = *keys.first()?;
    let names = names_of(all, |t: &'t dyn TableLike, key| t.get(key)?.as_str());
    names.iter().position(|n| n == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# mine\nname = \"A\" # said\n[[teams]]\nid = \"t\"\npeople = 4 # counted\n\n[p]\ngates = [{ id = \"g\", x = 1 }]\n";

    fn after(path: &str, to: Option<Value>) -> String {
        let mut doc: DocumentMut = TEXT.parse().unwrap();
        assert!(put(&mut doc, path, to), "{path}");
        doc.to_string()
    }

    #[test]
    fn one_value_changes_and_every_comment_stays() {
        assert_eq!(
            after("teams.t.people", Some(5.into())),
            TEXT.replace("people = 4 #", "people = 5 #")
        );
        assert_eq!(
            after("p.gates.g.x", Some(2.into())),
            TEXT.replace("x = 1", "x = 2")
        );
    }

    #[test]
    fn what_was_not_said_is_added_and_taken_away() {
        let added = after("run.weeks", Some(26.into()));
        assert!(added.ends_with("[run]\nweeks = 26\n"), "{added}");
        let added = after("teams.t.load.tools", Some(3.into()));
        assert!(added.contains("load = { tools = 3 }"), "{added}");
        assert_eq!(
            after("teams.t.people", None),
            TEXT.replace("people = 4 # counted\n", "")
        );
    }

    #[test]
    fn entries_without_an_id_are_found_by_what_they_are_about() {
        let text = "[[s]]\nid = \"x\"\nreturns = [\n  { to = \"a\", p = 1 }, # often\n  { to = \"b\", p = 2 }, # seldom\n]\n\n\
                    [[s.requests]] # asked\ncapability = \"c\"\np = 3\n\n[[steps]]\nbake = 1\n\n[[steps]]\nbake = 2 # last\n";
        for (path, from, to) in [
            ("s.x.returns.b.p", "p = 2 }", "p = 9 }"),
            ("s.x.requests.c.p", "p = 3", "p = 9"),
            ("steps.1.bake", "bake = 2", "bake = 9"),
        ] {
            let mut doc: DocumentMut = text.parse().unwrap();
            assert!(put(&mut doc, path, Some(9.into())), "{path}");
            assert_eq!(doc.to_string(), text.replace(from, to), "{path}");
        }
        let mut doc: DocumentMut = text.parse().unwrap();
        assert!(!put(&mut doc, "s.x.returns.c.p", Some(9.into())));
        assert_eq!(doc.to_string(), text);
    }

    #[test]
    fn an_entry_that_is_not_there_is_not_made() {
        let mut doc: DocumentMut = TEXT.parse().unwrap();
        assert!(!put(&mut doc, "teams.u.people", Some(1.into())));
        assert_eq!(doc.to_string(), TEXT);
    }
}
