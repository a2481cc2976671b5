//! Reviews of what was released, and the improvements they ask for (RULES 27).
//!
//! A review reads [`seen`] and nothing else: what was stopped, recovered, delivered and waited for since the
//! one before. Each rule that is switched on asks for at most one [`edit`], a work item of a team that acts
//! when it is done.

mod edit;
mod rules;
mod seen;

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind};
use super::record::Improved;
use crate::model::{Model, Rule};
use crate::random::{Name, Purpose};
use crate::time::{Ticks, WEEK, hours};
use edit::Edit;
use seen::Seen;
use std::collections::BTreeMap;

/// An improvement that was asked for.
#[derive(Debug, Clone)]
struct Asked {
    number: u32,
    rule: Rule,
    edit: Edit,
    done: bool,
}

/// What was learned so far, and what is being worked on.
#[derive(Debug)]
pub struct Improving {
    /// Levels that were funded, by capability.
    pub levels: BTreeMap<String, u32>,
    done: Vec<Edit>,
    asked: Vec<Asked>,
    numbers: u32,
    since: Ticks,
    seen: Seen,
    pub timeline: Vec<Improved>,
}

impl Improving {
    /// Nothing learned yet.
    pub fn new(model: &Model) -> Self {
        Self {
            levels: BTreeMap::new(),
            done: Vec::new(),
            asked: Vec::new(),
            numbers: 0,
            since: model.window.warm_up,
            seen: Seen::default(),
            timeline: Vec::new(),
        }
    }

    /// Everything learned so far, on another model.
    pub fn apply(&self, model: &mut Model) {
        self.done.iter().for_each(|edit| edit.apply(model));
    }

    fn times(&self, is: impl Fn(&Edit) -> bool) -> i32 {
        self.done.iter().filter(|e| is(e)).count() as i32
    }
}

impl Engine<'_> {
    pub(super) fn schedule_review(&mut self) {
        let Some(improvement) = &self.model.improvement else {
            return;
        };
        let since = self.now.max(self.model.window.warm_up);
        let at = since + Ticks::from(improvement.every) * WEEK;
        if at < self.model.window.horizon {
            self.agenda.at(at, 0, Happening::Review);
        }
    }

    /// Look back, and ask for what the rules say.
    pub(super) fn review(&mut self) {
        self.schedule_review();
        let (model, now) = (self.model, self.now);
        let Some(improvement) = &model.improvement else {
            return;
        };
        let queues = self.review_queues();
        let Some(change) = &self.change else {
            return;
        };
        let mut wanted = Vec::new();
        for &(rule, bound) in &improvement.rules {
            let busy = change.improving.asked.iter().any(|a| a.rule == rule);
            let room = change.improving.asked.len() + wanted.len() < improvement.at_once as usize;
            if busy || !room {
                continue;
            }
            let review = rules::Review {
                model,
                improvement,
                past: &change.improving,
                queues: &queues,
                months: hours(now - change.improving.since)
                    / (crate::time::WEEKS_PER_MONTH * crate::time::HOURS_PER_WEEK),
                can_fund: &|levels| change.can_fund(levels),
            };
            wanted.extend(
                review
                    .ask(rule, bound)
                    .map(|(edit, team)| (rule, edit, team)),
            );
        }
        for (rule, edit, team) in wanted {
            self.ask(rule, edit, improvement.team.unwrap_or(team));
        }
        if let Some(change) = &mut self.change {
            change.improving.since = now;
            change.improving.seen = Seen::default();
        }
    }

    fn ask(&mut self, rule: Rule, edit: Edit, team: usize) {
        let Some((change, improvement)) = self.change.as_mut().zip(self.model.improvement.as_ref())
        else {
            return;
        };
        let number = change.improving.numbers;
        change.improving.numbers += 1;
        change.improving.asked.push(Asked {
            number,
            rule,
            edit,
            done: false,
        });
        let key = self
            .root
            .with(Name::of_text("improvement"))
            .nth(u64::from(number));
        let effort = improvement
            .effort
            .sample(&mut key.draw_for(Purpose::Effort, 0));
        let item = self.add_item(Item::new(key, 0, Kind::Improvement(number), 0, self.now));
        self.queue_job(item, team as u32, Job::Errand, effort, 0.0);
    }

    pub(super) fn improvement_done(&mut self, i: u32, team: u32, number: u32) {
        self.count_change_hours(i, team);
        self.items.remove(i);
        if let Some(change) = &mut self.change {
            let asked = change
                .improving
                .asked
                .iter_mut()
                .find(|a| a.number == number);
            asked.into_iter().for_each(|a| a.done = true);
        }
        self.agenda
            .at(self.now, u64::from(number), Happening::TakesEffect);
    }

    /// What was completed acts from now on.
    pub(super) fn improvements_act(&mut self) {
        while let Some(model) = self.next_improvement() {
            self.count_step();
            self.take_over(model);
        }
    }

    fn next_improvement(&mut self) -> Option<Model> {
        let week = (self.now - self.model.window.warm_up) as f64 / WEEK as f64;
        let (change, before) = (self.change.as_mut()?, self.model);
        let improving = &mut change.improving;
        let at = improving.asked.iter().position(|a| a.done)?;
        let asked = improving.asked.remove(at);
        if let Edit::Level { id, to } = &asked.edit {
            improving.levels.insert(id.clone(), *to);
        }
        improving.done.push(asked.edit.clone());
        let after = change.current(change.steps);
        let (from, to) = (asked.edit.value(before), asked.edit.value(&after));
        // What a step of the plan has changed meanwhile may leave nothing to do.
        if from != to {
            change.improving.timeline.push(Improved {
                week,
                rule: asked.rule,
                what: asked.edit.what(before),
                from,
                to,
            });
        }
        Some(after)
    }
}
