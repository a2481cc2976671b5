//! What a study says lands in the model, and what makes no sense is refused where it stands.

use millrace_core::model::{Arrivals, Handoff, Model, ReleasePolicy};
use millrace_core::random::Distribution;
use millrace_core::scenario::{Fault, Scenario};
use millrace_core::time::{DAY, HOUR, WEEK};
use millrace_tests::plain::read;

/// Two streams, four teams, a pipeline: places for everything. `{x}` is replaced by what a test says.
const STUDY: &str = r#"
format = 1
name = "a place for everything"

[outcome]
queue_policy = "weighted shortest job first"
{outcome}

[[streams]]
id = "shop"
commit = "build"
{stream}

[[streams.demand]]
id = "feature"
per_week = 4
{demand}

[[streams.demand]]
id = "fault"
per_week = 2
risk = { low = 1 }

[[streams.stages]]
id = "plan"
team = "app"
effort = "10 hours"
{plan}

[[streams.stages]]
id = "screens"
team = "app"
effort = "8 hours"
{screens}

[[streams.stages]]
id = "service"
team = "back"
effort = "6 hours"
{service}

[[streams.stages]]
id = "tables"
team = "back"
effort = "4 hours"
{tables}

[[streams.stages]]
id = "build"
team = "app"
effort = "2 hours"
{build}

[[streams.stages]]
id = "run"
team = "ops"
kind = "operations"
effort = "1 hour"
{forks}

[[streams]]
id = "office"
commit = "write"

[[streams.demand]]
id = "letter"

[[streams.stages]]
id = "write"
team = "app"
effort = "1 hour"

[[calendars]]
id = "nights"
days = ["mon", "tue"]
from = 20
to = 22

[[teams]]
id = "app"
people = 4
{app}

[[teams]]
id = "back"
people = 3
kind = "back end"

[[teams]]
id = "ops"
people = 2
kind = "platform"

[[teams]]
id = "coach"
people = 1
{coach}

[handoffs]
{handoffs}

[pipeline]
{pipeline}

[platform]
{platform}

[production]
{production}
"#;

/// The study with some of its places filled.
fn study(parts: &[(&str, &str)]) -> String {
    let mut text = STUDY.to_owned();
    for (place, with) in parts {
        let place = format!("{{{place}}}");
        assert!(text.contains(&place), "the study has no place `{place}`");
        text = text.replace(&place, with);
    }
    let empty = |line: &&str| !(line.starts_with('{') && line.ends_with('}'));
    text.lines().filter(empty).collect::<Vec<_>>().join("\n")
}

fn model(parts: &[(&str, &str)]) -> Model {
    read(&study(parts)).baseline.model(None)
}

/// The study is refused, in the line that begins so, with a message and a hint that contain these.
#[track_caller]
fn refused(parts: &[(&str, &str)], line: &str, message: &str, hint: &str) {
    let text = study(parts);
    let found = Scenario::read(&text).err().unwrap_or_default();
    let fits = |f: &Fault| {
        let at = f.line.and_then(|l| text.lines().nth(l as usize - 1));
        at.is_some_and(|at| at.starts_with(line))
            && f.message.contains(message)
            && f.hint.as_deref().unwrap_or_default().contains(hint)
    };
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(
        found.iter().any(fits),
        "expected `{message}` ({hint}) in a line `{line}`, got:\n{}",
        all.join("\n")
    );
}

const FORK: (&str, &str) = (
    "forks",
    r#"
[[streams.forks]]
id = "layers"
types = ["feature"]
join = "build"
parts = [
  { id = "front", stages = ["screens"], share = 0.5 },
  { id = "back", stages = ["service", "tables"] },
]
"#,
);

#[test]
fn an_objective_covers_the_streams_it_names_or_all() {
    let promise = |more: &str| {
        format!(
            "objectives = [{{ id = \"fast\", name = \"fast\", metric = \"lead time\", target = \"2 weeks\"{more} }}]"
        )
    };
    let m = model(&[("outcome", &promise(""))]);
    assert_eq!(
        (&m.objectives[0].streams[..], m.objectives[0].weight),
        (&[0, 1][..], 1.0)
    );
    let m = model(&[("outcome", &promise(", streams = [\"office\"], weight = 3"))]);
    assert_eq!(
        (&m.objectives[0].streams[..], m.objectives[0].weight),
        (&[1][..], 3.0)
    );
    assert_eq!((m.streams[0].priority, m.streams[1].priority), (1.0, 3.0));
    let wrong = promise(", streams = [\"ofice\"]");
    refused(
        &[("outcome", &wrong)],
        "objectives",
        "no value stream `ofice`",
        "`office`",
    );
}

#[test]
fn a_fork_takes_the_types_it_names_and_begins_at_its_first_stage() {
    let m = model(&[FORK]);
    let fork = &m.streams[0].forks[0];
    assert_eq!(fork.sources, [true, false, false]);
    assert_eq!(fork.join, Some(4));
    assert_eq!(fork.parts[0].stages, [1]);
    assert_eq!(fork.parts[1].stages, [2, 3]);
    assert_eq!(fork.parts[0].share.mean(), 0.5);
    let begins: Vec<Option<usize>> = m.stages.iter().map(|s| s.fork).collect();
    assert_eq!(begins, [None, Some(0), None, None, None, None, None]);
    let all = (FORK.0, &*FORK.1.replace("types = [\"feature\"]", ""));
    assert_eq!(model(&[all]).streams[0].forks[0].sources[..2], [true, true]);
}

#[test]
fn what_is_left_counts_every_part_by_its_share() {
    let left = |m: &Model| -> Vec<f64> { m.stages.iter().map(|s| s.remaining_effort).collect() };
    assert_eq!(left(&model(&[]))[..6], [31.0, 21.0, 13.0, 7.0, 3.0, 1.0]);
    // A part of half the size does 8 hours for each unit of its own size, and the whole after the join is
    // twice as large as the part.
    let forked = left(&model(&[FORK]));
    assert_eq!(forked[..6], [27.0, 8.0 + 3.0 / 0.5, 13.0, 7.0, 3.0, 1.0]);
}

#[test]
fn a_fork_that_makes_no_sense_is_refused() {
    let fork = |from: &str, to: &str| {
        assert!(FORK.1.contains(from), "the fork has no `{from}`");
        FORK.1.replace(from, to)
    };
    for (from, to, line, message, hint) in [
        (
            "\"service\", \"tables\"",
            "\"tables\", \"service\"",
            "  { id = \"back\"",
            "stands earlier",
            "order of the stream",
        ),
        (
            "\"service\", \"tables\"",
            "\"tables\"",
            "parts",
            "`service` stands between `screens` and `tables`",
            "follow one another",
        ),
        (
            "\"service\", \"tables\"",
            "\"service\", \"screens\"",
            "  { id = \"back\"",
            "`screens` belongs to the part `front`",
            "one part only",
        ),
        (
            "\"service\", \"tables\"",
            "\"servce\", \"tables\"",
            "  { id = \"back\"",
            "no stage `servce`",
            "`service`",
        ),
        (
            "[\"service\", \"tables\"]",
            "[]",
            "  { id = \"back\"",
            "at least one stage",
            "name the stages",
        ),
        (
            "join = \"build\"",
            "join = \"plan\"",
            "join",
            "does not stand after",
            "`done`",
        ),
        (
            "join = \"build\"",
            "join = \"bild\"",
            "join",
            "no stage `bild`",
            "`build`",
        ),
        (
            "types = [\"feature\"]",
            "types = [\"featur\"]",
            "types",
            "no demand `featur`",
            "`feature`",
        ),
        (
            "  { id = \"front\", stages = [\"screens\"], share = 0.5 },\n",
            "",
            "parts",
            "at least two parts",
            "add a part",
        ),
        (
            "\"service\", \"tables\"",
            "\"service\", \"tables\", \"build\"",
            "commit",
            "`build` is inside the fork",
            "before the fork",
        ),
    ] {
        refused(&[("forks", &fork(from, to))], line, message, hint);
    }
}

#[test]
fn nothing_leaves_or_enters_a_part_sideways() {
    let next = "next = [{ to = \"done\", share = 1 }]";
    refused(
        &[FORK, ("screens", next)],
        "next",
        "have no `next`",
        "take the stage out",
    );
    let back = "returns = [{ to = \"plan\", probability = 0.1 }]";
    refused(
        &[FORK, ("screens", back)],
        "returns",
        "`plan` is not in the part `front`",
        "after the join",
    );
    let middle = "returns = [{ to = \"tables\", probability = 0.1 }]";
    refused(
        &[FORK, ("build", middle)],
        "returns",
        "in the middle of the fork `layers`",
        "first stage",
    );
    let jump = "next = [{ to = \"service\", share = 1 }]";
    refused(
        &[FORK, ("plan", jump)],
        "next",
        "in the middle of the fork `layers`",
        "where work splits",
    );
    // Within a part, and from outside to where the work splits, all is well.
    let within = "returns = [{ to = \"service\", probability = 0.1 }]";
    let whole = "returns = [{ to = \"screens\", probability = 0.1 }]";
    assert_eq!(
        model(&[FORK, ("tables", within), ("build", whole)]).stages[4].returns[0].to,
        1
    );
}

#[test]
fn requests_come_as_the_study_says() {
    let arrivals = |demand: &str| model(&[("demand", demand)]).sources[0].clone();
    let s = arrivals("arrives = \"batches\"\nfirst = \"1 day\"");
    let Arrivals::Batches { every, first } = s.arrivals else {
        panic!("{:?}", s.arrivals)
    };
    assert_eq!((every, first, s.batch.mean()), (2 * WEEK, DAY, 8.0));
    let s = arrivals("arrives = \"batches\"\nevery = \"13 weeks\"\nbatch = 30");
    assert_eq!(s.batch, Distribution::Constant(30.0));
    let s = arrivals("arrives = \"trace\"\ntimes = [\"8 days\", \"5 hours\"]");
    let Arrivals::Trace { times, round } = s.arrivals else {
        panic!("{:?}", s.arrivals)
    };
    assert_eq!((&times[..], round), (&[5 * HOUR, 8 * DAY][..], 2 * WEEK));
    // Four requests a week in batches of two are two batches a week.
    for (how, gap) in [("poisson", 84.0), ("regular", 84.0)] {
        let s = arrivals(&format!("arrives = \"{how}\"\nbatch = 2"));
        match s.arrivals {
            Arrivals::Poisson(rate) => assert_eq!(1.0 / rate, gap),
            Arrivals::Regular(every) => assert_eq!(every, gap),
            other => panic!("{other:?}"),
        }
        assert_eq!(s.per_hour() * 168.0, 4.0, "{how}");
    }
    for (demand, line, message) in [
        (
            "arrives = \"trace\"",
            "[[streams.demand]]",
            "needs the times",
        ),
        (
            "arrives = \"trace\"\ntimes = [\"2 days\"]\nround = \"1 day\"",
            "round",
            "before the last request",
        ),
        (
            "arrives = \"trace\"\ntimes = [\"soon\"]",
            "times",
            "not a quantity",
        ),
        ("batch = 0", "batch", "a batch of no requests is none"),
    ] {
        refused(&[("demand", demand)], line, message, "");
    }
}

#[test]
fn a_rhythm_keeps_the_mean_rate() {
    let s = |demand: &str| model(&[("demand", demand)]).sources[0].rhythm.clone();
    assert_eq!(s(""), None);
    assert_eq!(
        s("rhythm = { mon = 2, tue = 2, wed = 2, thu = 2, fri = 2, sat = 2, sun = 2 }"),
        None
    );
    let quiet = s("rhythm = { sat = 0, sun = 0 }").expect("a rhythm");
    assert_eq!((quiet.days[0], quiet.days[6]), (1.4, 0.0));
    let r =
        s("season = [2, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]\ngrowth = \"-10%\"").expect("a season");
    assert_eq!((r.months[0], r.months[6], r.growth), (2.0, 0.0, -0.1));
    refused(
        &[("demand", "season = [1, 2]")],
        "season",
        "2 weights and not 12",
        "twelfth",
    );
    refused(
        &[("demand", "season = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]")],
        "season",
        "leaves no time",
        "",
    );
    refused(
        &[("demand", "growth = -0.95")],
        "growth",
        "between -0.9",
        "",
    );
}

#[test]
fn a_request_may_be_due_impatient_and_estimated() {
    let m = model(&[
        ("stream", "intake_limit = 0"),
        (
            "demand",
            "fixed_date = \"20%\"\ndue = \"3 weeks\"\npatience = \"30 days\"\nestimation = { team = \"coach\", effort = \"2 hours\" }",
        ),
    ]);
    let s = &m.sources[0];
    assert_eq!(m.streams[0].intake, Some(0));
    assert_eq!(s.fixed_date_share, 0.2);
    assert_eq!(s.due.as_ref().map(Distribution::mean), Some(504.0));
    assert_eq!(s.patience.as_ref().map(Distribution::mean), Some(720.0));
    let e = s.estimation.as_ref().expect("an estimation");
    assert_eq!((e.team, e.effort.mean()), (3, 2.0));
    refused(
        &[("demand", "fixed_date = 0.1")],
        "fixed_date",
        "how far away",
        "a `due`",
    );
    let nobody = "estimation = { team = \"coch\", effort = \"2 hours\" }";
    refused(
        &[("demand", nobody)],
        "estimation",
        "no team `coch`",
        "`coach`",
    );
}

#[test]
fn a_stage_names_its_types_and_its_environment() {
    let pools = "environments = [{ id = \"staging\", count = 2 }]";
    let m = model(&[
        ("platform", pools),
        ("tables", "types = [\"fault\"]\nenvironment = \"staging\""),
    ]);
    assert_eq!(m.stages[3].sources, [false, true, false]);
    assert!(m.stages[2].sources.is_empty());
    assert_eq!(
        (m.stages[3].environment, m.environments[0].count),
        (Some(0), 2)
    );
    let line = "environment = \"stagin\"";
    refused(
        &[("platform", pools), ("tables", line)],
        "environment",
        "no environments `stagin`",
        "`staging`",
    );
    refused(
        &[("tables", "types = [\"letter\"]")],
        "types",
        "no demand `letter`",
        "feature",
    );
}

#[test]
fn routes_for_some_work_add_up_for_whatever_comes() {
    let by_type = r#"next = [
  { to = "screens", share = 1, types = ["feature"] },
  { to = "build", share = 0.25, types = ["fault"] },
  { to = "tables", share = 0.75, types = ["fault"], risks = ["low"] },
]"#;
    let m = model(&[("plan", by_type)]);
    let r = &m.stages[0].routes;
    assert_eq!((r[0].to, r[1].to, r[2].to), (Some(1), Some(4), Some(3)));
    assert_eq!(r[2].sources, [false, true, false]);
    assert_eq!((r[1].risks, r[2].risks), ([true; 3], [true, false, false]));
    // High-risk faults never come, so nobody misses a route for them; high-risk features do come.
    let gap = by_type.replace(
        "types = [\"feature\"]",
        "types = [\"feature\"], risks = [\"low\", \"medium\"]",
    );
    refused(
        &[("plan", &gap)],
        "next",
        "of high-risk `feature` add up to 0",
        "give it a route",
    );
    // No fault comes to `service`, so a route for features is enough there.
    let only = "next = [{ to = \"tables\", share = 1, types = [\"feature\"] }]";
    assert_eq!(
        model(&[("plan", by_type), ("service", only)]).stages[2]
            .routes
            .len(),
        1
    );
    refused(
        &[("service", only)],
        "next",
        "of low-risk `fault` add up to 0",
        "give it a route",
    );
    let circle = r#"next = [
  { to = "build", share = 1, types = ["feature"] },
  { to = "tables", share = 1, types = ["fault"] },
]"#;
    refused(
        &[("tables", circle)],
        "[[streams.stages]]",
        "work of low-risk `fault` that comes here never leaves",
        "`done`",
    );
}

#[test]
fn load_is_what_is_left_after_the_platform_against_what_a_team_can_hold() {
    let load = "load = { tools = 4, capacity = 3, effort = \"20%\", defects = \"40%\" }";
    let relief = "capabilities = [{ id = \"self-service-infrastructure\", level = 3 }]";
    let l = model(&[("app", load)]).teams[0].load;
    assert_eq!(
        (l.carried, l.capacity, l.effort, l.defects),
        (6.0, 3.0, 0.2, 0.4)
    );
    assert_eq!(
        model(&[("app", load), ("platform", relief)]).teams[0]
            .load
            .carried,
        4.0
    );
    let own = "load = { domains = 7, capacity = 3 }";
    assert_eq!(model(&[("app", own)]).teams[0].load.carried, 7.0);
    assert_eq!(model(&[]).teams[0].load.factors(0.0), (1.0, 1.0));
}

#[test]
fn an_enabling_team_raises_what_another_can_hold() {
    let load = ("app", "load = { capacity = 3 }");
    let coach = "kind = \"enabling\"\nenables = [{ id = \"app\", team = \"app\", capacity = 2, weeks = 10, effort_per_week = \"12 hours\" }]";
    let m = model(&[load, ("coach", coach)]);
    assert_eq!(
        (m.teams[0].load.raised, m.teams[0].load.raised_weeks),
        (2.0, 10.0)
    );
    let c = &m.coaching[0];
    assert_eq!((c.by, c.effort, c.weeks), (3, 12.0, 10.0));
    let other = coach.replace("kind = \"enabling\"\n", "");
    refused(
        &[load, ("coach", &other)],
        "enables",
        "`coach` is stream-aligned",
        "\"enabling\"",
    );
    refused(
        &[("coach", coach)],
        "enables",
        "carries no load",
        "a `load`",
    );
}

#[test]
fn people_leave_and_are_away_at_rates() {
    let m = model(&[(
        "app",
        "turnover = \"52%\"\nreplacement = \"4 weeks\"\nramp_up = \"8 weeks\"\nramp_start = 0.5\nmentoring = 0.1\nabsence = \"20%\"\nspell = \"40 hours\"",
    )]);
    let s = &m.teams[0].staffing;
    assert!((s.turnover * 168.0 * 52.0 - 0.52).abs() < 1e-12);
    assert_eq!(
        (s.replacement.mean(), s.ramp_up, s.ramp_start, s.mentoring),
        (672.0, 8 * WEEK, 0.5, 0.1)
    );
    // 160 hours there for every 40 away.
    assert_eq!(s.absence, 1.0 / 160.0);
    let none = &model(&[]).teams[0].staffing;
    assert_eq!(
        (none.turnover, none.absence, none.presence()),
        (0.0, 0.0, 1.0)
    );
    refused(
        &[("app", "absence = 0.1\nspell = 0")],
        "spell",
        "no length",
        "above 0",
    );
    refused(
        &[("app", "absence = 0.95")],
        "absence",
        "between 0 and 0.9",
        "",
    );
}

#[test]
fn kinds_of_teams_set_their_handoffs_where_the_study_says_so() {
    let lost = |h: &Handoff| h.lost_information;
    let m = model(&[]);
    assert!(m.handoff_pairs.is_empty());
    let m = model(&[
        ("handoffs", "mode = \"by team kind\""),
        ("coach", "kind = \"enabling\""),
    ]);
    let (app, back, ops, coach) = (0, 1, 2, 3);
    assert_eq!(m.handoff_pairs.len(), 12);
    assert_eq!(lost(m.handoff(app, ops)), 0.05);
    assert_eq!(lost(m.handoff(app, back)), 0.15);
    assert_eq!(lost(m.handoff(coach, back)), 0.08);
    let named = "mode = \"by team kind\"\npairs = [{ from = \"app\", to = \"ops\", mode = \"collaboration\" }]";
    let m = model(&[("handoffs", named)]);
    assert_eq!(lost(m.handoff(app, ops)), 0.03);
    assert_eq!(lost(m.handoff(ops, app)), 0.05);
    let over = model(&[(
        "handoffs",
        "mode = \"by team kind\"\nsender_effort = \"9 hours\"",
    )]);
    assert_eq!(over.handoff(app, ops).sender_effort, 9.0);
}

#[test]
fn releases_wait_for_batches_windows_and_freezes() {
    let pipeline = r#"
policy = "sized"
batch_size = 7
runners = 3
windows = "nights"
freezes = [{ id = "year-end", from = "50 weeks", length = "2 weeks" }, { id = "move", from = "1 week", length = "1 day", every = 0 }]
irreversible = { migration = "40%", code = 0.1 }
rush = 1.5
rush_before = "2 days"
"#;
    let m = model(&[("pipeline", pipeline)]);
    assert_eq!(m.runners, Some(3));
    let r = m.streams[0].release.as_ref().expect("a release");
    assert_eq!(r.policy, ReleasePolicy::Sized(7));
    assert_eq!(r.windows.as_ref().map(|w| w.per_week()), Some(4 * HOUR));
    let spans: Vec<_> = r
        .freezes
        .iter()
        .map(|f| (f.start, f.length, f.every))
        .collect();
    assert_eq!(spans, [(50 * WEEK, 2 * WEEK, 52 * WEEK), (WEEK, DAY, 0)]);
    assert_eq!(r.irreversible, [0.1, 0.0, 0.4, 0.0]);
    assert_eq!((r.rush.factor, r.rush.before), (1.5, 2 * DAY));
    assert_eq!(r.opens(0), 20 * HOUR);
    let endless =
        "freezes = [{ id = \"ever\", from = 0, length = \"2 weeks\", every = \"1 week\" }]";
    refused(
        &[("pipeline", endless)],
        "freezes",
        "until the next one",
        "shorter",
    );
    let never = "windows = \"nights\"\nfreezes = [{ id = \"start\", from = 0, length = \"2 days\", every = \"1 week\" }]";
    refused(
        &[("pipeline", never)],
        "freezes",
        "leave no time",
        "windows longer",
    );
    refused(
        &[("pipeline", "windows = \"days\"")],
        "windows",
        "no calendar `days`",
        "nights",
    );
}

#[test]
fn automated_data_changes_spare_operations_and_can_be_taken_back() {
    let data = "capabilities = [{ id = \"data-change-automation\", level = 3 }]";
    let share = ("pipeline", "irreversible = { migration = 0.4, code = 0.4 }");
    let m = model(&[("platform", data), share]);
    let r = m.streams[0].release.as_ref().expect("a release");
    assert_eq!(r.irreversible, [0.4, 0.0, 0.1, 0.0]);
    assert_eq!(
        (m.stages[5].effort_factor, m.stages[4].effort_factor),
        (0.6, 1.0)
    );
}

#[test]
fn severity_classifies_incidents() {
    let p = model(&[(
        "production",
        "severity = { security = 1 }\nmajor_from = 0.2\ncritical_from = 0.9",
    )])
    .production;
    assert_eq!((p.severity[2], p.severe_from), (1.0, [0.2, 0.9]));
    assert_eq!(model(&[]).production.severe_from, [0.1, 0.5]);
    refused(
        &[("production", "major_from = 0.6")],
        "[production]",
        "critical from 0.5",
        "major_from",
    );
}

#[test]
fn what_can_be_changed_is_in_the_list_of_parameters() {
    let scenario = read(&study(&[
        ("app", "load = { capacity = 3 }"),
        (
            "platform",
            "environments = [{ id = \"staging\", count = 2 }]",
        ),
        (
            "pipeline",
            "freezes = [{ id = \"move\", from = 0, length = \"1 day\" }]",
        ),
        ("stream", "intake_limit = 9"),
        FORK,
    ]));
    for path in [
        "streams.shop.intake_limit",
        "streams.shop.forks.layers.parts.front.share",
        "streams.shop.demand.feature.growth",
        "streams.shop.demand.feature.fixed_date",
        "teams.app.load.capacity",
        "teams.app.turnover",
        "teams.app.spell",
        "platform.environments.staging.count",
        "pipeline.batch_size",
        "pipeline.freezes.move.length",
        "pipeline.rush",
        "production.critical_from",
    ] {
        let found = scenario.baseline.parameter(path).is_some();
        let near: Vec<&str> = scenario
            .baseline
            .parameters
            .iter()
            .map(|p| p.path.as_str())
            .filter(|p| p.starts_with(&path[..path.rfind('.').unwrap_or(0)]))
            .collect();
        assert!(found, "`{path}` is not among {near:?}");
    }
}
