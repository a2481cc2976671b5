//! How near to its limit an organisation runs: the same years with a tenth more requests, and with a tenth
//! less (RULES 5: the same requests come sooner or later).

use super::arm::{Arm, Watch, together};
use super::compare::difference;
use super::metric::{Metric, Statistic, ratio};
use super::summary::{CONFIDENCE, growth, team_summaries, work_grows};
use super::warm_up::find_warm_up_of_settled;
use crate::engine::Replication;
use crate::model::{Arrivals, Model};
use crate::scenario::Variant;
use crate::stats::Estimate;
use crate::time::Ticks;
use serde::Serialize;

/// Requests that come more or less often, as a share of today's.
pub const STEP: f64 = 0.1;

const LEAD_TIME: Metric = Metric::LeadTime(Statistic::Mean);

/// The busiest team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Busiest {
    /// Id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Share of its working time in which its people are at work on something, 0 to 1.
    pub utilisation: Estimate,
    /// It is surely busier than every other team.
    pub sure: bool,
}

/// What other demand does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shifted {
    /// Requests a week over today's.
    pub factor: f64,
    /// Mean hours from request to production, less today's.
    pub lead_time_mean_hours: Option<Estimate>,
    /// Work keeps growing: given longer, lead time would be longer still.
    pub work_grows: bool,
    /// A team is surely asked for more than it can give.
    pub overloaded: bool,
    /// Growth of work in progress, items a week.
    pub wip_growth_per_week: Option<Estimate>,
}

/// How near to its limit a variant runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Load {
    /// Years of each demand.
    pub replications: usize,
    /// Ended before all years were made.
    pub partial: bool,
    /// The busiest team today.
    pub busiest: Busiest,
    /// It does not settle today: work grows, or a team is asked for more than it can give.
    pub overloaded: bool,
    /// Mean hours from request to production today.
    pub lead_time_mean_hours: Estimate,
    /// With more requests.
    pub more: Shifted,
    /// With fewer.
    pub less: Shifted,
    /// Share of years in which more requests make lead time longer and fewer make it shorter.
    pub years: f64,
}

/// Compare demand a tenth higher and a tenth lower with today's, over the same years. Counting starts at
/// `warm_up`, or where the longest of the three that settle needs. `None` where some demand never runs dry,
/// so that there is no more of it, and where nothing can be measured.
#[must_use]
pub fn load(
    variant: &Variant,
    warm_up: Option<Ticks>,
    years: u64,
    watch: Watch<'_>,
) -> Option<Load> {
    let endless = |m: &Model| {
        let mut sources = m.sources.iter();
        sources.any(|s| matches!(s.arrivals, Arrivals::Endless))
    };
    if endless(&variant.model(None)) {
        return None;
    }
    let factors = [1.0, 1.0 + STEP, 1.0 - STEP];
    let models = |warm_up| {
        factors.map(|f| {
            let same = variant.models(warm_up);
            if f == 1.0 {
                same
            } else {
                same.edited(move |m| demand(m, f))
            }
        })
    };
    let warm_up = warm_up.unwrap_or_else(|| {
        let pilots = models(None);
        find_warm_up_of_settled(&pilots.each_ref(), watch.cancel).ticks
    });
    let mut arms = models(Some(warm_up)).map(Arm::of);
    together(&mut arms, years, watch);
    let [today, more, less] = arms.each_ref().map(|arm| &arm.runs[..]);
    let model = variant.model(Some(warm_up));
    let shifted = |factor: f64, runs: &[Replication]| Shifted {
        factor,
        lead_time_mean_hours: difference(LEAD_TIME, today, runs).map(|d| d.estimate),
        work_grows: work_grows(runs),
        overloaded: overloaded(&model, runs),
        wip_growth_per_week: growth(runs),
    };
    Some(Load {
        replications: today.len(),
        partial: (today.len() as u64) < years,
        busiest: busiest(&model, today)?,
        overloaded: work_grows(today) || overloaded(&model, today),
        lead_time_mean_hours: LEAD_TIME.estimate(today, CONFIDENCE)?,
        more: shifted(factors[1], more),
        less: shifted(factors[2], less),
        years: between(today, more, less)?,
    })
}

/// Requests come so many times as often; batches are so many times as large.
fn demand(model: &mut Model, factor: f64) {
    for source in &mut model.sources {
        match &mut source.arrivals {
            Arrivals::Poisson(rate) => *rate *= factor,
            Arrivals::Regular(gap) => *gap /= factor,
            Arrivals::Batches { .. } => source.batch = source.batch.clone().scaled(factor),
            Arrivals::Trace { times, round } => {
                let sooner = |t: Ticks| libm::round(t as f64 / factor) as Ticks;
                *times = times.iter().map(|t| sooner(*t)).collect();
                *round = sooner(*round);
            }
            Arrivals::Endless => {}
        }
    }
}

fn overloaded(model: &Model, runs: &[Replication]) -> bool {
    team_summaries(model, runs).iter().any(|t| t.overloaded)
}

fn busiest(model: &Model, runs: &[Replication]) -> Option<Busiest> {
    let busy = |t: usize| ratio(runs, move |r| (r.teams[t][0], r.teams[t][1]));
    let all: Vec<_> = (0..model.teams.len())
        .filter_map(|t| Some((t, busy(t)?)))
        .collect();
    let (most, first) = all.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let others = all.iter().filter(|(t, _)| t != most);
    let confidence = 1.0 - (1.0 - CONFIDENCE) / (all.len() - 1).max(1) as f64;
    Some(Busiest {
        id: model.teams[*most].id.clone(),
        name: model.teams[*most].label.clone(),
        utilisation: first.estimate(CONFIDENCE),
        sure: others
            .clone()
            .all(|(_, other)| first.minus(other).estimate(confidence).low > 0.0),
    })
}

/// Years in which lead time is longer with more requests and shorter with fewer.
fn between(today: &[Replication], more: &[Replication], less: &[Replication]) -> Option<f64> {
    let [today, more, less] = [today, more, less].map(|runs| LEAD_TIME.years(runs));
    let years = today.iter().zip(&more).zip(&less);
    let told: Vec<bool> = years
        .filter_map(|((t, m), l)| {
            let (t, m, l) = ((*t)?, (*m)?, (*l)?);
            Some(l < t && t < m)
        })
        .collect();
    let holds = told.iter().filter(|holds| **holds).count();
    (!told.is_empty()).then(|| holds as f64 / told.len() as f64)
}
