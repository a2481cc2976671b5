use crate::study::Told;
use millrace_app_core::sentences::alone;
use millrace_app_core::sentences::gate::stops_more_sound_than_faulty;
use millrace_core::scenario::Scenario;
use millrace_report::words::rounded;

/// One stage, and a gate after it.
fn gated(discrimination: f64, defects: f64) -> Told {
    let text = format!(
        "format = 1\nname = \"Line\"\nseed = 5\n[run]\nweeks = 52\n\
         [[streams]]\nid = \"s\"\ncommit = \"build\"\nreleased = false\n\
         [[streams.demand]]\nid = \"work\"\nper_week = 6\n\
         [[streams.stages]]\nid = \"build\"\nteam = \"dev\"\neffort = \"4 hours\"\n\
         defects = {{ functional = {defects} }}\n\
         [[teams]]\nid = \"dev\"\npeople = 3\nfocus = 1\n\
         [[governance.gates]]\nid = \"board\"\nname = \"Board\"\nafter = \"build\"\nkind = \"automated\"\n\
         duration = \"1 hour\"\ndiscrimination = {discrimination}\nstrictness = 0.4\n"
    );
    let scenario = Scenario::read(&text).unwrap_or_else(|f| panic!("{f:?}\n{text}"));
    Told::of(&scenario, None, 64)
}

#[test]
fn a_gate_that_cannot_tell_stops_more_sound_changes_than_faulty_ones() {
    let told = gated(0.3, 0.1);
    let board = &told.summary.gates[0];
    assert!(stops_more_sound_than_faulty(board));
    let sum = |k: usize| told.runs.iter().map(|r| r.gates[0][k]).sum::<f64>();
    let ratio = sum(3) / sum(1);
    let said = alone(&told.summary);
    let text = format!(
        "Board: for each faulty change it stops, it stops {} sound ones.",
        rounded(ratio)
    );
    assert_eq!(said.iter().map(|s| &s.text).collect::<Vec<_>>(), [&text]);
    assert!(ratio > 4.0 && said[0].certain, "{said:?}");
}

#[test]
fn a_gate_that_tells_them_apart_does_not() {
    let told = gated(3.0, 0.5);
    let board = &told.summary.gates[0];
    assert!(board.stops_faulty.unwrap() > board.stops_sound.unwrap());
    assert!(!stops_more_sound_than_faulty(board), "{board:?}");
    assert_eq!(alone(&told.summary), []);
}

#[test]
fn where_nothing_is_faulty_it_stops_sound_changes_and_no_faulty_one() {
    let told = gated(0.3, 0.0);
    let said = alone(&told.summary);
    assert!(
        said[0]
            .text
            .ends_with("sound changes a month and no faulty one.")
            && said[0].certain,
        "{said:?}"
    );
}
