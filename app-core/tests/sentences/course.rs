use crate::study::{WARM_UP, shipped};
use millrace_app_core::sentences::Sentence;
use millrace_app_core::sentences::course::{ROUND, sentences};
use millrace_core::experiment::Cancel;
use millrace_core::experiment::transition::{Transition, plan, run, transition};
use millrace_core::scenario::Scenario;

const YEARS: u64 = 48;

fn gone(scenario: &Scenario, what_if: &str) -> Transition {
    let cancel = Cancel::default();
    let of = |id| {
        let plan = plan(scenario, id, WARM_UP, 8).unwrap_or_else(|f| panic!("{f:?}"));
        run(&plan, 0, YEARS, &cancel)
    };
    transition(what_if, &of(None), &of(Some(what_if)))
}

fn says<'s>(said: &'s [Sentence], id: &str) -> Option<&'s Sentence> {
    said.iter().find(|s| s.id == id)
}

#[test]
fn a_large_change_gets_worse_first_and_is_said_to() {
    let t = gone(&shipped("siloed-to-integrated", &[]), "integrated");
    let said = sentences(&t, 0.1);
    let dip = says(&said, "dip").expect("the sentence");
    let turns = t.weeks.as_ref().unwrap().turns.as_ref().unwrap();
    assert!(
        dip.text.starts_with("It gets worse first: level again "),
        "{}",
        dip.text
    );
    // A week, a round time within what luck leaves open, or both ends of that: nothing else.
    let week = turns.level_again;
    let level = dip
        .text
        .split(", half")
        .next()
        .unwrap()
        .trim_end_matches('.');
    let (_, level) = level.split_once("level again ").expect("when");
    let open = week.low as f64..=week.high as f64;
    let round = ROUND.iter().copied().flatten();
    let true_of = match level.strip_prefix("after about ") {
        Some(name) => round
            .filter(|(_, round)| *round == name)
            .any(|(weeks, _)| open.contains(weeks)),
        None => {
            level == format!("in week {}", week.value)
                || level == format!("between week {} and week {}", week.low, week.high)
        }
    };
    assert!(true_of, "{} of {week:?}", dip.text);
    // The quarters know it too: worse in those before, better in those after.
    let by = |q: usize| t.quarters[q].difference.lead_time_mean_hours.unwrap();
    assert!(by(0).low > 0.0 && by(7).high < 0.0);
    let first = says(&said, "first-quarter").expect("the sentence");
    assert!(
        first.text.contains("almost always") || first.text.contains("9 times in 10"),
        "{}",
        first.text
    );
    assert!(said.iter().all(|s| s.of.as_deref() == Some("integrated")));
}

#[test]
fn what_helps_from_the_start_has_no_dip_and_what_is_small_is_not_worth_one() {
    let t = gone(&shipped("siloed-to-integrated", &[]), "no-board");
    let said = sentences(&t, 0.1);
    assert_eq!(says(&said, "dip"), None);
    let quarters = says(&said, "quarters").expect("the sentence");
    assert!(
        quarters
            .text
            .starts_with("Faster from the first quarter on"),
        "{}",
        quarters.text
    );
    let t = gone(&shipped("siloed-to-integrated", &[]), "integrated");
    assert_eq!(
        says(&sentences(&t, 100.0), "dip"),
        None,
        "a dip that is too small to matter"
    );
}

#[test]
fn a_change_that_changes_nothing_is_told_as_such() {
    let nothing = [(
        "[[what_ifs]]\nid = \"self-service\"",
        "[[what_ifs]]\nid = \"same\"\nname = \"Same\"\n\n[[what_ifs]]\nid = \"self-service\"",
    )];
    let said = sentences(
        &gone(&shipped("siloed-to-integrated", &nothing), "same"),
        0.1,
    );
    let texts: Vec<&str> = said.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(texts, ["Lead times stay as they are in every quarter."]);
}

#[test]
fn what_is_faster_and_does_more_harm_is_not_said_to_work() {
    let t = gone(&shipped("three-products", &[]), "all-at-once");
    let last = t.quarters.last().unwrap().difference.clone();
    assert!(last.lead_time_mean_hours.unwrap().high < 0.0 && last.impact_hours.unwrap().low > 0.0);
    let said = sentences(&t, 0.1);
    assert_eq!(says(&said, "first-quarter"), None);
    assert_eq!(says(&said, "pays-back"), None, "it took nobody’s time");
    assert!(says(&said, "quarters").is_some());
}
