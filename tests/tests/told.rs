//! What is recorded is told: groups that add up, hours, losses, weeks, and overload by name.

use millrace_core::engine::{PARTS, Replication, SPENT_IDS};
use millrace_core::experiment::summary::TimeSummary;
use millrace_core::experiment::{Cancel, Summary, replicate, run, summarise};
use millrace_core::model::Model;
use millrace_core::stats::Estimate;
use millrace_core::stats::histogram::Sparse;
use millrace_core::time::WEEK;
use millrace_report::sheets;
use millrace_tests::plain::{
    endless, exponential, plain, poisson, poisson_with, read, simulate, single, stage, stage_with,
    stream, team,
};

const SHIPPED: [(&str, &str); 3] = [
    (
        "three-products",
        include_str!("../../scenarios/three-products.toml"),
    ),
    (
        "siloed-to-integrated",
        include_str!("../../scenarios/siloed-to-integrated.toml"),
    ),
    (
        "integrated-model",
        include_str!("../../scenarios/integrated-model.toml"),
    ),
];

fn summary(text: &str, replications: u64) -> (Summary, Model, Vec<Replication>) {
    let (model, runs) = simulate(text, replications);
    (summarise("x", "X", &model, &runs), model, runs)
}

fn shipped() -> impl Iterator<Item = (&'static str, Model, Vec<Replication>)> {
    SHIPPED.iter().map(|(id, text)| {
        let model = read(text).baseline.model(Some(26 * WEEK));
        let runs = run(&model, 0, 16, &Cancel::default());
        (*id, model, runs)
    })
}

fn value(e: Option<Estimate>) -> f64 {
    e.expect("a figure").value
}

/// How many standard errors a 95% interval of many replications lies from the truth.
fn z(e: Option<Estimate>, truth: f64) -> f64 {
    let e = e.expect("a figure");
    (e.value - truth) / (e.half_width() / 1.96)
}

#[test]
fn streams_types_and_risk_classes_each_add_up_to_the_whole() {
    for (id, model, runs) in shipped() {
        let (streams, sources) = (model.streams.len(), model.sources.len());
        for (i, r) in runs.iter().enumerate() {
            let (first, rest) = r.groups.split_at(streams);
            let (second, third) = rest.split_at(sources);
            for (by, groups) in [("stream", first), ("type", second), ("risk", third)] {
                let what = format!("{id}, replication {i}, by {by}");
                let counts: Vec<Sparse> =
                    groups.iter().map(|g| g.lead_time.counts.clone()).collect();
                assert_eq!(Sparse::merged(&counts), r.lead_time.counts, "{what}");
                let sum =
                    |f: fn(&millrace_core::engine::Group) -> f64| groups.iter().map(f).sum::<f64>();
                assert_eq!(sum(|g| g.lead_time.n), r.lead_time.n, "{what}");
                assert_eq!(sum(|g| g.finished), r.finished, "{what}");
                assert_eq!(sum(|g| g.delivered), r.delivered, "{what}");
                for p in 0..PARTS {
                    let parts: f64 = groups.iter().map(|g| g.parts[p]).sum();
                    assert!(
                        (parts - r.parts[p]).abs() <= 1e-9 * r.parts[p],
                        "{what}, part {p}: {parts} of {}",
                        r.parts[p]
                    );
                }
            }
        }
    }
}

#[test]
fn the_parts_of_a_group_add_up_to_its_mean() {
    for (id, model, runs) in shipped() {
        let finished: Vec<Replication> = runs.into_iter().filter(|r| r.leftovers == 0.0).collect();
        let s = summarise("x", "X", &model, &finished);
        for g in s.streams.iter().chain(&s.types).chain(&s.risks) {
            let Some(mean) = g.lead_time_hours.mean else {
                continue;
            };
            let parts: f64 = g.parts_hours.values().sum();
            assert!(
                (parts / mean.value - 1.0).abs() < 1e-9,
                "{id}, {}: parts {parts}, mean {}",
                g.id,
                mean.value
            );
        }
    }
}

/// The whole of a study with a single stream is that stream: the same estimates and the same intervals,
/// clustered alike.
#[test]
fn a_single_stream_is_the_whole_with_assumption_ranges_or_without() {
    let range = "{ low = \"1 hours\", likely = \"2 hours\", high = \"4 hours\" }";
    for effort in [exponential(2.0), range.to_owned()] {
        let scenario = read(&plain(41, 20, &single(0.2, 1, &effort)));
        let models = scenario.baseline.models(None);
        let runs = replicate(&models, 0, 64, &Cancel::default());
        let s = summarise("x", "X", models.likely(), &runs);
        let all = |t: &TimeSummary| [t.mean, t.p50, t.p85, t.p95].map(|e| e.expect("a figure"));
        let pairs = all(&s.streams[0].lead_time_hours)
            .into_iter()
            .zip(all(&s.lead_time_hours));
        // Times are added up by risk class first.
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
        for (a, b) in pairs {
            assert!(
                near(a.value, b.value) && near(a.half_width(), b.half_width()),
                "{effort}: of the stream {a:?}, of the whole {b:?}"
            );
        }
        assert_eq!(s.streams[0].throughput_per_week, s.throughput_per_week);
        assert_eq!(s.streams[0].flow_efficiency, s.flow_efficiency);
    }
}

#[test]
fn two_streams_have_each_its_own_times() {
    let parts = [
        stream("slow", "a", ""),
        poisson(0.5),
        stage("a", "t", &exponential(1.0)),
        stream("quick", "b", ""),
        poisson(0.2),
        stage("b", "u", &exponential(1.0)),
        team("t", 1),
        team("u", 1),
    ];
    let (s, ..) = summary(&plain(42, 100, &parts), 64);
    for (g, id, per_hour) in [(&s.streams[0], "slow", 0.5), (&s.streams[1], "quick", 0.2)] {
        assert_eq!(g.id, id);
        // M/M/1: the time in system is exponential with rate μ − λ.
        let mean = 1.0 / (1.0 - per_hour);
        for (what, e, truth) in [
            ("mean", g.lead_time_hours.mean, mean),
            ("p85", g.lead_time_hours.p85, -mean * 0.15f64.ln()),
            ("a week", g.throughput_per_week, 168.0 * per_hour),
            ("flow efficiency", g.flow_efficiency, 1.0 / mean),
        ] {
            let z = z(e, truth);
            assert!(
                z.abs() < 4.0,
                "{id}, {what}: expected {truth:.3}, came {e:?}, {z:+.1} standard errors"
            );
        }
    }
    assert_eq!(s.types[1].id, "quick/work");
}

#[test]
fn incidents_by_severity_and_by_cause_are_those_that_recovered() {
    for (id, _, runs) in shipped() {
        let (mut kinds, mut all) = (0.0, 0.0);
        for (i, r) in runs.iter().enumerate() {
            let recovered: f64 = r.by_severity.iter().flatten().sum();
            assert!(
                recovered <= r.incidents(),
                "{id}, replication {i}: {recovered} recovered of {}",
                r.incidents()
            );
            kinds += recovered;
            all += r.incidents();
        }
        assert!(
            all > 0.0 && kinds > 0.97 * all,
            "{id}: {kinds} recovered of {all}, followed for 30 days and more"
        );
    }
    let (id, model, runs) = shipped().next().expect("a study");
    let s = summarise("x", "X", &model, &runs);
    let sum = |of: &std::collections::BTreeMap<&str, Option<Estimate>>| -> f64 {
        of.values().map(|e| value(*e)).sum()
    };
    let (severities, causes) = (
        sum(&s.incidents_by_severity_per_month),
        sum(&s.incidents_by_cause_per_month),
    );
    assert!(
        (severities / causes - 1.0).abs() < 1e-9,
        "{id}: {severities} a month by severity, {causes} by cause"
    );
}

#[test]
fn hours_spent_are_the_hours_that_people_were_busy() {
    // All their time is for the work: what is busy is effort. At the edges of the window an effort counts
    // when it ends.
    let back = "returns = [{ to = \"a\", probability = 0.25 }]";
    let parts = [
        stream("s", "a", ""),
        poisson_with(
            0.4,
            "estimation = { team = \"u\", effort = \"30 minutes\" }",
        ),
        stage_with("a", "t", &exponential(1.0), back),
        team("t", 1),
        team("u", 1),
    ];
    let (s, _, runs) = summary(&plain(43, 200, &parts), 32);
    let spent: f64 = runs.iter().flat_map(|r| r.spent).sum();
    let busy: f64 = runs.iter().flat_map(|r| &r.teams).map(|t| t[0]).sum();
    assert!(
        (spent / busy - 1.0).abs() < 1e-3,
        "spent {spent:.0} person-hours, busy {busy:.0}"
    );
    // A request passes the stage once, and again with probability 1/4 each time: 1/3 more.
    for (id, a_week) in [
        ("new-work", 0.4 * 168.0),
        ("rework", 0.4 * 168.0 / 3.0),
        ("estimating", 0.2 * 168.0),
    ] {
        let e = s.spent[id].hours_per_week;
        let z = z(e, a_week);
        assert!(
            z.abs() < 4.0,
            "{id}: expected {a_week:.2} hours a week, came {e:?}, {z:+.1} standard errors"
        );
    }
    let shares: f64 = SPENT_IDS.iter().map(|id| value(s.spent[id].share)).sum();
    assert!((shares - 1.0).abs() < 1e-9, "shares add up to {shares}");
}

/// Estimating asks a team for 108% of its time and holds no item.
#[test]
fn errands_beyond_what_a_team_can_give_are_named() {
    let study = |minutes: f64| {
        let estimation = format!("estimation = {{ team = \"u\", effort = \"{minutes} minutes\" }}");
        let parts = [
            stream("s", "a", ""),
            poisson_with(0.5, &estimation),
            stage("a", "t", &exponential(1.0)),
            team("t", 1),
            team("u", 1).replace("id = \"u\"", "id = \"u\"\nname = \"Analysts\""),
        ];
        summary(&plain(44, 100, &parts), 32).0
    };
    let (asked, spare) = (study(129.6), study(110.0));
    assert!(!asked.work_grows, "{:?}", asked.wip_growth_per_week);
    assert!(asked.overloaded);
    let warnings = asked.warnings().join("\n");
    assert!(
        warnings.starts_with("Analysts is asked for 108% of its time: what waits for it grows by "),
        "{warnings}"
    );
    let excess = asked.teams[1].excess_hours_per_week;
    let z = z(excess, 0.08 * 168.0);
    assert!(
        z.abs() < 4.0,
        "{excess:?}, {z:+.1} standard errors from 13.4"
    );
    assert!(!spare.overloaded, "{:?}", spare.warnings());
}

#[test]
fn switching_that_never_comes_is_no_overload() {
    // Two of three things at a time: at three the team could not keep up, and is never there.
    let parts = [
        stream("s", "a", "wip_limit = 2"),
        endless(),
        stage("a", "t", &exponential(1.0)),
        team("t", 1).replace(
            "focus = 1",
            "focus = 1\nitems_per_person = 3\nswitching_cost = 0.3",
        ),
    ];
    let (s, ..) = summary(&plain(45, 50, &parts), 32);
    assert!(value(s.teams[0].demand) > 1.1, "{:?}", s.teams[0].demand);
    assert!(!s.overloaded, "{:?}", s.warnings());
}

#[test]
fn a_full_intake_gives_the_true_capacity_and_says_so() {
    let says = |s: &Summary| s.warnings().iter().any(|w| w.contains("true capacity"));
    let limited = |per_hour: f64| {
        let parts = [
            stream("s", "a", "intake_limit = 10"),
            poisson(per_hour),
            stage("a", "t", &exponential(1.0)),
            team("t", 1),
        ];
        summary(&plain(46, 50, &parts), 32).0
    };
    let (full, easy) = (limited(2.0), limited(0.5));
    assert!(
        says(&full) && full.saturated == ["s"],
        "{:?}",
        full.warnings()
    );
    assert!(!full.overloaded, "{:?}", full.warnings());
    let got = value(full.throughput_per_week);
    assert!((got / 168.0 - 1.0).abs() < 0.01, "{got} a week of 168");
    let refused = full.warnings().join("\n");
    assert!(refused.contains("requests a week are refused"), "{refused}");
    assert!(
        !says(&easy) && easy.saturated.is_empty(),
        "{:?}",
        easy.warnings()
    );

    let pulled = [
        stream("s", "a", "wip_limit = 3"),
        endless(),
        stage("a", "t", &exponential(1.0)),
        team("t", 1),
    ];
    let (s, ..) = summary(&plain(47, 50, &pulled), 16);
    assert!(says(&s) && !s.overloaded, "{:?}", s.warnings());
    assert!(s.refused_per_week.is_none() && s.abandoned_per_week.is_none());
}

#[test]
fn years_that_are_cut_off_say_that_and_no_more() {
    let (s, ..) = summary(&plain(48, 20, &single(5_000.0, 1, &exponential(1.0))), 2);
    let warnings = s.warnings();
    assert!(s.cut_off && s.overloaded);
    assert!(
        matches!(&warnings[..], [one] if one.starts_with("Some years were cut off")),
        "{warnings:?}"
    );
}

#[test]
fn cumulative_flow_keeps_its_order_and_its_heights_are_what_is_in_the_stages() {
    let parts = [
        stream("s", "a", ""),
        poisson(0.5),
        stage("a", "t", &exponential(1.0)),
        stage("b", "u", &exponential(0.5)),
        team("t", 1),
        team("u", 1),
    ];
    let (s, ..) = summary(&plain(49, 100, &parts), 256);
    let lines = &s.weekly.cumulative_flow;
    let ids: Vec<&str> = lines.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids, ["delivered", "stage/s/b", "stage/s/a"]);
    let weeks = s.weekly.arrived.value.len();
    assert_eq!(weeks, 108);
    // Jackson: ρ/(1 − ρ) in each stage, at any time once settled.
    for (upper, lower, in_stage) in [(1, 0, 1.0 / 3.0), (2, 1, 1.0)] {
        let heights = (8..weeks).map(|w| {
            let height = lines[upper].series.value[w] - lines[lower].series.value[w];
            assert!(height >= 0.0, "week {w}: {height}");
            height
        });
        let mean = heights.sum::<f64>() / (weeks - 8) as f64;
        assert!(
            (mean / in_stage - 1.0).abs() < 0.05,
            "between {} and {}: expected {in_stage:.3}, came {mean:.3}",
            ids[lower],
            ids[upper]
        );
    }
    let came: f64 = s.weekly.arrived.value.iter().sum();
    let top = lines[2].series.value[weeks - 1];
    assert!((top - came).abs() < 1e-6, "{top} at the top of {came}");
}

#[test]
fn weekly_intervals_cover_as_often_as_they_say() {
    let parts = single(0.5, 1, &exponential(1.0));
    let (s, ..) = summary(&plain(50, 400, &parts), 64);
    let (w, from) = (&s.weekly.delivered, s.warm_up_weeks as usize);
    let weeks = from..w.value.len();
    let inside = weeks
        .clone()
        .filter(|&i| w.low[i] <= 84.0 && 84.0 <= w.high[i])
        .count();
    let share = inside as f64 / weeks.len() as f64;
    // 400 weeks: a standard error of 1.1 percentage points.
    assert!((0.91..=0.99).contains(&share), "{share} of weeks cover 84");
    assert_eq!(s.weekly.recorded, 64);
}

#[test]
fn due_dates_and_cost_of_delay_are_told() {
    let parts = [
        stream("s", "a", ""),
        poisson_with(0.5, "due = \"2 hours\"\ncost_of_delay = 3"),
        stage("a", "t", &exponential(1.0)),
        team("t", 1),
    ];
    let (s, ..) = summary(&plain(51, 100, &parts), 64);
    // Time in system is exponential with mean 2 hours.
    for (what, e, truth) in [
        ("in time", s.due_met, 1.0 - (-1.0f64).exp()),
        (
            "cost a week",
            s.cost_of_delay_per_week,
            84.0 * 3.0 * 2.0 / 168.0,
        ),
    ] {
        let z = z(e, truth);
        assert!(
            z.abs() < 4.0,
            "{what}: expected {truth:.3}, came {e:?}, {z:+.1} standard errors"
        );
    }
}

/// Bytes on the heap that grow with what a replication saw.
fn bytes(r: &Replication) -> (usize, usize) {
    let times = [&r.lead_time, &r.change_lead_time, &r.recovery];
    let groups = r.groups.iter().map(|g| &g.lead_time);
    let all = times.into_iter().chain(groups);
    let (size, bins) = all.fold((0, 0), |(size, bins), t| {
        (size + t.counts.size(), bins + t.counts.counts().count())
    });
    let w = &r.weekly;
    let weeks = [
        &w.arrived,
        &w.delivered,
        &w.incidents,
        &w.stages,
        &w.teams,
        &r.weekly_wip,
    ];
    let weekly: usize = weeks.iter().map(|v| v.len() * 4).sum();
    (size + weekly, bins)
}

#[test]
fn what_a_replication_holds_grows_with_its_bins_and_not_with_its_horizon() {
    let of = |weeks: u32| {
        let model = read(&plain(52, weeks, &single(0.5, 1, &exponential(1.0))))
            .baseline
            .model(None);
        let runs = run(&model, 300, 302, &Cancel::default());
        bytes(&runs[0])
    };
    let ((short, few), (long, many)) = (of(50), of(5000));
    // A hundred times the weeks: more bins are seen, and counts take another byte.
    assert!(short <= 2 * few, "{short} bytes for {few} bins");
    assert!(long <= 3 * many, "{long} bytes for {many} bins");
    assert!(long < 20 * short, "{long} bytes against {short}");
}

#[test]
fn groups_and_weeks_are_written_as_tables() {
    let (s, ..) = summary(&plain(53, 10, &single(0.5, 1, &exponential(1.0))), 8);
    let rows = |text: &str| -> Vec<usize> {
        let lines = text.lines();
        lines
            .map(|l| l.replace("\"lead time, ", "").matches(',').count())
            .collect()
    };
    let groups = rows(&sheets::groups(&s));
    assert!(
        groups.len() > 30 && groups.iter().all(|n| *n == 7),
        "{groups:?}"
    );
    let text = sheets::weeks(&s);
    let weeks = rows(&text);
    // 18 weeks of four series, two lines of flow and one team.
    assert_eq!(weeks.len(), 1 + 18 * (4 + 2 + 1));
    assert!(weeks.iter().all(|n| *n == 8), "{text}");
    assert!(text.contains("\n8,no,delivered,") && text.contains("\n9,yes,delivered,"));
}
