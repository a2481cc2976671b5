//! What teams can use without rebuilding it.

use super::super::field::{Kind, Section, may, need, or};
use super::{EFFORT, section};

pub(super) fn platform() -> Section {
    section(vec![
        or(
            "capabilities",
            Kind::Tables(capability()),
            "[]",
            "Capabilities",
            "What the platform can do.",
        ),
        or(
            "environments",
            Kind::Tables(environment()),
            "[]",
            "Test environments",
            "Pools of which stages hold one while they work.",
        ),
    ])
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

fn environment() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        or(
            "name",
            Kind::Text,
            "\"\"",
            "Name",
            "Shown name; the id if empty.",
        ),
        need(
            "count",
            Kind::Whole(1.0, 100_000.0),
            "Count",
            "How many there are.",
        ),
    ])
}
