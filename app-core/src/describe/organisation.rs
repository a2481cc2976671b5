//! A generic organisation of so many people: which teams there are, and what each gives in a week.

use super::view::{Answers, Place, Rhythm};

/// Working hours of a person's week.
pub const WEEK_HOURS: f64 = 40.0;
/// Share of it that meetings and support leave: an assumption.
pub const FOCUS: f64 = 0.65;
/// Weeks of a month.
pub const MONTH: f64 = 52.0 / 12.0;

/// Who does what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Builds, and does what no other team is there for.
    Development,
    /// Tests.
    Testing,
    /// Infrastructure, environments and releases.
    Operations,
}

/// A team.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// What it does.
    pub role: Role,
    /// Id in the study.
    pub id: &'static str,
    /// Shown name.
    pub name: &'static str,
    /// Kind in the study.
    pub kind: &'static str,
    /// Head-count.
    pub people: u32,
}

impl Team {
    /// Person-hours for planned work in a week.
    pub fn capacity(&self) -> f64 {
        f64::from(self.people) * WEEK_HOURS * FOCUS
    }
}

/// What is said or taken of the organisation, in the units of the study.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Its teams; the first one builds.
    pub teams: Vec<Team>,
    /// Changes a week.
    pub per_week: f64,
    /// Usual time, hours: half of the changes.
    pub usual: f64,
    /// Bad time, hours: 85 of 100.
    pub bad: f64,
    /// Release rhythm.
    pub rhythm: Rhythm,
    /// Incidents a month.
    pub incidents: f64,
    /// Always more to do than can be done.
    pub endless: bool,
    /// Where waiting is put; none if nobody said.
    pub waits_at: Option<Place>,
}

/// Taken where an answer is not known: assumptions.
const PEOPLE: f64 = 12.0;
const PERSON_WEEKS_A_CHANGE: f64 = 1.5;
const USUAL_DAYS: f64 = 28.0;
const BAD_OVER_USUAL: f64 = 1.8;
const INCIDENTS_PER_100: f64 = 15.0;

impl Organisation {
    /// The organisation of some answers, which are possible each by itself.
    pub fn of(answers: &Answers) -> Self {
        let people = answers.people.unwrap_or(PEOPLE).round().max(1.0);
        let monthly = answers
            .changes_per_month
            .unwrap_or(people * MONTH / PERSON_WEEKS_A_CHANGE);
        let usual = match (answers.usual_days, answers.bad_days) {
            (Some(usual), _) => usual,
            (None, Some(bad)) => bad / BAD_OVER_USUAL,
            (None, None) => USUAL_DAYS,
        };
        let bad = answers.bad_days.unwrap_or(usual * BAD_OVER_USUAL);
        let pace = answers.pace.unwrap_or(1.0);
        Self {
            teams: teams(people as u32),
            per_week: monthly / MONTH,
            usual: usual * 24.0 * pace,
            bad: bad * 24.0 * pace,
            rhythm: answers.rhythm.unwrap_or(Rhythm::Monthly),
            incidents: answers
                .incidents_per_month
                .unwrap_or(monthly * INCIDENTS_PER_100 / 100.0),
            endless: answers.endless.unwrap_or(false),
            waits_at: answers.waits_at,
        }
    }

    /// The team of a role; the one that builds where there is none of its own.
    pub fn team(&self, role: Role) -> &Team {
        let own = self.teams.iter().find(|t| t.role == role);
        own.unwrap_or(&self.teams[0])
    }

    /// A role has a team of its own.
    pub fn has(&self, role: Role) -> bool {
        self.teams.iter().any(|t| t.role == role)
    }

    /// The team whose load sets how long changes wait, if it is a team's queue where they wait.
    pub fn crowded(&self) -> Option<Role> {
        match self.waits_at {
            Some(Place::Development) => Some(Role::Development),
            Some(Place::Testing) => Some(Role::Testing),
            Some(Place::Infrastructure) => Some(Role::Operations),
            Some(Place::Board | Place::Release | Place::Handoffs) => None,
            // There is nobody else to wait for.
            None => (self.teams.len() == 1 && !self.board()).then_some(Role::Development),
        }
    }

    /// A meeting approves changes. Nobody was asked, so it is taken from what goes with it: where most waiting
    /// is said to be elsewhere, or where changes take less than three weeks, a colleague does.
    pub fn board(&self) -> bool {
        match self.waits_at {
            Some(place) => place == Place::Board,
            None => self.usual >= 21.0 * 24.0,
        }
    }

    /// Places that exist in it.
    pub fn places(&self) -> Vec<Place> {
        let mut all = vec![Place::Board, Place::Development];
        if self.has(Role::Testing) {
            all.push(Place::Testing);
        }
        if self.has(Role::Operations) {
            all.push(Place::Infrastructure);
        }
        if self.rhythm.weeks().is_some() {
            all.push(Place::Release);
        }
        if self.teams.len() > 1 {
            all.push(Place::Handoffs);
        }
        all
    }
}

/// Teams cut from a head-count: up to 5 people do all themselves, up to 14 have someone apart for
/// infrastructure, more have testers apart too.
fn teams(people: u32) -> Vec<Team> {
    let team = |role, people| {
        let (id, name, kind) = match role {
            Role::Development => ("development", "Development", "back end"),
            Role::Testing => ("testing", "Testing", "qa"),
            Role::Operations => ("infrastructure", "Infrastructure", "infrastructure"),
        };
        Team {
            role,
            id,
            name,
            kind,
            people,
        }
    };
    let share = |part: f64| ((f64::from(people) * part).round() as u32).max(1);
    match people {
        0..=5 => vec![Team {
            name: "The team",
            kind: "stream-aligned",
            ..team(Role::Development, people.max(1))
        }],
        6..=14 => {
            let operations = share(0.22);
            vec![
                team(Role::Development, people - operations),
                team(Role::Operations, operations),
            ]
        }
        _ => {
            let (testing, operations) = (share(0.2), share(0.18));
            vec![
                team(Role::Development, people - testing - operations),
                team(Role::Testing, testing),
                team(Role::Operations, operations),
            ]
        }
    }
}

impl Rhythm {
    /// Weeks between releases; none where each goes when it is ready.
    pub fn weeks(self) -> Option<f64> {
        match self {
            Self::Quarterly => Some(13.0),
            Self::Monthly => Some(4.0),
            Self::Fortnightly => Some(2.0),
            Self::Weekly => Some(1.0),
            Self::WhenReady => None,
        }
    }

    /// How it is said in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Quarterly => "a release every quarter",
            Self::Monthly => "a release every month",
            Self::Fortnightly => "a release every two weeks",
            Self::Weekly => "a release every week",
            Self::WhenReady => "a release whenever something is ready",
        }
    }

    /// Level of build and deployment automation that usually goes with it: an assumption.
    pub fn automation(self) -> u32 {
        match self {
            Self::Quarterly | Self::Monthly => 0,
            Self::Fortnightly => 1,
            Self::Weekly => 2,
            Self::WhenReady => 3,
        }
    }
}
