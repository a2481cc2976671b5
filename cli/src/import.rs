//! `millrace import`: records become a study whose simulated times are theirs.

use crate::answer::{Answer, Failure};
use millrace_app_core::files;
use millrace_data::calibrate::against::{Against, against};
use millrace_data::records::columns::StageKind;
use millrace_data::records::day::DateOrder;
use millrace_data::{Asked, Calibrated, Import, Options, calibrate, read_stage_dates};
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A table of dates: a row a ticket, a column a stage (CSV; the ActionableAgile convention)
    file: PathBuf,
    /// Where to write the study; without it, only what was recognised is printed
    #[arg(long, value_name = "STUDY.toml")]
    out: Option<PathBuf>,
    /// Write over a study that is there
    #[arg(long)]
    force: bool,
    /// What the study is called; the file's name if absent
    #[arg(long)]
    name: Option<String>,
    /// Where the records come from, beside every number; the file's name if absent
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
    /// People who work in a stage; as many as tickets are usually in progress at once if absent. Repeatable
    #[arg(long, value_name = "STAGE=N", value_parser = people)]
    people: Vec<(String, u32)>,
    /// Stage from which lead time counts
    #[arg(long, value_name = "STAGE")]
    start: Option<String>,
    /// Column whose date means done
    #[arg(long, value_name = "STAGE")]
    done: Option<String>,
    /// A stage where tickets wait, whatever its name says. Repeatable
    #[arg(long, value_name = "STAGE")]
    queue: Vec<String>,
    /// A stage where someone works, whatever its name says. Repeatable
    #[arg(long, value_name = "STAGE")]
    work: Vec<String>,
    /// Which number of 03/04/2018 is the day, where the file leaves it open
    #[arg(long, value_name = "ORDER", value_parser = ["day-first", "month-first"])]
    dates: Option<String>,
}

fn people(text: &str) -> Result<(String, u32), String> {
    let wanted = || "write STAGE=N, N being 1 to 1000".to_owned();
    let (stage, n) = text.rsplit_once('=').ok_or_else(wanted)?;
    let n = n
        .trim()
        .parse()
        .ok()
        .filter(|n| (1..=1000).contains(n))
        .ok_or_else(wanted)?;
    Ok((stage.trim().to_owned(), n))
}

/// Import.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let shown = args.file.display().to_string();
    let file = File::open(&args.file).map_err(|e| {
        Failure::fault(
            &shown,
            format!("cannot be read: {e}"),
            "is it there, and yours to read?",
        )
    })?;
    let import = read_stage_dates(file, &options(args)).map_err(|e| {
        Failure::fault(
            &shown,
            e.to_string(),
            "expected a row a ticket, and a column of dates for each stage",
        )
    })?;
    let mut text = import.to_string();
    let Some(out) = &args.out else {
        text.push_str("\nNothing was written: --out STUDY.toml makes a study of this.\n");
        return Ok(Answer::text(&text, false));
    };
    let made = calibrate(&import, &asked(args)).map_err(|e| {
        Failure::fault(
            &shown,
            e.to_string(),
            "`--start`, `--queue`, `--work` and `--people` say what a file leaves open",
        )
    })?;
    let held = against(&made.board, &made.study)
        .map_err(|faults| Failure::Study(out.display().to_string(), faults))?;
    write(out, &made.study, args.force)?;
    text.push_str(&report(&import, &made, &held, out));
    Ok(Answer::text(&text, false))
}

fn options(args: &Args) -> Options {
    let kinds = |names: &[String], kind| {
        names
            .iter()
            .map(move |n| (n.clone(), kind))
            .collect::<Vec<_>>()
    };
    Options {
        done: args.done.clone(),
        start: args.start.clone(),
        kinds: [
            kinds(&args.queue, StageKind::Queue),
            kinds(&args.work, StageKind::Work),
        ]
        .concat(),
        date_order: args.dates.as_deref().map(|order| match order {
            "day-first" => DateOrder::DayFirst,
            _ => DateOrder::MonthFirst,
        }),
        ..Options::default()
    }
}

fn asked(args: &Args) -> Asked {
    let part = |of: Option<&std::ffi::OsStr>| {
        of.map_or_else(|| "records".into(), |s| s.to_string_lossy().into_owned())
    };
    Asked {
        name: args
            .name
            .clone()
            .unwrap_or_else(|| part(args.file.file_stem())),
        source: args
            .source
            .clone()
            .unwrap_or_else(|| part(args.file.file_name())),
        start: args.start.clone(),
        people: args.people.clone(),
        ..Asked::default()
    }
}

fn report(import: &Import, made: &Calibrated, held: &Against, out: &Path) -> String {
    let board = &made.board;
    let mut text = format!(
        "\n{}: {} of the {} tickets went from {} to {}, {} of them still on their way.\n",
        out.display(),
        board.tickets,
        import.tickets,
        board.start,
        board.done,
        board.open
    );
    for note in &made.notes {
        let _ = writeln!(text, "note: {note}");
    }
    let _ = writeln!(
        text,
        "\nHow the study stands against the records it was made from:\n\n{held}"
    );
    match held.warm_up_weeks {
        Some(weeks) => {
            let _ = writeln!(
                text,
                "Its load is one that settles: {weeks} weeks of warm-up are enough."
            );
        }
        None => text.push_str(
            "It does not settle within the pilot: its load is near what the teams can do.\n",
        ),
    }
    let _ = writeln!(text, "Next: millrace compare {}", out.display());
    text
}

fn write(out: &Path, study: &str, force: bool) -> Result<(), Failure> {
    if out.exists() && !force {
        return Err(Failure::Outside(format!(
            "{} is there already; --force writes over it",
            out.display()
        )));
    }
    files::write(out, study.as_bytes()).map_err(|refusal| Failure::Outside(refusal.message))
}
