//! The replications of several variants: one warm-up, one seed, the same years for all, in chunks that
//! grow, so that progress shows and Ctrl-C leaves a common prefix.

use crate::answer::Failure;
use crate::args::{Precise, Running};
use crate::study::{self, Opened};
use indicatif::{ProgressBar, ProgressStyle};
use millrace_core::engine::Replication;
use millrace_core::experiment::{
    Cancel, Summary, WarmUp, find_warm_up_of, find_warm_up_of_settled, precise, replicate,
    summarise,
};
use millrace_core::scenario::{Fault, Models, Variant};
use millrace_core::time::{self, Ticks, WEEK};
use serde::Serialize;
use std::ops::{ControlFlow, Range};
use std::time::Duration;

/// Years of the first chunk: as many as the first look needs.
const FIRST_CHUNK: u64 = 32;
/// Years of the longest.
const LONGEST_CHUNK: u64 = 256;
/// Years that a precision may take, unless more are given: what fits into memory for any study.
const MOST_YEARS: u64 = 65_536;
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

    /// Go on until there are years `wanted` of every variant, in chunks that grow; what is there already are
    /// the first of them. After each chunk all variants have equally many, and `kept` may put them away,
    /// or say that they are enough.
    ///
    /// # Errors
    /// Those of `kept`.
    pub fn make(
        &mut self,
        wanted: Range<u64>,
        cancel: &Cancel,
        mut kept: impl FnMut(&[Ran]) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let years = wanted.end - wanted.start;
        let mut done = self.done() as u64;
        let bar = progress(
            years * self.variants.len() as u64,
            "years (Ctrl-C keeps what is done)",
        );
        bar.inc(done * self.variants.len() as u64);
        while done < years && !cancel.is_cancelled() {
            let to = years.min(done + done.clamp(FIRST_CHUNK, LONGEST_CHUNK));
            for variant in &mut self.variants {
                let (from, to) = (wanted.start + done, wanted.start + to);
                let made = replicate(&variant.models, from, to, cancel);
                variant.replications.extend(made);
                bar.inc(to - from);
            }
            self.level();
            done = to;
            if kept(&self.variants)?.is_break() {
                break;
            }
        }
        bar.finish_and_clear();
        Ok(())
    }

    /// Keep the years that all variants have.
    fn level(&mut self) {
        let all = self.variants.iter().map(|v| v.replications.len());
        let common = all.min().unwrap_or(0);
        let each = self.variants.iter_mut();
        each.for_each(|v| v.replications.truncate(common));
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
    precise: Precise,
    choose: impl Fn(&Opened) -> Vec<Option<String>>,
) -> Result<Runs, Failure> {
    let study = study::changed(&args.study)?;
    let ids = choose(&study);
    let prepared = prepare(study, args, &ids)?;
    let cancel = on_interrupt()?;
    pool(args)?.install(|| {
        let warm_up = prepared.warm_up(&cancel);
        let mut runs = prepared.start(warm_up);
        let Some(share) = precise.precision else {
            let wanted = runs.wanted;
            runs.make(0..wanted, &cancel, |_| Ok(ControlFlow::Continue(())))?;
            return Ok(runs);
        };
        runs.wanted = args.study.replications.unwrap_or(MOST_YEARS);
        let mut reached = false;
        runs.make(0..runs.wanted, &cancel, |ran| {
            reached = known(ran, share);
            Ok(if reached {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            })
        })?;
        if reached {
            runs.wanted = runs.done() as u64;
        } else if !runs.partial() {
            runs.warnings.push(imprecise(runs.done()));
        }
        Ok(runs)
    })
}

/// The headlines are known to within this share.
fn known(ran: &[Ran], share: f64) -> bool {
    ran.split_first().is_some_and(|(baseline, others)| {
        let others: Vec<&[Replication]> = others.iter().map(|v| &v.replications[..]).collect();
        precise(&baseline.replications, &others, share)
    })
}

fn imprecise(years: usize) -> Warning {
    Warning {
        variant: None,
        text: format!(
            "The precision asked for was not reached in {years} years: intervals are wider."
        ),
    }
}

/// Variants that are checked and wait for their warm-up.
#[derive(Debug)]
pub struct Prepared {
    study: Opened,
    jobs: Vec<Job>,
    warnings: Vec<Warning>,
}

/// Check the baseline (`None`) and what-ifs by id.
///
/// # Errors
/// Every fault of the variants.
pub fn prepare(study: Opened, args: &Running, ids: &[Option<String>]) -> Result<Prepared, Failure> {
    let jobs = checked(&study, ids)?;
    let warnings = overridden(args, &jobs);
    Ok(Prepared {
        study,
        jobs,
        warnings,
    })
}

impl Prepared {
    /// The study.
    pub fn study(&self) -> &Opened {
        &self.study
    }

    /// The study's warm-up, or the one that a pilot finds.
    pub fn warm_up(&self, cancel: &Cancel) -> WarmUp {
        match self.study.scenario.baseline.study.run.warm_up {
            Some(hours) => WarmUp {
                ticks: time::ticks_up(hours),
                unsettled: false,
            },
            None => {
                let found = pilot(
                    self.jobs.iter().map(|j| &j.variant),
                    cancel,
                    find_warm_up_of,
                );
                WarmUp {
                    unsettled: found.unsettled && !cancel.is_cancelled(),
                    ..found
                }
            }
        }
    }

    /// The variants with that warm-up, before their first year.
    pub fn start(self, warm_up: WarmUp) -> Runs {
        let mut warnings = self.warnings;
        warnings.extend(warm_up.unsettled.then(unsettled));
        let start = |j: Job| Ran {
            models: j.variant.models(Some(warm_up.ticks)),
            id: j.id,
            name: j.name,
            replications: Vec::new(),
        };
        Runs {
            variants: self.jobs.into_iter().map(start).collect(),
            wanted: self.study.scenario.baseline.study.run.replications as u64,
            warm_up: warm_up.ticks,
            study: self.study,
            warnings,
        }
    }
}

/// One variant, checked, with the warm-up it needs.
pub struct Alone {
    /// The study it is of.
    pub study: Opened,
    /// The variant.
    pub variant: Variant,
    /// Where counting starts.
    pub warm_up: Ticks,
}

/// One variant as [`variants`] would run it alone.
///
/// # Errors
/// As [`variants`].
pub fn alone(args: &Running, what_if: Option<String>, cancel: &Cancel) -> Result<Alone, Failure> {
    let study = study::changed(&args.study)?;
    let mut jobs = checked(&study, &[what_if])?;
    let warm_up = match study.scenario.baseline.study.run.warm_up {
        Some(hours) => time::ticks_up(hours),
        None => pool(args)?
            .install(|| pilot(jobs.iter().map(|j| &j.variant), cancel, find_warm_up_of).ticks),
    };
    let job = jobs.pop();
    let variant = job.map(|job| job.variant);
    let variant = variant.ok_or_else(|| Failure::Outside("there is no such variant".into()))?;
    Ok(Alone {
        study,
        variant,
        warm_up,
    })
}

/// What the replications of one variant run on, with the study it is of.
///
/// # Errors
/// As [`variants`].
pub fn models(args: &Running, what_if: Option<String>) -> Result<(Opened, Models), Failure> {
    let alone = alone(args, what_if, &Cancel::default())?;
    let models = alone.variant.models(Some(alone.warm_up));
    Ok((alone.study, models))
}

#[derive(Debug)]
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

/// The warm-up that those of many variants need that settle, the baseline first, or the study's own; and what
/// must be known of it.
pub fn warm_up_of_many<'v>(
    study: &Opened,
    variants: impl Iterator<Item = &'v Variant>,
    cancel: &Cancel,
) -> (Ticks, Option<Warning>) {
    if let Some(hours) = study.scenario.baseline.study.run.warm_up {
        return (time::ticks_up(hours), None);
    }
    let found = pilot(variants, cancel, find_warm_up_of_settled);
    let warn = found.unsettled && !cancel.is_cancelled();
    (found.ticks, warn.then(unsettled))
}

/// The warm-up that all of these need.
fn pilot<'v>(
    variants: impl Iterator<Item = &'v Variant>,
    cancel: &Cancel,
    find: fn(&[&Models], &Cancel) -> WarmUp,
) -> WarmUp {
    let waiting = ProgressBar::new_spinner().with_message("finding the warm-up");
    waiting.enable_steady_tick(TICK);
    let models: Vec<Models> = variants.map(|v| v.models(None)).collect();
    let found = find(&models.iter().collect::<Vec<_>>(), cancel);
    waiting.finish_and_clear();
    found
}

fn unsettled() -> Warning {
    Warning {
        variant: None,
        text: "Work in progress was still moving at the end of the pilot: figures depend on how long one looks.".into(),
    }
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
