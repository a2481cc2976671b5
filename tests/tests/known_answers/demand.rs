//! Requests: refused, given up, in batches, in a rhythm, estimated.

use super::exact::{impatient, left_of_batches, patient_until, refused, rounded_exponential};
use super::release::{instant, meeting};
use super::{case, mean_time, metric, ratio};
use millrace_core::engine::Replication;
use millrace_core::experiment::Metric;
use millrace_tests::case::{Case, Figure};
use millrace_tests::plain::{exponential, poisson_with, single, stage, stream, team};

pub fn cases() -> Vec<Case> {
    let mut all = limited();
    all.extend(impatience());
    all.extend(batches());
    all.extend(rhythms());
    all.extend(estimates());
    all
}

/// One stage of one team, with further lines for the stream and for its demand.
fn queue(per_hour: f64, people: u32, of_stream: &str, of_demand: &str) -> Vec<String> {
    vec![
        stream("s", "a", of_stream),
        poisson_with(per_hour, of_demand),
        stage("a", "t", &exponential(1.0)),
        team("t", people),
    ]
}

fn share_of(count: fn(&Replication) -> f64) -> Figure {
    // Leftovers are in the lead times; what was turned away is not.
    ratio(move |r: &Replication| (count(r), r.lead_time.n + count(r)))
}

fn limited() -> Vec<Case> {
    const SOURCE: &str = "M/M/c/K";
    let (lost, time) = refused(1.8, 2, 3);
    let (blocked, _) = refused(2.4, 3, 0);
    let (alone, _) = refused(0.9, 1, 4);
    let study = queue(1.8, 2, "intake_limit = 3", "");
    vec![
        case(
            "two people, at most 3 requests waiting: refused",
            SOURCE,
            lost,
            (501, 110, 64),
            &study,
            share_of(|r| r.refused),
        ),
        case(
            "two people, at most 3 requests waiting: time of the others",
            SOURCE,
            time,
            (502, 15, 64),
            &study,
            mean_time(),
        ),
        case(
            "one person, at most 4 requests waiting, load 0.9: refused",
            SOURCE,
            alone,
            (503, 190, 64),
            &queue(0.9, 1, "intake_limit = 4", ""),
            share_of(|r| r.refused),
        ),
        case(
            "three people and nobody waits: refused",
            "Erlang B",
            blocked,
            (504, 20, 64),
            &queue(2.4, 3, "intake_limit = 0", ""),
            share_of(|r| r.refused),
        ),
    ]
}

fn impatience() -> Vec<Case> {
    const SOURCE: &str = "Erlang A";
    let patience = format!("patience = {}", exponential(2.0));
    let study = queue(2.2, 2, "", &patience);
    let (lost, time) = impatient(2.2, 2, 0.5);
    let (late, served) = patient_until(0.8, 2.0);
    let constant = queue(0.8, 1, "", "patience = \"2 hours\"");
    let (blocked, _) = refused(2.4, 3, 0);
    vec![
        case(
            "two people, load 1.1, patience of 2 hours on average: given up",
            SOURCE,
            lost,
            (510, 50, 64),
            &study,
            share_of(|r| r.abandoned),
        ),
        case(
            "two people, load 1.1, patience of 2 hours on average: time of the others",
            SOURCE,
            time,
            (511, 15, 64),
            &study,
            mean_time(),
        ),
        case(
            "one person, load 0.8, patience of exactly 2 hours: given up",
            "M/M/1 + D",
            late,
            (512, 90, 64),
            &constant,
            share_of(|r| r.abandoned),
        ),
        case(
            "one person, load 0.8, patience of exactly 2 hours: time of the others",
            "M/M/1 + D",
            served,
            (513, 20, 64),
            &constant,
            mean_time(),
        ),
        case(
            "three people and no patience at all: given up",
            "Erlang B",
            blocked,
            (514, 20, 64),
            &queue(2.4, 3, "", "patience = \"0 hours\""),
            share_of(|r| r.abandoned),
        ),
    ]
}

fn batches() -> Vec<Case> {
    const BULK: &str = "bulk arrivals";
    // (E[X²] + E[X])/(2 E[X] (1 − ρ)) services.
    let bulk =
        |(first, second): (f64, f64), rho: f64| (second + first) / (2.0 * first * (1.0 - rho));
    let moments = rounded_exponential(2.0);
    let sprint = [
        stream("s", "a", ""),
        poisson_with(10.0 / 12.0, "arrives = \"batches\"\nevery = \"12 hours\""),
        stage("a", "t", &exponential(1.0)),
        team("t", 1),
    ];
    vec![
        case(
            "requests by threes, load 0.6: time in system",
            BULK,
            bulk((3.0, 9.0), 0.6),
            (520, 250, 64),
            &queue(0.6, 1, "", "batch = 3"),
            mean_time(),
        ),
        case(
            "requests in batches of exponential size 2, load 0.5: time in system",
            BULK,
            bulk(moments, 0.5),
            (521, 240, 64),
            &queue(0.5, 1, "", "batch = { dist = \"exponential\", mean = 2 }"),
            mean_time(),
        ),
        case(
            "requests in batches of exponential size 2: a week's",
            "the mean holds",
            84.0,
            (522, 50, 64),
            &queue(0.5, 1, "", "batch = { dist = \"exponential\", mean = 2 }"),
            metric(Metric::Throughput),
        ),
        case(
            "a request in a third of all weeks: a week's",
            "the mean holds",
            1.0 / 3.0,
            (523, 4000, 64),
            &instant(0.0, false, "")
                .iter()
                .map(|p| {
                    p.replace(
                        "per_week = 0.0",
                        "per_week = 0.3333333333333333\narrives = \"batches\"\nevery = \"1 week\"",
                    )
                })
                .collect::<Vec<_>>(),
            metric(Metric::Throughput),
        ),
        case(
            "ten requests every 12 hours, load 0.83: time in system",
            "reflected walk",
            left_of_batches(10, 12.0) + 5.5,
            (524, 70, 64),
            &sprint,
            mean_time(),
        ),
    ]
}

/// Mean factor of a rate that changes daily, over the counted days.
fn mean_factor(weeks: u32, factor: impl Fn(i32) -> f64) -> f64 {
    let days = 56..56 + 7 * weeks as i32;
    let n = f64::from(7 * weeks);
    days.map(factor).sum::<f64>() / n
}

fn rhythms() -> Vec<Case> {
    const INTEGRAL: &str = "integral of the rate";
    let with = |lines: &str, more: &str| {
        vec![
            stream("s", "a", ""),
            poisson_with(1.0, lines),
            stage("a", "t", "\"0 hours\""),
            team("t", 1000),
            more.into(),
        ]
    };
    let days = "rhythm = { mon = 3, tue = 1, wed = 0, thu = 0, fri = 0, sat = 0, sun = 0 }";
    let season = "season = [3, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0.5, 0.5]";
    let weights = [3.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5];
    let weight = |day: i32| weights[(day % 364 * 12 / 364) as usize];
    let year: f64 = (0..364).map(weight).sum::<f64>() / 364.0;
    let twelfth = |day: i32| weight(day) / year;
    let grown = |day: i32| libm::pow(1.5, f64::from(day) / 364.0);
    vec![
        case(
            "three quarters on Mondays, a quarter on Tuesdays: wait for the board on Monday morning",
            INTEGRAL,
            0.75 * 156.0 + 0.25 * 132.0,
            (530, 10, 64),
            &with(days, &meeting("")),
            mean_time(),
        ),
        case(
            "no requests from Wednesday on: a week's",
            INTEGRAL,
            168.0,
            (531, 20, 64),
            &with(days, ""),
            metric(Metric::Throughput),
        ),
        case(
            "weeks 8 to 21 of a year with a season: a week's",
            INTEGRAL,
            168.0 * mean_factor(13, twelfth),
            (532, 13, 64),
            &with(season, ""),
            metric(Metric::Throughput),
        ),
        case(
            "a whole year with a season: a week's",
            INTEGRAL,
            168.0,
            (533, 52, 64),
            &with(season, ""),
            metric(Metric::Throughput),
        ),
        case(
            "two years that grow by a half each: a week's",
            INTEGRAL,
            168.0 * mean_factor(104, grown),
            (534, 104, 64),
            &with("growth = 0.5", ""),
            metric(Metric::Throughput),
        ),
        case(
            "a trace of one request every hour and a quarter: time in system",
            "σ = exp(−(1 − σ)/ρ)",
            1.0 / (1.0 - super::exact::regular_waits(0.8)),
            (535, 240, 64),
            &queue(
                0.0,
                1,
                "",
                "arrives = \"trace\"\ntimes = [\"0 hours\", \"1.25 hours\", \"2.5 hours\"]\nround = \"3.75 hours\"",
            ),
            mean_time(),
        ),
    ]
}

fn estimates() -> Vec<Case> {
    let by = |team: &str, mean: f64| {
        format!(
            "estimation = {{ team = \"{team}\", effort = {} }}",
            exponential(mean)
        )
    };
    // The estimate of mean e goes before its request of mean s, and later estimates before the start of
    // it: (V + e)/(1 − λe) + s, V the work found by Pollaczek–Khinchine.
    let (lambda, e, s) = (0.8, 0.25, 0.5);
    let second = 2.0 * e * e + 2.0 * s * s + 2.0 * e * s;
    let found = lambda * second / (2.0 * (1.0 - lambda * (e + s)));
    let mut same = single(lambda, 1, &exponential(s));
    same[1] = poisson_with(lambda, &by("t", e));
    let mut other = queue(2.4, 3, "intake_limit = 0", &by("u", 0.25));
    other.push(team("u", 1));
    vec![
        case(
            "requests estimated first by the team that works them: time in system",
            "Pollaczek–Khinchine, busy periods",
            (found + e) / (1.0 - lambda * e) + s,
            (540, 120, 64),
            &same,
            mean_time(),
        ),
        case(
            "utilisation by requests and their estimates",
            "work conservation",
            lambda * (e + s),
            (541, 30, 64),
            &same,
            ratio(|r: &Replication| (r.teams[0][0], r.teams[0][1])),
        ),
        case(
            "utilisation by the estimates of requests, also of those refused",
            "work conservation",
            2.4 * 0.25,
            (542, 20, 64),
            &other,
            ratio(|r: &Replication| (r.teams[1][0], r.teams[1][1])),
        ),
    ]
}
