//! A study as a tree that remembers its lines: what a person wrote, before anyone knows if it is right.

use super::fault::Fault;
use std::collections::BTreeMap;
use std::fmt::Write;
use toml::de::{DeTable, DeValue};

/// Largest study text that is read, bytes: far beyond any organisation, far below trouble.
pub const MOST_BYTES: usize = 4 << 20;
/// Deepest nesting that is read.
const MOST_DEPTH: usize = 24;

/// A value with the line it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Line from 1; 0 where a change put it.
    pub line: u32,
    /// What stands there.
    pub value: Value,
}

/// What can stand in a study.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// true or false.
    Flag(bool),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in order.
    Table(Vec<(String, Node)>),
}

impl Value {
    /// What it is, in words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}

impl Node {
    /// A value that no file line holds.
    #[must_use]
    pub fn of(value: Value) -> Self {
        Self { line: 0, value }
    }

    /// A text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Value::Text(text.into()))
    }

    /// The line, if it has one.
    #[must_use]
    pub fn place(&self) -> Option<u32> {
        (self.line > 0).then_some(self.line)
    }

    /// The value of a key of a table.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(t) => t.iter().find(|(k, _)| k == key).map(|(_, n)| n),
            _ => None,
        }
    }

    /// The same, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Table(t) => t.iter_mut().find(|(k, _)| k == key).map(|(_, n)| n),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(t) => Some(t),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Number(x) => Some(x),
            _ => None,
        }
    }

    /// The entries of a list; nothing for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(l) => l,
            _ => &[],
        }
    }

    /// The value at a path; entries of lists go by [`names_of`].
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&Node> {
        path.split('.')
            .try_fold(self, |node, key| match &node.value {
                Value::Table(_) => node.get(key),
                Value::List(list) => list.get(position(list, key)?),
                _ => None,
            })
    }

    /// The same, to change.
    pub fn at_mut(&mut self, path: &str) -> Option<&mut Node> {
        path.split('.')
            .try_fold(self, |node, key| match &mut node.value {
                Value::Table(t) => t.iter_mut().find(|(k, _)| k == key).map(|(_, n)| n),
                Value::List(list) => {
                    let at = position(list, key)?;
                    list.get_mut(at)
                }
                _ => None,
            })
    }

    /// As TOML, in one line: for messages and sentences.
    #[must_use]
    pub fn inline(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match &self.value {
            Value::Text(t) => {
                let _ = write!(out, "{t:?}");
            }
            Value::Number(x) => {
                let _ = write!(out, "{x}");
            }
            Value::Flag(b) => {
                let _ = write!(out, "{b}");
            }
            Value::List(list) => {
                out.push('[');
                for (i, n) in list.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    n.write(out);
                }
                out.push(']');
            }
            Value::Table(t) => {
                out.push('{');
                for (i, (k, n)) in t.iter().enumerate() {
                    let _ = write!(out, "{}{k} = ", if i > 0 { ", " } else { " " });
                    n.write(out);
                }
                out.push_str(" }");
            }
        }
    }
}

/// What an entry without an id is named by: those of these texts that it holds, in this order. They say what
/// it is about, so that the name stays when other entries come and go.
pub const NAMED_BY: [&str; 7] = [
    "stream",
    "stage",
    "type",
    "from",
    "to",
    "capability",
    "rule",
];

/// The names by which paths lead to the entries of a list: an entry's id, or else the texts of [`NAMED_BY`]
/// joined by `>` ("qa>infrastructure"), or else its place from 0. Of entries with one name the second is
/// `name>1`, the third `name>2`. `text` reads a key of an entry.
pub fn names_of<'e, E: Copy>(
    entries: impl Iterator<Item = E>,
    text: impl Fn(E, &str) -> Option<&'e str>,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let name = match text(entry, "id") {
            Some(id) => id.to_owned(),
            // A dot would end the name in a path.
            None => (NAMED_BY.iter().filter_map(|key| text(entry, key)))
                .filter(|t| !t.is_empty() && !t.contains('.'))
                .collect::<Vec<_>>()
                .join(">"),
        };
        let before = times.entry(name.clone()).or_default();
        out.push(match (name.is_empty(), *before) {
            (false, 0) => name,
            (false, i) => format!("{name}>{i}"),
            (true, i) => i.to_string(),
        });
        *before += 1;
    }
    out
}

/// The names of the entries of a list, see [`names_of`].
#[must_use]
pub fn entry_names(list: &[Node]) -> Vec<String> {
    names_of(list.iter(), |n, key| n.get(key)?.as_text())
}

/// Where the entry of a name stands in a list.
pub(super) fn position(list: &[Node], name: &str) -> Option<usize> {
    let id = |n: &Node| n.get("id").and_then(Node::as_text) == Some(name);
    list.iter().position(id).or_else(|| {
        let unnamed = list.iter().any(|n| n.get("id").is_none());
        let named = || entry_names(list).iter().position(|n| n == name);
        unnamed.then(named).flatten()
    })
}

/// Read TOML.
///
/// # Errors
/// Every syntax fault, with its line.
pub fn parse(text: &str) -> Result<Node, Vec<Fault>> {
    if text.len() > MOST_BYTES {
        let message = format!(
            "the file has {} MB; a study has at most 4",
            text.len() >> 20
        );
        return Err(vec![
            Fault::new(None, "", message).hint("is this the right file?"),
        ]);
    }
    if text.trim().is_empty() {
        return Err(vec![
            Fault::new(None, "", "the file is empty")
                .hint("start from a shipped study: `millrace check` names them"),
        ]);
    }
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(i, _)| i + 1))
        .collect();
    let line = |at: usize| starts.partition_point(|&s| s <= at) as u32;
    if let Some(depth) = too_deep(text) {
        return Err(vec![Fault::new(
            Some(line(depth)),
            "",
            "lists and tables are nested too deeply",
        )]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors
            .iter()
            .take(50)
            .map(|e| {
                let first = e.message().lines().next().unwrap_or("not TOML").to_owned();
                Fault::new(e.span().map(|s| line(s.start)), "", first)
            })
            .collect());
    }
    let span = table.span();
    Ok(Node {
        line: line(span.start),
        value: table_value(table.get_ref(), &line),
    })
}

/// Where brackets nest deeper than a study can: before a recursive reader meets them.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth > 10_000 => return Some(i),
            _ => {}
        }
        if depth > MOST_DEPTH * 4 {
            return Some(i);
        }
    }
    None
}

fn table_value(table: &DeTable<'_>, line: &impl Fn(usize) -> u32) -> Value {
    Value::Table(
        table
            .iter()
            .map(|(k, v)| {
                // An array of tables has no span of its own worth showing: the key's line is what to look at.
                let mut node = Node {
                    line: line(v.span().start),
                    value: value(v.get_ref(), line),
                };
                if matches!(node.value, Value::List(_)) {
                    node.line = line(k.span().start);
                }
                (k.get_ref().to_string(), node)
            })
            .collect(),
    )
}

fn value(value: &DeValue<'_>, line: &impl Fn(usize) -> u32) -> Value {
    match value {
        DeValue::String(s) => Value::Text(s.to_string()),
        DeValue::Integer(i) => Value::Number(
            i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
                .map_or(f64::NAN, |x| x as f64),
        ),
        DeValue::Float(x) => Value::Number(x.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(b) => Value::Flag(*b),
        DeValue::Datetime(d) => Value::Text(d.to_string()),
        DeValue::Array(list) => Value::List(
            list.iter()
                .map(|v| Node {
                    line: line(v.span().start),
                    value: self::value(v.get_ref(), line),
                })
                .collect(),
        ),
        DeValue::Table(t) => table_value(t, line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_without_an_id_go_by_what_they_are_about_and_else_by_their_place() {
        let tree = parse(
            "returns = [{ to = \"build\", p = 1 }, { to = \"design\", p = 2 }, { to = \"build\", p = 3 }]\n\
             pairs = [{ to = \"b\", from = \"a\", p = 4 }]\n\
             steps = [{ p = 5 }, { p = 6 }]\n\
             odd = [{ to = \"a.b\", p = 7 }]\n\
             known = [{ id = \"x\", to = \"y\", p = 8 }]",
        )
        .unwrap();
        for (path, want) in [
            ("returns.build.p", Some(1.0)),
            ("returns.design.p", Some(2.0)),
            ("returns.build>1.p", Some(3.0)),
            ("returns.0.p", None),
            ("pairs.a>b.p", Some(4.0)),
            ("steps.0.p", Some(5.0)),
            ("steps.1.p", Some(6.0)),
            ("steps.2.p", None),
            ("odd.0.p", Some(7.0)),
            ("known.x.p", Some(8.0)),
            ("known.y.p", None),
        ] {
            let found = tree.at(path).and_then(Node::as_number);
            assert_eq!(found, want, "{path}");
            let mut tree = tree.clone();
            assert_eq!(
                tree.at_mut(path).and_then(|n| n.as_number()),
                want,
                "{path}"
            );
        }
    }
}
