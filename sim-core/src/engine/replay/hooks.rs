//! Where the engine notes what happens. Without a log each of these is one comparison.

use super::{Case, Deployed, Event, Log, Subject, What, Word};
use crate::engine::Engine;
use crate::engine::item::{Job, Kind, NONE, Phase};
use crate::time::hours;

fn put(places: &mut Vec<u32>, at: u32, what: usize) {
    let at = at as usize;
    if places.len() <= at {
        places.resize(at + 1, NONE);
    }
    places[at] = what as u32;
}

fn get(places: &[u32], at: u32) -> u32 {
    places.get(at as usize).copied().unwrap_or(NONE)
}

impl Log {
    fn push(&mut self, event: Event) {
        if self.events.len() < self.limit {
            self.events.push(event);
        } else {
            self.cut = true;
        }
    }
}

impl Engine<'_> {
    /// Something happened by the clock.
    #[inline]
    pub(in crate::engine) fn note_clock(&mut self, what: What) {
        if let Some(log) = &mut self.log {
            log.push(Event::new(self.now, what));
        }
    }

    /// An item came into being.
    #[inline]
    pub(in crate::engine) fn note_new(&mut self, i: u32) {
        if self.log.is_some() {
            self.write_new(i);
        }
    }

    /// Something happened to an item.
    #[inline]
    pub(in crate::engine) fn note(&mut self, what: What, i: u32) {
        self.note_with(what, i, NONE, 0.0);
    }

    /// The same with a stage, pool or deployment that it is about, and a value.
    #[inline]
    pub(in crate::engine) fn note_with(&mut self, what: What, i: u32, link: u32, value: f64) {
        if self.log.is_some() {
            self.write_item(what, i, link, value);
        }
    }

    /// A team has a job, begins it or finishes it.
    #[inline]
    pub(in crate::engine) fn note_job(&mut self, what: What, i: u32, team: u32) {
        if self.log.is_some() {
            self.write_job(what, i, team);
        }
    }

    /// A gate decided on an item, having found a list of defects.
    #[inline]
    pub(in crate::engine) fn note_judged(&mut self, i: u32, found: u32, stopped: bool) {
        if self.log.is_some() {
            self.write_judged(i, found, stopped);
        }
    }

    /// Changes were put together to be released.
    #[inline]
    pub(in crate::engine) fn note_prepared(&mut self, d: u32) {
        if self.log.is_some() {
            self.write_prepared(d);
        }
    }

    /// Something happened to a deployment.
    #[inline]
    pub(in crate::engine) fn note_deployment(&mut self, what: What, d: u32) {
        if self.log.is_some() {
            self.write_deployment(what, d);
        }
    }

    /// An incident began.
    #[inline]
    pub(in crate::engine) fn note_showed(&mut self, what: What, incident: u32) {
        if self.log.is_some() {
            self.write_showed(what, incident);
        }
    }

    /// Something happened in an incident, with people who come or go back.
    #[inline]
    pub(in crate::engine) fn note_incident(&mut self, what: What, incident: u32) {
        if self.log.is_some() {
            self.write_incident(what, incident, Word::None, 0.0);
        }
    }

    /// An incident is over: its impact, hours of full exposure.
    #[inline]
    pub(in crate::engine) fn note_recovered(&mut self, incident: u32, impact: f64) {
        if self.log.is_some() {
            let inc = &self.incidents[incident];
            let word = if inc.self_stopped {
                Word::None
            } else {
                [Word::Minor, Word::Major, Word::Critical][self.severity(inc.defect).0]
            };
            self.write_incident(What::Recovered, incident, word, impact);
        }
    }

    /// Somebody of a team comes or goes, so that the team is one more or less, or not.
    #[inline]
    pub(in crate::engine) fn note_people(&mut self, what: What, team: u32, counts: bool) {
        if let Some(log) = &mut self.log {
            log.push(Event {
                team,
                count: u32::from(counts),
                ..Event::new(self.now, what)
            });
        }
    }

    /// Where an item stands for whoever looks on; NONE for what teams do for others, and for what is
    /// with users or gone.
    fn standing(&self, i: u32) -> u32 {
        let item = &self.items[i];
        if !matches!(item.kind, Kind::Work | Kind::Repair | Kind::Part) {
            return NONE;
        }
        let place = match item.phase {
            Phase::Job(Job::Review) | Phase::Automated | Phase::Board => {
                self.places.gate(item.gate as usize)
            }
            Phase::Pipeline | Phase::Ready | Phase::Rollout | Phase::AwaitsRepair => {
                self.places.release(item.stream as usize)
            }
            Phase::Done | Phase::Dropped => return NONE,
            _ => self.place_of(i),
        };
        place as u32
    }

    #[cold]
    fn write_new(&mut self, i: u32) {
        let item = &self.items[i];
        let mut subject = Subject {
            seq: item.seq,
            kind: item.kind,
            risk: item.risk,
            change: item.change,
            parent: NONE,
            number: 0,
        };
        let parent = match subject.kind {
            Kind::Part | Kind::Ticket => item.parent,
            _ => NONE,
        };
        let Some(log) = self.log.as_mut().filter(|log| !log.cut) else {
            return;
        };
        subject.parent = get(&log.items_at, parent);
        put(&mut log.items_at, i, log.subjects.len());
        if subject.kind == Kind::Work {
            log.requests.insert(subject.seq, log.subjects.len() as u32);
        }
        log.subjects.push(subject);
    }

    #[cold]
    fn write_item(&mut self, what: What, i: u32, link: u32, value: f64) {
        let item = &self.items[i];
        let mut event = Event {
            value,
            place: match what {
                // Its phase is still that of where it was before.
                What::Entered => self.places.stage(link as usize) as u32,
                What::Left | What::Split => self.place_of(i) as u32,
                What::PartDone | What::Joined => NONE,
                _ => self.standing(i),
            },
            ..Event::new(self.now, what)
        };
        match what {
            What::Requested => {
                event.value = item.size;
                event.word = match (item.expedite, item.fixed_date) {
                    (true, _) => Word::Expedite,
                    (_, true) => Word::FixedDate,
                    _ => Word::Standard,
                };
            }
            What::HandoffBegan | What::HandoffEnded => event.team = item.last_team,
            What::WithUsers => event.value = hours(self.now - item.requested),
            What::TicketsAwaited | What::Split | What::AwaitsRepair => event.count = item.open,
            What::PartDone => event.count = self.items[item.parent].open,
            _ => {}
        }
        if let Some(log) = &mut self.log {
            event.item = get(&log.items_at, i);
            event.link = match what {
                What::RollingOut => get(&log.deployments_at, link),
                What::RepairStarted => get(&log.cases_at, link),
                _ => link,
            };
            log.push(event);
        }
    }

    #[cold]
    fn write_job(&mut self, what: What, i: u32, team: u32) {
        let item = &self.items[i];
        let mut event = Event {
            value: item.effort.iter().sum(),
            place: self.standing(i),
            team,
            word: match item.phase {
                Phase::Job(Job::Stage) => Word::Stage,
                Phase::Job(Job::Review) => Word::Review,
                Phase::Job(Job::Triage) => Word::Triage,
                _ => Word::Errand,
            },
            ..Event::new(self.now, what)
        };
        let task_of = match item.kind {
            Kind::ReleaseTask(d) => d,
            _ => NONE,
        };
        if let Some(log) = &mut self.log {
            event.item = get(&log.items_at, i);
            event.link = get(&log.deployments_at, task_of);
            log.push(event);
        }
    }

    #[cold]
    fn write_judged(&mut self, i: u32, found: u32, stopped: bool) {
        let (mut count, mut d) = (0, found);
        while d != NONE {
            count += 1;
            d = self.defects[d].next;
        }
        let (what, word) = match (stopped, count) {
            (false, _) => (What::GatePassed, Word::None),
            (true, 0) => (What::GateStopped, Word::NothingFound),
            (true, _) => (What::GateStopped, Word::Found),
        };
        let mut event = Event {
            place: self.places.gate(self.items[i].gate as usize) as u32,
            count,
            word,
            ..Event::new(self.now, what)
        };
        if let Some(log) = &mut self.log {
            event.item = get(&log.items_at, i);
            log.push(event);
        }
    }

    #[cold]
    fn write_prepared(&mut self, d: u32) {
        let (stream, strategy) = (
            self.deployments[d].stream,
            self.deployments[d].strategy as u32,
        );
        if let Some(log) = self.log.as_mut().filter(|log| !log.cut) {
            let before = log.deployments.iter().rev().find(|d| d.stream == stream);
            let number = 1 + before.map_or(0, |d| d.number);
            put(&mut log.deployments_at, d, log.deployments.len());
            log.deployments.push(Deployed {
                stream,
                number,
                strategy,
            });
        }
        self.write_deployment(What::Prepared, d);
    }

    #[cold]
    fn write_deployment(&mut self, what: What, d: u32) {
        let deployment = &self.deployments[d];
        let (mut count, mut change) = (0, deployment.changes);
        while change != NONE {
            count += 1;
            change = self.items[change].next;
        }
        let downtime = match what {
            What::RolloutBegan => self.model.strategies[deployment.strategy].downtime,
            _ => 0.0,
        };
        let place = self.places.release(deployment.stream as usize) as u32;
        if let Some(log) = &mut self.log {
            log.push(Event {
                value: downtime,
                place,
                link: get(&log.deployments_at, d),
                count,
                ..Event::new(self.now, what)
            });
        }
    }

    #[cold]
    fn write_showed(&mut self, what: What, incident: u32) {
        let inc = &self.incidents[incident];
        let stream = inc.stream;
        let defect = (inc.defect != NONE).then(|| &self.defects[inc.defect]);
        if let Some(log) = self.log.as_mut().filter(|log| !log.cut) {
            let before = log.cases.iter().rev().find(|c| c.stream == stream);
            let number = 1 + before.map_or(0, |c| c.number);
            let request = defect.and_then(|d| log.requests.get(&d.seq));
            put(&mut log.cases_at, incident, log.cases.len());
            log.cases.push(Case {
                stream,
                number,
                item: request.copied().unwrap_or(NONE),
                deployment: defect.map_or(NONE, |d| get(&log.deployments_at, d.deployment)),
                category: defect.map_or(NONE, |d| d.category as u32),
            });
        }
        self.write_incident(what, incident, Word::None, 0.0);
    }

    #[cold]
    fn write_incident(&mut self, what: What, incident: u32, word: Word, value: f64) {
        let inc = &self.incidents[incident];
        let (team, count) = match what {
            What::PeopleCalled => (inc.team as u32, inc.lent),
            What::Recovered if inc.lent > 0 => (inc.team as u32, inc.lent),
            _ => (NONE, 0),
        };
        let place = self.places.release(inc.stream as usize) as u32;
        if let Some(log) = &mut self.log {
            let link = get(&log.cases_at, incident);
            log.push(Event {
                value,
                item: log.cases.get(link as usize).map_or(NONE, |c| c.item),
                place,
                team,
                link,
                count,
                word,
                ..Event::new(self.now, what)
            });
        }
    }
}
