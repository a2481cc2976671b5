//! What a replication counts while its window is open, and what it leaves when it is over.

use super::item::{Kind, Phase};
use super::record::Times;
use super::replay::What;
use super::{Engine, Replication};
use crate::time::{HOUR, Ticks, hours};

impl Engine<'_> {
    pub(super) fn change_wip(&mut self, by: i64) {
        let ticks = i128::from(self.wip) * i128::from(self.now - self.wip_since);
        self.week_ticks += ticks;
        if self.counting {
            self.out.wip_ticks += ticks;
        }
        self.wip_since = self.now;
        self.wip += by;
    }

    pub(super) fn window_edge(&mut self, opens: bool) {
        self.change_wip(0);
        self.counting = opens;
        self.note_clock(if opens {
            What::WindowOpens
        } else {
            What::WindowCloses
        });
        for (i, state) in self.teams.iter_mut().enumerate() {
            let team = &self.model.teams[i];
            state.advance(team, self.now);
            if opens {
                self.at_open[i] = (state.busy, state.demanded);
            } else {
                let window = self.model.window;
                let worked = hours(
                    team.calendar.worked(window.horizon) - team.calendar.worked(window.warm_up),
                );
                let there = f64::from(team.people) * worked;
                self.out.teams.push([
                    state.busy - self.at_open[i].0,
                    there,
                    state.demanded - self.at_open[i].1,
                    team.capacity() * worked,
                ]);
            }
        }
    }

    /// Start of lead time of an item's stay inside the window, for Little's law.
    pub(super) fn count_stay(&mut self, from: Ticks, to: Ticks) {
        let w = self.model.window;
        let overlap = to.min(w.horizon) - from.max(w.warm_up);
        if overlap > 0 {
            self.out.stay_ticks += i128::from(overlap);
        }
    }

    pub(super) fn close(&mut self) -> Replication {
        let window = self.model.window;
        if self.out.overflow && self.out.teams.is_empty() {
            // Cut off before the window closed, or opened: as it was then, so it stays.
            if !self.counting {
                self.now = self.now.max(window.warm_up);
                self.window_edge(true);
            }
            self.now = self.now.max(window.horizon);
            self.window_edge(false);
        }
        // What is left was followed up to the cap, even if nothing happened any more.
        let followed = if self.cohort_left > 0 && !self.out.overflow {
            window.cap
        } else {
            self.now
        };
        let end = followed.max(window.horizon).min(window.cap);
        self.now = end;
        for i in 0..self.items.len() as u32 {
            let item = &self.items[i];
            if item.kind != Kind::Work || item.produced {
                continue;
            }
            if item.phase == Phase::Dropped {
                continue;
            }
            let (requested, cohort) = (item.requested, item.cohort);
            self.count_stay(requested, end);
            if cohort {
                self.count_leftover(i, end);
            }
        }
        self.add_up_groups();
        self.close_quarters();
        self.out.lead_time = Times::of(&mut self.lead);
        self.out.change_lead_time = Times::of(&mut self.change_lead);
        self.out.recovery = Times::of(&mut self.recovery);
        self.out.wip_hours = self.out.wip_ticks as f64 / HOUR as f64;
        self.out.window_hours = hours(window.horizon - window.warm_up);
        self.out.objectives = self
            .model
            .objectives
            .iter()
            .map(|o| self.out.meets(o))
            .collect();
        std::mem::take(&mut self.out)
    }
}
