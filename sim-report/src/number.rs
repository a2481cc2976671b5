//! Numbers as a figure prints them: two or three significant digits, never more than a reader can use.

use crate::figure::Axis;

/// A number in the words of an axis: scaled and suffixed as its ticks are, so a share drawn against
/// "50%" reads "94%" and not "0.94".
pub fn on_axis(value: f64, axis: &Axis) -> String {
    let spoken = axis
        .ticks
        .iter()
        .filter(|tick| tick.at.is_finite() && tick.at != 0.0)
        .max_by(|a, b| a.at.abs().total_cmp(&b.at.abs()))
        .and_then(|tick| {
            let (number, suffix) = split(&tick.label)?;
            (number != 0.0).then(|| (number / tick.at, suffix))
        });
    match spoken {
        Some((ratio, suffix)) => format!("{}{suffix}", plain(value * ratio)),
        None => plain(value),
    }
}

/// A number alone: `1,240`, `41`, `9.3`, `0.58`, `−3`, `2.0e18`. Zero decimals are dropped.
pub fn plain(value: f64) -> String {
    if !value.is_finite() {
        return "no number".to_owned();
    }
    let size = value.abs();
    let text = if size == 0.0 {
        "0".to_owned()
    } else if !(1e-4..1e15).contains(&size) {
        format!("{size:.1e}")
    } else if size >= 9.95 {
        thousands(&format!("{size:.0}"))
    } else if size >= 0.995 {
        drop_zeros(format!("{size:.1}"))
    } else {
        // Two significant digits: 0.58, 0.058.
        drop_zeros(format!("{size:.*}", leading_zeros(size) + 2))
    };
    sign(value) + &text
}

/// A number with a fixed count of decimals, for the ticks of one axis.
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    // "−0" helps nobody.
    let zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let dot = if fraction.is_empty() { "" } else { "." };
    let sign = if zero { String::new() } else { sign(value) };
    format!("{sign}{}{dot}{fraction}", thousands(whole))
}

/// A number with its power of ten, for ticks too large or too small to write out.
pub(crate) fn plain_exponent(value: f64) -> String {
    sign(value) + &format!("{:.3e}", value.abs())
}

fn sign(value: f64) -> String {
    if value < 0.0 {
        "\u{2212}".to_owned()
    } else {
        String::new()
    }
}

fn leading_zeros(size: f64) -> usize {
    let mut zeros = 0;
    let mut scaled = size;
    while scaled < 0.0995 && zeros < 8 {
        scaled *= 10.0;
        zeros += 1;
    }
    zeros
}

fn drop_zeros(text: String) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn thousands(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `"1,200 h"` to `(1200.0, " h")`; `None` where the label does not start with a number or says much
/// more than one.
fn split(label: &str) -> Option<(f64, &str)> {
    let end = label
        .char_indices()
        .find(|&(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '\u{2212}')))
        .map_or(label.len(), |(i, _)| i);
    let (number, suffix) = label.split_at(end);
    let number = number
        .replace(',', "")
        .replace('\u{2212}', "-")
        .parse::<f64>()
        .ok()?;
    (number.is_finite() && suffix.chars().count() <= 3).then_some((number, suffix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Tick;

    #[test]
    fn a_number_has_no_more_digits_than_a_reader_can_use() {
        for (value, text) in [
            (0.0, "0"),
            (41.3, "41"),
            (9.0, "9"),
            (9.27, "9.3"),
            (9.96, "10"),
            (0.58, "0.58"),
            (0.996, "1"),
            (0.0581, "0.058"),
            (1240.4, "1,240"),
            (1_234_567.0, "1,234,567"),
            (-3.0, "\u{2212}3"),
            (2e18, "2.0e18"),
            (f64::NAN, "no number"),
        ] {
            assert_eq!(plain(value), text, "{value}");
        }
    }

    #[test]
    fn a_value_is_printed_the_way_the_ticks_of_its_axis_are() {
        let axis = |at: f64, label: &str| Axis {
            label: String::new(),
            min: 0.0,
            max: 1.0,
            ticks: vec![
                Tick {
                    at: 0.0,
                    label: "0".into(),
                },
                Tick {
                    at,
                    label: label.into(),
                },
            ],
        };
        assert_eq!(on_axis(0.94, &axis(0.5, "50%")), "94%");
        assert_eq!(on_axis(9.3, &axis(10.0, "10 d")), "9.3 d");
        assert_eq!(on_axis(9.3, &axis(10.0, "May")), "9.3");
    }
}
