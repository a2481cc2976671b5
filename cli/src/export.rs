//! `millrace export`: charts and numbers for documents.

use crate::answer::{self, Answer, Failure};
use crate::args::{Precise, Running};
use crate::compare::{self, Results};
use crate::runner::{self, Ran, Runs};
use crate::text::{counted, heading};
use millrace_app_core::files;
use millrace_report::draw::{self, DrawError, Size, Theme};
use millrace_report::figures::{self, Case};
use millrace_report::{Figure, sheets, table};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    #[command(flatten)]
    precise: Precise,
    /// Export only these what-ifs beside the baseline. Repeatable
    #[arg(long = "what-if", value_name = "NAME")]
    what_ifs: Vec<String>,
    /// Folder to write to; made if absent, files of the same names are replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Run, then write `results.json`, `baseline/` and `what-ifs/NAME/`.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    // A folder that cannot be had is better known before the run than after.
    folder(&args.out)?;
    let runs = compare::run(&args.running, args.precise, &args.what_ifs)?;
    written(&runs, &args.out, &args.running)
}

/// Write what was run.
///
/// # Errors
/// If the folder does not take it.
pub fn written(runs: &Runs, out: &Path, running: &Running) -> Result<Answer, Failure> {
    folder(out)?;
    let results = Results::of(runs)?;
    write(
        &out.join("results.json"),
        answer::json(&results)?.as_bytes(),
    )?;
    let charts = charts(out, runs, &results);
    draw_all(&charts, running)?;
    let sheets = write_sheets(out, &results)?;
    let files = 1 + sheets + charts.len() * ENDINGS.len();
    let head = heading(runs, "charts and numbers", results.baseline.weeks);
    let text = format!(
        "{head}\n  {} in {}\n",
        counted(files, "file"),
        out.display()
    );
    Ok(Answer::text(&text, runs.partial()))
}

fn case<'a>(ran: &'a Ran, summary: &'a millrace_core::experiment::Summary) -> Case<'a> {
    Case {
        name: &ran.name,
        runs: &ran.replications,
        summary,
    }
}

/// The footer of every chart: enough to make it again.
fn notes(runs: &Runs) -> Vec<String> {
    let years = if runs.partial() {
        format!(
            "PARTIAL: {} of {} simulated years",
            runs.done(),
            runs.wanted
        )
    } else {
        format!("{} simulated years", runs.done())
    };
    let known = crate::check::Known::of(&runs.study.scenario.baseline.parameters);
    vec![
        runs.name().to_owned(),
        format!("seed {}", runs.seed()),
        format!("Millrace {}", env!("CARGO_PKG_VERSION")),
        known.assumed_of_all(),
        years,
    ]
}

/// Every chart with the folder it belongs in; none before the first year.
fn charts(out: &Path, runs: &Runs, results: &Results) -> Vec<(PathBuf, Figure)> {
    let Some((first, others)) = runs.variants.split_first().filter(|_| runs.done() > 0) else {
        return Vec::new();
    };
    let notes = notes(runs);
    let baseline = case(first, &results.baseline);
    let mut charts = Vec::new();
    let mut put = |folder: PathBuf, figures: Vec<Figure>| {
        charts.extend(figures.into_iter().map(|f| (folder.clone(), f)));
    };
    put(
        out.join("baseline"),
        figures::document(baseline, None, &notes),
    );
    for (ran, summary) in others.iter().zip(&results.what_ifs) {
        let folder = out.join("what-ifs").join(&ran.id);
        put(
            folder,
            figures::document(baseline, Some(case(ran, summary)), &notes),
        );
    }
    charts
}

/// Groups and weeks of every variant; how many files.
fn write_sheets(out: &Path, results: &Results) -> Result<usize, Failure> {
    let what_ifs = results.what_ifs.iter();
    let variants = what_ifs.map(|s| (out.join("what-ifs").join(&s.id), s));
    let baseline = (out.join("baseline"), &results.baseline);
    let mut files = 0;
    for (to, summary) in std::iter::once(baseline).chain(variants) {
        folder(&to)?;
        for (name, text) in [
            ("groups.csv", sheets::groups(summary)),
            ("weeks.csv", sheets::weeks(summary)),
        ] {
            write(&to.join(name), text.as_bytes())?;
            files += 1;
        }
    }
    Ok(files)
}

/// What is made of each chart.
const ENDINGS: [&str; 3] = ["svg", "png", "csv"];

/// Draw and write them, on as many threads as the run had: compressing pictures takes its time.
fn draw_all(charts: &[(PathBuf, Figure)], running: &Running) -> Result<(), Failure> {
    let bar = runner::progress(charts.len() as u64, "charts drawn");
    runner::pool(running)?.install(|| {
        charts.par_iter().try_for_each(|(to, figure)| {
            folder(to)?;
            for ending in ENDINGS {
                let bytes = drawn(figure, ending)
                    .map_err(|e| Failure::Outside(format!("the chart `{}`: {e}", figure.id)))?;
                write(&to.join(format!("{}.{ending}", figure.id)), &bytes)?;
            }
            bar.inc(1);
            Ok(())
        })
    })?;
    bar.finish_and_clear();
    Ok(())
}

fn drawn(figure: &Figure, ending: &str) -> Result<Vec<u8>, DrawError> {
    let size = Size::fitting(figure);
    match ending {
        "svg" => draw::svg(figure, size, Theme::Light).map(String::into_bytes),
        "png" => draw::png(figure, size, Theme::Light),
        _ => Ok(table::csv(figure).into_bytes()),
    }
}

fn folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path)
        .map_err(|e| Failure::Outside(format!("{} cannot be made: {e}", path.display())))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    files::write(path, bytes).map_err(|refusal| Failure::Outside(refusal.message))
}
