//! Value streams: demand, stages, and the ways between them.

use super::{PerCategory, Release};
use crate::random::{Distribution, Name};
use crate::time::{DAY, Ticks, hours};
use std::sync::Arc;

/// How demand comes.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// Exponential gaps; rate per hour.
    Poisson(f64),
    /// Equal gaps; hours.
    Regular(f64),
    /// All at once, every sprint or quarter.
    Batches {
        /// Between batches.
        every: Ticks,
        /// The first.
        first: Ticks,
    },
    /// At recorded times, ascending, again and again.
    Trace {
        /// Times since the start of a round.
        times: Arc<[Ticks]>,
        /// Length of a round.
        round: Ticks,
    },
    /// The backlog never empties (RULES 14).
    Endless,
}

/// A work type entering a stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Id in the study.
    pub id: String,
    /// Stable name.
    pub name: Name,
    /// Stream entered.
    pub stream: usize,
    /// Shown name.
    pub label: String,
    /// When.
    pub arrivals: Arrivals,
    /// Requests that come together; a broken number is rounded at random so that its mean holds.
    pub batch: Distribution,
    /// How the rate changes with the day, the season and the years.
    pub rhythm: Option<Rhythm>,
    /// Multiplies effort and defects.
    pub size: Distribution,
    /// Shares of low, medium, high risk, adding up to 1.
    pub risks: [f64; 3],
    /// Shares of change kinds, adding up to 1.
    pub changes: [f64; 4],
    /// Share that is expedite.
    pub expedite_share: f64,
    /// Share with a fixed date, of those that are not expedite.
    pub fixed_date_share: f64,
    /// Elapsed hours from the request to its due date, if it has one.
    pub due: Option<Distribution>,
    /// Elapsed hours after which a request nobody has touched is dropped (RULES 15).
    pub patience: Option<Distribution>,
    /// What estimating a request up front takes (RULES 18).
    pub estimation: Option<Estimation>,
    /// Cost of delay per week.
    pub cost_of_delay: f64,
}

impl Source {
    /// Requests an hour without growth; infinite for an endless backlog.
    #[must_use]
    pub fn per_hour(&self) -> f64 {
        let batches = match &self.arrivals {
            Arrivals::Poisson(rate) => *rate,
            Arrivals::Regular(gap) => 1.0 / gap,
            Arrivals::Batches { every, .. } => 1.0 / hours(*every),
            Arrivals::Trace { times, round } => times.len() as f64 / hours(*round),
            Arrivals::Endless => f64::INFINITY,
        };
        batches * self.batch.mean()
    }
}

/// Estimating every request when it comes, those later refused included.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimation {
    /// Stable name.
    pub name: Name,
    /// Who estimates.
    pub team: usize,
    /// Person-hours.
    pub effort: Distribution,
}

/// How the rate of arrivals goes up and down: constant over each day.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// Factor by day of the week, Monday first, with mean 1.
    pub days: [f64; 7],
    /// Factor by twelfth of the year of 52 weeks, with mean 1.
    pub months: [f64; 12],
    /// Growth a year: 0.1 is a tenth more after 52 weeks, compounding.
    pub growth: f64,
}

impl Rhythm {
    /// Days in the simulated year.
    const YEAR: i64 = 364;

    fn factor(&self, day: i64) -> f64 {
        let month = (day.rem_euclid(Self::YEAR) * 12 / Self::YEAR) as usize;
        let growth = if self.growth == 0.0 {
            1.0
        } else {
            libm::pow(1.0 + self.growth, day as f64 / Self::YEAR as f64)
        };
        self.days[day.rem_euclid(7) as usize] * self.months[month] * growth
    }

    /// The time at which the integral of the factor since `from` reaches `amount` ticks: arrivals are a
    /// time change of those at a constant rate (RULES 5). Within ten thousand days, or never.
    #[must_use]
    pub fn after(&self, from: Ticks, amount: f64) -> Ticks {
        let (mut at, mut left) = (from, amount);
        for _ in 0..10_000 {
            let day = at.div_euclid(DAY);
            let (end, factor) = ((day + 1) * DAY, self.factor(day));
            let gain = factor * (end - at) as f64;
            if gain >= left && factor > 0.0 {
                return at + libm::ceil(left / factor) as Ticks;
            }
            left -= gain;
            at = end;
        }
        crate::time::NEVER
    }
}

/// A value stream: a run of stages and what follows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// First stage, and one past the last.
    pub stages: std::ops::Range<usize>,
    /// Its first completion is the commit (RULES 26).
    pub commit_stage: usize,
    /// Items between first entry and production at most (CONWIP).
    pub limit: Option<u32>,
    /// Weight of the objectives that cover it: moves its items forward under weighted shortest job first.
    pub priority: f64,
    /// Requests that nobody has touched yet, at most: a further one is refused.
    pub intake: Option<u32>,
    /// Where work splits into parts and comes together again.
    pub forks: Vec<Fork>,
    /// How finished changes reach users; `None`: finished is delivered.
    pub release: Option<Release>,
    /// Incidents an hour that no change caused.
    pub background_rate: f64,
    /// Distinct teams that work its stages.
    pub teams_involved: u32,
}

/// An item becomes parts that different teams work on, joined again before a stage (RULES 16).
#[derive(Debug, Clone, PartialEq)]
pub struct Fork {
    /// Id in the study.
    pub id: String,
    /// Stable name.
    pub name: Name,
    /// Sources whose items split; the others pass the stages one after another.
    pub sources: Vec<bool>,
    /// The parts.
    pub parts: Vec<ForkPart>,
    /// Stage after the join; `None`: out of the stages.
    pub join: Option<usize>,
}

/// One part of a fork.
#[derive(Debug, Clone, PartialEq)]
pub struct ForkPart {
    /// Stable name.
    pub name: Name,
    /// Its stages, in order.
    pub stages: Vec<usize>,
    /// Size against the whole item's.
    pub share: Distribution,
}

/// Where an item goes after a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Weight among the routes that apply to the item.
    pub share: f64,
    /// Stage, or `None`: out of the stages.
    pub to: Option<usize>,
    /// Risk classes it is for.
    pub risks: [bool; 3],
    /// Sources it is for, by index; empty: all.
    pub sources: Vec<bool>,
}

/// A rework loop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Return {
    /// Probability on each completion.
    pub probability: f64,
    /// Stage gone back to.
    pub to: usize,
    /// Share of that stage's effort needed again.
    pub effort_share: f64,
}

/// What a stage asks of the platform.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Stable name.
    pub name: Name,
    /// Probability on each visit.
    pub probability: f64,
    /// Share of requests served at once.
    pub self_served: f64,
    /// Team that works the tickets.
    pub team: usize,
    /// Person-hours of a ticket.
    pub effort: Distribution,
}

/// Work by one team on the way of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// Its stream.
    pub stream: usize,
    /// Who works it.
    pub team: usize,
    /// Person-hours for an item of size 1.
    pub effort: Distribution,
    /// Multiplies effort: what the platform takes off.
    pub effort_factor: f64,
    /// Items in the stage at most (RULES 12).
    pub limit: Option<u32>,
    /// Risk classes it applies to.
    pub risks: [bool; 3],
    /// Change kinds it applies to.
    pub changes: [bool; 4],
    /// Sources it applies to, by index; empty: all.
    pub sources: Vec<bool>,
    /// Index of the fork of its stream that begins here.
    pub fork: Option<usize>,
    /// Index of the pool of environments that an item holds while it is worked on here.
    pub environment: Option<usize>,
    /// Rework loops, tried in order.
    pub returns: Vec<Return>,
    /// Where items go next.
    pub routes: Vec<Route>,
    /// Platform requests.
    pub requests: Vec<Request>,
    /// Mean defects injected per item of size 1.
    pub defects: PerCategory,
    /// Effort share when a gate sends an item back here.
    pub rework_share: f64,
    /// Gates after it, in order.
    pub gates: Vec<usize>,
    /// Expected effort from here to the end, for weighted shortest job first.
    pub remaining_effort: f64,
}
