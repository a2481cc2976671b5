//! The steps of an edit, written as changes of a what-if.

use super::written::text;
use super::{Step, impossible, write};
use crate::view::Refusal;
use millrace_core::scenario::{Node, Value as Written};
use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

/// Append the steps to the changes of a what-if, whose variant is described by `tree`.
pub fn append(doc: &mut DocumentMut, id: &str, tree: &Node, steps: &[Step]) -> Result<(), Refusal> {
    let what_if =
        find(doc, id).ok_or_else(|| impossible(format!("There is no what-if `{id}`.")))?;
    let mut tree = tree.clone();
    for step in steps {
        if let Step::Cost { from, to } = step {
            write::cost(what_if, from, to.as_deref());
            continue;
        }
        for change in as_changes(step, &tree) {
            apply(&mut tree, &change);
            push(what_if, change);
        }
    }
    Ok(())
}

fn find<'d>(doc: &'d mut DocumentMut, id: &str) -> Option<&'d mut dyn TableLike> {
    let is = |t: &dyn TableLike| t.get("id").and_then(Item::as_str) == Some(id);
    match doc.get_mut("what_ifs")? {
        Item::ArrayOfTables(list) => list
            .iter_mut()
            .find(|t| is(*t))
            .map(|t| t as &mut dyn TableLike),
        Item::Value(Value::Array(list)) => {
            let mut tables = list.iter_mut().filter_map(Value::as_inline_table_mut);
            tables.find(|t| is(*t)).map(|t| t as &mut dyn TableLike)
        }
        _ => None,
    }
}

fn change(entries: &[(&str, Value)]) -> InlineTable {
    let mut out = InlineTable::new();
    for (key, value) in entries {
        out.insert(*key, value.clone());
    }
    out
}

fn as_changes(step: &Step, tree: &Node) -> Vec<InlineTable> {
    let put = |list: &str, entry: Value, before: Option<&String>| {
        let mut out = change(&[("add", text(list)), ("value", entry)]);
        if let Some(before) = before {
            out.insert("before", text(before));
        }
        out
    };
    match step {
        Step::Set { path, to } => vec![change(&[("set", text(path)), ("to", to.clone())])],
        Step::Copy { from, to } => match tree.at(from) {
            Some(node) => vec![change(&[("set", text(to)), ("to", written(node))])],
            None => Vec::new(),
        },
        Step::Add {
            list,
            entry,
            before,
        } => vec![put(
            list,
            Value::InlineTable(entry.clone()),
            before.as_ref(),
        )],
        Step::Move { list, id, before } => {
            let path = format!("{list}.{id}");
            let Some(entry) = tree.at(&path) else {
                return Vec::new();
            };
            vec![
                change(&[("remove", text(&path))]),
                put(list, written(entry), before.as_ref()),
            ]
        }
        Step::Remove { path } => vec![change(&[("remove", text(path))])],
        Step::Retarget {
            list,
            key,
            from,
            to,
        } => {
            let Some(entries) = tree.at(list) else {
                return Vec::new();
            };
            let to = Value::Array(retargeted(entries, key, from, to.as_deref()));
            vec![change(&[("set", text(list)), ("to", to)])]
        }
        // Other what-ifs start from the baseline, which keeps what this one takes away.
        Step::Forget { .. } | Step::Cost { .. } => Vec::new(),
    }
}

fn retargeted(entries: &Node, key: &str, from: &str, to: Option<&str>) -> Array {
    let says = |n: &Node| match &n.value {
        Written::Text(t) => key.is_empty() && t == from,
        _ => n.get(key).and_then(Node::as_text) == Some(from),
    };
    let mut out = Array::new();
    for entry in entries.items() {
        match (says(entry), to) {
            (false, _) => out.push(written(entry)),
            (true, None) => {}
            (true, Some(to)) => match written(entry) {
                Value::InlineTable(mut t) => {
                    t.insert(key, text(to));
                    out.push(Value::InlineTable(t));
                }
                _ => out.push(text(to)),
            },
        }
    }
    out
}

/// What a study says, as TOML on one line.
fn written(node: &Node) -> Value {
    match &node.value {
        Written::Text(t) => text(t),
        Written::Number(x) if x.fract() == 0.0 && x.abs() < 1e15 => Value::from(*x as i64),
        Written::Number(x) => Value::from(*x),
        Written::Flag(b) => Value::from(*b),
        Written::List(l) => Value::Array(l.iter().map(written).collect()),
        Written::Table(t) => {
            let mut out = InlineTable::new();
            for (key, node) in t {
                out.insert(key, written(node));
            }
            Value::InlineTable(out)
        }
    }
}

/// Later steps of the same edit see what earlier ones did.
fn apply(tree: &mut Node, change: &InlineTable) {
    let text = format!("change = {change}");
    let Ok(read) = millrace_core::scenario::parse(&text) else {
        return;
    };
    let mut faults = Vec::new();
    let list = read
        .get("change")
        .map(|n| Node::of(Written::List(vec![n.clone()])));
    for change in millrace_core::scenario::Change::read_all(list.as_ref(), "", &mut faults) {
        drop(change.apply(tree));
    }
}

/// A value that is set again is set once.
fn push(what_if: &mut dyn TableLike, new: InlineTable) {
    if !what_if.contains_key("changes") {
        what_if.insert("changes", toml_edit::value(Array::new()));
    }
    let Some(all) = what_if.get_mut("changes").and_then(Item::as_array_mut) else {
        return;
    };
    let says = |t: &InlineTable, key: &str| t.get(key).and_then(Value::as_str).map(str::to_owned);
    if let Some(path) = says(&new, "set") {
        let last = all.iter_mut().filter_map(Value::as_inline_table_mut).last();
        if let Some(last) = last
            && says(last, "set").as_ref() == Some(&path)
            && let Some(to) = new.get("to")
        {
            last.insert("to", to.clone());
            return;
        }
    }
    let mut value = Value::InlineTable(new);
    value.decor_mut().set_prefix("\n  ");
    all.push_formatted(value);
    all.set_trailing("\n");
    all.set_trailing_comma(true);
}
