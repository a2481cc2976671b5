//! A study in its normal form: typed, in base units (hours, person-hours, shares), defaults filled in.

use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// By category, risk class …: absent keys keep the model's default.
pub type Numbers = BTreeMap<String, f64>;

/// A whole study without its what-ifs.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "the format declares and documents every field")]
pub struct Study {
    pub name: String,
    pub description: String,
    pub seed: f64,
    pub run: Run,
    pub outcome: Outcome,
    pub streams: Vec<Stream>,
    pub calendars: Vec<Calendar>,
    pub teams: Vec<Team>,
    pub handoffs: Handoffs,
    pub platform: Platform,
    pub pipeline: Option<Pipeline>,
    pub pipelines: Vec<NamedPipeline>,
    pub governance: Governance,
    pub production: Production,
    pub improvement: Option<Improvement>,
    pub forecast: Option<Forecast>,
    pub presentation: Option<Presentation>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Presentation {
    pub steps: Vec<PresentationStep>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct PresentationStep {
    pub view: String,
    pub what_if: String,
    pub title: String,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Forecast {
    pub date: Option<String>,
    pub new_requests: bool,
    pub in_progress: Vec<InProgress>,
    pub backlog: Vec<Backlog>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct InProgress {
    pub stream: Option<String>,
    pub stage: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub count: f64,
    pub left: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Backlog {
    pub stream: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub count: f64,
}

impl Study {
    /// Bring capabilities of the platform to at least the given levels, by id: those too that the study
    /// does not name, and that stand at 0 therefore.
    pub(super) fn raise(&mut self, levels: &BTreeMap<String, u32>) {
        for (id, level) in levels {
            let level = f64::from(*level.min(&4));
            let capabilities = &mut self.platform.capabilities;
            match capabilities.iter_mut().find(|c| c.id == *id) {
                Some(c) => c.level = c.level.max(level),
                None => capabilities.push(Capability {
                    id: id.clone(),
                    level,
                    team: None,
                    ticket_effort: Json::Null,
                }),
            }
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Improvement {
    pub every: f64,
    pub hours: Json,
    pub team: Option<String>,
    pub at_once: f64,
    pub rules: Vec<ImprovementRule>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct ImprovementRule {
    pub rule: String,
    pub bound: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Run {
    pub weeks: f64,
    pub warm_up: Option<f64>,
    pub drain: f64,
    pub replications: f64,
    pub smallest_difference: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Outcome {
    pub queue_policy: String,
    pub expedite: String,
    pub objectives: Vec<Objective>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Objective {
    pub id: String,
    pub name: String,
    pub metric: String,
    pub percentile: f64,
    pub streams: Vec<String>,
    pub weight: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Stream {
    pub id: String,
    pub name: String,
    pub commit: String,
    pub released: bool,
    pub pipeline: Option<String>,
    pub wip_limit: Option<f64>,
    pub demand: Vec<Demand>,
    pub stages: Vec<Stage>,
    pub intake_limit: Option<f64>,
    pub forks: Vec<Fork>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Demand {
    pub id: String,
    pub name: String,
    pub arrives: String,
    pub per_week: f64,
    pub size: Json,
    pub risk: [f64; 3],
    pub change: [f64; 4],
    pub expedite: f64,
    pub cost_of_delay: f64,
    pub batch: Option<Json>,
    pub every: f64,
    pub first: f64,
    pub times: Vec<f64>,
    pub round: Option<f64>,
    pub rhythm: Numbers,
    pub season: Vec<f64>,
    pub growth: f64,
    pub fixed_date: f64,
    pub due: Option<Json>,
    pub patience: Option<Json>,
    pub estimation: Option<Estimation>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Estimation {
    pub team: String,
    pub effort: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Stage {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub team: String,
    pub effort: Json,
    pub wip_limit: Option<f64>,
    pub risks: [bool; 3],
    pub changes: [bool; 4],
    pub returns: Vec<Back>,
    pub next: Option<Vec<Next>>,
    pub requests: Vec<Ask>,
    pub defects: Numbers,
    pub rework_share: f64,
    pub types: Vec<String>,
    pub environment: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Back {
    pub to: String,
    pub probability: f64,
    pub effort_share: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Next {
    pub to: String,
    pub share: f64,
    pub risks: [bool; 3],
    pub types: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Fork {
    pub id: String,
    pub types: Vec<String>,
    pub parts: Vec<Part>,
    pub join: String,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Part {
    pub id: String,
    pub stages: Vec<String>,
    pub share: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Ask {
    pub capability: String,
    pub probability: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Calendar {
    pub id: String,
    pub days: [bool; 7],
    pub from: f64,
    pub to: f64,
    pub utc_offset: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Team {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub people: f64,
    pub focus: f64,
    pub items_per_person: f64,
    pub switching_cost: f64,
    pub calendar: String,
    pub load: Option<Load>,
    pub enables: Vec<Enables>,
    pub turnover: f64,
    pub replacement: Json,
    pub ramp_up: f64,
    pub ramp_start: f64,
    pub mentoring: f64,
    pub absence: f64,
    pub spell: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Load {
    pub domains: Option<f64>,
    pub tools: f64,
    pub capacity: f64,
    pub effort: f64,
    pub defects: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Enables {
    pub id: String,
    pub team: String,
    pub capacity: f64,
    pub weeks: f64,
    pub effort_per_week: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Interaction {
    pub mode: String,
    pub delay: Option<Json>,
    pub sender_effort: Option<f64>,
    pub receiver_effort: Option<f64>,
    pub lost_information: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Handoffs {
    #[serde(flatten)]
    pub all: Interaction,
    pub pairs: Vec<Pair>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Pair {
    pub from: String,
    pub to: String,
    #[serde(flatten)]
    pub how: Interaction,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Platform {
    pub capabilities: Vec<Capability>,
    pub environments: Vec<Environment>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Capability {
    pub id: String,
    pub level: f64,
    pub team: Option<String>,
    pub ticket_effort: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Environment {
    pub id: String,
    pub name: String,
    pub count: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Pipeline {
    pub steps: Vec<Step>,
    pub policy: String,
    pub every: f64,
    pub departs: f64,
    pub cut_off: f64,
    pub strategy: String,
    pub strategy_rules: Vec<StrategyRule>,
    pub undo: String,
    pub strategies: Vec<StrategyRow>,
    pub coordination: Option<Coordination>,
    pub by_hand: Option<ByHand>,
    pub rollback_team: Option<String>,
    pub batch_size: f64,
    pub runners: Option<f64>,
    pub windows: Option<String>,
    pub freezes: Vec<Freeze>,
    pub irreversible: Numbers,
    pub rush: f64,
    pub rush_before: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct NamedPipeline {
    pub id: String,
    #[serde(flatten)]
    pub how: Pipeline,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Step {
    pub id: String,
    pub duration: Json,
    pub flaky: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Freeze {
    pub id: String,
    pub from: f64,
    pub length: f64,
    pub every: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct StrategyRule {
    pub risks: [bool; 3],
    pub changes: [bool; 4],
    pub strategy: String,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct StrategyRow {
    pub id: String,
    pub steps: Vec<Exposure>,
    pub undo: String,
    pub downtime: f64,
    pub self_check: Option<f64>,
    pub requires: Numbers,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Exposure {
    pub share: f64,
    pub bake: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Coordination {
    pub teams: Vec<String>,
    pub effort: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct ByHand {
    pub team: String,
    pub effort: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Governance {
    pub emergency_path: bool,
    pub gates: Vec<Gate>,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Gate {
    pub id: String,
    pub name: String,
    pub after: String,
    pub kind: String,
    pub duration: Option<Json>,
    pub team: Option<String>,
    pub effort: Option<Json>,
    pub every: f64,
    pub first: f64,
    pub cut_off: f64,
    pub session: f64,
    pub places: f64,
    pub risks: [bool; 3],
    pub changes: [bool; 4],
    pub covers: [bool; 5],
    pub discrimination: f64,
    pub strictness: f64,
    pub triage: Json,
}

#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs, reason = "as above")]
pub struct Production {
    pub latent_life: Numbers,
    pub background_incidents: f64,
    pub detection: Option<f64>,
    pub coordination: f64,
    pub fix: Json,
    pub responders: f64,
    pub repair_share: f64,
    pub bad_fix: f64,
    pub risk_factor: Numbers,
    pub severity: Numbers,
    pub major_from: f64,
    pub critical_from: f64,
}
