//! The history turned on its side, for an animation: for each item where it was from when, for each
//! rollout its exposure, for each incident its people.

use super::{Event, Replay, What, named, rows};
use crate::engine::item::{Kind, NONE};
use crate::model::{CATEGORIES, RISKS};
use crate::time::{HOUR, Ticks};
use serde::{Serialize, Serializer};
use std::ops::Range;

/// Ticks in a second: what a frame can show.
const SECOND: Ticks = HOUR / 3600;

named! {
    /// What an item is doing in a segment of its track.
    State:
    Blocked "blocked",
    Handoff "handoff",
    Queued "queued",
    Working "working",
    AwaitsTickets "awaits-tickets",
    AwaitsEnvironment "awaits-environment",
    AwaitsRunner "awaits-runner",
    Running "running",
    Board "board",
    Split "split",
    Ready "ready",
    Rollout "rollout",
    AwaitsRepair "awaits-repair",
    WithUsers "with-users",
    Gone "gone",
}

impl What {
    /// What an item is doing from this event on; `None`: what it did before.
    #[must_use]
    pub fn state(self) -> Option<State> {
        Some(match self {
            Self::Requested | Self::Blocked | Self::RepairStarted => State::Blocked,
            Self::HandoffBegan => State::Handoff,
            Self::Queued => State::Queued,
            Self::Started => State::Working,
            Self::TicketsAwaited => State::AwaitsTickets,
            Self::EnvironmentAwaited => State::AwaitsEnvironment,
            Self::RunnerAwaited => State::AwaitsRunner,
            Self::RunBegan => State::Running,
            Self::BoardListed => State::Board,
            Self::Split => State::Split,
            Self::Ready => State::Ready,
            Self::RollingOut => State::Rollout,
            Self::AwaitsRepair => State::AwaitsRepair,
            Self::WithUsers | Self::RepairDelivered => State::WithUsers,
            Self::Refused | Self::GivenUp | Self::PartDone => State::Gone,
            _ => return None,
        })
    }
}

/// A span of simulated time as tracks. Times are whole seconds since the start.
#[derive(Debug, Serialize)]
pub struct Tracks<'m> {
    /// First second, and one past the last.
    pub span: [Ticks; 2],
    /// Where the history ends: beyond it nothing is known.
    pub end: Ticks,
    /// The limit of events was reached there.
    pub cut: bool,
    /// Names of the states in segments, by index.
    pub states: Vec<&'static str>,
    /// Ids of the places in segments, by index: the model's places, then its teams, where what has no
    /// place of its own waits and is worked on.
    pub places: Vec<String>,
    /// Everything that was somewhere in the span, in the order it came.
    pub items: Vec<Track>,
    /// Rollouts that exposed somebody to something in the span.
    pub deployments: Vec<Rollout<'m>>,
    /// Incidents going on in the span.
    pub incidents: Vec<Course<'m>>,
    /// People who came or went in the span.
    pub people: Vec<Presence<'m>>,
}

/// Where an item was.
#[derive(Debug, Serialize)]
pub struct Track {
    /// As in the events.
    pub id: String,
    /// `request`, `repair`, `part`, `ticket`, …
    pub kind: &'static str,
    /// Risk class.
    pub risk: &'static str,
    /// Each until the next begins; the first may begin before the span.
    pub segments: Vec<Segment>,
}

/// From a second on, an item does this there. In JSON `[second, state, place]`, with −1 for no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Since when.
    pub second: Ticks,
    /// What it does.
    pub state: State,
    /// Where: an index into [`Tracks::places`], or −1.
    pub place: i64,
}

impl Serialize for Segment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.second, self.state as u8, self.place).serialize(serializer)
    }
}

/// A rollout.
#[derive(Debug, Serialize)]
pub struct Rollout<'m> {
    /// As in the events.
    pub id: String,
    /// Deployment strategy.
    pub strategy: &'m str,
    /// Changes in it.
    pub changes: u32,
    /// `[second, share]`: the share of users from then on; 0 when it is rolled back.
    pub exposure: Vec<(Ticks, f64)>,
}

/// An incident; a time that was not reached is absent.
#[derive(Debug, Serialize)]
pub struct Course<'m> {
    /// As in the events.
    pub id: String,
    /// Deployment that brought it, unless no change did.
    pub deployment: Option<String>,
    /// Request whose change it is in, unless no change did.
    pub item: Option<String>,
    /// Category of the defect, unless no change did.
    pub category: Option<&'static str>,
    /// It showed.
    pub showed: Ticks,
    /// Somebody noticed.
    pub noticed: Option<Ticks>,
    /// It was over.
    pub recovered: Option<Ticks>,
    /// Team called.
    pub team: Option<&'m str>,
    /// How many of its people came.
    pub people: u32,
    /// Its severity, when it was over, unless the rollout stopped itself.
    pub severity: Option<&'static str>,
}

/// Somebody came or went.
#[derive(Debug, Serialize)]
pub struct Presence<'m> {
    /// When.
    pub second: Ticks,
    /// The team.
    pub team: &'m str,
    /// 1: there is one more; −1: one less.
    pub change: i32,
}

impl<'m> Replay<'m> {
    /// A span of simulated time as tracks.
    #[must_use]
    pub fn tracks(&self, span: Range<Ticks>) -> Tracks<'m> {
        let model = self.model;
        let places = (0..self.places.count()).map(|p| rows::place_id(model, p));
        let teams = model.teams.iter().map(|t| format!("team/{}", t.id));
        Tracks {
            span: [span.start, span.end.min(self.end)].map(|t| t / SECOND),
            end: self.end / SECOND,
            cut: self.cut,
            states: State::ALL.iter().map(|s| s.id()).collect(),
            places: places.chain(teams).collect(),
            items: self.items(&span),
            deployments: self.rollouts(&span),
            incidents: self.courses(&span),
            people: self.presence(&span),
        }
    }

    fn items(&self, span: &Range<Ticks>) -> Vec<Track> {
        let mut segments: Vec<Vec<Segment>> = vec![Vec::new(); self.subjects.len()];
        for e in self.events_of(&(0..span.end)) {
            let Some(of) = segments.get_mut(e.item as usize) else {
                continue;
            };
            let Some(next) = self.segment(e) else {
                continue;
            };
            // Of all that is over before the span only the last matters, and of one second too.
            if of
                .last()
                .is_some_and(|s| e.time <= span.start || s.second == next.second)
            {
                of.pop();
            }
            if of
                .last()
                .is_none_or(|s| (s.state, s.place) != (next.state, next.place))
            {
                of.push(next);
            }
        }
        let there = |of: &[Segment]| match of {
            [] => false,
            [only] => {
                only.second >= span.start / SECOND
                    || !matches!(only.state, State::Gone | State::WithUsers)
            }
            _ => true,
        };
        (0..self.subjects.len() as u32)
            .zip(segments)
            .filter(|(_, of)| there(of))
            .filter_map(|(i, segments)| {
                let subject = &self.subjects[i as usize];
                Some(Track {
                    id: self.item_id(i)?,
                    kind: rows::kind_id(subject.kind),
                    risk: RISKS[usize::from(subject.risk)],
                    segments,
                })
            })
            .collect()
    }

    fn segment(&self, e: &Event) -> Option<Segment> {
        let kind = self.subjects[e.item as usize].kind;
        let errand = !matches!(kind, Kind::Work | Kind::Repair | Kind::Part);
        let state = match e.what {
            What::Finished if errand => State::Gone,
            what => what.state()?,
        };
        let place = match (e.place, e.team) {
            _ if state == State::Gone => -1,
            (NONE, NONE) => -1,
            (NONE, team) => self.places.count() as i64 + i64::from(team),
            (place, _) => i64::from(place),
        };
        Some(Segment {
            second: e.time / SECOND,
            state,
            place,
        })
    }

    fn rollouts(&self, span: &Range<Ticks>) -> Vec<Rollout<'m>> {
        let mut all: Vec<Option<Rollout<'m>>> = self.deployments.iter().map(|_| None).collect();
        for e in self.events_of(&(0..span.end)) {
            let share = match e.what {
                What::RolloutBegan => {
                    let strategy = self.deployments[e.link as usize].strategy;
                    all[e.link as usize] = self.deployment_id(e.link).map(|id| Rollout {
                        id,
                        strategy: &self.model.strategies[strategy as usize].id,
                        changes: e.count,
                        exposure: Vec::new(),
                    });
                    continue;
                }
                What::Exposure => e.value,
                What::RolledBack => 0.0,
                _ => continue,
            };
            if let Some(rollout) = &mut all[e.link as usize] {
                rollout.exposure.push((e.time / SECOND, share));
            }
        }
        let from = span.start / SECOND;
        // A rollout that was complete before the span only matters if something happened to it since.
        let there = |r: &Rollout<'m>| r.exposure.last().is_some_and(|step| step.0 >= from);
        all.into_iter().flatten().filter(there).collect()
    }

    fn courses(&self, span: &Range<Ticks>) -> Vec<Course<'m>> {
        let mut all: Vec<Option<Course<'m>>> = self.cases.iter().map(|_| None).collect();
        for e in self.events_of(&(0..span.end)) {
            let second = e.time / SECOND;
            if matches!(
                e.what,
                What::DefectShowed | What::RolloutStopped | What::OutageBegan
            ) {
                all[e.link as usize] = self.course(e.link, second);
                continue;
            }
            if !matches!(
                e.what,
                What::IncidentNoticed | What::PeopleCalled | What::Recovered
            ) {
                continue;
            }
            let Some(course) = &mut all[e.link as usize] else {
                continue;
            };
            match e.what {
                What::IncidentNoticed => course.noticed = Some(second),
                What::PeopleCalled => {
                    course.team = self.model.teams.get(e.team as usize).map(|t| t.id.as_str());
                    course.people = e.count;
                }
                _ => {
                    course.recovered = Some(second);
                    course.severity = Some(e.word.id()).filter(|w| !w.is_empty());
                }
            }
        }
        let from = span.start / SECOND;
        let there = |c: &Course<'m>| c.recovered.is_none_or(|t| t >= from);
        all.into_iter().flatten().filter(there).collect()
    }

    fn course(&self, i: u32, showed: Ticks) -> Option<Course<'m>> {
        let case = self.cases.get(i as usize)?;
        Some(Course {
            id: self.incident_id(i)?,
            deployment: self.deployment_id(case.deployment),
            item: self.item_id(case.item),
            category: CATEGORIES.get(case.category as usize).copied(),
            showed,
            noticed: None,
            recovered: None,
            team: None,
            people: 0,
            severity: None,
        })
    }

    fn presence(&self, span: &Range<Ticks>) -> Vec<Presence<'m>> {
        let of = |e: &Event| {
            let change = match e.what {
                What::SomebodyLeft | What::SomebodyAway => -1,
                What::SomebodyJoined | What::SomebodyBack => 1,
                _ => return None,
            };
            (e.count > 0).then(|| Presence {
                second: e.time / SECOND,
                team: &self.model.teams[e.team as usize].id,
                change,
            })
        };
        self.events_of(span).iter().filter_map(of).collect()
    }
}
