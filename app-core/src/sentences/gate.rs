//! "For each faulty change the board stops, it stops six sound ones."

use super::{About, Sentence, View};
use millrace_core::experiment::Summary;
use millrace_core::experiment::summary::GateSummary;
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::rounded;

/// Gates in one answer.
const TOLD: usize = 3;
/// Sound changes for each faulty one from which on it is said: below, it reads as one for one.
const MORE: f64 = 1.1;

/// A gate surely stops more sound changes than faulty ones.
#[must_use]
pub fn stops_more_sound_than_faulty(gate: &GateSummary) -> bool {
    match gate.sound_per_faulty_stopped {
        Some(ratio) => ratio.low > 1.0,
        None => gate.stopped_sound_per_week > 0.0,
    }
}

/// What a gate stops, where it stops more sound changes than faulty ones.
#[must_use]
pub fn sentence(gate: &GateSummary) -> Option<Sentence> {
    let ratio = gate.sound_per_faulty_stopped;
    if !stops_more_sound_than_faulty(gate) || ratio.is_some_and(|r| r.value < MORE) {
        return None;
    }
    let name = &gate.name;
    let text = match ratio {
        Some(ratio) => format!(
            "{name}: for each faulty change it stops, it stops {} sound ones.",
            rounded(ratio.value)
        ),
        None => format!(
            "{name} stops {} sound changes a month and no faulty one.",
            rounded(gate.stopped_sound_per_week * WEEKS_PER_MONTH)
        ),
    };
    let about = vec![About::of(View::Workbench, "gates", &gate.id)];
    Sentence::held("gate", text, gate.more_sound_than_faulty?, about)
}

/// Of the gates of a variant that stop the most sound changes for each faulty one, the worst first.
#[must_use]
pub fn sentences(summary: &Summary) -> Vec<Sentence> {
    if summary.cut_off {
        return Vec::new();
    }
    let ratio = |g: &GateSummary| {
        g.sound_per_faulty_stopped
            .map_or(f64::INFINITY, |r| r.value)
    };
    let mut gates: Vec<&GateSummary> = summary.gates.iter().collect();
    gates.sort_by(|a, b| ratio(b).total_cmp(&ratio(a)));
    gates.into_iter().filter_map(sentence).take(TOLD).collect()
}
