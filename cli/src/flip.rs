//! `millrace flip`: which number, if it were otherwise, would turn a choice around.

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner;
use crate::study;
use crate::text::{Table, counted, told};
use millrace_app_core::sentences::{Sentence, flip::sentence};
use millrace_core::experiment::flip::{Flips, Moved, Question, flips};
use millrace_core::experiment::{Metric, Statistic, find_warm_up_of};
use millrace_core::time::{self, WEEK};
use millrace_report::words::rounded;
use serde::Serialize;

/// Years of each variant, unless more or fewer are asked for.
const YEARS: u64 = 256;

/// The figure that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// 85% of changes within
    LeadTime,
    /// Customer incidents a month
    Incidents,
}

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    /// The what-if that is chosen or not
    what_if: String,
    /// The figure that decides
    #[arg(long, value_enum, default_value = "lead-time")]
    by: By,
    /// Move every number that the study gives without a source, and not only those with a range; without
    /// a range, from half to double (of a share above half, what is missing to the whole)
    #[arg(long)]
    all: bool,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Results {
    study: String,
    seed: u64,
    version: &'static str,
    warm_up_weeks: f64,
    by: &'static str,
    said: Vec<Sentence>,
    #[serde(flatten)]
    found: Flips,
}

/// Find the values at which the choice reverses.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let opened = study::changed(&args.running.study)?;
    let scenario = &opened.scenario;
    let settings = &scenario.baseline.study;
    let cancel = runner::on_interrupt()?;
    let asked = args.running.study.replications;
    let few = YEARS.min(settings.run.replications as u64);
    let faulty = |faults| Failure::Study(opened.source.clone(), faults);
    let what_if = scenario.variant(Some(&args.what_if), &[]).map_err(faulty)?;
    let (warm_up, found) = runner::pool(&args.running)?.install(|| {
        let both = [scenario.baseline.models(None), what_if.models(None)];
        let warm_up = settings.run.warm_up.map_or_else(
            || find_warm_up_of(&both.iter().collect::<Vec<_>>(), &cancel).ticks,
            time::ticks_up,
        );
        let question = Question {
            scenario,
            what_if: &args.what_if,
            metric: match args.by {
                By::LeadTime => Metric::LeadTime(Statistic::Percentile(0.85)),
                By::Incidents => Metric::Incidents,
            },
            moved: if args.all {
                Moved::Assumed
            } else {
                Moved::Ranges
            },
            warm_up,
            replications: asked.unwrap_or(few),
        };
        let bar = runner::progress(0, "numbers (Ctrl-C keeps what is done)");
        let told = |done: usize, of: usize, _: &Flips| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        };
        let found = flips(&question, &cancel, &told).map_err(faulty);
        bar.finish_and_clear();
        Ok::<_, Failure>((warm_up, found?))
    })?;
    let partial = found.partial;
    let said = sentence(&found);
    if args.json {
        let results = Results {
            study: settings.name.clone(),
            seed: settings.seed as u64,
            version: env!("CARGO_PKG_VERSION"),
            warm_up_weeks: warm_up as f64 / WEEK as f64,
            by: match args.by {
                By::LeadTime => "lead-time-p85-hours",
                By::Incidents => "incidents-per-month",
            },
            said: said.into_iter().collect(),
            found,
        };
        return Answer::json(&results, partial);
    }
    let name = scenario.what_if(&args.what_if).map_or("", |w| &w.name);
    Ok(Answer::text(
        &text(args.by, name, &found, said.as_ref()),
        partial,
    ))
}

/// What a difference is counted in.
fn shown(by: By, difference: f64) -> String {
    match by {
        By::LeadTime => format!("{} days", rounded(difference.abs() / 24.0)),
        By::Incidents => format!("{} incidents a month", rounded(difference.abs())),
    }
}

fn value(x: f64, unit: &str) -> String {
    if unit.is_empty() {
        rounded(x)
    } else {
        format!("{} {unit}", rounded(x))
    }
}

fn text(by: By, name: &str, found: &Flips, said: Option<&Sentence>) -> String {
    let d = found.difference;
    let lead = if d.is_not_zero() {
        let better = if d.value < 0.0 { "better" } else { "worse" };
        format!("{name} is {better} by {}.", shown(by, d.value))
    } else {
        format!("Whether {name} is better cannot be told, whatever the numbers.")
    };
    let tried = found.flips.len() + found.steady;
    let mut out = format!("{lead}\n");
    match said {
        Some(s) => out += &told([s.text.as_str()]),
        None if tried == 0 => out += "\nThe study has no number that is an assumption.\n",
        None => {}
    }
    let mut table = Table::new(["number", "now", "turns at", "95%", "<surely"]);
    for f in &found.flips {
        table.row([
            format!("{} ({})", f.label, f.path),
            value(f.likely, &f.unit),
            value(f.at.value, &f.unit),
            format!("{} to {}", rounded(f.at.low), rounded(f.at.high)),
            if f.surely { "yes" } else { "perhaps" }.into(),
        ]);
    }
    out += &table.under("Measure these first, from the top:");
    if !found.unmoved.is_empty() {
        let (n, all) = (found.unmoved.len(), found.unmoved.join(", "));
        out += &format!(
            "\nNot moved, for want of a study that makes sense: {} ({all})\n",
            counted(n, "number")
        );
    }
    out
}
