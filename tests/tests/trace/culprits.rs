//! Organisations with one known culprit: trace names it, and nothing else, first.

use super::organisation::{Wrong, board, study, traced};
use millrace_app_core::trace::sentences;
use millrace_core::experiment::trace::{Figure, Section, Trace};

const SEEDS: u64 = 20;

/// How a trace goes past the culprit, if it does.
fn misses(trace: &Trace, culprit: &str, part: Section) -> Option<String> {
    let first = trace.suspects.first()?;
    let places: Vec<(&str, usize)> = (trace.suspects.iter())
        .map(|s| (s.suspect.id.as_str(), s.blame.rank.of(Figure::LeadTime)))
        .take(3)
        .collect();
    let alone = trace
        .suspects
        .iter()
        .filter(|s| s.blame.rank.lead_time == 1)
        .count()
        == 1;
    let own = first.blame.on_its_own.lead_time_mean_hours?;
    let sure = own.high < 0.0;
    let parts: Vec<Section> = (trace.parts.iter())
        .filter(|p| p.blame.rank.lead_time == 1)
        .map(|p| p.part)
        .collect();
    let right = first.suspect.id == culprit && alone && sure && parts == [part];
    (!right).then(|| {
        format!(
            "{places:?}, saving {:.1} ({:.1} to {:.1}) hours; parts first: {parts:?}",
            own.value, own.low, own.high
        )
    })
}

#[track_caller]
fn names_first(wrong: Wrong, culprit: &str, part: Section) {
    let missed: Vec<String> = (1..=SEEDS)
        .filter_map(|seed| {
            let trace = traced(&study(wrong, seed), 32, 8);
            misses(&trace, culprit, part).map(|how| format!("seed {seed}: {how}"))
        })
        .collect();
    assert!(
        missed.is_empty(),
        "{culprit} should come first with every seed, and does not with {} of {SEEDS}:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

#[test]
fn a_team_short_of_people_is_named_first() {
    names_first(Wrong::Team, "team/qa", Section::Teams);
}

#[test]
fn a_slow_gate_is_named_first() {
    names_first(Wrong::Gate, "gate/acceptance/wait", Section::Governance);
}

#[test]
fn a_board_that_seldom_meets_is_named_first() {
    names_first(Wrong::Board, "gate/board/wait", Section::Governance);
}

#[test]
fn a_platform_by_ticket_is_named_first() {
    names_first(
        Wrong::Platform,
        "capability/self-service-infrastructure",
        Section::Platform,
    );
}

#[test]
fn slow_handoffs_are_named_first() {
    names_first(Wrong::Handoff, "handoffs", Section::Teams);
}

#[test]
fn a_release_train_is_named_first() {
    names_first(Wrong::Train, "release-wait", Section::Pipeline);
}

#[test]
fn a_weekly_board_before_a_monthly_train_is_worth_nothing_alone() {
    let text = study(Wrong::Train, 3) + &board("1 week");
    let t = traced(&text, 96, 20);
    let base = t.baseline.lead_time_mean_hours.unwrap().value;
    let own = |id: &str| {
        t.suspect(id)
            .unwrap()
            .blame
            .on_its_own
            .lead_time_mean_hours
            .unwrap()
    };
    let alone = own("gate/board/wait");
    assert!(
        alone.low.abs().max(alone.high.abs()) < 0.05 * base,
        "the board alone should save nothing of {base:.0} hours: {alone:?}"
    );
    let train = own("release-wait");
    assert!(
        train.high < -0.3 * base,
        "the train alone should save much: {train:?}"
    );
    let wanted = ["release-wait", "gate/board/wait"];
    let pair = t
        .pairs
        .iter()
        .find(|p| wanted.iter().all(|w| p.suspects.iter().any(|s| s == w)));
    let pair = pair.expect("the board and the train are tried together");
    let beyond = pair.beyond_the_sum.lead_time_mean_hours.unwrap();
    assert!(
        beyond.high < -12.0,
        "both should save more than each alone: {beyond:?}"
    );
    let told = sentences(&t);
    let hides = told
        .iter()
        .find(|s| s.text.contains("hides"))
        .unwrap_or_else(|| panic!("{told:#?}"));
    for part in [
        "Deciding at once at Change board alone saves nothing,",
        "releasing when ready alone saves",
        "both together save",
    ] {
        assert!(hides.text.contains(part), "no {part:?} in {hides:?}");
    }
}
