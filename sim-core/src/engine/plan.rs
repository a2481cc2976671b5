//! A change as it happens: steps that begin, take people's time and take effect, the dip after them, and
//! what is counted quarter by quarter (RULES 28, 29).

use super::change::map::touched;
use super::change::{Version, successor};
use super::events::Happening;
use super::improve::Improving;
use super::item::{Item, Job, Kind};
use super::record::{Quarter, RECORDED};
use super::{Engine, Replication, Times};
use crate::model::Model;
use crate::random::Name;
use crate::stats::histogram::Tally;
use crate::time::{Ticks, WEEK, hours};
use std::collections::BTreeMap;

/// Weeks in a quarter.
pub const QUARTER_WEEKS: Ticks = 13;

/// Builds the model after so many steps with capabilities at given levels, by id; `None`: it cannot be.
pub type Funding = Box<dyn Fn(usize, &BTreeMap<String, u32>) -> Option<Model> + Send + Sync>;

/// What happens from the end of the warm-up on.
pub struct Plan {
    /// Runs until the first step takes effect.
    pub baseline: Model,
    /// One after another.
    pub steps: Vec<Step>,
    /// For the rule that funds capabilities.
    pub funding: Option<Funding>,
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan")
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

/// A change that begins, costs, and takes effect.
#[derive(Debug, Clone)]
pub struct Step {
    /// In force from then on.
    pub model: Model,
    /// Weeks from the end of the warm-up until its work begins.
    pub start: f64,
    /// Weeks from there until it takes effect, if its work is done by then.
    pub weeks: f64,
    /// Person-weeks by team: a person's working hours of a week in its calendar, its meetings included. Work
    /// of a team that is no more falls to the largest.
    pub cost: Vec<(Name, f64)>,
    /// Share of their speed that the teams it touches lose when it takes effect, 0 to 1.
    pub dip: f64,
    /// Weeks until they are as fast as before; the loss falls linearly.
    pub dip_weeks: f64,
    /// Teams that pay, but for whom nothing else changes, do not dip.
    pub spares: Vec<Name>,
}

/// The work that a step asks of one team.
#[derive(Debug)]
struct Project {
    step: usize,
    team: Name,
    /// Person-weeks in each of the weeks.
    each_week: f64,
    /// Weeks that are not over, and one more: 0 when all is asked for.
    weeks_left: u32,
    /// Pieces asked for so far, and in the present week.
    asked: u64,
    /// Person-hours of a piece.
    piece: f64,
}

/// A team that is slower for a while.
#[derive(Debug)]
struct Dip {
    team: Name,
    depth: f64,
    since: Ticks,
    length: Ticks,
}

/// A quarter while it is counted.
#[derive(Debug, Default)]
pub struct Counted {
    lead: Tally,
    pub(super) cost_of_delay: f64,
    pub(super) delivered: f64,
    pub(super) incidents: f64,
    pub(super) impact_hours: f64,
    change_hours: f64,
    change_weeks: f64,
}

/// A plan under way.
#[derive(Debug)]
pub struct Changing<'m> {
    plan: &'m Plan,
    pub(super) version: &'m Version,
    /// Steps in effect.
    pub(super) steps: usize,
    projects: Vec<Project>,
    /// Pieces of work of each step that are not done.
    open: Vec<u32>,
    dips: Vec<Dip>,
    quarters: Vec<Counted>,
    pub(super) improving: Improving,
}

/// Run one replication of a plan from an empty system.
#[must_use]
pub fn run_plan(plan: &Plan, replication: u64) -> Replication {
    let first = Version::new(plan.baseline.clone());
    let mut engine = Engine::new(first.model());
    let window = plan.baseline.window;
    let quarter = QUARTER_WEEKS * WEEK;
    let quarters = (window.horizon - window.warm_up + quarter - 1) / quarter;
    engine.change = Some(Box::new(Changing {
        plan,
        version: &first,
        steps: 0,
        projects: Vec::new(),
        open: vec![0; plan.steps.len()],
        dips: Vec::new(),
        quarters: (0..quarters).map(|_| Counted::default()).collect(),
        improving: Improving::new(first.model()),
    }));
    engine.run(replication)
}

/// Pieces that a person's week of work is asked for in: one a day of five.
const PIECES: f64 = 5.0;

impl<'m> Engine<'m> {
    /// Everything of the plan that goes by the clock.
    pub(super) fn schedule_plan(&mut self) {
        let start = self.model.window.warm_up;
        let Some(change) = &mut self.change else {
            return;
        };
        let ticks = |weeks: f64| start + libm::round(weeks * WEEK as f64) as Ticks;
        for (k, step) in change.plan.steps.iter().enumerate() {
            let tie = k as u64;
            self.agenda
                .at(ticks(step.start + step.weeks), tie, Happening::TakesEffect);
            let weeks = libm::ceil(step.weeks).max(1.0);
            for &(team, person_weeks) in step.cost.iter().filter(|c| c.1 > 0.0) {
                let project = Happening::ProjectWeek(change.projects.len() as u32);
                self.agenda.at(ticks(step.start), team.bits(), project);
                change.projects.push(Project {
                    step: k,
                    team,
                    each_week: person_weeks / weeks,
                    weeks_left: weeks as u32 + 1,
                    asked: 0,
                    piece: 0.0,
                });
            }
        }
        self.schedule_review();
    }

    /// A week's share of a project is asked for in pieces, evenly over the working hours.
    pub(super) fn project_week(&mut self, p: u32) {
        let now = self.now;
        let Some(change) = &mut self.change else {
            return;
        };
        let project = &mut change.projects[p as usize];
        project.weeks_left -= 1;
        if project.weeks_left == 0 {
            return self
                .agenda
                .at(now, project.step as u64, Happening::TakesEffect);
        }
        let team = executor(self.model, project.team);
        let team = &self.model.teams[team];
        let calendar = &team.calendar;
        let pieces = libm::ceil(project.each_week * PIECES).max(1.0);
        // A person's week has meetings in it: what is left of it is the effort.
        project.piece = project.each_week * hours(calendar.per_week()) * team.focus / pieces;
        let tie = project.team.bits();
        let from = calendar.worked(now);
        for k in 0..pieces as i64 {
            let at = calendar.when(from + calendar.per_week() * k / pieces as i64);
            self.agenda.at(
                at.max(now),
                tie.wrapping_add(k as u64),
                Happening::ChangeWork(p),
            );
        }
        self.agenda.at(now + WEEK, tie, Happening::ProjectWeek(p));
    }

    /// A piece of work for a step: done like any other, but first.
    pub(super) fn change_work(&mut self, p: u32) {
        let root = self.root.with(Name::of_text("change"));
        let Some(change) = &mut self.change else {
            return;
        };
        let project = &mut change.projects[p as usize];
        let key = root
            .nth(project.step as u64)
            .with(project.team)
            .nth(project.asked);
        project.asked += 1;
        let (step, effort) = (project.step, project.piece);
        let team = executor(self.model, project.team);
        change.open[step] += 1;
        let item = self.add_item(Item::new(key, 0, Kind::Change(step as u32), 0, self.now));
        self.queue_job(item, team as u32, Job::Errand, effort, 0.0);
    }

    pub(super) fn change_work_done(&mut self, i: u32, team: u32, step: u32) {
        self.count_change_hours(i, team);
        self.items.remove(i);
        if let Some(change) = &mut self.change {
            change.open[step as usize] -= 1;
        }
        self.agenda
            .at(self.now, u64::from(step), Happening::TakesEffect);
    }

    /// Count a job as spent on the change: its effort, and the meetings of those who do it.
    pub(super) fn count_change_hours(&mut self, i: u32, team: u32) {
        let team = &self.model.teams[team as usize];
        let spent = self.items[i].effort.iter().sum::<f64>() / team.focus;
        let week = hours(team.calendar.per_week());
        let now = self.now;
        self.in_quarter(now, |q| {
            q.change_hours += spent;
            q.change_weeks += spent / week;
        });
    }

    /// The next steps take effect when their weeks are over and their work is done, in their order.
    pub(super) fn takes_effect(&mut self) {
        self.improvements_act();
        while let Some(model) = self.next_step() {
            self.count_step();
            self.take_over(model);
        }
    }

    /// The model of the next step, if it is due.
    fn next_step(&mut self) -> Option<Model> {
        let (start, now) = (self.model.window.warm_up, self.now);
        let change = self.change.as_mut()?;
        let (k, step) = (change.steps, change.plan.steps.get(change.steps)?);
        let due = start + libm::round((step.start + step.weeks) * WEEK as f64) as Ticks;
        let busy = |p: &Project| p.step == k && p.weeks_left > 0;
        if now < due || change.open[k] > 0 || change.projects.iter().any(busy) {
            return None;
        }
        let before = change.current(change.steps);
        change.steps += 1;
        let model = change.current(change.steps);
        let mut teams = touched(&before, &model);
        let pays = step.cost.iter().map(|c| c.0);
        teams.extend(pays.filter(|t| !step.spares.contains(t)));
        teams.sort_unstable();
        teams.dedup();
        let length = libm::round(step.dip_weeks * WEEK as f64) as Ticks;
        if step.dip > 0.0 && length > 0 {
            change.dips.extend(teams.into_iter().map(|team| Dip {
                team,
                depth: step.dip,
                since: now,
                length,
            }));
        }
        Some(model)
    }

    /// A model follows the present one; the teams that dip feel it at once.
    pub(super) fn take_over(&mut self, model: Model) {
        let next = successor(self.model, model);
        let Some(change) = &mut self.change else {
            return;
        };
        let version: &'m Version = change.version;
        let version = version.follow(next);
        change.version = version;
        self.switch(version.model());
        self.feel_dips();
        self.settle();
    }

    /// Speeds of the teams that dip, week by week.
    pub(super) fn feel_dips(&mut self) {
        let now = self.now;
        let Some(change) = &mut self.change else {
            return;
        };
        let names: Vec<Name> = change.dips.iter().map(|d| d.team).collect();
        change.dips.retain(|d| now - d.since < d.length);
        for t in 0..self.model.teams.len() as u32 {
            if names.contains(&self.model.teams[t as usize].name) {
                self.people_changed(t);
            }
        }
    }

    /// A team's speed against its usual one, above 0.
    pub(super) fn pace(&self, team: Name) -> f64 {
        let Some(change) = &self.change else {
            return 1.0;
        };
        let mine = change.dips.iter().filter(|d| d.team == team);
        let left = |d: &Dip| 1.0 - ((self.now - d.since) as f64 / d.length as f64).min(1.0);
        mine.map(|d| 1.0 - d.depth * left(d))
            .product::<f64>()
            .max(SLOWEST)
    }

    /// Count in the quarter that holds a time of the window.
    pub(super) fn in_quarter(&mut self, at: Ticks, count: impl FnOnce(&mut Counted)) {
        let start = self.model.window.warm_up;
        if let Some(change) = &mut self.change
            && at >= start
            && let Some(q) = change
                .quarters
                .get_mut(((at - start) / (QUARTER_WEEKS * WEEK)) as usize)
        {
            count(q);
        }
    }

    /// The lead time, so far at least, of an item of the cohort.
    pub(super) fn count_quarter_lead(&mut self, i: u32, lead: Ticks, worth: f64) {
        let requested = self.items[i].requested;
        self.in_quarter(requested, |q| {
            q.lead.add(hours(lead));
            q.cost_of_delay += lead as f64 / WEEK as f64 * worth;
        });
    }

    pub(super) fn close_quarters(&mut self) {
        let Some(change) = &mut self.change else {
            return;
        };
        let close = |q: &mut Counted| Quarter {
            lead_time: Times::of(&mut q.lead),
            cost_of_delay: q.cost_of_delay,
            delivered: q.delivered,
            incidents: q.incidents,
            impact_hours: q.impact_hours,
            change_hours: q.change_hours,
            change_weeks: q.change_weeks,
        };
        self.out.quarters = change.quarters.iter_mut().map(close).collect();
        if self.replication < RECORDED {
            self.out.timeline = std::mem::take(&mut change.improving.timeline);
        }
    }
}

/// However many changes come at once, some work gets done.
const SLOWEST: f64 = 0.05;

impl Changing<'_> {
    /// The model after so many steps, as improved so far.
    pub(super) fn current(&self, steps: usize) -> Model {
        let levels = &self.improving.levels;
        let fund = self.plan.funding.as_ref().filter(|_| !levels.is_empty());
        let funded = fund.and_then(|fund| fund(steps, levels));
        let mut model = funded.unwrap_or_else(|| match steps.checked_sub(1) {
            None => self.plan.baseline.clone(),
            Some(k) => self.plan.steps[k].model.clone(),
        });
        self.improving.apply(&mut model);
        model
    }

    /// Whether the model with capabilities at given levels exists.
    pub(super) fn can_fund(&self, levels: &BTreeMap<String, u32>) -> bool {
        let fund = self.plan.funding.as_ref();
        fund.is_some_and(|fund| fund(self.steps, levels).is_some())
    }
}

/// Who does the work: the team of that name, or the largest.
fn executor(model: &Model, team: Name) -> usize {
    let teams = &model.teams;
    let largest = || (0..teams.len()).rev().max_by_key(|t| teams[*t].people);
    (teams.iter().position(|t| t.name == team))
        .or_else(largest)
        .unwrap_or(0)
}
