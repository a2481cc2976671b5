//! Structural advice on a study: what its shape alone says, each with its reason and, where one change answers
//! it, a fix that becomes a what-if.
//!
//! The rules come from the model's own design: teams follow value streams, policies stand in the pipeline,
//! outcomes are named, time is measured end to end, approval looks at risk, and a gate earns its stops. That
//! every stage has a team and every strategy the platform it needs is no advice: a study without is refused
//! when it is read.

#[cfg(test)]
mod tests;

use crate::investigate::proposal::{LeverMove, Proposal, Setting};
use millrace_core::engine::Replication;
use millrace_core::scenario::lever::{Position, offered};
use millrace_core::scenario::{Scenario, Study};
use millrace_report::words::rounded;
use serde::{Deserialize, Serialize};
use specta::Type;

/// One piece of advice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AdviceView {
    /// Names the rule, and what it is about where there can be several: `embedded/change-approval`.
    pub id: String,
    /// What holds, in a sentence.
    pub finding: String,
    /// Why that matters.
    pub reason: String,
    /// What to do about it where no single change does.
    pub way_out: Option<String>,
    /// Name of the what-if that answers it.
    pub fix: Option<String>,
}

/// A piece of advice with what its what-if changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// As shown.
    pub view: AdviceView,
    /// What answers it.
    pub fix: Option<Fix>,
}

/// What a what-if of an advice does.
#[derive(Debug, Clone, PartialEq)]
pub enum Fix {
    /// A lever by id, to a named position.
    Lever(&'static str, &'static str),
    /// Values by path, as TOML.
    Set(Vec<(String, String)>),
}

impl Fix {
    /// As a what-if to be made; `None` if the study does not offer the lever or its position.
    #[must_use]
    pub fn proposal(&self, name: &str, scenario: &Scenario) -> Option<Proposal> {
        let mut proposal = Proposal {
            name: name.to_owned(),
            ..Proposal::default()
        };
        match self {
            Self::Lever(id, to) => {
                let levers = offered(&scenario.baseline);
                let lever = levers.iter().find(|l| l.id == *id)?;
                proposal.levers.push(LeverMove {
                    lever: lever.id.clone(),
                    position: lever.index(&Position::Named((*to).to_owned()))?,
                });
            }
            Self::Set(values) => {
                let setting = |(path, to): &(String, String)| Setting {
                    path: path.clone(),
                    to: to.clone(),
                };
                proposal.settings = values.iter().map(setting).collect();
            }
        }
        Some(proposal)
    }
}

/// Kinds of teams cut by technology.
const LAYERS: [&str; 5] = ["front end", "back end", "database", "infrastructure", "qa"];
/// The gate that the levers of approval move.
const APPROVAL: &str = "change-approval";
/// Changes judged below which a gate's stops say nothing.
const FEWEST: f64 = 200.0;

/// All advice on a study's baseline; `years` are simulated years of it, none if there are no results yet.
#[must_use]
pub fn advice(scenario: &Scenario, years: &[Replication]) -> Vec<Advice> {
    let study = &scenario.baseline.study;
    let mut out = Vec::new();
    out.extend(layers(study));
    out.extend(approved_alike(study));
    out.extend(not_embedded(study));
    out.extend(more_sound_than_faulty(study, years));
    out.extend(no_objective(study));
    out.extend(not_measured(scenario));
    out
}

fn lever(id: String, finding: String, reason: &str, name: &str, fix: Fix) -> Advice {
    Advice {
        view: AdviceView {
            id,
            finding,
            reason: reason.to_owned(),
            way_out: None,
            fix: Some(name.to_owned()),
        },
        fix: Some(fix),
    }
}

/// Two layers or more pass every change of a stream on to each other.
fn layers(study: &Study) -> Option<Advice> {
    let kind = |team: &str| {
        study
            .teams
            .iter()
            .find(|t| t.id == team)
            .map(|t| t.kind.as_str())
    };
    let stream = study.streams.iter().find_map(|s| {
        let mut teams: Vec<&str> = s
            .stages
            .iter()
            .map(|stage| stage.team.as_str())
            .filter(|t| kind(t).is_some_and(|k| LAYERS.contains(&k)))
            .collect();
        teams.sort_unstable();
        teams.dedup();
        (teams.len() > 1).then_some((s, teams.len()))
    });
    let (stream, teams) = stream?;
    let cooperates = ["collaboration", "x-as-a-service", "by team kind"];
    if cooperates.contains(&study.handoffs.all.mode.as_str()) {
        return None;
    }
    Some(lever(
        "layers".into(),
        format!(
            "Every change of {} passes through {} technology teams.",
            shown(&stream.name, &stream.id),
            crate::sentences::words::small(teams as u32)
        ),
        "What one team could finish waits in a queue at every boundary, and each loses something of what the last one knew.",
        "Teams work together on a change",
        Fix::Lever("interaction", "together for a while"),
    ))
}

/// A board or a reviewer looks at all changes, whatever their risk.
fn approved_alike(study: &Study) -> Option<Advice> {
    let mut gates = study.governance.gates.iter();
    let gate = gates.find(|g| {
        // A decision by people who did not work on the change.
        (g.kind == "board" || (g.kind == "manual" && g.id == APPROVAL))
            && g.risks.iter().all(|r| *r)
            && g.changes.iter().all(|c| *c)
    })?;
    let some = "[\"medium\", \"high\"]";
    Some(lever(
        format!("alike/{}", gate.id),
        format!(
            "{} looks at every change, whatever its risk.",
            shown(&gate.name, &gate.id)
        ),
        "Low-risk changes wait as long as those that the approval is meant for, and take its time from them.",
        "Approve medium and high risk only",
        if gate.id == APPROVAL {
            Fix::Lever("approval-scope", "medium and high risk")
        } else {
            Fix::Set(vec![(
                format!("governance.gates.{}.risks", gate.id),
                some.into(),
            )])
        },
    ))
}

/// A board, or a review by a team that did not do the work.
fn not_embedded(study: &Study) -> Vec<Advice> {
    let stages = || {
        study
            .streams
            .iter()
            .flat_map(|s| s.stages.iter().map(move |g| (s, g)))
    };
    let mut out = Vec::new();
    for g in &study.governance.gates {
        let mut after = stages().filter(|(s, stage)| {
            stage.id == g.after || format!("{}.{}", s.id, stage.id) == g.after
        });
        let stranger = |team: &str| after.any(|(_, stage)| team != stage.team);
        let how = match g.kind.as_str() {
            "board" => "is a meeting, away from the work",
            "manual" if g.team.as_deref().is_some_and(stranger) => {
                "is done by people who did not do the work"
            }
            _ => continue,
        };
        let name = shown(&g.name, &g.id);
        let path = |field: &str| format!("governance.gates.{}.{field}", g.id);
        out.push(lever(
            format!("embedded/{}", g.id),
            format!("{name} {how}."),
            "A check in the pipeline looks at every change in the same way and waits for nobody.",
            &format!("{name}: a policy in the pipeline"),
            if g.id == APPROVAL {
                Fix::Lever("approval", "automated policy")
            } else {
                Fix::Set(vec![
                    (path("kind"), "\"automated\"".into()),
                    (path("duration"), "\"10 minutes\"".into()),
                ])
            },
        ));
    }
    out
}

/// In simulated years, more sound changes were stopped than faulty ones.
fn more_sound_than_faulty(study: &Study, years: &[Replication]) -> Vec<Advice> {
    let gates = study.governance.gates.iter().enumerate();
    gates
        .filter_map(|(i, g)| {
            let sum = |k: usize| {
                let of = |r: &Replication| r.gates.get(i).map_or(0.0, |g| g[k]);
                years.iter().map(of).sum::<f64>()
            };
            let (judged, faulty, sound) = (sum(0) + sum(2), sum(1), sum(3));
            if judged < FEWEST || sound <= faulty || g.strictness < 0.1 {
                return None;
            }
            let name = shown(&g.name, &g.id);
            let finding = if faulty > 0.0 {
                format!(
                    "{name}: for each faulty change it stops, it stops {} sound ones.",
                    rounded(sound / faulty)
                )
            } else {
                format!("{name}: it stops sound changes and no faulty one.")
            };
            let strictness = g.strictness - 0.1;
            Some(lever(
                format!("sound/{}", g.id),
                finding,
                "Every stop costs somebody's time, and people learn to see past a gate that is mostly wrong.",
                &format!("{name}: less strict"),
                Fix::Set(vec![(
                    format!("governance.gates.{}.strictness", g.id),
                    format!("{strictness:.2}"),
                )]),
            ))
        })
        .collect()
}

fn no_objective(study: &Study) -> Option<Advice> {
    study.outcome.objectives.is_empty().then(|| Advice {
        view: AdviceView {
            id: "objective".into(),
            finding: "The study names no objective.".into(),
            reason: "Without one, a what-if can be faster or calmer, but nothing says whether that is enough.".into(),
            way_out: Some("Name what has to be kept, such as 85 of 100 changes within six weeks, under Outcome.".into()),
            fix: None,
        },
        fix: None,
    })
}

/// Nothing of how long work takes was measured.
fn not_measured(scenario: &Scenario) -> Option<Advice> {
    let guessed = ["assumption", "default"];
    let guess = |source: &str| {
        guessed.contains(&source)
            || source.starts_with("described:")
            || source.starts_with("assessed:")
    };
    let mut efforts = scenario
        .baseline
        .parameters
        .iter()
        .filter(|p| p.path.starts_with("streams.") && p.path.contains(".effort"))
        .filter(|p| p.value.is_number())
        .peekable();
    efforts.peek()?;
    efforts.all(|p| guess(&p.source)).then(|| Advice {
        view: AdviceView {
            id: "measured".into(),
            finding: "Nothing is measured yet: how long every stage takes is assumed.".into(),
            reason: "A wrong assumption can turn a choice around. Flip says which number matters most.".into(),
            way_out: Some(
                "Read in the dates of finished work, or note beside a number where it was measured."
                    .into(),
            ),
            fix: None,
        },
        fix: None,
    })
}

fn shown(name: &str, id: &str) -> String {
    if name.is_empty() { id } else { name }.to_owned()
}
