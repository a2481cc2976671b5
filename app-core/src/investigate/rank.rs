//! Which lever moves lead time and incidents most: each by one step, under the same luck.

use super::anchor::Anchor;
use super::proposal::{LeverMove, Proposal};
use super::{Answer, Ground, Unit, Watching, listed};
use millrace_core::experiment::compare::{Difference, Word};
use millrace_core::experiment::rank::tornado::{Effect, Move, Tornado, plan, tornado};
use millrace_core::experiment::{Cancel, Verdict, Watch};
use millrace_core::scenario::lever::{Offered, offered};
use millrace_core::stats::Estimate;
use millrace_core::time::{Ticks, WEEKS_PER_MONTH};
use millrace_report::words::rounded;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::atomic::{AtomicU64, Ordering};

/// Years after which the ranking is told: looks.
const LOOKS: [u64; 2] = [32, 128];
/// Steps that a sentence names.
const NAMED: usize = 3;

/// Every lever by one step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RankView {
    /// The variant from which the steps go: a what-if's id; `None` for the baseline.
    pub variant: Option<String>,
    /// Its name.
    pub name: String,
    /// Years of each step.
    pub years: u32,
    /// Years in the end.
    pub target: u32,
    /// By lead time, then by incidents.
    pub figures: Vec<RankFigure>,
    /// Steps that make no study, with why.
    pub refused: Vec<RefusedStep>,
}

/// The ranking by one figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RankFigure {
    /// `leadTime` or `incidents`.
    pub id: super::why::WhyId,
    /// What was found.
    pub sentence: String,
    /// As it is, in the unit.
    pub value: f64,
    /// "days", or "incidents a month".
    pub unit: String,
    /// Steps that matter: those that help, those of which it cannot be told, those that do harm; the largest
    /// first of each.
    pub steps: Vec<LeverStep>,
    /// Steps with which work keeps growing: no figure of them is settled.
    pub growing: Vec<LeverStep>,
    /// Steps that are too small to matter, in words.
    pub small: Vec<String>,
}

/// One step of one lever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeverStep {
    /// The lever's id.
    pub lever: String,
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub from: String,
    /// Where it goes.
    pub to: String,
    /// With the step less without, in the unit; less is better.
    pub value: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How sure, in the fixed words.
    pub word: String,
    /// For the better; `None` when it cannot be told.
    pub better: Option<bool>,
    /// What keeps the figure from being misread ("delivers 12 a month, not 13"), where that changes.
    pub beside: Option<String>,
    /// Where work in progress keeps growing with this step, so that there is no settled figure: by how many
    /// items a week.
    pub grows_a_week: Option<f64>,
    /// Price of the move.
    pub person_weeks: f64,
    /// The step as a what-if.
    pub proposal: Proposal,
}

/// A step that is no study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RefusedStep {
    /// "How a release reaches users: rolling".
    pub step: String,
    /// Why not.
    pub why: String,
}

/// Rank the levers of the shown variant; `so_far` is told at every look but the last.
///
/// # Errors
/// If the shown what-if is no study.
pub fn rank(ground: &Ground, watch: &Watching<'_>, so_far: &dyn Fn(RankView)) -> Answer<RankView> {
    let scenario = ground.from_shown()?;
    let mut levers = offered(&scenario.baseline);
    // What only shows quarter by quarter moves nothing that is ranked.
    levers.retain(|l| l.lever.settled);
    let plan = plan(&scenario, &levers);
    let mut variants = vec![&scenario.baseline];
    variants.extend(plan.steps.iter().map(|s| &s.variant));
    let warm_up = ground.warm_up(variants, watch.cancel);
    let arms = plan.steps.len() as u64 + 1;
    let looks = ground.looks(LOOKS);
    let all = arms * looks.iter().sum::<u64>();
    let done = AtomicU64::new(0);
    let made = |years: u64| {
        let before = done.fetch_add(years, Ordering::Relaxed);
        (watch.at)(before + years, all);
    };
    let smallest = scenario.baseline.study.run.smallest_difference;
    let look = |years: u64| {
        let watch = Watch {
            cancel: watch.cancel,
            made: &made,
        };
        let t = tornado(&scenario.baseline, &plan, warm_up, years, smallest, watch);
        view(ground, &levers, &anchored(ground, warm_up, t, watch.cancel))
    };
    ground.sharpen(looks, watch.cancel, look, so_far)
}

/// Its levels as the baseline's longest run has them.
fn anchored(ground: &Ground, warm_up: Ticks, t: Tornado, cancel: &Cancel) -> Tornado {
    let Some(today) = &t.baseline else {
        return t;
    };
    let own = ground.shown.is_none().then(|| (today.clone(), Vec::new()));
    let Some(of_baseline) = Anchor::of(ground, warm_up, t.replications, own, cancel) else {
        return t;
    };
    let of_shown = of_baseline.from(today);
    let after = |e: Effect| Effect {
        after: of_shown.figures(&e.after),
        ..e
    };
    Tornado {
        baseline: Some(of_baseline.figures(today)),
        effects: t.effects.into_iter().map(after).collect(),
        ..t
    }
}

fn view(ground: &Ground, levers: &[Offered], t: &Tornado) -> RankView {
    let today = t.baseline.as_ref();
    let lead = today
        .and_then(|f| f.lead_time_p85_hours)
        .map_or(0.0, |e| e.value);
    let incidents = today
        .and_then(|f| f.incidents_per_month)
        .map_or(0.0, |e| e.value);
    let unit = Unit::of(lead);
    let of_lead = Figured {
        id: super::why::WhyId::LeadTime,
        per: unit.hours,
        unit: unit.name,
        difference: |e| e.lead_time_p85_hours.as_ref(),
        verdict: |e| e.lead_time,
        beside: delivered,
    };
    let of_incidents = Figured {
        id: super::why::WhyId::Incidents,
        per: 1.0,
        unit: "incidents a month",
        difference: |e| e.incidents_per_month.as_ref(),
        verdict: |e| e.incidents,
        beside: per_100,
    };
    RankView {
        variant: ground.shown.clone(),
        name: ground.shown_name(),
        years: t.replications as u32,
        target: ground.looks(LOOKS).last().map_or(0, |n| *n as u32),
        figures: vec![
            of_lead.ranked(ground, levers, t, lead),
            of_incidents.ranked(ground, levers, t, incidents),
        ],
        refused: refused(levers, t),
    }
}

/// Every reason once, with the steps it holds for.
fn refused(levers: &[Offered], t: &Tornado) -> Vec<RefusedStep> {
    let name = |id: &str| {
        let found = levers.iter().find(|l| l.id == id);
        found.map_or_else(|| id.to_owned(), |l| l.label.clone())
    };
    t.refused
        .iter()
        .map(|r| RefusedStep {
            step: format!("{}: {}", name(&r.lever), r.to),
            why: crate::levers::way_out(std::iter::once(r.why.as_str())),
        })
        .collect()
}

type Figures = millrace_core::experiment::Figures;

/// "delivers 6.3 a month, not 13": a shorter lead time of fewer changes is no gain. Of another size, they are
/// as much work.
fn delivered(step: &Move, before: &Figures, after: &Figures) -> Option<String> {
    let text = |f: &Figures| Some(rounded(f.throughput_per_week?.value * WEEKS_PER_MONTH));
    let (was, is) = (text(before)?, text(after)?);
    let sized = match step.lever.as_str() {
        "change-size" => format!(", each {} the size", step.to),
        _ => String::new(),
    };
    (was != is).then(|| format!("delivers {is} a month{sized}, not {was}"))
}

/// "28 per 100 changes, not 38": who delivers less has fewer incidents.
fn per_100(_: &Move, before: &Figures, after: &Figures) -> Option<String> {
    let text = |f: &Figures| Some(rounded(f.incidents_per_100_changes?.value));
    let (was, is) = (text(before)?, text(after)?);
    (was != is).then(|| format!("{is} per 100 changes, not {was}"))
}

/// One of the two rankings.
struct Figured {
    id: super::why::WhyId,
    per: f64,
    unit: &'static str,
    difference: fn(&Effect) -> Option<&Difference>,
    verdict: fn(&Effect) -> Option<Verdict>,
    beside: fn(&Move, &Figures, &Figures) -> Option<String>,
}

impl Figured {
    fn ranked(&self, ground: &Ground, levers: &[Offered], t: &Tornado, today: f64) -> RankFigure {
        let small = |e: &&Effect| (self.verdict)(e).is_some_and(|v| v.word == Word::TooSmall);
        let size = |e: &Effect| (self.difference)(e).map_or(0.0, |d| d.estimate.value);
        let mut shown: Vec<&Effect> = t.effects.iter().filter(|e| !small(e)).collect();
        // What helps comes first, then what cannot be told, then what nobody would choose.
        let side = |e: &Effect| match (self.verdict)(e).and_then(|v| v.better) {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        let by_size = |a: &Effect, b: &Effect| size(b).abs().total_cmp(&size(a).abs());
        shown.sort_by(|a, b| side(a).cmp(&side(b)).then(by_size(a, b)));
        let steps: Vec<LeverStep> = shown
            .into_iter()
            .filter_map(|e| self.step(ground, levers, t, e))
            .collect();
        let small = t.effects.iter().filter(small);
        let (growing, steps): (Vec<LeverStep>, Vec<LeverStep>) =
            steps.into_iter().partition(|s| s.grows_a_week.is_some());
        RankFigure {
            id: self.id,
            sentence: self.sentence(&steps, today / self.per, t.effects.len()),
            value: today / self.per,
            unit: self.unit.into(),
            small: small
                .map(|e| format!("{}: {}", e.step.label, e.step.to))
                .collect(),
            steps,
            growing,
        }
    }

    fn step(
        &self,
        ground: &Ground,
        levers: &[Offered],
        t: &Tornado,
        e: &Effect,
    ) -> Option<LeverStep> {
        let d: Estimate = (self.difference)(e)?.estimate;
        let verdict = (self.verdict)(e);
        let lever = levers.iter().find(|l| l.id == e.step.lever)?;
        let position = lever
            .positions()
            .into_iter()
            .find(|p| lever.words(Some(*p)) == e.step.to)?;
        Some(LeverStep {
            lever: e.step.lever.clone(),
            label: e.step.label.clone(),
            from: e.step.from.clone(),
            to: e.step.to.clone(),
            value: d.value / self.per,
            low: d.low / self.per,
            high: d.high / self.per,
            word: verdict
                .map_or("too early to say", |v| v.word.phrase())
                .into(),
            better: verdict.and_then(|v| v.better),
            beside: t
                .baseline
                .as_ref()
                .and_then(|b| (self.beside)(&e.step, b, &e.after)),
            grows_a_week: e
                .after
                .wip_growth_per_week
                .filter(|_| e.after.work_grows)
                .map(|e| e.value),
            person_weeks: e.step.person_weeks,
            proposal: Proposal {
                name: format!("{}: {}", e.step.label, e.step.to),
                includes: ground.shown.iter().cloned().collect(),
                levers: vec![LeverMove {
                    lever: lever.id.clone(),
                    position,
                }],
                ..Proposal::default()
            },
        })
    }

    /// What was found: the steps that surely help most, and the one that hurts most.
    fn sentence(&self, steps: &[LeverStep], today: f64, all: usize) -> String {
        let name = |s: &LeverStep| {
            let size = rounded(s.value.abs());
            format!("{size} (“{}” to “{}”)", s.label, s.to)
        };
        let helps = steps.iter().filter(|s| s.better == Some(true));
        let best: Vec<String> = helps.take(NAMED).map(name).collect();
        let worst = steps.iter().find(|s| s.better == Some(false));
        let hurts = worst.map_or(String::new(), |s| {
            format!(" What does most harm adds {}.", name(s))
        });
        let today = format!("{} {}", rounded(today), self.unit);
        match &best[..] {
            [] => format!("None of {all} single steps surely improves on {today}.{hurts}"),
            [only] => {
                format!("Of {today}, only one step of a lever surely saves any: {only}.{hurts}")
            }
            best => format!(
                "Of {today}, one step of a lever saves {}.{hurts}",
                listed(best)
            ),
        }
    }
}
