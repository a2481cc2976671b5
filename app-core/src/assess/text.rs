//! The study of an assessment, as text: the siloed organisation with what the answers say.

use super::{Answered, Proposed};
use crate::templates::TEMPLATES;
use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value,
};

/// The text, and for each path that was set the answer that set it.
pub fn study(
    answered: &[Answered<'_>],
    proposed: &[&Answered<'_>],
) -> (String, Vec<(String, String)>) {
    let mut doc: DocumentMut = TEMPLATES[0].text.parse().expect("a shipped study is TOML");
    doc.remove("what_ifs");
    doc["name"] = value("Our organisation, assessed");
    doc["description"] = value(
        "A generic organisation with what thirteen answers say of it, and what to try first.",
    );
    let mut set = Vec::new();
    for a in answered {
        for s in &a.question.sets {
            for path in paths(&doc, &s.path) {
                put(&mut doc, &path, &s.values[a.counts()], &a.words());
                set.push((a.words(), path));
            }
        }
    }
    if let Some(mut key) = doc.key_mut("format") {
        key.leaf_decor_mut().set_prefix(
            "# Made of the answers to thirteen questions. A comment beside a number says which answer set it; all\n\
             # other numbers are those of a generic organisation: assumptions.\n\n",
        );
    }
    let mut what_ifs = ArrayOfTables::new();
    for a in proposed {
        if let Some(p) = &a.question.what_if {
            what_ifs.push(what_if(&doc, a, p));
        }
    }
    if !what_ifs.is_empty() {
        doc["what_ifs"] = Item::ArrayOfTables(what_ifs);
    }
    (doc.to_string(), set)
}

fn what_if(doc: &DocumentMut, a: &Answered<'_>, proposed: &Proposed) -> Table {
    let mut table = Table::new();
    let because = format!("\n# {}\n", a.words());
    table.decor_mut().set_prefix(because);
    table["id"] = value(a.question.view.id.as_str());
    table["name"] = value(proposed.name.as_str());
    if let Some((lever, to)) = &proposed.lever {
        let mut levers = InlineTable::new();
        levers.insert(lever, to.as_str().into());
        table["levers"] = value(levers);
        return table;
    }
    table["full_effect_weeks"] = value(proposed.weeks);
    let mut cost = InlineTable::new();
    cost.insert("app", proposed.cost.into());
    table["cost"] = value(cost);
    let mut changes = Array::new();
    for s in &a.question.sets {
        let (Some(before), Some(best)) = (s.values.get(a.counts()), s.values.last()) else {
            continue;
        };
        if before == best {
            continue;
        }
        for path in paths(doc, &s.path) {
            let mut change = InlineTable::new();
            change.insert("set", path.into());
            change.insert("to", best.parse().unwrap_or_else(|_| best.as_str().into()));
            changes.push(change);
        }
    }
    table["changes"] = value(changes);
    table
}

/// A path with `teams.*` for each team.
fn paths(doc: &DocumentMut, path: &str) -> Vec<String> {
    let Some(rest) = path.strip_prefix("teams.*.") else {
        return vec![path.to_owned()];
    };
    let teams = doc.get("teams").and_then(Item::as_array_of_tables);
    let ids = teams.into_iter().flatten();
    ids.filter_map(|t| t.get("id").and_then(Item::as_str))
        .map(|id| format!("teams.{id}.{rest}"))
        .collect()
}

/// Give a number its value, with who said so: as its source and, where a line is its own, as a comment.
fn put(doc: &mut DocumentMut, path: &str, to: &str, because: &str) {
    let plain: Value = to.parse().unwrap_or_else(|_| to.into());
    let parts: Vec<&str> = path.split('.').collect();
    put_in(
        doc.as_table_mut(),
        &parts,
        plain,
        &format!("assessed: {because}"),
    );
}

/// The same within a table; entries of lists are named by their id.
fn put_in(table: &mut dyn TableLike, path: &[&str], plain: Value, source: &str) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        let mut to = sourced(plain, source);
        to.decor_mut().set_suffix(format!("  # {source}"));
        table.insert(first, Item::Value(to));
        return;
    }
    match table.get_mut(first) {
        Some(Item::Table(inner)) => put_in(inner, rest, plain, source),
        Some(Item::ArrayOfTables(list)) => {
            let named = |t: &&mut Table| t.get("id").and_then(Item::as_str) == Some(rest[0]);
            if let Some(entry) = list.iter_mut().find(named) {
                put_in(entry, &rest[1..], plain, source);
            }
        }
        // A parameter of a distribution, whose source is that of all its parameters.
        Some(Item::Value(Value::InlineTable(distribution))) => {
            distribution.insert(rest[0], plain);
            distribution.insert("source", source.into());
        }
        _ => {}
    }
}

/// A number with its source; words as they are, for they have none.
fn sourced(plain: Value, source: &str) -> Value {
    let number = match &plain {
        Value::String(s) => s.value().starts_with(|c: char| c.is_ascii_digit()),
        Value::Integer(_) | Value::Float(_) => true,
        _ => false,
    };
    if number {
        let mut wrapped = InlineTable::new();
        wrapped.insert("value", plain);
        wrapped.insert("source", source.into());
        return Value::InlineTable(wrapped);
    }
    match plain {
        Value::InlineTable(mut range) => {
            range.insert("source", source.into());
            Value::InlineTable(range)
        }
        words => words,
    }
}
