//! Values of the format, as an edit writes them.

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
