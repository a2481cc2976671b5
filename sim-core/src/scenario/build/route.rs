//! Where items go: routes for some of them, ways through forks, ways out, and the effort that is left.

use super::Builder;
use super::stream::Own;
use crate::model::{Fork, RISKS, Route, Stage};

impl Builder<'_> {
    pub(super) fn routes(&mut self, own: Own<'_>, i: usize, at: &str) -> Vec<Route> {
        let Some(next) = &own.study.stages[i].next else {
            return vec![Route {
                share: 1.0,
                to: (i + 1 < own.study.stages.len()).then_some(own.first + i + 1),
                risks: [true; 3],
                sources: Vec::new(),
            }];
        };
        let path = format!("{at}.next");
        next.iter()
            .map(|n| Route {
                share: n.share,
                to: self.stage_of(own, &n.to, &path, true),
                risks: n.risks,
                sources: self.types(own, &n.types, &path),
            })
            .collect()
    }

    /// The shares of every stage add up to 1 for everything that comes there, and it gets out.
    pub(super) fn routing(&mut self, own: Own<'_>, ways: &Ways<'_>, commit: usize) {
        let narrow = ways.stages.iter().any(|s| s.routes.iter().any(is_narrow));
        let mut all = ways.work();
        if !narrow {
            all.truncate(1);
        }
        if all.len() * ways.stages.len() > MOST_CHECKED {
            self.fault(
                &own.path(),
                format!(
                    "its routes tell {} kinds of work apart in {} stages: too many to check",
                    all.len(),
                    ways.stages.len()
                ),
                "describe fewer work types",
            );
            return;
        }
        for work in all {
            // With the same routes for all, stages that nothing reaches are judged too.
            let (reached, whose) = if narrow {
                (ways.reached(work, commit - own.first), ways.named(work))
            } else {
                (vec![true; ways.stages.len()], String::new())
            };
            let here: Vec<usize> = (0..reached.len()).filter(|&i| reached[i]).collect();
            let mut sound = true;
            for &i in &here {
                sound &= self.shares(own, &ways.stages[i], work, &whose);
            }
            // Work without a route is named already, and where it would end tells nothing.
            let out = ways.out(work);
            for i in here.into_iter().filter(|&i| sound && !out[i]) {
                self.fault(
                    &format!("{}.stages.{}", own.path(), ways.stages[i].id),
                    format!("work{whose} that comes here never leaves: its routes form a cycle without an exit"),
                    "give one of the stages on the cycle a route to `done` or to a later stage",
                );
            }
        }
    }

    /// The shares for this work add up to 1; a fault if they do not.
    fn shares(&mut self, own: Own<'_>, stage: &Stage, work: Work, whose: &str) -> bool {
        let applying = stage.routes.iter().filter(|r| work.takes(r));
        let sum = applying.fold(0.0, |sum, r| sum + r.share);
        let fine = (sum - 1.0).abs() <= 1e-9;
        if !fine {
            let path = format!("{}.stages.{}.next", own.path(), stage.id);
            let hint = if whose.is_empty() {
                ""
            } else {
                "give it a route, or other shares: those for what applies to it must add up to 1"
            };
            self.fault(
                &path,
                format!("the shares{whose} add up to {sum} and not to 1"),
                hint,
            );
        }
        fine
    }
}

/// Kinds of work times stages that are checked at most: a moment's work.
const MOST_CHECKED: usize = 10_000_000;

fn is_narrow(route: &Route) -> bool {
    route.risks != [true; 3] || !route.sources.is_empty()
}

/// A source and a risk class: what routes tell apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    source: usize,
    risk: usize,
}

impl Work {
    fn among(self, sources: &[bool]) -> bool {
        sources.is_empty() || sources.get(self.source) == Some(&true)
    }

    fn takes(self, route: &Route) -> bool {
        route.risks[self.risk] && self.among(&route.sources)
    }
}

/// The ways through one stream; stages are counted from its first.
pub(super) struct Ways<'a> {
    own: Own<'a>,
    stages: &'a [Stage],
    forks: &'a [Fork],
    /// Fork, part and place in it of each stage.
    parts: Vec<Option<(usize, usize, usize)>>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(own: Own<'a>, stages: &'a [Stage], forks: &'a [Fork]) -> Self {
        let stages = &stages[own.first..];
        let mut parts = vec![None; stages.len()];
        for (f, fork) in forks.iter().enumerate() {
            for (p, part) in fork.parts.iter().enumerate() {
                for (place, &stage) in part.stages.iter().enumerate() {
                    parts[stage - own.first] = Some((f, p, place));
                }
            }
        }
        Self {
            own,
            stages,
            forks,
            parts,
        }
    }

    /// What can come. With no demand at all, some work that no route is for in particular.
    fn work(&self) -> Vec<Work> {
        let demand = self.own.study.demand.iter().enumerate();
        let all: Vec<Work> = demand
            .flat_map(|(i, d)| {
                let source = self.own.source + i;
                (0..RISKS.len())
                    .filter(|&risk| d.risk[risk] > 0.0)
                    .map(move |risk| Work { source, risk })
            })
            .collect();
        if all.is_empty() {
            return vec![Work {
                source: usize::MAX,
                risk: 1,
            }];
        }
        all
    }

    /// " of low-risk `feature`".
    fn named(&self, work: Work) -> String {
        let demand = &self.own.study.demand;
        let source = demand.get(work.source.wrapping_sub(self.own.source));
        source.map_or(String::new(), |d| {
            format!(" of {}-risk `{}`", RISKS[work.risk], d.id)
        })
    }

    /// Where work goes from a stage, without what comes back; `None`: out.
    fn onward(&self, i: usize, work: Work) -> Vec<Option<usize>> {
        let near = |to: Option<usize>| to.map(|t| t - self.own.first);
        if let Some((f, p, place)) = self.parts[i]
            && work.among(&self.forks[f].sources)
        {
            let next = self.forks[f].parts[p].stages.get(place + 1).copied();
            return vec![near(next.or(self.forks[f].join))];
        }
        let routes = self.stages[i].routes.iter();
        routes
            .filter(|r| r.share > 0.0 && work.takes(r))
            .map(|r| near(r.to))
            .collect()
    }

    /// What follows when an item comes to a stage: all parts where it splits.
    fn entered(&self, i: usize, work: Work) -> Vec<usize> {
        let fork = self.stages[i].fork.map(|f| &self.forks[f]);
        match fork.filter(|f| work.among(&f.sources)) {
            Some(f) => f
                .parts
                .iter()
                .map(|p| p.stages[0] - self.own.first)
                .collect(),
            None => vec![i],
        }
    }

    /// The stages that work comes to; repairs begin at the commit stage.
    fn reached(&self, work: Work, commit: usize) -> Vec<bool> {
        let mut reached = vec![false; self.stages.len()];
        let mut open = vec![0, commit];
        while let Some(i) = open.pop() {
            for i in self.entered(i, work) {
                if !std::mem::replace(&mut reached[i], true) {
                    open.extend(self.onward(i, work).into_iter().flatten());
                    open.extend(self.stages[i].returns.iter().map(|r| r.to - self.own.first));
                }
            }
        }
        reached
    }

    /// The stages from which there is a way out.
    fn out(&self, work: Work) -> Vec<bool> {
        let mut from: Vec<Vec<usize>> = vec![Vec::new(); self.stages.len()];
        let mut open = Vec::new();
        for i in 0..self.stages.len() {
            for to in self.onward(i, work) {
                match to {
                    Some(to) => from[to].push(i),
                    None => open.push(i),
                }
            }
        }
        let mut out = vec![false; self.stages.len()];
        while let Some(i) = open.pop() {
            if !std::mem::replace(&mut out[i], true) {
                open.extend(&from[i]);
            }
        }
        out
    }

    /// Expected effort from each stage to the end in order, for an item of size 1; in a fork's stages for a
    /// part of size 1, with what the whole item needs after the join.
    pub(super) fn remaining(&self) -> Vec<f64> {
        let mut remaining = vec![0.0; self.stages.len() + 1];
        for i in (0..self.stages.len()).rev() {
            remaining[i] = match self.parts[i] {
                Some((f, p, place)) => {
                    let part = &self.forks[f].parts[p];
                    let join = self.joined(f, &remaining);
                    match part.share.mean() {
                        share if share > 0.0 => self.effort(&part.stages[place..]) + join / share,
                        _ => self.effort(&part.stages[place..]),
                    }
                }
                None => self.effort(&[self.own.first + i]) + self.ahead(i + 1, &remaining),
            };
        }
        remaining.pop();
        remaining
    }

    fn effort(&self, stages: &[usize]) -> f64 {
        let stages = stages.iter().map(|s| &self.stages[s - self.own.first]);
        stages.map(|s| s.effort.mean() * s.effort_factor).sum()
    }

    fn joined(&self, fork: usize, remaining: &[f64]) -> f64 {
        let join = self.forks[fork].join;
        join.map_or(0.0, |j| self.ahead(j - self.own.first, remaining))
    }

    /// What is left before a stage is entered: all parts and what follows them, where an item splits there.
    fn ahead(&self, i: usize, remaining: &[f64]) -> f64 {
        let Some(fork) = self.stages.get(i).and_then(|s| s.fork) else {
            return remaining[i];
        };
        let parts = self.forks[fork].parts.iter();
        parts
            .map(|p| p.share.mean() * self.effort(&p.stages))
            .sum::<f64>()
            + self.joined(fork, remaining)
    }
}
