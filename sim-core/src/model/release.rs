//! From finished to users: pipeline, release policy, deployment strategies.

use super::Calendar;
use crate::random::{Distribution, Name};
use crate::time::Ticks;

/// How changes are collected for release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleasePolicy {
    /// Each change by itself as soon as the service is free.
    Each,
    /// All that is ready when the service is free.
    Batch,
    /// As soon as so many are ready.
    Sized(u32),
    /// On a schedule (RULES 22).
    Train {
        /// Between departures.
        every: Ticks,
        /// First departure.
        first: Ticks,
        /// What is ready this long before the departure is on it.
        cut_off: Ticks,
    },
}

/// From finished to users.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Stable name.
    pub name: Name,
    /// How changes are collected.
    pub policy: ReleasePolicy,
    /// Automated steps of the pipeline, run for each change.
    pub steps: Vec<PipelineStep>,
    /// Person-hours each release asks of teams: coordination, and deploying by hand.
    pub tasks: Vec<ReleaseTask>,
    /// Strategy for risk × change kind: index `risk * 4 + change`.
    pub strategy: [usize; 12],
    /// When releases may begin; `None`: at any time.
    pub windows: Option<Calendar>,
    /// When none may.
    pub freezes: Vec<Freeze>,
    /// Share of changes of each kind that cannot be taken back.
    pub irreversible: [f64; 4],
    /// Work hurried to catch a train.
    pub rush: Rush,
    /// Team whose people roll back by hand, if another than the one that injected the defect.
    pub rollback_team: Option<usize>,
}

/// An automated step.
#[derive(Debug, Clone, PartialEq)]
pub struct PipelineStep {
    /// Stable name.
    pub name: Name,
    /// Hours.
    pub duration: Distribution,
    /// Probability that a run fails for no reason and is run again.
    pub flaky: f64,
}

/// Work each release asks of a team.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseTask {
    /// Stable name.
    pub name: Name,
    /// Who.
    pub team: usize,
    /// Person-hours.
    pub effort: Distribution,
}

/// One step of exposure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExposureStep {
    /// Share of users on the new version, (0, 1].
    pub share: f64,
    /// How long before the next step.
    pub bake: Ticks,
}

/// Undoing a deployment.
#[derive(Debug, Clone, PartialEq)]
pub enum WayBack {
    /// By itself, after hours.
    Automatic(Distribution),
    /// By people, after hours during which they do nothing else.
    ByHand {
        /// Hours.
        time: Distribution,
        /// People occupied.
        people: u32,
    },
    /// None: fix forward.
    None,
}

/// A deployment strategy: exposure steps, way back, downtime.
#[derive(Debug, Clone, PartialEq)]
pub struct Strategy {
    /// Id in the study or the table.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Steps; the last has share 1.
    pub steps: Vec<ExposureStep>,
    /// Undoing.
    pub way_back: WayBack,
    /// Hours in which nobody is served.
    pub downtime: f64,
    /// Mean hours until the rollout's own check notices a manifest defect before full exposure.
    pub self_check: Option<f64>,
}

/// A span in which nothing but emergencies is released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freeze {
    /// The first one's start.
    pub start: Ticks,
    /// How long.
    pub length: Ticks,
    /// Until the next one; 0: it comes once.
    pub every: Ticks,
}

/// Stages finished shortly before a train's cut-off inject more defects.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rush {
    /// How long before.
    pub before: Ticks,
    /// Factor on injected defects, at least 1.
    pub factor: f64,
}

impl Release {
    /// The first time from `t` on at which a release may begin.
    #[must_use]
    pub fn opens(&self, mut t: Ticks) -> Ticks {
        // Windows and freezes may take turns; a release that never opens waits to the end of the run.
        for _ in 0..1_000 {
            let before = t;
            if let Some(windows) = &self.windows {
                t = windows.when(windows.worked(t) + 1) - 1;
            }
            for f in &self.freezes {
                let since = if f.every > 0 && t >= f.start {
                    (t - f.start) % f.every
                } else {
                    t - f.start
                };
                if (0..f.length).contains(&since) {
                    t += f.length - since;
                }
            }
            if t == before {
                return t;
            }
        }
        crate::time::NEVER
    }
}
