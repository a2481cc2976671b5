//! Why lead time and incidents are what they are: one thing made ideal at a time, under the same luck
//! (RULES 38).
//!
//! [`suspects`] lists what could be ideal and is not; [`Cure`] says what ideal means. [`trace`] makes each
//! ideal *on its own* and *at the end*, when everything else is ideal already, and tries pairs: what hides
//! behind something else is worth nothing alone. The effects do not add up.
//!
//! Years are spent where they matter. With more suspects than asked for, all are tried on a few years and
//! those that save the most are kept; what is kept has [`FIRST_LOOK`] years; the first few of lead time, of
//! incidents and of impact go on to all years, and so do pairs that are more, or less, than their sum.

mod cure;
mod effect;
mod lab;
mod rank;
mod suspect;

pub use cure::Cure;
pub use effect::{Effects, Figure};
pub use lab::Watch;
pub use suspect::{Section, Suspect, suspects};

use super::compare::FIRST_LOOK;
use super::run::Cancel;
use super::summary::CONFIDENCE;
use crate::engine::{PART_IDS, PARTS, Part, Replication};
use crate::model::{Model, Places};
use crate::scenario::Variant;
use crate::time::Ticks;
use effect::{Term, sum};
use lab::{Lab, Set};
use rank::ranks;
use serde::Serialize;

/// Years on which all suspects are tried where there are more than asked for.
const TRIAL: usize = 8;
/// Suspects of which pairs are tried, by lead time and by harm.
const PAIRED: usize = 6;
/// Pairs that go on to all years, at most.
const FOLLOWED: usize = 6;
/// Share of the baseline's value from which a pair's difference from the sum is followed.
const FOLLOWED_FROM: f64 = 0.03;
/// Error spent on all intervals of a figure together, at both looks.
const ALPHA: f64 = 0.05;
const LOOKS: f64 = 2.0;

/// How much to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Years of what matters most, at least [`FIRST_LOOK`].
    pub years: usize,
    /// Suspects to report, at least 1.
    pub suspects: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            years: 150,
            suspects: 20,
        }
    }
}

/// Places among suspects or parts, from 1; two that cannot be told apart share one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Ranks {
    /// By mean lead time saved on its own.
    pub lead_time: usize,
    /// By incidents saved on its own.
    pub incidents: usize,
    /// By impact hours saved on its own.
    pub impact: usize,
}

impl Ranks {
    /// The place by a figure.
    #[must_use]
    pub fn of(self, figure: Figure) -> usize {
        match figure {
            Figure::LeadTime => self.lead_time,
            Figure::Incidents => self.incidents,
            Figure::Impact => self.impact,
        }
    }
}

/// What making something ideal changes: ideal minus not, so that savings are negative.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blame {
    /// Years it rests on.
    pub replications: usize,
    /// Places by what it saves on its own.
    pub rank: Ranks,
    /// Only this one is ideal.
    pub on_its_own: Effects,
    /// All are ideal but this one, and now it too.
    pub at_the_end: Effects,
}

/// A suspect and what it is to blame for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Traced {
    /// Which.
    #[serde(flatten)]
    pub suspect: Suspect,
    /// Mean hours of a lead time that the accounting puts down to it alone; `None` where it does not say.
    pub accounted_hours: Option<f64>,
    /// What it is to blame for.
    #[serde(flatten)]
    pub blame: Blame,
}

/// A part of the organisation with all its suspects.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TracedPart {
    /// Which.
    pub part: Section,
    /// Its suspects' ids, those included that are not reported alone.
    pub suspects: Vec<String>,
    /// What it is to blame for.
    #[serde(flatten)]
    pub blame: Blame,
}

/// Two suspects together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Ids of the two.
    pub suspects: [String; 2],
    /// Years it rests on.
    pub replications: usize,
    /// Each on its own, over the same years.
    pub apart: [Effects; 2],
    /// Both ideal.
    pub together: Effects,
    /// Together less the sum of each on its own: below 0 one hides the other, above 0 they save the same.
    pub beyond_the_sum: Effects,
}

/// Hours of a lead time by part of the accounting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// As in `parts_hours` of a summary.
    pub id: &'static str,
    /// Mean hours.
    pub hours: f64,
}

/// Where lead time and incidents come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trace {
    /// Cancelled before all years were made.
    pub partial: bool,
    /// Some years of some organisation were cut off: no figure of it can be trusted.
    pub cut_off: bool,
    /// As it is.
    pub baseline: Effects,
    /// With every suspect ideal.
    pub ideal: Effects,
    /// Where the time of a change goes as it is.
    pub accounts: Vec<Account>,
    /// Those of the seven parts that have suspects, in their order.
    pub parts: Vec<TracedPart>,
    /// The suspects that save the most lead time first.
    pub suspects: Vec<Traced>,
    /// Suspects that saved less than those in the trial.
    pub left_out: Vec<Suspect>,
    /// Pairs of the first few.
    pub pairs: Vec<Pair>,
}

impl Trace {
    /// A suspect by id.
    #[must_use]
    pub fn suspect(&self, id: &str) -> Option<&Traced> {
        self.suspects.iter().find(|s| s.suspect.id == id)
    }
}

/// Trace a variant, counting from `warm_up` on. `watch` is told how far it is, from any thread. After a
/// cancel, what the years made so far say.
#[must_use]
pub fn trace(
    variant: &Variant,
    warm_up: Ticks,
    effort: Effort,
    cancel: &Cancel,
    watch: Watch<'_>,
) -> Trace {
    let suspects = suspects(variant);
    let effort = Effort {
        years: effort.years.max(FIRST_LOOK).next_multiple_of(2),
        suspects: effort.suspects.max(1),
    };
    let planned = planned(suspects.len(), effort);
    let lab = Lab::new(variant, &suspects, warm_up, planned, (cancel, watch));
    let mut court = Court {
        all: (0..suspects.len()).collect(),
        suspects: &suspects,
        lab,
        effort,
    };
    let kept = court.keep();
    let groups = court.groups();
    let pairs = court.look(&kept, &groups);
    let model = variant.model(Some(warm_up));
    let trace = court.result(&model, &kept, &groups, &pairs);
    Trace {
        partial: cancel.is_cancelled(),
        ..trace
    }
}

/// Replications at most.
fn planned(all: usize, effort: Effort) -> u64 {
    let trial = if all > effort.suspects { TRIAL } else { 0 };
    let kept = all.min(effort.suspects);
    let first = kept.min(2 * PAIRED) + Section::ALL.len();
    let pairs = PAIRED * (PAIRED - 1);
    let more = effort.years - FIRST_LOOK;
    let sum = 2 * all * trial
        + 2 * (kept + Section::ALL.len()) * FIRST_LOOK
        + 2 * effort.years
        + 2 * first * more
        + pairs * FIRST_LOOK
        + FOLLOWED * more;
    sum as u64
}

/// Suspects before the years that tell.
struct Court<'a> {
    suspects: &'a [Suspect],
    all: Set,
    lab: Lab<'a>,
    effort: Effort,
}

impl Court<'_> {
    fn rest(&self, set: &[usize]) -> Set {
        self.all
            .iter()
            .copied()
            .filter(|i| !set.contains(i))
            .collect()
    }

    /// Make a set ideal on its own and at the end.
    fn both_ways(&mut self, sets: &[Set], to: usize) {
        let ends: Vec<Set> = sets.iter().map(|s| self.rest(s)).collect();
        let bounds = [Set::new(), self.all.clone()];
        self.lab.make(
            bounds.into_iter().chain(sets.iter().cloned()).chain(ends),
            to,
        );
    }

    /// On its own, or at the end.
    fn terms(&self, set: &[usize], at_the_end: bool) -> [Term<'_>; 2] {
        if at_the_end {
            [
                (1.0, self.lab.runs(&self.all)),
                (-1.0, self.lab.runs(&self.rest(set))),
            ]
        } else {
            [(1.0, self.lab.runs(set)), (-1.0, self.lab.runs(&[]))]
        }
    }

    /// The most that a set saves, on its own or at the end, as a share of the baseline's value.
    fn saves(&self, set: &[usize], figure: Figure) -> f64 {
        let value = |terms: &[Term<'_>]| sum(figure.metric(), terms).map_or(0.0, |i| i.value);
        let base = value(&[(1.0, self.lab.runs(&[]))]);
        let most = value(&self.terms(set, false)).min(value(&self.terms(set, true)));
        if base > 0.0 { -most / base } else { 0.0 }
    }

    /// The first few by a figure, of those that save anything.
    fn first(&self, sets: &[Set], figure: Figure, few: usize) -> Vec<Set> {
        let mut by: Vec<(f64, &Set)> = sets.iter().map(|s| (self.saves(s, figure), s)).collect();
        by.retain(|s| s.0 > 0.0);
        by.sort_by(|a, b| b.0.total_cmp(&a.0));
        by.into_iter().take(few).map(|s| s.1.clone()).collect()
    }

    /// The suspects to report: all, or those that save the most of each figure in turn.
    fn keep(&mut self) -> Vec<Set> {
        let each: Vec<Set> = self.all.iter().map(|&i| vec![i]).collect();
        if each.len() <= self.effort.suspects {
            return each;
        }
        self.both_ways(&each, TRIAL);
        // Lead time has as many turns as harm.
        let turns = [
            Figure::LeadTime,
            Figure::Incidents,
            Figure::LeadTime,
            Figure::Impact,
        ];
        let mut rows = turns.map(|f| self.first(&each, f, each.len()).into_iter());
        let mut kept: Vec<Set> = Vec::new();
        loop {
            let before = kept.len();
            for row in &mut rows {
                let next = row.find(|s| !kept.contains(s));
                kept.extend(next.filter(|_| kept.len() < self.effort.suspects));
            }
            if kept.len() == before {
                kept.sort_unstable();
                return kept;
            }
        }
    }

    /// The suspects of each part.
    fn groups(&self) -> Vec<(Section, Set)> {
        let of = |part: Section| -> Set {
            let those = self.all.iter().filter(|&&i| self.suspects[i].part == part);
            those.copied().collect()
        };
        let groups = Section::ALL.into_iter().map(|part| (part, of(part)));
        groups.filter(|g| !g.1.is_empty()).collect()
    }

    /// Make the years: of all that is kept, of what matters most, of pairs. Returns the pairs.
    fn look(&mut self, kept: &[Set], groups: &[(Section, Set)]) -> Vec<Set> {
        let parts: Vec<Set> = groups.iter().map(|g| g.1.clone()).collect();
        let both = [kept, &parts].concat();
        self.both_ways(&both, FIRST_LOOK);
        let by_lead = self.first(kept, Figure::LeadTime, PAIRED);
        let mut by_harm = self.first(kept, Figure::Incidents, PAIRED / 2);
        for set in self.first(kept, Figure::Impact, PAIRED) {
            if by_harm.len() < PAIRED && !by_harm.contains(&set) {
                by_harm.push(set);
            }
        }
        let mut most = [&by_lead[..], &by_harm].concat();
        for figure in Figure::ALL {
            most.extend(self.first(&parts, figure, 2));
        }
        self.both_ways(&most, self.effort.years);
        let mut pairs = [pairs(&by_lead), pairs(&by_harm)].concat();
        pairs.sort_unstable();
        pairs.dedup();
        self.lab.make(pairs.clone(), FIRST_LOOK);
        let follow = self.follow(&pairs);
        self.lab.make(follow, self.effort.years);
        pairs
    }

    /// Pairs that are markedly more or less than their sum.
    fn follow(&self, pairs: &[Set]) -> Vec<Set> {
        let share = |pair: &Set, figure: Figure| {
            let value = |terms: &[Term<'_>]| sum(figure.metric(), terms).map_or(0.0, |i| i.value);
            let base = value(&[(1.0, self.lab.runs(&[]))]);
            let beyond = value(&self.beyond(pair)).abs();
            if base > 0.0 { beyond / base } else { 0.0 }
        };
        let most = |pair: &Set| {
            Figure::ALL
                .map(|f| share(pair, f))
                .into_iter()
                .fold(0.0, f64::max)
        };
        let mut by: Vec<(f64, &Set)> = pairs.iter().map(|p| (most(p), p)).collect();
        by.retain(|p| p.0 > FOLLOWED_FROM);
        by.sort_by(|a, b| b.0.total_cmp(&a.0));
        by.into_iter().take(FOLLOWED).map(|p| p.1.clone()).collect()
    }

    /// A pair together less each of it on its own.
    fn beyond(&self, pair: &[usize]) -> [Term<'_>; 4] {
        [
            (1.0, self.lab.runs(pair)),
            (-1.0, self.lab.runs(&pair[..1])),
            (-1.0, self.lab.runs(&pair[1..])),
            (1.0, self.lab.runs(&[])),
        ]
    }

    /// The confidence of each interval if all of a figure are to hold together.
    fn confidence(&self, groups: usize, pairs: usize) -> f64 {
        let all = 2 * (self.all.len() + groups) + 4 * pairs;
        1.0 - ALPHA / LOOKS / all.max(1) as f64
    }

    fn blame(&self, sets: &[Set], confidence: f64) -> Vec<Blame> {
        let of = |f: Figure| {
            let own: Vec<[Term<'_>; 2]> = sets.iter().map(|s| self.terms(s, false)).collect();
            ranks(f, &own)
        };
        let [lead_time, incidents, impact] = Figure::ALL.map(of);
        let blame = |(i, set): (usize, &Set)| Blame {
            replications: self.lab.runs(set).len(),
            rank: Ranks {
                lead_time: lead_time[i],
                incidents: incidents[i],
                impact: impact[i],
            },
            on_its_own: Effects::sum(&self.terms(set, false), confidence),
            at_the_end: Effects::sum(&self.terms(set, true), confidence),
        };
        sets.iter().enumerate().map(blame).collect()
    }

    fn pair(&self, pair: &Set, confidence: f64) -> Pair {
        let base = self.lab.runs(&[]);
        let n = self.lab.runs(pair).len().min(base.len());
        let cut = |set: &[usize]| {
            let runs = self.lab.runs(set);
            &runs[..n.min(runs.len())]
        };
        let against =
            |set: &[usize]| Effects::sum(&[(1.0, cut(set)), (-1.0, &base[..n])], confidence);
        Pair {
            suspects: [0, 1].map(|k| self.suspects[pair[k]].id.clone()),
            replications: n,
            apart: [against(&pair[..1]), against(&pair[1..])],
            together: against(pair),
            beyond_the_sum: Effects::sum(&self.beyond(pair), confidence),
        }
    }

    fn result(
        &self,
        model: &Model,
        kept: &[Set],
        groups: &[(Section, Set)],
        pairs: &[Set],
    ) -> Trace {
        let confidence = self.confidence(groups.len(), pairs.len());
        let base = self.lab.runs(&[]);
        let hours = |cure| accounted(cure, model, base);
        let traced = |(set, blame): (&Set, Blame)| Traced {
            suspect: self.suspects[set[0]].clone(),
            accounted_hours: hours(self.suspects[set[0]].cure),
            blame,
        };
        let mut suspects: Vec<Traced> = kept
            .iter()
            .zip(self.blame(kept, confidence))
            .map(traced)
            .collect();
        let own = |t: &Traced| {
            t.blame
                .on_its_own
                .lead_time_mean_hours
                .map_or(0.0, |e| e.value)
        };
        suspects.sort_by(|a, b| own(a).total_cmp(&own(b)));
        let parts: Vec<Set> = groups.iter().map(|g| g.1.clone()).collect();
        let part = |((part, set), blame): (&(Section, Set), Blame)| TracedPart {
            part: *part,
            suspects: set.iter().map(|&i| self.suspects[i].id.clone()).collect(),
            blame,
        };
        let left_out = |i: &&usize| !kept.iter().any(|s| s[0] == **i);
        Trace {
            partial: false,
            cut_off: self.lab.cut_off(),
            baseline: Effects::sum(&[(1.0, base)], CONFIDENCE),
            ideal: Effects::sum(&[(1.0, self.lab.runs(&self.all))], CONFIDENCE),
            accounts: accounts(base),
            parts: groups
                .iter()
                .zip(self.blame(&parts, confidence))
                .map(part)
                .collect(),
            suspects,
            left_out: (self.all.iter().filter(left_out))
                .map(|&i| self.suspects[i].clone())
                .collect(),
            pairs: pairs.iter().map(|p| self.pair(p, confidence)).collect(),
        }
    }
}

fn pairs(sets: &[Set]) -> Vec<Set> {
    let mut out = Vec::new();
    for (k, a) in sets.iter().enumerate() {
        for b in &sets[k + 1..] {
            out.push(vec![a[0].min(b[0]), a[0].max(b[0])]);
        }
    }
    out
}

fn accounts(runs: &[Replication]) -> Vec<Account> {
    let finished: f64 = runs.iter().map(|r| r.finished).sum();
    (0..PARTS)
        .map(|p| Account {
            id: PART_IDS[p],
            hours: runs.iter().map(|r| r.parts[p]).sum::<f64>() / finished.max(1.0),
        })
        .collect()
}

/// Mean hours that the accounting puts down to one suspect and nothing else.
fn accounted(cure: Cure, model: &Model, runs: &[Replication]) -> Option<f64> {
    let finished: f64 = runs.iter().map(|r| r.finished).sum();
    let part = |p: Part| Some(runs.iter().map(|r| r.parts[p as usize]).sum::<f64>());
    let sum = match cure {
        Cure::GateWait(g) => {
            let at = Places::of(model).gate(g);
            Some(runs.iter().map(|r| r.places[at].0).sum())
        }
        Cure::ReleaseWait => part(Part::ReleaseWait),
        Cure::Handoffs => part(Part::Handoff),
        Cure::Meetings => part(Part::SlowedMeetings),
        Cure::Load => part(Part::SlowedLoad),
        Cure::Environments(_) if model.environments.len() == 1 => part(Part::Environment),
        Cure::Limits(_) if model.streams.len() == 1 => part(Part::WipBlock),
        _ => None,
    };
    sum.map(|s: f64| s / finished.max(1.0))
}
