//! `millrace schema`.

use crate::answer::{Answer, Failure};
use millrace_core::scenario::json_schema;

/// The JSON Schema of the study format.
pub fn command() -> Result<Answer, Failure> {
    Answer::json(&json_schema(), false)
}
