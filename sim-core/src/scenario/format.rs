//! The study format, version 1, declared once.

use super::field::{Field, Kind, Section, may, need, or};
use super::quantity::Unit;
use crate::model::{CATEGORIES, CHANGES, RISKS};
use std::sync::LazyLock;

/// The newest format that is read.
pub const VERSION: f64 = 1.0;

/// Days of the week, as written.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The whole format.
pub static STUDY: LazyLock<Section> = LazyLock::new(study);

fn section(fields: Vec<Field>) -> Section {
    Section { fields }
}

fn names(all: &[&'static str]) -> Vec<&'static str> {
    all.to_vec()
}

const TIME: Kind = Kind::Distribution(Unit::Time);
const EFFORT: Kind = Kind::Distribution(Unit::Effort);
const SHARE: Kind = Kind::Number(Unit::Share, 0.0, 1.0);

fn span(min: f64, max: f64) -> Kind {
    Kind::Number(Unit::Time, min, max)
}

fn study() -> Section {
    section(vec![
        need(
            "format",
            Kind::Whole(1.0, 1e6),
            "Format",
            "Version of this format: 1.",
        ),
        need("name", Kind::Text, "Name", "What the study is called."),
        or(
            "description",
            Kind::Text,
            "\"\"",
            "Description",
            "What it describes, in a sentence or two.",
        ),
        or(
            "seed",
            Kind::Whole(0.0, 9e15),
            "1",
            "Seed",
            "Root of all luck: the same seed gives the same years.",
        ),
        or(
            "run",
            Kind::Table(run()),
            "{}",
            "Run",
            "What is simulated and counted.",
        ),
        or(
            "outcome",
            Kind::Table(outcome()),
            "{}",
            "Outcome",
            "Why: objectives, and who goes first.",
        ),
        need(
            "streams",
            Kind::Tables(stream()),
            "Value streams",
            "The paths work takes from idea to user.",
        ),
        or(
            "calendars",
            Kind::Tables(calendar()),
            "[]",
            "Calendars",
            "Working hours teams can refer to.",
        ),
        need("teams", Kind::Tables(team()), "Teams", "Who does what."),
        or(
            "handoffs",
            Kind::Table(handoffs()),
            "{}",
            "Handoffs",
            "What passing work between teams costs.",
        ),
        or(
            "platform",
            Kind::Table(platform()),
            "{}",
            "Platform",
            "What teams can use without rebuilding it.",
        ),
        may(
            "pipeline",
            Kind::Table(pipeline()),
            "Pipeline",
            "How a change travels from code to production.",
        ),
        or(
            "governance",
            Kind::Table(governance()),
            "{}",
            "Governance",
            "The gates a change passes.",
        ),
        or(
            "production",
            Kind::Table(production()),
            "{}",
            "Production",
            "What happens to defects that escape.",
        ),
        may(
            "improvement",
            Kind::Table(super::format_improvement::improvement()),
            "Improvement",
            "What is learned from releases while a change goes on.",
        ),
        or(
            "what_ifs",
            Kind::Tables(what_if()),
            "[]",
            "What-ifs",
            "Named lists of changes to the baseline.",
        ),
    ])
}

fn run() -> Section {
    section(vec![
        or(
            "weeks",
            Kind::Number(Unit::Plain, 1.0, 100_000.0),
            "52",
            "Weeks counted",
            "Length of the counted window.",
        ),
        may(
            "warm_up",
            span(0.0, 1e8),
            "Warm-up",
            "Time before counting starts; found from the runs if absent.",
        ),
        or(
            "drain",
            span(0.0, 1e8),
            "\"52 weeks\"",
            "Drain",
            "How long requests of the window are followed after it.",
        ),
        or(
            "replications",
            Kind::Whole(2.0, 1e6),
            "1000",
            "Replications",
            "Simulated years.",
        ),
        or(
            "smallest_difference",
            SHARE,
            "\"10%\"",
            "Smallest difference worth having",
            "Below it a difference is called too small to matter, however sure.",
        ),
    ])
}

fn outcome() -> Section {
    section(vec![
        or(
            "queue_policy",
            Kind::Choice(vec![
                "fifo",
                "class of service",
                "weighted shortest job first",
            ]),
            "\"fifo\"",
            "Who goes first",
            "How every team orders its queue.",
        ),
        or(
            "expedite",
            Kind::Choice(vec!["next free person", "interrupts"]),
            "\"next free person\"",
            "Expedite work",
            "Whether urgent work waits for the next free person or interrupts.",
        ),
        or(
            "objectives",
            Kind::Tables(objective()),
            "[]",
            "Objectives",
            "Promises whose chance is reported.",
        ),
    ])
}

fn objective() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        need("name", Kind::Text, "Name", "What is promised."),
        need(
            "metric",
            Kind::Choice(vec![
                "lead time",
                "incidents per month",
                "impact hours per month",
                "throughput per week",
            ]),
            "Metric",
            "What is measured.",
        ),
        or(
            "percentile",
            Kind::Number(Unit::Plain, 1.0, 99.0),
            "85",
            "Percentile",
            "For lead time: this many of 100 within the target.",
        ),
        need(
            "target",
            Kind::Any,
            "Target",
            "A span of time for lead time, a number otherwise.",
        ),
    ])
}

fn stream() -> Section {
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

fn calendar() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        or(
            "days",
            Kind::Choices(names(&DAYS)),
            "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]",
            "Days",
            "Working days.",
        ),
        or(
            "from",
            Kind::Number(Unit::Plain, 0.0, 24.0),
            "9",
            "From",
            "Hour of the local day at which work starts.",
        ),
        or(
            "to",
            Kind::Number(Unit::Plain, 0.0, 48.0),
            "17",
            "To",
            "Hour at which it ends; beyond 24 for a shift over midnight.",
        ),
        or(
            "utc_offset",
            Kind::Number(Unit::Plain, -14.0, 14.0),
            "0",
            "UTC offset",
            "Hours the local clock is ahead of UTC.",
        ),
    ])
}

fn team() -> Section {
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
                "stream-aligned",
                "platform",
                "enabling",
                "complicated-subsystem",
                "front end",
                "back end",
                "database",
                "infrastructure",
                "qa",
            ]),
            "\"stream-aligned\"",
            "Kind",
            "How the team is cut: a label that `millrace check` shows; it changes no number.",
        ),
        need(
            "people",
            Kind::Whole(1.0, 100_000.0),
            "People",
            "Head-count.",
        ),
        or(
            "focus",
            Kind::Number(Unit::Share, 0.05, 1.0),
            "\"70%\"",
            "Time kept for planned work",
            "Share of working time that meetings and support leave.",
        ),
        or(
            "items_per_person",
            Kind::Number(Unit::Plain, 0.01, 1000.0),
            "1",
            "Items a person",
            "Items in progress per person at most.",
        ),
        or(
            "switching_cost",
            Kind::Number(Unit::Share, 0.0, 5.0),
            "0",
            "Cost of switching",
            "Time lost for each further item a person has in progress.",
        ),
        or(
            "calendar",
            Kind::Text,
            "\"\"",
            "Calendar",
            "A calendar's id; `always`; empty for Monday to Friday, 9 to 17.",
        ),
    ])
}

fn handoffs() -> Section {
    let mut fields = mode();
    fields.push(or(
        "pairs",
        Kind::Tables(pair()),
        "[]",
        "Pairs",
        "Handoffs between two named teams that differ.",
    ));
    section(fields)
}

fn mode() -> Vec<Field> {
    vec![
        or(
            "mode",
            Kind::Choice(vec![
                "ticket queue",
                "facilitating",
                "collaboration",
                "x-as-a-service",
            ]),
            "\"ticket queue\"",
            "How teams ask for help",
            "Sets delay, effort and lost information from the table of interaction modes.",
        ),
        may(
            "delay",
            TIME,
            "Delay",
            "Working hours of the receiver before the item is in its queue.",
        ),
        may(
            "sender_effort",
            Kind::Number(Unit::Effort, 0.0, 1000.0),
            "Sender's effort",
            "Person-hours of the team that passes on.",
        ),
        may(
            "receiver_effort",
            Kind::Number(Unit::Effort, 0.0, 1000.0),
            "Receiver's effort",
            "Person-hours of the team that takes over.",
        ),
        may(
            "lost_information",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "Lost information",
            "Further defects, as a share of those the next stage injects.",
        ),
    ]
}

fn pair() -> Section {
    let mut fields = vec![
        need("from", Kind::Text, "From", "Sending team."),
        need("to", Kind::Text, "To", "Receiving team."),
    ];
    fields.extend(mode());
    section(fields)
}

fn platform() -> Section {
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

fn pipeline() -> Section {
    section(vec![
        or(
            "steps",
            Kind::Tables(step()),
            "[]",
            "Steps",
            "Automated steps each change passes.",
        ),
        or(
            "policy",
            Kind::Choice(vec!["each", "batch", "train"]),
            "\"each\"",
            "Release policy",
            "Each change by itself, all that is ready, or a train with a schedule.",
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
            "Your own, beside those of the table.",
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
    ])
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
pub(super) fn strategy() -> Section {
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

fn governance() -> Section {
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

fn production() -> Section {
    section(vec![
        or(
            "latent_life",
            Kind::Numbers(names(&CATEGORIES), Unit::Time, 0.01, 1e7),
            "{}",
            "Latent life",
            "Mean time at full exposure until a defect shows, by category.",
        ),
        or(
            "background_incidents",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "0",
            "Background incidents a month",
            "That no change caused, per released stream.",
        ),
        may(
            "detection",
            span(0.0, 1e5),
            "Detection",
            "Mean time until a defect that shows is noticed; from observability if absent.",
        ),
        or(
            "coordination",
            span(0.0, 1000.0),
            "\"30 minutes\"",
            "Coordination",
            "Added to each response for each team of the stream beyond the first, before release status is shared.",
        ),
        or(
            "fix",
            TIME,
            "{ dist = \"lognormal\", median = \"4 hours\", p85 = \"12 hours\" }",
            "Fixing forward",
            "Time with all responders.",
        ),
        or(
            "responders",
            Kind::Whole(1.0, 1000.0),
            "2",
            "Responders",
            "People called to an incident.",
        ),
        or(
            "repair_share",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "\"30%\"",
            "Repair size",
            "Size of the repair item, as a share of the change's.",
        ),
        or(
            "bad_fix",
            SHARE,
            "\"7%\"",
            "Bad fixes",
            "Probability that a repair injects a new defect (C. Jones, 2011: 7%).",
        ),
        or(
            "risk_factor",
            Kind::Numbers(names(&RISKS), Unit::Plain, 0.0, 100.0),
            "{}",
            "Risk factor",
            "Multiplies injected defects by risk class.",
        ),
    ])
}

fn what_if() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        need("name", Kind::Text, "Name", "Shown name."),
        or("by", Kind::Text, "\"\"", "By", "Who proposes it."),
        or(
            "start_week",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "0",
            "Start week",
            "When the change begins.",
        ),
        or(
            "full_effect_weeks",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "0",
            "Weeks until full effect",
            "From the start.",
        ),
        or(
            "dip",
            SHARE,
            "\"15%\"",
            "Dip",
            "Share of their speed that the teams it touches lose when it takes effect.",
        ),
        or(
            "dip_weeks",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "8",
            "Weeks of the dip",
            "Until they are as fast as before; the loss falls linearly.",
        ),
        or(
            "cost",
            Kind::Free(Unit::Plain, 0.0, 1e6),
            "{}",
            "Cost",
            "Person-weeks by team.",
        ),
        or(
            "includes",
            Kind::Texts,
            "[]",
            "Includes",
            "What-ifs whose changes come first.",
        ),
        or(
            "changes",
            Kind::Any,
            "[]",
            "Changes",
            "set, scale, add, remove: applied in order.",
        ),
        or(
            "levers",
            Kind::Any,
            "{}",
            "Levers",
            "Positions of primary levers.",
        ),
    ])
}
