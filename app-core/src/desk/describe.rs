//! Describing an organisation at the desk.

use super::{Answer, Desk};
use crate::describe::{Answers, DescribedView, describe};
use crate::document::Document;
use crate::view::{StudyView, TaskUpdate};

impl Desk {
    /// Make a study of six answers, as a task. Nothing is opened yet: the mirror comes first.
    ///
    /// # Errors
    /// Never: contradictions are told as the task's refusal.
    pub fn describe(
        &mut self,
        answers: Answers,
        tell: impl Fn(TaskUpdate<DescribedView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        Ok(self.task(tell, move |progress| describe(&answers, progress)))
    }

    /// Open a study that was just made. It has no file and counts as changed.
    ///
    /// # Errors
    /// If the text is no valid study.
    pub fn open_made(&mut self, text: String) -> Answer<StudyView> {
        self.put(Document::made(text)?)
    }
}
