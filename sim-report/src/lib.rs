//! Results become [`Figure`]s: title, axes, series, notes, defined once. [`draw`] turns a figure into
//! SVG and PNG (300 dpi, embedded font) and [`table`] turns it into CSV; the window draws the same
//! value itself.

pub mod figure;

pub use figure::Figure;
