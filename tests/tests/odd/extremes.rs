//! As much as a study can say, or as little: a million requests, nobody there, no patience, nothing that
//! anybody asks for.

use super::check;
use millrace_core::engine::PART_IDS;
use millrace_tests::plain::{
    exponential, plain, poisson, poisson_with, stage, stage_with, stream, team, team_with,
};

/// All mechanisms that a study may have, and a demand of so many requests an hour.
fn everything(per_hour: f64, of_demand: &str) -> Vec<String> {
    let defects = "defects = { functional = 0.3, security = 0.1 }";
    vec![
        "[outcome]\nqueue_policy = \"weighted shortest job first\"\nexpedite = \"interrupts\"\n".into(),
        stream("s", "a", "wip_limit = 150\nintake_limit = 30").replace("released = false", "released = true"),
        poisson_with(
            per_hour,
            &format!("expedite = 0.1\nfixed_date = 0.2\ndue = \"2 weeks\"\npatience = \"3 weeks\"\nestimation = {{ team = \"t\", effort = \"1 hour\" }}\n{of_demand}"),
        ),
        stage_with(
            "a",
            "t",
            &exponential(2.0),
            &format!("{defects}\nrequests = [{{ capability = \"test-environments\", probability = 0.3 }}]"),
        ),
        stage_with("b", "u", &exponential(1.0), defects),
        stage_with("c", "t", &exponential(1.0), "environment = \"e\"\nwip_limit = 5"),
        stage_with("d", "u", "\"1 hour\"", "returns = [{ to = \"d\", probability = 0.2 }]"),
        "[[streams.forks]]\nid = \"f\"\njoin = \"d\"\nparts = [{ id = \"x\", stages = [\"b\"] }, { id = \"y\", stages = [\"c\"] }]\n".into(),
        team_with("t", 4, "turnover = 0.5\nabsence = 0.1\nload = { domains = 3, tools = 2, capacity = 4 }\nitems_per_person = 2\nswitching_cost = 0.2"),
        team("u", 3),
        "[[platform.capabilities]]\nid = \"test-environments\"\nlevel = 1\nteam = \"u\"\n\
         [[platform.environments]]\nid = \"e\"\ncount = 1\n\
         [[governance.gates]]\nid = \"g\"\nafter = \"d\"\nkind = \"manual\"\nteam = \"u\"\neffort = \"30 minutes\"\ndiscrimination = 1\n\
         [[governance.gates]]\nid = \"h\"\nafter = \"d\"\nkind = \"board\"\nplaces = 60\ndiscrimination = 0.3\n\
         [pipeline]\npolicy = \"train\"\nevery = \"1 week\"\nrush = 2\nrunners = 1\nsteps = [{ id = \"build\", duration = \"20 minutes\", flaky = 0.2 }]\n\
         coordination = { teams = [\"t\", \"u\"], effort = \"1 hour\" }\n\
         freezes = [{ id = \"f\", from = \"10 weeks\", length = \"1 week\", every = \"13 weeks\" }]\n\
         [production]\nlatent_life = { functional = \"8 hours\", security = \"2 weeks\" }\n"
            .into(),
    ]
}

#[test]
fn everything_without_demand_is_nothing() {
    let (s, runs) = check("idle", &plain(50, 26, &everything(0.0, "")), 8);
    assert!(s.lead_time_hours.mean.is_none() && !s.overloaded);
    for r in &runs {
        let some = [
            r.delivered,
            r.deployments,
            r.refused,
            r.abandoned,
            r.incidents(),
            r.wip_hours,
            r.spent.iter().sum(),
        ];
        assert_eq!(some, [0.0; 7]);
    }
    assert!(s.warnings().is_empty(), "{:?}", s.warnings());
}

#[test]
fn everything_with_a_usual_demand_gives_numbers() {
    let (s, runs) = check("usual", &plain(51, 26, &everything(0.15, "")), 8);
    assert!(!s.overloaded, "{:?}", s.warnings());
    for (part, id) in PART_IDS.iter().enumerate() {
        let hours: f64 = runs.iter().map(|r| r.parts[part]).sum();
        let none = ["handoff", "off-hours", "slowed-meetings"].contains(id);
        assert_eq!(hours > 0.0, !none, "{id}: {hours} hours");
    }
}

/// Ten and a hundred times what anybody could do: limits, patience and boards hold back most of it.
#[test]
fn everything_with_a_hopeless_demand_ends_and_says_so() {
    for per_hour in [5.0, 50.0] {
        let (s, runs) = check("hopeless", &plain(52, 26, &everything(per_hour, "")), 4);
        let gone: f64 = runs.iter().map(|r| r.refused + r.abandoned).sum();
        let came: f64 = runs.iter().map(|r| r.lead_time.n).sum::<f64>() + gone;
        assert!(
            s.overloaded && gone > 0.8 * came,
            "{gone} of {came} requests refused or given up"
        );
        assert!(
            !s.warnings().is_empty(),
            "not a word about {gone} of {came} requests"
        );
    }
}

/// Twenty-eight weeks of a request every seventeen seconds, with people for all.
#[test]
fn a_million_requests_are_counted_one_by_one() {
    let parts = [
        stream("s", "a", ""),
        poisson(213.0),
        stage("a", "t", &exponential(1.0)),
        team("t", 400),
    ];
    let (s, runs) = check("a million", &plain(53, 28, &parts), 1);
    let n = runs[0].lead_time.n;
    assert!((n / 1e6 - 1.0).abs() < 0.01, "{n} requests");
    let mean = s.lead_time_hours.mean.unwrap().value;
    assert!((mean - 1.0).abs() < 0.01, "{mean} hours");
    assert!(!s.overloaded && runs[0].leftovers == 0.0);
}

/// A hundred years of a request a month.
#[test]
fn a_century_of_rare_work_is_a_century() {
    let parts = [
        stream("s", "a", ""),
        poisson(0.0014),
        stage("a", "t", "\"8 hours\""),
        team("t", 1).replace("\"always\"", "\"\""),
    ];
    let (s, runs) = check("a century", &plain(54, 5200, &parts), 2);
    let a_week = s.throughput_per_week.unwrap().value;
    assert!((a_week / 0.2352 - 1.0).abs() < 0.15, "{a_week} a week");
    assert!(runs.iter().all(|r| r.leftovers == 0.0 && !r.overflow));
}

/// One place everywhere: in the stream, in each stage, in the backlog, at the board, in the pool.
#[test]
fn one_place_for_everything_still_delivers() {
    for (name, policy) in [("each", "each"), ("batch", "batch"), ("train", "train")] {
        let parts = [
            stream("s", "a", "wip_limit = 1\nintake_limit = 1")
                .replace("released = false", "released = true"),
            poisson(0.05),
            stage_with(
                "a",
                "t",
                &exponential(1.0),
                "wip_limit = 1\ndefects = { functional = 0.5 }",
            ),
            stage_with(
                "b",
                "u",
                &exponential(1.0),
                "wip_limit = 1\nenvironment = \"e\"\nreturns = [{ to = \"a\", probability = 0.4 }, { to = \"b\", probability = 0.2 }]",
            ),
            team("t", 1),
            team("u", 1),
            format!(
                "[[platform.environments]]\nid = \"e\"\ncount = 1\n[pipeline]\nrunners = 1\npolicy = \"{policy}\"\nevery = \"12 hours\"\n\
                 strategy = \"own\"\nstrategies = [{{ id = \"own\", undo = \"one button\", steps = [{{ share = 0.1, bake = \"1 hour\" }}, {{ share = 1 }}] }}]\n\
                 [production]\nlatent_life = {{ functional = \"2 hours\" }}\ndetection = \"1 hour\"\n\
                 [[governance.gates]]\nid = \"g\"\nafter = \"b\"\nkind = \"board\"\nevery = \"12 hours\"\nplaces = 1\ndiscrimination = 1\n"
            ),
        ];
        let (s, runs) = check(name, &plain(55, 52, &parts), 8);
        let (came, done, refused) = runs.iter().fold((0.0, 0.0, 0.0), |(c, d, f), r| {
            (c + r.lead_time.n, d + r.finished, f + r.refused)
        });
        assert!(
            done > 0.98 * came && refused > 0.0,
            "{name}: {done} of {came} finished, {refused} refused; {:?}",
            s.warnings()
        );
    }
}

/// Whoever has no patience leaves at once or starts at once, whatever stands in the way: a full stream, a full
/// stage, a team at work.
#[test]
fn without_patience_nobody_ever_waits() {
    for (name, of_stream, of_stage) in [
        ("a team at work", "", ""),
        ("a full stage", "", "wip_limit = 1"),
        ("a full stream", "wip_limit = 1", ""),
    ] {
        let parts = [
            stream("s", "a", of_stream),
            poisson_with(2.0, "patience = \"0 hours\""),
            stage_with("a", "t", &exponential(1.0), of_stage),
            team("t", 1),
        ];
        let (s, runs) = check(name, &plain(56, 20, &parts), 8);
        assert!(!s.overloaded, "{name}: {:?}", s.warnings());
        for r in &runs {
            let waited = r.lead_time.sum - r.parts[0];
            assert!(
                waited.abs() < 1e-6 * r.lead_time.sum,
                "{name}: {waited} hours waited"
            );
            // Erlang's loss: two of three find the one person at work.
            let share = r.abandoned / (r.abandoned + r.lead_time.n);
            assert!((share - 2.0 / 3.0).abs() < 0.05, "{name}: {share:.3} leave");
        }
    }
}

#[test]
fn a_pool_smaller_than_its_users_is_what_they_wait_for() {
    let parts = [
        stream("s", "a", ""),
        poisson(0.5),
        stage_with("a", "t", "\"1 hour\"", "environment = \"e\""),
        stage_with("b", "u", "\"30 minutes\"", "environment = \"e\""),
        team("t", 50),
        team("u", 50),
        "[[platform.environments]]\nid = \"e\"\ncount = 1\n".into(),
    ];
    let (s, runs) = check("one environment", &plain(57, 20, &parts), 8);
    assert!(!s.overloaded, "{:?}", s.warnings());
    let environment = PART_IDS.iter().position(|id| *id == "environment").unwrap();
    let at = |part: usize| runs.iter().map(|r| r.parts[part]).sum::<f64>();
    let all: f64 = runs.iter().map(|r| r.lead_time.sum).sum();
    assert!(
        (at(environment) + at(0) - all).abs() < 1e-6 * all && at(environment) > 0.3 * all,
        "{:.0} of {all:.0} hours waited for the environment",
        at(environment)
    );
}

/// Everybody leaves and nobody comes; or nine tenths of all time away in spells of years.
#[test]
fn a_team_without_people_is_an_overload_and_not_a_hang() {
    for (name, of_team) in [
        (
            "nobody is replaced",
            "turnover = 10\nreplacement = \"1e6 hours\"",
        ),
        ("all are away", "absence = 0.9\nspell = \"20000 hours\""),
        (
            "all leave, and some come for a while",
            "turnover = 10\nreplacement = \"9000 hours\"\nramp_up = \"1e5 hours\"\nramp_start = 0\nmentoring = 1",
        ),
    ] {
        let parts = [
            stream("s", "a", ""),
            poisson(0.5),
            stage("a", "t", &exponential(1.0)),
            team_with("t", 2, of_team),
        ];
        let (s, _) = check(name, &plain(58, 200, &parts), 8);
        assert!(s.overloaded, "{name}: not a word about it");
        assert!(
            !s.warnings().is_empty() && s.teams[0].utilisation.unwrap().value < 0.6,
            "{name}: {:?}, busy {:?}",
            s.warnings(),
            s.teams[0].utilisation
        );
    }
}

#[test]
fn nobody_is_let_in_who_cannot_start_at_once() {
    let parts = [
        stream("s", "a", "intake_limit = 0\nwip_limit = 3"),
        poisson(4.0),
        stage_with("a", "t", &exponential(1.0), "wip_limit = 2"),
        stage("b", "u", &exponential(0.1)),
        team("t", 2),
        team("u", 1),
    ];
    let (s, runs) = check("no intake", &plain(59, 20, &parts), 8);
    assert!(!s.overloaded, "{:?}", s.warnings());
    let backlog: f64 = runs.iter().map(|r| r.places[2].0).sum();
    assert_eq!(backlog, 0.0, "hours before the first stage");
    assert!(runs.iter().all(|r| r.refused > r.lead_time.n));
}
