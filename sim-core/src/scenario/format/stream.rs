//! Value streams: demand, stages, and the ways between them.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
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
            "wip_limit",
            Kind::Whole(1.0, 1e6),
            "Work in progress in the stream",
            "Items between first entry and production at most (CONWIP).",
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
    ])
}

fn demand() -> Section {
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
            "arrives",
            Kind::Choice(vec!["poisson", "regular", "endless"]),
            "\"poisson\"",
            "How it arrives",
            "Random, evenly spaced, or always more than can be done.",
        ),
        or(
            "per_week",
            Kind::Number(Unit::Plain, 0.0, 1e7),
            "0",
            "Requests a week",
            "Mean number of requests a week; not for an endless backlog.",
        ),
        or(
            "size",
            Kind::Distribution(Unit::Plain),
            "1",
            "Size",
            "Multiplies effort and defects.",
        ),
        or(
            "risk",
            Kind::Mix(names(&RISKS)),
            "{ low = 0.5, medium = 0.35, high = 0.15 }",
            "Risk",
            "Shares of the risk classes.",
        ),
        or(
            "change",
            Kind::Mix(names(&CHANGES)),
            "{ code = 1 }",
            "Kind of change",
            "Shares of the change kinds.",
        ),
        or(
            "expedite",
            SHARE,
            "0",
            "Requests marked urgent",
            "Share in the expedite class.",
        ),
        or(
            "cost_of_delay",
            Kind::Number(Unit::Plain, 0.0, 1e9),
            "1",
            "Cost of delay",
            "Per week, in any unit; orders the queue under weighted shortest job first.",
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
        need("share", SHARE, "Share", "Of the items that leave."),
    ])
}

fn request() -> Section {
    section(vec![
        need("capability", Kind::Text, "Capability", "What is asked for."),
        need("probability", SHARE, "Probability", "On each visit."),
    ])
}
