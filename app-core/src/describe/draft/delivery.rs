//! Platform, pipeline, governance and production.

use super::{Draft, above, digits};
use crate::describe::organisation::Role;
use crate::describe::settings::{BACKGROUND, session};
use crate::describe::view::{Place, Rhythm};
use std::fmt::Write as _;

impl Draft<'_> {
    pub(super) fn platform(&self, out: &mut String) {
        let o = self.organisation;
        let automation = o.rhythm.automation();
        let _ = writeln!(
            out,
            "# Levels that usually go with {}: assumptions.",
            o.rhythm.words()
        );
        let ticket = o.efforts(&self.at).ticket;
        let mut capability = |id: &str, level: u32, more: &str| {
            let _ = write!(
                out,
                "[[platform.capabilities]]\nid = \"{id}\"\nlevel = {level}\n{more}\n"
            );
        };
        if o.has(Role::Operations) {
            let more = format!(
                "team = \"{}\"\nticket_effort = {{ dist = \"lognormal\", mean = \"{} hours\", cv = 0.8, source = \"described: {}\" }}\n",
                o.team(Role::Operations).id,
                digits(ticket),
                self.said.people
            );
            capability("self-service-infrastructure", 0, &more);
        }
        capability("build-and-deploy-automation", automation, "");
        capability("test-automation", automation / 2, "");
        capability("observability", 1, "");
        capability("progressive-delivery", 0, "");
        capability("shared-release-status", 0, "");
    }

    pub(super) fn pipeline(&self, out: &mut String) {
        let o = self.organisation;
        let waits = o.waits(&self.at);
        let strategy = if o.rhythm.automation() == 0 {
            "recreate"
        } else {
            "rolling"
        };
        let _ = writeln!(out, "[pipeline]\n# Answered: {}.", self.said.rhythm);
        match o.rhythm.weeks() {
            Some(weeks) => {
                let every = self.number(
                    weeks,
                    "weeks",
                    self.unknown.rhythm,
                    (0.5, 2.0),
                    &self.said.rhythm,
                );
                let _ = write!(
                    out,
                    "policy = \"train\"\nevery = {every}\ndeparts = \"3 days\"\n"
                );
                if o.waits_at == Some(Place::Release) {
                    let said = format!("{}, {}", self.said.usual, self.said.place);
                    let cut_off =
                        self.number(waits.train_cut_off, "hours", false, (1.0, 1.0), &said);
                    let _ = writeln!(out, "cut_off = {cut_off}");
                }
            }
            None => out.push_str("policy = \"batch\"\n"),
        }
        let hands: f64 = match o.rhythm {
            Rhythm::Quarterly | Rhythm::Monthly => 8.0,
            Rhythm::Fortnightly => 3.0,
            Rhythm::Weekly | Rhythm::WhenReady => 0.5,
        };
        let hands = hands.min(self.at.effort * 0.1);
        let teams: Vec<String> = o.teams.iter().map(|t| format!("\"{}\"", t.id)).collect();
        let _ = write!(
            out,
            "strategy = \"{strategy}\"\nundo = \"by strategy\"\n\n\
             [[pipeline.steps]]\nid = \"build\"\nduration = {{ dist = \"lognormal\", median = \"30 minutes\", p85 = \"60 minutes\" }}\n\n\
             [pipeline.coordination]\nteams = [{}]\neffort = \"{} hours\"\n\n\
             [pipeline.by_hand]\nteam = \"{}\"\neffort = \"{} hours\"\n\n",
            teams.join(", "),
            digits(hands * 0.3),
            o.team(Role::Operations).id,
            digits(hands),
        );
    }

    pub(super) fn governance(&self, out: &mut String) {
        let o = self.organisation;
        let efforts = o.efforts(&self.at);
        let waits = o.waits(&self.at);
        let developers = o.team(Role::Development).id;
        let review = digits(efforts.review);
        let _ = write!(
            out,
            "[governance]\nemergency_path = true\n\n\
             [[governance.gates]]\nid = \"code-review\"\nname = \"Code review\"\nafter = \"building\"\nkind = \"manual\"\n\
             team = \"{developers}\"\neffort = {{ dist = \"lognormal\", mean = \"{review} hours\", cv = 0.6 }}\n\
             # Informal code review removes 20 to 35% of the defects (McConnell, Code Complete 2, table 20-2).\n\
             discrimination = 1.0\nstrictness = 0.38\ncovers = [\"functional\", \"performance\", \"security\"]\ntriage = \"30 minutes\"\n\n\
             [[governance.gates]]\nid = \"acceptance-test\"\nname = \"Acceptance test\"\nafter = \"testing\"\nkind = \"automated\"\n\
             duration = \"0 hours\"\n# System test removes 25 to 55% (the same table): the stage does the work, the gate decides.\n\
             discrimination = 1.3\nstrictness = 0.4\ncovers = [\"functional\", \"performance\", \"operational\"]\ntriage = \"30 minutes\"\n\n\
             [[governance.gates]]\nid = \"change-approval\"\n"
        );
        if o.board() {
            let _ = write!(
                out,
                "# A meeting decides: {}.\n\
                 name = \"Change board\"\nafter = \"preparing\"\nkind = \"board\"\nevery = \"{} hours\"\nfirst = \"30 hours\"\n\
                 cut_off = {}\nsession = \"{} hours\"\n",
                match o.waits_at {
                    Some(_) => "that is where most waiting is said to be",
                    None => "an assumption, usual where changes take weeks",
                },
                digits(waits.board_every),
                self.number(
                    waits.board_cut_off,
                    "hours",
                    false,
                    (1.0, 1.0),
                    &self.said.usual
                ),
                digits(session(waits.board_every)),
            );
        } else if waits.answer > 0.0 {
            let _ = write!(
                out,
                "# Fitted to the usual time: somebody outside the team has to answer.\n\
                 name = \"An answer from outside\"\nafter = \"preparing\"\nkind = \"automated\"\n\
                 duration = {{ dist = \"lognormal\", median = {}, p85 = \"{} hours\", source = \"described: {}, {}\" }}\n",
                self.part(waits.answer, "hours", self.unknown.usual, (0.5, 1.8)),
                digits(waits.answer * above(self.unknown.usual, self.at.spread)),
                self.said.usual,
                self.said.bad,
            );
        } else {
            out.push_str(
                "# A colleague decides: an assumption, as most waiting is elsewhere or changes are quick.\n\
                 name = \"Change approval\"\nafter = \"preparing\"\nkind = \"manual\"\n",
            );
        }
        let _ = write!(
            out,
            "# No evidence that approval by a board lowers the change failure rate (DORA 2019, p. 50-51).\n\
             discrimination = {}\nstrictness = 0.4\ntriage = \"30 minutes\"\nteam = \"{developers}\"\neffort = \"{} hours\"\n\n",
            if o.board() { "0.3" } else { "0.8" },
            digits((0.3 * efforts.review).min(1.0)),
        );
    }

    pub(super) fn production(&self, out: &mut String) {
        let background = self.number(
            BACKGROUND * self.organisation.incidents,
            "",
            self.unknown.incidents,
            (0.4, 2.0),
            &self.said.incidents,
        );
        let _ = write!(
            out,
            "[production]\n\
             latent_life = {{ functional = \"8 hours\", performance = \"6 hours\", operational = \"2 hours\" }}\n\
             # About 70% of outages follow a change (Google, Site Reliability Engineering, ch. 1): the rest is here.\n\
             background_incidents = {background}\n\
             fix = {{ dist = \"lognormal\", median = \"4 hours\", p85 = \"12 hours\" }}\nresponders = 1\n"
        );
    }
}
