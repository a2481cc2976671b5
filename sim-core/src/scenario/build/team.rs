//! Teams and what passing work between them costs.

use super::super::fault::suggest;
use super::super::format::DAYS;
use super::super::study::{self, Interaction};
use super::super::tables::MODES;
use super::{Builder, dist, ids, shown};
use crate::model::{Calendar, Handoff, Load, Staffing, Team};
use crate::random::Name;

impl Builder<'_> {
    pub(super) fn team_of(&mut self, t: &study::Team) -> Team {
        let people = t.people as u32;
        let places = libm::floor(t.people * t.items_per_person).clamp(1.0, 1e9) as u32;
        Team {
            id: t.id.clone(),
            label: shown(&t.name, &t.id),
            name: Name::of_text(&t.id),
            people,
            places,
            focus: t.focus,
            switching: t.switching_cost,
            load: Load::NONE,
            calendar: self.calendar(t),
            staffing: Staffing::steady(),
        }
    }

    pub(super) fn calendar(&mut self, t: &study::Team) -> Calendar {
        match t.calendar.as_str() {
            "" => return Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 0.0),
            "always" => return Calendar::always(),
            _ => {}
        }
        let Some(c) = self.study.calendars.iter().find(|c| c.id == t.calendar) else {
            let mut known = ids(&self.study.calendars, |c| &c.id);
            known.push("always");
            let hint = suggest(&t.calendar, &known);
            self.fault(
                &format!("teams.{}.calendar", t.id),
                format!("there is no calendar `{}`", t.calendar),
                hint,
            );
            return Calendar::always();
        };
        let days: Vec<u8> = (0..DAYS.len() as u8)
            .filter(|&d| c.days[usize::from(d)])
            .collect();
        if days.is_empty() || c.to <= c.from || c.to - c.from > 24.0 {
            self.fault(
                &format!("calendars.{}", c.id),
                "leaves no working time, or more than 24 hours a day",
                "give at least one day, and a `to` later than `from`",
            );
            return Calendar::always();
        }
        Calendar::weekly(&days, c.from, c.to, c.utc_offset)
    }

    pub(super) fn handoff_pairs(&mut self) -> Vec<((usize, usize), Handoff)> {
        let study = self.study;
        let mut all: Vec<((usize, usize), Handoff)> = Vec::new();
        for (i, p) in study.handoffs.pairs.iter().enumerate() {
            let path = format!("handoffs.pairs.{i}");
            let pair = (self.team(&p.from, &path), self.team(&p.to, &path));
            if all.iter().any(|(other, _)| *other == pair) {
                let message = format!("the handoff from `{}` to `{}` is given twice", p.from, p.to);
                self.fault(&path, message, "");
            }
            all.push((pair, handoff(&p.how)));
        }
        all.sort_by_key(|p| p.0);
        all
    }
}

pub(super) fn handoff(how: &Interaction) -> Handoff {
    let mode = MODES.iter().find(|m| m.id == how.mode).unwrap_or(&MODES[0]);
    Handoff {
        delay: dist(how.delay.as_ref().unwrap_or(&mode.delay)),
        sender_effort: how.sender_effort.unwrap_or(mode.sender_effort),
        receiver_effort: how.receiver_effort.unwrap_or(mode.receiver_effort),
        lost_information: how.lost_information.unwrap_or(mode.lost_information),
    }
}
