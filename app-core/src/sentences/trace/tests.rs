use super::*;
use millrace_core::experiment::trace::{Account, Ranks, Section, Suspect, YearsBelow};
use millrace_core::stats::Estimate;

fn sure(value: f64) -> Option<Estimate> {
    let width = 0.01 * value.abs();
    Some(Estimate {
        value,
        low: value - width,
        high: value + width,
    })
}

fn wide(value: f64) -> Option<Estimate> {
    Some(Estimate {
        value,
        low: value - 1e3,
        high: value + 1e3,
    })
}

/// An effect on lead time, days, and on incidents a month.
fn effects(days: Option<Estimate>, incidents: Option<Estimate>) -> Effects {
    let hours = |e: Estimate| Estimate {
        value: 24.0 * e.value,
        low: 24.0 * e.low,
        high: 24.0 * e.high,
    };
    Effects {
        lead_time_mean_hours: days.map(hours),
        incidents_per_month: incidents,
        ..Effects::default()
    }
}

/// All years go the way of the mean.
fn years(effects: &Effects) -> YearsBelow {
    let of = |e: Option<Estimate>| {
        e.map(|e| {
            if e.value == 0.0 {
                0.5
            } else {
                f64::from(u8::from(e.value < 0.0))
            }
        })
    };
    YearsBelow {
        lead_time: of(effects.lead_time_mean_hours),
        incidents: of(effects.incidents_per_month),
        impact: of(effects.impact_hours_per_month),
    }
}

fn traced(id: &str, name: &str, cure: Cure, place: usize, own: Effects) -> Traced {
    Traced {
        suspect: Suspect {
            id: id.to_owned(),
            part: Section::Governance,
            name: name.to_owned(),
            cure,
        },
        accounted_hours: None,
        blame: Blame {
            replications: 150,
            rank: Ranks {
                lead_time: place,
                incidents: place,
                impact: place,
            },
            years_saved: years(&own),
            on_its_own: own,
            at_the_end: Effects::default(),
        },
    }
}

/// An organisation of 40 days and 3 incidents a month.
fn trace(suspects: Vec<Traced>, pairs: Vec<Pair>) -> Trace {
    Trace {
        partial: false,
        cut_off: false,
        warnings: Vec::new(),
        baseline: effects(sure(40.0), sure(3.0)),
        ideal: effects(sure(5.0), sure(0.0)),
        accounts: Vec::new(),
        parts: Vec::new(),
        suspects,
        left_out: Vec::new(),
        pairs,
    }
}

fn board(own: Effects, place: usize) -> Traced {
    let board = traced("gate/board/wait", "Board", Cure::GateWait(0), place, own);
    Traced {
        accounted_hours: Some(9.0 * 24.0),
        ..board
    }
}

fn train(own: Effects, place: usize) -> Traced {
    traced("release-wait", "", Cure::ReleaseWait, place, own)
}

fn pair(board: f64, train: f64, together: f64) -> Pair {
    let of = |days: f64| effects(sure(days), None);
    Pair {
        suspects: ["gate/board/wait".into(), "release-wait".into()],
        replications: 150,
        apart: [of(board), of(train)],
        together: of(together),
        beyond_the_sum: of(together - board - train),
        years_beyond: years(&of(together - board - train)),
    }
}

#[track_caller]
fn says(trace: &Trace, wanted: &str) {
    let all = sentences(trace);
    assert!(
        all.iter().any(|s| s.text == wanted && s.certain),
        "expected {wanted:?} among {all:#?}"
    );
}

#[track_caller]
fn says_nothing_of(trace: &Trace, unwanted: &str) {
    let all = sentences(trace);
    assert!(
        !all.iter().any(|s| s.text.contains(unwanted)),
        "{unwanted:?} in {all:#?}"
    );
}

#[test]
fn what_hides_something_is_said_with_its_numbers() {
    let suspects = vec![
        train(effects(sure(-10.0), None), 1),
        board(effects(sure(0.0), None), 2),
    ];
    says(
        &trace(suspects.clone(), vec![pair(0.0, -10.0, -14.0)]),
        "Of 40 days, 9 go by at Board. Deciding at once at Board alone saves nothing, releasing when ready \
         alone saves 10, both together save 14 days: one hides the other.",
    );
    let no_more = trace(suspects, vec![pair(0.0, -10.0, -10.0)]);
    says_nothing_of(&no_more, "hides");
}

#[test]
fn a_pair_is_told_with_the_numbers_of_the_other_sentences() {
    // Over its own fewer years the pair has another value for the train.
    let suspects = vec![
        board(effects(sure(0.0), None), 1),
        train(effects(sure(18.0), None), 2),
    ];
    says(
        &trace(suspects, vec![pair(0.0, 2.0, -14.0)]),
        "Of 40 days, 9 go by at Board. Releasing when ready alone makes it 18 longer, deciding at once at \
         Board alone saves nothing, both together save 14 days: one hides the other.",
    );
}

#[test]
fn what_only_undoes_a_harm_of_its_own_hides_nothing() {
    let suspects = vec![
        board(effects(sure(-10.0), None), 1),
        train(effects(sure(30.0), None), 2),
    ];
    let t = trace(suspects, vec![pair(-10.0, 30.0, -10.0)]);
    says_nothing_of(&t, "hides");
    says(
        &t,
        "On its own this makes lead time longer: releasing when ready by 30 days.",
    );
}

#[test]
fn two_that_save_the_same_time_are_said_to() {
    let suspects = vec![
        board(effects(sure(-9.0), None), 1),
        train(effects(sure(-8.0), None), 2),
    ];
    says(
        &trace(suspects, vec![pair(-9.0, -8.0, -10.0)]),
        "Deciding at once at Board alone saves 9, releasing when ready alone saves 8, both together only \
         10 days: in part they save the same time.",
    );
}

#[test]
fn one_that_is_surely_ahead_is_named_and_ties_are_said_to_be_ties() {
    let own = |days| effects(sure(days), None);
    says(
        &trace(vec![board(own(-9.0), 1), train(own(-4.0), 2)], Vec::new()),
        "Deciding at once at Board saves 9 of 40 days on its own; releasing when ready 4.",
    );
    let tied = trace(vec![board(own(-9.0), 1), train(own(-8.9), 1)], Vec::new());
    says(
        &tied,
        "Deciding at once at Board and releasing when ready each save up to 9 of 40 days on their own: \
         which of them saves more cannot be told.",
    );
}

#[test]
fn what_luck_could_give_is_not_told() {
    let t = trace(vec![board(effects(wide(-9.0), wide(-2.0)), 1)], Vec::new());
    says_nothing_of(&t, "Board");
    let small = trace(vec![board(effects(sure(-0.5), sure(-0.05)), 1)], Vec::new());
    says_nothing_of(&small, "Board");
}

fn gate(saves: f64, place: usize) -> Traced {
    let own = effects(sure(0.0), sure(-saves));
    traced(
        "gate/test/misses",
        "Acceptance test",
        Cure::GateMisses(0),
        place,
        own,
    )
}

fn strategy(saves: f64, place: usize) -> Traced {
    let own = effects(sure(6.0), sure(-saves));
    traced(
        "strategy/recreate",
        "all at once",
        Cure::Rollout(0),
        place,
        own,
    )
}

#[test]
fn whether_a_gate_or_a_strategy_must_change_is_answered() {
    says(
        &trace(vec![gate(2.0, 1), strategy(1.0, 2)], Vec::new()),
        "A better gate helps more than another strategy: catching every fault at Acceptance test saves 2 of 3 \
         incidents a month on its own, using a canary that stops itself instead of releasing all at once saves 1 \
         of 3 incidents a month on its own, and makes changes take 6 days longer.",
    );
    let other = trace(vec![gate(1.0, 2), strategy(2.0, 1)], Vec::new());
    assert!(
        sentences(&other).iter().any(|s| s
            .text
            .starts_with("Another strategy helps more than a better gate")),
        "{:#?}",
        sentences(&other)
    );
    let close = trace(vec![gate(2.0, 1), strategy(1.99, 1)], Vec::new());
    assert!(
        sentences(&close).iter().any(|s| s
            .text
            .starts_with("Whether a better gate or another strategy helps more cannot")),
        "{:#?}",
        sentences(&close)
    );
    says(
        &trace(vec![gate(2.0, 1)], Vec::new()),
        "A better gate helps: catching every fault at Acceptance test saves 2 of 3 incidents a month on its own; \
         no other strategy surely saves any.",
    );
}

#[test]
fn parts_are_ranked_and_tied_parts_are_said_to_be() {
    let part = |part, days: f64, place| TracedPart {
        part,
        suspects: Vec::new(),
        blame: traced("", "", Cure::Load, place, effects(sure(days), None)).blame,
    };
    let of = |parts| Trace {
        parts,
        ..trace(Vec::new(), Vec::new())
    };
    says(
        &of(vec![
            part(Section::Teams, -8.0, 2),
            part(Section::Pipeline, -20.0, 1),
        ]),
        "The pipeline costs the most: made ideal, 20 of 40 days go; with the teams 8.",
    );
    says(
        &of(vec![
            part(Section::Teams, -20.0, 1),
            part(Section::Pipeline, -19.9, 1),
        ]),
        "Made ideal on their own, the teams and the pipeline save the most, up to 20 of 40 days: which of \
         them saves more cannot be told.",
    );
    says(
        &of(vec![part(Section::Teams, 0.0, 1)]),
        "No part of the organisation, made ideal on its own, surely saves any of the 40 days.",
    );
}

#[test]
fn where_the_time_goes_is_said_with_what_takes_the_most() {
    let account = |id, hours, years| Account {
        id,
        hours,
        years_leading: Some(years),
    };
    let of = |years| Trace {
        accounts: vec![
            account("touch", 6.0, 0.0),
            account("board-wait", 9.0 * 24.0, years),
            account("handoff", 1.0, 0.0),
        ],
        ..trace(Vec::new(), Vec::new())
    };
    says(
        &of(1.0),
        "Of 40 days, 9 wait for the board; 6 hours are work.",
    );
    let all = sentences(&of(0.8));
    assert_eq!(
        all[0].text,
        "Of 40 days, 9 wait for the board; 6 hours are work (in 40 of 50 years)."
    );
    assert!(!all[0].certain && all[0].about.len() == 2, "{all:#?}");
    says_nothing_of(&of(0.4), "wait for the board");
}

#[test]
fn what_holds_in_too_few_years_is_not_said_and_what_does_not_always_hold_says_so() {
    let own = |years| {
        let mut board = board(effects(sure(-9.0), None), 1);
        board.blame.years_saved.lead_time = Some(years);
        trace(vec![board], Vec::new())
    };
    says_nothing_of(&own(0.4), "Board");
    let all = sentences(&own(0.7));
    assert!(
        all.iter()
            .any(|s| s.text.ends_with("(in 35 of 50 years).") && !s.certain),
        "{all:#?}"
    );
}
