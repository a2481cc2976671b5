//! What runs in the transition view: the plan of a what-if, one for each draw of the assumptions.

use super::run::{Cancel, in_pairs};
use crate::engine::{Funding, Plan, QUARTER_WEEKS, Replication, Step, run_plan};
use crate::model::Model;
use crate::random::Name;
use crate::scenario::{Fault, PlannedStep, Scenario, Variant};
use crate::time::{Ticks, WEEK};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What the replications of a what-if, or of the baseline, run on.
#[derive(Debug)]
pub enum Plans {
    /// A study without assumption ranges.
    One(Box<Plan>),
    /// A study with them: replications 2k and 2k + 1 share draw k.
    Drawn(Box<Draws>),
}

/// A plan for each draw of a study's assumption ranges.
#[derive(Debug)]
pub struct Draws {
    likely: Plan,
    course: Course,
}

impl Plans {
    /// The plan with every range at its likely value.
    #[must_use]
    pub fn likely(&self) -> &Plan {
        match self {
            Self::One(plan) => plan,
            Self::Drawn(draws) => &draws.likely,
        }
    }
}

impl From<Plan> for Plans {
    fn from(plan: Plan) -> Self {
        Self::One(Box::new(plan))
    }
}

/// How a plan comes about: the study before, and as each step leaves it.
#[derive(Debug)]
struct Course {
    baseline: Variant,
    steps: Vec<PlannedStep>,
    warm_up: Ticks,
    quarters: u32,
}

impl Course {
    /// The same under draw `k` of the assumption ranges.
    fn drawn(&self, k: u64) -> Self {
        let step = |s: &PlannedStep| s.with(s.variant.drawn(k));
        Self {
            baseline: self.baseline.drawn(k),
            steps: self.steps.iter().map(step).collect(),
            ..*self
        }
    }

    fn plan(&self) -> Plan {
        let mut baseline = self.baseline.model(Some(self.warm_up));
        let drain = baseline.window.cap - baseline.window.horizon;
        baseline.window.horizon = self.warm_up + Ticks::from(self.quarters) * QUARTER_WEEKS * WEEK;
        baseline.window.cap = baseline.window.horizon + drain;
        let mut before = baseline.clone();
        let mut steps = Vec::new();
        for step in &self.steps {
            let model = step.variant.model(Some(self.warm_up));
            steps.push(as_step(step, &before, model.clone()));
            before = model;
        }
        let all = std::iter::once(&self.baseline).chain(self.steps.iter().map(|s| &s.variant));
        Plan {
            baseline,
            steps,
            funding: Some(funding(all.cloned().collect(), self.warm_up)),
        }
    }

    /// What has nowhere to go when a step takes effect.
    fn faults(&self) -> Vec<Fault> {
        let mut before = self.baseline.model(None);
        let mut faults = Vec::new();
        for step in &self.steps {
            let model = step.variant.model(None);
            faults.extend(stranded(&before, &model, &step.what_ifs.join(", ")));
            before = model;
        }
        faults
    }
}

/// The plans of a what-if, or of the baseline (`None`), over some quarters after the warm-up.
///
/// # Errors
/// Every fault of the what-if; a value stream that it takes away or no longer releases, because what is on
/// its way there has nowhere to go.
pub fn plan(
    scenario: &Scenario,
    what_if: Option<&str>,
    warm_up: Ticks,
    quarters: u32,
) -> Result<Plans, Vec<Fault>> {
    let course = Course {
        baseline: scenario.baseline.clone(),
        steps: what_if.map_or(Ok(Vec::new()), |id| scenario.steps(id))?,
        warm_up,
        quarters,
    };
    let faults = course.faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let likely = course.plan();
    let mut all = std::iter::once(&course.baseline).chain(course.steps.iter().map(|s| &s.variant));
    Ok(if !all.any(Variant::is_drawn) {
        likely.into()
    } else {
        Plans::Drawn(Box::new(Draws { likely, course }))
    })
}

fn funding(variants: Vec<Variant>, warm_up: Ticks) -> Funding {
    Box::new(move |steps, levels| variants.get(steps)?.funded(Some(warm_up), levels))
}

fn stranded(before: &Model, after: &Model, what_if: &str) -> Option<Fault> {
    let lost = before.streams.iter().find(|s| {
        let now = after.streams.iter().find(|n| n.name == s.name);
        now.is_none_or(|n| s.release.is_some() && n.release.is_none())
    })?;
    let message = format!(
        "takes away the value stream `{}` or its release, and what is on its way there has nowhere to go: only the settled view can show it",
        lost.id
    );
    Some(Fault::new(None, format!("what_ifs.{what_if}"), message))
}

fn as_step(step: &PlannedStep, before: &Model, model: Model) -> Step {
    let people: f64 = before.teams.iter().map(|t| f64::from(t.people)).sum();
    let mut cost: BTreeMap<Name, f64> = BTreeMap::new();
    let mut spares = Vec::new();
    for team in &before.teams {
        let share = step.shared_cost * f64::from(team.people) / people;
        let own = step.cost.get(&team.id).copied().unwrap_or(0.0);
        if own == 0.0 {
            spares.push(team.name);
        }
        *cost.entry(team.name).or_default() += share + own;
    }
    // A team that an earlier step took away still costs: its work falls to those who are there.
    for (id, weeks) in &step.cost {
        if before.teams.iter().all(|t| t.id != *id) {
            *cost.entry(Name::of_text(id)).or_default() += weeks;
        }
    }
    Step {
        model,
        start: step.start,
        weeks: step.weeks,
        cost: cost.into_iter().collect(),
        dip: step.dip,
        dip_weeks: step.dip_weeks,
        spares,
    }
}

/// Make replications `from..to` of a plan. After a cancel, the contiguous prefix that was done.
#[must_use]
pub fn run(plans: &Plans, from: u64, to: u64, cancel: &Cancel) -> Vec<Replication> {
    let draws = match plans {
        Plans::One(plan) => {
            let done: Vec<Option<Replication>> = (from..to)
                .into_par_iter()
                .map(|r| (!cancel.is_cancelled()).then(|| run_plan(plan, r)))
                .collect();
            return done.into_iter().map_while(|r| r).collect();
        }
        Plans::Drawn(draws) => draws,
    };
    in_pairs(from, to, cancel, |k, pair| {
        let plan = draws.course.drawn(k).plan();
        let one = |r| Replication {
            draw: Some(k),
            ..run_plan(&plan, r)
        };
        pair.map_while(|r| (!cancel.is_cancelled()).then(|| one(r)))
            .collect()
    })
}
