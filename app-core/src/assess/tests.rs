use super::*;
use millrace_core::experiment::{Cancel, Metric, Statistic, replicate};

fn all(answer: u32) -> Vec<AnswerView> {
    questions()
        .iter()
        .map(|q| AnswerView {
            question: q.id.clone(),
            answer,
        })
        .collect()
}

fn with(question: &str, answer: u32, rest: u32) -> Vec<AnswerView> {
    let mut answers = all(rest);
    for a in &mut answers {
        if a.question == question {
            a.answer = answer;
        }
    }
    answers
}

fn read(answers: &[AnswerView]) -> (AssessedView, Scenario) {
    let made = assess(answers).unwrap_or_else(|r| panic!("{r:?}"));
    let scenario = Scenario::read(&made.text).unwrap();
    (made, scenario)
}

#[test]
fn there_are_thirteen_questions_each_with_three_answers_and_something_it_sets() {
    assert_eq!(QUESTIONS.len(), 13);
    for q in QUESTIONS.iter() {
        assert_eq!(q.view.answers.len(), 3, "{}", q.view.id);
        assert!(!q.sets.is_empty(), "{}", q.view.id);
        assert!(q.sets.iter().all(|s| s.values.len() == 3), "{}", q.view.id);
    }
}

#[test]
fn every_answer_to_every_question_makes_a_study_that_says_so() {
    for q in QUESTIONS.iter() {
        for answer in 0..3 {
            let (made, scenario) = read(&with(&q.view.id, answer, 1));
            for s in &q.sets {
                let told = made
                    .set
                    .iter()
                    .filter(|by| by.answer.starts_with(&q.view.text));
                let under = |p: &str| s.path.contains('*') || p.starts_with(&s.path);
                assert!(
                    told.clone().any(|by| under(&by.path)),
                    "{}: {} is not told",
                    q.view.id,
                    s.path
                );
                for by in told {
                    assert!(
                        scenario.baseline.parameter(&by.path).is_some(),
                        "{} is no number",
                        by.path
                    );
                }
            }
        }
    }
}

#[test]
fn every_answer_moves_a_number_of_the_study() {
    for q in QUESTIONS.iter() {
        let numbers = |answer| {
            let (_, scenario) = read(&with(&q.view.id, answer, 1));
            let all = scenario.baseline.parameters.into_iter();
            all.map(|p| (p.path, p.value, p.range)).collect::<Vec<_>>()
        };
        assert_ne!(numbers(0), numbers(1), "{}", q.view.id);
        assert_ne!(numbers(1), numbers(2), "{}", q.view.id);
    }
}

#[test]
fn better_answers_are_an_organisation_that_delivers_sooner_and_hurts_its_users_less() {
    let figures = |answer| {
        let (_, scenario) = read(&all(answer));
        let runs = replicate(&scenario.baseline.models(None), 0, 64, &Cancel::default());
        let of = |m: Metric| m.influence(&runs).unwrap().value;
        (
            of(Metric::LeadTime(Statistic::Percentile(0.85))),
            of(Metric::ImpactHours),
        )
    };
    let (worst, middle, best) = (figures(0), figures(1), figures(2));
    assert!(
        best.0 < 0.95 * middle.0 && middle.0 < 0.95 * worst.0,
        "{worst:?} {middle:?} {best:?}"
    );
    assert!(
        best.1 < 0.95 * middle.1 && middle.1 < 0.95 * worst.1,
        "{worst:?} {middle:?} {best:?}"
    );
}

#[test]
fn what_is_proposed_answers_the_worst_answers_and_is_a_what_if_of_the_study() {
    let (made, scenario) = read(&with("rollback", 0, 1));
    assert_eq!(made.proposals[0].name, "One button takes a release back");
    assert_eq!(made.proposals.len(), PROPOSED);
    assert_eq!(scenario.what_ifs.len(), PROPOSED);
    for w in &scenario.what_ifs {
        let changed = scenario.variant(Some(&w.id), &[]).unwrap();
        assert_ne!(
            changed.tree, scenario.baseline.tree,
            "{} changes nothing",
            w.id
        );
    }
    let (content, scenario) = read(&all(2));
    assert!(content.proposals.is_empty() && scenario.what_ifs.is_empty());
}

#[test]
fn every_what_if_that_can_be_proposed_is_a_study() {
    for q in QUESTIONS.iter().filter(|q| q.what_if.is_some()) {
        for answer in [0, 1] {
            let (made, _) = read(&with(&q.view.id, answer, 2));
            assert_eq!(made.proposals.len(), 1, "{}", q.view.id);
        }
    }
}

#[test]
fn what_nobody_answers_counts_as_in_between_and_says_so() {
    let (made, _) = read(&[]);
    assert!(made.set.iter().all(|by| by.answer.ends_with("not known")));
    assert!(
        made.proposals.is_empty(),
        "nobody said that anything is wrong"
    );
    assert!(
        made.text
            .contains("# assessed: Is data collected from every release, and used? not known")
    );
}
