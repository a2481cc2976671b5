//! Items that split into parts for several teams and are joined again.

use super::{case, mean_time, part};
use millrace_core::engine::Part;
use millrace_tests::case::Case;
use millrace_tests::plain::{exponential, poisson, stage, stream, team};

/// After a stage that takes no time, one part for each effort, each with a team of its own.
fn forked(per_hour: f64, parts: &[(String, u32)]) -> Vec<String> {
    let mut study = vec![
        stream("s", "start", ""),
        poisson(per_hour),
        stage("start", "many", "\"0 hours\""),
    ];
    let of = |i: usize| format!("{{ id = \"p{i}\", stages = [\"s{i}\"] }}");
    let list: Vec<String> = (0..parts.len()).map(of).collect();
    for (i, (effort, _)) in parts.iter().enumerate() {
        study.push(stage(&format!("s{i}"), &format!("t{i}"), effort));
    }
    study.push(format!(
        "[[streams.forks]]\nid = \"layers\"\njoin = \"done\"\nparts = [{}]\n",
        list.join(", ")
    ));
    study.push(team("many", 1000));
    for (i, (_, people)) in parts.iter().enumerate() {
        study.push(team(&format!("t{i}"), *people));
    }
    study
}

pub fn cases() -> Vec<Case> {
    let unit = exponential(1.0);
    let two = |rate: f64| forked(rate, &[(unit.clone(), 1), (unit.clone(), 1)]);
    // Two queues fed by the same requests: (12 − ρ)/8 of the time in one of them.
    let time = |rho: f64| (12.0 - rho) / 8.0 / (1.0 - rho);
    const FLATTO: &str = "Flatto and Hahn 1984, Nelson and Tantawi 1988";
    let many = forked(
        1.0,
        &[
            (unit.clone(), 1000),
            (unit.clone(), 1000),
            (unit.clone(), 1000),
        ],
    );
    const LAST: &str = "last of three exponentials";
    vec![
        case(
            "fork and join of two exponential queues, load 0.5: time in system",
            FLATTO,
            time(0.5),
            (640, 60, 64),
            &two(0.5),
            mean_time(),
        ),
        case(
            "fork and join of two exponential queues, load 0.7: time in system",
            FLATTO,
            time(0.7),
            (641, 230, 64),
            &two(0.7),
            mean_time(),
        ),
        case(
            "fork of an exponential queue and of nothing, load 0.6: time in system",
            "M/M/1",
            2.5,
            (642, 160, 64),
            &forked(0.6, &[(unit.clone(), 1), ("\"0 hours\"".into(), 1)]),
            mean_time(),
        ),
        case(
            "three parts and people for all of them: time in system",
            LAST,
            1.0 + 1.0 / 2.0 + 1.0 / 3.0,
            (643, 10, 64),
            &many,
            mean_time(),
        ),
        case(
            "three parts and people for all of them: wait from the first to the last",
            LAST,
            1.0 + 1.0 / 2.0,
            (644, 10, 64),
            &many,
            part(Part::JoinWait),
        ),
    ]
}
