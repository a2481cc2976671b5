//! How the format is declared: fields with kinds, ranges, defaults and words. The check, the list of
//! parameters and the JSON Schema are all read off these declarations.

use super::quantity::Unit;

/// What a field may hold.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Free text.
    Text,
    /// A name that refers to something; listed as a parameter.
    Reference,
    /// Lower-case words joined by hyphens, unique in its list.
    Id,
    /// true or false.
    Flag,
    /// A number in a unit, between two ends.
    Number(Unit, f64, f64),
    /// A whole number between two ends.
    Whole(f64, f64),
    /// One of some words.
    Choice(Vec<&'static str>),
    /// A list of some words; empty means none.
    Choices(Vec<&'static str>),
    /// Texts.
    Texts,
    /// Quantities in a unit, each between two ends.
    List(Unit, f64, f64),
    /// A distribution, or a plain quantity for a constant.
    Distribution(Unit),
    /// A number for some of the given keys, each in a unit between two ends.
    Numbers(Vec<&'static str>, Unit, f64, f64),
    /// Shares for the given keys; made to add up to 1.
    Mix(Vec<&'static str>),
    /// Numbers by free key.
    Free(Unit, f64, f64),
    /// A table.
    Table(Section),
    /// Tables in a list, named by their `id` or by what they are about.
    Tables(Section),
    /// A span of time or a plain number, as the `metric` beside it asks for.
    Target,
    /// Anything: checked elsewhere.
    Any,
}

/// Whether a field may be left out.
#[derive(Debug, Clone)]
pub enum Need {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// Absent means this, in TOML.
    Default(&'static str),
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Key in the file.
    pub key: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether it may be left out.
    pub need: Need,
    /// What it means: a short label, then a sentence.
    pub label: &'static str,
    /// The sentence.
    pub help: &'static str,
}

/// A table's fields.
#[derive(Debug, Clone)]
pub struct Section {
    /// The fields, in order.
    pub fields: Vec<Field>,
}

/// A field that must be there.
#[must_use]
pub fn need(key: &'static str, kind: Kind, label: &'static str, help: &'static str) -> Field {
    Field {
        key,
        kind,
        need: Need::Required,
        label,
        help,
    }
}

/// A field that may be absent.
#[must_use]
pub fn may(key: &'static str, kind: Kind, label: &'static str, help: &'static str) -> Field {
    Field {
        key,
        kind,
        need: Need::Optional,
        label,
        help,
    }
}

/// A field with a default, in TOML.
#[must_use]
pub fn or(
    key: &'static str,
    kind: Kind,
    default: &'static str,
    label: &'static str,
    help: &'static str,
) -> Field {
    Field {
        key,
        kind,
        need: Need::Default(default),
        label,
        help,
    }
}

/// The parameters of each distribution: required ones, and whether they are in the quantity's unit.
pub const DISTRIBUTIONS: [(&str, &[(&str, bool)]); 11] = [
    ("constant", &[("value", true)]),
    ("exponential", &[("mean", true)]),
    ("uniform", &[("low", true), ("high", true)]),
    (
        "triangular",
        &[("low", true), ("mode", true), ("high", true)],
    ),
    ("lognormal", &[("mean", true), ("cv", false)]),
    ("lognormal", &[("median", true), ("p85", true)]),
    ("gamma", &[("mean", true), ("cv", false)]),
    ("pert", &[("low", true), ("mode", true), ("high", true)]),
    ("weibull", &[("mean", true), ("shape", false)]),
    ("normal", &[("mean", true), ("sd", true)]),
    ("empirical", &[("values", true)]),
];
