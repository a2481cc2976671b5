//! Deployment strategies and the way of a release.

use super::super::fault::suggest;
use super::super::study::{self, Pipeline, StrategyRow, Study};
use super::super::tables::{self, STRATEGIES, UNDO};
use super::{Builder, dist, ids, per, ticks};
use crate::model::{
    CHANGES, ExposureStep, Freeze, Model, PipelineStep, Release, ReleasePolicy, ReleaseTask, Rush,
    Strategy, WayBack,
};
use crate::random::Name;
use crate::time::NEVER;

/// Place of migrations among the change kinds.
const MIGRATION: usize = 2;

/// Every pipeline with its place in the study, the one of streams that name none first.
fn pipelines(study: &Study) -> impl Iterator<Item = (String, &Pipeline)> {
    let first = study.pipeline.iter().map(|p| ("pipeline".to_owned(), p));
    let named = study.pipelines.iter();
    first.chain(named.map(|n| (format!("pipelines.{}", n.id), &n.how)))
}

/// The strategies a pipeline names, each with its place: the usual one, then those of rules.
fn named<'s>(p: &'s Pipeline, path: &str) -> Vec<(String, &'s str)> {
    let rules = p.strategy_rules.iter().enumerate();
    let rules = rules.map(|(i, r)| (format!("{path}.strategy_rules.{i}.strategy"), &r.strategy));
    let mut all: Vec<(String, &str)> = Vec::new();
    for (at, id) in std::iter::once((format!("{path}.strategy"), &p.strategy)).chain(rules) {
        if !all.iter().any(|(_, other)| *other == id) {
            all.push((at, id));
        }
    }
    all
}

fn policy(p: &Pipeline) -> ReleasePolicy {
    match p.policy.as_str() {
        "each" => ReleasePolicy::Each,
        "batch" => ReleasePolicy::Batch,
        "sized" => ReleasePolicy::Sized(p.batch_size as u32),
        _ => ReleasePolicy::Train {
            every: ticks(p.every),
            first: ticks(p.departs),
            cut_off: ticks(p.cut_off),
        },
    }
}

impl<'a> Builder<'a> {
    /// The strategies of a pipeline: its own, those every pipeline has, those of the table.
    fn rows(&self, own: &'a Pipeline) -> impl Iterator<Item = &'a StrategyRow> + use<'a> {
        let first = self.study.pipeline.iter();
        let all = first.filter(move |p| !std::ptr::eq(*p, own));
        let all = all.flat_map(|p| &p.strategies);
        own.strategies.iter().chain(all).chain(STRATEGIES.iter())
    }

    /// The strategies in use, refused where the platform cannot carry them.
    pub(super) fn strategies(&mut self) -> Vec<Strategy> {
        let mut used: Vec<Strategy> = Vec::new();
        for (path, p) in pipelines(self.study) {
            for (at, id) in named(p, &path) {
                let strategy = self.strategy(p, id, &at);
                // Two pipelines may undo the same strategy in two ways.
                if !used.contains(&strategy) {
                    used.push(strategy);
                }
            }
        }
        used
    }

    /// The strategies that the platform can carry, as they are listed: the riskiest first. They are undone
    /// as the first pipeline says.
    pub(super) fn supported_strategies(&mut self) -> Vec<Strategy> {
        let Some((_, p)) = pipelines(self.study).next() else {
            return Vec::new();
        };
        let carried = |row: &&StrategyRow| {
            let mut needs = row.requires.iter();
            needs.all(|(capability, level)| self.level(capability) >= *level as usize)
        };
        let rows: Vec<&StrategyRow> = self.rows(p).filter(carried).collect();
        rows.into_iter()
            .map(|row| self.strategy(p, &row.id, "pipeline.strategies"))
            .collect()
    }

    fn strategy(&mut self, p: &'a Pipeline, id: &str, path: &str) -> Strategy {
        let none = Strategy {
            id: id.to_owned(),
            label: strategy_name(id).to_owned(),
            steps: vec![ExposureStep {
                share: 1.0,
                bake: 0,
            }],
            way_back: WayBack::None,
            downtime: 0.0,
            self_check: None,
        };
        let Some(row) = self.rows(p).find(|r| r.id == id) else {
            let known: Vec<&str> = self.rows(p).map(|r| r.id.as_str()).collect();
            let hint = suggest(id, &known);
            self.fault(
                path,
                format!("there is no deployment strategy `{id}`"),
                hint,
            );
            return none;
        };
        self.carries(row, path);
        if row.steps.last().is_none_or(|s| s.share < 1.0) {
            self.fault(
                path,
                format!("the last step of `{id}` must reach everyone"),
                "give it share = 1.0",
            );
            return none;
        }
        let undo = match p.undo.as_str() {
            "by strategy" => row.undo.as_str(),
            other => other,
        };
        built(row, undo)
    }

    /// Refuse a strategy that the platform cannot carry.
    fn carries(&mut self, row: &StrategyRow, path: &str) {
        for (capability, wanted) in &row.requires {
            let (wanted, has) = (*wanted as usize, self.level(capability));
            if has < wanted {
                self.fault(
                    path,
                    format!(
                        "`{}` needs {capability} at level {wanted} ({}); this platform has level {has} ({})",
                        row.id,
                        tables::level_name(capability, wanted),
                        tables::level_name(capability, has),
                    ),
                    format!("set platform.capabilities.{capability}.level to {wanted}, or choose another strategy"),
                );
            }
        }
    }

    /// The pipeline of a stream, with its place in the study.
    fn pipeline_of(&mut self, s: &study::Stream) -> Option<(String, &'a Pipeline)> {
        let study = self.study;
        let Some(id) = &s.pipeline else {
            return pipelines(study).next().filter(|_| study.pipeline.is_some());
        };
        let found = study.pipelines.iter().find(|n| n.id == *id);
        if found.is_none() {
            let hint = suggest(id, &ids(&study.pipelines, |n| &n.id));
            let message = format!("there is no pipeline `{id}` among `pipelines`");
            self.fault(&format!("streams.{}.pipeline", s.id), message, hint);
        }
        found.map(|n| (format!("pipelines.{id}"), &n.how))
    }

    pub(super) fn release(&mut self, stream: &study::Stream, model: &Model) -> Option<Release> {
        let (path, p) = self.pipeline_of(stream)?;
        if p.cut_off > p.every {
            self.fault(
                &format!("{path}.cut_off"),
                "must not be longer than the time between departures",
                "",
            );
        }
        let rollback_team = p.rollback_team.as_ref();
        let release = Release {
            name: Name::of_text(&stream.id).with(Name::of_text("release")),
            policy: policy(p),
            steps: self.pipeline_steps(p),
            tasks: self.release_tasks(p, &path),
            strategy: self.chosen(p, &path, &model.strategies),
            windows: p
                .windows
                .as_ref()
                .map(|id| self.calendar(id, &format!("{path}.windows"))),
            freezes: self.freezes(p, &path),
            irreversible: self.irreversible(p),
            rush: Rush {
                before: ticks(p.rush_before),
                factor: p.rush,
            },
            rollback_team: rollback_team.map(|t| self.team(t, &format!("{path}.rollback_team"))),
        };
        if release.opens(0) >= NEVER {
            self.fault(
                &format!("{path}.freezes"),
                "leave no time at which anything could be released",
                "make them shorter, or the release windows longer",
            );
        }
        Some(release)
    }

    fn pipeline_steps(&self, p: &Pipeline) -> Vec<PipelineStep> {
        let faster: f64 = self.levels().filter_map(|l| l.pipeline).product();
        let step = |s: &study::Step| PipelineStep {
            name: Name::of_text(&s.id),
            duration: dist(&s.duration).scaled(faster),
            flaky: s.flaky,
        };
        p.steps.iter().map(step).collect()
    }

    /// What each release asks of teams.
    fn release_tasks(&mut self, p: &Pipeline, path: &str) -> Vec<ReleaseTask> {
        let mut tasks = Vec::new();
        if let Some(c) = &p.coordination {
            let effort = dist(&c.effort).scaled(self.coordination_factor());
            for team in &c.teams {
                let team_index = self.team(team, &format!("{path}.coordination.teams"));
                tasks.push(ReleaseTask {
                    name: Name::of_text("coordination").with(Name::of_text(team)),
                    team: team_index,
                    effort: effort.clone(),
                });
            }
        }
        if let Some(h) = &p.by_hand {
            let factor: f64 = self.levels().filter_map(|l| l.by_hand).product();
            let team = self.team(&h.team, &format!("{path}.by_hand.team"));
            tasks.push(ReleaseTask {
                name: Name::of_text("by-hand"),
                team,
                effort: dist(&h.effort).scaled(factor),
            });
        }
        tasks
    }

    /// The strategy of each risk class and change kind.
    fn chosen(&mut self, p: &'a Pipeline, path: &str, known: &[Strategy]) -> [usize; 12] {
        let places: Vec<(&str, usize)> = named(p, path)
            .into_iter()
            .map(|(at, id)| {
                let strategy = self.strategy(p, id, &at);
                (id, known.iter().position(|s| *s == strategy).unwrap_or(0))
            })
            .collect();
        let at = |id: &str| places.iter().find(|x| x.0 == id).map_or(0, |x| x.1);
        let mut strategy = [at(&p.strategy); 12];
        for rule in p.strategy_rules.iter().rev() {
            for (r, c) in (0..3).flat_map(|r| (0..4).map(move |c| (r, c))) {
                if rule.risks[r] && rule.changes[c] {
                    strategy[r * 4 + c] = at(&rule.strategy);
                }
            }
        }
        strategy
    }

    fn irreversible(&self, p: &Pipeline) -> [f64; 4] {
        let mut share = per(&p.irreversible, &CHANGES, [0.0; 4]);
        let migrations: f64 = self.levels().filter_map(|l| l.irreversible).product();
        share[MIGRATION] *= migrations;
        share
    }

    fn freezes(&mut self, p: &Pipeline, path: &str) -> Vec<Freeze> {
        for f in &p.freezes {
            if f.every > 0.0 && f.length >= f.every {
                self.fault(
                    &format!("{path}.freezes.{}.length", f.id),
                    "the freeze lasts until the next one begins",
                    "make it shorter than `every`",
                );
            }
        }
        let freeze = |f: &study::Freeze| Freeze {
            start: ticks(f.from),
            length: ticks(f.length),
            every: ticks(f.every),
        };
        p.freezes.iter().map(freeze).collect()
    }
}

/// A strategy that ships, by id, with its own way back.
pub fn known_strategy(id: &str) -> Option<Strategy> {
    let row = STRATEGIES.iter().find(|row| row.id == id)?;
    Some(built(row, &row.undo))
}

/// What people call a strategy.
fn strategy_name(id: &str) -> &str {
    match id {
        "recreate" => "all at once",
        other => other,
    }
}

fn built(row: &StrategyRow, undo: &str) -> Strategy {
    let back = UNDO.iter().find(|u| u.id == undo);
    let step = |s: &study::Exposure| ExposureStep {
        share: s.share,
        bake: ticks(s.bake),
    };
    Strategy {
        id: row.id.clone(),
        label: strategy_name(&row.id).to_owned(),
        steps: row.steps.iter().map(step).collect(),
        way_back: match back.map(|u| (u.time.as_ref().map(dist), u.people as u32)) {
            Some((Some(time), 0)) => WayBack::Automatic(time),
            Some((Some(time), people)) => WayBack::ByHand { time, people },
            _ => WayBack::None,
        },
        downtime: row.downtime,
        self_check: row.self_check,
    }
}
