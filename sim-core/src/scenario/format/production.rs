//! What happens to defects that escape.

use super::super::field::{Kind, Section, may, or};
use super::super::quantity::Unit;
use super::{SHARE, TIME, names, section, span};
use crate::model::{CATEGORIES, RISKS};

pub(super) fn production() -> Section {
    section(vec![
        or(
            "latent_life",
            Kind::Numbers(names(&CATEGORIES), Unit::Time, 0.01, 1e7),
            "{}",
            "Latent life",
            "Mean time at full exposure until a defect shows, by category.",
        ),
        or(
            "background_incidents",
            Kind::Number(Unit::Plain, 0.0, 1e5),
            "0",
            "Background incidents a month",
            "Incidents that no change caused, of each value stream that is released.",
        ),
        may(
            "detection",
            span(0.0, 1e5),
            "Detection",
            "Mean time until a defect that shows is noticed; as trouble is noticed in general unless said.",
        ),
        or(
            "coordination",
            span(0.0, 1000.0),
            "\"30 minutes\"",
            "Coordination",
            "Added to each response for each team of the stream beyond the first, before release status is shared.",
        ),
        or(
            "fix",
            TIME,
            "{ dist = \"lognormal\", median = \"4 hours\", p85 = \"12 hours\" }",
            "Fixing forward",
            "Time with all responders.",
        ),
        or(
            "responders",
            Kind::Whole(1.0, 1000.0),
            "2",
            "Responders",
            "People called to an incident.",
        ),
        or(
            "repair_share",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "\"30%\"",
            "Repair size",
            "Size of the repair item, as a share of the change's.",
        ),
        or(
            "bad_fix",
            SHARE,
            "\"7%\"",
            "Bad fixes",
            "Of 100 repairs, how many make a new defect (C. Jones, 2011: 7).",
        ),
        or(
            "risk_factor",
            Kind::Numbers(names(&RISKS), Unit::Plain, 0.0, 100.0),
            "{}",
            "Risk factor",
            "How many times as many defects a change of each risk has.",
        ),
        or(
            "severity",
            Kind::Numbers(names(&CATEGORIES), Unit::Plain, 0.0, 1.0),
            "{}",
            "Severity",
            "How much a defect of a category hurts the users it reaches: 0 not at all, 1 fully.",
        ),
        or(
            "major_from",
            SHARE,
            "\"10%\"",
            "Major from",
            "Exposure times severity from which an incident is major.",
        ),
        or(
            "critical_from",
            SHARE,
            "\"50%\"",
            "Critical from",
            "Exposure times severity from which an incident is critical.",
        ),
    ])
}
