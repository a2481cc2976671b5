//! A study made from records gives back the times of the records.

use millrace_core::scenario::Scenario;
use millrace_data::calibrate::against::{Against, against};
use millrace_data::sample::{CREWS, sample_board, sample_stage_dates};
use millrace_data::{
    Asked, Calibrated, CalibrationError, Import, Options, calibrate, read_stage_dates,
};

const TICKETS: usize = 4000;

fn read(text: &str) -> Import {
    read_stage_dates(text.as_bytes(), &Options::default()).expect("a stage-date table")
}

fn asked() -> Asked {
    Asked {
        name: "Sample".into(),
        source: "a sample".into(),
        ..Asked::default()
    }
}

fn made(text: &str, asked: &Asked) -> (Calibrated, Against) {
    let made = calibrate(&read(text), asked).expect("a study");
    let held =
        against(&made.board, &made.study).unwrap_or_else(|f| panic!("{f:?}\n{}", made.study));
    (made, held)
}

/// Mean and standard deviation over other samples of the same board: how far luck alone moves each figure of
/// so many tickets.
fn luck(figure: impl Fn(&[f64]) -> f64) -> (f64, f64) {
    let values: Vec<f64> = (100..130)
        .map(|seed| {
            let options = Options {
                start: Some("Ready for Development".into()),
                ..Options::default()
            };
            let text = sample_board(seed, TICKETS);
            let import = read_stage_dates(text.as_bytes(), &options).expect("a stage-date table");
            figure(&import.lead_time.times.days)
        })
        .collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (
        mean,
        (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt(),
    )
}

#[test]
fn a_board_whose_waiting_has_a_cause_is_given_back() {
    let (made, held) = made(&sample_board(1, TICKETS), &asked());
    assert!(held.warm_up_weeks.is_some() && !held.overloaded, "{held}");
    assert_eq!(made.board.start, "Ready for Development");
    for (team, (people, ..)) in Scenario::read(&made.study)
        .expect("a study")
        .baseline
        .study
        .teams
        .iter()
        .zip(CREWS)
    {
        assert_eq!(team.people, people as f64, "{}", team.name);
    }
    for p in &held.lead {
        let at = |days: &[f64]| days[((p.share * days.len() as f64) as usize).min(days.len() - 1)];
        let (_, spread) = luck(at);
        // Three standard deviations of a sample of this size, and half a day of the dates' own coarseness.
        let allowed = 3.0 * spread + 0.5;
        assert!(
            (p.simulated - p.recorded).abs() <= allowed,
            "{:.0}%: simulated {:.2} days, recorded {:.2}, allowed ± {allowed:.2}\n{held}",
            100.0 * p.share,
            p.simulated,
            p.recorded
        );
    }
    for column in &held.columns {
        let (recorded, simulated) = column.stayed;
        assert!(
            (simulated / recorded - 1.0).abs() < 0.01,
            "{}: {simulated} for {recorded}",
            column.name
        );
    }
}

#[test]
fn the_same_records_give_the_same_study() {
    let text = sample_board(2, 200);
    assert_eq!(made(&text, &asked()).0.study, made(&text, &asked()).0.study);
}

#[test]
fn any_board_makes_a_study_that_settles() {
    for seed in 1..=3 {
        let (made, held) = made(&sample_stage_dates(seed, 200), &asked());
        assert!(!held.overloaded, "{held}\n{}", made.study);
        assert!(
            made.study.contains("source = \"a sample, "),
            "{}",
            made.study
        );
    }
}

#[test]
fn names_of_any_kind_make_a_study() {
    let text = sample_board(3, 100)
        .replace("In Development", "\"Entwick\"\"lung \\ # é\"")
        .replace("In Test", "done-team")
        .replace("Ready for Test", "Entwick lung");
    let options = Options {
        done: Some("Done".into()),
        ..Options::default()
    };
    let import = read_stage_dates(text.as_bytes(), &options).expect("a stage-date table");
    let named = Asked {
        name: "A \"name\"\nof two lines".into(),
        source: "x\"]\n[[".into(),
        ..Asked::default()
    };
    let made = calibrate(&import, &named).expect("a study");
    assert!(Scenario::read(&made.study).is_ok(), "{}", made.study);
}

#[test]
fn what_the_records_do_not_have_is_answered_by_name() {
    let import = read(&sample_board(4, 100));
    let told = |start: Option<&str>, people: &[(&str, u32)]| {
        let people = people.iter().map(|(n, k)| ((*n).to_owned(), *k)).collect();
        calibrate(
            &import,
            &Asked {
                start: start.map(str::to_owned),
                people,
                ..asked()
            },
        )
    };
    assert!(matches!(
        told(Some("Nowhere"), &[]),
        Err(CalibrationError::UnknownStart(..))
    ));
    assert!(matches!(
        told(None, &[("Backlog", 3)]),
        Err(CalibrationError::UnknownPeople(..))
    ));
    let few = read(&sample_board(4, 12));
    assert!(matches!(
        calibrate(&few, &asked()),
        Err(CalibrationError::TooFew(..))
    ));
    let two = told(None, &[("In Development", 2)]).expect("a study");
    assert!(
        two.study
            .contains("people = 2\nitems_per_person = { value = 2,"),
        "{}",
        two.study
    );
}
