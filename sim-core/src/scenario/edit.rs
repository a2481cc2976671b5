//! Changes to a study: what a what-if is made of.

use super::fault::{Fault, nearest};
use super::node::{Node, Value, entry_names, position};

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Give a field a value.
    Set {
        /// Where.
        path: String,
        /// What.
        to: Node,
    },
    /// Multiply a number.
    Scale {
        /// Where.
        path: String,
        /// By what.
        by: f64,
    },
    /// Put a table in a list.
    Add {
        /// The list.
        path: String,
        /// The table.
        value: Node,
        /// Name of the entry it goes before; at the end if absent.
        before: Option<String>,
    },
    /// Take a field or an entry of a list away.
    Remove {
        /// Where.
        path: String,
    },
}

impl Change {
    /// Read the changes of a what-if.
    pub fn read_all(node: Option<&Node>, at: &str, faults: &mut Vec<Fault>) -> Vec<Change> {
        let Some(node) = node else { return Vec::new() };
        if !matches!(node.value, Value::List(_)) {
            faults.push(Fault::new(
                node.place(),
                at,
                format!("expected a list of changes, found {}", node.value.kind()),
            ));
        }
        node.items()
            .iter()
            .filter_map(|n| match Self::read(n) {
                Ok(change) => Some(change),
                Err(message) => {
                    faults.push(Fault::new(n.place(), at, message).hint(
                        "{ set = path, to = value }, { scale = path, by = factor }, { add = list, value = {…} } or { remove = path }",
                    ));
                    None
                }
            })
            .collect()
    }

    fn read(node: &Node) -> Result<Change, String> {
        let text = |k: &str| node.get(k).and_then(Node::as_text).map(str::to_owned);
        let allowed = |keys: &[&str]| match &node.value {
            Value::Table(t) => match t.iter().find(|(k, _)| !keys.contains(&k.as_str())) {
                Some((k, _)) => Err(format!("there is no `{k}` in this change")),
                None => Ok(()),
            },
            _ => Err("expected a table".to_owned()),
        };
        if let Some(path) = text("set") {
            allowed(&["set", "to"])?;
            let to = node.get("to").cloned().ok_or("`set` needs a `to`")?;
            Ok(Change::Set { path, to })
        } else if let Some(path) = text("scale") {
            allowed(&["scale", "by"])?;
            let by = node
                .get("by")
                .and_then(Node::as_number)
                .filter(|b| b.is_finite() && *b >= 0.0);
            Ok(Change::Scale {
                path,
                by: by.ok_or("`scale` needs a `by` of at least 0")?,
            })
        } else if let Some(path) = text("add") {
            allowed(&["add", "value", "before"])?;
            let value = node.get("value").cloned().ok_or("`add` needs a `value`")?;
            Ok(Change::Add {
                path,
                value,
                before: text("before"),
            })
        } else if let Some(path) = text("remove") {
            allowed(&["remove"])?;
            Ok(Change::Remove { path })
        } else {
            Err("not a change".into())
        }
    }

    /// What it changes.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Set { path, .. }
            | Self::Scale { path, .. }
            | Self::Add { path, .. }
            | Self::Remove { path } => path,
        }
    }

    /// Make the change.
    ///
    /// # Errors
    /// If the path leads nowhere, or to something the change does not fit.
    pub fn apply(&self, tree: &mut Node) -> Result<(), Fault> {
        match self {
            Self::Set { path, to } => set(tree, path, to.clone()),
            Self::Scale { path, by } => {
                let node = tree.at_mut(path).ok_or_else(|| missing(path))?;
                if scale(node, *by) {
                    Ok(())
                } else {
                    Err(Fault::new(
                        None,
                        path.as_str(),
                        "is no number that could be scaled",
                    ))
                }
            }
            Self::Add {
                path,
                value,
                before,
            } => {
                if tree.at(path).is_none() {
                    set(tree, path, Node::of(Value::List(Vec::new())))?;
                }
                let Some(Node {
                    value: Value::List(list),
                    ..
                }) = tree.at_mut(path)
                else {
                    return Err(Fault::new(None, path.as_str(), "is not a list"));
                };
                let at = match before {
                    Some(name) => position(list, name).ok_or_else(|| {
                        Fault::new(None, path.as_str(), format!("has no entry `{name}`"))
                    })?,
                    None => list.len(),
                };
                list.insert(at, value.clone());
                Ok(())
            }
            Self::Remove { path } => {
                let (parent, key) = path.rsplit_once('.').unwrap_or(("", path));
                let parent = if parent.is_empty() {
                    Some(tree)
                } else {
                    tree.at_mut(parent)
                };
                let before = parent.as_ref().map_or(0, |p| size(p));
                let parent = parent.ok_or_else(|| missing(path))?;
                match &mut parent.value {
                    Value::Table(t) => t.retain(|(k, _)| k != key),
                    Value::List(l) => {
                        if let Some(at) = position(l, key) {
                            l.remove(at);
                        }
                    }
                    _ => {}
                }
                if size(parent) == before {
                    Err(missing(path))
                } else {
                    Ok(())
                }
            }
        }
    }
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Table(t) => t.len(),
        Value::List(l) => l.len(),
        _ => 0,
    }
}

fn missing(path: &str) -> Fault {
    Fault::new(None, path, "there is no such place in the study")
        .hint("`millrace levers STUDY` lists every path")
}

/// Give the place at `path` a value, making tables on the way but no entries of lists.
///
/// # Errors
/// If an entry of a list on the way does not exist.
pub fn set(tree: &mut Node, path: &str, to: Node) -> Result<(), Fault> {
    let mut node = tree;
    let keys: Vec<&str> = path.split('.').collect();
    for (i, key) in keys.iter().enumerate() {
        let here = node;
        node = match &mut here.value {
            Value::Table(t) => {
                let at = match t.iter().position(|(k, _)| k == key) {
                    Some(at) => at,
                    None => {
                        t.push(((*key).to_owned(), Node::of(Value::Table(Vec::new()))));
                        t.len() - 1
                    }
                };
                &mut t[at].1
            }
            Value::List(list) => {
                let Some(at) = position(list, key) else {
                    let names = entry_names(list);
                    let fault = Fault::new(
                        None,
                        path,
                        format!("there is no `{key}` in {}", keys[..i].join(".")),
                    );
                    return Err(match nearest(key, names.iter().map(String::as_str)) {
                        Some(n) => fault.hint(format!("did you mean `{n}`?")),
                        None => fault.hint(format!("there is: {}", names.join(", "))),
                    });
                };
                &mut list[at]
            }
            // A plain quantity whose parameter is set becomes that parameter's distribution; a value with
            // a source keeps its source.
            _ => {
                return Err(Fault::new(
                    None,
                    path,
                    format!("`{}` has no parts", keys[..i].join(".")),
                ));
            }
        };
    }
    // A value that says where it comes from, set to another value, no longer comes from there.
    *node = to;
    Ok(())
}

/// Multiply a number, a quantity in text, or the location parameters of a distribution.
fn scale(node: &mut Node, by: f64) -> bool {
    match &mut node.value {
        Value::Number(x) => {
            *x *= by;
            true
        }
        Value::Text(t) => {
            let cut = t
                .find(|c: char| !(c.is_ascii_digit() || "+-._eE".contains(c)))
                .unwrap_or(t.len());
            match t[..cut].trim().parse::<f64>() {
                Ok(x) => {
                    *t = format!("{}{}", x * by, &t[cut..]);
                    true
                }
                Err(_) => false,
            }
        }
        Value::List(list) => !list.is_empty() && list.iter_mut().all(|n| scale(n, by)),
        Value::Table(t) => {
            let mut any = false;
            for (key, n) in t.iter_mut() {
                if [
                    "value", "values", "mean", "median", "p85", "low", "mode", "likely", "high",
                    "sd",
                ]
                .contains(&key.as_str())
                {
                    any |= scale(n, by);
                }
            }
            any
        }
        Value::Flag(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::node::parse;
    use super::*;

    fn tree() -> Node {
        parse("[[teams]]\nid = \"a\"\npeople = 4\nwait = \"2 days\"\n[x]\neffort = { dist = \"lognormal\", mean = \"4 hours\", cv = 1.5 }").unwrap()
    }

    #[test]
    fn paths_lead_through_ids() {
        let mut t = tree();
        set(&mut t, "teams.a.people", Node::of(Value::Number(5.0))).unwrap();
        assert_eq!(t.at("teams.a.people").unwrap().as_number(), Some(5.0));
        let fault = set(&mut t, "teams.b.people", Node::of(Value::Number(5.0))).unwrap_err();
        assert!(fault.message.contains("no `b`"), "{fault}");
    }

    #[test]
    fn scaling_keeps_units_and_shapes() {
        let mut t = tree();
        Change::Scale {
            path: "teams.a.wait".into(),
            by: 1.5,
        }
        .apply(&mut t)
        .unwrap();
        assert_eq!(t.at("teams.a.wait").unwrap().as_text(), Some("3 days"));
        Change::Scale {
            path: "x.effort".into(),
            by: 0.5,
        }
        .apply(&mut t)
        .unwrap();
        assert_eq!(t.at("x.effort.mean").unwrap().as_text(), Some("2 hours"));
        assert_eq!(t.at("x.effort.cv").unwrap().as_number(), Some(1.5));
    }

    #[test]
    fn entries_without_an_id_are_changed_by_what_they_are_about() {
        let mut t = parse("returns = [{ to = \"a\", p = 1 }, { to = \"b\", p = 2 }]").unwrap();
        let change = |text: &str| {
            let node = parse(text).unwrap();
            Change::read_all(node.get("changes"), "", &mut Vec::new())
        };
        for c in change(
            "changes = [{ set = \"returns.b.p\", to = 5 }, { scale = \"returns.a.p\", by = 3 }, \
             { add = \"returns\", value = { to = \"c\", p = 7 }, before = \"b\" }, { remove = \"returns.a\" }]",
        ) {
            c.apply(&mut t).unwrap();
        }
        assert_eq!(
            t.inline(),
            "{ returns = [{ p = 7, to = \"c\" }, { p = 5, to = \"b\" }] }"
        );
        let fault = set(&mut t, "returns.d.p", Node::of(Value::Number(1.0))).unwrap_err();
        assert!(fault.hint.is_some(), "{fault}");
    }

    #[test]
    fn what_is_not_there_cannot_be_removed() {
        let mut t = tree();
        Change::Remove {
            path: "teams.a".into(),
        }
        .apply(&mut t)
        .unwrap();
        assert!(
            Change::Remove {
                path: "teams.a".into()
            }
            .apply(&mut t)
            .is_err()
        );
    }
}
