//! Each lever by one step.

use super::{Args, refusals};
use crate::answer::{Answer, Failure};
use crate::runner::{self, Warning};
use crate::study::Opened;
use crate::text::{NONE, Ran, Table, interval, value, warnings, wrapped};
use millrace_core::experiment::compare::{Difference, Word};
use millrace_core::experiment::rank::tornado::{Effect, Tornado, plan, tornado};
use millrace_core::experiment::{Cancel, Verdict, Watch};
use millrace_core::scenario::lever::Offered;
use millrace_core::stats::Estimate;
use millrace_core::time::{WEEK, WEEKS_PER_MONTH};
use millrace_report::words::rounded;
use serde::Serialize;

/// Years of each step where the arguments give none: the third look.
const YEARS: u64 = 128;
/// Characters of the longest bar.
const BAR: usize = 6;
const DAYS: f64 = 1.0 / 24.0;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Results<'a> {
    study: &'a str,
    seed: u64,
    version: &'static str,
    replications_wanted: u64,
    partial: bool,
    warm_up_weeks: f64,
    smallest_difference: f64,
    warnings: Vec<Warning>,
    #[serde(flatten)]
    tornado: Tornado,
}

pub fn command(
    args: &Args,
    opened: &Opened,
    levers: &[Offered],
    cancel: &Cancel,
) -> Result<Answer, Failure> {
    let baseline = &opened.scenario.baseline;
    let plan = plan(&opened.scenario, levers);
    let variants = std::iter::once(baseline).chain(plan.steps.iter().map(|s| &s.variant));
    let (warm_up, found) = runner::warm_up_of_many(opened, variants, cancel);
    let wanted = args.running.study.replications.unwrap_or(YEARS);
    let bar = runner::progress(wanted * (plan.steps.len() as u64 + 1), "years");
    let watch = Watch {
        cancel,
        made: &|years| bar.inc(years),
    };
    let smallest = baseline.study.run.smallest_difference;
    let made = tornado(baseline, &plan, warm_up, wanted, smallest, watch);
    bar.finish_and_clear();
    let results = Results {
        study: &baseline.study.name,
        seed: baseline.study.seed as u64,
        version: env!("CARGO_PKG_VERSION"),
        replications_wanted: wanted,
        partial: (made.replications as u64) < wanted,
        warm_up_weeks: warm_up as f64 / WEEK as f64,
        smallest_difference: smallest,
        warnings: found.into_iter().collect(),
        tornado: made,
    };
    if args.json {
        return Answer::json(&results, results.partial);
    }
    Ok(Answer::text(&text(opened, &results), results.partial))
}

/// One of the two rankings.
struct Ranking {
    difference: fn(&Effect) -> Option<&Difference>,
    verdict: fn(&Effect) -> Option<Verdict>,
    scale: f64,
    better: &'static str,
    worse: &'static str,
    /// A column that keeps the figure from being misread.
    beside: &'static str,
    besides: fn(&Effect) -> String,
}

const LEAD_TIME: Ranking = Ranking {
    difference: |e| e.lead_time_p85_hours.as_ref(),
    verdict: |e| e.lead_time,
    scale: DAYS,
    better: "faster",
    worse: "slower",
    beside: "delivered a month",
    besides: |e| value(e.after.throughput_per_week, WEEKS_PER_MONTH),
};

const INCIDENTS: Ranking = Ranking {
    difference: |e| e.incidents_per_month.as_ref(),
    verdict: |e| e.incidents,
    scale: 1.0,
    better: "fewer",
    worse: "more",
    beside: "per 100 changes",
    besides: |e| value(e.after.incidents_per_100_changes, 1.0),
};

fn text(opened: &Opened, r: &Results<'_>) -> String {
    let study = &opened.scenario.baseline.study;
    let ran = Ran {
        done: r.tornado.replications as u64,
        wanted: r.replications_wanted,
        weeks: study.run.weeks,
        warm_up_weeks: r.warm_up_weeks,
    };
    let now = r.tornado.baseline.as_ref();
    let today =
        |e: Option<Estimate>, scale: f64| e.map_or(NONE.into(), |e| rounded(e.value * scale));
    let days = today(now.and_then(|f| f.lead_time_p85_hours), DAYS);
    let incidents = today(now.and_then(|f| f.incidents_per_month), 1.0);
    [
        ran.heading(study, "every lever by one step, same luck for all"),
        warnings(&r.warnings),
        LEAD_TIME.of(
            &r.tornado.effects,
            &format!("Days in which 85 of 100 changes arrive: {days} today"),
        ),
        INCIDENTS.of(
            &r.tornado.effects,
            &format!("Customer incidents a month: {incidents} today"),
        ),
        growing(&r.tornado.effects).under("Too slow to settle: work in progress keeps growing"),
        refusals(&r.tornado.refused),
        READING.into(),
    ]
    .concat()
}

const READING: &str = "
How to read it
  one row is one lever moved by one step from where it stands, all else as it is; ← is for the better.
  verdicts share one error of 5% over all steps; --json has every figure with its 95% interval.
";

/// Steps that have no settled lead time: how fast their queues grow instead.
fn growing(effects: &[Effect]) -> Table {
    let mut table = Table::new([
        "",
        "<to",
        "items more a week",
        "interval",
        "delivered a month",
    ]);
    for e in effects.iter().filter(|e| e.after.work_grows) {
        table.row([
            e.step.lever.clone(),
            e.step.to.clone(),
            value(e.after.wip_growth_per_week, 1.0),
            interval(e.after.wip_growth_per_week, 1.0),
            value(e.after.throughput_per_week, WEEKS_PER_MONTH),
        ]);
    }
    table
}

impl Ranking {
    fn size(&self, e: &Effect) -> f64 {
        (self.difference)(e).map_or(0.0, |d| d.estimate.value)
    }

    fn of(&self, effects: &[Effect], heading: &str) -> String {
        let small = |e: &&Effect| (self.verdict)(e).is_some_and(|v| v.word == Word::TooSmall);
        let settled = || effects.iter().filter(|e| !e.after.work_grows);
        let mut shown: Vec<&Effect> = settled().filter(|e| !small(e)).collect();
        shown.sort_by(|a, b| self.size(b).abs().total_cmp(&self.size(a).abs()));
        let longest = shown.first().map_or(1.0, |e| self.size(e).abs());
        let mut table = Table::new(["", "<to", "by", "<", "<verdict", self.beside]);
        for e in &shown {
            table.row([
                e.step.lever.clone(),
                e.step.to.clone(),
                signed(self.size(e) * self.scale),
                drawn(self.size(e), longest),
                self.judged(e),
                (self.besides)(e),
            ]);
        }
        let rest: Vec<String> = settled()
            .filter(small)
            .map(|e| format!("{} to {}", e.step.lever, e.step.to))
            .collect();
        let mut out = table.under(heading);
        if !rest.is_empty() {
            out += &wrapped(&format!("Too small to matter: {}.", rest.join(", ")));
        }
        out
    }

    fn judged(&self, e: &Effect) -> String {
        let Some(v) = (self.verdict)(e) else {
            return "too early to say".into();
        };
        let words = v.word.phrase();
        match v.better {
            Some(true) => format!("{words} {}", self.better),
            Some(false) => format!("{words} {}", self.worse),
            None => words.into(),
        }
    }
}

/// A number with its sign.
fn signed(x: f64) -> String {
    let plus = if x > 0.0 { "+" } else { "" };
    format!("{plus}{}", rounded(x))
}

/// A bar to the left of the middle for less, to the right for more.
fn drawn(x: f64, longest: f64) -> String {
    let n = (x.abs() / longest * BAR as f64).round() as usize;
    let bar = "▇".repeat(n.min(BAR));
    if x < 0.0 {
        format!("{bar:>BAR$}│")
    } else {
        format!("{:BAR$}│{bar}", "")
    }
}
