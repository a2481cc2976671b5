//! What is ideal, and where it belongs, in words.

use millrace_core::experiment::trace::{Cure, Section, Suspect};

/// A part of the organisation as people call it.
#[must_use]
pub fn part(part: Section) -> &'static str {
    match part {
        Section::Outcome => "the outcome",
        Section::ValueStream => "the value stream",
        Section::Teams => "the teams",
        Section::Platform => "the platform",
        Section::Pipeline => "the pipeline",
        Section::Governance => "the governance",
        Section::Improvement => "the improvement",
    }
}

/// A part by its name in a view, as `PartId` is written.
pub(super) fn part_id(part: Section) -> &'static str {
    match part {
        Section::Outcome => "outcome",
        Section::ValueStream => "valueStream",
        Section::Teams => "teams",
        Section::Platform => "platform",
        Section::Pipeline => "pipeline",
        Section::Governance => "governance",
        Section::Improvement => "improvement",
    }
}

/// What is ideal, as the subject of a sentence: "never running short of people in Infrastructure".
#[must_use]
pub fn ideal(suspect: &Suspect) -> String {
    let name = suspect.name.as_str();
    let within = |what: &str| match name {
        "" => what.to_owned(),
        stream => format!("{what} in {stream}"),
    };
    match suspect.cure {
        Cure::Urgent => "letting nothing go first as urgent".into(),
        Cure::Arrivals(_) => within("letting requests come evenly"),
        Cure::Estimation(_) => within("estimating in no time"),
        Cure::Limits(_) => within("lifting the limits on work in progress"),
        Cure::Returns(_) => within("sending nothing back"),
        Cure::Defects(_) => within("working without defects"),
        Cure::People(_) => format!("never running short of people in {name}"),
        Cure::Meetings => "losing no time to meetings and support".into(),
        Cure::Load => "giving no team more than it can hold".into(),
        Cure::Handoffs => "handing over at no cost".into(),
        Cure::Capability(_) => format!("having {name} at its best"),
        Cure::Detection => "noticing trouble at once".into(),
        Cure::Environments(_) => format!("always having {name} free"),
        Cure::Outages => "having no incidents but by changes".into(),
        Cure::Runs => "running the pipeline in no time".into(),
        Cure::Runners => "always having a runner free".into(),
        Cure::ReleaseWait => "releasing when ready".into(),
        Cure::ReleaseWork => "releasing without anybody’s work".into(),
        Cure::Rollout(_) => format!(
            "using a canary that stops itself instead of {}",
            strategy(name)
        ),
        Cure::Undo => "undoing releases at once".into(),
        Cure::GateWait(_) => format!("deciding at once at {name}"),
        Cure::GateFalseStops(_) => format!("stopping nothing sound at {name}"),
        Cure::GateMisses(_) => format!("catching every fault at {name}"),
        Cure::EmergencyPath => "letting repairs skip board and train".into(),
        Cure::Repairs => "fixing in no time without breaking anything".into(),
    }
}

/// A deployment strategy as a thing that is done.
fn strategy(name: &str) -> &str {
    match name {
        "all at once" => "releasing all at once",
        "rolling" => "a rolling release",
        "canary" => "a canary that people watch",
        other => other,
    }
}
