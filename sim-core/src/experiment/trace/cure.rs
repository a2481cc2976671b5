//! What ideal means: edits of a model that is already checked. No edit can be refused, and none moves a
//! draw: names stay, and what is added has a name of its own.

use crate::model::{
    Arrivals, Calendar, GateKind, Handoff, Load, Model, ReleasePolicy, Source, Staffing, Team,
    WayBack,
};
use crate::random::{Distribution, Name};
use crate::scenario::known_strategy;

/// More of anything than could ever be asked for at once.
const PLENTY: u32 = 1_000_000;
/// The strategy that spreads the least of a defect before it is noticed.
const SAFEST: &str = "canary that stops itself";

/// What makes one suspect ideal. Indices are the model's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure {
    /// Nothing claims to go first, and nothing interrupts.
    Urgent,
    /// Requests to a stream come one by one at even intervals, as many as before.
    Arrivals(usize),
    /// Estimating requests to a stream takes no effort.
    Estimation(usize),
    /// No limit on work in progress in a stream. One that pulls from an endless backlog keeps them:
    /// they decide how much is begun.
    Limits(usize),
    /// Nothing is sent back in a stream.
    Returns(usize),
    /// Work in a stream makes no defects.
    Defects(usize),
    /// A team is never short of people: no queue, nobody missing, nothing shared.
    People(usize),
    /// Meetings and support take no time.
    Meetings,
    /// No team carries more than it can hold.
    Load,
    /// Handoffs take no time and no effort and lose nothing.
    Handoffs,
    /// A capability at its highest level, its tickets served at once.
    Capability(&'static str),
    /// Observability at its highest level, trouble noticed at once.
    Detection,
    /// Test environments of a pool are always free.
    Environments(usize),
    /// No incidents but those that changes cause.
    Outages,
    /// The pipeline's steps take no time and never fail.
    Runs,
    /// A runner is always free.
    Runners,
    /// Changes leave as soon as they are ready: no train, batch size, window or freeze, and no hurry.
    ReleaseWait,
    /// A release asks no work of any team.
    ReleaseWork,
    /// A strategy is the safest that ships, and serves everybody meanwhile.
    Rollout(usize),
    /// Every deployment can be taken back at once.
    Undo,
    /// A gate decides at once and takes nobody's time.
    GateWait(usize),
    /// A gate stops nothing sound.
    GateFalseStops(usize),
    /// A gate finds everything it covers.
    GateMisses(usize),
    /// Repairs skip boards and trains.
    EmergencyPath,
    /// A fix takes no time and breaks nothing.
    Repairs,
}

impl Cure {
    /// Levels to which capabilities are raised before [`Self::apply`], by id.
    pub(super) fn levels(self) -> impl Iterator<Item = (String, u32)> {
        let id = match self {
            Self::Capability(id) => Some(id),
            Self::Detection => Some("observability"),
            _ => None,
        };
        id.map(|id| (id.to_owned(), 4)).into_iter()
    }

    /// Make it ideal.
    pub(super) fn apply(self, model: &mut Model) {
        match self {
            Self::Urgent | Self::Arrivals(_) | Self::Estimation(_) => self.apply_to_demand(model),
            Self::Limits(s) => limits(model, s),
            Self::Returns(s) => returns(model, s),
            Self::Defects(s) => {
                let stages = model.streams[s].stages.clone();
                model.stages[stages]
                    .iter_mut()
                    .for_each(|s| s.defects = [0.0; 5]);
            }
            Self::People(_) | Self::Meetings | Self::Load | Self::Handoffs => {
                self.apply_to_teams(model);
            }
            Self::Capability(id) => served_at_once(model, id),
            Self::Detection => {
                served_at_once(model, "observability");
                model.production.detection = 0.0;
            }
            Self::Environments(i) => model.environments[i].count = PLENTY,
            Self::Outages => model
                .streams
                .iter_mut()
                .for_each(|s| s.background_rate = 0.0),
            Self::Runs | Self::Runners | Self::ReleaseWait | Self::ReleaseWork => {
                self.apply_to_releases(model);
            }
            Self::Rollout(i) => {
                if let Some(mut safest) = known_strategy(SAFEST) {
                    safest.downtime = 0.0;
                    safest.id.clone_from(&model.strategies[i].id);
                    safest.label.clone_from(&model.strategies[i].label);
                    model.strategies[i] = safest;
                }
            }
            Self::Undo => undo(model),
            Self::GateWait(g) => gate_at_once(model, g),
            Self::GateFalseStops(g) => {
                let d = &mut model.gates[g].detector;
                d.false_alarm = 0.0;
                d.hit = d.finding;
            }
            Self::GateMisses(g) => {
                let d = &mut model.gates[g].detector;
                d.finding = 1.0;
                d.hit = 1.0;
            }
            Self::EmergencyPath => model.production.emergency_path = true,
            Self::Repairs => {
                model.production.fix = Distribution::Constant(0.0);
                model.production.coordination = 0.0;
                model.production.bad_fix = 0.0;
            }
        }
    }

    fn apply_to_demand(self, model: &mut Model) {
        if self == Self::Urgent {
            model.expedite_interrupts = false;
        }
        for source in &mut model.sources {
            match self {
                Self::Urgent => source.expedite_share = 0.0,
                Self::Arrivals(s) if source.stream == s => even(source),
                Self::Estimation(s) if source.stream == s => source.estimation = None,
                _ => {}
            }
        }
    }

    fn apply_to_teams(self, model: &mut Model) {
        match self {
            Self::People(i) => never_short(&mut model.teams[i]),
            Self::Meetings => model.teams.iter_mut().for_each(|t| t.focus = 1.0),
            Self::Load => model.teams.iter_mut().for_each(|t| t.load = Load::NONE),
            _ => {
                model.handoff = Handoff {
                    delay: Distribution::Constant(0.0),
                    sender_effort: 0.0,
                    receiver_effort: 0.0,
                    lost_information: 0.0,
                };
                model.handoff_pairs.clear();
            }
        }
    }

    fn apply_to_releases(self, model: &mut Model) {
        if self == Self::Runners {
            model.runners = None;
        }
        for release in model.streams.iter_mut().filter_map(|s| s.release.as_mut()) {
            match self {
                Self::Runs => release.steps.clear(),
                Self::ReleaseWork => release.tasks.clear(),
                Self::ReleaseWait => {
                    // All that is ready goes together: what a release costs is another suspect.
                    if release.policy != ReleasePolicy::Each {
                        release.policy = ReleasePolicy::Batch;
                    }
                    release.windows = None;
                    release.freezes.clear();
                    release.rush.factor = 1.0;
                }
                _ => {}
            }
        }
    }
}

/// As many requests an hour, evenly. Growth stays; an endless backlog has no arrivals to even out.
fn even(source: &mut Source) {
    let per_hour = source.per_hour();
    if matches!(source.arrivals, Arrivals::Endless) || per_hour <= 0.0 {
        return;
    }
    source.arrivals = Arrivals::Regular(1.0 / per_hour);
    source.batch = Distribution::Constant(1.0);
    if let Some(rhythm) = &mut source.rhythm {
        rhythm.days = [1.0; 7];
        rhythm.months = [1.0; 12];
    }
}

fn limits(model: &mut Model, s: usize) {
    let of = |x: &&Source| x.stream == s;
    let endless = |x: &Source| matches!(x.arrivals, Arrivals::Endless);
    if model.sources.iter().filter(of).any(endless) {
        return;
    }
    let stream = &mut model.streams[s];
    stream.limit = None;
    let stages = stream.stages.clone();
    model.stages[stages].iter_mut().for_each(|s| s.limit = None);
}

fn returns(model: &mut Model, s: usize) {
    for at in model.streams[s].stages.clone() {
        let stage = &mut model.stages[at];
        stage.returns.clear();
        let onward = |to: Option<usize>| to.is_none_or(|to| to > at);
        if stage.routes.iter().any(|r| onward(r.to)) {
            stage.routes.retain(|r| onward(r.to));
        }
    }
}

fn never_short(team: &mut Team) {
    team.people = PLENTY;
    team.places = PLENTY;
    team.staffing = Staffing::steady();
}

fn served_at_once(model: &mut Model, capability: &str) {
    let name = Name::of_text(capability);
    let requests = model.stages.iter_mut().flat_map(|s| &mut s.requests);
    requests
        .filter(|r| r.name == name)
        .for_each(|r| r.self_served = 1.0);
}

fn undo(model: &mut Model) {
    for strategy in &mut model.strategies {
        strategy.way_back = WayBack::Automatic(Distribution::Constant(0.0));
    }
    for release in model.streams.iter_mut().filter_map(|s| s.release.as_mut()) {
        release.irreversible = [0.0; 4];
    }
}

/// A review without effort by a team that nobody else needs, and so without a queue: an automated gate
/// would wait for a runner.
fn gate_at_once(model: &mut Model, g: usize) {
    const AT_ONCE: &str = "a gate that decides at once";
    if matches!(&model.gates[g].kind, GateKind::Automated(Distribution::Constant(t)) if *t == 0.0) {
        return;
    }
    let team = model
        .teams
        .iter()
        .position(|t| t.id == AT_ONCE)
        .unwrap_or_else(|| {
            model.teams.push(Team {
                id: AT_ONCE.to_owned(),
                label: AT_ONCE.to_owned(),
                name: Name::of_text(AT_ONCE),
                people: PLENTY,
                places: PLENTY,
                focus: 1.0,
                switching: 0.0,
                load: Load::NONE,
                calendar: Calendar::always(),
                staffing: Staffing::steady(),
            });
            model.teams.len() - 1
        });
    model.gates[g].kind = GateKind::Manual {
        team,
        effort: Distribution::Constant(0.0),
    };
}
