//! A study in normal form becomes a [`Model`]: references resolved, levels applied, everything that can
//! only be judged as a whole judged. All faults at once.

#[path = "build_improvement.rs"]
mod improvement;

use super::check::distribution;
use super::fault::{Fault, suggest};
use super::format::DAYS;
use super::node::Node;
use super::quantity::Unit;
use super::study::{Interaction, Numbers, StrategyRow, Study};
use super::tables::{self, CAPABILITIES, Level, MODES, STRATEGIES, UNDO};
use crate::model::detector::Detector;
use crate::model::{
    Arrivals, CATEGORIES, Calendar, ExposureStep, Gate, GateKind, Handoff, Load, Model, Objective,
    ObjectiveMetric, PerCategory, PipelineStep, Production, QueuePolicy, RISKS, Release,
    ReleasePolicy, ReleaseTask, Request, Return, Route, Rush, Source, Staffing, Stage, Strategy,
    Stream, Team, WayBack, Window,
};
use crate::random::{Distribution, Name};
use crate::time::{HOUR, HOURS_PER_WEEK, Ticks, WEEK, WEEKS_PER_MONTH, ticks_up};
use serde_json::Value as Json;

/// Mean hours at full exposure until a defect shows, where the study says nothing: an assumption.
const LATENT_LIFE: PerCategory = [120.0, 240.0, 720.0, 1440.0, 48.0];
/// Injected defects by risk class, where the study says nothing: an assumption.
const RISK_FACTOR: [f64; 3] = [0.5, 1.0, 2.0];
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
        self.faults.push(if hint.is_empty() {
            fault
        } else {
            fault.hint(hint)
        });
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
            handoff: handoff(&study.handoffs.all),
            handoff_pairs: self.handoff_pairs(),
            teams,
            streams: Vec::new(),
            sources: Vec::new(),
            stages: Vec::new(),
            gates: Vec::new(),
            production: self.production(),
            coaching: Vec::new(),
            environments: Vec::new(),
            runners: None,
            strategies,
            improvement: self.improvement(),
            window: self.window(warm_up),
        };
        for s in &study.streams {
            self.stream(s, &mut model);
        }
        self.gates(&mut model);
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

    fn team_of(&mut self, t: &super::study::Team) -> Team {
        let people = t.people as u32;
        let places = libm::floor(t.people * t.items_per_person).clamp(1.0, 1e9) as u32;
        Team {
            id: t.id.clone(),
            label: shown(&t.name, &t.id),
            name: Name::of_text(&t.id),
            people,
            places,
            focus: t.focus,
            switching: t.switching_cost,
            load: Load::NONE,
            calendar: self.calendar(t),
            staffing: Staffing::steady(),
        }
    }

    fn calendar(&mut self, t: &super::study::Team) -> Calendar {
        match t.calendar.as_str() {
            "" => return Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 0.0),
            "always" => return Calendar::always(),
            _ => {}
        }
        let Some(c) = self.study.calendars.iter().find(|c| c.id == t.calendar) else {
            let mut known = ids(&self.study.calendars, |c| &c.id);
            known.push("always");
            let hint = suggest(&t.calendar, &known);
            self.fault(
                &format!("teams.{}.calendar", t.id),
                format!("there is no calendar `{}`", t.calendar),
                hint,
            );
            return Calendar::always();
        };
        let days: Vec<u8> = (0..DAYS.len() as u8)
            .filter(|&d| c.days[usize::from(d)])
            .collect();
        if days.is_empty() || c.to <= c.from || c.to - c.from > 24.0 {
            self.fault(
                &format!("calendars.{}", c.id),
                "leaves no working time, or more than 24 hours a day",
                "give at least one day, and a `to` later than `from`",
            );
            return Calendar::always();
        }
        Calendar::weekly(&days, c.from, c.to, c.utc_offset)
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
                    streams: (0..self.study.streams.len()).collect(),
                    weight: 1.0,
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

    fn handoff_pairs(&mut self) -> Vec<((usize, usize), Handoff)> {
        let study = self.study;
        let mut all: Vec<((usize, usize), Handoff)> = Vec::new();
        for (i, p) in study.handoffs.pairs.iter().enumerate() {
            let path = format!("handoffs.pairs.{i}");
            let pair = (self.team(&p.from, &path), self.team(&p.to, &path));
            if all.iter().any(|(other, _)| *other == pair) {
                let message = format!("the handoff from `{}` to `{}` is given twice", p.from, p.to);
                self.fault(&path, message, "");
            }
            all.push((pair, handoff(&p.how)));
        }
        all.sort_by_key(|p| p.0);
        all
    }

    fn production(&mut self) -> Production {
        let p = &self.study.production;
        let life = per(&p.latent_life, &CATEGORIES, LATENT_LIFE);
        let shared = self.coordination_factor();
        Production {
            hazard: life.map(|l| 1.0 / l),
            severity: [1.0; 5],
            severe_from: [0.1, 0.5],
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

    fn rows(&self) -> impl Iterator<Item = &StrategyRow> {
        self.study
            .pipeline
            .iter()
            .flat_map(|p| p.strategies.iter())
            .chain(STRATEGIES.iter())
    }

    /// The strategies in use, refused where the platform cannot carry them.
    fn strategies(&mut self) -> Vec<Strategy> {
        let Some(pipeline) = &self.study.pipeline else {
            return Vec::new();
        };
        let mut used: Vec<(&str, String)> = vec![(&pipeline.strategy, "pipeline.strategy".into())];
        for (i, rule) in pipeline.strategy_rules.iter().enumerate() {
            if !used.iter().any(|u| u.0 == rule.strategy) {
                used.push((
                    &rule.strategy,
                    format!("pipeline.strategy_rules.{i}.strategy"),
                ));
            }
        }
        used.into_iter()
            .map(|(id, path)| self.strategy(id, &path))
            .collect()
    }

    /// The strategies that the platform can carry, as they are listed: the riskiest first.
    fn supported_strategies(&mut self) -> Vec<Strategy> {
        let carried = |row: &&StrategyRow| {
            let mut needs = row.requires.iter();
            needs.all(|(capability, level)| self.level(capability) >= *level as usize)
        };
        let ids: Vec<String> = (self.rows().filter(carried))
            .map(|row| row.id.clone())
            .collect();
        ids.iter()
            .map(|id| self.strategy(id, "pipeline.strategies"))
            .collect()
    }

    fn strategy(&mut self, id: &str, path: &str) -> Strategy {
        let none = Strategy {
            id: id.to_owned(),
            label: id.to_owned(),
            steps: vec![ExposureStep {
                share: 1.0,
                bake: 0,
            }],
            way_back: WayBack::None,
            downtime: 0.0,
            self_check: None,
        };
        let Some(row) = self.rows().find(|r| r.id == id).cloned() else {
            let known: Vec<String> = self.rows().map(|r| r.id.clone()).collect();
            let hint = suggest(id, &known.iter().map(String::as_str).collect::<Vec<_>>());
            self.fault(
                path,
                format!("there is no deployment strategy `{id}`"),
                hint,
            );
            return none;
        };
        for (capability, wanted) in &row.requires {
            let (wanted, has) = (*wanted as usize, self.level(capability));
            if has < wanted {
                self.fault(
                    path,
                    format!(
                        "`{id}` needs {capability} at level {wanted} ({}); this platform has level {has} ({})",
                        tables::level_name(capability, wanted),
                        tables::level_name(capability, has),
                    ),
                    format!("set platform.capabilities.{capability}.level to {wanted}, or choose another strategy"),
                );
            }
        }
        if row.steps.last().is_none_or(|s| s.share < 1.0) {
            self.fault(
                path,
                format!("the last step of `{id}` must reach everyone"),
                "give it share = 1.0",
            );
            return none;
        }
        let undo = match self.study.pipeline.as_ref().map(|p| p.undo.as_str()) {
            Some("by strategy") | None => row.undo.as_str(),
            Some(other) => other,
        };
        let back = UNDO.iter().find(|u| u.id == undo);
        Strategy {
            steps: row
                .steps
                .iter()
                .map(|s| ExposureStep {
                    share: s.share,
                    bake: ticks(s.bake),
                })
                .collect(),
            way_back: match back.map(|u| (u.time.as_ref().map(dist), u.people as u32)) {
                Some((Some(time), 0)) => WayBack::Automatic(time),
                Some((Some(time), people)) => WayBack::ByHand { time, people },
                _ => WayBack::None,
            },
            downtime: row.downtime,
            self_check: row.self_check,
            ..none
        }
    }

    fn stream(&mut self, s: &super::study::Stream, model: &mut Model) {
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
            priority: 1.0,
            intake: None,
            forks: Vec::new(),
            background_rate: if release.is_some() { background } else { 0.0 },
            release,
            teams_involved: teams.len() as u32,
        });
        self.demand(s, stream, model);
    }

    fn demand(&mut self, s: &super::study::Stream, stream: usize, model: &mut Model) {
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

    fn routes(
        &mut self,
        stage: &super::study::Stage,
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
    fn exits(&mut self, s: &super::study::Stream, stages: &[Stage], first: usize) {
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

    fn request(&mut self, r: &super::study::Ask, at: &str) -> Option<Request> {
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

    fn release(&mut self, stream: &str, model: &Model) -> Option<Release> {
        let p = self.study.pipeline.as_ref()?;
        let name = Name::of_text(stream).with(Name::of_text("release"));
        let faster: f64 = self.levels().filter_map(|l| l.pipeline).product();
        let steps = p
            .steps
            .iter()
            .map(|s| PipelineStep {
                name: Name::of_text(&s.id),
                duration: dist(&s.duration).scaled(faster),
                flaky: s.flaky,
            })
            .collect();
        if p.cut_off > p.every {
            self.fault(
                "pipeline.cut_off",
                "must not be longer than the time between departures",
                "",
            );
        }
        let mut tasks = Vec::new();
        if let Some(c) = &p.coordination {
            let effort = dist(&c.effort).scaled(self.coordination_factor());
            for team in &c.teams {
                let team_index = self.team(team, "pipeline.coordination.teams");
                tasks.push(ReleaseTask {
                    name: Name::of_text("coordination").with(Name::of_text(team)),
                    team: team_index,
                    effort: effort.clone(),
                });
            }
        }
        if let Some(h) = &p.by_hand {
            let factor: f64 = self.levels().filter_map(|l| l.by_hand).product();
            let team = self.team(&h.team, "pipeline.by_hand.team");
            tasks.push(ReleaseTask {
                name: Name::of_text("by-hand"),
                team,
                effort: dist(&h.effort).scaled(factor),
            });
        }
        let at = |id: &str| {
            model
                .strategies
                .iter()
                .position(|s| s.id == id)
                .unwrap_or(0)
        };
        let mut strategy = [at(&p.strategy); 12];
        for rule in p.strategy_rules.iter().rev() {
            for (r, c) in (0..3).flat_map(|r| (0..4).map(move |c| (r, c))) {
                if rule.risks[r] && rule.changes[c] {
                    strategy[r * 4 + c] = at(&rule.strategy);
                }
            }
        }
        let rollback_team = p
            .rollback_team
            .as_ref()
            .map(|t| self.team(t, "pipeline.rollback_team"));
        Some(Release {
            name,
            policy: match p.policy.as_str() {
                "each" => ReleasePolicy::Each,
                "batch" => ReleasePolicy::Batch,
                _ => ReleasePolicy::Train {
                    every: ticks(p.every),
                    first: ticks(p.departs),
                    cut_off: ticks(p.cut_off),
                },
            },
            steps,
            tasks,
            strategy,
            windows: None,
            freezes: Vec::new(),
            irreversible: [0.0; 4],
            rush: Rush {
                before: 0,
                factor: 1.0,
            },
            rollback_team,
        })
    }

    fn gates(&mut self, model: &mut Model) {
        for g in &self.study.governance.gates {
            let path = format!("governance.gates.{}", g.id);
            let found: Vec<usize> = (0..model.stages.len())
                .filter(|&i| {
                    let s = &model.stages[i];
                    s.id == g.after || format!("{}.{}", model.streams[s.stream].id, s.id) == g.after
                })
                .collect();
            let [stage] = found[..] else {
                let known: Vec<String> = model.stages.iter().map(|s| s.id.clone()).collect();
                let (message, hint) = if found.is_empty() {
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    (
                        format!("there is no stage `{}`", g.after),
                        suggest(&g.after, &known),
                    )
                } else {
                    (
                        format!("several streams have a stage `{}`", g.after),
                        "write `stream.stage`".into(),
                    )
                };
                self.fault(&format!("{path}.after"), message, hint);
                continue;
            };
            let kind = self.gate_kind(g, &path);
            let automated = matches!(kind, GateKind::Automated(_));
            let mut discrimination = g.discrimination;
            if automated {
                let tests = self
                    .levels()
                    .filter_map(|l| l.discrimination)
                    .fold(0.0, f64::max);
                let security = self.levels().filter_map(|l| l.security).fold(0.0, f64::max);
                let by_tests = if g.covers[0] || g.covers[1] {
                    tests
                } else {
                    0.0
                };
                let by_tools = if g.covers[2] || g.covers[3] {
                    security
                } else {
                    0.0
                };
                discrimination += by_tests.max(by_tools);
            }
            model.stages[stage].gates.push(model.gates.len());
            model.gates.push(Gate {
                id: g.id.clone(),
                label: shown(&g.name, &g.id),
                name: Name::of_text("gate").with(Name::of_text(&g.id)),
                stage,
                kind,
                risks: g.risks,
                changes: g.changes,
                covers: g.covers,
                detector: Detector::new(discrimination, g.strictness),
                triage: dist(&g.triage),
            });
        }
    }

    fn gate_kind(&mut self, g: &super::study::Gate, path: &str) -> GateKind {
        match g.kind.as_str() {
            "automated" => GateKind::Automated(
                g.duration
                    .as_ref()
                    .map_or(Distribution::Constant(0.0), dist),
            ),
            "manual" => {
                let (Some(team), Some(effort)) = (&g.team, &g.effort) else {
                    self.fault(path, "a manual gate needs a `team` and an `effort`", "");
                    return GateKind::Automated(Distribution::Constant(0.0));
                };
                GateKind::Manual {
                    team: self.team(team, &format!("{path}.team")),
                    effort: dist(effort),
                }
            }
            _ => {
                if g.cut_off + g.session > g.every {
                    self.fault(
                        path,
                        "cut-off and session together are longer than the time between sessions",
                        "",
                    );
                }
                GateKind::Board {
                    every: ticks(g.every).max(HOUR),
                    first: ticks(g.first),
                    cut_off: ticks(g.cut_off),
                    session: ticks(g.session),
                    places: g.places as u32,
                }
            }
        }
    }
}

fn handoff(how: &Interaction) -> Handoff {
    let mode = MODES.iter().find(|m| m.id == how.mode).unwrap_or(&MODES[0]);
    Handoff {
        delay: dist(how.delay.as_ref().unwrap_or(&mode.delay)),
        sender_effort: how.sender_effort.unwrap_or(mode.sender_effort),
        receiver_effort: how.receiver_effort.unwrap_or(mode.receiver_effort),
        lost_information: how.lost_information.unwrap_or(mode.lost_information),
    }
}

fn per<const N: usize>(given: &Numbers, keys: &[&str; N], default: [f64; N]) -> [f64; N] {
    std::array::from_fn(|i| given.get(keys[i]).copied().unwrap_or(default[i]))
}
