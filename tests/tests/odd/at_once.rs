//! Much that happens at one instant: nothing is lost and no memory runs out.

use super::check;
use millrace_core::engine::Replication;
use millrace_tests::plain::{plain, poisson, poisson_with, stage_with, stream, team};

const NONE: &str = "changes = []";

fn released(of_stream: &str, rate: f64, of_stage: &str, pipeline: &str) -> Vec<String> {
    vec![
        stream("s", "a", of_stream).replace("released = false", "released = true"),
        poisson(rate),
        stage_with("a", "t", "\"0 hours\"", of_stage),
        team("t", 1000),
        format!(
            "[pipeline]\nstrategy = \"own\"\nstrategies = [{{ id = \"own\", undo = \"none\", steps = [{{ share = 1 }}] }}]\n{pipeline}\n"
        ),
    ]
}

fn all_arrive(name: &str, runs: &[Replication]) {
    for (i, r) in runs.iter().enumerate() {
        assert!(
            r.leftovers == 0.0 && !r.overflow && r.lead_time.n > 0.0,
            "{name}, replication {i}: of {} requests {} never arrive",
            r.lead_time.n,
            r.leftovers
        );
    }
}

#[test]
fn all_that_a_long_freeze_held_back_is_released_when_it_ends() {
    let freeze = "freezes = [{ id = \"f\", from = \"8 weeks\", length = \"10 weeks\", every = \"0 hours\" }]";
    for (policy, rate) in [("each", 30.0), ("batch", 30.0)] {
        let parts = released("", rate, "", &format!("policy = \"{policy}\"\n{freeze}"));
        let (_, runs) = check(policy, &plain(40, 10, &parts), 2);
        all_arrive(policy, &runs);
    }
}

#[test]
fn work_with_nothing_to_do_takes_its_place_in_the_stream_and_gives_it_back() {
    for policy in [
        "policy = \"train\"\nevery = \"1 week\"",
        "policy = \"sized\"\nbatch_size = 1",
        "policy = \"batch\"",
        "policy = \"each\"",
    ] {
        let rate = if policy.contains("train") { 0.02 } else { 1.0 };
        let parts = released("wip_limit = 5", rate, NONE, policy);
        let (_, runs) = check(policy, &plain(41, 20, &parts), 2);
        all_arrive(policy, &runs);
    }
}

/// One long item holds the only place of a stream while tens of thousands come for whom there is nothing to
/// do: they all leave at the instant at which it is done.
#[test]
fn a_backlog_of_work_with_nothing_to_do_empties_at_once() {
    let parts = [
        stream("s", "a", "wip_limit = 1"),
        poisson_with(200.0, "").replace("id = \"work\"", "id = \"nothing\""),
        poisson_with(0.004, "").replace("id = \"work\"", "id = \"long\""),
        stage_with("a", "t", "\"200 hours\"", "types = [\"long\"]"),
        team("t", 1),
    ];
    let (_, runs) = check("a long item and nothing", &plain(42, 10, &parts), 2);
    all_arrive("a long item and nothing", &runs);
}

/// A train carries changes of three strategies, all of them instantaneous: what left first is forgotten before
/// the last leaves, and its place is taken.
#[test]
fn a_train_of_three_strategies_carries_each_change_once() {
    let own = |id: &str| {
        format!(
            "{{ id = \"{id}\", undo = \"none\", downtime = \"1 hour\", steps = [{{ share = 1 }}] }}"
        )
    };
    let parts = [
        stream("s", "a", "wip_limit = 50").replace("released = false", "released = true"),
        poisson(0.2),
        stage_with("a", "t", "\"0 hours\"", "risks = [\"low\", \"medium\"]"),
        team("t", 1000),
        format!(
            "[pipeline]\npolicy = \"train\"\nevery = \"1 week\"\nstrategy = \"x\"\nstrategies = [{}, {}, {}]\n\
             strategy_rules = [{{ risks = [\"low\"], strategy = \"y\" }}, {{ risks = [\"medium\"], strategy = \"z\" }}]\n",
            own("x"),
            own("y"),
            own("z")
        ),
    ];
    let (_, runs) = check("three strategies", &plain(43, 20, &parts), 4);
    all_arrive("three strategies", &runs);
    for r in &runs {
        assert!(
            r.deployments <= 3.0 * 20.0,
            "{} deployments in twenty weeks",
            r.deployments
        );
    }
}
