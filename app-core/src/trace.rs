//! Where lead time and incidents come from, in plain sentences: each is made of a trace's numbers and
//! printed only if its intervals carry it.

mod names;
#[cfg(test)]
mod tests;

pub use names::{ideal, part};

use crate::levers::capital;
use millrace_core::experiment::trace::{
    Account, Blame, Cure, Effects, Figure, Pair, Trace, Traced, TracedPart,
};
use millrace_core::stats::Estimate;
use millrace_report::words::{self, rounded};

/// Savings below this share of the baseline's value are not worth a sentence.
const MATERIAL: f64 = 0.02;
/// An interval wholly within this share of the baseline's value is nothing.
const NOTHING: f64 = 0.05;
/// Suspects, or pairs of them, in one answer.
const TOLD: usize = 3;

/// What an effect amounts to beside the baseline's value.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Worth {
    Saves(f64),
    Costs(f64),
    Nothing,
    Unknown,
}

fn worth(effect: Option<Estimate>, base: f64) -> Worth {
    let Some(e) = effect else {
        return Worth::Unknown;
    };
    if e.high < 0.0 && -e.value >= MATERIAL * base {
        Worth::Saves(-e.value)
    } else if e.low > 0.0 && e.value >= MATERIAL * base {
        Worth::Costs(e.value)
    } else if e.low.abs().max(e.high.abs()) <= NOTHING * base {
        Worth::Nothing
    } else {
        Worth::Unknown
    }
}

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
            Figure::LeadTime if base >= 36.0 => (24.0, "days"),
            Figure::LeadTime => (1.0, "hours"),
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
                Worth::Saves(by) => Some((x, by, blame(x).rank.of(self.figure))),
                _ => None,
            })
            .collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1));
        out
    }
}

/// The answer in sentences: where the time goes, which part, which suspects, what hides what, what makes
/// it worse; then the same of incidents and harm.
#[must_use]
pub fn sentences(trace: &Trace) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(lead) = Scale::of(trace, Figure::LeadTime) {
        out.extend(accounts(trace, lead));
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

/// "a", "a and b", "a, b and c".
fn listed(all: &[String]) -> String {
    match all.split_last() {
        None => String::new(),
        Some((one, [])) => one.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

fn accounts(trace: &Trace, lead: Scale) -> Option<String> {
    let work = trace.accounts.iter().find(|a| a.id == "touch")?;
    let mut most: Vec<_> = trace.accounts.iter().filter(|a| a.id != "touch").collect();
    most.sort_by(|a, b| b.hours.total_cmp(&a.hours));
    let of = |a: &&&Account| format!("{} {}", lead.amount(a.hours), words::part(a.id).1);
    let worth_saying = |a: &&&Account| a.hours >= MATERIAL * lead.base;
    let most: Vec<String> = most
        .iter()
        .filter(worth_saying)
        .take(3)
        .map(|a| of(&a))
        .collect();
    (!most.is_empty()).then(|| {
        format!(
            "Of {} {}, {}; {} are work.",
            lead.amount(lead.base),
            lead.unit,
            listed(&most),
            lead.amount(work.hours)
        )
    })
}

fn parts(trace: &Trace, scale: Scale) -> Option<String> {
    let savers = scale.savers(&trace.parts, |p| &p.blame);
    let name = |p: &TracedPart| part(p.part).to_owned();
    let Some(((first, by, _), rest)) = savers.split_first() else {
        return Some(format!(
            "No part of the organisation, made ideal on its own, surely saves any of the {} {}.",
            scale.amount(scale.base),
            scale.unit
        ));
    };
    let tied: Vec<String> = (savers.iter().filter(|s| s.2 == 1))
        .map(|s| name(s.0))
        .collect();
    if tied.len() > 1 {
        return Some(format!(
            "Made ideal on their own, {} save the most, up to {}: which of them saves more cannot be told.",
            listed(&tied),
            scale.of_base(*by)
        ));
    }
    let next: Vec<String> = (rest.iter().take(2))
        .map(|s| format!("{} {}", name(s.0), scale.amount(s.1)))
        .collect();
    let next = if next.is_empty() {
        String::new()
    } else {
        format!("; {}", listed(&next))
    };
    Some(format!(
        "By part, it is {} first: ideal on its own it saves {}{next}.",
        name(first),
        scale.of_base(*by)
    ))
}

fn leaders(trace: &Trace, scale: Scale) -> Option<String> {
    let savers = scale.savers(&trace.suspects, |s| &s.blame);
    let (first, by, _) = savers.first()?;
    let tied = savers.iter().filter(|s| s.2 == 1).count();
    let price = match scale.figure {
        Figure::LeadTime => String::new(),
        _ => price(trace, first),
    };
    if tied > 1 {
        let names: Vec<String> = savers
            .iter()
            .take(tied.min(TOLD))
            .map(|s| ideal(&s.0.suspect))
            .collect();
        let more = if tied > TOLD { ", among others," } else { "" };
        return Some(format!(
            "{}{more} each save up to {} on their own: which of them saves more cannot be told.",
            capital(&listed(&names)),
            scale.of_base(*by)
        ));
    }
    let next: Vec<String> = (savers[1..].iter().take(2))
        .map(|s| format!("{} {}", ideal(&s.0.suspect), scale.amount(s.1)))
        .collect();
    let next = if next.is_empty() {
        ", and nothing else surely saves any".to_owned()
    } else {
        format!("; {}", listed(&next))
    };
    Some(format!(
        "{} saves {} on its own{price}{next}.",
        capital(&ideal(&first.suspect)),
        scale.of_base(*by)
    ))
}

/// What a saving of harm costs in lead time.
fn price(trace: &Trace, of: &Traced) -> String {
    let lead = Scale::of(trace, Figure::LeadTime);
    match lead.map(|lead| (lead, lead.own(&of.blame))) {
        Some((lead, Worth::Costs(by))) => {
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
        Worth::Saves(by) => format!("saves {}", scale.amount(by)),
        Worth::Costs(by) => format!("makes it {} longer", scale.amount(by)),
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
fn hidden(trace: &Trace, lead: Scale) -> Vec<String> {
    // What a suspect costs on its own is not what another one hides.
    let saved = |e: &Effects| e.of(lead.figure).map_or(0.0, |e| (-e.value).max(0.0));
    let more = |p: &Pair| {
        let surely = matches!(
            worth(p.beyond_the_sum.of(lead.figure), lead.base),
            Worth::Saves(_)
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
            out.push(hides(trace, lead, pair));
        }
    }
    out
}

fn hides(trace: &Trace, lead: Scale, pair: &Pair) -> String {
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
    format!(
        "{opening}{} alone {}, {second} alone {}, both together save {} {}: one hides the other.",
        capital(&first),
        alone(lead, own(trace, pair, a)),
        alone(lead, own(trace, pair, b)),
        lead.amount(together),
        lead.unit
    )
}

/// The pair that saves the most less together than apart.
fn alike(trace: &Trace, lead: Scale) -> Option<String> {
    let saves = |e: &Effects| matches!(worth(e.of(lead.figure), lead.base), Worth::Saves(_));
    let less = |p: &Pair| match worth(p.beyond_the_sum.of(lead.figure), lead.base) {
        Worth::Costs(less)
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
    Some(format!(
        "{} alone {}, {b} alone {}, both together only {} {}: in part they save the same time.",
        capital(&a),
        alone(lead, own(trace, pair, 0)),
        alone(lead, own(trace, pair, 1)),
        lead.amount(together),
        lead.unit
    ))
}

/// What would be ideal and makes lead time longer on its own.
fn worse(trace: &Trace, lead: Scale) -> Option<String> {
    let mut all: Vec<(f64, String)> = (trace.suspects.iter())
        .filter_map(|s| match lead.own(&s.blame) {
            Worth::Costs(by) => Some((by, ideal(&s.suspect))),
            _ => None,
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let each: Vec<String> = (all.iter().take(TOLD))
        .map(|(by, what)| format!("{what} by {} {}", lead.amount(*by), lead.unit))
        .collect();
    (!each.is_empty())
        .then(|| format!("On its own this makes lead time longer: {}.", listed(&each)))
}

/// When incidents rise: is a gate insufficient, or must a strategy change?
fn gate_or_strategy(trace: &Trace, incidents: Scale) -> Option<String> {
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
    Some(match (gate, strategy) {
        (None, None) => return None,
        (Some(g), None) => format!(
            "A gate is insufficient: {}; no other strategy surely saves any.",
            saves(&g)
        ),
        (None, Some(s)) => format!(
            "A strategy must change: {}{}; no better gate surely saves any.",
            saves(&s),
            price(trace, s.0)
        ),
        (Some(g), Some(s)) => {
            let (gi, si) = (interval(&g)?, interval(&s)?);
            let verdict = if gi.high < si.low {
                "A gate is insufficient, more than a strategy is wrong"
            } else if si.high < gi.low {
                "A strategy must change, more than a gate is insufficient"
            } else {
                "A better gate or another strategy, which saves more cannot be told"
            };
            format!(
                "{verdict}: {}, {}{}.",
                saves(&g),
                saves(&s),
                price(trace, s.0)
            )
        }
    })
}
