//! One replication that starts from work that is there and not from empty.

use super::Engine;
use super::events::Happening;
use super::replay::What;
use crate::model::{Arrivals, Begun, GateKind, Model, ReleasePolicy, Start, Window};
use crate::time::{Ticks, WEEK};

/// When the work that was there reached users.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Finished {
    /// Draw of the assumption ranges it was made under; none where the study has none.
    pub draw: Option<u64>,
    /// Times since the start, ascending; what is missing was not done in the time simulated.
    pub done: Vec<Ticks>,
    /// The run was cut off: it held more items, or took more steps, than it may.
    pub overflow: bool,
}

/// Make a model ready to forecast: nothing is counted that comes later, and if so said nothing comes.
#[must_use]
pub fn forecasting(mut model: Model, start: &Start) -> Model {
    let cap = start.at + model.window.cap - model.window.warm_up;
    model.window = Window {
        warm_up: cap,
        horizon: cap,
        cap,
    };
    if !start.new_requests {
        for source in &mut model.sources {
            source.arrivals = Arrivals::Poisson(0.0);
        }
    }
    model
}

/// The first one from now on of what comes at `at` and then every so often.
fn from_now(now: Ticks, at: Ticks, every: Ticks) -> Ticks {
    if at >= now {
        return at;
    }
    at + (now - at + every - 1) / every * every
}

impl Engine<'_> {
    /// Run one replication of a [`forecasting`] model from the work that is there, until all of it is with
    /// users. The same model, start and number always give the same bits.
    #[must_use]
    pub fn forecast(&mut self, replication: u64, start: &Start) -> Finished {
        self.reset(replication);
        self.now = start.at;
        for (load, team) in self.loads.iter_mut().zip(&self.model.teams) {
            *load = team.load.factors(0.0);
        }
        // Before anything comes that is new.
        for begun in &start.in_progress {
            for _ in 0..begun.count {
                self.plant(begun);
            }
        }
        for (source, count) in &start.backlog {
            for _ in 0..*count {
                let i = self.existing(*source);
                self.enter_stream(i);
            }
        }
        self.schedule_clockwork();
        self.skip_what_was();
        let mut done = self.run_until_done(start);
        let overflow = self.out.overflow;
        // What a replication would leave behind is about other items; this one leaves nothing to the next.
        drop(self.close());
        if overflow {
            done.clear();
        }
        Finished {
            draw: None,
            done,
            overflow,
        }
    }

    fn run_until_done(&mut self, start: &Start) -> Vec<Ticks> {
        let mut done = Vec::new();
        let mut left = self.cohort_left;
        self.settle();
        loop {
            // Nobody gives up what is there, so whatever leaves the cohort is with users.
            let now = (left - self.cohort_left) as usize;
            done.resize(done.len() + now, self.now - start.at);
            left = self.cohort_left;
            let (time, team) = self.next_event();
            if left == 0 || time >= self.model.window.cap || self.out.overflow {
                return done;
            }
            self.step(time, team);
        }
    }

    /// A request that is there already: estimated, and with no thought of giving up.
    fn existing(&mut self, source: usize) -> u32 {
        let mut item = self.drawn_request(source as u32);
        item.cohort = true;
        self.cohort_left += 1;
        self.streams[item.stream as usize].untouched += 1;
        self.change_wip(1);
        let i = self.add_item(item);
        self.note(What::Requested, i);
        i
    }

    /// Put an item where it is: limits hold for what comes after it.
    fn plant(&mut self, begun: &Begun) {
        let i = self.existing(begun.source);
        self.take_token(i);
        self.items[i].effort_share = begun.left;
        self.stand_in(i, begun.stage, begun.left > 0.0);
    }

    /// What goes by the clock and lies before the start comes when it comes next.
    fn skip_what_was(&mut self) {
        let (model, now) = (self.model, self.now);
        let (services, batches) = (&mut self.services, &mut self.batches);
        self.agenda.rewrite(|at, what| {
            if at >= now {
                return Some((at, what));
            }
            let at = match what {
                Happening::BoardCutOff(g) => match model.gates[g as usize].kind {
                    GateKind::Board { every, .. } => from_now(now, at, every),
                    _ => at,
                },
                Happening::TrainCutOff(s) => {
                    let release = model.streams[s as usize].release.as_ref();
                    match release.map(|r| &r.policy) {
                        Some(ReleasePolicy::Train { every, .. }) => {
                            let at = from_now(now, at, *every);
                            services[s as usize].next_cut_off = at;
                            at
                        }
                        _ => at,
                    }
                }
                Happening::Arrival(s) => match &model.sources[s as usize].arrivals {
                    Arrivals::Batches { every, .. } => from_now(now, at, *every),
                    Arrivals::Trace { times, round } => {
                        let n = times.len() as u64;
                        let time = |i: u64| (i / n) as Ticks * round + times[(i % n) as usize];
                        let next = (0..).find(|i| time(*i) >= now).unwrap_or(0);
                        batches[s as usize] = next;
                        time(next)
                    }
                    _ => at,
                },
                _ => at,
            };
            Some((at.max(now), what))
        });
        debug_assert!(now < WEEK, "the first week's end is still to come");
    }
}
