//! Closed networks: so many items for ever, over unequal stations, with and without time to think.

use super::exact::{Closed, Station, repairer};
use super::flow::line;
use super::{case, mean_time, per_hour, ratio};
use millrace_core::engine::Replication;
use millrace_tests::case::{Case, Figure};
use millrace_tests::plain::{endless, exponential, stage_with, stream, team};

const MVA: &str = "mean value analysis";
/// Residence times need no exponential delay (Baskett, Chandy, Muntz and Palacios, JACM 22, 1975).
const BCMP: &str = "mean value analysis, any delay";
const BUZEN: &str = "Buzen 1973, mean value analysis";

pub fn cases() -> Vec<Case> {
    let mut all = several_people();
    all.extend(thinking());
    all.extend(central_server());
    all
}

/// Hours in a stage, all visits of an item together.
fn time_at(stage: usize) -> Figure {
    ratio(move |r: &Replication| (r.places[stage].0, r.finished))
}

/// Stations of one, two and three people, none of them equal.
fn several_people() -> Vec<Case> {
    let (means, people) = ([1.0, 1.7, 3.3], [1, 2, 3]);
    let study = line(7, &means, &people);
    let stations: Vec<Station> = means
        .iter()
        .zip(people)
        .map(|(mean, people)| Station::of(*mean, people))
        .collect();
    let exact = Closed::of(7, &stations);
    let two = Closed::of(8, &[Station::endless(5.0), Station::of(1.0, 2)]);
    vec![
        case(
            "7 items over unequal stations of 1, 2 and 3 people: throughput",
            MVA,
            exact.throughput,
            (601, 10, 64),
            &study,
            per_hour(),
        ),
        case(
            "7 items over unequal stations of 1, 2 and 3 people: time at the third",
            MVA,
            exact.times[2],
            (602, 15, 64),
            &study,
            time_at(2),
        ),
        case(
            "8 machines, two repairers: throughput",
            "machine interference",
            two.throughput,
            (603, 10, 64),
            &line(8, &[5.0, 1.0], &[1000, 2]),
            per_hour(),
        ),
    ]
}

/// A handoff of some hours between two stations is a delay that nobody queues for.
fn thinking() -> Vec<Case> {
    let with_delay = |delay: &str| {
        let mut parts = line(6, &[1.0, 1.4], &[1, 1]);
        parts.push(format!(
            "[[handoffs.pairs]]\nfrom = \"t0\"\nto = \"t1\"\ndelay = {delay}\nsender_effort = \"0 hours\"\n\
             receiver_effort = \"0 hours\"\nlost_information = 0\n"
        ));
        parts
    };
    let exact = Closed::of(
        6,
        &[
            Station::of(1.0, 1),
            Station::endless(3.0),
            Station::of(1.4, 1),
        ],
    );
    vec![
        case(
            "6 items, two unequal stations and a handoff of 3 hours on average: throughput",
            MVA,
            exact.throughput,
            (610, 10, 64),
            &with_delay(&exponential(3.0)),
            per_hour(),
        ),
        case(
            "6 items, two unequal stations and a handoff of exactly 3 hours: throughput",
            BCMP,
            exact.throughput,
            (611, 10, 64),
            &with_delay("\"3 hours\""),
            per_hour(),
        ),
        case(
            "6 items, two unequal stations and a handoff of exactly 3 hours: lead time",
            BCMP,
            6.0 / exact.throughput,
            (612, 10, 64),
            &with_delay("\"3 hours\""),
            mean_time(),
        ),
    ]
}

/// Every visit to the first station is followed by one of two others, or by the end.
fn central_server() -> Vec<Case> {
    let central = [
        stream("s", "a", "wip_limit = 5"),
        endless(),
        stage_with(
            "a",
            "ta",
            &exponential(0.5),
            "next = [{ to = \"b\", share = 0.5 }, { to = \"c\", share = 0.25 }, { to = \"done\", share = 0.25 }]",
        ),
        stage_with(
            "b",
            "tb",
            &exponential(1.2),
            "next = [{ to = \"a\", share = 1 }]",
        ),
        stage_with(
            "c",
            "tc",
            &exponential(1.5),
            "next = [{ to = \"a\", share = 1 }]",
        ),
        team("ta", 1),
        team("tb", 1),
        team("tc", 1),
    ];
    // A geometric number of visits to the first, mean 4; half of them lead to the second.
    let exact = Closed::of(
        5,
        &[
            Station::of(4.0 * 0.5, 1),
            Station::of(2.0 * 1.2, 1),
            Station::of(1.5, 1),
        ],
    );
    vec![
        case(
            "central server with 5 items: throughput",
            BUZEN,
            exact.throughput,
            (620, 20, 64),
            &central,
            per_hour(),
        ),
        case(
            "central server with 5 items: time at the second station, all visits",
            BUZEN,
            exact.times[1],
            (621, 80, 64),
            &central,
            time_at(1),
        ),
    ]
}

#[test]
fn mean_value_analysis_agrees_with_the_repairman_and_with_equal_stations() {
    let machines = Closed::of(6, &[Station::endless(5.0), Station::of(1.0, 1)]);
    approx::assert_relative_eq!(machines.throughput, repairer(6, 0.2), max_relative = 1e-12);
    let equal = Closed::of(5, &[Station::of(1.0, 1); 4]);
    approx::assert_relative_eq!(equal.throughput, 5.0 / 8.0, max_relative = 1e-12);
    // Enough people for everybody are a delay.
    let (many, none) = (
        [Station::of(2.0, 5), Station::of(1.0, 1)],
        [Station::endless(2.0), Station::of(1.0, 1)],
    );
    approx::assert_relative_eq!(
        Closed::of(5, &many).throughput,
        Closed::of(5, &none).throughput,
        max_relative = 1e-12
    );
}
