//! `millrace transition`: how the next quarters go.

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner;
use crate::study;
use crate::text::{NONE, Table, told};
use millrace_app_core::sentences::{Sentence, course::sentences};
use millrace_core::experiment::transition::{self, Transition};
use millrace_core::experiment::{Cancel, find_warm_up_of};
use millrace_core::stats::Estimate;
use millrace_core::time::{self, WEEK};
use millrace_report::words::rounded;
use serde::Serialize;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    /// Only these what-ifs; all of the study's if none is given
    what_ifs: Vec<String>,
    /// Quarters of 13 weeks from the start of the change
    #[arg(long, value_name = "Q", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=200))]
    quarters: u32,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Results {
    study: String,
    seed: u64,
    version: &'static str,
    replications_wanted: u64,
    partial: bool,
    warm_up_weeks: f64,
    said: Vec<Sentence>,
    transitions: Vec<Transition>,
}

/// Show what-ifs quarter by quarter.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let opened = study::changed(&args.running.study)?;
    let scenario = &opened.scenario;
    let settings = &scenario.baseline.study;
    let cancel = runner::on_interrupt()?;
    let chosen: Vec<String> = if args.what_ifs.is_empty() {
        scenario.what_ifs.iter().map(|w| w.id.clone()).collect()
    } else {
        args.what_ifs.clone()
    };
    let wanted = settings.run.replications as u64;
    let (warm_up, transitions) = runner::pool(&args.running)?.install(|| {
        let warm_up = settings.run.warm_up.map_or_else(
            || find_warm_up_of(&[&scenario.baseline.models(None)], &cancel).ticks,
            time::ticks_up,
        );
        let plan = |id: Option<&str>| {
            let planned = transition::plan(scenario, id, warm_up, args.quarters);
            planned.map_err(|faults| Failure::Study(opened.source.clone(), faults))
        };
        let plans: Result<Vec<_>, Failure> = chosen.iter().map(|id| plan(Some(id))).collect();
        let (plans, baseline) = (plans?, plan(None)?);
        let bar = runner::progress(wanted * (plans.len() as u64 + 1), "years");
        let run = |plan| {
            let runs = transition::run(plan, 0, wanted, &cancel);
            bar.inc(wanted);
            runs
        };
        let before = run(&baseline);
        let of = |(id, plan): (&String, _)| transition::transition(id, &before, &run(plan));
        let all: Vec<Transition> = chosen.iter().zip(&plans).map(of).collect();
        bar.finish_and_clear();
        Ok::<_, Failure>((warm_up, all))
    })?;
    let smallest = settings.run.smallest_difference;
    let results = Results {
        study: settings.name.clone(),
        seed: settings.seed as u64,
        version: env!("CARGO_PKG_VERSION"),
        replications_wanted: wanted,
        partial: cancelled(&cancel, &transitions, wanted),
        warm_up_weeks: warm_up as f64 / WEEK as f64,
        said: transitions
            .iter()
            .flat_map(|t| sentences(t, smallest))
            .collect(),
        transitions,
    };
    if args.json {
        return Answer::json(&results, results.partial);
    }
    let name = |id: &str| scenario.what_if(id).map_or("", |w| &w.name).to_owned();
    let titled: Vec<String> = (results.transitions.iter())
        .map(|t| {
            format!(
                "{} ({})\n{}",
                name(&t.what_if),
                t.what_if,
                shown(t, &results.said)
            )
        })
        .collect();
    Ok(Answer::text(&titled.join("\n"), results.partial))
}

fn cancelled(cancel: &Cancel, all: &[Transition], wanted: u64) -> bool {
    cancel.is_cancelled() && all.iter().any(|t| (t.replications as u64) < wanted)
}

const DAY: f64 = 24.0;

fn days(e: Option<Estimate>) -> String {
    e.map_or(NONE.into(), |e| rounded(e.value / DAY))
}

fn plain(e: Option<Estimate>) -> String {
    e.map_or(NONE.into(), |e| rounded(e.value))
}

/// A difference with its interval, in some unit of hours or in itself.
fn signed(e: Option<Estimate>, unit: f64) -> String {
    e.map_or(NONE.into(), |e| {
        let part = |x: f64| {
            let x = x / unit;
            format!("{}{}", if x > 0.0 { "+" } else { "" }, rounded(x))
        };
        format!("{} ({} to {})", part(e.value), part(e.low), part(e.high))
    })
}

fn shown(t: &Transition, said: &[Sentence]) -> String {
    let mut table = Table::new([
        "quarter",
        "85% within, days",
        "baseline",
        "difference",
        "delivered",
        "incidents",
        "impact hours",
        "change hours",
        "saved less spent, weeks",
    ]);
    for q in &t.quarters {
        table.row([
            q.quarter.to_string(),
            days(q.what_if.lead_time_p85_hours),
            days(q.baseline.lead_time_p85_hours),
            signed(q.difference.lead_time_p85_hours, DAY),
            signed(q.difference.delivered, 1.0),
            signed(q.difference.incidents, 1.0),
            signed(q.difference.impact_hours, 1.0),
            plain(q.what_if.change_hours),
            signed(q.net, 1.0),
        ]);
    }
    let mut out = table.lines();
    out += &told(
        said.iter()
            .filter(|s| s.of.as_deref() == Some(&t.what_if))
            .map(|s| s.text.as_str()),
    );
    if t.cut_off {
        out += "\nSome years were cut off: no figure of them can be trusted.\n";
    }
    for a in &t.improvements {
        out += &format!(
            "  {} {}: in {}% of years, first in week {} on average\n",
            a.rule.id(),
            a.what,
            rounded(100.0 * a.share_of_years),
            rounded(a.mean_week)
        );
    }
    out
}
