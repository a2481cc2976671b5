//! Demand, stages and teams.

use super::{Draft, Ends, above, digits, rounded_range, sqrt_expm1};
use crate::describe::organisation::{FOCUS, Role, Team};
use crate::describe::settings::TICKETS;
use crate::describe::view::Place;
use std::fmt::Write as _;

impl Draft<'_> {
    pub(super) fn stream(&self, out: &mut String) {
        let (o, said, unknown) = (self.organisation, self.said, self.unknown);
        let cv = sqrt_expm1(self.at.spread);
        let _ = write!(
            out,
            "[[streams]]\nid = \"delivery\"\nname = \"Delivery\"\ncommit = \"building\"\n\n\
             [[streams.demand]]\nid = \"change\"\nname = \"Changes\"\n"
        );
        if o.endless {
            let _ = write!(
                out,
                "# {}: how many are delivered follows from the effort.\narrives = \"endless\"\n",
                said.endless
            );
        } else {
            let per_week =
                self.number(o.per_week, "", unknown.changes, (0.75, 1.08), &said.changes);
            let _ = writeln!(out, "per_week = {per_week}");
        }
        let cv = self.part(cv, "", unknown.bad, (0.6, 1.5));
        let _ = write!(
            out,
            "# Fitted to the bad time, with the spread of what lies between teams.\n\
             size = {{ dist = \"lognormal\", mean = 1, cv = {cv}, source = \"described: {}\" }}\n\
             change = {{ code = 0.75, configuration = 0.15, migration = 0.05, infrastructure = 0.05 }}\n\
             expedite = \"10%\"\n",
            said.bad,
        );
        self.stages(out);
    }

    fn stages(&self, out: &mut String) {
        let (o, said, unknown) = (self.organisation, self.said, self.unknown);
        let efforts = o.efforts(&self.at);
        let fitted = |hours: f64, role: Role| {
            let crowded = o.crowded() == Some(role);
            let (answer, ends): (&str, Ends) = match (crowded, o.endless) {
                (true, _) => (&said.usual, (0.9, 1.02)),
                (_, true) => (&said.changes, (0.85, 1.3)),
                (_, false) => (&said.people, (0.8, 1.1)),
            };
            let vague = match (crowded, o.endless) {
                (true, _) => unknown.usual,
                (_, true) => unknown.changes,
                (_, false) => unknown.endless,
            };
            let mean = self.part(hours, "hours", vague, ends);
            format!(
                "{{ dist = \"lognormal\", mean = {mean}, cv = 0.5, source = \"described: {answer}\" }}"
            )
        };
        let _ = write!(
            out,
            "\n[[streams.stages]]\nid = \"building\"\nname = \"Building\"\nkind = \"development\"\nteam = \"{}\"\n",
            o.team(Role::Development).id
        );
        if o.endless {
            let _ = writeln!(out, "wip_limit = {}", self.at.places);
        }
        let defects = |share: f64| {
            self.number(
                share * self.at.defects,
                "",
                unknown.incidents,
                (0.4, 2.0),
                &said.incidents,
            )
        };
        let requests = if o.has(Role::Operations) {
            format!(
                "requests = [{{ capability = \"self-service-infrastructure\", probability = \"{}%\" }}]\n",
                digits(TICKETS * 100.0)
            )
        } else {
            String::new()
        };
        let _ = write!(
            out,
            "# Person-hours of a change: {}.\neffort = {}\n{requests}\
             # Fitted to the incidents.\ndefects = {{ functional = {}, performance = {}, operational = {} }}\nrework_share = \"25%\"\n",
            self.why_effort(),
            fitted(efforts.building, Role::Development),
            defects(0.7),
            defects(0.15),
            defects(0.15),
        );
        let role = |role: Role| if o.has(role) { role } else { Role::Development };
        let _ = write!(
            out,
            "\n[[streams.stages]]\nid = \"testing\"\nname = \"Testing\"\nkind = \"test\"\nteam = \"{}\"\neffort = {}\n",
            o.team(Role::Testing).id,
            fitted(efforts.testing, role(Role::Testing)),
        );
        let _ = write!(
            out,
            "\n[[streams.stages]]\nid = \"preparing\"\nname = \"Release preparation\"\nkind = \"operations\"\nteam = \"{}\"\neffort = {}\n\n",
            o.team(Role::Operations).id,
            fitted(efforts.preparing, role(Role::Operations)),
        );
    }

    /// Where those who build have more in progress than people, each has several.
    fn at_once(&self, team: &Team) -> String {
        if team.role != Role::Development
            || !self.organisation.endless
            || self.at.places <= team.people
        {
            return String::new();
        }
        let each = f64::from(self.at.places) / f64::from(team.people);
        format!("items_per_person = {}\n", digits(each.ceil()))
    }

    fn why_effort(&self) -> String {
        let (o, said) = (self.organisation, self.said);
        match (o.endless, o.crowded()) {
            (true, _) => format!("what {} can give where {}", said.people, said.changes),
            (_, Some(_)) => format!("{}, and {}", said.people, said.place),
            _ => format!(
                "{} for {}, with time to spare as there is not always more to do",
                said.people, said.changes
            ),
        }
    }

    pub(super) fn teams(&self, out: &mut String) {
        let o = self.organisation;
        let crowded = o.waits_at == Some(Place::Handoffs) || o.waits_at.is_none();
        for team in &o.teams {
            let people = if self.unknown.people {
                rounded_range(team.people, &self.said.people)
            } else {
                let people = f64::from(team.people);
                self.number(people, "", false, (1.0, 1.0), &self.said.people)
            };
            let _ = write!(
                out,
                "[[teams]]\nid = \"{}\"\nname = \"{}\"\nkind = \"{}\"\npeople = {people}\nfocus = \"{}%\"\n{}\n",
                team.id,
                team.name,
                team.kind,
                digits(FOCUS * 100.0),
                self.at_once(team)
            );
        }
        let waits = o.waits(&self.at);
        let vague = self.unknown.usual && crowded;
        let effort = self.at.effort;
        if o.teams.len() == 1 {
            return;
        }
        let _ = write!(
            out,
            "[handoffs]\nmode = \"ticket queue\"\n{}delay = {{ dist = \"lognormal\", median = {}, p85 = \"{} hours\"{} }}\n\
             sender_effort = \"{} hours\"\nreceiver_effort = \"{} hours\"\n\n",
            if crowded {
                "# Fitted to the usual time.\n"
            } else {
                ""
            },
            self.part(waits.handoff, "hours", vague, (0.5, 1.8)),
            digits(waits.handoff * above(vague, self.at.spread)),
            if crowded {
                format!(
                    ", source = \"described: {}, {}\"",
                    self.said.usual, self.said.bad
                )
            } else {
                String::new()
            },
            digits((0.005 * effort).min(1.0)),
            digits((0.01 * effort).min(2.0)),
        );
    }
}
