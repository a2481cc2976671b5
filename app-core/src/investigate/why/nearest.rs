//! The nearest thing that can be done about a suspect: what is ideal is seldom to be had. Where nobody can
//! simply do anything about it, half of what is wrong with it is offered as a wish, and called one.

mod change;
mod wish;

use super::super::Ground;
use super::super::proposal::{LeverMove, Proposal, Scaling, Setting};
use crate::view::Refusal;
use millrace_core::experiment::trace::{Cure, Suspect};
use millrace_core::scenario::lever::{Offered, Position, offered};
use millrace_core::scenario::{Node, Scenario, Stream, Variant};
use serde::{Deserialize, Serialize};
use specta::Type;

/// People more in a team that is short of them.
const MORE_PEOPLE: f64 = 2.0;

/// Something to make a what-if of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// The what-if.
    pub proposal: Proposal,
    /// Nobody can simply do it: it is what something else would have to bring about.
    pub wish: bool,
    /// Person-weeks of the levers it moves; 0 where it has no price.
    pub person_weeks: f64,
}

/// The levers of a study, and what they can do about suspects.
pub struct Offers<'g> {
    scenario: &'g Scenario,
    shown: Variant,
    includes: Vec<String>,
    levers: Vec<Offered>,
}

impl<'g> Offers<'g> {
    /// On top of the variant that is shown.
    ///
    /// # Errors
    /// If it is no study.
    pub fn of(ground: &'g Ground) -> Result<Self, Refusal> {
        Ok(Self {
            scenario: &ground.scenario,
            shown: ground.variant(ground.shown.as_deref())?,
            includes: ground.shown.iter().cloned().collect(),
            levers: offered(&ground.scenario.baseline),
        })
    }

    /// What can be done about a suspect, or wished for, if it changes anything.
    pub fn nearest(&self, suspect: &Suspect) -> Option<Offer> {
        let price = |m: &LeverMove| {
            let lever = self.lever(&m.lever)?;
            Some(lever.lever.price(&lever.named(m.position)))
        };
        let offer = |wish| {
            move |proposal: Proposal| Offer {
                person_weeks: proposal.levers.iter().filter_map(price).sum(),
                wish,
                proposal,
            }
        };
        let done = self.by_lever(suspect).or_else(|| self.change(suspect));
        done.map(offer(false))
            .or_else(|| self.wish(suspect).map(offer(true)))
    }

    fn by_lever(&self, suspect: &Suspect) -> Option<Proposal> {
        match suspect.cure {
            Cure::Urgent => self.first("urgent-share"),
            Cure::People(_) => self.more_people(entry(suspect)),
            Cure::Meetings => self.last("focus"),
            Cure::Load => self.first("tools"),
            Cure::Handoffs => self.last("interaction"),
            Cure::Capability(id) => self.last(capability(id)?),
            Cure::Detection => self.last("observability"),
            Cure::Runs => self.last("delivery-automation"),
            Cure::ReleaseWait => self.last("release-rhythm"),
            Cure::ReleaseWork => self
                .last("delivery-automation")
                .or_else(|| self.last("release-status")),
            Cure::Rollout(_) => self.last("strategy").or_else(|| self.safest()),
            Cure::Undo => self.named("undo", "automatic"),
            Cure::GateWait(_) => self.approval(entry(suspect)),
            Cure::GateMisses(_) => self
                .approval(entry(suspect))
                .or_else(|| self.better_tool(entry(suspect))),
            _ => None,
        }
    }

    /// What can be done about two suspects at once; no wishes.
    pub fn both(&self, a: &Suspect, b: &Suspect) -> Option<Offer> {
        let doable = |suspect| self.nearest(suspect).filter(|offer| !offer.wish);
        let (one, other) = (doable(a)?, doable(b)?);
        let (a, b) = (one.proposal, other.proposal);
        let moved = |m: &LeverMove| a.levers.iter().any(|other| other.lever == m.lever);
        if b.levers.iter().any(moved) {
            return None;
        }
        let proposal = self.offer(Proposal {
            name: format!("{} + {}", a.name, b.name),
            includes: a.includes,
            levers: a.levers.into_iter().chain(b.levers).collect(),
            settings: a.settings.into_iter().chain(b.settings).collect(),
            scalings: a.scalings.into_iter().chain(b.scalings).collect(),
        })?;
        Some(Offer {
            proposal,
            wish: false,
            person_weeks: one.person_weeks + other.person_weeks,
        })
    }

    fn lever(&self, id: &str) -> Option<&Offered> {
        self.levers.iter().find(|l| l.id == id)
    }

    fn first(&self, id: &str) -> Option<Proposal> {
        let position = *self.lever(id)?.positions().first()?;
        self.at(id, position)
    }

    fn last(&self, id: &str) -> Option<Proposal> {
        let position = *self.lever(id)?.positions().last()?;
        self.at(id, position)
    }

    fn named(&self, id: &str, label: &str) -> Option<Proposal> {
        let all = &self.lever(id)?.lever.positions;
        let position = all.iter().position(|p| p.label == label)?;
        self.at(id, position as f64)
    }

    /// On top of those that the shown what-if adds.
    fn more_people(&self, team: &str) -> Option<Proposal> {
        let id = format!("people/{team}");
        let shown = self
            .includes
            .first()
            .and_then(|id| self.scenario.what_if(id));
        let already = match shown.and_then(|w| w.levers.get(&id)) {
            Some(Position::Number(n)) => *n,
            _ => 0.0,
        };
        self.at(&id, already + MORE_PEOPLE)
    }

    fn at(&self, id: &str, position: f64) -> Option<Proposal> {
        self.moved(&[(id, position)])
    }

    /// Levers moved, named after the first.
    fn moved(&self, moves: &[(&str, f64)]) -> Option<Proposal> {
        let (first, position) = moves.first()?;
        let lever = self.lever(first)?;
        self.offer(Proposal {
            name: format!("{}: {}", lever.label, lever.words(Some(*position))),
            levers: moves
                .iter()
                .map(|(lever, position)| LeverMove {
                    lever: (*lever).to_owned(),
                    position: *position,
                })
                .collect(),
            ..Proposal::default()
        })
    }

    fn set(&self, name: &str, settings: Vec<(String, String)>) -> Option<Proposal> {
        let setting = |(path, to)| Setting { path, to };
        self.offer(Proposal {
            name: name.to_owned(),
            settings: settings.into_iter().map(setting).collect(),
            ..Proposal::default()
        })
    }

    /// Numbers multiplied, as many of them as the study says.
    fn scaled(&self, name: &str, by: f64, paths: Vec<String>) -> Option<Proposal> {
        let there = paths
            .into_iter()
            .filter(|path| self.shown.tree.at(path).is_some());
        self.offer(Proposal {
            name: name.to_owned(),
            scalings: there.map(|path| Scaling { path, by }).collect(),
            ..Proposal::default()
        })
    }

    /// On top of what is shown, if it makes a study and another one.
    fn offer(&self, proposal: Proposal) -> Option<Proposal> {
        let proposal = Proposal {
            includes: self.includes.clone(),
            ..proposal
        };
        let changes = proposal.levers.len() + proposal.settings.len() + proposal.scalings.len();
        (changes > 0 && proposal.stands(self.scenario)).then_some(proposal)
    }

    /// The safest strategy with what it needs of the platform.
    fn safest(&self) -> Option<Proposal> {
        let last = |id: &str| self.lever(id)?.positions().last().copied();
        self.moved(&[
            ("strategy", last("strategy")?),
            ("delivery-automation", last("delivery-automation")?),
            ("observability", last("observability")? - 1.0),
        ])
    }

    /// A policy that the pipeline checks, in place of the change approval.
    fn approval(&self, gate: &str) -> Option<Proposal> {
        (gate == "change-approval")
            .then(|| self.named("approval", "automated policy"))
            .flatten()
    }

    /// What the platform can make of a gate that is a tool.
    fn better_tool(&self, gate: &str) -> Option<Proposal> {
        let gates = &self.shown.study.governance.gates;
        let gate = gates.iter().find(|g| g.id == gate)?;
        if gate.kind != "automated" {
            return None;
        }
        let [functional, performance, _, _, operational] = gate.covers;
        if functional || performance || operational {
            self.last("automated-tests")
        } else {
            self.last("security-checks")
        }
    }

    /// A value of the shown variant, as it is written.
    fn written(&self, path: &str) -> Option<&Node> {
        self.shown.tree.at(path)
    }

    /// A number of the shown variant, in its base unit.
    fn number(&self, path: &str) -> Option<f64> {
        self.shown.parameter(path)?.value.as_f64()
    }

    fn stream(&self, suspect: &Suspect) -> Option<&Stream> {
        let streams = &self.shown.study.streams;
        streams.iter().find(|s| s.id == entry(suspect))
    }
}

/// What of its kind a suspect is: the id of a team, a gate, a stream.
fn entry(suspect: &Suspect) -> &str {
    suspect.id.split('/').nth(1).unwrap_or_default()
}

/// "… in Payments", where there are several streams.
fn within(what: &str, suspect: &Suspect) -> String {
    match suspect.name.as_str() {
        "" => what.to_owned(),
        stream => format!("{what} in {stream}"),
    }
}

/// The lever that raises a capability.
fn capability(id: &str) -> Option<&'static str> {
    Some(match id {
        "self-service-infrastructure" | "test-environments" => "infrastructure",
        "build-and-deploy-automation" | "progressive-delivery" => "delivery-automation",
        "test-automation" => "automated-tests",
        "security-automation" => "security-checks",
        "shared-release-status" => "release-status",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
