//! Gates.

use super::super::fault::suggest;
use super::super::study;
use super::{Builder, dist, shown, ticks};
use crate::model::detector::Detector;
use crate::model::{Gate, GateKind, Model};
use crate::random::{Distribution, Name};
use crate::time::HOUR;

impl Builder<'_> {
    pub(super) fn gates(&mut self, model: &mut Model) {
        for g in &self.study.governance.gates {
            let path = format!("governance.gates.{}", g.id);
            let found: Vec<usize> = (0..model.stages.len())
                .filter(|&i| {
                    let s = &model.stages[i];
                    s.id == g.after || format!("{}.{}", model.streams[s.stream].id, s.id) == g.after
                })
                .collect();
            let [stage] = found[..] else {
                let known: Vec<String> = model.stages.iter().map(|s| s.id.clone()).collect();
                let (message, hint) = if found.is_empty() {
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    (
                        format!("there is no stage `{}`", g.after),
                        suggest(&g.after, &known),
                    )
                } else {
                    (
                        format!("several streams have a stage `{}`", g.after),
                        "write `stream.stage`".into(),
                    )
                };
                self.fault(&format!("{path}.after"), message, hint);
                continue;
            };
            let kind = self.gate_kind(g, &path);
            let automated = matches!(kind, GateKind::Automated(_));
            let mut discrimination = g.discrimination;
            if automated {
                let tests = self
                    .levels()
                    .filter_map(|l| l.discrimination)
                    .fold(0.0, f64::max);
                let security = self.levels().filter_map(|l| l.security).fold(0.0, f64::max);
                let by_tests = if g.covers[0] || g.covers[1] {
                    tests
                } else {
                    0.0
                };
                let by_tools = if g.covers[2] || g.covers[3] {
                    security
                } else {
                    0.0
                };
                discrimination += by_tests.max(by_tools);
            }
            model.stages[stage].gates.push(model.gates.len());
            model.gates.push(Gate {
                id: g.id.clone(),
                label: shown(&g.name, &g.id),
                name: Name::of_text("gate").with(Name::of_text(&g.id)),
                stage,
                kind,
                risks: g.risks,
                changes: g.changes,
                covers: g.covers,
                detector: Detector::new(discrimination, g.strictness),
                triage: dist(&g.triage),
            });
        }
    }

    pub(super) fn gate_kind(&mut self, g: &study::Gate, path: &str) -> GateKind {
        match g.kind.as_str() {
            "automated" => GateKind::Automated(
                g.duration
                    .as_ref()
                    .map_or(Distribution::Constant(0.0), dist),
            ),
            "manual" => {
                let (Some(team), Some(effort)) = (&g.team, &g.effort) else {
                    self.fault(path, "a manual gate needs a `team` and an `effort`", "");
                    return GateKind::Automated(Distribution::Constant(0.0));
                };
                GateKind::Manual {
                    team: self.team(team, &format!("{path}.team")),
                    effort: dist(effort),
                }
            }
            _ => {
                if g.cut_off + g.session > g.every {
                    self.fault(
                        path,
                        "cut-off and session together are longer than the time between sessions",
                        "",
                    );
                }
                GateKind::Board {
                    every: ticks(g.every).max(HOUR),
                    first: ticks(g.first),
                    cut_off: ticks(g.cut_off),
                    session: ticks(g.session),
                    places: g.places as u32,
                }
            }
        }
    }
}
