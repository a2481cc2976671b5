//! The study of an organisation, as TOML text, for given values of what is searched for.

use super::organisation::{FOCUS, Organisation, Role, Team};
use super::view::{Answers, Place, Rhythm};
use std::fmt::Write as _;

/// What is searched for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Person-hours of all teams for a change.
    pub effort: f64,
    /// How long changes wait where that was said: working hours from one team to the next, or for the board,
    /// the train, or an answer from outside.
    pub wait: f64,
    /// Load of the team that is said to be crowded, as odds: busy over idle.
    pub load: f64,
    /// Spread: logarithmic standard deviation of sizes and of waits between teams.
    pub spread: f64,
    /// Defects that the building of a change makes, in all categories.
    pub defects: f64,
    /// Changes taken up at once where there is always more to do.
    pub places: u32,
}

/// Share of the incidents that no change causes: about 70% follow one (Google, Site Reliability Engineering,
/// ch. 1, 2016).
pub const BACKGROUND: f64 = 0.3;
/// Requests of a change for infrastructure: an assumption.
const TICKETS: f64 = 0.4;
/// Load of the teams that are not said to be the crowded one: an assumption.
pub const CALM: f64 = 0.6;
/// Hours a week of a team that is to be crowded or not, as a share of those of the one that builds.
const BESIDE: f64 = 0.9;
/// Of the work of those who build: testing where nobody else does, review by a colleague.
const TESTING: f64 = 0.25;
const REVIEW: f64 = 0.06;
/// Of the work of those who run things: preparing a release; the rest is tickets.
const PREPARING: f64 = 0.35;
/// Person-hours of a change by what is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Efforts {
    /// Building.
    pub building: f64,
    /// A colleague's review.
    pub review: f64,
    /// Testing.
    pub testing: f64,
    /// Preparing its release.
    pub preparing: f64,
    /// One ticket.
    pub ticket: f64,
}

impl Organisation {
    /// What a team spends on a change.
    fn of_team(&self, team: &Team, at: &Settings) -> f64 {
        if self.crowded() == Some(team.role) && !(self.endless && team.role == Role::Development) {
            return team.capacity() * at.load / (1.0 + at.load) / self.per_week;
        }
        let all: u32 = self.teams.iter().map(|t| t.people).sum();
        let share = f64::from(team.people) / f64::from(all);
        let beside = if team.role == Role::Development {
            1.0
        } else {
            BESIDE
        };
        at.effort * share * beside
    }

    /// Effort by what is done.
    pub fn efforts(&self, at: &Settings) -> Efforts {
        let of = |role| {
            let own = self.teams.iter().find(|t| t.role == role);
            own.map(|t| self.of_team(t, at))
        };
        let mut building = of(Role::Development).unwrap_or(0.0);
        let (testing, running) = (of(Role::Testing), of(Role::Operations));
        let preparing = match running {
            Some(hours) => PREPARING * hours,
            None => 0.05 * building,
        };
        let ticket = running.map_or(0.0, |hours| (1.0 - PREPARING) * hours / TICKETS);
        if running.is_none() {
            building *= 0.95;
        }
        let review = REVIEW * building;
        let tested = testing.unwrap_or(TESTING * building);
        if testing.is_none() {
            building *= 1.0 - TESTING;
        }
        Efforts {
            building: building - review,
            review,
            testing: tested,
            preparing,
            ticket,
        }
    }

    /// Where `at.wait` is spent.
    fn waits(&self, at: &Settings) -> Waits {
        let mut waits = Waits {
            handoff: 2.0,
            answer: 0.0,
            board_every: 168.0,
            board_cut_off: 0.0,
            train_cut_off: 0.0,
        };
        let elapsed = at.wait * 168.0 / 40.0;
        match self.waits_at {
            Some(Place::Board) => {
                // A change waits for half a round and for as long as papers must be in before.
                let weeks = elapsed / 168.0;
                let round = if weeks < 0.5 {
                    2.0 * weeks
                } else {
                    (weeks / 1.45).ceil()
                };
                let most = round * 168.0 - session(round * 168.0);
                waits.board_every = round * 168.0;
                waits.board_cut_off = ((weeks - round / 2.0) * 168.0).clamp(0.0, most);
            }
            Some(Place::Release) => {
                let every = self.rhythm.weeks().unwrap_or(0.0) * 168.0;
                waits.train_cut_off = elapsed.min(every);
            }
            _ if self.teams.len() == 1 => waits.answer = at.wait,
            place => {
                waits.handoff = at.wait;
                if place.is_none() {
                    waits.board_cut_off = (1.5 * at.wait).min(150.0);
                }
            }
        }
        waits
    }
}

struct Waits {
    /// Median working hours from one team to the next.
    handoff: f64,
    /// Median hours until somebody outside has answered.
    answer: f64,
    board_every: f64,
    board_cut_off: f64,
    train_cut_off: f64,
}

/// Length of a meeting that decides, hours.
fn session(every: f64) -> f64 {
    2f64.min(every / 4.0)
}

/// Which answers are not known: their numbers become ranges.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[allow(missing_docs, reason = "one for each answer")]
pub struct Unknown {
    pub people: bool,
    pub changes: bool,
    pub usual: bool,
    pub bad: bool,
    pub rhythm: bool,
    pub incidents: bool,
    pub endless: bool,
}

impl Unknown {
    /// What somebody did not know.
    pub fn of(answers: &Answers) -> Self {
        Self {
            people: answers.people.is_none(),
            changes: answers.changes_per_month.is_none(),
            usual: answers.usual_days.is_none(),
            bad: answers.bad_days.is_none(),
            rhythm: answers.rhythm.is_none(),
            incidents: answers.incidents_per_month.is_none(),
            endless: answers.endless.is_none(),
        }
    }
}

/// A study being written.
pub struct Draft<'d> {
    /// Whose.
    pub organisation: &'d Organisation,
    /// With what was found.
    pub at: Settings,
    /// Answers that become ranges; none while searching.
    pub unknown: Unknown,
    /// The answers in words, for comments.
    pub said: &'d Said,
}

/// The answers in words, as comments and sources quote them.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "one for each answer")]
pub struct Said {
    pub people: String,
    pub changes: String,
    pub usual: String,
    pub bad: String,
    pub rhythm: String,
    pub incidents: String,
    pub endless: String,
    pub place: String,
}

/// Ends of a range as multiples of its likely value.
type Ends = (f64, f64);

impl Draft<'_> {
    /// The study.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.stream(&mut out);
        self.teams(&mut out);
        self.platform(&mut out);
        self.pipeline(&mut out);
        self.governance(&mut out);
        self.production(&mut out);
        out
    }

    /// A number with its unit and what said so; a range where that is not known.
    fn number(&self, value: f64, unit: &str, unknown: bool, ends: Ends, said: &str) -> String {
        let one = |x: f64| match unit {
            "" => digits(x),
            unit => format!("\"{} {unit}\"", digits(x)),
        };
        if unknown {
            format!(
                "{{ low = {}, likely = {}, high = {}, source = \"described: {said}\" }}",
                one(value * ends.0),
                one(value),
                one(value * ends.1)
            )
        } else {
            format!(
                "{{ value = {}, source = \"described: {said}\" }}",
                one(value)
            )
        }
    }

    /// The same as a parameter of a distribution, which says for all of them where they come from.
    fn part(&self, value: f64, unit: &str, unknown: bool, ends: Ends) -> String {
        let one = |x: f64| match unit {
            "" => digits(x),
            unit => format!("\"{} {unit}\"", digits(x)),
        };
        if unknown {
            format!(
                "{{ low = {}, likely = {}, high = {} }}",
                one(value * ends.0),
                one(value),
                one(value * ends.1)
            )
        } else {
            one(value)
        }
    }

    fn head(&self, out: &mut String) {
        let o = self.organisation;
        let _ = write!(
            out,
            "# Described by six answers:\n#   people: {}\n#   changes delivered: {}\n#   usual time: {}\n\
             #   bad time: {}\n#   release rhythm: {}\n#   incidents: {}\n#   always more to do: {}\n#   most waiting: {}\n\
             #\n# A comment says which answer set which number. Every other number is an assumption: change it.\n\n\
             format = 1\nname = \"Our organisation\"\n\
             description = \"Described by six answers and fitted to them.\"\nseed = 7\n\n\
             [run]\nweeks = 52\nreplications = 1000\nsmallest_difference = \"10%\"\n\n",
            self.said.people,
            self.said.changes,
            self.said.usual,
            self.said.bad,
            self.said.rhythm,
            self.said.incidents,
            self.said.endless,
            self.said.place,
        );
        let _ = write!(
            out,
            "[outcome]\nqueue_policy = \"class of service\"\n\n\
             # The bad time, as a promise to hold what-ifs against.\n[[outcome.objectives]]\nid = \"no-slower\"\n\
             name = \"85 of 100 changes no later than today\"\nmetric = \"lead time\"\npercentile = 85\ntarget = \"{} hours\"\n\n",
            digits(o.bad)
        );
    }

    fn stream(&self, out: &mut String) {
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

    fn teams(&self, out: &mut String) {
        let o = self.organisation;
        let crowded = o.waits_at == Some(Place::Handoffs) || o.waits_at.is_none();
        for team in &o.teams {
            let people = self.number(
                f64::from(team.people),
                "",
                self.unknown.people && team.people > 1,
                (0.95, 1.2),
                &self.said.people,
            );
            let people = if self.unknown.people {
                rounded_range(team.people, &self.said.people)
            } else {
                people
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

    fn platform(&self, out: &mut String) {
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

    fn pipeline(&self, out: &mut String) {
        let o = self.organisation;
        let waits = o.waits(&self.at);
        let strategy = if o.rhythm.automation() == 0 {
            "recreate"
        } else {
            "rolling"
        };
        let _ = writeln!(out, "[pipeline]\n# {}.", self.said.rhythm);
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

    fn governance(&self, out: &mut String) {
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

    fn production(&self, out: &mut String) {
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

/// Coefficient of variation of a lognormal with this logarithmic standard deviation.
fn sqrt_expm1(spread: f64) -> f64 {
    (spread * spread).exp_m1().sqrt()
}

/// The 85th percentile over the median; where the median is a range, above it wherever in it that is.
fn above(range: bool, spread: f64) -> f64 {
    (1.0364 * spread).exp().max(1.02) * if range { 1.8 } else { 1.0 }
}

/// A head-count that is not known.
fn rounded_range(people: u32, said: &str) -> String {
    let (low, high) = (
        (f64::from(people) * 0.9).floor().max(1.0),
        (f64::from(people) * 1.3).ceil(),
    );
    format!("{{ low = {low}, likely = {people}, high = {high}, source = \"described: {said}\" }}")
}

/// Four significant digits, without an exponent.
pub fn digits(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return "0".into();
    }
    let places = (3.0 - x.abs().log10().floor()).clamp(0.0, 8.0) as usize;
    let text = format!("{x:.places$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
