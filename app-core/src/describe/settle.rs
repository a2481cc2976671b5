//! The search for what nobody can say: effort, waits, spread and defects with which a simulated year has the
//! stated times, deliveries and incidents.

use super::draft::{Draft, Said, Unknown};
use super::organisation::{FOCUS, Organisation, Role};
use super::settings::Settings;
use super::view::Place;
use crate::desk::Progress;
use millrace_core::engine::Replication;
use millrace_core::experiment::fit::{Fit, Knob, fit};
use millrace_core::experiment::{Metric, Statistic, run};
use millrace_core::scenario::{Fault, Scenario};
use millrace_core::time::WEEK;

/// Busy share of the teams' time where there is not always more to do: an assumption.
const BUSY: f64 = 0.8;
/// Requests simulated in a trial, about.
const REQUESTS: f64 = 20_000.0;
/// Trials of one search.
pub const TRIALS: usize = 16;
/// Searches, each with less effort than the one before, where changes come out too slow.
pub const SEARCHES: usize = 3;
/// Times and deliveries are near enough at this share, incidents, which are rare, at the next.
const NEAR: f64 = 0.015;
const NEAR_INCIDENTS: f64 = 0.04;
/// Working hours between teams where most waiting is at a team: an assumption.
const CALM_WAIT: f64 = 2.0;
/// Load, as odds, of a crowded team whose load is not searched for.
const FULL: f64 = 9.0;
/// Of the time that is not spent waiting for meetings and releases, work takes no more than this.
const MOST_WORK: f64 = 0.65;
/// The same where somebody said what most of it is spent waiting for.
const LESS_WORK: f64 = 0.25;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The values.
    pub at: Settings,
    /// People are less busy with changes than is usual: otherwise a change could not be so quick.
    pub idle: bool,
    /// The figures.
    pub figures: Figures,
    /// Simulations made.
    pub trials: usize,
}

/// Figures of a trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Hours, half of the changes.
    pub usual: f64,
    /// Hours, 85 of 100.
    pub bad: f64,
    /// Changes delivered a week.
    pub per_week: f64,
    /// Incidents a month.
    pub incidents: f64,
    /// Asked of the busiest team that is not said to be crowded, over what it can give.
    pub busy: f64,
}

/// Search.
///
/// # Errors
/// The faults of the generic study: a defect of this module.
pub fn settle(
    organisation: &Organisation,
    said: &Said,
    progress: &Progress<'_>,
) -> Result<Settled, Vec<Fault>> {
    let o = organisation;
    let (mut at, mut idle) = start(o);
    let mut trials = 0;
    let mut found: Option<Settled> = None;
    let mut by_load = o.crowded().is_some() && !o.endless;
    for _ in 0..SEARCHES {
        let search = Search::of(o, said, at, !idle || o.endless, by_load);
        let done = search.run(progress, trials)?;
        trials += done.trials;
        at = search.settings(&done.knobs);
        let figures = search.figures(&at, progress)?;
        let too_slow = figures.usual > o.usual * (1.0 + 2.0 * NEAR);
        let too_fast = figures.usual < o.usual * (1.0 - 2.0 * NEAR);
        found = Some(Settled {
            at,
            idle,
            figures,
            trials,
        });
        if progress.cancel.is_cancelled() || !(too_slow || (too_fast && by_load)) {
            break;
        }
        if too_fast {
            // A large team has no queue until it is full: the rest of the waiting is on the way to it.
            by_load = false;
            at.load = FULL;
            continue;
        }
        // Nothing is left to wait for: a change must take less work.
        idle = true;
        at.effort *= (o.usual / figures.usual).clamp(0.3, 0.8);
        at.places = (f64::from(at.places) * 0.6).floor().max(1.0) as u32;
    }
    Ok(found.expect("there is at least one search"))
}

/// Hours that changes wait for a release and a meeting whatever else is.
pub fn scheduled(o: &Organisation) -> f64 {
    let train = o.rhythm.weeks().map_or(0.0, |w| w * 168.0 / 2.0);
    let board = if o.board() { 84.0 } else { 0.0 };
    train + board
}

/// Where the search begins, and whether people cannot be as busy as is usual.
fn start(o: &Organisation) -> (Settings, bool) {
    let left = (o.usual - scheduled(o)).max(0.1 * o.usual);
    let capacity: f64 = o.teams.iter().map(|t| t.capacity()).sum();
    let busy = if o.endless {
        0.95
    } else if o.crowded().is_some() {
        super::settings::CALM
    } else {
        BUSY
    };
    // One person works on a change at a time, in working hours, with what meetings leave.
    let work = if o.waits_at.is_some() {
        LESS_WORK
    } else {
        MOST_WORK
    };
    let most = work * left * (40.0 / 168.0) * FOCUS;
    let effort = (busy * capacity / o.per_week).min(most);
    let idle = effort < 0.95 * busy * capacity / o.per_week;
    let developers = o.team(Role::Development).people;
    // Little's law: changes in progress are those of a week times the weeks they take.
    let (share, most_places) = match o.waits_at {
        Some(Place::Development | Place::Infrastructure) => (0.9, 3 * developers),
        _ => (work, developers),
    };
    let at_once = (share * left / 168.0 * o.per_week).floor();
    let wait = match o.waits_at {
        Some(Place::Board | Place::Release) => (left * 40.0 / 168.0 * 0.4).max(0.2),
        _ => (left * 40.0 / 168.0 * 0.15).max(0.2),
    };
    let wait = if o.crowded().is_some() && !o.endless {
        CALM_WAIT
    } else {
        wait
    };
    let spread = ((o.bad / o.usual).ln() / 1.0364).clamp(0.1, 1.5);
    let settings = Settings {
        effort,
        wait,
        spread,
        defects: (0.7 * o.incidents / (o.per_week * super::organisation::MONTH)).clamp(1e-4, 5.0),
        places: most_places.min(at_once.max(1.0) as u32),
        load: if o.endless { FULL } else { 2.0 },
    };
    (settings, idle && !o.endless)
}

struct Search<'s> {
    organisation: &'s Organisation,
    said: &'s Said,
    from: Settings,
    /// Effort is searched for too.
    effort: bool,
    /// The crowded team's load is searched for, and not a wait.
    by_load: bool,
    years: u64,
    warm_up: i64,
}

impl<'s> Search<'s> {
    fn of(
        organisation: &'s Organisation,
        said: &'s Said,
        from: Settings,
        effort: bool,
        by_load: bool,
    ) -> Self {
        let o = organisation;
        let years = (REQUESTS / (o.per_week * 52.0)).ceil().clamp(12.0, 256.0) as u64;
        // Whole quarters, so that every rhythm fits in.
        let quarters = (4.0 * o.bad / 168.0 / 13.0).ceil().clamp(2.0, 12.0) as i64;
        // Where people are busy all the time the effort follows from what is delivered.
        let effort = effort && (o.crowded().is_none() || o.endless);
        Self {
            organisation,
            said,
            from,
            effort,
            by_load,
            years,
            warm_up: quarters * 13 * WEEK,
        }
    }

    fn knobs(&self) -> Vec<Knob> {
        let (o, from) = (self.organisation, self.from);
        let mut all = vec![self.wait(), self.spread()];
        if o.incidents > 0.0 {
            all.push(Knob {
                start: from.defects,
                low: 1e-5,
                high: 30.0,
                wanted: o.incidents,
                near: NEAR_INCIDENTS,
                slope: 0.7,
            });
        }
        if self.effort {
            all.push(Knob {
                start: from.effort,
                low: from.effort * 0.02,
                high: from.effort * 20.0,
                wanted: if o.endless { o.per_week } else { BUSY },
                near: if o.endless { NEAR } else { 0.03 },
                slope: if o.endless { -0.9 } else { 0.9 },
            });
        }
        all
    }

    fn wait(&self) -> Knob {
        let o = self.organisation;
        let (low, high, slope) = match o.waits_at {
            _ if self.by_load => (0.05, 80.0, 0.5),
            Some(Place::Board) => (2.0, 5.0 * o.usual, 0.5),
            Some(Place::Release) => (0.5, 40.0 * o.rhythm.weeks().unwrap_or(1.0), 0.3),
            _ => (0.02, 5.0 * o.usual, 0.4),
        };
        let from = if self.by_load {
            self.from.load
        } else {
            self.from.wait
        };
        Knob {
            start: from.clamp(low, high),
            low,
            high,
            wanted: o.usual,
            near: NEAR,
            slope,
        }
    }

    fn spread(&self) -> Knob {
        let o = self.organisation;
        // Where little but the size of changes differs, more of it would say nothing.
        let high = match o.waits_at {
            Some(Place::Board | Place::Release) => 1.4,
            _ => 2.0,
        };
        Knob {
            start: self.from.spread.min(high),
            low: 0.05,
            high,
            wanted: (o.bad / o.usual).max(1.001),
            near: NEAR,
            slope: 0.4,
        }
    }

    fn settings(&self, knobs: &[f64]) -> Settings {
        let mut at = Settings {
            spread: knobs[1],
            ..self.from
        };
        if self.by_load {
            at.load = knobs[0];
        } else {
            at.wait = knobs[0];
        }
        let mut rest = knobs[2..].iter();
        if self.organisation.incidents > 0.0 {
            at.defects = rest.next().copied().unwrap_or(at.defects);
        } else {
            at.defects = 1e-5;
        }
        if self.effort {
            at.effort = rest.next().copied().unwrap_or(at.effort);
        }
        at
    }

    fn run(&self, progress: &Progress<'_>, before: usize) -> Result<Fit, Vec<Fault>> {
        let mut made = before;
        let trial = |knobs: &[f64]| {
            let f = self.figures(&self.settings(knobs), progress)?;
            made += 1;
            progress.at(made as u64, (before + TRIALS + 2) as u64);
            let mut all = vec![f.usual, f.bad / f.usual.max(1e-9)];
            if self.organisation.incidents > 0.0 {
                all.push(f.incidents);
            }
            if self.effort {
                all.push(if self.organisation.endless {
                    f.per_week
                } else {
                    f.busy
                });
            }
            Ok(all)
        };
        fit(&self.knobs(), TRIALS, trial)
    }

    fn figures(&self, at: &Settings, progress: &Progress<'_>) -> Result<Figures, Vec<Fault>> {
        let draft = Draft {
            organisation: self.organisation,
            at: *at,
            unknown: Unknown::default(),
            said: self.said,
        };
        let model = Scenario::read(&draft.text())?
            .baseline
            .model(Some(self.warm_up));
        let runs = run(&model, 0, self.years, progress.cancel);
        Ok(Figures::of(&runs, |team| {
            self.organisation.crowded() != Some(self.organisation.teams[team].role)
        }))
    }
}

impl Figures {
    /// Of some years; busy is the busiest of the teams that `counts`.
    pub fn of(runs: &[Replication], counts: impl Fn(usize) -> bool) -> Self {
        let value = |m: Metric| m.influence(runs).map_or(0.0, |i| i.value);
        let time = |p| value(Metric::LeadTime(Statistic::Percentile(p)));
        let teams = runs.first().map_or(0, |r| r.teams.len());
        let sum = |t: usize, k: usize| runs.iter().map(|r| r.teams[t][k]).sum::<f64>();
        let busy = (0..teams)
            .filter(|t| counts(*t))
            .map(|t| sum(t, 2) / sum(t, 3).max(1e-9));
        Self {
            usual: time(0.5),
            bad: time(0.85),
            per_week: value(Metric::Throughput),
            incidents: value(Metric::Incidents),
            busy: busy.fold(0.0, f64::max),
        }
    }
}
