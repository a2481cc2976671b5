//! Bars cut into parts, each part named inside itself or just below, small ones together as "other".

use super::compose::nothing;
use super::plot::{self, GAP, LABEL, PITCH, STRONG, Scale};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use crate::figure::{Axis, Marks, Series};
use crate::number;

/// A part shorter than this share of the axis, in every bar, is not worth a label of its own.
const SMALL: f64 = 0.02;
const HIGHEST_BAR: f64 = 27.0;
const LEAST_BAR: f64 = 11.0;
const BETWEEN_BARS: f64 = 8.0;
/// Lines of names below a bar.
const LEVELS: usize = 2;
const BELOW: f64 = LEVELS as f64 * PITCH + 5.0;
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

/// A name below a bar: where its part has its middle, where the name starts, on which line.
struct Below {
    from: f64,
    left: f64,
    level: usize,
    content: String,
}

pub(super) fn draw(scene: &mut Scene, room: Area, axis: &Axis, series: &[&Series]) {
    let height = room.height() - plot::foot(axis);
    let least = LEAST_BAR + BELOW + BETWEEN_BARS;
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
    let thick = (pitch - BETWEEN_BARS - BELOW).clamp(LEAST_BAR, HIGHEST_BAR);
    let order = order(&bars);
    let limits = Area {
        left: area.left,
        right: room.right,
        ..area
    };
    for (i, (bar, pieces)) in bars
        .iter()
        .zip(labelled(&bars, scale, axis, limits, thick))
        .enumerate()
    {
        // Bars stand in the middle of what their row leaves them.
        let slack = (pitch - BETWEEN_BARS - BELOW - thick).max(0.0) / 2.0;
        let top = area.top + i as f64 * pitch + slack;
        let place = Area {
            top,
            bottom: top + thick,
            ..area
        };
        let name = STRONG.wrap(
            bar.name,
            names - 2.0 * GAP,
            if thick >= 2.0 * PITCH { 2 } else { 1 },
        );
        let first = (place.top + place.bottom) / 2.0 + 2.9
            - (name.len().saturating_sub(1)) as f64 * PITCH / 2.0;
        for (line, content) in name.into_iter().enumerate() {
            let baseline = first + line as f64 * PITCH;
            let (x, ink) = (room.left, bar.text_ink);
            scene.text(Text {
                content,
                x,
                baseline,
                face: STRONG,
                anchor: Anchor::Start,
                ink,
            });
        }
        row(scene, bar, &pieces, place, axis, &order, limits, scale);
    }
}

#[allow(clippy::too_many_arguments)]
fn row(
    scene: &mut Scene,
    bar: &Bar,
    pieces: &[Piece],
    place: Area,
    axis: &Axis,
    order: &[&str],
    limits: Area,
    scale: Scale,
) {
    let spans = spans(pieces, scale);
    let end = spans.last().map_or(place.left, |s| s.right);
    for span in &spans {
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
        inside(scene, span, place, axis, ink);
    }
    for name in below(&spans, axis, limits, place.height()).unwrap_or_default() {
        let baseline = place.bottom + 4.0 + 7.0 + name.level as f64 * PITCH;
        scene.line(
            vec![(name.from, place.bottom + 1.0), (name.from, baseline - 7.0)],
            0.5,
            scene.palette.ground,
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
        content: total(bar, axis),
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
        scene.palette.role(series.role),
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
    [0.0, 0.6, 0.2, 0.75, 0.4][place % 5]
}

/// The pieces of every bar, small ones merged, and then as many more as it takes until every name has a place.
fn labelled<'a>(
    bars: &[Bar<'a>],
    scale: Scale,
    axis: &Axis,
    limits: Area,
    thick: f64,
) -> Vec<Vec<Piece<'a>>> {
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
    let small = by_size
        .iter()
        .take_while(|id| largest(id) < SMALL * (axis.max - axis.min))
        .count();
    // One small part alone gains nothing from another name.
    let mut merged = if small == 1 { 0 } else { small };
    loop {
        let all: Vec<Vec<Piece>> = bars
            .iter()
            .map(|b| merge(&b.pieces, &by_size[..merged]))
            .collect();
        let placed = all
            .iter()
            .all(|pieces| below(&spans(pieces, scale), axis, limits, thick).is_some());
        if placed || merged >= by_size.len() {
            return all;
        }
        merged += if merged == 0 { 2 } else { 1 };
        merged = merged.min(by_size.len());
    }
}

fn merge<'a>(pieces: &[Piece<'a>], together: &[&str]) -> Vec<Piece<'a>> {
    let (gone, mut kept): (Vec<_>, Vec<_>) = pieces
        .iter()
        .cloned()
        .partition(|p| together.contains(&p.id));
    let value: f64 = gone.iter().map(|p| p.value).sum();
    if value > 0.0 {
        kept.push(Piece {
            id: OTHER,
            label: OTHER,
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

/// Name and number, if both fit inside the part: two lines in a thick bar, one in a thin one.
fn inner(span: &Span, axis: &Axis, thick: f64) -> Option<Vec<(String, bool)>> {
    let (label, value) = (
        span.piece.label.to_owned(),
        number::on_axis(span.piece.value, axis),
    );
    let room = span.right - span.left - 6.0;
    if thick >= 2.0 * PITCH + 1.0 {
        let fits = LABEL.width(&label).max(STRONG.width(&value)) <= room;
        return fits.then(|| vec![(label, false), (value, true)]);
    }
    let line = format!("{label} {value}");
    (LABEL.width(&line) <= room).then(|| vec![(line, false)])
}

fn inside(scene: &mut Scene, span: &Span, place: Area, axis: &Axis, fill: Ink) {
    let lines = inner(span, axis, place.height()).unwrap_or_default();
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

/// Places for the names that do not fit inside, on [`LEVELS`] lines below the bar; `None` where one finds no
/// place. A name stays over its leader, and no leader crosses a name on a line above.
fn below(spans: &[Span], axis: &Axis, limits: Area, thick: f64) -> Option<Vec<Below>> {
    let mut ends = [f64::NEG_INFINITY; LEVELS];
    let mut placed: Vec<Below> = Vec::new();
    for span in spans.iter().filter(|s| inner(s, axis, thick).is_none()) {
        let whole = format!(
            "{} {}",
            span.piece.label,
            number::on_axis(span.piece.value, axis)
        );
        let content = LABEL.shorten(&whole, limits.width());
        let width = LABEL.width(&content);
        let from = (span.left + span.right) / 2.0;
        let wished =
            (from - width / 2.0).clamp(limits.left, (limits.right - width).max(limits.left));
        let level = (0..LEVELS).find(|&level| {
            let left = wished.max(ends[level] + 8.0);
            left <= from
                && left + width <= limits.right + 0.1
                && ends[..level].iter().all(|end| *end + 3.0 < from)
        })?;
        let left = wished.max(ends[level] + 8.0);
        // A name placed later on an upper line must not hide this leader either.
        for end in &mut ends[..level] {
            *end = end.max(from);
        }
        ends[level] = left + width;
        placed.push(Below {
            from,
            left,
            level,
            content,
        });
    }
    Some(placed)
}
