//! The history with ids in place of indices, as CSV and JSON lines.

use super::{Event, Replay, What, Word};
use crate::engine::item::{Kind, NONE};
use crate::model::{CATEGORIES, CHANGES, Model, RISKS};
use crate::time::Ticks;
use serde::Serialize;
use std::io::{self, Write};
use std::ops::Range;

/// The columns of the CSV, and the keys of a JSON line, in order.
pub const COLUMNS: [&str; 15] = [
    "time_us",
    "event",
    "item",
    "place",
    "to",
    "team",
    "deployment",
    "incident",
    "risk",
    "change",
    "detail",
    "hours",
    "share",
    "size",
    "count",
];

/// One event with its ids; what does not apply to its kind is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "in docs/replay.md")]
pub struct Row<'a> {
    pub time_us: Ticks,
    pub event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risk: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// What an event's link points to.
enum Link {
    Nothing,
    Stage,
    Pool,
    Deployment,
    Incident,
}

/// What an event's value measures.
enum Measure {
    Nothing,
    Hours,
    Share,
    Size,
}

impl What {
    fn link(self) -> Link {
        match self {
            Self::Blocked | Self::SentBack => Link::Stage,
            Self::EnvironmentAwaited | Self::EnvironmentTaken | Self::EnvironmentFreed => {
                Link::Pool
            }
            Self::Queued
            | Self::Started
            | Self::Finished
            | Self::Prepared
            | Self::RolloutBegan
            | Self::RollingOut
            | Self::Exposure
            | Self::Live
            | Self::RolledBack => Link::Deployment,
            Self::DefectShowed
            | Self::RolloutStopped
            | Self::OutageBegan
            | Self::IncidentNoticed
            | Self::PeopleCalled
            | Self::Fixed
            | Self::Recovered
            | Self::RepairStarted => Link::Incident,
            _ => Link::Nothing,
        }
    }

    fn measure(self) -> Measure {
        match self {
            Self::Queued
            | Self::Started
            | Self::Finished
            | Self::TicketOpened
            | Self::RunBegan
            | Self::RolloutBegan
            | Self::WithUsers
            | Self::Recovered => Measure::Hours,
            Self::Exposure | Self::SentBack => Measure::Share,
            Self::Requested => Measure::Size,
            _ => Measure::Nothing,
        }
    }

    fn counts(self) -> bool {
        matches!(
            self,
            Self::TicketsAwaited
                | Self::GateStopped
                | Self::Split
                | Self::PartDone
                | Self::Prepared
                | Self::RolloutBegan
                | Self::PeopleCalled
                | Self::AwaitsRepair
                | Self::SomebodyLeft
                | Self::SomebodyJoined
                | Self::SomebodyAway
                | Self::SomebodyBack
        )
    }
}

/// What comes between a request's id and a child's number.
pub(super) fn kind_id(kind: Kind) -> &'static str {
    match kind {
        Kind::Work => "request",
        Kind::Repair => "repair",
        Kind::Ticket => "ticket",
        Kind::ReleaseTask(_) => "release-task",
        Kind::SenderTask => "sender-task",
        Kind::Estimate => "estimate",
        Kind::Coaching => "coaching",
        Kind::Change(_) => "change",
        Kind::Improvement(_) => "improvement",
        Kind::Part => "part",
    }
}

fn found<T>(all: &[T], i: u32) -> Option<&T> {
    all.get(i as usize)
}

impl<'m> Replay<'m> {
    /// The id of an item: stream, source and number of its request, then what it is of that request.
    pub(super) fn item_id(&self, i: u32) -> Option<String> {
        let s = found(&self.subjects, i)?;
        if matches!(
            s.kind,
            Kind::Coaching | Kind::Change(_) | Kind::Improvement(_)
        ) {
            return Some(format!("{}/{}", kind_id(s.kind), s.number));
        }
        if let Some(parent) = self.item_id(s.parent) {
            return Some(format!("{parent}/{}/{}", kind_id(s.kind), s.number));
        }
        let source = &self.model.sources[(s.seq >> 48) as usize];
        let stream = &self.model.streams[source.stream].id;
        let n = (s.seq & ((1 << 48) - 1)) + 1;
        let request = format!("{stream}/{}/{n}", source.id);
        Some(match s.kind {
            Kind::Work => request,
            kind => format!("{request}/{}/{}", kind_id(kind), s.number),
        })
    }

    pub(super) fn deployment_id(&self, i: u32) -> Option<String> {
        let d = found(&self.deployments, i)?;
        Some(format!(
            "{}/{}",
            self.model.streams[d.stream as usize].id, d.number
        ))
    }

    pub(super) fn incident_id(&self, i: u32) -> Option<String> {
        let c = found(&self.cases, i)?;
        Some(format!(
            "{}/{}",
            self.model.streams[c.stream as usize].id, c.number
        ))
    }

    fn place_id(&self, place: u32) -> Option<String> {
        (place != NONE).then(|| place_id(self.model, place as usize))
    }

    fn strategy_id(&self, deployment: u32) -> Option<&'m str> {
        let d = found(&self.deployments, deployment)?;
        Some(&self.model.strategies[d.strategy as usize].id)
    }

    /// Events of a span.
    pub(super) fn events_of(&self, span: &Range<Ticks>) -> &[Event] {
        let from = self.events.partition_point(|e| e.time < span.start);
        let to = self.events.partition_point(|e| e.time < span.end);
        &self.events[from.min(to)..to]
    }

    /// The events of a span of simulated time, in order.
    pub fn rows(&self, span: Range<Ticks>) -> impl Iterator<Item = Row<'m>> + '_ {
        self.events_of(&span).iter().map(|e| self.row(e))
    }

    fn row(&self, e: &Event) -> Row<'m> {
        let link = e.what.link();
        let (deployment, incident) = match link {
            Link::Deployment => (e.link, NONE),
            Link::Incident => (
                found(&self.cases, e.link).map_or(NONE, |c| c.deployment),
                e.link,
            ),
            _ => (NONE, NONE),
        };
        let detail = match e.what {
            What::Prepared | What::RolloutBegan => self.strategy_id(deployment),
            What::DefectShowed | What::RolloutStopped => found(&self.cases, incident)
                .and_then(|c| CATEGORIES.get(c.category as usize))
                .copied(),
            _ => match link {
                Link::Pool => found(&self.model.environments, e.link).map(|p| p.id.as_str()),
                _ => (e.word != Word::None).then(|| e.word.id()),
            },
        };
        let measure = e.what.measure();
        let request = (e.what == What::Requested)
            .then(|| found(&self.subjects, e.item))
            .flatten();
        Row {
            time_us: e.time,
            event: e.what.id(),
            item: self.item_id(e.item),
            place: self.place_id(e.place),
            to: match link {
                Link::Stage => self.place_id(e.link),
                _ => None,
            },
            team: found(&self.model.teams, e.team).map(|t| t.id.as_str()),
            deployment: self.deployment_id(deployment),
            incident: self.incident_id(incident),
            risk: request.map(|s| RISKS[usize::from(s.risk)]),
            change: request.map(|s| CHANGES[usize::from(s.change)]),
            detail,
            hours: matches!(measure, Measure::Hours).then_some(e.value),
            share: matches!(measure, Measure::Share).then_some(e.value),
            size: matches!(measure, Measure::Size).then_some(e.value),
            count: (e.what.counts() || (e.what == What::Recovered && e.team != NONE))
                .then_some(e.count),
        }
    }

    /// Write the events of a span as CSV, a header first.
    ///
    /// # Errors
    /// If `out` takes no more.
    pub fn csv(&self, span: Range<Ticks>, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}", COLUMNS.join(","))?;
        // Ids are lower-case letters, digits, hyphens and slashes: nothing needs quotes.
        self.rows(span)
            .try_for_each(|row| writeln!(out, "{}", row.cells().join(",")))
    }

    /// Write the events of a span as JSON, one object a line.
    ///
    /// # Errors
    /// If `out` takes no more.
    pub fn json_lines(&self, span: Range<Ticks>, out: &mut impl Write) -> io::Result<()> {
        self.rows(span).try_for_each(|row| {
            serde_json::to_writer(&mut *out, &row)?;
            out.write_all(b"\n")
        })
    }
}

impl Row<'_> {
    /// As the columns of the CSV, in the order of [`COLUMNS`].
    fn cells(&self) -> [String; 15] {
        fn text<T: ToString>(x: Option<T>) -> String {
            x.map_or_else(String::new, |x| x.to_string())
        }
        [
            self.time_us.to_string(),
            self.event.to_owned(),
            text(self.item.as_deref()),
            text(self.place.as_deref()),
            text(self.to.as_deref()),
            text(self.team),
            text(self.deployment.as_deref()),
            text(self.incident.as_deref()),
            text(self.risk),
            text(self.change),
            text(self.detail),
            text(self.hours),
            text(self.share),
            text(self.size),
            text(self.count),
        ]
    }
}

/// The id of a place: what it is, its stream where ids are the stream's own, its id.
pub(super) fn place_id(model: &Model, place: usize) -> String {
    let (stages, gates, streams) = (model.stages.len(), model.gates.len(), model.streams.len());
    if place < stages {
        let stage = &model.stages[place];
        return format!("stage/{}/{}", model.streams[stage.stream].id, stage.id);
    }
    let place = place - stages;
    if place < gates {
        return format!("gate/{}", model.gates[place].id);
    }
    let place = place - gates;
    if place < streams {
        return format!("backlog/{}", model.streams[place].id);
    }
    format!("release/{}", model.streams[place - streams].id)
}
