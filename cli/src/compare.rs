//! `millrace compare`: the baseline and its what-ifs under the same luck.

mod text;

use crate::answer::{Answer, Failure};
use crate::args::{Precise, Running};
use crate::runner::{self, Runs, Warning};
use crate::shard::{self, Shard};
use crate::study::Opened;
use millrace_app_core::sentences::{self, Case, Compared, Sentence};
use millrace_core::experiment::{Comparison, Summary, compare};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    #[command(flatten)]
    precise: Precise,
    /// Compare only these what-ifs with the baseline. Repeatable
    #[arg(long = "what-if", value_name = "NAME")]
    what_ifs: Vec<String>,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
    /// Run only part I of N and keep it in a folder; `millrace merge` makes the whole of all N parts
    /// (docs/scale-out.md). `pilot`: find the warm-up for all parts, and nothing else
    #[arg(long, value_name = "I/N", requires = "out", conflicts_with_all = ["json", "precision"])]
    shard: Option<Shard>,
    /// The folder of the parts; made if absent
    #[arg(long, value_name = "DIR", requires = "shard")]
    out: Option<PathBuf>,
}

/// What `--json` prints, and `results.json` holds.
#[derive(Debug, Serialize)]
pub struct Results {
    study: String,
    seed: u64,
    version: &'static str,
    replications: usize,
    replications_wanted: u64,
    partial: bool,
    warm_up_weeks: f64,
    smallest_difference: f64,
    warnings: Vec<Warning>,
    /// The baseline, summed up.
    pub baseline: Summary,
    /// The what-ifs, in the order asked for.
    pub what_ifs: Vec<Summary>,
    differences: Vec<Comparison>,
    said: Vec<Sentence>,
    person_weeks: BTreeMap<String, f64>,
}

/// Compare what-ifs with the baseline.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    if let Some(what) = args.shard {
        let folder = args.out.as_deref().unwrap_or(Path::new("."));
        return shard::command(&args.running, &args.what_ifs, what, folder);
    }
    answer(
        &run(&args.running, args.precise, &args.what_ifs)?,
        args.json,
    )
}

/// Run the baseline and the chosen what-ifs, or all of them.
///
/// # Errors
/// As [`runner::variants`].
pub fn run(args: &Running, precise: Precise, what_ifs: &[String]) -> Result<Runs, Failure> {
    runner::variants(args, precise, |study| chosen(study, what_ifs))
}

/// The baseline and the what-ifs asked for, each once; all of the study's if none is.
pub fn chosen(study: &Opened, what_ifs: &[String]) -> Vec<Option<String>> {
    let mut chosen: Vec<Option<String>> = vec![None];
    let all = study.scenario.what_ifs.iter().map(|w| &w.id);
    let wanted: Vec<&String> = if what_ifs.is_empty() {
        all.collect()
    } else {
        what_ifs.iter().collect()
    };
    for id in wanted {
        if !chosen.iter().flatten().any(|c| c == id) {
            chosen.push(Some(id.clone()));
        }
    }
    chosen
}

/// What a comparison prints.
///
/// # Errors
/// As [`Results::of`].
pub fn answer(runs: &Runs, json: bool) -> Result<Answer, Failure> {
    let results = Results::of(runs)?;
    if json {
        return Answer::json(&results, results.partial);
    }
    Ok(Answer::text(&text::text(runs, &results), results.partial))
}

impl Results {
    /// Sum up and compare what was run, baseline first.
    ///
    /// # Errors
    /// Never, if anything was run.
    pub fn of(runs: &Runs) -> Result<Self, Failure> {
        let Some((first, others)) = runs.variants.split_first() else {
            return Err(Failure::Outside("nothing was run".into()));
        };
        let baseline = first.summary();
        let what_ifs: Vec<Summary> = others.iter().map(runner::Ran::summary).collect();
        let scenario = &runs.study.scenario;
        let smallest = scenario.baseline.study.run.smallest_difference;
        let differences: Vec<Comparison> = others
            .iter()
            .map(|w| {
                compare(
                    &w.id,
                    &first.replications,
                    &w.replications,
                    others.len(),
                    smallest,
                )
            })
            .collect();
        let before = case(first, &baseline);
        let mut said = sentences::alone(&baseline);
        for ((ran, summary), comparison) in others.iter().zip(&what_ifs).zip(&differences) {
            said.extend(sentences::compared(&Compared {
                before,
                after: case(ran, summary),
                comparison,
                smallest,
            }));
        }
        Ok(Self {
            said,
            study: runs.name().to_owned(),
            seed: runs.seed(),
            version: env!("CARGO_PKG_VERSION"),
            replications: runs.done(),
            replications_wanted: runs.wanted,
            partial: runs.partial(),
            warm_up_weeks: runs.warm_up_weeks(),
            smallest_difference: smallest,
            warnings: runs.warnings(std::iter::once(&baseline).chain(&what_ifs)),
            person_weeks: others
                .iter()
                .map(|w| (w.id.clone(), scenario.person_weeks(&w.id)))
                .collect(),
            baseline,
            what_ifs,
            differences,
        })
    }
}

fn case<'a>(ran: &'a runner::Ran, summary: &'a Summary) -> Case<'a> {
    Case {
        summary,
        runs: &ran.replications,
        model: ran.models.likely(),
    }
}
