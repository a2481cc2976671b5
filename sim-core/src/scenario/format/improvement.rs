//! The section `[improvement]`: reviews, and the rules that they may apply.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
use crate::model::IMPROVEMENT_RULES;

/// Its fields.
pub(super) fn improvement() -> Section {
    let fields = vec![
        or(
            "every",
            Kind::Whole(1.0, 1000.0),
            "4",
            "Every",
            "Weeks between reviews, from the start of a change; they show quarter by quarter.",
        ),
        or(
            "hours",
            Kind::Distribution(Unit::Effort),
            "{ dist = \"lognormal\", mean = \"24 hours\", cv = 0.5 }",
            "Hours",
            "Hours of work of an improvement.",
        ),
        may(
            "team",
            Kind::Reference,
            "Team",
            "Who does improvements; the team concerned unless said.",
        ),
        or(
            "at_once",
            Kind::Whole(1.0, 100.0),
            "2",
            "At once",
            "Improvements in progress at most.",
        ),
        or(
            "rules",
            Kind::Tables(rule()),
            "[]",
            "Rules",
            "What reviews look for, the most important first.",
        ),
    ];
    Section { fields }
}

fn rule() -> Section {
    let ids = IMPROVEMENT_RULES.iter().map(|r| r.1).collect();
    let fields = vec![
        need(
            "rule",
            Kind::Choice(ids),
            "Rule",
            "What it looks for and asks for.",
        ),
        may(
            "bound",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "Bound",
            "How far it goes: lowest or highest strictness (0.2, 0.8), highest level (3), lowest WIP limit (2), lowest share of defects left (0.5), how many gates (1), strategies (1) or handoffs (1), largest factor on an objective's weight (4).",
        ),
    ];
    Section { fields }
}
