//! How the next quarters go with each of several what-ifs: price, dip and pay-back.

use super::{Answer, Ground, Unit, Watching, refuse};
use crate::sentences::{Sentence, course};
use crate::view::RefusalCode;
use millrace_core::engine::Replication;
use millrace_core::experiment::transition::{self, Plans, QuarterResult, Transition, transition};
use millrace_core::stats::Estimate;
use millrace_core::stats::histogram::edge;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Quarters shown.
const QUARTERS: u32 = 8;
/// Years after which the paths are told.
const LOOKS: [u64; 2] = [32, 128];
/// Of years, the lowest and the highest that a range leaves out.
const TAIL: f64 = 0.1;

/// What-ifs quarter by quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PathsView {
    /// Years of each.
    pub years: u32,
    /// What times are in ("days").
    pub unit: String,
    /// The longest time that any quarter's range reaches, in the unit: for an axis that all share.
    pub most: f64,
    /// In the order asked for.
    pub paths: Vec<PathView>,
}

/// One what-if.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PathView {
    /// Its id.
    pub id: String,
    /// From the first quarter on; none where the what-if cannot be played quarter by quarter.
    pub quarters: Vec<QuarterView>,
    /// How it goes.
    pub sentences: Vec<Sentence>,
    /// "level again in week 9, half the gain by week 16", or as much as the quarters tell.
    pub dip: String,
    /// That requests take longer for some time, if they do: it belongs to what gets worse.
    pub worse_first: Option<String>,
    /// "The time people put into it is won back in the second quarter.", if it takes any.
    pub pay_back: Option<String>,
    /// Why it cannot be played, if so.
    pub refused: Option<String>,
}

/// A quarter: the time within which 85 of 100 requests of that quarter arrive, in the unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QuarterView {
    /// From 1.
    pub quarter: u32,
    /// Without the change.
    pub baseline: f64,
    /// In 8 of 10 years, from here.
    pub baseline_low: f64,
    /// To here.
    pub baseline_high: f64,
    /// With the change.
    pub what_if: f64,
    /// In 8 of 10 years, from here.
    pub what_if_low: f64,
    /// To here.
    pub what_if_high: f64,
}

/// Play what-ifs quarter by quarter.
///
/// # Errors
/// If one of them does not exist.
pub fn paths(
    ground: &Ground,
    ids: &[String],
    watch: &Watching<'_>,
    so_far: &dyn Fn(PathsView),
) -> Answer<PathsView> {
    for id in ids {
        ground.variant(Some(id))?;
    }
    let warm_up = ground.warm_up([], watch.cancel);
    let plan = |id: Option<&str>| transition::plan(&ground.scenario, id, warm_up, QUARTERS);
    let Ok(baseline) = plan(None) else {
        return refuse(RefusalCode::NoResult, "The baseline cannot be played.");
    };
    let plans: Vec<Result<Plans, String>> = ids
        .iter()
        .map(|id| plan(Some(id)).map_err(|faults| why_not(&faults)))
        .collect();
    let mut theirs: Vec<Replication> = Vec::new();
    let mut runs: Vec<Vec<Replication>> = vec![Vec::new(); ids.len()];
    let smallest = ground.scenario.baseline.study.run.smallest_difference;
    let looks = ground.looks(LOOKS);
    let playable = plans.iter().filter(|p| p.is_ok()).count() as u64;
    let all = looks.last().map_or(0, |n| n * (playable + 1));
    let look = |years: u64| {
        let more = |plans: &Plans, have: &mut Vec<Replication>| {
            let from = have.len() as u64;
            have.extend(transition::run(plans, from, years, watch.cancel));
            have.len() as u64
        };
        let mut done = more(&baseline, &mut theirs);
        for (plans, mine) in plans.iter().zip(&mut runs) {
            if let Ok(plans) = plans {
                done += more(plans, mine);
                (watch.at)(done, all);
            }
        }
        view(smallest, ids, &plans, &theirs, &runs)
    };
    ground.sharpen(looks, watch.cancel, look, so_far)
}

fn why_not(faults: &[millrace_core::scenario::Fault]) -> String {
    let first = faults.first().map_or("", |f| f.message.as_str());
    format!("Cannot be played quarter by quarter: {first}.")
}

fn view(
    smallest: f64,
    ids: &[String],
    plans: &[Result<Plans, String>],
    theirs: &[Replication],
    runs: &[Vec<Replication>],
) -> PathsView {
    let hours = |q: usize| year_by_year(theirs, q).0;
    let unit = Unit::of(hours(0));
    let each = ids.iter().zip(plans).zip(runs);
    let paths: Vec<PathView> = each
        .map(|((id, plan), mine)| match plan {
            Ok(_) => path(unit, smallest, &transition(id, theirs, mine), theirs, mine),
            Err(why) => PathView {
                id: id.clone(),
                quarters: Vec::new(),
                sentences: Vec::new(),
                dip: "–".into(),
                worse_first: None,
                pay_back: None,
                refused: Some(why.clone()),
            },
        })
        .collect();
    let reach = |q: &QuarterView| q.baseline_high.max(q.what_if_high).max(q.what_if);
    let all = paths.iter().flat_map(|p| &p.quarters);
    PathsView {
        years: theirs.len() as u32,
        unit: unit.name.into(),
        most: all.map(reach).fold(0.0, f64::max),
        paths,
    }
}

fn path(
    unit: Unit,
    smallest: f64,
    t: &Transition,
    theirs: &[Replication],
    mine: &[Replication],
) -> PathView {
    let quarter = |(i, q): (usize, &QuarterResult)| {
        let value = |e: Option<Estimate>| e.map_or(f64::NAN, |e| e.value / unit.hours);
        let (a, b) = (year_by_year(theirs, i), year_by_year(mine, i));
        QuarterView {
            quarter: q.quarter as u32,
            baseline: value(q.baseline.lead_time_p85_hours),
            baseline_low: a.0 / unit.hours,
            baseline_high: a.1 / unit.hours,
            what_if: value(q.what_if.lead_time_p85_hours),
            what_if_low: b.0 / unit.hours,
            what_if_high: b.1 / unit.hours,
        }
    };
    let finite = |q: &QuarterView| [q.baseline, q.what_if].iter().all(|x| x.is_finite());
    let sentences = course::sentences(t, smallest);
    let said = |id: &str| {
        sentences
            .iter()
            .find(|s| s.id == id)
            .map(|s| s.text.clone())
    };
    let level = said("dip").and_then(|text| {
        let (_, level) = text.split_once(": ")?;
        Some(level.trim_end_matches('.').to_owned())
    });
    PathView {
        id: t.what_if.clone(),
        quarters: t
            .quarters
            .iter()
            .enumerate()
            .map(quarter)
            .filter(finite)
            .collect(),
        worse_first: match &level {
            Some(level) => Some(format!("it gets worse first, {level}")),
            None => worse_until(t).map(|_| dip(t)),
        },
        dip: level.unwrap_or_else(|| dip(t)),
        pay_back: said("pays-back"),
        sentences,
        refused: None,
    }
}

/// The time within which 85 of 100 of a quarter's requests arrive, year by year: where the lowest tenth of
/// years ends, and where the highest begins; hours.
fn year_by_year(runs: &[Replication], quarter: usize) -> (f64, f64) {
    let one = |r: &Replication| {
        let times = &r.quarters.get(quarter)?.lead_time;
        let mut below = 0.0;
        let reached = |(_, n): &(usize, u32)| {
            below += f64::from(*n);
            below >= 0.85 * times.n
        };
        (times.n > 0.0)
            .then(|| times.counts.counts().find(reached))?
            .map(|(bin, _)| edge(bin))
    };
    let mut all: Vec<f64> = runs.iter().filter_map(one).collect();
    all.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        all.get(((all.len() as f64 * share) as usize).min(all.len().saturating_sub(1)))
    };
    (
        at(TAIL).copied().unwrap_or(0.0),
        at(1.0 - TAIL).copied().unwrap_or(0.0),
    )
}

/// The last quarter in which requests surely take longer than without the change.
fn worse_until(t: &Transition) -> Option<usize> {
    let longer = |q: &&QuarterResult| {
        let by = q.difference.lead_time_mean_hours;
        by.is_some_and(|d| d.low > 0.0)
    };
    t.quarters.iter().rev().find(longer).map(|q| q.quarter)
}

/// Until when that is: quarters are what is measured.
fn dip(t: &Transition) -> String {
    match worse_until(t) {
        None => "no quarter is clearly worse".into(),
        Some(q) if q == t.quarters.len() => {
            format!("requests take longer to the end, week {}", 13 * q)
        }
        Some(q) => format!("requests take longer until about week {}", 13 * q),
    }
}
