//! Numbers that people disagree on.

use super::{Answer, Desk, refuse};
use crate::disagree::{self, Dispute, NumberView, WeighedView, widened};
use crate::numbers::called;
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
            return refuse(
                RefusalCode::NotFound,
                format!("There is no number `{path}`."),
            );
        };
        let label = format!("Disagree: {}", called(&p.label, &p.path));
        let to = widened(p, theirs, &who)?;
        document.put(&label, &path, to)?;
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
            return refuse(
                RefusalCode::NotFound,
                "Choose the what-if that is weighed first.",
            );
        };
        let scenario = document.scenario.clone();
        let Some(parameter) = scenario.baseline.parameter(&path).cloned() else {
            return refuse(
                RefusalCode::NotFound,
                format!("There is no number `{path}`."),
            );
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    const PATH: &str = "governance.gates.change-approval.discrimination";

    fn desk() -> Desk {
        let mut desk = Desk::new();
        desk.open_template("siloed-to-integrated".into()).unwrap();
        desk
    }

    fn number(desk: &mut Desk, path: &str) -> NumberView {
        let all = desk.numbers().unwrap();
        all.into_iter().find(|n| n.path == path).unwrap()
    }

    #[test]
    fn a_colleagues_value_joins_the_range_with_their_name() {
        let mut desk = desk();
        assert_eq!(number(&mut desk, PATH).range, None);
        desk.disagree(PATH.into(), 0.9, "Ana".into()).unwrap();
        let widened = number(&mut desk, PATH);
        assert_eq!(widened.range.as_deref(), Some("0.3 to 0.9"));
        assert_eq!(widened.source, "disagreement: Ana");
        assert!(!widened.assumed);
        desk.disagree(PATH.into(), 0.1, "Ben".into()).unwrap();
        let both = number(&mut desk, PATH);
        assert_eq!(both.range.as_deref(), Some("0.1 to 0.9"));
        assert_eq!(both.source, "disagreement: Ana, Ben");
        assert!(
            desk.disagree(PATH.into(), 0.5, "Cy".into()).is_err(),
            "it is in the range"
        );
        desk.undo().unwrap();
        desk.undo().unwrap();
        assert_eq!(number(&mut desk, PATH).range, None);
    }

    #[test]
    fn every_kind_of_number_can_be_disputed_or_says_why_not() {
        let mut desk = desk();
        let (mut widened, mut refused) = (0, Vec::new());
        // One of eight: each is read and checked with all what-ifs.
        for n in desk.numbers().unwrap().into_iter().step_by(8) {
            match desk.disagree(
                n.path.clone(),
                n.value * 1.1 + f64::from(n.value == 0.0),
                "Ana".into(),
            ) {
                Ok(_) => {
                    widened += 1;
                    desk.undo().unwrap();
                }
                Err(refusal) => {
                    assert!(!refusal.message.is_empty());
                    refused.push(n.path);
                }
            }
        }
        assert!(
            widened > 2 * refused.len(),
            "{widened}; refused: {refused:?}"
        );
    }

    #[test]
    fn a_dispute_is_weighed_for_the_shown_what_if_only() {
        let mut desk = desk();
        let (send, told) = channel();
        let tell = move |update| send.send(update).unwrap();
        let refused = desk.start_weighing(PATH.into(), 0.9, "Ana".into(), tell.clone());
        assert_eq!(refused.unwrap_err().code, RefusalCode::NotFound);
        desk.select(Some("canary".into())).unwrap();
        desk.start_weighing(PATH.into(), 0.9, "Ana".into(), tell)
            .unwrap();
        let weighed = loop {
            match told.recv().unwrap() {
                TaskUpdate::Done { result } => break result,
                TaskUpdate::Progress { .. } => {}
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(weighed.path, PATH);
        assert!(weighed.sentences.len() >= 3, "{weighed:?}");
    }
}
