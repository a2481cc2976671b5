//! `millrace merge`: the parts of a comparison as the whole, to the last bit.

use crate::answer::{self, Answer, Failure};
use crate::args::{self, Running};
use crate::compare::{self, Results};
use crate::export;
use crate::part::{self, Header, Part, Whole};
use crate::runner::{self, Runs};
use crate::study;
use millrace_app_core::files;
use millrace_core::scenario::Fault;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Parts in any order, or folders of them
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Print JSON, as `millrace compare --json` does
    #[arg(long)]
    json: bool,
    /// Write that JSON to a file
    #[arg(long, short, value_name = "FILE", conflicts_with_all = ["json", "charts"])]
    out: Option<PathBuf>,
    /// Write charts, numbers and results.json to a folder, as `millrace export` does
    #[arg(long, value_name = "DIR", conflicts_with = "json")]
    charts: Option<PathBuf>,
}

/// A part and the file it came from.
struct Found {
    path: PathBuf,
    part: Part,
}

/// Put parts together and say what the whole says.
pub fn command(args: &Args) -> Result<Answer, Failure> {
    let mut found = read(&args.parts)?;
    alike(&found)?;
    found.retain(|f| f.part.header.part.is_some());
    let parts = in_order(found)?;
    let Some(first) = parts.first() else {
        return Err(refusal(vec![Fault::new(None, "", "there is no part here")]));
    };
    let running = arguments(&first.header.whole)?;
    let runs = together(parts, &running)?;
    if let Some(folder) = &args.charts {
        return export::written(&runs, folder, &running);
    }
    let Some(path) = &args.out else {
        return compare::answer(&runs, args.json);
    };
    let text = answer::json(&Results::of(&runs)?)?;
    files::write(path, text.as_bytes()).map_err(|refusal| Failure::Outside(refusal.message))?;
    let said = format!(
        "{} years of {} variants in {}\n",
        runs.done(),
        runs.variants.len(),
        path.display()
    );
    Ok(Answer::text(&said, false))
}

fn refusal(faults: Vec<Fault>) -> Failure {
    Failure::Study("merge".into(), faults)
}

/// A fault of a file.
fn of(path: &Path, why: String) -> Fault {
    Fault::new(None, path.display().to_string(), why)
}

/// Every part, those of a folder in place of it.
fn read(paths: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let files = if path.is_dir() {
            parts_in(path)?
        } else {
            vec![path.clone()]
        };
        for path in files {
            match part::read(&path) {
                Ok(part) => found.push(Found { path, part }),
                Err(unread) => faults.push(of(&path, unread.why())),
            }
        }
    }
    if faults.is_empty() {
        Ok(found)
    } else {
        Err(refusal(faults))
    }
}

fn parts_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let cannot = |e| Failure::Outside(format!("{} cannot be read: {e}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|e| e == "part") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// All of one whole, cut alike, after the same warm-up.
fn alike(found: &[Found]) -> Result<(), Failure> {
    let Some(first) = found.first() else {
        return Ok(());
    };
    let cut = found.iter().find_map(|f| f.part.header.part);
    let why = |h: &Header| {
        let one = &first.part.header;
        let apart = h.whole.differs(&one.whole);
        apart.or_else(|| match (h.part, cut) {
            _ if h.warm_up() != one.warm_up() => Some("its warm-up is another".into()),
            (Some((i, n)), Some((_, of))) if n != of => {
                Some(format!("it is part {i} of {n} and not of {of}"))
            }
            _ => None,
        })
    };
    let against = first.path.display();
    let fault = |f: &Found| {
        let why = why(&f.part.header)?;
        Some(of(&f.path, format!("{why}, as `{against}` says")))
    };
    let faults: Vec<Fault> = found.iter().filter_map(fault).collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(refusal(faults))
    }
}

/// Each part once, in order, all of them complete.
fn in_order(found: Vec<Found>) -> Result<Vec<Part>, Failure> {
    let Some((_, n)) = found.first().and_then(|f| f.part.header.part) else {
        return Ok(Vec::new());
    };
    let (mut by_number, mut faults) = (BTreeMap::<u64, Found>::new(), Vec::new());
    for new in found {
        let (i, _) = new.part.header.part.unwrap_or_default();
        match by_number.get(&i) {
            Some(old) if old.part.checksum == new.part.checksum => {}
            Some(old) if old.part.header.complete() && new.part.header.complete() => {
                let other = old.path.display();
                let why =
                    format!("it and `{other}` are both part {i} of {n} and hold other results");
                faults.push(of(&new.path, why));
            }
            Some(old) if old.part.header.complete() => {}
            _ => {
                by_number.insert(i, new);
            }
        }
    }
    for (i, f) in &by_number {
        let Header { from, to, done, .. } = f.part.header;
        if !f.part.header.complete() {
            let years = to - from;
            let why = format!("part {i} of {n} has {done} of {years} years: run it again");
            faults.push(of(&f.path, why));
        }
    }
    let missing = (1..=n).filter(|i| !by_number.contains_key(i));
    let missing: Vec<String> = missing.map(|i| i.to_string()).collect();
    if !missing.is_empty() {
        let why = format!("of {n} parts, these are missing: {}", missing.join(", "));
        faults.push(Fault::new(None, "", why));
    }
    if faults.is_empty() {
        Ok(by_number.into_values().map(|f| f.part).collect())
    } else {
        Err(refusal(faults))
    }
}

/// The arguments that the parts were made with.
fn arguments(whole: &Whole) -> Result<Running, Failure> {
    let unread = |e: String| Failure::Outside(format!("the parts' arguments cannot be read: {e}"));
    let sets: Result<_, _> = whole.sets.iter().map(|s| s.parse()).collect();
    let levers: Result<_, _> = whole.levers.iter().map(|l| l.parse()).collect();
    Ok(Running {
        study: args::Study {
            study: whole.study.clone(),
            sets: sets.map_err(unread)?,
            levers: levers.map_err(unread)?,
            seed: whole.given_seed,
            replications: whole.given_replications,
        },
        threads: None,
    })
}

/// The whole: the study as it was, and the years of all parts one after another.
fn together(parts: Vec<Part>, running: &Running) -> Result<Runs, Failure> {
    let Some(header) = parts.first().map(|p| p.header.clone()) else {
        return Err(Failure::Outside("nothing was run".into()));
    };
    let (warm_up, whole) = (header.warm_up(), header.whole);
    let opened = study::with(study::read(whole.study, whole.text)?, &running.study)?;
    let what_ifs = whole.variants.into_iter().skip(1).map(Some);
    let ids: Vec<Option<String>> = std::iter::once(None).chain(what_ifs).collect();
    let mut runs = runner::prepare(opened, running, &ids)?.start(warm_up);
    for part in parts {
        for (variant, years) in runs.variants.iter_mut().zip(part.years) {
            variant.replications.extend(years);
        }
    }
    Ok(runs)
}
