//! Which what-ifs together are worth their price: all combinations of up to eight.

use super::anchor::Anchor;
use super::proposal::Proposal;
use super::{Answer, Ground, Unit, Watching, refuse};
use crate::sentences::words::{counted, joined};
use crate::sentences::{Sentence, promise};
use crate::view::RefusalCode;
use millrace_core::experiment::optimise::{Combination, Decision, FEW, Optimum, Place, Plan};
use millrace_core::experiment::{Cancel, Watch};
use millrace_core::random::Name;
use millrace_core::stats::Estimate;
use millrace_core::time::{Ticks, WEEKS_PER_MONTH};
use millrace_report::words::rounded;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Candidates at most: all their combinations are tried.
pub const MOST: usize = 8;
/// Years after which the combinations are told: looks.
const LOOKS: [u64; 2] = [32, 256];

/// The combinations that were tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CombineView {
    /// Years of those that are close.
    pub years: u32,
    /// Years in the end.
    pub target: u32,
    /// Lead times are in ("days").
    pub unit: String,
    /// What was found.
    pub sentence: String,
    /// What it takes to keep the study's first promise.
    pub promise: Option<Sentence>,
    /// All that were compared, the cheapest first.
    pub combinations: Vec<CombinationView>,
    /// How many were dearer than the budget.
    pub over_budget: u32,
    /// What cannot be combined, and why.
    pub refused: Vec<String>,
}

/// How a combination compares with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum PlaceView {
    /// Nothing no dearer is as good in both figures.
    Front,
    /// Something is, but not surely.
    Close,
    /// Something surely is.
    Beaten,
}

/// One combination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CombinationView {
    /// What-ifs in it, by id; none: as it is.
    pub what_ifs: Vec<String>,
    /// Their names.
    pub names: Vec<String>,
    /// Price of all of them.
    pub person_weeks: f64,
    /// "85 of 100 within", in the unit; `None` where nothing arrives or work keeps growing.
    pub within: Option<f64>,
    /// Customer incidents a month.
    pub incidents: Option<f64>,
    /// The same per 100 changes.
    pub incidents_per_100: Option<f64>,
    /// Delivered a month.
    pub delivered: Option<f64>,
    /// How it compares.
    pub place: PlaceView,
    /// On the front, and surely so.
    pub sure: bool,
    /// A cheaper one that comes within the smallest difference worth having: its place in the list.
    pub hardly_better_than: Option<u32>,
    /// As a what-if; none for "as it is", and for one that exists by itself.
    pub proposal: Option<Proposal>,
}

/// Try every combination; `so_far` is told at every look but the last.
///
/// # Errors
/// If a what-if does not exist, or there are none or more than [`MOST`].
pub fn combine(
    ground: &Ground,
    ids: &[String],
    budget: Option<f64>,
    watch: &Watching<'_>,
    so_far: &dyn Fn(CombineView),
) -> Answer<CombineView> {
    if ids.is_empty() || ids.len() > MOST {
        return refuse(
            RefusalCode::NotFound,
            format!("Choose two to {MOST} what-ifs to combine."),
        );
    }
    let scenario = &ground.scenario;
    for id in ids {
        ground.variant(Some(id))?;
    }
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let plan = || Plan::new(scenario, &ids, budget.unwrap_or(f64::INFINITY), FEW);
    let ends = plan().ends();
    let warm_up = ground.warm_up(&ends, watch.cancel);
    let looks = ground.looks(LOOKS);
    let all: u64 = looks.iter().map(|years| plan().most_years(*years)).sum();
    let done = AtomicU64::new(0);
    let made = |years: u64| {
        let before = done.fetch_add(years, Ordering::Relaxed);
        (watch.at)(before + years, all);
    };
    let study = &scenario.baseline.study;
    let look = |years: u64| {
        let decision = Decision {
            warm_up,
            years,
            smallest: study.run.smallest_difference,
            seed: Name::of_seed(study.seed as u64),
        };
        let watch = Watch {
            cancel: watch.cancel,
            made: &made,
        };
        let found = plan().optimise(decision, watch);
        view(ground, &anchored(ground, warm_up, found, watch.cancel))
    };
    ground.sharpen(looks, watch.cancel, look, so_far)
}

/// Its levels as the baseline's longest run has them; what is beaten early has fewer years than the others.
fn anchored(ground: &Ground, warm_up: Ticks, o: Optimum, cancel: &Cancel) -> Optimum {
    let mut known: BTreeMap<usize, Option<Anchor>> = BTreeMap::new();
    let mut level = |c: Combination| {
        let years = c.replications;
        let of = || Anchor::of(ground, warm_up, years, None, cancel);
        match known.entry(years).or_insert_with(of) {
            None => c,
            Some(anchor) => Combination {
                figures: anchor.figures(&c.figures),
                objectives_met: anchor.promises(&c.objectives_met),
                ..c
            },
        }
    };
    Optimum {
        combinations: o.combinations.into_iter().map(&mut level).collect(),
        ..o
    }
}

fn view(ground: &Ground, o: &Optimum) -> CombineView {
    let scenario = &ground.scenario;
    let settled = |c: &Combination| {
        let hours = c
            .figures
            .lead_time_p85_hours
            .filter(|_| !c.figures.work_grows);
        hours.map(|e| e.value)
    };
    let longest = o
        .combinations
        .iter()
        .filter_map(settled)
        .fold(0.0, f64::max);
    let unit = Unit::of(longest);
    let name = |id: &String| {
        scenario
            .what_if(id)
            .map_or_else(|| id.clone(), |w| w.name.clone())
    };
    let place_of = |ids: &Vec<String>| {
        let found = o.combinations.iter().position(|c| c.what_ifs == *ids);
        found.map(|i| i as u32)
    };
    let combination = |c: &Combination| {
        let names: Vec<String> = c.what_ifs.iter().map(name).collect();
        let value = |e: Option<Estimate>| e.map(|e| e.value);
        CombinationView {
            proposal: (c.what_ifs.len() > 1).then(|| Proposal {
                name: names.join(" + "),
                includes: c.what_ifs.clone(),
                ..Proposal::default()
            }),
            what_ifs: c.what_ifs.clone(),
            names,
            person_weeks: c.person_weeks,
            within: settled(c).map(|hours| hours / unit.hours),
            incidents: value(c.figures.incidents_per_month),
            incidents_per_100: value(c.figures.incidents_per_100_changes),
            delivered: value(c.figures.throughput_per_week).map(|x| x * WEEKS_PER_MONTH),
            place: match c.place {
                Place::Front => PlaceView::Front,
                Place::Close => PlaceView::Close,
                Place::Beaten => PlaceView::Beaten,
            },
            sure: c.sure,
            hardly_better_than: c.hardly_better_than.as_ref().and_then(place_of),
        }
    };
    let combinations: Vec<CombinationView> = o.combinations.iter().map(combination).collect();
    let refused = |r: &millrace_core::experiment::optimise::candidates::Together| {
        let names: Vec<String> = r.what_ifs.iter().map(name).collect();
        format!("{}: {}", names.join(" + "), r.why)
    };
    CombineView {
        years: o
            .combinations
            .iter()
            .map(|c| c.replications)
            .max()
            .unwrap_or(0) as u32,
        target: ground.looks(LOOKS).last().map_or(0, |n| *n as u32),
        unit: unit.name.into(),
        sentence: sentence(&combinations, unit),
        promise: promise::sentence(scenario, o),
        combinations,
        over_budget: o.over_budget.unwrap_or(0) as u32,
        refused: o.refused.iter().map(refused).collect(),
    }
}

/// How many are worth considering, and the cheapest that brings most of what can be had: nine tenths of the
/// shortest lead time's saving.
fn sentence(all: &[CombinationView], unit: Unit) -> String {
    const MOST_OF_IT: f64 = 0.9;
    let front = || all.iter().filter(|c| c.place == PlaceView::Front);
    let today = all.iter().find(|c| c.what_ifs.is_empty());
    let changes = |c: &&CombinationView| !c.what_ifs.is_empty();
    let worth = front().filter(changes).count();
    let opening = format!(
        "Of {}, {worth} {} worth considering: nothing that costs no more is as fast and as safe.",
        counted(all.iter().filter(changes).count() as f64, "combination"),
        if worth == 1 { "is" } else { "are" }
    );
    let Some(was) = today.and_then(|t| t.within) else {
        return opening;
    };
    let shortest = front().filter_map(|c| c.within).fold(was, f64::min);
    let enough = was - MOST_OF_IT * (was - shortest);
    let reaches = |c: &&CombinationView| c.within.is_some_and(|w| w <= enough) && changes(c);
    let Some(c) = front().find(reaches) else {
        return format!("{opening} None of them makes changes arrive sooner.");
    };
    let Some(within) = c.within else {
        return opening;
    };
    let incidents = today
        .and_then(|t| t.incidents)
        .zip(c.incidents)
        .filter(|(was, is)| rounded(*was) != rounded(*is))
        .map_or(String::new(), |(was, is)| {
            format!(
                ", and {} incidents a month, not {}",
                rounded(is),
                rounded(was)
            )
        });
    format!(
        "{opening} The cheapest with nine tenths of all the time that can be saved: {}, for {}: 85 of 100 \
         changes within {} {}, not {}{incidents}.",
        joined(&c.names),
        counted(c.person_weeks, "person-week"),
        rounded(within),
        unit.name,
        rounded(was),
    )
}
