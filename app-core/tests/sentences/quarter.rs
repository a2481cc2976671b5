use crate::study::{line, pair, shipped};
use millrace_core::experiment::quarter::{By, quarters_better};

#[test]
fn a_change_that_works_can_look_like_a_failure_for_a_quarter() {
    let pair = pair(&shipped("siloed-to-integrated", &[]), "no-board", 64);
    let s = pair.says("quarter").expect("the sentence");
    let better = quarters_better(By::LeadTime, &pair.before.runs, &pair.after.runs).unwrap();
    let times = (10.0 * (1.0 - better.independent_luck)).round();
    assert!((1.0..=4.0).contains(&times), "{better:?}");
    let wanted = format!("looks like a failure {times:.0} time");
    assert!(s.text.contains(&wanted) && s.certain, "{}", s.text);
    // The same quarter with and without it hardly ever looks like one: it is another year's luck.
    assert!(better.same_luck > better.independent_luck, "{better:?}");
}

#[test]
fn neither_what_works_beyond_doubt_nor_what_does_not_work_is_told() {
    let siloed = shipped("siloed-to-integrated", &[]);
    assert_eq!(pair(&siloed, "integrated", 64).says("quarter"), None);
    let same = line("per_week = 3", 8.0, "");
    assert_eq!(pair(&same, "w", 64).says("quarter"), None);
    let worse = line(
        "per_week = 3",
        8.0,
        "changes = [{ set = \"teams.ops.focus\", to = 0.8 }]",
    );
    assert_eq!(pair(&worse, "w", 64).says("quarter"), None);
}

#[test]
fn years_of_less_than_a_quarter_have_none() {
    let short = pair(&line("per_week = 3", 8.0, ""), "w", 32);
    let cut: Vec<_> = (short.before.runs.iter())
        .map(|r| millrace_core::engine::Replication {
            window_hours: 12.0 * 168.0,
            ..r.clone()
        })
        .collect();
    assert_eq!(quarters_better(By::Incidents, &cut, &cut), None);
}
