//! Intervals and verdicts over a thousand studies of the engine itself: how often they hold the truth.

use millrace_core::engine::Replication;
use millrace_core::experiment::compare::{at_last_look, difference};
use millrace_core::experiment::{Cancel, Metric, Statistic, find_warm_up, run};
use millrace_core::model::Model;
use millrace_core::stats::Estimate;
use millrace_core::time::WEEK;
use millrace_tests::plain::{exponential, poisson, read, single, stage, stream, team, variant};
use rayon::prelude::*;

const MEAN: Metric = Metric::LeadTime(Statistic::Mean);
const P85: Metric = Metric::LeadTime(Statistic::Percentile(0.85));
const P95: Metric = Metric::LeadTime(Statistic::Percentile(0.95));

/// A week counted after a week of warm-up, seven relaxation times or more of the stations used here: a
/// thousand studies in seconds.
fn short(parts: &[String]) -> String {
    format!(
        "format = 1\nname = \"short\"\nseed = 41\n[run]\nweeks = 1\nwarm_up = \"1 week\"\n\
         [handoffs]\ndelay = \"0 hours\"\nsender_effort = \"0 hours\"\nreceiver_effort = \"0 hours\"\n\
         lost_information = 0\n{}",
        parts.concat()
    )
}

fn what_if(id: &str, changes: &str) -> String {
    format!("[[what_ifs]]\nid = \"{id}\"\nname = \"{id}\"\nchanges = [{changes}]\n")
}

/// The baseline and all what-ifs.
fn models(text: &str) -> Vec<Model> {
    let scenario = read(text);
    let ids = std::iter::once(None).chain(scenario.what_ifs.iter().map(|w| Some(w.id.as_str())));
    ids.map(|id| variant(&scenario, id).model(None)).collect()
}

/// Study `s` of as many: its own replications of every variant, the same luck for all.
fn study(models: &[Model], s: u64, replications: u64) -> Vec<Vec<Replication>> {
    let (from, to) = (s * replications, (s + 1) * replications);
    models
        .iter()
        .map(|m| run(m, from, to, &Cancel::default()))
        .collect()
}

/// M/M/1 at load 0.5, and with its work a tenth quicker: time in system is exponential with rate μ − λ
/// (Kleinrock, Queueing Systems I, 1975).
struct Single {
    models: Vec<Model>,
    /// Mean times in system, before and after.
    stay: [f64; 2],
}

impl Single {
    fn of_weeks(weeks: u32) -> Self {
        let (arrivals, rates) = (0.25, [0.5, 0.5 / 0.9]);
        let quicker = what_if(
            "quicker",
            "{ scale = \"streams.s.stages.a.effort\", by = 0.9 }",
        );
        let mut parts = single(arrivals, 1, &exponential(1.0 / rates[0]));
        parts.push(quicker);
        let text = short(&parts).replace("weeks = 1\n", &format!("weeks = {weeks}\n"));
        Self {
            models: models(&text),
            stay: rates.map(|rate| 1.0 / (rate - arrivals)),
        }
    }

    /// In how many of a thousand studies the 95% intervals of a figure, and of its change, hold what the
    /// figure is of an exponential time with mean 1, times the mean.
    fn covered(&self, metric: Metric, replications: u64, unit: f64) -> [usize; 2] {
        let truth = self.stay.map(|stay| stay * unit);
        let held: Vec<[bool; 2]> = (0..1000)
            .into_par_iter()
            .map(|s| {
                let all = study(&self.models, s, replications);
                let change = difference(metric, &all[0], &all[1]).unwrap().estimate;
                let holds = |e: Estimate, truth: f64| e.low <= truth && truth <= e.high;
                [
                    holds(metric.estimate(&all[0], 0.95).unwrap(), truth[0]),
                    holds(change, truth[1] - truth[0]),
                ]
            })
            .collect();
        [0, 1].map(|i| held.iter().filter(|h| h[i]).count())
    }
}

#[track_caller]
fn nineteen_of_twenty(what: &str, [value, change]: [usize; 2]) {
    println!("{what}: {value}, its change: {change} of 1000");
    for (what, n) in [
        (what.to_owned(), value),
        (format!("{what}'s change"), change),
    ] {
        assert!(
            (930..=970).contains(&n),
            "95% intervals of {what} hold the truth in {n} of 1000 studies, {:+.1} standard errors from 950",
            (n as f64 - 950.0) / 6.9
        );
    }
}

#[test]
fn intervals_of_a_mean_and_of_its_change_cover_at_100_replications() {
    // About 250 items each, as in a year of one team.
    let covered = Single::of_weeks(6).covered(MEAN, 100, 1.0);
    nineteen_of_twenty("the mean", covered);
}

#[test]
fn intervals_of_p95_and_of_its_change_cover_at_400_replications() {
    let covered = Single::of_weeks(1).covered(P95, 400, f64::ln(20.0));
    nineteen_of_twenty("p95", covered);
}

/// Three unequal stations in a row. Their order changes every path, and no distribution of stays: each is
/// an M/M/1 with Poisson arrivals, and stays in a row are independent (Burke, Operations Research 4, 1956;
/// Reich, Annals of Mathematical Statistics 28, 1957).
fn line() -> Vec<Model> {
    let mean = |id: &str| match id {
        "a" => 1.0,
        "b" => 1.5,
        _ => 2.0,
    };
    let set = |place: &str, id: &str| {
        format!(
            "{{ set = \"streams.s.stages.{place}.effort\", to = {} }}",
            exponential(mean(id))
        )
    };
    let order = |name: &str, ids: [&str; 3]| {
        let sets: Vec<String> = ["a", "b", "c"]
            .iter()
            .zip(ids)
            .map(|(place, id)| set(place, id))
            .collect();
        what_if(name, &sets.join(", "))
    };
    let mut parts = vec![stream("s", "a", ""), poisson(0.25)];
    parts.extend(["a", "b", "c"].map(|id| stage(id, id, &exponential(mean(id)))));
    parts.extend(["a", "b", "c"].map(|id| team(id, 1)));
    parts.push(order("turned", ["c", "a", "b"]));
    parts.push(order("reversed", ["c", "b", "a"]));
    parts.push(order("swapped", ["b", "a", "c"]));
    models(&short(&parts))
}

#[test]
fn where_nothing_differs_looking_often_at_many_finds_a_difference_one_time_in_twenty_at_most() {
    let models = line();
    let studies = 250;
    let found: Vec<[bool; 2]> = (0..studies)
        .into_par_iter()
        .map(|s| {
            let all = study(&models, s, 128);
            let (base, others) = (&all[0], &all[1..]);
            assert!(others.iter().all(|o| o != base), "an order changes no path");
            let any = |told: &dyn Fn(Metric, &[Replication], usize) -> bool| {
                [32, 64, 128].iter().any(|&n| {
                    others
                        .iter()
                        .any(|o| [P85, Metric::Wip].iter().any(|m| told(*m, o, n)))
                })
            };
            let judged = any(&|m, o, n| {
                let (look, _, d) = at_last_look(m, &base[..n], &o[..n], others.len()).unwrap();
                assert_eq!(look, n);
                d.is_not_zero()
            });
            let naive = any(&|m, o, n| {
                let d = difference(m, &base[..n], &o[..n]).unwrap();
                d.estimate.is_not_zero()
            });
            [judged, naive]
        })
        .collect();
    let count = |i: usize| found.iter().filter(|f| f[i]).count();
    println!("{} and {} of {studies}", count(0), count(1));
    // 5% of 250 is 12.5; 3.4 is its standard deviation, and one-sided 99% ends at 20.
    assert!(
        count(0) <= 20,
        "{} of {studies} studies find a difference where none is",
        count(0)
    );
    assert!(
        count(1) > 20,
        "plain 95% intervals would be wrong in only {} of {studies}: nothing is tested",
        count(1)
    );
}

/// A week counted at a time and again, so that pilots are had by their seed.
fn pilots(load: f64, hours: f64) -> Vec<f64> {
    (0..16)
        .into_par_iter()
        .map(|seed| {
            let parts = single(load / hours, 1, &exponential(hours));
            let text = short(&parts).replace("seed = 41", &format!("seed = {seed}"));
            let model = read(&text).baseline.model(None);
            find_warm_up(&[&model], &Cancel::default()).ticks as f64 / WEEK as f64
        })
        .collect()
}

#[test]
fn a_quiet_line_needs_a_few_weeks_and_a_busy_one_what_it_takes() {
    let mut quiet = pilots(0.5, 8.0);
    quiet.sort_unstable_by(f64::total_cmp);
    assert!(quiet[8] <= 4.0 && quiet[14] <= 12.0, "{quiet:?}");
    // At load 0.95 the start is over when it moves a year's mean by less than a thousand years' interval.
    let busy = pilots(0.95, 1.0);
    let text = short(&single(0.95, 1, &exponential(1.0))).replace(
        "weeks = 1\nwarm_up = \"1 week\"",
        "weeks = 52\nwarm_up = \"100 weeks\"",
    );
    let model = read(&text).baseline.model(None);
    let runs = run(&model, 0, 400, &Cancel::default());
    let mean = |r: &Replication, from: usize| {
        r.weekly_wip[from..from + 52]
            .iter()
            .map(|w| f64::from(*w))
            .sum::<f64>()
            / 52.0
    };
    let settled = Metric::Wip.estimate(&runs, 0.95).unwrap();
    assert!(
        settled.low <= 19.0 && 19.0 <= settled.high,
        "work in progress of a settled M/M/1 at 0.95 is 19, not {settled:?}"
    );
    let thousand = settled.half_width() * f64::sqrt(400.0 / 1000.0);
    let left: Vec<f64> = busy
        .iter()
        .map(|&w| {
            let from = w as usize;
            // Weeks are kept of the first years only.
            let kept = runs.iter().filter(|r| !r.weekly_wip.is_empty());
            let off: Vec<f64> = kept.map(|r| mean(r, from) - mean(r, 100)).collect();
            -off.iter().sum::<f64>() / off.len() as f64
        })
        .collect();
    let average = left.iter().sum::<f64>() / left.len() as f64;
    assert!(
        average < thousand,
        "after warm-ups of {busy:?} weeks the mean is {average:.2} low, and a thousand years tell {thousand:.2}"
    );
}
