//! A team while it runs: one processor with two virtual clocks (RULES 6–10).
//!
//! A clock is the work done so far by each item on it, in ticks of one person's work. An item finishes
//! when the clock reaches its mark, so a change of speed costs the same however many items are in progress.

pub use super::queue::{Queue, Waiting};
use super::soonest::{Before, Soonest};
use crate::model::{SWITCHING_CAP, Shift, Team};
use crate::random::elementary::ln;
use crate::time::{HOUR, NEVER, Ticks, ceil};

/// Why time in progress is longer than the work: one integral each.
pub const SLOWED: usize = 5;
/// Attention shared between items.
pub const SHARED: usize = 0;
/// Switching between items.
pub const SWITCHING: usize = 1;
/// People at an incident, absent, or taken by interrupting work.
pub const AWAY: usize = 2;
/// Meetings and support.
pub const MEETINGS: usize = 3;
/// People who are not yet as productive as they will be (RULES 11).
pub const NEWCOMERS: usize = 4;

/// The clock value at which an item is finished.
#[derive(Debug, Clone, Copy)]
struct Mark {
    at: f64,
    tie: u64,
    item: u32,
}

impl Before for Mark {
    #[inline]
    fn before(&self, other: &Self) -> bool {
        // Clocks are never below 0, and such numbers are in the order of their bits.
        let key = |m: &Self| (u128::from(m.at.to_bits()) << 64) | u128::from(m.tie);
        key(self) < key(other)
    }
}

/// How fast the clock of a lane goes, and its inverse.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Pace {
    speed: f64,
    inverse: f64,
}

impl Pace {
    fn of(speed: f64) -> Self {
        Self {
            speed,
            inverse: 1.0 / speed,
        }
    }
}

/// The items of one kind in progress, with their clock.
#[derive(Debug, Default)]
struct Lane {
    clock: f64,
    marks: Soonest<Mark>,
}

impl Lane {
    fn clear(&mut self) {
        self.clock = 0.0;
        self.marks.clear();
    }

    #[inline(always)]
    fn start(&mut self, item: u32, tie: u64, effort: f64) {
        if self.marks.len() == 0 {
            // A clock that stays small stays exact.
            self.clock = 0.0;
        }
        let at = self.clock + effort;
        self.marks.push(Mark { at, tie, item });
    }

    #[inline(always)]
    fn finish(&mut self) -> Option<u32> {
        let mark = self.marks.pop()?;
        self.clock = mark.at;
        Some(mark.item)
    }

    /// Working ticks until the next item is finished; infinity if none is.
    fn remaining(&self, pace: Pace) -> f64 {
        match self.marks.peek() {
            Some(mark) if pace.speed > 0.0 => ((mark.at - self.clock) * pace.inverse).max(0.0),
            _ => f64::INFINITY,
        }
    }
}

/// All that speeds depend on besides the team: ordinary and interrupting items, people available.
type Shape = (u32, u32, u32);

/// What follows from a [`Shape`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Speeds {
    ordinary: Pace,
    interrupting: Pace,
    /// Slowed time per working time, by cause.
    slowed: [f64; SLOWED],
    /// Whether any of it is above 0.
    slows: bool,
}

/// Shapes whose speeds are remembered.
const SHAPES: usize = 64;

/// A team's state.
#[derive(Debug)]
pub struct TeamState {
    /// When the next job is finished.
    pub next: Ticks,
    /// Person-hours asked for so far.
    pub demanded: f64,
    /// Person-hours of people at work so far (jobs and incidents).
    pub busy: f64,
    /// Jobs that wait for a person.
    pub queue: Queue,
    /// Its queue or progress changed and nobody has looked yet.
    pub unsettled: bool,
    now: Ticks,
    worked: Ticks,
    shift: Shift,
    ordinary: Lane,
    interrupting: Lane,
    next_interrupts: bool,
    /// Person-hours of people at work in a working tick.
    busy_rate: f64,
    speeds: Speeds,
    /// Whether `speeds` are those of a team with a person for every item.
    undivided: bool,
    slowed: [f64; SLOWED],
    lent: u32,
    absent: u32,
    skill: f64,
    /// Speeds of a team with a person for every item.
    plain: Option<Speeds>,
    known: Vec<Option<(Shape, Speeds)>>,
}

impl Default for TeamState {
    fn default() -> Self {
        Self {
            next: NEVER,
            demanded: 0.0,
            busy: 0.0,
            queue: Queue::default(),
            unsettled: false,
            now: 0,
            worked: 0,
            shift: Shift::default(),
            ordinary: Lane::default(),
            interrupting: Lane::default(),
            next_interrupts: false,
            busy_rate: 0.0,
            speeds: Speeds::default(),
            undivided: false,
            slowed: [0.0; SLOWED],
            lent: 0,
            absent: 0,
            skill: 1.0,
            plain: None,
            known: Vec::new(),
        }
    }
}

impl TeamState {
    /// Back to an idle team at time 0.
    pub fn reset(&mut self) {
        self.set_skill(1.0);
        self.queue.clear();
        self.ordinary.clear();
        self.interrupting.clear();
        *self = Self {
            queue: std::mem::take(&mut self.queue),
            ordinary: std::mem::take(&mut self.ordinary),
            interrupting: std::mem::take(&mut self.interrupting),
            plain: self.plain,
            known: std::mem::take(&mut self.known),
            ..Self::default()
        };
    }

    /// Bring the clocks to `now`.
    #[inline(always)]
    pub fn advance(&mut self, team: &Team, now: Ticks) {
        if now == self.now {
            return;
        }
        self.now = now;
        let worked = team.calendar.worked_in(&mut self.shift, now);
        if worked > self.worked {
            let dt = (worked - self.worked) as f64;
            self.worked = worked;
            self.ordinary.clock += self.speeds.ordinary.speed * dt;
            if self.interrupting.marks.len() > 0 {
                self.interrupting.clock += self.speeds.interrupting.speed * dt;
            }
            self.busy += self.busy_rate * dt;
            if self.speeds.slows {
                for (sum, rate) in self.slowed.iter_mut().zip(self.speeds.slowed) {
                    *sum += rate * dt;
                }
            }
        }
    }

    /// Speeds after items or people came or went, and the next completion. Call after [`Self::advance`].
    #[inline(always)]
    pub fn reschedule(&mut self, team: &Team) {
        let n = self.ordinary.marks.len() as u32;
        let e = self.interrupting.marks.len() as u32;
        let available = self.available(team);
        let busy = (n + e).min(available) + self.lent.min(team.people);
        self.busy_rate = f64::from(busy) * (1.0 / HOUR as f64);
        let undivided = e == 0 && n <= available;
        if !(undivided && self.undivided) {
            self.undivided = undivided;
            self.set_speeds(team, (n, e, available));
        }
        let mut soonest = self.ordinary.remaining(self.speeds.ordinary);
        self.next_interrupts = false;
        if e > 0 {
            let interrupting = self.interrupting.remaining(self.speeds.interrupting);
            self.next_interrupts = interrupting < soonest;
            soonest = soonest.min(interrupting);
        }
        self.next = if soonest < NEVER as f64 {
            let end = self.worked + ceil(soonest);
            team.calendar.when_in(&self.shift, end).max(self.now)
        } else {
            NEVER
        };
    }

    fn set_speeds(&mut self, team: &Team, shape: Shape) {
        let skill = self.skill;
        if self.undivided {
            self.speeds = *self
                .plain
                .get_or_insert_with(|| speeds(team, skill, (1, 0, team.people)));
            return;
        }
        if self.known.is_empty() {
            self.known.resize(SHAPES, None);
        }
        let (n, e, available) = shape;
        let at = n
            .wrapping_add(e.wrapping_mul(11))
            .wrapping_sub(available.wrapping_mul(5));
        let known = &mut self.known[at as usize % SHAPES];
        self.speeds = match known {
            Some((of, speeds)) if *of == shape => *speeds,
            _ => known.insert((shape, speeds(team, skill, shape))).1,
        };
    }

    /// Whether somebody can start something.
    #[inline(always)]
    pub fn has_room(&self, team: &Team) -> bool {
        self.in_progress() < team.places
    }

    /// Take the next job if there is room for it; what interrupts needs no room.
    #[inline(always)]
    pub fn next_job(&mut self, team: &Team, interrupts: bool) -> Option<Waiting> {
        let next = self.queue.peek()?;
        let room = self.has_room(team) || (next.class == 0 && interrupts);
        room.then(|| self.queue.pop()).flatten()
    }

    /// Ordinary and interrupting items in progress.
    #[inline]
    pub fn in_progress(&self) -> u32 {
        (self.ordinary.marks.len() + self.interrupting.marks.len()) as u32
    }

    /// People neither lent nor absent.
    #[inline(always)]
    pub fn available(&self, team: &Team) -> u32 {
        team.people.saturating_sub(self.lent + self.absent)
    }

    /// Put a job of so many person-hours in progress.
    #[inline]
    pub fn start(&mut self, item: u32, tie: u64, effort: f64, interrupts: bool) {
        let lane = if interrupts {
            &mut self.interrupting
        } else {
            &mut self.ordinary
        };
        lane.start(item, tie, effort * HOUR as f64);
    }

    /// Take the job that finishes at [`Self::next`], setting its clock to the mark so that rounding
    /// does not accumulate.
    #[inline]
    pub fn finish(&mut self) -> Option<u32> {
        if self.next_interrupts {
            self.interrupting.finish()
        } else {
            self.ordinary.finish()
        }
    }

    /// The integrals of slowed time by cause, in working ticks, for differences.
    #[inline]
    pub fn slowed(&self) -> [f64; SLOWED] {
        self.slowed
    }

    /// Working ticks up to the last [`Self::advance`].
    #[inline]
    pub fn worked(&self) -> Ticks {
        self.worked
    }

    /// Call up to `k` people away; returns how many went.
    pub fn lend(&mut self, team: &Team, k: u32) -> u32 {
        let got = k.min(self.available(team));
        self.lent += got;
        got
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
                out.push((m.item, ((m.at - lane.clock) / HOUR as f64).max(0.0)));
            }
            lane.marks.retain(|m| !which(m.item));
        }
        out.sort_unstable_by_key(|job| job.0);
        out
    }

    /// Count working time by another calendar, `worked` ticks of which have passed.
    pub fn rebase(&mut self, worked: Ticks) {
        self.worked = worked;
        self.shift = Shift::default();
        self.undivided = false;
        self.plain = None;
        self.known.clear();
    }

    /// People come back.
    pub fn give_back(&mut self, k: u32) {
        self.lent -= k;
    }

    /// So many people are ill, on holiday or not yet replaced, besides those lent. Limits count heads and
    /// stay (RULES 8). Call between [`Self::advance`] and [`Self::reschedule`].
    pub fn set_absent(&mut self, k: u32) {
        self.absent = k;
    }

    /// Mean productivity of those present, (0, 1]: multiplies all speeds (RULES 11). Call between
    /// [`Self::advance`] and [`Self::reschedule`].
    pub fn set_skill(&mut self, skill: f64) {
        if skill != self.skill {
            self.skill = skill;
            self.undivided = false;
            self.plain = None;
            self.known.clear();
        }
    }
}

/// RULES 6 and 11; what slows ordinary items is divided in proportion to −ln of each factor (RULES 39).
fn speeds(team: &Team, skill: f64, (n, e, available): Shape) -> Speeds {
    let (n, e) = (f64::from(n), f64::from(e));
    let (people, available) = (f64::from(team.people), f64::from(available));
    let able = team.focus * skill;
    let mut speeds = Speeds::default();
    if e > 0.0 && available > 0.0 {
        speeds.interrupting = Pace::of(able * (available / e).min(1.0));
    }
    if n == 0.0 {
        return speeds;
    }
    let left = (available - e).max(0.0);
    if left == 0.0 {
        speeds.slowed[AWAY] = 1.0;
        speeds.slows = true;
        return speeds;
    }
    let sharing = (left / n).min(1.0);
    let nominal = (people / n).min(1.0);
    let crowd = SWITCHING_CAP.min((n / left - 1.0).max(0.0));
    let switching = 1.0 / (1.0 + team.switching * crowd);
    let speed = able * sharing * switching;
    speeds.ordinary = Pace::of(speed);
    if speed < 1.0 {
        let mut causes = [0.0; SLOWED];
        causes[SHARED] = -ln(nominal);
        causes[SWITCHING] = -ln(switching);
        causes[AWAY] = -ln(sharing / nominal);
        causes[MEETINGS] = -ln(team.focus);
        causes[NEWCOMERS] = -ln(skill);
        let all: f64 = causes.iter().sum();
        speeds.slowed = causes.map(|cause| (1.0 - speed) * cause / all);
        speeds.slows = true;
    }
    speeds
}

#[cfg(test)]
mod tests;
