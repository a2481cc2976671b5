//! A mechanism that is there and does nothing leaves every number bit-identical.

mod changes;

use changes::IDLE;
use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, replicate, run};
use millrace_core::model::Model;
use millrace_core::time::WEEK;
use millrace_tests::plain::{
    exponential, plain, poisson_with, read, simulate, stage, stage_with, stream, team, variant,
};

const SHIPPED: &str = include_str!("../../../scenarios/siloed-to-integrated.toml");

/// A replication without what is counted per team, gate and place where nothing is: those lists grow with the study.
fn common(mut r: Replication) -> Replication {
    r.teams.clear();
    r.gates.clear();
    r.places.retain(|p| p.0 != 0.0);
    r.groups.retain(|g| g.finished > 0.0);
    let weeks = r.weekly.arrived.len();
    let weekly = &mut r.weekly;
    for rows in [
        &mut weekly.stages,
        &mut weekly.gates,
        &mut weekly.to_begin,
        &mut weekly.to_release,
        &mut weekly.rolling,
        &mut weekly.tickets,
        &mut weekly.stream_arrived,
        &mut weekly.stream_delivered,
        &mut weekly.stream_incidents,
        &mut weekly.teams,
    ] {
        *rows = seen(rows, weeks);
    }
    r
}

/// Of a row per week, the columns in which anything is ever counted.
fn seen(rows: &[f32], weeks: usize) -> Vec<f32> {
    let n = rows.len() / weeks;
    let counts = |c: usize| rows.iter().skip(c).step_by(n).any(|&x| x != 0.0);
    let kept: Vec<usize> = (0..n).filter(|&c| counts(c)).collect();
    rows.chunks_exact(n.max(1))
        .flat_map(|row| kept.iter().map(|&c| row[c]))
        .collect()
}

fn bare(model: &Model, without: fn(&mut Replication)) -> Vec<Replication> {
    let mut runs: Vec<Replication> = run(model, 0, 12, &Cancel::default())
        .into_iter()
        .map(common)
        .collect();
    runs.iter_mut().for_each(without);
    runs
}

#[track_caller]
fn same(name: &str, a: &[Replication], b: &[Replication]) {
    for (i, (a, b)) in a.iter().zip(b).enumerate() {
        assert!(
            a == b,
            "{name} is idle and changes replication {i}: {} and {} events, {} and {} hours of lead time",
            a.events,
            b.events,
            a.lead_time.sum,
            b.lead_time.sum,
        );
    }
}

/// The shipped study with something added, against the shipped study.
#[track_caller]
fn idle(name: &str, addition: &str) {
    let of = |text: &str| bare(&read(text).baseline.model(Some(26 * WEEK)), |_| {});
    same(name, &of(SHIPPED), &of(&format!("{SHIPPED}\n{addition}")));
}

/// Changes that do nothing, to the shipped study as it is and to it with a canary that stops itself and
/// releases on demand.
#[track_caller]
fn idle_changes(name: &str, changes: &str, without: fn(&mut Replication)) {
    for base in ["self-service", "canary"] {
        let text = format!(
            "{SHIPPED}\n[[what_ifs]]\nid = \"idle\"\nname = \"Idle\"\nincludes = [\"{base}\"]\nchanges = [{changes}]\n"
        );
        let scenario = read(&text);
        let of = |id| {
            bare(
                &variant(&scenario, Some(id)).model(Some(26 * WEEK)),
                without,
            )
        };
        same(&format!("{name}, on {base},"), &of(base), &of("idle"));
    }
}

fn nothing(_: &mut Replication) {}

#[test]
fn what_asks_for_nothing_changes_nothing() {
    for (name, changes) in IDLE {
        idle_changes(name, changes, nothing);
    }
}

#[test]
fn what_is_only_counted_changes_nothing_else() {
    idle_changes(
        "severity",
        r#"{ set = "production.severity", to = { functional = 0.1, operational = 0.02 } }, { set = "production.major_from", to = 0.01 }, { set = "production.critical_from", to = 0.02 }"#,
        |r| r.by_severity = Default::default(),
    );
    idle_changes(
        "a due date without a class for it",
        r#"{ set = "streams.release.demand.change.due", to = "3 weeks" }"#,
        |r| r.due = Default::default(),
    );
    idle_changes(
        "a cost of delay that orders no queue",
        r#"{ set = "streams.release.demand.change.cost_of_delay", to = 7 }"#,
        |r| r.cost_of_delay = 0.0,
    );
    idle_changes(
        "an objective that orders no queue",
        r#"{ add = "outcome.objectives", value = { id = "more", name = "More", metric = "throughput per week", target = 3, weight = 9 } }"#,
        |r| r.objectives.clear(),
    );
}

#[test]
fn an_eye_for_defects_that_nobody_makes_changes_nothing() {
    let without = SHIPPED.replace("compliance = 0.02, ", "");
    let of = |covers: &str| {
        let text = without.replace(
            "covers = [\"functional\", \"performance\", \"security\"]",
            &format!("covers = [\"functional\", \"performance\", \"security\"{covers}]"),
        );
        bare(&read(&text).baseline.model(Some(26 * WEEK)), nothing)
    };
    same("a gate's eye", &of(""), &of(", \"compliance\""));
}

/// Where nothing can be taken back anyway, it does not matter what cannot; and a rollout at once leaves its own
/// check nothing to check.
#[test]
fn what_cannot_happen_changes_nothing() {
    let base = |undo: &str, more: &str| {
        let text = SHIPPED.replace(
            "undo = \"by strategy\"",
            &format!("undo = \"{undo}\"\n{more}"),
        );
        bare(&read(&text).baseline.model(Some(26 * WEEK)), nothing)
    };
    same(
        "irreversible without a way back",
        &base("none", ""),
        &base("none", "irreversible = { code = 1, migration = 0.5 }"),
    );
    let own = |check: &str| {
        format!(
            "strategies = [{{ id = \"own\", undo = \"one button\", downtime = \"1 hour\", steps = [{{ share = 1 }}]{check} }}]"
        )
    };
    let with = |check: &str| {
        let text = SHIPPED
            .replace("strategy = \"recreate\"", "strategy = \"own\"")
            .replace("undo = \"by strategy\"", &own(check));
        bare(&read(&text).baseline.model(Some(26 * WEEK)), nothing)
    };
    same(
        "a rollout's own check without steps",
        &with(""),
        &with(", self_check = \"1 minute\""),
    );
}

/// One work type, one size, one stage: whatever orders the queue orders it by the time of the request.
#[test]
fn with_one_kind_of_work_every_policy_is_first_come_first_served() {
    let of = |policy: &str| {
        let parts = [
            format!("[outcome]\nqueue_policy = \"{policy}\"\n"),
            stream("s", "a", ""),
            poisson_with(0.8, "cost_of_delay = 3"),
            stage("a", "t", &exponential(1.0)),
            team("t", 1),
        ];
        simulate(&plain(60, 20, &parts), 8).1
    };
    let first = of("fifo");
    for policy in ["class of service", "weighted shortest job first"] {
        same(policy, &first, &of(policy));
    }
}

/// Urgency is nothing to a team that takes what came first.
#[test]
fn urgent_work_that_nobody_orders_by_changes_nothing() {
    let of = |of_demand: &str| {
        let parts = [
            stream("s", "a", ""),
            poisson_with(0.8, of_demand),
            stage("a", "t", &exponential(1.0)),
            team("t", 1),
        ];
        simulate(&plain(61, 20, &parts), 8).1
    };
    same("expedite under fifo", &of(""), &of("expedite = 0.5"));
}

#[test]
fn a_fork_for_work_that_never_comes_changes_nothing() {
    let of = |never: bool| {
        let mut parts = vec![
            stream("s", "a", ""),
            poisson_with(0.6, "size = { dist = \"gamma\", mean = 1, cv = 0.5 }"),
            "[[streams.demand]]\nid = \"never\"\n".into(),
            stage("a", "t", &exponential(1.0)),
            stage("b", "u", &exponential(1.2)),
            stage_with("c", "v", &exponential(0.7), ""),
            stage("d", "t", &exponential(0.3)),
        ];
        if never {
            parts.push(
                "[[streams.forks]]\nid = \"f\"\ntypes = [\"never\"]\njoin = \"d\"\n\
                 parts = [{ id = \"x\", stages = [\"b\"] }, { id = \"y\", stages = [\"c\"] }]\n"
                    .into(),
            );
        }
        parts.extend(["t", "u", "v"].map(|id| team(id, 1)));
        simulate(&plain(62, 20, &parts), 8).1
    };
    same("a fork", &of(false), &of(true));
}

/// Years come in pairs that share what is not known; of what does nothing, nothing need be known.
#[test]
fn an_assumption_range_of_what_does_nothing_changes_nothing() {
    let of = |people: &str| {
        let text = format!("{SHIPPED}\n[[teams]]\nid = \"aaa\"\npeople = {people}\n");
        let models = read(&text).baseline.models(Some(26 * WEEK));
        let runs = replicate(&models, 0, 12, &Cancel::default());
        let undrawn = |r| Replication {
            draw: None,
            ..common(r)
        };
        runs.into_iter().map(undrawn).collect::<Vec<_>>()
    };
    let ranged = of("{ low = 1, likely = 2, high = 9 }");
    same("a range", &of("2"), &ranged);
}

#[test]
fn a_team_without_work_changes_nothing() {
    idle("a team", "[[teams]]\nid = \"aaa\"\npeople = 3\n");
}

#[test]
fn a_gate_for_changes_that_never_come_changes_nothing() {
    let idle_gate = "[[governance.gates]]\nid = \"none\"\nafter = \"development\"\nkind = \"manual\"\nteam = \"app\"\n\
        effort = \"9 hours\"\nrisks = []\ndiscrimination = 2\n";
    idle("a gate", idle_gate);
}

#[test]
fn a_stream_without_demand_changes_nothing() {
    // It comes first in the file, so that every index of the others is another.
    let other = stream("aaa", "x", "")
        + "[[streams.demand]]\nid = \"none\"\n"
        + &stage("x", "app", "\"1 hour\"");
    let text = SHIPPED.replacen("[[streams]]", &format!("{other}\n[[streams]]"), 1);
    let models = [read(SHIPPED), read(&text)].map(|s| s.baseline.model(Some(26 * WEEK)));
    let [a, b] = models.map(|m| {
        run(&m, 0, 16, &Cancel::default())
            .into_iter()
            .map(common)
            .collect::<Vec<_>>()
    });
    assert!(a == b, "an idle stream changes numbers");
}

#[test]
fn a_stage_that_applies_to_no_item_changes_nothing() {
    let stage = "{ id = \"nothing\", team = \"qa\", effort = \"9 hours\", changes = [] }";
    for before in ["analysis", "packaging", "preparation"] {
        let text = format!(
            "{SHIPPED}\n[[what_ifs]]\nid = \"idle\"\nname = \"Idle\"\n\
             changes = [{{ add = \"streams.release.stages\", value = {stage}, before = \"{before}\" }}]\n"
        );
        let scenario = read(&text);
        let runs = [None, Some("idle")].map(|id| {
            let model = variant(&scenario, id).model(Some(26 * WEEK));
            run(&model, 0, 16, &Cancel::default())
                .into_iter()
                .map(common)
                .collect::<Vec<_>>()
        });
        assert!(
            runs[0] == runs[1],
            "an idle stage before {before} changes numbers"
        );
    }
}
