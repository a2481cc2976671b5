//! The steps of an edit, made in the text of the baseline.
//!
//! Comments stay where they are read: what stands right above an entry goes where the entry goes, and a
//! heading, which a blank line divides from it, stays in its place.

use super::{Plan, Step, changes, impossible};
use crate::document::Document;
use crate::view::{Refusal, RefusalCode};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// Make an edit: in the baseline, or as changes of the shown what-if.
///
/// # Errors
/// If the result would be no study; nothing is changed then.
pub fn write(document: &mut Document, plan: &Plan) -> Result<(), Refusal> {
    let active = document.active().map(|w| w.id.clone());
    let made = match &active {
        None => document.rewrite(&plan.label, 0, None, |doc| {
            plan.steps.iter().try_for_each(|step| make(doc, step))
        }),
        Some(id) => {
            let variant = document.scenario.variant(Some(id), &[]);
            let tree = variant.map_err(|f| crate::document::invalid(&f))?.tree;
            document.rewrite(&plan.label, 0, active.clone(), |doc| {
                changes::append(doc, id, &tree, &plan.steps)
            })
        }
    };
    let has = |is: fn(&Step) -> bool| plan.steps.iter().any(is);
    let forgettable =
        has(|s| matches!(s, Step::Remove { .. })) && !has(|s| matches!(s, Step::Forget { .. }));
    made.map_err(|refusal| told(document, refusal, forgettable))
}

/// Faults of the result are reasons why the edit is impossible. What-ifs may be made to forget what goes,
/// if they have not been yet.
fn told(document: &Document, refusal: Refusal, forgettable: bool) -> Refusal {
    if refusal.code != RefusalCode::InvalidStudy {
        return refusal;
    }
    let inside = |f: &str| {
        let (_, rest) = f.split_once("in the what-if `")?;
        document.scenario.what_if(rest.split_once('`')?.0)
    };
    let mut named: Vec<String> = Vec::new();
    for what_if in refusal.faults.iter().filter_map(|f| inside(&f.message)) {
        let name = format!("“{}”", what_if.name);
        if !named.contains(&name) {
            named.push(name);
        }
    }
    let everywhere = refusal.faults.iter().all(|f| inside(&f.message).is_some());
    let first = refusal.faults.first();
    let reason = first.map_or("", |f| f.message.as_str());
    let reason = reason.split_once("`: ").map_or(reason, |(_, rest)| rest);
    let (code, message) = if everywhere && !named.is_empty() {
        let all = named.join(", ");
        let (verb, them) = match named.len() {
            1 => ("builds", "that what-if"),
            _ => ("build", "those what-ifs"),
        };
        if forgettable {
            (RefusalCode::NamedElsewhere, format!("{all} {verb} on it."))
        } else {
            let text = format!(
                "{all} {verb} on what is there now: {reason}. Change or remove {them} first."
            );
            (RefusalCode::ImpossibleEdit, text)
        }
    } else {
        let hint = first.and_then(|f| f.hint.as_deref());
        let way_out = hint.map_or(String::new(), |h| format!(" {}.", crate::words::capital(h)));
        let reason = crate::words::capital(reason);
        (RefusalCode::ImpossibleEdit, format!("{reason}.{way_out}"))
    };
    Refusal {
        code,
        message,
        faults: refusal.faults,
    }
}

fn nowhere(path: &str) -> Refusal {
    impossible(format!("The study has no `{path}` to change."))
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

fn make(doc: &mut DocumentMut, step: &Step) -> Result<(), Refusal> {
    match step {
        Step::Set { path, to } => {
            let (parent, key) = split(path);
            set(at(doc, parent).ok_or_else(|| nowhere(path))?, key, to);
            Ok(())
        }
        Step::Copy { from, to } => {
            let (parent, key) = split(from);
            let item = at(doc, parent).and_then(|t| t.get(key).cloned());
            let item = item.ok_or_else(|| nowhere(from))?;
            let (parent, key) = split(to);
            at(doc, parent)
                .ok_or_else(|| nowhere(to))?
                .insert(key, item);
            Ok(())
        }
        Step::Add {
            list,
            entry,
            before,
        } => add(doc, list, entry, before.as_deref()),
        Step::Move { list, id, before } => {
            let (parent, key) = split(list);
            let item = at(doc, parent).and_then(|t| t.get_mut(key));
            moved(item.ok_or_else(|| nowhere(list))?, id, before.as_deref());
            Ok(())
        }
        Step::Remove { path } => remove(doc, path),
        Step::Retarget {
            list,
            key,
            from,
            to,
        } => {
            let (parent, name) = split(list);
            if let Some(table) = at(doc, parent) {
                if let Some(item) = table.get_mut(name) {
                    retarget(item, key, from, to.as_deref());
                }
                if table
                    .get(name)
                    .and_then(Item::as_array_of_tables)
                    .is_some_and(ArrayOfTables::is_empty)
                {
                    table.remove(name);
                }
            }
            Ok(())
        }
        Step::Forget { path, team } => {
            for what_if in what_ifs(doc) {
                forget(what_if, path, team.as_ref());
            }
            Ok(())
        }
        Step::Cost { from, to } => {
            for what_if in what_ifs(doc) {
                cost(what_if, from, to.as_deref());
            }
            Ok(())
        }
    }
}

/// The table at a path; entries of lists are named by their ids.
fn at<'d>(doc: &'d mut DocumentMut, path: &str) -> Option<&'d mut dyn TableLike> {
    let mut here: &mut dyn TableLike = doc.as_table_mut();
    let mut keys = path.split('.').filter(|k| !k.is_empty());
    while let Some(key) = keys.next() {
        here = match here.get_mut(key)? {
            Item::ArrayOfTables(list) => {
                let id = keys.next()?;
                list.iter_mut().find(|t| named(*t, id))?
            }
            Item::Value(Value::Array(list)) => {
                let id = keys.next()?;
                let tables = list.iter_mut().filter_map(Value::as_inline_table_mut);
                tables.into_iter().find(|t| named(*t, id))?
            }
            item => item.as_table_like_mut()?,
        };
    }
    Some(here)
}

fn named(table: &dyn TableLike, id: &str) -> bool {
    table.get("id").and_then(Item::as_str) == Some(id)
}

/// A value in the place of another keeps the spaces and the comment around it.
fn set(table: &mut dyn TableLike, key: &str, to: &Value) {
    let mut value = to.clone();
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

fn add(
    doc: &mut DocumentMut,
    list: &str,
    entry: &InlineTable,
    before: Option<&str>,
) -> Result<(), Refusal> {
    let (parent, key) = split(list);
    if parent == "governance" && !doc.contains_key("governance") {
        let mut governance = Table::new();
        governance.set_implicit(true);
        doc.insert("governance", Item::Table(governance));
    }
    let table = at(doc, parent).ok_or_else(|| nowhere(list))?;
    if !table.contains_key(key) {
        table.insert(key, Item::ArrayOfTables(ArrayOfTables::new()));
    }
    match table.get_mut(key) {
        Some(Item::ArrayOfTables(tables)) => {
            let at = before.and_then(|id| tables.iter().position(|t| named(t, id)));
            let mut new = entry.clone().into_table();
            new.set_position(None);
            put(tables, at, new);
            Ok(())
        }
        Some(Item::Value(Value::Array(array))) => {
            let at = before
                .and_then(|id| place(array, id))
                .unwrap_or(array.len());
            array.insert(at, Value::InlineTable(entry.clone()));
            Ok(())
        }
        _ => Err(nowhere(list)),
    }
}

fn place(array: &Array, id: &str) -> Option<usize> {
    array
        .iter()
        .position(|v| v.as_inline_table().is_some_and(|t| named(t, id)))
}

/// What stands above a table's header: the heading of what follows, and its own comment.
fn headed(table: &Table) -> (String, String) {
    let all = table
        .decor()
        .prefix()
        .and_then(|p| p.as_str())
        .unwrap_or("\n")
        .to_owned();
    match all.rfind("\n\n") {
        Some(cut) => (all[..=cut].to_owned(), all[cut + 1..].to_owned()),
        None => (String::new(), all),
    }
}

/// Every place of a list keeps its heading, whatever table comes to stand there.
fn arrange(list: &mut ArrayOfTables, headings: &[String], order: Vec<(Table, String)>) {
    let mut out = ArrayOfTables::new();
    for (at, (mut table, own)) in order.into_iter().enumerate() {
        let heading = headings.get(at).map_or("", String::as_str);
        table.decor_mut().set_prefix(format!("{heading}{own}"));
        out.push(table);
    }
    *list = out;
}

fn taken_apart(list: &ArrayOfTables) -> (Vec<String>, Vec<(Table, String)>) {
    let parts = list.iter().map(|t| (t.clone(), headed(t)));
    parts
        .map(|(table, (heading, own))| (heading, (table, own)))
        .unzip()
}

fn put(list: &mut ArrayOfTables, at: Option<usize>, new: Table) {
    let (mut headings, mut order) = taken_apart(list);
    let at = at.unwrap_or(order.len());
    order.insert(at, (new, "\n".to_owned()));
    headings.insert((at + 1).min(headings.len()), String::new());
    arrange(list, &headings, order);
}

fn moved(item: &mut Item, id: &str, before: Option<&str>) {
    match item {
        Item::ArrayOfTables(list) => {
            let (headings, mut order) = taken_apart(list);
            let Some(from) = order.iter().position(|(t, _)| named(t, id)) else {
                return;
            };
            let (mut table, own) = order.remove(from);
            let find = |id: &str| order.iter().position(|(t, _)| named(t, id));
            let to = before.and_then(find).unwrap_or(order.len());
            unplaced(&mut table);
            order.insert(to, (table, own));
            // What stood where it now stands comes after it in the file too.
            for (later, _) in order.iter_mut().skip(to + 1) {
                unplaced(later);
            }
            arrange(list, &headings, order);
        }
        Item::Value(Value::Array(array)) => {
            let Some(from) = place(array, id) else { return };
            let value = array.remove(from);
            let to = before.and_then(|b| place(array, b)).unwrap_or(array.len());
            array.insert(to, value);
        }
        _ => {}
    }
}

/// The table and what is in it stand where their list says, and not where they were read.
fn unplaced(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(t) => unplaced(t),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(unplaced),
            _ => {}
        }
    }
}

fn remove(doc: &mut DocumentMut, path: &str) -> Result<(), Refusal> {
    let (parent, key) = split(path);
    if let Some(table) = at(doc, parent) {
        table.remove(key);
        return Ok(());
    }
    let (above, list) = split(parent);
    let table = at(doc, above).ok_or_else(|| nowhere(path))?;
    let mut orphan = None;
    match table.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            let Some(from) = tables.iter().position(|t| named(t, key)) else {
                return Err(nowhere(path));
            };
            let (mut headings, mut order) = taken_apart(tables);
            let (gone, _) = order.remove(from);
            let heading = headings.remove(from);
            match headings.get_mut(from) {
                Some(next) => next.insert_str(0, &heading),
                None => orphan = gone.position().map(|p| (p, heading)),
            }
            let empty = order.is_empty();
            arrange(tables, &headings, order);
            if empty {
                table.remove(list);
            }
        }
        Some(Item::Value(Value::Array(array))) => {
            let from = place(array, key).ok_or_else(|| nowhere(path))?;
            array.remove(from);
        }
        _ => return Err(nowhere(path)),
    }
    if let Some((position, heading)) = orphan.filter(|(_, h)| !h.trim().is_empty()) {
        inherit(doc.as_table_mut(), position, &heading);
    }
    Ok(())
}

/// The heading of a last entry that went stays before what follows in the file.
fn inherit(root: &mut Table, position: isize, heading: &str) {
    let mut next: Option<isize> = None;
    each_table(root, &mut |t| {
        if let Some(p) = t.position().filter(|p| *p > position) {
            next = Some(next.map_or(p, |n| n.min(p)));
        }
    });
    each_table(root, &mut |t| {
        if t.position().is_some() && t.position() == next {
            let (own, comment) = headed(t);
            t.decor_mut().set_prefix(format!("{heading}{own}{comment}"));
        }
    });
}

fn each_table(table: &mut Table, see: &mut dyn FnMut(&mut Table)) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(t) => {
                see(t);
                each_table(t, see);
            }
            Item::ArrayOfTables(list) => {
                for t in list.iter_mut() {
                    see(t);
                    each_table(t, see);
                }
            }
            _ => {}
        }
    }
}

fn retarget(item: &mut Item, key: &str, from: &str, to: Option<&str>) {
    match item {
        Item::Value(Value::Array(array)) => {
            let says = |v: &Value| match v {
                Value::InlineTable(t) => t.get(key).and_then(Value::as_str) == Some(from),
                v => key.is_empty() && v.as_str() == Some(from),
            };
            let Some(to) = to else {
                array.retain(|v| !says(v));
                return;
            };
            for value in array.iter_mut().filter(|v| says(v)) {
                match value {
                    Value::InlineTable(t) => set(t, key, &Value::from(to)),
                    value => {
                        let mut new = Value::from(to);
                        *new.decor_mut() = value.decor().clone();
                        *value = new;
                    }
                }
            }
        }
        Item::ArrayOfTables(list) => {
            let says = |t: &Table| t.get(key).and_then(Item::as_str) == Some(from);
            match to {
                None => list.retain(|t| !says(t)),
                Some(to) => {
                    for table in list.iter_mut().filter(|t| says(t)) {
                        set(table, key, &Value::from(to));
                    }
                }
            }
        }
        _ => {}
    }
}

fn what_ifs(doc: &mut DocumentMut) -> Vec<&mut dyn TableLike> {
    match doc.get_mut("what_ifs") {
        Some(Item::ArrayOfTables(list)) => {
            list.iter_mut().map(|t| t as &mut dyn TableLike).collect()
        }
        Some(Item::Value(Value::Array(list))) => {
            let tables = list.iter_mut().filter_map(Value::as_inline_table_mut);
            tables.map(|t| t as &mut dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}

fn forget(what_if: &mut dyn TableLike, path: &str, team: Option<&(String, Option<String>)>) {
    let below = format!("{path}.");
    if let Some(changes) = what_if.get_mut("changes").and_then(Item::as_array_mut) {
        changes.retain(|change| {
            let Some(change) = change.as_inline_table() else {
                return true;
            };
            let keys = ["set", "scale", "add", "remove"].iter();
            let mut places = keys.filter_map(|k| change.get(k)?.as_str());
            !places.any(|p| p == path || p.starts_with(&below))
        });
        if let Some((id, heir)) = team {
            given_on(changes, id, heir.as_deref());
        }
    }
    if let (Some((id, _)), Some(levers)) = (
        team,
        what_if.get_mut("levers").and_then(Item::as_table_like_mut),
    ) {
        let keys: Vec<String> = levers.iter().map(|(k, _)| k.to_owned()).collect();
        let of_team = |k: &&String| k.split_once('/').is_some_and(|(_, subject)| subject == id);
        for key in keys.iter().filter(of_team) {
            levers.remove(key);
        }
    }
}

/// What changes would give to a team that is gone goes to its heir, or is not given.
fn given_on(changes: &mut Array, team: &str, heir: Option<&str>) {
    let names = |t: &InlineTable| {
        let path = t.get("set").and_then(Value::as_str).unwrap_or_default();
        path.ends_with("team") || path.ends_with(".teams")
    };
    changes.retain(|c| {
        let gone = c
            .as_inline_table()
            .is_some_and(|t| names(t) && t.get("to").and_then(Value::as_str) == Some(team));
        heir.is_some() || !gone
    });
    for change in changes.iter_mut().filter_map(Value::as_inline_table_mut) {
        if !names(change) {
            continue;
        }
        match change.get_mut("to") {
            Some(Value::String(to)) if to.value() == team => {
                if let Some(heir) = heir {
                    change.insert("to", Value::from(heir));
                }
            }
            Some(Value::Array(all)) => {
                let heir = heir.filter(|h| !all.iter().any(|v| v.as_str() == Some(h)));
                let mut list = Item::Value(Value::Array(all.clone()));
                retarget(&mut list, "", team, heir);
                if let Item::Value(Value::Array(new)) = list {
                    *all = new;
                }
            }
            _ => {}
        }
    }
}

/// Person-weeks asked of a team are asked of another, or of nobody.
pub(super) fn cost(what_if: &mut dyn TableLike, from: &str, to: Option<&str>) {
    let Some(cost) = what_if.get_mut("cost").and_then(Item::as_table_like_mut) else {
        return;
    };
    let number = |v: &Item| v.as_float().or_else(|| v.as_integer().map(|i| i as f64));
    let Some(weeks) = cost.remove(from) else {
        return;
    };
    let Some(to) = to else { return };
    match (cost.get(to).and_then(number), number(&weeks)) {
        (Some(own), Some(more)) => {
            cost.insert(to, toml_edit::value(own + more));
        }
        _ => {
            cost.insert(to, weeks);
        }
    }
}
