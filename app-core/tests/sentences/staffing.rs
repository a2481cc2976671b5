use crate::study::{Pair, line, pair};
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::rounded;

const ENDLESS: &str = "arrives = \"endless\"";
const THREE_MORE: &str = "levers = { \"people/dev\" = 3 }";

fn told(demand: &str, ops_hours: f64, what_if: &str) -> Pair {
    pair(&line(demand, ops_hours, what_if), "w", 64)
}

#[test]
fn more_people_beside_the_team_that_sets_the_pace_deliver_no_more() {
    let pair = told(ENDLESS, 8.0, THREE_MORE);
    let s = pair.says("more-people").expect("the sentence");
    let delivered = pair.before.summary.throughput_per_week.unwrap().value * WEEKS_PER_MONTH;
    let opening = format!(
        "Three more people in Development: still {} a month, ",
        rounded(delivered)
    );
    assert!(s.text.starts_with(&opening), "{}", s.text);
    assert!(
        s.text.ends_with("because Operations sets the pace."),
        "{}",
        s.text
    );
    assert!(s.certain && s.of.as_deref() == Some("w"), "{s:?}");
}

#[test]
fn the_pace_is_put_down_to_no_team_where_it_is_not_one_team_s() {
    let none = |what: &str, pair: Pair| {
        let said = pair.says("more-people").map(|s| s.text.clone());
        assert!(
            !said.as_ref().is_some_and(|s| s.contains("pace")),
            "{what}: {said:?}"
        );
    };
    none(
        "it got the people",
        told(ENDLESS, 8.0, "levers = { \"people/ops\" = 1 }"),
    );
    none(
        "the other team sets it before",
        told(ENDLESS, 2.4, THREE_MORE),
    );
    none(
        "less is asked for than can be done",
        told("per_week = 3", 8.0, THREE_MORE),
    );
    let more = "changes = [{ set = \"teams.dev.people\", to = 7 }, { set = \"teams.dev.focus\", to = 0.9 }]";
    let pair = told(ENDLESS, 8.0, more);
    assert_eq!(
        pair.says("more-people"),
        None,
        "people are not all that changes"
    );
}

#[test]
fn where_all_that_is_asked_for_is_delivered_that_is_the_reason() {
    let pair = told("per_week = 3", 8.0, THREE_MORE);
    let s = pair.says("more-people").expect("the sentence");
    assert!(
        s.text.contains("because no more is asked for"),
        "{}",
        s.text
    );
}
