//! Change over simulated time: what does not change stays as it is to the bit, what is on its way loses no
//! time and no work, cost and dip show when they are paid, and improvements stay within their bounds.

mod ignorance;
mod quarters;
mod reviews;
mod switching;

use millrace_core::engine::{Plan, Step};
use millrace_core::model::Model;
use millrace_core::scenario::Scenario;
use millrace_tests::plain::read;

const SHIPPED: &str = include_str!("../../../scenarios/siloed-to-integrated.toml");

/// A step that costs nothing and takes effect some weeks after the start.
fn free(model: Model, weeks: f64) -> Step {
    Step {
        model,
        start: weeks,
        weeks: 0.0,
        cost: Vec::new(),
        dip: 0.0,
        dip_weeks: 0.0,
        spares: Vec::new(),
    }
}

fn plan_of(baseline: &Model, steps: Vec<Step>) -> Plan {
    Plan {
        baseline: baseline.clone(),
        steps,
        funding: None,
    }
}

fn shipped() -> Scenario {
    read(&without_reviews())
}

/// The shipped study, in which nothing is learned.
fn without_reviews() -> String {
    let (before, rest) = SHIPPED.split_once("[improvement]").expect("it has reviews");
    let (_, after) = rest.split_once("\n]\n").expect("rules end");
    format!("{before}{after}")
}
