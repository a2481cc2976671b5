//! What a chart says, before anything draws it. The window and the files draw the same value.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One chart: a sentence for a title, axes, series, notes. Drawn by the window from this value and
/// by [`crate::draw`] into files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// Stable name: `lead-time`, `incidents`, `where-time-goes`, `utilisation`, `wip`.
    pub id: String,
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn and how to read it ("each dot is 2 of 100 changes").
    pub subtitle: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis; `None` where the height carries no number (dot plots, single bars).
    pub y: Option<Axis>,
    /// What is drawn, baseline first; all with one kind of marks.
    pub series: Vec<Series>,
    /// The footer: study, seed, version, replications, assumptions.
    pub notes: Vec<String>,
}

/// A linear axis with round ticks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Axis {
    /// What is measured, with its unit in words: "days from request to production".
    pub label: String,
    /// Left or lower end.
    pub min: f64,
    /// Right or upper end; greater than `min`.
    pub max: f64,
    /// Where gridlines stand, ascending, inside `min..=max`.
    pub ticks: Vec<Tick>,
}

/// One gridline of an [`Axis`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Tick {
    /// Position in axis units.
    pub at: f64,
    /// Printed text.
    pub label: String,
}

/// Whose numbers a series shows; this alone decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// The baseline: grey on every screen and page.
    Baseline,
    /// The what-if: the one accent.
    WhatIf,
}

/// One variant's part of a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Series {
    /// Direct label ("Baseline", "No board").
    pub name: String,
    /// Colour.
    pub role: Role,
    /// The marks.
    pub marks: Marks,
}

/// How a series is drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Marks {
    /// A quantile dot plot: fifty values in axis units, ascending, stacked where they fall in one
    /// column; `mark` is the headline value to label (the 85th percentile), if any.
    #[serde(rename_all = "camelCase")]
    Dots {
        /// Quantiles at (i + ½)/50.
        values: Vec<f64>,
        /// The headline value.
        mark: Option<Mark>,
    },
    /// One horizontal bar cut into parts that add up.
    #[serde(rename_all = "camelCase")]
    Stack {
        /// Left to right.
        parts: Vec<Part>,
    },
    /// One bar for each label, sharing the labels across series.
    #[serde(rename_all = "camelCase")]
    Bars {
        /// Top to bottom.
        bars: Vec<Part>,
    },
    /// A line through points in axis units, x ascending.
    #[serde(rename_all = "camelCase")]
    Line {
        /// The points.
        points: Vec<Point>,
    },
}

/// A labelled value on the x axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// Position.
    pub at: f64,
    /// Printed text: "85 of 100 within 41 days".
    pub label: String,
}

/// A labelled length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Stable name, shared between series ("waiting-board").
    pub id: String,
    /// Direct label ("board").
    pub label: String,
    /// Length in axis units.
    pub value: f64,
}

/// A point in axis units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// Horizontal.
    pub x: f64,
    /// Vertical.
    pub y: f64,
}
