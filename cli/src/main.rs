//! The command `millrace`: a study comes in, numbers go out.
//!
//! [`study`] finds and reads the file and applies `--set` and `--lever` ([`assign`]) to the baseline;
//! [`runner`] makes the replications of all variants in growing chunks, with progress and Ctrl-C;
//! one file a command turns what came out into text for people ([`text`]) or into the JSON that
//! `docs/results.md` documents. Only this file prints.
//!
//! Exit status: 0 done, 1 something outside the study failed, 2 faults in the study or in the
//! arguments, 130 interrupted (what was printed is whole but covers fewer years).

mod answer;
mod args;
mod assign;
mod check;
mod compare;
mod export;
mod flip;
mod forecast;
mod goal;
mod import;
mod levers;
mod merge;
mod optimise;
mod part;
mod rank;
mod replay;
mod run;
mod runner;
mod schema;
mod shard;
mod study;
mod text;
mod trace;
mod transition;

use answer::{Answer, Failure};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Simulate software delivery: what if we changed how we deliver?
#[derive(Debug, Parser)]
#[command(name = "millrace", version, after_help = after_help(), max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a study: every fault at once, with its line
    Check(check::Args),
    /// Simulate one variant
    Run(run::Args),
    /// Simulate the baseline and its what-ifs under the same luck, and compare them
    Compare(compare::Args),
    /// Put the parts of a comparison together that `compare --shard` made
    Merge(merge::Args),
    /// When the work that is there today will be done, and how much of it by a day
    Forecast(forecast::Args),
    /// Show what-ifs quarter by quarter: cost, dip, and when they pay back
    Transition(transition::Args),
    /// Find the assumptions that would turn a choice around: measure them first
    Flip(flip::Args),
    /// Find out where lead time and incidents come from: one thing made ideal at a time
    Trace(trace::Args),
    /// Rank the levers: which of them moves lead time and incidents most
    Rank(rank::Args),
    /// Find which what-ifs together are worth their price, within a budget
    Optimise(optimise::Args),
    /// Find how far one lever must go to meet an objective
    Goal(goal::Args),
    /// List everything in a study that can be changed
    Levers(levers::Args),
    /// Print the JSON Schema of the study format
    Schema,
    /// Write charts (SVG, PNG at 300 dpi), their numbers (CSV) and results.json
    Export(export::Args),
    /// Write everything that happened in one simulated year, for audit or an animation
    Replay(replay::Args),
    /// Make a study of records: dates of tickets, stage by stage
    Import(import::Args),
}

/// What every command needs to know, at the end of `--help`.
fn after_help() -> String {
    format!(
        "STUDY is a file or the name of a shipped study: {}.\n\
         Exit status: 0 done, 1 failed, 2 faults in the study or the arguments, 130 interrupted.",
        study::names()
    )
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Check(args) => check::command(&args),
        Command::Run(args) => run::command(&args),
        Command::Compare(args) => compare::command(&args),
        Command::Merge(args) => merge::command(&args),
        Command::Forecast(args) => forecast::command(&args),
        Command::Transition(args) => transition::command(&args),
        Command::Flip(args) => flip::command(&args),
        Command::Trace(args) => trace::command(&args),
        Command::Rank(args) => rank::command(&args),
        Command::Optimise(args) => optimise::command(&args),
        Command::Goal(args) => goal::command(&args),
        Command::Levers(args) => levers::command(&args),
        Command::Schema => schema::command(),
        Command::Export(args) => export::command(&args),
        Command::Replay(args) => replay::command(&args),
        Command::Import(args) => import::command(&args),
    };
    done.and_then(Answer::print)
        .unwrap_or_else(|failure: Failure| failure.print())
}
