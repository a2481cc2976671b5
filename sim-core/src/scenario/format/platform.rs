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
            "Environments of which a change holds one while it is worked on.",
        ),
    ])
}

fn capability() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Which capability."),
        or(
            "level",
            Kind::Whole(0.0, 4.0),
            "0",
            "Level",
            "How far it is built, from 0 (by hand) to 4.",
        ),
        may("team", Kind::Text, "Team", "Who works its tickets."),
        or(
            "ticket_effort",
            EFFORT,
            "\"4 hours\"",
            "Ticket effort",
            "Hours of work on a request that nobody can serve themselves.",
        ),
    ])
}

fn environment() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        or(
            "name",
            Kind::Text,
            "\"\"",
            "Name",
            "What it is called on screen.",
        ),
        need(
            "count",
            Kind::Whole(1.0, 100_000.0),
            "Count",
            "How many there are.",
        ),
    ])
}
