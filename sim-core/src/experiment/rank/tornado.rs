//! Every lever by itself: what one step of it changes, under the same luck.

use super::{HEADLINES, Refused, reasons};
use crate::experiment::arm::{Arm, Figures, Watch, together};
use crate::experiment::compare::{Difference, Verdict, difference, verdict};
use crate::experiment::metric::Metric;
use crate::scenario::lever::Offered;
use crate::scenario::{Scenario, Variant};
use crate::time::Ticks;
use serde::Serialize;
use std::collections::BTreeMap;

/// A step that can be simulated.
#[derive(Debug, Clone)]
pub struct Planned {
    step: Move,
    /// The baseline with the lever moved.
    pub variant: Variant,
}

/// The steps of a study's levers.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Those that make a study.
    pub steps: Vec<Planned>,
    /// Those that do not.
    pub refused: Vec<Refused>,
}

/// One step of one lever.
#[derive(Debug, Clone, Serialize)]
pub struct Move {
    /// The lever's id.
    pub lever: String,
    /// Its shown name.
    pub label: String,
    /// Where it stands.
    pub from: String,
    /// Where it goes.
    pub to: String,
    /// Steps up, −1 or 1; `None` where the lever stands at no position of its own today.
    pub steps: Option<i32>,
    /// Price of the move.
    pub person_weeks: f64,
}

/// What a step changes.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    /// The step.
    #[serde(flatten)]
    pub step: Move,
    /// Change of the 85th percentile of lead time.
    pub lead_time_p85_hours: Option<Difference>,
    /// Change of customer incidents.
    pub incidents_per_month: Option<Difference>,
    /// Change of incidents per 100 items delivered.
    pub incidents_per_100_changes: Option<Difference>,
    /// Change of what is delivered.
    pub throughput_per_week: Option<Difference>,
    /// Verdict on lead time, at error shared by all steps.
    pub lead_time: Option<Verdict>,
    /// Verdict on incidents.
    pub incidents: Option<Verdict>,
    /// With the step taken.
    pub after: Figures,
}

/// All steps, the largest effect on lead time first.
#[derive(Debug, Clone, Serialize)]
pub struct Tornado {
    /// Years of each.
    pub replications: usize,
    /// As it is.
    pub baseline: Option<Figures>,
    /// By the size of the change in lead time.
    pub effects: Vec<Effect>,
    /// Steps that make no study.
    pub refused: Vec<Refused>,
}

/// One step of each of these levers in each direction.
#[must_use]
pub fn plan(scenario: &Scenario, levers: &[Offered]) -> Plan {
    let mut plan = Plan {
        steps: Vec::new(),
        refused: Vec::new(),
    };
    for lever in levers {
        let from = lever.today(&scenario.baseline);
        for (position, steps) in lever.around(&scenario.baseline, 1) {
            let moved = BTreeMap::from([(lever.id.clone(), lever.named(position))]);
            let to = lever.words(Some(position));
            match scenario.combined(&[], &moved) {
                Ok(variant) => plan.steps.push(Planned {
                    step: Move {
                        lever: lever.id.clone(),
                        label: lever.label.clone(),
                        from: from.clone(),
                        to,
                        steps,
                        person_weeks: lever.lever.price(&lever.named(position)),
                    },
                    variant,
                }),
                Err(faults) => plan.refused.push(Refused {
                    lever: lever.id.clone(),
                    to,
                    why: reasons(&faults),
                }),
            }
        }
    }
    plan
}

/// Simulate `years` of the baseline and of every step. `smallest`: the smallest difference worth having,
/// as a share of the baseline's value.
#[must_use]
pub fn tornado(
    baseline: &Variant,
    plan: &Plan,
    warm_up: Ticks,
    years: u64,
    smallest: f64,
    watch: Watch<'_>,
) -> Tornado {
    let variants = std::iter::once(baseline).chain(plan.steps.iter().map(|s| &s.variant));
    let mut arms: Vec<Arm> = variants.map(|v| Arm::new(v, warm_up)).collect();
    together(&mut arms, years, watch);
    let mut effects: Vec<Effect> = Vec::new();
    if let Some((before, after)) = arms.split_first() {
        let of =
            |(step, arm): (&Planned, &Arm)| effect(step, before, arm, plan.steps.len(), smallest);
        effects.extend(plan.steps.iter().zip(after).map(of));
    }
    let size = |e: &Effect| {
        let of = e.lead_time_p85_hours.as_ref();
        of.map_or(0.0, |d| d.estimate.value.abs())
    };
    effects.sort_by(|a, b| size(b).total_cmp(&size(a)));
    Tornado {
        replications: arms.first().map_or(0, |a| a.runs.len()),
        baseline: arms.first().map(Arm::figures),
        effects,
        refused: plan.refused.clone(),
    }
}

fn effect(step: &Planned, before: &Arm, after: &Arm, steps: usize, smallest: f64) -> Effect {
    let by = |m: Metric| difference(m, &before.runs, &after.runs);
    let judged = |m: Metric| verdict(m, &before.runs, &after.runs, steps, smallest);
    let [lead_time, incidents] = HEADLINES;
    Effect {
        step: step.step.clone(),
        lead_time_p85_hours: by(lead_time),
        incidents_per_month: by(incidents),
        incidents_per_100_changes: by(Metric::IncidentsPer100Changes),
        throughput_per_week: by(Metric::Throughput),
        lead_time: judged(lead_time),
        incidents: judged(incidents),
        after: after.figures(),
    }
}
