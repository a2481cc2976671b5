//! Defects from injection to repair: hazard, detection, response, the repair item (RULES 23–26).

use super::events::Happening;
use super::item::{Item, Kind, NONE};
use super::known::FOLLOWED;
use super::record::Spent;
use super::release::Stand;
use super::replay::What;
use super::{Engine, MOST_DEFECTS};
use crate::model::{CATEGORIES, PerCategory, WayBack};
use crate::random::{Name, Purpose};
use crate::time::{Ticks, hours, ticks_up};

/// Something wrong in a change.
#[derive(Debug)]
pub struct Defect {
    pub(super) key: Name,
    pub(super) category: usize,
    /// Stage that injected it.
    pub(super) stage: u32,
    /// Change it is in, while that is remembered; NONE later.
    pub(super) item: u32,
    /// Deployment it is exposed by, or NONE.
    pub(super) deployment: u32,
    /// Next in the item's list.
    pub(super) next: u32,
    /// Hours of full exposure until it shows.
    pub(super) left: f64,
    /// A manifestation is scheduled, with this stamp; 0: none.
    pub(super) stamp: u32,
    /// Its incident, or NONE.
    pub(super) incident: u32,
    /// What a repair inherits.
    pub(super) source: u32,
    pub(super) seq: u64,
    pub(super) risk: u8,
    pub(super) change: u8,
    pub(super) size: f64,
}

/// From manifest to recovered.
#[derive(Debug)]
pub struct Incident {
    /// Or NONE: no change caused it.
    pub(super) defect: u32,
    pub(super) stream: u32,
    pub(super) manifest: Ticks,
    /// In the window.
    pub(super) counted: bool,
    /// Stopped by the rollout's own check.
    pub(super) self_stopped: bool,
    pub(super) rollback: bool,
    /// Team called, and how many came.
    pub(super) team: usize,
    pub(super) lent: u32,
    /// When people were called.
    pub(super) responding: Ticks,
    pub(super) stamp: u32,
}

impl Engine<'_> {
    pub(super) fn visits_of(&self, i: u32, station: usize) -> u32 {
        let stations = self.model.stages.len() + self.model.gates.len();
        u32::from(self.visits[i as usize * stations + station])
    }

    /// Inject a Poisson number of defects per category.
    pub(super) fn inject(
        &mut self,
        i: u32,
        rates: PerCategory,
        key: Name,
        purpose: Purpose,
        visit: u32,
        size: f64,
    ) {
        let factor = size * self.model.production.risk_factor[usize::from(self.items[i].risk)];
        for (category, rate) in rates.into_iter().enumerate() {
            if rate > 0.0 {
                let name = key.nth(category as u64);
                let n = name.draw_for(purpose, visit).poisson(rate * factor);
                for k in 0..n {
                    let key =
                        name.nth((u64::from(visit) << 32) | (purpose as u64) << 24 | u64::from(k));
                    self.add_defect(i, key, category, self.items[i].stage);
                }
            }
        }
    }

    /// A part's defects are the whole's from now on.
    pub(super) fn adopt_defects(&mut self, whole: u32, part: u32) {
        let mut d = std::mem::replace(&mut self.items[part].defects, NONE);
        while d != NONE {
            let next = self.defects[d].next;
            self.defects[d].item = whole;
            self.defects[d].next = self.items[whole].defects;
            self.items[whole].defects = d;
            d = next;
        }
    }

    fn add_defect(&mut self, i: u32, key: Name, category: usize, stage: u32) {
        let item = &self.items[i];
        let unit = key.draw_for(Purpose::Hazard, 0).exponential();
        let defect = Defect {
            key,
            category,
            stage,
            item: i,
            deployment: NONE,
            next: item.defects,
            left: unit / self.model.production.hazard[category].max(1e-300),
            stamp: 0,
            incident: NONE,
            source: item.source,
            seq: item.seq,
            risk: item.risk,
            change: item.change,
            size: item.size,
        };
        let d = self.defects.insert(defect);
        self.items[i].defects = d;
        if self.defects.in_use() > MOST_DEFECTS {
            self.out.overflow = true;
        }
    }

    pub(super) fn unlink_defect(&mut self, i: u32, d: u32) {
        let next = self.defects[d].next;
        if self.items[i].defects == d {
            self.items[i].defects = next;
            return;
        }
        let mut at = self.items[i].defects;
        while at != NONE {
            if self.defects[at].next == d {
                self.defects[at].next = next;
                return;
            }
            at = self.defects[at].next;
        }
    }

    /// Remove found defects (a list); each repair injects a new one with a small probability.
    pub(super) fn fix_before_release(&mut self, i: u32, mut found: u32) {
        while found != NONE {
            let (key, category, stage, next) = {
                let d = &self.defects[found];
                (d.key, d.category, d.stage, d.next)
            };
            self.defects.remove(found);
            if key.draw_for(Purpose::BadFix, 0).uniform() < self.model.production.bad_fix {
                self.add_defect(i, key.nth(1), category, stage);
            }
            found = next;
        }
    }

    /// An item leaves for good before anything was released.
    pub(super) fn drop_item(&mut self, i: u32) {
        let mut d = self.items[i].defects;
        while d != NONE {
            let next = self.defects[d].next;
            self.defects.remove(d);
            d = next;
        }
        self.items.remove(i);
    }

    /// A rollout begins: find out when each defect of a change will show.
    pub(super) fn expose_defects(&mut self, i: u32, deployment: u32) {
        let model = self.model;
        let strategy = &model.strategies[self.deployments[deployment].strategy];
        let mut d = self.items[i].defects;
        while d != NONE {
            let defect = &mut self.defects[d];
            defect.deployment = deployment;
            let at = self.now.saturating_add(strategy.when_exposed(defect.left));
            if at < model.window.cap {
                self.stamp += 1;
                defect.stamp = self.stamp;
                self.deployments[deployment].refs += 1;
                self.agenda
                    .at(at, defect.key.bits(), Happening::Manifest(d, self.stamp));
            }
            d = self.defects[d].next;
        }
    }

    pub(super) fn count_escaped(&mut self, i: u32) {
        if self.counting && !self.items[i].produced {
            let mut d = self.items[i].defects;
            while d != NONE {
                self.out.escaped += 1.0;
                d = self.defects[d].next;
            }
        }
    }

    /// Forget the change, not its defects; those that will never show within the run are let go.
    pub(super) fn orphan_defects(&mut self, i: u32) {
        let mut d = self.items[i].defects;
        while d != NONE {
            let next = self.defects[d].next;
            self.defects[d].item = NONE;
            self.defects[d].next = NONE;
            if self.defects[d].stamp == 0 {
                self.defects.remove(d);
            }
            d = next;
        }
        self.items[i].defects = NONE;
    }

    pub(super) fn manifest(&mut self, d: u32, stamp: u32) {
        if self.defects[d].stamp != stamp {
            return;
        }
        let (key, dep) = (self.defects[d].key, self.defects[d].deployment);
        let deployment = &self.deployments[dep];
        let strategy = &self.model.strategies[deployment.strategy];
        let wait =
            self.model.production.detection * key.draw_for(Purpose::Detection, 0).exponential();
        let mut noticed = self.now + ticks_up(wait);
        let mut self_stopped = false;
        if let (Stand::Rolling, Some(mean)) = (deployment.stand, strategy.self_check) {
            let checked =
                self.now + ticks_up(mean * key.draw_for(Purpose::Detection, 1).exponential());
            if checked <= noticed.min(deployment.full) {
                noticed = checked;
                self_stopped = true;
            }
        }
        let stream = deployment.stream;
        self.streams[stream as usize].week.incidents += u32::from(!self_stopped);
        if self.counting {
            if self_stopped {
                self.out.self_stopped += 1.0;
            } else {
                self.out.change_incidents += 1.0;
                let now = self.now;
                self.in_quarter(now, |q| q.incidents += 1.0);
            }
        }
        let incident = self.open_incident(d, stream, self_stopped);
        self.defects[d].incident = incident;
        let showed = if self_stopped {
            What::RolloutStopped
        } else {
            What::DefectShowed
        };
        self.note_showed(showed, incident);
        let stamp = self.incidents[incident].stamp;
        self.agenda
            .at(noticed, key.bits(), Happening::Detected(incident, stamp));
    }

    fn open_incident(&mut self, defect: u32, stream: u32, self_stopped: bool) -> u32 {
        self.stamp += 1;
        self.incidents.insert(Incident {
            defect,
            stream,
            manifest: self.now,
            counted: self.counting,
            self_stopped,
            rollback: false,
            team: 0,
            lent: 0,
            responding: self.now,
            stamp: self.stamp,
        })
    }

    pub(super) fn schedule_background(&mut self, stream: u32) {
        let s = &self.model.streams[stream as usize];
        let n = self.streams[stream as usize].background;
        let unit = self
            .root
            .with(s.name)
            .nth(n)
            .draw_for(Purpose::Background, 0)
            .exponential();
        let at = self.now.saturating_add(ticks_up(unit / s.background_rate));
        self.agenda
            .at(at, s.name.bits(), Happening::Background(stream));
    }

    pub(super) fn background(&mut self, stream: u32) {
        let s = &self.model.streams[stream as usize];
        let n = self.streams[stream as usize].background;
        let key = self.root.with(s.name).nth(n);
        self.streams[stream as usize].background += 1;
        self.schedule_background(stream);
        self.streams[stream as usize].week.incidents += 1;
        if self.counting {
            self.out.background_incidents += 1.0;
            let now = self.now;
            self.in_quarter(now, |q| q.incidents += 1.0);
        }
        let wait =
            self.model.production.detection * key.draw_for(Purpose::Detection, 0).exponential();
        let incident = self.open_incident(NONE, stream, false);
        self.note_showed(What::OutageBegan, incident);
        let stamp = self.incidents[incident].stamp;
        self.agenda.at(
            self.now + ticks_up(wait),
            key.bits(),
            Happening::Detected(incident, stamp),
        );
    }

    /// Somebody noticed: call people and begin the way back, or the fix.
    pub(super) fn detected(&mut self, incident: u32, stamp: u32) {
        if self.incidents[incident].stamp != stamp {
            return;
        }
        self.note_incident(What::IncidentNoticed, incident);
        let model = self.model;
        let inc = &self.incidents[incident];
        let (defect, stream, self_stopped) = (inc.defect, inc.stream, inc.self_stopped);
        let s = &model.streams[stream as usize];
        let release_team = s.release.as_ref().and_then(|r| r.rollback_team);
        let (key, owner, dep) = if defect == NONE {
            let n = self.streams[stream as usize].background;
            let key = self.root.with(s.name).nth(n);
            (
                key,
                release_team.unwrap_or(model.stages[s.commit_stage].team),
                NONE,
            )
        } else {
            let d = &self.defects[defect];
            (d.key, model.stages[d.stage as usize].team, d.deployment)
        };
        let possible = dep != NONE
            && !self.deployments[dep].irreversible
            && match self.deployments[dep].stand {
                Stand::Rolling => true,
                // With another rollout on top of it, taking it back would take that back too.
                Stand::Live => self.services[stream as usize].can_take_back(dep),
                _ => false,
            };
        let talk = if self_stopped {
            0.0
        } else {
            model.production.coordination * f64::from(s.teams_involved.saturating_sub(1))
        };
        let mut draw = key.draw_for(Purpose::Recovery, 0);
        let way = if possible {
            &model.strategies[self.deployments[dep].strategy].way_back
        } else {
            &WayBack::None
        };
        let duration = match way {
            WayBack::Automatic(time) => {
                self.hold(incident, stream);
                time.sample(&mut draw)
            }
            WayBack::ByHand { time, people } => {
                self.hold(incident, stream);
                self.call(incident, release_team.unwrap_or(owner), *people);
                talk + time.sample(&mut draw)
            }
            WayBack::None => {
                let wanted = model.production.responders;
                let got = self.call(incident, owner, wanted);
                // With nobody free, one person outside the team's plan takes it: on call (RULES 24).
                let pace = f64::from(wanted) / f64::from(got.max(1));
                talk + model.production.fix.sample(&mut draw) * pace
            }
        };
        let at = self.now.saturating_add(ticks_up(duration));
        self.agenda
            .at(at, key.bits(), Happening::Recovered(incident, stamp));
    }

    fn hold(&mut self, incident: u32, stream: u32) {
        self.incidents[incident].rollback = true;
        self.services[stream as usize].held += 1;
    }

    fn call(&mut self, incident: u32, team: usize, people: u32) -> u32 {
        let t = &self.model.teams[team];
        self.teams[team].advance(t, self.now);
        let got = self.teams[team].lend(t, people);
        self.incidents[incident].team = team;
        self.incidents[incident].lent = got;
        self.incidents[incident].responding = self.now;
        self.note_incident(What::PeopleCalled, incident);
        self.touch_team(team as u32);
        got
    }

    pub(super) fn recovered(&mut self, incident: u32, stamp: u32) {
        if self.incidents[incident].stamp != stamp {
            return;
        }
        let (defect, rollback) = (
            self.incidents[incident].defect,
            self.incidents[incident].rollback,
        );
        let stream = self.incidents[incident].stream;
        if !rollback {
            self.note_incident(What::Fixed, incident);
        }
        self.close_incident(incident);
        if defect == NONE {
            return;
        }
        let dep = self.defects[defect].deployment;
        if rollback {
            // The incident is closed, but its defect is still marked with it until it is withdrawn.
            self.roll_back(dep);
            self.roll_next(stream);
        } else {
            let item = self.defects[defect].item;
            if item != NONE {
                self.unlink_defect(item, defect);
            }
            self.repair(defect, NONE);
            self.defects[defect].stamp = 0;
            self.defects.remove(defect);
            self.deployments[dep].refs -= 1;
            self.forget_if_done(dep);
        }
    }

    /// People go back; impact and recovery time are counted.
    fn close_incident(&mut self, incident: u32) {
        let model = self.model;
        let inc = &mut self.incidents[incident];
        inc.stamp = 0;
        let (lent, team, manifest, counted) = (inc.lent, inc.team, inc.manifest, inc.counted);
        let (rollback, stream, defect) = (inc.rollback, inc.stream, inc.defect);
        let (since, self_stopped) = (inc.responding, inc.self_stopped);
        self.incidents.remove(incident);
        if counted {
            let hours_away = hours(self.now - since) * f64::from(lent);
            self.out.spent[Spent::Unplanned as usize] += hours_away;
        }
        if counted && !self_stopped {
            self.classify(defect);
        }
        if lent > 0 {
            self.teams[team].advance(&model.teams[team], self.now);
            self.teams[team].give_back(lent);
            self.touch_team(team as u32);
        }
        if rollback {
            self.services[stream as usize].held -= 1;
        }
        let impact = self.impact(defect, manifest);
        self.note_recovered(incident, impact);
        if counted {
            self.out.impact_hours += impact;
        }
        if defect == NONE {
            if counted {
                self.in_quarter(manifest, |q| q.impact_hours += impact);
                self.see_recovery(NONE, false, impact);
            }
            return;
        }
        if counted {
            self.in_quarter(manifest, |q| q.impact_hours += impact);
            self.see_recovery(defect, self_stopped, impact);
        }
        let dep = &mut self.deployments[self.defects[defect].deployment];
        if dep.counted && self.now - dep.start <= FOLLOWED {
            self.recovery.add(hours(self.now - manifest));
            if !dep.failed {
                dep.failed = true;
                self.out.failed_deployments += 1.0;
            }
        }
    }

    /// Hours of full exposure from manifestation until now.
    fn impact(&self, defect: u32, manifest: Ticks) -> f64 {
        if defect == NONE {
            return hours(self.now - manifest);
        }
        let dep = &self.deployments[self.defects[defect].deployment];
        let strategy = &self.model.strategies[dep.strategy];
        strategy.exposed(self.now - dep.start) - strategy.exposed(manifest - dep.start)
    }

    /// Count an incident by severity and by cause.
    fn classify(&mut self, defect: u32) {
        let (class, cause) = self.severity(defect);
        self.out.by_severity[class][cause] += 1.0;
    }

    /// Severity, from exposure and category, and cause.
    pub(super) fn severity(&self, defect: u32) -> (usize, usize) {
        let p = &self.model.production;
        let (score, cause) = if defect == NONE {
            (1.0, CATEGORIES.len())
        } else {
            let d = &self.defects[defect];
            let dep = &self.deployments[d.deployment];
            let strategy = &self.model.strategies[dep.strategy];
            let exposure = strategy.exposure(self.now - dep.start);
            (exposure * p.severity[d.category], d.category)
        };
        let class = p.severe_from.iter().filter(|from| score >= **from).count();
        (class, cause)
    }

    /// A change is rolled back: its known defects get repairs, its latent ones wait inside it. True if
    /// there are repairs to wait for; then those carry what is still latent.
    pub(super) fn withdraw_defects(&mut self, i: u32, deployment: u32) -> bool {
        let strategy = &self.model.strategies[self.deployments[deployment].strategy];
        let used = strategy.exposed(self.now - self.deployments[deployment].start);
        let mut d = self.items[i].defects;
        let mut repairs = 0;
        let mut last_repair = NONE;
        while d != NONE {
            let next = self.defects[d].next;
            let incident = self.defects[d].incident;
            if incident == NONE {
                let defect = &mut self.defects[d];
                defect.left = (defect.left - used).max(0.0);
                defect.stamp = 0;
                defect.deployment = NONE;
            } else {
                if self.incidents[incident].stamp != 0 && self.incidents[incident].defect == d {
                    self.close_incident(incident);
                }
                self.unlink_defect(i, d);
                last_repair = self.repair(d, i);
                repairs += 1;
                self.defects[d].stamp = 0;
                self.defects.remove(d);
            }
            d = next;
        }
        if repairs == 0 {
            return false;
        }
        self.items[i].open = repairs;
        let mut d = self.items[i].defects;
        self.items[i].defects = NONE;
        while d != NONE {
            let next = self.defects[d].next;
            self.defects[d].item = last_repair;
            self.defects[d].next = self.items[last_repair].defects;
            self.items[last_repair].defects = d;
            d = next;
        }
        true
    }

    /// An unplanned item enters at the commit stage as expedite (RULES 25).
    fn repair(&mut self, d: u32, parent: u32) -> u32 {
        let model = self.model;
        let defect = &self.defects[d];
        let stream = model.stages[defect.stage as usize].stream;
        let mut item = Item::new(
            defect.key.nth(0),
            defect.seq,
            Kind::Repair,
            stream as u32,
            self.now,
        );
        item.source = defect.source;
        item.risk = defect.risk;
        item.change = defect.change;
        item.size = defect.size * model.production.repair_share;
        item.expedite = true;
        item.emergency = model.production.emergency_path;
        item.parent = parent;
        let incident = defect.incident;
        let i = self.add_item(item);
        self.note_with(What::RepairStarted, i, incident, 0.0);
        self.go_to(i, Some(model.streams[stream].commit_stage), true);
        i
    }
}
