//! The gates a change passes.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{EFFORT, TIME, names, section, span};
use crate::model::{CATEGORIES, CHANGES, RISKS};

pub(super) fn governance() -> Section {
    section(vec![
        or(
            "emergency_path",
            Kind::Flag,
            "false",
            "Emergency path",
            "Repairs skip boards and trains.",
        ),
        or(
            "gates",
            Kind::Tables(gate()),
            "[]",
            "Gates",
            "In the order in which they stand after a stage.",
        ),
    ])
}

fn gate() -> Section {
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
            "after",
            Kind::Text,
            "After",
            "The stage it stands after: `stage`, or `stream.stage` where several streams have it.",
        ),
        need(
            "kind",
            Kind::Choice(vec!["automated", "manual", "board"]),
            "Kind",
            "In the pipeline, by people, or at meetings.",
        ),
        may("duration", TIME, "Duration", "Automated: time of a run."),
        may("team", Kind::Text, "Team", "Manual: who reviews."),
        may(
            "effort",
            EFFORT,
            "Effort",
            "Manual: person-hours for a change of size 1.",
        ),
        or(
            "every",
            span(1.0, 1e5),
            "\"1 week\"",
            "Every",
            "Board: between sessions.",
        ),
        or(
            "first",
            span(0.0, 1e5),
            "\"0 hours\"",
            "First",
            "Board: start of the first session after Monday 00:00 UTC.",
        ),
        or(
            "cut_off",
            span(0.0, 1e5),
            "\"0 hours\"",
            "Cut-off",
            "Board: papers must be in this long before.",
        ),
        or(
            "session",
            span(0.0, 1000.0),
            "\"0 hours\"",
            "Session",
            "Board: its length; decisions fall at its end.",
        ),
        or(
            "places",
            Kind::Whole(1.0, 1e6),
            "1000000",
            "Places",
            "Board: changes a session.",
        ),
        or(
            "risks",
            Kind::Choices(names(&RISKS)),
            "[\"low\", \"medium\", \"high\"]",
            "Risk classes",
            "Which changes it judges.",
        ),
        or(
            "changes",
            Kind::Choices(names(&CHANGES)),
            "[\"code\", \"configuration\", \"migration\", \"infrastructure\"]",
            "Change kinds",
            "Which changes it judges.",
        ),
        or(
            "covers",
            Kind::Choices(names(&CATEGORIES)),
            "[\"functional\", \"performance\", \"security\", \"compliance\", \"operational\"]",
            "Covers",
            "Defect categories it can find.",
        ),
        need(
            "discrimination",
            Kind::Number(Unit::Plain, 0.0, 6.0),
            "Discrimination",
            "d′: how well it tells a faulty change from a sound one.",
        ),
        or(
            "strictness",
            Kind::Number(Unit::Plain, 0.0, 1.0),
            "0.5",
            "Strictness",
            "Where it draws the line: 0 stops almost nothing, 1 almost all.",
        ),
        or(
            "triage",
            EFFORT,
            "\"2 hours\"",
            "Triage",
            "Person-hours of the stage's team to clear a false stop.",
        ),
    ])
}
