//! Quantile dot plots: one row a series on a shared axis, the dots stacked where they fall in one column.

use super::compose::nothing;
use super::plot::{self, GAP, LABEL, PITCH, STRONG, Scale};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use crate::figure::{Axis, Mark, Marks, Role, Series};

/// A row needs this much to be read.
const LEAST_ROW: f64 = 34.0;
const BETWEEN_ROWS: f64 = 9.0;
/// Dots larger than this look like bubbles, which have another meaning.
const LARGEST_DOT: f64 = 11.0;
const SMALLEST_DOT: f64 = 5.0;

struct Row<'a> {
    name: &'a str,
    role: Role,
    ink: Ink,
    text_ink: Ink,
    /// Finite values.
    values: Vec<f64>,
    mark: Option<&'a Mark>,
    /// What the row says under its name about values that have no place.
    asides: Vec<String>,
}

pub(super) fn draw(scene: &mut Scene, room: Area, axis: &Axis, series: &[&Series]) {
    let height = room.height() - plot::foot(axis);
    let (shown, more) = plot::rows_that_fit(
        series.len(),
        LEAST_ROW + BETWEEN_ROWS,
        height + BETWEEN_ROWS,
    );
    let rows: Vec<Row> = series[..shown]
        .iter()
        .map(|s| row(scene, axis, s))
        .collect();
    let room = plot::remainder(scene, room, more);
    let texts = rows.iter().flat_map(|r| {
        std::iter::once((r.name, STRONG)).chain(r.asides.iter().map(|a| (a.as_str(), LABEL)))
    });
    let gutter = plot::gutter(texts, room, 0.26);
    let (area, scale) = plot::horizontal(
        scene,
        Area {
            left: room.left + gutter,
            ..room
        },
        axis,
    );
    if rows.iter().all(|r| r.values.is_empty() && r.mark.is_none()) {
        return nothing(scene, area);
    }
    let pitch = (area.height() + BETWEEN_ROWS) / rows.len() as f64;
    let strip = if rows
        .iter()
        .any(|r| r.mark.is_some_and(|m| !m.label.is_empty()))
    {
        PITCH + 3.0
    } else {
        2.0
    };
    let places: Vec<Area> = (0..rows.len())
        .map(|i| {
            let top = area.top + i as f64 * pitch;
            Area {
                top,
                bottom: top + pitch - BETWEEN_ROWS,
                ..area
            }
        })
        .collect();
    let stacks = Stacks::fitting(&rows, scale, area, pitch - BETWEEN_ROWS - strip);
    for (row, place) in rows.iter().zip(&places) {
        guide(scene, row, *place, area.bottom, scale);
    }
    for (row, place) in rows.iter().zip(&places) {
        name(
            scene,
            row,
            Area {
                left: room.left,
                right: area.left - 2.0 * GAP,
                ..*place
            },
        );
        scene.line(
            vec![(area.left, place.bottom), (area.right, place.bottom)],
            0.75,
            scene.palette.ground,
        );
        headline(scene, row, *place, scale);
        stacks.draw(scene, row, place.bottom, scale);
    }
}

fn row<'a>(scene: &Scene, axis: &Axis, series: &'a Series) -> Row<'a> {
    let (all, mark) = match &series.marks {
        Marks::Dots { values, mark } => (values.as_slice(), mark.as_ref()),
        _ => (&[][..], None),
    };
    let values: Vec<f64> = all.iter().copied().filter(|v| v.is_finite()).collect();
    let mut asides = Vec::new();
    let over = values.iter().filter(|v| **v > axis.max).count();
    let under = values.iter().filter(|v| **v < axis.min).count();
    if over > 0 {
        asides.push(format!("{over} dots beyond"));
    }
    if under > 0 {
        asides.push(format!("{under} dots below"));
    }
    if values.len() < all.len() {
        asides.push(format!("{} not numbers", all.len() - values.len()));
    }
    Row {
        name: &series.name,
        role: series.role,
        ink: scene.palette.role(series.role),
        text_ink: scene.palette.role_text(series.role),
        values,
        mark,
        asides,
    }
}

/// Width of a column and height of a step, alike for all rows so that piles can be compared.
struct Stacks {
    left: f64,
    /// Columns on the axis.
    columns: usize,
    column: f64,
    step: f64,
}

impl Stacks {
    /// The largest dots whose highest pile fits; where even small ones do not, they overlap.
    fn fitting(rows: &[Row], scale: Scale, area: Area, height: f64) -> Stacks {
        let mut stacks = Stacks {
            left: area.left,
            columns: 1,
            column: LARGEST_DOT,
            step: LARGEST_DOT,
        };
        loop {
            stacks.columns = ((area.width() / stacks.column).floor() as usize).max(1);
            let highest = rows
                .iter()
                .map(|r| stacks.highest(&r.values, scale))
                .max()
                .unwrap_or(0)
                .max(1) as f64;
            if highest * stacks.column <= height || stacks.column <= SMALLEST_DOT {
                stacks.step = stacks.column.min(height / highest);
                return stacks;
            }
            stacks.column -= 0.25;
        }
    }

    fn column_of(&self, value: f64, scale: Scale) -> usize {
        (((scale.at(value) - self.left) / self.column) as usize).min(self.columns - 1)
    }

    fn highest(&self, values: &[f64], scale: Scale) -> usize {
        let mut piles = vec![0; self.columns];
        values
            .iter()
            .for_each(|&v| piles[self.column_of(v, scale)] += 1);
        piles.into_iter().max().unwrap_or(0)
    }

    fn draw(&self, scene: &mut Scene, row: &Row, ground: f64, scale: Scale) {
        let radius = self.column * 0.45;
        let mut piles = vec![0usize; self.columns];
        for &value in &row.values {
            let column = self.column_of(value, scale);
            let x = self.left + (column as f64 + 0.5) * self.column;
            let y = ground - 0.9 - radius - piles[column] as f64 * self.step;
            piles[column] += 1;
            scene.dot(x, y, radius, row.ink);
        }
    }
}

/// The baseline's headline value, carried down to the axis in dashes: the rows below are read against it.
fn guide(scene: &mut Scene, row: &Row, place: Area, foot: f64, scale: Scale) {
    if let Some(mark) = row.mark
        && row.role == Role::Baseline
        && place.bottom < foot
    {
        scene.dashed(
            scale.at(mark.at),
            place.bottom,
            foot,
            0.6,
            scene.palette.ground,
        );
    }
}

/// The headline value: a line through the row, its sentence on top, on the side that has room.
fn headline(scene: &mut Scene, row: &Row, place: Area, scale: Scale) {
    let Some(mark) = row.mark else { return };
    let x = scale.at(mark.at);
    scene.line(vec![(x, place.top), (x, place.bottom)], 1.0, row.text_ink);
    let content = STRONG.shorten(&mark.label, place.width() - GAP);
    let width = STRONG.width(&content);
    let right = scene.page.right - 12.0;
    let start = if x + GAP + width <= right {
        x + GAP
    } else if x - GAP - width >= place.left {
        x - GAP - width
    } else {
        (right - width).max(place.left)
    };
    scene.text_on_paper(Text {
        content,
        x: start,
        baseline: place.top + 7.0,
        face: STRONG,
        anchor: Anchor::Start,
        ink: row.text_ink,
    });
}

/// The name at the left of the row, what has no place under it, both standing on the row's ground.
fn name(scene: &mut Scene, row: &Row, place: Area) {
    let lines_free = ((place.height() / PITCH).floor() as usize).max(1);
    let asides = &row.asides[..row.asides.len().min(lines_free - 1)];
    let names = STRONG.wrap(row.name, place.width(), (lines_free - asides.len()).min(3));
    let count = names.len() + asides.len();
    let named = names.into_iter().map(|line| (line, STRONG, row.text_ink));
    let aside = asides.iter().map(|line| {
        (
            LABEL.shorten(line, place.width()),
            LABEL,
            scene.palette.quiet,
        )
    });
    for (i, (content, face, ink)) in named
        .chain(aside)
        .collect::<Vec<_>>()
        .into_iter()
        .enumerate()
    {
        let baseline = place.bottom - 1.0 - (count - 1 - i) as f64 * PITCH;
        scene.text(Text {
            content,
            x: place.left,
            baseline,
            face,
            anchor: Anchor::Start,
            ink,
        });
    }
}
