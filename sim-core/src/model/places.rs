//! Where an item can be, for the accounting of time: every stage, every gate, every stream's release.

use super::Model;

/// An index into the places of a model.
pub type Place = usize;

/// The order of places: stages, then gates, then for each stream waiting for its start and its release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    stages: usize,
    gates: usize,
    streams: usize,
}

impl Places {
    /// The places of a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        Self {
            stages: model.stages.len(),
            gates: model.gates.len(),
            streams: model.streams.len(),
        }
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.stages + self.gates + 2 * self.streams
    }

    /// A stage.
    #[must_use]
    pub fn stage(&self, i: usize) -> Place {
        i
    }

    /// A stage, or before the first one of a stream where `stage` is none.
    #[must_use]
    #[inline]
    pub fn standing(&self, stage: u32, stream: u32) -> Place {
        if stage == u32::MAX {
            self.backlog(stream as usize)
        } else {
            self.stage(stage as usize)
        }
    }

    /// A gate.
    #[must_use]
    pub fn gate(&self, i: usize) -> Place {
        self.stages + i
    }

    /// Before a stream's first stage: the request waits for a place.
    #[must_use]
    pub fn backlog(&self, stream: usize) -> Place {
        self.stages + self.gates + stream
    }

    /// After a stream's last stage: pipeline, release, deployment.
    #[must_use]
    pub fn release(&self, stream: usize) -> Place {
        self.stages + self.gates + self.streams + stream
    }
}
