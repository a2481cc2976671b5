//! The study of an organisation, as TOML text, for given values of what is searched for.

mod delivery;
mod flow;

use super::organisation::Organisation;
use super::settings::Settings;
use super::view::Answers;
use std::fmt::Write as _;

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
