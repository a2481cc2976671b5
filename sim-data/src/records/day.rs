//! Calendar days, and the ways in which people write them.

use std::fmt;

use serde::Serialize;

/// A day, counted from 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Days outside these years are taken for slips of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2199;

impl Day {
    /// The day of a date; `None` where the calendar has none such or the year is not in 1980 to 2199.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        let length = match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !YEARS.contains(&year) || !(1..=length).contains(&day) {
            return None;
        }
        // Days from a civil date, years starting in March (H. Hinnant, chrono-compatible date algorithms).
        let (year, month) = if month <= 2 {
            (year - 1, month + 9)
        } else {
            (year, month - 3)
        };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * month as i32 + 2) / 5 + day as i32 - 1;
        Some(Day(era * 146_097 + of_era * 365 + of_era / 4
            - of_era / 100
            + of_year
            - 719_468))
    }

    /// Days from another day to this one.
    pub fn since(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }

    /// The Monday of this day's week.
    pub fn monday(self) -> Day {
        // 1970-01-01 was a Thursday.
        Day(self.0 - (self.0 + 3).rem_euclid(7))
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        self.since(self.monday()) >= 5
    }

    /// This many days later.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0 + days)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shifted = self.0 + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (year, month) = (
            year + era * 400,
            if month < 10 { month + 3 } else { month - 9 },
        );
        write!(
            f,
            "{:04}-{month:02}-{day:02}",
            if month <= 2 { year + 1 } else { year }
        )
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Which number of `03/04/2018` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// 4 March.
    MonthFirst,
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateOrder::DayFirst => "day before month",
            DateOrder::MonthFirst => "month before day",
        })
    }
}

/// A date as it is written, before the order of day and month is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The writing itself says which number is which.
    Plain(Day),
    /// Two numbers below 32 and a year.
    Two {
        /// The number written first.
        first: u32,
        /// The number written second.
        second: u32,
        /// The year.
        year: i32,
    },
}

impl Written {
    /// Reads a date: `2018-04-16`, `2018/4/16`, `20180416`, `16.04.2018`, `4/16/18`, `16-Apr-2018`,
    /// `Apr 16, 2018`, any of them followed by a time of day, which is not used. `None` where it is no date.
    pub fn read(text: &str) -> Option<Written> {
        let text = text.trim();
        if text.len() > 40 {
            return None;
        }
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
            return Day::new(number(0..4)? as i32, number(4..6)?, number(6..8)?)
                .map(Written::Plain);
        }
        let [a, b, c] = pieces(text)?;
        match (number(a), number(b), number(c)) {
            (Some(y), Some(m), Some(d)) if a.len() == 4 => {
                Day::new(y as i32, m, d).map(Written::Plain)
            }
            (Some(first), Some(second), Some(y)) => two(first, second, year(c, y)?),
            (Some(d), None, Some(y)) => Day::new(year(c, y)?, month(b)?, d).map(Written::Plain),
            (None, Some(d), Some(y)) => Day::new(year(c, y)?, month(a)?, d).map(Written::Plain),
            _ => None,
        }
    }

    /// The day, under an order for those dates that need one.
    pub fn day(self, order: DateOrder) -> Option<Day> {
        match (self, order) {
            (Written::Plain(day), _) => Some(day),
            (
                Written::Two {
                    first,
                    second,
                    year,
                },
                DateOrder::DayFirst,
            ) => Day::new(year, second, first),
            (
                Written::Two {
                    first,
                    second,
                    year,
                },
                DateOrder::MonthFirst,
            ) => Day::new(year, first, second),
        }
    }
}

/// The three pieces of a date; what follows them must look like a time of day.
fn pieces(text: &str) -> Option<[&str; 3]> {
    let separator = |c: char| matches!(c, '-' | '/' | '.' | ',' | ' ');
    let (a, rest) = text.split_once(separator)?;
    let (b, rest) = rest.trim_start_matches(separator).split_once(separator)?;
    let rest = rest.trim_start_matches(separator);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (c, time) = rest.split_at(end);
    let time_of_day = time.is_empty()
        || (time.starts_with(['T', 't', ' ', ','])
            && time.trim_start_matches(['T', 't', ' ', ',']).contains(':'));
    time_of_day.then_some([a, b, c])
}

fn number(text: &str) -> Option<u32> {
    let short = (1..=4).contains(&text.len());
    if short && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// A year of four digits, or of two in this century.
fn year(text: &str, number: u32) -> Option<i32> {
    match text.len() {
        4 => Some(number as i32),
        2 => Some(2000 + number as i32),
        _ => None,
    }
}

fn two(first: u32, second: u32, year: i32) -> Option<Written> {
    let written = Written::Two {
        first,
        second,
        year,
    };
    let possible = [DateOrder::DayFirst, DateOrder::MonthFirst]
        .iter()
        .any(|&order| written.day(order).is_some());
    possible.then_some(written)
}

fn month(name: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start: String = name.chars().take(3).flat_map(char::to_lowercase).collect();
    let alphabetic = name.chars().all(char::is_alphabetic);
    MONTHS
        .iter()
        .position(|m| alphabetic && *m == start)
        .map(|i| i as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> Day {
        Day::new(y, m, d).expect("a date of the calendar")
    }

    #[test]
    fn days_are_counted_through_leap_years() {
        assert_eq!(day(2018, 4, 16).since(day(2018, 4, 15)), 1);
        assert_eq!(day(2020, 3, 1).since(day(2020, 2, 28)), 2);
        assert_eq!(day(2100, 3, 1).since(day(2100, 2, 28)), 1);
        assert_eq!(day(2000, 1, 1), Day(10_957));
        assert_eq!(day(2018, 4, 19).monday(), day(2018, 4, 16));
        assert_eq!(Day::new(2019, 2, 29), None);
        assert_eq!(Day::new(218, 4, 16), None, "a slip of the pen");
    }

    #[test]
    fn a_date_is_read_however_it_is_written() {
        let sixteenth = Some(Written::Plain(day(2018, 4, 16)));
        for text in [
            "2018-04-16",
            " 2018/4/16 ",
            "20180416",
            "2018-04-16T09:30:00Z",
            "2018-04-16 09:30",
            "2018-04-16T09:30:00.000+02:00",
            "16-Apr-2018",
            "16 April 2018",
            "Apr 16, 2018",
            "16/Apr/18",
            "16/Apr/18 4:05 PM",
        ] {
            assert_eq!(Written::read(text), sixteenth, "{text}");
        }
        for text in ["16/04/2018", "16.04.18", "16-04-2018", "16/04/2018 10:15"] {
            assert_eq!(
                Written::read(text).and_then(|w| w.day(DateOrder::DayFirst)),
                Some(day(2018, 4, 16)),
                "{text}"
            );
            assert_eq!(
                Written::read(text).and_then(|w| w.day(DateOrder::MonthFirst)),
                None,
                "{text}"
            );
        }
        for text in [
            "",
            "Story",
            "12",
            "1.2.3",
            "2018-13-01",
            "31/31/2018",
            "10.0.0.1",
            "v1.2-3",
            "2018-04",
            "2018-04-16x",
        ] {
            assert_eq!(Written::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_back_as_it_is_written(number in 4000..80_000i32) {
            let day = Day(number);
            prop_assert_eq!(Written::read(&day.to_string()), Some(Written::Plain(day)));
        }

        #[test]
        fn no_text_makes_a_date_panic(text in any::<String>()) {
            let _ = Written::read(&text);
        }
    }
}
