//! Where lead time and incidents come from, in plain sentences: each is made of a trace's numbers and
//! printed only if its intervals carry it.

mod names;
#[cfg(test)]
mod tests;

pub use names::{ideal, part};

use super::words::{MATERIAL, NOTHING, Unit, Worth, listed, worth};
use super::{About, Sentence, View, spent};
use crate::words::capital;
use millrace_core::experiment::trace::{
    Blame, Cure, Effects, Figure, Pair, Section, Trace, Traced, TracedPart,
};
use millrace_report::words::rounded;

/// Suspects, or pairs of them, in one answer.
const TOLD: usize = 3;

/// A figure of the baseline and how its amounts are printed.
#[derive(Clone, Copy)]
struct Scale {
    figure: Figure,
    base: f64,
    per: f64,
    unit: &'static str,
}

impl Scale {
    fn of(trace: &Trace, figure: Figure) -> Option<Self> {
        let base = trace.baseline.of(figure).filter(|e| e.value > 0.0)?.value;
        let (per, unit) = match figure {
            Figure::LeadTime => (Unit::of(base).hours(), Unit::of(base).plural()),
            Figure::Incidents => (1.0, "incidents a month"),
            Figure::Impact => (1.0, "impact hours a month"),
        };
        Some(Self {
            figure,
            base,
            per,
            unit,
        })
    }

    fn amount(&self, x: f64) -> String {
        rounded(x / self.per)
    }

    /// "18 of 60 days".
    fn of_base(&self, x: f64) -> String {
        format!(
            "{} of {} {}",
            self.amount(x),
            self.amount(self.base),
            self.unit
        )
    }

    fn own(&self, blame: &Blame) -> Worth {
        worth(blame.on_its_own.of(self.figure), self.base)
    }

    /// What saves on its own, the most first, with its place.
    fn savers<'t, T>(
        &self,
        all: &'t [T],
        blame: impl Fn(&T) -> &Blame,
    ) -> Vec<(&'t T, f64, usize)> {
        let mut out: Vec<(&T, f64, usize)> = (all.iter())
            .filter_map(|x| match self.own(blame(x)) {
                Worth::Less(by) => Some((x, by, blame(x).rank.of(self.figure))),
                _ => None,
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }
}

/// The chart of a figure's suspects.
fn chart(figure: Figure) -> &'static str {
    match figure {
        Figure::LeadTime => "lead-time",
        Figure::Incidents => "incidents",
        Figure::Impact => "impact",
    }
}

/// Where effects of a figure can be seen, by the ids of their suspects.
fn about<'i>(scale: Scale, ids: impl IntoIterator<Item = &'i str>) -> Vec<About> {
    let of = |id| About::of(View::Why, chart(scale.figure), id);
    ids.into_iter().map(of).collect()
}

/// The answer in sentences: where the time goes, which part, which suspects, what hides what, what makes
/// it worse; then the same of incidents and harm.
#[must_use]
pub fn sentences(trace: &Trace) -> Vec<Sentence> {
    let mut out = Vec::new();
    if let Some(lead) = Scale::of(trace, Figure::LeadTime) {
        out.extend(spent::sentence(&trace.accounts, lead.base, View::Why));
        out.extend(parts(trace, lead));
        out.extend(leaders(trace, lead));
        out.extend(hidden(trace, lead));
        out.extend(alike(trace, lead));
        out.extend(worse(trace, lead));
    }
    if let Some(incidents) = Scale::of(trace, Figure::Incidents) {
        out.extend(parts(trace, incidents));
        out.extend(leaders(trace, incidents));
        out.extend(gate_or_strategy(trace, incidents));
    }
    if let Some(impact) = Scale::of(trace, Figure::Impact) {
        out.extend(leaders(trace, impact));
    }
    out
}

fn parts(trace: &Trace, scale: Scale) -> Option<Sentence> {
    let savers = scale.savers(&trace.parts, |p| &p.blame);
    let name = |p: &TracedPart| part(p.part).to_owned();
    let Some(((first, by, _), rest)) = savers.split_first() else {
        let text = format!(
            "No part of the organisation, made ideal on its own, surely saves any of the {} {}.",
            scale.amount(scale.base),
            scale.unit
        );
        let about = vec![About::new(View::Why, "parts")];
        return Some(Sentence::overall("parts", text, true, about));
    };
    let tied: Vec<String> = (savers.iter().filter(|s| s.2 == 1))
        .map(|s| name(s.0))
        .collect();
    let years = first.blame.years_saved.of(scale.figure)?;
    let about = savers
        .iter()
        .map(|s| About::of(View::Why, "parts", names::part_id(s.0.part)));
    let about = about.take(tied.len().max(TOLD)).collect();
    if tied.len() > 1 {
        let text = format!(
            "Made ideal on their own, {} save the most, up to {}: which of them saves more cannot be told.",
            listed(&tied),
            scale.of_base(*by)
        );
        return Sentence::held("parts", text, years, about);
    }
    let next: Vec<String> = (rest.iter().take(2))
        .map(|s| format!("{} {}", name(s.0), scale.amount(s.1)))
        .collect();
    let next = if next.is_empty() {
        String::new()
    } else {
        format!("; with {}", listed(&next))
    };
    let costs = match first.part {
        Section::Teams => "cost",
        _ => "costs",
    };
    let text = format!(
        "{} {costs} the most: made ideal, {} go{next}.",
        capital(&name(first)),
        scale.of_base(*by)
    );
    Sentence::held("parts", text, years, about)
}

fn leaders(trace: &Trace, scale: Scale) -> Option<Sentence> {
    let savers = scale.savers(&trace.suspects, |s| &s.blame);
    let (first, by, _) = savers.first()?;
    let tied = savers.iter().filter(|s| s.2 == 1).count();
    let price = match scale.figure {
        Figure::LeadTime => String::new(),
        _ => price(trace, first),
    };
    let years = first.blame.years_saved.of(scale.figure)?;
    let ids = savers.iter().take(TOLD).map(|s| s.0.suspect.id.as_str());
    let about = about(scale, ids);
    if tied > 1 {
        let names: Vec<String> = savers
            .iter()
            .take(tied.min(TOLD))
            .map(|s| ideal(&s.0.suspect))
            .collect();
        let more = if tied > TOLD { ", among others," } else { "" };
        let text = format!(
            "{}{more} each save up to {} on their own: which of them saves more cannot be told.",
            capital(&listed(&names)),
            scale.of_base(*by)
        );
        return Sentence::held("suspects", text, years, about);
    }
    let next: Vec<String> = (savers[1..].iter().take(2))
        .map(|s| format!("{} {}", ideal(&s.0.suspect), scale.amount(s.1)))
        .collect();
    let next = if next.is_empty() {
        ", and nothing else surely saves any".to_owned()
    } else {
        format!("; {}", listed(&next))
    };
    let text = format!(
        "{} saves {} on its own{price}{next}.",
        capital(&ideal(&first.suspect)),
        scale.of_base(*by)
    );
    Sentence::held("suspects", text, years, about)
}

/// What a saving of harm costs in lead time.
fn price(trace: &Trace, of: &Traced) -> String {
    let lead = Scale::of(trace, Figure::LeadTime);
    match lead.map(|lead| (lead, lead.own(&of.blame))) {
        Some((lead, Worth::More(by))) => {
            format!(
                ", and makes changes take {} {} longer",
                lead.amount(by),
                lead.unit
            )
        }
        _ => String::new(),
    }
}

/// What one of a pair does on its own, over all its years: as every other sentence has it.
fn own<'t>(trace: &'t Trace, pair: &'t Pair, k: usize) -> &'t Effects {
    let traced = trace.suspect(&pair.suspects[k]);
    traced.map_or(&pair.apart[k], |s| &s.blame.on_its_own)
}

/// "saves 9", "makes it 5 longer", "saves nothing".
fn alone(scale: Scale, effect: &Effects) -> String {
    match worth(effect.of(scale.figure), scale.base) {
        Worth::Less(by) => format!("saves {}", scale.amount(by)),
        Worth::More(by) => format!("makes it {} longer", scale.amount(by)),
        Worth::Nothing => "saves nothing".to_owned(),
        Worth::Unknown => "saves nothing that can be told".to_owned(),
    }
}

fn name(trace: &Trace, id: &str) -> String {
    trace
        .suspect(id)
        .map_or_else(|| id.to_owned(), |s| ideal(&s.suspect))
}

/// Where the accounting puts time down to a suspect.
fn waits(trace: &Trace, lead: Scale, id: &str) -> Option<String> {
    let traced = trace.suspect(id)?;
    let hours = traced
        .accounted_hours
        .filter(|h| *h >= MATERIAL * lead.base)?;
    let hours = lead.amount(hours);
    match traced.suspect.cure {
        Cure::GateWait(_) => Some(format!("{hours} go by at {}", traced.suspect.name)),
        Cure::ReleaseWait => Some(format!("{hours} wait for the release")),
        _ => None,
    }
}

/// Pairs that save surely more together than apart, each suspect told once.
fn hidden(trace: &Trace, lead: Scale) -> Vec<Sentence> {
    // What a suspect costs on its own is not what another one hides.
    let saved = |e: &Effects| e.of(lead.figure).map_or(0.0, |e| (-e.value).max(0.0));
    let more = |p: &Pair| {
        let surely = matches!(
            worth(p.beyond_the_sum.of(lead.figure), lead.base),
            Worth::Less(_)
        );
        let apart = saved(own(trace, p, 0)) + saved(own(trace, p, 1));
        let more = saved(&p.together) - apart;
        (surely && more >= NOTHING * lead.base).then_some(more)
    };
    let mut pairs: Vec<(f64, &Pair)> = trace
        .pairs
        .iter()
        .filter_map(|p| Some((more(p)?, p)))
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut told: Vec<&String> = Vec::new();
    let mut out = Vec::new();
    for (_, pair) in pairs {
        if out.len() < TOLD && !pair.suspects.iter().any(|s| told.contains(&s)) {
            told.extend(&pair.suspects);
            out.extend(hides(trace, lead, pair));
        }
    }
    out
}

fn hides(trace: &Trace, lead: Scale, pair: &Pair) -> Option<Sentence> {
    let saved = |k: usize| own(trace, pair, k).of(lead.figure).map_or(0.0, |e| e.value);
    // What is worth the least alone comes first: it is what is hidden.
    let (a, b) = if saved(0) >= saved(1) { (0, 1) } else { (1, 0) };
    let [first, second] = [a, b].map(|k| name(trace, &pair.suspects[k]));
    let waits: Vec<String> = [a, b]
        .into_iter()
        .filter_map(|k| waits(trace, lead, &pair.suspects[k]))
        .collect();
    let opening = if waits.is_empty() {
        String::new()
    } else {
        format!(
            "Of {} {}, {}. ",
            lead.amount(lead.base),
            lead.unit,
            listed(&waits)
        )
    };
    let together = pair.together.of(lead.figure).map_or(0.0, |e| -e.value);
    let text = format!(
        "{opening}{} alone {}, {second} alone {}, both together save {} {}: one hides the other.",
        capital(&first),
        alone(lead, own(trace, pair, a)),
        alone(lead, own(trace, pair, b)),
        lead.amount(together),
        lead.unit
    );
    let years = pair.years_beyond.of(lead.figure)?;
    let pair = [a, b].map(|k| pair.suspects[k].as_str());
    Sentence::held("hides", text, years, about(lead, pair))
}

/// The pair that saves the most less together than apart.
fn alike(trace: &Trace, lead: Scale) -> Option<Sentence> {
    let saves = |e: &Effects| matches!(worth(e.of(lead.figure), lead.base), Worth::Less(_));
    let less = |p: &Pair| match worth(p.beyond_the_sum.of(lead.figure), lead.base) {
        Worth::More(less)
            if saves(&p.together) && [0, 1].iter().all(|&k| saves(own(trace, p, k))) =>
        {
            Some(less)
        }
        _ => None,
    };
    let by = trace.pairs.iter().filter_map(|p| Some((less(p)?, p)));
    let (_, pair) = by.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let [a, b] = [0, 1].map(|k| name(trace, &pair.suspects[k]));
    let together = pair.together.of(lead.figure).map_or(0.0, |e| -e.value);
    let text = format!(
        "{} alone {}, {b} alone {}, both together only {} {}: in part they save the same time.",
        capital(&a),
        alone(lead, own(trace, pair, 0)),
        alone(lead, own(trace, pair, 1)),
        lead.amount(together),
        lead.unit
    );
    let years = 1.0 - pair.years_beyond.of(lead.figure)?;
    let pair = pair.suspects.iter().map(String::as_str);
    Sentence::held("alike", text, years, about(lead, pair))
}

/// What would be ideal and makes lead time longer on its own.
fn worse(trace: &Trace, lead: Scale) -> Option<Sentence> {
    let mut all: Vec<(f64, &Traced)> = (trace.suspects.iter())
        .filter_map(|s| match lead.own(&s.blame) {
            Worth::More(by) => Some((by, s)),
            _ => None,
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.truncate(TOLD);
    let years = 1.0 - all.first()?.1.blame.years_saved.of(lead.figure)?;
    let each = |(by, what): &(f64, &Traced)| {
        format!(
            "{} by {} {}",
            ideal(&what.suspect),
            lead.amount(*by),
            lead.unit
        )
    };
    let each: Vec<String> = all.iter().map(each).collect();
    let text = format!("On its own this makes lead time longer: {}.", listed(&each));
    let ids = all.iter().map(|s| s.1.suspect.id.as_str());
    Sentence::held("longer", text, years, about(lead, ids))
}

/// When incidents rise: is a gate insufficient, or must a strategy change?
fn gate_or_strategy(trace: &Trace, incidents: Scale) -> Option<Sentence> {
    let most = |of: fn(Cure) -> bool| {
        let savers = incidents.savers(&trace.suspects, |s| &s.blame);
        savers.into_iter().find(|s| of(s.0.suspect.cure))
    };
    let gate = most(|c| matches!(c, Cure::GateMisses(_)));
    let strategy = most(|c| matches!(c, Cure::Rollout(_)));
    let interval = |s: &(&Traced, f64, usize)| s.0.blame.on_its_own.incidents_per_month;
    let saves = |s: &(&Traced, f64, usize)| {
        format!(
            "{} saves {} on its own",
            ideal(&s.0.suspect),
            incidents.of_base(s.1)
        )
    };
    let told: Vec<&Traced> = [&gate, &strategy]
        .into_iter()
        .flatten()
        .map(|s| s.0)
        .collect();
    let years = told
        .iter()
        .filter_map(|s| s.blame.years_saved.of(incidents.figure));
    let years = years.fold(1.0, f64::min);
    let about = about(incidents, told.iter().map(|s| s.suspect.id.as_str()));
    let text = match (gate, strategy) {
        (None, None) => return None,
        (Some(g), None) => format!(
            "A better gate helps: {}; no other strategy surely saves any.",
            saves(&g)
        ),
        (None, Some(s)) => format!(
            "Another strategy helps: {}{}; no better gate surely saves any.",
            saves(&s),
            price(trace, s.0)
        ),
        (Some(g), Some(s)) => {
            let (gi, si) = (interval(&g)?, interval(&s)?);
            let verdict = if gi.high < si.low {
                "A better gate helps more than another strategy"
            } else if si.high < gi.low {
                "Another strategy helps more than a better gate"
            } else {
                "Whether a better gate or another strategy helps more cannot be told"
            };
            format!(
                "{verdict}: {}, {}{}.",
                saves(&g),
                saves(&s),
                price(trace, s.0)
            )
        }
    };
    Sentence::held("gate-or-strategy", text, years, about)
}
