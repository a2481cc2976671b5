//! A study held against records: those it was made from, or later ones.
//!
//! Both sides count lead time the same way, from entering the start to done, elapsed. Records know days only,
//! so theirs are differences of dates, in the mean the time that passed; a board that counts both end days
//! shows one more.

use std::fmt;

use millrace_core::experiment::{Cancel, Summary, find_warm_up, run, summarise};
use millrace_core::scenario::{Fault, Scenario};
use millrace_core::stats::Estimate;
use millrace_core::time::WEEK;
use serde::Serialize;

use super::board::Board;
use super::search::stays;
use crate::records::measures::percentile;

/// The shares of tickets that are compared.
pub const SHARES: [f64; 3] = [0.5, 0.85, 0.95];
const HOURS_PER_DAY: f64 = 24.0;

/// How a simulated board stands against the recorded one. Times in days.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Against {
    /// Start and end of lead time.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// Recorded tickets compared.
    pub n: usize,
    /// One for each of [`SHARES`].
    pub lead: Vec<Percentile>,
    /// Mean lead time, recorded and simulated.
    pub mean: (f64, f64),
    /// Tickets done a week, recorded and simulated.
    pub per_week: (f64, f64),
    /// The columns where someone works.
    pub columns: Vec<InColumn>,
    /// Weeks until the simulated board has settled; none if it has not within the pilot.
    pub warm_up_weeks: Option<f64>,
    /// Work in progress keeps growing.
    pub overloaded: bool,
}

/// One percentile on both sides.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Percentile {
    /// Share of tickets within it.
    pub share: f64,
    /// Of the records.
    pub recorded: f64,
    /// Its 95% interval by order statistics: so little do the records say.
    pub interval: (f64, f64),
    /// Of the simulation.
    pub simulated: f64,
    /// Share of the recorded tickets that took at most the simulated time.
    pub inside: f64,
}

/// A column on both sides, mean days.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InColumn {
    /// Its name.
    pub name: String,
    /// The queue before it.
    pub queue: Option<String>,
    /// In the column, recorded and simulated: calibrated to be equal.
    pub stayed: (f64, f64),
    /// In the queue before it, recorded and simulated: a prediction.
    pub waited: Option<(f64, f64)>,
    /// Effort asked of the team over what it can give.
    pub demand: f64,
}

/// Holds a study against the board that it was made from.
///
/// # Errors
/// If the study has faults.
pub fn against(board: &Board, study: &str) -> Result<Against, Vec<Fault>> {
    let (summary, warm_up) = simulated(study)?;
    let recorded = board.lead_days();
    let stays = stays(board, study)?;
    let weeks = f64::from(board.span.1.since(board.span.0).max(1)) / 7.0;
    let columns = board
        .columns
        .iter()
        .zip(stays)
        .map(|(column, stay)| InColumn {
            name: column.name.clone(),
            queue: column.queue.clone(),
            stayed: (
                column.stayed,
                if column.queue.is_some() {
                    stay.works
                } else {
                    stay.waits + stay.works
                },
            ),
            waited: column.waited.map(|w| (w, stay.waits)),
            demand: stay.demand,
        })
        .collect();
    Ok(Against {
        from: board.start.clone(),
        to: board.done.clone(),
        n: recorded.len(),
        lead: percentiles(&summary, &recorded),
        mean: (
            recorded.iter().sum::<f64>() / recorded.len() as f64,
            days(summary.lead_time_hours.mean),
        ),
        per_week: (
            recorded.len() as f64 / weeks,
            summary.throughput_per_week.map_or(f64::NAN, |t| t.value),
        ),
        columns,
        warm_up_weeks: warm_up,
        overloaded: summary.overloaded,
    })
}

/// What a study predicts for tickets that it has not seen: their lead times in days, ascending.
///
/// # Errors
/// If the study has faults.
pub fn predicted(study: &str, later: &[f64]) -> Result<Vec<Percentile>, Vec<Fault>> {
    Ok(percentiles(&simulated(study)?.0, later))
}

fn simulated(study: &str) -> Result<(Summary, Option<f64>), Vec<Fault>> {
    let scenario = Scenario::read(study)?;
    let cancel = Cancel::default();
    let found = find_warm_up(&[&scenario.baseline.model(None)], &cancel);
    let model = scenario.baseline.model(Some(found.ticks));
    let runs = run(
        &model,
        0,
        scenario.baseline.study.run.replications as u64,
        &cancel,
    );
    let warm_up = (!found.unsettled).then_some(found.ticks as f64 / WEEK as f64);
    Ok((summarise("baseline", "", &model, &runs), warm_up))
}

fn days(hours: Option<Estimate>) -> f64 {
    hours.map_or(f64::NAN, |e| e.value / HOURS_PER_DAY)
}

fn percentiles(summary: &Summary, recorded: &[f64]) -> Vec<Percentile> {
    let times = &summary.lead_time_hours;
    SHARES
        .into_iter()
        .zip([times.p50, times.p85, times.p95])
        .map(|(share, simulated)| {
            let simulated = days(simulated);
            let inside = recorded.iter().filter(|d| **d <= simulated).count();
            Percentile {
                share,
                recorded: percentile(recorded, share).unwrap_or(f64::NAN),
                interval: interval(recorded, share),
                simulated,
                inside: inside as f64 / recorded.len().max(1) as f64,
            }
        })
        .collect()
}

/// The 95% interval of a percentile: the values whose ranks are 1.96 binomial standard deviations away; without
/// end where there is no value of that rank.
fn interval(ascending: &[f64], share: f64) -> (f64, f64) {
    let n = ascending.len() as f64;
    let spread = 1.96 * libm::sqrt(n * share * (1.0 - share));
    let at = |rank: f64| {
        ascending
            .get(rank.max(1.0) as usize - 1)
            .copied()
            .unwrap_or(f64::INFINITY)
    };
    (
        at(libm::floor(n * share - spread)),
        at(libm::ceil(n * share + spread)),
    )
}

/// A Markdown table of percentiles.
pub fn table(lead: &[Percentile]) -> String {
    let mut out = String::from(
        "| tickets within | recorded, days | its 95% interval | simulated, days | recorded tickets within the simulated time |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for p in lead {
        out += &format!(
            "| {:.0}% | {:.1} | {:.0} {} | {:.1} | {:.0}% |\n",
            100.0 * p.share,
            p.recorded,
            p.interval.0,
            upper(p.interval.1),
            p.simulated,
            100.0 * p.inside
        );
    }
    out
}

fn upper(end: f64) -> String {
    if end.is_finite() {
        format!("to {end:.0}")
    } else {
        "and more".into()
    }
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Against {
            from,
            to,
            n,
            mean,
            per_week,
            ..
        } = self;
        writeln!(f, "{from} to {to}, {n} tickets:\n\n{}", table(&self.lead))?;
        writeln!(f, "| | recorded | simulated |\n|---|---:|---:|")?;
        writeln!(
            f,
            "| mean lead time, days | {:.1} | {:.1} |",
            mean.0, mean.1
        )?;
        writeln!(f, "| done a week | {:.1} | {:.1} |", per_week.0, per_week.1)?;
        for column in &self.columns {
            let InColumn { name, stayed, .. } = column;
            if let (Some(queue), Some((recorded, simulated))) = (&column.queue, column.waited) {
                writeln!(
                    f,
                    "| mean wait in {queue}, days (predicted) | {recorded:.1} | {simulated:.1} |"
                )?;
            }
            writeln!(
                f,
                "| mean time in {name}, days (calibrated) | {:.1} | {:.1} |",
                stayed.0, stayed.1
            )?;
        }
        Ok(())
    }
}
