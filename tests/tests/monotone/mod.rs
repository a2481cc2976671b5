//! Which way each mechanism surely goes, under the same luck: in every replication where each path shows it,
//! and otherwise on average, by more than luck could.

mod flow;
mod production;
mod release;
mod teams;

use millrace_core::engine::Replication;
use millrace_tests::case::MOST_Z;
use millrace_tests::plain::{plain, simulate};

/// Two studies, of which the second has more of something.
struct Way {
    /// What is true.
    name: &'static str,
    less: Vec<String>,
    more: Vec<String>,
    /// What there is more of.
    of: fn(&Replication) -> f64,
    /// In every replication, and not only on average.
    always: bool,
}

impl Way {
    fn figures(&self, parts: &[String]) -> Vec<f64> {
        let text = plain(80, 12, parts);
        simulate(&text, 24).1.iter().map(self.of).collect()
    }

    fn check(&self) -> Result<(), String> {
        let (less, more) = (self.figures(&self.less), self.figures(&self.more));
        let differences: Vec<f64> = more.iter().zip(&less).map(|(m, l)| m - l).collect();
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares: f64 = differences.iter().map(|d| (d - mean) * (d - mean)).sum();
        let se = (squares / (n - 1.0) / n).sqrt();
        // Times are rounded up to a microsecond.
        let against = differences.iter().position(|d| *d < -1e-3);
        match against {
            Some(r) if self.always => Err(format!(
                "{}: not in replication {r}, {:.4} after {:.4}",
                self.name, more[r], less[r]
            )),
            _ if mean > MOST_Z * se => Ok(()),
            _ => Err(format!(
                "{}: the difference should surely be above 0, and is {mean:+.4} with a standard error of {se:.4}",
                self.name
            )),
        }
    }
}

#[track_caller]
fn check(ways: &[Way]) {
    let wrong: Vec<String> = ways.iter().filter_map(|w| w.check().err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn always(
    name: &'static str,
    less: Vec<String>,
    more: Vec<String>,
    of: fn(&Replication) -> f64,
) -> Way {
    Way {
        name,
        less,
        more,
        of,
        always: true,
    }
}

fn on_average(
    name: &'static str,
    less: Vec<String>,
    more: Vec<String>,
    of: fn(&Replication) -> f64,
) -> Way {
    Way {
        always: false,
        ..always(name, less, more, of)
    }
}

/// Hours from request to production of all requests together.
fn lead(r: &Replication) -> f64 {
    r.lead_time.sum
}
