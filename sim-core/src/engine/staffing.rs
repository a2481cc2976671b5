//! People who leave, join, ramp up and are away (RULES 11), and what changes week by week: cognitive load
//! and coaching.

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind};
use super::replay::What;
use crate::model::{Staffing, Team};
use crate::random::{Name, Purpose};
use crate::time::{Ticks, WEEK, ticks_up};

/// A seat in a team and who sits on it.
#[derive(Debug, Clone, Copy)]
pub struct Seat {
    /// Somebody is employed.
    filled: bool,
    /// They are away for a while.
    away: bool,
    /// When they joined; long ago for those who were there from the start.
    joined: Ticks,
    /// Numbers what is scheduled for the seat.
    stamp: u32,
}

impl Seat {
    const OLD_HAND: Self = Self {
        filled: true,
        away: false,
        joined: Ticks::MIN / 2,
        stamp: 0,
    };
}

/// The seats of one team, and how many times somebody left or went away.
#[derive(Debug, Default)]
pub struct Staff {
    seats: Vec<Seat>,
    left: u64,
    spells: u64,
}

impl Staff {
    /// Everybody is there.
    pub fn reset(&mut self, team: &Team) {
        self.seats.clear();
        if team.staffing != Staffing::steady() {
            self.seats.resize(team.people as usize, Seat::OLD_HAND);
        }
        self.left = 0;
        self.spells = 0;
    }

    /// People missing, and the mean productivity of those present.
    fn condition(&self, staffing: &Staffing, now: Ticks) -> (u32, f64) {
        let (mut present, mut productivity) = (0, 0.0);
        for seat in self.seats.iter().filter(|s| s.filled && !s.away) {
            present += 1;
            let since = now - seat.joined;
            let behind = if since < staffing.ramp_up {
                1.0 - since as f64 / staffing.ramp_up as f64
            } else {
                0.0
            };
            productivity += 1.0 - behind * (1.0 - staffing.ramp_start + staffing.mentoring);
        }
        let missing = self.seats.len() as u32 - present;
        let skill = if present == 0 {
            1.0
        } else {
            (productivity / f64::from(present)).max(LEAST_SKILL)
        };
        (missing, skill)
    }

    /// Seats are added, for newcomers, or taken away; `before`: people so far.
    pub fn resize(&mut self, before: u32, team: &Team, now: Ticks) {
        if self.seats.is_empty() && team.staffing != Staffing::steady() {
            self.seats.resize(before as usize, Seat::OLD_HAND);
        }
        if !self.seats.is_empty() {
            let newcomer = Seat {
                joined: now,
                ..Seat::OLD_HAND
            };
            self.seats.resize(team.people as usize, newcomer);
        }
    }

    fn learning(&self, staffing: &Staffing, now: Ticks) -> bool {
        self.seats
            .iter()
            .any(|s| s.filled && now - s.joined < staffing.ramp_up + WEEK)
    }
}

/// However many newcomers a team mentors, some work gets done.
const LEAST_SKILL: f64 = 0.05;

impl Engine<'_> {
    fn staff_name(&self, team: u32, purpose: Purpose, n: u64) -> Name {
        self.root
            .with(self.model.teams[team as usize].name)
            .nth(((purpose as u64) << 40) | n)
    }

    pub(super) fn schedule_staffing(&mut self) {
        for team in 0..self.model.teams.len() as u32 {
            self.schedule_leaving(team);
            self.schedule_absence(team);
        }
    }

    /// Every seat has its own clock: candidates come at the rate of all seats, and one finds nobody if
    /// its seat is empty.
    pub(super) fn schedule_leaving(&mut self, team: u32) {
        let t = &self.model.teams[team as usize];
        let rate = t.staffing.turnover * f64::from(t.people);
        if rate > 0.0 {
            let n = self.staff[team as usize].left;
            let name = self.staff_name(team, Purpose::Turnover, n);
            let gap = ticks_up(name.draw_for(Purpose::Turnover, 0).exponential() / rate);
            let at = self.now.saturating_add(gap);
            self.agenda
                .at(at, t.name.bits(), Happening::SomebodyLeaves(team));
        }
    }

    pub(super) fn schedule_absence(&mut self, team: u32) {
        let t = &self.model.teams[team as usize];
        let rate = t.staffing.absence * f64::from(t.people);
        if rate > 0.0 {
            let n = self.staff[team as usize].spells;
            let name = self.staff_name(team, Purpose::Absence, n);
            let gap = ticks_up(name.draw_for(Purpose::Absence, 0).exponential() / rate);
            let at = self.now.saturating_add(gap);
            self.agenda
                .at(at, t.name.bits(), Happening::SomebodyIsAway(team));
        }
    }

    pub(super) fn somebody_leaves(&mut self, team: u32) {
        let staffing = &self.model.teams[team as usize].staffing;
        let n = self.staff[team as usize].left;
        let name = self.staff_name(team, Purpose::Turnover, n);
        self.staff[team as usize].left += 1;
        self.schedule_leaving(team);
        let seat = self.pick_seat(team, name, Purpose::Turnover);
        let s = &mut self.staff[team as usize].seats[seat];
        if !s.filled {
            return;
        }
        let present = !s.away;
        s.filled = false;
        s.away = false;
        s.stamp += 1;
        let mut draw = name.draw_for(Purpose::Turnover, 2);
        let wait = ticks_up(staffing.replacement.sample(&mut draw));
        let joins = Happening::SomebodyJoins(team, seat as u32);
        self.agenda
            .at(self.now.saturating_add(wait), name.bits(), joins);
        self.note_people(What::SomebodyLeft, team, present);
        self.people_changed(team);
    }

    pub(super) fn somebody_joins(&mut self, team: u32, seat: u32) {
        let s = &mut self.staff[team as usize].seats[seat as usize];
        s.filled = true;
        s.joined = self.now;
        self.note_people(What::SomebodyJoined, team, true);
        self.people_changed(team);
    }

    pub(super) fn somebody_is_away(&mut self, team: u32) {
        let staffing = &self.model.teams[team as usize].staffing;
        let n = self.staff[team as usize].spells;
        let name = self.staff_name(team, Purpose::Absence, n);
        self.staff[team as usize].spells += 1;
        self.schedule_absence(team);
        let seat = self.pick_seat(team, name, Purpose::Absence);
        let s = &mut self.staff[team as usize].seats[seat];
        if !s.filled || s.away {
            return;
        }
        s.away = true;
        s.stamp += 1;
        let back = Happening::SomebodyIsBack(team, seat as u32, s.stamp);
        let mut draw = name.draw_for(Purpose::Absence, 2);
        let spell = ticks_up(staffing.spell.sample(&mut draw));
        self.agenda
            .at(self.now.saturating_add(spell), name.bits(), back);
        self.note_people(What::SomebodyAway, team, true);
        self.people_changed(team);
    }

    pub(super) fn somebody_is_back(&mut self, team: u32, seat: u32, stamp: u32) {
        let s = &mut self.staff[team as usize].seats[seat as usize];
        if s.stamp == stamp && s.away {
            s.away = false;
            self.note_people(What::SomebodyBack, team, true);
            self.people_changed(team);
        }
    }

    fn pick_seat(&self, team: u32, name: Name, purpose: Purpose) -> usize {
        let seats = self.staff[team as usize].seats.len();
        let u = name.draw_for(purpose, 1).uniform();
        ((u * seats as f64) as usize).min(seats - 1)
    }

    pub(super) fn people_changed(&mut self, team: u32) {
        let t = &self.model.teams[team as usize];
        let (missing, skill) = self.staff[team as usize].condition(&t.staffing, self.now);
        let skill = skill * self.pace(t.name);
        let state = &mut self.teams[team as usize];
        state.advance(t, self.now);
        state.set_absent(missing);
        state.set_skill(skill);
        self.touch_team(team);
    }

    /// Newcomers get better, capacity to hold load grows, coaches come by.
    pub(super) fn weekly_changes(&mut self, first: bool) {
        let model = self.model;
        let weeks = self.now as f64 / WEEK as f64;
        for (team, t) in model.teams.iter().enumerate() {
            if first || t.load.raised > 0.0 {
                self.loads[team] = t.load.factors(weeks);
            }
            if self.staff[team].learning(&t.staffing, self.now) {
                self.people_changed(team as u32);
            }
        }
        for coaching in model.coaching.iter().filter(|c| weeks < c.weeks) {
            let key = self.root.with(coaching.name).nth(weeks as u64);
            let item = self.add_item(Item::new(key, 0, Kind::Coaching, 0, self.now));
            self.queue_job(item, coaching.by as u32, Job::Errand, coaching.effort, 0.0);
        }
    }
}
