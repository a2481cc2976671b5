//! Who goes first, without interrupting: classes of service, cost of delay over effort, short jobs.

use super::exact::{cobham, shortest_first};
use super::{case, mean_time, time_of_group};
use millrace_tests::case::Case;
use millrace_tests::plain::{exponential, poisson_with, stage, stream, team};

const COBHAM: &str = "Cobham 1954";

pub fn cases() -> Vec<Case> {
    let mut all = three_classes();
    all.extend(three_people());
    all.extend(costs());
    all.push(weights());
    all.push(short_jobs());
    all
}

/// One team and one stage for three work types: requests an hour, size, further lines.
fn three(policy: &str, people: u32, types: [(&str, f64, f64, &str); 3]) -> Vec<String> {
    let mut parts = vec![
        format!("[outcome]\nqueue_policy = \"{policy}\"\n"),
        stream("s", "a", ""),
    ];
    parts.extend(types.map(|(id, rate, size, more)| {
        poisson_with(rate, &format!("size = {size:?}\n{more}"))
            .replace("id = \"work\"", &format!("id = \"{id}\""))
    }));
    parts.push(stage("a", "t", &exponential(1.0)));
    parts.push(team("t", people));
    parts
}

/// Expedite before fixed date before the rest. All dates are equally far off, so that a class is served in
/// the order of its requests.
fn three_classes() -> Vec<Case> {
    let classes = [
        ("usual", 0.3, 1.2, ""),
        ("dated", 0.5, 0.4, "fixed_date = 1\ndue = \"2 weeks\""),
        ("urgent", 0.15, 1.0, "expedite = 1"),
    ];
    let study = three("class of service", 1, classes);
    let times = cobham(&[(0.15, 1.0), (0.5, 0.4), (0.3, 1.2)], 1);
    let of = |name: &str, seed: u64, weeks: u32, class: usize, group: usize| {
        case(
            &format!("three classes of service: {name}"),
            COBHAM,
            times[class],
            (seed, weeks, 64),
            &study,
            time_of_group(group),
        )
    };
    vec![
        of("expedite", 701, 200, 0, 3),
        of("fixed date", 702, 200, 1, 2),
        of("standard", 703, 500, 2, 1),
    ]
}

/// The same for equal services by three people.
fn three_people() -> Vec<Case> {
    let classes = [
        ("usual", 1.2, 1.0, ""),
        ("dated", 0.9, 1.0, "fixed_date = 1\ndue = \"2 weeks\""),
        ("urgent", 0.3, 1.0, "expedite = 1"),
    ];
    let study = three("class of service", 3, classes);
    let times = cobham(&[(0.3, 1.0), (0.9, 1.0), (1.2, 1.0)], 3);
    vec![
        case(
            "three classes of service, three people: fixed date",
            COBHAM,
            times[1],
            (705, 60, 64),
            &study,
            time_of_group(2),
        ),
        case(
            "three classes of service, three people: standard",
            COBHAM,
            times[2],
            (706, 400, 64),
            &study,
            time_of_group(1),
        ),
    ]
}

/// Cost of delay over expected effort: 10 before 6 before 2.
fn costs() -> Vec<Case> {
    let types = [
        ("slow", 0.15, 2.0, "cost_of_delay = 4"),
        ("small", 0.4, 0.5, "cost_of_delay = 5"),
        ("usual", 0.25, 1.0, "cost_of_delay = 6"),
    ];
    let study = three("weighted shortest job first", 1, types);
    let times = cobham(&[(0.4, 0.5), (0.25, 1.0), (0.15, 2.0)], 1);
    let of = |name: &str, seed: u64, weeks: u32, class: usize, group: usize| {
        case(
            &format!("cost of delay over effort, three types: {name}"),
            "Cobham 1954, the cμ rule",
            times[class],
            (seed, weeks, 64),
            &study,
            time_of_group(group),
        )
    };
    vec![
        of("10 to 1", 710, 100, 0, 2),
        of("6 to 1", 711, 150, 1, 3),
        of("2 to 1", 712, 600, 2, 1),
    ]
}

/// An objective of weight 8 takes a stream of ordinary work past one that costs three times as much.
fn weights() -> Case {
    let study = [
        "[outcome]\nqueue_policy = \"weighted shortest job first\"\nobjectives = [{ id = \"o\", name = \"soon\", \
         metric = \"lead time\", target = \"1 week\", streams = [\"promised\"], weight = 8 }]\n"
            .into(),
        stream("dear", "a", ""),
        poisson_with(0.4, "cost_of_delay = 3"),
        stage("a", "t", &exponential(1.0)),
        stream("promised", "b", ""),
        poisson_with(0.3, ""),
        stage("b", "t", &exponential(1.0)),
        team("t", 1),
    ];
    let times = cobham(&[(0.3, 1.0), (0.4, 1.0)], 1);
    case(
        "an objective of weight 8 against three times the cost of delay: time of the dearer",
        COBHAM,
        times[1],
        (715, 400, 64),
        &study,
        time_of_group(0),
    )
}

/// All cost the same, and sizes are known when they come: shortest job first.
fn short_jobs() -> Case {
    case(
        "shortest job first, exponential sizes, load 0.8: time in system",
        "Phipps 1956",
        shortest_first(0.8),
        (716, 700, 64),
        &[
            "[outcome]\nqueue_policy = \"weighted shortest job first\"\n".into(),
            stream("s", "a", ""),
            poisson_with(0.8, "size = { dist = \"exponential\", mean = 1 }"),
            stage("a", "t", "\"1 hour\""),
            team("t", 1),
        ],
        mean_time(),
    )
}
