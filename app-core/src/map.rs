//! The value stream over its teams, from a variant's model.

use crate::view::{EdgeKind, EdgeView, LaneView, MapView, NodeKind, NodeView, StreamView};
use millrace_core::model::{GateKind, Model, Release, ReleasePolicy, Strategy, Team, WayBack};
use millrace_core::scenario::Variant;
use millrace_core::time::{HOURS_PER_WEEK, hours};
use millrace_report::words;

mod ways;
use ways::Ways;

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
    variant: &'m Variant,
    model: &'m Model,
    map: MapView,
}

fn draw(variant: &Variant) -> MapView {
    let model = variant.model(None);
    let stream = |s: &millrace_core::model::Stream| StreamView {
        id: s.id.clone(),
        name: s.label.clone(),
    };
    let mut d = Drawing {
        variant,
        model: &model,
        map: MapView {
            streams: model.streams.iter().map(stream).collect(),
            lanes: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
        },
    };
    for s in 0..model.streams.len() {
        d.stream(s);
    }
    d.lanes();
    d.map
}

/// A node to be put somewhere.
fn node(id: String, kind: NodeKind, name: &str, path: String, detail: String) -> NodeView {
    NodeView {
        id,
        kind,
        name: name.to_owned(),
        lane: PRODUCTION.to_owned(),
        stream: None,
        path,
        column: 0,
        detail,
        changed: false,
    }
}

impl<'m> Drawing<'m> {
    fn put(&mut self, node: NodeView, lane: &str, stream: usize, column: u32) {
        self.map.nodes.push(NodeView {
            lane: lane.to_owned(),
            stream: Some(self.model.streams[stream].id.clone()),
            column,
            ..node
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

    fn team(&self, t: usize) -> &'m str {
        &self.model.teams[t].id
    }

    fn stage_id(&self, i: usize) -> String {
        let stage = &self.model.stages[i];
        format!("stage/{}/{}", self.model.streams[stage.stream].id, stage.id)
    }

    /// What work leaves a stage from: its last gate, or itself.
    fn exit(&self, i: usize) -> String {
        match self.model.stages[i].gates.last() {
            Some(&g) => format!("gate/{}", self.model.gates[g].id),
            None => self.stage_id(i),
        }
    }

    fn stream(&mut self, s: usize) {
        let model = self.model;
        let stream = &model.streams[s];
        let ways = Ways::of(model, stream);
        self.demand(s);
        for i in stream.stages.clone() {
            self.stage(s, i, ways.columns[i - stream.stages.start]);
        }
        for &first in &ways.first {
            let to = self.stage_id(first);
            self.edge(
                &format!("demand/{}", stream.id),
                &to,
                EdgeKind::Flow,
                String::new(),
            );
        }
        let out = self.release(s, ways.end);
        for way in &ways.all {
            self.way(way, &out);
        }
        self.rework(s);
    }

    fn demand(&mut self, s: usize) {
        let model = self.model;
        let stream = &model.streams[s];
        let sources = model.sources.iter().filter(|x| x.stream == s);
        let per_week: f64 = sources.map(|x| x.per_hour() * HOURS_PER_WEEK).sum();
        let detail = if per_week.is_finite() {
            format!("{} requests a week", words::rounded(per_week))
        } else {
            "Always more than can be done".into()
        };
        let name = if model.streams.len() > 1 {
            &stream.label
        } else {
            "Requests"
        };
        let first = model.stages[stream.stages.start].team;
        let id = format!("demand/{}", stream.id);
        let path = format!("streams.{}.demand", stream.id);
        let made = node(id, NodeKind::Demand, name, path, detail);
        self.put(made, self.team(first), s, 0);
    }

    fn stage(&mut self, s: usize, i: usize, column: u32) {
        let model = self.model;
        let stage = &model.stages[i];
        let effort = stage.effort.mean() * stage.effort_factor;
        let limit = stage
            .limit
            .map_or(String::new(), |l| format!(", at most {l} at a time"));
        let detail = format!("{} person-hours on average{limit}", words::rounded(effort));
        let path = format!("streams.{}.stages.{}", model.streams[s].id, stage.id);
        let made = node(
            self.stage_id(i),
            NodeKind::Stage,
            &stage.label,
            path,
            detail,
        );
        self.put(made, self.team(stage.team), s, column);
        self.requests(i, column);
        let mut last = self.stage_id(i);
        for (k, &g) in stage.gates.iter().enumerate() {
            let id = self.gate(g, stage.team, s, column + 1 + k as u32);
            self.edge(&last, &id, EdgeKind::Flow, String::new());
            last = id;
        }
    }

    fn requests(&mut self, i: usize, column: u32) {
        let model = self.model;
        for request in &model.stages[i].requests {
            let team = self.team(request.team);
            let tickets = format!("tickets/{team}");
            if !self.map.nodes.iter().any(|n| n.id == tickets) {
                let served = words::rounded(request.self_served * 100.0);
                let detail = format!(
                    "{} person-hours each; {served} of 100 requests need no ticket",
                    words::rounded(request.effort.mean())
                );
                let path = "platform.capabilities".to_owned();
                let made = node(tickets.clone(), NodeKind::Tickets, "Tickets", path, detail);
                self.map.nodes.push(NodeView {
                    lane: team.to_owned(),
                    column,
                    ..made
                });
            }
            let asked = request.probability * (1.0 - request.self_served);
            let label = if asked > 0.0 {
                words::percent(asked)
            } else {
                String::new()
            };
            self.edge(&self.stage_id(i), &tickets, EdgeKind::Ticket, label);
        }
    }

    fn gate(&mut self, g: usize, team: usize, s: usize, column: u32) -> String {
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
                PRODUCTION,
                format!("Meets every {}", words::duration(hours(*every))),
            ),
        };
        let id = format!("gate/{}", gate.id);
        let path = format!("governance.gates.{}", gate.id);
        let made = node(
            id.clone(),
            NodeKind::Gate,
            &gate.label,
            path,
            format!("{how}; {stops}"),
        );
        self.put(made, lane, s, column);
        id
    }

    fn way(&mut self, way: &ways::Way, out: &str) {
        let from = self.exit(way.from);
        match way.to {
            None => self.edge(&from, out, EdgeKind::Flow, way.label.clone()),
            Some(to) if to <= way.from => {
                let to = self.stage_id(to);
                self.edge(
                    &self.stage_id(way.from),
                    &to,
                    EdgeKind::Rework,
                    way.label.clone(),
                );
            }
            Some(to) => {
                let label = [way.label.clone(), self.handoff(way.from, to)];
                let label: Vec<String> = label.into_iter().filter(|l| !l.is_empty()).collect();
                let to = self.stage_id(to);
                self.edge(&from, &to, EdgeKind::Flow, label.join(", "));
            }
        }
    }

    fn handoff(&self, from: usize, to: usize) -> String {
        let (from, to) = (self.model.stages[from].team, self.model.stages[to].team);
        if from == to {
            return String::new();
        }
        let delay = self.model.handoff(from, to).delay.mean();
        if delay > 0.0 {
            format!("handoff {}", words::short_duration(delay))
        } else {
            String::new()
        }
    }

    fn rework(&mut self, s: usize) {
        let model = self.model;
        for i in model.streams[s].stages.clone() {
            for back in &model.stages[i].returns {
                self.edge(
                    &self.stage_id(i),
                    &self.stage_id(back.to),
                    EdgeKind::Rework,
                    words::percent(back.probability),
                );
            }
        }
    }

    /// What follows the stages; answers the node that work leaves them for.
    fn release(&mut self, s: usize, column: u32) -> String {
        let model = self.model;
        let stream = &model.streams[s];
        let users = format!("production/{}", stream.id);
        let path = "production".to_owned();
        let made = node(
            users.clone(),
            NodeKind::Production,
            "Users",
            path,
            String::new(),
        );
        let Some(release) = &stream.release else {
            self.put(made, PRODUCTION, s, column);
            return users;
        };
        let pipeline = self.variant.study.streams[s].pipeline.as_ref();
        let path = pipeline.map_or("pipeline".to_owned(), |p| format!("pipelines.{p}"));
        let (name, detail) = leaving(release);
        let first = format!("release/{}", stream.id);
        let waits = node(first.clone(), NodeKind::Release, name, path.clone(), detail);
        self.put(waits, PRODUCTION, s, column);
        let strategy = &model.strategies[release.strategy[4]];
        let rollout = format!("deployment/{}", stream.id);
        let name = crate::words::capital(&strategy.label);
        let shown = node(
            rollout.clone(),
            NodeKind::Deployment,
            &name,
            path,
            reaching(strategy),
        );
        self.put(shown, PRODUCTION, s, column + 1);
        self.put(made, PRODUCTION, s, column + 2);
        self.edge(&first, &rollout, EdgeKind::Flow, String::new());
        self.edge(&rollout, &users, EdgeKind::Flow, String::new());
        let commit = self.stage_id(stream.commit_stage);
        self.edge(&users, &commit, EdgeKind::Incident, "incidents".into());
        first
    }

    /// Teams in the order work meets them, those it never meets, then production.
    fn lanes(&mut self) {
        let mut order: Vec<&Team> = Vec::new();
        let met = self.map.nodes.iter().map(|n| n.lane.as_str());
        let teams = &self.model.teams;
        for id in met.chain(teams.iter().map(|t| t.id.as_str())) {
            if let Some(team) = teams.iter().find(|t| t.id == id)
                && !order.iter().any(|t| t.id == id)
            {
                order.push(team);
            }
        }
        let lane = |t: &Team| LaneView {
            id: t.id.clone(),
            name: t.label.clone(),
            detail: format!(
                "{} {}",
                t.people,
                if t.people == 1 { "person" } else { "people" }
            ),
            changed: false,
        };
        self.map.lanes = order.into_iter().map(lane).collect();
        self.map.lanes.push(LaneView {
            id: PRODUCTION.into(),
            name: "Release and production".into(),
            detail: String::new(),
            changed: false,
        });
    }
}

/// When a release leaves: a name and a line.
fn leaving(release: &Release) -> (&'static str, String) {
    match release.policy {
        ReleasePolicy::Each => ("When ready", "Each change by itself".to_owned()),
        ReleasePolicy::Batch => (
            "When ready",
            "All that is ready, one rollout at a time".to_owned(),
        ),
        ReleasePolicy::Sized(n) => ("In batches", format!("As soon as {n} changes are ready")),
        ReleasePolicy::Train { every, cut_off, .. } => (
            "Release train",
            format!(
                "Leaves every {}, closes {} before",
                words::duration(hours(every)),
                words::duration(hours(cut_off))
            ),
        ),
    }
}

/// How a release reaches users, in a line.
fn reaching(strategy: &Strategy) -> String {
    let steps = strategy.steps.iter().map(|x| words::percent(x.share));
    let steps: Vec<String> = steps.collect();
    let back = match strategy.way_back {
        WayBack::Automatic(_) => "automatic rollback",
        WayBack::ByHand { people: 1, .. } => "one-button rollback",
        WayBack::ByHand { .. } => "rollback by hand",
        WayBack::None => "no way back",
    };
    format!("{} of users; {back}", steps.join(", "))
}

#[cfg(test)]
mod tests;
