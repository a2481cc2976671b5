//! `millrace rank`: which lever moves lead time and incidents most.

mod together;
mod tornado;

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::runner;
use crate::study::{self, Opened};
use crate::text::wrapped;
use millrace_core::experiment::rank::Refused;
use millrace_core::scenario::lever::{Offered, offered};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
    /// How: each lever by one step, many at once by elementary effects, few by shares of variance
    #[arg(long, value_enum, default_value_t = By::Steps)]
    by: By,
    /// Only these levers, by id. Repeatable; `millrace levers STUDY` lists them
    #[arg(long = "among", value_name = "LEVER")]
    among: Vec<String>,
    /// How many steps a lever may go from where it stands (with --by morris or sobol)
    #[arg(long, value_name = "STEPS", default_value_t = 1, value_parser = clap::value_parser!(i32).range(1..=100))]
    reach: i32,
    /// Trajectories (--by morris, 10 if absent) or rows (--by sobol, 128 if absent): more narrow the intervals
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=100_000))]
    samples: Option<u64>,
    /// Print JSON (documented in docs/results.md)
    #[arg(long)]
    json: bool,
}

/// The ways to rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// Each lever by one step from where it stands
    Steps,
    /// Elementary effects (Morris) of levers that move together
    Morris,
    /// First-order and total shares of variance (Sobol)
    Sobol,
}

/// Rank levers.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let opened = study::changed(&args.running.study)?;
    let levers = chosen(&opened, &args.among)?;
    let cancel = runner::on_interrupt()?;
    runner::pool(&args.running)?.install(|| match args.by {
        By::Steps => tornado::command(args, &opened, &levers, &cancel),
        By::Morris | By::Sobol => together::command(args, &opened, &levers, &cancel),
    })
}

/// The levers asked for, or all that the study has and that a settled year can show.
///
/// # Errors
/// If there is no such lever.
pub fn chosen(study: &Opened, among: &[String]) -> Result<Vec<Offered>, Failure> {
    let all = offered(&study.scenario.baseline);
    let names = || all.iter().map(|l| l.id.as_str()).collect::<Vec<_>>();
    let known = |id: &String| names().contains(&id.as_str());
    match among.iter().find(|id| !known(id)) {
        Some(id) => Err(Failure::fault(
            &study.source,
            format!("there is no lever `{id}`"),
            format!("levers of this study: {}", names().join(", ")),
        )),
        None if among.is_empty() => Ok(all.into_iter().filter(|l| l.lever.settled).collect()),
        None => Ok(all.into_iter().filter(|l| among.contains(&l.id)).collect()),
    }
}

/// What could not be simulated, and why: each reason once, with the first that it holds for.
pub fn refusals(refused: &[Refused]) -> String {
    let mut whys: Vec<(&Refused, usize)> = Vec::new();
    for r in refused {
        match whys.iter_mut().find(|(first, _)| first.why == r.why) {
            Some((_, more)) => *more += 1,
            None => whys.push((r, 0)),
        }
    }
    let line = |(r, more): &(&Refused, usize)| {
        let more = match more {
            0 => String::new(),
            n => format!(" and {n} more like it"),
        };
        wrapped(&format!("{} to {}{more}: {}", r.lever, r.to, r.why))
    };
    let lines: String = whys.iter().map(line).collect();
    if lines.is_empty() {
        lines
    } else {
        format!("\nNo study, and so not tried\n{lines}")
    }
}
