//! `millrace run`: one variant, everything about it.

use crate::answer::{Answer, Failure};
use crate::args::{Precise, Running};
use crate::runner::{self, Runs, Warning};
use crate::text::{NONE, Table, heading, interval, told, value, warnings};
use millrace_app_core::sentences::{Sentence, alone};
use millrace_core::experiment::Summary;
use millrace_core::experiment::summary::{GateSummary, GroupSummary, TimeSummary};
use millrace_core::stats::Estimate;
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::{part, percent, rounded};
use serde::Serialize;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    #[command(flatten)]
    precise: Precise,
    /// The what-if to simulate instead of the baseline
    #[arg(long, value_name = "NAME")]
    what_if: Option<String>,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Result_<'a> {
    study: &'a str,
    seed: u64,
    version: &'static str,
    partial: bool,
    replications_wanted: u64,
    warnings: &'a [Warning],
    said: &'a [Sentence],
    #[serde(flatten)]
    summary: &'a Summary,
}

/// Run one variant.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let runs = runner::variants(&args.running, args.precise, |_| vec![args.what_if.clone()])?;
    let Some(summary) = runs.variants.first().map(runner::Ran::summary) else {
        return Err(Failure::Outside("nothing was run".into()));
    };
    let warnings = runs.warnings([&summary]);
    let said = alone(&summary);
    if args.json {
        let result = Result_ {
            study: runs.name(),
            seed: runs.seed(),
            version: env!("CARGO_PKG_VERSION"),
            partial: runs.partial(),
            replications_wanted: runs.wanted,
            warnings: &warnings,
            said: &said,
            summary: &summary,
        };
        return Answer::json(&result, runs.partial());
    }
    Ok(Answer::text(
        &text(&runs, &summary, &warnings, &said),
        runs.partial(),
    ))
}

fn text(runs: &Runs, s: &Summary, warned: &[Warning], said: &[Sentence]) -> String {
    [
        heading(runs, &s.name, s.weeks),
        warnings(warned),
        told(said.iter().map(|s| s.text.as_str())),
        times(s).under("How long it takes"),
        figures(s).under("How much, how safe"),
        parts(s).under("Where the time goes: of a change's mean lead time, how many days …"),
        places(s).under("The places where it goes"),
        groups(&s.streams).under("By value stream"),
        types(s).under("By work type"),
        groups(&s.risks).under("By risk class"),
        teams(s).under("Teams"),
        spent(s).under("What the teams' hours were for"),
        incidents(s).under("Customer incidents a month, by severity, then by cause"),
        gates(s).under("Gates: of 100 changes of each kind, how many they stop"),
        READING.into(),
    ]
    .concat()
}

const READING: &str = "
Figures have two digits; --json has them in full. Intervals are 95%: how far this many years
pin a figure down, not how far the model fits.
";

fn times(s: &Summary) -> Table {
    let mut table = Table::new([
        "",
        "mean",
        "50 of 100 within",
        "85 of 100 within",
        "interval",
        "95 of 100 within",
    ]);
    let mut row = |name: &str, t: &TimeSummary, scale: f64| {
        table.row([
            name.into(),
            value(t.mean, scale),
            value(t.p50, scale),
            value(t.p85, scale),
            interval(t.p85, scale),
            value(t.p95, scale),
        ]);
    };
    row(
        "request to production, days",
        &s.lead_time_hours,
        1.0 / 24.0,
    );
    row(
        "commit to production, days",
        &s.change_lead_time_hours,
        1.0 / 24.0,
    );
    row("failed deployment recovery, hours", &s.recovery_hours, 1.0);
    table
}

fn figures(s: &Summary) -> Table {
    let mut table = Table::new(["", "", "interval"]);
    let mut row = |name: &str, e: Option<Estimate>, scale: f64| {
        table.row([name.into(), value(e, scale), interval(e, scale)]);
    };
    row("delivered a month", s.throughput_per_week, WEEKS_PER_MONTH);
    row("in progress at a time", s.wip, 1.0);
    row("flow efficiency, %", s.flow_efficiency, 100.0);
    row(
        "deployments a month",
        s.deployments_per_week,
        WEEKS_PER_MONTH,
    );
    row("change failure rate, %", s.change_failure_rate, 100.0);
    row("deployment rework rate, %", s.deployment_rework_rate, 100.0);
    row("customer incidents a month", s.incidents_per_month, 1.0);
    row(
        "customer incidents per 100 changes",
        s.incidents_per_100_changes,
        1.0,
    );
    row(
        "rollouts that stopped themselves, a month",
        s.self_stopped_per_month,
        1.0,
    );
    row(
        "customer-impact hours a month",
        s.impact_hours_per_month,
        1.0,
    );
    // Only where a study has them.
    for (name, e, scale) in [
        ("requests refused a week", s.refused_per_week, 1.0),
        ("requests given up a week", s.abandoned_per_week, 1.0),
        ("of those with a due date, in time, %", s.due_met, 100.0),
    ] {
        if e.is_some() {
            row(name, e, scale);
        }
    }
    row("cost of delay a week", s.cost_of_delay_per_week, 1.0);
    for o in &s.objectives {
        row(&format!("years that meet \"{}\", %", o.name), o.met, 100.0);
    }
    table
}

/// Parts below this share of the whole are shown together.
const SMALL: f64 = 0.005;

fn parts(s: &Summary) -> Table {
    let mut table = Table::new(["", "days", "share", "<"]);
    let all: f64 = s.parts_hours.values().sum();
    let mut parts: Vec<(&str, f64)> = s
        .parts_hours
        .iter()
        .map(|(id, h)| (part(id).1, *h))
        .collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let small = parts.partition_point(|(_, hours)| *hours >= SMALL * all);
    let rest: f64 = parts.drain(small..).map(|(_, hours)| hours).sum();
    parts.push(("are all else", rest));
    for (name, hours) in parts.into_iter().filter(|(_, hours)| *hours > 0.0) {
        let bar = "▇".repeat((hours / all * 40.0).round() as usize);
        table.row([
            name.into(),
            rounded(hours / 24.0),
            percent(hours / all),
            bar,
        ]);
    }
    if all > 0.0 {
        table.row([
            "in all".into(),
            rounded(all / 24.0),
            String::new(),
            String::new(),
        ]);
    }
    table
}

fn places(s: &Summary) -> Table {
    let mut table = Table::new(["", "days", "of which waiting"]);
    let mut places: Vec<_> = s.places.iter().filter(|p| p.hours > 0.0).collect();
    places.sort_by(|a, b| b.hours.total_cmp(&a.hours));
    for p in places {
        table.row([
            p.id.clone(),
            rounded(p.hours / 24.0),
            rounded(p.waiting_hours / 24.0),
        ]);
    }
    table
}

/// Groups of the same items; nothing where there is but one with items.
fn groups(groups: &[GroupSummary]) -> Table {
    let mut table = Table::new([
        "",
        "delivered a month",
        "mean days",
        "85 of 100 within",
        "interval",
        "work, %",
        "<most of it",
    ]);
    let groups = groups.iter().filter(|g| g.lead_time_hours.mean.is_some());
    if groups.clone().count() < 2 {
        return table;
    }
    for g in groups {
        let t = &g.lead_time_hours;
        let most = g.parts_hours.iter().max_by(|a, b| a.1.total_cmp(b.1));
        table.row([
            g.name.clone(),
            value(g.throughput_per_week, WEEKS_PER_MONTH),
            value(t.mean, 1.0 / 24.0),
            value(t.p85, 1.0 / 24.0),
            interval(t.p85, 1.0 / 24.0),
            value(g.flow_efficiency, 100.0),
            most.map_or(NONE.into(), |(id, hours)| {
                format!("{} {} d", part(id).0, rounded(hours / 24.0))
            }),
        ]);
    }
    table
}

/// Work types, unless each stream has its own and all is said.
fn types(s: &Summary) -> Table {
    if s.types.len() == s.streams.len() {
        groups(&[])
    } else {
        groups(&s.types)
    }
}

fn spent(s: &Summary) -> Table {
    let mut table = Table::new(["", "hours a week", "share, %", "interval"]);
    let value_of = |e: Option<Estimate>| e.map_or(0.0, |e| e.value);
    let mut all: Vec<_> = s.spent.iter().collect();
    all.sort_by(|a, b| value_of(b.1.share).total_cmp(&value_of(a.1.share)));
    for (id, of) in all.into_iter().filter(|(_, of)| value_of(of.share) > 0.0) {
        table.row([
            id.replace('-', " "),
            value(of.hours_per_week, 1.0),
            value(of.share, 100.0),
            interval(of.share, 100.0),
        ]);
    }
    table
}

fn incidents(s: &Summary) -> Table {
    let mut table = Table::new(["", "a month", "interval"]);
    let kinds = s
        .incidents_by_severity_per_month
        .iter()
        .chain(&s.incidents_by_cause_per_month);
    for (id, e) in kinds.filter(|(_, e)| e.is_some_and(|e| e.value > 0.0)) {
        table.row([id.replace('-', " "), value(*e, 1.0), interval(*e, 1.0)]);
    }
    table
}

fn teams(s: &Summary) -> Table {
    let mut table = Table::new(["", "busy, %", "asked for, %", "interval"]);
    for t in &s.teams {
        table.row([
            t.name.clone(),
            value(t.utilisation, 100.0),
            value(t.demand, 100.0),
            interval(t.demand, 100.0),
        ]);
    }
    table
}

fn gates(s: &Summary) -> Table {
    let mut table = Table::new(["", "<kind", "faulty", "sound", "judged a week"]);
    let of_100 = |share: Option<f64>| share.map_or(NONE.into(), |x| rounded(x * 100.0));
    for GateSummary {
        name,
        kind,
        stops_faulty,
        stops_sound,
        judged_per_week,
        ..
    } in &s.gates
    {
        table.row([
            name.clone(),
            (*kind).into(),
            of_100(*stops_faulty),
            of_100(*stops_sound),
            rounded(*judged_per_week),
        ]);
    }
    table
}
