//! What is searched for, and what follows from it: effort by what is done, and waits by where they are.

use super::organisation::{Organisation, Role, Team};
use super::view::Place;

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
pub const TICKETS: f64 = 0.4;
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
    pub fn waits(&self, at: &Settings) -> Waits {
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

/// Waits by where they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waits {
    /// Median working hours from one team to the next.
    pub handoff: f64,
    /// Median hours until somebody outside has answered.
    pub answer: f64,
    /// Hours from one meeting that decides to the next.
    pub board_every: f64,
    /// Hours that papers must be in before it.
    pub board_cut_off: f64,
    /// Hours that changes must be in before a train leaves.
    pub train_cut_off: f64,
}

/// Length of a meeting that decides, hours.
pub fn session(every: f64) -> f64 {
    2f64.min(every / 4.0)
}
