//! Bars cut into parts, each part named inside itself or just below, small ones together as "other".

use super::compose::nothing;
use super::plot::{self, GAP, LABEL, PITCH, STRONG, Scale};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use crate::figure::{Axis, Marks, Series};
use crate::number;

/// A part shorter than this share of the axis, in every bar, is not worth a label of its own.
const SMALL: f64 = 0.02;
const HIGHEST_BAR: f64 = 3.0 * PITCH + 4.0;
const LEAST_BAR: f64 = 11.0;
const BETWEEN_BARS: f64 = 8.0;
/// Most lines of names below a bar.
const LEVELS: usize = 3;
/// From a bar to the first of them.
const DROP: f64 = 5.0;
/// Shares of white in the colour of successive parts; text on each keeps its contrast.
pub(super) const SHADES: [f64; 5] = [0.0, 0.7, 0.4, 0.85, 0.55];
const OTHER: &str = "other";

struct Bar<'a> {
    name: &'a str,
    ink: Ink,
    text_ink: Ink,
    pieces: Vec<Piece<'a>>,
}

#[derive(Clone, PartialEq)]
struct Piece<'a> {
    id: &'a str,
    label: &'a str,
    value: f64,
}

/// A piece with its two ends on the page.
struct Span<'a> {
    piece: Piece<'a>,
    left: f64,
    right: f64,
}

/// A name below a bar: the middle of its part, where the name starts and ends, on which line.
struct Below {
    from: f64,
    left: f64,
    right: f64,
    level: usize,
    content: String,
}

/// What all bars of a figure have in common.
struct Frame<'a> {
    axis: &'a Axis,
    scale: Scale,
    /// Names stay between its left and right.
    limits: Area,
    /// Height of a bar.
    thick: f64,
    /// Lines of names below a bar.
    levels: usize,
}

pub(super) fn draw(scene: &mut Scene, room: Area, axis: &Axis, series: &[&Series]) {
    let height = room.height() - plot::foot(axis);
    let least = LEAST_BAR + DROP + PITCH + BETWEEN_BARS;
    let (shown, more) = plot::rows_that_fit(series.len(), least, height + BETWEEN_BARS);
    let bars: Vec<Bar> = series[..shown].iter().map(|s| bar(scene, s)).collect();
    let room = plot::remainder(scene, room, more);
    let names = plot::gutter(bars.iter().map(|b| (b.name, STRONG)), room, 0.22);
    let totals = bars
        .iter()
        .map(|b| STRONG.width(&total(b, axis)))
        .fold(0.0, f64::max);
    let plot_room = Area {
        left: room.left + names,
        right: room.right - totals - GAP,
        ..room
    };
    let (area, scale) = plot::horizontal(scene, plot_room, axis);
    if bars.iter().all(|b| b.pieces.is_empty()) {
        return nothing(scene, area);
    }
    let pitch = (area.height() + BETWEEN_BARS) / bars.len() as f64;
    let row = pitch - BETWEEN_BARS;
    let levels = (((row - 2.2 * PITCH - DROP) / PITCH).max(1.0) as usize).min(LEVELS);
    let thick = (row - DROP - levels as f64 * PITCH).clamp(LEAST_BAR, HIGHEST_BAR);
    let limits = Area {
        right: room.right,
        ..area
    };
    let frame = Frame {
        axis,
        scale,
        limits,
        thick,
        levels,
    };
    let order = order(&bars);
    for (i, (bar, pieces)) in bars.iter().zip(labelled(&bars, &frame)).enumerate() {
        // Bars stand in the middle of what their row leaves them.
        let slack = (row - DROP - levels as f64 * PITCH - thick).max(0.0) / 2.0;
        let top = area.top + i as f64 * pitch + slack;
        let place = Area {
            top,
            bottom: top + thick,
            ..area
        };
        name(
            scene,
            bar,
            Area {
                left: room.left,
                right: room.left + names - 2.0 * GAP,
                ..place
            },
        );
        parts(scene, bar, &spans(&pieces, scale), place, &order, &frame);
    }
}

fn name(scene: &mut Scene, bar: &Bar, place: Area) {
    let lines = STRONG.wrap(
        bar.name,
        place.width() + 0.2,
        ((place.height() / PITCH) as usize).clamp(1, 3),
    );
    let first =
        (place.top + place.bottom) / 2.0 + 2.9 - lines.len().saturating_sub(1) as f64 * PITCH / 2.0;
    for (i, content) in lines.into_iter().enumerate() {
        let (x, baseline, ink) = (place.left, first + i as f64 * PITCH, bar.text_ink);
        scene.text(Text {
            content,
            x,
            baseline,
            face: STRONG,
            anchor: Anchor::Start,
            ink,
        });
    }
}

fn parts(scene: &mut Scene, bar: &Bar, spans: &[Span], place: Area, order: &[&str], frame: &Frame) {
    let end = spans.last().map_or(place.left, |s| s.right);
    for span in spans {
        let ink = bar.ink.tint(shade(
            order
                .iter()
                .position(|id| *id == span.piece.id)
                .unwrap_or(order.len()),
        ));
        // A white hair between neighbours, not after the last.
        let right = if span.right < end {
            (span.right - 0.7).max(span.left + 0.2)
        } else {
            span.right
        };
        scene.fill(
            Area {
                left: span.left,
                right,
                ..place
            },
            ink,
        );
        inside(scene, span, place, frame, ink);
    }
    for name in below(spans, frame).unwrap_or_default() {
        let baseline = place.bottom + DROP + 6.0 + name.level as f64 * PITCH;
        scene.line(
            vec![(name.from, place.bottom + 0.8), (name.from, baseline - 6.8)],
            0.5,
            scene.palette.quiet,
        );
        let (x, ink) = (name.left, scene.palette.ink);
        scene.text_on_paper(Text {
            content: name.content,
            x,
            baseline,
            face: LABEL,
            anchor: Anchor::Start,
            ink,
        });
    }
    scene.text_on_paper(Text {
        content: total(bar, frame.axis),
        x: end + GAP - 1.0,
        baseline: (place.top + place.bottom) / 2.0 + 2.9,
        face: STRONG,
        anchor: Anchor::Start,
        ink: bar.text_ink,
    });
}

fn bar<'a>(scene: &Scene, series: &'a Series) -> Bar<'a> {
    let parts = match &series.marks {
        Marks::Stack { parts } => parts.as_slice(),
        _ => &[],
    };
    let pieces = parts
        .iter()
        .filter(|p| p.value.is_finite() && p.value > 0.0)
        .map(|p| Piece {
            id: &p.id,
            label: &p.label,
            value: p.value,
        })
        .collect();
    let (ink, text_ink) = (
        scene.palette.parts(series.role),
        scene.palette.role_text(series.role),
    );
    Bar {
        name: &series.name,
        ink,
        text_ink,
        pieces,
    }
}

fn total(bar: &Bar, axis: &Axis) -> String {
    let sum: f64 = bar.pieces.iter().map(|p| p.value).sum();
    if bar.pieces.is_empty() {
        String::new()
    } else {
        number::on_axis(sum, axis)
    }
}

/// Every id, in the order in which they first come: a part has the same shade in every bar.
fn order<'a>(bars: &[Bar<'a>]) -> Vec<&'a str> {
    let mut order = Vec::new();
    for piece in bars.iter().flat_map(|b| &b.pieces) {
        if !order.contains(&piece.id) {
            order.push(piece.id);
        }
    }
    order
}

/// Share of white; neighbours differ, and no shade means more than another.
fn shade(place: usize) -> f64 {
    SHADES[place % SHADES.len()]
}

/// The pieces of every bar, small ones merged, and then as many more as it takes until every name has a place.
fn labelled<'a>(bars: &[Bar<'a>], frame: &Frame) -> Vec<Vec<Piece<'a>>> {
    let largest = |id: &str| {
        let sizes = bars
            .iter()
            .flat_map(|b| &b.pieces)
            .filter(|p| p.id == id)
            .map(|p| p.value);
        sizes.fold(0.0, f64::max)
    };
    let mut by_size = order(bars);
    by_size.sort_by(|a, b| largest(a).total_cmp(&largest(b)));
    let least = SMALL * (frame.axis.max - frame.axis.min);
    let small = by_size.iter().take_while(|id| largest(id) < least).count();
    // One small part alone gains nothing from another name.
    let mut merged = if small == 1 { 0 } else { small };
    loop {
        let all: Vec<Vec<Piece>> = bars
            .iter()
            .map(|b| merge(&b.pieces, &by_size[..merged]))
            .collect();
        let placed = all
            .iter()
            .all(|pieces| below(&spans(pieces, frame.scale), frame).is_some());
        if placed || merged >= by_size.len() {
            return all;
        }
        merged = (merged + 1)
            .clamp(2, by_size.len().max(2))
            .min(by_size.len());
    }
}

fn merge<'a>(pieces: &[Piece<'a>], together: &[&str]) -> Vec<Piece<'a>> {
    let (gone, mut kept): (Vec<_>, Vec<_>) = pieces
        .iter()
        .cloned()
        .partition(|p| together.contains(&p.id));
    let value: f64 = gone.iter().map(|p| p.value).sum();
    if value > 0.0 {
        let label = if kept.is_empty() { "all parts" } else { OTHER };
        kept.push(Piece {
            id: OTHER,
            label,
            value,
        });
    }
    kept
}

fn spans<'a>(pieces: &[Piece<'a>], scale: Scale) -> Vec<Span<'a>> {
    let mut sum = 0.0;
    pieces
        .iter()
        .map(|piece| {
            let left = scale.at(sum);
            sum += piece.value;
            Span {
                piece: piece.clone(),
                left,
                right: scale.at(sum),
            }
        })
        .collect()
}

/// Name and number on as many lines as the bar is thick, if they fit inside the part; `true` where a line is
/// to stand out.
fn inner(span: &Span, frame: &Frame) -> Option<Vec<(String, bool)>> {
    let (label, value) = (
        span.piece.label,
        number::on_axis(span.piece.value, frame.axis),
    );
    let room = span.right - span.left - 5.0;
    let lines = ((frame.thick - 1.0) / PITCH) as usize;
    if lines < 2 {
        let line = format!("{label} {value}");
        return (LABEL.width(&line) <= room).then(|| vec![(line, false)]);
    }
    let mut text: Vec<(String, bool)> = LABEL
        .wrap_evenly(label, room, lines - 1)
        .into_iter()
        .map(|line| (line, false))
        .collect();
    let whole = text
        .iter()
        .map(|(line, _)| line.as_str())
        .collect::<Vec<_>>()
        .join(" ")
        == label;
    text.push((value, true));
    (whole && text.iter().all(|(line, _)| STRONG.width(line) <= room)).then_some(text)
}

fn inside(scene: &mut Scene, span: &Span, place: Area, frame: &Frame, fill: Ink) {
    let lines = inner(span, frame).unwrap_or_default();
    let first =
        (place.top + place.bottom) / 2.0 + 2.9 - lines.len().saturating_sub(1) as f64 * PITCH / 2.0;
    for (i, (content, strong)) in lines.into_iter().enumerate() {
        scene.text(Text {
            content,
            x: (span.left + span.right) / 2.0,
            baseline: first + i as f64 * PITCH,
            face: if strong { STRONG } else { LABEL },
            anchor: Anchor::Middle,
            ink: scene.palette.on(fill),
        });
    }
}

/// Places for the names that do not fit inside, on lines below the bar; `None` where one finds no place.
///
/// A name starts at its leader. Going from right to left, each takes the highest free line, so that of
/// neighbours the left one hangs lower and no leader crosses a name.
fn below(spans: &[Span], frame: &Frame) -> Option<Vec<Below>> {
    let mut placed: Vec<Below> = Vec::new();
    for span in spans.iter().rev().filter(|s| inner(s, frame).is_none()) {
        let whole = format!(
            "{} {}",
            span.piece.label,
            number::on_axis(span.piece.value, frame.axis)
        );
        let content = LABEL.shorten(&whole, frame.limits.width());
        let width = LABEL.width(&content);
        let from = (span.left + span.right) / 2.0;
        let left = (from - 0.5)
            .min(frame.limits.right - width)
            .max(frame.limits.left);
        let name = (0..frame.levels)
            .map(|level| Below {
                from,
                left,
                right: left + width,
                level,
                content: content.clone(),
            })
            .find(|name| placed.iter().all(|other| !name.disturbs(other)))?;
        placed.push(name);
    }
    Some(placed)
}

impl Below {
    fn disturbs(&self, other: &Below) -> bool {
        let (upper, lower) = if self.level < other.level {
            (self, other)
        } else {
            (other, self)
        };
        if upper.level == lower.level {
            return self.left < other.right + 8.0 && other.left < self.right + 8.0;
        }
        // The leader of the lower name passes the line of the upper one.
        lower.from > upper.left - 2.5 && lower.from < upper.right + 2.5
    }
}
