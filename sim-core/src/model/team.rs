//! Teams, what they can hold in their heads, who comes and goes, and what passing work between them costs.

use super::Calendar;
use crate::random::{Distribution, Name};
use crate::time::Ticks;

/// A team: one processor with virtual clocks (RULES 6).
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Id in the study.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Stable name.
    pub name: Name,
    /// Head-count.
    pub people: u32,
    /// Ordinary items in progress at most.
    pub places: u32,
    /// Share of working time left by meetings and support, (0, 1].
    pub focus: f64,
    /// Cost of switching s of RULES 6, per additional item a person.
    pub switching: f64,
    /// Cognitive load.
    pub load: Load,
    /// Working hours.
    pub calendar: Calendar,
    /// Who leaves, joins and is away (RULES 11).
    pub staffing: Staffing,
}

/// The cap m of RULES 6 on how far switching can slow a team.
pub const SWITCHING_CAP: f64 = 3.0;

impl Team {
    /// Person-hours it gives in a working hour at its limit (RULES 7), in the long run: without those who
    /// are away or not yet replaced, and with newcomers as slow as they are.
    #[must_use]
    pub fn capacity(&self) -> f64 {
        let people = f64::from(self.people);
        let crowd = (f64::from(self.places) / people - 1.0).clamp(0.0, SWITCHING_CAP);
        people * self.focus * self.staffing.presence() / (1.0 + self.switching * crowd)
    }
}

/// What a team must master against what it can hold. No numeric effect was found published, so its sizes
/// are assumptions of the study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Domains and tools to master, after what the platform relieves.
    pub carried: f64,
    /// What it can hold without loss, above 0.
    pub capacity: f64,
    /// What an enabling team adds to the capacity in the end.
    pub raised: f64,
    /// Weeks from time 0 in which the raise grows to its full size; 0: at once.
    pub raised_weeks: f64,
    /// Effort grows by this share for each whole capacity carried in excess.
    pub effort: f64,
    /// Injected defects grow by this share for the same.
    pub defects: f64,
}

impl Load {
    /// No load to speak of.
    pub const NONE: Self = Self {
        carried: 0.0,
        capacity: 1.0,
        raised: 0.0,
        raised_weeks: 0.0,
        effort: 0.0,
        defects: 0.0,
    };

    /// Share carried above the capacity as it is after so many weeks; 0 if none.
    #[must_use]
    pub fn excess(&self, weeks: f64) -> f64 {
        let grown = if self.raised_weeks > 0.0 {
            (weeks / self.raised_weeks).clamp(0.0, 1.0)
        } else {
            1.0
        };
        (self.carried / (self.capacity + self.raised * grown) - 1.0).max(0.0)
    }

    /// Factors on effort and on injected defects after so many weeks.
    #[must_use]
    pub fn factors(&self, weeks: f64) -> (f64, f64) {
        let excess = self.excess(weeks);
        (1.0 + self.effort * excess, 1.0 + self.defects * excess)
    }
}

/// People leave, are replaced and ramp up, and are away.
#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    /// A person leaves at this rate, per hour of elapsed time.
    pub turnover: f64,
    /// Elapsed hours from leaving until somebody new starts.
    pub replacement: Distribution,
    /// Elapsed time in which a newcomer's productivity grows to 1; 0: at once.
    pub ramp_up: Ticks,
    /// Productivity on the first day, 0 to 1.
    pub ramp_start: f64,
    /// Share of one colleague's time that each newcomer takes at the start, falling to none.
    pub mentoring: f64,
    /// A person who is there is away from time to time: spells begin at this rate, per hour.
    pub absence: f64,
    /// Elapsed hours of a spell.
    pub spell: Distribution,
}

impl Staffing {
    /// Long-run productivity against a team that nobody leaves: the share of seats filled, of those the
    /// share not away, less what newcomers lack and take.
    #[must_use]
    pub fn presence(&self) -> f64 {
        let filled = 1.0 / (1.0 + self.turnover * self.replacement.mean());
        let there = 1.0 / (1.0 + self.absence * self.spell.mean());
        // The lack falls linearly over the ramp; how long people have been there is exponential.
        let ramp = crate::time::hours(self.ramp_up) * self.turnover;
        let lack = 1.0 - self.ramp_start + self.mentoring;
        let behind = if ramp > 1e-6 {
            1.0 + libm::expm1(-ramp) / ramp
        } else {
            ramp / 2.0
        };
        filled * there * (1.0 - (lack * behind).min(0.95))
    }

    /// Nobody comes or goes.
    #[must_use]
    pub fn steady() -> Self {
        Self {
            turnover: 0.0,
            replacement: Distribution::Constant(0.0),
            ramp_up: 0,
            ramp_start: 1.0,
            mentoring: 0.0,
            absence: 0.0,
            spell: Distribution::Constant(0.0),
        }
    }
}

/// Regular hours that one team asks of itself or spends on another: coaching by an enabling team.
#[derive(Debug, Clone, PartialEq)]
pub struct Coaching {
    /// Stable name.
    pub name: Name,
    /// Who spends the time.
    pub by: usize,
    /// Person-hours a week.
    pub effort: f64,
    /// Weeks from time 0 that it lasts.
    pub weeks: f64,
}

/// Work passing from one team to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Handoff {
    /// Working hours of the receiver.
    pub delay: Distribution,
    /// Person-hours of the sender, a task of its own.
    pub sender_effort: f64,
    /// Person-hours of the receiver, on top of the stage's.
    pub receiver_effort: f64,
    /// Defects injected by lost information, per item of size 1, in the categories of the next stage.
    pub lost_information: f64,
}
