//! `--set PATH=VALUE` and `--lever ID=POSITION`.

use millrace_core::scenario::lever::Position;
use millrace_core::scenario::{Change, Node, Value, parse};
use std::str::FromStr;

/// A value for a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    /// Where.
    pub path: String,
    /// What.
    pub to: Node,
    /// As it was given.
    pub given: String,
}

impl Set {
    /// As the change that a what-if would hold.
    pub fn change(&self) -> Change {
        Change::Set {
            path: self.path.clone(),
            to: self.to.clone(),
        }
    }
}

impl FromStr for Set {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, value) = split(text, "teams.app.people=6")?;
        Ok(Self {
            path,
            to: read(&value)?,
            given: text.to_owned(),
        })
    }
}

/// A position for a primary lever.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// Which lever: `release-rhythm`, `people/app`.
    pub lever: String,
    /// Where to.
    pub to: Position,
    /// As it was given.
    pub given: String,
}

impl FromStr for Move {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (lever, value) = split(text, "release-rhythm=weekly")?;
        let number = match value.strip_suffix('%') {
            Some(percent) => percent.trim().parse().map(|x: f64| x / 100.0),
            None => value.parse(),
        };
        Ok(Self {
            lever,
            to: number.map_or(Position::Named(value), Position::Number),
            given: text.to_owned(),
        })
    }
}

fn split(text: &str, example: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((left, right)) if !left.trim().is_empty() => {
            Ok((left.trim().into(), right.trim().into()))
        }
        _ => Err(format!("write `{example}`")),
    }
}

/// A value as TOML; what is no TOML value and does not set out to be one is text, so that words and
/// quantities need no quotes inside the shell's.
fn read(text: &str) -> Result<Node, String> {
    match parse(&format!("x = {text}")) {
        Ok(Node {
            value: Value::Table(mut entries),
            ..
        }) if entries.len() == 1 && entries[0].0 == "x" => Ok(without_lines(entries.remove(0).1)),
        Err(faults) if text.starts_with(['[', '{', '"', '\'']) => Err(format!(
            "not a TOML value: {}",
            faults.first().map_or("", |f| &f.message)
        )),
        _ => Ok(Node::text(text)),
    }
}

/// Lines of an argument are no lines of the file.
fn without_lines(node: Node) -> Node {
    Node::of(match node.value {
        Value::List(list) => Value::List(list.into_iter().map(without_lines).collect()),
        Value::Table(table) => Value::Table(
            table
                .into_iter()
                .map(|(k, n)| (k, without_lines(n)))
                .collect(),
        ),
        plain => plain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_toml_and_words_need_no_quotes() {
        for (text, want) in [
            ("3", Value::Number(3.0)),
            ("0.35", Value::Number(0.35)),
            ("35%", Value::Text("35%".into())),
            ("2 weeks", Value::Text("2 weeks".into())),
            ("\"2 weeks\"", Value::Text("2 weeks".into())),
            ("class of service", Value::Text("class of service".into())),
            ("true", Value::Flag(true)),
            ("3\ny = 4", Value::Text("3\ny = 4".into())),
            ("[\"qa\"]", Value::List(vec![Node::text("qa")])),
            ("", Value::Text(String::new())),
        ] {
            assert_eq!(read(text).unwrap().value, want, "{text}");
        }
        assert!(read("[1, 2").is_err());
    }

    #[test]
    fn a_path_and_a_value_are_wanted() {
        assert_eq!("a.b = x = y".parse::<Set>().unwrap().path, "a.b");
        assert!("people".parse::<Set>().is_err());
        assert!("=3".parse::<Set>().is_err());
        assert_eq!(
            "focus=0.5".parse::<Move>().unwrap().to,
            Position::Number(0.5)
        );
        assert_eq!(
            "focus=50%".parse::<Move>().unwrap().to,
            Position::Number(0.5)
        );
        assert_eq!(
            "x=weekly".parse::<Move>().unwrap().to,
            Position::Named("weekly".into())
        );
    }
}
