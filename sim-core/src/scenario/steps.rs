//! A what-if as it happens: those it includes and itself, each at its own time.

use super::family::Recipe;
use super::{Fault, Scenario, Variant, lever};
use std::collections::BTreeMap;

/// What-ifs that take effect together, after others have.
#[derive(Debug, Clone)]
pub struct PlannedStep {
    /// Their ids.
    pub what_ifs: Vec<String>,
    /// The study with all that took effect so far.
    pub variant: Variant,
    /// Weeks from the start of the change until its work begins.
    pub start: f64,
    /// Weeks from there to full effect.
    pub weeks: f64,
    /// Person-weeks by team.
    pub cost: BTreeMap<String, f64>,
    /// Person-weeks of levers, which all teams bear by head-count.
    pub shared_cost: f64,
    /// Share of their speed that the teams it touches lose.
    pub dip: f64,
    /// Weeks until they are as fast as before.
    pub dip_weeks: f64,
}

impl PlannedStep {
    /// The same step of another variant.
    #[must_use]
    pub fn with(&self, variant: Variant) -> Self {
        Self {
            variant,
            what_ifs: self.what_ifs.clone(),
            cost: self.cost.clone(),
            ..*self
        }
    }
}

impl Scenario {
    /// The steps of a what-if, in the order of their full effect. Those of which the changes cannot stand
    /// without what comes later take effect with it.
    ///
    /// # Errors
    /// As [`Scenario::variant`].
    pub fn steps(&self, id: &str) -> Result<Vec<PlannedStep>, Vec<Fault>> {
        self.variant(Some(id), &[])?;
        let mut included = Vec::new();
        self.included(id, &mut included);
        let full = |i: &usize| {
            let (start, weeks) = self.span(&included[*i]);
            start + weeks
        };
        let mut order: Vec<usize> = (0..included.len()).collect();
        order.sort_by(|a, b| full(a).total_cmp(&full(b)));
        let mut steps: Vec<PlannedStep> = Vec::new();
        let mut waiting: Vec<&str> = Vec::new();
        let mut effective = vec![false; included.len()];
        for (n, &i) in order.iter().enumerate() {
            effective[i] = true;
            waiting.push(&included[i]);
            let so_far = included.iter().zip(&effective).filter(|x| *x.1);
            match self.together(so_far.map(|x| x.0.as_str())) {
                Ok(variant) => steps.push(self.step(&std::mem::take(&mut waiting), variant)),
                Err(faults) if n + 1 == order.len() => return Err(faults),
                Err(_) => {}
            }
        }
        Ok(steps)
    }

    /// In the order in which their changes are applied.
    fn included(&self, id: &str, all: &mut Vec<String>) {
        let Some(w) = self.what_if(id).filter(|w| !all.contains(&w.id)) else {
            return;
        };
        w.includes
            .iter()
            .for_each(|other| self.included(other, all));
        if !all.contains(&w.id) {
            all.push(w.id.clone());
        }
    }

    /// Start, and weeks until the slowest of it has its effect.
    fn span(&self, id: &str) -> (f64, f64) {
        self.what_if(id).map_or((0.0, 0.0), |w| {
            let levers = w.levers.keys().map(|l| lever::weeks(l));
            (w.start_week, levers.fold(w.full_effect_weeks, f64::max))
        })
    }

    /// The baseline with just these what-ifs, none that they include.
    fn together<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Result<Variant, Vec<Fault>> {
        let mut recipe = Recipe::of(self.baseline.tree.clone());
        for w in ids.filter_map(|id| self.what_if(id)) {
            recipe.changes.extend_from_slice(&w.changes);
            recipe.levers.extend(w.levers.clone());
        }
        self.changed(recipe)
    }

    fn step(&self, ids: &[&str], variant: Variant) -> PlannedStep {
        let all = || ids.iter().filter_map(|id| self.what_if(id));
        let start = ids
            .iter()
            .map(|id| self.span(id).0)
            .fold(f64::MAX, f64::min);
        let full = ids.iter().map(|id| self.span(id)).map(|(s, w)| s + w);
        let mut cost = BTreeMap::new();
        for (team, weeks) in all().flat_map(|w| &w.cost) {
            *cost.entry(team.clone()).or_default() += weeks;
        }
        let moves = all().flat_map(|w| &w.levers);
        let prices = moves.map(|(l, at)| lever::price(l, at));
        PlannedStep {
            what_ifs: ids.iter().map(|id| (*id).to_owned()).collect(),
            variant,
            start,
            weeks: full.fold(0.0, f64::max) - start,
            cost,
            shared_cost: prices.sum(),
            dip: all().map(|w| w.dip).fold(0.0, f64::max),
            dip_weeks: all().map(|w| w.dip_weeks).fold(0.0, f64::max),
        }
    }
}
