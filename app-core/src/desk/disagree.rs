//! Numbers that people disagree on.

use super::{Answer, Desk, refuse};
use crate::disagree::{self, Dispute, NumberView, WeighedView, widened};
use crate::run::warm_up;
use crate::view::{RefusalCode, StudyView, TaskUpdate};

impl Desk {
    /// Every number of the organisation that people could disagree on.
    ///
    /// # Errors
    /// If no study is open.
    pub fn numbers(&mut self) -> Answer<Vec<NumberView>> {
        Ok(disagree::numbers(&self.document()?.scenario))
    }

    /// Let a number be a range that holds what somebody else says, too.
    ///
    /// # Errors
    /// If there is no such number, or it cannot be that.
    pub fn disagree(&mut self, path: String, theirs: f64, who: String) -> Answer<StudyView> {
        let document = self.document()?;
        let Some(p) = document.scenario.baseline.parameter(&path) else {
            return refuse(RefusalCode::NotFound, format!("There is no number `{path}`."));
        };
        let label = format!("Disagree: {}", p.label);
        let to = widened(p, theirs, &who)?;
        document.put(&label, &path, to)?;
        self.memory = Default::default();
        self.study()
    }

    /// Whether the choice of the shown what-if holds at what somebody else says, as a task.
    ///
    /// # Errors
    /// If the baseline is shown, or there is no such number.
    pub fn start_weighing(
        &mut self,
        path: String,
        theirs: f64,
        who: String,
        tell: impl Fn(TaskUpdate<WeighedView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        let document = self.document()?;
        let Some(active) = document.active().cloned() else {
            return refuse(RefusalCode::NotFound, "Choose the what-if that is weighed first.");
        };
        let scenario = document.scenario.clone();
        let Some(parameter) = scenario.baseline.parameter(&path).cloned() else {
            return refuse(RefusalCode::NotFound, format!("There is no number `{path}`."));
        };
        let memory = self.memory.clone();
        Ok(self.task(tell, move |progress| {
            let cancelled = || refuse(RefusalCode::NoResult, "No year has anything to measure.");
            let variant = scenario
                .variant(Some(&active.id), &[])
                .map_err(|f| crate::document::invalid(&f))?;
            let counted = warm_up(&scenario.baseline, Some(&variant), &memory, progress.cancel);
            let Some(warm_up) = counted else {
                return cancelled();
            };
            let dispute = Dispute {
                scenario: &scenario,
                what_if: &active.id,
                name: &active.name,
                parameter: &parameter,
                theirs,
                who: who.trim(),
                warm_up,
            };
            let told = |done, of| progress.at(done, of);
            disagree::weigh(&dispute, progress.cancel, &told).map_or_else(cancelled, Ok)
        }))
    }
}
