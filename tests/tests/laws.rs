//! What holds in every run, whatever the study: conservation, accounting, the same bits on any number of
//! threads.

use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, Metric, Statistic, Verdict, compare, run, summarise};
use millrace_core::model::{Model, Places};
use millrace_core::scenario::{Change, Scenario, Variant};
use millrace_core::stats::Influence;
use millrace_core::time::WEEK;
use millrace_tests::mixed::{limited, pulled};
use millrace_tests::plain::{
    exponential, plain, poisson, poisson_with, read, simulate, single, stage, stream, team, variant,
};

const SHIPPED: &str = include_str!("../../scenarios/siloed-to-integrated.toml");

/// The shipped study, baseline and what-ifs, counting from half a year on.
fn shipped() -> Vec<(String, Model)> {
    let scenario = read(SHIPPED);
    let ids = std::iter::once(None).chain(scenario.what_ifs.iter().map(|w| Some(w.id.as_str())));
    ids.map(|id| {
        (
            id.unwrap_or("baseline").into(),
            variant(&scenario, id).model(Some(26 * WEEK)),
        )
    })
    .collect()
}

/// Studies that between them use every mechanism of flow: limits, returns, branches, classes, calendars,
/// shared attention, tickets, boards, trains, overload.
fn others() -> Vec<(String, Model)> {
    [
        ("limited", limited()),
        ("pulled", pulled()),
        ("overloaded", single(1.3, 1, &exponential(1.0))),
    ]
    .into_iter()
    .map(|(name, parts)| {
        (
            name.into(),
            read(&plain(5, 20, &parts)).baseline.model(None),
        )
    })
    .collect()
}

#[test]
fn hours_delivered_week_by_week_are_the_work_in_progress_but_for_what_is_still_there() {
    let text = plain(5, 20, &single(0.7, 1, &exponential(1.0)));
    let mut model = read(&text).baseline.model(None);
    model.window.warm_up = 0;
    for r in run(&model, 0, 24, &Cancel::default()) {
        let sum = |series: &[f32]| series.iter().map(|x| f64::from(*x)).sum::<f64>();
        let (delivered, inside) = (sum(&r.weekly.lead_hours), 168.0 * sum(&r.weekly_wip));
        let left = sum(&r.weekly.arrived) - sum(&r.weekly.delivered);
        assert!(
            delivered <= inside * (1.0 + 1e-5),
            "{delivered} of {inside} hours"
        );
        assert!(
            delivered > 0.95 * inside,
            "{delivered} of {inside} hours, though only {left} items are left"
        );
    }
}

#[test]
fn the_number_in_the_system_is_arrivals_times_stay_to_the_tick() {
    for (name, model) in shipped().iter().chain(&others()) {
        for (i, r) in run(model, 0, 24, &Cancel::default()).iter().enumerate() {
            assert_eq!(
                r.wip_ticks, r.stay_ticks,
                "{name}, replication {i}: Little's law"
            );
            assert!(r.wip_ticks > 0, "{name}, replication {i}: nothing happened");
        }
    }
}

#[test]
fn the_parts_of_lead_time_add_up_to_it_and_so_do_the_places() {
    for (name, model) in shipped().iter().chain(&others()) {
        let mut seen = 0;
        for (i, r) in run(model, 0, 24, &Cancel::default())
            .iter()
            .enumerate()
            .filter(|(_, r)| r.leftovers == 0.0)
        {
            let near = |got: f64| (got / r.lead_time.sum - 1.0).abs() < 1e-9;
            let parts: f64 = r.parts.iter().sum();
            let places: f64 = r.places.iter().map(|p| p.0).sum();
            assert!(
                near(parts),
                "{name}, replication {i}: parts {parts} of {}",
                r.lead_time.sum
            );
            assert!(
                near(places),
                "{name}, replication {i}: places {places} of {}",
                r.lead_time.sum
            );
            assert!(
                r.parts.iter().all(|p| *p >= 0.0),
                "{name}, replication {i}: {:?}",
                r.parts
            );
            assert!(
                r.places.iter().all(|p| p.1 <= p.0 + 1e-9 && p.1 >= -1e-9),
                "{name}, replication {i}"
            );
            seen += 1;
        }
        assert!(
            seen > 0 || name == "overloaded",
            "{name}: every replication has leftovers"
        );
    }
}

#[test]
fn nobody_is_busier_than_there_is_time() {
    for (name, model) in shipped().iter().chain(&others()) {
        for r in run(model, 0, 24, &Cancel::default()) {
            for (team, [busy, there, ..]) in model.teams.iter().zip(&r.teams) {
                // On call outside hours, people can be lent at any time, but a calendar only counts its own.
                assert!(
                    *busy <= there + 1e-6,
                    "{name}, {}: {busy} of {there} hours",
                    team.id
                );
            }
        }
    }
}

/// Everything a reader could see of a variant: its replications and their summary.
fn bits(model: &Model, replications: u64) -> String {
    let runs = run(model, 0, replications, &Cancel::default());
    let summary = summarise("x", "X", model, &runs);
    format!(
        "{}\n{:?}\n{runs:?}",
        serde_json::to_string(&summary).unwrap(),
        summary.warnings()
    )
}

#[test]
fn the_same_study_gives_the_same_bits_on_any_number_of_threads() {
    let on = |threads: usize, model: &Model| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| bits(model, 24))
    };
    for (name, model) in shipped().iter().take(2).chain(&others()) {
        let one = on(1, model);
        for threads in [2, 5] {
            assert!(
                one == on(threads, model),
                "{name}: {threads} threads differ from 1"
            );
        }
    }
}

#[test]
fn replications_made_in_parts_are_those_made_at_once() {
    let (_, model) = &shipped()[0];
    let whole = run(model, 0, 12, &Cancel::default());
    let mut parts = run(model, 0, 5, &Cancel::default());
    parts.extend(run(model, 5, 12, &Cancel::default()));
    assert_eq!(whole, parts);
}

/// Three stages of three teams, so large that nobody waits: what is left is what was drawn.
fn drawn(stages: &[&str]) -> Vec<Replication> {
    let mut parts = vec![
        stream("s", "a", ""),
        poisson_with(0.5, "size = { dist = \"lognormal\", mean = 1, cv = 1 }"),
    ];
    parts.extend(stages.iter().map(|s| stage(s, "t", &exponential(3.0))));
    parts.push(team("t", 1000));
    simulate(&plain(9, 20, &parts), 8).1
}

#[test]
fn a_new_stage_leaves_the_draws_of_all_others_alone() {
    let (two, three) = (drawn(&["a", "b"]), drawn(&["new", "a", "b"]));
    for (x, y) in two.iter().zip(&three) {
        assert_eq!(x.finished, y.finished, "arrivals moved");
        // Places: stages in order. Nobody waits, so their hours are the drawn efforts, of the same items,
        // each rounded up to a microsecond and added in the order in which they finish.
        let same = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
        assert!(same(x.places[0].0, y.places[1].0), "efforts of `a` moved");
        assert!(same(x.places[1].0, y.places[2].0), "efforts of `b` moved");
    }
}

#[test]
fn a_what_if_downstream_leaves_what_comes_before_it_alone() {
    let study = |effort: &str| {
        let parts = [
            stream("s", "a", ""),
            poisson(0.8),
            stage("a", "t", &exponential(1.0)),
            stage("b", "u", effort),
            team("t", 1),
            team("u", 1),
        ];
        let (model, runs) = simulate(&plain(10, 20, &parts), 8);
        let at = Places::of(&model).stage(0);
        runs.iter()
            .map(|r| r.places[at].0.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(study(&exponential(1.0)), study("\"10 minutes\""));
}

/// Times that the variance of the difference of mean lead times shrinks under common luck, between the
/// shipped study and one with this change.
fn saved_by_common_luck(what: &str, changed: &Variant) -> f64 {
    let scenario = read(SHIPPED);
    let [a, b] = [&scenario.baseline, changed].map(|variant| {
        let model = variant.model(Some(26 * WEEK));
        run(&model, 0, 128, &Cancel::default())
    });
    let c = compare(what, &a, &b, 1, 0.1);
    let mean = c.differences.lead_time_hours.mean;
    mean.and_then(|d| d.variance_reduction)
        .expect("both have years")
}

#[test]
fn common_luck_makes_a_difference_sharper() {
    let quite_another = variant(&read(SHIPPED), Some("no-board"));
    let gain = saved_by_common_luck("no-board", &quite_another);
    assert!(
        gain > 1.2,
        "variance with independent luck is {gain:.2} times that with common luck"
    );
}

#[test]
fn common_luck_makes_the_difference_of_a_small_lever_ten_times_sharper() {
    for (path, by) in [
        ("streams.release.stages.development.effort.mean", 0.97),
        ("streams.release.stages.testing.effort.mean", 0.98),
        ("teams.app.focus", 1.02),
    ] {
        let small = Change::Scale {
            path: path.into(),
            by,
        };
        let changed = read(SHIPPED)
            .variant(None, &[small])
            .expect("a study still");
        let gain = saved_by_common_luck(path, &changed);
        println!("{path} times {by}: {gain:.1}");
        assert!(gain >= 10.0, "{path} times {by}: only {gain:.1} times");
    }
}

/// Two unequal exponential stations in line may be swapped: every path changes and no distribution does
/// (Weber, J. Appl. Prob. 16, 1979). So every verdict of a difference is a false one.
#[test]
fn swapping_two_stations_is_seldom_called_a_difference() {
    let runs = |seed: u64, first: &str, second: &str| -> Vec<Replication> {
        let mean = |id: &str| exponential(if id == "a" { 1.0 } else { 0.7 });
        let parts = [
            stream("s", first, ""),
            poisson(0.7),
            stage(first, first, &mean(first)),
            stage(second, second, &mean(second)),
            team("a", 1),
            team("b", 1),
        ];
        // The law holds from the first arrival on: no warm-up is needed.
        let text = plain(seed, 4, &parts).replace("warm_up = \"8 weeks\"", "warm_up = \"0 weeks\"");
        simulate(&text, 64).1
    };
    let studies = 80;
    let (mut wrong, mut sum, mut squares) = (0, 0.0, 0.0);
    for seed in 1000..1000 + studies {
        let (a, b) = (runs(seed, "a", "b"), runs(seed, "b", "a"));
        let told = |v: Option<Verdict>| v.is_some_and(|v| v.better.is_some());
        wrong += u32::from(told(compare("swap", &a, &b, 1, 0.0).lead_time));
        let d = |runs: &[Replication]| -> Influence {
            Metric::LeadTime(Statistic::Mean).influence(runs).unwrap()
        };
        let d = d(&b).minus(&d(&a));
        let z = d.value / d.standard_error();
        sum += z;
        squares += z * z;
    }
    // 5% is spent over all looks and both headlines; one look and one headline get an eightieth of it.
    assert!(wrong <= 4, "{wrong} false verdicts of {studies}");
    let n = f64::from(u32::try_from(studies).unwrap());
    assert!(
        (sum / n.sqrt()).abs() < 4.0,
        "the differences lean to one side: {:+.2}",
        sum / n.sqrt()
    );
    assert!(
        (squares / n - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
        "the intervals are off: χ²/n = {:.2}",
        squares / n
    );
}

#[test]
fn what_the_summary_says_of_a_scenario_is_what_was_run() {
    let scenario: Scenario = read(SHIPPED);
    let model = scenario.baseline.model(Some(26 * WEEK));
    let runs = run(&model, 0, 16, &Cancel::default());
    let s = summarise("baseline", "Baseline", &model, &runs);
    assert_eq!((s.replications, s.warm_up_weeks, s.weeks), (16, 26.0, 52.0));
    let parts: f64 = s.parts_hours.values().sum();
    let places: f64 = s.places.iter().map(|p| p.hours).sum();
    assert!(
        (parts / places - 1.0).abs() < 1e-9,
        "parts {parts}, places {places}"
    );
}
