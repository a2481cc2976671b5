//! The value stream over its teams, from a variant's model.

use crate::view::{EdgeKind, EdgeView, LaneView, MapView, NodeKind, NodeView};
use millrace_core::model::{GateKind, Model, ReleasePolicy, WayBack};
use millrace_core::scenario::Variant;
use millrace_core::time::{HOURS_PER_WEEK, hours};
use millrace_report::words;

/// The last lane.
const PRODUCTION: &str = "production";

/// The map of a variant, with what differs from the baseline marked.
#[must_use]
pub fn map(variant: &Variant, baseline: &Variant) -> MapView {
    let mut map = draw(variant);
    let before = draw(baseline);
    for node in &mut map.nodes {
        node.changed = !before.nodes.iter().any(|n| {
            n.id == node.id && n.name == node.name && n.lane == node.lane && n.detail == node.detail
        });
    }
    for lane in &mut map.lanes {
        lane.changed = !before
            .lanes
            .iter()
            .any(|l| l.id == lane.id && l.name == lane.name && l.detail == lane.detail);
    }
    map
}

struct Drawing<'m> {
    model: &'m Model,
    map: MapView,
    column: u32,
    last: Option<String>,
}

fn draw(variant: &Variant) -> MapView {
    let model = variant.model(None);
    let mut d = Drawing {
        model: &model,
        map: MapView {
            lanes: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
        },
        column: 0,
        last: None,
    };
    for s in 0..model.streams.len() {
        d.stream(s);
    }
    d.lanes();
    d.map
}

impl Drawing<'_> {
    fn node(
        &mut self,
        id: String,
        kind: NodeKind,
        name: String,
        lane: String,
        column: u32,
        detail: String,
    ) {
        self.map.nodes.push(NodeView {
            id,
            kind,
            name,
            lane,
            column,
            detail,
            changed: false,
        });
    }

    fn edge(&mut self, from: &str, to: &str, kind: EdgeKind, label: String) {
        let same = |e: &EdgeView| e.from == from && e.to == to && e.kind == kind;
        if !self.map.edges.iter().any(same) {
            self.map.edges.push(EdgeView {
                from: from.into(),
                to: to.into(),
                kind,
                label,
            });
        }
    }

    /// A node on the way of the work, joined to the one before.
    fn next(
        &mut self,
        id: String,
        kind: NodeKind,
        name: String,
        lane: String,
        detail: String,
        label: String,
    ) {
        if let Some(last) = self.last.take() {
            self.edge(&last, &id, EdgeKind::Flow, label);
        }
        self.last = Some(id.clone());
        let column = self.column;
        self.column += 1;
        self.node(id, kind, name, lane, column, detail);
    }

    fn team(&self, t: usize) -> String {
        self.model.teams[t].id.clone()
    }

    fn stream(&mut self, s: usize) {
        let model = self.model;
        let stream = &model.streams[s];
        self.last = None;
        let first = self.team(model.stages[stream.stages.start].team);
        let per_week: f64 = model
            .sources
            .iter()
            .filter(|x| x.stream == s)
            .map(|x| x.per_hour() * HOURS_PER_WEEK)
            .sum();
        let detail = if per_week.is_finite() {
            format!("{} requests a week", words::rounded(per_week))
        } else {
            "Always more than can be done".into()
        };
        let id = format!("demand/{}", stream.id);
        self.next(
            id,
            NodeKind::Demand,
            "Requests".into(),
            first,
            detail,
            String::new(),
        );
        let mut last_team = None;
        for i in stream.stages.clone() {
            self.stage(s, i, last_team);
            last_team = Some(model.stages[i].team);
        }
        self.rework(s);
        self.release(s);
    }

    fn stage(&mut self, s: usize, i: usize, last_team: Option<usize>) {
        let model = self.model;
        let stage = &model.stages[i];
        let id = format!("stage/{}/{}", model.streams[s].id, stage.id);
        let label = match last_team {
            Some(t) if t != stage.team => {
                let delay = model.handoff(t, stage.team).delay.mean();
                if delay > 0.0 {
                    format!("handoff {}", words::short_duration(delay))
                } else {
                    String::new()
                }
            }
            _ => String::new(),
        };
        let effort = stage.effort.mean() * stage.effort_factor;
        let limit = stage
            .limit
            .map_or(String::new(), |l| format!(", at most {l} at a time"));
        let detail = format!("{} person-hours on average{limit}", words::rounded(effort));
        self.next(
            id.clone(),
            NodeKind::Stage,
            stage.label.clone(),
            self.team(stage.team),
            detail,
            label,
        );
        for request in &stage.requests {
            let tickets = format!("tickets/{}", model.teams[request.team].id);
            let column = self.column.saturating_sub(1);
            if !self.map.nodes.iter().any(|n| n.id == tickets) {
                let served = words::rounded(request.self_served * 100.0);
                let detail = format!(
                    "{} person-hours each; {served} of 100 requests need no ticket",
                    words::rounded(request.effort.mean())
                );
                self.node(
                    tickets.clone(),
                    NodeKind::Tickets,
                    "Tickets".into(),
                    self.team(request.team),
                    column,
                    detail,
                );
            }
            let asked = request.probability * (1.0 - request.self_served);
            let label = if asked > 0.0 {
                words::percent(asked)
            } else {
                String::new()
            };
            self.edge(&id, &tickets, EdgeKind::Ticket, label);
        }
        for &g in &stage.gates {
            self.gate(g, stage.team);
        }
    }

    fn gate(&mut self, g: usize, team: usize) {
        let gate = &self.model.gates[g];
        let stops = format!(
            "of 100 faulty changes it stops {}, of 100 sound ones {}",
            words::rounded(gate.detector.hit * 100.0),
            words::rounded(gate.detector.false_alarm * 100.0)
        );
        let (lane, how) = match &gate.kind {
            GateKind::Automated(_) => (self.team(team), "Automated".to_owned()),
            GateKind::Manual { team, effort } => (
                self.team(*team),
                format!("{} person-hours", words::rounded(effort.mean())),
            ),
            GateKind::Board { every, .. } => (
                PRODUCTION.to_owned(),
                format!("Meets every {}", words::duration(hours(*every))),
            ),
        };
        let id = format!("gate/{}", gate.id);
        let label = gate.label.clone();
        self.next(
            id,
            NodeKind::Gate,
            label,
            lane,
            format!("{how}; {stops}"),
            String::new(),
        );
    }

    fn rework(&mut self, s: usize) {
        let model = self.model;
        for i in model.streams[s].stages.clone() {
            let stage = &model.stages[i];
            let id = |k: usize| format!("stage/{}/{}", model.streams[s].id, model.stages[k].id);
            for back in &stage.returns {
                self.edge(
                    &id(i),
                    &id(back.to),
                    EdgeKind::Rework,
                    words::percent(back.probability),
                );
            }
        }
    }

    fn release(&mut self, s: usize) {
        let model = self.model;
        let stream = &model.streams[s];
        let lane = PRODUCTION.to_owned();
        if let Some(release) = &stream.release {
            let (name, detail) = match release.policy {
                ReleasePolicy::Each => {
                    ("When ready".to_owned(), "Each change by itself".to_owned())
                }
                ReleasePolicy::Batch => (
                    "When ready".to_owned(),
                    "All that is ready, one rollout at a time".to_owned(),
                ),
                ReleasePolicy::Sized(n) => (
                    "In batches".to_owned(),
                    format!("As soon as {n} changes are ready"),
                ),
                ReleasePolicy::Train { every, cut_off, .. } => (
                    "Release train".to_owned(),
                    format!(
                        "Leaves every {}, closes {} before",
                        words::duration(hours(every)),
                        words::duration(hours(cut_off))
                    ),
                ),
            };
            self.next(
                format!("release/{}", stream.id),
                NodeKind::Release,
                name,
                lane.clone(),
                detail,
                String::new(),
            );
            let strategy = &model.strategies[release.strategy[4]];
            let steps: Vec<String> = strategy
                .steps
                .iter()
                .map(|x| words::percent(x.share))
                .collect();
            let back = match strategy.way_back {
                WayBack::Automatic(_) => "automatic rollback",
                WayBack::ByHand { people: 1, .. } => "one-button rollback",
                WayBack::ByHand { .. } => "rollback by hand",
                WayBack::None => "no way back",
            };
            self.next(
                format!("deployment/{}", stream.id),
                NodeKind::Deployment,
                crate::levers::capital(&strategy.label),
                lane.clone(),
                format!("{} of users; {back}", steps.join(", ")),
                String::new(),
            );
        }
        let users = format!("production/{}", stream.id);
        self.next(
            users.clone(),
            NodeKind::Production,
            "Users".into(),
            lane,
            String::new(),
            String::new(),
        );
        if stream.release.is_some() {
            let commit = format!(
                "stage/{}/{}",
                stream.id, model.stages[stream.commit_stage].id
            );
            self.edge(&users, &commit, EdgeKind::Incident, "incidents".into());
        }
    }

    /// Teams in the order work meets them, then production.
    fn lanes(&mut self) {
        let mut order: Vec<String> = Vec::new();
        for n in &self.map.nodes {
            if n.lane != PRODUCTION && !order.contains(&n.lane) {
                order.push(n.lane.clone());
            }
        }
        for id in order {
            if let Some(t) = self.model.teams.iter().find(|t| t.id == id) {
                let people = if t.people == 1 { "person" } else { "people" };
                self.map.lanes.push(LaneView {
                    id,
                    name: t.label.clone(),
                    detail: format!("{} {people}", t.people),
                    changed: false,
                });
            }
        }
        self.map.lanes.push(LaneView {
            id: PRODUCTION.into(),
            name: "Release and production".into(),
            detail: String::new(),
            changed: false,
        });
    }
}
