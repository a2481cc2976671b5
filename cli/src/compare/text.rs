//! A comparison for people: how long, how safe, what gets worse, at what price.

use super::Results;
use crate::runner::Runs;
use crate::text::{NONE, Table, heading, interval, of_50, told, value, warnings};
use millrace_core::experiment::compare::{Difference, Word};
use millrace_core::experiment::{Comparison, Summary, Verdict};
use millrace_core::stats::{Estimate, Years};
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::rounded;
use std::fmt::Write as _;

const DAYS: f64 = 1.0 / 24.0;

/// The whole text.
pub fn text(runs: &Runs, r: &Results) -> String {
    [
        heading(
            runs,
            "baseline and what-ifs, same luck for all",
            r.baseline.weeks,
        ),
        warnings(&r.warnings),
        lead_time(r).under("Days in which 85 of 100 changes arrive"),
        incidents(r).under("Customer incidents a month"),
        flow(r).under("What is delivered, and the price"),
        worse(r),
        told(r.said.iter().map(|s| s.text.as_str())),
        legend(runs, r),
    ]
    .concat()
}

/// The baseline, then every what-if with its comparison.
fn rows(r: &Results) -> impl Iterator<Item = (&Summary, Option<&Comparison>)> {
    let what_ifs = r.what_ifs.iter().zip(r.differences.iter().map(Some));
    std::iter::once((&r.baseline, None)).chain(what_ifs)
}

/// A difference's value and interval, and years better of 50 under the same and under any luck.
fn compared(d: Option<&Difference>, scale: f64) -> [String; 4] {
    let e = d.map(|d| d.estimate);
    let years = d.and_then(|d| d.years_better);
    let of = |share: fn(Years) -> f64| years.map_or(NONE.into(), |y| of_50(share(y)));
    [
        value(e, scale),
        interval(e, scale),
        of(|y| y.same_luck),
        of(|y| y.independent_luck),
    ]
}

fn lead_time(r: &Results) -> Table {
    let mut table = Table::new([
        "",
        "days",
        "difference",
        "interval",
        "years better",
        "any luck",
        "<verdict",
    ]);
    for (s, c) in rows(r) {
        let now = value(s.lead_time_hours.p85, DAYS);
        let Some(c) = c else {
            table.row([
                s.id.clone(),
                now,
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ]);
            continue;
        };
        let [d, i, same, any] = compared(c.differences.lead_time_hours.p85.as_ref(), DAYS);
        table.row([
            s.id.clone(),
            now,
            d,
            i,
            same,
            any,
            verdict(c.lead_time, "faster", "slower"),
        ]);
    }
    table
}

fn incidents(r: &Results) -> Table {
    let mut table = Table::new([
        "",
        "a month",
        "per 100 changes",
        "difference",
        "interval",
        "years better",
        "any luck",
        "<verdict",
    ]);
    for (s, c) in rows(r) {
        let now = value(s.incidents_per_month, 1.0);
        let per_100 = value(s.incidents_per_100_changes, 1.0);
        let none = String::new;
        let Some(c) = c else {
            table.row([
                s.id.clone(),
                now,
                per_100,
                none(),
                none(),
                none(),
                none(),
                none(),
            ]);
            continue;
        };
        let [d, i, same, any] = compared(c.differences.incidents_per_month.as_ref(), 1.0);
        table.row([
            s.id.clone(),
            now,
            per_100,
            d,
            i,
            same,
            any,
            verdict(c.incidents, "fewer", "more"),
        ]);
    }
    table
}

fn flow(r: &Results) -> Table {
    let mut table = Table::new([
        "",
        "delivered a month",
        "impact hours a month",
        "objectives met",
        "person-weeks",
    ]);
    for (s, c) in rows(r) {
        let met = s
            .objectives
            .iter()
            .map(|o| o.met.map_or(NONE.into(), |e| of_50(e.value)));
        let price = c
            .and_then(|c| r.person_weeks.get(&c.what_if))
            .map_or(String::new(), |p| rounded(*p));
        table.row([
            s.id.clone(),
            value(s.throughput_per_week, WEEKS_PER_MONTH),
            value(s.impact_hours_per_month, 1.0),
            met.collect::<Vec<_>>().join(" / "),
            price,
        ]);
    }
    table
}

/// The verdict in the fixed words.
fn verdict(v: Option<Verdict>, better: &str, worse: &str) -> String {
    let Some(v) = v else {
        return "too early to say".into();
    };
    let words = v.word.phrase();
    match v.better {
        Some(true) => format!("{words} {better}"),
        Some(false) => format!("{words} {worse}"),
        None if v.word == Word::TooSmall => words.into(),
        None => Word::CannotTell.phrase().into(),
    }
}

/// What gets worse by at least the smallest difference worth having, and surely: never left out.
fn worse(r: &Results) -> String {
    let mut out = String::from("\nWhat gets worse\n");
    for (s, c) in r.what_ifs.iter().zip(&r.differences) {
        let found: Vec<String> = watched(&r.baseline, s, c)
            .into_iter()
            .filter(|w| w.is_worse(r.smallest_difference))
            .map(|w| {
                format!(
                    "{} {} → {}",
                    w.name,
                    value(w.before, w.scale),
                    value(w.after, w.scale)
                )
            })
            .collect();
        let found = if found.is_empty() {
            "nothing found".into()
        } else {
            found.join("; ")
        };
        let _ = writeln!(out, "  {}: {found}", s.id);
    }
    out
}

struct Watched<'a> {
    name: &'static str,
    scale: f64,
    more_is_better: bool,
    before: Option<Estimate>,
    after: Option<Estimate>,
    by: Option<&'a Difference>,
}

impl Watched<'_> {
    fn is_worse(&self, smallest: f64) -> bool {
        let (Some(before), Some(by)) = (self.before, self.by) else {
            return false;
        };
        let e = by.estimate;
        let worse = if self.more_is_better {
            e.high < 0.0
        } else {
            e.low > 0.0
        };
        worse && e.value.abs() >= smallest * before.value.abs()
    }
}

/// What was impossible before.
const NOTHING: Estimate = Estimate {
    value: 0.0,
    low: 0.0,
    high: 0.0,
};

/// The figures a change may cost, in the order in which they hurt.
fn watched<'a>(b: &Summary, s: &Summary, c: &'a Comparison) -> Vec<Watched<'a>> {
    let d = &c.differences;
    let w = |name, scale, before, after, by: &'a Option<Difference>| Watched {
        name,
        scale,
        more_is_better: false,
        before,
        after,
        by: by.as_ref(),
    };
    let delivered = w(
        "delivered a month",
        WEEKS_PER_MONTH,
        b.throughput_per_week,
        s.throughput_per_week,
        &d.throughput_per_week,
    );
    let due = w("due dates met, %", 100.0, b.due_met, s.due_met, &d.due_met);
    vec![
        Watched {
            more_is_better: true,
            ..delivered
        },
        // Beside the times, which leave these requests out.
        w(
            "requests refused a week",
            1.0,
            b.refused_per_week.or(s.refused_per_week.map(|_| NOTHING)),
            s.refused_per_week,
            &d.refused_per_week,
        ),
        w(
            "requests given up a week",
            1.0,
            b.abandoned_per_week
                .or(s.abandoned_per_week.map(|_| NOTHING)),
            s.abandoned_per_week,
            &d.abandoned_per_week,
        ),
        Watched {
            more_is_better: true,
            ..due
        },
        w(
            "cost of delay a week",
            1.0,
            b.cost_of_delay_per_week,
            s.cost_of_delay_per_week,
            &d.cost_of_delay_per_week,
        ),
        w(
            "85 of 100 within, days",
            DAYS,
            b.lead_time_hours.p85,
            s.lead_time_hours.p85,
            &d.lead_time_hours.p85,
        ),
        w(
            "95 of 100 within, days",
            DAYS,
            b.lead_time_hours.p95,
            s.lead_time_hours.p95,
            &d.lead_time_hours.p95,
        ),
        w(
            "commit to production, mean days",
            DAYS,
            b.change_lead_time_hours.mean,
            s.change_lead_time_hours.mean,
            &d.change_lead_time_hours.mean,
        ),
        w(
            "incidents a month",
            1.0,
            b.incidents_per_month,
            s.incidents_per_month,
            &d.incidents_per_month,
        ),
        w(
            "impact hours a month",
            1.0,
            b.impact_hours_per_month,
            s.impact_hours_per_month,
            &d.impact_hours_per_month,
        ),
        w(
            "recovery, mean hours",
            1.0,
            b.recovery_hours.mean,
            s.recovery_hours.mean,
            &d.recovery_hours.mean,
        ),
        w(
            "change failure rate, %",
            100.0,
            b.change_failure_rate,
            s.change_failure_rate,
            &d.change_failure_rate,
        ),
        w(
            "deployment rework rate, %",
            100.0,
            b.deployment_rework_rate,
            s.deployment_rework_rate,
            &d.deployment_rework_rate,
        ),
    ]
}

/// What the ids stand for, and how to read the columns.
fn legend(runs: &Runs, r: &Results) -> String {
    let mut names = Table::new(["", "<"]);
    for w in r
        .what_ifs
        .iter()
        .filter_map(|s| runs.study.scenario.what_if(&s.id))
    {
        let from = rounded(w.start_week);
        let when = format!(
            "from week {from}, full effect {} weeks later",
            rounded(w.full_effect_weeks)
        );
        names.row([w.id.clone(), format!("{} ({when})", w.name)]);
    }
    let mut out = names.under("The what-ifs");
    let objectives: Vec<&str> = r
        .baseline
        .objectives
        .iter()
        .map(|o| o.name.as_str())
        .collect();
    let look = r
        .differences
        .iter()
        .filter_map(|c| c.lead_time)
        .map(|v| v.look)
        .max();
    out.push_str("\nHow to read it\n");
    out.push_str("  years better: of 50 years, how many this change makes better, each with the same luck.\n");
    out.push_str("  any luck: of 50 pairs of years, how often one with the change beats another without it.\n");
    if !objectives.is_empty() {
        let _ = writeln!(
            out,
            "  objectives met: years of 50. {}.",
            objectives.join(" / ")
        );
    }
    let saved = r.differences.iter().filter_map(|c| {
        let days = c.differences.lead_time_hours.p85.as_ref()?;
        days.variance_reduction
    });
    if let Some((least, most)) = saved.fold(None, |range, x| {
        let (low, high) = range.unwrap_or((x, x));
        Some((x.min(low), x.max(high)))
    }) {
        let times = match (rounded(least), rounded(most)) {
            (least, most) if least == most => least,
            (least, most) => format!("{least} to {most}"),
        };
        let _ = writeln!(
            out,
            "  same luck: to know the days as well without it would take {times} times the years."
        );
    }
    match look {
        Some(look) => {
            let _ = writeln!(
                out,
                "  verdicts: from the first {look} years (looks at 32, 64, 128 …); below {}% is too small to matter.",
                rounded(r.smallest_difference * 100.0)
            );
        }
        None => out.push_str("  verdicts: not before 32 years.\n"),
    }
    out.push_str("  intervals: 95%; how far this many years pin a figure down, not how far the model fits.\n  figures: two digits; --json has them in full.\n");
    out.push_str(
        "  settled: every change counts as fully in effect; the weeks until then are not shown.\n",
    );
    out
}
