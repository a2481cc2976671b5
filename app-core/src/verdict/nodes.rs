//! Numbers on the map: how long changes are at each place, and how many wait there.

use crate::view::NodeNumbers;
use millrace_core::experiment::Summary;
use millrace_core::time::HOURS_PER_WEEK;
use millrace_report::words::short_duration;

/// Share of the time at a place from which on it is said to be waited.
const NEARLY_ALL: f64 = 0.95;

/// Numbers on the map, for the what-if if one is shown. `ticket_team`: the team that works all tickets,
/// if it is one.
#[must_use]
pub fn nodes(a: &Summary, b: Option<&Summary>, ticket_team: Option<&str>) -> Vec<NodeNumbers> {
    let shown = b.unwrap_or(a);
    let all: f64 = shown.parts_hours.values().sum::<f64>().max(1e-9);
    let before = spent(a);
    // Little's law: what waits is what comes times how long it waits.
    let per_hour = shown.throughput_per_week.map(|t| t.value / HOURS_PER_WEEK);
    let queue = |waiting: f64| per_hour.map(|n| n * waiting);
    let mut out: Vec<NodeNumbers> = spent(shown)
        .into_iter()
        .map(|(id, hours, waiting)| {
            let was = before.iter().find(|n| n.0 == id).map_or(0.0, |n| n.1);
            let verb = if waiting > NEARLY_ALL * hours {
                "waits"
            } else {
                "takes"
            };
            NodeNumbers {
                share: hours / all,
                text: if hours < 0.05 {
                    String::new()
                } else {
                    format!("{verb} {}", short_duration(hours))
                },
                difference_hours: b.map(|_| hours - was),
                utilisation: None,
                queue: queue(waiting),
                id,
            }
        })
        .collect();
    if let Some(team) = ticket_team {
        // The wait is counted where the item stands; at the tickets it is told once more, without a fill.
        let held = |s: &Summary| {
            s.parts_hours
                .get("waiting-for-platform")
                .copied()
                .unwrap_or(0.0)
        };
        out.push(NodeNumbers {
            id: format!("tickets/{team}"),
            share: 0.0,
            text: format!("hold work {}", short_duration(held(shown))),
            difference_hours: b.map(|_| held(shown) - held(a)),
            utilisation: None,
            queue: queue(held(shown)),
        });
    }
    out.extend(shown.teams.iter().map(|t| NodeNumbers {
        id: t.id.clone(),
        share: 0.0,
        text: String::new(),
        difference_hours: None,
        utilisation: t.utilisation.map(|u| u.value),
        queue: None,
    }));
    out
}

/// Hours by node of the map: places, with the release cut into waiting and rollout, and what waits for
/// tickets shown at the tickets.
fn spent(s: &Summary) -> Vec<(String, f64, f64)> {
    let part = |id: &str| s.parts_hours.get(id).copied().unwrap_or(0.0);
    let releases = s
        .places
        .iter()
        .filter(|p| p.id.starts_with("release/"))
        .count()
        .max(1) as f64;
    let mut out = Vec::new();
    for p in &s.places {
        match p.id.split_once('/') {
            Some(("backlog", stream)) => out.push((format!("demand/{stream}"), p.hours, p.hours)),
            Some(("release", stream)) => {
                let rollout = (part("deployment") / releases).min(p.hours);
                out.push((p.id.clone(), p.hours - rollout, p.hours - rollout));
                out.push((format!("deployment/{stream}"), rollout, 0.0));
            }
            _ => out.push((p.id.clone(), p.hours, p.waiting_hours)),
        }
    }
    out
}
