//! Another model takes over: nothing is lost, and what is equal stays equal to the bit.

use super::{free, plan_of, shipped};
use millrace_core::engine::{Replication, run_plan};
use millrace_core::experiment::{Cancel, run};
use millrace_core::model::{Fork, ForkPart, Model};
use millrace_core::random::{Distribution, Name};
use millrace_core::scenario::Scenario;
use millrace_core::time::WEEK;
use millrace_tests::mixed::{limited, pulled};
use millrace_tests::plain::{
    exponential, plain, poisson_with, read, stage, stage_with, stream, team, variant,
};
use proptest::prelude::*;

/// Without what only a plan leaves behind.
fn plainly(mut r: Replication) -> Replication {
    r.quarters.clear();
    r.timeline.clear();
    // Filled in by whoever runs many.
    r.wip_growth = None;
    r
}

fn model(scenario: &Scenario, what_if: Option<&str>) -> Model {
    let mut model = variant(scenario, what_if).model(Some(12 * WEEK));
    model.window.horizon = (12 + 39) * WEEK;
    model.window.cap = model.window.horizon + 104 * WEEK;
    model
}

/// Models that between them use every mechanism that a switch must carry over.
fn models() -> Vec<(&'static str, Model)> {
    let of = |parts: &[String]| read(&plain(5, 20, parts)).baseline.model(None);
    vec![
        ("shipped", model(&shipped(), None)),
        ("integrated", model(&shipped(), Some("integrated"))),
        ("limited", of(&limited())),
        ("pulled", of(&pulled())),
    ]
}

#[test]
fn switching_to_an_identical_model_leaves_every_bit() {
    for (name, model) in models() {
        let plain = run(&model, 0, 4, &Cancel::default());
        let plain: Vec<Replication> = plain.into_iter().map(plainly).collect();
        let weeks = [0.0, 0.37, 1.0, 2.7, 5.0, 9.1];
        let plan = plan_of(&model, weeks.map(|w| free(model.clone(), w)).to_vec());
        for (r, before) in plain.into_iter().enumerate() {
            let after = plainly(run_plan(&plan, r as u64));
            assert!(
                after == before,
                "{name}, replication {r}: six switches to the same model changed mean lead time from {} to {} hours",
                before.lead_time.sum / before.lead_time.n,
                after.lead_time.sum / after.lead_time.n
            );
        }
    }
}

#[test]
fn an_idle_team_that_comes_changes_nothing() {
    for (name, model) in models() {
        let mut other = model.clone();
        let mut idle = model.teams[0].clone();
        idle.id = "idle".into();
        idle.name = Name::of_text("idle");
        other.teams.push(idle);
        let plain = run(&model, 0, 4, &Cancel::default());
        let plan = plan_of(&model, vec![free(other, 1.3)]);
        for (r, before) in plain.into_iter().enumerate() {
            let after = run_plan(&plan, r as u64);
            assert_eq!(after.lead_time, before.lead_time, "{name}, replication {r}");
            assert_eq!(after.wip_ticks, before.wip_ticks, "{name}, replication {r}");
            assert_eq!(after.places, before.places, "{name}, replication {r}");
            assert_eq!(
                after.teams[..before.teams.len()],
                before.teams,
                "{name}, replication {r}"
            );
        }
    }
}

/// Every time and item accounted for after going from one model to another and back.
fn nothing_is_lost(name: &str, from: &Model, to: &Model) {
    let steps = [0.3, 2.0, 3.7, 5.25, 8.0, 13.4];
    let models = [to, from].into_iter().cycle();
    let steps = steps.iter().zip(models).map(|(w, m)| free(m.clone(), *w));
    let plan = plan_of(from, steps.collect());
    for r in 0..6 {
        let out = run_plan(&plan, r);
        assert!(!out.overflow, "{name}, replication {r}: cut off");
        assert_eq!(
            out.wip_ticks, out.stay_ticks,
            "{name}, replication {r}: Little's law"
        );
        let lead = out.lead_time.sum;
        if out.leftovers == 0.0 {
            let places: f64 = out.places.iter().map(|p| p.0).sum();
            let parts: f64 = out.parts.iter().sum();
            assert!(
                (parts / lead - 1.0).abs() < 1e-9,
                "{name}, {r}: parts {parts} of {lead} hours"
            );
            assert!(
                (places / lead - 1.0).abs() < 1e-9,
                "{name}, {r}: places {places} of {lead} hours"
            );
        }
        let weekly = &out.weekly;
        for (rows, n) in [
            (&weekly.gates, from.gates.len()),
            (&weekly.to_release, from.streams.len()),
            (&weekly.tickets, from.teams.len()),
        ] {
            let weeks = weekly.arrived.len();
            assert_eq!(rows.len(), weeks * n, "{name}, {r}: a row for each week");
        }
        let quarters: f64 = out.quarters.iter().map(|q| q.lead_time.n).sum();
        assert_eq!(
            quarters, out.lead_time.n,
            "{name}, {r}: requests counted in quarters"
        );
    }
}

#[test]
fn whatever_a_what_if_changes_no_item_loses_time() {
    let scenario = shipped();
    let baseline = model(&scenario, None);
    for w in &scenario.what_ifs {
        nothing_is_lost(&w.id, &baseline, &model(&scenario, Some(&w.id)));
    }
}

#[test]
fn no_item_loses_time_when_stages_gates_teams_limits_and_kinds_of_gates_go() {
    let unit = exponential(1.0);
    let board = "[[governance.gates]]\nid = \"g\"\nafter = \"b\"\nkind = \"board\"\nevery = \"3 days\"\ndiscrimination = 1\n";
    let manual = "[[governance.gates]]\nid = \"g\"\nafter = \"c\"\nkind = \"manual\"\nteam = \"t\"\neffort = \"2 hours\"\ndiscrimination = 1\n";
    let check = "[[governance.gates]]\nid = \"h\"\nafter = \"b\"\nkind = \"automated\"\nduration = \"5 hours\"\ndiscrimination = 2\n";
    let demand = poisson_with(0.3, "expedite = 0.1");
    let defects = "defects = { functional = 0.6 }\nrework_share = 0.5";
    let full = vec![
        stream("s", "a", "wip_limit = 12"),
        demand.clone(),
        stage_with("a", "t", &unit, defects),
        stage_with("b", "u", &exponential(2.0), "wip_limit = 3"),
        stage_with(
            "c",
            "v",
            &unit,
            "wip_limit = 2\nreturns = [{ to = \"b\", probability = 0.2 }]",
        ),
        team("t", 1),
        team("u", 1).replace("\"always\"", "\"\""),
        team("v", 1),
        check.into(),
        board.into(),
    ];
    let mut lean = full.clone();
    lean.retain(|p| {
        !p.contains("id = \"b\"") && !p.contains("id = \"u\"") && p != check && p != board
    });
    for p in &mut lean {
        *p = p
            .replace("wip_limit = 12", "wip_limit = 4")
            .replace("returns = [{ to = \"b\"", "returns = [{ to = \"a\"");
    }
    lean.push(manual.into());
    let mut one_team: Vec<String> = full
        .iter()
        .map(|p| {
            p.replace("team = \"u\"", "team = \"t\"")
                .replace("team = \"v\"", "team = \"t\"")
        })
        .collect();
    one_team.retain(|p| !p.contains("[[teams]]"));
    one_team.push(team("t", 4).replace("\"always\"", "\"\""));
    let of = |parts: &[String]| read(&plain(11, 20, parts)).baseline.model(None);
    nothing_is_lost("a stage, a team and gates go", &of(&full), &of(&lean));
    nothing_is_lost("one team takes all", &of(&full), &of(&one_team));
    nothing_is_lost("from one team to a lean line", &of(&one_team), &of(&lean));
}

/// The line of four stages that may differ in everything a switch must carry over.
fn line(kind: [u8; 8]) -> Model {
    let [owners, gates, limits, policy, hours, release, people, skip] = kind;
    let unit = exponential(1.0);
    let owner = |stage: u8| ["t", "u", "v"][usize::from((owners + stage * (owners / 3)) % 3)];
    let limit = |n: u8| {
        if limits & n > 0 {
            format!("wip_limit = {}", 2 + n)
        } else {
            String::new()
        }
    };
    let defects = "defects = { functional = 0.5 }\nrework_share = 0.4\nreturns = [{ to = \"a\", probability = 0.1 }]";
    let mut parts = vec![
        [
            "",
            "[outcome]\nqueue_policy = \"class of service\"\nexpedite = \"interrupts\"\n",
            "[outcome]\nqueue_policy = \"weighted shortest job first\"\n",
            "[outcome]\nqueue_policy = \"fifo\"\n",
        ][usize::from(policy % 4)]
        .into(),
        stream("s", "a", if limits & 8 > 0 { "wip_limit = 9" } else { "" })
            .replace("released = false", "released = true"),
        poisson_with(0.15 + 0.03 * f64::from(hours), "expedite = 0.1"),
        stage_with("a", owner(0), &unit, defects),
    ];
    let optional = [
        ("b", 1, &exponential(2.0)),
        ("c", 2, &unit),
        ("d", 4, &unit),
    ];
    for (id, n, effort) in optional {
        if skip & n == 0 {
            parts.push(stage_with(id, owner(n), effort, &limit(n)));
        }
    }
    for t in ["t", "u", "v"] {
        let office = if hours & 1 > 0 && t == "u" {
            "\"\""
        } else {
            "\"always\""
        };
        parts.push(team(t, 1 + u32::from(people % 3)).replace("\"always\"", office));
    }
    parts.push(format!("[pipeline]\nsteps = [{{ id = \"build\", duration = \"3 hours\" }}]\ncoordination = {{ teams = [\"t\", \"u\"], effort = \"1 hour\" }}\nstrategy = \"recreate\"\npolicy = \"{}\"\nevery = \"1 week\"\n", ["each", "batch", "train"][usize::from(release % 3)]));
    for (id, n, after) in [
        ("g", gates % 4, "a"),
        ("h", gates / 4 % 4, "a"),
        ("i", gates / 16, if skip & 1 == 0 { "b" } else { "a" }),
    ] {
        let kind = [
            "",
            "kind = \"automated\"\nduration = \"4 hours\"",
            "kind = \"manual\"\nteam = \"v\"\neffort = \"1 hour\"",
            "kind = \"board\"\nevery = \"3 days\"",
        ][usize::from(n)];
        if n > 0 {
            parts.push(format!("[[governance.gates]]\nid = \"{id}\"\nafter = \"{after}\"\n{kind}\ndiscrimination = 1.5\n"));
        }
    }
    parts.push(
        "[production]\nlatent_life = { functional = \"8 hours\" }\nbackground_incidents = 2\n"
            .into(),
    );
    let mut model = read(&plain(17, 16, &parts)).baseline.model(None);
    model.runners = (release / 3 > 0).then_some(u32::from(release / 3));
    model.environments = vec![millrace_core::model::Pool {
        id: "e".into(),
        label: "e".into(),
        count: 1 + u32::from(people % 3),
    }];
    for s in model.stages.iter_mut().skip(1) {
        s.environment = (limits & 1 == 0).then_some(0);
    }
    // Two parts, joined before the last stage.
    if people / 3 == 1 && skip == 0 && gates / 16 == 0 {
        let part = |name: &str, stage: usize| ForkPart {
            name: Name::of_text(name),
            stages: vec![stage],
            share: Distribution::Constant(0.6),
        };
        let all = vec![true; model.sources.len()];
        model.streams[0].forks.push(Fork {
            id: "f".into(),
            name: Name::of_text("f"),
            sources: all,
            parts: vec![part("front", 1), part("back", 2)],
            join: Some(3),
        });
        model.stages[1].fork = Some(0);
    }
    if people / 3 == 2 {
        for t in &mut model.teams {
            t.staffing.turnover = 1.0 / 2000.0;
            t.staffing.replacement = Distribution::Exponential(200.0);
            t.staffing.absence = 1.0 / 300.0;
            t.staffing.spell = Distribution::Exponential(20.0);
        }
    }
    model
}

fn kind() -> impl Strategy<Value = [u8; 8]> {
    (
        0u8..9,
        0u8..64,
        0u8..16,
        0u8..4,
        0u8..4,
        0u8..9,
        0u8..9,
        0u8..8,
    )
        .prop_map(|(a, b, c, d, e, f, g, h)| [a, b, c, d, e, f, g, h])
}

#[test]
fn parts_of_a_fork_that_goes_are_put_together_again() {
    for owners in 0..9 {
        let fork = line([owners, 5, 7, 1, 1, 4, 3, 0]);
        assert!(!fork.streams[0].forks.is_empty(), "it forks");
        for (name, other) in [
            ("the fork goes", line([owners, 5, 7, 1, 1, 4, 0, 0])),
            ("a part's stage goes", line([owners, 5, 7, 1, 1, 4, 0, 1])),
            ("all but the first go", line([owners, 0, 7, 1, 1, 4, 0, 7])),
            ("other teams", line([8 - owners, 5, 0, 2, 1, 4, 4, 0])),
            (
                "other gates and people",
                line([owners, 10, 15, 3, 0, 5, 5, 0]),
            ),
        ] {
            nothing_is_lost(&format!("{name}, {owners}"), &fork, &other);
        }
    }
}

#[test]
fn work_that_ends_with_the_day_is_never_finished_in_the_past() {
    // By rounding, a job here is done a moment after its team went home, and looked at three hours later.
    let model = line([7, 27, 0, 1, 3, 7, 1, 7]);
    let out = run(&model, 0, 1, &Cancel::default()).remove(0);
    assert_eq!(out.wip_ticks, out.stay_ticks, "Little's law");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn from_any_line_to_any_other_no_item_loses_time(from in kind(), to in kind()) {
        nothing_is_lost(&format!("{from:?} to {to:?}"), &line(from), &line(to));
    }

    #[test]
    fn any_line_that_becomes_itself_keeps_every_bit(kind in kind()) {
        let model = line(kind);
        let plan = plan_of(&model, [0.4, 3.0, 7.77].map(|w| free(model.clone(), w)).to_vec());
        let plain = plainly(run(&model, 0, 1, &Cancel::default()).remove(0));
        prop_assert!(plainly(run_plan(&plan, 0)) == plain, "{:?}", kind);
    }
}

#[test]
fn half_done_work_is_not_done_again() {
    // One item of 100 hours of effort; after 60 hours another team takes the stage over. At one item a
    // person and no other work the lead time stays 100 hours.
    let parts = |owner: &str| {
        [
            stream("s", "a", ""),
            "[[streams.demand]]\nid = \"work\"\narrives = \"regular\"\nper_week = 0.5\n".into(),
            stage("a", owner, "\"100 hours\""),
            team("t", 1),
            team("u", 1),
        ]
    };
    let of = |owner: &str| read(&plain(1, 20, &parts(owner))).baseline.model(None);
    // The item comes two weeks after the start, at week 10, and is worked on until 100 hours later.
    let plan = plan_of(&of("t"), vec![free(of("u"), 2.0 + 60.0 / 168.0)]);
    let out = run_plan(&plan, 0);
    let longest = out.lead_time.sum / out.lead_time.n;
    assert!(
        (longest - 100.0).abs() < 1e-3,
        "expected 100 hours, got {longest}"
    );
}
