//! Teams: hours, load, who comes and goes.

use super::super::field::{Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{DAYS, SHARE, TIME, names, section, span};

pub(super) fn calendar() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
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
            "How the team is cut: where handoffs go by the kinds of teams it says what they cost, and only an enabling team can enable others.",
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
            "How many changes a person may have in progress.",
        ),
        or(
            "switching_cost",
            Kind::Number(Unit::Share, 0.0, 5.0),
            "0",
            "Cost of switching",
            "Share of time lost for each further change that a person has in progress.",
        ),
        or(
            "calendar",
            Kind::Text,
            "\"\"",
            "Calendar",
            "When the team works: one of the calendars, or “always”; Monday to Friday from 9 to 17 unless said.",
        ),
        may(
            "load",
            Kind::Table(load()),
            "Cognitive load",
            "What the team must master against what it can hold.",
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
            "Domains to master; as many as value streams it works in unless said.",
        ),
        or(
            "tools",
            Kind::Number(Unit::Plain, 0.0, 1000.0),
            "0",
            "Tools",
            "Tools to master, before the platform takes some off.",
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
            "Further defects for each whole capacity carried in excess.",
        ),
    ])
}

fn enables() -> Section {
    section(vec![
        need(
            "id",
            Kind::Id,
            "Id",
            "The name by which other entries refer to it; it never changes.",
        ),
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
            "Hours of work of the enabling team while it lasts.",
        ),
    ])
}
