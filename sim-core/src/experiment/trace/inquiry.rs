//! Where the years go: a trial of all suspects, a first look at those kept, all years for what matters most.

use super::super::compare::FIRST_LOOK;
use super::super::summary::{CONFIDENCE, summarise};
use super::effect::{Term, YearsBelow, sum};
use super::lab::{Lab, Set};
use super::rank::ranks;
use super::{
    ALPHA, Blame, Effects, Effort, Figure, Pair, Ranks, Section, Suspect, Trace, Traced,
    TracedPart, accounted, accounts,
};
use crate::model::Model;

/// Years on which all suspects are tried where there are more than asked for.
const TRIAL: usize = 8;
/// The same for what is left at the end, and the years that those kept have there: with all else ideal,
/// years hardly differ.
const AT_THE_END: [usize; 2] = [2, 16];
/// Suspects of which pairs are tried, by lead time and by harm.
const PAIRED: usize = 6;
/// Pairs that go on from the trial, and to all years, at most.
const FOLLOWED: [usize; 2] = [16, 3];
/// Share of the baseline's value from which a pair's difference from the sum is followed.
const FOLLOWED_FROM: f64 = 0.02;
/// Half-width, as a share of the baseline's value, from which an effect needs no more years.
const PRECISE: f64 = 0.02;
/// Hidden suspects that are tried with every other, at most.
const HIDDEN: usize = 2;
/// Share of the baseline's lead time from which a saving at the end that is not there on its own makes a
/// suspect a hidden one.
const HIDDEN_FROM: f64 = 0.05;
/// Looks over which the error is spent: at the first years, and at all.
const LOOKS: f64 = 2.0;

/// Replications at most.
pub(super) fn planned(all: usize, effort: Effort) -> u64 {
    let trial = if all > effort.suspects {
        all * (TRIAL + AT_THE_END[0])
    } else {
        0
    };
    let kept = all.min(effort.suspects);
    let first = kept.min(2 * PAIRED) + Figure::ALL.len();
    let pairs = (PAIRED * (PAIRED - 1)).min(kept * kept / 2) + HIDDEN * kept;
    let more = effort.years - FIRST_LOOK;
    let sets = kept + Section::ALL.len() + 1;
    let looks = sets + FOLLOWED[0].min(pairs);
    let all = 1 + first + FOLLOWED[1].min(pairs);
    (trial + sets * AT_THE_END[1] + pairs * TRIAL + looks * FIRST_LOOK + all * more) as u64
}

/// A trace under way.
pub(super) struct Inquiry<'a> {
    suspects: &'a [Suspect],
    all: Set,
    lab: Lab<'a>,
    effort: Effort,
}

impl<'a> Inquiry<'a> {
    pub fn new(suspects: &'a [Suspect], lab: Lab<'a>, effort: Effort) -> Self {
        Self {
            all: (0..suspects.len()).collect(),
            suspects,
            lab,
            effort,
        }
    }

    fn rest(&self, set: &[usize]) -> Set {
        self.all
            .iter()
            .copied()
            .filter(|i| !set.contains(i))
            .collect()
    }

    /// Make each of some sets ideal on its own.
    fn on_their_own(&mut self, sets: &[Set], to: usize) {
        let as_it_is = std::iter::once(Set::new());
        self.lab.make(as_it_is.chain(sets.iter().cloned()), to);
    }

    /// Make each of some sets ideal at the end.
    fn at_the_end(&mut self, sets: &[Set], to: usize) {
        let ends: Vec<Set> = sets.iter().map(|s| self.rest(s)).collect();
        self.lab
            .make(ends.into_iter().chain([self.all.clone()]), to);
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
    pub fn keep(&mut self) -> Vec<Set> {
        let each: Vec<Set> = self.all.iter().map(|&i| vec![i]).collect();
        if each.len() <= self.effort.suspects {
            return each;
        }
        self.on_their_own(&each, TRIAL);
        self.at_the_end(&each, AT_THE_END[0]);
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
    pub fn groups(&self) -> Vec<(Section, Set)> {
        let of = |part: Section| -> Set {
            let those = self.all.iter().filter(|&&i| self.suspects[i].part == part);
            those.copied().collect()
        };
        let groups = Section::ALL.into_iter().map(|part| (part, of(part)));
        groups.filter(|g| !g.1.is_empty()).collect()
    }

    /// Make the years: of all that is kept, of what matters most, of pairs. Returns the pairs.
    pub fn look(&mut self, kept: &[Set], groups: &[(Section, Set)]) -> Vec<Set> {
        let parts: Vec<Set> = groups.iter().map(|g| g.1.clone()).collect();
        let both = [kept, &parts].concat();
        self.on_their_own(&both, FIRST_LOOK);
        self.at_the_end(&both, AT_THE_END[1]);
        let by_lead = self.first(kept, Figure::LeadTime, PAIRED);
        let mut by_harm = self.first(kept, Figure::Incidents, PAIRED / 2);
        for set in self.first(kept, Figure::Impact, PAIRED) {
            if by_harm.len() < PAIRED && !by_harm.contains(&set) {
                by_harm.push(set);
            }
        }
        let confidence = self.confidence(groups.len(), 0);
        let mut most: Vec<Set> = Vec::new();
        for figure in Figure::ALL {
            let those = if figure == Figure::LeadTime {
                &by_lead
            } else {
                &by_harm
            };
            let ahead = self.first(&parts, figure, 1);
            let open = |set: &&Set| !self.is_precise(figure, &self.terms(set, false), confidence);
            most.extend(those.iter().chain(&ahead).filter(open).cloned());
        }
        self.on_their_own(&most, self.effort.years);
        let mut pairs = [pairs(&by_lead), pairs(&by_harm), self.behind(kept)].concat();
        pairs.sort_unstable();
        pairs.dedup();
        self.lab.make(pairs.clone(), TRIAL);
        let pairs = self.follow(&pairs, FOLLOWED[0]);
        self.lab.make(pairs.clone(), FIRST_LOOK);
        let most = self.follow(&pairs, FOLLOWED[1]);
        let confidence = self.confidence(groups.len(), pairs.len());
        let open = |p: &Set| {
            let of = |f: &Figure| !self.is_precise(*f, &self.beyond(p), confidence);
            Figure::ALL.iter().any(of)
        };
        let most: Vec<Set> = most.into_iter().filter(open).collect();
        self.lab.make(most, self.effort.years);
        self.lab.close();
        pairs
    }

    fn is_precise(&self, figure: Figure, terms: &[Term<'_>], confidence: f64) -> bool {
        let base = sum(figure.metric(), &[(1.0, self.lab.runs(&[]))]).map_or(0.0, |i| i.value);
        sum(figure.metric(), terms)
            .is_none_or(|i| i.estimate(confidence).half_width() <= PRECISE * base)
    }

    /// Suspects that save lead time at the end and hardly on their own, each with every other: one of them
    /// hides it.
    fn behind(&self, kept: &[Set]) -> Vec<Set> {
        let saves = |set: &Set, end: bool| {
            let [after, before] = self.terms(set, end);
            let change = sum(Figure::LeadTime.metric(), &[after, before]);
            -change.map_or(0.0, |i| i.value)
        };
        let base = sum(Figure::LeadTime.metric(), &[(1.0, self.lab.runs(&[]))]);
        let least = HIDDEN_FROM * base.map_or(0.0, |i| i.value);
        let mut hidden: Vec<(f64, &Set)> = (kept.iter())
            .map(|set| (saves(set, true), set))
            .filter(|(end, set)| *end > least && saves(set, false) < end / 4.0)
            .collect();
        hidden.sort_by(|a, b| b.0.total_cmp(&a.0));
        let with = |set: &Set| -> Vec<Set> {
            let others = kept.iter().filter(|o| *o != set);
            others
                .map(|o| vec![set[0].min(o[0]), set[0].max(o[0])])
                .collect()
        };
        hidden.iter().take(HIDDEN).flat_map(|h| with(h.1)).collect()
    }

    /// The first few pairs that are markedly more or less than their sum.
    fn follow(&self, pairs: &[Set], few: usize) -> Vec<Set> {
        let value = |f: Figure, terms: &[Term<'_>]| sum(f.metric(), terms).map_or(0.0, |i| i.value);
        let bases = Figure::ALL.map(|f| value(f, &[(1.0, self.lab.runs(&[]))]));
        let most = |pair: &Set| {
            let share = |(f, base): (Figure, f64)| value(f, &self.beyond(pair)).abs() / base;
            let measured = Figure::ALL.into_iter().zip(bases).filter(|m| m.1 > 0.0);
            measured.map(share).fold(0.0, f64::max)
        };
        let mut by: Vec<(f64, &Set)> = pairs.iter().map(|p| (most(p), p)).collect();
        by.retain(|p| p.0 > FOLLOWED_FROM);
        by.sort_by(|a, b| b.0.total_cmp(&a.0));
        by.into_iter().take(few).map(|p| p.1.clone()).collect()
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
            years_saved: YearsBelow::sum(&self.terms(set, false)),
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
            years_beyond: YearsBelow::sum(&self.beyond(pair)),
        }
    }

    pub fn result(
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
            warnings: summarise("", "", model, base).warnings(),
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
