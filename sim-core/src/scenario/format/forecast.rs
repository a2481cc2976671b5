//! The section `[forecast]`: work that is there today.

use super::super::field::{Field, Kind, Section, may, need, or};
use super::section;

/// Items in one row: the system holds no more in all.
const MOST: f64 = 1e6;

/// Its fields.
pub(super) fn forecast() -> Section {
    section(vec![
        may(
            "date",
            Kind::Text,
            "Date",
            "The day in whose morning (UTC) the work was counted, as 2026-11-23; a Monday unless said.",
        ),
        or(
            "new_requests",
            Kind::Flag,
            "true",
            "New requests",
            "Requests keep coming as the demand says, and take people's time; only what is there is forecast.",
        ),
        or(
            "in_progress",
            Kind::Tables(in_progress()),
            "[]",
            "In progress",
            "Items begun, by stage and work type.",
        ),
        or(
            "backlog",
            Kind::Tables(section(vec![stream(), work_type(), count()])),
            "[]",
            "Backlog",
            "Items requested and not begun, by work type, the first to be begun first.",
        ),
    ])
}

fn in_progress() -> Section {
    section(vec![
        stream(),
        need(
            "stage",
            Kind::Reference,
            "Stage",
            "The stage they are in; the last they were in, if they wait at a gate or for a release.",
        ),
        work_type(),
        count(),
        or(
            "left",
            super::SHARE,
            "1",
            "Left",
            "Share of the stage's work that is left of each; 0 for what waits at a gate or for a release.",
        ),
    ])
}

fn stream() -> Field {
    may(
        "stream",
        Kind::Reference,
        "Value stream",
        "Which value stream; needed where there are several.",
    )
}

fn work_type() -> Field {
    may(
        "type",
        Kind::Reference,
        "Work type",
        "Which kind of work; needed where there are several.",
    )
}

fn count() -> Field {
    need("count", Kind::Whole(0.0, MOST), "Count", "How many items.")
}
