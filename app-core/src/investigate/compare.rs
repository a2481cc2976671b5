//! What-ifs side by side, against the baseline, under the same luck.

use super::{Answer, Ground, HOLDS, Unit, Watching, anchor, refuse, signed, team};
use crate::sentences::{self, Case, Compared, Sentence};
use crate::verdict::{self, Pair, Price};
use crate::view::{FactView, RefusalCode, RowView, Tone};
use millrace_core::engine::{PART_IDS, PARTS, Replication};
use millrace_core::experiment::compare::{Difference, last_look};
use millrace_core::experiment::metric::{Metric, Statistic, fifty_years};
use millrace_core::experiment::{Comparison, Summary, compare as judged, replicate, summarise};
use millrace_core::scenario::{Models, Scenario, lever};
use millrace_core::stats::Estimate;
use millrace_core::time::{Ticks, WEEKS_PER_MONTH};
use millrace_report::words::{self, part, rounded};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// What-ifs beside the baseline at most.
pub const MOST: usize = 4;
/// Years after which the columns are told: looks, so that each has its verdict.
const LOOKS: [u64; 3] = [32, 128, 512];
/// Share of the baseline's lead time from which a part of the difference is worth naming.
const MATERIAL: f64 = 0.02;
/// Parts of the difference that one line names.
const NAMED: usize = 3;
const P85: Metric = Metric::LeadTime(Statistic::Percentile(0.85));

/// What-ifs beside the baseline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CompareView {
    /// Years of each.
    pub years: u32,
    /// Years in the end.
    pub target: u32,
    /// Weeks before counting starts, the same for all.
    pub warm_up_weeks: f64,
    /// "85 of 100 within", in the baseline ("86").
    pub within: String,
    /// What `within` and the differences are in ("days").
    pub unit: String,
    /// The baseline's numbers, row by row as in the columns.
    pub baseline: Vec<RowView>,
    /// The what-ifs, in the order asked for.
    pub columns: Vec<ColumnView>,
    /// What to know of the baseline before believing a figure.
    pub warnings: Vec<String>,
}

/// One what-if.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnView {
    /// Its id.
    pub id: String,
    /// The verdict in a sentence.
    pub sentence: String,
    /// How sure, and at what price.
    pub support: String,
    /// What the verdict amounts to.
    pub tone: Tone,
    /// What else is to be said of it.
    pub sentences: Vec<Sentence>,
    /// "85 of 100 within" ("69"), in the comparison's unit.
    pub within: String,
    /// Less the baseline's ("−17").
    pub difference: String,
    /// Whether that is for the better; `None` when it cannot be told or is too small to matter.
    pub better: Option<bool>,
    /// Fifty years, each with and without the change under the same luck: difference of the time within
    /// which 85 of 100 arrive, in the unit, lowest first.
    pub years: Vec<f64>,
    /// How sure that is, in the fixed words ("usually", "cannot tell").
    pub years_in_words: String,
    /// Delivered, incidents, harm, objectives.
    pub rows: Vec<RowView>,
    /// What surely gets worse by more than the smallest difference worth having, as "from → to". Empty:
    /// nothing was found.
    pub worse: Vec<String>,
    /// Person-weeks in all.
    pub person_weeks: f64,
    /// Whose they are.
    pub cost: Vec<CostView>,
    /// Where the difference comes from, in parts of the mean lead time ("board −6.1 days"), each with that
    /// sign in at least 45 of 50 years.
    pub why: Vec<String>,
    /// What to know before believing a figure.
    pub warnings: Vec<String>,
    /// Intervals, warm-up, replications: the details behind the verdict.
    pub statistics: Vec<FactView>,
}

/// Person-weeks of one team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CostView {
    /// The team's name, or "all teams".
    pub whose: String,
    /// How many.
    pub person_weeks: f64,
}

/// A what-if with its years.
struct Arm<'s> {
    what_if: &'s millrace_core::scenario::WhatIf,
    models: Models,
    runs: Vec<Replication>,
}

/// Compare what-ifs with the baseline; `so_far` is told at every look but the last.
///
/// # Errors
/// If one of them does not exist, or there are more than [`MOST`].
pub fn compare(
    ground: &Ground,
    ids: &[String],
    watch: &Watching<'_>,
    so_far: &dyn Fn(CompareView),
) -> Answer<CompareView> {
    if ids.is_empty() || ids.len() > MOST {
        return refuse(
            RefusalCode::NotFound,
            format!("Choose one to {MOST} what-ifs to compare."),
        );
    }
    let scenario = &ground.scenario;
    let variants = ids
        .iter()
        .map(|id| ground.variant(Some(id)))
        .collect::<Answer<Vec<_>>>()?;
    let warm_up = ground.warm_up(&variants, watch.cancel);
    let mut arms: Vec<Arm<'_>> = ids
        .iter()
        .zip(&variants)
        .filter_map(|(id, v)| {
            Some(Arm {
                what_if: scenario.what_if(id)?,
                models: v.models(Some(warm_up)),
                runs: Vec::new(),
            })
        })
        .collect();
    let baseline = scenario.baseline.models(Some(warm_up));
    let looks = ground.looks(LOOKS);
    let target = looks.last().copied().unwrap_or(0);
    let all = target * (arms.len() as u64 + 1);
    let look = |years: u64| {
        let theirs = ground.baseline(warm_up, years, watch.cancel);
        let mut done = theirs.len() as u64;
        for arm in &mut arms {
            let have = arm.runs.len() as u64;
            let more = replicate(&arm.models, have, years, watch.cancel);
            arm.runs.extend(more);
            done += arm.runs.len() as u64;
            (watch.at)(done, all);
        }
        view(ground, (warm_up, target), baseline.likely(), &theirs, &arms)
    };
    ground.sharpen(looks, watch.cancel, look, so_far)
}

fn view(
    ground: &Ground,
    (warm_up, target): (Ticks, u64),
    model: &millrace_core::model::Model,
    theirs: &[Replication],
    arms: &[Arm<'_>],
) -> CompareView {
    let scenario = &ground.scenario;
    let smallest = scenario.baseline.study.run.smallest_difference;
    let summed = |runs: &[Replication]| summarise("baseline", "Baseline", model, runs);
    let own = summed(theirs);
    let longest = ground.longest(warm_up, theirs.len(), summed);
    let before = longest.as_ref().unwrap_or(&own);
    let hours = before.lead_time_hours.p85.map_or(0.0, |e| e.value);
    let unit = Unit::of(hours);
    let pair = Pair {
        baseline: (before, theirs),
        what_if: None,
        smallest,
        what_ifs: arms.len(),
    };
    let column = |arm: &Arm<'_>| {
        let w = arm.what_if;
        let c = judged(&w.id, theirs, &arm.runs, arms.len(), smallest);
        let after = summarise(&w.id, &w.name, arm.models.likely(), &arm.runs);
        let after = match &longest {
            Some(best) => anchor::summary(after, &own, best, &c.differences),
            None => after,
        };
        let beside = Pair {
            what_if: Some((&after, &arm.runs)),
            ..pair
        };
        let pair = Compared {
            before: Case {
                summary: before,
                runs: theirs,
                model,
            },
            after: Case {
                summary: &after,
                runs: &arm.runs,
                model: arm.models.likely(),
            },
            comparison: &c,
            smallest,
        };
        column(scenario, unit, &pair, beside)
    };
    CompareView {
        years: theirs.len() as u32,
        target: target as u32,
        warm_up_weeks: own.warm_up_weeks,
        within: before
            .lead_time_hours
            .p85
            .map_or("–".into(), |e| rounded(e.value / unit.hours)),
        unit: unit.name.into(),
        baseline: rows(pair),
        columns: arms.iter().map(column).collect(),
        warnings: own.warnings(),
    }
}

/// Delivered first, then incidents both ways, harm, objectives.
fn rows(pair: Pair<'_>) -> Vec<RowView> {
    let mut rows = pair.rows();
    let at = rows.iter().position(|r| r.id == "incidents-per-100");
    rows.insert(at.unwrap_or(0), pair.incidents());
    let years = |text: String| text.replace("/50", " of 50 years");
    for row in rows.iter_mut().filter(|r| r.id.starts_with("objective-")) {
        row.baseline = years(std::mem::take(&mut row.baseline));
        row.what_if = row.what_if.take().map(years);
    }
    rows
}

fn column(scenario: &Scenario, unit: Unit, pair: &Compared<'_>, beside: Pair<'_>) -> ColumnView {
    let c = pair.comparison;
    let (before, after) = (pair.before.runs, pair.after.runs);
    let id = &c.what_if;
    let price = Price {
        person_weeks: scenario.person_weeks(id),
        full_effect_week: 0.0,
    };
    let (a, b) = (pair.before.summary, pair.after.summary);
    let verdict = if last_look(c.replications).is_some() {
        verdict::compared(a, b, c, price)
    } else {
        verdict::early(a, b, price)
    };
    let times = |s: &Summary| s.lead_time_hours.p85.map(|e| e.value / unit.hours);
    let difference = times(a).zip(times(b)).map(|(a, b)| b - a);
    ColumnView {
        id: id.clone(),
        sentence: verdict.sentence,
        support: verdict.support,
        tone: verdict.tone,
        sentences: sentences::compared(pair),
        within: match times(a).zip(difference) {
            Some((was, by)) => words::sum(was, by),
            None => times(b).map_or("–".into(), rounded),
        },
        difference: difference.map_or("–".into(), signed),
        better: c.lead_time.and_then(|v| v.better),
        years: years(unit, before, after),
        years_in_words: c
            .lead_time
            .map_or("too early to say", |v| v.word.phrase())
            .into(),
        rows: rows(beside),
        worse: worse(a, b, c, pair.smallest),
        person_weeks: price.person_weeks,
        cost: cost(scenario, id),
        why: why(unit, before, after),
        warnings: b.warnings(),
        statistics: beside.statistics(Some(c)),
    }
}

/// Fifty years' differences of the 85th percentile under the same luck, in the unit.
fn years(unit: Unit, before: &[Replication], after: &[Replication]) -> Vec<f64> {
    let both = P85.years(before).into_iter().zip(P85.years(after));
    let by = both.filter_map(|(a, b)| Some((b? - a?) / unit.hours));
    fifty_years(by.collect())
}

/// Person-weeks by team, with those of what is included; the price of levers is borne by all.
fn cost(scenario: &Scenario, id: &str) -> Vec<CostView> {
    let mut by: BTreeMap<&str, f64> = BTreeMap::new();
    let mut shared = 0.0;
    let (mut seen, mut left): (Vec<&str>, Vec<&str>) = (Vec::new(), vec![id]);
    while let Some(w) = left.pop().and_then(|id| scenario.what_if(id)) {
        if seen.contains(&w.id.as_str()) {
            continue;
        }
        seen.push(&w.id);
        for (team, weeks) in &w.cost {
            *by.entry(team).or_default() += weeks;
        }
        let prices = w.levers.iter().map(|(l, at)| lever::price(l, at));
        shared += prices.sum::<f64>();
        left.extend(w.includes.iter().map(String::as_str));
    }
    let mut out: Vec<CostView> = by
        .into_iter()
        .filter(|(_, weeks)| *weeks > 0.0)
        .map(|(id, person_weeks)| CostView {
            whose: team(scenario, id),
            person_weeks,
        })
        .collect();
    out.sort_by(|a, b| b.person_weeks.total_cmp(&a.person_weeks));
    if shared > 0.0 {
        out.push(CostView {
            whose: "all teams".into(),
            person_weeks: shared,
        });
    }
    out
}

/// Hours of the mean lead time of one year by a part of the accounting.
fn spent(run: &Replication, part: usize) -> Option<f64> {
    (run.finished > 0.0).then(|| run.parts[part] / run.finished)
}

/// The parts of the mean lead time that change most, and almost always to the same side.
fn why(unit: Unit, before: &[Replication], after: &[Replication]) -> Vec<String> {
    let mean = |runs: &[Replication], p: usize| {
        let all: f64 = runs.iter().map(|r| r.parts[p]).sum();
        all / runs.iter().map(|r| r.finished).sum::<f64>().max(1.0)
    };
    let lead: f64 = (0..PARTS).map(|p| mean(before, p)).sum();
    let mut found: Vec<(f64, usize)> = (0..PARTS)
        .map(|p| (mean(after, p) - mean(before, p), p))
        .filter(|(d, p)| d.abs() >= MATERIAL * lead && holds(*d, *p, before, after))
        .collect();
    found.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let say = |(d, p): &(f64, usize)| {
        let by = signed(d / unit.hours);
        format!("{} {by} {}", part(PART_IDS[*p]).0, unit.name)
    };
    found.iter().take(NAMED).map(say).collect()
}

/// Almost every year's difference of a part has the sign of the whole.
fn holds(difference: f64, part: usize, before: &[Replication], after: &[Replication]) -> bool {
    let both = before.iter().zip(after);
    let each: Vec<f64> = both
        .filter_map(|(a, b)| Some(spent(b, part)? - spent(a, part)?))
        .collect();
    let same = each.iter().filter(|d| **d * difference > 0.0).count();
    !each.is_empty() && same as f64 >= HOLDS * each.len() as f64
}

struct Watched<'a> {
    /// With a place for "from → to".
    name: &'static str,
    scale: f64,
    more_is_better: bool,
    figures: fn(&Summary) -> Option<Estimate>,
    by: &'a Option<Difference>,
}

/// What surely gets worse, and by more than the smallest difference worth having.
fn worse(before: &Summary, after: &Summary, c: &Comparison, smallest: f64) -> Vec<String> {
    let is_worse = |w: &Watched<'_>| {
        let (Some(was), Some(by)) = ((w.figures)(before), w.by.as_ref()) else {
            return false;
        };
        let e = by.estimate;
        let surely = if w.more_is_better {
            e.high < 0.0
        } else {
            e.low > 0.0
        };
        surely && e.value.abs() >= smallest * was.value.abs()
    };
    let say = |w: Watched<'_>| {
        let unit = if w.scale == 100.0 { "%" } else { "" };
        let text = |s| match (w.figures)(s) {
            Some(e) => format!("{}{unit}", rounded(e.value * w.scale)),
            None => "–".into(),
        };
        let moved = format!("{} → {}", text(before), text(after));
        w.name.replace("{}", &moved)
    };
    watched(c).into_iter().filter(is_worse).map(say).collect()
}

/// The figures a change may cost, in the order in which they hurt.
fn watched(c: &Comparison) -> Vec<Watched<'_>> {
    type Of = fn(&Summary) -> Option<Estimate>;
    const DAYS: f64 = 1.0 / 24.0;
    let d = &c.differences;
    let all: [(&'static str, f64, bool, Of, &Option<Difference>); 13] = [
        (
            "delivered a month {}",
            WEEKS_PER_MONTH,
            true,
            |s| s.throughput_per_week,
            &d.throughput_per_week,
        ),
        (
            "requests refused a week {}",
            1.0,
            false,
            |s| s.refused_per_week,
            &d.refused_per_week,
        ),
        (
            "requests given up a week {}",
            1.0,
            false,
            |s| s.abandoned_per_week,
            &d.abandoned_per_week,
        ),
        ("due dates met {}", 100.0, true, |s| s.due_met, &d.due_met),
        (
            "cost of delay a week {}",
            1.0,
            false,
            |s| s.cost_of_delay_per_week,
            &d.cost_of_delay_per_week,
        ),
        (
            "85 of 100 arrive within {} days",
            DAYS,
            false,
            |s| s.lead_time_hours.p85,
            &d.lead_time_hours.p85,
        ),
        (
            "95 of 100 arrive within {} days",
            DAYS,
            false,
            |s| s.lead_time_hours.p95,
            &d.lead_time_hours.p95,
        ),
        (
            "from commit to production {} days",
            DAYS,
            false,
            |s| s.change_lead_time_hours.mean,
            &d.change_lead_time_hours.mean,
        ),
        (
            "incidents a month {}",
            1.0,
            false,
            |s| s.incidents_per_month,
            &d.incidents_per_month,
        ),
        (
            "customers’ harm hours a month {}",
            1.0,
            false,
            |s| s.impact_hours_per_month,
            &d.impact_hours_per_month,
        ),
        (
            "hours to recover {}",
            1.0,
            false,
            |s| s.recovery_hours.mean,
            &d.recovery_hours.mean,
        ),
        (
            "change failure rate {}",
            100.0,
            false,
            |s| s.change_failure_rate,
            &d.change_failure_rate,
        ),
        (
            "deployment rework rate {}",
            100.0,
            false,
            |s| s.deployment_rework_rate,
            &d.deployment_rework_rate,
        ),
    ];
    all.into_iter()
        .map(|(name, scale, more_is_better, figures, by)| Watched {
            name,
            scale,
            more_is_better,
            figures,
            by,
        })
        .collect()
}
