//! What is shown to a room, and what it must know besides: the steps of a presentation, and what neither
//! the model nor the study says anything about.

mod ignored;

pub use ignored::{IgnoredView, ignored};

use serde::{Deserialize, Serialize};
use specta::Type;

/// One step of a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// A view of the window, or one of its charts.
    pub view: String,
    /// Of which what-if; `None`: of the baseline.
    pub what_if: Option<String>,
    /// Stands above it; if empty, the finding does.
    pub title: String,
}
