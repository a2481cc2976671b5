//! Edits of a study's structure: which stages, gates and teams there are, in which order, and who works
//! what.
//!
//! An [`Edit`] names things as the map does. [`plan`] turns it into steps at paths of the study, with
//! everything that refers to what is changed; [`write`](mod@write) makes the steps in the text of the
//! baseline, or as changes of the shown what-if. Whether the result is a study is judged where all of them
//! are: when it is read.

mod changes;
pub mod plan;
mod removal;
mod spot;
pub mod write;
mod written;

use crate::view::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use specta::Type;
use toml_edit::{InlineTable, Value};

/// What a gate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum GateForm {
    /// A tool in the pipeline.
    Automated,
    /// A review by people.
    Manual,
    /// A meeting.
    Board,
}

/// One edit. Nodes are named by their ids on the map, teams as `team/ID`, value streams as `stream/ID`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Edit {
    /// A new stage before or after a node; its team is that of the stage beside it.
    #[serde(rename_all = "camelCase")]
    InsertStage {
        /// The node beside it.
        beside: String,
        /// Behind that node, otherwise before it.
        after: bool,
        /// Shown name.
        name: String,
    },
    /// A new gate before or after a node.
    #[serde(rename_all = "camelCase")]
    InsertGate {
        /// The node beside it.
        beside: String,
        /// Behind that node, otherwise before it.
        after: bool,
        /// Shown name.
        name: String,
        /// What it is.
        form: GateForm,
    },
    /// Another team works a stage, a review by hand, or tickets.
    #[serde(rename_all = "camelCase")]
    Assign {
        /// The node.
        node: String,
        /// The team's id.
        team: String,
    },
    /// One place earlier or later on its way.
    #[serde(rename_all = "camelCase")]
    Shift {
        /// The node.
        node: String,
        /// Later, otherwise earlier.
        later: bool,
    },
    /// A stage before another one of its stream, or at the end.
    #[serde(rename_all = "camelCase")]
    Move {
        /// The node.
        node: String,
        /// The stage it goes before; at the end if absent.
        before: Option<String>,
    },
    /// Another shown name.
    #[serde(rename_all = "camelCase")]
    Rename {
        /// The node, team or value stream.
        node: String,
        /// The name.
        name: String,
    },
    /// Changes of the stream commit at this stage.
    #[serde(rename_all = "camelCase")]
    Commit {
        /// The node.
        node: String,
    },
    /// Take a stage, a gate or a team away.
    #[serde(rename_all = "camelCase")]
    Remove {
        /// The node or team.
        node: String,
        /// The team that takes over the work of a team that goes.
        heir: Option<String>,
        /// What-ifs that change it forget that they do.
        everywhere: bool,
    },
    /// A new team.
    #[serde(rename_all = "camelCase")]
    AddTeam {
        /// Shown name.
        name: String,
    },
}

/// One step of an edit, at a path of the study.
#[derive(Debug, Clone)]
pub enum Step {
    /// Give a field a value.
    Set {
        /// Where.
        path: String,
        /// What.
        to: Value,
    },
    /// Give a field the value of another, as it is written there.
    Copy {
        /// Where it is.
        from: String,
        /// Where it is to be too.
        to: String,
    },
    /// Put an entry into a list, before another one or at the end.
    Add {
        /// The list.
        list: String,
        /// The entry.
        entry: InlineTable,
        /// Id of the entry it goes before.
        before: Option<String>,
    },
    /// Put an entry of a list before another one or at the end.
    Move {
        /// The list.
        list: String,
        /// Id of the entry.
        id: String,
        /// Id of the entry it goes before.
        before: Option<String>,
    },
    /// Take a field or an entry of a list away.
    Remove {
        /// Where.
        path: String,
    },
    /// In a list whose entries have no ids: where `key` (or the entry itself, if empty) says `from`, it says
    /// `to`; the entry goes if that is none.
    Retarget {
        /// The list.
        list: String,
        /// The key of its entries.
        key: &'static str,
        /// What they say.
        from: String,
        /// What they say then.
        to: Option<String>,
    },
    /// What-ifs no longer change what is below a path, nor give anything to a team that is gone.
    Forget {
        /// What is gone.
        path: String,
        /// The team that is gone, and who takes over its work.
        team: Option<(String, Option<String>)>,
    },
    /// Work of what-ifs is asked of another team, or of none.
    Cost {
        /// The team that goes.
        from: String,
        /// The team that takes it over.
        to: Option<String>,
    },
}

/// An edit, ready to be written.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What undo calls it.
    pub label: String,
    /// In order.
    pub steps: Vec<Step>,
}

pub(crate) fn refused(code: RefusalCode, message: impl Into<String>) -> Refusal {
    Refusal {
        code,
        message: message.into(),
        faults: Vec::new(),
    }
}

pub(crate) fn impossible(message: impl Into<String>) -> Refusal {
    refused(RefusalCode::ImpossibleEdit, message)
}

#[cfg(test)]
mod tests;
