use super::dora::{failure_band, lead_band, recovery_band};
use super::*;

fn v(word: Word, better: Option<bool>) -> Verdict {
    Verdict {
        word,
        better,
        years_of_50: 46.0,
        look: 32,
    }
}

#[test]
fn the_tone_follows_both_headlines() {
    use Word::{AlmostAlways as A, CannotTell as C, TooSmall as S};
    for (lead, incidents, want) in [
        (v(A, Some(true)), v(S, None), Tone::Better),
        (v(A, Some(true)), v(A, Some(false)), Tone::Mixed),
        (v(S, None), v(A, Some(false)), Tone::Worse),
        (v(S, None), v(S, None), Tone::TooSmall),
        (v(C, None), v(S, None), Tone::CannotTell),
    ] {
        assert_eq!(tone(lead, incidents), want);
    }
}

/// A team whose time goes into a stage (`work`) and into estimating requests (`estimates`), hours each,
/// with half a request an hour; further lines for the stream.
fn told(estimates: f64, more: &str) -> Summary {
    let text = format!(
        "format = 1\nname = \"x\"\nseed = 3\n[run]\nweeks = 20\nwarm_up = \"4 weeks\"\n\
         [[streams]]\nid = \"s\"\ncommit = \"a\"\nreleased = false\n{more}\n\
         [[streams.demand]]\nid = \"work\"\nper_week = 84\n\
         estimation = {{ team = \"u\", effort = \"{estimates} hours\" }}\n\
         [[streams.stages]]\nid = \"a\"\nteam = \"t\"\neffort = \"1 hour\"\n\
         [[teams]]\nid = \"t\"\npeople = 1\nfocus = 1\ncalendar = \"always\"\n\
         [[teams]]\nid = \"u\"\nname = \"Analysts\"\npeople = 1\nfocus = 1\ncalendar = \"always\"\n"
    );
    let scenario = millrace_core::scenario::Scenario::read(&text).expect("a study");
    let model = scenario.baseline.model(None);
    let runs = millrace_core::experiment::run(&model, 0, 8, &Default::default());
    millrace_core::experiment::summarise("x", "X", &model, &runs)
}

#[test]
fn a_team_asked_for_too_much_is_the_sentence_though_changes_flow() {
    let view = alone(&told(2.5, ""));
    assert!(
        view.sentence.starts_with("Analysts is asked for 12")
            && view.sentence.contains("what waits for it grows by"),
        "{}",
        view.sentence
    );
    let calm = alone(&told(1.0, "")).sentence;
    assert!(calm.starts_with("85 of 100 changes arrive"), "{calm}");
}

#[test]
fn refusals_stand_beside_the_numbers_they_flatter() {
    let (open, full) = (told(0.1, ""), told(0.1, "intake_limit = 0"));
    let labels = |s: &Summary| -> Vec<String> {
        let pair = Pair {
            baseline: (s, &[]),
            what_if: None,
            smallest: 0.1,
            what_ifs: 1,
        };
        pair.rows().into_iter().map(|r| r.id).collect()
    };
    assert!(labels(&full).contains(&"refused".into()));
    assert!(!labels(&open).contains(&"refused".into()));
}

#[test]
fn bands_are_those_published_and_gaps_stay_gaps() {
    assert_eq!(lead_band(24.0 * 60.0), Some("2019: low".into()));
    assert_eq!(failure_band(0.3), None);
    assert_eq!(recovery_band(48.0), None);
}
