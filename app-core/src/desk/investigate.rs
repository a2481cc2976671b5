//! Questions that take seconds, each a task of its own; and what is done with their answers.

use super::{Answer, Desk, refuse};
use crate::investigate::combine::{CombineView, combine};
use crate::investigate::compare::{CompareView, compare};
use crate::investigate::flip::{FlipView, turned};
use crate::investigate::path::{PathsView, paths};
use crate::investigate::proposal::Proposal;
use crate::investigate::rank::{RankView, rank};
use crate::investigate::why::{WhyId, WhyView, why};
use crate::investigate::{Ground, Watching};
use crate::view::{RefusalCode, StudyView, TaskUpdate};
use std::sync::Arc;

impl Desk {
    fn ground(&mut self) -> Answer<Ground> {
        let Some(document) = &self.document else {
            return refuse(RefusalCode::NotFound, "No study is open.");
        };
        Ok(Ground {
            scenario: document.scenario.clone(),
            shown: document.active().map(|w| w.id.clone()),
            memory: self.memory.clone(),
        })
    }

    /// Begin a question about the study as it is now; returns the task's number.
    fn ask<T: Send + 'static>(
        &mut self,
        tell: impl Fn(TaskUpdate<T>) + Send + Sync + 'static,
        answer: impl FnOnce(&Ground, &Watching<'_>, &dyn Fn(T)) -> Answer<T> + Send + 'static,
    ) -> Answer<u32> {
        let ground = self.ground()?;
        let tell = Arc::new(tell);
        let also = Arc::clone(&tell);
        Ok(self.task(
            move |update| tell(update),
            move |progress| {
                let watch = Watching {
                    cancel: progress.cancel,
                    at: &|done, total| progress.at(done, total),
                };
                answer(&ground, &watch, &|result| {
                    also(TaskUpdate::SoFar { result });
                })
            },
        ))
    }

    /// Compare up to four what-ifs with the baseline.
    ///
    /// # Errors
    /// If no study is open.
    pub fn compare(
        &mut self,
        what_ifs: Vec<String>,
        tell: impl Fn(TaskUpdate<CompareView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.ask(tell, move |ground, watch, so_far| {
            compare(ground, &what_ifs, watch, so_far)
        })
    }

    /// Play what-ifs quarter by quarter.
    ///
    /// # Errors
    /// If no study is open.
    pub fn paths(
        &mut self,
        what_ifs: Vec<String>,
        tell: impl Fn(TaskUpdate<PathsView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.ask(tell, move |ground, watch, so_far| {
            paths(ground, &what_ifs, watch, so_far)
        })
    }

    /// Trace the shown variant.
    ///
    /// # Errors
    /// If no study is open.
    pub fn why(
        &mut self,
        tell: impl Fn(TaskUpdate<WhyView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.ask(tell, why)
    }

    /// Rank the levers of the shown variant.
    ///
    /// # Errors
    /// If no study is open.
    pub fn rank(
        &mut self,
        tell: impl Fn(TaskUpdate<RankView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.ask(tell, rank)
    }

    /// Try all combinations of up to eight what-ifs, within a budget of person-weeks.
    ///
    /// # Errors
    /// If no study is open.
    pub fn combine(
        &mut self,
        what_ifs: Vec<String>,
        budget: Option<f64>,
        tell: impl Fn(TaskUpdate<CombineView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.ask(tell, move |ground, watch, so_far| {
            combine(ground, &what_ifs, budget, watch, so_far)
        })
    }

    /// Find the numbers that would turn the choice for a what-if around.
    ///
    /// # Errors
    /// If no study is open.
    pub fn flip(
        &mut self,
        what_if: String,
        by: WhyId,
        tell: impl Fn(TaskUpdate<FlipView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.ask(tell, move |ground, watch, so_far| {
            turned(ground, &what_if, by, watch, so_far)
        })
    }

    /// Make a proposal a what-if and show it.
    ///
    /// # Errors
    /// If it makes no valid study; nothing is changed then.
    pub fn make_what_if(&mut self, proposal: &Proposal) -> Answer<StudyView> {
        self.document()?.propose(proposal)?;
        self.study()
    }

    /// Make a what-if the baseline.
    ///
    /// # Errors
    /// If there is none of that id, or another rests on the old baseline; nothing is changed then.
    pub fn adopt(&mut self, what_if: &str) -> Answer<StudyView> {
        self.document()?.adopt(what_if)?;
        self.study()
    }
}
