//! Enough replications: both headlines known as closely as was asked (RULES 33).

use super::compare::{at_last_look, last_look};
use super::{Metric, Statistic};
use crate::engine::Replication;

const HEADLINES: [Metric; 2] = [
    Metric::LeadTime(Statistic::Percentile(0.85)),
    Metric::Incidents,
];

/// Whether, at the last look, the headlines' differences of all what-ifs are known to within ± `share` of the
/// baseline's value, on the intervals that verdicts are given on; without what-ifs, whether the headlines
/// themselves are. A headline of which there is nothing to measure, or whose value is 0, asks for nothing:
/// no share of it could be reached.
#[must_use]
pub fn precise(baseline: &[Replication], what_ifs: &[&[Replication]], share: f64) -> bool {
    let Some((_, look)) = last_look(baseline.len()) else {
        return false;
    };
    HEADLINES.into_iter().all(|metric| {
        let alone = metric.estimate(&baseline[..look], 0.95);
        let Some(alone) = alone.filter(|e| e.value != 0.0) else {
            return true;
        };
        let most = share * alone.value.abs();
        if what_ifs.is_empty() {
            return alone.half_width() <= most;
        }
        what_ifs.iter().all(|w| {
            let compared = at_last_look(metric, baseline, w, what_ifs.len());
            compared.is_none_or(|(_, _, d)| d.half_width() <= most)
        })
    })
}
