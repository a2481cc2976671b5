//! Teams: hours, load, who comes and goes.

use super::super::fault::suggest;
use super::super::format::DAYS;
use super::super::study;
use super::{Builder, dist, ids, shown, ticks};
use crate::model::{Calendar, Coaching, Load, Staffing, Team};
use crate::random::Name;
use crate::time::HOURS_PER_YEAR;

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
            load: self.load(t),
            calendar: self.calendar(&t.calendar, &format!("teams.{}.calendar", t.id)),
            staffing: self.staffing(t),
        }
    }

    /// A calendar by id; Monday to Friday, 9 to 17, for the empty one.
    pub(super) fn calendar(&mut self, id: &str, path: &str) -> Calendar {
        match id {
            "" => return Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 0.0),
            "always" => return Calendar::always(),
            _ => {}
        }
        let Some(c) = self.study.calendars.iter().find(|c| c.id == id) else {
            let mut known = ids(&self.study.calendars, |c| &c.id);
            known.push("always");
            let hint = suggest(id, &known);
            self.fault(path, format!("there is no calendar `{id}`"), hint);
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

    fn load(&self, t: &study::Team) -> Load {
        let Some(load) = &t.load else {
            return Load::NONE;
        };
        let works_in = |s: &&study::Stream| s.stages.iter().any(|stage| stage.team == t.id);
        let streams = self.study.streams.iter().filter(works_in).count();
        let domains = load.domains.unwrap_or(streams as f64);
        let relief: f64 = self.levels().map(|l| l.relief).sum();
        let raises = self.study.teams.iter().flat_map(|by| &by.enables);
        let raises = raises.filter(|e| e.team == t.id);
        Load {
            carried: (domains + load.tools - relief).max(0.0),
            capacity: load.capacity,
            raised: raises.clone().map(|e| e.capacity).sum(),
            raised_weeks: raises.map(|e| e.weeks).fold(0.0, f64::max),
            effort: load.effort,
            defects: load.defects,
        }
    }

    fn staffing(&mut self, t: &study::Team) -> Staffing {
        let spell = dist(&t.spell);
        if t.absence > 0.0 && spell.mean() <= 0.0 {
            self.fault(
                &format!("teams.{}.spell", t.id),
                "people are away for a share of their time in spells of no length",
                "give it a mean above 0",
            );
        }
        Staffing {
            turnover: t.turnover / HOURS_PER_YEAR,
            replacement: dist(&t.replacement),
            ramp_up: ticks(t.ramp_up),
            ramp_start: t.ramp_start,
            mentoring: t.mentoring,
            // Alternating times there and away: their means are as 1 − share to share.
            absence: if t.absence > 0.0 {
                t.absence / ((1.0 - t.absence) * spell.mean())
            } else {
                0.0
            },
            spell,
        }
    }

    /// What enabling teams spend on others.
    pub(super) fn coaching(&mut self) -> Vec<Coaching> {
        let study = self.study;
        let mut all = Vec::new();
        for (by, t) in study.teams.iter().enumerate() {
            for e in &t.enables {
                let path = format!("teams.{}.enables.{}", t.id, e.id);
                self.enabled(t, e, &path);
                all.push(Coaching {
                    name: Name::of_text("coaching")
                        .with(Name::of_text(&t.id))
                        .with(Name::of_text(&e.id)),
                    by,
                    effort: e.effort_per_week,
                    weeks: e.weeks,
                });
            }
        }
        all
    }

    fn enabled(&mut self, by: &study::Team, e: &study::Enables, path: &str) {
        if by.kind != "enabling" {
            self.fault(
                path,
                format!("`{}` is {} and enables nobody", by.id, by.kind),
                format!("set teams.{}.kind to \"enabling\"", by.id),
            );
        }
        let to = self.team(&e.team, &format!("{path}.team"));
        let to = &self.study.teams[to];
        if to.id == e.team && to.load.is_none() {
            self.fault(
                &format!("{path}.team"),
                format!("`{}` carries no load, so there is nothing to raise", to.id),
                format!("give teams.{} a `load`", to.id),
            );
        }
    }
}
