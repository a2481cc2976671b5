//! Edits of the structure: of the baseline when it is shown, else of the shown what-if.

use super::{Answer, Desk};
use crate::document::invalid;
use crate::structure::{Edit, plan::plan, write::write};
use crate::view::StudyView;
use crate::weeks;
use millrace_report::Figure;
use std::sync::PoisonError;

impl Desk {
    /// Insert, assign, reorder, rename, remove: one step of undo, and a study as before if it is impossible.
    ///
    /// # Errors
    /// Why it is impossible, with a way out.
    pub fn edit_structure(&mut self, edit: Edit) -> Answer<StudyView> {
        let document = self.document()?;
        let shown = document.active().map(|w| w.id.as_str());
        let variant = document.scenario.variant(shown, &[]);
        let study = variant.map_err(|f| invalid(&f))?.study;
        write(document, &plan(&study, &edit)?)?;
        self.study()
    }

    /// Week by week at a node or team of the map, of the last results; `None` if nothing is recorded there.
    ///
    /// # Errors
    /// Never.
    pub fn place_weeks(&self, node: String) -> Answer<Option<Figure>> {
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let id = weeks::id(&node);
        Ok(memory.figures.iter().find(|f| f.id == id).cloned())
    }
}
