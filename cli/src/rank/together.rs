//! Levers that move together: elementary effects, and shares of variance.

use super::{Args, By};
use crate::answer::{Answer, Failure};
use crate::runner::{self, Warning};
use crate::study::Opened;
use crate::text::{NONE, Ran, Table, counted, interval, value, warnings};
use millrace_core::experiment::rank::Refused;
use millrace_core::experiment::rank::morris::{self, Elementary};
use millrace_core::experiment::rank::sobol::{self, Index};
use millrace_core::experiment::rank::space::{Evaluated, Range, Space};
use millrace_core::experiment::{Cancel, Watch};
use millrace_core::random::Name;
use millrace_core::scenario::lever::Offered;
use millrace_core::stats::Estimate;
use millrace_core::time::WEEK;
use millrace_report::words::rounded;
use serde::Serialize;

/// Years of each setting where the arguments give none: all settings share them.
const YEARS: u64 = 32;
const TRAJECTORIES: u64 = 10;
const ROWS: u64 = 128;
/// More levers than this need more rows than are worth their time.
const MOST_FOR_SOBOL: usize = 8;

/// What is known of a lever.
#[derive(Debug, Serialize)]
struct Ranked {
    #[serde(flatten)]
    range: Range,
    /// On the 85th percentile of lead time.
    lead_time_p85_hours: Found,
    /// On customer incidents a month.
    incidents_per_month: Found,
}

/// By either method.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
enum Found {
    Elementary(Elementary),
    Index(Option<Index>),
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Results<'a> {
    study: &'a str,
    seed: u64,
    version: &'static str,
    by: &'static str,
    samples: u64,
    replications: u64,
    partial: bool,
    warm_up_weeks: f64,
    settings: usize,
    settings_growing: usize,
    settings_impossible: usize,
    warnings: Vec<Warning>,
    levers: Vec<Ranked>,
    refused: Vec<Refused>,
}

pub fn command(
    args: &Args,
    opened: &Opened,
    levers: &[Offered],
    cancel: &Cancel,
) -> Result<Answer, Failure> {
    let space = Space::new(&opened.scenario, levers, args.reach);
    let ranges = space.ranges();
    if args.by == By::Sobol && ranges.len() > MOST_FOR_SOBOL {
        let message = format!("shares of variance of {} levers", ranges.len());
        let hint = "name up to eight with --among; --by morris finds the ones that matter";
        return Err(Failure::fault(&opened.source, message, hint));
    }
    let study = &opened.scenario.baseline.study;
    let ends = space.ends();
    let variants = std::iter::once(&opened.scenario.baseline).chain(&ends);
    let (warm_up, found) = runner::warm_up_of_many(opened, variants, cancel);
    let design = Design::new(args, ranges.len(), Name::of_seed(study.seed as u64));
    let points = design.points();
    let years = args.running.study.replications.unwrap_or(YEARS);
    let bar = runner::progress(years * space.settings(&points) as u64, "years");
    let watch = Watch {
        cancel,
        made: &|years| bar.inc(years),
    };
    let made = space.evaluate(&points, warm_up, years, watch);
    bar.finish_and_clear();
    let partial = cancel.is_cancelled();
    let results = Results {
        study: &study.name,
        seed: study.seed as u64,
        version: env!("CARGO_PKG_VERSION"),
        by: design.id(),
        samples: design.samples(),
        replications: years,
        partial,
        warm_up_weeks: warm_up as f64 / WEEK as f64,
        settings: made.settings,
        settings_growing: made.growing,
        settings_impossible: made.impossible,
        warnings: found.into_iter().collect(),
        levers: design.ranked(ranges, &made),
        refused: made.refused,
    };
    if args.json {
        return Answer::json(&results, partial);
    }
    Ok(Answer::text(&text(opened, &results), partial))
}

/// Points in groups: the walks of one method, the rows of the other.
enum Design {
    Morris(Vec<morris::Trajectory>),
    Sobol(Vec<sobol::Row>, Name),
}

impl Design {
    fn new(args: &Args, factors: usize, seed: Name) -> Self {
        let n = |default: u64| args.samples.unwrap_or(default) as usize;
        match args.by {
            By::Sobol => {
                let name = seed.with(Name::of_text("sobol"));
                Self::Sobol(sobol::design(factors, n(ROWS), name), name)
            }
            By::Morris | By::Steps => {
                let name = seed.with(Name::of_text("morris"));
                Self::Morris(morris::design(factors, n(TRAJECTORIES), name))
            }
        }
    }

    fn id(&self) -> &'static str {
        match self {
            Self::Morris(_) => "morris",
            Self::Sobol(..) => "sobol",
        }
    }

    fn samples(&self) -> u64 {
        match self {
            Self::Morris(walks) => walks.len() as u64,
            Self::Sobol(rows, _) => rows.len() as u64,
        }
    }

    fn points(&self) -> Vec<Vec<f64>> {
        match self {
            Self::Morris(walks) => walks.iter().flat_map(|w| w.points.clone()).collect(),
            Self::Sobol(rows, _) => rows.iter().flat_map(|r| r.points.clone()).collect(),
        }
    }

    /// Levers with what is known of them, the one with the largest effect on lead time first.
    fn ranked(&self, ranges: Vec<Range>, made: &Evaluated) -> Vec<Ranked> {
        let [lead_time, incidents] = [0, 1].map(|figure| self.found(ranges.len(), made, figure));
        let of = |(i, range)| Ranked {
            range,
            lead_time_p85_hours: lead_time[i],
            incidents_per_month: incidents[i],
        };
        let mut all: Vec<Ranked> = ranges.into_iter().enumerate().map(of).collect();
        let size = |r: &Ranked| r.lead_time_p85_hours.size();
        all.sort_by(|a, b| size(b).total_cmp(&size(a)));
        all
    }

    fn found(&self, factors: usize, made: &Evaluated, figure: usize) -> Vec<Found> {
        let group = made.values.len() / self.samples().max(1) as usize;
        let values: Vec<Vec<Option<f64>>> = made
            .values
            .chunks(group.max(1))
            .map(|g| g.iter().map(|v| v.map(|v| v[figure])).collect())
            .collect();
        match self {
            Self::Morris(walks) => {
                let all = morris::effects(walks, &values);
                all.into_iter().map(Found::Elementary).collect()
            }
            Self::Sobol(_, name) => match sobol::indices(&values, *name) {
                Some(all) => all.into_iter().map(|i| Found::Index(Some(i))).collect(),
                None => vec![Found::Index(None); factors],
            },
        }
    }
}

impl Found {
    fn size(&self) -> f64 {
        match self {
            Self::Elementary(e) => e.mean_absolute.map_or(0.0, |e| e.value),
            Self::Index(i) => i.map_or(0.0, |i| i.total.value),
        }
    }
}

const DAYS: f64 = 1.0 / 24.0;

fn text(opened: &Opened, r: &Results<'_>) -> String {
    let study = &opened.scenario.baseline.study;
    let ran = Ran {
        done: r.replications,
        wanted: r.replications,
        weeks: study.run.weeks,
        warm_up_weeks: r.warm_up_weeks,
    };
    let levers = counted(r.levers.len(), "lever");
    let what = format!("{levers} moved together, same luck for all");
    [
        ran.heading(study, &what),
        tried(r),
        warnings(&r.warnings),
        table(r, |l| l.lead_time_p85_hours, DAYS).under("Days in which 85 of 100 changes arrive"),
        table(r, |l| l.incidents_per_month, 1.0).under("Customer incidents a month"),
        ranges(r).under("Where each lever may go"),
        super::refusals(&r.refused),
        match r.by {
            "morris" => OF_MORRIS.into(),
            _ => OF_SOBOL.into(),
        },
    ]
    .concat()
}

fn tried(r: &Results<'_>) -> String {
    let mut out = format!("{} simulated", counted(r.settings, "setting"));
    if r.partial {
        out = format!("PARTIAL: {out}");
    }
    if r.settings_impossible > 0 {
        out += &format!("; {} more make no study", r.settings_impossible);
    }
    if r.settings_growing > 0 {
        let n = r.settings_growing;
        out += &format!("; in {n} work keeps growing, and lead time depends on how long one looks");
    }
    format!("{out}\n")
}

fn table(r: &Results<'_>, of: fn(&Ranked) -> Found, scale: f64) -> Table {
    let titles = match r.by {
        "morris" => [
            "",
            "effect, any sign",
            "interval",
            "effect",
            "interval",
            "depends by",
        ],
        _ => ["", "alone", "interval", "in any company", "interval", ""],
    };
    let mut table = Table::new(titles);
    let mut levers: Vec<&Ranked> = r.levers.iter().collect();
    levers.sort_by(|a, b| of(b).size().total_cmp(&of(a).size()));
    for lever in levers {
        let pair = |e: Option<Estimate>, scale: f64| [value(e, scale), interval(e, scale)];
        let ([a, b], [c, d], e) = match of(lever) {
            Found::Elementary(e) => (
                pair(e.mean_absolute, scale),
                pair(e.mean, scale),
                rounded(e.deviation * scale),
            ),
            Found::Index(i) => (
                pair(i.map(|i| i.first), 1.0),
                pair(i.map(|i| i.total), 1.0),
                if i.is_some() {
                    String::new()
                } else {
                    NONE.into()
                },
            ),
        };
        table.row([lever.range.lever.id.clone(), a, b, c, d, e]);
    }
    table
}

fn ranges(r: &Results<'_>) -> Table {
    let mut table = Table::new(["", "<"]);
    for lever in &r.levers {
        let positions = lever.range.positions.join(" | ");
        table.row([lever.range.lever.id.clone(), positions]);
    }
    table
}

const OF_MORRIS: &str = "
How to read it
  effect: of a lever's whole way, from its first position to its last, on average over where the others stand.
  any sign: the same without letting rises and falls cancel; levers are ranked by it.
  depends by: how much the effect changes with where the other levers stand, or along the way.
  intervals: 95%, over trajectories.
";

const OF_SOBOL: &str = "
How to read it
  alone: the share of all variation between settings that goes with this lever by itself.
  in any company: the share that goes with it, together with others included; near 0 it can stay as it is.
  intervals: 95%, by bootstrap over rows.
";
