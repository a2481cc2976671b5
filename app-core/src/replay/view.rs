//! What the window plays.

use crate::view::MapView;
use millrace_core::engine::State;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Which year is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum YearChoice {
    /// The middle one by the baseline's mean lead time.
    Typical,
    /// One of ten has a shorter one.
    Good,
    /// One of ten has a longer one.
    Bad,
    /// By its number.
    Number {
        /// From 1.
        year: u32,
    },
}

/// One year of the baseline and of the what-if, with the same luck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReplayView {
    /// Which year of the run, from 1.
    pub year: u32,
    /// How it was asked for.
    pub choice: YearChoice,
    /// How many years a typical, good or bad one was looked for in.
    pub looked_at: u32,
    /// Its length. All times are seconds since its start.
    pub seconds: i32,
    /// The baseline, then the shown what-if, if one is shown.
    pub films: Vec<FilmView>,
}

/// One variant's year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilmView {
    /// The what-if's id; `None` for the baseline.
    pub what_if: Option<String>,
    /// Shown name.
    pub name: String,
    /// Where it plays; nodes are meant by their index in it.
    pub map: MapView,
    /// So much happened that nothing is known from this second on.
    pub cut: Option<i32>,
    /// What moves.
    pub items: ItemColumns,
    /// Changes that reached users, in order.
    pub arrivals: ArrivalColumns,
    /// Who is there.
    pub teams: Vec<TeamFilmView>,
    /// Incidents that were going on in the year, in order.
    pub incidents: Vec<IncidentView>,
    /// Rollouts that exposed somebody to something in the year.
    pub rollouts: Vec<RolloutView>,
}

/// Everything that is on the map at some time, as columns. Item `i` has the entries `first[i]` to
/// `first[i + 1]` of `second`, `doing` and `node`; each holds until the next.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ItemColumns {
    /// What each is: as in [`ItemKind`].
    pub kind: Vec<u8>,
    /// Where each one's entries begin; one more at the end.
    pub first: Vec<u32>,
    /// Since when; the first entry of an item may be before the year.
    pub second: Vec<i32>,
    /// What it does: as in [`Doing`].
    pub doing: Vec<u8>,
    /// At which node of the map.
    pub node: Vec<u32>,
}

/// What moves on the map. Parts of a change move in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the field's terms")]
pub enum ItemKind {
    Change,
    Repair,
    Part,
    Ticket,
}

impl ItemKind {
    /// By the history's word; errands have no place on the map.
    #[must_use]
    pub fn of(kind: &str) -> Option<Self> {
        match kind {
            "request" => Some(Self::Change),
            "repair" => Some(Self::Repair),
            "part" => Some(Self::Part),
            "ticket" => Some(Self::Ticket),
            _ => None,
        }
    }
}

/// What an item does, as far as it is drawn differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Doing {
    /// In front of a node: for people, a place, a board, a train.
    Waiting,
    /// The same, for a ticket, an environment, a runner or a repair: nobody here can do anything.
    Stuck,
    /// On its way to another team.
    Passed,
    /// Somebody or something works on it.
    Worked,
    /// Not on the map: split into parts, or over.
    Away,
    /// With users.
    Arrived,
}

impl Doing {
    /// By the history's state.
    #[must_use]
    pub fn of(state: State) -> Self {
        match state {
            State::Blocked | State::Queued | State::Board | State::Ready => Self::Waiting,
            State::AwaitsTickets
            | State::AwaitsEnvironment
            | State::AwaitsRunner
            | State::AwaitsRepair => Self::Stuck,
            State::Handoff => Self::Passed,
            State::Working | State::Running | State::Rollout => Self::Worked,
            State::Split | State::Gone => Self::Away,
            State::WithUsers => Self::Arrived,
        }
    }
}

/// Changes that reached users in the year.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ArrivalColumns {
    /// Which item.
    pub item: Vec<u32>,
    /// When.
    pub second: Vec<i32>,
    /// Lead time, hours.
    pub hours: Vec<f64>,
}

/// A team's people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamFilmView {
    /// The team, and its lane of the map.
    pub id: String,
    /// There when the year begins, those at an incident included.
    pub people: u32,
    /// When somebody came or went.
    pub second: Vec<i32>,
    /// 1 more or 1 less then.
    pub change: Vec<i32>,
}

/// Something went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentView {
    /// In whose production.
    pub stream: String,
    /// The rollout's own check noticed: not a customer incident.
    pub stopped_itself: bool,
    /// Users met it.
    pub showed: i32,
    /// People dropped what they did.
    pub called: Option<i32>,
    /// It was over, and they were back; `None`: not within the year.
    pub recovered: Option<i32>,
    /// Whose people, if anybody was called.
    pub team: Option<String>,
    /// How many.
    pub people: u32,
}

/// A release on its way to users.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RolloutView {
    /// The deployment's node.
    pub node: u32,
    /// Deployment strategy.
    pub strategy: String,
    /// Changes in it.
    pub changes: u32,
    /// When a share of users got it, in order; 0: it was taken back.
    pub second: Vec<i32>,
    /// The share from then on, 0 to 1.
    pub share: Vec<f64>,
}
