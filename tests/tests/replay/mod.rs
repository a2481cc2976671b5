//! The history of one replication: it changes nothing, and whoever reads it alone finds the figures of the
//! replication again.

mod audit;
mod stands;
mod tracks;

use audit::{Audit, audit, kinds};
use millrace_core::engine::{COLUMNS, Engine, PART_IDS, Replay, Replication, State, What, Word};
use millrace_core::model::{Estimation, Fork, ForkPart, Model, Pool};
use millrace_core::random::{Distribution, Name};
use millrace_core::time::{HOUR, Ticks, WEEK};
use millrace_tests::plain::{read, variant};
use std::collections::BTreeSet;

const SHIPPED: &str = include_str!("../../../scenarios/siloed-to-integrated.toml");
const PAGE: &str = include_str!("../../../docs/replay.md");
const ALL: std::ops::Range<Ticks> = 0..Ticks::MAX;

/// The shipped study counting from half a year on, and the same with every mechanism it lacks.
fn models() -> Vec<(String, Model)> {
    let scenario = read(SHIPPED);
    let ids = [None, Some("canary"), Some("integrated")];
    let mut models: Vec<(String, Model)> = ids
        .iter()
        .map(|id| {
            let model = variant(&scenario, *id).model(Some(26 * WEEK));
            (id.unwrap_or("baseline").into(), model)
        })
        .collect();
    let mut crowded: Vec<(String, Model)> = models
        .iter()
        .map(|(name, model)| (format!("{name}, crowded"), crowded(model.clone())))
        .collect();
    models.append(&mut crowded);
    // Nobody waits for what comes at the end: some of it is left.
    let mut hasty = models[0].1.clone();
    hasty.window.cap = hasty.window.horizon + WEEK;
    models.push(("baseline, hasty".into(), hasty));
    models
}

/// Parts, a scarce environment, one runner, impatient requests, a short backlog, people who come and go.
fn crowded(mut model: Model) -> Model {
    let hours = |h: f64| Distribution::exponential(h).expect("a mean");
    let commit = model.streams[0].commit_stage;
    let part = |stage: usize| ForkPart {
        name: Name::of_text(&format!("part {stage}")),
        stages: vec![stage],
        share: Distribution::Constant(0.6),
    };
    model.streams[0].forks = vec![Fork {
        id: "fork".into(),
        name: Name::of_text("fork"),
        sources: vec![true],
        parts: vec![part(commit), part(commit + 1)],
        join: Some(commit + 2),
    }];
    model.stages[commit].fork = Some(0);
    model.stages[commit].limit = Some(4);
    model.stages[commit + 2].environment = Some(0);
    model.environments = vec![Pool {
        id: "staging".into(),
        label: "Staging".into(),
        count: 1,
    }];
    model.runners = Some(1);
    model.streams[0].limit = Some(12);
    model.streams[0].intake = Some(4);
    model.sources[0].batch = Distribution::Constant(2.5);
    model.sources[0].patience = Some(hours(200.0));
    model.sources[0].estimation = Some(Estimation {
        name: Name::of_text("estimate"),
        team: 0,
        effort: hours(1.0),
    });
    let staffing = &mut model.teams[0].staffing;
    staffing.turnover = 1.0 / 4000.0;
    staffing.replacement = hours(500.0);
    staffing.ramp_up = 400 * HOUR;
    staffing.ramp_start = 0.5;
    staffing.absence = 1.0 / 1000.0;
    staffing.spell = hours(60.0);
    model
}

fn json_lines(replay: &Replay) -> String {
    let mut out = Vec::new();
    replay.json_lines(ALL, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("text")
}

fn csv(replay: &Replay) -> String {
    let mut out = Vec::new();
    replay.csv(ALL, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("text")
}

#[test]
fn a_replay_is_the_run_bit_by_bit_and_leaves_the_engine_as_it_was() {
    for (name, model) in models() {
        let mut engine = Engine::new(&model);
        for r in 0..3 {
            let run = engine.run(r);
            let (replayed, _) = engine.replay(r, usize::MAX);
            let (cut, _) = engine.replay(r, 100);
            assert!(
                run == replayed,
                "{name}, replication {r}: the history changes it"
            );
            assert!(
                run == cut,
                "{name}, replication {r}: a history cut off changes it"
            );
            assert!(
                run == engine.run(r),
                "{name}, replication {r}: a run after a replay"
            );
        }
    }
}

fn same(name: &str, what: &str, audited: f64, counted: f64) {
    let off = (audited - counted).abs();
    assert!(
        off <= 1e-9 * counted.abs(),
        "{name}: {what} is {audited} by the history and {counted} in the replication"
    );
}

#[test]
fn whoever_reads_the_history_alone_finds_the_replication() {
    let mut leftovers = 0;
    for (name, model) in models() {
        let mut engine = Engine::new(&model);
        for r in 0..6 {
            let (run, replay) = engine.replay(r, usize::MAX);
            let found = audit(&json_lines(&replay));
            let name = format!("{name}, replication {r}");
            flow_agrees(&name, &found, &run);
            parts_agree(&name, &found, &run);
            production_agrees(&name, &found, &run);
            gates_agree(&name, &found, &run, &model);
            weeks_agree(&name, &found, &run, &model);
            places_agree(&name, &stands::weeks(&json_lines(&replay)), &run, &model);
            leftovers += found.leftovers;
        }
    }
    assert!(
        leftovers > 0,
        "nothing was left unfinished anywhere: half of the audit saw nothing"
    );
}

fn flow_agrees(name: &str, found: &Audit, run: &Replication) {
    let whole: [(&str, u64, f64); 5] = [
        ("delivered", found.delivered, run.delivered),
        ("refused", found.refused, run.refused),
        ("given up", found.given_up, run.abandoned),
        ("finished", found.finished, run.finished),
        ("leftovers", found.leftovers, run.leftovers),
    ];
    for (what, audited, counted) in whole {
        assert_eq!(audited as f64, counted, "{name}: {what}");
    }
    assert_eq!(found.wip_ticks, run.wip_ticks, "{name}: work in progress");
    assert_eq!(found.wip_ticks, run.stay_ticks, "{name}: stays");
    let lead = found.lead_ticks as f64 / HOUR as f64;
    same(name, "lead time", lead, run.lead_time.sum);
}

/// How work in progress divides into effort, slowness and time off only the engine knows.
fn parts_agree(name: &str, found: &Audit, run: &Replication) {
    let at_work = |id: &str| {
        matches!(
            id,
            "touch" | "rework" | "handoff" | "gate-run" | "off-hours"
        ) || id.starts_with("slowed-")
    };
    let mut counted_work = 0.0;
    for (id, counted) in PART_IDS.iter().zip(run.parts) {
        if at_work(id) {
            counted_work += counted;
        } else {
            let audited = found.parts.get(id).map_or(0.0, |t| *t as f64 / HOUR as f64);
            same(name, id, audited, counted);
        }
    }
    let audited = found
        .parts
        .get("at work")
        .map_or(0.0, |t| *t as f64 / HOUR as f64);
    same(name, "time at work", audited, counted_work);
}

fn production_agrees(name: &str, found: &Audit, run: &Replication) {
    let whole: [(&str, u64, f64); 7] = [
        ("deployments", found.deployments, run.deployments),
        (
            "of repairs",
            found.rework_deployments,
            run.rework_deployments,
        ),
        ("failed", found.failed_deployments, run.failed_deployments),
        ("recoveries", found.recoveries, run.recovery.n),
        ("incidents", found.customer_incidents, run.change_incidents),
        (
            "background",
            found.background_incidents,
            run.background_incidents,
        ),
        ("self-stopped", found.self_stopped, run.self_stopped),
    ];
    for (what, audited, counted) in whole {
        assert_eq!(audited as f64, counted, "{name}: {what}");
    }
    for (class, by_cause) in ["minor", "major", "critical"].iter().zip(&run.by_severity) {
        let audited = found.by_severity.get(*class).copied().unwrap_or(0);
        assert_eq!(
            audited as f64,
            by_cause.iter().sum::<f64>(),
            "{name}: {class}"
        );
    }
    same(name, "impact as written", found.impact[0], run.impact_hours);
    same(
        name,
        "impact by the steps of exposure",
        found.impact[1],
        run.impact_hours,
    );
}

fn gates_agree(name: &str, found: &Audit, run: &Replication, model: &Model) {
    for (gate, [faulty, hits, sound, alarms]) in model.gates.iter().zip(&run.gates) {
        let place = format!("gate/{}", gate.id);
        let [judged, stopped] = found.gates.get(&place).copied().unwrap_or_default();
        assert_eq!(judged as f64, faulty + sound, "{name}: {place} judged");
        assert_eq!(stopped as f64, hits + alarms, "{name}: {place} stopped");
    }
}

/// Gates, both ends of the streams, tickets and incidents, week by week.
fn places_agree(name: &str, found: &[stands::Week], run: &Replication, model: &Model) {
    let weekly = &run.weekly;
    let gates: Vec<String> = ids("gate", model.gates.iter().map(|g| &g.id));
    let of_streams = |what: &str| ids(what, model.streams.iter().map(|s| &s.id));
    let tickets = ids("tickets", model.teams.iter().map(|t| &t.id));
    let rows: [(Vec<String>, &[f32]); 6] = [
        (gates, &weekly.gates),
        (of_streams("to-begin"), &weekly.to_begin),
        (of_streams("to-release"), &weekly.to_release),
        (of_streams("rolling"), &weekly.rolling),
        (tickets, &weekly.tickets),
        (of_streams("incidents"), &weekly.stream_incidents),
    ];
    let weeks = weekly.arrived.len();
    for (places, counted) in rows {
        assert_eq!(counted.len(), weeks * places.len(), "{name}: {places:?}");
        for (at, counted) in counted.iter().enumerate() {
            let (week, place) = (at / places.len(), &places[at % places.len()]);
            let audited = found[week].get(place).copied().unwrap_or(0);
            assert_eq!(
                audited as f32, *counted,
                "{name}: {place} after week {week}"
            );
        }
    }
}

fn ids<'i>(what: &str, ids: impl Iterator<Item = &'i String>) -> Vec<String> {
    ids.map(|id| format!("{what}/{id}")).collect()
}

fn weeks_agree(name: &str, found: &Audit, run: &Replication, model: &Model) {
    let n = model.stages.len();
    assert!(
        run.weekly.stages.len() >= 70 * n,
        "{name}: {} weeks",
        run.weekly.stages.len() / n
    );
    for (week, (audited, counted)) in found
        .weeks
        .iter()
        .zip(run.weekly.stages.chunks(n))
        .enumerate()
    {
        for (stage, counted) in model.stages.iter().zip(counted) {
            let place = format!("stage/{}/{}", model.streams[stage.stream].id, stage.id);
            let audited = audited.get(&place).copied().unwrap_or(0);
            assert_eq!(
                audited as f32, *counted,
                "{name}: {place} after week {week}"
            );
        }
    }
    for team in &model.teams {
        let missing = found.missing.get(&team.id).copied().unwrap_or(0);
        assert!(
            (0..=i64::from(team.people)).contains(&missing),
            "{name}: {missing} of {} are missing in {}",
            team.people,
            team.id
        );
    }
}

#[test]
fn between_them_the_studies_of_this_audit_make_every_kind_of_event() {
    let mut seen = BTreeSet::new();
    for (_, model) in models() {
        let mut engine = Engine::new(&model);
        for r in 0..6 {
            seen.extend(kinds(&json_lines(&engine.replay(r, usize::MAX).1)));
        }
        seen.extend(kinds(&json_lines(&engine.replay(0, 100).1)));
    }
    let missing: Vec<&str> = What::ALL
        .iter()
        .map(|w| w.id())
        .filter(|id| !seen.contains(*id))
        .collect();
    assert!(
        missing.is_empty(),
        "no study makes {missing:?}: the audit does not see them"
    );
}

/// A number of a line, read to the last bit (which serde_json's quick way does not).
fn number(line: &str, key: &str) -> Option<f64> {
    let (_, rest) = line.split_once(&format!("\"{key}\":"))?;
    rest[..rest.find([',', '}'])?].parse().ok()
}

#[test]
fn the_csv_says_what_the_json_lines_say() {
    for (name, model) in models() {
        let (_, replay) = Engine::new(&model).replay(0, usize::MAX);
        let (table, lines) = (csv(&replay), json_lines(&replay));
        let mut rows = table.lines();
        assert_eq!(
            rows.next(),
            Some(COLUMNS.join(",").as_str()),
            "{name}: the header"
        );
        let (rows, lines): (Vec<_>, Vec<_>) = (rows.collect(), lines.lines().collect());
        assert_eq!(rows.len(), replay.len(), "{name}");
        assert_eq!(lines.len(), replay.len(), "{name}");
        for (row, line) in rows.iter().zip(lines) {
            let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let cells: Vec<&str> = row.split(',').collect();
            assert_eq!(cells.len(), COLUMNS.len(), "{name}: {row}");
            for (column, cell) in COLUMNS.iter().zip(cells) {
                let same = match &value[column] {
                    serde_json::Value::Null => cell.is_empty(),
                    serde_json::Value::Number(_) => number(line, column) == cell.parse().ok(),
                    other => other.as_str() == Some(cell),
                };
                assert!(same, "{name}: {column} is {cell:?} in CSV and {line}");
            }
        }
    }
}

#[test]
fn a_history_cut_off_is_the_beginning_of_the_whole_and_says_so() {
    let (name, model) = models().pop().expect("models");
    let mut engine = Engine::new(&model);
    let whole = json_lines(&engine.replay(1, usize::MAX).1);
    let (_, replay) = engine.replay(1, 500);
    let cut = json_lines(&replay);
    assert!(replay.is_cut());
    assert_eq!(replay.len(), 501, "{name}");
    let (first, last): (Vec<&str>, Vec<&str>) = (
        cut.lines().take(500).collect(),
        cut.lines().skip(500).collect(),
    );
    assert_eq!(first, whole.lines().take(500).collect::<Vec<_>>(), "{name}");
    assert!(last[0].contains("\"cut\""), "{last:?}");
    assert!(
        !whole.contains("\"cut\""),
        "the whole says that it was cut off"
    );
}

#[test]
fn a_span_of_the_history_is_the_events_of_that_span() {
    let (_, model) = models().remove(0);
    let (_, replay) = Engine::new(&model).replay(0, usize::MAX);
    let (from, to) = (30 * WEEK, 34 * WEEK);
    let span: Vec<_> = replay.rows(from..to).collect();
    let all: Vec<_> = replay
        .rows(ALL)
        .filter(|r| (from..to).contains(&r.time_us))
        .collect();
    assert!(span.len() > 50, "{} events in four weeks", span.len());
    assert!(span == all);
    assert_eq!(
        replay.rows(to..from).count(),
        0,
        "a span that ends before it begins"
    );
}

#[test]
fn the_page_explains_every_column_kind_word_and_state() {
    let ids = COLUMNS
        .iter()
        .copied()
        .chain(What::ALL.iter().map(|w| w.id()))
        .chain(Word::ALL.iter().map(|w| w.id()))
        .chain(State::ALL.iter().map(|s| s.id()));
    let missing: Vec<&str> = ids
        .filter(|id| !id.is_empty() && !PAGE.contains(&format!("`{id}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/replay.md does not explain {missing:?}"
    );
}
