//! What a command ends with: an answer on standard output or a failure on standard error.

use millrace_core::scenario::Fault;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

/// Status of faults in a study, and of wrong arguments (clap's own).
const FAULTS: u8 = 2;
/// Status after Ctrl-C, by convention 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;

/// What a command prints, and its exit status.
#[derive(Debug)]
pub struct Answer {
    text: String,
    status: u8,
}

impl Answer {
    /// Text for people. Names in it come from a file, so control characters are taken out: a study must
    /// not be able to move the cursor.
    pub fn text(text: &str, partial: bool) -> Self {
        Self {
            text: harmless(text),
            status: if partial { INTERRUPTED } else { 0 },
        }
    }

    /// JSON for programs.
    ///
    /// # Errors
    /// If the value has no JSON form.
    pub fn json(value: &impl serde::Serialize, partial: bool) -> Result<Self, Failure> {
        let text = json(value)?;
        Ok(Self {
            text,
            status: if partial { INTERRUPTED } else { 0 },
        })
    }

    /// The same with the status of faults.
    pub fn faulty(self) -> Self {
        Self {
            status: FAULTS,
            ..self
        }
    }

    /// Print it.
    ///
    /// # Errors
    /// If standard output takes no more for another reason than that its reader has gone.
    pub fn print(self) -> Result<ExitCode, Failure> {
        let mut out = std::io::stdout().lock();
        match out
            .write_all(self.text.as_bytes())
            .and_then(|()| out.flush())
        {
            Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Outside(format!(
                "cannot write to standard output: {e}"
            ))),
            _ => Ok(ExitCode::from(self.status)),
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The study is wrong: its name and every fault.
    Study(String, Vec<Fault>),
    /// Something outside the study: a file that cannot be written, threads that cannot be had.
    Outside(String),
}

impl Failure {
    /// A single fault that no line of the file holds.
    pub fn fault(study: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Study(
            study.to_owned(),
            vec![Fault::new(None, "", message).hint(hint)],
        )
    }

    /// Print it on standard error.
    pub fn print(self) -> ExitCode {
        match self {
            Self::Study(name, faults) => {
                eprint!("{}", harmless(&listed(&name, &faults)));
                ExitCode::from(FAULTS)
            }
            Self::Outside(message) => {
                eprintln!("millrace: {}", harmless(&message));
                ExitCode::FAILURE
            }
        }
    }
}

/// Faults as text: `file:line: path`, then the reason, then the way out.
fn listed(name: &str, faults: &[Fault]) -> String {
    let mut out = String::new();
    let name = if name.is_empty() { "millrace" } else { name };
    for fault in faults {
        let line = fault.line.map_or(String::new(), |l| format!(":{l}"));
        let path = if fault.path.is_empty() {
            String::new()
        } else {
            format!(" `{}`:", fault.path)
        };
        let _ = writeln!(out, "{name}{line}:{path} {}", fault.message);
        if let Some(hint) = &fault.hint {
            let _ = writeln!(out, "    hint: {hint}");
        }
    }
    let s = if faults.len() == 1 { "" } else { "s" };
    let _ = writeln!(out, "{} fault{s}", faults.len());
    out
}

/// JSON, indented, with a last line end.
///
/// # Errors
/// If the value has no JSON form.
pub fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|t| t + "\n")
        .map_err(|e| Failure::Outside(format!("no JSON: {e}")))
}

fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}
