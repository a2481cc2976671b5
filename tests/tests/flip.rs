//! The value of an assumption at which a choice reverses, where it is known.

use millrace_core::experiment::flip::{Flips, Moved, Question, flips};
use millrace_core::experiment::{Cancel, Metric, Statistic};
use millrace_core::scenario::Scenario;
use millrace_core::time::WEEK;
use millrace_tests::plain::{exponential, plain, poisson, read, single, stage, stream, team};

const MEAN: Metric = Metric::LeadTime(Statistic::Mean);

fn asked(scenario: &Scenario, metric: Metric, moved: Moved) -> Flips {
    let question = Question {
        scenario,
        what_if: "other",
        metric,
        moved,
        warm_up: 4 * WEEK,
        replications: 100,
    };
    flips(&question, &Cancel::default(), &|_, _, _| {}).expect("a study with a what-if")
}

fn what_if(path: &str, to: &str) -> String {
    format!(
        "[[what_ifs]]\nid = \"other\"\nname = \"Other\"\nchanges = [{{ set = \"{path}\", to = {to} }}]\n"
    )
}

/// One server with work of a mean that is not known; the what-if has one of 1.2 hours.
fn server(effort: &str) -> Scenario {
    let mut parts = single(0.5, 1, effort);
    parts.push(what_if(
        "streams.s.stages.a.effort",
        "{ dist = \"exponential\", mean = \"1.2 hours\" }",
    ));
    read(&plain(3, 10, &parts))
}

#[test]
fn a_choice_against_a_known_time_reverses_at_that_time() {
    let scenario = server(
        "{ dist = \"exponential\", mean = { low = \"0.6 hours\", likely = \"1 hours\", high = \"1.5 hours\" } }",
    );
    for metric in [MEAN, Metric::LeadTime(Statistic::Percentile(0.85))] {
        let found = asked(&scenario, metric, Moved::Ranges);
        assert_eq!((found.flips.len(), found.steady), (1, 0), "{found:?}");
        let flip = &found.flips[0];
        assert_eq!(flip.path, "streams.s.stages.a.effort.mean");
        assert!(flip.surely && found.difference.low > 0.0, "{found:?}");
        // At equal means the years are the same, and so are times a thousandth apart (RULES 32).
        assert!((flip.at.value - 1.2).abs() < 0.001, "{flip:?}");
        assert!(flip.at.half_width() < 0.01, "{flip:?}");
        assert!((flip.way - 0.4).abs() < 0.02, "{flip:?}");
    }
}

#[test]
fn a_choice_that_no_value_reverses_stands() {
    let scenario = server(
        "{ dist = \"exponential\", mean = { low = \"0.6 hours\", likely = \"0.8 hours\", high = \"1 hours\" } }",
    );
    let found = asked(&scenario, MEAN, Moved::Ranges);
    assert_eq!((found.flips.len(), found.steady), (0, 1), "{found:?}");
}

/// Two slow servers against a quicker one: with λ requests an hour, two of mean 2 hours take 2/(1 − λ²) and
/// one of mean 1.5 hours takes 1.5/(1 − 1.5 λ) (Erlang), the same where 1.5 λ² − 3 λ + 0.5 = 0.
#[test]
fn without_ranges_every_assumed_number_is_tried_from_half_to_double() {
    let equal = (3.0 - f64::sqrt(9.0 - 3.0)) / 3.0;
    let parts = [
        stream("s", "a", ""),
        poisson(0.8 * equal),
        stage("a", "t", &exponential(2.0)),
        team("t", 2),
        "[[what_ifs]]\nid = \"other\"\nname = \"Other\"\nchanges = [\
         { set = \"streams.s.stages.a.effort.mean\", to = \"1.5 hours\" },\
         { set = \"teams.t.people\", to = 1 }]\n"
            .into(),
    ];
    let found = asked(&read(&plain(5, 60, &parts)), MEAN, Moved::Ranges);
    let flip = found
        .flips
        .iter()
        .find(|f| f.path == "streams.s.demand.work.per_week")
        .unwrap_or_else(|| panic!("demand turns it: {found:?}"));
    let error = flip.at.half_width() / 1.96;
    let z = (flip.at.value / 168.0 - equal) / (error / 168.0);
    assert!(
        z.abs() < 4.0 && error / 168.0 < 0.05 * equal,
        "λ = {equal}: {flip:?}, z = {z}"
    );
    assert!(
        found.flips.windows(2).all(|w| w[0].way <= w[1].way),
        "{found:?}"
    );
}

/// Four people against three with longer work.
#[test]
fn people_are_counted_in_whole_numbers() {
    let mut parts = single(1.5, 4, &exponential(1.0));
    parts.push(
        what_if("streams.s.stages.a.effort.mean", "\"1.1 hours\"").replace(
            "changes = [",
            "changes = [{ set = \"teams.t.people\", to = 3 }, ",
        ),
    );
    let found = asked(&read(&plain(3, 10, &parts)), MEAN, Moved::Assumed);
    let people = found.flips.iter().find(|f| f.path == "teams.t.people");
    let people = people.unwrap_or_else(|| panic!("fewer people turn it: {found:?}"));
    // Three are still better than three with longer work, two are not.
    assert_eq!(people.at.value, 2.0, "{people:?}");
}
