//! Value streams: demand, stages, and the ways between them.

use super::super::field::{Field, Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::demand::demand;
use super::{EFFORT, SHARE, names, section};
use crate::model::{CATEGORIES, CHANGES, RISKS};

pub(super) fn stream() -> Section {
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
            "commit",
            Kind::Text,
            "Commit stage",
            "The stage after which a change counts as committed.",
        ),
        or(
            "released",
            Kind::Flag,
            "true",
            "Released",
            "Finished changes go through the pipeline; otherwise what is finished is delivered.",
        ),
        may(
            "pipeline",
            Kind::Reference,
            "Pipeline",
            "Which pipeline its changes go through; the common one unless said.",
        ),
        may(
            "wip_limit",
            Kind::Whole(1.0, 1e6),
            "Work in progress in the stream",
            "How many changes there may be between the first stage and production (CONWIP).",
        ),
        may(
            "intake_limit",
            Kind::Whole(0.0, 1e6),
            "Requests waiting at most",
            "How many requests may wait untouched; a further one is refused, and counted.",
        ),
        need(
            "demand",
            Kind::Tables(demand()),
            "Demand",
            "Work types that enter the stream.",
        ),
        need(
            "stages",
            Kind::Tables(stage()),
            "Stages",
            "Work on the way, in order.",
        ),
        or(
            "forks",
            Kind::Tables(fork()),
            "[]",
            "Forks",
            "Where work splits into parts for several teams and comes together again.",
        ),
    ])
}

fn stage() -> Section {
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
        or(
            "kind",
            Kind::Choice(vec![
                "analysis",
                "design",
                "development",
                "test",
                "operations",
            ]),
            "\"development\"",
            "Kind",
            "What the platform's levels may take effort off.",
        ),
        need("team", Kind::Reference, "Team", "Who works it."),
        need(
            "effort",
            EFFORT,
            "Effort",
            "Hours of work on a change of the usual size.",
        ),
        may(
            "wip_limit",
            Kind::Whole(1.0, 1e6),
            "Work in progress in the stage",
            "How many changes there may be in the stage, waiting and finished ones included.",
        ),
        or(
            "risks",
            Kind::Choices(names(&RISKS)),
            "[\"low\", \"medium\", \"high\"]",
            "Risk classes",
            "Which changes it applies to.",
        ),
        or(
            "changes",
            Kind::Choices(names(&CHANGES)),
            "[\"code\", \"configuration\", \"migration\", \"infrastructure\"]",
            "Change kinds",
            "Which changes it applies to.",
        ),
        types("The kinds of work it applies to; all unless said."),
        may(
            "environment",
            Kind::Text,
            "Environment",
            "The environment of which a change holds one while it is worked on here.",
        ),
        or(
            "returns",
            Kind::Tables(returns()),
            "[]",
            "Returns",
            "Rework loops, tried in order.",
        ),
        may(
            "next",
            Kind::Tables(route()),
            "Next",
            "Where changes go next, by share; to the next stage unless said.",
        ),
        or(
            "requests",
            Kind::Tables(request()),
            "[]",
            "Platform requests",
            "What work here may ask of the platform.",
        ),
        or(
            "defects",
            Kind::Numbers(names(&CATEGORIES), Unit::Plain, 0.0, 1000.0),
            "{}",
            "Defects",
            "How many defects of each kind are made here in a change of the usual size and medium risk, on average.",
        ),
        or(
            "rework_share",
            SHARE,
            "\"30%\"",
            "Rework share",
            "Share of the stage's effort that is needed again when a gate sends a change back.",
        ),
    ])
}

fn fork() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        types("Which items split; the others pass the stages one after another."),
        need(
            "parts",
            Kind::Tables(part()),
            "Parts",
            "What a change splits into: at least two parts.",
        ),
        need(
            "join",
            Kind::Text,
            "Join",
            "The stage that waits for all parts, or “done”.",
        ),
    ])
}

fn part() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        need("stages", Kind::Texts, "Stages", "Its stages, in order."),
        or(
            "share",
            Kind::Distribution(Unit::Plain),
            "1",
            "Share",
            "Size of the part against the whole item's.",
        ),
    ])
}

fn types(help: &'static str) -> Field {
    or("types", Kind::Texts, "[]", "Work types", help)
}

fn returns() -> Section {
    section(vec![
        need("to", Kind::Text, "To", "Stage gone back to."),
        need(
            "probability",
            Kind::Number(Unit::Share, 0.0, 0.999),
            "Probability",
            "How many of 100 are sent back when they are done here.",
        ),
        or(
            "effort_share",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "1",
            "Effort share",
            "Share of that stage's effort needed again.",
        ),
    ])
}

fn route() -> Section {
    section(vec![
        need("to", Kind::Text, "To", "The stage it goes to, or “done”."),
        need(
            "share",
            SHARE,
            "Share",
            "Share of the changes that leave this way.",
        ),
        or(
            "risks",
            Kind::Choices(names(&RISKS)),
            "[\"low\", \"medium\", \"high\"]",
            "Risk classes",
            "Which changes take it.",
        ),
        types("The kinds of work that take it; all unless said."),
    ])
}

fn request() -> Section {
    section(vec![
        need("capability", Kind::Text, "Capability", "What is asked for."),
        need(
            "probability",
            SHARE,
            "Probability",
            "How many of 100 ask for it each time they are worked on.",
        ),
    ])
}
