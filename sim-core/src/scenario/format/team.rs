//! Teams, their hours, and what passing work between them costs.

use super::super::field::{Field, Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{DAYS, TIME, names, section};

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
            "How the team is cut: a label that `millrace check` shows; it changes no number.",
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
    ])
}

pub(super) fn handoffs() -> Section {
    let mut fields = mode();
    fields.push(or(
        "pairs",
        Kind::Tables(pair()),
        "[]",
        "Pairs",
        "Handoffs between two named teams that differ.",
    ));
    section(fields)
}

fn mode() -> Vec<Field> {
    vec![
        or(
            "mode",
            Kind::Choice(vec![
                "ticket queue",
                "facilitating",
                "collaboration",
                "x-as-a-service",
            ]),
            "\"ticket queue\"",
            "How teams ask for help",
            "Sets delay, effort and lost information from the table of interaction modes.",
        ),
        may(
            "delay",
            TIME,
            "Delay",
            "Working hours of the receiver before the item is in its queue.",
        ),
        may(
            "sender_effort",
            Kind::Number(Unit::Effort, 0.0, 1000.0),
            "Sender's effort",
            "Person-hours of the team that passes on.",
        ),
        may(
            "receiver_effort",
            Kind::Number(Unit::Effort, 0.0, 1000.0),
            "Receiver's effort",
            "Person-hours of the team that takes over.",
        ),
        may(
            "lost_information",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "Lost information",
            "Further defects, as a share of those the next stage injects.",
        ),
    ]
}

fn pair() -> Section {
    let mut fields = vec![
        need("from", Kind::Text, "From", "Sending team."),
        need("to", Kind::Text, "To", "Receiving team."),
    ];
    fields.extend(mode());
    section(fields)
}
