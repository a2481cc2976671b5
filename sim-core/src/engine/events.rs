//! What is going to happen, in the order of RULES 2: time, kind of event, entity, item. Never by order
//! of scheduling, which differs between variants.

use super::soonest::{Before, Soonest};
use crate::time::Ticks;

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

/// The rank of a team's completion, for comparison with [`Agenda::peek`].
pub const COMPLETION_RANK: u8 = 1;

#[derive(Debug, Clone, Copy)]
struct Entry {
    time: Ticks,
    rank: u8,
    tie: u64,
    what: Happening,
}

impl Before for Entry {
    #[inline]
    fn before(&self, other: &Self) -> bool {
        (self.time < other.time)
            | ((self.time == other.time) & ((self.rank, self.tie) < (other.rank, other.tie)))
    }
}

/// The future. Keeps its memory between replications.
#[derive(Debug, Default)]
pub struct Agenda {
    entries: Soonest<Entry>,
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
            rank: what.rank(),
            tie,
            what,
        });
    }

    /// When the next thing happens, with its rank and tie.
    #[inline]
    pub fn peek(&self) -> Option<(Ticks, u8, u64)> {
        self.entries.peek().map(|e| (e.time, e.rank, e.tie))
    }

    /// Move, rename or call off (`None`) everything that is to come.
    pub fn rewrite(&mut self, mut to: impl FnMut(Ticks, Happening) -> Option<(Ticks, Happening)>) {
        self.entries.retain(|e| match to(e.time, e.what) {
            Some((time, what)) => {
                (e.time, e.what) = (time, what);
                true
            }
            None => false,
        });
    }

    /// The next thing.
    #[inline]
    pub fn pop(&mut self) -> Option<(Ticks, Happening)> {
        self.entries.pop().map(|e| (e.time, e.what))
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
        let order: Vec<_> = std::iter::from_fn(|| agenda.pop().map(|e| e.1)).collect();
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
