//! What is shown to a room.

use super::{Answer, Desk};
use crate::present::{self, IgnoredView, StepView};
use crate::view::StudyView;

impl Desk {
    /// Put other steps of the presentation in place of those that are there.
    ///
    /// # Errors
    /// If no study is open.
    pub fn set_steps(&mut self, label: String, steps: Vec<StepView>) -> Answer<StudyView> {
        self.document()?.set_steps(&label, &steps)?;
        self.study()
    }

    /// What neither the model nor the open study says anything about.
    ///
    /// # Errors
    /// If no study is open.
    pub fn ignored(&mut self) -> Answer<IgnoredView> {
        Ok(present::ignored(&self.document()?.scenario))
    }
}
