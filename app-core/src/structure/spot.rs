//! What a name on the map stands for in the study.

use super::impossible;
use crate::view::Refusal;
use millrace_core::scenario::Study;

/// Something that can be edited, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A stage of a stream.
    Stage(usize, usize),
    /// A gate.
    Gate(usize),
    /// A team.
    Team(usize),
    /// A value stream: where its requests come in.
    Stream(usize),
    /// What follows the stages of a stream.
    Release(usize),
    /// The tickets of a team.
    Tickets(usize),
}

impl Spot {
    /// Find what a name stands for.
    pub fn of(study: &Study, name: &str) -> Result<Self, Refusal> {
        let mut parts = name.split('/');
        let (kind, first, second) = (parts.next(), parts.next(), parts.next());
        let stream = || {
            study
                .streams
                .iter()
                .position(|s| Some(s.id.as_str()) == first)
        };
        let team = || {
            study
                .teams
                .iter()
                .position(|t| Some(t.id.as_str()) == first)
        };
        let found = match kind {
            Some("stage") => stream().and_then(|s| {
                let stages = &study.streams[s].stages;
                let i = stages.iter().position(|x| Some(x.id.as_str()) == second)?;
                Some(Self::Stage(s, i))
            }),
            Some("gate") => {
                let gates = &study.governance.gates;
                let at = gates.iter().position(|g| Some(g.id.as_str()) == first);
                at.map(Self::Gate)
            }
            Some("team") => team().map(Self::Team),
            Some("tickets") => team().map(Self::Tickets),
            Some("demand" | "stream") => stream().map(Self::Stream),
            Some("release" | "deployment" | "production") => stream().map(Self::Release),
            _ => None,
        };
        found.ok_or_else(|| impossible(format!("There is no `{name}` in the shown variant.")))
    }

    /// What the map calls it.
    pub fn name(self, study: &Study) -> String {
        let (name, id) = match self {
            Self::Stage(s, i) => {
                let stage = &study.streams[s].stages[i];
                (&stage.name, &stage.id)
            }
            Self::Gate(g) => {
                let gate = &study.governance.gates[g];
                (&gate.name, &gate.id)
            }
            Self::Team(t) | Self::Tickets(t) => (&study.teams[t].name, &study.teams[t].id),
            Self::Stream(s) | Self::Release(s) => (&study.streams[s].name, &study.streams[s].id),
        };
        if name.is_empty() { id } else { name }.clone()
    }
}

/// The path of a stage.
pub fn stage_path(study: &Study, s: usize, i: usize) -> String {
    let stream = &study.streams[s];
    format!("streams.{}.stages.{}", stream.id, stream.stages[i].id)
}

/// How a gate says that it stands after a stage.
pub fn after(study: &Study, s: usize, id: &str) -> String {
    let others = study.streams.iter().enumerate().filter(|(at, _)| *at != s);
    let elsewhere = others.flat_map(|(_, o)| &o.stages).any(|x| x.id == id);
    if elsewhere {
        format!("{}.{id}", study.streams[s].id)
    } else {
        id.to_owned()
    }
}

/// The stage a gate stands after.
pub fn stands_after(study: &Study, gate: usize) -> Option<(usize, usize)> {
    let after = &study.governance.gates[gate].after;
    study.streams.iter().enumerate().find_map(|(s, stream)| {
        let own = format!("{}.", stream.id);
        let id = after.strip_prefix(&own).unwrap_or(after);
        let at = stream.stages.iter().position(|x| x.id == id)?;
        Some((s, at))
    })
}

/// The gates after a stage, in order.
pub fn gates_after(study: &Study, s: usize, i: usize) -> Vec<usize> {
    (0..study.governance.gates.len())
        .filter(|&g| stands_after(study, g) == Some((s, i)))
        .collect()
}

/// The fork and the part that a stage belongs to.
pub fn part_of(study: &Study, s: usize, i: usize) -> Option<(usize, usize)> {
    let stream = &study.streams[s];
    let id = &stream.stages[i].id;
    stream.forks.iter().enumerate().find_map(|(f, fork)| {
        let part = fork.parts.iter().position(|p| p.stages.contains(id))?;
        Some((f, part))
    })
}

/// An id made of a name that nothing has yet.
pub fn free_id(name: &str, fallback: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let words: String = name.chars().map(plain).collect();
    let words: Vec<&str> = words.split('-').filter(|w| !w.is_empty()).collect();
    let id: String = words.join("-").chars().take(40).collect();
    let id = id.trim_matches('-');
    let base = if id.is_empty() || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        fallback
    } else {
        id
    };
    if !taken(base) {
        return base.to_owned();
    }
    (2..)
        .map(|n| format!("{base}-{n}"))
        .find(|id| !taken(id))
        .unwrap_or_else(|| base.to_owned())
}
