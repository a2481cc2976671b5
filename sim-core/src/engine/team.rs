//! A team while it runs: one processor with two virtual clocks (RULES 6–10).
//!
//! A clock is the work done so far by each item on it, in person-hours. An item finishes when the clock
//! reaches its mark, so a change of speed costs the same however many items are in progress.

use crate::model::{SWITCHING_CAP, Team};
use crate::time::{NEVER, Ticks, hours, ticks_up};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Why time in progress is longer than the work: one integral each.
pub const SLOWED: usize = 5;
/// Attention shared between items.
pub const SHARED: usize = 0;
/// Switching between items.
pub const SWITCHING: usize = 1;
/// People at an incident, or taken by interrupting work.
pub const AWAY: usize = 2;
/// Meetings and support.
pub const MEETINGS: usize = 3;
/// Newcomers who learn, and colleagues who teach them.
pub const NEWCOMERS: usize = 4;

/// A place in a queue (RULES 9): class, then the policy's key, then request time, then identity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting {
    /// 0 before 1.
    pub class: u8,
    /// Smallest first.
    pub key: f64,
    /// Earliest first.
    pub requested: Ticks,
    /// Stable identity.
    pub seq: u64,
    /// Stable identity of children of one item.
    pub tie: u64,
    /// Index of the item.
    pub item: u32,
}

impl Eq for Waiting {}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .class
            .cmp(&self.class)
            .then_with(|| other.key.total_cmp(&self.key))
            .then_with(|| other.requested.cmp(&self.requested))
            .then_with(|| (other.seq, other.tie).cmp(&(self.seq, self.tie)))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The clock value at which an item is finished.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mark {
    at: f64,
    tie: u64,
    item: u32,
}

impl Eq for Mark {}

impl Ord for Mark {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .at
            .total_cmp(&self.at)
            .then_with(|| other.tie.cmp(&self.tie))
    }
}

impl PartialOrd for Mark {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The items of one kind in progress, with their clock.
#[derive(Debug, Default)]
struct Lane {
    clock: f64,
    speed: f64,
    marks: BinaryHeap<Mark>,
}

impl Lane {
    fn remaining_hours(&self) -> f64 {
        match self.marks.peek() {
            Some(_) if self.speed <= 0.0 => f64::INFINITY,
            Some(mark) => ((mark.at - self.clock) / self.speed).max(0.0),
            None => f64::INFINITY,
        }
    }
}

/// A team's state.
#[derive(Debug, Default)]
pub struct TeamState {
    /// Jobs that wait for a person.
    pub queue: BinaryHeap<Waiting>,
    /// When the next job is finished.
    pub next: Ticks,
    /// Person-hours asked for so far.
    pub demanded: f64,
    /// Person-hours of people at work so far (jobs and incidents).
    pub busy: f64,
    ordinary: Lane,
    interrupting: Lane,
    lent: u32,
    absent: u32,
    skill: f64,
    worked: Ticks,
    slowed: [f64; SLOWED],
    slowed_rate: [f64; SLOWED],
    busy_people: f64,
    next_interrupts: bool,
    /// Ordinary, interrupting and lent at the last [`Self::reschedule`]: all that speeds depend on.
    shape: Option<(usize, usize, u32)>,
}

impl TeamState {
    /// Back to an idle team at time 0.
    pub fn reset(&mut self) {
        self.queue.clear();
        for lane in [&mut self.ordinary, &mut self.interrupting] {
            lane.clock = 0.0;
            lane.speed = 0.0;
            lane.marks.clear();
        }
        self.next = NEVER;
        self.demanded = 0.0;
        self.busy = 0.0;
        self.lent = 0;
        self.absent = 0;
        self.skill = 1.0;
        self.worked = 0;
        self.slowed = [0.0; SLOWED];
        self.slowed_rate = [0.0; SLOWED];
        self.busy_people = 0.0;
        self.next_interrupts = false;
        self.shape = None;
    }

    /// Bring the clocks to `now`.
    pub fn advance(&mut self, team: &Team, now: Ticks) {
        let worked = team.calendar.worked(now);
        let dt = hours(worked - self.worked);
        self.worked = worked;
        if dt > 0.0 {
            self.ordinary.clock += self.ordinary.speed * dt;
            self.interrupting.clock += self.interrupting.speed * dt;
            for i in 0..SLOWED {
                self.slowed[i] += self.slowed_rate[i] * dt;
            }
            self.busy += self.busy_people * dt;
        }
    }

    /// Speeds after items or people came or went, and the next completion. Call after [`Self::advance`].
    pub fn reschedule(&mut self, team: &Team) {
        let shape = (
            self.ordinary.marks.len(),
            self.interrupting.marks.len(),
            self.lent,
        );
        if self.shape != Some(shape) {
            self.shape = Some(shape);
            self.set_speeds(team);
        }
        if shape.0 == 0 {
            self.ordinary.clock = 0.0;
        }
        if shape.1 == 0 {
            self.interrupting.clock = 0.0;
        }
        let (a, b) = (
            self.ordinary.remaining_hours(),
            self.interrupting.remaining_hours(),
        );
        self.next_interrupts = b < a;
        let soonest = a.min(b);
        self.next = if soonest == f64::INFINITY {
            NEVER
        } else {
            team.calendar.when(self.worked + ticks_up(soonest)).max(0)
        };
    }

    fn set_speeds(&mut self, team: &Team) {
        let n = self.ordinary.marks.len() as f64;
        let e = self.interrupting.marks.len() as f64;
        let people = f64::from(team.people);
        let available = f64::from(team.people.saturating_sub(self.lent + self.absent));
        self.interrupting.speed = if e > 0.0 {
            team.focus * self.skill * (available / e).min(1.0)
        } else {
            0.0
        };
        self.slowed_rate = [0.0; SLOWED];
        self.ordinary.speed = 0.0;
        if n > 0.0 {
            let left = (available - e).max(0.0);
            if left > 0.0 {
                let sharing = (left / n).min(1.0);
                let nominal = (people / n).min(1.0);
                let switching =
                    1.0 / (1.0 + team.switching * SWITCHING_CAP.min((n / left - 1.0).max(0.0)));
                let speed = team.focus * self.skill * sharing * switching;
                self.ordinary.speed = speed;
                if speed < 1.0 {
                    let causes = [
                        nominal,
                        switching,
                        sharing / nominal,
                        team.focus,
                        self.skill,
                    ]
                    .map(|f| -libm::log(f));
                    let all: f64 = causes.iter().sum();
                    self.slowed_rate = causes.map(|cause| (1.0 - speed) * cause / all);
                }
            } else {
                self.slowed_rate[AWAY] = 1.0;
            }
        }
        self.busy_people = (n + e).min(available) + f64::from(self.lent.min(team.people));
    }

    /// Ordinary and interrupting items in progress.
    pub fn in_progress(&self) -> u32 {
        (self.ordinary.marks.len() + self.interrupting.marks.len()) as u32
    }

    /// Put a job of so many person-hours in progress.
    pub fn start(&mut self, item: u32, tie: u64, effort: f64, interrupts: bool) {
        let lane = if interrupts {
            &mut self.interrupting
        } else {
            &mut self.ordinary
        };
        lane.marks.push(Mark {
            at: lane.clock + effort,
            tie,
            item,
        });
    }

    /// Take the job that finishes at [`Self::next`], setting its clock to the mark so that rounding
    /// does not accumulate.
    pub fn finish(&mut self) -> Option<u32> {
        let lane = if self.next_interrupts {
            &mut self.interrupting
        } else {
            &mut self.ordinary
        };
        let mark = lane.marks.pop()?;
        lane.clock = mark.at;
        Some(mark.item)
    }

    /// The integrals of slowed time, person-hours a person, for differences.
    pub fn slowed(&self) -> [f64; SLOWED] {
        self.slowed
    }

    /// Working ticks up to the last [`Self::advance`].
    pub fn worked(&self) -> Ticks {
        self.worked
    }

    /// Call up to `k` people away; returns how many went.
    pub fn lend(&mut self, team: &Team, k: u32) -> u32 {
        let got = k.min(team.people.saturating_sub(self.lent + self.absent));
        self.lent += got;
        got
    }

    /// So many people are missing, on top of those at incidents. Call after [`Self::advance`].
    pub fn set_absent(&mut self, k: u32) {
        self.absent = k;
        self.shape = None;
    }

    /// Mean productivity of those present, above 0 and at most 1. Call after [`Self::advance`].
    pub fn set_skill(&mut self, skill: f64) {
        self.skill = skill;
        self.shape = None;
    }

    /// Jobs in progress.
    pub fn jobs(&self) -> impl Iterator<Item = u32> + '_ {
        let lanes = [&self.ordinary, &self.interrupting].into_iter();
        lanes.flat_map(|lane| lane.marks.iter().map(|m| m.item))
    }

    /// Take jobs out of the hands of those who do them, with the person-hours each still needs. Call after
    /// [`Self::advance`].
    pub fn take_out(&mut self, which: impl Fn(u32) -> bool) -> Vec<(u32, f64)> {
        let mut out = Vec::new();
        for lane in [&mut self.ordinary, &mut self.interrupting] {
            for m in lane.marks.iter().filter(|m| which(m.item)) {
                out.push((m.item, (m.at - lane.clock).max(0.0)));
            }
            lane.marks.retain(|m| !which(m.item));
        }
        out.sort_unstable_by_key(|job| job.0);
        out
    }

    /// Count working time by another calendar, `worked` ticks of which have passed.
    pub fn rebase(&mut self, worked: Ticks) {
        self.worked = worked;
        self.shape = None;
    }

    /// People come back.
    pub fn give_back(&mut self, k: u32) {
        self.lent -= k;
    }
}
