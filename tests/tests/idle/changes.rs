//! Mechanisms said so that they do nothing.

/// Everything a change may ask for without asking for anything: as a what-if would write it.
pub const IDLE: [(&str, &str); 33] = [
    (
        "a batch of one",
        r#"{ set = "streams.release.demand.change.batch", to = 1 }"#,
    ),
    (
        "patience beyond all waits",
        r#"{ set = "streams.release.demand.change.patience", to = "1e6 hours" }"#,
    ),
    (
        "an intake that is never full",
        r#"{ set = "streams.release.intake_limit", to = 1000000 }"#,
    ),
    (
        "an estimate that takes no time",
        r#"{ set = "streams.release.demand.change.estimation", to = { team = "qa", effort = "0 hours" } }"#,
    ),
    (
        "an even season",
        r#"{ set = "streams.release.demand.change.season", to = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] }"#,
    ),
    (
        "an even rhythm",
        r#"{ set = "streams.release.demand.change.rhythm", to = { mon = 3, tue = 3, wed = 3, thu = 3, fri = 3, sat = 3, sun = 3 } }"#,
    ),
    (
        "a work type of which none comes",
        r#"{ add = "streams.release.demand", value = { id = "aaa", size = 9 }, before = "change" }"#,
    ),
    (
        "a limit of the stream that is never reached",
        r#"{ set = "streams.release.wip_limit", to = 1000000 }"#,
    ),
    (
        "a limit of a stage that is never reached",
        r#"{ set = "streams.release.stages.testing.wip_limit", to = 1000000 }"#,
    ),
    (
        "a return that never happens",
        r#"{ set = "streams.release.stages.packaging.returns", to = [{ to = "analysis", probability = 0 }] }"#,
    ),
    (
        "a return that never happens before one that does",
        r#"{ set = "streams.release.stages.testing.returns", to = [{ to = "analysis", probability = 0 }, { to = "development", probability = "15%", effort_share = 0.3 }] }"#,
    ),
    (
        "a return that never happens after one that does",
        r#"{ set = "streams.release.stages.testing.returns", to = [{ to = "development", probability = "15%", effort_share = 0.3 }, { to = "analysis", probability = 0 }] }"#,
    ),
    (
        "the order of stages as a route",
        r#"{ set = "streams.release.stages.analysis.next", to = [{ to = "development", share = 1 }] }"#,
    ),
    (
        "a route that nobody takes",
        r#"{ set = "streams.release.stages.analysis.next", to = [{ to = "testing", share = 0 }, { to = "development", share = 1 }] }"#,
    ),
    (
        "a stage for all types by name",
        r#"{ set = "streams.release.stages.testing.types", to = ["change"] }"#,
    ),
    (
        "a request that is never made",
        r#"{ set = "streams.release.stages.packaging.requests", to = [{ capability = "test-environments", probability = 0 }] }"#,
    ),
    (
        "environments for everybody",
        r#"{ set = "platform.environments", to = [{ id = "e", count = 100000 }] }, { set = "streams.release.stages.testing.environment", to = "e" }"#,
    ),
    (
        "a load that a team can hold",
        r#"{ set = "teams.app.load", to = { domains = 3, tools = 2, capacity = 5, effort = 2, defects = 2 } }"#,
    ),
    (
        "coaches of a team that holds its load",
        r#"{ set = "teams.app.load", to = { domains = 3, capacity = 5 } }, { add = "teams", value = { id = "coaches", kind = "enabling", people = 1, enables = [{ id = "e", team = "app", capacity = 3, weeks = 0, effort_per_week = "8 hours" }] } }"#,
    ),
    (
        "replacement and learning where nobody leaves",
        r#"{ set = "teams.app.replacement", to = "90 weeks" }, { set = "teams.app.ramp_up", to = "90 weeks" }, { set = "teams.app.ramp_start", to = 0 }, { set = "teams.app.mentoring", to = 1 }, { set = "teams.app.spell", to = "9 weeks" }"#,
    ),
    (
        "the usual hours by name",
        r#"{ add = "calendars", value = { id = "usual" } }, { set = "teams.app.calendar", to = "usual" }"#,
    ),
    (
        "the kind of a team whose handoffs have one mode",
        r#"{ set = "teams.app.kind", to = "complicated-subsystem" }"#,
    ),
    (
        "a handoff as it is, by name",
        r#"{ set = "handoffs.pairs", to = [{ from = "app", to = "platform", mode = "ticket queue" }] }"#,
    ),
    (
        "a handoff between teams that have none",
        r#"{ set = "handoffs.pairs", to = [{ from = "infrastructure", to = "qa", mode = "collaboration" }] }"#,
    ),
    (
        "runners for everything",
        r#"{ set = "pipeline.runners", to = 100000 }"#,
    ),
    (
        "a release window that is never shut",
        r#"{ add = "calendars", value = { id = "all", days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from = 0, to = 24 } }, { set = "pipeline.windows", to = "all" }"#,
    ),
    (
        "a freeze after the end of time",
        r#"{ set = "pipeline.freezes", to = [{ id = "f", from = "1e6 hours", length = "1 week", every = "0 hours" }] }"#,
    ),
    (
        "freezes of no length",
        r#"{ set = "pipeline.freezes", to = [{ id = "f", from = "1 week", length = "0 hours", every = "1 week" }] }"#,
    ),
    (
        "a hurry of no time",
        r#"{ set = "pipeline.rush", to = 9 }, { set = "pipeline.rush_before", to = "0 hours" }"#,
    ),
    (
        "a step of no time",
        r#"{ add = "pipeline.steps", value = { id = "aaa", duration = "0 hours", flaky = 0.5 }, before = "build" }"#,
    ),
    (
        "a strategy that nothing uses",
        r#"{ set = "pipeline.strategies", to = [{ id = "own", steps = [{ share = 1 }] }] }, { set = "pipeline.strategy_rules", to = [{ risks = [], strategy = "own" }] }"#,
    ),
    (
        "reviews in the settled view",
        r#"{ remove = "improvement" }"#,
    ),
    ("a name", r#"{ set = "teams.app.name", to = "Another" }"#),
];
