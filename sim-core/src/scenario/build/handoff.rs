//! What passing work between teams costs.

use super::super::study::Interaction;
use super::super::tables::{MODES, mode_by_kind};
use super::{Builder, dist};
use crate::model::Handoff;

/// How an interaction is written that follows from the kinds of the two teams.
const BY_KIND: &str = "by team kind";

impl Builder<'_> {
    /// The pairs of teams whose handoff is not the common one: those named, and all where it follows from
    /// their kinds.
    pub(super) fn handoff_pairs(&mut self) -> Vec<((usize, usize), Handoff)> {
        let study = self.study;
        let kind = |team: usize| study.teams.get(team).map_or("", |t| t.kind.as_str());
        let mut all: Vec<((usize, usize), Handoff)> = Vec::new();
        let paths = self.entries("handoffs.pairs");
        for (p, path) in study.handoffs.pairs.iter().zip(paths) {
            let pair = (self.team(&p.from, &path), self.team(&p.to, &path));
            if all.iter().any(|(other, _)| *other == pair) {
                let message = format!("the handoff from `{}` to `{}` is given twice", p.from, p.to);
                self.fault(&path, message, "");
            }
            all.push((pair, handoff(&p.how, kind(pair.0), kind(pair.1))));
        }
        if study.handoffs.all.mode == BY_KIND {
            let named = all.len();
            let teams = 0..study.teams.len();
            for pair in teams
                .clone()
                .flat_map(|a| teams.clone().map(move |b| (a, b)))
            {
                if pair.0 != pair.1 && !all[..named].iter().any(|(other, _)| *other == pair) {
                    all.push((
                        pair,
                        handoff(&study.handoffs.all, kind(pair.0), kind(pair.1)),
                    ));
                }
            }
        }
        all.sort_by_key(|p| p.0);
        all
    }
}

/// A handoff between teams of two kinds.
pub(super) fn handoff(how: &Interaction, from: &str, to: &str) -> Handoff {
    let id = if how.mode == BY_KIND {
        mode_by_kind(from, to)
    } else {
        &how.mode
    };
    let mode = MODES.iter().find(|m| m.id == id).unwrap_or(&MODES[0]);
    Handoff {
        delay: dist(how.delay.as_ref().unwrap_or(&mode.delay)),
        sender_effort: how.sender_effort.unwrap_or(mode.sender_effort),
        receiver_effort: how.receiver_effort.unwrap_or(mode.receiver_effort),
        lost_information: how.lost_information.unwrap_or(mode.lost_information),
    }
}
