//! Assumption ranges: what is believed and not known, drawn the same for every variant, and told apart
//! from luck.

use millrace_core::engine::Replication;
use millrace_core::experiment::summary::spread;
use millrace_core::experiment::{Cancel, Metric, Statistic, compare, replicate, run, summarise};
use millrace_core::scenario::{Models, Scenario};
use millrace_tests::plain::{
    exponential, plain, poisson, read, single, stage, stream, team, team_with, variant,
};
use proptest::prelude::*;

const MEAN: Metric = Metric::LeadTime(Statistic::Mean);

/// What is drawn for a mean of two to sixteen hours: PERT, mean 7, variance 45/7 (Malcolm et al., 1959).
const RANGE: &str = "{ low = \"2 hours\", likely = \"6 hours\", high = \"16 hours\" }";
const RANGE_MEAN: f64 = 7.0;
const RANGE_VARIANCE: f64 = 45.0 / 7.0;

/// Forty evenly spaced requests that never wait for anybody.
fn alone(effort: &str, what_ifs: &str) -> String {
    let parts = [
        stream("s", "a", ""),
        "[[streams.demand]]\nid = \"work\"\narrives = \"regular\"\nper_week = 4\n".into(),
        stage("a", "t", effort),
        team("t", 500),
        what_ifs.to_owned(),
    ];
    plain(7, 10, &parts)
}

fn years(models: &Models, n: u64) -> Vec<Replication> {
    replicate(models, 0, n, &Cancel::default())
}

fn of(scenario: &Scenario, what_if: Option<&str>, n: u64) -> Vec<Replication> {
    years(&variant(scenario, what_if).models(None), n)
}

fn value(metric: Metric, r: &Replication) -> f64 {
    metric.years(std::slice::from_ref(r))[0].expect("a year has items")
}

#[test]
fn without_ranges_a_study_gives_the_same_bits_as_before() {
    let scenario = read(&alone(&exponential(5.0), ""));
    let models = scenario.baseline.models(None);
    assert!(matches!(models, Models::One(_)));
    let plainly = run(&scenario.baseline.model(None), 0, 9, &Cancel::default());
    assert_eq!(years(&models, 9), plainly);
    let summary = summarise("x", "X", models.likely(), &plainly);
    assert!(summary.ignorance.is_none());
}

#[test]
fn of_a_duration_that_is_not_known_and_never_varies_all_is_ignorance() {
    let scenario = read(&alone(RANGE, ""));
    let models = scenario.baseline.models(None);
    let runs = years(&models, 2000);
    for pair in runs.chunks(2) {
        let (a, b) = (value(MEAN, &pair[0]), value(MEAN, &pair[1]));
        assert!((a - b).abs() < 1e-6, "one draw gave {a} and {b}");
        assert!((2.0..=16.0).contains(&a), "{a}");
    }
    let summary = summarise("x", "X", models.likely(), &runs);
    let found = summary.ignorance.unwrap().lead_time_hours_mean.unwrap();
    assert!(found.share.low > 0.999_999, "{found:?}");
    let sd = RANGE_VARIANCE.sqrt();
    assert!(
        (found.ignorance / sd - 1.0).abs() < 0.1,
        "{found:?}, not {sd}"
    );
    // A thousand draws and not two thousand years: the interval is that of the draws' mean.
    let e = summary.lead_time_hours.mean.unwrap();
    let wide = 1.962 * sd / f64::sqrt(1000.0);
    assert!(
        (e.half_width() / wide - 1.0).abs() < 0.1,
        "{e:?}, not ± {wide}"
    );
    let z = (e.value - RANGE_MEAN) / (e.half_width() / 1.962);
    assert!(
        z.abs() < 4.0,
        "{} against {RANGE_MEAN}: {z} standard errors",
        e.value
    );
}

#[test]
fn luck_and_ignorance_add_up_as_computed() {
    let scenario = read(&alone(
        &format!("{{ dist = \"exponential\", mean = {RANGE} }}"),
        "",
    ));
    let runs = of(&scenario, None, 4000);
    // The mean of forty exponential efforts of mean m varies by m²/40.
    let luck = (RANGE_VARIANCE + RANGE_MEAN * RANGE_MEAN) / 40.0;
    let want = RANGE_VARIANCE / (RANGE_VARIANCE + luck);
    let found = spread(MEAN, &runs).unwrap();
    let z = (found.share.value - want) / (found.share.half_width() / 1.96);
    assert!(
        z.abs() < 4.0,
        "{found:?}: {want} expected, {z} standard errors"
    );
    assert!(found.share.half_width() < 0.03, "{found:?}");
}

#[test]
fn where_all_is_known_no_ignorance_is_seen() {
    let runs = of(&read(&alone(&exponential(7.0), "")), None, 4000);
    for metric in [
        MEAN,
        Metric::LeadTime(Statistic::Percentile(0.85)),
        Metric::Wip,
    ] {
        let found = spread(metric, &runs).unwrap();
        assert!(found.share.low == 0.0, "{metric:?}: {found:?}");
        assert!(found.share.high < 0.1, "{metric:?}: {found:?}");
    }
}

#[test]
fn what_ifs_act_on_what_was_drawn_and_draws_are_the_same_for_all() {
    let scenario = read(&alone(
        RANGE,
        "[[what_ifs]]\nid = \"halved\"\nname = \"Halved\"\nchanges = [{ scale = \"streams.s.stages.a.effort\", by = 0.5 }]\n\
         [[what_ifs]]\nid = \"known\"\nname = \"Known\"\nchanges = [{ set = \"streams.s.stages.a.effort\", to = \"4 hours\" }]\n\
         [[what_ifs]]\nid = \"more\"\nname = \"More\"\nchanges = [\
         { add = \"teams\", value = { id = \"aaa\", calendar = \"always\", people = { low = 1, likely = 2, high = 9 } }, before = \"t\" },\
         { add = \"streams.s.stages\", value = { id = \"aaa\", team = \"aaa\", effort = \"0 hours\" }, before = \"a\" }]\n",
    ));
    let base = of(&scenario, None, 20);
    let halved = of(&scenario, Some("halved"), 20);
    let known = of(&scenario, Some("known"), 20);
    let more = of(&scenario, Some("more"), 20);
    for (i, b) in base.iter().enumerate() {
        let drawn = value(MEAN, b);
        assert!((value(MEAN, &halved[i]) - drawn / 2.0).abs() < 1e-6);
        assert!((value(MEAN, &known[i]) - 4.0).abs() < 1e-6);
        let other = value(MEAN, &more[i]);
        assert!(
            (other - drawn).abs() < 1e-6,
            "another range changed this one: {drawn}, {other}"
        );
        assert_eq!(b.draw, Some(i as u64 / 2));
    }
    let c = compare("halved", &base, &halved, 1, 0.1);
    let d = c.differences.lead_time_hours.mean.unwrap().estimate;
    let mean = MEAN.influence(&base).unwrap().value;
    assert!((d.value + mean / 2.0).abs() < 1e-6, "{d:?} of {mean}");
}

#[test]
fn levers_act_on_what_was_drawn() {
    let more = "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nlevers = { \"people/t\" = 2 }\n";
    let text = plain(
        3,
        4,
        &[
            single(0.2, 1, "\"1 hour\"")[..3].concat(),
            "[[teams]]\nid = \"t\"\npeople = { low = 2, likely = 5, high = 40 }\n".into(),
            more.into(),
        ],
    );
    let scenario = read(&text);
    let people = |id, k| match variant(&scenario, id).models(None) {
        Models::Drawn(family) => family.draw(k).teams[0].people,
        Models::One(model) => panic!("no ranges in {model:?}"),
    };
    let all: Vec<u32> = (0..50).map(|k| people(None, k)).collect();
    assert!(
        all.iter().any(|p| *p < 7) && all.iter().any(|p| *p > 15),
        "{all:?}"
    );
    for (k, drawn) in (0..).zip(all) {
        assert_eq!(people(Some("w"), k), drawn + 2, "draw {k}");
    }
    assert_eq!(scenario.baseline.model(None).teams[0].people, 5);
    let told = scenario.baseline.parameter("teams.t.people").unwrap();
    assert_eq!(told.value, 5.0);
    let range = told.range.unwrap();
    assert_eq!((range.low, range.likely, range.high), (2.0, 5.0, 40.0));
}

#[test]
fn what_a_lever_does_not_know_is_one_unknown_wherever_it_acts() {
    let text = "format = 1\nname = \"x\"\n[[streams]]\nid = \"s\"\ncommit = \"a\"\n\
                [[streams.demand]]\nid = \"d\"\nper_week = 6\nsize = { dist = \"lognormal\", mean = 2, cv = 1 }\n\
                [[streams.stages]]\nid = \"a\"\nteam = \"t\"\neffort = \"4 hours\"\n\
                [[streams.stages]]\nid = \"b\"\nteam = \"t\"\neffort = { dist = \"lognormal\", median = \"6 hours\", p85 = \"8 hours\" }\n\
                [[streams.stages]]\nid = \"c\"\nteam = \"t\"\nkind = \"test\"\neffort = \"3 hours\"\n\
                [[teams]]\nid = \"t\"\npeople = 3\n\
                [[what_ifs]]\nid = \"ai\"\nname = \"AI\"\nlevers = { ai-coding = \"most code\" }\n";
    let scenario = read(text);
    assert!(!scenario.baseline.is_drawn());
    let with = variant(&scenario, Some("ai"));
    let told = with.parameter("streams.s.stages.a.effort").unwrap();
    let range = told.range.expect("it says what it does not know");
    assert!(
        (range.low - 2.0).abs() < 1e-9 && (range.likely - 3.4).abs() < 1e-9,
        "{range:?}"
    );
    let mut efforts = Vec::new();
    for k in 0..200 {
        let drawn = with.drawn(k);
        let number = |path: &str| drawn.parameter(path).unwrap().value.as_f64().unwrap();
        let factor = number("streams.s.stages.a.effort") / 4.0;
        let other = number("streams.s.stages.b.effort.median") / 6.0;
        assert!((factor - other).abs() < 1e-9, "{factor} {other}");
        assert!((number("streams.s.stages.b.effort.p85") / 8.0 - factor).abs() < 1e-9);
        assert!((number("streams.s.stages.c.effort") - 3.0).abs() < 1e-12);
        let work = number("streams.s.demand.d.per_week") * number("streams.s.demand.d.size.mean");
        assert!((work - 12.0).abs() < 1e-9, "as much is asked for: {work}");
        efforts.push(factor);
    }
    assert!(efforts.iter().all(|f| (0.5..=1.19).contains(f)));
    assert!(
        efforts.iter().any(|f| *f < 0.7) && efforts.iter().any(|f| *f > 1.0),
        "{efforts:?}"
    );
    assert!(with.models(None).of(0) != with.models(None).of(2));
}

#[test]
fn intervals_count_a_draw_once_and_then_cover() {
    let scenario = read(&alone(RANGE, ""));
    let models = scenario.baseline.models(None);
    let (studies, n) = (200, 40);
    let (mut covered, mut naive) = (0, 0);
    for s in 0..studies {
        let mut runs = replicate(&models, s * n, (s + 1) * n, &Cancel::default());
        let holds = |runs: &[Replication]| {
            let e = MEAN.estimate(runs, 0.95).unwrap();
            u32::from(e.low <= RANGE_MEAN && RANGE_MEAN <= e.high)
        };
        covered += holds(&runs);
        runs.iter_mut().for_each(|r| r.draw = None);
        naive += holds(&runs);
    }
    // 95% of 200 is 190 with standard deviation 3.1; years taken for independent would cover 83%.
    assert!((181..=199).contains(&covered), "{covered} of {studies}");
    assert!(naive < 180, "{naive} of {studies} without clusters");
}

#[test]
fn draws_do_not_depend_on_threads_or_parts() {
    let text = alone(&format!("{{ dist = \"exponential\", mean = {RANGE} }}"), "");
    let models = read(&text).baseline.models(None);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| years(&models, 21))
    };
    let whole = on(1);
    assert_eq!(whole.len(), 21);
    assert!(whole == on(4), "4 threads differ from 1");
    let mut parts = replicate(&models, 0, 7, &Cancel::default());
    parts.extend(replicate(&models, 7, 12, &Cancel::default()));
    parts.extend(replicate(&models, 12, 21, &Cancel::default()));
    assert!(whole == parts, "parts differ from the whole");
}

#[test]
fn a_comparison_with_ranges_on_one_side_only_pairs_both() {
    let scenario = read(&alone(
        &exponential(7.0),
        &format!(
            "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nchanges = [{{ set = \"streams.s.stages.a.effort\", \
             to = {{ dist = \"exponential\", mean = {RANGE} }} }}]\n"
        ),
    ));
    let (a, b) = (of(&scenario, None, 64), of(&scenario, Some("w"), 64));
    assert!(a.iter().all(|r| r.draw.is_none()) && b.iter().all(|r| r.draw.is_some()));
    let c = compare("w", &a, &b, 1, 0.1);
    let d = c.differences.lead_time_hours.mean.unwrap().estimate;
    let difference = |k: usize| {
        let sum = |runs: &[Replication]| (0..2).map(|j| value(MEAN, &runs[2 * k + j])).sum::<f64>();
        (sum(&b) - sum(&a)) / 2.0
    };
    let each: Vec<f64> = (0..32).map(difference).collect();
    let mean = each.iter().sum::<f64>() / 32.0;
    let variance = each.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 31.0;
    // Student's t, 31 degrees of freedom.
    let half = 2.0395 * (variance / 32.0).sqrt();
    assert!(
        (d.half_width() / half - 1.0).abs() < 1e-3,
        "{d:?}, not ± {half}"
    );
}

/// A team with one number replaced, and what is said of it.
#[track_caller]
fn refused(from: &str, to: &str, message: &str) {
    let text = plain(
        1,
        4,
        &[
            stream("s", "a", ""),
            poisson(0.1) + "risk = { low = 1 }\n",
            stage("a", "t", "\"1 hour\""),
            team_with("t", 3, "items_per_person = 1"),
            "[[calendars]]\nid = \"c\"\nfrom = 9\nto = 17\n".into(),
            "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nstart_week = 0\n\
             changes = [{ scale = \"teams.t.focus\", by = 0.9 }]\n"
                .into(),
        ],
    );
    assert!(text.contains(from), "no `{from}` in\n{text}");
    let faults = Scenario::read(&text.replace(from, to))
        .err()
        .unwrap_or_default();
    assert!(
        faults.iter().any(|f| f.message.contains(message)),
        "{to}: {message:?} is not among {faults:?}"
    );
}

#[test]
fn ranges_that_cannot_be_are_refused_with_the_reason() {
    let people = "people = 3";
    for (to, message) in [
        ("people = { low = 2, high = 4 }", "lacks `likely`"),
        (
            "people = { low = 4, likely = 3, high = 5 }",
            "rises from `low`",
        ),
        (
            "people = { low = 3, likely = 3, high = 3 }",
            "rises from `low`",
        ),
        (
            "people = { low = 0, likely = 3, high = 5 }",
            "must be between 1",
        ),
        (
            "people = { low = 2.5, likely = 3, high = 5 }",
            "a whole number, not 2.5",
        ),
        (
            "people = { low = 2, likely = 3, high = \"many\" }",
            "not a quantity",
        ),
        (
            "people = { low = 2, likely = 3, high = 5, mode = 4 }",
            "no `mode` here",
        ),
    ] {
        refused(people, to, message);
    }
    refused(
        "{ low = 1 }",
        "{ low = { low = 1, likely = 2, high = 3 } }",
        "cannot be assumption ranges",
    );
    refused(
        "weeks = 4",
        "weeks = { low = 1, likely = 2, high = 3 }",
        "cannot stand here",
    );
    refused(
        "start_week = 0",
        "start_week = { low = 1, likely = 2, high = 3 }",
        "cannot stand here",
    );
}

#[test]
fn an_end_that_makes_no_study_is_refused_with_its_name() {
    let from = "[[calendars]]\nid = \"c\"\nfrom = 9";
    let to = "[[calendars]]\nid = \"c\"\nfrom = { low = 8, likely = 9, high = 18 }";
    let text = plain(
        1,
        4,
        &[
            stream("s", "a", ""),
            poisson(0.1),
            stage("a", "t", "\"1 hour\""),
            team("t", 1).replace("\"always\"", "\"c\""),
            format!("{from}\nto = 17\n"),
            "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nchanges = [{ scale = \"teams.t.focus\", by = 1 }]\n".into(),
        ],
    );
    let _ = read(&text);
    let faults = Scenario::read(&text.replace(from, to))
        .err()
        .unwrap_or_default();
    assert!(
        faults
            .iter()
            .any(|f| f.message.contains("`calendars.c.from` at its high end")),
        "{faults:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn ranges_of_any_size_are_refused_or_drawn_within(
        low in -2.0f64..20.0, up in 0.0f64..10.0, more in 0.0f64..30.0, k in 0u64..1000,
    ) {
        let (likely, high) = (low + up, low + up + more);
        let text = plain(1, 4, &[
            single(0.1, 1, "\"1 hour\"")[..3].concat(),
            format!("[[teams]]\nid = \"t\"\npeople = 1\ncalendar = \"c\"\n\
                [[calendars]]\nid = \"c\"\nfrom = {{ low = {low:?}, likely = {likely:?}, high = {high:?} }}\n\
                to = {{ low = 10, likely = 16, high = 24 }}\n"),
        ]);
        if let Ok(scenario) = Scenario::read(&text) {
            let Models::Drawn(family) = scenario.baseline.models(None) else {
                return Err(TestCaseError::fail("no ranges"));
            };
            let calendar = &family.draw(k).teams[0].calendar;
            prop_assert!(calendar.per_week() > 0);
        }
    }
}
