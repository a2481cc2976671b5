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

/// As many years as it takes.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Precise {
    /// Make years until the 85th percentile of lead time and incidents a month are known to within this share
    /// of the baseline's value: 2%. Of what-ifs the differences are. At most -n years, or 65,536
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub precision: Option<f64>,
}

fn share(text: &str) -> Result<f64, String> {
    let number = |t: &str| t.trim().parse::<f64>().ok();
    let share = match text.strip_suffix('%') {
        Some(percent) => number(percent).map(|p| p / 100.0),
        None => number(text),
    };
    share
        .filter(|s| *s > 0.0 && *s < 1.0)
        .ok_or_else(|| "write a share above 0 and below 1, as 2% or 0.02".into())
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
