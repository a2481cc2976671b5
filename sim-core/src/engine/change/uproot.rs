//! Items whose place, team or gate is no more: taken up under the old model, put down under the next. The
//! work already done counts; the rest goes first where it goes on.

use super::super::Engine;
use super::super::item::{Item, Job, Kind, NONE, Part, Phase};
use super::map::{Maps, reviewer};
use crate::model::{Fork, GateKind, Model};

/// Where an item goes on, in indices of the next model.
#[derive(Debug, Clone, Copy, PartialEq)]
enum To {
    /// The job, begun or not, is another team's.
    Team(usize, bool),
    /// To a stage afresh; `None`: out of the stages.
    Stage(Option<usize>),
    /// To be examined by a gate that works otherwise now.
    Gate(u32),
    /// Past a gate: to those of a stage after another one, or NONE.
    Past(usize, u32),
    /// To its stage's queue, which needs another environment.
    Queue,
    /// Nobody does it any more: as good as done.
    Over,
}

/// What was taken up, by item.
#[derive(Debug, Default)]
pub(super) struct Uprooted {
    all: Vec<(u32, To)>,
    /// Places of items that are no more.
    removed: Vec<u32>,
}

impl Uprooted {
    /// What was scheduled for the item does not come.
    pub(super) fn called_off(&self, i: u32) -> bool {
        self.removed.contains(&i) || self.all.binary_search_by_key(&i, |u| u.0).is_ok()
    }
}

impl<'m> Engine<'m> {
    pub(super) fn uproot(&mut self, next: &'m Model, maps: &Maps) -> Uprooted {
        let mut up = Uprooted::default();
        let live = self.items.live();
        let all: Vec<u32> = (0..live.len() as u32)
            .filter(|i| live[*i as usize])
            .collect();
        let holders = self.holders();
        self.dissolve_forks(next, maps, &all, &mut up);
        for &i in &all {
            let cancelled = self.items[i].kind == Kind::Ticket
                && (up.removed.contains(&self.items[i].parent)
                    || self.leaves_its_stage(self.items[i].parent, maps));
            if cancelled {
                up.removed.push(i);
            } else if !up.removed.contains(&i)
                && let Some(to) = self.fate(i, next, maps, holders[i as usize])
            {
                up.all.push((i, to));
            }
        }
        up.all.sort_unstable_by_key(|u| u.0);
        self.take_up(&up);
        for &i in &up.removed {
            self.items.remove(i);
        }
        up
    }

    /// The team that has each item in its queue or in progress.
    fn holders(&self) -> Vec<u32> {
        let mut holders = vec![NONE; self.items.len()];
        for (t, state) in self.teams.iter().enumerate() {
            let queued = state.queue.iter().map(|w| w.item);
            queued
                .chain(state.jobs())
                .for_each(|i| holders[i as usize] = t as u32);
        }
        holders
    }

    fn leaves_its_stage(&self, i: u32, maps: &Maps) -> bool {
        let stage = self.items[i].stage;
        stage == NONE || maps.stages[stage as usize].is_none()
    }

    fn fate(&self, i: u32, next: &Model, maps: &Maps, holder: u32) -> Option<To> {
        let item = &self.items[i];
        let gone = |stage: u32| stage != NONE && maps.stages[stage as usize].is_none();
        let onward = |stage: u32| Some(To::Stage(maps.onward[stage as usize]));
        match item.phase {
            Phase::Blocked if gone(item.target) => onward(item.target),
            Phase::Handoff | Phase::Platform | Phase::Environment | Phase::Job(Job::Stage)
                if gone(item.stage) =>
            {
                let judged = (item.gate != NONE)
                    .then(|| maps.gates[item.gate as usize])
                    .flatten();
                judged.map_or_else(|| onward(item.stage), |g| Some(To::Gate(g as u32)))
            }
            Phase::Environment => {
                let pool = |m: &Model, s: usize| m.stages[s].environment;
                let before =
                    pool(self.model, item.stage as usize).and_then(|p| maps.environments[p]);
                let now = pool(next, maps.stages[item.stage as usize]?);
                (before.is_none() || before != now).then_some(To::Queue)
            }
            Phase::Job(Job::Stage) => {
                let owner = next.stages[maps.stages[item.stage as usize]?].team;
                moves(maps, holder, owner)
            }
            Phase::Job(Job::Review | Job::Triage) | Phase::Automated | Phase::Board => {
                self.fate_at_gate(i, next, maps, holder)
            }
            Phase::Job(Job::Errand) if holder != NONE && maps.teams[holder as usize].is_none() => {
                let heir = maps.heirs[holder as usize];
                let planned = matches!(item.kind, Kind::Change(_) | Kind::Improvement(_));
                let heir = heir.or(planned.then_some(0));
                Some(heir.map_or(To::Over, |team| To::Team(team, false)))
            }
            _ => None,
        }
    }

    fn fate_at_gate(&self, i: u32, next: &Model, maps: &Maps, holder: u32) -> Option<To> {
        let (item, old) = (&self.items[i], self.model);
        let gate = item.gate as usize;
        let Some(to) = maps.gates[gate] else {
            let stage = old.gates[gate].stage;
            let Some(at) = maps.stages[stage] else {
                return Some(To::Stage(maps.onward[stage]));
            };
            let before = old.stages[stage].gates.iter().take_while(|g| **g != gate);
            let kept = before
                .filter_map(|g| maps.gates[*g])
                .filter(|g| next.gates[*g].stage == at);
            return Some(To::Past(at, kept.last().map_or(NONE, |g| g as u32)));
        };
        if item.phase == Phase::Job(Job::Triage) {
            return moves(maps, holder, next.stages[next.gates[to].stage].team);
        }
        match (&old.gates[gate].kind, &next.gates[to].kind) {
            (GateKind::Manual { .. }, GateKind::Manual { .. }) => {
                moves(maps, holder, reviewer(next, to)?)
            }
            (GateKind::Automated(_), GateKind::Automated(_))
            | (GateKind::Board { .. }, GateKind::Board { .. }) => None,
            _ => Some(To::Gate(to as u32)),
        }
    }

    /// Items that are split at a fork that is no more go on as a whole, where the part stands that is the
    /// furthest behind.
    fn dissolve_forks(&mut self, next: &Model, maps: &Maps, all: &[u32], up: &mut Uprooted) {
        let old = self.model;
        for &whole in all {
            let item = &self.items[whole];
            if item.phase != Phase::Forked {
                continue;
            }
            let fork = &old.streams[item.stream as usize].forks[item.fork as usize];
            let stream = maps.streams[item.stream as usize];
            if stream.is_some_and(|s| {
                next.streams[s]
                    .forks
                    .iter()
                    .any(|f| same_fork(fork, f, maps))
            }) {
                continue;
            }
            let parts: Vec<u32> = (all.iter().copied())
                .filter(|p| self.items[*p].kind == Kind::Part && self.items[*p].parent == whole)
                .collect();
            let at = self.gather(whole, &parts, fork.parts.len());
            up.removed.extend(&parts);
            let to = (at != NONE).then(|| maps.onward[at as usize]).flatten();
            up.all.push((whole, To::Stage(to)));
        }
    }

    /// Put the parts that are left together again; returns the stage of the one that is the furthest behind.
    fn gather(&mut self, whole: u32, parts: &[u32], all: usize) -> u32 {
        let stands = |item: &Item| match (item.stage, item.target) {
            (NONE, target) => target,
            (stage, _) => stage,
        };
        let last = parts
            .iter()
            .copied()
            .min_by_key(|p| stands(&self.items[*p]));
        parts.iter().for_each(|part| self.book_waiting(*part));
        match last {
            // The first part to be finished gives the whole its time: none was.
            Some(part) if self.items[whole].open as usize == all => self.inherit_time(whole, part),
            _ => self.book_waiting(whole),
        }
        parts
            .iter()
            .for_each(|part| self.adopt_defects(whole, *part));
        self.items[whole].open = 0;
        self.items[whole].fork = NONE;
        last.map_or(NONE, |part| stands(&self.items[part]))
    }

    /// Take everything out of queues and hands, and book the time and the work so far.
    fn take_up(&mut self, up: &Uprooted) {
        if up.all.is_empty() && up.removed.is_empty() {
            return;
        }
        let mut out = vec![false; self.items.len()];
        let taken = up.all.iter().map(|u| u.0).chain(up.removed.iter().copied());
        taken.for_each(|i| out[i as usize] = true);
        let keeps = |w: &super::super::team::Waiting| !out[w.item as usize];
        for t in 0..self.teams.len() {
            let asked: f64 = (self.teams[t].queue.iter().filter(|w| !keeps(w)))
                .map(|w| self.items[w.item].effort.iter().sum::<f64>())
                .sum();
            self.teams[t].demanded -= asked;
            self.teams[t].queue.retain(keeps);
            if self.teams[t].jobs().any(|i| out[i as usize]) {
                self.teams[t].advance(&self.model.teams[t], self.now);
                for (i, left) in self.teams[t].take_out(|i| out[i as usize]) {
                    self.teams[t].demanded -= left;
                    self.stop_job(i, t as u32, left);
                }
                self.touch_team(t as u32);
            }
        }
        self.stages.iter_mut().for_each(|s| s.entry.retain(keeps));
        self.boards.iter_mut().for_each(|b| b.retain(keeps));
        self.sessions
            .iter_mut()
            .for_each(|s| s.retain(|i| !out[*i as usize]));
        self.environments
            .iter_mut()
            .for_each(|p| p.queue.retain(keeps));
        self.runners.queue.retain(keeps);
        for &(i, to) in &up.all {
            if !matches!(to, To::Team(..)) {
                self.book_waiting(i);
                self.items[i].active = false;
            }
        }
    }

    /// Count what was done of a job; the rest is its effort from now on.
    fn stop_job(&mut self, i: u32, team: u32, left: f64) {
        let all = self.items[i].effort;
        let sum: f64 = all.iter().sum();
        let rest = if sum > 0.0 {
            (left / sum).min(1.0)
        } else {
            0.0
        };
        self.items[i].effort = all.map(|e| e * (1.0 - rest));
        self.book_job(i, team);
        if matches!(self.items[i].kind, Kind::Change(_) | Kind::Improvement(_)) {
            self.count_change_hours(i, team);
        }
        self.items[i].effort = all.map(|e| e * rest);
    }

    fn book_waiting(&mut self, i: u32) {
        let item = &self.items[i];
        let part = match item.phase {
            Phase::Blocked => Part::WipBlock,
            Phase::Handoff => Part::Handoff,
            Phase::Platform => Part::WaitPlatform,
            Phase::Automated if item.awaits_runner => Part::WaitPlatform,
            Phase::Automated => Part::GateRun,
            Phase::Board => Part::BoardWait,
            Phase::Environment => Part::Environment,
            Phase::Forked => Part::JoinWait,
            Phase::Job(Job::Review) => Part::GateQueue,
            _ => Part::WaitTeam,
        };
        let gate = matches!(
            item.phase,
            Phase::Automated | Phase::Board | Phase::Job(Job::Review)
        );
        let place = if gate {
            self.places.gate(item.gate as usize)
        } else {
            self.place_of(i)
        };
        self.book(i, part, place);
    }

    /// Put everything down where it goes on.
    pub(super) fn replant(&mut self, up: Uprooted) {
        for (i, to) in up.all {
            match to {
                To::Team(team, _) => self.hand_over(i, team),
                To::Queue => {
                    self.items[i].phase = Phase::Job(Job::Stage);
                    let stage = self.items[i].stage as usize;
                    self.queue_again(i, self.model.stages[stage].team as u32);
                }
                To::Stage(to) => self.start_afresh(i, to),
                To::Gate(gate) => {
                    self.stand_at(i, self.model.gates[gate as usize].stage);
                    self.items[i].awaits_runner = false;
                    let station = self.model.stages.len() + gate as usize;
                    let at = i as usize * self.stations() + station;
                    self.visits[at] = self.visits[at].saturating_sub(1);
                    self.at_gate(i, gate);
                }
                To::Past(stage, after) => {
                    self.stand_at(i, stage);
                    self.items[i].awaits_runner = false;
                    self.pass_gates(i, after);
                }
                To::Over => self.over(i),
            }
        }
    }

    fn stand_at(&mut self, i: u32, stage: usize) {
        if self.items[i].stage != stage as u32 {
            self.take_place(i, stage);
        }
    }

    fn start_afresh(&mut self, i: u32, to: Option<usize>) {
        self.leave_stage(i);
        let item = &mut self.items[i];
        item.gate = NONE;
        item.target = NONE;
        item.open = 0;
        item.environment = NONE;
        item.rework = false;
        item.effort_share = 1.0;
        item.handoff_effort = 0.0;
        item.awaits_runner = false;
        self.go_to(i, to, true);
    }

    /// What was begun goes first among its like.
    fn hand_over(&mut self, i: u32, team: usize) {
        let begun = std::mem::replace(&mut self.items[i].active, false);
        let mut w = self.waiting_entry(i);
        if begun {
            w.key = f64::NEG_INFINITY;
        }
        self.teams[team].demanded += self.items[i].effort.iter().sum::<f64>();
        self.teams[team].queue.push(w);
        self.touch_team(team as u32);
    }

    fn over(&mut self, i: u32) {
        let (kind, parent) = (self.items[i].kind, self.items[i].parent);
        self.items.remove(i);
        match kind {
            Kind::Ticket => self.served(parent),
            Kind::ReleaseTask(deployment) => self.task_done(deployment),
            _ => {}
        }
    }

    /// The rework is done, and the gate that asked for it is no more: on from where it stood.
    pub(in super::super) fn pass_lost_gate(&mut self, i: u32) {
        let back = std::mem::replace(&mut self.items[i].target, NONE);
        self.items[i].effort_share = 1.0;
        self.stand_at(i, back as usize);
        self.pass_gates(i, NONE);
    }
}

fn moves(maps: &Maps, holder: u32, owner: usize) -> Option<To> {
    let same = holder != NONE && maps.teams[holder as usize] == Some(owner);
    (!same).then_some(To::Team(owner, true))
}

/// The fork's parts have the same names and go through the same stages, all of which still exist.
fn same_fork(old: &Fork, new: &Fork, maps: &Maps) -> bool {
    old.name == new.name
        && old.parts.len() == new.parts.len()
        && old.parts.iter().zip(&new.parts).all(|(a, b)| {
            let mapped = a.stages.iter().map(|s| maps.stages[*s]);
            a.name == b.name && mapped.eq(b.stages.iter().map(|s| Some(*s)))
        })
        && old.join.map(|j| maps.stages[j]) == new.join.map(Some)
}
