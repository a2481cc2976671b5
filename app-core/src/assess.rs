//! The assessment of thirteen questions: answers become a baseline, and what holds it back the first what-ifs.
//!
//! [`questions`](self::questions()) are data (`questions.toml`): each answer sets numbers of a generic study, the
//! siloed organisation, and says so beside every one of them.

#[cfg(test)]
mod tests;
mod text;

use crate::describe::view::SetByView;
use crate::document::invalid;
use crate::view::Refusal;
use millrace_core::scenario::{Node, Scenario, parse};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::LazyLock;

/// What-ifs proposed at most.
const PROPOSED: usize = 4;

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionView {
    /// Names it.
    pub id: String,
    /// As it is asked.
    pub text: String,
    /// Its answers, from what holds an organisation back to what carries it.
    pub answers: Vec<String>,
}

/// An answer to a question; a question without one is not known and counts as in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AnswerView {
    /// The question's id.
    pub question: String,
    /// Which of its answers, from 0.
    pub answer: u32,
}

/// A what-if that is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProposalView {
    /// Its name.
    pub name: String,
    /// The answer behind it.
    pub because: String,
}

/// A baseline made of answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AssessedView {
    /// The study, TOML.
    pub text: String,
    /// First what-ifs, which are in it.
    pub proposals: Vec<ProposalView>,
    /// Which answer set which number.
    pub set: Vec<SetByView>,
}

/// A question with what it sets.
#[derive(Debug, Clone, PartialEq)]
struct Question {
    view: QuestionView,
    sets: Vec<Sets>,
    what_if: Option<Proposed>,
    first: f64,
}

/// A number and its values by answer, as TOML.
#[derive(Debug, Clone, PartialEq)]
struct Sets {
    path: String,
    values: Vec<String>,
}

/// What a what-if does: moves a lever, or sets what the best answer would have.
#[derive(Debug, Clone, PartialEq)]
struct Proposed {
    name: String,
    lever: Option<(String, String)>,
    weeks: f64,
    cost: f64,
}

/// A question with the answer that was given; `None`: not known.
struct Answered<'q> {
    question: &'q Question,
    answer: Option<usize>,
}

impl Answered<'_> {
    /// The answer that counts.
    fn counts(&self) -> usize {
        self.answer.unwrap_or(1)
    }

    /// "Are policies embedded …? Mixed".
    fn words(&self) -> String {
        let answer = match self.answer {
            Some(a) => &self.question.view.answers[a],
            None => "not known",
        };
        format!("{} {answer}", self.question.view.text)
    }
}

static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let tree =
        parse(include_str!("assess/questions.toml")).expect("the table of questions is TOML");
    let all = tree.get("question").map(Node::items).unwrap_or_default();
    all.iter().map(question).collect()
});

fn word(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_text).map(str::to_owned)
}

fn words(node: &Node, key: &str) -> Vec<String> {
    let all = node.get(key).map(Node::items).unwrap_or_default();
    all.iter()
        .filter_map(Node::as_text)
        .map(str::to_owned)
        .collect()
}

fn question(node: &Node) -> Question {
    let sets = node.get("sets").map(Node::items).unwrap_or_default();
    let number = |n: &Node, key: &str| n.get(key).and_then(Node::as_number);
    Question {
        view: QuestionView {
            id: word(node, "id").unwrap_or_default(),
            text: word(node, "text").unwrap_or_default(),
            answers: words(node, "answers"),
        },
        sets: sets
            .iter()
            .map(|s| Sets {
                path: word(s, "path").unwrap_or_default(),
                values: words(s, "values"),
            })
            .collect(),
        what_if: node.get("what_if").map(|w| Proposed {
            name: word(w, "name").unwrap_or_default(),
            lever: word(w, "lever").zip(word(w, "to")),
            weeks: number(w, "weeks").unwrap_or(0.0),
            cost: number(w, "cost").unwrap_or(0.0),
        }),
        first: number(node, "first").unwrap_or(f64::MAX),
    }
}

/// The thirteen questions.
#[must_use]
pub fn questions() -> Vec<QuestionView> {
    QUESTIONS.iter().map(|q| q.view.clone()).collect()
}

/// Make a baseline of answers. Unknown questions and answers beyond a question's are left out.
///
/// # Errors
/// If the baseline is no study: a defect of the table.
pub fn assess(answers: &[AnswerView]) -> Result<AssessedView, Refusal> {
    let answered: Vec<Answered<'_>> = QUESTIONS
        .iter()
        .map(|question| {
            let given = answers.iter().find(|a| a.question == question.view.id);
            let answer = given.map(|a| a.answer as usize);
            Answered {
                question,
                answer: answer.filter(|a| *a < question.view.answers.len()),
            }
        })
        .collect();
    let proposed = proposed(&answered);
    let (text, paths) = text::study(&answered, &proposed);
    let scenario = Scenario::read(&text).map_err(|f| invalid(&f))?;
    let set = paths
        .into_iter()
        .flat_map(|(by, path)| numbers(&scenario, by, &path))
        .collect();
    let proposals = proposed
        .iter()
        .filter_map(|a| {
            Some(ProposalView {
                name: a.question.what_if.as_ref()?.name.clone(),
                because: a.words(),
            })
        })
        .collect();
    Ok(AssessedView {
        text,
        proposals,
        set,
    })
}

/// What to try first: where the answer that was given is worst, and among equals by the table.
fn proposed<'a, 'q>(answered: &'a [Answered<'q>]) -> Vec<&'a Answered<'q>> {
    let mut all: Vec<&Answered<'_>> = answered
        .iter()
        .filter(|a| a.question.what_if.is_some())
        .filter(|a| {
            a.answer
                .is_some_and(|given| given + 1 < a.question.view.answers.len())
        })
        .collect();
    all.sort_by(|a, b| {
        (a.counts().cmp(&b.counts())).then(a.question.first.total_cmp(&b.question.first))
    });
    all.truncate(PROPOSED);
    all
}

/// The numbers at a path of the study.
fn numbers(scenario: &Scenario, by: String, path: &str) -> Vec<SetByView> {
    let all = scenario.baseline.parameters.iter();
    all.filter(|p| p.path == path || p.path.starts_with(&format!("{path}.")))
        .map(|p| SetByView {
            answer: by.clone(),
            path: p.path.clone(),
            label: crate::describe::label(p),
            value: crate::describe::value(p),
        })
        .collect()
}
