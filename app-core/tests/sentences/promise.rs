use crate::study::{WARM_UP, shipped};
use millrace_app_core::sentences::Sentence;
use millrace_app_core::sentences::promise::sentence;
use millrace_core::experiment::optimise::{Decision, FEW, Optimum, Plan};
use millrace_core::experiment::{Cancel, Watch};
use millrace_core::random::Name;
use millrace_core::scenario::Scenario;

const SILOED: [&str; 4] = ["self-service", "no-board", "stream-aligned", "canary"];

fn best(scenario: &Scenario, ids: &[&str]) -> Optimum {
    let cancel = Cancel::default();
    let watch = Watch {
        cancel: &cancel,
        made: &|_| {},
    };
    let decision = Decision {
        warm_up: WARM_UP,
        years: 128,
        smallest: 0.1,
        seed: Name::of_seed(1),
    };
    Plan::new(scenario, ids, f64::INFINITY, FEW).optimise(decision, watch)
}

fn told(target: &str, ids: &[&str]) -> Option<Sentence> {
    let scenario = shipped(
        "siloed-to-integrated",
        &[("target = \"6 weeks\"", &format!("target = \"{target}\""))],
    );
    sentence(&scenario, &best(&scenario, ids))
}

#[test]
fn the_cheapest_combination_that_keeps_the_promise_is_named_with_its_price() {
    let scenario = shipped("siloed-to-integrated", &[]);
    let found = best(&scenario, &SILOED);
    let s = sentence(&scenario, &found).expect("the sentence");
    let met = |c: &&millrace_core::experiment::optimise::Combination| c.objectives_met[0].value;
    let keeping = found.combinations.iter().filter(|c| met(c) >= 0.8);
    let price = keeping
        .map(|c| c.person_weeks)
        .fold(f64::INFINITY, f64::min);
    let cheapest = found
        .combinations
        .iter()
        .find(|c| c.person_weeks == price && met(c) >= 0.8);
    let cheapest = cheapest.expect("one keeps it");
    let end = format!(
        "make it {:.0}, for {price:.0} person-weeks.",
        50.0 * met(&cheapest)
    );
    assert!(
        s.text
            .starts_with("“85 of 100 changes within six weeks” is met in 0 of 50 years; "),
        "{}",
        s.text
    );
    assert!(s.text.ends_with(&end), "{} should end with {end}", s.text);
    let quoted = |id: &String| format!("“{}”", scenario.what_if(id).unwrap().name);
    let all: Vec<String> = cheapest.what_ifs.iter().map(quoted).collect();
    assert!(s.text.contains(&all.join(" + ")), "{}", s.text);
}

#[test]
fn where_none_keeps_it_the_one_that_does_most_often_is_named_and_said_not_to() {
    let s = told("6 weeks", &["stream-aligned", "no-board"]).expect("the sentence");
    assert!(
        s.text.contains("in 40 with no combination") || s.text.contains("no combination of these"),
        "{}",
        s.text
    );
    let s = told("1 week", &["no-board"]).expect("the sentence");
    assert_eq!(
        s.text,
        "“85 of 100 changes within six weeks” is met in 0 of 50 years, and no combination of these what-ifs \
         surely meets it more often."
    );
}

#[test]
fn a_promise_that_is_kept_as_it_is_needs_nothing_and_without_one_nothing_is_said() {
    let s = told("60 weeks", &["no-board"]).expect("the sentence");
    assert_eq!(
        s.text,
        "“85 of 100 changes within six weeks” is met in 50 of 50 years as it is."
    );
    let scenario = shipped("dora-2019-low", &[]);
    assert_eq!(sentence(&scenario, &best(&scenario, &["monthly"])), None);
}
