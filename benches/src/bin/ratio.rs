//! The engine's rate on the line of section 11, and on the standard organisation with everything on,
//! against the hand-written loops': all run in turn, the medians in two lines.
//!
//! `cargo run --release -p millrace-benches --bin ratio [ROUNDS]`

use millrace_benches::{line, studies, textbook};
use millrace_core::engine::Engine;
use millrace_core::time::hours;
use std::hint::black_box;
use std::time::Instant;

/// Events a second of what `work` does.
fn rate(work: impl FnOnce() -> u64) -> f64 {
    let start = Instant::now();
    let events = work();
    events as f64 / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let rounds: u64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(15);
    let model = studies::line();
    let (from, to) = (hours(model.window.warm_up), hours(model.window.horizon));
    let mut engine = Engine::new(&model);
    black_box(engine.run(u64::MAX));
    let standard = studies::standard();
    let mut organisation = Engine::new(&standard);
    black_box(organisation.run(u64::MAX));

    let rates: Vec<[f64; 4]> = (0..rounds)
        .map(|i| {
            [
                rate(|| black_box(engine.run(i)).events),
                rate(|| black_box(textbook::run(i, from, to)).events),
                rate(|| black_box(line::run(i, from, to)).events),
                rate(|| {
                    (0..20)
                        .map(|k| black_box(organisation.run(20 * i + k)).events)
                        .sum()
                }),
            ]
        })
        .collect();
    let of = |what: &dyn Fn(&[f64; 4]) -> f64| median(rates.iter().map(what).collect());
    println!(
        "M events/s: engine {:.2}, textbook loop {:.2}, loop for speed {:.2}; \
         ratio {:.3} of the textbook loop, {:.3} of the loop for speed (medians of {rounds})",
        of(&|r| r[0] / 1e6),
        of(&|r| r[1] / 1e6),
        of(&|r| r[2] / 1e6),
        of(&|r| r[0] / r[1]),
        of(&|r| r[0] / r[2]),
    );
    println!(
        "M events/s: standard organisation {:.2}; ratio {:.3} of the textbook loop on the line",
        of(&|r| r[3] / 1e6),
        of(&|r| r[3] / r[1]),
    );
}
