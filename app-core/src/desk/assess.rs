//! The assessment at the desk.

use super::{Answer, Desk};
use crate::assess::{self, AnswerView, AssessedView, QuestionView};

impl Desk {
    /// The thirteen questions.
    ///
    /// # Errors
    /// Never.
    pub fn questions(&self) -> Answer<Vec<QuestionView>> {
        Ok(assess::questions())
    }

    /// Make a baseline of answers. Nothing is opened yet.
    ///
    /// # Errors
    /// If the answers make no study: a defect of the table of questions.
    pub fn assess(&self, answers: Vec<AnswerView>) -> Answer<AssessedView> {
        assess::assess(&answers)
    }
}
