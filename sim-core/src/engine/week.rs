//! What is written down when a week is over: what came and went in it, and what stands where.

use super::Engine;
use super::events::Happening;
use super::item::{Item, Job, Kind, NONE, Phase};
use super::record::RECORDED;
use crate::time::{WEEK, hours};

/// What the present week has seen of a stream.
#[derive(Debug, Default)]
pub struct OfStream {
    pub(super) arrived: u32,
    pub(super) delivered: u32,
    /// Those that customers saw.
    pub(super) incidents: u32,
}

/// Where an item stands that is on its way, as the accounting has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Before its stream's first stage.
    ToBegin,
    /// In its stage, and not at a gate of it.
    Stage,
    /// At this gate, and still with its place in the stage.
    Gate(u32),
    /// Ready for release, prepared with others, or waiting for its repair.
    ToRelease,
    /// In the pipeline, or on its way to users.
    Rolling,
    /// In no stage, because its parts are, or because it has just been joined and waits for a place.
    Nowhere,
}

impl Item {
    /// `None`: it is with users, gave up, or is work of another kind.
    fn stands(&self) -> Option<Stands> {
        let flows = matches!(self.kind, Kind::Work | Kind::Repair | Kind::Part);
        if !flows || self.produced {
            return None;
        }
        Some(match self.phase {
            Phase::Dropped | Phase::Done => return None,
            Phase::Automated | Phase::Board | Phase::Job(Job::Review) => Stands::Gate(self.gate),
            Phase::Ready | Phase::AwaitsRepair => Stands::ToRelease,
            Phase::Pipeline if self.awaits_runner => Stands::ToRelease,
            Phase::Pipeline | Phase::Rollout => Stands::Rolling,
            _ if self.stage != NONE => Stands::Stage,
            Phase::Blocked if self.kind == Kind::Work && self.last_team == NONE => Stands::ToBegin,
            _ => Stands::Nowhere,
        })
    }
}

/// A row of zeros at the end.
fn row(rows: &mut Vec<f32>, n: usize) -> &mut [f32] {
    let at = rows.len();
    rows.resize(at + n, 0.0);
    &mut rows[at..]
}

impl Engine<'_> {
    pub(super) fn week(&mut self) {
        self.change_wip(0);
        self.out
            .weekly_wip
            .push((self.week_ticks as f64 / WEEK as f64) as f32);
        self.week_ticks = 0;
        self.record_week();
        self.weekly_changes(false);
        self.feel_dips();
        if self.now < self.model.window.horizon {
            self.agenda.at(self.now + WEEK, 2, Happening::Week);
        }
    }

    fn record_week(&mut self) {
        debug_assert!(self.now % WEEK == 0);
        if self.replication < RECORDED {
            let out = &mut self.out.weekly;
            out.lead_hours.push(hours(self.week_lead) as f32);
            out.stages
                .extend(self.stages.iter().map(|s| s.count as f32));
            self.record_streams();
            self.record_teams();
            self.record_places();
        }
        self.week_lead = 0;
        for stream in &mut self.streams {
            stream.week = OfStream::default();
        }
    }

    /// What came, went and broke, in all and by stream.
    fn record_streams(&mut self) {
        let out = &mut self.out.weekly;
        let record = |of: fn(&OfStream) -> u32, all: &mut Vec<f32>, each: &mut Vec<f32>| {
            let counts = self.streams.iter().map(|s| of(&s.week));
            all.push(counts.clone().sum::<u32>() as f32);
            each.extend(counts.map(|n| n as f32));
        };
        record(|w| w.arrived, &mut out.arrived, &mut out.stream_arrived);
        record(
            |w| w.delivered,
            &mut out.delivered,
            &mut out.stream_delivered,
        );
        record(
            |w| w.incidents,
            &mut out.incidents,
            &mut out.stream_incidents,
        );
    }

    /// How busy each team was.
    fn record_teams(&mut self) {
        let teams = self.model.teams.iter().zip(&mut self.busy_before);
        for (state, (team, before)) in self.teams.iter_mut().zip(teams) {
            state.advance(team, self.now);
            let there = f64::from(team.people) * hours(team.calendar.per_week());
            let busy = (state.busy - *before) / there;
            self.out.weekly.teams.push(busy as f32);
            *before = state.busy;
        }
    }

    /// What stands at gates, before the first stage and after the last one, and the tickets that are open.
    fn record_places(&mut self) {
        self.items.find_live(&mut self.live);
        let (model, out) = (self.model, &mut self.out.weekly);
        let streams = model.streams.len();
        let gates = row(&mut out.gates, model.gates.len());
        let to_begin = row(&mut out.to_begin, streams);
        let to_release = row(&mut out.to_release, streams);
        let rolling = row(&mut out.rolling, streams);
        let mut asked = false;
        for i in (0..self.live.len()).filter(|i| self.live[*i]) {
            let item = &self.items[i as u32];
            let stream = item.stream as usize;
            match item.stands() {
                Some(Stands::Gate(g)) => gates[g as usize] += 1.0,
                Some(Stands::ToBegin) => to_begin[stream] += 1.0,
                Some(Stands::ToRelease) => to_release[stream] += 1.0,
                Some(Stands::Rolling) => rolling[stream] += 1.0,
                Some(Stands::Stage | Stands::Nowhere) => {}
                None => asked |= item.kind == Kind::Ticket,
            }
        }
        let tickets = row(&mut out.tickets, model.teams.len());
        if asked {
            for (count, team) in tickets.iter_mut().zip(&self.teams) {
                let has = team.queue.iter().map(|w| w.item).chain(team.jobs());
                let is_ticket = |i: &u32| self.items[*i].kind == Kind::Ticket;
                *count = has.filter(is_ticket).count() as f32;
            }
        }
        #[cfg(debug_assertions)]
        self.check_places();
    }

    /// Every item is counted once, and as often as it was counted when it came and went.
    #[cfg(debug_assertions)]
    fn check_places(&self) {
        let model = self.model;
        let mut places = vec![0; model.stages.len()];
        let (mut requests, mut tickets) = (0, 0);
        for i in (0..self.live.len()).filter(|i| self.live[*i]) {
            let item = &self.items[i as u32];
            tickets += usize::from(item.kind == Kind::Ticket);
            let Some(stands) = item.stands() else {
                continue;
            };
            requests += i64::from(item.kind == Kind::Work);
            if item.stage != NONE {
                places[item.stage as usize] += 1;
            }
            if let Stands::Gate(g) = stands {
                assert_eq!(model.gates[g as usize].stage, item.stage as usize, "a gate");
            }
            let placed = matches!(stands, Stands::Stage | Stands::Gate(_));
            let split = item.phase == Phase::Forked;
            assert_eq!(item.stage != NONE, placed, "{:?} in a stage", item.phase);
            assert!(stands != Stands::Nowhere || split || item.kind != Kind::Repair);
        }
        let counted: Vec<u32> = self.stages.iter().map(|s| s.count).collect();
        assert_eq!(places, counted, "items in stages");
        assert_eq!(requests, self.wip, "work in progress");
        let of_week = &self.out.weekly.tickets[self.out.weekly.tickets.len() - self.teams.len()..];
        assert_eq!(
            tickets,
            of_week.iter().sum::<f32>() as usize,
            "tickets at teams"
        );
    }
}
