//! Value streams: demand, stages, and the ways between them.

use super::super::field::{Field, Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::demand::demand;
use super::{EFFORT, SHARE, names, section};
use crate::model::{CATEGORIES, CHANGES, RISKS};

pub(super) fn stream() -> Section {
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
            "commit",
            Kind::Text,
            "Commit stage",
            "The stage whose first completion is the commit.",
        ),
        or(
            "released",
            Kind::Flag,
            "true",
            "Released",
            "Finished changes go through the pipeline; else finished is delivered.",
        ),
        may(
            "pipeline",
            Kind::Reference,
            "Pipeline",
            "Id of the one of `pipelines` that its changes go through; `pipeline` if absent.",
        ),
        may(
            "wip_limit",
            Kind::Whole(1.0, 1e6),
            "Work in progress in the stream",
            "Items between first entry and production at most (CONWIP).",
        ),
        may(
            "intake_limit",
            Kind::Whole(0.0, 1e6),
            "Requests waiting at most",
            "Requests that nobody has touched yet; a further one is refused, and counted.",
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
        need("id", Kind::Id, "Id", "Stable name."),
        or(
            "name",
            Kind::Text,
            "\"\"",
            "Name",
            "Shown name; the id if empty.",
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
            "Person-hours of touch time for an item of size 1.",
        ),
        may(
            "wip_limit",
            Kind::Whole(1.0, 1e6),
            "Work in progress in the stage",
            "Waiting, active and finished-but-blocked items at most.",
        ),
        or(
            "risks",
            Kind::Choices(names(&RISKS)),
            "[\"low\", \"medium\", \"high\"]",
            "Risk classes",
            "Which items it applies to.",
        ),
        or(
            "changes",
            Kind::Choices(names(&CHANGES)),
            "[\"code\", \"configuration\", \"migration\", \"infrastructure\"]",
            "Change kinds",
            "Which items it applies to.",
        ),
        types("Ids of the demand it applies to; empty for all."),
        may(
            "environment",
            Kind::Text,
            "Environment",
            "Id of the pool of the platform from which an item holds one while it is worked on here.",
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
            "Where items go, by share; the next stage in order if absent.",
        ),
        or(
            "requests",
            Kind::Tables(request()),
            "[]",
            "Platform requests",
            "What a visit may ask of the platform.",
        ),
        or(
            "defects",
            Kind::Numbers(names(&CATEGORIES), Unit::Plain, 0.0, 1000.0),
            "{}",
            "Defects",
            "Mean defects injected by category, for an item of size 1 and medium risk.",
        ),
        or(
            "rework_share",
            SHARE,
            "\"30%\"",
            "Rework share",
            "Share of the stage's effort when a gate sends an item back to it.",
        ),
    ])
}

fn fork() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        types("Which items split; the others pass the stages one after another."),
        need(
            "parts",
            Kind::Tables(part()),
            "Parts",
            "What an item splits into: at least two.",
        ),
        need(
            "join",
            Kind::Text,
            "Join",
            "The stage that waits for all parts, or `done`.",
        ),
    ])
}

fn part() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        need(
            "stages",
            Kind::Texts,
            "Stages",
            "Ids of its stages, in the stream's order.",
        ),
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
            "On each completion.",
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
        need("to", Kind::Text, "To", "A stage, or `done`."),
        need(
            "share",
            SHARE,
            "Share",
            "Of the items that leave; where routes are for some items only, those that apply to an item add up to 1.",
        ),
        or(
            "risks",
            Kind::Choices(names(&RISKS)),
            "[\"low\", \"medium\", \"high\"]",
            "Risk classes",
            "Which items take it.",
        ),
        types("Ids of the demand that takes it; empty for all."),
    ])
}

fn request() -> Section {
    section(vec![
        need("capability", Kind::Text, "Capability", "What is asked for."),
        need("probability", SHARE, "Probability", "On each visit."),
    ])
}
