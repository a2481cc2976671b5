//! `millrace compare --shard I/N`: one part of a comparison, for a batch engine. A part that is complete is
//! not run again; one that was interrupted goes on where it was.

use crate::answer::{Answer, Failure};
use crate::args::Running;
use crate::compare;
use crate::part::{self, Header, Part, Unread, Whole};
use crate::runner::{self, Prepared, Ran};
use crate::study;
use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, WarmUp};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::{Duration, Instant};

/// How much work a machine that stops without a word may take with it.
const KEPT_EVERY: Duration = Duration::from_secs(60);
/// The file of the pilot in the folder of the parts.
const PILOT: &str = "pilot.part";

/// Which part to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shard {
    /// What all parts share.
    Pilot,
    /// Part i of n, from 1.
    Of(u64, u64),
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "pilot" {
            return Ok(Self::Pilot);
        }
        let ends = text
            .split_once('/')
            .and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        match ends {
            Some((i, n)) if 1 <= i && i <= n => Ok(Self::Of(i, n)),
            _ => Err("write `3/7`, the parts from 1 on, or `pilot`".into()),
        }
    }
}

/// Run a part, as far as it is not there.
pub fn command(
    running: &Running,
    what_ifs: &[String],
    shard: Shard,
    folder: &Path,
) -> Result<Answer, Failure> {
    let study = study::changed(&running.study)?;
    let ids = compare::chosen(&study, what_ifs);
    let whole = Whole::of(&study, &running.study, &ids);
    let prepared = runner::prepare(study, running, &ids)?;
    if let Shard::Of(_, n) = shard {
        enough(&prepared, whole.replications, n)?;
    }
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::Outside(format!("{} cannot be made: {e}", folder.display())))?;
    let cancel = runner::on_interrupt()?;
    runner::pool(running)?.install(|| match shard {
        Shard::Pilot => piloted(&prepared, &whole, folder, &cancel),
        Shard::Of(i, n) => of(prepared, whole, (i, n), folder, &cancel),
    })
}

fn enough(prepared: &Prepared, replications: u64, n: u64) -> Result<(), Failure> {
    let pairs = replications.div_ceil(2);
    if n <= pairs {
        return Ok(());
    }
    Err(Failure::fault(
        &prepared.study().source,
        format!("{replications} years cannot be cut into {n} parts: a part is two years at least"),
        format!("cut it into {pairs} parts or fewer, or ask for more years with `-n`"),
    ))
}

/// What is in a folder under a name, if it belongs to the same whole.
fn there(path: &Path, whole: &Whole) -> Result<Option<Part>, Failure> {
    let why = match part::read(path) {
        // The version is part of the whole: what another one made is refused and not replaced.
        Ok(part) => match part.header.whole.differs(whole) {
            None => return Ok(Some(part)),
            Some(why) => why,
        },
        Err(Unread::Absent | Unread::Damaged) => return Ok(None),
        Err(Unread::Foreign(why)) => why,
    };
    Err(Failure::fault(
        &path.display().to_string(),
        format!("this file is in the way: {why}"),
        "name another folder, or take the file away",
    ))
}

fn piloted(
    prepared: &Prepared,
    whole: &Whole,
    folder: &Path,
    cancel: &Cancel,
) -> Result<Answer, Failure> {
    let Some(found) = warm_up(prepared, whole, folder, cancel)? else {
        return Ok(stopped_early());
    };
    let weeks = found.ticks / millrace_core::time::WEEK;
    let text = format!("pilot: a warm-up of {weeks} weeks for every part\n");
    Ok(Answer::text(&text, false))
}

fn stopped_early() -> Answer {
    Answer::text("interrupted while the warm-up was looked for\n", true)
}

/// The warm-up: the pilot's in the folder, or found and put there for the parts to come. `None` if that was
/// interrupted.
fn warm_up(
    prepared: &Prepared,
    whole: &Whole,
    folder: &Path,
    cancel: &Cancel,
) -> Result<Option<WarmUp>, Failure> {
    let path = folder.join(PILOT);
    if let Some(pilot) = there(&path, whole)? {
        return Ok(Some(pilot.header.warm_up()));
    }
    let found = prepared.warm_up(cancel);
    if cancel.is_cancelled() {
        return Ok(None);
    }
    let header = Header::of(whole.clone(), None, found);
    part::write(&path, &header, std::iter::empty())?;
    Ok(Some(found))
}

/// The file of a part, so named that a folder lists them in order.
fn file(folder: &Path, (i, n): (u64, u64)) -> PathBuf {
    let digits = n.to_string().len();
    folder.join(format!("{i:0digits$}-of-{n}.part"))
}

fn of(
    prepared: Prepared,
    whole: Whole,
    part: (u64, u64),
    folder: &Path,
    cancel: &Cancel,
) -> Result<Answer, Failure> {
    let path = file(folder, part);
    let before = there(&path, &whole)?;
    if let Some(found) = before.as_ref().filter(|p| p.header.complete()) {
        return Ok(said(&found.header, &path, "was complete"));
    }
    let header = match &before {
        Some(begun) => begun.header.clone(),
        None => match warm_up(&prepared, &whole, folder, cancel)? {
            Some(found) => Header::of(whole, Some(part), found),
            None => return Ok(stopped_early()),
        },
    };
    let years = before.map_or_else(Vec::new, |p| p.years);
    let mut kept = Instant::now();
    let made = make(prepared, &header, years, cancel, |ran| {
        if kept.elapsed() >= KEPT_EVERY {
            part::write(&path, &header, years_of(ran))?;
            kept = Instant::now();
        }
        Ok(())
    })?;
    part::write(&path, &header, years_of(&made))?;
    let done = made.first().map_or(0, |v| v.replications.len()) as u64;
    let header = header.with(done);
    let how = if header.complete() {
        "is complete"
    } else {
        "was interrupted: run it again to go on"
    };
    Ok(said(&header, &path, how))
}

fn years_of(ran: &[Ran]) -> impl Iterator<Item = &[Replication]> {
    ran.iter().map(|v| v.replications.as_slice())
}

/// Go on with a part from the years it has.
fn make(
    prepared: Prepared,
    header: &Header,
    years: Vec<Vec<Replication>>,
    cancel: &Cancel,
    mut kept: impl FnMut(&[Ran]) -> Result<(), Failure>,
) -> Result<Vec<Ran>, Failure> {
    let mut runs = prepared.start(header.warm_up());
    for (variant, years) in runs.variants.iter_mut().zip(years) {
        variant.replications = years;
    }
    runs.make(header.from..header.to, cancel, |ran| {
        kept(ran).map(ControlFlow::Continue)
    })?;
    Ok(runs.variants)
}

fn said(header: &Header, path: &Path, how: &str) -> Answer {
    let Header { from, to, done, .. } = header;
    let (i, n) = header.part.unwrap_or_default();
    let text = format!(
        "part {i} of {n} {how}: {done} of {} years of {} variants in {}\n",
        to - from,
        header.whole.variants.len(),
        path.display()
    );
    Answer::text(&text, !header.complete())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;
    use millrace_core::experiment::bytes::to_bytes;

    fn running() -> Running {
        Running {
            study: args::Study {
                study: "start-up".into(),
                sets: Vec::new(),
                levers: Vec::new(),
                seed: None,
                replications: Some(200),
            },
            threads: None,
        }
    }

    /// Part 2 of 2 from the years given, interrupted after the first chunk or not.
    fn made(years: Vec<Vec<Replication>>, interrupted: bool) -> Vec<Vec<Replication>> {
        let running = running();
        let study = study::changed(&running.study).unwrap();
        let ids = [None, Some(study.scenario.what_ifs[0].id.clone())];
        let whole = Whole::of(&study, &running.study, &ids);
        let prepared = runner::prepare(study, &running, &ids).unwrap();
        let cancel = Cancel::default();
        let header = Header::of(whole, Some((2, 2)), prepared.warm_up(&cancel));
        let after = |_: &[Ran]| {
            if interrupted {
                cancel.cancel();
            }
            Ok(())
        };
        let ran = make(prepared, &header, years, &cancel, after).unwrap();
        ran.into_iter().map(|v| v.replications).collect()
    }

    #[test]
    fn an_interrupted_part_goes_on_to_the_same_bits() {
        let begun = made(Vec::new(), true);
        assert_eq!([begun[0].len(), begun[1].len()], [32, 32]);
        let (gone_on, at_once) = (made(begun, false), made(Vec::new(), false));
        for (a, b) in gone_on.iter().zip(&at_once) {
            assert_eq!((a.len(), b.len()), (100, 100));
            let same = a.iter().zip(b).all(|(a, b)| to_bytes(a) == to_bytes(b));
            assert!(same, "a part that went on is another one");
        }
    }
}
