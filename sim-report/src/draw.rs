//! Figures into documents: SVG and PNG at 300 dpi, in a bundled font, the same bytes for the same figure.
//!
//! In SVG, text stays text: it can be searched, read aloud, translated and edited in a slide. The font
//! travels inside the file (25 kB), so browsers and vector programs show what the PNG shows. Office
//! programs ignore fonts inside a picture; they fall back to Arial, which is narrower than Inter and
//! anchored at the same places, so nothing moves and nothing overlaps. Whoever needs the exact
//! letterforms in a slide takes the PNG.

mod bars;
mod compose;
mod dots;
mod font;
mod lines;
mod paint;
mod plot;
mod scene;
mod sound;
mod stacks;
mod theme;

pub use theme::{ACCENT, BASELINE, Theme};

use crate::figure::{Figure, Marks};

/// Resolution of every PNG.
pub const DPI: u32 = 300;

/// Why a figure could not be drawn. No figure is the reason, whatever is in it.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The drawing library failed.
    #[error("the figure could not be drawn: {0}")]
    Drawing(String),
    /// The picture could not be compressed.
    #[error("the picture could not be written as PNG: {0}")]
    Encoding(String),
}

/// Size of a picture in pixels at [`DPI`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    width: u32,
    height: u32,
}

impl Size {
    /// A figure across a page: 6.7 by 4.2 inches.
    pub const PAGE: Size = Size {
        width: 2000,
        height: 1250,
    };
    /// A figure that fills a wide slide: 8 by 4.5 inches.
    pub const SLIDE: Size = Size {
        width: 2400,
        height: 1350,
    };

    /// A size in pixels, brought into 900 to 4000 by 700 to 4000: smaller has no room for a title and an
    /// axis, larger no use.
    pub fn new(width: u32, height: u32) -> Size {
        Size {
            width: width.clamp(900, 4000),
            height: height.clamp(700, 4000),
        }
    }

    /// As wide as a page and as high as the figure needs.
    pub fn fitting(figure: &Figure) -> Size {
        let rows = figure.series.len().clamp(1, 8) as u32;
        let body = match figure.series.first().map(|s| &s.marks) {
            Some(Marks::Dots { .. }) => rows * 330,
            Some(Marks::Stack { .. }) => rows * 350,
            Some(Marks::Bars { bars }) => bars.len().clamp(4, 40) as u32 * (rows * 50 + 25),
            Some(Marks::Line { .. }) | None => 700,
        };
        Size::new(Size::PAGE.width, 500 + body)
    }

    /// Pixels across.
    pub fn width(self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(self) -> u32 {
        self.height
    }
}

/// The figure as an SVG document: its title and subtitle are also the title and description that a screen
/// reader speaks.
pub fn svg(figure: &Figure, size: Size, theme: Theme) -> Result<String, DrawError> {
    let figure = sound::figure(figure);
    paint::svg(
        &compose::scene(&figure, size, theme),
        &figure.title,
        &figure.subtitle,
    )
}

/// The figure as a PNG file that says it has [`DPI`] dots an inch.
pub fn png(figure: &Figure, size: Size, theme: Theme) -> Result<Vec<u8>, DrawError> {
    paint::png(&compose::scene(&sound::figure(figure), size, theme), size)
}
