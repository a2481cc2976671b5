//! Plain studies that between them use every mechanism of flow.

use crate::plain::{
    endless, exponential, poisson_with, stage, stage_with, stream, team, team_with,
};

/// Limits everywhere, urgent work that interrupts, returns, shared attention, office hours.
#[must_use]
pub fn limited() -> Vec<String> {
    let unit = exponential(1.0);
    vec![
        "[outcome]\nqueue_policy = \"class of service\"\nexpedite = \"interrupts\"\n".into(),
        stream("s", "a", "wip_limit = 6"),
        poisson_with(0.2, "expedite = 0.2"),
        stage_with("a", "t", &unit, "wip_limit = 2"),
        stage_with(
            "b",
            "u",
            &unit,
            "wip_limit = 1\nreturns = [{ to = \"a\", probability = 0.2 }]",
        ),
        stage_with("c", "t", "\"20 minutes\"", "wip_limit = 1"),
        team_with("t", 2, "items_per_person = 2\nswitching_cost = 0.3")
            .replace("\"always\"", "\"\""),
        team("u", 1),
    ]
}

/// An endless backlog, a way back, a board, a train.
#[must_use]
pub fn pulled() -> Vec<String> {
    let unit = exponential(1.0);
    vec![
        stream("s", "a", "wip_limit = 5").replace("released = false", "released = true"),
        endless(),
        stage("a", "t", &unit),
        stage_with(
            "b",
            "u",
            &unit,
            "next = [{ to = \"a\", share = 0.2 }, { to = \"done\", share = 0.8 }]",
        ),
        team("t", 1),
        team("u", 2),
        "[pipeline]\npolicy = \"train\"\nevery = \"1 week\"\n".into(),
        "[[governance.gates]]\nid = \"board\"\nafter = \"b\"\nkind = \"board\"\nplaces = 3\ndiscrimination = 1\n"
            .into(),
    ]
}
