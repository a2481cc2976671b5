//! Where lead time and incidents come from, in plain sentences: each is made of a trace's numbers and
//! printed only if its intervals carry it.

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

/// What is ideal, as the subject of a sentence: "Infrastructure never short of people".
#[must_use]
pub fn ideal(suspect: &Suspect) -> String {
    let name = suspect.name.as_str();
    let within = |what: &str| match name {
        "" => what.to_owned(),
        stream => format!("{what} in {stream}"),
    };
    match suspect.cure {
        Cure::Urgent => "nothing going first as urgent".into(),
        Cure::Arrivals(_) => within("requests coming evenly"),
        Cure::Estimation(_) => within("estimates that take no time"),
        Cure::Limits(_) => within("no limit on work in progress"),
        Cure::Returns(_) => within("nothing sent back"),
        Cure::Defects(_) => within("work without defects"),
        Cure::People(_) => format!("{name} never short of people"),
        Cure::Meetings => "no time lost to meetings and support".into(),
        Cure::Load => "no team carrying more than it can hold".into(),
        Cure::Handoffs => "handoffs that cost nothing".into(),
        Cure::Capability(_) => format!("{name} at its best"),
        Cure::Detection => "trouble noticed at once".into(),
        Cure::Environments(_) => format!("{name} always free"),
        Cure::Outages => "no incidents but by changes".into(),
        Cure::Runs => "pipeline runs that take no time".into(),
        Cure::Runners => "a runner always free".into(),
        Cure::ReleaseWait => "releasing when ready".into(),
        Cure::ReleaseWork => "releases that ask nobody’s work".into(),
        Cure::Rollout(_) => format!("a canary that stops itself instead of {name}"),
        Cure::Undo => "releases undone at once".into(),
        Cure::GateWait(_) => format!("{name} deciding at once"),
        Cure::GateFalseStops(_) => format!("{name} stopping nothing sound"),
        Cure::GateMisses(_) => format!("{name} finding all it covers"),
        Cure::EmergencyPath => "an emergency path for repairs".into(),
        Cure::Repairs => "fixes that take no time and break nothing".into(),
    }
}
