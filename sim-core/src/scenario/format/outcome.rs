//! Why: objectives, and who goes first.

use super::super::field::{Kind, Section, need, or};
use super::super::quantity::Unit;
use super::section;

pub(super) fn outcome() -> Section {
    section(vec![
        or(
            "queue_policy",
            Kind::Choice(vec![
                "fifo",
                "class of service",
                "weighted shortest job first",
            ]),
            "\"fifo\"",
            "Who goes first",
            "How every team orders its queue.",
        ),
        or(
            "expedite",
            Kind::Choice(vec!["next free person", "interrupts"]),
            "\"next free person\"",
            "Expedite work",
            "Whether urgent work waits for the next free person or interrupts somebody.",
        ),
        or(
            "objectives",
            Kind::Tables(objective()),
            "[]",
            "Objectives",
            "Promises whose chance is reported.",
        ),
    ])
}

fn objective() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        need("name", Kind::Text, "Name", "What is promised."),
        need(
            "metric",
            Kind::Choice(vec![
                "lead time",
                "incidents per month",
                "impact hours per month",
                "throughput per week",
            ]),
            "Metric",
            "What is measured.",
        ),
        or(
            "percentile",
            Kind::Number(Unit::Plain, 1.0, 99.0),
            "85",
            "Percentile",
            "For lead time: this many of 100 within the target.",
        ),
        need(
            "target",
            Kind::Target,
            "Target",
            "A span of time for lead time, a number otherwise.",
        ),
        or(
            "streams",
            Kind::Texts,
            "[]",
            "Value streams",
            "Which value streams it covers; all unless said.",
        ),
        or(
            "weight",
            Kind::Number(Unit::Plain, 0.0, 1e6),
            "1",
            "Weight",
            "How much it counts among the objectives; where the costliest delay goes first, the streams it covers move forward.",
        ),
    ])
}
