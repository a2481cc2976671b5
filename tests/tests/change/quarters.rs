//! Quarter by quarter: cost, dip, newcomers, pay-back.

use super::{SHIPPED, free, plan_of, shipped};
use millrace_core::engine::{Plan, Replication, run_plan};
use millrace_core::experiment::Cancel;
use millrace_core::experiment::transition::{self, Plans};
use millrace_core::model::Model;
use millrace_core::scenario::Scenario;
use millrace_core::stats::Influence;
use millrace_core::time::WEEK;
use millrace_tests::plain::{exponential, plain, poisson, read, stage, stream, team, variant};

#[test]
fn a_change_without_differences_and_cost_is_the_baseline_in_every_quarter() {
    let text =
        format!("{SHIPPED}\n[[what_ifs]]\nid = \"nothing\"\nname = \"Nothing\"\nstart_week = 3\n");
    let scenario = read(&text);
    let of = |id| transition::plan(&scenario, id, 12 * WEEK, 3).expect("it can be planned");
    let runs = |p: &Plans| transition::run(p, 0, 8, &Cancel::default());
    let (a, b) = (runs(&of(None)), runs(&of(Some("nothing"))));
    assert!(a == b, "a change of nothing changed something");
    let seen = transition::transition("nothing", &a, &b);
    assert_eq!(seen.quarters.len(), 3);
    assert_eq!((seen.pays_back_in, seen.deepest_quarter), (None, None));
}

fn busy(more: &str) -> Scenario {
    let parts = [
        stream("s", "a", ""),
        poisson(0.19),
        stage("a", "t", &exponential(4.0)),
        team("t", 1),
        more.to_owned(),
    ];
    read(&plain(3, 52, &parts))
}

fn quarters(scenario: &Scenario, id: &str, n: u64, count: u32) -> transition::Transition {
    let of = |id| transition::plan(scenario, id, 26 * WEEK, count).expect("it can be planned");
    let runs = |p: &Plans| transition::run(p, 0, n, &Cancel::default());
    transition::transition(id, &runs(&of(None)), &runs(&of(Some(id))))
}

#[test]
fn cost_without_benefit_makes_it_worse_while_it_is_paid_and_not_before() {
    let scenario = busy(
        "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nstart_week = 13\nfull_effect_weeks = 13\ncost = { t = 1.3 }\ndip = 0\n",
    );
    let seen = quarters(&scenario, "w", 400, 4);
    let delta = |q: usize| {
        seen.quarters[q]
            .difference
            .lead_time_mean_hours
            .expect("requests came")
    };
    let hours = |q: usize| {
        seen.quarters[q]
            .what_if
            .change_hours
            .expect("counted")
            .value
    };
    let paid: Vec<f64> = (0..4).map(hours).collect();
    // A team around the clock has 168 hours a week.
    assert!(
        (paid.iter().sum::<f64>() - 1.3 * 168.0).abs() < 1e-6,
        "1.3 weeks are 218.4 hours: {paid:?}"
    );
    assert!(
        paid[0] == 0.0 && paid[1] > 0.9 * 218.4,
        "paid in the second quarter: {paid:?}"
    );
    assert!(
        delta(1).low > 0.0,
        "the second quarter is worse: {:?}",
        delta(1)
    );
    assert!(
        delta(1).value > 2.0 * delta(3).value,
        "{:?} against {:?}",
        delta(1),
        delta(3)
    );
    assert_eq!(seen.deepest_quarter, Some(2));
    assert_eq!(seen.depth_hours.map(|d| d.value), Some(delta(1).value));
    assert_eq!(seen.pays_back_in, None, "it never pays");
}

#[test]
fn the_dip_is_there_and_ends() {
    let scenario = busy(
        "[[what_ifs]]\nid = \"w\"\nname = \"W\"\ncost = { t = 0.001 }\ndip = \"20%\"\ndip_weeks = 8\n",
    );
    let seen = quarters(&scenario, "w", 400, 4);
    let delta = |q: usize| {
        seen.quarters[q]
            .difference
            .lead_time_mean_hours
            .expect("requests came")
    };
    assert!(
        delta(0).low > 0.0,
        "the first quarter is worse: {:?}",
        delta(0)
    );
    assert!(
        delta(3).value.abs() < 0.2 * delta(0).value,
        "the fourth is as before: {:?} against {:?}",
        delta(3),
        delta(0)
    );
    let none = busy("[[what_ifs]]\nid = \"w\"\nname = \"W\"\ncost = { t = 0.001 }\ndip = 0\n");
    let flat = quarters(&none, "w", 400, 1).quarters[0]
        .difference
        .lead_time_mean_hours
        .expect("requests came");
    assert!(
        flat.value < 0.05 * delta(0).value,
        "without a dip: {flat:?}"
    );
}

#[test]
fn newcomers_are_slow_at_first_and_then_help() {
    // Twice the people by week 0: worth more in the third quarter than in the first.
    let scenario = busy(
        "[[what_ifs]]\nid = \"w\"\nname = \"W\"\ndip = 0\nchanges = [{ set = \"teams.t.people\", to = 2 }]\n",
    );
    let seen = quarters(&scenario, "w", 200, 3);
    let last = seen.quarters[2]
        .difference
        .lead_time_mean_hours
        .expect("requests came");
    assert!(
        last.high < 0.0,
        "more people are faster in the end: {last:?}"
    );
    let mut old_hands = model_of(&scenario, "w");
    old_hands.teams[0].staffing.ramp_up = 1;
    let base = scenario.baseline.model(Some(26 * WEEK));
    let slow = plan_of(&base, vec![free(model_of(&scenario, "w"), 0.0)]);
    let fast = plan_of(&base, vec![free(old_hands, 0.0)]);
    let pairs: Vec<(f64, f64)> = (0..100)
        .map(|r| {
            let first = |p: &Plan| run_plan(p, r).quarters[0].lead_time.sum;
            (first(&slow) - first(&fast), 1.0)
        })
        .collect();
    let lost = Influence::ratio(pairs.into_iter())
        .expect("runs")
        .estimate(0.95);
    assert!(
        lost.low > 0.0,
        "ramping up costs time in the first quarter: {lost:?} hours"
    );
}

fn model_of(scenario: &Scenario, id: &str) -> Model {
    variant(scenario, Some(id)).model(Some(26 * WEEK))
}

#[test]
fn the_order_of_threads_does_not_show() {
    let scenario = shipped();
    let plan =
        transition::plan(&scenario, Some("integrated"), 12 * WEEK, 3).expect("it can be planned");
    let many = transition::run(&plan, 0, 8, &Cancel::default());
    let one: Vec<Replication> = (0..8).map(|r| run_plan(plan.likely(), r)).collect();
    assert!(many == one);
}

#[test]
fn a_what_if_that_closes_a_stream_is_refused_with_a_reason() {
    let parts = [
        stream("s", "a", ""),
        poisson(0.1),
        stage("a", "t", &exponential(1.0)),
        stream("z", "b", ""),
        poisson(0.1),
        stage("b", "t", &exponential(1.0)),
        team("t", 1),
        "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nchanges = [{ remove = \"streams.z\" }]\n".into(),
    ];
    let scenario = read(&plain(3, 20, &parts));
    let faults = transition::plan(&scenario, Some("w"), 8 * WEEK, 2).expect_err("it is refused");
    assert!(faults[0].message.contains("`z`"), "{faults:?}");
}

#[test]
fn what_helps_pays_back_and_sooner_than_what_costs_more() {
    let pays = |weeks: f64| {
        let scenario = busy(&format!(
            "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nfull_effect_weeks = 6\ncost = {{ t = {weeks:?} }}\nchanges = [{{ scale = \"streams.s.stages.a.effort.mean\", by = 0.6 }}]\n"
        ));
        quarters(&scenario, "w", 200, 8).pays_back_in
    };
    let (cheap, dear) = (pays(0.1), pays(1.0));
    assert_eq!(cheap, Some(1), "17 hours of work that take 40% off");
    assert!(
        dear > cheap,
        "ten times the cost: {dear:?} against {cheap:?}"
    );
}

#[test]
fn the_price_of_a_lever_is_borne_by_all() {
    let text = format!(
        "{}\n[[what_ifs]]\nid = \"w\"\nname = \"W\"\n[what_ifs.levers]\ninteraction = \"together for a while\"\n",
        super::without_reviews()
    );
    let scenario = read(&text);
    let price = scenario.person_weeks("w");
    let plans = transition::plan(&scenario, Some("w"), 12 * WEEK, 4).expect("it can be planned");
    let plan = plans.likely();
    let costs = &plan.steps[0].cost;
    let sum: f64 = costs.iter().map(|c| c.1).sum();
    assert!(
        (sum - price).abs() < 1e-9 && price > 0.0,
        "{sum} of {price} person-weeks"
    );
    let per_head = |t: usize| {
        let team = &plan.baseline.teams[t];
        let paid = costs.iter().find(|c| c.0 == team.name).map_or(0.0, |c| c.1);
        paid / f64::from(team.people)
    };
    for t in 1..plan.baseline.teams.len() {
        assert!(
            (per_head(t) - per_head(0)).abs() < 1e-9,
            "{} pays as much a head",
            plan.baseline.teams[t].id
        );
    }
    let out = run_plan(plan, 0);
    let spent: f64 = out.quarters.iter().map(|q| q.change_hours).sum();
    assert!(
        (spent - 40.0 * price).abs() < 1e-6,
        "{spent} hours for {price} weeks of 40"
    );
}

#[test]
fn included_what_ifs_take_effect_one_after_another() {
    let steps = shipped().steps("integrated").expect("it stands");
    let ids: Vec<&str> = steps
        .iter()
        .flat_map(|s| &s.what_ifs)
        .map(String::as_str)
        .collect();
    assert_eq!(
        ids,
        [
            "no-board",
            "self-service",
            "canary",
            "stream-aligned",
            "integrated"
        ]
    );
    let ends: Vec<f64> = steps.iter().map(|s| s.start + s.weeks).collect();
    assert_eq!(ends, [5.0, 12.0, 14.0, 20.0, 28.0]);
    let last = steps.last().expect("five").variant.model(None);
    let whole = variant(&shipped(), Some("integrated")).model(None);
    assert_eq!(
        format!("{last:?}"),
        format!("{whole:?}"),
        "in the end it is the what-if"
    );
}
