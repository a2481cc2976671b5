//! Levels of the baseline, the same in every view.
//!
//! A view makes fewer years than the workbench's settled run. A level of the baseline is told from its longest
//! run; one of a what-if as that level plus the difference that both have over the years made of both. Under
//! the same luck, most of what those years had of it falls out of the difference, so that the control is
//! known more exactly, and what a view prints of both adds up. Differences and verdicts stay what the years
//! of both say.

use super::Ground;
use millrace_core::engine::Replication;
use millrace_core::experiment::compare::{Difference, Differences};
use millrace_core::experiment::trace::{Figure, Trace};
use millrace_core::experiment::{Cancel, Figures, Metric, Statistic, Summary, objectives_met};
use millrace_core::model::Model;
use millrace_core::stats::Estimate;
use millrace_core::time::Ticks;

/// No level but a share has an upper end.
const ANY: f64 = f64::INFINITY;

impl Ground {
    /// What the baseline's longest run says, where there are more than `years` of it under conditions that
    /// say the same as a run counted from `warm_up` on.
    pub(super) fn longest<T>(
        &self,
        warm_up: Ticks,
        years: usize,
        of: impl FnOnce(&[Replication]) -> T,
    ) -> Option<T> {
        let memory = self.memory.lock();
        let memory = memory.unwrap_or_else(std::sync::PoisonError::into_inner);
        let runs = memory.longest(warm_up);
        (runs.len() > years).then(|| of(runs))
    }
}

/// A level, where that of the baseline is `own` over the same years and `best` over the most there are; as wide
/// as over its own years, and within 0 and `most`.
fn moved(
    level: Option<Estimate>,
    own: Option<Estimate>,
    best: Option<Estimate>,
    most: f64,
) -> Option<Estimate> {
    let Some((own, best)) = own.zip(best) else {
        return level;
    };
    let at = |x: f64| (best.value + (x - own.value)).clamp(0.0, most);
    level.map(|e| Estimate {
        value: at(e.value),
        low: at(e.low),
        high: at(e.high),
    })
}

/// As wide as both intervals together, which no sum of the two exceeds.
fn widened(level: &mut Option<Estimate>, best: Option<Estimate>, by: &Option<Difference>) {
    if let (Some(e), Some(best), Some(by)) = (level, best, by) {
        let half = best.half_width() + by.estimate.half_width();
        (e.low, e.high) = ((e.value - half).max(0.0), e.value + half);
    }
}

/// The levels of a summary that are printed of what-ifs, with the most each can be.
fn levels(s: &mut Summary) -> Vec<(&mut Option<Estimate>, f64)> {
    let mut all = vec![
        (&mut s.lead_time_hours.mean, ANY),
        (&mut s.lead_time_hours.p50, ANY),
        (&mut s.lead_time_hours.p85, ANY),
        (&mut s.lead_time_hours.p95, ANY),
        (&mut s.change_lead_time_hours.mean, ANY),
        (&mut s.change_lead_time_hours.p50, ANY),
        (&mut s.recovery_hours.mean, ANY),
        (&mut s.recovery_hours.p50, ANY),
        (&mut s.throughput_per_week, ANY),
        (&mut s.deployments_per_week, ANY),
        (&mut s.change_failure_rate, 1.0),
        (&mut s.deployment_rework_rate, 1.0),
        (&mut s.incidents_per_month, ANY),
        (&mut s.incidents_per_100_changes, ANY),
        (&mut s.impact_hours_per_month, ANY),
        (&mut s.refused_per_week, ANY),
        (&mut s.abandoned_per_week, ANY),
        (&mut s.due_met, 1.0),
        (&mut s.cost_of_delay_per_week, ANY),
    ];
    all.extend(s.objectives.iter_mut().map(|o| (&mut o.met, 1.0)));
    all
}

/// A what-if's summary, where the baseline's is `own` over the same years and `best` over the most there are.
#[must_use]
pub fn summary(after: Summary, own: &Summary, best: &Summary, by: &Differences) -> Summary {
    let (mut after, mut own, mut best) = (after, own.clone(), best.clone());
    let ids = |s: &Summary| -> Vec<String> { s.objectives.iter().map(|o| o.id.clone()).collect() };
    if ids(&after) != ids(&own) {
        own.objectives.clear();
    }
    let baseline = levels(&mut own).into_iter().zip(levels(&mut best));
    for ((level, most), ((own, _), (best, _))) in levels(&mut after).into_iter().zip(baseline) {
        *level = moved(*level, *own, *best, most);
    }
    let (times, known) = (&by.lead_time_hours, &best.lead_time_hours);
    let told = &mut after.lead_time_hours;
    for (level, best, by) in [
        (&mut told.mean, known.mean, &times.mean),
        (&mut told.p50, known.p50, &times.p50),
        (&mut told.p85, known.p85, &times.p85),
        (&mut told.p95, known.p95, &times.p95),
        (
            &mut after.incidents_per_month,
            best.incidents_per_month,
            &by.incidents_per_month,
        ),
    ] {
        widened(level, best, by);
    }
    after
}

/// The baseline's few figures and its promises by some years, and by the most there are.
pub struct Anchor {
    own: (Figures, Vec<Estimate>),
    best: (Figures, Vec<Estimate>),
}

impl Anchor {
    /// Of the baseline's first so many years; `own` if they are at hand. `None` where there are no more.
    pub fn of(
        ground: &Ground,
        warm_up: Ticks,
        years: usize,
        own: Option<(Figures, Vec<Estimate>)>,
        cancel: &Cancel,
    ) -> Option<Self> {
        let told = |runs: &[Replication]| (Figures::of(runs), objectives_met(runs));
        let best = ground.longest(warm_up, years, told)?;
        let own = own.unwrap_or_else(|| told(&ground.baseline(warm_up, years as u64, cancel)));
        Some(Self { own, best })
    }

    /// The same for what is changed on top of another variant, of which these are the figures.
    pub fn from(&self, figures: &Figures) -> Self {
        let nothing = Vec::new;
        Self {
            own: (figures.clone(), nothing()),
            best: (self.figures(figures), nothing()),
        }
    }

    /// Figures over the same years.
    pub fn figures(&self, of: &Figures) -> Figures {
        let (own, best) = (&self.own.0, &self.best.0);
        let level = |f: fn(&Figures) -> Option<Estimate>| moved(f(of), f(own), f(best), ANY);
        Figures {
            lead_time_p85_hours: level(|f| f.lead_time_p85_hours),
            incidents_per_month: level(|f| f.incidents_per_month),
            incidents_per_100_changes: level(|f| f.incidents_per_100_changes),
            throughput_per_week: level(|f| f.throughput_per_week),
            ..of.clone()
        }
    }

    /// Shares of years that keep each promise, over the same years.
    pub fn promises(&self, met: &[Estimate]) -> Vec<Estimate> {
        let both = self.own.1.iter().zip(&self.best.1);
        let known = |(e, (own, best)): (&Estimate, (&Estimate, &Estimate))| {
            moved(Some(*e), Some(*own), Some(*best), 1.0).unwrap_or(*e)
        };
        if self.own.1.len() == met.len() {
            met.iter().zip(both).map(known).collect()
        } else {
            met.to_vec()
        }
    }
}

/// A trace whose levels are those of the longest run: of the baseline all that it says of the organisation as
/// it is, of a what-if the levels, with its accounts in their proportions.
pub fn traced(
    ground: &Ground,
    model: &Model,
    (warm_up, years): (Ticks, u64),
    trace: Trace,
    cancel: &Cancel,
) -> Trace {
    if ground.shown.is_none() {
        let known = |runs: &[Replication]| trace.clone().as_it_is_in(model, runs);
        return ground
            .longest(warm_up, years as usize, known)
            .unwrap_or(trace);
    }
    let levels = |runs: &[Replication]| Figure::ALL.map(|f| metric(f).estimate(runs, 0.95));
    let Some(best) = ground.longest(warm_up, years as usize, levels) else {
        return trace;
    };
    let own = levels(&ground.baseline(warm_up, years, cancel));
    let was = trace.baseline.clone();
    let mut trace = trace;
    for ((figure, own), best) in Figure::ALL.into_iter().zip(own).zip(best) {
        let level = moved(was.of(figure), own, best, ANY);
        match figure {
            Figure::LeadTime => trace.baseline.lead_time_mean_hours = level,
            Figure::Incidents => trace.baseline.incidents_per_month = level,
            Figure::Impact => trace.baseline.impact_hours_per_month = level,
        }
    }
    let of = |e: Option<Estimate>| e.map_or(0.0, |e| e.value);
    let by = of(trace.baseline.lead_time_mean_hours) / of(was.lead_time_mean_hours).max(1e-9);
    trace.accounts.iter_mut().for_each(|a| a.hours *= by);
    for s in &mut trace.suspects {
        s.accounted_hours = s.accounted_hours.map(|h| h * by);
    }
    trace
}

fn metric(figure: Figure) -> Metric {
    match figure {
        Figure::LeadTime => Metric::LeadTime(Statistic::Mean),
        Figure::Incidents => Metric::Incidents,
        Figure::Impact => Metric::ImpactHours,
    }
}
