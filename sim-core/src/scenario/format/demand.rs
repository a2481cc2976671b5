//! Demand: when requests come, and what they are like.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{DAYS, EFFORT, SHARE, TIME, names, section, span};
use crate::model::{CHANGES, RISKS};

pub(super) fn demand() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        or(
            "name",
            Kind::Text,
            "\"\"",
            "Name",
            "Shown name; the id if empty.",
        ),
        or(
            "arrives",
            Kind::Choice(vec!["poisson", "regular", "batches", "trace", "endless"]),
            "\"poisson\"",
            "How it arrives",
            "Random, evenly spaced, all at once every so often, at recorded times, or always more than can be done.",
        ),
        or(
            "per_week",
            Kind::Number(Unit::Plain, 0.0, 1e7),
            "0",
            "Requests a week",
            "Mean number of requests a week; not for a trace and an endless backlog.",
        ),
        may(
            "batch",
            Kind::Distribution(Unit::Plain),
            "Batch",
            "Requests that come together; if absent 1, and for batches what adds up to `per_week`. Not for an endless backlog.",
        ),
        or(
            "every",
            span(1.0, 1e5),
            "\"2 weeks\"",
            "Batch every",
            "Batches: from one to the next.",
        ),
        or(
            "first",
            span(0.0, 1e5),
            "\"0 hours\"",
            "First batch",
            "Batches: time of the first after Monday 00:00 UTC.",
        ),
        or(
            "times",
            Kind::List(Unit::Time, 0.0, 1e7),
            "[]",
            "Times",
            "Trace: when requests come, from Monday 00:00 UTC of the round's first week.",
        ),
        may(
            "round",
            span(1.0, 1e7),
            "Round",
            "Trace: after so long it starts again; whole weeks that cover all times if absent.",
        ),
        or(
            "rhythm",
            Kind::Numbers(names(&DAYS), Unit::Plain, 0.0, 100.0),
            "{}",
            "Weekly rhythm",
            "Poisson and regular: weight of each day, 1 if not named; scaled so that `per_week` holds.",
        ),
        or(
            "season",
            Kind::List(Unit::Plain, 0.0, 100.0),
            "[]",
            "Season",
            "Poisson and regular: twelve weights, one for each twelfth of the year; scaled to a mean of 1.",
        ),
        or(
            "growth",
            Kind::Number(Unit::Share, -0.9, 10.0),
            "0",
            "Growth",
            "Poisson and regular: more requests each year, compounding from the start of the run.",
        ),
        or(
            "size",
            Kind::Distribution(Unit::Plain),
            "1",
            "Size",
            "Multiplies effort and defects.",
        ),
        or(
            "risk",
            Kind::Mix(names(&RISKS)),
            "{ low = 0.5, medium = 0.35, high = 0.15 }",
            "Risk",
            "Shares of the risk classes.",
        ),
        or(
            "change",
            Kind::Mix(names(&CHANGES)),
            "{ code = 1 }",
            "Kind of change",
            "Shares of the change kinds.",
        ),
        or(
            "expedite",
            SHARE,
            "0",
            "Requests marked urgent",
            "Share in the expedite class.",
        ),
        or(
            "fixed_date",
            SHARE,
            "0",
            "Requests with a fixed date",
            "Share of those that are not urgent; they need `due`.",
        ),
        may(
            "due",
            TIME,
            "Due",
            "Elapsed time from the request to its fixed date.",
        ),
        may(
            "patience",
            TIME,
            "Patience",
            "Elapsed time after which a request that nobody has touched is dropped, and counted.",
        ),
        may(
            "estimation",
            Kind::Table(estimation()),
            "Up-front estimation",
            "Work that every request asks for when it comes, those later refused included.",
        ),
        or(
            "cost_of_delay",
            Kind::Number(Unit::Plain, 0.0, 1e9),
            "1",
            "Cost of delay",
            "Per week, in any unit; orders the queue under weighted shortest job first.",
        ),
    ])
}

fn estimation() -> Section {
    section(vec![
        need("team", Kind::Reference, "Team", "Who estimates."),
        need("effort", EFFORT, "Effort", "Person-hours for each request."),
    ])
}
