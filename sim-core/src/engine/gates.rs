//! Gates judge (RULES 19–21): stopping is not finding.

use super::Engine;
use super::events::Happening;
use super::item::{Job, NONE, Part, Phase};
use super::replay::What;
use crate::model::GateKind;
use crate::random::Purpose;
use crate::time::ticks_up;

impl Engine<'_> {
    /// Go to the first gate of the present stage after `after` that applies, or on.
    pub(super) fn pass_gates(&mut self, i: u32, after: u32) {
        let model = self.model;
        let gates = &model.stages[self.items[i].stage as usize].gates;
        let from = gates
            .iter()
            .position(|&g| g as u32 == after)
            .map_or(0, |at| at + 1);
        for &g in &gates[from..] {
            let gate = &model.gates[g];
            let item = &self.items[i];
            let skipped = item.emergency && matches!(gate.kind, GateKind::Board { .. });
            if gate.risks[usize::from(item.risk)]
                && gate.changes[usize::from(item.change)]
                && !skipped
            {
                return self.at_gate(i, g as u32);
            }
        }
        self.move_on(i);
    }

    /// Begin a gate's examination of an item.
    pub(super) fn at_gate(&mut self, i: u32, g: u32) {
        let model = self.model;
        let gate = &model.gates[g as usize];
        let visit = self.count_visit(i, model.stages.len() + g as usize);
        self.items[i].gate = g;
        let name = self.items[i].key.with(gate.name);
        match &gate.kind {
            GateKind::Automated(duration) => {
                let time = duration.sample(&mut name.draw_for(Purpose::GateTime, visit));
                self.run_automated(i, Phase::Automated, ticks_up(time));
            }
            GateKind::Manual { team, effort } => {
                let effort = effort.sample(&mut name.draw_for(Purpose::GateTime, visit))
                    * self.items[i].size;
                self.queue_job(i, *team as u32, Job::Review, effort, 0.0);
            }
            GateKind::Board { .. } => {
                self.items[i].phase = Phase::Board;
                let w = self.waiting_entry(i);
                self.boards[g as usize].push(w);
                self.note(What::BoardListed, i);
            }
        }
    }

    /// Papers are closed: the session takes what is there, in queue order, up to its places.
    pub(super) fn board_cut_off(&mut self, g: u32) {
        let gate = &self.model.gates[g as usize];
        let GateKind::Board {
            every,
            cut_off,
            session,
            places,
            ..
        } = gate.kind
        else {
            return;
        };
        for _ in 0..places {
            match self.boards[g as usize].pop() {
                Some(w) => self.sessions[g as usize].push(w.item),
                None => break,
            }
        }
        if !self.sessions[g as usize].is_empty() {
            let end = self.now + cut_off + session;
            self.agenda
                .at(end, gate.name.bits(), Happening::BoardDecides(g));
        }
        self.agenda.at(
            self.now + every,
            gate.name.bits(),
            Happening::BoardCutOff(g),
        );
    }

    /// The session is over.
    pub(super) fn board_decides(&mut self, g: u32) {
        let mut decided = std::mem::take(&mut self.sessions[g as usize]);
        for i in decided.drain(..) {
            self.book(i, Part::BoardWait, self.places.gate(g as usize));
            self.note(What::BoardDecided, i);
            self.judge(i);
        }
        self.sessions[g as usize] = decided;
    }

    /// Decide: found defects are reworked where they were made, a false stop costs triage, the rest
    /// passes.
    pub(super) fn judge(&mut self, i: u32) {
        let model = self.model;
        let g = self.items[i].gate;
        let gate = &model.gates[g as usize];
        let station = model.stages.len() + g as usize;
        let visit = self.visits_of(i, station);
        let name = self.items[i].key.with(gate.name);
        let alarm = name.draw_for(Purpose::FalseAlarm, visit).uniform() < gate.detector.false_alarm;

        let (mut faulty, mut found) = (false, NONE);
        let (mut share, mut stage) = (-1.0, 0);
        let mut d = self.items[i].defects;
        while d != NONE {
            let defect = &self.defects[d];
            let next = defect.next;
            if gate.covers[defect.category] {
                faulty = true;
                let u = defect
                    .key
                    .with(gate.name)
                    .draw_for(Purpose::Finding, 0)
                    .uniform();
                if u < gate.detector.finding {
                    let s = &model.stages[defect.stage as usize];
                    if s.rework_share > share {
                        (share, stage) = (s.rework_share, defect.stage as usize);
                    }
                    self.unlink_defect(i, d);
                    self.defects[d].next = found;
                    found = d;
                }
            }
            d = next;
        }
        let stopped = alarm || found != NONE;
        self.note_judged(i, found, stopped);
        if self.counting {
            let cell = &mut self.out.gates[g as usize];
            let at = if faulty { 0 } else { 2 };
            cell[at] += 1.0;
            cell[at + 1] += f64::from(u8::from(stopped));
        }
        if stopped {
            self.see_stop(i, g as usize, found != NONE);
        }
        if found != NONE {
            self.fix_before_release(i, found);
            self.rework(i, stage, share);
        } else if alarm {
            let effort = gate
                .triage
                .sample(&mut name.draw_for(Purpose::Triage, visit));
            if effort > 0.0 {
                let team = model.stages[self.items[i].stage as usize].team as u32;
                self.queue_job(i, team, Job::Triage, effort, 0.0);
            } else {
                self.pass_gates(i, g);
            }
        } else {
            self.pass_gates(i, g);
        }
    }
}
