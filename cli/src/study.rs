//! A study by file or by name: found, read within bounds, checked, with the arguments' changes made.

use crate::answer::Failure;
use crate::args;
use millrace_app_core::files;
use millrace_app_core::templates::{TEMPLATES, template};
use millrace_core::scenario::{Change, Node, Scenario, Value, Variant, lever};
use std::collections::BTreeMap;
use std::path::Path;

/// A study that was read, and what it was found under.
#[derive(Debug)]
pub struct Opened {
    /// File, or name of the shipped study.
    pub source: String,
    /// Its text, without the arguments' changes.
    pub text: String,
    /// Its content, checked.
    pub scenario: Scenario,
}

/// Find, read and check a study.
///
/// # Errors
/// Every fault.
pub fn open(name: &str) -> Result<Opened, Failure> {
    let (source, text) = text(name)?;
    read(source, text)
}

/// Read and check a study's text.
///
/// # Errors
/// Every fault.
pub fn read(source: String, text: String) -> Result<Opened, Failure> {
    match Scenario::read(&text) {
        Ok(scenario) => Ok(Opened {
            source,
            text,
            scenario,
        }),
        Err(faults) => Err(Failure::Study(source, faults)),
    }
}

/// The same with the arguments' changes made to the baseline. What-ifs come on top of them: they say
/// what would change, and the arguments correct what is.
///
/// # Errors
/// Every fault, of the file or else of what the changes lead to.
pub fn changed(args: &args::Study) -> Result<Opened, Failure> {
    with(open(&args.study)?, args)
}

/// A study that is open with the arguments' changes made to the baseline.
///
/// # Errors
/// Every fault of what the changes lead to.
pub fn with(opened: Opened, args: &args::Study) -> Result<Opened, Failure> {
    let Opened {
        source,
        text,
        scenario,
    } = opened;
    let mut changes: Vec<Change> = args.sets.iter().map(crate::assign::Set::change).collect();
    let mut whole = |path: &str, to: Option<u64>| {
        changes.extend(to.map(|n| Change::Set {
            path: path.into(),
            to: Node::of(Value::Number(n as f64)),
        }));
    };
    whole("seed", args.seed);
    whole("run.replications", args.replications);
    let faulty = |faults| Failure::Study(format!("{source} as changed by the arguments"), faults);
    let mut baseline = scenario.variant(None, &changes).map_err(faulty)?;
    if !args.levers.is_empty() {
        let moves: BTreeMap<_, _> = args
            .levers
            .iter()
            .map(|m| (m.lever.clone(), m.to.clone()))
            .collect();
        lever::apply(&moves, &mut baseline.tree, None).map_err(faulty)?;
        baseline = Variant::new(baseline.tree).map_err(faulty)?;
    }
    Ok(Opened {
        source,
        text,
        scenario: Scenario {
            baseline,
            ..scenario
        },
    })
}

/// The text of a study, and what it was found under.
fn text(name: &str) -> Result<(String, String), Failure> {
    let bare = !name.is_empty() && !name.contains(['/', '\\']);
    let here = Path::new("scenarios").join(format!("{name}.toml"));
    // A folder that happens to have a shipped study's name is not what a bare name means.
    let found = [Path::new(name), &here]
        .into_iter()
        .find(|p| if bare { p.is_file() } else { p.exists() });
    if let Some(path) = found {
        let source = path.display().to_string();
        return match files::read(path) {
            Ok(text) => Ok((source, text)),
            // Its message names the file.
            Err(refusal) => Err(Failure::fault("", refusal.message, "name a study file")),
        };
    }
    match template(name) {
        Some(shipped) => Ok((shipped.id.into(), shipped.text.into())),
        None => {
            let hint = format!("shipped studies: {}", names());
            Err(Failure::fault(
                name,
                "there is no such file, and no shipped study of that name",
                hint,
            ))
        }
    }
}

/// Names of the shipped studies, in a row.
pub fn names() -> String {
    TEMPLATES
        .iter()
        .map(|t| t.id)
        .collect::<Vec<_>>()
        .join(", ")
}
