//! Axes on a page: the scale of each, its gridlines and its labels.

use super::font::{Type, Weight};
use super::scene::{Anchor, Area, Scene, Text};
use crate::figure::Axis;

pub(super) const TITLE: Type = Type::new(Weight::Semibold, 13.0);
pub(super) const SUBTITLE: Type = Type::new(Weight::Regular, 9.0);
pub(super) const LABEL: Type = Type::new(Weight::Regular, 8.0);
pub(super) const STRONG: Type = Type::new(Weight::Semibold, 8.0);
pub(super) const NOTE: Type = Type::new(Weight::Regular, 6.8);

/// From baseline to baseline of labels.
pub(super) const PITCH: f64 = 10.5;
/// From a label to what it labels.
pub(super) const GAP: f64 = 5.0;
const HAIR: f64 = 0.5;

/// Axis units to places on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    min: f64,
    max: f64,
    start: f64,
    end: f64,
}

impl Scale {
    pub(super) fn new(axis: &Axis, start: f64, end: f64) -> Scale {
        Scale {
            min: axis.min,
            max: axis.max,
            start,
            end,
        }
    }

    /// The place of a value; values off the axis stand at its end.
    pub(super) fn at(self, value: f64) -> f64 {
        let share = (value.clamp(self.min, self.max) - self.min) / (self.max - self.min);
        self.start + share * (self.end - self.start)
    }

    /// The place of a value even off the axis, as far as a page can tell.
    pub(super) fn beyond(self, value: f64) -> f64 {
        let share = ((value - self.min) / (self.max - self.min)).clamp(-1e3, 1e3);
        self.start + share * (self.end - self.start)
    }
}

/// Height that [`horizontal`] takes from the foot of its room.
pub(super) fn foot(axis: &Axis) -> f64 {
    let ticks = if axis.ticks.is_empty() { 3.0 } else { 13.0 };
    ticks
        + if axis.label.is_empty() {
            0.0
        } else {
            PITCH + 1.0
        }
}

/// The horizontal axis at the foot of a room: gridlines through it, tick labels and the axis label below.
/// Returns what is left above, and the scale.
pub(super) fn horizontal(scene: &mut Scene, room: Area, axis: &Axis) -> (Area, Scale) {
    let palette = scene.palette;
    let plot = Area {
        bottom: room.bottom - foot(axis),
        ..room
    };
    let scale = Scale::new(axis, plot.left, plot.right);
    let labels: Vec<Text> = axis
        .ticks
        .iter()
        .map(|tick| {
            let content = LABEL.shorten(&tick.label, plot.width() / 2.0);
            let half = LABEL.width(&content) / 2.0;
            let x = scale
                .at(tick.at)
                .clamp(scene.page.left + half + 2.0, scene.page.right - half - 2.0);
            Text {
                content,
                x,
                baseline: plot.bottom + 11.0,
                face: LABEL,
                anchor: Anchor::Middle,
                ink: palette.quiet,
            }
        })
        .collect();
    for tick in &axis.ticks {
        let x = scale.at(tick.at);
        scene.line(vec![(x, plot.top), (x, plot.bottom)], HAIR, palette.grid);
    }
    let spans: Vec<(f64, f64)> = labels
        .iter()
        .map(|t| (t.bounds().left, t.bounds().right))
        .collect();
    let step = thinning(&spans, 6.0);
    for text in labels.into_iter().step_by(step) {
        scene.text(text);
    }
    scene.text(Text {
        content: LABEL.shorten(&axis.label, plot.width()),
        x: plot.left,
        baseline: room.bottom - 2.0,
        face: LABEL,
        anchor: Anchor::Start,
        ink: palette.quiet,
    });
    (plot, scale)
}

/// The vertical axis at the left of a room whose foot is already free: gridlines, tick labels left of them,
/// the axis label above. Returns what is left, and the scale.
pub(super) fn vertical(scene: &mut Scene, room: Area, axis: &Axis, foot: f64) -> (Area, Scale) {
    let palette = scene.palette;
    let head = if axis.label.is_empty() {
        4.0
    } else {
        PITCH + 5.0
    };
    scene.text(Text {
        content: LABEL.shorten(&axis.label, room.width()),
        x: room.left,
        baseline: room.top + 7.0,
        face: LABEL,
        anchor: Anchor::Start,
        ink: palette.quiet,
    });
    let most = room.width() * 0.2;
    let contents: Vec<String> = axis
        .ticks
        .iter()
        .map(|t| LABEL.shorten(&t.label, most))
        .collect();
    let widest = contents.iter().map(|c| LABEL.width(c)).fold(0.0, f64::max);
    let plot = Area {
        left: room.left + widest + GAP,
        top: room.top + head,
        bottom: room.bottom - foot,
        ..room
    };
    let scale = Scale::new(axis, plot.bottom, plot.top);
    let spans: Vec<(f64, f64)> = axis
        .ticks
        .iter()
        .map(|t| scale.at(t.at))
        .map(|y| (-y - 3.0, -y + 3.0))
        .collect();
    let step = thinning(&spans, 3.0);
    for (i, (tick, content)) in axis.ticks.iter().zip(contents).enumerate() {
        let y = scale.at(tick.at);
        if i % step == 0 {
            scene.line(vec![(plot.left, y), (plot.right, y)], HAIR, palette.grid);
            scene.text(Text {
                content,
                x: plot.left - GAP,
                baseline: y + 2.9,
                face: LABEL,
                anchor: Anchor::End,
                ink: palette.quiet,
            });
        }
    }
    (plot, scale)
}

/// The smallest step at which labels that occupy these spans keep their distance.
fn thinning(spans: &[(f64, f64)], distance: f64) -> usize {
    (1..spans.len())
        .find(|&step| {
            let kept: Vec<_> = spans.iter().step_by(step).collect();
            kept.windows(2).all(|w| w[1].0 - w[0].1 >= distance)
        })
        .unwrap_or(spans.len().max(1))
}

/// Width of a column that holds these texts, wrapped if they must be, with the gap after it; at most
/// `share` of the room.
pub(super) fn gutter<'a>(
    texts: impl Iterator<Item = (&'a str, Type)>,
    room: Area,
    share: f64,
) -> f64 {
    let most = room.width() * share;
    let lines = texts.flat_map(|(text, face)| {
        face.wrap(text, most, 3)
            .into_iter()
            .map(move |l| face.width(&l))
    });
    let widest = lines.fold(0.0, f64::max);
    // The hair keeps rounding from wrapping what was measured to fit.
    if widest == 0.0 {
        0.0
    } else {
        widest + 0.1 + 2.0 * GAP
    }
}

/// How many rows of at least `least` fit, and a sentence about those that do not.
pub(super) fn rows_that_fit(rows: usize, least: f64, height: f64) -> (usize, Option<String>) {
    let fits = ((height / least).floor() as usize).max(1);
    if rows <= fits {
        return (rows, None);
    }
    let fits = (((height - PITCH) / least).floor() as usize).max(1);
    (
        fits,
        Some(format!("and {} more, in the table", rows - fits)),
    )
}

/// Puts the sentence of [`rows_that_fit`] at the foot of a room; returns the room without it.
pub(super) fn remainder(scene: &mut Scene, room: Area, sentence: Option<String>) -> Area {
    let Some(content) = sentence else { return room };
    scene.text(Text {
        content: LABEL.shorten(&content, room.width()),
        x: room.left,
        baseline: room.bottom - 2.0,
        face: LABEL,
        anchor: Anchor::Start,
        ink: scene.palette.quiet,
    });
    Area {
        bottom: room.bottom - PITCH,
        ..room
    }
}
