//! What a position multiplies a number by.

use crate::scenario::assumption::Range;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A factor of a position, as the table writes it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(super) enum Factor {
    /// This.
    By(f64),
    /// It is believed to lie in a range.
    Within {
        /// Lowest thought possible.
        low: f64,
        /// Most likely.
        likely: f64,
        /// Highest thought possible.
        high: f64,
    },
    /// What is multiplied at that path is divided here: one unknown and not two.
    Against {
        /// Another path of the position.
        against: String,
    },
}

/// A factor to apply.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Times {
    /// Of what is not known, the name by which it is drawn.
    unknown: Option<String>,
    range: Range,
    /// It divides.
    inverse: bool,
}

/// A value for a range, by its name.
pub type Drawn<'v> = &'v dyn Fn(&str, Range) -> f64;

impl Times {
    /// A factor that is known.
    pub fn by(x: f64) -> Self {
        let (low, likely, high) = (x, x, x);
        Self {
            unknown: None,
            range: Range { low, likely, high },
            inverse: false,
        }
    }

    /// What a lever's position multiplies a path by, `all` being its factors.
    pub fn of(lever: &str, path: &str, all: &BTreeMap<String, Factor>) -> Self {
        match all.get(path) {
            Some(Factor::By(x)) => Self::by(*x),
            Some(&Factor::Within { low, likely, high }) => Self {
                unknown: Some(format!("levers.{lever}.{path}")),
                range: Range { low, likely, high },
                inverse: false,
            },
            Some(Factor::Against { against }) if against != path => Self {
                inverse: true,
                ..Self::of(lever, against, all)
            },
            _ => Self::by(1.0),
        }
    }

    /// What is believed of the factor; a single value once it is drawn.
    pub fn believed(&self, drawn: Option<Drawn<'_>>) -> Range {
        let mut range = self.range;
        if let (Some(value), Some(name)) = (drawn, &self.unknown) {
            let x = value(name, range);
            (range.low, range.likely, range.high) = (x, x, x);
        }
        if self.inverse {
            (range.low, range.likely, range.high) =
                (1.0 / range.high, 1.0 / range.likely, 1.0 / range.low);
        }
        range
    }
}
