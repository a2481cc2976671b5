//! Positions of a lever, each simulated until it is clear whether it keeps the promise.

use crate::experiment::arm::{Arm, Figures, Watch};
use crate::experiment::compare::{FIRST_LOOK, difference, last_look};
use crate::experiment::metric::{Metric, independent};
use crate::scenario::Variant;
use crate::stats::{Estimate, share};
use crate::time::Ticks;
use serde::Serialize;

/// What is said of all positions together holds this surely.
pub const CONFIDENCE: f64 = 0.95;

/// Whether a position keeps the promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Surely.
    Met,
    /// Surely not.
    Missed,
    /// It cannot be told by the years there are.
    CannotTell,
}

/// A position before it is tried.
#[derive(Debug, Clone)]
pub struct Setting {
    pub to: String,
    pub steps: Option<i32>,
    pub person_weeks: f64,
    pub variant: Variant,
}

/// A position that was tried.
#[derive(Debug, Clone, Serialize)]
pub struct Tried {
    /// Where the lever stood.
    pub to: String,
    /// Steps from where it stands; `None` where that is no position.
    pub steps: Option<i32>,
    /// Price of the move.
    pub person_weeks: f64,
    /// Share of years that meet the objective.
    pub met: Estimate,
    /// Whether that is enough.
    pub standing: Standing,
    /// Years made.
    pub replications: usize,
    /// Its other figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// All positions of a search.
pub struct Bench<'b> {
    settings: &'b [Setting],
    arms: Vec<Arm>,
    metric: Metric,
    chance: f64,
    years: u64,
    watch: Watch<'b>,
}

impl<'b> Bench<'b> {
    pub fn new(
        settings: &'b [Setting],
        objective: usize,
        chance: f64,
        warm_up: Ticks,
        years: u64,
        watch: Watch<'b>,
    ) -> Self {
        let arm = |s: &Setting| Arm::new(&s.variant, warm_up);
        Self {
            settings,
            arms: settings.iter().map(arm).collect(),
            metric: Metric::Objective(objective),
            chance,
            years,
            watch,
        }
    }

    /// The share of years, at the error that one of so many positions and looks may have.
    fn share(&self, i: usize, looks: Option<u32>) -> Option<Estimate> {
        let runs = &self.arms[i].runs;
        let seen = self.metric.influence(runs)?.value;
        let alpha = match looks {
            Some(k) => {
                let k = f64::from(k);
                (1.0 - CONFIDENCE) / ((k + 1.0) * (k + 2.0)) / self.settings.len() as f64
            }
            None => 1.0 - CONFIDENCE,
        };
        Some(share(seen, independent(runs), 1.0 - alpha))
    }

    /// How it stands after the years there are, judged at its last look.
    fn standing(&self, i: usize) -> Standing {
        let look = last_look(self.arms[i].runs.len());
        // Between two looks nothing new may be said.
        let Some((k, _)) = look.filter(|(_, n)| *n == self.arms[i].runs.len()) else {
            return Standing::CannotTell;
        };
        match self.share(i, Some(k)) {
            Some(e) if e.low >= self.chance => Standing::Met,
            Some(e) if e.high < self.chance => Standing::Missed,
            _ => Standing::CannotTell,
        }
    }

    /// Simulate a position, look by look, until it is clear or the years are used up.
    pub fn judged(&mut self, i: usize) -> Standing {
        let mut look = FIRST_LOOK as u64;
        while look <= self.years && !self.watch.cancel.is_cancelled() {
            self.arms[i].extend(look, self.watch);
            if self.arms[i].runs.len() as u64 == look && self.standing(i) != Standing::CannotTell {
                break;
            }
            look *= 2;
        }
        self.standing(i)
    }

    /// Which way the share of years surely goes from one position to another by a first look; 0 if neither.
    pub fn way(&mut self, from: usize, to: usize) -> i32 {
        for i in [from, to] {
            self.arms[i].extend(FIRST_LOOK as u64, self.watch);
        }
        let (a, b) = (&self.arms[from].runs, &self.arms[to].runs);
        let by = difference(self.metric, a, b).map(|d| d.estimate);
        match by {
            Some(d) if d.low > 0.0 => 1,
            Some(d) if d.high < 0.0 => -1,
            _ => 0,
        }
    }

    /// A position as it was tried; `None` if it was not.
    pub fn told(&self, i: usize) -> Option<Tried> {
        let (setting, arm) = (&self.settings[i], &self.arms[i]);
        Some(Tried {
            to: setting.to.clone(),
            steps: setting.steps,
            person_weeks: setting.person_weeks,
            met: self.share(i, None)?,
            standing: self.standing(i),
            replications: arm.runs.len(),
            figures: arm.figures(),
        })
    }

    /// All that were tried, by steps; where those have no count, as the lever has them, today first.
    pub fn tried(&self) -> Vec<Tried> {
        let mut all: Vec<Tried> = (0..self.arms.len()).filter_map(|i| self.told(i)).collect();
        all.sort_by_key(|t| t.steps);
        all
    }
}
