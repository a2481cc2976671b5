//! What is still to come, and what waits for a place: as the next model has it.

use super::super::Engine;
use super::super::events::Happening;
use super::super::item::{Part, Phase};
use super::super::team::Waiting;
use super::map::Maps;
use super::uproot::Uprooted;
use crate::model::{Arrivals, GateKind, Model, ReleasePolicy};
use crate::time::{Ticks, ticks_up};

/// What comes at a rate comes sooner or later as the rate rises or falls (RULES 5).
fn rescaled(now: Ticks, at: Ticks, before: f64, rate: f64) -> Option<Ticks> {
    if before == rate {
        return Some(at);
    }
    let left = (at - now) as f64 * (before / rate);
    (rate > 0.0).then(|| now.saturating_add(ticks_up(left / crate::time::HOUR as f64)))
}

/// The next one from now on of what comes at `first` and then every so often.
fn next_from(now: Ticks, first: Ticks, every: Ticks) -> Ticks {
    if first >= now {
        return first;
    }
    first + (now - first + every - 1) / every * every
}

fn board(kind: &GateKind) -> Option<(Ticks, Ticks)> {
    match *kind {
        GateKind::Board {
            every,
            first,
            cut_off,
            ..
        } => Some((every, first - cut_off)),
        _ => None,
    }
}

fn policy(model: &Model, stream: usize) -> Option<&ReleasePolicy> {
    model.streams[stream].release.as_ref().map(|r| &r.policy)
}

/// What a gap until the next request is divided by, if that is all there is to it.
fn pace(arrivals: &Arrivals) -> Option<f64> {
    match arrivals {
        Arrivals::Poisson(rate) => Some(*rate),
        Arrivals::Regular(gap) => Some(1.0 / gap),
        _ => None,
    }
}

fn same_arrivals(a: &Arrivals, b: &Arrivals) -> bool {
    match (a, b) {
        (Arrivals::Batches { every, first }, Arrivals::Batches { every: e, first: f }) => {
            every == e && first == f
        }
        (Arrivals::Trace { times, round }, Arrivals::Trace { times: t, round: r }) => {
            times == t && round == r
        }
        (Arrivals::Endless, Arrivals::Endless) => true,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b) && pace(a).is_some(),
    }
}

/// When something of the old model happens in the new one, if at all.
fn rewritten(
    now: Ticks,
    at: Ticks,
    what: Happening,
    old: &Model,
    new: &Model,
    maps: &Maps,
) -> Option<(Ticks, Happening)> {
    let same = |what| Some((at, what));
    match what {
        Happening::BoardCutOff(g) => {
            let to = maps.gates[g as usize]?;
            let (a, b) = (
                board(&old.gates[g as usize].kind),
                board(&new.gates[to].kind),
            );
            (a == b).then_some((at, Happening::BoardCutOff(to as u32)))
        }
        Happening::BoardDecides(g) => {
            let to = maps.gates[g as usize]?;
            board(&new.gates[to].kind)?;
            same(Happening::BoardDecides(to as u32))
        }
        Happening::TrainCutOff(s) => {
            let to = maps.streams[s as usize]?;
            let kept = policy(old, s as usize) == policy(new, to);
            kept.then_some((at, Happening::TrainCutOff(to as u32)))
        }
        Happening::ReleasesOpen(s) => {
            same(Happening::ReleasesOpen(maps.streams[s as usize]? as u32))
        }
        Happening::Background(s) => {
            let to = maps.streams[s as usize]?;
            let (a, b) = (
                old.streams[s as usize].background_rate,
                new.streams[to].background_rate,
            );
            Some((rescaled(now, at, a, b)?, Happening::Background(to as u32)))
        }
        Happening::Arrival(s) => {
            let to = maps.sources[s as usize]?;
            let (a, b) = (&old.sources[s as usize].arrivals, &new.sources[to].arrivals);
            if !same_arrivals(a, b) {
                return None;
            }
            let at = rescaled(now, at, pace(a).unwrap_or(1.0), pace(b).unwrap_or(1.0))?;
            Some((at, Happening::Arrival(to as u32)))
        }
        other => staff_rewritten(now, at, other, old, new, maps),
    }
}

/// The same for people who come and go.
fn staff_rewritten(
    now: Ticks,
    at: Ticks,
    what: Happening,
    old: &Model,
    new: &Model,
    maps: &Maps,
) -> Option<(Ticks, Happening)> {
    match what {
        Happening::SomebodyLeaves(t) | Happening::SomebodyIsAway(t) => {
            let to = maps.teams[t as usize]?;
            let leaves = matches!(what, Happening::SomebodyLeaves(_));
            let rate = |m: &Model, t: usize| staff_rate(m, t, leaves);
            let at = rescaled(now, at, rate(old, t as usize), rate(new, to))?;
            let of = if leaves {
                Happening::SomebodyLeaves
            } else {
                Happening::SomebodyIsAway
            };
            Some((at, of(to as u32)))
        }
        Happening::SomebodyJoins(t, seat) => {
            let to = maps.teams[t as usize]?;
            (seat < new.teams[to].people).then_some((at, Happening::SomebodyJoins(to as u32, seat)))
        }
        Happening::SomebodyIsBack(t, seat, stamp) => {
            let to = maps.teams[t as usize]?;
            let back = Happening::SomebodyIsBack(to as u32, seat, stamp);
            (seat < new.teams[to].people).then_some((at, back))
        }
        other => Some((at, other)),
    }
}

fn staff_rate(model: &Model, team: usize, leaves: bool) -> f64 {
    let t = &model.teams[team];
    let each = if leaves {
        t.staffing.turnover
    } else {
        t.staffing.absence
    };
    each * f64::from(t.people)
}

impl Engine<'_> {
    /// What goes by the clock, for parts that are new or go otherwise now.
    pub(super) fn reset_clockwork(&mut self, old: &Model, maps: &Maps, up: &Uprooted) {
        let (new, now) = (self.model, self.now);
        self.agenda.rewrite(|at, what| match what {
            Happening::ItemReady(i) if up.called_off(i) => None,
            _ => rewritten(now, at, what, old, new, maps),
        });
        for (g, gate) in new.gates.iter().enumerate() {
            let before = maps.gates.iter().position(|to| *to == Some(g));
            let was = before.and_then(|b| board(&old.gates[b].kind));
            if let Some((every, cut_off)) = board(&gate.kind)
                && was != board(&gate.kind)
            {
                let at = next_from(now, cut_off, every);
                self.agenda
                    .at(at, gate.name.bits(), Happening::BoardCutOff(g as u32));
            }
        }
        for (t, team) in new.teams.iter().enumerate() {
            let before = maps.teams.iter().position(|to| *to == Some(t));
            let silent = |leaves| before.is_none_or(|b| staff_rate(old, b, leaves) == 0.0);
            if silent(true) && team.staffing.turnover > 0.0 {
                self.schedule_leaving(t as u32);
            }
            if silent(false) && team.staffing.absence > 0.0 {
                self.schedule_absence(t as u32);
            }
            let same = before.is_some_and(|b| super::map::same_team(&old.teams[b], team));
            if !same {
                self.people_changed(t as u32);
            }
        }
        for (s, stream) in new.streams.iter().enumerate() {
            let before = maps.streams.iter().position(|to| *to == Some(s));
            let silent = before.is_none_or(|b| old.streams[b].background_rate == 0.0);
            if silent && stream.background_rate > 0.0 {
                self.schedule_background(s as u32);
            }
        }
        self.reset_demand(old, maps);
    }

    fn reset_demand(&mut self, old: &Model, maps: &Maps) {
        let new = self.model;
        for (s, source) in new.sources.iter().enumerate() {
            let before = maps.sources.iter().position(|to| *to == Some(s));
            let goes_on = before.is_some_and(|b| {
                let was = &old.sources[b].arrivals;
                let silent = pace(was) == Some(0.0);
                same_arrivals(was, &source.arrivals) && !silent
            });
            if goes_on {
                continue;
            }
            match &source.arrivals {
                Arrivals::Endless => self.refills.push(source.stream as u32),
                Arrivals::Batches { every, first } => {
                    let at = next_from(self.now, *first, *every);
                    self.agenda
                        .at(at, source.name.bits(), Happening::Arrival(s as u32));
                }
                Arrivals::Trace { times, round } => {
                    let (n, mut i) = (times.len() as u64, 0);
                    let time = |i: u64| (i / n) as Ticks * round + times[(i % n) as usize];
                    while time(i) < self.now {
                        i += 1;
                    }
                    self.batches[s] = i;
                    self.schedule_arrival(s as u32);
                }
                _ => self.schedule_arrival(s as u32),
            }
        }
    }

    /// Every queue in the order of the new policy.
    pub(super) fn resort(&mut self) {
        macro_rules! sort {
            ($($queue:tt)+) => {
                let old = std::mem::take(&mut self.$($queue)+);
                self.$($queue)+ = self.sorted(old);
            };
        }
        for t in 0..self.teams.len() {
            sort!(teams[t].queue);
        }
        for s in 0..self.stages.len() {
            sort!(stages[s].entry);
        }
        for s in 0..self.streams.len() {
            sort!(streams[s].backlog);
        }
        for b in 0..self.boards.len() {
            sort!(boards[b]);
        }
        for p in 0..self.environments.len() {
            sort!(environments[p].queue);
        }
        sort!(runners.queue);
    }

    fn sorted<Q: IntoIterator<Item = Waiting> + FromIterator<Waiting>>(&self, queue: Q) -> Q {
        let again = |w: Waiting| {
            let new = self.waiting_entry(w.item);
            // What was begun elsewhere still goes first.
            let begun = w.key == f64::NEG_INFINITY;
            let key = if begun { w.key } else { new.key };
            Waiting { key, ..new }
        };
        queue.into_iter().map(again).collect()
    }

    /// The way to users is another one: what is ready goes by it.
    pub(super) fn change_release(&mut self, old: &Model, maps: &Maps) {
        let new = self.model;
        for (before, to) in maps.streams.iter().enumerate() {
            let Some(s) = *to else { continue };
            let (was, is) = (&old.streams[before].release, &new.streams[s].release);
            let Some(is) = is else { continue };
            let same = was.as_ref().is_some_and(|w| {
                w.policy == is.policy && w.windows == is.windows && w.freezes == is.freezes
            });
            if same {
                continue;
            }
            if was.as_ref().is_none_or(|w| w.policy != is.policy) {
                self.change_policy(s, &is.policy, is.name.bits());
            }
            self.roll_next(s as u32);
        }
    }

    fn change_policy(&mut self, s: usize, policy: &ReleasePolicy, tie: u64) {
        self.services[s].next_cut_off = crate::time::NEVER;
        if let ReleasePolicy::Train {
            every,
            first,
            cut_off,
        } = *policy
        {
            let at = next_from(self.now, first - cut_off, every);
            self.services[s].next_cut_off = at;
            self.agenda.at(at, tie, Happening::TrainCutOff(s as u32));
        }
        for i in std::mem::take(&mut self.services[s].ready) {
            self.ready(i);
        }
    }

    /// Environments and runners: as many as there are now.
    pub(super) fn change_pools(&mut self) {
        let new = self.model;
        let live = self.items.live();
        let all: Vec<u32> = (0..live.len() as u32)
            .filter(|i| live[*i as usize])
            .collect();
        for (p, pool) in new.environments.iter().enumerate() {
            let used = all
                .iter()
                .filter(|i| self.items[**i].environment == p as u32);
            let used = used.count() as u32;
            self.environments[p].resize(pool.count, used);
            while let Some(i) = self.environments[p].hand_out() {
                self.items[i].environment = p as u32;
                self.resume(i, Part::Environment);
            }
        }
        let runs = |i: &&u32| {
            let item = &self.items[**i];
            matches!(item.phase, Phase::Automated | Phase::Pipeline) && !item.awaits_runner
        };
        let used = all.iter().filter(runs).count() as u32;
        // Without a limit every run begins.
        self.runners.resize(new.runners.unwrap_or(u32::MAX), used);
        while let Some(i) = self.runners.hand_out() {
            self.begin_run(i);
        }
    }

    /// Limits that rose let in what waits.
    pub(super) fn fill_places(&mut self, old: &Model, maps: &Maps) {
        let new = self.model;
        for (before, to) in maps.stages.iter().enumerate() {
            if let Some(s) = *to
                && old.stages[before].limit != new.stages[s].limit
            {
                self.freed.push(s as u32);
            }
        }
        for (before, to) in maps.streams.iter().enumerate() {
            let Some(s) = *to else { continue };
            if old.streams[before].limit == new.streams[s].limit {
                continue;
            }
            let limit = new.streams[s].limit;
            while limit.is_none_or(|l| self.streams[s].tokens < l) {
                let Some(w) = self.streams[s].backlog.pop() else {
                    break;
                };
                if self.forget_if_dropped(w.item) {
                    continue;
                }
                self.book(w.item, Part::WipBlock, self.places.backlog(s));
                self.take_token(w.item);
                self.go_to(w.item, Some(new.streams[s].stages.start), false);
            }
            self.refills.push(s as u32);
        }
    }
}
