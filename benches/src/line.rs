//! The hand-written loop, for speed: six stages in a line, two servers each, and nothing but that.
//!
//! No items but the time each came, no names, no calendars, no accounting beyond three sums; the next
//! event is found by looking at seven times, exponentials come by ziggurat.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::Exp1;
use std::collections::VecDeque;

/// Stages.
pub const STAGES: usize = 6;
/// Servers a stage.
pub const SERVERS: usize = 2;
/// Requests an hour.
pub const ARRIVALS: f64 = 0.65;
/// Mean hours of a service.
pub const SERVICE: f64 = 2.0;
/// Share of completions at the fourth stage that go back to the second.
pub const RETURN: f64 = 0.15;

/// What a run of the loop leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Arrivals and completions, warm-up included.
    pub events: u64,
    /// Mean items in the line after the warm-up.
    pub wip: f64,
    /// Mean hours in the line of items that left after the warm-up.
    pub time: f64,
}

#[derive(Default)]
struct Stage {
    /// When each server is done: infinity if idle.
    done: [f64; SERVERS],
    /// When the item on each server came to the line.
    came: [f64; SERVERS],
    waiting: VecDeque<f64>,
}

impl Stage {
    fn idle() -> Self {
        Self {
            done: [f64::INFINITY; SERVERS],
            ..Self::default()
        }
    }

    fn next(&self) -> (f64, usize) {
        if self.done[1] < self.done[0] {
            (self.done[1], 1)
        } else {
            (self.done[0], 0)
        }
    }
}

/// Simulate so many hours, counting from `warm_up` on.
#[must_use]
pub fn run(seed: u64, warm_up: f64, horizon: f64) -> Outcome {
    let mut rng = SmallRng::seed_from_u64(seed);
    let mut stages: [Stage; STAGES] = std::array::from_fn(|_| Stage::idle());
    let mut next = [f64::INFINITY; STAGES];
    let mut arrival = rng.sample::<f64, _>(Exp1) / ARRIVALS;
    let mut last = warm_up;
    let (mut events, mut wip) = (0u64, 0u64);
    let (mut area, mut left, mut time) = (0.0, 0u64, 0.0);
    loop {
        let (mut at, mut now) = (STAGES, arrival);
        for (i, &t) in next.iter().enumerate() {
            if t < now {
                (at, now) = (i, t);
            }
        }
        if now >= horizon {
            area += wip as f64 * (horizon - last);
            break;
        }
        events += 1;
        let (came, to) = if at == STAGES {
            arrival = now + rng.sample::<f64, _>(Exp1) / ARRIVALS;
            if now > warm_up {
                area += wip as f64 * (now - last);
                last = now;
            }
            wip += 1;
            (now, 0)
        } else {
            let stage = &mut stages[at];
            let server = stage.next().1;
            let came = stage.came[server];
            stage.done[server] = match stage.waiting.pop_front() {
                Some(first) => {
                    stage.came[server] = first;
                    now + rng.sample::<f64, _>(Exp1) * SERVICE
                }
                None => f64::INFINITY,
            };
            next[at] = stage.next().0;
            let back = at == 3 && rng.random::<f64>() < RETURN;
            (came, if back { 1 } else { at + 1 })
        };
        if to == STAGES {
            if now > warm_up {
                area += wip as f64 * (now - last);
                last = now;
                left += 1;
                time += now - came;
            }
            wip -= 1;
            continue;
        }
        let stage = &mut stages[to];
        match stage.done.iter().position(|t| *t == f64::INFINITY) {
            Some(server) => {
                stage.came[server] = came;
                stage.done[server] = now + rng.sample::<f64, _>(Exp1) * SERVICE;
                next[to] = stage.next().0;
            }
            None => stage.waiting.push_back(came),
        }
    }
    Outcome {
        events,
        wip: area / (horizon - warm_up),
        time: time / left as f64,
    }
}

/// Exact mean time in the line: a Jackson network of queues with two servers, each holding
/// 2ρ/(1 − ρ²) items (Erlang).
#[must_use]
pub fn exact_time() -> f64 {
    let items = |rate: f64| {
        let load = rate * SERVICE / SERVERS as f64;
        2.0 * load / (1.0 - load * load)
    };
    let looped = ARRIVALS / (1.0 - RETURN);
    3.0 * (items(ARRIVALS) + items(looped)) / ARRIVALS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{studies, textbook};
    use millrace_core::experiment::{Cancel, run as replicate};
    use millrace_core::time::hours;

    /// Mean and squared standard error.
    fn of(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        (mean, squares / (n - 1.0) / n)
    }

    fn agree(what: &str, a: (f64, f64), b: (f64, f64)) {
        let z = (a.0 - b.0) / (a.1 + b.1).sqrt();
        assert!(
            z.abs() <= 4.0,
            "{what}: {} against {}: z = {z:+.2}",
            a.0,
            b.0
        );
    }

    #[test]
    fn loops_engine_and_theory_give_the_same_line() {
        let model = studies::line_of_weeks(300);
        let runs = replicate(&model, 0, 16, &Cancel::default());
        let (from, to) = (hours(model.window.warm_up), hours(model.window.horizon));
        let loops: Vec<Outcome> = (0..16).map(|seed| run(seed, from, to)).collect();

        let engine_time: Vec<f64> = runs
            .iter()
            .map(|r| r.lead_time.sum / r.lead_time.n)
            .collect();
        let loop_time: Vec<f64> = loops.iter().map(|o| o.time).collect();
        agree("mean time", of(&loop_time), of(&engine_time));
        agree("mean time of the loop", of(&loop_time), (exact_time(), 0.0));
        let textbook_time: Vec<f64> = (0..16).map(|s| textbook::run(s, from, to).time).collect();
        agree(
            "mean time by textbook",
            of(&textbook_time),
            (exact_time(), 0.0),
        );

        let engine_wip: Vec<f64> = runs.iter().map(|r| r.wip_hours / r.window_hours).collect();
        let loop_wip: Vec<f64> = loops.iter().map(|o| o.wip).collect();
        agree("items in the line", of(&loop_wip), of(&engine_wip));

        let engine_events: Vec<f64> = runs.iter().map(|r| r.events as f64).collect();
        let loop_events: Vec<f64> = loops.iter().map(|o| o.events as f64).collect();
        agree("events", of(&loop_events), of(&engine_events));
    }
}
