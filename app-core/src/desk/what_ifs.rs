//! What-ifs: made, named, ordered, combined, priced.

use super::{Answer, Desk, refuse};
use crate::document::Details;
use crate::view::{RefusalCode, StudyView};
use millrace_core::scenario::WhatIf;
use millrace_core::scenario::lever::price;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// What is said of a what-if beside its changes, for a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfDetails {
    /// Shown name.
    pub name: String,
    /// Who proposes it; empty for nobody.
    pub by: String,
    /// Week in which it begins.
    pub start_week: f64,
    /// Weeks from there to full effect; its levers may take longer.
    pub full_effect_weeks: f64,
    /// Person-weeks it takes, by team.
    pub cost: Vec<TeamCost>,
    /// What-ifs whose changes come first, by id.
    pub includes: Vec<String>,
}

/// Person-weeks of a team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamCost {
    /// The team's id.
    pub team: String,
    /// Its name.
    pub name: String,
    /// Person-weeks.
    pub person_weeks: f64,
}

/// A form for a what-if: what it says, and what it may say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfForm {
    /// Its id.
    pub id: String,
    /// What it says, with a line for each team of the baseline.
    pub details: WhatIfDetails,
    /// Person-weeks of the levers it moves.
    pub lever_person_weeks: f64,
    /// Person-weeks in all, with what it includes.
    pub person_weeks: f64,
    /// What it may include: those that do not include it.
    pub may_include: Vec<Named>,
}

/// A what-if by id and name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Desk {
    /// Add an empty what-if and show it.
    ///
    /// # Errors
    /// If no study is open.
    pub fn add_what_if(&mut self, name: String) -> Answer<StudyView> {
        self.document()?.add_what_if(&name, 0)?;
        self.study()
    }

    /// Add a what-if that includes others, and show it.
    ///
    /// # Errors
    /// If there is none of an id, or they do not go together.
    pub fn combine_what_ifs(&mut self, ids: Vec<String>) -> Answer<StudyView> {
        let document = self.document()?;
        let mut names = Vec::new();
        for id in &ids {
            names.push(document.named(id)?.name.clone());
        }
        let depth = document.depth();
        let name = names.join(" + ");
        let new = document.add_what_if(&name, 0)?;
        let details = Details {
            name,
            by: String::new(),
            start_week: 0.0,
            full_effect_weeks: 0.0,
            cost: BTreeMap::new(),
            includes: ids,
        };
        if let Err(mut refusal) = document.describe_what_if(&new, &details) {
            document.back_to(depth)?;
            if refusal.code == RefusalCode::InvalidStudy {
                let faults: Vec<&str> = refusal.faults.iter().map(|f| f.message.as_str()).collect();
                refusal.message = format!("They do not go together: {}.", faults.join("; "));
                refusal.code = RefusalCode::ImpossiblePosition;
            }
            return Err(refusal);
        }
        document.join_last();
        self.study()
    }

    /// Copy a what-if and show the copy.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn duplicate_what_if(&mut self, id: String) -> Answer<StudyView> {
        self.document()?.duplicate_what_if(&id)?;
        self.study()
    }

    /// Rename a what-if.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn rename_what_if(&mut self, id: String, name: String) -> Answer<StudyView> {
        self.document()?.rename_what_if(&id, &name)?;
        self.study()
    }

    /// Remove a what-if.
    ///
    /// # Errors
    /// If there is none of that id, or another includes it.
    pub fn remove_what_if(&mut self, id: String) -> Answer<StudyView> {
        self.document()?.remove_what_if(&id)?;
        self.study()
    }

    /// Put a what-if before another, or last.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn place_what_if(&mut self, id: String, before: Option<String>) -> Answer<StudyView> {
        self.document()?.move_what_if(&id, before.as_deref())?;
        self.study()
    }

    /// What a what-if says of itself, for a form.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn what_if_form(&mut self, id: String) -> Answer<WhatIfForm> {
        let document = self.document()?;
        let w = document.named(&id)?;
        let scenario = &document.scenario;
        let teams = &scenario.baseline.study.teams;
        let cost = teams.iter().map(|t| TeamCost {
            team: t.id.clone(),
            name: if t.name.is_empty() {
                t.id.clone()
            } else {
                t.name.clone()
            },
            person_weeks: w.cost.get(&t.id).copied().unwrap_or(0.0),
        });
        // A team that only the what-if has, or that is gone, keeps what was said of it.
        let known = |id: &String| teams.iter().any(|t| t.id == *id);
        let others = w
            .cost
            .iter()
            .filter(|(id, _)| !known(id))
            .map(|(id, x)| TeamCost {
                team: id.clone(),
                name: id.clone(),
                person_weeks: *x,
            });
        Ok(WhatIfForm {
            id: id.clone(),
            details: WhatIfDetails {
                name: w.name.clone(),
                by: w.by.clone(),
                start_week: w.start_week,
                full_effect_weeks: w.full_effect_weeks,
                cost: cost.chain(others).collect(),
                includes: w.includes.clone(),
            },
            lever_person_weeks: w.levers.iter().map(|(l, at)| price(l, at)).sum(),
            person_weeks: scenario.person_weeks(&id),
            may_include: (scenario.what_ifs.iter())
                .filter(|other| !leads_to(&scenario.what_ifs, &other.id, &id))
                .map(|other| Named {
                    id: other.id.clone(),
                    name: other.name.clone(),
                })
                .collect(),
        })
    }

    /// Say what a what-if is beside its changes.
    ///
    /// # Errors
    /// If there is none of that id, a number is none, or what it includes does not go together.
    pub fn describe_what_if(&mut self, id: String, details: WhatIfDetails) -> Answer<StudyView> {
        let numbers = [details.start_week, details.full_effect_weeks];
        let costs = details.cost.iter().map(|c| c.person_weeks);
        if details.name.trim().is_empty() {
            return refuse(RefusalCode::ImpossiblePosition, "A what-if needs a name.");
        }
        if numbers
            .into_iter()
            .chain(costs)
            .any(|x| !(0.0..=1e5).contains(&x))
        {
            return refuse(
                RefusalCode::ImpossiblePosition,
                "Weeks are numbers from 0 to 100,000.",
            );
        }
        let cost = details.cost.into_iter().filter(|c| c.person_weeks > 0.0);
        let details = Details {
            name: details.name,
            by: details.by,
            start_week: details.start_week,
            full_effect_weeks: details.full_effect_weeks,
            cost: cost.map(|c| (c.team, c.person_weeks)).collect(),
            includes: details.includes,
        };
        self.document()?.describe_what_if(&id, &details)?;
        self.study()
    }
}

/// A what-if is another, or includes it however far away.
fn leads_to(all: &[WhatIf], from: &str, to: &str) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut left = vec![from];
    while let Some(id) = left.pop() {
        if id == to {
            return true;
        }
        if !seen.contains(&id) {
            seen.push(id);
            let of = all.iter().filter(|w| w.id == id);
            left.extend(of.flat_map(|w| w.includes.iter().map(String::as_str)));
        }
    }
    false
}
