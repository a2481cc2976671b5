//! Memory is asked for before a run and after it, and not for what happens in between.

use millrace_core::engine::Engine;
use millrace_core::scenario::Scenario;
use millrace_core::time::WEEK;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

const STANDARD: &str = include_str!("../../scenarios/standard-organisation.toml");
/// Replications whose weeks are not kept.
const UNRECORDED: u64 = 100_000;
/// A longer run has longer queues now and then and leaves more behind, in a few vectors that grow by
/// doubling: so many events a block at least.
const EVENTS_A_BLOCK: u64 = 1000;

/// Blocks asked for in a replication of so many weeks, and its events, once an engine knows the like.
fn blocks(weeks: u32) -> (u64, u64) {
    let text = STANDARD.replace("weeks = 52", &format!("weeks = {weeks}"));
    let study = Scenario::read(&text).expect("the shipped study with another length");
    let model = study.baseline.model(None);
    let window = model.window;
    assert_eq!(window.horizon - window.warm_up, i64::from(weeks) * WEEK);
    let mut engine = Engine::new(&model);
    for replication in 0..3 {
        let _ = engine.run(UNRECORDED + replication);
    }
    let before = dhat::HeapStats::get().total_blocks;
    let run = engine.run(UNRECORDED + 3);
    (dhat::HeapStats::get().total_blocks - before, run.events)
}

#[test]
fn the_loop_of_events_asks_for_no_memory() {
    let _profiler = dhat::Profiler::builder().testing().build();
    let (short, few) = blocks(26);
    let (long, many) = blocks(260);
    assert!(many > few + 200_000, "{few} and {many} events");
    assert!(
        (long - short) * EVENTS_A_BLOCK < many - few,
        "{short} blocks for {few} events, {long} for {many}"
    );
}
