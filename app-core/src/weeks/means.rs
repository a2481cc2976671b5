//! Means over the recorded years, week by week, of everything that a model has.

use super::{Case, mean};
use millrace_core::engine::{Replication, Weekly};
use millrace_core::model::Model;

/// A variant's weeks from time 0 on. Of each kind, the value of the k-th of n things in week w is at w·n + k.
pub(super) struct Means<'a> {
    case: Case<'a>,
    weeks: usize,
    stages: Vec<f64>,
    gates: Vec<f64>,
    to_begin: Vec<f64>,
    to_release: Vec<f64>,
    rolling: Vec<f64>,
    tickets: Vec<f64>,
    arrived: Vec<f64>,
    delivered: Vec<f64>,
    incidents: Vec<f64>,
}

impl<'a> Means<'a> {
    pub fn of(case: Case<'a>) -> Self {
        let recorded = case
            .runs
            .iter()
            .take_while(|r| !r.weekly.arrived.is_empty());
        let runs: Vec<&Replication> = recorded.collect();
        let weeks = runs.iter().map(|r| r.weekly.arrived.len()).min();
        let weeks = weeks.unwrap_or(0);
        let of = |n: usize, rows: fn(&Weekly) -> &[f32]| means(&runs, weeks * n, rows);
        let Model {
            stages,
            gates,
            streams,
            teams,
            ..
        } = case.model;
        Self {
            case,
            weeks,
            stages: of(stages.len(), |w| &w.stages),
            gates: of(gates.len(), |w| &w.gates),
            to_begin: of(streams.len(), |w| &w.to_begin),
            to_release: of(streams.len(), |w| &w.to_release),
            rolling: of(streams.len(), |w| &w.rolling),
            tickets: of(teams.len(), |w| &w.tickets),
            arrived: of(streams.len(), |w| &w.stream_arrived),
            delivered: of(streams.len(), |w| &w.stream_delivered),
            incidents: of(streams.len(), |w| &w.stream_incidents),
        }
    }

    pub fn name(&self) -> &str {
        self.case.name
    }

    /// The weeks that count, of all; none if there are none.
    pub fn counted(&self, mut weeks: Vec<f64>) -> Option<Vec<f64>> {
        let from = self.case.summary.warm_up_weeks as usize;
        (from < weeks.len()).then(|| weeks.split_off(from))
    }

    fn column(&self, rows: &[f64], n: usize, k: usize) -> Vec<f64> {
        (0..self.weeks).map(|week| rows[week * n + k]).collect()
    }

    fn stage(&self, stream: &str, stage: &str) -> Option<usize> {
        let model = self.case.model;
        let stages = &mut model.stages.iter();
        stages.position(|s| s.id == stage && model.streams[s.stream].id == stream)
    }

    /// Items in a stage that are not at a gate of it.
    pub fn in_stage(&self, stream: &str, stage: &str) -> Option<Vec<f64>> {
        let (model, at) = (self.case.model, self.stage(stream, stage)?);
        let mut weeks = self.column(&self.stages, model.stages.len(), at);
        for gate in &model.stages[at].gates {
            let there = self.column(&self.gates, model.gates.len(), *gate);
            weeks.iter_mut().zip(there).for_each(|(all, x)| *all -= x);
        }
        Some(weeks)
    }

    /// Items at the gates of a stage in an average counted week, if it has any.
    pub fn at_gates_of(&self, stream: &str, stage: &str) -> Option<f64> {
        let model = self.case.model;
        let gates = &model.stages[self.stage(stream, stage)?].gates;
        let of = |gate: &usize| {
            let weeks = self.counted(self.column(&self.gates, model.gates.len(), *gate))?;
            Some(mean(&weeks))
        };
        (!gates.is_empty()).then(|| gates.iter().filter_map(of).sum())
    }

    pub fn at_gate(&self, gate: &str) -> Option<Vec<f64>> {
        let gates = &self.case.model.gates;
        let at = gates.iter().position(|g| g.id == gate)?;
        Some(self.column(&self.gates, gates.len(), at))
    }

    /// Percent of a team's working hours.
    pub fn at_work(&self, team: &str) -> Option<Vec<f64>> {
        let all = &self.case.summary.weekly.utilisation;
        let named = all.iter().find(|t| t.id == team)?;
        Some(named.series.value.iter().map(|x| 100.0 * x).collect())
    }

    pub fn tickets(&self, team: &str) -> Option<Vec<f64>> {
        let teams = &self.case.model.teams;
        let at = teams.iter().position(|t| t.id == team)?;
        Some(self.column(&self.tickets, teams.len(), at))
    }

    fn of_stream(&self, rows: &[f64], stream: &str) -> Option<Vec<f64>> {
        let streams = &self.case.model.streams;
        let at = streams.iter().position(|s| s.id == stream)?;
        Some(self.column(rows, streams.len(), at))
    }

    pub fn to_begin(&self, stream: &str) -> Option<Vec<f64>> {
        self.of_stream(&self.to_begin, stream)
    }

    pub fn to_release(&self, stream: &str) -> Option<Vec<f64>> {
        self.of_stream(&self.to_release, stream)
    }

    pub fn rolling(&self, stream: &str) -> Option<Vec<f64>> {
        self.of_stream(&self.rolling, stream)
    }

    pub fn arrived(&self, stream: &str) -> Option<Vec<f64>> {
        self.of_stream(&self.arrived, stream)
    }

    pub fn delivered(&self, stream: &str) -> Option<Vec<f64>> {
        self.of_stream(&self.delivered, stream)
    }

    pub fn incidents(&self, stream: &str) -> Option<Vec<f64>> {
        self.of_stream(&self.incidents, stream)
    }
}

/// Means of the first so many values of some rows.
fn means(runs: &[&Replication], values: usize, rows: fn(&Weekly) -> &[f32]) -> Vec<f64> {
    let mut sums = vec![0.0; values];
    for run in runs {
        for (sum, x) in sums.iter_mut().zip(rows(&run.weekly)) {
            *sum += f64::from(*x);
        }
    }
    let n = runs.len().max(1) as f64;
    sums.iter_mut().for_each(|sum| *sum /= n);
    sums
}
