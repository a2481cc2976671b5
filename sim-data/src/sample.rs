//! Records that no one wrote: the shape of a real board's export, from a stated law, the same for the same
//! seed. Tests run on them, and the app ships them as its example.

use std::fmt::Write as _;

use crate::fit::{Law, Lognormal};
use crate::records::day::Day;

/// The stages of the sample, from first to done.
pub const STAGES: [&str; 6] = [
    "Backlog",
    "In Analysis",
    "Ready for Development",
    "In Development",
    "In Sign Off",
    "Done",
];

/// Median and sigma of the days in each stage but the last.
pub const LAWS: [(f64, f64); 5] = [(9.0, 1.2), (2.0, 0.9), (3.3, 1.3), (3.8, 1.0), (1.2, 0.8)];

/// A stage-date table of n tickets: lognormal times in stage ([`LAWS`]), tickets arriving one by one at about
/// five a week, a sixth of the visits to analysis and sign-off skipped, and the last tickets still open,
/// because the export was taken on the day on which the last ticket arrived.
pub fn sample_stage_dates(seed: u64, n: usize) -> String {
    let mut random = SplitMix(seed);
    let start = Day::new(2024, 1, 1).expect("a date of the calendar");
    let mut arrival = 0.0;
    let tickets: Vec<[Option<f64>; 6]> = (0..n)
        .map(|_| {
            arrival -= (7.0 / 5.0) * libm::log(random.uniform());
            entered(arrival, &mut random)
        })
        .collect();
    let mut table = format!("ID,{},Type\n", STAGES.join(","));
    for (i, dates) in tickets.iter().enumerate() {
        write!(table, "SAMPLE-{}", i + 1).expect("memory takes every write");
        for date in dates {
            let shown = date
                .filter(|&at| at <= arrival)
                .map(|at| start.plus(at as i32).to_string());
            write!(table, ",{}", shown.unwrap_or_default()).expect("memory takes every write");
        }
        let kind = ["Story", "Story", "Story", "Task", "Task", "Bug"][random.below(6)];
        writeln!(table, ",{kind}").expect("memory takes every write");
    }
    table
}

/// The stages of the sample board of [`sample_board`].
pub const BOARD: [&str; 6] = [
    "Backlog",
    "Ready for Development",
    "In Development",
    "Ready for Test",
    "In Test",
    "Done",
];

/// Who works on the sample board, and the median and sigma of the days that a ticket takes one of them.
pub const CREWS: [(usize, f64, f64); 2] = [(4, 3.0, 0.9), (2, 1.2, 0.8)];

/// A stage-date table of n tickets from a board on which waiting has a cause: four tickets a week arrive one by
/// one, and each waits until one of the [`CREWS`]' people is free, first come, first served. People work on
/// every day, and the export is taken on the day on which the last ticket arrived.
pub fn sample_board(seed: u64, n: usize) -> String {
    let mut random = SplitMix(seed);
    let start = Day::new(2024, 1, 1).expect("a date of the calendar");
    let mut arrived = 0.0;
    let mut tickets: Vec<[f64; 6]> = (0..n)
        .map(|_| {
            arrived -= (7.0 / 4.0) * libm::log(random.uniform());
            let wished = arrived + 30.0 * libm::log(random.uniform());
            [wished, arrived, 0.0, 0.0, 0.0, 0.0]
        })
        .collect();
    for ((people, median, sigma), queue) in CREWS.into_iter().zip([1, 3]) {
        let law = Law::Lognormal(Lognormal {
            mu: libm::log(median),
            sigma,
        });
        let mut free = vec![0.0f64; people];
        tickets.sort_by(|a, b| a[queue].total_cmp(&b[queue]));
        for ticket in &mut tickets {
            free.sort_by(f64::total_cmp);
            ticket[queue + 1] = ticket[queue].max(free[0]);
            ticket[queue + 2] = ticket[queue + 1] + law.quantile(random.uniform());
            free[0] = ticket[queue + 2];
        }
    }
    let mut table = format!("ID,{}\n", BOARD.join(","));
    for (i, dates) in tickets.iter().enumerate() {
        write!(table, "SAMPLE-{}", i + 1).expect("memory takes every write");
        for &at in dates {
            let shown = (at <= arrived).then(|| start.plus(libm::floor(at) as i32).to_string());
            write!(table, ",{}", shown.unwrap_or_default()).expect("memory takes every write");
        }
        table.push('\n');
    }
    table
}

/// When a ticket enters each stage, in days; none where it skips one.
fn entered(arrival: f64, random: &mut SplitMix) -> [Option<f64>; 6] {
    let mut dates = [None; 6];
    let mut now = arrival;
    for (stage, date) in dates.iter_mut().enumerate() {
        let skips = matches!(stage, 1 | 4) && random.below(6) == 0;
        if skips {
            continue;
        }
        *date = Some(now);
        if let Some(&(median, sigma)) = LAWS.get(stage) {
            now += Law::Lognormal(Lognormal {
                mu: libm::log(median),
                sigma,
            })
            .quantile(random.uniform());
        }
    }
    dates
}

/// SplitMix64 (Steele, Lea and Flood 2014): enough for records, and nothing to depend on.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In the open interval (0, 1).
    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn below(&mut self, n: u64) -> usize {
        (self.next() % n) as usize
    }
}
