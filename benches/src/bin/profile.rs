//! Nothing but the engine, for a profiler: `cargo build --release -p millrace-benches --bin profile`, then
//! `perf record target/release/profile line|standard|siloed [REPLICATIONS]`.

use millrace_benches::studies;
use millrace_core::engine::Engine;
use std::hint::black_box;

fn main() {
    let mut args = std::env::args().skip(1);
    let study = args.next().unwrap_or_default();
    let model = match study.as_str() {
        "line" => studies::line(),
        "standard" => studies::standard(),
        "siloed" => studies::siloed(3.0),
        other => panic!("expected line, standard or siloed, not `{other}`"),
    };
    let replications = args.next().and_then(|n| n.parse().ok()).unwrap_or(20);
    let mut engine = Engine::new(&model);
    let events: u64 = (0..replications)
        .map(|r| black_box(engine.run(r)).events)
        .sum();
    println!("{events} events");
}
