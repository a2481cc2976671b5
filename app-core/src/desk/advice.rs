//! Advice on the open study.

use super::{Answer, Desk, refuse};
use crate::advice::{self, Advice, AdviceView};
use crate::view::{RefusalCode, StudyView};
use std::sync::PoisonError;

impl Desk {
    fn all_advice(&mut self) -> Answer<Vec<Advice>> {
        let scenario = self.document()?.scenario.clone();
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(advice::advice(&scenario, memory.years()))
    }

    /// What the shape of the study says, and its results where there are some.
    ///
    /// # Errors
    /// If no study is open.
    pub fn advice(&mut self) -> Answer<Vec<AdviceView>> {
        Ok(self.all_advice()?.into_iter().map(|a| a.view).collect())
    }

    /// Make an advice's fix a what-if and show it.
    ///
    /// # Errors
    /// If the advice does not hold any more, or has no fix.
    pub fn take_advice(&mut self, id: String) -> Answer<StudyView> {
        let found = self.all_advice()?.into_iter().find(|a| a.view.id == id);
        let Some((name, fix)) = found.and_then(|a| Some((a.view.fix?, a.fix?))) else {
            return refuse(RefusalCode::NotFound, "That advice does not hold any more.");
        };
        let document = self.document()?;
        let Some(proposal) = fix.proposal(&name, &document.scenario) else {
            return refuse(RefusalCode::NotFound, "This study has no such lever.");
        };
        document.propose(&proposal)?;
        self.study()
    }
}
