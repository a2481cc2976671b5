//! The history on its side: the animation shows the same items at the same places.

use super::{ALL, audit::audit, json_lines, models};
use millrace_core::engine::{Engine, State, Tracks};
use millrace_core::time::{HOUR, Ticks, WEEK};
use std::collections::BTreeMap;

const SECOND: Ticks = HOUR / 3600;

/// What every item does at a second, and where; those who are with users or gone left out.
fn scene<'a>(tracks: &'a Tracks, second: Ticks) -> BTreeMap<&'a str, (State, i64)> {
    let at = |track: &'a millrace_core::engine::Track| {
        let now = track.segments.iter().rev().find(|s| s.second <= second)?;
        let there = !matches!(now.state, State::Gone | State::WithUsers);
        there.then_some((track.id.as_str(), (now.state, now.place)))
    };
    tracks.items.iter().filter_map(at).collect()
}

#[test]
fn a_span_shows_the_same_scenes_as_the_whole() {
    for (name, model) in models() {
        let (_, replay) = Engine::new(&model).replay(0, usize::MAX);
        let (from, to) = (40 * WEEK, 44 * WEEK);
        let (whole, span) = (replay.tracks(ALL), replay.tracks(from..to));
        assert!(
            span.items.len() < whole.items.len() / 2,
            "{name}: {} items",
            span.items.len()
        );
        for hour in 0..(to - from) / HOUR {
            let second = (from + hour * HOUR) / SECOND;
            assert_eq!(
                scene(&whole, second),
                scene(&span, second),
                "{name}, hour {hour}"
            );
        }
    }
}

#[test]
fn the_requests_on_the_map_are_those_in_the_system() {
    for (name, model) in models() {
        let (_, replay) = Engine::new(&model).replay(0, usize::MAX);
        let tracks = replay.tracks(ALL);
        let mut in_system: BTreeMap<Ticks, i64> = BTreeMap::new();
        let mut delivered = std::collections::BTreeSet::new();
        for row in replay.rows(ALL) {
            let by = match row.event {
                "requested" => 1,
                "refused" | "given-up" => -1,
                "with-users" if delivered.insert(row.item.clone()) => -1,
                _ => continue,
            };
            *in_system.entry(row.time_us / SECOND).or_default() += by;
        }
        let rolled_back: Vec<Ticks> = replay
            .rows(ALL)
            .filter(|r| r.event == "rolled-back")
            .map(|r| r.time_us / SECOND)
            .collect();
        let first = rolled_back
            .first()
            .copied()
            .unwrap_or(Ticks::MAX)
            .min(60 * WEEK / SECOND);
        let (mut now, mut most) = (0, 0);
        for (second, by) in in_system.range(..first) {
            now += by;
            let shown = tracks
                .items
                .iter()
                .filter(|t| t.kind == "request")
                .filter(|t| scene_of(t, *second))
                .count() as i64;
            assert_eq!(shown, now, "{name}: requests at second {second}");
            most = most.max(now);
        }
        assert!(
            most > 3,
            "{name}: never more than {most} requests at a time"
        );
    }
}

fn scene_of(track: &millrace_core::engine::Track, second: Ticks) -> bool {
    let now = track.segments.iter().rev().find(|s| s.second <= second);
    now.is_some_and(|s| !matches!(s.state, State::Gone | State::WithUsers))
}

#[test]
fn the_tracks_have_every_rollout_and_every_incident() {
    for (name, model) in models() {
        let (_, replay) = Engine::new(&model).replay(2, usize::MAX);
        let tracks = replay.tracks(ALL);
        let began = replay
            .rows(ALL)
            .filter(|r| r.event == "rollout-began")
            .count();
        let over = replay.rows(ALL).filter(|r| r.event == "recovered").count();
        let recovered = tracks.incidents.iter().filter(|i| i.recovered.is_some());
        assert_eq!(tracks.deployments.len(), began, "{name}: rollouts");
        assert_eq!(recovered.count(), over, "{name}: incidents that are over");
        for incident in &tracks.incidents {
            let (showed, noticed) = (incident.showed, incident.noticed.unwrap_or(incident.showed));
            let over = incident.recovered.unwrap_or(Ticks::MAX);
            assert!(showed <= noticed && noticed <= over, "{name}: {incident:?}");
        }
        for rollout in &tracks.deployments {
            let shares = &rollout.exposure;
            assert!(
                shares.windows(2).all(|w| w[0].0 <= w[1].0),
                "{name}: {rollout:?}"
            );
        }
        let missing: i64 = tracks.people.iter().map(|p| -i64::from(p.change)).sum();
        let audited: i64 = audit(&json_lines(&replay)).missing.values().sum();
        assert_eq!(missing, audited, "{name}: people missing at the end");
    }
}
