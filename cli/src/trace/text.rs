//! A trace for people: what the whole is, the parts, the suspects, the pairs.

use super::Results;
use crate::text::{NONE, Table, value};
use millrace_app_core::trace::{ideal, part};
use millrace_core::experiment::trace::{Blame, Effects, Figure, Pair, Trace};
use millrace_core::stats::Estimate;
use millrace_report::words::rounded;

const DAYS: f64 = 1.0 / 24.0;

/// The whole text.
pub fn text(r: &Results) -> String {
    let t = &r.trace;
    [
        heading(r),
        parts(t).under("The seven parts, each made ideal"),
        suspects(t, Figure::LeadTime)
            .under("Lead time: what saves the most, made ideal on its own"),
        suspects(t, Figure::Incidents)
            .under("Incidents: what saves the most, made ideal on its own"),
        pairs(t).under("Pairs that save more, or less, than each on its own"),
    ]
    .concat()
}

fn heading(r: &Results) -> String {
    let t = &r.trace;
    let made = if t.partial { "PARTIAL: " } else { "" };
    let lead = |e: &Effects| value(e.lead_time_mean_hours, DAYS);
    let incidents = |e: &Effects| value(e.incidents_per_month, 1.0);
    format!(
        "{}: trace of {}\n{made}seed {}; millrace {}\n\nA change takes {} days on average, {} with everything ideal; incidents a month {}, then {}.\n",
        r.study,
        r.variant,
        r.seed,
        r.version,
        lead(&t.baseline),
        lead(&t.ideal),
        incidents(&t.baseline),
        incidents(&t.ideal),
    )
}

/// A difference with its interval.
fn signed(e: Option<Estimate>, scale: f64) -> String {
    e.map_or(NONE.into(), |e| {
        let part = |x: f64| {
            let text = rounded(x * scale);
            if x > 0.0 && text != "0" {
                format!("+{text}")
            } else {
                text
            }
        };
        if e.low == e.high {
            return part(e.value);
        }
        format!("{} ({} to {})", part(e.value), part(e.low), part(e.high))
    })
}

fn cells(b: &Blame) -> [String; 5] {
    let (own, end) = (&b.on_its_own, &b.at_the_end);
    [
        signed(own.lead_time_mean_hours, DAYS),
        signed(end.lead_time_mean_hours, DAYS),
        signed(own.incidents_per_month, 1.0),
        signed(own.impact_hours_per_month, 1.0),
        b.replications.to_string(),
    ]
}

const TITLES: [&str; 7] = [
    "",
    "place",
    "days, on its own",
    "at the end",
    "incidents a month",
    "impact hours a month",
    "years",
];

fn row(table: &mut Table, name: String, place: usize, b: &Blame) {
    let [a, c, d, e, f] = cells(b);
    table.row([name, place.to_string(), a, c, d, e, f]);
}

fn parts(t: &Trace) -> Table {
    let mut table = Table::new(TITLES);
    for p in &t.parts {
        row(
            &mut table,
            part(p.part).to_owned(),
            p.blame.rank.lead_time,
            &p.blame,
        );
    }
    table
}

fn suspects(t: &Trace, figure: Figure) -> Table {
    let mut table = Table::new(TITLES);
    let value = |b: &Blame| b.on_its_own.of(figure).map_or(0.0, |e| e.value);
    let mut all: Vec<_> = t.suspects.iter().collect();
    all.sort_by(|a, b| value(&a.blame).total_cmp(&value(&b.blame)));
    for s in all {
        row(
            &mut table,
            ideal(&s.suspect),
            s.blame.rank.of(figure),
            &s.blame,
        );
    }
    table
}

fn pairs(t: &Trace) -> Table {
    let mut table = Table::new(["", "<", "first", "second", "together", "beyond the sum"]);
    let lead = |e: &Effects| signed(e.lead_time_mean_hours, DAYS);
    let name = |p: &Pair, k: usize| {
        let of = |id: &str| {
            t.suspect(id)
                .map_or_else(|| id.to_owned(), |s| ideal(&s.suspect))
        };
        of(&p.suspects[k])
    };
    for p in &t.pairs {
        table.row([
            name(p, 0),
            name(p, 1),
            lead(&p.apart[0]),
            lead(&p.apart[1]),
            lead(&p.together),
            lead(&p.beyond_the_sum),
        ]);
    }
    table
}
