//! "Three more people in development: still 22 a month, and 8 days later each, because infrastructure sets
//! the pace."

use super::words::{Unit, Worth, listed, of_many, small, worth};
use super::{About, Case, Compared, Sentence, View};
use crate::words::capital;
use millrace_core::experiment::{Metric, Statistic};
use millrace_core::model::Model;
use millrace_core::stats::{Estimate, Influence};
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::rounded;

/// Demand of a team that holds back others, at least, as a share of what it can give.
const NEARLY_ALL: f64 = 0.9;
/// Share of the requests that may be refused or given up where delivery follows demand.
const FEW: f64 = 0.02;

/// Why more people deliver no more.
enum Reason {
    /// This team holds back the others.
    Pace(usize),
    /// All that is asked for was delivered before.
    Demand,
}

/// What more people do, where they are all that a what-if changes and deliver no more.
#[must_use]
pub fn sentence(pair: &Compared<'_>) -> Option<Sentence> {
    let added = more_people(pair.before.model, pair.after.model)?;
    let base = pair.before.summary.throughput_per_week?;
    if !pair.whole() || !pair.delivers_as_much() {
        return None;
    }
    let reason = reason(pair, &added)?;
    let teams = &pair.before.model.teams;
    let who = |(n, (team, more)): (usize, &(usize, u32))| {
        let people = match (n, more) {
            (0, 1) => " more person",
            (0, _) => " more people",
            _ => " more",
        };
        format!("{}{people} in {}", small(*more), teams[*team].label)
    };
    let who: Vec<String> = added.iter().enumerate().map(who).collect();
    let still = format!(
        "{}: still {} a month",
        capital(&listed(&who)),
        rounded(base.value * WEEKS_PER_MONTH)
    );
    let time = time(pair);
    let text = match (&reason, &time) {
        (Reason::Pace(team), Some(t)) => {
            format!(
                "{still}, {}, because {} sets the pace.",
                t.clause, teams[*team].label
            )
        }
        (Reason::Pace(team), None) => {
            format!("{still}, because {} sets the pace.", teams[*team].label)
        }
        (Reason::Demand, Some(t)) => {
            format!("{still}, because no more is asked for, {}.", t.clause)
        }
        (Reason::Demand, None) => format!("{still}, because no more is asked for."),
    };
    let years = years(pair, &reason, time.as_ref());
    Sentence::held(
        "more-people",
        text,
        years,
        about(pair, &reason, time.is_some()),
    )
    .map(|s| s.of(&pair.comparison.what_if))
}

fn about(pair: &Compared<'_>, reason: &Reason, time: bool) -> Vec<About> {
    let what_if = &pair.comparison.what_if;
    let mut about = vec![About::of(View::Compare, "delivered", what_if)];
    about.extend(time.then(|| About::of(View::Compare, "lead-time", what_if)));
    if let Reason::Pace(team) = reason {
        let team = &pair.before.model.teams[*team].id;
        about.push(About::of(View::Workbench, "utilisation", team));
    }
    about
}

/// The teams that have more people, and how many more, if nothing else differs.
fn more_people(before: &Model, after: &Model) -> Option<Vec<(usize, u32)>> {
    if before.teams.len() != after.teams.len() {
        return None;
    }
    let mut same = after.clone();
    let mut added = Vec::new();
    for (i, (was, is)) in before.teams.iter().zip(&mut same.teams).enumerate() {
        if is.people > was.people {
            added.push((i, is.people - was.people));
            // Each of them may hold as much as the others.
            (is.people, is.places) = (was.people, was.places);
        }
    }
    (!added.is_empty() && same == *before).then_some(added)
}

fn reason(pair: &Compared<'_>, added: &[(usize, u32)]) -> Option<Reason> {
    let sides = [pair.before, pair.after];
    let overloaded = |team: usize| sides.iter().all(|s| s.summary.teams[team].overloaded);
    let saturated = sides.iter().all(|s| !s.summary.saturated.is_empty());
    if let Some(team) = pace(pair.before)
        && pace(pair.after) == Some(team)
        && added.iter().all(|(a, _)| *a != team)
        && (saturated || overloaded(team))
    {
        return Some(Reason::Pace(team));
    }
    let follows = sides.iter().all(|s| follows_demand(*s));
    follows.then_some(Reason::Demand)
}

/// The team of which surely the largest share of what it can give is asked, if that is nearly all.
fn pace(case: Case<'_>) -> Option<usize> {
    let asked = |t: usize| {
        let each = case
            .runs
            .iter()
            .map(move |r| (r.teams[t][2], r.teams[t][3]));
        let asked = Influence::ratio(each)?;
        let drawn = case.runs.iter().any(|r| r.draw.is_some());
        Some(if drawn { asked.in_pairs() } else { asked })
    };
    let all: Vec<Influence> = (0..case.model.teams.len())
        .map(asked)
        .collect::<Option<_>>()?;
    let by_value = |a: &usize, b: &usize| all[*a].value.total_cmp(&all[*b].value);
    let most = (0..all.len()).max_by(by_value)?;
    let others = (0..all.len()).filter(|t| *t != most);
    let confidence = 1.0 - 0.05 / all.len() as f64;
    let surely = |e: Estimate, least: f64| e.low > least;
    let ahead = |t: usize| surely(all[most].minus(&all[t]).estimate(confidence), 0.0);
    let near = surely(all[most].estimate(confidence), NEARLY_ALL);
    (near && others.clone().all(ahead)).then_some(most)
}

/// What is delivered is what is asked for: nothing waits for ever, refuses, or never runs dry.
fn follows_demand(case: Case<'_>) -> bool {
    let s = case.summary;
    let of = |e: Option<Estimate>| e.map_or(0.0, |e| e.value);
    let lost = of(s.refused_per_week) + of(s.abandoned_per_week);
    !s.overloaded && s.saturated.is_empty() && lost <= FEW * of(s.throughput_per_week)
}

/// What becomes of lead time.
struct Time {
    clause: String,
    /// Longer, shorter, or neither.
    sign: Option<bool>,
}

fn time(pair: &Compared<'_>) -> Option<Time> {
    if !pair.settled() {
        return None;
    }
    let base = pair.before.summary.lead_time_hours.mean?.value;
    let by = &pair.comparison.differences.lead_time_hours.mean;
    let unit = Unit::of(base);
    let (clause, sign) = match worth(by.as_ref().map(|d| of_many(d.estimate)), base) {
        Worth::More(by) => (format!("and {} later each", unit.amount(by)), Some(true)),
        Worth::Less(by) => (
            format!("though {} sooner each", unit.amount(by)),
            Some(false),
        ),
        Worth::Nothing => ("and no sooner".to_owned(), None),
        Worth::Unknown => return None,
    };
    Some(Time { clause, sign })
}

/// Years in which as much is delivered, give or take the smallest difference worth having, lead time goes
/// the way that is told, and the team that sets the pace is the one of which most is asked.
fn years(pair: &Compared<'_>, reason: &Reason, time: Option<&Time>) -> f64 {
    let lead = Metric::LeadTime(Statistic::Mean);
    let (before, after) = (lead.years(pair.before.runs), lead.years(pair.after.runs));
    let n = pair.before.runs.len().min(pair.after.runs.len());
    let holds = |y: usize| {
        let (a, b) = (&pair.before.runs[y], &pair.after.runs[y]);
        let still = (b.delivered - a.delivered).abs() <= pair.smallest * a.delivered;
        let way = match (time.and_then(|t| t.sign), before[y], after[y]) {
            (Some(later), Some(a), Some(b)) => (b > a) == later,
            _ => true,
        };
        let first = match reason {
            Reason::Demand => true,
            Reason::Pace(team) => [a, b].into_iter().all(|run| {
                let asked = |t: &[f64; 4]| t[2] / t[3].max(1e-9);
                run.teams
                    .iter()
                    .all(|t| asked(t) <= asked(&run.teams[*team]))
            }),
        };
        still && way && first
    };
    (0..n).filter(|y| holds(*y)).count() as f64 / n as f64
}
