//! Where lead time and incidents come from: what each suspect would save, made ideal.

mod nearest;
mod place;

pub use nearest::Offer;

use super::{Answer, Ground, Unit, Watching, anchor};
use crate::sentences::trace::{ideal, part as part_name, sentences as told_by};
use crate::sentences::{self, Sentence, load};
use crate::view::PartId;
use crate::words::capital;
use millrace_core::engine::Replication;
use millrace_core::experiment::trace::{
    Blame, Effects, Effort, Figure, Pair, Section, Trace, Traced, trace,
};
use millrace_core::experiment::{self, Watch, replicate, summarise};
use millrace_core::model::Model;
use millrace_core::scenario::Variant;
use millrace_core::stats::Estimate;
use millrace_core::time::{Ticks, ticks_up};
use millrace_report::words;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Years of what matters most: a first answer, and the whole.
const YEARS: [u64; 2] = [32, 150];
/// Years of what a trace does not say.
const BESIDE: u64 = 64;
/// Suspects that are reported.
const SUSPECTS: usize = 20;
/// Share of the baseline's value below which a suspect or an account is not shown.
const SHOWN: f64 = 0.01;

/// Why a variant is as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhyView {
    /// The variant traced: a what-if's id; `None` for the baseline.
    pub variant: Option<String>,
    /// Its name.
    pub name: String,
    /// Years of what matters most.
    pub years: u32,
    /// Years in the end.
    pub target: u32,
    /// What to know before believing a figure.
    pub warnings: Vec<String>,
    /// By lead time, then by incidents.
    pub figures: Vec<WhyFigure>,
    /// Where the mean lead time goes, part by part, the longest first.
    pub accounts: Vec<AccountView>,
    /// Suspects that saved too little in a first trial to be followed.
    pub left_out: u32,
}

/// The blame for one figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WhyFigure {
    /// `leadTime` or `incidents`.
    pub id: WhyId,
    /// As it is, in the unit.
    pub value: f64,
    /// "days", or "incidents a month".
    pub unit: String,
    /// The answer in sentences.
    pub sentences: Vec<Sentence>,
    /// The parts of the organisation, all of each made ideal, in their order.
    pub parts: Vec<PartBlame>,
    /// The suspects that matter for this figure, what saves the most on its own first.
    pub suspects: Vec<SuspectView>,
    /// Pairs that hide each other or save the same, the most striking first.
    pub pairs: Vec<PairView>,
}

/// What is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum WhyId {
    /// The mean time from request to production.
    LeadTime,
    /// Customer incidents a month.
    Incidents,
}

/// A saving, in the figure's unit: positive saves, negative costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Saving {
    /// Best estimate.
    pub value: f64,
    /// Lower end; all intervals of a figure hold together at 95%.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A part of the organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PartBlame {
    /// Which.
    pub id: PartId,
    /// Shown name ("The pipeline").
    pub name: String,
    /// Only this part is ideal.
    pub on_its_own: Option<Saving>,
    /// All else is ideal already.
    pub at_the_end: Option<Saving>,
    /// Its place, from 1; those that cannot be told apart share one.
    pub place: u32,
}

/// One thing made ideal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuspectView {
    /// Stable name.
    pub id: String,
    /// Its part of the organisation.
    pub part: PartId,
    /// What is ideal ("Releasing when ready").
    pub name: String,
    /// Only this is ideal.
    pub on_its_own: Option<Saving>,
    /// All else is ideal already.
    pub at_the_end: Option<Saving>,
    /// Its place, from 1; those that cannot be told apart share one.
    pub place: u32,
    /// Several share that place.
    pub tied: bool,
    /// The nearest thing that can be done about it, or wished for, if the study has one.
    pub offer: Option<Offer>,
    /// The node of the map where it can be looked at, or `team/ID`.
    pub on_map: Option<String>,
    /// The part of lead time that it is about, where it has no place.
    pub account: Option<String>,
}

/// Two suspects together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PairView {
    /// What is ideal.
    pub names: Vec<String>,
    /// What each saves on its own.
    pub apart: Vec<f64>,
    /// What both save.
    pub together: f64,
    /// One hides the other; else they save, in part, the same.
    pub hides: bool,
}

/// A part of the mean lead time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// As in the chart of where the time goes.
    pub id: String,
    /// "board".
    pub label: String,
    /// In the unit of lead time.
    pub value: f64,
    /// It is work, and no wait.
    pub work: bool,
}

/// What is traced, as it stands: what can be done about it, and where it is on the map.
struct Here<'g> {
    offers: nearest::Offers<'g>,
    model: Model,
}

/// Trace the shown variant; `so_far` is told what a few years say.
///
/// # Errors
/// If the shown what-if is no study.
pub fn why(ground: &Ground, watch: &Watching<'_>, so_far: &dyn Fn(WhyView)) -> Answer<WhyView> {
    let variant = ground.variant(ground.shown.as_deref())?;
    let warm_up = ground.warm_up([&variant], watch.cancel);
    let looks = ground.looks(YEARS);
    let all: u64 = looks.iter().sum();
    let here = Here {
        offers: nearest::Offers::of(ground)?,
        model: variant.model(None),
    };
    let look = |years: u64| {
        let effort = Effort {
            years: years as usize,
            suspects: SUSPECTS,
        };
        // What a first answer needs is made again: a fifth of the whole.
        let before: u64 = looks.iter().filter(|n| **n < years).sum();
        let told = |done: u64, of: u64| {
            let of = of.max(1);
            (watch.at)(100 * (before * of + years * done) / (all * of), 100);
        };
        let trace = trace(&variant, warm_up, effort, watch.cancel, &told);
        let model = variant.model(Some(warm_up));
        let trace = anchor::traced(ground, &model, (warm_up, years), trace, watch.cancel);
        let more = if Some(&years) == looks.last() {
            beside(ground, &variant, warm_up, watch)
        } else {
            Vec::new()
        };
        view(ground, &here, &trace, years, more)
    };
    ground.sharpen(looks.clone(), watch.cancel, look, so_far)
}

/// What a trace does not say: how near to its limit the variant runs, and whom its gates stop.
fn beside(
    ground: &Ground,
    variant: &Variant,
    warm_up: Ticks,
    watch: &Watching<'_>,
) -> Vec<Sentence> {
    let years = ground.looks([BESIDE]).first().copied().unwrap_or(0);
    let watching = Watch {
        cancel: watch.cancel,
        made: &|_| {},
    };
    let stated = variant.study.run.warm_up.map(ticks_up);
    let mut demand = experiment::load(variant, stated, years, watching).filter(|l| !l.partial);
    let models = variant.models(Some(warm_up));
    let summed = |runs: &[Replication]| summarise("", "", models.likely(), runs);
    let known = ground
        .shown
        .is_none()
        .then(|| ground.longest(warm_up, years as usize, summed));
    let summary = known
        .flatten()
        .unwrap_or_else(|| summed(&replicate(&models, 0, years, watch.cancel)));
    if let Some(load) = &mut demand {
        let busiest = &mut load.busiest;
        let team = summary.teams.iter().find(|t| t.id == busiest.id);
        busiest.utilisation = team
            .and_then(|t| t.utilisation)
            .unwrap_or(busiest.utilisation);
    }
    let gates = sentences::alone(&summary);
    demand
        .as_ref()
        .and_then(load::sentence)
        .into_iter()
        .chain(gates)
        .collect()
}

/// Sentences on lead time, and those on incidents and harm; what is said of both, as of the parts, is said
/// of lead time first.
fn apart(all: Vec<Sentence>) -> [Vec<Sentence>; 2] {
    let mut out = [Vec::new(), Vec::new()];
    let mut both: Vec<String> = Vec::new();
    for sentence in all {
        let second = match sentence.about.first().map(|a| a.chart.as_str()) {
            Some("incidents" | "impact" | "gates") => true,
            Some("parts") => {
                both.push(sentence.id.clone());
                both.len() > 1
            }
            _ => false,
        };
        out[usize::from(second)].push(sentence);
    }
    out
}

fn view(ground: &Ground, here: &Here<'_>, t: &Trace, years: u64, more: Vec<Sentence>) -> WhyView {
    let hours = t.baseline.lead_time_mean_hours.map_or(0.0, |e| e.value);
    let unit = Unit::of(hours);
    let cut = "Some years of an organisation with something ideal were cut off: its figures cannot be trusted.";
    let figures = [
        (WhyId::LeadTime, Figure::LeadTime),
        (WhyId::Incidents, Figure::Incidents),
    ];
    let mut all = told_by(t);
    all.extend(more);
    let said = apart(all);
    WhyView {
        variant: ground.shown.clone(),
        name: ground.shown_name(),
        years: years as u32,
        target: ground.looks(YEARS).last().map_or(0, |n| *n as u32),
        warnings: t
            .warnings
            .iter()
            .cloned()
            .chain(t.cut_off.then(|| cut.to_owned()))
            .collect(),
        figures: figures
            .into_iter()
            .zip(said)
            .filter_map(|((id, f), said)| {
                let figure = blamed(t, id, f, unit, here)?;
                Some(WhyFigure {
                    sentences: said,
                    ..figure
                })
            })
            .collect(),
        accounts: accounts(t, unit, hours),
        left_out: t.left_out.len() as u32,
    }
}

fn accounts(t: &Trace, unit: Unit, all: f64) -> Vec<AccountView> {
    let mut out: Vec<AccountView> = t
        .accounts
        .iter()
        .filter(|a| a.hours >= SHOWN * all)
        .map(|a| AccountView {
            id: a.id.into(),
            label: words::part(a.id).0.into(),
            value: a.hours / unit.hours,
            work: a.id == "touch",
        })
        .collect();
    out.sort_by(|a, b| b.value.total_cmp(&a.value));
    out
}

fn blamed(t: &Trace, id: WhyId, figure: Figure, unit: Unit, here: &Here<'_>) -> Option<WhyFigure> {
    let base = t.baseline.of(figure).filter(|e| e.value > 0.0)?.value;
    let (per, name) = match figure {
        Figure::LeadTime => (unit.hours, unit.name),
        _ => (1.0, "incidents a month"),
    };
    let saved = |effects: &Effects| effects.of(figure).map(|e| saving(e, per));
    let own = |b: &Blame| saved(&b.on_its_own);
    let end = |b: &Blame| saved(&b.at_the_end);
    let matters = |b: &Blame| {
        let size = |s: Option<Saving>| s.map_or(0.0, |s| s.value.abs());
        size(own(b)).max(size(end(b))) > SHOWN * base / per
    };
    let mut shown: Vec<&Traced> = t.suspects.iter().filter(|s| matters(&s.blame)).collect();
    shown.sort_by(|a, b| {
        let value = |s: &Traced| own(&s.blame).map_or(0.0, |s| s.value);
        value(b).total_cmp(&value(a))
    });
    let places: Vec<usize> = shown.iter().map(|s| s.blame.rank.of(figure)).collect();
    let suspect = |s: &&Traced| {
        let place = s.blame.rank.of(figure);
        let on_map = place::place(&here.model, &s.suspect);
        let account = on_map.is_none().then(|| place::account(s.suspect.cure));
        SuspectView {
            id: s.suspect.id.clone(),
            part: part_id(s.suspect.part),
            name: capital(&ideal(&s.suspect)),
            on_its_own: own(&s.blame),
            at_the_end: end(&s.blame),
            place: place as u32,
            tied: places.iter().filter(|p| **p == place).count() > 1,
            offer: offered(t, s, figure, &here.offers),
            on_map,
            account: account.flatten().map(str::to_owned),
        }
    };
    Some(WhyFigure {
        id,
        value: base / per,
        unit: name.into(),
        sentences: Vec::new(),
        parts: t
            .parts
            .iter()
            .map(|p| PartBlame {
                id: part_id(p.part),
                name: capital(part_name(p.part)),
                on_its_own: own(&p.blame),
                at_the_end: end(&p.blame),
                place: p.blame.rank.of(figure) as u32,
            })
            .collect(),
        suspects: shown.iter().map(suspect).collect(),
        pairs: pairs(t, figure, base, per),
    })
}

/// The nearest thing that can be done about a suspect. What surely does harm alone is offered with what it
/// hides the most with, or not at all.
fn offered(
    t: &Trace,
    s: &Traced,
    figure: Figure,
    offers: &nearest::Offers<'_>,
) -> Option<nearest::Offer> {
    let own = s.blame.on_its_own.of(figure);
    if own.is_none_or(|e| e.low <= 0.0) {
        return offers.nearest(&s.suspect);
    }
    let beyond = |p: &&Pair| p.beyond_the_sum.of(figure).map_or(0.0, |e| e.high);
    let saves = |p: &&Pair| p.together.of(figure).is_some_and(|e| e.high < 0.0);
    let pairs = t
        .pairs
        .iter()
        .filter(|p| p.suspects.contains(&s.suspect.id));
    let pair = pairs
        .filter(saves)
        .min_by(|a, b| beyond(a).total_cmp(&beyond(b)))
        .filter(|p| beyond(p) < 0.0)?;
    let [a, b] = pair.suspects.each_ref().map(|id| t.suspect(id));
    offers.both(&a?.suspect, &b?.suspect)
}

fn saving(e: Estimate, per: f64) -> Saving {
    Saving {
        value: -e.value / per,
        low: -e.high / per,
        high: -e.low / per,
    }
}

/// Pairs that surely and markedly are not their sum.
fn pairs(t: &Trace, figure: Figure, base: f64, per: f64) -> Vec<PairView> {
    /// Share of the baseline's value.
    const MARKED: f64 = 0.03;
    const SHOWN: usize = 4;
    let beyond = |p: &Pair| {
        let e = p.beyond_the_sum.of(figure)?;
        (e.is_not_zero() && e.value.abs() > MARKED * base).then_some(e.value)
    };
    let mut found: Vec<(f64, &Pair)> = t
        .pairs
        .iter()
        .filter_map(|p| Some((beyond(p)?, p)))
        .collect();
    found.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let name = |id: &String| {
        t.suspect(id)
            .map_or_else(|| id.clone(), |s| capital(&ideal(&s.suspect)))
    };
    let saved = |e: &Effects| e.of(figure).map_or(0.0, |e| -e.value / per);
    // Over all its years, as the suspect's own row has it.
    let own = |p: &Pair, k: usize| match t.suspect(&p.suspects[k]) {
        Some(s) => saved(&s.blame.on_its_own),
        None => saved(&p.apart[k]),
    };
    found
        .into_iter()
        .take(SHOWN)
        .map(|(beyond, p)| PairView {
            names: p.suspects.iter().map(name).collect(),
            apart: [0, 1].map(|k| own(p, k)).to_vec(),
            together: saved(&p.together),
            hides: beyond < 0.0,
        })
        .collect()
}

fn part_id(section: Section) -> PartId {
    match section {
        Section::Outcome => PartId::Outcome,
        Section::ValueStream => PartId::ValueStream,
        Section::Teams => PartId::Teams,
        Section::Platform => PartId::Platform,
        Section::Pipeline => PartId::Pipeline,
        Section::Governance => PartId::Governance,
        Section::Improvement => PartId::Improvement,
    }
}
