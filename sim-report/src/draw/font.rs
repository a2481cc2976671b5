//! The bundled type: measuring, wrapping, shortening, and the coverage of each glyph.

use std::sync::OnceLock;

use ab_glyph::{Font as _, FontRef, GlyphId, PxScale, point};

/// The two weights that figures use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Semibold,
}

/// The family as written into SVG: embedded as `Inter`; where a program ignores embedded fonts, one of
/// the narrower families after it keeps every text inside its place.
pub(crate) const FAMILY: &str = "Inter, Arial, Helvetica, sans-serif";

impl Weight {
    /// The file that SVG documents carry inside themselves.
    pub(crate) fn web_font(self) -> &'static [u8] {
        match self {
            Weight::Regular => include_bytes!("../../fonts/Inter-Regular-small.woff2"),
            Weight::Semibold => include_bytes!("../../fonts/Inter-SemiBold-small.woff2"),
        }
    }

    fn face(self) -> &'static FontRef<'static> {
        static REGULAR: OnceLock<FontRef<'static>> = OnceLock::new();
        static SEMIBOLD: OnceLock<FontRef<'static>> = OnceLock::new();
        let (cell, bytes): (_, &'static [u8]) = match self {
            Weight::Regular => (&REGULAR, include_bytes!("../../fonts/Inter-Regular.ttf")),
            Weight::Semibold => (&SEMIBOLD, include_bytes!("../../fonts/Inter-SemiBold.ttf")),
        };
        cell.get_or_init(|| FontRef::try_from_slice(bytes).expect("the bundled font is a font"))
    }
}

/// A weight at a size; the size is that of the em, in the unit of the result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Type {
    pub weight: Weight,
    pub size: f64,
}

impl Type {
    pub(crate) const fn new(weight: Weight, size: f64) -> Type {
        Type { weight, size }
    }

    /// Advance width of a line of text.
    pub(crate) fn width(self, text: &str) -> f64 {
        let face = self.weight.face();
        let em = f64::from(face.units_per_em().unwrap_or(2048.0));
        let units: f64 = text
            .chars()
            .map(|c| f64::from(face.h_advance_unscaled(face.glyph_id(c))))
            .sum();
        units / em * self.size
    }

    /// The text if it fits, otherwise as much of it as fits before an ellipsis; empty where not even that does.
    pub(crate) fn shorten(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut room = width - self.width("…");
        if room < 0.0 {
            return String::new();
        }
        let mut buffer = [0; 4];
        let kept: String = text
            .chars()
            .take_while(|c| {
                room -= self.width(c.encode_utf8(&mut buffer));
                room >= 0.0
            })
            .collect();
        format!("{}…", kept.trim_end())
    }

    /// The text in at most `lines` lines; what does not fit is cut at the end of the last.
    pub(crate) fn wrap(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut words = text.split_whitespace().peekable();
        while out.len() + 1 < lines && words.peek().is_some() {
            let mut line = String::new();
            while let Some(word) = words.peek() {
                let longer = if line.is_empty() {
                    (*word).to_owned()
                } else {
                    format!("{line} {word}")
                };
                if !line.is_empty() && self.width(&longer) > width {
                    break;
                }
                line = longer;
                words.next();
            }
            out.push(self.shorten(&line, width));
        }
        let rest = words.collect::<Vec<_>>().join(" ");
        if !rest.is_empty() && lines > 0 {
            out.push(self.shorten(&rest, width));
        }
        out
    }

    /// [`Type::wrap`] with lines of about equal length: no word is left alone on the last.
    pub(crate) fn wrap_evenly(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let full = self.wrap(text, width, lines);
        if full.len() < 2 || full.last().is_some_and(|l| l.ends_with('…')) {
            return full;
        }
        let (mut narrow, mut wide) = (width / full.len() as f64, width);
        for _ in 0..12 {
            let middle = (narrow + wide) / 2.0;
            let tried = self.wrap(text, middle, lines);
            let whole = tried.iter().all(|l| !l.ends_with('…'));
            if whole && tried.len() == full.len() {
                wide = middle
            } else {
                narrow = middle
            }
        }
        self.wrap(text, wide, lines)
    }

    /// Calls `pixel` with the place and the coverage (0 to 1) of every pixel of a line of text, `x` and `y`
    /// being the start of its baseline.
    pub(crate) fn rasterise(
        self,
        text: &str,
        x: f64,
        y: f64,
        mut pixel: impl FnMut(i32, i32, f32),
    ) {
        let face = self.weight.face();
        let em = face.units_per_em().unwrap_or(2048.0);
        // ab_glyph scales by the height of the line, not by the em.
        let scale = PxScale::from(self.size as f32 * face.height_unscaled() / em);
        let mut pen = x as f32;
        for c in text.chars() {
            let id: GlyphId = face.glyph_id(c);
            let glyph = id.with_scale_and_position(scale, point(pen, y as f32));
            if let Some(outline) = face.outline_glyph(glyph) {
                let corner = outline.px_bounds().min;
                outline.draw(|dx, dy, coverage| {
                    pixel(
                        corner.x as i32 + dx as i32,
                        corner.y as i32 + dy as i32,
                        coverage.clamp(0.0, 1.0),
                    );
                });
            }
            pen += face.h_advance_unscaled(id) / em * self.size as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: Type = Type::new(Weight::Regular, 10.0);

    #[test]
    fn digits_are_equally_wide() {
        for weight in [Weight::Regular, Weight::Semibold] {
            let face = Type::new(weight, 10.0);
            assert!(
                "0123456789"
                    .chars()
                    .all(|c| face.width(&c.to_string()) == face.width("0"))
            );
        }
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis_and_fits() {
        for width in [0.0, 5.0, 20.0, 60.0] {
            let short = TYPE.shorten("Infrastructure and environments", width);
            assert!(TYPE.width(&short) <= width, "{short:?} in {width}");
            assert!(short.is_empty() || short.ends_with('…'));
        }
        assert_eq!(TYPE.shorten("board", 60.0), "board");
    }

    #[test]
    fn wrapping_keeps_every_word_while_there_are_lines() {
        let text = "Changes arrive in 27 days, not 41; incidents stay the same.";
        let lines = TYPE.wrap(text, 120.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(
            lines.len() > 1 && lines.iter().all(|l| TYPE.width(l) <= 120.0),
            "{lines:?}"
        );
        let two = TYPE.wrap(text, 120.0, 2);
        assert!(two.len() == 2 && two[1].ends_with('…'), "{two:?}");
        assert!(TYPE.wrap("  ", 120.0, 2).is_empty());
        let even = TYPE.wrap_evenly(
            "one two three four five six seven eight nine ten eleven twelve",
            200.0,
            3,
        );
        let shortest = even
            .iter()
            .map(|l| TYPE.width(l))
            .fold(f64::INFINITY, f64::min);
        assert!(even.len() == 2 && shortest > 100.0, "{even:?}");
    }
}
