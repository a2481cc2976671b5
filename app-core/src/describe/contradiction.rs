//! Answers that cannot all be true, before anything is simulated.

use super::organisation::{MONTH, Organisation, WEEK_HOURS};
use super::said::span;
use super::view::Answers;
use crate::view::{FaultView, Refusal, RefusalCode};
use millrace_report::words::rounded;

/// Person-hours below which no change can be decided on, built, tested and released.
const LEAST_HOURS: f64 = 1.0;
/// Least share of the trains' mean wait that a usual time can have: who finishes just before one leaves is
/// quick, but not half of all changes.
const LEAST_OF_A_WAIT: f64 = 0.9;

struct Fault {
    answer: &'static str,
    message: String,
    way_out: String,
}

/// Every contradiction.
///
/// # Errors
/// If there is any.
pub fn check(answers: &Answers) -> Result<(), Refusal> {
    let mut faults = ranges(answers);
    if faults.is_empty() {
        faults = together(answers);
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Refusal {
        code: RefusalCode::Contradiction,
        message: faults
            .iter()
            .map(|f| f.message.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        faults: faults
            .into_iter()
            .map(|f| FaultView {
                line: None,
                path: f.answer.to_owned(),
                message: f.message,
                hint: Some(f.way_out),
            })
            .collect(),
    })
}

/// Each answer by itself.
fn ranges(a: &Answers) -> Vec<Fault> {
    let all = [
        ("people", a.people, 1.0, 5000.0, "people"),
        (
            "changesPerMonth",
            a.changes_per_month,
            0.1,
            20_000.0,
            "changes a month",
        ),
        ("usualDays", a.usual_days, 1.0 / 24.0, 1500.0, "days"),
        ("badDays", a.bad_days, 1.0 / 24.0, 3000.0, "days"),
        (
            "incidentsPerMonth",
            a.incidents_per_month,
            0.0,
            1000.0,
            "incidents a month",
        ),
        ("pace", a.pace, 0.05, 20.0, "times"),
    ];
    all.into_iter()
        .filter_map(|(answer, value, low, high, unit)| {
            let value = value.filter(|v| !(low..=high).contains(v))?;
            let (low, high) = (rounded(low), rounded(high));
            Some(Fault {
                answer,
                message: format!(
                    "{} {unit} is outside of what can be simulated.",
                    rounded(value)
                ),
                way_out: format!("Anything from {low} to {high} can."),
            })
        })
        .collect()
}

/// Answers that rule each other out.
fn together(a: &Answers) -> Vec<Fault> {
    let o = Organisation::of(a);
    let mut out = Vec::new();
    if let (Some(usual), Some(bad)) = (a.usual_days, a.bad_days)
        && bad <= usual
    {
        out.push(Fault {
            answer: "badDays",
            message: format!(
                "85 of 100 changes cannot be done within {} if half of them need up to {}.",
                span(bad * 24.0),
                span(usual * 24.0)
            ),
            way_out: "The bad time is the longer one: of 100 changes, 15 take longer still.".into(),
        });
    }
    out.extend(too_many(a, &o));
    out.extend(before_the_train(a, &o));
    out.extend(too_few_in_progress(a, &o));
    out
}

fn too_many(a: &Answers, o: &Organisation) -> Option<Fault> {
    let people: u32 = o.teams.iter().map(|t| t.people).sum();
    let hours = f64::from(people) * WEEK_HOURS / o.per_week;
    let monthly = o.per_week * MONTH;
    (a.changes_per_month.is_some() && hours < LEAST_HOURS).then(|| Fault {
        answer: "changesPerMonth",
        message: format!(
            "{people} people who deliver {} changes a month have {} minutes for each, from the first thought to its users.",
            rounded(monthly),
            rounded(hours * 60.0)
        ),
        way_out: format!(
            "Count only what users get as one change (up to {} a month can be), or count everybody who takes part.",
            rounded(monthly * hours / LEAST_HOURS)
        ),
    })
}

/// With a release every so often, half of the changes wait at least about half as long.
fn before_the_train(a: &Answers, o: &Organisation) -> Option<Fault> {
    let (usual, rhythm) = (a.usual_days?, a.rhythm?);
    let wait = rhythm.weeks()? * 168.0 / 2.0;
    let usual = usual * 24.0;
    (usual < LEAST_OF_A_WAIT * wait).then(|| Fault {
        answer: "usualDays",
        message: format!(
            "With {}, changes wait {} for it on average, and half of yours arrive within {}.",
            o.rhythm.words(),
            span(wait),
            span(usual)
        ),
        way_out: "Count the usual time until users have the change, or choose how often something is really released."
            .into(),
    })
}

/// Little's law: with always more to do and less than one change in progress, most people would do nothing.
fn too_few_in_progress(a: &Answers, o: &Organisation) -> Option<Fault> {
    let (usual, changes) = (a.usual_days?, a.changes_per_month?);
    let in_progress = o.per_week * usual * 24.0 / 168.0;
    let possible = MONTH * 7.0 / usual;
    (o.endless && in_progress < 0.7).then(|| Fault {
        answer: "endless",
        message: format!(
            "{} changes a month that take {} each are less than one at a time: with always more to do, there would be more.",
            rounded(changes),
            span(usual * 24.0)
        ),
        way_out: format!(
            "Say that there is not always more to do; one at a time would be {} a month.",
            rounded(possible)
        ),
    })
}
