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
            "after",
            Kind::Text,
            "After",
            "The stage it stands after; where several streams have one of that name, “stream.stage”.",
        ),
        need(
            "kind",
            Kind::Choice(vec!["automated", "manual", "board"]),
            "Kind",
            "In the pipeline, by people, or at meetings.",
        ),
        may(
            "duration",
            TIME,
            "Duration",
            "For a check in the pipeline: how long a run takes.",
        ),
        may(
            "team",
            Kind::Text,
            "Team",
            "For a review by people: who reviews.",
        ),
        may(
            "effort",
            EFFORT,
            "Effort",
            "For a review by people: hours of work on a change of the usual size.",
        ),
        or(
            "every",
            span(1.0, 1e5),
            "\"1 week\"",
            "Every",
            "For a board: the time between meetings.",
        ),
        or(
            "first",
            span(0.0, 1e5),
            "\"0 hours\"",
            "First",
            "For a board: when the first meeting begins, counted from Monday at midnight (UTC).",
        ),
        or(
            "cut_off",
            span(0.0, 1e5),
            "\"0 hours\"",
            "Cut-off",
            "For a board: how long before a meeting papers must be in.",
        ),
        or(
            "session",
            span(0.0, 1000.0),
            "\"0 hours\"",
            "Session",
            "For a board: how long a meeting lasts; decisions fall at its end.",
        ),
        or(
            "places",
            Kind::Whole(1.0, 1e6),
            "1000000",
            "Places",
            "For a board: how many changes a meeting decides on.",
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
            "Which kinds of defects it can find.",
        ),
        need(
            "discrimination",
            Kind::Number(Unit::Plain, 0.0, 6.0),
            "Discrimination",
            "How well it tells a faulty change from a sound one: 0 not at all, 1 somewhat, 3 nearly always (the d′ of detection theory).",
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
            "Hours of work to clear a change that was stopped although it was sound.",
        ),
    ])
}
