//! What happens after a defect reached users.

use super::PerCategory;
use crate::random::Distribution;

/// Everything after a defect reached users.
#[derive(Debug, Clone, PartialEq)]
pub struct Production {
    /// Hazard per hour of full exposure, by category.
    pub hazard: PerCategory,
    /// How much a defect of a category hurts the users it reaches, 0 to 1.
    pub severity: PerCategory,
    /// Exposure times hurt from which an incident is major, and from which critical.
    pub severe_from: [f64; 2],
    /// Mean hours until a manifest defect is noticed.
    pub detection: f64,
    /// Hours of coordination for each team involved beyond the first.
    pub coordination: f64,
    /// Hours of fixing forward with all responders.
    pub fix: Distribution,
    /// People called.
    pub responders: u32,
    /// Share of the commit stage's effort that the repair item needs.
    pub repair_share: f64,
    /// Repairs skip gates that only delay: the emergency path.
    pub emergency_path: bool,
    /// Multiplies injected defects for low, medium, high risk.
    pub risk_factor: [f64; 3],
    /// Probability that a repair injects a new defect.
    pub bad_fix: f64,
}
