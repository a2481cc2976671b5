//! Work that takes seconds, on a thread of its own: told as it goes, ended when nobody waits for it.

use super::{Answer, Desk};
use crate::view::{Refusal, RefusalCode, TaskUpdate};
use millrace_core::experiment::Cancel;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Messages of progress come at most this often.
const EVERY: Duration = Duration::from_millis(100);

/// The tasks that were begun, by number.
#[derive(Default)]
pub(super) struct Tasks {
    begun: u32,
    going: HashMap<u32, Cancel>,
}

/// What a task reports to, and where it learns that it is to end.
pub struct Progress<'a> {
    /// Set when nobody waits any more; the task then returns as soon as it can, with anything.
    pub cancel: &'a Cancel,
    tell: &'a (dyn Fn(u32, u32) + Sync),
    told: Mutex<Option<Instant>>,
}

impl Progress<'_> {
    /// Nobody is told.
    #[cfg(test)]
    pub fn quiet() -> Progress<'static> {
        Progress {
            cancel: Box::leak(Box::default()),
            tell: &|_, _| (),
            told: Mutex::new(None),
        }
    }

    /// So many parts of so many are done.
    pub fn at(&self, done: u64, total: u64) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|t| t.elapsed() >= EVERY) {
            *told = Some(Instant::now());
            (self.tell)(done as u32, total as u32);
        }
    }
}

impl Desk {
    /// Begin a task; returns its number at once. Its last message is its result, or why there is none.
    pub(super) fn task<T: Send + 'static>(
        &mut self,
        tell: impl Fn(TaskUpdate<T>) + Send + Sync + 'static,
        work: impl FnOnce(&Progress<'_>) -> Answer<T> + Send + 'static,
    ) -> u32 {
        self.tasks.begun += 1;
        let number = self.tasks.begun;
        let cancel = Cancel::default();
        self.tasks.going.retain(|_, c| !c.is_cancelled());
        self.tasks.going.insert(number, cancel.clone());
        std::thread::spawn(move || {
            let progress = Progress {
                cancel: &cancel,
                tell: &|done, total| tell(TaskUpdate::Progress { done, total }),
                told: Mutex::new(None),
            };
            // A panic would leave the window waiting for ever.
            let ended = catch_unwind(AssertUnwindSafe(|| work(&progress)));
            tell(match ended {
                _ if cancel.is_cancelled() => TaskUpdate::Cancelled,
                Ok(Ok(result)) => TaskUpdate::Done { result },
                Ok(Err(refusal)) => TaskUpdate::Failed { refusal },
                Err(_) => TaskUpdate::Failed {
                    refusal: Refusal {
                        code: RefusalCode::Unexpected,
                        message: "This could not be worked out: a fault in Millrace itself. \
                                  The study is untouched."
                            .into(),
                        faults: Vec::new(),
                    },
                },
            });
        });
        number
    }

    /// End a task.
    ///
    /// # Errors
    /// Never: a task that is over is over.
    pub fn cancel_task(&mut self, task: u32) -> Answer<()> {
        if let Some(cancel) = self.tasks.going.remove(&task) {
            cancel.cancel();
        }
        Ok(())
    }

    /// End all tasks: what they work on is gone.
    pub(super) fn cancel_tasks(&mut self) {
        for (_, cancel) in self.tasks.going.drain() {
            cancel.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn a_task_ends_with_its_result_or_why_there_is_none() {
        let mut desk = Desk::new();
        let (send, told) = channel();
        let mut ended = |work: fn(&Progress<'_>) -> Answer<u32>| {
            let send = send.clone();
            desk.task(move |update| send.send(update).unwrap(), work);
            told.recv().unwrap()
        };
        assert!(matches!(ended(|_| Ok(7)), TaskUpdate::Done { result: 7 }));
        let refused = ended(|_| super::super::refuse(RefusalCode::NotFound, "Nothing there."));
        assert!(
            matches!(refused, TaskUpdate::Failed { refusal } if refusal.code == RefusalCode::NotFound)
        );
        let broken = ended(|_| panic!("on purpose"));
        assert!(
            matches!(broken, TaskUpdate::Failed { refusal } if refusal.code == RefusalCode::Unexpected)
        );
    }

    #[test]
    fn a_task_that_is_cancelled_says_so_and_nothing_else() {
        let mut desk = Desk::new();
        let (send, told) = channel();
        let number = desk.task(
            move |update: TaskUpdate<u32>| send.send(update).unwrap(),
            |progress| {
                while !progress.cancel.is_cancelled() {
                    std::thread::yield_now();
                }
                Ok(1)
            },
        );
        desk.cancel_task(number).unwrap();
        assert!(matches!(told.recv().unwrap(), TaskUpdate::Cancelled));
        assert!(told.recv().is_err());
    }
}
