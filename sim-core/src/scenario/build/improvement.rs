//! Reviews and rules of a study, with what they need to know of its platform.

use super::Builder;
use crate::model::{Funded, IMPROVEMENT_RULES, Improvement, Rule};
use crate::random::Name;
use crate::scenario::study;
use crate::scenario::tables::MODES;

impl Builder<'_> {
    pub(super) fn improvement(&mut self) -> Option<Improvement> {
        let given = self.study.improvement.clone()?;
        let team = given
            .team
            .as_ref()
            .map(|t| self.team(t, "improvement.team"));
        let rules = self.rules(&given);
        let capabilities = self.study.platform.capabilities.iter();
        let service = MODES.iter().find(|m| m.id == "x-as-a-service");
        let how = study::Interaction {
            mode: service.unwrap_or(&MODES[0]).id.clone(),
            delay: None,
            sender_effort: None,
            receiver_effort: None,
            lost_information: None,
        };
        Some(Improvement {
            every: given.every as u32,
            effort: super::dist(&given.hours),
            team,
            at_once: given.at_once as u32,
            rules,
            capabilities: capabilities
                .map(|c| Funded {
                    id: c.id.clone(),
                    name: Name::of_text(&c.id),
                    level: c.level as u32,
                })
                .collect(),
            ladder: self.supported_strategies(),
            as_a_service: super::handoff(&how, "", ""),
        })
    }

    fn rules(&mut self, given: &study::Improvement) -> Vec<(Rule, f64)> {
        let mut rules: Vec<(Rule, f64)> = Vec::new();
        let paths = self.entries("improvement.rules");
        for (r, path) in given.rules.iter().zip(paths) {
            let Some(&(rule, id, default)) = IMPROVEMENT_RULES.iter().find(|x| x.1 == r.rule)
            else {
                continue;
            };
            if rules.iter().any(|x| x.0 == rule) {
                self.fault(&path, format!("the rule `{id}` is given twice"), "");
            }
            let bound = r.bound.unwrap_or(default);
            let (low, high) = match rule {
                Rule::RelaxGate | Rule::TightenGate | Rule::LearnFromIncidents => (0.0, 1.0),
                Rule::FundCapability => (0.0, 4.0),
                Rule::LowerWipLimit | Rule::PrioritiseOutcome => (1.0, 1000.0),
                Rule::AutomateGate | Rule::SaferStrategy | Rule::RemoveHandoff => (0.0, 1000.0),
            };
            if !(low..=high).contains(&bound) {
                let message = format!("the bound of `{id}` must lie between {low} and {high}");
                self.fault(&format!("{path}.bound"), message, "");
            }
            rules.push((rule, bound));
        }
        rules
    }
}
