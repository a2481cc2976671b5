//! What passing work between teams costs.

use super::super::field::{Field, Kind, Section, may, need, or};
use super::super::quantity::Unit;
use super::{TIME, section};

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
                "by team kind",
            ]),
            "\"ticket queue\"",
            "How teams ask for help",
            "How teams work together: it says what each handoff costs in delay, effort and lost information.",
        ),
        may(
            "delay",
            TIME,
            "Delay",
            "Working hours until the receiving team has it in its queue.",
        ),
        may(
            "sender_effort",
            Kind::Number(Unit::Effort, 0.0, 1000.0),
            "Sender's effort",
            "Hours of work of the team that hands over.",
        ),
        may(
            "receiver_effort",
            Kind::Number(Unit::Effort, 0.0, 1000.0),
            "Receiver's effort",
            "Hours of work of the team that takes over.",
        ),
        may(
            "lost_information",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "Lost information",
            "Further defects, as a share of those the next stage makes.",
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
