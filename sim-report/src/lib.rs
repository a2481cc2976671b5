//! Results become [`Figure`]s in [`figures`]: title, axes, series, notes, defined once. [`draw`] turns a figure into
//! SVG and PNG (300 dpi, embedded font) and [`table`] turns it into CSV, [`sheets`] a summary's groups and weeks; the window draws the same
//! value itself.
//!
//! Drawing goes in three steps. `draw::compose` makes a figure sound (no value that is not a number, no
//! axis without length) and lays it out, in points, as a `draw::scene` of lines, rectangles, dots and
//! texts whose places are known exactly; that is where overlaps are avoided and tested. `draw::paint`
//! hands the scene to plotters and is the only place that knows plotters.

pub mod axis;
pub mod draw;
pub mod figure;
pub mod figures;
pub mod number;
pub mod sheets;
pub mod table;
pub mod words;

pub use figure::Figure;
