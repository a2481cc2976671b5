//! A number at a path of the study's text; the rest stays as the user wrote it.

use super::{Document, not_found, place};
use crate::view::Refusal;
use toml_edit::Value;

impl Document {
    /// Give a place of the baseline another value, as a step of undo.
    ///
    /// # Errors
    /// If there is no such place, or the study would make no sense.
    pub fn put(&mut self, label: &str, path: &str, to: Value) -> Result<(), Refusal> {
        let mut found = false;
        self.amend(label, |doc| {
            found = place::put(doc, path, Some(to));
        })?;
        if found {
            return Ok(());
        }
        self.undo()?;
        self.future.clear();
        Err(not_found(&format!("place `{path}` in the study’s text")))
    }
}
