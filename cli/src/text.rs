//! Text for people: tables that line up, numbers with two significant digits, intervals.

use crate::runner::{Runs, Warning};
use millrace_core::scenario::Study;
use millrace_core::stats::Estimate;
use millrace_report::words::rounded;
use std::fmt::Write as _;

/// Characters of a line of sentences.
const WIDTH: usize = 100;

/// Nothing to measure.
pub const NONE: &str = "–";

/// A table under its heading: the first column is left-aligned, so are those whose title starts with
/// `<`; the others are numbers and stand to the right.
#[derive(Debug)]
pub struct Table {
    head: Vec<String>,
    left: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column titles.
    pub fn new<const N: usize>(titles: [&str; N]) -> Self {
        let left = titles
            .iter()
            .enumerate()
            .map(|(i, t)| i == 0 || t.starts_with('<'))
            .collect();
        Self {
            head: titles
                .iter()
                .map(|t| t.trim_start_matches('<').to_owned())
                .collect(),
            left,
            rows: Vec::new(),
        }
    }

    /// One more row.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    /// The lines, indented, without trailing spaces; nothing for a table without rows.
    pub fn lines(&self) -> String {
        let mut out = String::new();
        if self.rows.is_empty() {
            return out;
        }
        let titled = self.head.iter().any(|t| !t.is_empty());
        let all: Vec<&Vec<String>> = titled
            .then_some(&self.head)
            .into_iter()
            .chain(&self.rows)
            .collect();
        let width = |c: usize| all.iter().map(|r| r[c].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.head.len()).map(width).collect();
        for row in all {
            let mut line = String::new();
            for ((cell, &width), &left) in row.iter().zip(&widths).zip(&self.left) {
                let gap = if line.is_empty() { "  " } else { "   " };
                let _ = if left {
                    write!(line, "{gap}{cell:<width$}")
                } else {
                    write!(line, "{gap}{cell:>width$}")
                };
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The lines under a heading, with an empty line before.
    pub fn under(&self, heading: &str) -> String {
        match self.lines() {
            lines if lines.is_empty() => lines,
            lines => format!("\n{heading}\n{lines}"),
        }
    }
}

/// An estimate's value, scaled.
pub fn value(e: Option<Estimate>, scale: f64) -> String {
    e.map_or(NONE.into(), |e| rounded(e.value * scale))
}

/// An estimate's interval, scaled: "40 to 42".
pub fn interval(e: Option<Estimate>, scale: f64) -> String {
    match e {
        Some(e) if e.low.is_finite() && e.high.is_finite() => {
            format!("{} to {}", rounded(e.low * scale), rounded(e.high * scale))
        }
        _ => NONE.into(),
    }
}

/// A share of years as years of 50.
pub fn of_50(share: f64) -> String {
    format!("{:.0}", share * 50.0)
}

/// "1 team", "3 teams".
pub fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// What was run, for the head of every text: the study, years, warm-up, seed, and whether it is whole.
pub fn heading(runs: &Runs, variant: &str, weeks: f64) -> String {
    let ran = Ran {
        done: runs.done() as u64,
        wanted: runs.wanted,
        weeks,
        warm_up_weeks: runs.warm_up_weeks(),
    };
    ran.heading(&runs.study.scenario.baseline.study, variant)
}

/// How much was run.
#[derive(Debug, Clone, Copy)]
pub struct Ran {
    /// Years made of each variant.
    pub done: u64,
    /// Years asked for.
    pub wanted: u64,
    /// Weeks counted.
    pub weeks: f64,
    /// Weeks before.
    pub warm_up_weeks: f64,
}

impl Ran {
    /// The head of a text about this.
    pub fn heading(self, study: &Study, what: &str) -> String {
        let years = if self.weeks == 52.0 {
            "years".to_owned()
        } else {
            format!("runs of {} weeks", rounded(self.weeks))
        };
        let made = if self.done < self.wanted {
            format!("PARTIAL: {} of {} {years}", self.done, self.wanted)
        } else {
            format!("{} {years}", self.done)
        };
        format!(
            "{}: {what}\n{made}, counted after {} weeks of warm-up; seed {}; millrace {}\n",
            study.name,
            rounded(self.warm_up_weeks),
            study.seed as u64,
            env!("CARGO_PKG_VERSION"),
        )
    }
}

/// Warnings, before any figure.
pub fn warnings(all: &[Warning]) -> String {
    let mut out = String::new();
    for w in all {
        let of = w
            .variant
            .as_ref()
            .map_or(String::new(), |v| format!("{v}: "));
        let _ = writeln!(out, "  ! {of}{}", w.text);
    }
    if out.is_empty() {
        out
    } else {
        format!("\n{out}")
    }
}

/// Sentences, one to a bullet; nothing for none.
pub fn told<'t>(sentences: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for sentence in sentences {
        let mut line = String::from("-");
        for word in sentence.split(' ') {
            if line.chars().count() + word.chars().count() >= WIDTH {
                out += &format!("{line}\n");
                line = String::from(" ");
            }
            line += &format!(" {word}");
        }
        out += &format!("{line}\n");
    }
    if out.is_empty() {
        out
    } else {
        format!("\n{out}")
    }
}

/// A paragraph, indented.
pub fn wrapped(text: &str) -> String {
    let mut out = String::new();
    let mut line = String::from(" ");
    for word in text.split(' ') {
        if line.chars().count() + word.chars().count() > 100 {
            out += &format!("{line}\n");
            line = String::from(" ");
        }
        line += &format!(" {word}");
    }
    format!("{out}{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_lines_end_where_text_ends() {
        let mut table = Table::new(["", "days", "<verdict"]);
        table.row(["a".into(), "1,200".into(), "fine".into()]);
        table.row(["longer".into(), "−3".into(), String::new()]);
        assert_eq!(
            table.lines(),
            "            days   verdict\n  a        1,200   fine\n  longer      −3\n"
        );
    }
}
