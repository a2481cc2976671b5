//! Demand: when requests come, and what they are like.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{DAYS, EFFORT, SHARE, TIME, names, section, span};
use crate::model::{CHANGES, RISKS};

pub(super) fn demand() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
        or(
            "name",
            Kind::Text,
            "\"\"",
            "Name",
            "What it is called on screen.",
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
            "How many come in a week on average.",
        ),
        may(
            "batch",
            Kind::Distribution(Unit::Plain),
            "Batch",
            "How many requests come together; one unless said otherwise, and for batches as many as make up the requests a week.",
        ),
        or(
            "every",
            span(1.0, 1e5),
            "\"2 weeks\"",
            "Batch every",
            "For batches: the time from one to the next.",
        ),
        or(
            "first",
            span(0.0, 1e5),
            "\"0 hours\"",
            "First batch",
            "For batches: when the first one comes, counted from Monday at midnight (UTC).",
        ),
        or(
            "times",
            Kind::List(Unit::Time, 0.0, 1e7),
            "[]",
            "Times",
            "For recorded times: when requests come, counted from Monday at midnight (UTC) of the first week.",
        ),
        may(
            "round",
            span(1.0, 1e7),
            "Round",
            "For recorded times: after how long they start again; by default after the whole weeks that cover them.",
        ),
        or(
            "rhythm",
            Kind::Numbers(names(&DAYS), Unit::Plain, 0.0, 100.0),
            "{}",
            "Weekly rhythm",
            "How much comes on each day of the week, against the other days; the requests a week stay the same.",
        ),
        or(
            "season",
            Kind::List(Unit::Plain, 0.0, 100.0),
            "[]",
            "Season",
            "How much comes in each twelfth of the year, against the others; twelve weights.",
        ),
        or(
            "growth",
            Kind::Number(Unit::Share, -0.9, 10.0),
            "0",
            "Growth",
            "How many more requests come each year, compounding.",
        ),
        or(
            "size",
            Kind::Distribution(Unit::Plain),
            "1",
            "Size",
            "How large a change is against the usual one: effort and defects grow with it.",
        ),
        or(
            "risk",
            Kind::Mix(names(&RISKS)),
            "{ low = 0.5, medium = 0.35, high = 0.15 }",
            "Risk",
            "How many of 100 are of low, medium and high risk.",
        ),
        or(
            "change",
            Kind::Mix(names(&CHANGES)),
            "{ code = 1 }",
            "Kind of change",
            "How many of 100 change code, configuration, data or infrastructure.",
        ),
        or(
            "expedite",
            SHARE,
            "0",
            "Requests marked urgent",
            "Of 100 requests, how many go first.",
        ),
        or(
            "fixed_date",
            SHARE,
            "0",
            "Requests with a fixed date",
            "Of those that are not urgent, the share that is due on a date.",
        ),
        may(
            "due",
            TIME,
            "Due",
            "How long after the request its date is.",
        ),
        may(
            "patience",
            TIME,
            "Patience",
            "After how long a request that nobody has touched is given up; it is counted.",
        ),
        may(
            "estimation",
            Kind::Table(estimation()),
            "Up-front estimation",
            "Work on every request when it comes, also on those that are refused later.",
        ),
        or(
            "cost_of_delay",
            Kind::Number(Unit::Plain, 0.0, 1e9),
            "1",
            "Cost of delay",
            "What a week of waiting costs, in any unit; where the costliest delay goes first, it orders the queue.",
        ),
    ])
}

fn estimation() -> Section {
    section(vec![
        need("team", Kind::Reference, "Team", "Who estimates."),
        need("effort", EFFORT, "Effort", "Person-hours for each request."),
    ])
}
