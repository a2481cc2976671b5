//! What was found, as a what-if that does not exist yet: "make this a what-if".

use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::lever::{Offered, offered};
use millrace_core::scenario::{Change, Node, Scenario, WhatIf, parse};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A what-if to be made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// Its name.
    pub name: String,
    /// What-ifs it includes, by id.
    pub includes: Vec<String>,
    /// Levers it moves.
    pub levers: Vec<LeverMove>,
    /// Values it sets beside them.
    pub settings: Vec<Setting>,
    /// Numbers it multiplies.
    pub scalings: Vec<Scaling>,
}

/// A lever and where it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeverMove {
    /// Its id: `release-rhythm`, `people/app`.
    pub lever: String,
    /// Index of the position, or the number.
    pub position: f64,
}

/// A parameter and its new value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// Where, as what-ifs write it.
    pub path: String,
    /// The value as TOML.
    pub to: String,
}

/// A number, or the size of a distribution, and what it is multiplied by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Scaling {
    /// Where, as what-ifs write it.
    pub path: String,
    /// The factor.
    pub by: f64,
}

fn refused(message: String) -> Refusal {
    Refusal {
        code: RefusalCode::NotFound,
        message,
        faults: Vec::new(),
    }
}

impl Proposal {
    /// As a what-if of this study, without an id.
    ///
    /// # Errors
    /// If there is no such lever, or a value is no TOML.
    pub fn what_if(&self, scenario: &Scenario) -> Result<WhatIf, Refusal> {
        let levers: Vec<Offered> = offered(&scenario.baseline);
        let moved = |m: &LeverMove| {
            let found = levers.iter().find(|l| l.id == m.lever);
            let lever = found.filter(|l| l.allows(m.position));
            let missing = || refused(format!("The lever `{}` does not go there.", m.lever));
            lever
                .map(|l| (l.id.clone(), l.named(m.position)))
                .ok_or_else(missing)
        };
        let set = |s: &Setting| {
            let to = value(&s.to).ok_or_else(|| refused(format!("`{}` is no value.", s.to)))?;
            let path = s.path.clone();
            Ok(Change::Set { path, to })
        };
        let scale = |s: &Scaling| {
            let (path, by) = (s.path.clone(), s.by);
            Ok(Change::Scale { path, by })
        };
        let settings = self.settings.iter().map(set);
        let scalings = self.scalings.iter().map(scale);
        Ok(WhatIf {
            name: self.name.clone(),
            includes: self.includes.clone(),
            levers: self.levers.iter().map(moved).collect::<Result<_, _>>()?,
            changes: settings.chain(scalings).collect::<Result<_, _>>()?,
            ..WhatIf::default()
        })
    }

    /// It makes a valid study, and another one than what it includes does by itself.
    #[must_use]
    pub fn stands(&self, scenario: &Scenario) -> bool {
        const TRIAL: &str = "a trial that no study has";
        let Ok(what_if) = self.what_if(scenario) else {
            return false;
        };
        let mut with = scenario.clone();
        with.what_ifs.push(WhatIf {
            id: TRIAL.into(),
            ..what_if.clone()
        });
        let without: Vec<&str> = self.includes.iter().map(String::as_str).collect();
        let (Ok(after), Ok(before)) = (
            with.variant(Some(TRIAL), &[]),
            scenario.combined(&without, &Default::default()),
        ) else {
            return false;
        };
        let own = self.levers.len() + self.settings.len() + self.scalings.len() > 0;
        !own || after.tree.inline() != before.tree.inline()
    }
}

/// A TOML value by itself.
fn value(text: &str) -> Option<Node> {
    parse(&format!("x = {text}")).ok()?.get("x").cloned()
}
