//! Who is asked for more than they can give, where the intake is saturated, and how it is said (RULES 37).

use super::{CONFIDENCE, Summary};
use crate::engine::Replication;
use crate::experiment::metric::ratio;
use crate::model::{Arrivals, Model, Stream, Team};
use crate::stats::Estimate;
use crate::time::HOURS_PER_WEEK;
use serde::Serialize;

/// Demand above this share is overload: jobs queued just before the window closes weigh in short windows.
const SURELY_TOO_MUCH: f64 = 1.01;
/// A team this busy holds a stream's throughput at its capacity while the intake refuses.
const SATURATED: f64 = 0.97;
/// Losses below this share of the requests go unsaid.
const FEW: f64 = 0.001;

/// A team's year.
#[derive(Debug, Clone, Serialize)]
pub struct TeamSummary {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Share of its working time in which its people are at work on something, 0 to 1.
    pub utilisation: Option<Estimate>,
    /// Effort asked for over the effort it can give: above 1 its queue grows.
    pub demand: Option<Estimate>,
    /// Effort asked for beyond what it can give, person-hours a week: by so much grows what waits for it.
    /// Below 0 it has so much to spare.
    pub excess_hours_per_week: Option<Estimate>,
    /// It is surely asked for more than it can give.
    pub overloaded: bool,
}

pub fn teams(model: &Model, runs: &[Replication]) -> Vec<TeamSummary> {
    let grows = backlog_grows(runs);
    let of =
        |f: &dyn Fn(&Replication) -> (f64, f64)| ratio(runs, f).map(|i| i.estimate(CONFIDENCE));
    let team = |(i, t): (usize, &Team)| {
        let demand = of(&|r| (r.teams[i][2], r.teams[i][3]));
        // Switching between as many items as it may hold costs effort it could give with fewer: then only
        // a backlog that grows shows that it holds so many.
        let at_best = undistracted(t) / t.capacity();
        let low = demand.map_or(0.0, |d| d.low);
        TeamSummary {
            id: t.id.clone(),
            name: t.label.clone(),
            utilisation: of(&|r| (r.teams[i][0], r.teams[i][1])),
            demand,
            excess_hours_per_week: of(&|r| {
                let weeks = r.window_hours / HOURS_PER_WEEK;
                (r.teams[i][2] - r.teams[i][3], weeks)
            }),
            overloaded: low > SURELY_TOO_MUCH * at_best || (low > SURELY_TOO_MUCH && grows),
        }
    };
    model.teams.iter().enumerate().map(team).collect()
}

/// Person-hours in a working hour with one item a person.
fn undistracted(team: &Team) -> f64 {
    f64::from(team.people) * team.focus * team.staffing.presence()
}

/// More effort is asked for than is spent, in all teams together and surely.
fn backlog_grows(runs: &[Replication]) -> bool {
    let left = |r: &Replication| {
        let asked: f64 = r.teams.iter().map(|t| t[2]).sum();
        (asked - r.spent.iter().sum::<f64>(), asked)
    };
    let share = ratio(runs, left).map(|i| i.estimate(CONFIDENCE));
    share.is_some_and(|e| e.low > SURELY_TOO_MUCH - 1.0)
}

/// Ids of the streams that always have more work than they can take in, so that their throughput is what
/// they can do.
pub(super) fn saturated(model: &Model, runs: &[Replication], teams: &[TeamSummary]) -> Vec<String> {
    let sum = |f: fn(&Replication) -> f64| runs.iter().map(f).sum::<f64>();
    let (refused, delivered) = (sum(|r| r.refused), sum(|r| r.delivered));
    let refuses = refused > 0.01 * (refused + delivered);
    let busy = |s: &Stream| {
        let mut stages = model.stages[s.stages.clone()].iter();
        stages.any(|stage| {
            let demand = teams[stage.team].demand;
            demand.is_some_and(|d| d.value >= SATURATED)
        })
    };
    let endless = |at: usize| {
        let mut sources = model.sources.iter();
        sources.any(|s| s.stream == at && matches!(s.arrivals, Arrivals::Endless))
    };
    let streams = model.streams.iter().enumerate();
    streams
        .filter(|(i, s)| endless(*i) || (refuses && s.intake.is_some() && busy(s)))
        .map(|(_, s)| s.id.clone())
        .collect()
}

impl Summary {
    /// What the reader must know before believing any figure, overload first.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        if self.cut_off {
            return vec![
                "Some years were cut off: they held more work, or took more steps, than can be simulated. No figure of this variant can be trusted."
                    .to_owned(),
            ];
        }
        let mut out = self.overload();
        out.extend(self.capacity());
        out.extend(self.losses());
        if self.unfinished_share > 0.001 {
            out.push(format!(
                "{:.1}% of the requests were still unfinished at the end; their times count as at least that long.",
                self.unfinished_share * 100.0
            ));
        }
        out
    }

    /// Work in progress that grows, and teams asked for more than they can give.
    fn overload(&self) -> Vec<String> {
        let (mut out, mut named) = (Vec::new(), None);
        if self.work_grows {
            let growth = self.wip_growth_per_week.map_or(0.0, |g| g.value);
            let teams = self.teams.iter();
            let worst = teams
                .filter_map(|t| t.demand.map(|d| (d.value, t)))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let grows = if growth < 0.05 {
                "too much work in progress comes to no end".to_owned()
            } else {
                format!("work in progress grows by {growth:.1} changes a week")
            };
            out.push(match worst {
                Some((demand, t)) if demand > SATURATED => {
                    named = Some(&t.id);
                    format!(
                        "{} is asked for {:.0}% of its time: {grows}.",
                        t.name,
                        demand * 100.0
                    )
                }
                _ => format!("This does not settle: {grows}."),
            });
        }
        for t in self
            .teams
            .iter()
            .filter(|t| t.overloaded && named != Some(&t.id))
        {
            out.push(format!(
                "{} is asked for {:.0}% of its time: what waits for it grows by {:.1} person-hours a week.",
                t.name,
                t.demand.map_or(0.0, |d| d.value) * 100.0,
                t.excess_hours_per_week.map_or(0.0, |e| e.value)
            ));
        }
        out
    }

    /// Throughput that is the true capacity.
    fn capacity(&self) -> Vec<String> {
        let streams = self.streams.iter();
        streams
            .filter(|s| self.saturated.contains(&s.id))
            .map(|s| {
                format!(
                    "{} always has more work than it takes in: the {:.1} changes a week it delivers are its true capacity.",
                    s.name,
                    s.throughput_per_week.map_or(0.0, |t| t.value)
                )
            })
            .collect()
    }

    /// Requests that never arrive, beside every figure that leaves them out.
    fn losses(&self) -> Option<String> {
        let value = |e: Option<Estimate>| e.map_or(0.0, |e| e.value);
        let (refused, given_up) = (value(self.refused_per_week), value(self.abandoned_per_week));
        let all = value(self.throughput_per_week) + refused + given_up;
        let lost = |x: f64| x > FEW * all;
        let what = match (lost(refused), lost(given_up)) {
            (false, false) => return None,
            (true, false) => format!("{refused:.1} requests a week are refused"),
            (false, true) => format!("{given_up:.1} requests a week are given up"),
            (true, true) => {
                format!("{refused:.1} requests a week are refused and {given_up:.1} given up")
            }
        };
        Some(format!("{what}: all times and costs are of the others."))
    }
}
