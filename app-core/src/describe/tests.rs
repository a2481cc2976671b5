use super::settle::Figures;
use super::{Answers, DescribedView, Place, Rhythm, describe};
use crate::desk::Progress;
use crate::templates::template;
use crate::view::{Refusal, RefusalCode};
use millrace_core::experiment::{Cancel, find_warm_up_of, replicate};
use millrace_core::scenario::Scenario;
use std::sync::LazyLock;

const MONTH: f64 = 52.0 / 12.0;

/// What most tests ask of one and the same description: made once.
static TYPICAL: LazyLock<DescribedView> =
    LazyLock::new(|| describe(&typical(), &Progress::quiet()).unwrap());

/// Figures of a study's baseline, from years of its own.
fn figures(text: &str) -> Figures {
    let scenario = Scenario::read(text).unwrap_or_else(|f| panic!("{f:?}\n{text}"));
    let warm_up = find_warm_up_of(&[&scenario.baseline.models(None)], &Cancel::default()).ticks;
    let models = scenario.baseline.models(Some(warm_up));
    Figures::of(&replicate(&models, 0, 192, &Cancel::default()), |_| true)
}

/// What somebody who knows a study would answer.
fn six(text: &str, people: f64, rhythm: Rhythm, endless: bool) -> Answers {
    let f = figures(text);
    Answers {
        people: Some(people),
        changes_per_month: Some(f.per_week * MONTH),
        usual_days: Some(f.usual / 24.0),
        bad_days: Some(f.bad / 24.0),
        rhythm: Some(rhythm),
        incidents_per_month: Some(f.incidents),
        endless: Some(endless),
        waits_at: None,
        pace: None,
    }
}

/// A study described by its own six figures gives a study with these figures, to the given shares.
fn comes_back(id: &str, people: f64, rhythm: Rhythm, endless: bool, times: f64) {
    let text = template(id).map(|t| t.text).unwrap();
    let answers = six(text, people, rhythm, endless);
    let made = describe(&answers, &Progress::quiet()).unwrap_or_else(|r| panic!("{id}: {r:?}"));
    let got = figures(&made.text);
    let check = |what: &str, got: f64, want: f64, within: f64| {
        assert!(
            (got / want - 1.0).abs() <= within,
            "{id}: {what} {got:.2} and not {want:.2}, {:.0}% off",
            100.0 * (got / want - 1.0)
        );
    };
    check(
        "usual",
        got.usual,
        answers.usual_days.unwrap() * 24.0,
        times,
    );
    check("bad", got.bad, answers.bad_days.unwrap() * 24.0, times);
    check(
        "delivered",
        got.per_week * MONTH,
        answers.changes_per_month.unwrap(),
        0.03,
    );
    check(
        "incidents",
        got.incidents,
        answers.incidents_per_month.unwrap(),
        0.08,
    );
    assert!(
        made.unmatched.iter().all(|u| !u.contains("was asked for")),
        "{id}: {:?}",
        made.unmatched
    );
}

#[test]
fn a_siloed_organisation_comes_back_from_its_six_figures() {
    comes_back("siloed-to-integrated", 13.0, Rhythm::Monthly, false, 0.05);
}

#[test]
fn a_start_up_comes_back_from_its_six_figures() {
    comes_back("start-up", 6.0, Rhythm::WhenReady, false, 0.05);
}

#[test]
fn a_bank_comes_back_from_its_six_figures() {
    comes_back("regulated-bank", 31.0, Rhythm::Monthly, false, 0.05);
}

#[test]
fn the_standard_organisation_comes_back_from_its_six_figures() {
    comes_back(
        "standard-organisation",
        90.0,
        Rhythm::WhenReady,
        false,
        0.05,
    );
}

#[test]
fn a_described_organisation_that_is_always_full_comes_back() {
    let first = Answers {
        endless: Some(true),
        ..typical()
    };
    let made = describe(&first, &Progress::quiet()).unwrap();
    let got = figures(&made.text);
    for (what, got, want) in [
        ("usual", got.usual / 24.0, 41.0),
        ("bad", got.bad / 24.0, 60.0),
        ("delivered", got.per_week * MONTH, 22.0),
        ("incidents", got.incidents, 3.0),
    ] {
        assert!(
            (got / want - 1.0).abs() < 0.06,
            "{what}: {got:.2} and not {want}"
        );
    }
}

fn typical() -> Answers {
    Answers {
        people: Some(40.0),
        changes_per_month: Some(22.0),
        usual_days: Some(41.0),
        bad_days: Some(60.0),
        rhythm: Some(Rhythm::Monthly),
        incidents_per_month: Some(3.0),
        endless: Some(false),
        waits_at: None,
        pace: None,
    }
}

#[test]
fn the_same_answers_give_the_same_study() {
    let again = describe(&typical(), &Progress::quiet()).unwrap();
    assert_eq!(again.text, TYPICAL.text);
}

#[test]
fn the_mirror_repeats_what_was_said_and_tells_what_runs() {
    let made = &TYPICAL;
    assert!(
        made.times
            .starts_with("You said about 5.9 weeks; this runs "),
        "{}",
        made.times
    );
    assert!(
        made.waiting.starts_with("Most of the waiting: "),
        "{}",
        made.waiting
    );
    assert!(made.figures.iter().all(|f| f.matched), "{:?}", made.figures);
}

#[test]
fn slower_makes_it_slower_and_a_place_puts_the_waiting_there() {
    let slower = Answers {
        pace: Some(1.25),
        ..typical()
    };
    let made = describe(&slower, &Progress::quiet()).unwrap();
    let got = figures(&made.text).usual / 24.0;
    assert!((got / (41.0 * 1.25) - 1.0).abs() < 0.05, "{got} days");
    for (place, words) in [
        (Place::Board, "the change board"),
        (Place::Handoffs, "between teams"),
        (Place::Release, "the next release"),
    ] {
        let there = Answers {
            waits_at: Some(place),
            ..typical()
        };
        let made = describe(&there, &Progress::quiet()).unwrap();
        assert!(made.waiting.contains(words), "{place:?}: {}", made.waiting);
    }
}

#[test]
fn what_is_not_known_becomes_a_range_and_widens_the_result() {
    let all = describe(&Answers::default(), &Progress::quiet()).unwrap();
    let scenario = Scenario::read(&all.text).unwrap();
    assert!(
        scenario.baseline.assumptions.len() >= 6,
        "{:?}",
        scenario.baseline.assumptions
    );
    assert!(
        scenario
            .baseline
            .assumptions
            .iter()
            .all(|a| a.source.starts_with("described: not known")),
        "{:?}",
        scenario.baseline.assumptions
    );
    assert!(
        Scenario::read(&TYPICAL.text)
            .unwrap()
            .baseline
            .assumptions
            .is_empty()
    );
    assert!(all.times.starts_with("You did not know"), "{}", all.times);
}

#[test]
fn what_set_a_number_is_said_for_numbers_that_are_there() {
    let made = &TYPICAL;
    let scenario = Scenario::read(&made.text).unwrap();
    for by in &made.set {
        let found = scenario.baseline.parameter(&by.path);
        assert!(found.is_some(), "{} is no number of the study", by.path);
    }
    for path in [
        "streams.delivery.demand.change.per_week",
        "pipeline.every",
        "teams.development.people",
        "streams.delivery.stages.building.defects.functional",
    ] {
        assert!(
            made.set.iter().any(|s| s.path == path),
            "{path} is not told"
        );
    }
}

fn refused(answers: &Answers) -> Refusal {
    let refusal = describe(answers, &Progress::quiet()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Contradiction);
    assert!(refusal.faults.iter().all(|f| f.hint.is_some()));
    refusal
}

#[test]
fn contradictions_are_told_with_a_way_out() {
    let absurd = Answers {
        people: Some(5.0),
        changes_per_month: Some(900.0),
        usual_days: Some(2.0 / 24.0),
        bad_days: Some(3.0 / 24.0),
        ..typical()
    };
    let paths: Vec<String> = refused(&absurd)
        .faults
        .into_iter()
        .map(|f| f.path)
        .collect();
    assert_eq!(paths, ["changesPerMonth", "usualDays"]);
    let backwards = Answers {
        bad_days: Some(20.0),
        ..typical()
    };
    assert_eq!(refused(&backwards).faults[0].path, "badDays");
    let idle = Answers {
        endless: Some(true),
        changes_per_month: Some(2.0),
        usual_days: Some(3.0),
        bad_days: Some(5.0),
        rhythm: Some(Rhythm::WhenReady),
        ..typical()
    };
    assert_eq!(refused(&idle).faults[0].path, "endless");
    let nothing = Answers {
        people: Some(0.0),
        ..typical()
    };
    assert_eq!(refused(&nothing).faults[0].path, "people");
}
