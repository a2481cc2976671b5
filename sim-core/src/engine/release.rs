//! From finished to users: pipeline, collection, preparation, rollout by exposure steps (RULES 22–23).

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind, NONE, Part, Phase};
use super::replay::What;
use crate::model::{ReleasePolicy, Strategy};
use crate::random::Purpose;
use crate::time::{NEVER, Ticks, hours, ticks_up};
use std::collections::VecDeque;

/// What stream's production is doing.
#[derive(Debug)]
pub struct Service {
    /// Changes ready for release, in the order they became so.
    pub(super) ready: Vec<u32>,
    /// Prepared deployments that wait for the service.
    queue: VecDeque<u32>,
    /// A rollout is going on.
    busy: bool,
    /// Deployments being prepared.
    preparing: u32,
    /// Rollbacks going on: nothing new starts meanwhile.
    pub(super) held: u32,
    /// The deployment that users have, while it can still be rolled back.
    pub(super) latest: u32,
    /// The next train's cut-off.
    pub(super) next_cut_off: Ticks,
    /// When a rollout that waits for a window is tried again.
    opens: Ticks,
    /// Rollouts are being started, one after another.
    starting: bool,
}

impl Default for Service {
    fn default() -> Self {
        Self {
            ready: Vec::new(),
            queue: VecDeque::new(),
            busy: false,
            preparing: 0,
            held: 0,
            latest: NONE,
            next_cut_off: NEVER,
            opens: -1,
            starting: false,
        }
    }
}

impl Service {
    /// The deployment is what users have, and nothing newer is on its way to them.
    pub(super) fn can_take_back(&self, deployment: u32) -> bool {
        self.latest == deployment && !self.busy
    }

    pub(super) fn reset(&mut self) {
        self.ready.clear();
        self.queue.clear();
        self.busy = false;
        self.preparing = 0;
        self.held = 0;
        self.latest = NONE;
        self.next_cut_off = NEVER;
        self.opens = -1;
        self.starting = false;
    }
}

/// Where a deployment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Not yet with users.
    Prepared,
    /// On its way through the exposure steps.
    Rolling,
    /// With all users.
    Live,
    /// Another deployment came after it; it cannot be rolled back any more.
    Superseded,
}

/// Changes that reach users together.
#[derive(Debug)]
pub struct Deployment {
    pub(super) stream: u32,
    pub(super) strategy: usize,
    /// First change, or NONE.
    pub(super) changes: u32,
    pub(super) stand: Stand,
    pub(super) start: Ticks,
    pub(super) full: Ticks,
    /// Begun in the window.
    pub(super) counted: bool,
    /// Had a failure of its own that was remedied in time.
    pub(super) failed: bool,
    /// Scheduled defects and open incidents that refer to it.
    pub(super) refs: u32,
    pub(super) stamp: u32,
    /// Carries a change that cannot be taken back.
    pub(super) irreversible: bool,
    not_before: Ticks,
    tasks: u32,
}

impl Strategy {
    /// Share of users on the new version `t` after the start of a rollout.
    pub(super) fn exposure(&self, t: Ticks) -> f64 {
        let mut from = 0;
        for step in &self.steps {
            from += step.bake;
            if t < from {
                return step.share;
            }
        }
        self.steps.last().map_or(1.0, |s| s.share)
    }

    /// ∫ e from the start of a rollout to `t` later, in hours.
    pub(super) fn exposed(&self, t: Ticks) -> f64 {
        let (mut sum, mut from) = (0.0, 0);
        for (k, step) in self.steps.iter().enumerate() {
            if t <= from {
                break;
            }
            let end = if k + 1 == self.steps.len() {
                t
            } else {
                (from + step.bake).min(t)
            };
            sum += step.share * hours(end - from);
            from = end;
        }
        sum
    }

    /// The time at which ∫ e reaches `amount` hours.
    pub(super) fn when_exposed(&self, amount: f64) -> Ticks {
        let (mut left, mut from) = (amount, 0);
        for (k, step) in self.steps.iter().enumerate() {
            let gain = step.share * hours(step.bake);
            if k + 1 == self.steps.len() || gain >= left {
                return from + ticks_up(left / step.share);
            }
            left -= gain;
            from += step.bake;
        }
        from
    }

    /// From the start of a rollout to full exposure.
    pub(super) fn until_full(&self) -> Ticks {
        self.steps
            .split_last()
            .map_or(0, |(_, before)| before.iter().map(|s| s.bake).sum())
    }
}

impl Engine<'_> {
    pub(super) fn enter_pipeline(&mut self, i: u32) {
        self.leave_stage(i);
        let model = self.model;
        let Some(release) = &model.streams[self.items[i].stream as usize].release else {
            return;
        };
        let key = self.items[i].key;
        let mut time = 0;
        for step in &release.steps {
            let name = key.with(step.name);
            let mut flakes = name.draw_for(Purpose::Flake, 0);
            let mut run = 0;
            loop {
                let once = step
                    .duration
                    .sample(&mut name.draw_for(Purpose::PipelineStep, run));
                time = (time + ticks_up(once)).min(NEVER);
                run += 1;
                if flakes.uniform() >= step.flaky {
                    break;
                }
            }
        }
        if time > 0 {
            self.run_automated(i, Phase::Pipeline, time);
        } else {
            self.pipeline_done(i);
        }
    }

    pub(super) fn pipeline_done(&mut self, i: u32) {
        let stream = self.items[i].stream;
        self.book(i, Part::Deployment, self.places.release(stream as usize));
        self.ready(i);
    }

    /// Ready for release: collected as the policy says.
    pub(super) fn ready(&mut self, i: u32) {
        let stream = self.items[i].stream;
        self.items[i].phase = Phase::Ready;
        self.note(What::Ready, i);
        let Some(release) = &self.model.streams[stream as usize].release else {
            return;
        };
        if self.items[i].emergency || release.policy == ReleasePolicy::Each {
            self.items[i].next = NONE;
            return self.prepare(stream, self.strategy_of(i), i, self.now, true);
        }
        let policy = &release.policy;
        let ready = &mut self.services[stream as usize].ready;
        ready.push(i);
        match policy {
            ReleasePolicy::Sized(n) if ready.len() >= *n as usize => self.collect(stream, self.now),
            ReleasePolicy::Batch => self.release_batch(stream),
            _ => {}
        }
    }

    fn strategy_of(&self, i: u32) -> usize {
        let item = &self.items[i];
        self.model.streams[item.stream as usize]
            .release
            .as_ref()
            .map_or(0, |r| {
                r.strategy[usize::from(item.risk) * 4 + usize::from(item.change)]
            })
    }

    /// With a batch policy, everything that is ready leaves as soon as the service is free.
    fn release_batch(&mut self, stream: u32) {
        let service = &self.services[stream as usize];
        let batch = self.model.streams[stream as usize]
            .release
            .as_ref()
            .is_some_and(|r| r.policy == ReleasePolicy::Batch);
        if batch
            && !service.busy
            && service.preparing == 0
            && service.queue.is_empty()
            && service.held == 0
        {
            self.collect(stream, self.now);
        }
    }

    pub(super) fn train_cut_off(&mut self, stream: u32) {
        let Some(release) = &self.model.streams[stream as usize].release else {
            return;
        };
        let ReleasePolicy::Train { every, cut_off, .. } = release.policy else {
            return;
        };
        let next = self.now + every;
        self.agenda
            .at(next, release.name.bits(), Happening::TrainCutOff(stream));
        self.services[stream as usize].next_cut_off = next;
        self.collect(stream, self.now + cut_off);
    }

    /// Everything ready becomes one deployment for each strategy; an empty train is none.
    fn collect(&mut self, stream: u32, not_before: Ticks) {
        let mut ready = std::mem::take(&mut self.services[stream as usize].ready);
        // All are told apart before the first one leaves: changes that are with users at once may be
        // forgotten before the last one does. A release knows twelve strategies at most.
        let (mut heads, mut count) = ([(0, NONE); 12], 0);
        for strategy in 0..self.model.strategies.len() {
            let mut head = NONE;
            for &i in ready.iter().rev() {
                if self.strategy_of(i) == strategy {
                    self.items[i].next = head;
                    head = i;
                }
            }
            if head != NONE {
                heads[count] = (strategy, head);
                count += 1;
            }
        }
        for (k, (strategy, head)) in heads.into_iter().take(count).enumerate() {
            self.prepare(stream, strategy, head, not_before, k == 0);
        }
        ready.clear();
        // What became ready meanwhile, in a place that a change left, waits for the next release.
        let service = &mut self.services[stream as usize];
        ready.append(&mut service.ready);
        service.ready = ready;
    }

    /// Make a deployment and ask the teams for the work it needs; `tasks`: not yet asked for by another
    /// of the same release.
    fn prepare(
        &mut self,
        stream: u32,
        strategy: usize,
        changes: u32,
        not_before: Ticks,
        tasks: bool,
    ) {
        self.stamp += 1;
        let (mut change, mut irreversible) = (changes, false);
        while change != NONE {
            irreversible |= self.items[change].irreversible;
            change = self.items[change].next;
        }
        let deployment = self.deployments.insert(Deployment {
            irreversible,
            stream,
            strategy,
            changes,
            stand: Stand::Prepared,
            start: 0,
            full: 0,
            counted: false,
            failed: false,
            refs: 0,
            stamp: self.stamp,
            not_before,
            tasks: 0,
        });
        self.services[stream as usize].preparing += 1;
        self.note_prepared(deployment);
        let model = self.model;
        if let (true, Some(release)) = (tasks, &model.streams[stream as usize].release) {
            let (key, seq) = (self.items[changes].key, self.items[changes].seq);
            for task in &release.tasks {
                let name = key.with(task.name);
                let effort = task.effort.sample(&mut name.draw_for(Purpose::Effort, 0));
                if effort > 0.0 {
                    let mut item =
                        Item::new(name, seq, Kind::ReleaseTask(deployment), stream, self.now);
                    item.expedite = true;
                    let item = self.add_item(item);
                    self.deployments[deployment].tasks += 1;
                    self.queue_job(item, task.team as u32, Job::Errand, effort, 0.0);
                }
            }
        }
        if self.deployments[deployment].tasks == 0 {
            self.depart_when_due(deployment);
        }
    }

    pub(super) fn task_done(&mut self, deployment: u32) {
        self.deployments[deployment].tasks -= 1;
        if self.deployments[deployment].tasks == 0 {
            self.depart_when_due(deployment);
        }
    }

    fn depart_when_due(&mut self, deployment: u32) {
        let due = self.deployments[deployment].not_before;
        if due > self.now {
            let tie = self.items[self.deployments[deployment].changes].key.bits();
            self.agenda.at(due, tie, Happening::Departure(deployment));
        } else {
            self.departure(deployment);
        }
    }

    pub(super) fn departure(&mut self, deployment: u32) {
        let stream = self.deployments[deployment].stream;
        self.services[stream as usize].preparing -= 1;
        self.services[stream as usize].queue.push_back(deployment);
        self.roll_next(stream);
    }

    /// One rollout at a time per service, in its windows; emergencies do not wait for them. Many may be
    /// with users at once, each making way for the next: whoever starts them starts them all.
    pub(super) fn roll_next(&mut self, stream: u32) {
        let s = stream as usize;
        if std::mem::replace(&mut self.services[s].starting, true) {
            return;
        }
        while self.start_rollout(stream) {}
        self.services[s].starting = false;
    }

    /// False if there is nothing to start now.
    fn start_rollout(&mut self, stream: u32) -> bool {
        let s = stream as usize;
        if self.services[s].busy || self.services[s].held > 0 {
            return false;
        }
        let Some(&first) = self.services[s].queue.front() else {
            self.release_batch(stream);
            return !self.services[s].queue.is_empty();
        };
        let release = self.model.streams[s].release.as_ref();
        let opens = release.map_or(self.now, |r| r.opens(self.now));
        let next = if opens <= self.now {
            Some(first)
        } else {
            self.wait_for_window(stream, opens);
            let urgent = |d: &u32| self.items[self.deployments[*d].changes].emergency;
            self.services[s].queue.iter().copied().find(urgent)
        };
        if let Some(next) = next {
            if next == first {
                self.services[s].queue.pop_front();
            } else {
                self.services[s].queue.retain(|d| *d != next);
            }
            self.services[s].busy = true;
            self.roll_out(next);
        }
        next.is_some()
    }

    fn wait_for_window(&mut self, stream: u32, opens: Ticks) {
        let service = &mut self.services[stream as usize];
        if service.opens != opens && opens < NEVER {
            service.opens = opens;
            let tie = self.model.streams[stream as usize].name.bits();
            self.agenda.at(opens, tie, Happening::ReleasesOpen(stream));
        }
    }

    /// How many times as many defects the present hurry makes: the train leaves soon.
    pub(super) fn rush_factor(&self, stream: usize) -> f64 {
        match &self.model.streams[stream].release {
            Some(r) if r.rush.factor > 1.0 => {
                let left = self.services[stream].next_cut_off - self.now;
                if (0..r.rush.before).contains(&left) {
                    r.rush.factor
                } else {
                    1.0
                }
            }
            _ => 1.0,
        }
    }

    fn roll_out(&mut self, deployment: u32) {
        let model = self.model;
        let d = &mut self.deployments[deployment];
        let strategy = &model.strategies[d.strategy];
        d.stand = Stand::Rolling;
        d.start = self.now;
        d.full = self.now + strategy.until_full();
        d.counted = self.counting;
        let (stream, full, stamp) = (d.stream as usize, d.full, d.stamp);
        let (mut change, mut only_repairs) = (d.changes, true);
        self.note_deployment(What::RolloutBegan, deployment);
        while change != NONE {
            self.book(change, Part::ReleaseWait, self.places.release(stream));
            self.items[change].phase = Phase::Rollout;
            self.note_with(What::RollingOut, change, deployment, 0.0);
            only_repairs &= self.items[change].kind == Kind::Repair;
            self.expose_defects(change, deployment);
            change = self.items[change].next;
        }
        if self.counting {
            self.out.deployments += 1.0;
            self.out.rework_deployments += f64::from(u8::from(only_repairs));
            self.out.impact_hours += strategy.downtime;
            let now = self.now;
            self.in_quarter(now, |q| q.impact_hours += strategy.downtime);
        }
        if full > self.now {
            let tie = self.items[self.deployments[deployment].changes].key.bits();
            self.agenda
                .at(full, tie, Happening::FullExposure(deployment, stamp));
        } else {
            self.full_exposure(deployment, stamp);
        }
    }

    pub(super) fn full_exposure(&mut self, deployment: u32, stamp: u32) {
        let d = &mut self.deployments[deployment];
        if d.stamp != stamp || d.stand != Stand::Rolling {
            return;
        }
        d.stand = Stand::Live;
        let stream = d.stream;
        let mut change = d.changes;
        self.note_deployment(What::Live, deployment);
        while change != NONE {
            let next = self.items[change].next;
            self.book(
                change,
                Part::Deployment,
                self.places.release(stream as usize),
            );
            self.count_escaped(change);
            self.produce(change);
            change = next;
        }
        let before = std::mem::replace(&mut self.services[stream as usize].latest, deployment);
        if before != NONE {
            self.supersede(before);
        }
        self.services[stream as usize].busy = false;
        self.roll_next(stream);
    }

    /// It cannot be rolled back any more: its changes are history, its defects live on.
    fn supersede(&mut self, deployment: u32) {
        self.deployments[deployment].stand = Stand::Superseded;
        let mut change = self.deployments[deployment].changes;
        self.deployments[deployment].changes = NONE;
        while change != NONE {
            let next = self.items[change].next;
            self.orphan_defects(change);
            self.items.remove(change);
            change = next;
        }
        self.forget_if_done(deployment);
    }

    pub(super) fn forget_if_done(&mut self, deployment: u32) {
        let d = &self.deployments[deployment];
        if d.refs == 0 && d.stand == Stand::Superseded {
            self.deployments.remove(deployment);
        }
    }

    /// Take the whole batch back: changes with a known defect wait for its repair, sound ones are
    /// released again.
    pub(super) fn roll_back(&mut self, deployment: u32) {
        self.note_deployment(What::RolledBack, deployment);
        let stream = self.deployments[deployment].stream;
        let service = &mut self.services[stream as usize];
        if self.deployments[deployment].stand == Stand::Rolling {
            service.busy = false;
        }
        if service.latest == deployment {
            service.latest = NONE;
        }
        let strategy = self.deployments[deployment].strategy;
        let (mut change, mut sound, mut last) = (self.deployments[deployment].changes, NONE, NONE);
        while change != NONE {
            let next = self.items[change].next;
            self.book(
                change,
                Part::Deployment,
                self.places.release(stream as usize),
            );
            self.items[change].next = NONE;
            if self.withdraw_defects(change, deployment) {
                self.items[change].phase = Phase::AwaitsRepair;
                self.note(What::AwaitsRepair, change);
            } else if self.waits_for_a_date(stream) {
                self.items[change].phase = Phase::Ready;
                self.note(What::Ready, change);
                match last {
                    NONE => sound = change,
                    before => self.items[before].next = change,
                }
                last = change;
            } else {
                self.ready(change);
            }
            change = next;
        }
        self.deployments[deployment].stamp = 0;
        self.deployments.remove(deployment);
        if sound != NONE {
            // Without what was wrong they go again, and not with the next train.
            self.prepare(stream, strategy, sound, self.now, true);
        }
    }

    /// What is ready does not leave as soon as it can.
    fn waits_for_a_date(&self, stream: u32) -> bool {
        let release = &self.model.streams[stream as usize].release;
        release.as_ref().is_some_and(|r| {
            matches!(
                r.policy,
                ReleasePolicy::Train { .. } | ReleasePolicy::Sized(_)
            )
        })
    }

    /// The repairs of a change that was rolled back are with users, and so is the change.
    pub(super) fn repair_arrived(&mut self, parent: u32) {
        if parent == NONE {
            return;
        }
        self.items[parent].open -= 1;
        if self.items[parent].open == 0 {
            let stream = self.items[parent].stream as usize;
            self.book(parent, Part::Rework, self.places.release(stream));
            self.produce(parent);
            self.items.remove(parent);
        }
    }
}
