//! The nearest thing that can be done about a suspect: what is ideal is seldom to be had.

use super::super::Ground;
use super::super::proposal::{LeverMove, Proposal, Setting};
use millrace_core::experiment::trace::{Cure, Suspect};
use millrace_core::scenario::Scenario;
use millrace_core::scenario::lever::{Offered, offered};

/// People more in a team that is short of them.
const MORE_PEOPLE: f64 = 2.0;
/// How much less strict a gate that stops too much gets.
const LOOSER: f64 = 0.15;

/// The levers of a study, and what they can do about suspects.
pub struct Offers<'g> {
    scenario: &'g Scenario,
    includes: Vec<String>,
    levers: Vec<Offered>,
}

impl<'g> Offers<'g> {
    /// On top of the variant that is shown.
    pub fn of(ground: &'g Ground) -> Self {
        Self {
            scenario: &ground.scenario,
            includes: ground.shown.iter().cloned().collect(),
            levers: offered(&ground.scenario.baseline),
        }
    }

    /// What can be done about a suspect, if the study has a lever or a value for it, and it changes anything.
    pub fn nearest(&self, suspect: &Suspect) -> Option<Proposal> {
        let of = |id: &str| {
            suspect
                .id
                .split('/')
                .nth(1)
                .map(|entry| format!("{id}/{entry}"))
        };
        let gate = || suspect.id.split('/').nth(1).unwrap_or_default();
        match suspect.cure {
            Cure::Urgent => self.first("urgent-share"),
            Cure::People(_) => self.at(&of("people")?, MORE_PEOPLE),
            Cure::Meetings => self.last("focus"),
            Cure::Load => self.first("tools"),
            Cure::Handoffs => self.last("interaction"),
            Cure::Capability(id) => self.last(capability(id)?),
            Cure::Detection => self.last("observability"),
            Cure::ReleaseWait => self.last("release-rhythm"),
            Cure::ReleaseWork => self.last("delivery-automation"),
            Cure::Rollout(_) => self.last("strategy").or_else(|| self.safest()),
            Cure::Undo => self.named("undo", "automatic"),
            Cure::GateWait(_) => self
                .approval(gate())
                .or_else(|| self.automated(gate(), &suspect.name)),
            Cure::GateFalseStops(_) => self.looser(gate(), &suspect.name),
            Cure::GateMisses(_) => self.approval(gate()),
            Cure::EmergencyPath => self.set(
                "Repairs skip board and train",
                &[("governance.emergency_path", "true".into())],
            ),
            _ => None,
        }
    }

    /// What can be done about two suspects at once.
    pub fn both(&self, a: &Suspect, b: &Suspect) -> Option<Proposal> {
        let (a, b) = (self.nearest(a)?, self.nearest(b)?);
        let moved = |m: &LeverMove| a.levers.iter().any(|other| other.lever == m.lever);
        if b.levers.iter().any(moved) {
            return None;
        }
        self.offer(Proposal {
            name: format!("{} + {}", a.name, b.name),
            includes: a.includes,
            levers: a.levers.into_iter().chain(b.levers).collect(),
            settings: a.settings.into_iter().chain(b.settings).collect(),
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

    fn at(&self, id: &str, position: f64) -> Option<Proposal> {
        self.moved(&[(id, position)])
    }

    /// Levers moved, named after the first.
    fn moved(&self, moves: &[(&str, f64)]) -> Option<Proposal> {
        let (first, position) = moves.first()?;
        let lever = self.lever(first)?;
        self.offer(Proposal {
            name: format!("{}: {}", lever.label, lever.words(Some(*position))),
            includes: self.includes.clone(),
            levers: moves
                .iter()
                .map(|(lever, position)| LeverMove {
                    lever: (*lever).to_owned(),
                    position: *position,
                })
                .collect(),
            settings: Vec::new(),
        })
    }

    fn set(&self, name: &str, settings: &[(&str, String)]) -> Option<Proposal> {
        self.offer(Proposal {
            name: name.to_owned(),
            includes: self.includes.clone(),
            levers: Vec::new(),
            settings: settings
                .iter()
                .map(|(path, to)| Setting {
                    path: (*path).to_owned(),
                    to: to.clone(),
                })
                .collect(),
        })
    }

    fn offer(&self, proposal: Proposal) -> Option<Proposal> {
        proposal.stands(self.scenario).then_some(proposal)
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

    fn automated(&self, gate: &str, name: &str) -> Option<Proposal> {
        let path = |key: &str| format!("governance.gates.{gate}.{key}");
        self.set(
            &format!("{name} in the pipeline"),
            &[
                (&path("kind"), "\"automated\"".into()),
                (&path("duration"), "\"10 minutes\"".into()),
            ],
        )
    }

    fn looser(&self, gate: &str, name: &str) -> Option<Proposal> {
        let path = format!("governance.gates.{gate}.strictness");
        let now = self.scenario.baseline.parameter(&path)?.value.as_f64()?;
        let to = (100.0 * (now - LOOSER).max(0.0)).round() / 100.0;
        self.set(&format!("{name} less strict"), &[(&path, to.to_string())])
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
