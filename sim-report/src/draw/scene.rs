//! A drawing whose every place is known: lines, rectangles, dots and texts, in points (1/72 inch) from the
//! upper left corner.

use super::font::Type;
use super::theme::Palette;

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    /// This colour with a share of white in it.
    pub(crate) fn tint(self, white: f64) -> Ink {
        let mix = |c: u8| (f64::from(c) + (255.0 - f64::from(c)) * white).round() as u8;
        Ink(mix(self.0), mix(self.1), mix(self.2))
    }

    /// Contrast ratio to another colour (WCAG 2.2).
    pub(crate) fn contrast(self, other: Ink) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// Which part of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// One line of text on its baseline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub content: String,
    pub x: f64,
    pub baseline: f64,
    pub face: Type,
    pub anchor: Anchor,
    pub ink: Ink,
}

impl Text {
    /// Where the text starts.
    pub(crate) fn left(&self) -> f64 {
        let width = self.face.width(&self.content);
        match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        }
    }

    /// The room it takes, from the top of its capitals to the foot of its descenders.
    pub(crate) fn bounds(&self) -> Area {
        let left = self.left();
        Area {
            left,
            top: self.baseline - CAP_HEIGHT * self.face.size,
            right: left + self.face.width(&self.content),
            bottom: self.baseline + DESCENT * self.face.size,
        }
    }
}

/// Height of Inter's capitals and figures, in ems.
pub(crate) const CAP_HEIGHT: f64 = 0.728;
/// Depth of Inter's descenders, in ems.
pub(crate) const DESCENT: f64 = 0.21;

/// One thing to draw; later things lie over earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    Fill {
        area: Area,
        ink: Ink,
    },
    Line {
        points: Vec<(f64, f64)>,
        width: f64,
        ink: Ink,
    },
    Dot {
        x: f64,
        y: f64,
        radius: f64,
        ink: Ink,
    },
    Text(Text),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn inset(self, by: f64) -> Area {
        Area {
            left: self.left + by,
            top: self.top + by,
            right: self.right - by,
            bottom: self.bottom - by,
        }
    }

    #[cfg(test)]
    pub(crate) fn overlaps(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Everything on one page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    pub page: Area,
    pub palette: Palette,
    pub items: Vec<Item>,
}

impl Scene {
    pub(crate) fn new(width: f64, height: f64, palette: Palette) -> Scene {
        Scene {
            page: Area {
                left: 0.0,
                top: 0.0,
                right: width,
                bottom: height,
            },
            palette,
            items: Vec::new(),
        }
    }

    pub(crate) fn fill(&mut self, area: Area, ink: Ink) {
        if area.width() > 0.0 && area.height() > 0.0 {
            self.items.push(Item::Fill { area, ink });
        }
    }

    pub(crate) fn line(&mut self, points: Vec<(f64, f64)>, width: f64, ink: Ink) {
        self.items.push(Item::Line { points, width, ink });
    }

    pub(crate) fn dot(&mut self, x: f64, y: f64, radius: f64, ink: Ink) {
        self.items.push(Item::Dot { x, y, radius, ink });
    }

    pub(crate) fn text(&mut self, text: Text) {
        if !text.content.is_empty() {
            self.items.push(Item::Text(text));
        }
    }

    /// A text that stays legible over gridlines: the background is laid under it first.
    pub(crate) fn text_on_paper(&mut self, text: Text) {
        if !text.content.is_empty() {
            let room = text.bounds().inset(-1.5);
            self.fill(room, self.palette.paper);
            self.text(text);
        }
    }

    /// A vertical line in dashes.
    pub(crate) fn dashed(&mut self, x: f64, top: f64, bottom: f64, width: f64, ink: Ink) {
        let mut y = top;
        while y < bottom {
            self.line(vec![(x, y), (x, (y + 2.0).min(bottom))], width, ink);
            y += 4.0;
        }
    }
}
