//! A part: a draw by name, a tally, a calendar.

use criterion::{Criterion, criterion_group, criterion_main};
use millrace_core::model::Calendar;
use millrace_core::random::{Distribution, Name, Purpose};
use millrace_core::stats::histogram::Tally;
use millrace_core::time::{HOUR, WEEK};
use std::hint::black_box;

fn draws(c: &mut Criterion) {
    let mut group = c.benchmark_group("draw");
    let root = Name::of_seed(1);
    for (what, distribution) in [
        ("exponential", Distribution::exponential(2.0)),
        ("lognormal", Distribution::lognormal_mean_cv(2.0, 0.8)),
    ] {
        let distribution = distribution.expect("the parameters are right");
        let mut n = 0;
        group.bench_function(what, |b| {
            b.iter(|| {
                n += 1;
                distribution.sample(&mut root.nth(n).draw_for(Purpose::Effort, 1))
            });
        });
    }
    group.finish();
}

fn tally(c: &mut Criterion) {
    let mut tally = Tally::default();
    let root = Name::of_seed(2);
    let values: Vec<f64> = (0..1024)
        .map(|i| 40.0 * root.nth(i).draw().exponential())
        .collect();
    c.bench_function("tally/thousand", |b| {
        b.iter(|| {
            values.iter().for_each(|&x| tally.add(x));
            tally.take()
        });
    });
}

fn calendar(c: &mut Criterion) {
    let office = Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 1.0);
    let mut now = 0;
    c.bench_function("calendar/end of a job", |b| {
        b.iter(|| {
            now = (now + 7 * HOUR) % (52 * WEEK);
            office.when(office.worked(black_box(now)) + 5 * HOUR)
        });
    });
}

criterion_group!(part, draws, tally, calendar);
criterion_main!(part);
