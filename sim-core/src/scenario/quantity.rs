//! Numbers with units, as a person writes them.

use super::node::Value;

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A plain number.
    Plain,
    /// A share: "35%" or 0.35.
    Share,
    /// A span of time with its unit, in hours.
    Time,
    /// Person-hours: hours or minutes only.
    Effort,
}

impl Unit {
    /// The unit's name in JSON and in lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Share => "share",
            Self::Time => "hours",
            Self::Effort => "person-hours",
        }
    }

    /// How it is written.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Plain => "3",
            Self::Share => "\"35%\" or 0.35",
            Self::Time => "\"4 hours\", \"3 days\" or \"2 weeks\"",
            Self::Effort => "\"6 hours\"",
        }
    }

    /// What stands there, in base units.
    ///
    /// # Errors
    /// What was expected.
    pub fn of(self, value: &Value) -> Result<f64, String> {
        match value {
            Value::Number(x) if matches!(self, Self::Plain | Self::Share) => {
                if x.is_finite() {
                    Ok(*x)
                } else {
                    Err(format!("{x} is not a finite number"))
                }
            }
            Value::Number(0.0) => Ok(0.0),
            Value::Number(x) => Err(format!("{x} needs a unit; write {}", self.example())),
            Value::Text(t) => self.read(t),
            other => Err(format!(
                "expected a quantity such as {}, found {}",
                self.example(),
                other.kind()
            )),
        }
    }

    /// Read a text in this unit; gives base units.
    ///
    /// # Errors
    /// What was expected.
    pub fn read(self, text: &str) -> Result<f64, String> {
        let text = text.trim();
        let cut = text
            .find(|c: char| !(c.is_ascii_digit() || "+-._eE".contains(c)))
            .unwrap_or(text.len());
        // "2e" of "2 elephants" is not a number; the unit begins where digits end.
        let (number, unit) = (text[..cut].trim().replace('_', ""), text[cut..].trim());
        let x: f64 = number
            .parse()
            .map_err(|_| format!("`{text}` is not a quantity; write {}", self.example()))?;
        if !x.is_finite() {
            return Err(format!("`{text}` is not a finite number"));
        }
        let factor = match (self, unit) {
            (Self::Plain, "") | (Self::Share, "") => 1.0,
            (Self::Share, "%") => 0.01,
            (Self::Time | Self::Effort, "min" | "minute" | "minutes") => 1.0 / 60.0,
            (Self::Time | Self::Effort, "h" | "hour" | "hours") => 1.0,
            (Self::Time, "d" | "day" | "days") => 24.0,
            (Self::Time, "w" | "week" | "weeks") => 168.0,
            (Self::Time, "month" | "months") => 168.0 * 52.0 / 12.0,
            (Self::Effort, "d" | "day" | "days" | "w" | "week" | "weeks") => {
                return Err(format!(
                    "effort is person-hours, and `{text}` leaves open how many hours a {unit} has; write hours"
                ));
            }
            (Self::Time | Self::Effort, "") => {
                return Err(format!("`{text}` needs a unit; write {}", self.example()));
            }
            _ => {
                return Err(format!(
                    "`{unit}` is not a unit here; write {}",
                    self.example()
                ));
            }
        };
        // Dividing keeps "10 minutes" and "35%" as near to their decimal as can be.
        Ok(match (self, unit) {
            (Self::Share, "%") => x / 100.0,
            (_, "min" | "minute" | "minutes") => x / 60.0,
            _ => x * factor,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_read_in_base_units() {
        for (unit, text, want) in [
            (Unit::Time, "2 weeks", 336.0),
            (Unit::Time, "1.5 days", 36.0),
            (Unit::Time, "30 minutes", 0.5),
            (Unit::Effort, "6 hours", 6.0),
            (Unit::Share, "35%", 0.35),
            (Unit::Share, "0.35", 0.35),
            (Unit::Plain, "1_000", 1000.0),
        ] {
            assert_eq!(unit.read(text), Ok(want), "{text}");
        }
        for (unit, text) in [
            (Unit::Effort, "2 days"),
            (Unit::Time, "3"),
            (Unit::Time, "soon"),
            (Unit::Plain, "3 apples"),
            (Unit::Time, ""),
        ] {
            assert!(unit.read(text).is_err(), "{text}");
        }
    }
}
