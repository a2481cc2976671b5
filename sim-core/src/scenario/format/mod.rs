//! The study format, version 1, declared once.

mod demand;
mod forecast;
mod governance;
mod handoff;
mod improvement;
mod outcome;
mod pipeline;
mod platform;
mod presentation;
mod production;
mod stream;
mod team;
mod what_if;

pub(super) use pipeline::strategy;

use super::field::{Field, Kind, Section, may, need, or};
use super::quantity::Unit;
use std::sync::LazyLock;

/// The newest format that is read.
pub const VERSION: f64 = 1.0;

/// Days of the week, as written.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The whole format.
pub static STUDY: LazyLock<Section> = LazyLock::new(study);

fn section(fields: Vec<Field>) -> Section {
    Section { fields }
}

fn names(all: &[&'static str]) -> Vec<&'static str> {
    all.to_vec()
}

const TIME: Kind = Kind::Distribution(Unit::Time);
const EFFORT: Kind = Kind::Distribution(Unit::Effort);
const SHARE: Kind = Kind::Number(Unit::Share, 0.0, 1.0);

fn span(min: f64, max: f64) -> Kind {
    Kind::Number(Unit::Time, min, max)
}

fn study() -> Section {
    section(vec![
        need(
            "format",
            Kind::Whole(1.0, 1e6),
            "Format",
            "Version of this format: 1.",
        ),
        need("name", Kind::Text, "Name", "What the study is called."),
        or(
            "description",
            Kind::Text,
            "\"\"",
            "Description",
            "What it describes, in a sentence or two.",
        ),
        or(
            "seed",
            Kind::Whole(0.0, 9e15),
            "1",
            "Seed",
            "A number that names the luck: the same one gives the same years.",
        ),
        or(
            "run",
            Kind::Table(run()),
            "{}",
            "Run",
            "What is simulated and counted.",
        ),
        or(
            "outcome",
            Kind::Table(outcome::outcome()),
            "{}",
            "Outcome",
            "Why: objectives, and who goes first.",
        ),
        need(
            "streams",
            Kind::Tables(stream::stream()),
            "Value streams",
            "The paths work takes from idea to user.",
        ),
        or(
            "calendars",
            Kind::Tables(team::calendar()),
            "[]",
            "Calendars",
            "Working hours teams can refer to.",
        ),
        need(
            "teams",
            Kind::Tables(team::team()),
            "Teams",
            "Who does what.",
        ),
        or(
            "handoffs",
            Kind::Table(handoff::handoffs()),
            "{}",
            "Handoffs",
            "What passing work between teams costs.",
        ),
        or(
            "platform",
            Kind::Table(platform::platform()),
            "{}",
            "Platform",
            "What teams can use without rebuilding it.",
        ),
        may(
            "pipeline",
            Kind::Table(pipeline::pipeline()),
            "Pipeline",
            "How a change travels from code to production.",
        ),
        or(
            "pipelines",
            Kind::Tables(pipeline::named()),
            "[]",
            "Pipelines",
            "Further pipelines, for the value streams that have their own.",
        ),
        or(
            "governance",
            Kind::Table(governance::governance()),
            "{}",
            "Governance",
            "The gates a change passes.",
        ),
        or(
            "production",
            Kind::Table(production::production()),
            "{}",
            "Production",
            "What happens to defects that escape.",
        ),
        may(
            "improvement",
            Kind::Table(improvement::improvement()),
            "Improvement",
            "What is learned from releases while a change goes on.",
        ),
        may(
            "forecast",
            Kind::Table(forecast::forecast()),
            "Forecast",
            "Work that is there today: where a forecast starts.",
        ),
        may(
            "presentation",
            Kind::Table(presentation::presentation()),
            "Presentation",
            "What of the study is shown to a room.",
        ),
        or(
            "what_ifs",
            Kind::Tables(what_if::what_if()),
            "[]",
            "What-ifs",
            "Named lists of changes to the baseline.",
        ),
    ])
}

fn run() -> Section {
    section(vec![
        or(
            "weeks",
            Kind::Number(Unit::Plain, 1.0, 100_000.0),
            "52",
            "Weeks counted",
            "Length of the counted window.",
        ),
        may(
            "warm_up",
            span(0.0, 1e8),
            "Warm-up",
            "Time before counting starts; found from the simulated years unless said.",
        ),
        or(
            "drain",
            span(0.0, 1e8),
            "\"52 weeks\"",
            "Drain",
            "How long requests of the window are followed after it.",
        ),
        or(
            "replications",
            Kind::Whole(2.0, 1e6),
            "1000",
            "Replications",
            "Simulated years.",
        ),
        or(
            "smallest_difference",
            SHARE,
            "\"10%\"",
            "Smallest difference worth having",
            "Below it a difference is called too small to matter, however sure.",
        ),
    ])
}
