//! `millrace levers`: everything that can be changed, and how.

use crate::answer::{Answer, Failure};
use crate::study;
use crate::text::{Table, counted};
use millrace_core::scenario::lever::{Offered, offered};
use millrace_core::scenario::{Assumption, Parameter, Variant};
use millrace_report::words::rounded;
use serde::Serialize;
use serde_json::{Value as Json, json};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A study file, or the name of a shipped study
    study: String,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Listed<'a> {
    study: &'a str,
    version: &'static str,
    levers: Vec<Json>,
    parameters: &'a [Parameter],
    assumptions: &'a [Assumption],
}

/// List levers and parameters.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let opened = study::open(&args.study)?;
    let baseline = &opened.scenario.baseline;
    let levers = offered(baseline);
    if args.json {
        let listed = Listed {
            study: &baseline.study.name,
            version: env!("CARGO_PKG_VERSION"),
            levers: levers.iter().map(|l| as_json(l, baseline)).collect(),
            parameters: &baseline.parameters,
            assumptions: &baseline.assumptions,
        };
        return Answer::json(&listed, false);
    }
    let heading = format!(
        "Primary levers: --lever ID=POSITION ({})",
        counted(levers.len(), "lever")
    );
    let mut text = primary(&levers, baseline).under(&heading);
    let heading = format!(
        "Parameters: --set PATH=VALUE ({})",
        counted(baseline.parameters.len(), "parameter")
    );
    text += &parameters(&baseline.parameters).under(&heading);
    Ok(Answer::text(text.trim_start(), false))
}

fn as_json(l: &Offered, study: &Variant) -> Json {
    let today = l.baseline(study);
    json!({
        "id": l.id,
        "label": l.label,
        "help": l.lever.help,
        "part": l.lever.part,
        "today": today.map(|t| match l.lever.positions.get(t as usize) {
            Some(p) if l.lever.number.is_none() => json!(p.label),
            _ => json!(t),
        }),
        "positions": l.lever.positions.iter().map(|p| &p.label).collect::<Vec<_>>(),
        "range": l.lever.number.as_ref().map(|r| json!({
            "min": r.min, "max": r.max, "step": r.step, "unit": r.unit,
        })),
        "person_weeks": l.lever.person_weeks,
        "full_effect_weeks": l.lever.weeks,
    })
}

fn primary(levers: &[Offered], study: &Variant) -> Table {
    let mut table = Table::new([
        "",
        "<lever",
        "<today",
        "<positions",
        "person-weeks",
        "weeks to full effect",
    ]);
    for l in levers {
        let positions = match &l.lever.number {
            Some(r) => format!("{} to {} {}", rounded(r.min), rounded(r.max), r.unit)
                .trim_end()
                .to_owned(),
            None => l
                .lever
                .positions
                .iter()
                .map(|p| p.label.as_str())
                .collect::<Vec<_>>()
                .join(" | "),
        };
        table.row([
            l.id.clone(),
            l.label.clone(),
            l.words(l.baseline(study)),
            positions,
            rounded(l.lever.person_weeks),
            rounded(l.lever.weeks),
        ]);
    }
    table
}

fn parameters(all: &[Parameter]) -> Table {
    let mut table = Table::new(["", "<label", "<value", "<can be", "<from"]);
    for p in all {
        table.row([
            p.path.clone(),
            p.label.clone(),
            believed(p),
            range(p),
            p.source.clone(),
        ]);
    }
    table
}

/// A value, with the ends of its assumption range if it has one.
fn believed(p: &Parameter) -> String {
    let value = shown(&p.value, &p.unit);
    p.range.map_or_else(
        || value.clone(),
        |r| {
            let end = |x: f64| shown(&json!(x), &p.unit);
            format!("{value} ({} to {})", end(r.low), end(r.high))
        },
    )
}

/// A value as `--set` takes it.
fn shown(value: &Json, unit: &str) -> String {
    match (value.as_f64(), unit) {
        // The decimals of 35% of 1 are not those of 0.35.
        (Some(x), "share") => format!("{}%", (x * 1e8).round() / 1e6),
        (Some(x), "") => x.to_string(),
        (Some(x), _) => format!("{x} hours"),
        (None, _) => value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    }
}

/// Limits so wide that they only keep nonsense out are not shown.
const WIDE: f64 = 1e5;

fn range(p: &Parameter) -> String {
    match (p.min, p.max) {
        (Some(min), Some(max)) if max < if p.unit == "share" { 100.0 } else { WIDE } => {
            format!(
                "{} to {}",
                shown(&json!(min), &p.unit),
                shown(&json!(max), &p.unit)
            )
        }
        (Some(min), _) => format!("{} or more", shown(&json!(min), &p.unit)),
        _ => p.options.join(" | "),
    }
}
