//! Odd but valid studies: nothing hangs, nothing panics, no number is absurd.

mod at_once;
mod extremes;

use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, Summary, run, summarise};
use millrace_core::model::Model;
use millrace_core::stats::Estimate;
use millrace_tests::plain::{
    endless, exponential, plain, poisson, poisson_with, read, single, stage, stage_with, stream,
    team, team_with,
};
use std::time::{Duration, Instant};

/// What any run may take: far more than the slowest needs, far less than a hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// Run a study, see that it ends, that the laws hold and that no number is absurd.
fn check(name: &str, text: &str, replications: u64) -> (Summary, Vec<Replication>) {
    let began = Instant::now();
    let model: Model = read(text).baseline.model(None);
    let runs = run(&model, 0, replications, &Cancel::default());
    let s = summarise("baseline", name, &model, &runs);
    let took = began.elapsed();
    assert!(took < PATIENCE, "{name} took {took:?}");
    for (i, r) in runs.iter().enumerate() {
        assert_eq!(
            r.wip_ticks, r.stay_ticks,
            "{name}, replication {i}: Little's law"
        );
        assert!(
            r.lead_time.sum.is_finite() && r.lead_time.sum >= 0.0,
            "{name}, replication {i}"
        );
    }
    let fine = |what: &str, e: Option<Estimate>| {
        if let Some(e) = e {
            assert!(
                e.value.is_finite() && e.value >= 0.0,
                "{name}: {what} is {e:?}"
            );
        }
    };
    let times = &s.lead_time_hours;
    for (what, e) in [
        ("lead time", times.mean),
        ("p50", times.p50),
        ("p85", times.p85),
        ("p95", times.p95),
        ("throughput", s.throughput_per_week),
        ("WIP", s.wip),
        ("incidents", s.incidents_per_month),
        ("impact", s.impact_hours_per_month),
    ] {
        fine(what, e);
    }
    if let (Some(a), Some(b), Some(c)) = (times.p50, times.p85, times.p95) {
        assert!(
            a.value <= b.value && b.value <= c.value,
            "{name}: percentiles out of order"
        );
    }
    for t in &s.teams {
        if let Some(u) = t.utilisation {
            assert!(
                (0.0..=1.0 + 1e-6).contains(&u.value),
                "{name}: {} is busy {:.3} of its time",
                t.id,
                u.value
            );
        }
    }
    (s, runs)
}

#[test]
fn places_for_one_everywhere_do_not_deadlock_on_rework() {
    let unit = exponential(1.0);
    let body = |back: &str| {
        vec![
            stream("s", "a", ""),
            poisson(0.1),
            stage_with("a", "t", &unit, "wip_limit = 1"),
            stage_with("b", "u", &unit, &format!("wip_limit = 1\n{back}")),
            stage_with("c", "t", &unit, "wip_limit = 1"),
            team("t", 1),
            team("u", 1),
        ]
    };
    for (name, back) in [
        ("returns", "returns = [{ to = \"a\", probability = 0.4 }]"),
        (
            "a return to itself",
            "returns = [{ to = \"b\", probability = 0.4 }]",
        ),
        (
            "a route back",
            "next = [{ to = \"a\", share = 0.4 }, { to = \"c\", share = 0.6 }]",
        ),
        (
            "a route to itself",
            "next = [{ to = \"b\", share = 0.4 }, { to = \"c\", share = 0.6 }]",
        ),
    ] {
        let (s, _) = check(name, &plain(21, 30, &body(back)), 16);
        assert!(!s.overloaded, "{name}: {:?}", s.warnings());
        let (got, came) = (s.throughput_per_week.unwrap().value, 16.8);
        assert!(
            (got / came - 1.0).abs() < 0.1,
            "{name}: {got:.1} of {came} a week come through"
        );
    }
}

#[test]
fn a_gate_that_sends_everything_back_does_not_deadlock() {
    let parts = [
        stream("s", "a", "wip_limit = 3"),
        poisson(0.1),
        stage_with("a", "t", "\"1 hour\"", "wip_limit = 1\ndefects = { functional = 5 }\nrework_share = 1"),
        stage_with("b", "u", "\"1 hour\"", "wip_limit = 1"),
        team("t", 1),
        team("u", 1),
        "[production]\nbad_fix = 0.9\n[[governance.gates]]\nid = \"g\"\nafter = \"b\"\nkind = \"automated\"\n\
         discrimination = 4\nstrictness = 0.9\ntriage = \"1 hour\"\n"
            .into(),
    ];
    check("everything comes back", &plain(22, 20, &parts), 16);
}

#[test]
fn no_demand_gives_no_numbers_and_no_alarm() {
    let (s, runs) = check(
        "no demand",
        &plain(23, 10, &single(0.0, 1, "\"1 hour\"")),
        8,
    );
    assert!(
        s.lead_time_hours.mean.is_none() && !s.overloaded,
        "{:?}",
        s.warnings()
    );
    assert!(runs.iter().all(|r| r.events == 0));
    assert!(s.warnings().is_empty(), "{:?}", s.warnings());
}

#[test]
fn ten_times_the_work_a_team_can_do_is_named_and_bounded() {
    let text = plain(24, 20, &single(10.0, 1, &exponential(1.0)))
        .replace("id = \"t\"", "id = \"t\"\nname = \"Ops\"");
    let (s, _) = check("overload", &text, 8);
    assert!(s.overloaded);
    let warnings = s.warnings().join(" ");
    assert!(warnings.contains("Ops is asked for "), "{warnings}");
    let growth = s.wip_growth_per_week.unwrap().value;
    assert!(
        (growth / (9.0 * 168.0) - 1.0).abs() < 0.05,
        "grows by {growth:.0} a week, not by 1512"
    );
    assert!(
        (s.throughput_per_week.unwrap().value / 168.0 - 1.0).abs() < 0.05,
        "{:?}",
        s.throughput_per_week
    );
    assert!(
        (s.teams[0].demand.unwrap().value / 10.0 - 1.0).abs() < 0.05,
        "{:?}",
        s.teams[0].demand
    );
}

#[test]
fn demand_beyond_all_measure_ends_and_says_so() {
    // Before counting starts as well as after.
    for (per_hour, weeks) in [(50_000.0, 3), (5_000.0, 20)] {
        let (s, runs) = check(
            "flood",
            &plain(25, weeks, &single(per_hour, 1, &exponential(1.0))),
            2,
        );
        assert!(
            s.overloaded && runs.iter().all(|r| r.overflow),
            "{:?}",
            s.warnings()
        );
        assert!(!s.warnings().is_empty());
    }
}

#[test]
fn an_endless_backlog_of_work_that_takes_no_time_ends() {
    let body = |effort: &str, more: &str| {
        vec![
            stream("s", "a", "wip_limit = 3"),
            endless(),
            stage_with("a", "t", effort, more),
            team("t", 1),
        ]
    };
    for (name, parts) in [
        ("no effort", body("\"0 hours\"", "")),
        ("no stage applies", body("\"1 hour\"", "changes = []")),
    ] {
        let (s, _) = check(name, &plain(26, 2, &parts), 1);
        assert!(s.overloaded, "{name}: not a word about it");
    }
}

#[test]
fn routes_among_stages_that_do_not_apply_end() {
    let skip = |share: f64| {
        let next = format!(
            "changes = []\nnext = [{{ to = \"done\", share = {:?} }}, {{ to = \"b\", share = {share:?} }}]",
            1.0 - share
        );
        [
            stream("s", "a", ""),
            poisson(0.1),
            stage("a", "t", "\"1 hour\""),
            stage_with("b", "t", "\"1 hour\"", &next),
            team("t", 1),
        ]
    };
    let (s, _) = check("a cycle of a skipped stage", &plain(27, 10, &skip(0.5)), 8);
    assert!(!s.overloaded, "{:?}", s.warnings());
    check(
        "a cycle of a skipped stage that is hardly left",
        &plain(27, 10, &skip(0.999_999_999)),
        8,
    );
}

#[test]
fn work_that_goes_round_for_ever_is_cut_off() {
    let next =
        "next = [{ to = \"done\", share = 0.000000001 }, { to = \"a\", share = 0.999999999 }]";
    let parts = |effort: &str| {
        [
            stream("s", "a", ""),
            poisson(0.1),
            stage_with("a", "t", effort, next),
            team("t", 1),
        ]
    };
    let (s, _) = check(
        "round and round in no time",
        &plain(28, 10, &parts("\"0 hours\"")),
        2,
    );
    assert!(s.overloaded, "{:?}", s.warnings());
    let (s, _) = check("round and round", &plain(28, 10, &parts("\"1 hour\"")), 2);
    assert!(s.overloaded, "{:?}", s.warnings());
}

#[test]
fn spans_beyond_all_time_do_not_overflow() {
    let long = "\"1e12 hours\"";
    let office = |id: &str| team(id, 1).replace("\"always\"", "\"\"");
    let minute = "[[calendars]]\nid = \"minute\"\ndays = [\"sun\"]\nfrom = 0\nto = 0.02\n";
    for (name, parts) in [
        ("effort", vec![stream("s", "a", ""), poisson(0.1), stage("a", "t", long), office("t")]),
        (
            "effort with hardly any time to work",
            vec![
                stream("s", "a", ""),
                poisson(0.1),
                stage("a", "t", "\"100000 hours\""),
                team("t", 1).replace("\"always\"", "\"minute\""),
                minute.into(),
            ],
        ),
        (
            "handoff",
            vec![
                stream("s", "a", ""),
                poisson(0.1),
                stage("a", "t", "\"1 hour\""),
                stage("b", "u", "\"1 hour\""),
                team("t", 1),
                office("u"),
                format!("[[handoffs.pairs]]\nfrom = \"t\"\nto = \"u\"\ndelay = {long}\n"),
            ],
        ),
        (
            "pipeline",
            vec![
                stream("s", "a", "").replace("released = false", ""),
                poisson(0.1),
                stage("a", "t", "\"1 hour\""),
                team("t", 1),
                format!(
                    "[pipeline]\nsteps = [{}]\n",
                    (0..8).map(|i| format!("{{ id = \"s{i}\", duration = {long} }}")).collect::<Vec<_>>().join(", ")
                ),
            ],
        ),
        (
            "gate and fix",
            vec![
                stream("s", "a", "").replace("released = false", ""),
                poisson(0.1),
                stage_with("a", "t", "\"1 hour\"", "defects = { functional = 9 }"),
                team("t", 1),
                format!("[pipeline]\n[production]\nfix = {long}\nlatent_life = {{ functional = \"0.01 hours\" }}\n"),
                format!(
                    "[[governance.gates]]\nid = \"g\"\nafter = \"a\"\nkind = \"automated\"\nduration = {long}\n\
                     discrimination = 1\nchanges = [\"migration\"]\n"
                ),
            ],
        ),
        (
            "exposure",
            vec![
                stream("s", "a", "").replace("released = false", ""),
                poisson(0.1),
                stage_with("a", "t", "\"1 hour\"", "defects = { functional = 9 }"),
                team("t", 1),
                "[pipeline]\nstrategy = \"own\"\nstrategies = [{ id = \"own\", steps = [{ share = 0.0001, bake = \
                 \"10000 hours\" }, { share = 1 }] }]\n[production]\nlatent_life = { functional = \"10000000 hours\" }\n"
                    .into(),
            ],
        ),
        (
            "size",
            vec![
                stream("s", "a", ""),
                poisson_with(0.1, "size = { dist = \"lognormal\", mean = 1e12, cv = 1e6 }"),
                stage("a", "t", long),
                office("t"),
            ],
        ),
        (
            "latest possible everything",
            vec![
                stream("s", "a", "").replace("released = false", ""),
                poisson(0.1),
                stage("a", "t", "\"1 hour\""),
                team("t", 1),
                "[pipeline]\npolicy = \"train\"\nevery = \"100000 hours\"\ndeparts = \"100000 hours\"\ncut_off = \
                 \"100000 hours\"\n[[governance.gates]]\nid = \"g\"\nafter = \"a\"\nkind = \"board\"\nevery = \
                 \"100000 hours\"\nfirst = \"100000 hours\"\ndiscrimination = 0\n"
                    .into(),
            ],
        ),
    ] {
        check(name, &plain(29, 5, &parts), 2);
    }
}

#[test]
fn a_hundred_years_are_simulated_in_bounded_memory_and_agree_with_one() {
    let shipped = include_str!("../../../scenarios/siloed-to-integrated.toml");
    let century = shipped.replacen("weeks = 52", "weeks = 5200\nwarm_up = \"52 weeks\"", 1);
    let year = shipped.replacen("weeks = 52", "weeks = 52\nwarm_up = \"52 weeks\"", 1);
    let (long, _) = check("a century", &century, 4);
    let (short, _) = check("a year", &year, 200);
    let (a, b) = (
        long.lead_time_hours.mean.unwrap(),
        short.lead_time_hours.mean.unwrap(),
    );
    assert!(
        (a.value / b.value - 1.0).abs() < 0.1,
        "a century {a:?}, a year {b:?}"
    );
}

#[test]
fn a_team_that_is_switched_to_pieces_still_settles() {
    let parts = [
        stream("s", "a", ""),
        poisson(0.15),
        stage("a", "t", &exponential(1.0)),
        team_with("t", 1, "items_per_person = 1000\nswitching_cost = 1"),
    ];
    // Capacity is a quarter of the plain one at worst: 0.25 of 1 an hour is enough.
    let (s, _) = check("switching", &plain(30, 30, &parts), 16);
    assert!(!s.overloaded, "{:?}", s.warnings());
}

#[test]
fn more_urgent_work_than_people_is_an_overload_like_any_other() {
    let parts = [
        "[outcome]\nqueue_policy = \"class of service\"\nexpedite = \"interrupts\"\n".into(),
        stream("s", "a", ""),
        poisson_with(2.0, "expedite = 1"),
        stage("a", "t", &exponential(1.0)),
        team("t", 1),
    ];
    let (s, _) = check("all urgent", &plain(31, 20, &parts), 8);
    assert!(s.overloaded, "{:?}", s.warnings());
}
