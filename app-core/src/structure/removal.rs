//! Taking a stage, a gate or a team away, with everything that names it.

use super::spot::{Spot, after, gates_after, part_of, stage_path};
use super::written::{list, text};
use super::{Plan, Step, impossible, refused};
use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::Study;

/// The steps of a removal.
pub fn remove(
    study: &Study,
    node: Spot,
    heir: Option<&str>,
    everywhere: bool,
) -> Result<Plan, Refusal> {
    let name = node.name(study);
    let (mut steps, path, team) = match node {
        Spot::Stage(s, i) => (stage(study, s, i)?, stage_path(study, s, i), None),
        Spot::Gate(g) => (
            Vec::new(),
            format!("governance.gates.{}", study.governance.gates[g].id),
            None,
        ),
        Spot::Team(t) => {
            let id = study.teams[t].id.clone();
            (
                Going { study, t, heir }.steps()?,
                format!("teams.{id}"),
                Some(id),
            )
        }
        Spot::Tickets(_) => {
            return Err(impossible(
                "Tickets are there because a stage asks the platform for something: give them to another team, or raise the capability until nothing has to be asked for.",
            ));
        }
        Spot::Stream(_) | Spot::Release(_) => {
            return Err(impossible(
                "Where work comes in and how it reaches users belong to every value stream. Stages, gates and teams can be removed.",
            ));
        }
    };
    steps.push(Step::Remove { path: path.clone() });
    if everywhere {
        let without = |path| Step::Forget { path, team: None };
        let named: Vec<Step> = entries_named(study, &steps).map(without).collect();
        steps.extend(named);
        let team = team.map(|id| (id, heir.map(str::to_owned)));
        steps.push(Step::Forget { path, team });
    }
    Ok(Plan {
        label: format!("Remove {name}"),
        steps,
    })
}

/// Entries without an id that are named by what goes: what-ifs may change them by that name.
fn entries_named<'s>(study: &'s Study, steps: &'s [Step]) -> impl Iterator<Item = String> + 's {
    let all = steps.iter().filter_map(move |step| match step {
        Step::Retarget {
            list, key, from, ..
        } if list == "handoffs.pairs" => {
            let pairs = study.handoffs.pairs.iter();
            let named = pairs.filter(move |p| from == if *key == "from" { &p.from } else { &p.to });
            Some(
                named
                    .map(move |p| format!("{list}.{}>{}", p.from, p.to))
                    .collect::<Vec<_>>(),
            )
        }
        Step::Retarget {
            list, key, from, ..
        } if *key == "to" => Some(vec![format!("{list}.{from}")]),
        _ => None,
    });
    all.flatten()
}

fn stage(study: &Study, s: usize, i: usize) -> Result<Vec<Step>, Refusal> {
    let stream = &study.streams[s];
    let stage = &stream.stages[i];
    let name = Spot::Stage(s, i).name(study);
    if stream.stages.len() == 1 {
        return Err(impossible(format!(
            "“{name}” is the only stage of “{}”, and work needs at least one. Insert another stage first.",
            Spot::Stream(s).name(study)
        )));
    }
    if stream.commit == stage.id {
        return Err(impossible(format!(
            "Changes are committed at “{name}”: change lead time counts from there. Choose another stage to commit at first."
        )));
    }
    let next = successor(study, s, i, &name)?;
    let mut steps = led_past(study, s, i, &next);
    if let Some((f, p)) = part_of(study, s, i) {
        let part = &stream.forks[f].parts[p];
        if part.stages.len() == 1 {
            return Err(impossible(format!(
                "“{name}” is all that one part of split work consists of. Insert another stage beside it first."
            )));
        }
        let rest = part.stages.iter().filter(|x| **x != stage.id);
        steps.push(Step::Set {
            path: format!(
                "streams.{}.forks.{}.parts.{}.stages",
                stream.id, stream.forks[f].id, part.id
            ),
            to: list(rest.map(|x| text(x))),
        });
    }
    for fork in stream.forks.iter().filter(|f| f.join == stage.id) {
        steps.push(Step::Set {
            path: format!("streams.{}.forks.{}.join", stream.id, fork.id),
            to: text(&next),
        });
    }
    // Its gates go on judging: after the stage before it, or after the one that is first now.
    let neighbour = if i > 0 { i - 1 } else { 1 };
    for g in gates_after(study, s, i) {
        steps.push(Step::Set {
            path: format!("governance.gates.{}.after", study.governance.gates[g].id),
            to: text(&after(study, s, &stream.stages[neighbour].id)),
        });
    }
    Ok(steps)
}

/// Where work goes that would have come to the stage.
fn successor(study: &Study, s: usize, i: usize, name: &str) -> Result<String, Refusal> {
    let stream = &study.streams[s];
    let following = || {
        stream
            .stages
            .get(i + 1)
            .map_or("done".to_owned(), |x| x.id.clone())
    };
    match &stream.stages[i].next {
        None => Ok(following()),
        Some(next) => match &next[..] {
            [only] => Ok(only.to.clone()),
            _ => Err(impossible(format!(
                "Work leaves “{name}” by several routes, and without it nobody would know which to take. Rename it, or move its work to another team instead."
            ))),
        },
    }
}

/// Routes to the stage lead to what follows it, and returns to it are gone.
fn led_past(study: &Study, s: usize, i: usize, next: &str) -> Vec<Step> {
    let stream = &study.streams[s];
    let gone = &stream.stages[i];
    let mut steps = Vec::new();
    for (k, other) in stream.stages.iter().enumerate().filter(|(k, _)| *k != i) {
        let path = stage_path(study, s, k);
        if other.returns.iter().any(|r| r.to == gone.id) {
            steps.push(Step::Retarget {
                list: format!("{path}.returns"),
                key: "to",
                from: gone.id.clone(),
                to: None,
            });
        }
        if other.next.iter().flatten().any(|n| n.to == gone.id) {
            steps.push(Step::Retarget {
                list: format!("{path}.next"),
                key: "to",
                from: gone.id.clone(),
                to: Some(next.to_owned()),
            });
        }
    }
    // The stage before it came here by order; it now goes where the routes of this one led.
    if let (Some(_), Some(before)) = (&gone.next, i.checked_sub(1))
        && stream.stages[before].next.is_none()
    {
        steps.push(Step::Copy {
            from: format!("{}.next", stage_path(study, s, i)),
            to: format!("{}.next", stage_path(study, s, before)),
        });
    }
    steps
}

/// A team that goes, and who takes over its work.
struct Going<'s> {
    study: &'s Study,
    t: usize,
    heir: Option<&'s str>,
}

impl Going<'_> {
    fn id(&self) -> &str {
        &self.study.teams[self.t].id
    }

    fn steps(&self) -> Result<Vec<Step>, Refusal> {
        let name = Spot::Team(self.t).name(self.study);
        if self.study.teams.len() == 1 {
            return Err(impossible(format!(
                "“{name}” is the only team, and somebody has to do the work. Add another team first."
            )));
        }
        if let Some(heir) = self.heir {
            Spot::of(self.study, &format!("team/{heir}"))?;
            if heir == self.id() {
                return Err(impossible(
                    "A team cannot take over its own work: choose another one.",
                ));
            }
        }
        let work = self.work();
        if self.heir.is_none() && !work.is_empty() {
            let named: Vec<&str> = work.iter().map(|w| w.0.as_str()).collect();
            return Err(refused(
                RefusalCode::NeedsHeir,
                format!(
                    "“{name}” still has work: {}. Choose who takes it over.",
                    named.join(", ")
                ),
            ));
        }
        let mut steps: Vec<Step> = work
            .into_iter()
            .filter_map(|(_, path)| self.hand_over(path))
            .collect();
        steps.extend(self.mentions());
        Ok(steps)
    }

    fn hand_over(&self, path: String) -> Option<Step> {
        let to = text(self.heir?);
        Some(Step::Set { path, to })
    }

    /// What it works, in words, and the path that says so.
    fn work(&self) -> Vec<(String, String)> {
        let (study, id) = (self.study, self.id());
        let mut out = Vec::new();
        for (s, stream) in study.streams.iter().enumerate() {
            for (i, stage) in stream
                .stages
                .iter()
                .enumerate()
                .filter(|(_, x)| x.team == id)
            {
                debug_assert_eq!(stage.team, id);
                out.push((
                    format!("“{}”", Spot::Stage(s, i).name(study)),
                    format!("{}.team", stage_path(study, s, i)),
                ));
            }
            let estimated = stream
                .demand
                .iter()
                .filter(|d| d.estimation.as_ref().is_some_and(|e| e.team == id));
            out.extend(estimated.map(|d| {
                (
                    "estimation".to_owned(),
                    format!("streams.{}.demand.{}.estimation.team", stream.id, d.id),
                )
            }));
        }
        for (g, gate) in study.governance.gates.iter().enumerate() {
            if gate.kind == "manual" && gate.team.as_deref() == Some(id) {
                out.push((
                    format!("“{}”", Spot::Gate(g).name(study)),
                    format!("governance.gates.{}.team", gate.id),
                ));
            }
        }
        let tickets = study
            .platform
            .capabilities
            .iter()
            .filter(|c| c.team.as_deref() == Some(id));
        out.extend(tickets.map(|c| {
            (
                format!("tickets for {}", c.id.replace('-', " ")),
                format!("platform.capabilities.{}.team", c.id),
            )
        }));
        for (path, pipeline) in self.pipelines() {
            if pipeline.by_hand.as_ref().is_some_and(|b| b.team == id) {
                out.push(("deploying by hand".into(), format!("{path}.by_hand.team")));
            }
            if pipeline.rollback_team.as_deref() == Some(id) {
                out.push((
                    "rolling back by hand".into(),
                    format!("{path}.rollback_team"),
                ));
            }
        }
        out
    }

    fn pipelines(&self) -> Vec<(String, &millrace_core::scenario::Pipeline)> {
        let own = self
            .study
            .pipeline
            .iter()
            .map(|p| ("pipeline".to_owned(), p));
        let named = self
            .study
            .pipelines
            .iter()
            .map(|p| (format!("pipelines.{}", p.id), &p.how));
        own.chain(named).collect()
    }

    /// Where it is only named.
    fn mentions(&self) -> Vec<Step> {
        let (study, id) = (self.study, self.id());
        let mut out = Vec::new();
        let set_or_remove = |path: String| match self.heir {
            Some(heir) => Step::Set {
                path,
                to: text(heir),
            },
            None => Step::Remove { path },
        };
        for gate in study
            .governance
            .gates
            .iter()
            .filter(|g| g.kind != "manual" && g.team.as_deref() == Some(id))
        {
            out.push(set_or_remove(format!("governance.gates.{}.team", gate.id)));
        }
        if study
            .improvement
            .as_ref()
            .is_some_and(|i| i.team.as_deref() == Some(id))
        {
            out.push(set_or_remove("improvement.team".into()));
        }
        for (path, pipeline) in self.pipelines() {
            let Some(teams) = pipeline.coordination.as_ref().map(|c| &c.teams) else {
                continue;
            };
            if !teams.iter().any(|t| t == id) {
                continue;
            }
            let rest: Vec<&String> = teams.iter().filter(|t| *t != id).collect();
            match self.heir {
                Some(heir) if !rest.iter().any(|t| *t == heir) => out.push(Step::Retarget {
                    list: format!("{path}.coordination.teams"),
                    key: "",
                    from: id.to_owned(),
                    to: Some(heir.to_owned()),
                }),
                _ => out.push(Step::Retarget {
                    list: format!("{path}.coordination.teams"),
                    key: "",
                    from: id.to_owned(),
                    to: None,
                }),
            }
        }
        for key in ["from", "to"] {
            let named = study.handoffs.pairs.iter().any(|p| {
                if key == "from" {
                    p.from == id
                } else {
                    p.to == id
                }
            });
            if named {
                out.push(Step::Retarget {
                    list: "handoffs.pairs".into(),
                    key,
                    from: id.to_owned(),
                    to: None,
                });
            }
        }
        for team in study.teams.iter().filter(|t| t.id != id) {
            let enabled = team.enables.iter().filter(|e| e.team == id);
            out.extend(enabled.map(|e| Step::Remove {
                path: format!("teams.{}.enables.{}", team.id, e.id),
            }));
        }
        out.push(Step::Cost {
            from: id.to_owned(),
            to: self.heir.map(str::to_owned),
        });
        out
    }
}
