//! What teams can use without rebuilding it.

use super::super::field::{Kind, Section, may, need, or};
use super::{EFFORT, section};

pub(super) fn platform() -> Section {
    section(vec![or(
        "capabilities",
        Kind::Tables(capability()),
        "[]",
        "Capabilities",
        "What the platform can do.",
    )])
}

fn capability() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "One of the capabilities of the table.",
        ),
        or("level", Kind::Whole(0.0, 4.0), "0", "Level", "0 to 4."),
        may("team", Kind::Text, "Team", "Who works its tickets."),
        or(
            "ticket_effort",
            EFFORT,
            "\"4 hours\"",
            "Ticket effort",
            "Person-hours of a request that is not self-served.",
        ),
    ])
}
