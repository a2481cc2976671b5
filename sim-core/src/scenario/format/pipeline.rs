//! How a change travels from code to production.

use super::super::field::{Field, Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{EFFORT, TIME, names, section, span};
use crate::model::{CHANGES, RISKS};

/// The pipeline of streams that name no other.
pub(super) fn pipeline() -> Section {
    let mut fields = of_a_pipeline();
    fields.push(may(
        "runners",
        Kind::Whole(1.0, 1e5),
        "Runners",
        "How many automated runs can go on at one time, in all pipelines; any number unless said.",
    ));
    section(fields)
}

/// One that streams refer to.
pub(super) fn named() -> Section {
    let mut fields = vec![need(
        "id",
        Kind::Id,
        "Id",
        "The name by which a value stream refers to it; it never changes.",
    )];
    fields.extend(of_a_pipeline());
    section(fields)
}

fn of_a_pipeline() -> Vec<Field> {
    vec![
        or(
            "steps",
            Kind::Tables(step()),
            "[]",
            "Steps",
            "Automated steps each change passes.",
        ),
        or(
            "policy",
            Kind::Choice(vec!["each", "batch", "sized", "train"]),
            "\"each\"",
            "Release policy",
            "Each change by itself, all that is ready, as soon as so many are ready, or a train with a schedule.",
        ),
        or(
            "batch_size",
            Kind::Whole(1.0, 1e5),
            "5",
            "Batch size",
            "How many changes a release waits for, if it waits for a number.",
        ),
        or(
            "every",
            span(1.0, 1e5),
            "\"2 weeks\"",
            "Train every",
            "The time from one train to the next.",
        ),
        or(
            "departs",
            span(0.0, 1e5),
            "\"0 hours\"",
            "First departure",
            "When the first train leaves, counted from Monday at midnight (UTC).",
        ),
        or(
            "cut_off",
            span(0.0, 1e5),
            "\"0 hours\"",
            "Cut-off",
            "How long before the train leaves a change must be ready.",
        ),
        may(
            "windows",
            Kind::Reference,
            "Release windows",
            "The calendar in whose hours a release may begin; at any time unless said.",
        ),
        or(
            "freezes",
            Kind::Tables(freeze()),
            "[]",
            "Freezes",
            "Spans in which nothing but emergencies is released.",
        ),
        or(
            "irreversible",
            Kind::Numbers(names(&CHANGES), Unit::Share, 0.0, 1.0),
            "{}",
            "Irreversible changes",
            "Of 100 changes of a kind, how many cannot be taken back; of data, before the platform automates that.",
        ),
        or(
            "rush",
            Kind::Number(Unit::Plain, 1.0, 100.0),
            "1",
            "Rush",
            "How many times as many defects are made shortly before the cut-off of a train.",
        ),
        or(
            "rush_before",
            span(0.0, 1e5),
            "\"24 hours\"",
            "Rush before",
            "How long before the cut-off of a train work is rushed.",
        ),
        or(
            "strategy",
            Kind::Reference,
            "\"recreate\"",
            "How a release reaches users",
            "Who sees a release first, and for how long, before everyone does.",
        ),
        or(
            "strategy_rules",
            Kind::Tables(strategy_rule()),
            "[]",
            "Strategy rules",
            "Other ways of releasing for some risks and kinds of changes; the first that fits counts.",
        ),
        or(
            "undo",
            Kind::Choice(vec![
                "by strategy",
                "none",
                "by hand",
                "one button",
                "automatic",
            ]),
            "\"by strategy\"",
            "Undoing a release",
            "How a release is taken back, if not as its strategy does.",
        ),
        or(
            "strategies",
            Kind::Tables(strategy()),
            "[]",
            "Strategies",
            "Ways of releasing of your own.",
        ),
        may(
            "coordination",
            Kind::Table(coordination()),
            "Coordination",
            "Work each release asks of teams.",
        ),
        may(
            "by_hand",
            Kind::Table(by_hand()),
            "Deploying by hand",
            "Work of deploying, as far as it is not automated.",
        ),
        may(
            "rollback_team",
            Kind::Text,
            "Rollback team",
            "Whose people roll back by hand; the team that made the defect unless said.",
        ),
    ]
}

fn step() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        need("duration", TIME, "Duration", "Time of one run."),
        or(
            "flaky",
            Kind::Number(Unit::Share, 0.0, 0.95),
            "0",
            "Flaky",
            "Probability that a run fails for no reason and is run again.",
        ),
    ])
}

fn freeze() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        need(
            "from",
            span(0.0, 1e7),
            "From",
            "When the first one starts, counted from Monday at midnight (UTC) of the first week.",
        ),
        need("length", span(0.0, 1e6), "Length", "How long it lasts."),
        or(
            "every",
            span(0.0, 1e7),
            "\"52 weeks\"",
            "Every",
            "From the start of one to the next; nothing if it comes once.",
        ),
    ])
}

fn strategy_rule() -> Section {
    section(vec![
        or(
            "risks",
            Kind::Choices(names(&RISKS)),
            "[\"low\", \"medium\", \"high\"]",
            "Risk classes",
            "Which changes.",
        ),
        or(
            "changes",
            Kind::Choices(names(&CHANGES)),
            "[\"code\", \"configuration\", \"migration\", \"infrastructure\"]",
            "Change kinds",
            "Which changes.",
        ),
        need("strategy", Kind::Text, "Strategy", "What they use."),
    ])
}

/// The fields of a deployment strategy, of the table and of a study alike.
pub(in crate::scenario) fn strategy() -> Section {
    section(vec![
        need("id", Kind::Text, "Id", "Name to refer to it by."),
        need(
            "steps",
            Kind::Tables(exposure()),
            "Steps",
            "What share of the users has the new version, step by step; the last reaches everyone.",
        ),
        or(
            "undo",
            Kind::Choice(vec!["none", "by hand", "one button", "automatic"]),
            "\"by hand\"",
            "Way back",
            "How a release is taken back.",
        ),
        or(
            "downtime",
            span(0.0, 1000.0),
            "\"0 hours\"",
            "Downtime",
            "Time in which nobody is served, each deployment.",
        ),
        may(
            "self_check",
            span(0.0, 1000.0),
            "Own check",
            "Mean time in which the rollout itself notices that something is wrong, before everyone has it.",
        ),
        or(
            "requires",
            Kind::Free(Unit::Plain, 0.0, 4.0),
            "{}",
            "Requires",
            "What the platform must be able to do for it.",
        ),
        or(
            "source",
            Kind::Text,
            "\"assumption\"",
            "Source",
            "Where its numbers come from.",
        ),
    ])
}

fn exposure() -> Section {
    section(vec![
        need(
            "share",
            Kind::Number(Unit::Share, 0.0001, 1.0),
            "Share",
            "How many of 100 users have the new version.",
        ),
        or(
            "bake",
            span(0.0, 10_000.0),
            "\"0 hours\"",
            "Bake",
            "Time before the next step.",
        ),
    ])
}

fn coordination() -> Section {
    section(vec![
        need("teams", Kind::Texts, "Teams", "Who takes part."),
        need(
            "effort",
            EFFORT,
            "Effort",
            "Hours of work of each team for each release, before release status is shared.",
        ),
    ])
}

fn by_hand() -> Section {
    section(vec![
        need("team", Kind::Text, "Team", "Who deploys."),
        need(
            "effort",
            EFFORT,
            "Effort",
            "Hours of work for each release, before deployment is automated.",
        ),
    ])
}
