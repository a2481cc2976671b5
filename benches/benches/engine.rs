//! The engine on the line of section 11, next to the hand-written loops. How they compare is better read
//! from `--bin ratio`, which runs them in turn.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use millrace_benches::{line, studies, textbook};
use millrace_core::engine::Engine;
use millrace_core::time::hours;

fn line_by_all(c: &mut Criterion) {
    let model = studies::line_of_weeks(100);
    let (from, to) = (hours(model.window.warm_up), hours(model.window.horizon));
    let mut engine = Engine::new(&model);
    let mut group = c.benchmark_group("line");
    group.throughput(Throughput::Elements(line::run(0, from, to).events));
    group.bench_function("loop", |b| b.iter(|| line::run(0, from, to)));
    group.throughput(Throughput::Elements(textbook::run(0, from, to).events));
    group.bench_function("textbook loop", |b| b.iter(|| textbook::run(0, from, to)));
    group.throughput(Throughput::Elements(engine.run(0).events));
    group.bench_function("engine", |b| b.iter(|| engine.run(0)));
    group.finish();
}

criterion_group!(benches, line_by_all);
criterion_main!(benches);
