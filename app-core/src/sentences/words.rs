//! Words that several sentences share.

use millrace_core::stats::Estimate;
use millrace_report::words::rounded;

/// Differences below this share of the baseline's value are not worth a sentence.
pub const MATERIAL: f64 = 0.02;
/// An interval wholly within this share of the baseline's value is nothing.
pub const NOTHING: f64 = 0.05;

/// What a difference amounts to beside the baseline's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Worth {
    /// Surely less, by so much.
    Less(f64),
    /// Surely more, by so much.
    More(f64),
    /// Surely nothing that matters.
    Nothing,
    /// Luck could give it.
    Unknown,
}

/// What a difference amounts to beside the baseline's value.
pub fn worth(difference: Option<Estimate>, base: f64) -> Worth {
    let Some(e) = difference else {
        return Worth::Unknown;
    };
    if e.high < 0.0 && -e.value >= MATERIAL * base {
        Worth::Less(-e.value)
    } else if e.low > 0.0 && e.value >= MATERIAL * base {
        Worth::More(e.value)
    } else if within(e, NOTHING * base) {
        Worth::Nothing
    } else {
        Worth::Unknown
    }
}

/// An interval of 95% as wide as it must be where a dozen are told together: four what-ifs, each with what it
/// does to time, to harm and to what is delivered.
pub fn of_many(e: Estimate) -> Estimate {
    // The normal quantiles of 1 − 0.025/12 and of 0.975.
    const WIDER: f64 = 2.865 / 1.960;
    let half = WIDER * e.half_width();
    Estimate {
        value: e.value,
        low: e.value - half,
        high: e.value + half,
    }
}

/// The whole interval is no further from 0.
pub fn within(e: Estimate, reach: f64) -> bool {
    e.low.abs().max(e.high.abs()) <= reach
}

/// Hours as amounts of one unit: days where the whole is a day and a half or more.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    hours: f64,
    name: &'static str,
}

impl Unit {
    /// The unit for a whole of so many hours.
    pub fn of(whole: f64) -> Self {
        if whole >= 36.0 {
            Self {
                hours: 24.0,
                name: "day",
            }
        } else {
            Self {
                hours: 1.0,
                name: "hour",
            }
        }
    }

    /// "9".
    pub fn number(self, hours: f64) -> String {
        rounded(hours / self.hours)
    }

    /// "9 days".
    pub fn amount(self, hours: f64) -> String {
        counted(hours / self.hours, self.name)
    }

    /// "days".
    pub fn plural(self) -> &'static str {
        if self.name == "day" { "days" } else { "hours" }
    }

    /// How many hours it has.
    pub fn hours(self) -> f64 {
        self.hours
    }
}

/// "1 day", "8.2 days".
pub fn counted(x: f64, what: &str) -> String {
    let text = rounded(x);
    let s = if text == "1" { "" } else { "s" };
    format!("{text} {what}{s}")
}

/// "a", "a and b", "a, b and c".
pub fn listed(all: &[String]) -> String {
    match all.split_last() {
        None => String::new(),
        Some((one, [])) => one.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// "“No board” + “Release when ready”": names that may hold commas.
pub fn joined(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| format!("“{n}”")).collect();
    quoted.join(" + ")
}

/// "three", "12".
pub fn small(n: u32) -> String {
    const WORDS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let word = (n as usize).checked_sub(1).and_then(|i| WORDS.get(i));
    word.map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

/// "first", "12th".
pub fn ordinal(n: usize) -> String {
    const WORDS: [&str; 8] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    ];
    let word = n.checked_sub(1).and_then(|i| WORDS.get(i));
    word.map_or_else(|| format!("{n}th"), |w| (*w).to_owned())
}
