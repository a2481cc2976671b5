//! `millrace replay`: everything that happened in one replication.

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner;
use crate::text::counted;
use millrace_app_core::files;
use millrace_core::engine::{Engine, Replay};
use millrace_core::time::{Ticks, WEEK};
use std::ops::Range;
use std::path::PathBuf;
use std::str::FromStr;

/// Events kept at most: 80 MB of them.
const LIMIT: usize = 2_000_000;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    /// The what-if to replay instead of the baseline
    #[arg(long, value_name = "NAME")]
    what_if: Option<String>,
    /// Which of the replications that `millrace run` makes, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u64,
    /// Only from the start of week A to the start of week B of simulated time, warm-up included
    #[arg(long, value_name = "A..B")]
    weeks: Option<Weeks>,
    /// How to write it (documented in docs/replay.md)
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// File to write to instead of standard output; replaced if it is there
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Forms of a history.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A table, one event a row
    Csv,
    /// JSON, one event a line
    Jsonl,
    /// JSON: where each item was from when
    Tracks,
}

/// Weeks of simulated time, the last not included.
#[derive(Debug, Clone, Copy)]
struct Weeks(u32, u32);

impl FromStr for Weeks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let ends = text.split_once("..").and_then(|(from, to)| {
            let number = |s: &str| s.trim().parse::<u32>().ok();
            Some((number(from)?, number(to)?))
        });
        match ends {
            Some((from, to)) if from < to => Ok(Self(from, to)),
            _ => Err("weeks are given as the first and one past the last: 30..34".into()),
        }
    }
}

impl Weeks {
    fn span(self) -> Range<Ticks> {
        Ticks::from(self.0) * WEEK..Ticks::from(self.1) * WEEK
    }
}

/// Run one replication and write its history.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let (study, models) = runner::models(&args.running, args.what_if.clone())?;
    let replications = study.scenario.baseline.study.run.replications as u64;
    if args.replication >= replications {
        return Err(Failure::fault(
            &study.source,
            format!(
                "there is no replication {}: they are 0 to {}",
                args.replication,
                replications - 1
            ),
            "ask for more with `-n`",
        ));
    }
    let model = models.of(args.replication);
    let (_, replay) = Engine::new(&model).replay(args.replication, LIMIT);
    let span = args.weeks.map_or(0..Ticks::MAX, Weeks::span);
    let events = replay.rows(span.clone()).count();
    let bytes = written(&replay, span, args.format)?;
    let Some(path) = &args.out else {
        return Ok(Answer::text(&String::from_utf8_lossy(&bytes), false));
    };
    files::write(path, &bytes).map_err(|refusal| Failure::Outside(refusal.message))?;
    let cut = if replay.is_cut() {
        format!("\nThe history was cut off after {LIMIT} events.")
    } else {
        String::new()
    };
    let text = format!("{} in {}{cut}\n", counted(events, "event"), path.display());
    Ok(Answer::text(&text, false))
}

fn written(replay: &Replay, span: Range<Ticks>, format: Format) -> Result<Vec<u8>, Failure> {
    let failed = |e: &dyn std::fmt::Display| Failure::Outside(format!("no history: {e}"));
    let mut out = Vec::new();
    match format {
        Format::Csv => replay.csv(span, &mut out).map_err(|e| failed(&e))?,
        Format::Jsonl => replay.json_lines(span, &mut out).map_err(|e| failed(&e))?,
        Format::Tracks => {
            serde_json::to_writer(&mut out, &replay.tracks(span)).map_err(|e| failed(&e))?;
            out.push(b'\n');
        }
    }
    Ok(out)
}
