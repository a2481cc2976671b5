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
        "Automated runs that go on at one time, of gates and of the steps of all pipelines; any number if absent.",
    ));
    section(fields)
}

/// One that streams refer to.
pub(super) fn named() -> Section {
    let mut fields = vec![need(
        "id",
        Kind::Id,
        "Id",
        "Stable name, which a stream refers to.",
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
            "Sized: changes that a release waits for.",
        ),
        or(
            "every",
            span(1.0, 1e5),
            "\"2 weeks\"",
            "Train every",
            "Between departures.",
        ),
        or(
            "departs",
            span(0.0, 1e5),
            "\"0 hours\"",
            "First departure",
            "Time of the first departure after Monday 00:00 UTC.",
        ),
        or(
            "cut_off",
            span(0.0, 1e5),
            "\"0 hours\"",
            "Cut-off",
            "What is ready this long before the departure is on it.",
        ),
        may(
            "windows",
            Kind::Reference,
            "Release windows",
            "Id of the calendar in whose hours a release may begin; at any time if absent.",
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
            "Share of a kind's changes that cannot be taken back; for migrations before the platform's data-change automation.",
        ),
        or(
            "rush",
            Kind::Number(Unit::Plain, 1.0, 100.0),
            "1",
            "Rush",
            "Trains: multiplies the defects of stages finished shortly before the cut-off.",
        ),
        or(
            "rush_before",
            span(0.0, 1e5),
            "\"24 hours\"",
            "Rush before",
            "Trains: how long before the cut-off work is rushed.",
        ),
        or(
            "strategy",
            Kind::Reference,
            "\"recreate\"",
            "How a release reaches users",
            "A deployment strategy of the table or of this file.",
        ),
        or(
            "strategy_rules",
            Kind::Tables(strategy_rule()),
            "[]",
            "Strategy rules",
            "Other strategies for some risk classes and change kinds; the first that fits.",
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
            "The way back, if not the strategy's own.",
        ),
        or(
            "strategies",
            Kind::Tables(strategy()),
            "[]",
            "Strategies",
            "Your own, beside those of the table. Every pipeline has those of `pipeline` too.",
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
            "Whose people roll back by hand; the team that made the defect if absent.",
        ),
    ]
}

fn step() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
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
        need("id", Kind::Id, "Id", "Stable name."),
        need(
            "from",
            span(0.0, 1e7),
            "From",
            "Start of the first one after Monday 00:00 UTC of the run's first week.",
        ),
        need("length", span(0.0, 1e6), "Length", "How long it lasts."),
        or(
            "every",
            span(0.0, 1e7),
            "\"52 weeks\"",
            "Every",
            "From the start of one to the next; `0 hours`: it comes once.",
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
            "Exposure steps; the last reaches everyone.",
        ),
        or(
            "undo",
            Kind::Choice(vec!["none", "by hand", "one button", "automatic"]),
            "\"by hand\"",
            "Way back",
            "A row of the table of ways back.",
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
            "Capability levels without which it is refused.",
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
            "Of users on the new version.",
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
            "Person-hours of each team for each release, before release status is shared.",
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
            "Person-hours for each release, before deployment is automated.",
        ),
    ])
}
