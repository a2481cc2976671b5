//! A study in normal form becomes a [`Model`]: references resolved, levels applied, everything that can
//! only be judged as a whole judged. All faults at once.

mod demand;
mod forecast;
mod fork;
mod governance;
mod handoff;
mod improvement;
mod pipeline;
mod route;
mod stream;
mod team;

pub use pipeline::known_strategy;

use super::check::distribution;
use super::fault::{Fault, suggest};
use super::node::{Node, entry_names};
use super::quantity::Unit;
use super::study::{Environment, Numbers, Objective as Promise, Study};
use super::tables::{self, CAPABILITIES, Level};
use crate::model::{
    CATEGORIES, Model, Objective, ObjectiveMetric, PerCategory, Pool, Production, QueuePolicy,
    RISKS, Team, Window,
};
use crate::random::{Distribution, Name};
use crate::time::{HOURS_PER_WEEK, Ticks, WEEK, ticks_up};
use handoff::handoff;
use serde_json::Value as Json;

/// Mean hours at full exposure until a defect shows, where the study says nothing: an assumption.
const LATENT_LIFE: PerCategory = [120.0, 240.0, 720.0, 1440.0, 48.0];
/// Injected defects by risk class, where the study says nothing: an assumption.
const RISK_FACTOR: [f64; 3] = [0.5, 1.0, 2.0];
/// How much a defect hurts by category, where the study says nothing: an assumption.
const SEVERITY: PerCategory = [0.3, 0.2, 0.8, 0.4, 0.6];
/// Longest horizon simulated, in weeks: 10 000 years.
const MOST_WEEKS: f64 = 520_000.0;

/// Build the model of a study; `tree` tells where things stand, for faults.
///
/// # Errors
/// Every fault that only shows when parts are seen together.
pub fn build(study: &Study, tree: &Node, warm_up: Option<Ticks>) -> Result<Model, Vec<Fault>> {
    let mut b = Builder {
        study,
        tree,
        faults: Vec::new(),
    };
    let model = b.model(warm_up);
    if b.faults.is_empty() {
        Ok(model)
    } else {
        Err(b.faults)
    }
}

struct Builder<'a> {
    study: &'a Study,
    tree: &'a Node,
    faults: Vec<Fault>,
}

/// Only called on what the check let through; a fault there leaves a value that is never run.
fn dist(json: &Json) -> Distribution {
    distribution(json).unwrap_or(Distribution::Constant(0.0))
}

fn ticks(hours: f64) -> Ticks {
    ticks_up(hours)
}

fn shown<'s>(name: &'s str, id: &'s str) -> String {
    if name.is_empty() {
        id.replace('-', " ")
    } else {
        name.to_owned()
    }
}

fn ids<'s, T>(all: &'s [T], id: impl Fn(&'s T) -> &'s str) -> Vec<&'s str> {
    all.iter().map(id).collect()
}

impl Builder<'_> {
    /// The paths of the entries of a list.
    fn entries(&self, list: &str) -> impl Iterator<Item = String> + use<> {
        let all = self.tree.at(list).map(Node::items).unwrap_or_default();
        let list = list.to_owned();
        let names = entry_names(all).into_iter();
        names.map(move |name| format!("{list}.{name}"))
    }

    fn fault(&mut self, path: &str, message: impl Into<String>, hint: impl Into<String>) {
        // The nearest place on the way to the path that has a line.
        let mut line = None;
        let mut at = path;
        while line.is_none() {
            line = self.tree.at(at).and_then(Node::place);
            match at.rfind('.') {
                Some(cut) => at = &at[..cut],
                None => break,
            }
        }
        let hint: String = hint.into();
        let fault = Fault::new(line, path, message);
        let fault = if hint.is_empty() {
            fault
        } else {
            fault.hint(hint)
        };
        // What several streams share is built once for each of them.
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    fn team(&mut self, id: &str, path: &str) -> usize {
        if let Some(i) = self.study.teams.iter().position(|t| t.id == id) {
            return i;
        }
        let hint = suggest(id, &ids(&self.study.teams, |t| &t.id));
        self.fault(path, format!("there is no team `{id}`"), hint);
        0
    }

    fn level(&self, capability: &str) -> usize {
        self.study
            .platform
            .capabilities
            .iter()
            .find(|c| c.id == capability)
            .map_or(0, |c| c.level as usize)
    }

    fn levels(&self) -> impl Iterator<Item = &'static Level> + '_ {
        CAPABILITIES.iter().map(|c| &c.levels[self.level(&c.id)])
    }

    fn model(&mut self, warm_up: Option<Ticks>) -> Model {
        let study = self.study;
        self.capabilities();
        let teams: Vec<Team> = study.teams.iter().map(|t| self.team_of(t)).collect();
        let strategies = self.strategies();
        let mut model = Model {
            seed: Name::of_seed(study.seed as u64),
            policy: match study.outcome.queue_policy.as_str() {
                "fifo" => QueuePolicy::Fifo,
                "class of service" => QueuePolicy::ClassOfService,
                _ => QueuePolicy::WeightedShortestJobFirst,
            },
            expedite_interrupts: study.outcome.expedite == "interrupts",
            objectives: self.objectives(),
            handoff: handoff(&study.handoffs.all, "", ""),
            handoff_pairs: self.handoff_pairs(),
            teams,
            streams: Vec::new(),
            sources: Vec::new(),
            stages: Vec::new(),
            gates: Vec::new(),
            production: self.production(),
            coaching: self.coaching(),
            environments: self.environments(),
            runners: study
                .pipeline
                .as_ref()
                .and_then(|p| p.runners)
                .map(|n| n as u32),
            strategies,
            improvement: self.improvement(),
            start: None,
            window: self.window(warm_up),
        };
        for s in &study.streams {
            self.stream(s, &mut model);
        }
        self.gates(&mut model);
        model.start = self.start(&model);
        model
    }

    fn window(&mut self, warm_up: Option<Ticks>) -> Window {
        let run = &self.study.run;
        let warm_up = warm_up.unwrap_or_else(|| ticks(run.warm_up.unwrap_or(0.0)));
        if run.weeks + run.drain / HOURS_PER_WEEK > MOST_WEEKS {
            self.fault(
                "run.weeks",
                "the run is longer than 10 000 years",
                "count fewer weeks",
            );
        }
        let horizon = warm_up + ticks(run.weeks * HOURS_PER_WEEK);
        Window {
            warm_up,
            horizon,
            cap: horizon + ticks(run.drain).max(5 * WEEK),
        }
    }

    fn capabilities(&mut self) {
        for c in &self.study.platform.capabilities {
            let path = format!("platform.capabilities.{}", c.id);
            if tables::capability(&c.id).is_none() {
                let hint = suggest(&c.id, &ids(&CAPABILITIES, |c| &c.id));
                self.fault(&path, format!("there is no capability `{}`", c.id), hint);
            }
            if let Some(team) = &c.team {
                self.team(team, &format!("{path}.team"));
            }
        }
    }

    fn objectives(&mut self) -> Vec<Objective> {
        let mut out = Vec::new();
        for o in &self.study.outcome.objectives {
            let path = format!("outcome.objectives.{}.target", o.id);
            let unit = if o.metric == "lead time" {
                Unit::Time
            } else {
                Unit::Plain
            };
            let read = match self.tree.at(&path).map(|n| &n.value) {
                Some(super::node::Value::Number(x)) if unit == Unit::Plain => Ok(*x),
                Some(super::node::Value::Text(t)) => unit.read(t),
                _ => Err(format!("expected {}", unit.example())),
            };
            match read {
                Ok(target) if target >= 0.0 => out.push(Objective {
                    id: o.id.clone(),
                    label: o.name.clone(),
                    streams: self.covered(o),
                    weight: o.weight,
                    metric: match o.metric.as_str() {
                        "lead time" => ObjectiveMetric::LeadTimePercentile(o.percentile / 100.0),
                        "incidents per month" => ObjectiveMetric::IncidentsPerMonth,
                        "impact hours per month" => ObjectiveMetric::ImpactPerMonth,
                        _ => ObjectiveMetric::ThroughputPerWeek,
                    },
                    target,
                }),
                Ok(_) => self.fault(&path, "must not be negative", ""),
                Err(message) => self.fault(&path, message, ""),
            }
        }
        out
    }

    fn covered(&mut self, o: &Promise) -> Vec<usize> {
        let streams = &self.study.streams;
        if o.streams.is_empty() {
            return (0..streams.len()).collect();
        }
        let known = ids(streams, |s| &s.id);
        let mut covered = Vec::new();
        for id in &o.streams {
            match known.iter().position(|k| k == id) {
                Some(i) => covered.push(i),
                None => self.fault(
                    &format!("outcome.objectives.{}.streams", o.id),
                    format!("there is no value stream `{id}`"),
                    suggest(id, &known),
                ),
            }
        }
        covered.sort_unstable();
        covered.dedup();
        covered
    }

    fn environments(&self) -> Vec<Pool> {
        let pool = |e: &Environment| Pool {
            id: e.id.clone(),
            label: shown(&e.name, &e.id),
            count: e.count as u32,
        };
        self.study.platform.environments.iter().map(pool).collect()
    }

    fn production(&mut self) -> Production {
        let p = &self.study.production;
        let life = per(&p.latent_life, &CATEGORIES, LATENT_LIFE);
        let shared = self.coordination_factor();
        if p.critical_from < p.major_from {
            self.fault(
                "production.critical_from",
                format!(
                    "an incident cannot be critical from {} on and major only from {}",
                    p.critical_from, p.major_from
                ),
                "set it to at least production.major_from",
            );
        }
        Production {
            hazard: life.map(|l| 1.0 / l),
            severity: per(&p.severity, &CATEGORIES, SEVERITY),
            severe_from: [p.major_from, p.critical_from],
            detection: p.detection.unwrap_or_else(|| {
                self.levels()
                    .filter_map(|l| l.detection)
                    .next()
                    .unwrap_or(24.0)
            }),
            coordination: p.coordination * shared,
            fix: dist(&p.fix),
            responders: p.responders as u32,
            repair_share: p.repair_share,
            emergency_path: self.study.governance.emergency_path,
            risk_factor: per(&p.risk_factor, &RISKS, RISK_FACTOR),
            bad_fix: p.bad_fix,
        }
    }

    fn coordination_factor(&self) -> f64 {
        self.levels().filter_map(|l| l.coordination).product()
    }
}

fn per<const N: usize>(given: &Numbers, keys: &[&str; N], default: [f64; N]) -> [f64; N] {
    std::array::from_fn(|i| given.get(keys[i]).copied().unwrap_or(default[i]))
}
