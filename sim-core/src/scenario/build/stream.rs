//! Value streams and their stages.

use super::super::fault::suggest;
use super::super::study;
use super::super::tables;
use super::route::Ways;
use super::{Builder, dist, ids, per, shown};
use crate::model::{CATEGORIES, Model, Objective, Request, Return, Stage, Stream};
use crate::random::Name;
use crate::time::{HOURS_PER_WEEK, WEEKS_PER_MONTH};

/// Sources that stages, routes and forks can tell apart: each of them keeps a mark for every source.
const MOST_TYPES: usize = 1_000;

/// The stream being built, and what it is among the others.
#[derive(Clone, Copy)]
pub(super) struct Own<'s> {
    /// As written.
    pub study: &'s study::Stream,
    /// Place among the streams.
    pub index: usize,
    /// Place of its first stage in the model.
    pub first: usize,
    /// Place of its first source in the model.
    pub source: usize,
    /// Sources of all streams.
    pub sources: usize,
}

impl Own<'_> {
    /// Place in the model of a stage.
    pub(super) fn stage(&self, id: &str) -> Option<usize> {
        let at = self.study.stages.iter().position(|s| s.id == id);
        at.map(|i| self.first + i)
    }

    pub(super) fn path(&self) -> String {
        format!("streams.{}", self.study.id)
    }

    fn names(&self) -> Vec<&str> {
        ids(&self.study.stages, |s| &s.id)
    }
}

impl Builder<'_> {
    pub(super) fn stream(&mut self, s: &study::Stream, model: &mut Model) {
        let index = model.streams.len();
        let streams = &self.study.streams;
        let own = Own {
            study: s,
            index,
            first: model.stages.len(),
            source: streams.iter().take(index).map(|s| s.demand.len()).sum(),
            sources: streams.iter().map(|s| s.demand.len()).sum(),
        };
        let path = own.path();
        if s.stages.is_empty() {
            self.fault(
                &path,
                "has no stages",
                "give it at least one [[streams.stages]]",
            );
            return;
        }
        let commit = self
            .stage_of(own, &s.commit, &format!("{path}.commit"), false)
            .unwrap_or(own.first);
        for i in 0..s.stages.len() {
            let stage = self.stage(own, i);
            model.stages.push(stage);
        }
        let forks = self.forks(own, &mut model.stages);
        let ways = Ways::new(own, &model.stages, &forks);
        self.routing(own, &ways, commit);
        let remaining = ways.remaining();
        let range = own.first..model.stages.len();
        for (stage, effort) in model.stages[range.clone()].iter_mut().zip(remaining) {
            stage.remaining_effort = effort;
        }
        let mut teams: Vec<usize> = model.stages[range.clone()].iter().map(|s| s.team).collect();
        teams.sort_unstable();
        teams.dedup();
        let release = if s.released {
            self.release(s, model)
        } else {
            None
        };
        let background =
            self.study.production.background_incidents / (WEEKS_PER_MONTH * HOURS_PER_WEEK);
        model.streams.push(Stream {
            id: s.id.clone(),
            label: shown(&s.name, &s.id),
            name: Name::of_text(&s.id),
            stages: range,
            commit_stage: commit,
            limit: s.wip_limit.map(|x| x as u32),
            priority: priority(&model.objectives, model.streams.len()),
            intake: s.intake_limit.map(|x| x as u32),
            forks,
            background_rate: if release.is_some() { background } else { 0.0 },
            release,
            teams_involved: teams.len() as u32,
        });
        self.demand(own, model);
    }

    /// The stage of an id; a fault and `None` if there is none. `done` is `None` where it is allowed.
    pub(super) fn stage_of(
        &mut self,
        own: Own<'_>,
        id: &str,
        path: &str,
        done: bool,
    ) -> Option<usize> {
        if done && id == "done" {
            return None;
        }
        let found = own.stage(id);
        if found.is_none() {
            let mut known = own.names();
            known.extend(done.then_some("done"));
            self.fault(
                path,
                format!("there is no stage `{id}` in this stream"),
                suggest(id, &known),
            );
        }
        found
    }

    /// The sources of some demand ids; empty for all.
    pub(super) fn types(&mut self, own: Own<'_>, types: &[String], path: &str) -> Vec<bool> {
        if types.is_empty() {
            return Vec::new();
        }
        let known = ids(&own.study.demand, |d| &d.id);
        if own.sources > MOST_TYPES {
            self.fault(
                path,
                format!(
                    "work types are told apart among {MOST_TYPES} at most, and the study has {}",
                    own.sources
                ),
                "describe fewer work types",
            );
            return Vec::new();
        }
        let mut sources = vec![false; own.sources];
        for id in types {
            match known.iter().position(|k| k == id) {
                Some(i) => sources[own.source + i] = true,
                None => self.fault(
                    path,
                    format!("there is no demand `{id}` in this stream"),
                    suggest(id, &known),
                ),
            }
        }
        sources
    }

    fn stage(&mut self, own: Own<'_>, i: usize) -> Stage {
        let stage = &own.study.stages[i];
        let at = format!("{}.stages.{}", own.path(), stage.id);
        let team = self.team(&stage.team, &format!("{at}.team"));
        let returns = self.returns(own, stage, &at);
        let routes = self.routes(own, i, &at);
        let requests = stage
            .requests
            .iter()
            .filter_map(|r| self.request(r, &at))
            .collect();
        let effort_factor = self
            .levels()
            .filter_map(|l| l.effort.get(&stage.kind))
            .product::<f64>();
        Stage {
            id: stage.id.clone(),
            label: shown(&stage.name, &stage.id),
            name: Name::of_text(&own.study.id).with(Name::of_text(&stage.id)),
            stream: own.index,
            team,
            effort: dist(&stage.effort),
            effort_factor,
            limit: stage.wip_limit.map(|x| x as u32),
            risks: stage.risks,
            changes: stage.changes,
            sources: self.types(own, &stage.types, &format!("{at}.types")),
            fork: None,
            environment: self.environment(stage, &at),
            returns,
            routes,
            requests,
            defects: per(&stage.defects, &CATEGORIES, [0.0; 5]),
            rework_share: stage.rework_share,
            gates: Vec::new(),
            remaining_effort: 0.0,
        }
    }

    fn returns(&mut self, own: Own<'_>, stage: &study::Stage, at: &str) -> Vec<Return> {
        let path = format!("{at}.returns");
        let returns = stage.returns.iter();
        returns
            .map(|r| Return {
                probability: r.probability,
                to: self.stage_of(own, &r.to, &path, false).unwrap_or(own.first),
                effort_share: r.effort_share,
            })
            .collect()
    }

    fn environment(&mut self, stage: &study::Stage, at: &str) -> Option<usize> {
        let id = stage.environment.as_ref()?;
        let known = ids(&self.study.platform.environments, |e| &e.id);
        let found = known.iter().position(|k| k == id);
        if found.is_none() {
            self.fault(
                &format!("{at}.environment"),
                format!("the platform has no environments `{id}`"),
                suggest(id, &known),
            );
        }
        found
    }

    pub(super) fn request(&mut self, r: &study::Ask, at: &str) -> Option<Request> {
        let path = format!("{at}.requests");
        let known = ids(&self.study.platform.capabilities, |c| &c.id);
        let Some(c) = self
            .study
            .platform
            .capabilities
            .iter()
            .find(|c| c.id == r.capability)
        else {
            let hint = suggest(&r.capability, &known);
            self.fault(
                &path,
                format!("the platform has no capability `{}`", r.capability),
                hint,
            );
            return None;
        };
        let Some(team) = &c.team else {
            self.fault(
                &format!("platform.capabilities.{}", c.id),
                "is asked for by a stage, but no team works its tickets",
                "give it a team",
            );
            return None;
        };
        let team = self.team(team, &format!("platform.capabilities.{}.team", c.id));
        let level = &tables::capability(&c.id)?.levels[c.level as usize];
        Some(Request {
            name: Name::of_text(&c.id),
            probability: r.probability,
            self_served: level.self_served.unwrap_or(0.0),
            team,
            effort: dist(&c.ticket_effort).scaled(level.ticket_effort.unwrap_or(1.0)),
        })
    }
}

/// What the objectives that cover a stream weigh together; 1 where that is less, or none does.
fn priority(objectives: &[Objective], stream: usize) -> f64 {
    let covering = objectives.iter().filter(|o| o.streams.contains(&stream));
    covering.map(|o| o.weight).sum::<f64>().max(1.0)
}
