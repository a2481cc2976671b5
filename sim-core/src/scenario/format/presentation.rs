//! The section `[presentation]`: what of a study is shown to a room, in which order. It changes no number.

use super::super::field::{Kind, Section, need, or};
use super::section;

/// Its fields.
pub(super) fn presentation() -> Section {
    section(vec![or(
        "steps",
        Kind::Tables(section(vec![
            need(
                "view",
                Kind::Text,
                "View",
                "What is shown: a view, or one of its charts.",
            ),
            or(
                "what_if",
                Kind::Text,
                "\"\"",
                "What-if",
                "Of which what-if; of the baseline if empty.",
            ),
            or(
                "title",
                Kind::Text,
                "\"\"",
                "Title",
                "Stands above it instead of the finding.",
            ),
        ])),
        "[]",
        "Steps",
        "Shown one after the other.",
    )])
}
