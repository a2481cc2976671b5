//! An edit becomes steps: what it does itself, and what else has to say so.

use super::spot::{Spot, after, free_id, gates_after, part_of, stage_path, stands_after};
use super::written::{list, table, text};
use super::{Edit, GateForm, Plan, Step, impossible, removal};
use crate::view::Refusal;
use millrace_core::scenario::Study;
use toml_edit::InlineTable;

/// The steps of an edit of what a study describes.
///
/// # Errors
/// If it is impossible: why, and the way out.
pub fn plan(study: &Study, edit: &Edit) -> Result<Plan, Refusal> {
    let planner = Planner { study };
    match edit {
        Edit::InsertStage {
            beside,
            after,
            name,
        } => planner.insert_stage(Spot::of(study, beside)?, *after, name),
        Edit::InsertGate {
            beside,
            after,
            name,
            form,
        } => planner.insert_gate(Spot::of(study, beside)?, *after, name, *form),
        Edit::Assign { node, team } => planner.assign(Spot::of(study, node)?, team),
        Edit::Shift { node, later } => planner.shift(Spot::of(study, node)?, *later),
        Edit::Move { node, before } => {
            let before = before.as_ref().map(|b| Spot::of(study, b)).transpose()?;
            planner.move_stage(Spot::of(study, node)?, before)
        }
        Edit::Rename { node, name } => planner.rename(Spot::of(study, node)?, name),
        Edit::Commit { node } => planner.commit(Spot::of(study, node)?),
        Edit::Remove {
            node,
            heir,
            everywhere,
        } => removal::remove(study, Spot::of(study, node)?, heir.as_deref(), *everywhere),
        Edit::AddTeam { name } => planner.add_team(name),
    }
}

struct Planner<'s> {
    study: &'s Study,
}

/// A name that is not empty.
fn given(name: &str) -> Result<String, Refusal> {
    match name.trim() {
        "" => Err(impossible("It needs a name: type one.")),
        name => Ok(name.to_owned()),
    }
}

/// Where something new stands: behind a stage, or before the first one.
struct Place {
    stream: usize,
    /// The stage beside it.
    stage: usize,
    after: bool,
    /// Gates of that stage that stand behind the new thing.
    behind: Vec<usize>,
}

impl Planner<'_> {
    fn place(&self, beside: Spot, later: bool) -> Result<Place, Refusal> {
        let study = self.study;
        let place = |stream, stage, after, behind| Place {
            stream,
            stage,
            after,
            behind,
        };
        match beside {
            Spot::Stage(s, i) => {
                let behind = if later {
                    gates_after(study, s, i)
                } else {
                    Vec::new()
                };
                Ok(place(s, i, later, behind))
            }
            Spot::Gate(g) => {
                let Some((s, i)) = stands_after(study, g) else {
                    return Err(impossible("This gate stands after no stage."));
                };
                let gates = gates_after(study, s, i);
                let at = gates.iter().position(|&x| x == g).unwrap_or(0);
                let from = if later { at + 1 } else { at };
                Ok(place(s, i, true, gates[from..].to_vec()))
            }
            Spot::Stream(s) => Ok(place(s, 0, false, Vec::new())),
            Spot::Release(s) => Ok(place(
                s,
                study.streams[s].stages.len() - 1,
                true,
                Vec::new(),
            )),
            Spot::Team(_) | Spot::Tickets(_) => Err(impossible(
                "Stages and gates stand on the way of the work: insert one beside a stage or a gate.",
            )),
        }
    }

    fn insert_stage(&self, beside: Spot, later: bool, name: &str) -> Result<Plan, Refusal> {
        let name = given(name)?;
        let study = self.study;
        let mut place = self.place(beside, later)?;
        // A new stage right behind a stage leaves that stage's gates where they are.
        if matches!(beside, Spot::Stage(..)) {
            place.behind.clear();
        }
        let (s, i) = (place.stream, place.stage);
        let stream = &study.streams[s];
        let all = || study.streams.iter().flat_map(|s| &s.stages);
        let id = free_id(&name, "stage", &|id| all().any(|x| x.id == id));
        let beside = &stream.stages[i];
        let mut entry = InlineTable::new();
        entry.insert("id", text(&id));
        entry.insert("name", text(&name));
        entry.insert("kind", text(&beside.kind));
        entry.insert("team", text(&beside.team));
        entry.insert(
            "effort",
            table(&[
                ("dist", text("lognormal")),
                ("mean", text("4 hours")),
                ("cv", 0.7.into()),
            ]),
        );
        let list_path = format!("streams.{}.stages", stream.id);
        let before = if place.after {
            stream.stages.get(i + 1).map(|x| x.id.clone())
        } else {
            Some(beside.id.clone())
        };
        let mut steps = Vec::new();
        steps.push(Step::Add {
            list: list_path,
            entry,
            before,
        });
        self.lead_to(&place, &id, &mut steps);
        for &g in &place.behind {
            steps.push(Step::Set {
                path: format!("governance.gates.{}.after", study.governance.gates[g].id),
                to: text(&id),
            });
        }
        Ok(Plan {
            label: format!("Insert {name}"),
            steps,
        })
    }

    /// Routes, forks and joins that led past the new stage lead to it.
    fn lead_to(&self, place: &Place, id: &str, steps: &mut Vec<Step>) {
        let (s, i) = (place.stream, place.stage);
        let stream = &self.study.streams[s];
        let beside = &stream.stages[i];
        if place.after && beside.next.is_some() {
            // The new stage goes on where the one before it went.
            let path = stage_path(self.study, s, i);
            steps.push(Step::Copy {
                from: format!("{path}.next"),
                to: format!("streams.{}.stages.{id}.next", stream.id),
            });
            steps.push(Step::Set {
                path: format!("{path}.next"),
                to: list([table(&[("to", text(id)), ("share", 1.into())])].into_iter()),
            });
        }
        if !place.after {
            for (k, other) in stream.stages.iter().enumerate().take(i) {
                if other.next.iter().flatten().any(|n| n.to == beside.id) {
                    steps.push(Step::Retarget {
                        list: format!("{}.next", stage_path(self.study, s, k)),
                        key: "to",
                        from: beside.id.clone(),
                        to: Some(id.to_owned()),
                    });
                }
            }
        }
        match part_of(self.study, s, i) {
            Some((f, p)) => {
                let part = &stream.forks[f].parts[p];
                let at = part
                    .stages
                    .iter()
                    .position(|x| *x == beside.id)
                    .unwrap_or(0);
                let mut stages = part.stages.clone();
                stages.insert(at + usize::from(place.after), id.to_owned());
                steps.push(Step::Set {
                    path: format!(
                        "streams.{}.forks.{}.parts.{}.stages",
                        stream.id, stream.forks[f].id, part.id
                    ),
                    to: list(stages.iter().map(|x| text(x))),
                });
            }
            None if !place.after => {
                for fork in stream.forks.iter().filter(|f| f.join == beside.id) {
                    steps.push(Step::Set {
                        path: format!("streams.{}.forks.{}.join", stream.id, fork.id),
                        to: text(id),
                    });
                }
            }
            None => {}
        }
    }

    fn insert_gate(
        &self,
        beside: Spot,
        later: bool,
        name: &str,
        form: GateForm,
    ) -> Result<Plan, Refusal> {
        let name = given(name)?;
        let study = self.study;
        let mut place = self.place(beside, later)?;
        if !place.after {
            let stages = &study.streams[place.stream].stages;
            let Some(before) = place.stage.checked_sub(1) else {
                return Err(impossible(format!(
                    "A gate judges what a stage has made, so it stands after one. Insert it after “{}”.",
                    Spot::Stage(place.stream, 0).name(study)
                )));
            };
            debug_assert!(before < stages.len());
            place = Place {
                stage: before,
                ..place
            };
        }
        let (s, i) = (place.stream, place.stage);
        let gates = &study.governance.gates;
        let id = free_id(&name, "gate", &|id| gates.iter().any(|g| g.id == id));
        let stage = &study.streams[s].stages[i];
        let mut entry = InlineTable::new();
        entry.insert("id", text(&id));
        entry.insert("name", text(&name));
        entry.insert("after", text(&after(study, s, &stage.id)));
        judged(&mut entry, form, &stage.team);
        let step = Step::Add {
            list: "governance.gates".into(),
            entry,
            before: place.behind.first().map(|&g| gates[g].id.clone()),
        };
        Ok(Plan {
            label: format!("Insert {name}"),
            steps: vec![step],
        })
    }

    fn team(&self, id: &str) -> Result<Spot, Refusal> {
        Spot::of(self.study, &format!("team/{id}"))
    }

    fn assign(&self, node: Spot, team: &str) -> Result<Plan, Refusal> {
        let study = self.study;
        let to = self.team(team)?.name(study);
        let label = match node {
            Spot::Tickets(_) => format!("Give tickets to {to}"),
            _ => format!("Give {} to {to}", node.name(study)),
        };
        let paths = match node {
            Spot::Stage(s, i) => vec![stage_path(study, s, i)],
            Spot::Gate(g) if study.governance.gates[g].kind == "manual" => {
                vec![format!("governance.gates.{}", study.governance.gates[g].id)]
            }
            Spot::Gate(g) => {
                let how = match study.governance.gates[g].kind.as_str() {
                    "board" => "meets, and takes nobody's hours",
                    _ => "runs in the pipeline",
                };
                return Err(impossible(format!(
                    "“{}” {how}: no team works it. Only a review by hand has a team; make it one first, under its parameters.",
                    node.name(study)
                )));
            }
            Spot::Tickets(t) => {
                let all = study.platform.capabilities.iter();
                let own = all.filter(|c| c.team.as_deref() == Some(&study.teams[t].id));
                own.map(|c| format!("platform.capabilities.{}", c.id))
                    .collect()
            }
            _ => {
                return Err(impossible(
                    "Only stages, reviews by hand and tickets are worked by a team.",
                ));
            }
        };
        let here = match node {
            Spot::Stage(s, i) => Some(study.streams[s].stages[i].team.as_str()),
            Spot::Gate(g) => study.governance.gates[g].team.as_deref(),
            Spot::Tickets(t) => Some(study.teams[t].id.as_str()),
            _ => None,
        };
        if paths.is_empty() {
            return Err(impossible(format!(
                "{} gets no tickets: no capability of the platform names it. Choose the tickets of another team.",
                node.name(study)
            )));
        }
        if here == Some(team) {
            return Err(impossible(format!(
                "{to} works it already: choose another team."
            )));
        }
        let set = |path| Step::Set {
            path: format!("{path}.team"),
            to: text(team),
        };
        Ok(Plan {
            label,
            steps: paths.into_iter().map(set).collect(),
        })
    }

    fn shift(&self, node: Spot, later: bool) -> Result<Plan, Refusal> {
        let study = self.study;
        match node {
            Spot::Stage(s, i) => {
                let stages = &study.streams[s].stages;
                let before = match (later, i) {
                    (false, 0) => {
                        return Err(impossible(format!(
                            "“{}” is the first stage already.",
                            node.name(study)
                        )));
                    }
                    (false, i) => Some(Spot::Stage(s, i - 1)),
                    (true, i) if i + 1 == stages.len() => {
                        return Err(impossible(format!(
                            "“{}” is the last stage already.",
                            node.name(study)
                        )));
                    }
                    (true, i) => (i + 2 < stages.len()).then_some(Spot::Stage(s, i + 2)),
                };
                self.move_stage(node, before)
            }
            Spot::Gate(g) => self.shift_gate(g, later),
            _ => Err(impossible(
                "Only stages and gates have a place in the order.",
            )),
        }
    }

    fn shift_gate(&self, g: usize, later: bool) -> Result<Plan, Refusal> {
        let study = self.study;
        let gates = &study.governance.gates;
        let name = Spot::Gate(g).name(study);
        let Some((s, i)) = stands_after(study, g) else {
            return Err(impossible("This gate stands after no stage."));
        };
        let here = gates_after(study, s, i);
        let at = here.iter().position(|&x| x == g).unwrap_or(0);
        let list = "governance.gates".to_owned();
        let id = gates[g].id.clone();
        let beside = if later {
            here.get(at + 1)
        } else {
            at.checked_sub(1).and_then(|k| here.get(k))
        };
        let mut steps = Vec::new();
        if let Some(&other) = beside {
            // Only the two change places: what else stands between them in the file belongs elsewhere.
            let (first, second) = if later { (other, g) } else { (g, other) };
            steps.push(Step::Move {
                list,
                id: gates[first].id.clone(),
                before: Some(gates[second].id.clone()),
            });
        } else {
            let stages = &study.streams[s].stages;
            let to = if later {
                Some(i + 1).filter(|&k| k < stages.len())
            } else {
                i.checked_sub(1)
            };
            let Some(to) = to else {
                let end = if later { "last" } else { "first" };
                return Err(impossible(format!(
                    "“{name}” stands after the {end} stage, and no gate comes {} it there.",
                    if later { "after" } else { "before" }
                )));
            };
            steps.push(Step::Set {
                path: format!("governance.gates.{id}.after"),
                to: text(&after(study, s, &stages[to].id)),
            });
            let there = gates_after(study, s, to);
            // The first of the gates there when it comes from before them, the last when from behind.
            let first = there
                .first()
                .filter(|_| later)
                .map(|&x| gates[x].id.clone());
            if first.is_some() || !there.is_empty() {
                steps.push(Step::Move {
                    list,
                    id,
                    before: first,
                });
            }
        }
        Ok(Plan {
            label: format!("Move {name}"),
            steps,
        })
    }

    fn move_stage(&self, node: Spot, before: Option<Spot>) -> Result<Plan, Refusal> {
        let study = self.study;
        let Spot::Stage(s, i) = node else {
            return Err(impossible("Only a stage can be moved among the stages."));
        };
        let stream = &study.streams[s];
        let name = node.name(study);
        let to = match before {
            None => stream.stages.len(),
            Some(Spot::Stage(other, at)) if other == s => at,
            Some(other) => {
                return Err(impossible(format!(
                    "“{}” is not in the same value stream: a stage moves within its own.",
                    other.name(study)
                )));
            }
        };
        let id = &stream.stages[i].id;
        let routed = stream.stages[i].next.is_some()
            || stream
                .stages
                .iter()
                .any(|x| x.next.iter().flatten().any(|n| n.to == *id));
        if routed {
            return Err(impossible(format!(
                "Work comes to “{name}”, or leaves it, by routes of its own: the order of the stages does not matter there. Insert a stage where you want it, and remove this one."
            )));
        }
        let mut steps = self.parted(s, i, to, &name)?;
        steps.push(Step::Move {
            list: format!("streams.{}.stages", stream.id),
            id: id.clone(),
            before: stream.stages.get(to).map(|x| x.id.clone()),
        });
        Ok(Plan {
            label: format!("Move {name}"),
            steps,
        })
    }

    /// A stage moves within its part of a fork, or past the fork as a whole.
    fn parted(&self, s: usize, i: usize, to: usize, name: &str) -> Result<Vec<Step>, Refusal> {
        let stream = &self.study.streams[s];
        let neighbours = [to.checked_sub(1), Some(to)].into_iter().flatten();
        let inside = |k: usize| {
            (k < stream.stages.len() && k != i)
                .then(|| part_of(self.study, s, k))
                .flatten()
        };
        let around: Vec<_> = neighbours.map(inside).collect();
        match part_of(self.study, s, i) {
            None => {
                let within = matches!(around[..], [Some((a, _)), Some((b, _))] if a == b);
                if within {
                    return Err(impossible(format!(
                        "Work is split into parts there, and “{name}” belongs to none of them. Move it before the split or after the parts come together."
                    )));
                }
                Ok(Vec::new())
            }
            Some((f, p)) => {
                if !around.contains(&Some((f, p))) {
                    return Err(impossible(format!(
                        "“{name}” belongs to a part of split work and can be moved within that part only."
                    )));
                }
                let part = &stream.forks[f].parts[p];
                let at = |id: &String| stream.stages.iter().position(|x| x.id == *id).unwrap_or(0);
                let own = &stream.stages[i].id;
                let mut order: Vec<String> =
                    part.stages.iter().filter(|x| *x != own).cloned().collect();
                let place = order.iter().filter(|x| at(x) < to).count();
                order.insert(place, own.clone());
                Ok(vec![Step::Set {
                    path: format!(
                        "streams.{}.forks.{}.parts.{}.stages",
                        stream.id, stream.forks[f].id, part.id
                    ),
                    to: list(order.iter().map(|x| text(x))),
                }])
            }
        }
    }

    fn rename(&self, node: Spot, name: &str) -> Result<Plan, Refusal> {
        let study = self.study;
        let name = given(name)?;
        if node.name(study) == name {
            return Err(impossible(format!(
                "It is called “{name}” already: type another name."
            )));
        }
        let path = match node {
            Spot::Stage(s, i) => stage_path(study, s, i),
            Spot::Gate(g) => format!("governance.gates.{}", study.governance.gates[g].id),
            Spot::Team(t) | Spot::Tickets(t) => format!("teams.{}", study.teams[t].id),
            Spot::Stream(s) | Spot::Release(s) => format!("streams.{}", study.streams[s].id),
        };
        Ok(Plan {
            label: format!("Rename {}", node.name(study)),
            steps: vec![Step::Set {
                path: format!("{path}.name"),
                to: text(&name),
            }],
        })
    }

    fn commit(&self, node: Spot) -> Result<Plan, Refusal> {
        let Spot::Stage(s, i) = node else {
            return Err(impossible("Changes commit at a stage."));
        };
        let stream = &self.study.streams[s];
        if stream.commit == stream.stages[i].id {
            return Err(impossible(format!(
                "Changes are committed at “{}” already: choose another stage.",
                node.name(self.study)
            )));
        }
        Ok(Plan {
            label: format!("Commit at {}", node.name(self.study)),
            steps: vec![Step::Set {
                path: format!("streams.{}.commit", stream.id),
                to: text(&stream.stages[i].id),
            }],
        })
    }

    fn add_team(&self, name: &str) -> Result<Plan, Refusal> {
        let name = given(name)?;
        let teams = &self.study.teams;
        let id = free_id(&name, "team", &|id| {
            id == "production" || teams.iter().any(|t| t.id == id)
        });
        let mut entry = InlineTable::new();
        entry.insert("id", text(&id));
        entry.insert("name", text(&name));
        entry.insert("kind", text("stream-aligned"));
        entry.insert("people", 3.into());
        entry.insert("focus", text("70%"));
        Ok(Plan {
            label: format!("Add {name}"),
            steps: vec![Step::Add {
                list: "teams".into(),
                entry,
                before: None,
            }],
        })
    }
}

/// What a new gate of each form is, until somebody says otherwise: it tells little apart.
fn judged(entry: &mut InlineTable, form: GateForm, team: &str) {
    match form {
        GateForm::Automated => {
            entry.insert("kind", text("automated"));
            entry.insert("duration", text("10 minutes"));
        }
        GateForm::Manual => {
            entry.insert("kind", text("manual"));
            entry.insert("team", text(team));
            entry.insert("effort", text("1 hour"));
        }
        GateForm::Board => {
            entry.insert("kind", text("board"));
            entry.insert("every", text("1 week"));
            entry.insert("session", text("2 hours"));
        }
    }
    entry.insert("discrimination", 1.0.into());
    entry.insert("strictness", 0.4.into());
}
