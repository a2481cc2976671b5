//! `millrace check`: is the study right, and what is in it.

use crate::answer::{Answer, Failure};
use crate::study::{self, Opened};
use crate::text::{Table, counted};
use millrace_core::scenario::{Fault, Parameter};
use millrace_report::words::rounded;
use serde_json::json;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A study file, or the name of a shipped study
    study: String,
    /// Print the faults as JSON
    #[arg(long)]
    json: bool,
}

/// Check a study.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    match study::open(&args.study) {
        Ok(opened) if args.json => faults(&opened.source, &[]),
        Ok(opened) => Ok(Answer::text(&summary(&opened), false)),
        Err(Failure::Study(source, found)) if args.json => {
            faults(&source, &found).map(Answer::faulty)
        }
        Err(failure) => Err(failure),
    }
}

fn faults(source: &str, faults: &[Fault]) -> Result<Answer, Failure> {
    Answer::json(&json!({ "study": source, "faults": faults }), false)
}

fn summary(opened: &Opened) -> String {
    let study = &opened.scenario.baseline.study;
    let mut table = Table::new(["", "<"]);
    for s in &study.streams {
        let asked: f64 = s.demand.iter().map(|d| d.per_week).sum();
        let stages = counted(s.stages.len(), "stage");
        table.row([
            "stream".into(),
            format!("{}: {stages}, {} requests a week", s.name, rounded(asked)),
        ]);
    }
    for t in &study.teams {
        table.row([
            "team".into(),
            format!("{}: {} people, {}", t.name, rounded(t.people), t.kind),
        ]);
    }
    for g in &study.governance.gates {
        table.row([
            "gate".into(),
            format!("{}: {}, after {}", g.name, g.kind, g.after),
        ]);
    }
    for w in &opened.scenario.what_ifs {
        let cost = rounded(opened.scenario.person_weeks(&w.id));
        table.row([
            "what-if".into(),
            format!("{}: {}, {cost} person-weeks", w.id, w.name),
        ]);
    }
    table.row([
        "numbers".into(),
        Known::of(&opened.scenario.baseline.parameters).sentence(),
    ]);
    format!(
        "{}: no faults\n\n{}\n{}",
        opened.source,
        study.name,
        table.lines()
    )
}

/// How much of a study is known: its numbers by where they come from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    assumed: usize,
    default: usize,
    sourced: usize,
}

impl Known {
    /// Count.
    pub fn of(parameters: &[Parameter]) -> Self {
        let mut known = Self::default();
        for p in parameters.iter().filter(|p| p.value.is_number()) {
            match p.source.as_str() {
                "assumption" => known.assumed += 1,
                "default" => known.default += 1,
                _ => known.sourced += 1,
            }
        }
        known
    }

    /// "assumed: 31 of 44 numbers": a default is an assumption that nobody wrote down.
    pub fn assumed_of_all(self) -> String {
        let assumed = self.assumed + self.default;
        format!("assumed: {assumed} of {} numbers", assumed + self.sourced)
    }

    fn sentence(self) -> String {
        let Self {
            assumed,
            default,
            sourced,
        } = self;
        format!(
            "{assumed} assumed in the file, {default} left at their defaults, {sourced} with a source"
        )
    }
}
