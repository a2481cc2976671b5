//! One replication's full event history, on request: for the animation and for audit.
//!
//! [`Engine::replay`] runs a replication with a log: files of the engine note what happens by the methods
//! in [`hooks`], which do nothing without one. A noted [`Event`] is small and holds indices; ids are made
//! when it is written, by [`rows`] as CSV or JSON lines, by [`tracks`] as where each item was when.
//! `docs/replay.md` says what every field and kind means.

mod hooks;
mod rows;
mod tracks;

pub use rows::{COLUMNS, Row};
pub use tracks::{Rollout, Segment, State, Track, Tracks};

use super::item::{Kind, NONE};
use super::{Engine, Replication};
use crate::model::{ExposureStep, Model, Places};
use crate::time::Ticks;
use std::collections::{BTreeMap, VecDeque};

macro_rules! named {
    ($(#[$doc:meta])* $kind:ident: $($name:ident $id:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "named in their ids")]
        pub enum $kind {
            $($name),*
        }

        impl $kind {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its stable id.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id),*
                }
            }
        }
    };
}

pub(crate) use named;

named! {
    /// What happened, as in `docs/replay.md`.
    What:
    WindowOpens "window-opens",
    WindowCloses "window-closes",
    Requested "requested",
    Refused "refused",
    GivenUp "given-up",
    Blocked "blocked",
    Entered "entered",
    Left "left",
    HandoffBegan "handoff-began",
    HandoffEnded "handoff-ended",
    Queued "queued",
    Started "started",
    Finished "finished",
    TicketOpened "ticket-opened",
    TicketsAwaited "tickets-awaited",
    TicketServed "ticket-served",
    EnvironmentAwaited "environment-awaited",
    EnvironmentTaken "environment-taken",
    EnvironmentFreed "environment-freed",
    RunnerAwaited "runner-awaited",
    RunBegan "run-began",
    RunEnded "run-ended",
    BoardListed "board-listed",
    BoardDecided "board-decided",
    GatePassed "gate-passed",
    GateStopped "gate-stopped",
    SentBack "sent-back",
    Split "split",
    PartDone "part-done",
    Joined "joined",
    Ready "ready",
    Prepared "prepared",
    RolloutBegan "rollout-began",
    RollingOut "rolling-out",
    Exposure "exposure",
    Live "live",
    WithUsers "with-users",
    DefectShowed "defect-showed",
    RolloutStopped "rollout-stopped",
    OutageBegan "outage-began",
    IncidentNoticed "incident-noticed",
    PeopleCalled "people-called",
    RolledBack "rolled-back",
    AwaitsRepair "awaits-repair",
    Fixed "fixed",
    Recovered "recovered",
    RepairStarted "repair-started",
    RepairDelivered "repair-delivered",
    SomebodyLeft "somebody-left",
    SomebodyJoined "somebody-joined",
    SomebodyAway "somebody-away",
    SomebodyBack "somebody-back",
    Cut "cut",
    Ended "ended",
}

named! {
    /// What the column `detail` says in a word of its own.
    Word:
    None "",
    Standard "standard",
    Expedite "expedite",
    FixedDate "fixed-date",
    Stage "stage",
    Review "review",
    Triage "triage",
    Errand "errand",
    Found "found",
    NothingFound "nothing-found",
    Minor "minor",
    Major "major",
    Critical "critical",
}

/// One thing that happened. Indices are the model's or the replay's; [`NONE`] where there is none.
#[derive(Debug, Clone, Copy)]
struct Event {
    time: Ticks,
    /// Hours, a share or a size, as [`rows`] says by kind.
    value: f64,
    /// Into [`Replay::subjects`].
    item: u32,
    /// As in [`Places`].
    place: u32,
    team: u32,
    /// A stage gone to, a pool, a deployment or an incident, by kind.
    link: u32,
    count: u32,
    what: What,
    word: Word,
}

impl Event {
    fn new(time: Ticks, what: What) -> Self {
        Self {
            time,
            value: 0.0,
            item: NONE,
            place: NONE,
            team: NONE,
            link: NONE,
            count: 0,
            what,
            word: Word::None,
        }
    }
}

/// Anything that moves or that a team works on.
#[derive(Debug, Clone, Copy)]
struct Subject {
    /// Of the request it is or belongs to.
    seq: u64,
    kind: Kind,
    risk: u8,
    change: u8,
    /// Item that it is a part or a ticket of, or NONE: then it belongs to the request.
    parent: u32,
    /// Which of its kind within that, from 1.
    number: u32,
}

#[derive(Debug, Clone, Copy)]
struct Deployed {
    stream: u32,
    number: u32,
    strategy: u32,
}

#[derive(Debug, Clone, Copy)]
struct Case {
    stream: u32,
    number: u32,
    /// Request whose change it is in, or NONE.
    item: u32,
    deployment: u32,
    /// Defect's category, or NONE.
    category: u32,
}

/// What is noted while a replication runs. The engine uses its places again; the log never does.
#[derive(Debug, Default)]
pub struct Log {
    limit: usize,
    cut: bool,
    events: Vec<Event>,
    subjects: Vec<Subject>,
    deployments: Vec<Deployed>,
    cases: Vec<Case>,
    /// What is in the engine's places now.
    items_at: Vec<u32>,
    deployments_at: Vec<u32>,
    cases_at: Vec<u32>,
    /// Requests by source and number.
    requests: BTreeMap<u64, u32>,
}

/// The history of one replication.
#[derive(Debug)]
pub struct Replay<'m> {
    model: &'m Model,
    places: Places,
    events: Vec<Event>,
    subjects: Vec<Subject>,
    deployments: Vec<Deployed>,
    cases: Vec<Case>,
    cut: bool,
    end: Ticks,
}

impl<'m> Engine<'m> {
    /// Run one replication and keep its history, of at most `limit` events and one that says that it was
    /// cut off there. An event takes some 40 bytes. The replication is the one of [`Engine::run`], bit by
    /// bit.
    #[must_use]
    pub fn replay(&mut self, replication: u64, limit: usize) -> (Replication, Replay<'m>) {
        self.log = Some(Box::new(Log {
            limit,
            ..Log::default()
        }));
        let out = self.run(replication);
        let log = self.log.take().map_or_else(Log::default, |log| *log);
        (out, Replay::of(self.model, log, self.now))
    }
}

impl<'m> Replay<'m> {
    fn of(model: &'m Model, mut log: Log, end: Ticks) -> Self {
        let steps = |deployment: u32| {
            let strategy = log.deployments[deployment as usize].strategy;
            model.strategies[strategy as usize].steps.as_slice()
        };
        let mut events = with_exposure(&log.events, steps, end);
        let cut = log.cut || events.len() > log.limit;
        events.truncate(log.limit);
        let last = if cut {
            let at = events.last().map_or(0, |e| e.time);
            Event::new(at, What::Cut)
        } else {
            Event::new(end, What::Ended)
        };
        events.push(last);
        number(&mut log.subjects);
        Self {
            model,
            places: Places::of(model),
            events,
            subjects: log.subjects,
            deployments: log.deployments,
            cases: log.cases,
            cut,
            end: last.time,
        }
    }

    /// Events, the last one included that says how it ended.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Never: the last event says how it ended.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The limit was reached: what came after the last event is not known.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.cut
    }
}

/// Number the children of each item by kind, in the order they came.
fn number(subjects: &mut [Subject]) {
    let mut counts: BTreeMap<(u64, u32, &'static str), u32> = BTreeMap::new();
    for s in subjects {
        let count = counts
            .entry((s.seq, s.parent, rows::kind_id(s.kind)))
            .or_default();
        *count += 1;
        s.number = *count;
    }
}

/// The engine knows exposure as a function of time; the history has its steps as events.
fn with_exposure<'s>(
    noted: &[Event],
    steps: impl Fn(u32) -> &'s [ExposureStep],
    end: Ticks,
) -> Vec<Event> {
    let mut events = Vec::with_capacity(noted.len() + 1);
    // At any time few rollouts are under way, one for each stream.
    let mut to_come: VecDeque<Event> = VecDeque::new();
    for event in noted {
        let due = |step: &Event| {
            step.time < event.time || (event.what == What::Live && step.link == event.link)
        };
        while to_come.front().is_some_and(due) {
            events.extend(to_come.pop_front());
        }
        events.push(*event);
        match event.what {
            What::RolloutBegan => {
                let mut at = event.time;
                for step in steps(event.link) {
                    to_come.push_back(Event {
                        value: step.share,
                        link: event.link,
                        place: event.place,
                        ..Event::new(at, What::Exposure)
                    });
                    at += step.bake;
                }
                to_come.make_contiguous().sort_by_key(|step| step.time);
            }
            What::RolledBack => to_come.retain(|step| step.link != event.link),
            _ => {}
        }
    }
    events.extend(to_come.into_iter().filter(|step| step.time <= end));
    events
}
