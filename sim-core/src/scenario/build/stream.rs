//! Value streams: stages, ways and demand.

use super::super::fault::suggest;
use super::super::study;
use super::super::tables;
use super::{Builder, dist, ids, per, shown};
use crate::model::{Arrivals, CATEGORIES, Model, Request, Return, Route, Source, Stage, Stream};
use crate::random::{Distribution, Name};
use crate::time::{HOURS_PER_WEEK, WEEKS_PER_MONTH};

impl Builder<'_> {
    pub(super) fn stream(&mut self, s: &study::Stream, model: &mut Model) {
        let path = format!("streams.{}", s.id);
        let first = model.stages.len();
        let stream = model.streams.len();
        if s.stages.is_empty() {
            self.fault(
                &path,
                "has no stages",
                "give it at least one [[streams.stages]]",
            );
            return;
        }
        let names = ids(&s.stages, |x| &x.id);
        let find = |id: &str| names.iter().position(|n| *n == id).map(|i| first + i);
        let commit = find(&s.commit).unwrap_or_else(|| {
            let hint = suggest(&s.commit, &names);
            self.fault(
                &format!("{path}.commit"),
                format!("there is no stage `{}` in this stream", s.commit),
                hint,
            );
            first
        });
        for (i, stage) in s.stages.iter().enumerate() {
            let at = format!("{path}.stages.{}", stage.id);
            let team = self.team(&stage.team, &format!("{at}.team"));
            let target = |b: &mut Self, to: &str, at: String| {
                find(to).unwrap_or_else(|| {
                    b.fault(
                        &at,
                        format!("there is no stage `{to}` in this stream"),
                        suggest(to, &names),
                    );
                    first
                })
            };
            let returns = stage
                .returns
                .iter()
                .map(|r| Return {
                    probability: r.probability,
                    to: target(self, &r.to, format!("{at}.returns")),
                    effort_share: r.effort_share,
                })
                .collect();
            let routes = self.routes(
                stage,
                &at,
                (i + 1 < s.stages.len()).then_some(first + i + 1),
                &find,
                &names,
            );
            let requests = stage
                .requests
                .iter()
                .filter_map(|r| self.request(r, &at))
                .collect();
            let effort_factor = self
                .levels()
                .filter_map(|l| l.effort.get(&stage.kind))
                .product::<f64>();
            model.stages.push(Stage {
                id: stage.id.clone(),
                label: shown(&stage.name, &stage.id),
                name: Name::of_text(&s.id).with(Name::of_text(&stage.id)),
                stream,
                team,
                effort: dist(&stage.effort),
                effort_factor,
                limit: stage.wip_limit.map(|x| x as u32),
                risks: stage.risks,
                changes: stage.changes,
                sources: Vec::new(),
                fork: None,
                environment: None,
                returns,
                routes,
                requests,
                defects: per(&stage.defects, &CATEGORIES, [0.0; 5]),
                rework_share: stage.rework_share,
                gates: Vec::new(),
                remaining_effort: 0.0,
            });
        }
        let range = first..model.stages.len();
        let mut remaining = 0.0;
        for i in range.clone().rev() {
            remaining += model.stages[i].effort.mean() * model.stages[i].effort_factor;
            model.stages[i].remaining_effort = remaining;
        }
        self.exits(s, &model.stages[range.clone()], first);
        let mut teams: Vec<usize> = model.stages[range.clone()].iter().map(|s| s.team).collect();
        teams.sort_unstable();
        teams.dedup();
        let release = if s.released {
            self.release(&s.id, model)
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
            intake: None,
            forks: Vec::new(),
            background_rate: if release.is_some() { background } else { 0.0 },
            release,
            teams_involved: teams.len() as u32,
        });
        self.demand(s, stream, model);
    }

    pub(super) fn demand(&mut self, s: &study::Stream, stream: usize, model: &mut Model) {
        for d in &s.demand {
            let path = format!("streams.{}.demand.{}", s.id, d.id);
            let rate = d.per_week / HOURS_PER_WEEK;
            let arrivals = match d.arrives.as_str() {
                "endless" => Arrivals::Endless,
                "regular" if rate > 0.0 => Arrivals::Regular(1.0 / rate),
                _ => Arrivals::Poisson(rate),
            };
            let limited =
                s.wip_limit.is_some() || s.stages.first().is_some_and(|s| s.wip_limit.is_some());
            if matches!(arrivals, Arrivals::Endless) && !limited {
                self.fault(
                    &path,
                    "an endless backlog needs a limit that says when the next item is pulled",
                    format!("give streams.{} or its first stage a wip_limit", s.id),
                );
            }
            model.sources.push(Source {
                id: d.id.clone(),
                name: Name::of_text(&s.id).with(Name::of_text(&d.id)).nth(1),
                label: shown(&d.name, &d.id),
                stream,
                arrivals,
                batch: Distribution::Constant(1.0),
                rhythm: None,
                fixed_date_share: 0.0,
                due: None,
                patience: None,
                estimation: None,
                size: dist(&d.size),
                risks: d.risk,
                changes: d.change,
                expedite_share: d.expedite,
                cost_of_delay: d.cost_of_delay,
            });
        }
    }

    pub(super) fn routes(
        &mut self,
        stage: &study::Stage,
        at: &str,
        following: Option<usize>,
        find: &impl Fn(&str) -> Option<usize>,
        names: &[&str],
    ) -> Vec<Route> {
        let Some(next) = &stage.next else {
            return vec![Route {
                share: 1.0,
                to: following,
                risks: [true; 3],
                sources: Vec::new(),
            }];
        };
        let sum: f64 = next.iter().map(|n| n.share).sum();
        if (sum - 1.0).abs() > 1e-9 {
            self.fault(
                &format!("{at}.next"),
                format!("the shares add up to {sum} and not to 1"),
                "",
            );
        }
        next.iter()
            .map(|n| {
                let to = if n.to == "done" {
                    None
                } else {
                    let to = find(&n.to);
                    if to.is_none() {
                        let mut known = names.to_vec();
                        known.push("done");
                        self.fault(
                            &format!("{at}.next"),
                            format!("there is no stage `{}` in this stream", n.to),
                            suggest(&n.to, &known),
                        );
                    }
                    to
                };
                Route {
                    share: n.share,
                    to,
                    risks: [true; 3],
                    sources: Vec::new(),
                }
            })
            .collect()
    }

    /// From every stage there must be a way out.
    pub(super) fn exits(&mut self, s: &study::Stream, stages: &[Stage], first: usize) {
        let mut out: Vec<bool> = vec![false; stages.len()];
        loop {
            let mut grew = false;
            for (i, stage) in stages.iter().enumerate() {
                let leads = stage.routes.iter().any(|r| {
                    r.share > 0.0
                        && r.to
                            .is_none_or(|t| out.get(t - first).copied().unwrap_or(true))
                });
                if leads && !out[i] {
                    out[i] = true;
                    grew = true;
                }
            }
            if !grew {
                break;
            }
        }
        for (stage, _) in s.stages.iter().zip(&out).filter(|(_, out)| !**out) {
            self.fault(
                &format!("streams.{}.stages.{}", s.id, stage.id),
                "work that comes here never leaves: its routes form a cycle without an exit",
                "give one of the stages on the cycle a route to `done` or to a later stage",
            );
        }
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
