//! Edits of the structure: of the baseline when it is shown, else of the shown what-if.

use super::{Answer, Desk};
use crate::document::invalid;
use crate::structure::{Edit, plan::plan, write::write};
use crate::view::StudyView;

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
}
