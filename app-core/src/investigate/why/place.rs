//! Where a suspect can be looked at: its place on the map, or its part of lead time.

use millrace_core::experiment::trace::{Cure, Suspect};
use millrace_core::model::{Model, Release, Stage};
use millrace_core::random::Name;

/// The node of the map where it stands, or `team/ID`; `None` where it has no place of its own.
pub fn place(model: &Model, suspect: &Suspect) -> Option<String> {
    let stream = |s: usize| &model.streams[s].id;
    match suspect.cure {
        Cure::Arrivals(s) | Cure::Estimation(s) => Some(format!("demand/{}", stream(s))),
        Cure::Limits(s) => the_stage(model, s, |stage| f64::from(u8::from(stage.limit.is_some())))
            .or_else(|| Some(format!("demand/{}", stream(s)))),
        Cure::Returns(s) => the_stage(model, s, |stage| {
            stage.returns.iter().map(|r| r.probability).sum()
        }),
        Cure::Defects(s) => the_stage(model, s, |stage| stage.defects.iter().sum()),
        Cure::People(t) => Some(format!("team/{}", model.teams[t].id)),
        Cure::Capability(id) => tickets(model, id),
        Cure::Environments(pool) => {
            let needs = model.stages.iter().find(|s| s.environment == Some(pool))?;
            Some(stage_id(model, needs))
        }
        Cure::ReleaseWait | Cure::ReleaseWork => released(model, "release", |_| true),
        Cure::Runs => released(model, "deployment", |r| !r.steps.is_empty()),
        Cure::Rollout(k) => released(model, "deployment", |r| r.strategy.contains(&k)),
        Cure::Detection | Cure::Outages | Cure::Undo | Cure::Repairs | Cure::EmergencyPath => {
            released(model, "production", |_| true)
        }
        Cure::GateWait(g) | Cure::GateFalseStops(g) | Cure::GateMisses(g) => {
            Some(format!("gate/{}", model.gates[g].id))
        }
        Cure::Urgent | Cure::Meetings | Cure::Load | Cure::Handoffs | Cure::Runners => None,
    }
}

/// The part of lead time that it is about, where that says more than a place.
pub fn account(cure: Cure) -> Option<&'static str> {
    match cure {
        Cure::Handoffs => Some("handoff"),
        Cure::Meetings => Some("slowed-meetings"),
        Cure::Load => Some("slowed-load"),
        Cure::Runners | Cure::Capability(_) => Some("waiting-for-platform"),
        _ => None,
    }
}

fn stage_id(model: &Model, stage: &Stage) -> String {
    format!("stage/{}/{}", model.streams[stage.stream].id, stage.id)
}

/// The stage of a stream that has the most of something, if any has it.
fn the_stage(model: &Model, s: usize, of: impl Fn(&Stage) -> f64) -> Option<String> {
    let stages = model.stages[model.streams[s].stages.clone()].iter();
    let most = stages.max_by(|a, b| of(a).total_cmp(&of(b)))?;
    (of(most) > 0.0).then(|| stage_id(model, most))
}

/// Tickets at the team that is asked for a capability.
fn tickets(model: &Model, id: &str) -> Option<String> {
    let name = Name::of_text(id);
    let mut requests = model.stages.iter().flat_map(|s| &s.requests);
    let asked = requests.find(|r| r.name == name)?;
    Some(format!("tickets/{}", model.teams[asked.team].id))
}

/// A node of the first stream whose release is such a one.
fn released(model: &Model, node: &str, which: impl Fn(&Release) -> bool) -> Option<String> {
    let is = |s: &&millrace_core::model::Stream| s.release.as_ref().is_some_and(&which);
    let stream = model.streams.iter().find(is)?;
    Some(format!("{node}/{}", stream.id))
}
