//! One simulated year on the map: where everything was from when, whose people were away, what arrived.
//!
//! The engine's own history ([`millrace_core::engine::Replay`]) with the map's nodes in place of places
//! and seconds counted from the start of the year. A list with an entry for each of many things is kept as
//! columns of numbers, which cross to the window many times faster than objects.

mod view;

pub use view::*;

use crate::map;
use crate::run::{SharedMemory, baseline_years, warm_up};
use crate::view::MapView;
use millrace_core::engine::{Engine, Replay, Replication, Rollout, Row, Segment, State, Tracks};
use millrace_core::experiment::Cancel;
use millrace_core::model::{Model, Team};
use millrace_core::scenario::Variant;
use millrace_core::time::{HOUR, Ticks, WEEK};
use std::collections::HashMap;

/// Events kept of one year at most: 80 MB of them.
const LIMIT: usize = 2_000_000;
/// Years that a typical, good or bad one is looked for in, at most.
const LOOKED_AT: u64 = 64;
const SECOND: Ticks = HOUR / 3600;

/// What a replay needs to know.
pub struct Order {
    /// The baseline.
    pub baseline: Variant,
    /// The what-if with its id and name.
    pub what_if: Option<(Variant, String, String)>,
    /// Which year.
    pub choice: YearChoice,
}

/// Play one year of the baseline and, with the same luck, of the what-if; `None` when cancelled.
///
/// `told` hears of parts done, of how many.
#[must_use]
pub fn play(
    order: &Order,
    memory: &SharedMemory,
    cancel: &Cancel,
    told: &dyn Fn(u64, u64),
) -> Option<ReplayView> {
    let variants = 1 + u64::from(order.what_if.is_some());
    let of = 2 + variants;
    told(0, of);
    let other = order.what_if.as_ref().map(|w| &w.0);
    let warm_up = warm_up(&order.baseline, other, memory, cancel)?;
    told(1, of);
    let run = &order.baseline.study.run;
    let looked_at = LOOKED_AT.min(run.replications as u64);
    let models = order.baseline.models(Some(warm_up));
    let years = baseline_years(&models, warm_up, looked_at, memory, cancel)?;
    told(2, of);
    let year = chosen(order.choice, &years, run.replications as u64);
    let window = warm_up..warm_up + (run.weeks * WEEK as f64) as Ticks;
    let film = |variant: &Variant, id: Option<&str>, name: &str| {
        let model = variant.models(Some(warm_up)).of(year);
        let (_, replay) = Engine::new(&model).replay(year, LIMIT);
        Film {
            replay: &replay,
            model: &model,
            map: map::map(variant, &order.baseline),
            window: window.clone(),
        }
        .view(id, name)
    };
    let mut films = vec![film(&order.baseline, None, "Baseline")];
    told(3, of);
    if let Some((variant, id, name)) = &order.what_if {
        films.push(film(variant, Some(id), name));
    }
    (!cancel.is_cancelled()).then(|| ReplayView {
        year: year as u32 + 1,
        choice: order.choice,
        looked_at: looked_at as u32,
        seconds: ((window.end - window.start) / SECOND) as i32,
        films,
    })
}

/// The year by its place among those looked at, in order of the mean lead time.
fn chosen(choice: YearChoice, years: &[Replication], replications: u64) -> u64 {
    let share = match choice {
        YearChoice::Typical => 0.5,
        YearChoice::Good => 0.1,
        YearChoice::Bad => 0.9,
        YearChoice::Number { year } => {
            return u64::from(year.max(1) - 1).min(replications.saturating_sub(1));
        }
    };
    let mean = |r: &Replication| r.lead_time.sum / r.lead_time.n.max(1.0);
    let mut order: Vec<u64> = (0..years.len() as u64).collect();
    order.sort_by(|a, b| mean(&years[*a as usize]).total_cmp(&mean(&years[*b as usize])));
    let place = (share * order.len().saturating_sub(1) as f64).round() as usize;
    order.get(place).copied().unwrap_or(0)
}

struct Film<'m> {
    replay: &'m Replay<'m>,
    model: &'m Model,
    map: MapView,
    window: std::ops::Range<Ticks>,
}

impl Film<'_> {
    fn second(&self, time: Ticks) -> i32 {
        ((time - self.window.start) / SECOND) as i32
    }

    fn view(self, what_if: Option<&str>, name: &str) -> FilmView {
        let tracks = self.replay.tracks(self.window.clone());
        let nodes = Nodes::of(&self.map, &tracks);
        let (items, at) = self.items(&tracks, &nodes, &self.arrived());
        let mut told = Told::new(self.model);
        for row in self.replay.rows(0..self.window.end) {
            told.hear(&row, &self, &at);
        }
        told.incidents.extend(told.going.into_values());
        told.incidents.sort_by_key(|i| i.showed);
        FilmView {
            what_if: what_if.map(str::to_owned),
            name: name.to_owned(),
            cut: tracks
                .cut
                .then(|| tracks.end as i32 - tracks.span[0] as i32),
            items,
            arrivals: told.arrivals,
            teams: told.teams,
            incidents: told.incidents,
            rollouts: self.rollouts(&tracks, &nodes),
            map: self.map,
        }
    }

    /// When each request or repair first reached users. What comes after, a release taken back or another
    /// one, is no part of its way.
    fn arrived(&self) -> HashMap<String, i32> {
        let mut arrived = HashMap::new();
        for row in self.replay.rows(0..self.window.end) {
            if let ("with-users" | "repair-delivered", Some(id)) = (row.event, row.item) {
                arrived.entry(id).or_insert(self.second(row.time_us));
            }
        }
        arrived
    }

    /// The items that are ever on the map, and where each is in the columns, by its id.
    fn items(
        &self,
        tracks: &Tracks<'_>,
        nodes: &Nodes,
        arrived: &HashMap<String, i32>,
    ) -> (ItemColumns, HashMap<String, u32>) {
        let start = tracks.span[0];
        let (mut out, mut at) = (ItemColumns::default(), HashMap::new());
        for item in &tracks.items {
            let Some(kind) = ItemKind::of(item.kind) else {
                continue;
            };
            let over = arrived.get(&item.id).copied();
            if over.is_some_and(|over| over < 0) {
                continue;
            }
            let on_its_way = |s: &&Segment| over.is_none_or(|o| ((s.second - start) as i32) < o);
            // Where it stands nowhere on the map it is not drawn until it is somewhere again.
            let seen = |s: &Segment| {
                let node = nodes.at(s.state, s.place);
                let doing = node.map_or(Doing::Away, |_| Doing::of(s.state));
                ((s.second - start) as i32, doing, node.unwrap_or_default())
            };
            let mut segments: Vec<_> = item
                .segments
                .iter()
                .take_while(on_its_way)
                .map(seen)
                .collect();
            if let (Some(over), Some(users)) = (over, nodes.users(&item.id)) {
                segments.push((over, Doing::Arrived, users));
            }
            if segments.iter().all(|s| s.1 == Doing::Away) {
                continue;
            }
            at.insert(item.id.clone(), out.kind.len() as u32);
            out.kind.push(kind as u8);
            out.first.push(out.second.len() as u32);
            for (second, doing, node) in segments {
                out.second.push(second);
                out.doing.push(doing as u8);
                out.node.push(node);
            }
        }
        out.first.push(out.second.len() as u32);
        (out, at)
    }

    fn rollouts(&self, tracks: &Tracks<'_>, nodes: &Nodes) -> Vec<RolloutView> {
        let start = tracks.span[0];
        let view = |r: &Rollout<'_>| {
            let stream = r.id.split('/').next().unwrap_or_default();
            Some(RolloutView {
                node: nodes.named(&format!("deployment/{stream}"))?,
                strategy: r.strategy.to_owned(),
                changes: r.changes,
                second: r.exposure.iter().map(|e| (e.0 - start) as i32).collect(),
                share: r.exposure.iter().map(|e| e.1).collect(),
            })
        };
        tracks.deployments.iter().filter_map(view).collect()
    }
}

/// Nodes of the map by the history's places.
struct Nodes {
    by_id: HashMap<String, u32>,
    places: Vec<String>,
}

impl Nodes {
    fn of(map: &MapView, tracks: &Tracks<'_>) -> Self {
        let by_id = (0..).zip(&map.nodes).map(|(i, n)| (n.id.clone(), i));
        Self {
            by_id: by_id.collect(),
            places: tracks.places.clone(),
        }
    }

    /// The users that an item is for.
    fn users(&self, item: &str) -> Option<u32> {
        self.named(&format!("production/{}", item.split('/').next()?))
    }

    fn named(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The node at which something in this state at this place is drawn, if it is.
    fn at(&self, state: State, place: i64) -> Option<u32> {
        let place = self.places.get(usize::try_from(place).ok()?)?;
        let (kind, rest) = place.split_once('/')?;
        match kind {
            "backlog" => self.named(&format!("demand/{rest}")),
            "team" => self.named(&format!("tickets/{rest}")),
            "release" => {
                let part = match state {
                    State::Rollout => "deployment",
                    State::WithUsers => "production",
                    _ => "release",
                };
                self.named(&format!("{part}/{rest}"))
                    .or_else(|| self.named(&format!("production/{rest}")))
            }
            _ => self.named(place),
        }
    }
}

/// What the events say that tracks leave out.
struct Told {
    arrivals: ArrivalColumns,
    teams: Vec<TeamFilmView>,
    incidents: Vec<IncidentView>,
    going: HashMap<String, IncidentView>,
}

impl Told {
    fn new(model: &Model) -> Self {
        let team = |t: &Team| TeamFilmView {
            id: t.id.clone(),
            people: t.people,
            second: Vec::new(),
            change: Vec::new(),
        };
        Self {
            arrivals: ArrivalColumns::default(),
            teams: model.teams.iter().map(team).collect(),
            incidents: Vec::new(),
            going: HashMap::new(),
        }
    }

    fn hear(&mut self, row: &Row<'_>, film: &Film<'_>, at: &HashMap<String, u32>) {
        let second = film.second(row.time_us);
        match row.event {
            "with-users" if second >= 0 => {
                let Some(&item) = row.item.as_ref().and_then(|id| at.get(id)) else {
                    return;
                };
                self.arrivals.item.push(item);
                self.arrivals.second.push(second);
                self.arrivals.hours.push(row.hours.unwrap_or_default());
            }
            "somebody-left" | "somebody-away" => self.people(row, second, -1),
            "somebody-joined" | "somebody-back" => self.people(row, second, 1),
            "defect-showed" | "rollout-stopped" | "outage-began" => self.incident(row, second),
            "people-called" => {
                if let Some(i) = row.incident.as_ref().and_then(|id| self.going.get_mut(id)) {
                    i.called = Some(second);
                    i.team = row.team.map(str::to_owned);
                    i.people = row.count.unwrap_or_default();
                }
            }
            "recovered" if second >= 0 => {
                if let Some(mut i) = row.incident.as_ref().and_then(|id| self.going.remove(id)) {
                    i.recovered = Some(second);
                    self.incidents.push(i);
                }
            }
            "recovered" => drop(row.incident.as_ref().map(|id| self.going.remove(id))),
            _ => {}
        }
    }

    fn people(&mut self, row: &Row<'_>, second: i32, change: i32) {
        let team = self.teams.iter_mut().find(|t| Some(&*t.id) == row.team);
        let Some(team) = team.filter(|_| row.count.unwrap_or_default() > 0) else {
            return;
        };
        if second < 0 {
            team.people = team.people.saturating_add_signed(change);
        } else {
            team.second.push(second);
            team.change.push(change);
        }
    }

    fn incident(&mut self, row: &Row<'_>, second: i32) {
        let Some(id) = row.incident.clone() else {
            return;
        };
        let begun = IncidentView {
            stream: id.split('/').next().unwrap_or_default().to_owned(),
            stopped_itself: row.event == "rollout-stopped",
            showed: second,
            called: None,
            recovered: None,
            team: None,
            people: 0,
        };
        self.going.insert(id, begun);
    }
}
