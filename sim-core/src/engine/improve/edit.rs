//! What an improvement changes, by name: it holds on whatever model comes later.

use crate::model::detector::Detector;
use crate::model::{GateKind, Handoff, Model, Strategy};
use crate::random::{Distribution, Name};

/// Hours of a gate's run once it is automated: an assumption.
const AUTOMATED_RUN: f64 = 0.25;

/// One change of the model.
#[derive(Debug, Clone)]
pub enum Edit {
    /// A gate's strictness moves by so much, between its bounds or where it is already.
    Strictness { gate: Name, by: f64, bound: f64 },
    /// A capability is raised.
    Level { id: String, to: u32 },
    /// A stage's limit falls by one.
    Limit { stage: Name, least: u32 },
    /// All stages inject this share of the defects they did.
    Defects { share: f64 },
    /// A review by hand becomes a run that finds the same.
    Automate { gate: Name },
    /// What was released by one strategy is released by another.
    Strategy { from: String, to: Strategy },
    /// The handoff between two teams becomes another.
    Handoff {
        from: Name,
        to: Name,
        becomes: Handoff,
    },
    /// An objective counts so many times as much.
    Weight { objective: String, factor: f64 },
}

impl Edit {
    /// Change a model; what it does not have is passed over.
    pub fn apply(&self, model: &mut Model) {
        match self {
            Self::Strictness { gate, by, bound } => {
                for g in model.gates.iter_mut().filter(|g| g.name == *gate) {
                    let (d, s) = (g.detector.discrimination, g.detector.strictness);
                    let to = moved(s, *by, *bound);
                    g.detector = Detector::new(d, to);
                }
            }
            // The model was built with it.
            Self::Level { .. } => {}
            Self::Limit { stage, least } => {
                for s in model.stages.iter_mut().filter(|s| s.name == *stage) {
                    s.limit = s.limit.map(|l| (l - 1).max(*least).min(l));
                }
            }
            Self::Defects { share } => {
                for s in &mut model.stages {
                    s.defects = s.defects.map(|d| d * share);
                }
            }
            Self::Automate { gate } => {
                for g in model.gates.iter_mut().filter(|g| g.name == *gate) {
                    if matches!(g.kind, GateKind::Manual { .. }) {
                        g.kind = GateKind::Automated(Distribution::Constant(AUTOMATED_RUN));
                    }
                }
            }
            Self::Strategy { from, to } => change_strategy(model, from, to),
            Self::Handoff { from, to, becomes } => change_handoff(model, *from, *to, becomes),
            Self::Weight { objective, factor } => {
                for o in model.objectives.iter_mut().filter(|o| o.id == *objective) {
                    o.weight *= factor;
                    for &s in &o.streams {
                        model.streams[s].priority *= factor;
                    }
                }
            }
        }
    }

    /// Id of what it changes.
    pub fn what(&self, model: &Model) -> String {
        let team = |name: &Name| {
            let t = model.teams.iter().find(|t| t.name == *name);
            t.map_or(String::new(), |t| t.id.clone())
        };
        match self {
            Self::Strictness { gate, .. } | Self::Automate { gate } => {
                let g = model.gates.iter().find(|g| g.name == *gate);
                g.map_or(String::new(), |g| g.id.clone())
            }
            Self::Level { id, .. } => id.clone(),
            Self::Limit { stage, .. } => {
                let s = model.stages.iter().find(|s| s.name == *stage);
                s.map_or(String::new(), |s| {
                    format!("{}.{}", model.streams[s.stream].id, s.id)
                })
            }
            Self::Defects { .. } => "defects".into(),
            Self::Strategy { from, .. } => from.clone(),
            Self::Handoff { from, to, .. } => format!("{} to {}", team(from), team(to)),
            Self::Weight { objective, .. } => objective.clone(),
        }
    }

    /// The value it changes, as a model has it.
    pub fn value(&self, model: &Model) -> String {
        let gate = |name: &Name| model.gates.iter().find(|g| g.name == *name);
        match self {
            Self::Strictness { gate: name, .. } => {
                gate(name).map_or(String::new(), |g| format!("{:.3}", g.detector.strictness))
            }
            Self::Automate { gate: name } => match gate(name).map(|g| &g.kind) {
                Some(GateKind::Automated(_)) => "automated".into(),
                Some(GateKind::Manual { .. }) => "manual".into(),
                Some(GateKind::Board { .. }) => "board".into(),
                None => String::new(),
            },
            Self::Level { id, .. } => {
                let all = model.improvement.iter().flat_map(|i| &i.capabilities);
                let level = all.filter(|c| c.id == *id).map(|c| c.level).next();
                level.map_or(String::new(), |l| l.to_string())
            }
            Self::Limit { stage, .. } => {
                let s = model.stages.iter().find(|s| s.name == *stage);
                s.and_then(|s| s.limit)
                    .map_or("none".into(), |l| l.to_string())
            }
            Self::Defects { .. } => {
                let all: f64 = model.stages.iter().flat_map(|s| s.defects).sum();
                format!("{all:.4}")
            }
            Self::Strategy { from, to } => {
                if uses(model, from) {
                    from.clone()
                } else {
                    to.id.clone()
                }
            }
            Self::Handoff { from, to, .. } => {
                format!(
                    "{:.2} hours",
                    handoff(model, *from, *to).map_or(0.0, |h| h.delay.mean())
                )
            }
            Self::Weight { objective, .. } => {
                let o = model.objectives.iter().find(|o| o.id == *objective);
                o.map_or(String::new(), |o| format!("{:.3}", o.weight))
            }
        }
    }
}

/// A value moved towards a bound, never past it, and never back if it is past it already.
pub fn moved(from: f64, by: f64, bound: f64) -> f64 {
    if by < 0.0 {
        (from + by).max(bound).min(from)
    } else {
        (from + by).min(bound).max(from)
    }
}

/// The handoff between two teams.
pub fn handoff(model: &Model, from: Name, to: Name) -> Option<&Handoff> {
    let team = |name| model.teams.iter().position(|t| t.name == name);
    Some(model.handoff(team(from)?, team(to)?))
}

/// Whether some release goes by a strategy.
pub fn uses(model: &Model, strategy: &str) -> bool {
    let releases = model.streams.iter().filter_map(|s| s.release.as_ref());
    let mut used = releases.flat_map(|r| r.strategy);
    used.any(|s| model.strategies[s].id == strategy)
}

fn change_strategy(model: &mut Model, from: &str, to: &Strategy) {
    let at = model
        .strategies
        .iter()
        .position(|s| s == to)
        .unwrap_or_else(|| {
            model.strategies.push(to.clone());
            model.strategies.len() - 1
        });
    let ids: Vec<bool> = model.strategies.iter().map(|s| s.id == from).collect();
    for release in model.streams.iter_mut().filter_map(|s| s.release.as_mut()) {
        for s in release.strategy.iter_mut().filter(|s| ids[**s]) {
            *s = at;
        }
    }
}

fn change_handoff(model: &mut Model, from: Name, to: Name, becomes: &Handoff) {
    let team = |name| model.teams.iter().position(|t| t.name == name);
    let (Some(from), Some(to)) = (team(from), team(to)) else {
        return;
    };
    let pairs = &mut model.handoff_pairs;
    match pairs.binary_search_by_key(&(from, to), |p| p.0) {
        Ok(at) => pairs[at].1 = becomes.clone(),
        Err(at) => pairs.insert(at, ((from, to), becomes.clone())),
    }
}
