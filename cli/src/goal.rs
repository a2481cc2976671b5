//! `millrace goal`: how far one lever must go to meet an objective.

use crate::answer::{Answer, Failure};
use crate::args::{self, Running};
use crate::assign::Set;
use crate::rank::{chosen, refusals};
use crate::runner::{self, Warning};
use crate::study::{self, Opened};
use crate::text::{Ran, Table, interval, of_50, value, warnings, wrapped};
use millrace_core::experiment::Watch;
use millrace_core::experiment::goal::{Goal, Plan, Promise, Standing, Tried};
use millrace_core::time::{WEEK, WEEKS_PER_MONTH};
use millrace_report::words::{percent, rounded};
use serde::Serialize;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A study file, or the name of a shipped study
    study: String,
    /// The lever to move, by id; `millrace levers STUDY` lists them
    #[arg(long, value_name = "LEVER")]
    lever: String,
    /// The objective to meet, by id
    #[arg(long, value_name = "ID")]
    objective: String,
    /// Share of years that must meet it, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 80, value_parser = clap::value_parser!(u8).range(1..=99))]
    chance: u8,
    /// Give a value of the baseline another value, as TOML. Repeatable
    #[arg(long = "set", value_name = "PATH=VALUE")]
    sets: Vec<Set>,
    /// Root of all luck, instead of the study's
    #[arg(long, value_parser = clap::value_parser!(u64).range(0..=9_000_000_000_000_000))]
    seed: Option<u64>,
    /// Simulated years of each position at most, instead of the study's
    #[arg(long, short = 'n', value_name = "N", value_parser = clap::value_parser!(u64).range(32..=1_000_000))]
    replications: Option<u64>,
    /// Threads to use; all cores if absent. Never changes a number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

impl Args {
    /// What other commands take; their `--lever` is a position of the baseline's.
    fn running(&self) -> Running {
        Running {
            study: args::Study {
                study: self.study.clone(),
                sets: self.sets.clone(),
                levers: Vec::new(),
                seed: self.seed,
                replications: self.replications,
            },
            threads: self.threads,
        }
    }
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Results<'a> {
    study: &'a str,
    seed: u64,
    version: &'static str,
    replications_wanted: u64,
    warm_up_weeks: f64,
    warnings: Vec<Warning>,
    #[serde(flatten)]
    goal: Goal,
}

/// Seek a goal.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let running = args.running();
    let opened = study::changed(&running.study)?;
    let (promise, objective) = promised(&opened, args)?;
    let levers = chosen(&opened, std::slice::from_ref(&args.lever))?;
    let Some(lever) = levers.first() else {
        return Err(Failure::Outside("no lever was chosen".into()));
    };
    let cancel = runner::on_interrupt()?;
    let baseline = &opened.scenario.baseline.study;
    let wanted = baseline.run.replications as u64;
    let (found, warm_up, goal) = runner::pool(&running)?.install(|| {
        let plan = Plan::new(&opened.scenario, lever);
        let (warm_up, found) = runner::warm_up_of_many(&opened, plan.variants(), &cancel);
        let bar = runner::progress(wanted * plan.variants().count() as u64, "years at most");
        let watch = Watch {
            cancel: &cancel,
            made: &|years| bar.inc(years),
        };
        let goal = plan.seek(promise, objective, warm_up, wanted, watch);
        bar.finish_and_clear();
        (found, warm_up, goal)
    });
    let results = Results {
        study: &baseline.name,
        seed: baseline.seed as u64,
        version: env!("CARGO_PKG_VERSION"),
        replications_wanted: wanted,
        warm_up_weeks: warm_up as f64 / WEEK as f64,
        warnings: found.into_iter().collect(),
        goal,
    };
    let partial = results.goal.partial;
    if args.json {
        return Answer::json(&results, partial);
    }
    Ok(Answer::text(&text(&opened, &results), partial))
}

/// The promise asked for, and its place among the study's objectives.
fn promised(opened: &Opened, args: &Args) -> Result<(Promise, usize), Failure> {
    let all = &opened.scenario.baseline.study.outcome.objectives;
    let Some(i) = all.iter().position(|o| o.id == args.objective) else {
        let ids: Vec<&str> = all.iter().map(|o| o.id.as_str()).collect();
        let hint = if ids.is_empty() {
            "the study has no objectives: give it some under [[outcome.objectives]]".to_owned()
        } else {
            format!("objectives of this study: {}", ids.join(", "))
        };
        let message = format!("there is no objective `{}`", args.objective);
        return Err(Failure::fault(&opened.source, message, hint));
    };
    let promise = Promise {
        objective: all[i].id.clone(),
        name: all[i].name.clone(),
        chance: f64::from(args.chance) / 100.0,
    };
    Ok((promise, i))
}

fn text(opened: &Opened, r: &Results<'_>) -> String {
    let study = &opened.scenario.baseline.study;
    let most = r.goal.tried.iter().map(|t| t.replications).max();
    let done = most.unwrap_or(0) as u64;
    let ran = Ran {
        done,
        wanted: if r.goal.partial {
            r.replications_wanted
        } else {
            done
        },
        weeks: study.run.weeks,
        warm_up_weeks: r.warm_up_weeks,
    };
    [
        ran.heading(
            study,
            &format!("{} moved to meet an objective", r.goal.lever.label),
        ),
        warnings(&r.warnings),
        format!("\n{}", wrapped(&said(&r.goal))),
        tried(&r.goal).under("What was tried"),
        refusals(&r.goal.refused),
        reading(&r.goal),
    ]
    .concat()
}

/// The answer in a sentence or two.
fn said(g: &Goal) -> String {
    let promise = format!(
        "“{}” in {} of 50 years",
        g.promise.name,
        of_50(g.promise.chance)
    );
    let years = |t: &Tried| format!("{} of 50", of_50(t.met.value));
    if g.partial {
        return format!("PARTIAL: interrupted before {promise} was found.");
    }
    if let Some(t) = g.today.as_ref().filter(|t| t.standing == Standing::Met) {
        return format!("{promise} is met as it is: in {} years.", years(t));
    }
    let now = g.today.as_ref().map_or(String::new(), |t| {
        format!(" As it is, it is met in {}.", years(t))
    });
    if let Some(t) = &g.found {
        let near = nearer(g, t);
        return format!(
            "{promise}: move {} to {} ({} years, {} person-weeks).{now}{near}",
            g.lever.id,
            t.to,
            years(t),
            rounded(t.person_weeks),
        );
    }
    let best = g.best.as_ref().map_or(String::new(), |t| {
        let open = match t.standing {
            Standing::CannotTell => ", which these years cannot tell from enough",
            Standing::Met | Standing::Missed => "",
        };
        format!("; the best is {}, in {}{open}", t.to, years(t))
    });
    format!(
        "No position of {} surely meets {promise}{best}.{now}",
        g.lever.id
    )
}

/// A shorter move that may do as well.
fn nearer(g: &Goal, found: &Tried) -> String {
    let far = |t: &Tried| t.steps.map(i32::abs);
    let open = |t: &&Tried| t.standing == Standing::CannotTell && far(t) < far(found);
    let open: Vec<&str> = g.tried.iter().filter(open).map(|t| t.to.as_str()).collect();
    if open.is_empty() {
        String::new()
    } else {
        format!(" Of {} these years cannot tell.", open.join(" and "))
    }
}

fn tried(g: &Goal) -> Table {
    let mut table = Table::new([
        "",
        "met, % of years",
        "interval",
        "<",
        "days",
        "incidents",
        "per 100",
        "delivered",
    ]);
    for t in &g.tried {
        let standing = match t.standing {
            Standing::Met => "enough",
            Standing::Missed => "not enough",
            Standing::CannotTell => "cannot tell",
        };
        let days = if t.figures.work_grows {
            "work grows".into()
        } else {
            value(t.figures.lead_time_p85_hours, 1.0 / 24.0)
        };
        table.row([
            t.to.clone(),
            rounded(100.0 * t.met.value),
            interval(Some(t.met), 100.0),
            standing.into(),
            days,
            value(t.figures.incidents_per_month, 1.0),
            value(t.figures.incidents_per_100_changes, 1.0),
            value(t.figures.throughput_per_week, WEEKS_PER_MONTH),
        ]);
    }
    table
}

fn reading(g: &Goal) -> String {
    let how = match g.search {
        "bisection" => {
            "the share of years goes one way over the positions probed: the rest was judged by halves."
        }
        _ => "the share of years is not known to go one way: every position was tried.",
    };
    format!(
        "\nHow to read it\n  {how}\n  enough, not enough: at {} confidence over all positions; intervals are 95% each.\n  days: 85 of 100 changes arrive within; incidents, delivered: a month; per 100: incidents per 100 changes.\n  work grows: it keeps growing, and lead time depends on how long one looks.\n",
        percent(g.confidence)
    )
}
