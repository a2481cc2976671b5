//! Values of the format, as an edit writes them.

use millrace_core::model::RISKS;
use millrace_core::scenario::Next;
use toml_edit::{Array, InlineTable, Value};

/// A text.
pub fn text(text: &str) -> Value {
    Value::from(text)
}

/// A table.
pub fn table(entries: &[(&str, Value)]) -> Value {
    let mut out = InlineTable::new();
    for (key, value) in entries {
        out.insert(*key, value.clone());
    }
    Value::InlineTable(out)
}

/// A list.
pub fn list(values: impl Iterator<Item = Value>) -> Value {
    Value::Array(values.collect::<Array>())
}

/// A route as it is written.
pub fn route(next: &Next) -> Value {
    let mut out = InlineTable::new();
    out.insert("to", text(&next.to));
    out.insert("share", next.share.into());
    if next.risks != [true; 3] {
        let named = RISKS.iter().zip(next.risks).filter(|(_, takes)| *takes);
        out.insert("risks", list(named.map(|(risk, _)| text(risk))));
    }
    if !next.types.is_empty() {
        out.insert("types", list(next.types.iter().map(|t| text(t))));
    }
    Value::InlineTable(out)
}
