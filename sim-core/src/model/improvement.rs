//! What an organisation learns from its releases: reviews, rules and their bounds (RULES 27).

use super::{Handoff, Strategy};
use crate::random::{Distribution, Name};
use serde::Serialize;

/// What a review looks for, and what it then asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Relax a gate that stopped only sound low-risk changes. Bound: its lowest strictness.
    RelaxGate,
    /// Tighten a gate that covers the category most incidents were of. Bound: its highest strictness.
    TightenGate,
    /// Fund the capability that tickets were waited for the longest. Bound: its highest level.
    FundCapability,
    /// Lower the WIP limit where delivered items waited the longest. Bound: the lowest limit.
    LowerWipLimit,
    /// Defect rates fall after a review in which an incident was recovered. Bound: the lowest share left.
    LearnFromIncidents,
    /// Automate the manual gate with the largest queue. Bound: how many gates.
    AutomateGate,
    /// Give up the strategy whose failures hurt most for the next safer. Bound: how many times.
    SaferStrategy,
    /// The handoff with the largest delay becomes x-as-a-service. Bound: how many handoffs.
    RemoveHandoff,
    /// A missed objective counts more. Bound: the largest factor on its weight.
    PrioritiseOutcome,
}

/// Every rule with its id in the study and the bound it has if the study gives none: assumptions.
pub const IMPROVEMENT_RULES: [(Rule, &str, f64); 9] = [
    (Rule::RelaxGate, "relax-gate", 0.2),
    (Rule::TightenGate, "tighten-gate", 0.8),
    (Rule::FundCapability, "fund-capability", 3.0),
    (Rule::LowerWipLimit, "lower-wip-limit", 2.0),
    (Rule::LearnFromIncidents, "learn-from-incidents", 0.5),
    (Rule::AutomateGate, "automate-gate", 1.0),
    (Rule::SaferStrategy, "safer-strategy", 1.0),
    (Rule::RemoveHandoff, "remove-handoff", 1.0),
    (Rule::PrioritiseOutcome, "prioritise-outcome", 4.0),
];

impl Rule {
    /// Its id in the study.
    #[must_use]
    pub fn id(self) -> &'static str {
        IMPROVEMENT_RULES[self as usize].1
    }
}

/// Reviews and the rules that are switched on.
#[derive(Debug, Clone, PartialEq)]
pub struct Improvement {
    /// Weeks between reviews, at least 1.
    pub every: u32,
    /// Person-hours of an improvement.
    pub effort: Distribution,
    /// Who does it; `None`: the team concerned.
    pub team: Option<usize>,
    /// Improvements in progress at most.
    pub at_once: u32,
    /// Rules switched on with their bounds, in the order in which a review asks them.
    pub rules: Vec<(Rule, f64)>,
    /// Capabilities of the platform.
    pub capabilities: Vec<Funded>,
    /// Strategies that the platform supports, the riskiest first.
    pub ladder: Vec<Strategy>,
    /// A handoff to a team that offers its work as a service.
    pub as_a_service: Handoff,
}

/// A capability and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funded {
    /// Id in the study.
    pub id: String,
    /// Stable name: that of requests for it.
    pub name: Name,
    /// Its level, 0 to 4.
    pub level: u32,
}
