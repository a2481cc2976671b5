//! What a value belongs to, in words.

use millrace_core::scenario::Node;

/// The names of the entries of lists on the way to a path, and of the tables in between, from the outside in.
pub(crate) fn subject(tree: &Node, path: &str) -> Vec<String> {
    let keys: Vec<&str> = path.split('.').collect();
    let mut node = Some(tree);
    let mut out: Vec<String> = Vec::new();
    for (i, key) in keys.iter().enumerate().take(keys.len() - 1) {
        let in_list = node.is_some_and(|n| !n.items().is_empty());
        node = node.and_then(|n| n.at(key));
        if in_list {
            let name = node.and_then(|n| n.get("name")).and_then(Node::as_text);
            let name = name.filter(|n| !n.is_empty()).map(str::to_owned);
            let about = || entry_words(tree, &keys[..=i].join("."));
            out.push(name.or_else(about).unwrap_or_else(|| spoken(key)));
        } else if i > 0 && node.is_none_or(|n| n.items().is_empty()) {
            out.push(spoken(key));
        }
    }
    out
}

/// What an entry without an id is about: "Tickets to Infrastructure: test environments".
pub(crate) fn entry_words(tree: &Node, path: &str) -> Option<String> {
    let keys: Vec<&str> = path.split('.').collect();
    let entry = tree.at(path)?;
    let keys = &keys[..];
    About { tree, keys, entry }.words()
}

fn spoken(key: &str) -> String {
    crate::words::capital(&key.replace(['-', '_'], " "))
}

/// An entry without a name of its own.
struct About<'t> {
    tree: &'t Node,
    /// The path to it.
    keys: &'t [&'t str],
    entry: &'t Node,
}

impl About<'_> {
    /// What it is about.
    fn words(&self) -> Option<String> {
        let (name, list) = self.keys.split_last().map(|(n, rest)| (*n, rest.last()))?;
        if self.entry.get("id").is_some() {
            return None;
        }
        let text = |key: &str| self.entry.get(key).and_then(Node::as_text);
        let words = match *list? {
            "requests" => self.asks(text("capability")?),
            "returns" => format!("Sent back to {}", self.stage(text("to")?)),
            "next" if text("to") == Some("done") => "Goes out of the stages".to_owned(),
            "next" => format!("Goes on to {}", self.stage(text("to")?)),
            "pairs" => format!("{} to {}", self.team(text("from")?), self.team(text("to")?)),
            "strategy_rules" => format!("Rule {}", self.number()?),
            "steps" => format!("Step {}", self.number()?),
            "rules" => spoken(text("rule")?),
            "in_progress" => format!("In {}{}", self.stage(text("stage")?), self.of_type()),
            "backlog" => format!("Not begun{}", self.of_type()),
            _ => return None,
        };
        // The second of one name is `name>1`.
        let again = name
            .rsplit_once('>')
            .and_then(|(_, k)| k.parse::<usize>().ok());
        Some(match again {
            Some(k) => format!("{words} ({})", k + 1),
            None => words,
        })
    }

    fn number(&self) -> Option<usize> {
        Some(self.keys.last()?.parse::<usize>().ok()? + 1)
    }

    /// Who serves it, unless that is the stage's own team.
    fn asks(&self, capability: &str) -> String {
        let what = spoken(capability);
        let own = (self.keys.len() > 2).then(|| self.keys[..self.keys.len() - 2].join("."));
        let own = own.and_then(|path| self.tree.at(&format!("{path}.team"))?.as_text());
        let path = format!("platform.capabilities.{capability}.team");
        match self.tree.at(&path).and_then(Node::as_text) {
            Some(team) if own != Some(team) => {
                format!("Tickets to {}: {}", self.team(team), what.to_lowercase())
            }
            _ => format!("Asks for {}", what.to_lowercase()),
        }
    }

    fn team(&self, id: &str) -> String {
        self.named(&format!("teams.{id}"), id)
    }

    fn named(&self, path: &str, id: &str) -> String {
        let name = self.tree.at(path).and_then(|n| n.get("name")?.as_text());
        name.filter(|n| !n.is_empty())
            .map_or_else(|| spoken(id), str::to_owned)
    }

    /// A stage of the stream that the entry is in, or that it names, or of the only one.
    fn stage(&self, id: &str) -> String {
        let stream = match self.keys {
            ["streams", stream, ..] => Some(*stream),
            _ => self.stream(),
        };
        stream.map_or_else(
            || spoken(id),
            |s| self.named(&format!("streams.{s}.stages.{id}"), id),
        )
    }

    fn stream(&self) -> Option<&str> {
        let named = self.entry.get("stream").and_then(Node::as_text);
        let all = self
            .tree
            .get("streams")
            .map(Node::items)
            .unwrap_or_default();
        let only = || match all {
            [one] => one.get("id")?.as_text(),
            _ => None,
        };
        named.or_else(only)
    }

    fn of_type(&self) -> String {
        let Some(id) = self.entry.get("type").and_then(Node::as_text) else {
            return String::new();
        };
        let path = self.stream().map(|s| format!("streams.{s}.demand.{id}"));
        format!(
            ": {}",
            path.map_or_else(|| spoken(id), |p| self.named(&p, id))
        )
    }
}
