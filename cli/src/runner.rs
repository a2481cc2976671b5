//! The replications of several variants: one warm-up, one seed, the same years for all, in chunks that
//! grow, so that progress shows and Ctrl-C leaves a common prefix.

use crate::answer::Failure;
use crate::args::Running;
use crate::study::{self, Opened};
use indicatif::{ProgressBar, ProgressStyle};
use millrace_core::engine::Replication;
use millrace_core::experiment::{
    Cancel, Summary, WarmUp, find_warm_up_of, find_warm_up_of_settled, replicate, summarise,
};
use millrace_core::scenario::{Fault, Models, Variant};
use millrace_core::time::{self, Ticks, WEEK};
use serde::Serialize;
use std::time::Duration;

/// Years of the first chunk: as many as the first look needs.
const FIRST_CHUNK: u64 = 32;
/// Years of the longest.
const LONGEST_CHUNK: u64 = 256;
/// How often a bar shows that something goes on.
const TICK: Duration = Duration::from_millis(100);

/// One variant's years.
#[derive(Debug)]
pub struct Ran {
    /// `baseline`, or the what-if's id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// What ran.
    pub models: Models,
    /// As many as every other variant has.
    pub replications: Vec<Replication>,
}

impl Ran {
    /// Summed up.
    pub fn summary(&self) -> Summary {
        summarise(
            &self.id,
            &self.name,
            self.models.likely(),
            &self.replications,
        )
    }
}

/// What the reader must know before believing any figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Warning {
    /// `baseline`, a what-if's id, or `null` for all.
    pub variant: Option<String>,
    /// In a sentence.
    pub text: String,
}

/// Several variants, run alike.
#[derive(Debug)]
pub struct Runs {
    /// The study, its baseline as changed by the arguments.
    pub study: Opened,
    /// In the order asked for.
    pub variants: Vec<Ran>,
    /// Years asked for.
    pub wanted: u64,
    /// Where counting starts.
    warm_up: Ticks,
    /// About the run as a whole.
    warnings: Vec<Warning>,
}

impl Runs {
    /// Years made of every variant.
    pub fn done(&self) -> usize {
        self.variants.first().map_or(0, |v| v.replications.len())
    }

    /// Interrupted before all years were made.
    pub fn partial(&self) -> bool {
        (self.done() as u64) < self.wanted
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.study.scenario.baseline.study.seed as u64
    }

    /// The study's name.
    pub fn name(&self) -> &str {
        &self.study.scenario.baseline.study.name
    }

    /// Weeks before counting starts.
    pub fn warm_up_weeks(&self) -> f64 {
        self.warm_up as f64 / WEEK as f64
    }

    /// Every warning: of the run, then of each variant.
    pub fn warnings<'a>(&self, summaries: impl IntoIterator<Item = &'a Summary>) -> Vec<Warning> {
        let of = |s: &Summary| {
            let id = s.id.clone();
            s.warnings().into_iter().map(move |text| Warning {
                variant: Some(id.clone()),
                text,
            })
        };
        self.warnings
            .iter()
            .cloned()
            .chain(summaries.into_iter().flat_map(of))
            .collect()
    }
}

/// Run the baseline (`None`) and what-ifs by id.
///
/// # Errors
/// Every fault of the study and of its variants; threads that cannot be had.
pub fn variants(
    args: &Running,
    choose: impl Fn(&Opened) -> Vec<Option<String>>,
) -> Result<Runs, Failure> {
    let study = study::changed(&args.study)?;
    let jobs = checked(&study, &choose(&study))?;
    let cancel = on_interrupt()?;
    let mut warnings = overridden(args, &jobs);
    let wanted = study.scenario.baseline.study.run.replications as u64;
    let (ran, warm_up) = pool(args)?.install(|| {
        let (warm_up, found) = warm_up_of(&study, jobs.iter().map(|j| &j.variant), &cancel);
        warnings.extend(found);
        (years(jobs, warm_up, wanted, &cancel), warm_up)
    });
    Ok(Runs {
        study,
        variants: ran,
        wanted,
        warm_up,
        warnings,
    })
}

/// One variant as [`variants`] would run it alone, with the study it is of.
///
/// # Errors
/// As [`variants`].
pub fn models(args: &Running, what_if: Option<String>) -> Result<(Opened, Models), Failure> {
    let study = study::changed(&args.study)?;
    let jobs = checked(&study, &[what_if])?;
    let variants = jobs.iter().map(|j| &j.variant);
    let (warm_up, _) = pool(args)?.install(|| warm_up_of(&study, variants, &Cancel::default()));
    let models = jobs.first().map(|job| job.variant.models(Some(warm_up)));
    let models = models.ok_or_else(|| Failure::Outside("there is no such variant".into()))?;
    Ok((study, models))
}

struct Job {
    id: String,
    name: String,
    variant: Variant,
}

/// Every variant checked, before any is run.
fn checked(study: &Opened, ids: &[Option<String>]) -> Result<Vec<Job>, Failure> {
    let mut faults = Vec::new();
    let mut jobs = Vec::new();
    for id in ids {
        match study.scenario.variant(id.as_deref(), &[]) {
            Ok(variant) => {
                let what_if = id.as_deref().and_then(|i| study.scenario.what_if(i));
                jobs.push(Job {
                    id: id.clone().unwrap_or_else(|| "baseline".into()),
                    name: what_if.map_or_else(|| "Baseline".into(), |w| w.name.clone()),
                    variant,
                });
            }
            // A what-if that was right in the file can only have come to grief with the arguments.
            Err(found) => faults.extend(found.into_iter().map(|f| match id {
                Some(id) if study.scenario.what_if(id).is_some() => Fault {
                    message: format!(
                        "in the what-if `{id}`, on top of the arguments' changes: {}",
                        f.message
                    ),
                    ..f
                },
                _ => f,
            })),
        }
    }
    if faults.is_empty() {
        Ok(jobs)
    } else {
        Err(Failure::Study(study.source.clone(), faults))
    }
}

/// What-ifs that set again what `--set` has set: said, because the number given is not the number used.
fn overridden(args: &Running, jobs: &[Job]) -> Vec<Warning> {
    let of = |job: &Job| -> Vec<Warning> {
        let other = |s: &&crate::assign::Set| job.variant.tree.at(&s.path) != Some(&s.to);
        let say = |s: &crate::assign::Set| {
            let now = job
                .variant
                .tree
                .at(&s.path)
                .map_or("nothing".into(), millrace_core::scenario::Node::inline);
            Warning {
                variant: Some(job.id.clone()),
                text: format!(
                    "changes `{}` to {now}, whatever --set gives the baseline.",
                    s.path
                ),
            }
        };
        args.study.sets.iter().filter(other).map(say).collect()
    };
    jobs.iter()
        .filter(|j| j.id != "baseline")
        .flat_map(of)
        .collect()
}

/// The warm-up that all of these need, or the study's own; and what must be known of it.
fn warm_up_of<'v>(
    study: &Opened,
    variants: impl Iterator<Item = &'v Variant>,
    cancel: &Cancel,
) -> (Ticks, Option<Warning>) {
    warm_up_by(study, variants, cancel, find_warm_up_of)
}

/// The warm-up that those of many variants need that settle, the baseline first; and what must be known of
/// it.
pub fn warm_up_of_many<'v>(
    study: &Opened,
    variants: impl Iterator<Item = &'v Variant>,
    cancel: &Cancel,
) -> (Ticks, Option<Warning>) {
    warm_up_by(study, variants, cancel, find_warm_up_of_settled)
}

fn warm_up_by<'v>(
    study: &Opened,
    variants: impl Iterator<Item = &'v Variant>,
    cancel: &Cancel,
    find: fn(&[&Models], &Cancel) -> WarmUp,
) -> (Ticks, Option<Warning>) {
    if let Some(hours) = study.scenario.baseline.study.run.warm_up {
        return (time::ticks_up(hours), None);
    }
    let waiting = ProgressBar::new_spinner().with_message("finding the warm-up");
    waiting.enable_steady_tick(TICK);
    let models: Vec<Models> = variants.map(|v| v.models(None)).collect();
    let found = find(&models.iter().collect::<Vec<_>>(), cancel);
    waiting.finish_and_clear();
    let warn = found.unsettled && !cancel.is_cancelled();
    (found.ticks, warn.then(unsettled))
}

fn unsettled() -> Warning {
    Warning {
        variant: None,
        text: "Work in progress was still moving at the end of the pilot: figures depend on how long one looks.".into(),
    }
}

fn years(jobs: Vec<Job>, warm_up: Ticks, wanted: u64, cancel: &Cancel) -> Vec<Ran> {
    let bar = progress(
        wanted * jobs.len() as u64,
        "years (Ctrl-C keeps what is done)",
    );
    let start = |j: Job| Ran {
        models: j.variant.models(Some(warm_up)),
        id: j.id,
        name: j.name,
        replications: Vec::new(),
    };
    let mut ran: Vec<Ran> = jobs.into_iter().map(start).collect();
    let mut done = 0;
    while done < wanted && !cancel.is_cancelled() {
        let to = wanted.min(done + done.clamp(FIRST_CHUNK, LONGEST_CHUNK));
        for variant in &mut ran {
            variant
                .replications
                .extend(replicate(&variant.models, done, to, cancel));
            bar.inc(to - done);
        }
        done = to;
    }
    bar.finish_and_clear();
    let common = ran.iter().map(|v| v.replications.len()).min().unwrap_or(0);
    ran.iter_mut().for_each(|v| v.replications.truncate(common));
    ran
}

/// A switch for Ctrl-C. The second one does not wait for the years under way.
///
/// # Errors
/// If the system does not let it listen.
pub fn on_interrupt() -> Result<Cancel, Failure> {
    let cancel = Cancel::default();
    let switch = cancel.clone();
    ctrlc::set_handler(move || {
        if switch.is_cancelled() {
            std::process::exit(i32::from(crate::answer::INTERRUPTED));
        }
        switch.cancel();
    })
    .map_err(|e| Failure::Outside(format!("cannot listen for Ctrl-C: {e}")))?;
    Ok(cancel)
}

/// As many threads as asked for.
///
/// # Errors
/// If the system gives none.
pub fn pool(args: &Running) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads.map_or(0, usize::from))
        .build()
        .map_err(|e| Failure::Outside(format!("cannot start threads: {e}")))
}

/// A bar on standard error, and only where a person sits before it.
pub fn progress(steps: u64, of: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(steps).with_message(of);
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos} of {len} {msg}, {eta} left") {
        bar.set_style(style.progress_chars("━╸ "));
    }
    bar.enable_steady_tick(TICK);
    bar
}
