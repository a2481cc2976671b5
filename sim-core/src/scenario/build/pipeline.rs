//! Deployment strategies and the way of a release.

use super::super::fault::suggest;
use super::super::study::{self, StrategyRow};
use super::super::tables::{self, STRATEGIES, UNDO};
use super::{Builder, dist, per, ticks};
use crate::model::{
    CHANGES, ExposureStep, Freeze, Model, PipelineStep, Release, ReleasePolicy, ReleaseTask, Rush,
    Strategy, WayBack,
};
use crate::random::Name;
use crate::time::NEVER;

/// Place of migrations among the change kinds.
const MIGRATION: usize = 2;

impl Builder<'_> {
    pub(super) fn rows(&self) -> impl Iterator<Item = &StrategyRow> {
        self.study
            .pipeline
            .iter()
            .flat_map(|p| p.strategies.iter())
            .chain(STRATEGIES.iter())
    }

    /// The strategies in use, refused where the platform cannot carry them.
    pub(super) fn strategies(&mut self) -> Vec<Strategy> {
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
    pub(super) fn supported_strategies(&mut self) -> Vec<Strategy> {
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

    pub(super) fn strategy(&mut self, id: &str, path: &str) -> Strategy {
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
        built(&row, undo)
    }

    pub(super) fn release(&mut self, stream: &str, model: &Model) -> Option<Release> {
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
        let migrations: f64 = self.levels().filter_map(|l| l.irreversible).product();
        let mut irreversible = per(&p.irreversible, &CHANGES, [0.0; 4]);
        irreversible[MIGRATION] *= migrations;
        let release = Release {
            name,
            policy: match p.policy.as_str() {
                "each" => ReleasePolicy::Each,
                "batch" => ReleasePolicy::Batch,
                "sized" => ReleasePolicy::Sized(p.batch_size as u32),
                _ => ReleasePolicy::Train {
                    every: ticks(p.every),
                    first: ticks(p.departs),
                    cut_off: ticks(p.cut_off),
                },
            },
            steps,
            tasks,
            strategy,
            windows: p
                .windows
                .as_ref()
                .map(|id| self.calendar(id, "pipeline.windows")),
            freezes: self.freezes(p),
            irreversible,
            rush: Rush {
                before: ticks(p.rush_before),
                factor: p.rush,
            },
            rollback_team,
        };
        if release.opens(0) >= NEVER {
            self.fault(
                "pipeline.freezes",
                "leave no time at which anything could be released",
                "make them shorter, or the release windows longer",
            );
        }
        Some(release)
    }

    fn freezes(&mut self, p: &study::Pipeline) -> Vec<Freeze> {
        for f in &p.freezes {
            if f.every > 0.0 && f.length >= f.every {
                self.fault(
                    &format!("pipeline.freezes.{}.length", f.id),
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

fn built(row: &StrategyRow, undo: &str) -> Strategy {
    let back = UNDO.iter().find(|u| u.id == undo);
    let step = |s: &study::Exposure| ExposureStep {
        share: s.share,
        bake: ticks(s.bake),
    };
    Strategy {
        id: row.id.clone(),
        label: row.id.clone(),
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
