//! Teams: hours, load, who comes and goes.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{DAYS, SHARE, TIME, names, section, span};

pub(super) fn calendar() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        or(
            "days",
            Kind::Choices(names(&DAYS)),
            "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]",
            "Days",
            "Working days.",
        ),
        or(
            "from",
            Kind::Number(Unit::Plain, 0.0, 24.0),
            "9",
            "From",
            "Hour of the local day at which work starts.",
        ),
        or(
            "to",
            Kind::Number(Unit::Plain, 0.0, 48.0),
            "17",
            "To",
            "Hour at which it ends; beyond 24 for a shift over midnight.",
        ),
        or(
            "utc_offset",
            Kind::Number(Unit::Plain, -14.0, 14.0),
            "0",
            "UTC offset",
            "Hours the local clock is ahead of UTC.",
        ),
    ])
}

pub(super) fn team() -> Section {
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
            "kind",
            Kind::Choice(vec![
                "stream-aligned",
                "platform",
                "enabling",
                "complicated-subsystem",
                "front end",
                "back end",
                "database",
                "infrastructure",
                "qa",
            ]),
            "\"stream-aligned\"",
            "Kind",
            "How the team is cut: it sets the cost of handoffs where `handoffs.mode` is `by team kind`, and only an enabling team can enable others.",
        ),
        need(
            "people",
            Kind::Whole(1.0, 100_000.0),
            "People",
            "Head-count.",
        ),
        or(
            "focus",
            Kind::Number(Unit::Share, 0.05, 1.0),
            "\"70%\"",
            "Time kept for planned work",
            "Share of working time that meetings and support leave.",
        ),
        or(
            "items_per_person",
            Kind::Number(Unit::Plain, 0.01, 1000.0),
            "1",
            "Items a person",
            "Items in progress per person at most.",
        ),
        or(
            "switching_cost",
            Kind::Number(Unit::Share, 0.0, 5.0),
            "0",
            "Cost of switching",
            "Time lost for each further item a person has in progress.",
        ),
        or(
            "calendar",
            Kind::Text,
            "\"\"",
            "Calendar",
            "A calendar's id; `always`; empty for Monday to Friday, 9 to 17.",
        ),
        may(
            "load",
            Kind::Table(load()),
            "Cognitive load",
            "What it must master against what it can hold; no load if absent.",
        ),
        or(
            "enables",
            Kind::Tables(enables()),
            "[]",
            "Enables",
            "Enabling teams: whose capacity to hold load they raise.",
        ),
        or(
            "turnover",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "0",
            "Turnover",
            "People who leave in a year, as a share of the team.",
        ),
        or(
            "replacement",
            TIME,
            "\"12 weeks\"",
            "Replacement",
            "Elapsed time from leaving until somebody new starts.",
        ),
        or(
            "ramp_up",
            span(0.0, 1e5),
            "\"12 weeks\"",
            "Ramp-up",
            "Time in which a newcomer becomes as productive as the others.",
        ),
        or(
            "ramp_start",
            SHARE,
            "\"30%\"",
            "Productivity at the start",
            "Of a newcomer on the first day.",
        ),
        or(
            "mentoring",
            SHARE,
            "\"20%\"",
            "Mentoring",
            "Share of one colleague's time that a newcomer takes at the start, falling to none over the ramp-up.",
        ),
        or(
            "absence",
            Kind::Number(Unit::Share, 0.0, 0.9),
            "0",
            "Absence",
            "Share of their time that people are away.",
        ),
        or(
            "spell",
            TIME,
            "\"1 week\"",
            "Spell of absence",
            "Elapsed time of one absence.",
        ),
    ])
}

fn load() -> Section {
    section(vec![
        may(
            "domains",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "Domains",
            "To master; the number of streams it works in if absent.",
        ),
        or(
            "tools",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "0",
            "Tools",
            "To master, before the platform relieves the team of some.",
        ),
        need(
            "capacity",
            Kind::Number(Unit::Plain, 0.1, 1000.0),
            "Capacity",
            "Domains and tools that it can hold without loss.",
        ),
        or(
            "effort",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "\"25%\"",
            "Effort of overload",
            "Further effort for each whole capacity carried in excess.",
        ),
        or(
            "defects",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "\"50%\"",
            "Defects of overload",
            "Further injected defects for each whole capacity carried in excess.",
        ),
    ])
}

fn enables() -> Section {
    section(vec![
        need("id", Kind::Id, "Id", "Stable name."),
        need("team", Kind::Reference, "Team", "Whose capacity grows."),
        need(
            "capacity",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "Capacity",
            "Domains and tools that it can hold in addition in the end.",
        ),
        need(
            "weeks",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "Weeks",
            "From the start of the run until the capacity has grown, evenly; so long it takes effort.",
        ),
        need(
            "effort_per_week",
            Kind::Number(Unit::Effort, 0.0, 1e5),
            "Effort a week",
            "Person-hours of the enabling team while it lasts.",
        ),
    ])
}
