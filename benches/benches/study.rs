//! A whole study: the siloed organisation, in replications; on one core and two; with more to do.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use millrace_benches::studies;
use millrace_core::engine::Engine;
use millrace_core::experiment::{Cancel, run};

const REPLICATIONS: u64 = 32;

fn cores(c: &mut Criterion) {
    let model = studies::siloed(3.0);
    let mut group = c.benchmark_group("siloed/replications by threads");
    group.sample_size(20);
    group.throughput(Throughput::Elements(REPLICATIONS));
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be made");
        group.bench_function(BenchmarkId::from_parameter(threads), |b| {
            b.iter(|| pool.install(|| run(&model, 0, REPLICATIONS, &Cancel::default())));
        });
    }
    group.finish();
}

/// Below its capacity, so that what grows is the number of items and not the queue.
fn demand(c: &mut Criterion) {
    let mut group = c.benchmark_group("siloed/items by changes a week");
    group.sample_size(20);
    for per_week in [0.5, 1.0, 2.0, 3.0] {
        let model = studies::siloed(per_week);
        let mut engine = Engine::new(&model);
        let items: f64 = (0..REPLICATIONS).map(|r| engine.run(r).delivered).sum();
        group.throughput(Throughput::Elements(items as u64));
        group.bench_function(BenchmarkId::from_parameter(per_week), |b| {
            b.iter(|| (0..REPLICATIONS).map(|r| engine.run(r).events).sum::<u64>());
        });
    }
    group.finish();
}

criterion_group!(study, cores, demand);
criterion_main!(study);
