//! Which part of a model is which part of the next: by name, never by index.

use crate::model::{Model, Places, Stage, Team};
use crate::random::Name;

/// For each part of the old model its index in the next one; `None`: it is gone.
#[derive(Debug)]
pub struct Maps {
    pub teams: Vec<Option<usize>>,
    pub stages: Vec<Option<usize>>,
    pub gates: Vec<Option<usize>>,
    pub streams: Vec<Option<usize>>,
    pub sources: Vec<Option<usize>>,
    pub strategies: Vec<Option<usize>>,
    pub environments: Vec<Option<usize>>,
    /// Where work of a stage goes: the stage itself, or the next of its stream that still exists; `None`:
    /// out of the stages.
    pub onward: Vec<Option<usize>>,
    /// Who has the work of a team: itself, or who owns its first stage or gate now.
    pub heirs: Vec<Option<usize>>,
    /// Every old place has a new one: no time is lost.
    pub places: Vec<usize>,
}

fn by_name<T>(old: &[T], new: &[T], name: impl Fn(&T) -> Name) -> Vec<Option<usize>> {
    old.iter()
        .map(|o| new.iter().position(|n| name(n) == name(o)))
        .collect()
}

impl Maps {
    /// From one model to the next.
    pub fn of(old: &Model, new: &Model) -> Self {
        let stages = by_name(&old.stages, &new.stages, |s| s.name);
        let onward = (0..old.stages.len())
            .map(|s| {
                let end = old.streams[old.stages[s].stream].stages.end;
                (s..end).find_map(|k| stages[k])
            })
            .collect();
        let mut maps = Self {
            teams: by_name(&old.teams, &new.teams, |t| t.name),
            gates: by_name(&old.gates, &new.gates, |g| g.name),
            streams: by_name(&old.streams, &new.streams, |s| s.name),
            sources: by_name(&old.sources, &new.sources, |s| s.name),
            // The last one of that id: a strategy that changed keeps its old form before it.
            strategies: old
                .strategies
                .iter()
                .map(|o| new.strategies.iter().position(|n| n == o))
                .collect(),
            environments: old
                .environments
                .iter()
                .map(|o| new.environments.iter().position(|n| n.id == o.id))
                .collect(),
            stages,
            onward,
            heirs: Vec::new(),
            places: Vec::new(),
        };
        maps.heirs = (0..old.teams.len())
            .map(|t| maps.heir(t, old, new))
            .collect();
        maps.places = maps.places(old, new);
        maps
    }

    fn heir(&self, team: usize, old: &Model, new: &Model) -> Option<usize> {
        let of_stage = || {
            let owned = |s: &usize| old.stages[*s].team == team && self.stages[*s].is_some();
            let s = (0..old.stages.len()).find(owned)?;
            Some(new.stages[self.stages[s]?].team)
        };
        let of_gate = || {
            let owned = |g: &usize| reviewer(old, *g) == Some(team);
            let g = (0..old.gates.len()).find(owned)?;
            reviewer(new, self.gates[g]?)
        };
        self.teams[team].or_else(of_stage).or_else(of_gate)
    }

    fn places(&self, old: &Model, new: &Model) -> Vec<usize> {
        let (from, to) = (Places::of(old), Places::of(new));
        let mut places = vec![0; from.count()];
        let stream = |s: usize| self.streams[s].unwrap_or(0);
        let stage = |s: usize| match self.onward[s] {
            Some(s) => to.stage(s),
            None => to.release(stream(old.stages[s].stream)),
        };
        for s in 0..old.stages.len() {
            places[from.stage(s)] = stage(s);
        }
        for (g, gate) in old.gates.iter().enumerate() {
            places[from.gate(g)] = self.gates[g].map_or_else(|| stage(gate.stage), |g| to.gate(g));
        }
        for s in 0..old.streams.len() {
            places[from.backlog(s)] = to.backlog(stream(s));
            places[from.release(s)] = to.release(stream(s));
        }
        places
    }

    /// Whether every index is what it was.
    pub fn changes_nothing(map: &[Option<usize>], n: usize) -> bool {
        map.len() == n && map.iter().enumerate().all(|(i, to)| *to == Some(i))
    }
}

/// The team that reviews at a gate by hand.
pub fn reviewer(model: &Model, gate: usize) -> Option<usize> {
    match model.gates[gate].kind {
        crate::model::GateKind::Manual { team, .. } => Some(team),
        _ => None,
    }
}

/// Nothing about the team differs that its work could feel.
pub fn same_team(a: &Team, b: &Team) -> bool {
    a.people == b.people
        && a.places == b.places
        && a.focus == b.focus
        && a.switching == b.switching
        && a.load == b.load
        && a.calendar == b.calendar
        && a.staffing == b.staffing
}

/// A stage's work is done with the same tools by the same team.
pub fn same_work(old: &Model, a: &Stage, new: &Model, b: &Stage) -> bool {
    old.teams[a.team].name == new.teams[b.team].name
        && a.effort == b.effort
        && a.effort_factor == b.effort_factor
        && a.requests.len() == b.requests.len()
        && a.requests
            .iter()
            .zip(&b.requests)
            .all(|(x, y)| x.name == y.name && x.self_served == y.self_served)
}

/// Names of the teams that a change touches: their people or their work differ, or are new.
pub fn touched(old: &Model, new: &Model) -> Vec<Name> {
    let team_differs = |t: &Team| {
        let before = old.teams.iter().find(|o| o.name == t.name);
        before.is_none_or(|o| !same_team(o, t))
    };
    let mut names: Vec<Name> = new
        .teams
        .iter()
        .filter(|t| team_differs(t))
        .map(|t| t.name)
        .collect();
    for s in &new.stages {
        let before = old.stages.iter().find(|o| o.name == s.name);
        if before.is_none_or(|o| !same_work(old, o, new, s)) {
            names.push(new.teams[s.team].name);
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}
