//! `millrace forecast`: when the work that is there will be done.

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner::{self, Runs};
use crate::study;
use crate::text::{NONE, Table, counted};
use millrace_core::engine::Finished;
use millrace_core::experiment::forecast::{self, Chance, Reached};
use millrace_core::experiment::{Cancel, WarmUp};
use millrace_core::model::Start;
use millrace_core::time::{DAY, Ticks, WEEK, hours};
use millrace_data::records::day::{DateOrder, Day, Written};
use millrace_report::words::{percent, rounded};
use serde::Serialize;
use std::str::FromStr;

/// Years made before progress shows.
const CHUNK: u64 = 256;
/// Hours in a day and in a week.
const HOURS: (f64, f64) = (24.0, 168.0);

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    /// The what-if to simulate instead of the baseline; it holds from the start
    #[arg(long, value_name = "NAME")]
    what_if: Option<String>,
    /// When so many of the items that are there are done; all of them if absent
    #[arg(long, value_name = "N")]
    items: Option<u64>,
    /// How many are done by the end of a day, or within a span: 2027-01-31, "6 weeks", "10 days"
    #[arg(long, value_name = "DATE")]
    by: Option<By>,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

/// A day, or a span from the start.
#[derive(Debug, Clone, Copy)]
enum By {
    Day(Day),
    Span(Ticks),
}

fn day(text: &str) -> Option<Day> {
    // Year, month and day stand in an order of their own.
    Written::read(text)?.day(DateOrder::DayFirst)
}

impl FromStr for By {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let span = text.split_once(' ').and_then(|(n, unit)| {
            let one = match unit.trim_end_matches('s') {
                "day" => DAY,
                "week" => WEEK,
                _ => return None,
            };
            let n: f64 = n.parse().ok()?;
            // A thousand years.
            (0.0..=52_000.0)
                .contains(&n)
                .then_some(Self::Span((n * one as f64) as Ticks))
        });
        let iso = text.len() == 10 && text.as_bytes()[4] == b'-';
        span.or_else(|| iso.then(|| day(text)).flatten().map(Self::Day))
            .ok_or_else(|| "write a day, 2027-01-31, or a span, \"6 weeks\"".into())
    }
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Results {
    study: String,
    seed: u64,
    version: &'static str,
    id: String,
    name: String,
    replications: usize,
    replications_wanted: u64,
    partial: bool,
    date: Option<String>,
    items_in_progress: u64,
    items_in_backlog: u64,
    new_requests: bool,
    items: u64,
    done_hours: Vec<Reached>,
    done_dates: Option<Vec<Option<String>>>,
    by_hours: Option<f64>,
    by_date: Option<String>,
    done_by: Option<Vec<Reached>>,
    chance: Option<Chance>,
    simulated_weeks: f64,
    cut_off: bool,
}

/// Forecast.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let opened = study::changed(&args.running.study)?;
    let source = opened.source.clone();
    let prepared = runner::prepare(opened, &args.running, std::slice::from_ref(&args.what_if))?;
    let runs = prepared.start(WarmUp {
        ticks: 0,
        unsettled: false,
    });
    let Some(start) = runs
        .variants
        .first()
        .and_then(|v| v.models.likely().start.clone())
    else {
        let hint = "add a section [forecast] with `in_progress` and `backlog` (docs/model.md)";
        return Err(Failure::fault(
            &source,
            "the study does not say what work is there",
            hint,
        ));
    };
    let items = wanted(args.items, &start, &source)?;
    let by = args.by.map(|by| within(by, &start, &source)).transpose()?;
    let cancel = runner::on_interrupt()?;
    let years = runner::pool(&args.running)?.install(|| made(&runs, &cancel));
    let results = Results::of(&runs, &start, &years, items, by);
    if args.json {
        return Answer::json(&results, results.partial);
    }
    Ok(Answer::text(&text(&results), results.partial))
}

fn wanted(asked: Option<u64>, start: &Start, source: &str) -> Result<u64, Failure> {
    let there = start.items();
    let items = asked.unwrap_or(there);
    if items <= there {
        return Ok(items);
    }
    let there = counted(there as usize, "item");
    Err(Failure::fault(
        source,
        format!("{items} items cannot be done: {there} are there"),
        "ask for fewer, or add to `forecast.backlog`",
    ))
}

/// The end of a day, or of a span, as time since the start.
fn within(by: By, start: &Start, source: &str) -> Result<Ticks, Failure> {
    let to = match by {
        By::Span(span) => return Ok(span),
        By::Day(to) => to,
    };
    let Some(from) = day(&start.date) else {
        return Err(Failure::fault(
            source,
            "a day means nothing without the day the forecast starts from",
            "give `forecast.date`, or a span: `--by \"6 weeks\"`",
        ));
    };
    let days = to.since(from);
    if days < 0 {
        let message = format!("{to} is before {from}, from which the forecast starts");
        return Err(Failure::fault(source, message, "name a later day"));
    }
    Ok((Ticks::from(days) + 1) * DAY)
}

fn made(runs: &Runs, cancel: &Cancel) -> Vec<Finished> {
    let mut years = Vec::new();
    let bar = runner::progress(runs.wanted, "years (Ctrl-C keeps what is done)");
    for variant in &runs.variants {
        let mut done = 0;
        while done < runs.wanted && !cancel.is_cancelled() {
            let to = runs.wanted.min(done + CHUNK);
            years.extend(forecast::run(&variant.models, done, to, cancel));
            bar.inc(to - done);
            done = to;
        }
    }
    bar.finish_and_clear();
    years
}

impl Results {
    fn of(runs: &Runs, start: &Start, years: &[Finished], items: u64, by: Option<Ticks>) -> Self {
        let variant = runs.variants.first();
        let window = variant.map(|v| v.models.likely().window);
        let backlog = start.backlog.iter().map(|b| u64::from(b.1)).sum();
        let from = day(&start.date);
        let done_hours = forecast::when(years, items);
        // By the end of a day: what is done at its very end is done on it.
        let on = |hours: f64| {
            let days = (hours / HOURS.0).ceil() as i32 - 1;
            Some(from?.plus(days.max(0)).to_string())
        };
        let date = |r: &Reached| r.value.and_then(on);
        Self {
            study: runs.name().to_owned(),
            seed: runs.seed(),
            version: env!("CARGO_PKG_VERSION"),
            id: variant.map_or(String::new(), |v| v.id.clone()),
            name: variant.map_or(String::new(), |v| v.name.clone()),
            replications: years.len(),
            replications_wanted: runs.wanted,
            partial: (years.len() as u64) < runs.wanted,
            date: from.map(|d| d.to_string()),
            items_in_progress: start.items() - backlog,
            items_in_backlog: backlog,
            new_requests: start.new_requests,
            items,
            done_dates: from.map(|_| done_hours.iter().map(date).collect()),
            done_hours,
            by_hours: by.map(hours),
            by_date: by.map(hours).and_then(on),
            done_by: by.map(|by| forecast::how_many(years, by)),
            chance: by.and_then(|by| forecast::chance(years, items, by)),
            simulated_weeks: window.map_or(0.0, |w| hours(w.cap - w.warm_up) / HOURS.1),
            cut_off: years.iter().any(|y| y.overflow),
        }
    }
}

fn text(r: &Results) -> String {
    let made = if r.partial {
        format!(
            "PARTIAL: {} of {} futures",
            r.replications, r.replications_wanted
        )
    } else {
        format!("{} futures", r.replications)
    };
    let from = r.date.as_ref().map_or("today".to_owned(), Clone::clone);
    let new = if r.new_requests {
        "new requests keep coming"
    } else {
        "nothing new comes"
    };
    let mut out = format!(
        "{}: {}\n{made} from {from}: {} in progress, {} in the backlog, {new}; seed {}; millrace {}\n",
        r.study, r.name, r.items_in_progress, r.items_in_backlog, r.seed, r.version,
    );
    if r.cut_off {
        out += "\n  ! Some futures held more work, or took more steps, than can be simulated: no figure can be trusted.\n";
    }
    out += &when(r).under(&format!(
        "When {} are done",
        counted(r.items as usize, "item")
    ));
    if r.done_hours.iter().any(|d| d.value.is_none()) {
        out += &format!(
            "  {NONE}: not within the {} weeks simulated (run.weeks and run.drain)\n",
            rounded(r.simulated_weeks)
        );
    }
    if let (Some(by), Some(hours)) = (&r.done_by, r.by_hours) {
        let weeks = format!("{} weeks", rounded(hours / HOURS.1));
        let day = r
            .by_date
            .as_ref()
            .map_or(String::new(), |d| format!("{d}, "));
        out += &how_many(by).under(&format!("How many are done by {day}within {weeks}"));
    }
    if let Some(c) = r.chance {
        out += &format!(
            "\nThe chance that {} are done by then: {} ({} to {}).\n",
            counted(r.items as usize, "item"),
            percent(c.value),
            percent(c.low),
            percent(c.high)
        );
    }
    out
}

fn when(r: &Results) -> Table {
    let mut table = Table::new(["", "weeks", "interval", "on"]);
    let none = vec![None; r.done_hours.len()];
    let dates = r.done_dates.as_ref().unwrap_or(&none);
    for (d, on) in r.done_hours.iter().zip(dates) {
        table.row([
            format!("{} of 100 futures within", rounded(d.share * 100.0)),
            shown(d.value, HOURS.1),
            ends(d, HOURS.1),
            on.clone().unwrap_or_default(),
        ]);
    }
    table
}

fn how_many(by: &[Reached]) -> Table {
    let mut table = Table::new(["", "items", "interval"]);
    for d in by {
        let value = d.value.map_or(NONE.into(), |v| v.to_string());
        table.row([
            format!("{} of 100 futures at least", rounded(d.share * 100.0)),
            value,
            ends(d, 1.0),
        ]);
    }
    table
}

fn shown(value: Option<f64>, unit: f64) -> String {
    value.map_or(NONE.into(), |v| rounded(v / unit))
}

fn ends(of: &Reached, unit: f64) -> String {
    if of.low.is_none() && of.high.is_none() {
        return NONE.into();
    }
    format!("{} to {}", shown(of.low, unit), shown(of.high, unit))
}
