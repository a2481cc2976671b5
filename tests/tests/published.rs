//! A change whose effect was published: Microsoft XIT sustained engineering (Anderson and Dumitriu, "From
//! Worst to Best in 9 Months", 2005).

use crate::shipped_figures::SHIPPED;
use millrace_app_core::templates::template;
use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, Metric, Summary, run};
use millrace_core::scenario::Scenario;
use millrace_core::stats::{Estimate, Influence};
use millrace_core::time::ticks_up;
use std::sync::LazyLock;

const ID: &str = "microsoft-xit-2004";
const YEARS: u64 = 2_000;

static STUDY: LazyLock<Scenario> =
    LazyLock::new(|| Scenario::read(template(ID).expect(ID).text).expect("it is valid"));
static BASELINE: LazyLock<Vec<Replication>> = LazyLock::new(|| years(None));

fn years(what_if: Option<&str>) -> Vec<Replication> {
    let warm_up = STUDY.baseline.study.run.warm_up.expect("it is given");
    let model = STUDY
        .variant(what_if, &[])
        .expect("it is valid")
        .model(Some(ticks_up(warm_up)));
    run(&model, 0, YEARS, &Cancel::default())
}

/// Throughput of a what-if over the baseline's, less 1 (delta method under common random numbers).
fn gain(what_if: &str) -> Estimate {
    let of = |runs: &[Replication]| Metric::Throughput.influence(runs).expect("deliveries");
    let (a, b) = (of(&BASELINE), of(&years(Some(what_if))));
    let ratio = b.value / a.value;
    let pairs = b.psi.iter().zip(&a.psi);
    Influence {
        value: ratio - 1.0,
        psi: pairs.map(|(b, was)| (b - ratio * was) / a.value).collect(),
    }
    .estimate(0.95)
}

fn holds(what: &str, gain: Estimate, published: f64) {
    let errors = (gain.value - published) / (gain.half_width() / 1.96);
    assert!(
        gain.half_width() < 0.02,
        "{what}: too few years to tell, {gain:?}"
    );
    assert!(
        gain.low <= published && published <= gain.high,
        "{what}: expected {published:+.3}, came {:+.3} ({errors:+.1} standard errors)",
        gain.value
    );
}

#[test]
fn without_the_estimates_that_take_40_percent_two_thirds_more_is_delivered() {
    holds("no estimates", gain("no-estimates"), 1.0 / 0.6 - 1.0);
}

#[test]
fn the_rest_of_the_published_gain_is_what_was_fitted() {
    holds("and a limit", gain("limited"), 1.55);
    let text = template(ID).expect(ID).text;
    assert!(
        text.contains("fitted: "),
        "the file says which number is fitted"
    );
}

/// About five months before; after the change at most five weeks, and typically 14 days.
#[test]
fn lead_times_are_near_those_published() {
    let study = SHIPPED.iter().find(|s| s.id == ID).expect(ID);
    let days =
        |s: &Summary, of: fn(&Summary) -> Option<Estimate>| of(s).expect("deliveries").value / 24.0;
    let (before, after) = (&study.variants[0], &study.variants[2]);
    let months = days(before, |s| s.lead_time_hours.p50) * 12.0 / 365.0;
    let (usual, late) = (
        days(after, |s| s.lead_time_hours.p50),
        days(after, |s| s.lead_time_hours.p95),
    );
    assert!(
        (4.5..=5.5).contains(&months),
        "before: expected about 5 months, came {months:.1}"
    );
    assert!(
        (10.0..=20.0).contains(&usual),
        "after: expected about 14 days, came {usual:.1}"
    );
    assert!(
        late <= 35.0,
        "after: expected 95 of 100 within five weeks, came {late:.1} days"
    );
}
