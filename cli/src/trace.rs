//! `millrace trace`: where lead time and incidents come from.

mod text;

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner;
use millrace_app_core::sentences::{Sentence, load, trace::sentences};
use millrace_core::experiment::compare::FIRST_LOOK;
use millrace_core::experiment::trace::{Effort, Trace, trace};
use millrace_core::experiment::{Cancel, Load, Watch};
use millrace_core::time::{WEEK, ticks_up};
use serde::Serialize;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// `--replications` here is for what matters most, 150 if absent
    #[command(flatten)]
    running: Running,
    /// Trace this what-if instead of the baseline
    #[arg(long = "what-if", value_name = "NAME")]
    what_if: Option<String>,
    /// Suspects to report: those that save the most
    #[arg(long, value_name = "K", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    suspects: u16,
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
    variant: String,
    warm_up_weeks: f64,
    sentences: Vec<String>,
    said: Vec<Sentence>,
    load: Option<Load>,
    #[serde(flatten)]
    trace: Trace,
}

impl Results {
    /// The most years that anything rests on.
    fn years(&self) -> usize {
        let all = self.trace.suspects.iter().map(|s| s.blame.replications);
        all.max().unwrap_or(0)
    }
}

/// Trace the baseline or a what-if.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let cancel = runner::on_interrupt()?;
    let alone = runner::alone(&args.running, args.what_if.clone(), &cancel)?;
    let effort = Effort {
        years: args.running.study.replications.unwrap_or(150) as usize,
        suspects: usize::from(args.suspects),
    };
    let bar = runner::progress(0, "years (Ctrl-C keeps what is done)");
    let watch = |done: u64, of: u64| {
        bar.set_length(of);
        bar.set_position(done);
    };
    let settings = &alone.study.scenario.baseline.study;
    let (trace, load) = runner::pool(&args.running)?.install(|| {
        let trace = trace(&alone.variant, alone.warm_up, effort, &cancel, &watch);
        bar.finish_and_clear();
        (
            trace,
            other_demand(&alone, effort.years.max(FIRST_LOOK) as u64, &cancel),
        )
    });
    let mut said = sentences(&trace);
    said.extend(load.as_ref().and_then(load::sentence));
    let results = Results {
        study: settings.name.clone(),
        seed: settings.seed as u64,
        version: env!("CARGO_PKG_VERSION"),
        variant: args.what_if.clone().unwrap_or_else(|| "baseline".into()),
        warm_up_weeks: alone.warm_up as f64 / WEEK as f64,
        sentences: said.iter().map(|s| s.text.clone()).collect(),
        said,
        load,
        trace,
    };
    if args.json {
        return Answer::json(&results, results.trace.partial);
    }
    Ok(Answer::text(&text::text(&results), results.trace.partial))
}

/// The same organisation with more requests and with fewer: it may take longer to settle then.
fn other_demand(alone: &runner::Alone, years: u64, cancel: &Cancel) -> Option<Load> {
    if cancel.is_cancelled() {
        return None;
    }
    let bar = runner::progress(3 * years, "years with other demand");
    let watch = Watch {
        cancel,
        made: &|years| bar.inc(years),
    };
    let stated = alone.study.scenario.baseline.study.run.warm_up;
    let found = millrace_core::experiment::load(&alone.variant, stated.map(ticks_up), years, watch);
    bar.finish_and_clear();
    found.filter(|load| !load.partial)
}
