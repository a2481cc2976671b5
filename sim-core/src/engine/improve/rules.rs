//! What each rule asks for, given what was seen.

use super::Improving;
use super::edit::{Edit, handoff, moved, uses};
use crate::model::{Improvement, Model, Objective, ObjectiveMetric, QueuePolicy, Rule, Stage};
use crate::random::Name;
use crate::time::{Ticks, WEEKS_PER_MONTH};
use std::collections::BTreeMap;

/// How far a gate's strictness moves at a time: an assumption.
const STRICTNESS: f64 = 0.05;
/// Share of defects left after a lesson: an assumption.
const LESSON: f64 = 0.95;
/// Factor on a missed objective's weight: an assumption.
const WEIGHT: f64 = 1.5;

/// A review under way.
pub struct Review<'a> {
    pub model: &'a Model,
    pub improvement: &'a Improvement,
    pub past: &'a Improving,
    /// Items that wait at each gate for a review by hand.
    pub queues: &'a [u32],
    /// Months since the last review.
    pub months: f64,
    pub can_fund: &'a dyn Fn(&BTreeMap<String, u32>) -> bool,
}

/// The largest of some times, if any time was lost; of two alike the one whose name comes first.
fn longest<K: Copy>(of: impl Iterator<Item = (K, Ticks)>) -> Option<K> {
    let some = of.filter(|x| x.1 > 0);
    some.fold(None, |best: Option<(K, Ticks)>, x| match best {
        Some(b) if b.1 >= x.1 => Some(b),
        _ => Some(x),
    })
    .map(|b| b.0)
}

impl Review<'_> {
    /// What a rule asks for, and the team concerned.
    pub fn ask(&self, rule: Rule, bound: f64) -> Option<(Edit, usize)> {
        match rule {
            Rule::RelaxGate => self.relax(bound),
            Rule::TightenGate => self.tighten(bound),
            Rule::FundCapability => self.fund(bound as u32),
            Rule::LowerWipLimit => self.lower_limit(bound as u32),
            Rule::LearnFromIncidents => self.learn(bound),
            Rule::AutomateGate => self.automate(bound as i32),
            Rule::SaferStrategy => self.safer(bound as i32),
            Rule::RemoveHandoff => self.serve(bound as i32),
            Rule::PrioritiseOutcome => self.prioritise(bound),
        }
    }

    fn gate_team(&self, gate: usize) -> usize {
        let by_hand = super::super::change::map::reviewer(self.model, gate);
        by_hand.unwrap_or(self.model.stages[self.model.gates[gate].stage].team)
    }

    fn strictness(&self, gate: usize, by: f64, bound: f64) -> Option<(Edit, usize)> {
        let g = &self.model.gates[gate];
        let now = g.detector.strictness;
        let edit = Edit::Strictness {
            gate: g.name,
            by,
            bound,
        };
        ((moved(now, by, bound) - now).abs() > 1e-9).then(|| (edit, self.gate_team(gate)))
    }

    fn relax(&self, bound: f64) -> Option<(Edit, usize)> {
        let stops = |g: usize| self.past.seen.stops.get(&self.model.gates[g].name);
        let harmless = (0..self.model.gates.len()).filter_map(|g| match stops(g) {
            Some(&[sound, 0]) => Some((g, Ticks::from(sound))),
            _ => None,
        });
        self.strictness(longest(harmless)?, -STRICTNESS, bound)
    }

    fn tighten(&self, bound: f64) -> Option<(Edit, usize)> {
        let recovered = self.past.seen.recovered.iter().map(|n| Ticks::from(*n));
        let category = longest(recovered.enumerate())?;
        let gates = &self.model.gates;
        let covers =
            |g: &usize| gates[*g].covers[category] && gates[*g].detector.strictness < bound;
        let best = (0..gates.len()).filter(covers).max_by(|a, b| {
            let d = |g: usize| gates[g].detector.discrimination;
            d(*a).total_cmp(&d(*b))
        })?;
        self.strictness(best, STRICTNESS, bound)
    }

    fn fund(&self, bound: u32) -> Option<(Edit, usize)> {
        let name = longest(self.past.seen.tickets.iter().map(|(k, t)| (*k, *t)))?;
        let funded = self
            .improvement
            .capabilities
            .iter()
            .find(|c| c.name == name)?;
        let to = funded.level + 1;
        let mut levels = self.past.levels.clone();
        levels.insert(funded.id.clone(), to);
        if to > bound || !(self.can_fund)(&levels) {
            return None;
        }
        let requests = self.model.stages.iter().flat_map(|s| &s.requests);
        let team = requests.filter(|r| r.name == name).map(|r| r.team).next()?;
        let id = funded.id.clone();
        Some((Edit::Level { id, to }, team))
    }

    fn lower_limit(&self, least: u32) -> Option<(Edit, usize)> {
        let waits = |s: &Stage| self.past.seen.waits.get(&s.name).copied().unwrap_or(0);
        let limited = self
            .model
            .stages
            .iter()
            .filter(|s| s.limit.is_some_and(|l| l > least));
        let stage = longest(limited.map(|s| (s, waits(s))))?;
        let edit = Edit::Limit {
            stage: stage.name,
            least,
        };
        Some((edit, stage.team))
    }

    fn learn(&self, bound: f64) -> Option<(Edit, usize)> {
        let category =
            longest((self.past.seen.recovered.iter().map(|n| Ticks::from(*n))).enumerate())?;
        let left: f64 = (self.past.done.iter())
            .map(|e| match e {
                Edit::Defects { share } => *share,
                _ => 1.0,
            })
            .product();
        let share = (left * LESSON).max(bound) / left;
        // The team that makes most of the defects of the category that hurt most.
        let makes = |s: &&Stage| s.defects[category];
        let stage = (self.model.stages.iter()).max_by(|a, b| makes(a).total_cmp(&makes(b)))?;
        (share < 1.0 - 1e-9).then_some((Edit::Defects { share }, stage.team))
    }

    fn automate(&self, most: i32) -> Option<(Edit, usize)> {
        let gate = longest(self.queues.iter().map(|n| Ticks::from(*n)).enumerate())?;
        let name = self.model.gates[gate].name;
        let before = self.past.times(|e| matches!(e, Edit::Automate { .. }));
        (before < most).then(|| (Edit::Automate { gate: name }, self.gate_team(gate)))
    }

    fn safer(&self, most: i32) -> Option<(Edit, usize)> {
        let strategies = self.past.seen.strategies.iter();
        let used = strategies.filter(|(id, impact)| **impact > 0.0 && uses(self.model, id));
        let (from, _) = used.max_by(|a, b| a.1.total_cmp(b.1))?;
        let ladder = &self.improvement.ladder;
        let at = ladder.iter().position(|s| s.id == *from)?;
        let to = ladder.get(at + 1)?.clone();
        let before = self.past.times(|e| matches!(e, Edit::Strategy { .. }));
        let released = |s: &&crate::model::Stream| s.release.is_some();
        let stream = self.model.streams.iter().find(released)?;
        let release = stream.release.as_ref()?;
        let team = release
            .rollback_team
            .unwrap_or(self.model.stages[stream.commit_stage].team);
        let from = from.clone();
        (before < most).then_some((Edit::Strategy { from, to }, team))
    }

    fn serve(&self, most: i32) -> Option<(Edit, usize)> {
        let better = |from: Name, to: Name| {
            let now = handoff(self.model, from, to).map_or(0.0, |h| h.delay.mean());
            now > self.improvement.as_a_service.delay.mean()
        };
        let pairs = self.past.seen.handoffs.iter().map(|(k, t)| (*k, *t));
        let (from, to) = longest(pairs.filter(|((from, to), _)| better(*from, *to)))?;
        let team = self.model.teams.iter().position(|t| t.name == to)?;
        let before = self.past.times(|e| matches!(e, Edit::Handoff { .. }));
        let becomes = self.improvement.as_a_service.clone();
        (before < most).then_some((Edit::Handoff { from, to, becomes }, team))
    }

    fn prioritise(&self, bound: f64) -> Option<(Edit, usize)> {
        // Weights order queues under no other policy.
        if self.model.policy != QueuePolicy::WeightedShortestJobFirst {
            return None;
        }
        let grown = |o: &Objective| -> f64 {
            let mine = self.past.done.iter().filter_map(|e| match e {
                Edit::Weight { objective, factor } if *objective == o.id => Some(*factor),
                _ => None,
            });
            mine.product()
        };
        let missed = |o: &&Objective| self.missed(o) && grown(o) < bound - 1e-9;
        let o = self.model.objectives.iter().find(missed)?;
        let edit = Edit::Weight {
            objective: o.id.clone(),
            factor: (grown(o) * WEIGHT).min(bound) / grown(o),
        };
        let stream = &self.model.streams[*o.streams.first()?];
        Some((edit, self.model.stages[stream.commit_stage].team))
    }

    fn missed(&self, o: &Objective) -> bool {
        let seen = &self.past.seen;
        let covers = |name: Name| {
            o.streams
                .iter()
                .any(|s| self.model.streams[*s].name == name)
        };
        let leads = || seen.delivered.iter().filter(|d| covers(d.0));
        let n = leads().count() as f64;
        match o.metric {
            ObjectiveMetric::LeadTimePercentile(p) => {
                n > 0.0 && (leads().filter(|d| d.1 <= o.target).count() as f64) < p * n
            }
            ObjectiveMetric::IncidentsPerMonth => {
                f64::from(seen.incidents) / self.months > o.target
            }
            ObjectiveMetric::ImpactPerMonth => seen.impact / self.months > o.target,
            ObjectiveMetric::ThroughputPerWeek => n / (self.months * WEEKS_PER_MONTH) < o.target,
        }
    }
}
