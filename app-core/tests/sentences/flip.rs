use millrace_app_core::sentences::flip::sentence;
use millrace_core::experiment::flip::{Flip, Flips};
use millrace_core::stats::{Estimate, Years};

fn estimate(value: f64, width: f64) -> Estimate {
    Estimate {
        value,
        low: value - width,
        high: value + width,
    }
}

fn flip(path: &str, at: f64, surely: bool) -> Flip {
    Flip {
        path: path.into(),
        label: "Faulty changes caught".into(),
        unit: "share".into(),
        whole: false,
        likely: 0.35,
        range: [0.1, 0.7],
        end: 0.7,
        difference: estimate(20.0, 2.0),
        surely,
        at: estimate(at, 0.02),
        way: 0.5,
    }
}

fn flips(width: f64, flips: Vec<Flip>, steady: usize) -> Flips {
    Flips {
        what_if: "no-board".into(),
        difference: estimate(-40.0, width),
        years_better: Some(Years {
            same_luck: 0.96,
            independent_luck: 0.7,
        }),
        replications: 256,
        flips,
        steady,
        stands: Vec::new(),
        unmoved: Vec::new(),
        partial: false,
    }
}

#[test]
fn the_only_number_that_turns_the_choice_is_named_with_where_it_stands() {
    let s = sentence(&flips(5.0, vec![flip("a.b", 0.58, true)], 9)).expect("the sentence");
    assert_eq!(
        s.text,
        "The choice changes only, of 10 numbers tried, if “Faulty changes caught” (a.b) is above 58%; the study \
         assumes 35%. Measure that first."
    );
    assert!(s.certain && s.holds == Some(48.0), "{s:?}");
}

#[test]
fn one_of_several_is_not_the_only_one_and_one_that_is_not_sure_only_may() {
    let two = vec![flip("a.b", 0.2, true), flip("c.d", 0.6, true)];
    let text = sentence(&flips(5.0, two, 3)).expect("the sentence").text;
    assert!(
        text.starts_with("The choice changes first if") && text.contains("is below 20%"),
        "{text}"
    );
    assert!(
        text.ends_with("One more of 5 numbers tried can turn it too."),
        "{text}"
    );
    let text = sentence(&flips(5.0, vec![flip("a.b", 0.58, false)], 0))
        .expect("the sentence")
        .text;
    assert!(text.starts_with("The choice may change only"), "{text}");
}

#[test]
fn a_choice_that_cannot_be_told_has_nothing_that_turns_it() {
    assert_eq!(
        sentence(&flips(50.0, vec![flip("a.b", 0.58, true)], 9)),
        None
    );
    assert_eq!(
        sentence(&flips(5.0, Vec::new(), 0)),
        None,
        "nothing was tried"
    );
    let cut_short = Flips {
        partial: true,
        ..flips(5.0, Vec::new(), 9)
    };
    assert_eq!(sentence(&cut_short), None);
    let stands = sentence(&flips(5.0, Vec::new(), 9)).expect("the sentence");
    assert!(
        stands.text.starts_with("None of 9 numbers tried turns"),
        "{}",
        stands.text
    );
}

#[test]
fn what_is_counted_turns_at_a_whole_number() {
    let people = Flip {
        whole: true,
        unit: String::new(),
        label: "People".into(),
        likely: 5.0,
        ..flip("teams.qa.people", 3.0, true)
    };
    let text = sentence(&flips(5.0, vec![people], 3))
        .expect("the sentence")
        .text;
    assert!(
        text.contains("is 3 or fewer; the study assumes 5."),
        "{text}"
    );
}
