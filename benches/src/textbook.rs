//! The same line the way textbooks write it: one heap of future events, exponentials by the logarithm of
//! a uniform. It is the loop whose rate section 11 of the design names; [`crate::line`] is what the same
//! line takes when it is written for speed.

use crate::line::{ARRIVALS, Outcome, RETURN, SERVERS, SERVICE, STAGES};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// An item that came to the line at `came` is done at a stage; an arrival if the stage is `STAGES`.
#[derive(PartialEq)]
struct Event {
    at: f64,
    stage: usize,
    came: f64,
}

impl Eq for Event {}

impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.total_cmp(&self.at)
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Default)]
struct Stage {
    busy: usize,
    waiting: VecDeque<f64>,
}

struct Line {
    rng: SmallRng,
    future: BinaryHeap<Event>,
    stages: [Stage; STAGES],
}

impl Line {
    fn after(&mut self, now: f64, mean: f64, stage: usize, came: f64) {
        let at = now - mean * (1.0 - self.rng.random::<f64>()).ln();
        self.future.push(Event { at, stage, came });
    }

    fn enter(&mut self, now: f64, stage: usize, came: f64) {
        if self.stages[stage].busy < SERVERS {
            self.stages[stage].busy += 1;
            self.after(now, SERVICE, stage, came);
        } else {
            self.stages[stage].waiting.push_back(came);
        }
    }

    fn leave(&mut self, now: f64, stage: usize) {
        match self.stages[stage].waiting.pop_front() {
            Some(next) => self.after(now, SERVICE, stage, next),
            None => self.stages[stage].busy -= 1,
        }
    }
}

/// Simulate so many hours, counting from `warm_up` on.
#[must_use]
pub fn run(seed: u64, warm_up: f64, horizon: f64) -> Outcome {
    let mut line = Line {
        rng: SmallRng::seed_from_u64(seed),
        future: BinaryHeap::new(),
        stages: Default::default(),
    };
    let (mut events, mut wip, mut last) = (0u64, 0u64, warm_up);
    let (mut area, mut left, mut time) = (0.0, 0u64, 0.0);
    line.after(0.0, 1.0 / ARRIVALS, STAGES, 0.0);
    while let Some(Event { at, stage, came }) = line.future.pop() {
        let now = at.min(horizon);
        if now > warm_up {
            area += wip as f64 * (now - last);
            last = now;
        }
        if at >= horizon {
            break;
        }
        events += 1;
        if stage == STAGES {
            wip += 1;
            line.enter(now, 0, now);
            line.after(now, 1.0 / ARRIVALS, STAGES, 0.0);
            continue;
        }
        line.leave(now, stage);
        if stage == 3 && line.rng.random::<f64>() < RETURN {
            line.enter(now, 1, came);
        } else if stage + 1 < STAGES {
            line.enter(now, stage + 1, came);
        } else {
            wip -= 1;
            if now > warm_up {
                left += 1;
                time += now - came;
            }
        }
    }
    Outcome {
        events,
        wip: area / (horizon - warm_up),
        time: time / left as f64,
    }
}
