//! What is wrong with a study: every fault at once, each with place, reason and a way out.

use serde::Serialize;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Line in the file, from 1, if known.
    pub line: Option<u32>,
    /// Path in the study: `teams.infrastructure.people`.
    pub path: String,
    /// What is wrong, and what was expected.
    pub message: String,
    /// A way out, if there is one to name.
    pub hint: Option<String>,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(line: Option<u32>, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            line,
            path: path.into(),
            message: message.into(),
            hint: None,
        }
    }

    /// The same with a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        write!(f, "{}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

/// The closest of some names, if one is close enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|n| (edits(&word.to_lowercase(), &n.to_lowercase()), n))
        .min_by_key(|(d, _)| *d)
        .filter(|(d, n)| *d <= 1 + n.chars().count() / 4)
        .map(|(_, n)| n)
}

/// "did you mean `x`?" where something is close, else the choices.
#[must_use]
pub fn suggest(word: &str, names: &[&str]) -> String {
    match nearest(word, names.iter().copied()) {
        Some(n) => format!("did you mean `{n}`?"),
        None if names.is_empty() => "there are none".into(),
        None => format!("one of: {}", names.join(", ")),
    }
}

/// Levenshtein's distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let keep = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = keep.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelling_is_recognised_and_a_different_word_is_not() {
        assert_eq!(
            nearest("blue-gren", ["canary", "blue-green"]),
            Some("blue-green")
        );
        assert_eq!(nearest("peopel", ["people", "focus"]), Some("people"));
        assert_eq!(nearest("zebra", ["people", "focus"]), None);
    }
}
