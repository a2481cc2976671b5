//! A proposal written into the study.

use super::{Document, not_found};
use crate::investigate::proposal::Proposal;
use crate::levers::way_out;
use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::lever::Position;
use toml_edit::{Array, InlineTable, Table, Value, value};

impl Document {
    /// Add a proposal as a what-if and show it.
    ///
    /// # Errors
    /// If it makes no valid study; nothing is changed then.
    pub fn propose(&mut self, proposal: &Proposal) -> Result<(), Refusal> {
        let levers = proposal.what_if(&self.scenario)?.levers;
        let id = self.free_id(&proposal.name);
        let mut table = Table::new();
        table["id"] = value(&id);
        table["name"] = value(proposal.name.trim());
        if !proposal.includes.is_empty() {
            table["includes"] = value(proposal.includes.iter().collect::<Array>());
        }
        let changes = changes(proposal)?;
        if !changes.is_empty() {
            table["changes"] = value(changes);
        }
        if !levers.is_empty() {
            let mut moved = InlineTable::new();
            for (lever, position) in levers {
                let position: Value = match position {
                    Position::Named(name) => name.into(),
                    Position::Number(x) => x.into(),
                };
                moved.insert(lever, position);
            }
            table["levers"] = value(moved);
        }
        let label = format!("Add {}", proposal.name.trim());
        self.edit(&label, 0, Some(id), |all| {
            all.push(table);
            Ok(())
        })
        .map_err(|refusal| match refusal.code {
            RefusalCode::InvalidStudy => Refusal {
                code: RefusalCode::ImpossiblePosition,
                message: way_out(refusal.faults.iter().map(|f| f.message.as_str())),
                faults: refusal.faults,
            },
            _ => refusal,
        })
    }
}

/// As what-ifs write them.
fn changes(proposal: &Proposal) -> Result<Array, Refusal> {
    let mut all = Array::new();
    for setting in &proposal.settings {
        let to: Value = setting.to.parse().map_err(|_| not_found("such value"))?;
        let mut change = InlineTable::new();
        change.insert("set", setting.path.as_str().into());
        change.insert("to", to);
        all.push(change);
    }
    for scaling in &proposal.scalings {
        let mut change = InlineTable::new();
        change.insert("scale", scaling.path.as_str().into());
        change.insert("by", scaling.by.into());
        all.push(change);
    }
    Ok(all)
}
