//! Named lists of changes to the baseline.

use super::super::field::{Kind, Section, need, or};
use super::super::quantity::Unit;
use super::section;

pub(super) fn what_if() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        need("name", Kind::Text, "Name", "Shown name."),
        or("by", Kind::Text, "\"\"", "By", "Who proposes it."),
        or(
            "start_week",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "0",
            "Start week",
            "When the change begins.",
        ),
        or(
            "full_effect_weeks",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "0",
            "Weeks until it is in place",
            "From the start.",
        ),
        or(
            "dip",
            Kind::Number(Unit::Share, 0.0, 1.0),
            "\"15%\"",
            "Dip",
            "Share of their speed that the teams it touches lose when it takes effect.",
        ),
        or(
            "dip_weeks",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "8",
            "Weeks of the dip",
            "Until they are as fast as before; the loss falls linearly.",
        ),
        or(
            "cost",
            Kind::Free(Unit::Plain, 0.0, 1e6),
            "{}",
            "Cost",
            "Person-weeks by team.",
        ),
        or(
            "includes",
            Kind::Texts,
            "[]",
            "Includes",
            "What-ifs whose changes come first.",
        ),
        or(
            "changes",
            Kind::Any,
            "[]",
            "Changes",
            "What it changes, in order. A path names an entry of a list by its id, or by what it is about (`returns.development`, `pairs.qa>app`), or else by its place from 0.",
        ),
        or(
            "levers",
            Kind::Any,
            "{}",
            "Levers",
            "Positions of primary levers.",
        ),
    ])
}
