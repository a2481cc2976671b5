//! Arguments that several commands take.

use crate::assign::{Move, Set};

/// Which study, and what is changed in it before anything is run.
#[derive(Debug, clap::Args)]
pub struct Study {
    /// A study file, or the name of a shipped study
    pub study: String,
    /// Give a value of the baseline another value, as TOML: 3, 35%, "2 weeks", canary. Repeatable; what-ifs
    /// come on top. `millrace levers STUDY` lists the paths
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub sets: Vec<Set>,
    /// Put a primary lever of the baseline in a position. Repeatable; after every --set
    #[arg(long = "lever", value_name = "ID=POSITION")]
    pub levers: Vec<Move>,
    /// Root of all luck, instead of the study's
    #[arg(long, value_parser = clap::value_parser!(u64).range(0..=9_000_000_000_000_000))]
    pub seed: Option<u64>,
    /// Simulated years of each variant, instead of the study's
    #[arg(long, short = 'n', value_name = "N", value_parser = clap::value_parser!(u64).range(2..=1_000_000))]
    pub replications: Option<u64>,
}

/// How to run it.
#[derive(Debug, clap::Args)]
pub struct Running {
    #[command(flatten)]
    pub study: Study,
    /// Threads to use; all cores if absent. Never changes a number
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}
