//! Several stations: feedback, branching, closed lines, blocking, help from a platform team.

use super::exact::{Closed, Station, repairer};
use super::{case, mean_time, metric, per_hour, ratio};
use millrace_core::engine::Replication;
use millrace_core::experiment::{Metric, Statistic};
use millrace_tests::case::Case;
use millrace_tests::plain::{
    endless, exponential, poisson, single, stage, stage_with, stream, team,
};

const JACKSON: &str = "Jackson 1957";

pub fn cases() -> Vec<Case> {
    let mut all = open();
    all.extend(conwip());
    all.extend(blocking());
    all
}

fn open() -> Vec<Case> {
    let unit = exponential(1.0);
    // Every completion comes back with probability 0.25: load 0.6/0.75 = 0.8.
    let feedback = [
        stream("s", "a", ""),
        poisson(0.6),
        stage_with(
            "a",
            "t",
            &unit,
            "returns = [{ to = \"a\", probability = 0.25, effort_share = 1 }]",
        ),
        team("t", 1),
    ];
    // a → b 60%, c 40%; b → a 20%, c 30%, done 50%; c → done 90%, b 10%. Traffic at 0.4 requests an hour.
    let x = |a: f64, b: f64, c: f64| [a, b, c];
    let mut rates = x(0.4, 0.0, 0.0);
    for _ in 0..200 {
        rates = x(
            0.4 + 0.2 * rates[1],
            0.6 * rates[0] + 0.1 * rates[2],
            0.4 * rates[0] + 0.3 * rates[1],
        );
    }
    let means = [1.4, 2.0, 1.8];
    let number = |i: usize| {
        let load = rates[i] * means[i];
        load / (1.0 - load)
    };
    let network = [
        stream("s", "a", ""),
        poisson(0.4),
        stage_with(
            "a",
            "ta",
            &exponential(means[0]),
            "next = [{ to = \"b\", share = 0.6 }, { to = \"c\", share = 0.4 }]",
        ),
        stage_with(
            "b",
            "tb",
            &exponential(means[1]),
            "next = [{ to = \"a\", share = 0.2 }, { to = \"c\", share = 0.3 }, { to = \"done\", share = 0.5 }]",
        ),
        stage_with(
            "c",
            "tc",
            &exponential(means[2]),
            "next = [{ to = \"done\", share = 0.9 }, { to = \"b\", share = 0.1 }]",
        ),
        team("ta", 1),
        team("tb", 1),
        team("tc", 1),
    ];
    let tandem = [
        stream("s", "a", ""),
        poisson(0.7),
        stage("a", "ta", &unit),
        stage("b", "tb", &exponential(1.1)),
        team("ta", 1),
        team("tb", 1),
    ];
    // A stage of people without number asks a platform team of one for help on every second visit.
    let help = [
        stream("s", "a", ""),
        poisson(1.2),
        stage_with(
            "a",
            "many",
            &unit,
            "requests = [{ capability = \"test-environments\", probability = 0.5 }]",
        ),
        team("many", 1000),
        team("help", 1),
        format!(
            "[[platform.capabilities]]\nid = \"test-environments\"\nteam = \"help\"\nticket_effort = {unit}\n"
        ),
    ];
    let wait_for_help = ratio(|r: &Replication| (r.parts[4], r.finished));
    vec![
        case(
            "M/M/1 with feedback 25%, load 0.8: time in system",
            JACKSON,
            4.0 / 0.6,
            (201, 740, 64),
            &feedback,
            mean_time(),
        ),
        case(
            "open network of three with branches and cycles: time in system",
            JACKSON,
            (number(0) + number(1) + number(2)) / 0.4,
            (202, 140, 64),
            &network,
            mean_time(),
        ),
        case(
            "two stations in line: time in system",
            JACKSON,
            1.0 / 0.3 + 1.0 / (1.0 / 1.1 - 0.7),
            (203, 250, 64),
            &tandem,
            mean_time(),
        ),
        case(
            "tickets to a platform team on every second visit, load 0.6: wait for the platform",
            "M/M/1, thinned",
            0.5 / 0.4,
            (204, 210, 64),
            &help,
            wait_for_help,
        ),
        case(
            "utilisation of a team of three at load 0.8",
            "work conservation",
            0.8,
            (205, 10, 64),
            &single(2.4, 3, &unit),
            ratio(|r: &Replication| (r.teams[0][0], r.teams[0][1])),
        ),
    ]
}

pub fn line(limit: u32, means: &[f64], people: &[u32]) -> Vec<String> {
    let mut parts = vec![
        stream("s", "s0", &format!("wip_limit = {limit}")),
        endless(),
    ];
    for (i, mean) in means.iter().enumerate() {
        parts.push(stage(
            &format!("s{i}"),
            &format!("t{i}"),
            &exponential(*mean),
        ));
    }
    parts.extend(
        people
            .iter()
            .enumerate()
            .map(|(i, p)| team(&format!("t{i}"), *p)),
    );
    parts
}

fn conwip() -> Vec<Case> {
    let unequal = [1.0, 0.5, 0.8];
    let x = Closed::of(4, &unequal.map(|mean| Station::of(mean, 1))).throughput;
    vec![
        case(
            "5 items over 4 equal stations: throughput",
            "N/(N + M − 1)",
            5.0 / 8.0,
            (210, 10, 64),
            &line(5, &[1.0; 4], &[1; 4]),
            per_hour(),
        ),
        case(
            "5 items over 4 equal stations: lead time from commitment",
            "N/(N + M − 1)",
            8.0,
            (211, 10, 64),
            &line(5, &[1.0; 4], &[1; 4]),
            mean_time(),
        ),
        case(
            "4 items over 3 unequal stations: throughput",
            "mean value analysis",
            x,
            (212, 10, 64),
            &line(4, &unequal, &[1; 3]),
            per_hour(),
        ),
        case(
            "6 machines, one repairer: throughput",
            "machine interference",
            repairer(6, 0.2),
            (213, 10, 64),
            &line(6, &[5.0, 1.0], &[1000, 1]),
            per_hour(),
        ),
        case(
            "12 items over 4 equal stations: throughput a week",
            "N/(N + M − 1)",
            168.0 * 12.0 / 15.0,
            (214, 10, 64),
            &line(12, &[1.0; 4], &[1; 4]),
            metric(Metric::Throughput),
        ),
    ]
}

/// Stations without buffers: a finished item keeps its place until the next has one.
fn blocking() -> Vec<Case> {
    let saturated = |n: usize| {
        let mut parts = vec![stream("s", "s0", ""), endless()];
        parts.extend((0..n).map(|i| {
            stage_with(
                &format!("s{i}"),
                &format!("t{i}"),
                &exponential(1.0),
                "wip_limit = 1",
            )
        }));
        parts.extend((0..n).map(|i| team(&format!("t{i}"), 1)));
        parts
    };
    let source = "blocking after service (Hunt 1956)";
    vec![
        case(
            "saturated line of 2 without buffers: throughput",
            source,
            2.0 / 3.0,
            (220, 10, 64),
            &saturated(2),
            per_hour(),
        ),
        case(
            "saturated line of 3 without buffers: throughput",
            source,
            22.0 / 39.0,
            (221, 10, 64),
            &saturated(3),
            per_hour(),
        ),
        case(
            "saturated line of 2 without buffers: lead time from commitment",
            "three equally likely states, Little's law",
            // Items in the line: 1 (only the first busy), 2, 2 (first blocked); mean 5/3 at rate 2/3.
            2.5,
            (222, 10, 64),
            &saturated(2),
            metric(Metric::LeadTime(Statistic::Mean)),
        ),
    ]
}
