//! What a described organisation looks like from outside: "you said about 6 weeks; this runs 5.2 to 6.9".

use super::draft::Draft;
use super::organisation::{MONTH, Organisation, Role};
use super::said::{self, at, span, unit};
use super::settle::{Figures, Settled};
use super::view::{Answers, DescribedView, Place, ReflectionView, SetByView};
use crate::desk::Progress;
use crate::document::invalid;
use crate::view::Refusal;
use millrace_core::engine::Replication;
use millrace_core::experiment::{
    Metric, Statistic, Summary, find_warm_up_of, replicate, summarise,
};
use millrace_core::scenario::Scenario;
use millrace_report::words::rounded;

/// Years looked at.
const YEARS: u64 = 128;
/// What was stated and what runs are alike up to this share.
const ALIKE: f64 = 0.06;
/// Incidents are rarer.
const ALIKE_INCIDENTS: f64 = 0.12;
/// Waits within this share of the longest are named with it.
const AS_LONG: f64 = 0.9;

/// Simulate the study as it will be opened, and say what is seen.
///
/// # Errors
/// If the draft is no valid study: a defect of it.
pub fn look(
    answers: &Answers,
    draft: &Draft<'_>,
    settled: &Settled,
    text: String,
    progress: &Progress<'_>,
) -> Result<DescribedView, Refusal> {
    let o = draft.organisation;
    let scenario = Scenario::read(&text).map_err(|f| invalid(&f))?;
    let models = scenario.baseline.models(None);
    let warm_up = find_warm_up_of(&[&models], progress.cancel).ticks;
    let models = scenario.baseline.models(Some(warm_up));
    let runs = replicate(&models, 0, YEARS, progress.cancel);
    let summary = summarise("baseline", "Baseline", models.likely(), &runs);
    let waits = waits(&summary, o);
    let seen = Figures::of(&runs, |_| true);
    let figures = figures(answers, draft, &seen);
    Ok(DescribedView {
        times: times(answers, o, &runs),
        waiting: waiting(&waits, &summary, o),
        elsewhere: elsewhere(o),
        warnings: warnings(&summary),
        unmatched: unmatched(o, settled, &figures),
        set: set(&scenario, draft),
        figures,
        text,
    })
}

/// What the reader must know before believing the rest. That a demand which never ends is always taken in
/// whole was said, and a few requests unfinished at the end of a year change nothing here.
fn warnings(summary: &Summary) -> Vec<String> {
    if summary.overloaded || summary.cut_off {
        summary.warnings()
    } else {
        Vec::new()
    }
}

/// Years' usual times in the middle: one year in ten is below the first, one above the second.
fn middle(runs: &[Replication]) -> Option<(f64, f64)> {
    let metric = Metric::LeadTime(Statistic::Percentile(0.5));
    let mut years: Vec<f64> = metric.years(runs).into_iter().flatten().collect();
    years.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| years.get((share * years.len() as f64) as usize).copied();
    Some((at(0.1)?, at(0.9)?))
}

fn times(answers: &Answers, o: &Organisation, runs: &[Replication]) -> String {
    let Some((low, high)) = middle(runs) else {
        return "No change arrives within a year.".to_owned();
    };
    let (size, name) = unit(o.usual);
    let (low, high) = (rounded(low / size), rounded(high / size));
    let runs = if low == high {
        format!("about {low} {name}s")
    } else {
        format!("{low} to {high} {name}s")
    };
    let said = match (answers.usual_days, answers.pace.unwrap_or(1.0)) {
        (None, _) => {
            return format!("You did not know how long a change usually takes; this runs {runs}.");
        }
        (Some(days), 1.0) => span(days * 24.0),
        (Some(days), pace) => {
            let than = if pace > 1.0 { "longer" } else { "less" };
            format!(
                "{} at first, and then that it takes {than}",
                span(days * 24.0)
            )
        }
    };
    format!("You said about {said}; this runs {runs}.")
}

/// Where a change waits and for how many hours on average, the longest first.
fn waits(summary: &Summary, o: &Organisation) -> Vec<(Place, f64)> {
    let part = |id: &str| summary.parts_hours.get(id).copied().unwrap_or(0.0);
    let mut all: Vec<(Place, f64)> = vec![
        (Place::Release, part("release-wait")),
        (Place::Handoffs, part("handoff")),
    ];
    let mut add = |place: Place, hours: f64| match all.iter_mut().find(|(p, _)| *p == place) {
        Some((_, sum)) => *sum += hours,
        None => all.push((place, hours)),
    };
    // The answer of somebody outside is a gate's run and the board's kind of wait.
    add(Place::Board, part("board-wait") + part("gate-run"));
    add(Place::Infrastructure, part("waiting-for-platform"));
    let parts = part("waiting-for-team") + part("gate-queue");
    let mut queues: Vec<(Place, f64)> = Vec::new();
    for place in &summary.places {
        let role = match place.id.rsplit('/').next() {
            Some("building" | "code-review") => Role::Development,
            Some("testing") => Role::Testing,
            Some("preparing") => Role::Operations,
            _ => continue,
        };
        queues.push((of_role(o, role), place.waiting_hours));
    }
    // Places count all that is not work, the hours between teams and off hours too: their queues have a share.
    let sum: f64 = queues.iter().map(|q| q.1).sum();
    for (place, hours) in queues {
        add(place, if sum > 0.0 { parts * hours / sum } else { 0.0 });
    }
    all.retain(|(_, hours)| *hours > 0.0);
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

fn of_role(o: &Organisation, role: Role) -> Place {
    match o.team(role).role {
        Role::Development => Place::Development,
        Role::Testing => Place::Testing,
        Role::Operations => Place::Infrastructure,
    }
}

fn waiting(waits: &[(Place, f64)], summary: &Summary, o: &Organisation) -> String {
    let Some((_, longest)) = waits.first().filter(|w| w.1 >= 0.5) else {
        return "Changes hardly wait.".to_owned();
    };
    let most: Vec<String> = (waits.iter())
        .filter(|w| w.1 >= AS_LONG * longest)
        .map(|w| name(w.0, o))
        .collect();
    let mean = summary.lead_time_hours.mean.map_or(0.0, |e| e.value);
    let (size, unit) = unit(mean);
    let hours: f64 = waits.iter().take(most.len()).map(|w| w.1).sum();
    format!(
        "Most of the waiting: {} (on average {} of {} {unit}s).",
        most.join(" and "),
        rounded(hours / size),
        rounded(mean / size),
    )
}

/// A place as a thing that is waited for.
fn name(place: Place, o: &Organisation) -> String {
    match place {
        Place::Board if o.board() => "the change board".into(),
        Place::Board => "the answer from outside".into(),
        Place::Infrastructure => "infrastructure".into(),
        Place::Development if o.teams.len() == 1 => "until the team has time".into(),
        Place::Development => "until development has time".into(),
        Place::Testing => "until testing has time".into(),
        Place::Release => "the next release".into(),
        Place::Handoffs => "between teams".into(),
    }
}

fn elsewhere(o: &Organisation) -> Vec<Place> {
    let mut all = o.places();
    all.retain(|p| Some(*p) != o.waits_at);
    all
}

fn figures(answers: &Answers, draft: &Draft<'_>, seen: &Figures) -> Vec<ReflectionView> {
    let (o, unknown) = (draft.organisation, draft.unknown);
    let row = |label: &str,
               known: bool,
               want: f64,
               got: f64,
               alike: f64,
               text: &dyn Fn(f64) -> String| {
        let wanted = text(want);
        let matched = (got - want).abs() <= alike * want.max(1e-9) || text(got) == wanted;
        ReflectionView {
            label: label.to_owned(),
            said: known.then(|| wanted.clone()),
            taken: (!known).then_some(wanted),
            runs: text(got),
            matched,
        }
    };
    // Counted in the unit of what was said.
    let (size, name) = unit(o.usual);
    let time = move |h: f64| format!("{} {name}s", rounded(h / size));
    let month = |x: f64| format!("{} a month", rounded(x));
    vec![
        row(
            "Usual time",
            !unknown.usual && answers.pace.is_none_or(|p| p == 1.0),
            o.usual,
            seen.usual,
            ALIKE,
            &time,
        ),
        row(
            "85 of 100 within",
            !unknown.bad && answers.pace.is_none_or(|p| p == 1.0),
            o.bad,
            seen.bad,
            ALIKE,
            &time,
        ),
        row(
            "Delivered",
            !unknown.changes,
            o.per_week * MONTH,
            seen.per_week * MONTH,
            ALIKE,
            &month,
        ),
        row(
            "Incidents",
            !unknown.incidents,
            o.incidents,
            seen.incidents,
            ALIKE_INCIDENTS,
            &month,
        ),
    ]
}

fn unmatched(o: &Organisation, settled: &Settled, figures: &[ReflectionView]) -> Vec<String> {
    let mut out: Vec<String> = figures
        .iter()
        .filter(|f| !f.matched)
        .map(|f| {
            let said = f
                .said
                .as_ref()
                .or(f.taken.as_ref())
                .cloned()
                .unwrap_or_default();
            format!(
                "{}: {said} was asked for, and {} is as near as this organisation comes.",
                f.label, f.runs
            )
        })
        .collect();
    if !out.is_empty()
        && let Some(place) = o.waits_at
    {
        out.push(format!(
            "With most waiting {}, times are spread as that wait is.",
            at(place)
        ));
    }
    if settled.idle && settled.figures.busy > 0.0 {
        let people: u32 = o.teams.iter().map(|t| t.people).sum();
        out.push(format!(
            "With {} and {} changes a month, people are at most {} busy with changes. If that is too low, enter fewer people.",
            counted(people, "person", "people"),
            rounded(o.per_week * MONTH),
            millrace_report::words::percent(settled.figures.busy)
        ));
    }
    out
}

fn counted(n: u32, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Which answer set which number, read back from the study itself.
fn set(scenario: &Scenario, draft: &Draft<'_>) -> Vec<SetByView> {
    let by = |p: &millrace_core::scenario::Parameter| {
        p.source.strip_prefix("described: ").map(str::to_owned)
    };
    let mut all: Vec<SetByView> = (scenario.baseline.parameters.iter())
        // Of a distribution of effort only the mean was searched for.
        .filter(|p| !p.path.ends_with("effort.cv"))
        .filter_map(|p| {
            Some(SetByView {
                answer: by(p)?,
                path: p.path.clone(),
                label: said::label(p),
                value: said::value(p),
            })
        })
        .collect();
    // Teams cut from a head-count come first; then the answers' own order.
    let order = [
        &draft.said.people,
        &draft.said.changes,
        &draft.said.usual,
        &draft.said.bad,
        &draft.said.rhythm,
        &draft.said.incidents,
    ];
    all.sort_by_key(|s| order.iter().position(|a| s.answer.starts_with(a.as_str())));
    all
}
