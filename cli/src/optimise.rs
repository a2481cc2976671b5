//! `millrace optimise`: which what-ifs together are worth their price.

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner::{self, Warning};
use crate::study::{self, Opened};
use crate::text::{NONE, Ran, Table, counted, told, value, warnings, wrapped};
use millrace_app_core::sentences::{Sentence, promise::sentence};
use millrace_core::experiment::Watch;
use millrace_core::experiment::optimise::candidates::MOST;
use millrace_core::experiment::optimise::{Combination, Decision, FEW, Optimum, Place, Plan};
use millrace_core::random::Name;
use millrace_core::time::{WEEK, WEEKS_PER_MONTH};
use millrace_report::words::{percent, rounded};
use serde::Serialize;

/// Years of a combination that is close to others where the arguments give none: the fourth look.
const YEARS: u64 = 256;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    /// Only these what-ifs; all of the study's if none is given
    #[arg(value_name = "WHAT_IF")]
    what_ifs: Vec<String>,
    /// Person-weeks there are; no limit if absent
    #[arg(long, value_name = "PERSON_WEEKS", value_parser = weeks)]
    budget: Option<f64>,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

fn weeks(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(x) if x >= 0.0 && x.is_finite() => Ok(x),
        _ => Err("expected person-weeks, 0 or more".into()),
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
    smallest_difference: f64,
    budget_person_weeks: Option<f64>,
    warnings: Vec<Warning>,
    said: Vec<Sentence>,
    #[serde(flatten)]
    optimum: Optimum,
}

/// Find combinations that nothing beats.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let opened = study::changed(&args.running.study)?;
    let ids = candidates(&opened, &args.what_ifs)?;
    let cancel = runner::on_interrupt()?;
    let study = &opened.scenario.baseline.study;
    let years = args.running.study.replications.unwrap_or(YEARS);
    let smallest = study.run.smallest_difference;
    let (found, warm_up, optimum) = runner::pool(&args.running)?.install(|| {
        let budget = args.budget.unwrap_or(f64::INFINITY);
        let plan = Plan::new(&opened.scenario, &ids, budget, FEW);
        let ends = plan.ends();
        let variants = std::iter::once(&opened.scenario.baseline).chain(&ends);
        let (warm_up, found) = runner::warm_up_of_many(&opened, variants, &cancel);
        let bar = runner::progress(plan.most_years(years), "years at most");
        let watch = Watch {
            cancel: &cancel,
            made: &|years| bar.inc(years),
        };
        let decision = Decision {
            warm_up,
            years,
            smallest,
            seed: Name::of_seed(study.seed as u64),
        };
        let optimum = plan.optimise(decision, watch);
        bar.finish_and_clear();
        (found, warm_up, optimum)
    });
    let results = Results {
        study: &study.name,
        seed: study.seed as u64,
        version: env!("CARGO_PKG_VERSION"),
        replications_wanted: years,
        warm_up_weeks: warm_up as f64 / WEEK as f64,
        smallest_difference: smallest,
        budget_person_weeks: args.budget,
        warnings: found.into_iter().collect(),
        said: sentence(&opened.scenario, &optimum).into_iter().collect(),
        optimum,
    };
    let partial = results.optimum.partial;
    if args.json {
        return Answer::json(&results, partial);
    }
    Ok(Answer::text(&text(&opened, &results), partial))
}

/// The what-ifs asked for, or all.
fn candidates<'o>(opened: &'o Opened, wanted: &[String]) -> Result<Vec<&'o str>, Failure> {
    let all = || opened.scenario.what_ifs.iter().map(|w| w.id.as_str());
    let names = || all().collect::<Vec<_>>().join(", ");
    if let Some(id) = wanted.iter().find(|id| all().all(|known| known != *id)) {
        let message = format!("there is no what-if `{id}`");
        let hint = format!("what-ifs of this study: {}", names());
        return Err(Failure::fault(&opened.source, message, hint));
    }
    let chosen = |id: &&str| wanted.is_empty() || wanted.iter().any(|w| w == id);
    let found: Vec<&str> = all().filter(chosen).collect();
    if found.len() > MOST {
        let message = format!("{} what-ifs to choose from", found.len());
        let hint = format!("name up to {MOST} of them");
        return Err(Failure::fault(&opened.source, message, hint));
    }
    if found.is_empty() {
        let hint = "write some under [[what_ifs]], each with its `cost` in person-weeks";
        return Err(Failure::fault(
            &opened.source,
            "the study has no what-ifs to choose from",
            hint,
        ));
    }
    Ok(found)
}

fn text(opened: &Opened, r: &Results<'_>) -> String {
    let study = &opened.scenario.baseline.study;
    let all = &r.optimum.combinations;
    let most = all.iter().map(|c| c.replications).max().unwrap_or(0) as u64;
    let ran = Ran {
        done: most,
        wanted: if r.optimum.partial {
            r.replications_wanted
        } else {
            most
        },
        weeks: study.run.weeks,
        warm_up_weeks: r.warm_up_weeks,
    };
    let beaten = all.iter().filter(|c| c.place == Place::Beaten).count();
    let budget = r.budget_person_weeks.map_or("no budget".into(), |b| {
        format!("{} person-weeks", rounded(b))
    });
    let mut out = [
        ran.heading(study, &format!("combinations of what-ifs, {budget}")),
        warnings(&r.warnings),
        told(r.said.iter().map(|s| s.text.as_str())),
        table(all, Place::Front)
            .under("What nothing beats: faster, safer or cheaper than any other"),
        table(all, Place::Close).under("Close: beaten, but not surely"),
    ]
    .concat();
    if beaten > 0 {
        out += &format!(
            "\n{} surely beaten in every respect.\n",
            counted(beaten, "combination")
        );
    }
    out + &left_out(&r.optimum) + &reading(r)
}

fn names(what_ifs: &[String]) -> String {
    if what_ifs.is_empty() {
        "as it is".into()
    } else {
        what_ifs.join(" + ")
    }
}

/// Rows have the numbers of their combinations, which notes refer to.
fn table(all: &[Combination], place: Place) -> Table {
    let mut table = Table::new([
        "",
        "<",
        "person-weeks",
        "days",
        "incidents",
        "per 100",
        "delivered",
        "years",
        "<",
    ]);
    for (i, c) in all.iter().enumerate().filter(|(_, c)| c.place == place) {
        let mut notes: Vec<String> = Vec::new();
        if c.figures.work_grows {
            notes.push("work keeps growing".into());
        }
        let other = |ids: &Vec<String>| all.iter().position(|c| c.what_ifs == *ids);
        if let Some(n) = c.hardly_better_than.as_ref().and_then(other) {
            notes.push(format!("hardly better than {}", n + 1));
        }
        if c.place == Place::Front && !c.sure {
            notes.push("not surely".into());
        }
        table.row([
            (i + 1).to_string(),
            names(&c.what_ifs),
            rounded(c.person_weeks),
            value(c.figures.lead_time_p85_hours, 1.0 / 24.0),
            value(c.figures.incidents_per_month, 1.0),
            value(c.figures.incidents_per_100_changes, 1.0),
            value(c.figures.throughput_per_week, WEEKS_PER_MONTH),
            c.replications.to_string(),
            notes.join("; "),
        ]);
    }
    table
}

/// What was not compared, and why.
fn left_out(o: &Optimum) -> String {
    let count = |n: Option<usize>| n.map_or(NONE.into(), |n| n.to_string());
    let mut out = String::from("\nNot compared\n");
    out += &format!("  dearer than the budget: {}\n", count(o.over_budget));
    out += &format!("  not to be combined: {}\n", count(o.refused_combinations));
    for r in &o.refused {
        out += &wrapped(&format!("  {}: {}", r.what_ifs.join(" + "), r.why));
    }
    if o.also_tried > 0 {
        out += &format!("  tried for a look and left behind: {}\n", o.also_tried);
    }
    out
}

fn reading(r: &Results<'_>) -> String {
    let how = match r.optimum.method {
        "nsga-ii" => {
            "there are too many combinations to try all: NSGA-II looked for good ones, and may have missed some."
        }
        _ => "every combination was tried.",
    };
    let smallest = percent(r.smallest_difference);
    format!(
        "\nHow to read it\n  {how}\n  What was surely beaten got no more years.\n  \
         days: 85 of 100 changes arrive within; incidents, delivered: a month; per 100: incidents per 100 changes.\n  \
         hardly better: by less than {smallest} of today in both days and incidents, and dearer.\n  \
         surely: at 95% over all pairs, figures and looks. not surely: more years may show it beaten.\n  \
         person-weeks: with what a what-if includes, each once. --json has intervals, and what was beaten.\n"
    )
}
