//! Levers that only studies with what they move are offered.

use millrace_core::experiment::compare::difference;
use millrace_core::experiment::{Cancel, Metric, Statistic, run};
use millrace_core::scenario::Scenario;
use millrace_core::scenario::lever::offered;
use millrace_tests::plain::{exponential, plain, poisson, read, stage, stream, team_with, variant};

const ID: &str = "tools";

fn study(of_team: &str) -> Scenario {
    let moved = |id: &str, position: &str| {
        format!(
            "[[what_ifs]]\nid = \"{id}\"\nname = \"X\"\n[what_ifs.levers]\n{ID} = \"{position}\"\n"
        )
    };
    read(&plain(
        9,
        104,
        &[
            stream("s", "a", ""),
            poisson(0.2),
            stage("a", "t", &exponential(2.0)),
            team_with("t", 1, of_team),
            moved("fewer", "half"),
            moved("more", "half as many again"),
        ],
    ))
}

#[test]
fn a_team_with_fewer_tools_to_master_than_it_can_hold_is_faster_and_with_more_slower() {
    // One domain and four tools against three that fit: a quarter more effort for each further three.
    let scenario = study("load = { tools = 4, capacity = 3 }");
    assert!(offered(&scenario.baseline).iter().any(|l| l.id == ID));
    let years = |w| {
        run(
            &variant(&scenario, w).model(None),
            0,
            100,
            &Cancel::default(),
        )
    };
    let before = years(None);
    for (what_if, direction) in [("fewer", -1.0), ("more", 1.0)] {
        let d = difference(
            Metric::LeadTime(Statistic::Mean),
            &before,
            &years(Some(what_if)),
        );
        let d = d.expect("requests came").estimate;
        assert!(
            d.is_not_zero() && d.value * direction > 0.0,
            "{what_if}: {d:?} hours"
        );
    }
}

#[test]
fn where_no_team_has_a_load_there_is_no_lever_for_it() {
    assert!(offered(&study("").baseline).iter().all(|l| l.id != ID));
}
