//! Replications in parallel. Which thread makes which never shows: a replication depends on the model
//! and its number alone, and results are kept in order of number.

use crate::engine::{Engine, Replication};
use crate::model::Model;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A switch that ends a run early. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// End what runs under this switch.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was ended.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Make replications `from..to`. After a cancel, the contiguous prefix that was done.
#[must_use]
pub fn run(model: &Model, from: u64, to: u64, cancel: &Cancel) -> Vec<Replication> {
    let done: Vec<Option<Replication>> = (from..to)
        .into_par_iter()
        .map_init(
            || Engine::new(model),
            |engine, r| (!cancel.is_cancelled()).then(|| engine.run(r)),
        )
        .collect();
    done.into_iter().map_while(|r| r).collect()
}
