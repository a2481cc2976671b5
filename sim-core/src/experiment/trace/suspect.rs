//! What may be to blame: everything of an organisation that could be ideal and is not.

use super::cure::Cure;
use crate::model::Model;
use crate::scenario::{Variant, capabilities};
use serde::Serialize;

/// The seven connected parts of an organisation, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the seven parts' names")]
pub enum Section {
    Outcome,
    ValueStream,
    Teams,
    Platform,
    Pipeline,
    Governance,
    Improvement,
}

impl Section {
    /// All seven.
    pub const ALL: [Self; 7] = [
        Self::Outcome,
        Self::ValueStream,
        Self::Teams,
        Self::Platform,
        Self::Pipeline,
        Self::Governance,
        Self::Improvement,
    ];
}

/// One thing that can be made ideal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suspect {
    /// `KIND`, `KIND/ID` or `gate/ID/WHAT`.
    pub id: String,
    /// The part of the organisation it belongs to.
    pub part: Section,
    /// Shown name of the team, gate, strategy, pool, capability, or stream where there are several; empty
    /// for what is one of a kind.
    pub name: String,
    /// What makes it ideal.
    #[serde(skip)]
    pub cure: Cure,
}

/// Everything in a variant that is not ideal yet, in the order in which cures are applied: those that
/// change nothing are left out.
#[must_use]
pub fn suspects(variant: &Variant) -> Vec<Suspect> {
    let settled = |mut model: Model| {
        // Reviews play no part in the settled view.
        model.improvement = None;
        model
    };
    let before = settled(variant.model(None));
    let is_ideal = |s: &Suspect| {
        let raised = s.cure.levels().next().map_or(Some(before.clone()), |_| {
            let levels = s.cure.levels().collect();
            variant.raised(&levels).map(|v| settled(v.model(None)))
        });
        raised.is_none_or(|mut after| {
            s.cure.apply(&mut after);
            after == before
        })
    };
    let mut all = all(&before);
    all.retain(|s| !is_ideal(s));
    all
}

fn all(model: &Model) -> Vec<Suspect> {
    let one = |id: &str, part, cure| Suspect {
        id: id.to_owned(),
        part,
        name: String::new(),
        cure,
    };
    let mut out = vec![one("urgent", Section::Outcome, Cure::Urgent)];
    for (i, s) in model.streams.iter().enumerate() {
        let label = if model.streams.len() > 1 {
            &s.label
        } else {
            ""
        };
        let of = |kind: &str, cure| named(kind, Section::ValueStream, &s.id, label, cure);
        out.extend([
            of("arrivals", Cure::Arrivals(i)),
            of("estimation", Cure::Estimation(i)),
            of("limits", Cure::Limits(i)),
            of("returns", Cure::Returns(i)),
            of("defects", Cure::Defects(i)),
        ]);
    }
    for (i, t) in model.teams.iter().enumerate() {
        out.push(named(
            "team",
            Section::Teams,
            &t.id,
            &t.label,
            Cure::People(i),
        ));
    }
    out.push(one("meetings", Section::Teams, Cure::Meetings));
    out.push(one("load", Section::Teams, Cure::Load));
    out.push(one("handoffs", Section::Teams, Cure::Handoffs));
    platform(model, &mut out);
    pipeline(model, &mut out);
    for (i, g) in model.gates.iter().enumerate() {
        let of = |what: &str, cure| Suspect {
            id: format!("gate/{}/{what}", g.id),
            part: Section::Governance,
            name: g.label.clone(),
            cure,
        };
        out.extend([
            of("wait", Cure::GateWait(i)),
            of("false-stops", Cure::GateFalseStops(i)),
            of("misses", Cure::GateMisses(i)),
        ]);
    }
    out.push(one(
        "emergency-path",
        Section::Governance,
        Cure::EmergencyPath,
    ));
    out.push(one("repairs", Section::Improvement, Cure::Repairs));
    out
}

fn named(kind: &str, part: Section, id: &str, label: &str, cure: Cure) -> Suspect {
    Suspect {
        id: format!("{kind}/{id}"),
        part,
        name: label.to_owned(),
        cure,
    }
}

fn platform(model: &Model, out: &mut Vec<Suspect>) {
    for id in capabilities() {
        let cure = if id == "observability" {
            Cure::Detection
        } else {
            Cure::Capability(id)
        };
        let kind = if cure == Cure::Detection {
            "detection"
        } else {
            "capability"
        };
        let mut suspect = named(kind, Section::Platform, id, &id.replace('-', " "), cure);
        if cure == Cure::Detection {
            suspect.id = kind.to_owned();
        }
        out.push(suspect);
    }
    for (i, e) in model.environments.iter().enumerate() {
        let cure = Cure::Environments(i);
        out.push(named(
            "environments",
            Section::Platform,
            &e.id,
            &e.label,
            cure,
        ));
    }
    let outages = Cure::Outages;
    out.push(Suspect {
        id: "outages".to_owned(),
        part: Section::Platform,
        name: String::new(),
        cure: outages,
    });
}

fn pipeline(model: &Model, out: &mut Vec<Suspect>) {
    let mut one = |id: &str, cure| {
        out.push(Suspect {
            id: id.to_owned(),
            part: Section::Pipeline,
            name: String::new(),
            cure,
        });
    };
    one("pipeline-runs", Cure::Runs);
    one("runners", Cure::Runners);
    one("release-wait", Cure::ReleaseWait);
    one("release-work", Cure::ReleaseWork);
    for (i, s) in model.strategies.iter().enumerate() {
        let cure = Cure::Rollout(i);
        out.push(named("strategy", Section::Pipeline, &s.id, &s.label, cure));
    }
    out.push(Suspect {
        id: "undo".to_owned(),
        part: Section::Pipeline,
        name: String::new(),
        cure: Cure::Undo,
    });
}
