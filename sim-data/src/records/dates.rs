//! Whether the day or the month comes first: settled once for a whole file, with the reason.

use std::fmt;

use serde::Serialize;

use super::day::{DateOrder, Day, Written};

/// The order of day and month in a file, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dates {
    /// The order under which dates were read.
    pub order: DateOrder,
    /// Why that one.
    pub because: Because,
}

/// What settled the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Because {
    /// No date needed it: they are written year first or with the month's name.
    NotNeeded,
    /// The person said so.
    Told,
    /// Some dates are possible in this order only, and none in the other only.
    Certain {
        /// How many.
        dates: usize,
    },
    /// Dates contradict each other; most are possible in this order only, and the others are left out.
    Mixed {
        /// Dates possible in this order only.
        dates: usize,
        /// Dates possible in the other order only.
        against: usize,
    },
    /// Every date is possible in both; in this order fewer tickets run backwards.
    FewerBackwards {
        /// Steps that run backwards in this order.
        here: usize,
        /// Steps that run backwards in the other.
        otherwise: usize,
    },
    /// Every date is possible in both and nothing tells them apart: day first is assumed. Ask.
    Assumed,
}

impl Dates {
    /// Settles the order from every date of a file, ticket by ticket in the order of stages.
    pub fn settled(tickets: &[Vec<Option<Written>>], told: Option<DateOrder>) -> Dates {
        use DateOrder::{DayFirst, MonthFirst};
        let twos = || {
            tickets
                .iter()
                .flatten()
                .flatten()
                .filter(|w| matches!(w, Written::Two { .. }))
        };
        let only = |order: DateOrder, other: DateOrder| {
            twos()
                .filter(|w| w.day(order).is_some() && w.day(other).is_none())
                .count()
        };
        if let Some(order) = told {
            return Dates {
                order,
                because: Because::Told,
            };
        }
        if twos().next().is_none() {
            return Dates {
                order: DayFirst,
                because: Because::NotNeeded,
            };
        }
        let (day, month) = (only(DayFirst, MonthFirst), only(MonthFirst, DayFirst));
        let order = if month > day { MonthFirst } else { DayFirst };
        let because = match (day.max(month), day.min(month)) {
            (0, _) => {
                let (day, month) = (backwards(tickets, DayFirst), backwards(tickets, MonthFirst));
                if day == month {
                    return Dates {
                        order: DayFirst,
                        because: Because::Assumed,
                    };
                }
                let order = if month < day { MonthFirst } else { DayFirst };
                let because = Because::FewerBackwards {
                    here: day.min(month),
                    otherwise: day.max(month),
                };
                return Dates { order, because };
            }
            (dates, 0) => Because::Certain { dates },
            (dates, against) => Because::Mixed { dates, against },
        };
        Dates { order, because }
    }

    /// Whether a person should be asked before the numbers are believed.
    pub fn doubtful(&self) -> bool {
        matches!(
            self.because,
            Because::Mixed { .. } | Because::FewerBackwards { .. } | Because::Assumed
        )
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let order = self.order;
        match self.because {
            Because::NotNeeded => write!(f, "dates are written without doubt"),
            Because::Told => write!(f, "dates are read {order}, as you said"),
            Because::Certain { dates } => write!(
                f,
                "dates are read {order}: {dates} are possible no other way"
            ),
            Because::Mixed { dates, against } => write!(
                f,
                "dates are read {order}, as {dates} are possible no other way; {against} contradict them and are left out"
            ),
            Because::FewerBackwards { here, otherwise } => write!(
                f,
                "dates are read {order}, a guess: {here} steps run backwards, the other way {otherwise}; please confirm"
            ),
            Because::Assumed => write!(
                f,
                "dates are read {order}, an assumption: nothing tells the two apart; please confirm"
            ),
        }
    }
}

/// Steps from one stage to the next that go back in time.
fn backwards(tickets: &[Vec<Option<Written>>], order: DateOrder) -> usize {
    let steps = |ticket: &Vec<Option<Written>>| {
        let days: Vec<Day> = ticket
            .iter()
            .flatten()
            .filter_map(|w| w.day(order))
            .collect();
        days.windows(2).filter(|pair| pair[1] < pair[0]).count()
    };
    tickets.iter().map(steps).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(rows: &[&[&str]]) -> Dates {
        let tickets: Vec<_> = rows
            .iter()
            .map(|row| row.iter().map(|t| Written::read(t)).collect())
            .collect();
        Dates::settled(&tickets, None)
    }

    #[test]
    fn the_order_of_day_and_month_is_settled_for_the_whole_file() {
        let check = |rows: &[&[&str]], order, because| {
            assert_eq!(settled(rows), Dates { order, because }, "{rows:?}")
        };
        check(&[&["2018-04-03"]], DateOrder::DayFirst, Because::NotNeeded);
        check(
            &[&["03/04/2018", "16/04/2018"]],
            DateOrder::DayFirst,
            Because::Certain { dates: 1 },
        );
        check(
            &[&["04/03/2018", "04/16/2018"]],
            DateOrder::MonthFirst,
            Because::Certain { dates: 1 },
        );
        check(&[&["04/03/2018"]], DateOrder::DayFirst, Because::Assumed);
        let mixed = Because::Mixed {
            dates: 2,
            against: 1,
        };
        check(
            &[&["16/04/2018", "17/04/2018", "04/18/2018"]],
            DateOrder::DayFirst,
            mixed,
        );
        let guess = Because::FewerBackwards {
            here: 0,
            otherwise: 1,
        };
        check(&[&["03/04/2018", "02/05/2018"]], DateOrder::DayFirst, guess);
    }
}
