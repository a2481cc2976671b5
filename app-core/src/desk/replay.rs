//! One year on the map.

use super::{Answer, Desk};
use crate::document::invalid;
use crate::replay::{self, ReplayView, YearChoice};
use crate::view::TaskUpdate;

impl Desk {
    /// Play one year of the baseline beside the shown what-if, as a task.
    ///
    /// # Errors
    /// If no study is open.
    pub fn start_replay(
        &mut self,
        choice: YearChoice,
        tell: impl Fn(TaskUpdate<ReplayView>) + Send + Sync + 'static,
    ) -> Answer<u32> {
        let document = self.document()?;
        let scenario = &document.scenario;
        let variant = |id: Option<&str>| scenario.variant(id, &[]).map_err(|f| invalid(&f));
        let order = replay::Order {
            baseline: variant(None)?,
            what_if: match document.active() {
                Some(w) => Some((variant(Some(&w.id))?, w.id.clone(), w.name.clone())),
                None => None,
            },
            choice,
        };
        let memory = self.memory.clone();
        Ok(self.task(tell, move |progress| {
            let told = |done, of| progress.at(done, of);
            // Of a cancelled task the answer is not looked at.
            replay::play(&order, &memory, progress.cancel, &told).map_or_else(
                || super::refuse(crate::view::RefusalCode::NoResult, "Cancelled."),
                Ok,
            )
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn played(what_if: Option<&str>, choice: YearChoice) -> ReplayView {
        let mut desk = Desk::new();
        desk.open_template("siloed-to-integrated".into()).unwrap();
        desk.select(what_if.map(str::to_owned)).unwrap();
        let (send, told) = channel();
        desk.start_replay(choice, move |update| send.send(update).unwrap())
            .unwrap();
        loop {
            match told.recv().unwrap() {
                TaskUpdate::Done { result } => return result,
                TaskUpdate::Progress { .. } => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Changes that are somewhere before users at a time.
    fn on_the_way(film: &crate::replay::FilmView, time: i32) -> usize {
        let items = &film.items;
        let entries = |i: usize| items.first[i] as usize..items.first[i + 1] as usize;
        let doing = |i: usize| {
            entries(i)
                .rev()
                .find(|&e| items.second[e] <= time)
                .map(|e| items.doing[e])
        };
        let changes = (0..items.kind.len()).filter(|&i| items.kind[i] == 0);
        changes
            .filter(|&i| doing(i).is_some_and(|d| d < crate::replay::Doing::Away as u8))
            .count()
    }

    #[test]
    fn a_year_has_what_moves_and_what_arrives_at_nodes_of_its_map() {
        let view = played(Some("canary"), YearChoice::Typical);
        assert_eq!(view.films.len(), 2);
        assert_eq!(view.seconds, 52 * 7 * 24 * 3600);
        for film in &view.films {
            let items = &film.items;
            assert_eq!(items.first.len(), items.kind.len() + 1);
            assert_eq!(items.first.last().copied(), Some(items.second.len() as u32));
            assert_eq!(items.second.len(), items.node.len());
            assert!(
                items
                    .node
                    .iter()
                    .all(|n| (*n as usize) < film.map.nodes.len())
            );
            let inside = |s: &i32| (0..view.seconds).contains(s);
            assert!(film.arrivals.second.iter().all(inside));
            // 3 changes a week come, and in a year about as many arrive.
            assert!((100..220).contains(&film.arrivals.item.len()));
            assert!(film.arrivals.hours.iter().all(|h| *h > 0.0));
            assert!(
                film.teams
                    .iter()
                    .any(|t| t.id == "infrastructure" && t.people == 3)
            );
            // What is on its way at a time is what the run says is in progress, and nothing piles up.
            assert!(on_the_way(film, view.seconds / 2) < 60);
            assert!(!film.rollouts.is_empty());
            assert!(
                film.incidents
                    .iter()
                    .any(|i| i.people > 0 && i.called.is_some())
            );
            let called = film
                .incidents
                .iter()
                .filter_map(|i| Some((i.called?, i.recovered?)));
            assert!(
                called
                    .into_iter()
                    .all(|(called, recovered)| called <= recovered)
            );
        }
    }

    #[test]
    fn a_bad_year_is_slower_than_a_good_one_and_a_number_names_one() {
        let mean = |v: &ReplayView| {
            let hours = &v.films[0].arrivals.hours;
            hours.iter().sum::<f64>() / hours.len() as f64
        };
        let good = played(None, YearChoice::Good);
        let bad = played(None, YearChoice::Bad);
        assert!(mean(&good) < mean(&bad), "{} {}", mean(&good), mean(&bad));
        let again = played(None, YearChoice::Number { year: good.year });
        assert_eq!(good.films, again.films);
    }
}
