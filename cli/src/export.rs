//! `millrace export`.

use crate::answer::{Answer, Failure};
use crate::args::Running;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    running: Running,
}

/// Write.
pub fn command(_args: &Args) -> Result<Answer, Failure> {
    Err(Failure::Outside("not yet".into()))
}
