//! What a face shows: plain values, made by [`crate::Desk`], with no logic of their own.

use crate::present::StepView;
use crate::sentences::Sentence;
pub use millrace_report::Figure;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Everything the window needs to draw the open study, apart from results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StudyView {
    /// The study's name.
    pub name: String,
    /// One or two sentences on what it describes.
    pub description: String,
    /// The file it was opened from or saved to; `None` for an unsaved copy of a template.
    pub path: Option<String>,
    /// Something changed since the last save.
    pub dirty: bool,
    /// Names the study's present text: results of another text are stale.
    pub digest: String,
    /// Names its baseline: of another one, results of any variant are stale.
    pub baseline_digest: String,
    /// What undo would take back ("Release rhythm"), if anything.
    pub undo: Option<String>,
    /// What redo would bring back, if anything.
    pub redo: Option<String>,
    /// The seed, as text: it does not fit a JavaScript number.
    pub seed: String,
    /// Replications a full run makes.
    pub replications: u32,
    /// The what-if whose levers and map are shown; `None` for the baseline.
    pub active: Option<String>,
    /// The what-ifs, in tab order.
    pub what_ifs: Vec<WhatIfView>,
    /// The seven parts, in order, with the levers of the active variant.
    pub parts: Vec<PartView>,
    /// The structure of the active variant.
    pub map: MapView,
    /// How many of the study's numbers are assumed, and how many there are.
    pub assumed: Assumed,
    /// What is shown to a room, in order.
    pub steps: Vec<StepView>,
}

/// Counts for the footer: "Assumed: 31 of 44 numbers".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Assumed {
    /// Numbers without a source other than "assumption".
    pub assumed: u32,
    /// All numbers.
    pub total: u32,
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfView {
    /// Stable name.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Who proposed it.
    pub by: Option<String>,
    /// What it changes, as sentences ("Release rhythm: monthly → when ready").
    pub changes: Vec<String>,
    /// Ids of what it includes.
    pub includes: Vec<String>,
    /// Person-weeks in all.
    pub person_weeks: f64,
    /// Week in which it starts.
    pub start_week: f64,
    /// Weeks from the start until full effect.
    pub full_effect_weeks: f64,
    /// Names what it does and at what price: otherwise results of it are stale.
    pub digest: String,
}

/// One of the seven connected parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the seven words are the documentation")]
pub enum PartId {
    Outcome,
    ValueStream,
    Teams,
    Platform,
    Pipeline,
    Governance,
    Improvement,
}

/// A part with its levers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PartView {
    /// Which.
    pub id: PartId,
    /// Shown name ("Value stream").
    pub name: String,
    /// The question it answers ("what path does work take from idea to user?").
    pub question: String,
    /// Its levers, in order.
    pub levers: Vec<LeverView>,
}

/// One lever in its present position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeverView {
    /// Stable name, with its subject where it has one: `people/infrastructure`.
    pub id: String,
    /// Shown name ("People in Infrastructure").
    pub label: String,
    /// One sentence shown on hover.
    pub help: String,
    /// Where its numbers come from ("assumption", or a source).
    pub source: String,
    /// What it costs and when it acts ("6 person-weeks, in place after 8 weeks"), if anything.
    pub price: Option<String>,
    /// Its effect shows in a settled year; else only quarter by quarter.
    pub settled: bool,
    /// Positions or a range.
    pub scale: LeverScale,
    /// The baseline's position: an index into the options, or a number; `None`: "as today", no
    /// position fits.
    pub baseline: Option<f64>,
    /// The active variant's position, in the same form.
    pub current: Option<f64>,
    /// The value in words ("monthly", "+2", "70%").
    pub value: String,
    /// The active variant differs from the baseline here.
    pub changed: bool,
}

/// What positions a lever has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum LeverScale {
    /// Named positions; a position is its index.
    #[serde(rename_all = "camelCase")]
    Options {
        /// Left to right.
        options: Vec<LeverOption>,
    },
    /// A number.
    #[serde(rename_all = "camelCase")]
    Number {
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
        /// Smallest move.
        step: f64,
        /// Unit in words ("people", "%").
        unit: String,
    },
}

/// A named position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeverOption {
    /// Shown name.
    pub label: String,
    /// What it means in numbers, if that can be said ("stops 62 of 100 faulty, 9 of 100 sound").
    pub detail: Option<String>,
    /// Why it cannot be taken now, if so ("Needs alerts (you have dashboards)").
    pub refused: Option<String>,
    /// What `raiseLever` would move as well, where that makes it possible ("How we notice trouble: alerts").
    pub way_out: Option<String>,
}

/// The value stream drawn over its teams.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MapView {
    /// The value streams, in the study's order.
    pub streams: Vec<StreamView>,
    /// One lane a team, in the order work first meets them, then those it never meets; the last lane,
    /// `production`, holds release and production.
    pub lanes: Vec<LaneView>,
    /// What stands in the lanes.
    pub nodes: Vec<NodeView>,
    /// What runs between nodes.
    pub edges: Vec<EdgeView>,
}

/// A value stream's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StreamView {
    /// Its id.
    pub id: String,
    /// Shown name.
    pub name: String,
}

/// A team's lane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LaneView {
    /// The team's id, or `production`.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// "5 people, front end".
    pub detail: String,
    /// Differs from the baseline.
    pub changed: bool,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NodeKind {
    /// Where requests come from.
    Demand,
    /// Work by a team.
    Stage,
    /// A governance gate (drawn as a diamond).
    Gate,
    /// Requests to a platform team, worked as tickets.
    Tickets,
    /// Release policy and coordination.
    Release,
    /// A deployment strategy on its way to users.
    Deployment,
    /// Users.
    Production,
}

/// A box or diamond of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NodeView {
    /// Stable name, shared between variants: `stage/release/development`.
    pub id: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Shown name.
    pub name: String,
    /// Its lane.
    pub lane: String,
    /// The value stream it belongs to; none for tickets, which several may share.
    pub stream: Option<String>,
    /// Where in the study it is described: its parameters are below this path.
    pub path: String,
    /// How far along its stream it stands, from 0: every stream begins at 0, and ways beside each other
    /// share columns.
    pub column: u32,
    /// One line of facts ("stops 62 of 100 faulty, 9 of 100 sound").
    pub detail: String,
    /// Differs from the baseline, or is not in it.
    pub changed: bool,
}

/// What runs along an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EdgeKind {
    /// Work moving on.
    Flow,
    /// Work sent back.
    Rework,
    /// A request for the platform.
    Ticket,
    /// An incident that calls people.
    Incident,
}

/// An arrow of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EdgeView {
    /// Node it leaves.
    pub from: String,
    /// Node it enters.
    pub to: String,
    /// What runs along it.
    pub kind: EdgeKind,
    /// Short label ("15%", "handoff 1 day"), or empty.
    pub label: String,
}

/// A figure with its 95% interval, in the unit its field names.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EstimateView {
    /// Best estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// One message of a run, at most ten a second, plus the first and the last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunUpdate {
    /// Which run; messages of an overtaken run are to be ignored.
    pub run: u32,
    /// Replications done: a contiguous prefix.
    pub done: u32,
    /// Replications asked for.
    pub target: u32,
    /// Nothing follows.
    pub last: bool,
    /// A look was reached: the verdict may be read; dots are drawn hollow until then.
    pub settled: bool,
    /// The verdict.
    pub verdict: VerdictView,
    /// Every chart, ready to draw: `lead-time`, `incidents`, `where-time-goes`, `utilisation`, `wip`.
    pub figures: Vec<Figure>,
    /// Numbers beside the charts: changes delivered, objectives, harm hours.
    pub rows: Vec<RowView>,
    /// The five DORA metrics.
    pub dora: Vec<RowView>,
    /// Numbers on the map's nodes.
    pub nodes: Vec<NodeNumbers>,
    /// Teams asked for more than they have, and what else the reader must know ("Infrastructure is
    /// asked for 118% of its time: its queue grows by 3 changes a week").
    pub warnings: Vec<String>,
    /// What else holds of the shown variant, what matters most first; none before the first look.
    pub sentences: Vec<Sentence>,
    /// Intervals, warm-up, replications: the details behind the verdict, as label and text.
    pub statistics: Vec<FactView>,
}

/// A labelled text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FactView {
    /// What.
    pub label: String,
    /// Its value.
    pub text: String,
}

/// The verdict in fixed words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VerdictView {
    /// "Changes arrive in 27 days, not 41; incidents stay the same."
    pub sentence: String,
    /// "46 of 50 years better · 40 person-weeks · in place from week 9".
    pub support: String,
    /// How to colour and announce it.
    pub tone: Tone,
}

/// What a verdict amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    /// No what-if is shown: the sentence describes the baseline.
    Baseline,
    /// Not enough replications for a verdict yet.
    Early,
    /// Better on one headline and not worse on the other.
    Better,
    /// Worse on one and not better on the other.
    Worse,
    /// Better on one, worse on the other.
    Mixed,
    /// The difference cannot be told from luck.
    CannotTell,
    /// Below the smallest difference worth having.
    TooSmall,
}

/// One line of numbers, baseline beside what-if, formatted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    /// Stable name.
    pub id: String,
    /// Shown name ("Delivered a month").
    pub label: String,
    /// The baseline's value.
    pub baseline: String,
    /// The what-if's value; `None` while the baseline is shown.
    pub what_if: Option<String>,
    /// The reference band, with its year ("2019: medium"), if there is one.
    pub band: Option<String>,
    /// Whether the change is for the better; `None` when it cannot be told or nothing is compared.
    pub better: Option<bool>,
}

/// Numbers on a node of the map, for the active variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NodeNumbers {
    /// The node.
    pub id: String,
    /// Share of the mean lead time spent here, waiting and working, 0 to 1.
    pub share: f64,
    /// Items that wait here on average: those that came times how long each waited (Little's law);
    /// `None` where nothing is known of it.
    pub queue: Option<f64>,
    /// "waits 9 d".
    pub text: String,
    /// Difference from the baseline in hours of mean lead time spent here; `None` on the baseline.
    pub difference_hours: Option<f64>,
    /// For a lane's team: utilisation, 0 to 1 and above.
    pub utilisation: Option<f64>,
}

/// A shipped study on the start screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TemplateView {
    /// Name to open it by.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Its baseline drawn over its teams, for a thumbnail.
    pub map: MapView,
    /// Days within which half of the changes arrive, as its figures have it.
    pub usual_days: Option<f64>,
    /// Days within which 85 of 100 arrive.
    pub within_days: Option<f64>,
}

/// Why something was refused. Faces act on `code`, never on text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// Stable code.
    pub code: RefusalCode,
    /// What happened, in a sentence, and the way out.
    pub message: String,
    /// Every fault of the file, for `InvalidStudy`.
    pub faults: Vec<FaultView>,
}

/// What a face may act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RefusalCode {
    /// The file could not be read.
    CannotRead,
    /// The file could not be written; the old one is intact.
    CannotWrite,
    /// The file is not a valid study; the open one is untouched.
    InvalidStudy,
    /// No study, what-if, lever, figure of that name.
    NotFound,
    /// The lever's position is impossible in this organisation.
    ImpossiblePosition,
    /// The edit of the structure is impossible; the message says why and names a way out.
    ImpossibleEdit,
    /// What is to go still has work: ask who takes it over.
    NeedsHeir,
    /// What-ifs build on what is to go: ask whether they forget it.
    NamedElsewhere,
    /// The study has no file yet: ask for one and call save as.
    NeedsPath,
    /// There is no result yet to draw.
    NoResult,
    /// What was stated contradicts itself: every contradiction is among the faults, with its way out.
    Contradiction,
    /// A fault in the program itself.
    Unexpected,
}

/// One message of a task: progress, then how it ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TaskUpdate<T> {
    /// On its way.
    Progress {
        /// Parts done.
        done: u32,
        /// Parts in all, as far as it is known.
        total: u32,
    },
    /// What was found so far; more follows.
    SoFar {
        /// What was found.
        result: T,
    },
    /// Over, with what was found.
    Done {
        /// What was found.
        result: T,
    },
    /// Over, and there is no result.
    Failed {
        /// Why.
        refusal: Refusal,
    },
    /// Ended on request.
    Cancelled,
}

/// One fault of a study file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FaultView {
    /// Line in the file, from 1, if known.
    pub line: Option<u32>,
    /// Path in the study (`teams.infrastructure.people`).
    pub path: String,
    /// What is wrong and what was expected.
    pub message: String,
    /// Way out ("did you mean `blue-green`?").
    pub hint: Option<String>,
}
