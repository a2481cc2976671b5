//! What is going to happen, in the order of RULES 2: time, kind of event, entity, item. Never by order
//! of scheduling, which differs between variants.

use crate::random::Name;
use crate::time::{NEVER, Ticks};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// What happens. Numbers are indices into the engine's slabs or the model's vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// A timed phase of an item ends.
    ItemReady(u32),
    /// A board's papers are closed.
    BoardCutOff(u32),
    /// A board's session ends with these decisions.
    BoardDecides(u32),
    /// A train's doors close.
    TrainCutOff(u32),
    /// A prepared deployment may leave.
    Departure(u32),
    /// A rollout reaches full exposure; with the stamp that makes it current.
    FullExposure(u32, u32),
    /// A defect shows; with the stamp that makes it current.
    Manifest(u32, u32),
    /// An incident is noticed.
    Detected(u32, u32),
    /// An incident is over.
    Recovered(u32, u32),
    /// An incident that no change caused.
    Background(u32),
    /// A source's next request.
    Arrival(u32),
    /// The patience of a request nobody has touched ends; with the stamp that makes it current.
    GivesUp(u32, u32),
    /// Somebody may leave a team.
    SomebodyLeaves(u32),
    /// Somebody new takes a seat in a team.
    SomebodyJoins(u32, u32),
    /// Somebody of a team may be away for a while.
    SomebodyIsAway(u32),
    /// The one on this seat is back; with the stamp that makes it current.
    SomebodyIsBack(u32, u32, u32),
    /// Releases of a stream may begin again.
    ReleasesOpen(u32),
    /// Counting starts.
    WindowOpens,
    /// Counting ends.
    WindowCloses,
    /// A week is over.
    Week,
    /// A project of the plan has another week of work.
    ProjectWeek(u32),
    /// A piece of a project's work is asked for.
    ChangeWork(u32),
    /// A step of the plan may take effect.
    TakesEffect,
    /// A review of the weeks behind.
    Review,
}

impl Happening {
    /// Part of how a run is observed or changed from outside, and not of what is simulated.
    pub fn is_clock(self) -> bool {
        matches!(
            self,
            Self::WindowOpens
                | Self::WindowCloses
                | Self::Week
                | Self::ProjectWeek(_)
                | Self::TakesEffect
                | Self::Review
        )
    }

    fn rank(self) -> u8 {
        match self {
            Self::WindowOpens | Self::WindowCloses | Self::Week => 0,
            Self::ItemReady(_) | Self::Departure(_) | Self::FullExposure(..) => 1,
            Self::Manifest(..) | Self::Detected(..) | Self::Recovered(..) | Self::Background(_) => {
                2
            }
            Self::SomebodyLeaves(_)
            | Self::SomebodyJoins(..)
            | Self::SomebodyIsAway(_)
            | Self::SomebodyIsBack(..) => 3,
            Self::Arrival(_) => 4,
            Self::BoardCutOff(_) | Self::BoardDecides(_) => 5,
            Self::TrainCutOff(_) | Self::ReleasesOpen(_) => 6,
            // At a tie starting beats leaving (RULES 15).
            Self::GivesUp(..) => 7,
            Self::ProjectWeek(_) | Self::ChangeWork(_) | Self::TakesEffect | Self::Review => 8,
        }
    }
}

/// Orders what happens at one tick: the kind of event, then the entity's name. What goes by the clock
/// has small numbers for names; of others the last bits are given up.
#[inline]
const fn order(rank: u8, tie: u64) -> u64 {
    const BITS: u32 = 4;
    if rank == 0 {
        return tie;
    }
    ((rank as u64) << (u64::BITS - BITS)) | (tie >> BITS)
}

/// The place of a team's completion among what happens at one tick, for comparison with
/// [`Agenda::peek`].
#[inline]
pub const fn completion(team: Name) -> u64 {
    order(1, team.bits())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    time: Ticks,
    order: u64,
    what: Happening,
}

impl Entry {
    /// Time, which is never below 0, and the order within it.
    #[inline]
    fn key(&self) -> u128 {
        ((self.time as u128) << 64) | u128::from(self.order)
    }
}

/// The greatest is what comes first, as a heap has it.
impl Ord for Entry {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

impl PartialOrd for Entry {
    #[inline]
    fn lt(&self, other: &Self) -> bool {
        self.key() > other.key()
    }

    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    #[inline]
    fn le(&self, other: &Self) -> bool {
        self.key() >= other.key()
    }
}

/// The future. Keeps its memory between replications.
#[derive(Debug, Default)]
pub struct Agenda {
    entries: BinaryHeap<Entry>,
}

impl Agenda {
    /// Forget everything.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Put something in the future; `tie` is a stable name that orders what happens at one tick.
    #[inline]
    pub fn at(&mut self, time: Ticks, tie: u64, what: Happening) {
        self.entries.push(Entry {
            time,
            order: order(what.rank(), tie),
            what,
        });
    }

    /// When the next thing happens, and its place among what happens then; [`NEVER`] if nothing does.
    #[inline]
    pub fn peek(&self) -> (Ticks, u64) {
        self.entries
            .peek()
            .map_or((NEVER, 0), |e| (e.time, e.order))
    }

    /// Move, rename or call off (`None`) everything that is to come.
    pub fn rewrite(&mut self, mut to: impl FnMut(Ticks, Happening) -> Option<(Ticks, Happening)>) {
        let old = std::mem::take(&mut self.entries);
        let moved = old.into_iter().filter_map(|e| {
            let (time, what) = to(e.time, e.what)?;
            Some(Entry { time, what, ..e })
        });
        self.entries = moved.collect();
    }

    /// The next thing.
    #[inline]
    pub fn pop(&mut self) -> Option<Happening> {
        self.entries.pop().map(|e| e.what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_at_one_tick_comes_by_kind_and_then_by_name() {
        let mut agenda = Agenda::default();
        agenda.at(5, 1, Happening::Arrival(1));
        agenda.at(5, 9, Happening::ItemReady(2));
        agenda.at(5, 3, Happening::ItemReady(3));
        agenda.at(4, 9, Happening::TrainCutOff(4));
        agenda.at(5, 0, Happening::BoardCutOff(5));
        let order: Vec<_> = std::iter::from_fn(|| agenda.pop()).collect();
        let expected = [
            Happening::TrainCutOff(4),
            Happening::ItemReady(3),
            Happening::ItemReady(2),
            Happening::Arrival(1),
            Happening::BoardCutOff(5),
        ];
        assert_eq!(order, expected);
    }
}
