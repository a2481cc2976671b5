//! A trace for people: what the whole is, the parts, the suspects, the pairs.

use super::Results;
use crate::text::{NONE, Table, told};
use millrace_app_core::trace::{ideal, part};
use millrace_core::experiment::trace::{Blame, Figure, Pair, Trace};
use millrace_core::stats::Estimate;
use millrace_report::words::rounded;

const DAYS: f64 = 1.0 / 24.0;
/// Share of the baseline's value that is worth a row.
const WORTH: f64 = 0.01;
/// Pairs shown of each sign.
const PAIRS: usize = 4;

/// The whole text.
pub fn text(r: &Results) -> String {
    let t = &r.trace;
    [
        heading(r),
        warnings(t),
        told(r.sentences.iter().map(String::as_str)),
        parts(t).under("The parts of the organisation, all of each made ideal"),
        suspects(t, Figure::LeadTime).under("Lead time, one thing made ideal"),
        suspects(t, Figure::Incidents).under("Incidents, one thing made ideal"),
        suspects(t, Figure::Impact).under("Impact hours, one thing made ideal"),
        pairs(t, Figure::LeadTime)
            .under("Pairs that save more or less than their sum: lead time, days"),
        pairs(t, Figure::Incidents)
            .under("Pairs that save more or less than their sum: incidents a month"),
        legend(t),
    ]
    .concat()
}

fn heading(r: &Results) -> String {
    let t = &r.trace;
    let made = if t.partial { "PARTIAL: " } else { "" };
    format!(
        "{}: trace of {}\n{made}up to {} years of each, counted after {} weeks of warm-up; seed {}; millrace {}\n",
        r.study,
        r.variant,
        r.years(),
        rounded(r.warm_up_weeks),
        r.seed,
        r.version,
    )
}

fn warnings(t: &Trace) -> String {
    let cut = "Some years of an organisation with something ideal were cut off: its figures cannot be trusted.";
    let cut = t.cut_off.then(|| cut.to_owned());
    let all: Vec<String> = t.warnings.iter().cloned().chain(cut).collect();
    all.iter().map(|w| format!("\n  ! {w}")).collect()
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

/// How a figure is printed.
fn scale(figure: Figure) -> f64 {
    match figure {
        Figure::LeadTime => DAYS,
        Figure::Incidents | Figure::Impact => 1.0,
    }
}

fn parts(t: &Trace) -> Table {
    let mut table = Table::new([
        "",
        "days",
        "at the end",
        "incidents a month",
        "impact hours a month",
    ]);
    for p in &t.parts {
        let (own, end) = (&p.blame.on_its_own, &p.blame.at_the_end);
        table.row([
            part(p.part).to_owned(),
            signed(own.lead_time_mean_hours, DAYS),
            signed(end.lead_time_mean_hours, DAYS),
            signed(own.incidents_per_month, 1.0),
            signed(own.impact_hours_per_month, 1.0),
        ]);
    }
    table
}

/// Suspects that change a figure on their own or at the end, by what they save on their own.
fn suspects(t: &Trace, figure: Figure) -> Table {
    let mut table = Table::new(["", "place", "on its own", "at the end", "years"]);
    let base = t.baseline.of(figure).map_or(0.0, |e| e.value);
    let size = |e: Option<Estimate>| e.map_or(0.0, |e| e.value.abs());
    let own = |b: &Blame| b.on_its_own.of(figure);
    let matters = |b: &Blame| size(own(b)).max(size(b.at_the_end.of(figure))) > WORTH * base;
    let mut all: Vec<_> = t.suspects.iter().filter(|s| matters(&s.blame)).collect();
    let value = |b: &Blame| own(b).map_or(0.0, |e| e.value);
    all.sort_by(|a, b| value(&a.blame).total_cmp(&value(&b.blame)));
    let places: Vec<usize> = all.iter().map(|s| s.blame.rank.of(figure)).collect();
    for s in &all {
        let place = s.blame.rank.of(figure);
        let tied = places.iter().filter(|p| **p == place).count() > 1;
        table.row([
            ideal(&s.suspect),
            format!("{place}{}", if tied { "=" } else { "" }),
            signed(own(&s.blame), scale(figure)),
            signed(s.blame.at_the_end.of(figure), scale(figure)),
            s.blame.replications.to_string(),
        ]);
    }
    table
}

/// Pairs that surely and markedly are not their sum.
fn pairs(t: &Trace, figure: Figure) -> Table {
    let mut table = Table::new(["", "<and", "together", "beyond the sum"]);
    let base = t.baseline.of(figure).map_or(0.0, |e| e.value);
    let name = |id: &str| {
        t.suspect(id)
            .map_or_else(|| id.to_owned(), |s| ideal(&s.suspect))
    };
    let beyond = |p: &Pair| {
        let e = p.beyond_the_sum.of(figure)?;
        (e.is_not_zero() && e.value.abs() > WORTH * base).then_some(e)
    };
    let mut all: Vec<(Estimate, &Pair)> = t
        .pairs
        .iter()
        .filter_map(|p| Some((beyond(p)?, p)))
        .collect();
    all.sort_by(|a, b| a.0.value.total_cmp(&b.0.value));
    let most = all.len().min(PAIRS);
    let (more, less) = (
        all[..most].iter(),
        all[most..].iter().rev().take(PAIRS).rev(),
    );
    for (e, p) in more.chain(less) {
        table.row([
            name(&p.suspects[0]),
            name(&p.suspects[1]),
            signed(p.together.of(figure), scale(figure)),
            signed(Some(*e), scale(figure)),
        ]);
    }
    table
}

fn legend(t: &Trace) -> String {
    let left_out = match t.left_out.len() {
        0 => String::new(),
        n => format!("  {n} more suspects saved less in a first trial and are left out.\n"),
    };
    format!(
        "\nHow to read it\n\
         \u{20} on its own: only this is ideal, all else as it is. at the end: all else is ideal already.\n\
         \u{20} place: by what it saves on its own; those that cannot be told apart share one (=).\n\
         \u{20} beyond the sum: below 0, one hides the other; above 0, they save the same.\n\
         \u{20} intervals hold together: 95% for all of a figure at once. Effects do not add up.\n{left_out}"
    )
}
