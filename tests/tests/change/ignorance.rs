//! A change while something is not known: each draw of the assumptions has its own course, and counts once.

use millrace_core::engine::Replication;
use millrace_core::experiment::Cancel;
use millrace_core::experiment::transition::{self, Transition};
use millrace_core::stats::Estimate;
use millrace_core::time::WEEK;
use millrace_tests::plain::{plain, read, stage, stage_with, stream, team};

/// PERT of 2, 6 and 16 hours: mean 7, variance 45/7 (Malcolm et al., 1959).
const RANGE: &str = "{ low = \"2 hours\", likely = \"6 hours\", high = \"16 hours\" }";
const VARIANCE: f64 = 45.0 / 7.0;

/// Evenly spaced requests that never wait for anybody; at the start of the second quarter what they take is
/// halved, and with the fourth a tenth is added to that.
fn study(effort: &str) -> String {
    let what_ifs = "[[what_ifs]]\nid = \"half\"\nname = \"Half\"\nstart_week = 13\n\
        changes = [{ scale = \"streams.s.stages.a.effort\", by = 0.5 }]\n\
        [[what_ifs]]\nid = \"more\"\nname = \"More\"\nstart_week = 39\ndip = 0\nincludes = [\"half\"]\n\
        changes = [{ scale = \"streams.s.stages.a.effort\", by = 1.1 }]\n";
    let parts = [
        stream("s", "a", ""),
        "[[streams.demand]]\nid = \"work\"\narrives = \"regular\"\nper_week = 4\n".into(),
        stage("a", "t", effort),
        team("t", 500),
        what_ifs.replace("start_week = 13", "start_week = 13\ndip = 0"),
    ];
    plain(7, 10, &parts)
}

fn runs(text: &str, what_if: Option<&str>, n: u64) -> Vec<Replication> {
    let plans = transition::plan(&read(text), what_if, 8 * WEEK, 6).expect("it can be planned");
    transition::run(&plans, 0, n, &Cancel::default())
}

fn compared(text: &str, n: u64) -> Transition {
    let (a, b) = (runs(text, None, n), runs(text, Some("more"), n));
    transition::transition("more", &a, &b)
}

fn hours(r: &Replication, quarter: usize) -> f64 {
    let q = &r.quarters[quarter].lead_time;
    q.sum / q.n
}

fn near(what: &str, came: f64, expected: f64) {
    assert!(
        (came - expected).abs() < 1e-6,
        "{what}: expected {expected}, came {came}"
    );
}

#[test]
fn each_draw_has_its_own_course_and_changes_act_on_what_was_drawn() {
    let text = study(RANGE);
    let (before, after) = (runs(&text, None, 40), runs(&text, Some("more"), 40));
    let mut drawn: Vec<f64> = Vec::new();
    for (i, pair) in before.chunks(2).zip(after.chunks(2)).enumerate() {
        let effort = hours(&pair.0[0], 0);
        for (a, b) in pair.0.iter().zip(pair.1) {
            assert_eq!((a.draw, b.draw), (Some(i as u64), Some(i as u64)));
            for quarter in 0..6 {
                near("without the change", hours(a, quarter), effort);
            }
            near("before the first step", hours(b, 0), effort);
            // A quarter in which a step takes effect begins with work under way.
            near("after the first step", hours(b, 2), effort * 0.5);
            near("after the second", hours(b, 5), effort * 0.55);
        }
        drawn.push(effort);
    }
    drawn.sort_by(f64::total_cmp);
    drawn.dedup();
    assert_eq!(drawn.len(), 20, "no two draws alike: {drawn:?}");
}

#[test]
fn replications_that_share_a_draw_count_as_one_in_every_interval() {
    let seen = compared(&study(RANGE), 800);
    let error = |e: Option<Estimate>| e.expect("requests came").half_width() / 1.96;
    let expected = libm::sqrt(VARIANCE / 400.0);
    let last = &seen.quarters[5];
    for (what, came, expected) in [
        (
            "the baseline",
            error(last.baseline.lead_time_mean_hours),
            expected,
        ),
        (
            "the what-if",
            error(last.what_if.lead_time_mean_hours),
            0.55 * expected,
        ),
        (
            "their difference",
            error(last.difference.lead_time_mean_hours),
            0.45 * expected,
        ),
    ] {
        // The estimate of a standard deviation from 400 draws is good to 4%; taking each year for itself
        // would be 30% too little.
        assert!(
            (came / expected - 1.0).abs() < 0.12,
            "{what}: expected a standard error of {expected:.4} hours, came {came:.4}"
        );
    }
    // Saved in weeks of lead time: 52 requests a quarter, half of what was drawn, then 0.45.
    let saved = 52.0 * (2.0 * 0.5 + 3.0 * 0.45) / 168.0;
    let net = error(last.net);
    assert!(
        (net / (saved * expected) - 1.0).abs() < 0.12,
        "what is saved: expected a standard error of {:.4} weeks, came {net:.4}",
        saved * expected
    );
}

#[test]
fn parts_of_a_run_are_the_run() {
    let text = study(RANGE);
    let plans =
        transition::plan(&read(&text), Some("half"), 8 * WEEK, 2).expect("it can be planned");
    let part = |from, to| transition::run(&plans, from, to, &Cancel::default());
    let mut parts = part(0, 3);
    parts.extend(part(3, 9));
    assert!(parts == part(0, 9));
}

#[test]
fn reviews_fund_capabilities_of_the_study_as_it_was_drawn() {
    let text = |level: u32, rules: &str| {
        let parts = [
            stream("s", "a", ""),
            "[[streams.demand]]\nid = \"work\"\narrives = \"regular\"\nper_week = 8\n".into(),
            stage_with(
                "a",
                "t",
                RANGE,
                "requests = [{ capability = \"test-environments\", probability = 1 }]",
            ),
            team("t", 500),
            team("ops", 50),
            format!(
                "[platform]\ncapabilities = [{{ id = \"test-environments\", level = {level}, team = \"ops\", \
                 ticket_effort = \"9 hours\" }}]\n[improvement]\nevery = 2\nhours = \"1 hour\"\nrules = [{rules}]\n"
            ),
        ];
        plain(7, 10, &parts)
    };
    let fund = "{ rule = \"fund-capability\", bound = 4 }";
    let of = |level: u32, rules: &str| {
        let plans = transition::plan(&read(&text(level, rules)), None, 8 * WEEK, 12)
            .expect("it can be planned");
        transition::run(&plans, 0, 12, &Cancel::default())
    };
    for (there, funded) in of(4, "").iter().zip(of(3, fund)) {
        let last = funded.timeline.last().expect("tickets were waited for");
        assert_eq!(
            (last.to.as_str(), funded.draw),
            ("4", there.draw),
            "{last:?}"
        );
        near("the last quarter", hours(&funded, 11), hours(there, 11));
    }
}
