//! Demand, limits, returns, forks, who goes first.

use super::{always, check, lead, on_average};
use millrace_core::engine::Replication;
use millrace_tests::plain::{
    endless, exponential, poisson, poisson_with, stage, stage_with, stream, team,
};

fn demand(rate: f64, lines: &str) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson_with(rate, lines),
        stage("a", "t", &exponential(1.0)),
        team("t", 1),
    ]
}

#[test]
fn more_demand_is_more_of_everything() {
    check(&[
        always(
            "more requests, a longer queue",
            demand(0.5, ""),
            demand(0.6, ""),
            lead,
        ),
        always(
            "larger requests",
            demand(0.5, "size = 1"),
            demand(0.5, "size = 1.2"),
            lead,
        ),
        always("growth", demand(0.5, ""), demand(0.5, "growth = 1"), |r| {
            r.lead_time.n
        }),
        on_average(
            "requests that come together",
            demand(0.5, ""),
            demand(0.5, "batch = 3"),
            lead,
        ),
        on_average(
            "requests that come on Mondays",
            demand(0.5, ""),
            demand(
                0.5,
                "rhythm = { tue = 0.2, wed = 0.2, thu = 0.2, fri = 0.2, sat = 0.2, sun = 0.2 }",
            ),
            lead,
        ),
        on_average(
            "requests that are estimated first",
            demand(0.5, ""),
            demand(
                0.5,
                "estimation = { team = \"t\", effort = \"20 minutes\" }",
            ),
            lead,
        ),
        on_average(
            "less patience, fewer served",
            demand(0.9, "patience = \"12 hours\""),
            demand(0.9, "patience = \"4 hours\""),
            |r| r.abandoned,
        ),
    ]);
}

fn intake(limit: u32) -> Vec<String> {
    let mut parts = demand(0.9, "");
    parts[0] = stream("s", "a", &format!("intake_limit = {limit}"));
    parts
}

/// Two stations of one person each, fed without end: places in the stream, and in the second station.
fn pulled(places: u32, buffer: u32) -> Vec<String> {
    vec![
        stream("s", "a", &format!("wip_limit = {places}")),
        endless(),
        stage_with("a", "t", &exponential(1.0), "wip_limit = 10"),
        stage_with(
            "b",
            "u",
            &exponential(1.0),
            &format!("wip_limit = {buffer}"),
        ),
        team("t", 1),
        team("u", 1),
    ]
}

/// The same with one place in the first station: who is done and cannot go on blocks it.
fn blocked(buffer: u32) -> Vec<String> {
    pulled(20, buffer)
        .iter()
        .map(|p| p.replace("wip_limit = 10\n", "wip_limit = 1\n"))
        .collect()
}

#[test]
fn a_tighter_limit_lets_less_through() {
    check(&[
        on_average(
            "a shorter backlog refuses more",
            intake(6),
            intake(3),
            |r| r.refused,
        ),
        on_average(
            "more work in progress delivers more",
            pulled(2, 100),
            pulled(4, 100),
            |r| r.delivered,
        ),
        on_average(
            "a longer buffer delivers more",
            blocked(1),
            blocked(4),
            |r| r.delivered,
        ),
        on_average(
            "more work in progress takes longer",
            pulled(4, 100),
            pulled(8, 100),
            |r| r.lead_time.sum / r.lead_time.n,
        ),
    ]);
}

fn returned(probability: f64, share: f64) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(0.5),
        stage("a", "t", &exponential(1.0)),
        stage_with(
            "b",
            "u",
            &exponential(0.5),
            &format!(
                "returns = [{{ to = \"a\", probability = {probability:?}, effort_share = {share:?} }}]"
            ),
        ),
        team("t", 1),
        team("u", 1),
    ]
}

fn routed(share: f64) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(0.5),
        stage_with(
            "a",
            "t",
            &exponential(1.0),
            &format!(
                "next = [{{ to = \"b\", share = {share:?} }}, {{ to = \"done\", share = {:?} }}]",
                1.0 - share
            ),
        ),
        stage("b", "u", &exponential(1.0)),
        team("t", 1),
        team("u", 1),
    ]
}

fn parts_of(n: usize) -> Vec<String> {
    let mut all = vec![
        stream("s", "start", ""),
        poisson(0.5),
        stage("start", "many", "\"0 hours\""),
        team("many", 1000),
    ];
    for i in 0..n {
        all.insert(
            3 + i,
            stage(&format!("s{i}"), &format!("t{i}"), &exponential(1.0)),
        );
        all.push(team(&format!("t{i}"), 1));
    }
    let parts: Vec<String> = (0..n)
        .map(|i| format!("{{ id = \"p{i}\", stages = [\"s{i}\"] }}"))
        .collect();
    all.insert(
        3 + n,
        format!(
            "[[streams.forks]]\nid = \"f\"\njoin = \"done\"\nparts = [{}]\n",
            parts.join(", ")
        ),
    );
    all
}

#[test]
fn a_longer_way_takes_longer() {
    check(&[
        on_average("more returns", returned(0.1, 1.0), returned(0.2, 1.0), lead),
        on_average(
            "more to do again",
            returned(0.2, 0.5),
            returned(0.2, 1.0),
            lead,
        ),
        on_average(
            "more go by way of another stage",
            routed(0.3),
            routed(0.6),
            lead,
        ),
        always("a further part to wait for", parts_of(2), parts_of(3), lead),
    ]);
}

/// Two work types of one team: the time of the first.
fn types(policy: &str, first: &str) -> Vec<String> {
    vec![
        format!("[outcome]\n{policy}\n"),
        stream("s", "a", ""),
        poisson_with(0.2, first),
        poisson(0.6).replace("id = \"work\"", "id = \"other\""),
        stage("a", "t", &exponential(1.0)),
        team("t", 1),
    ]
}

fn of_first(r: &Replication) -> f64 {
    r.groups[1].lead_time.sum
}

#[test]
fn whoever_goes_first_is_sooner_done() {
    let classes = "queue_policy = \"class of service\"";
    let value = "queue_policy = \"weighted shortest job first\"";
    let interrupts = format!("{classes}\nexpedite = \"interrupts\"");
    let dear = "cost_of_delay = 5";
    check(&[
        on_average(
            "usual after urgent",
            types(classes, "expedite = 1"),
            types(classes, ""),
            of_first,
        ),
        on_average(
            "urgent that waits for the next free person",
            types(&interrupts, "expedite = 1"),
            types(classes, "expedite = 1"),
            of_first,
        ),
        on_average(
            "usual after fixed date",
            types(classes, "fixed_date = 1\ndue = \"1 week\""),
            types(classes, ""),
            of_first,
        ),
        on_average(
            "cheap after dear",
            types(value, dear),
            types(value, ""),
            of_first,
        ),
        on_average(
            "whoever asked first instead of the costliest delay: cost of delay",
            types(value, dear),
            types("queue_policy = \"fifo\"", dear),
            |r| r.cost_of_delay,
        ),
        on_average(
            "dates met of those in a class of their own",
            types(classes, "due = \"4 hours\""),
            types(classes, "due = \"4 hours\"\nfixed_date = 1"),
            |r| r.due[1],
        ),
    ]);
}
