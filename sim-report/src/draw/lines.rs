//! Lines, each named where it ends.

use super::bars::inks;
use super::compose::nothing;
use super::plot::{self, GAP, PITCH, STRONG, Scale};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use super::sound::upwards;
use crate::figure::{Axis, Marks, Point, Role, Series};

type Place = (f64, f64);

pub(super) fn draw(scene: &mut Scene, room: Area, x: &Axis, y: Option<&Axis>, series: &[&Series]) {
    let drawn = Axis::from_range("", f64::NAN, f64::NAN).sound(std::iter::empty());
    let own;
    let y = match y {
        Some(y) => y,
        None => {
            let values = || {
                series
                    .iter()
                    .copied()
                    .flat_map(upwards)
                    .filter(|v| v.is_finite())
            };
            own = match values().next() {
                Some(_) => Axis::from_range(
                    "",
                    values().fold(0.0, f64::min),
                    values().fold(0.0, f64::max),
                ),
                None => drawn,
            };
            &own
        }
    };
    let names = plot::gutter(series.iter().map(|s| (s.name.as_str(), STRONG)), room, 0.24);
    let (above, up) = plot::vertical(
        scene,
        Area {
            right: room.right - names,
            ..room
        },
        y,
        plot::foot(x),
    );
    let (area, across) = plot::horizontal(
        scene,
        Area {
            bottom: room.bottom,
            ..above
        },
        x,
    );
    scene.line(
        vec![(area.left, area.bottom), (area.right, area.bottom)],
        0.75,
        scene.palette.ground,
    );
    let (mut ends, mut rightmost) = (Vec::new(), area.left);
    for (one, ink) in series.iter().zip(inks(scene, series)) {
        let Marks::Line { points } = &one.marks else {
            continue;
        };
        let runs = runs(points, across, up, area);
        if let Some(&(right, height)) = runs.last().and_then(|run| run.last()) {
            rightmost = rightmost.max(right);
            ends.push((height, one.name.as_str(), scene.palette.role_text(one.role)));
        }
        let width = if one.role == Role::Baseline { 1.2 } else { 1.6 };
        runs.into_iter()
            .for_each(|run| stroke(scene, run, width, ink));
    }
    if ends.is_empty() {
        return nothing(scene, area);
    }
    label_ends(
        scene,
        Area {
            left: area.right + GAP,
            right: room.right,
            ..area
        },
        ends,
    );
}

/// A stroke, or a dot where there is but one point.
fn stroke(scene: &mut Scene, run: Vec<Place>, width: f64, ink: Ink) {
    match run.as_slice() {
        [] => {}
        [(x, y)] => scene.dot(*x, *y, 2.0, ink),
        _ => scene.line(run, width, ink),
    }
}

/// The visible pieces of a line: broken where a point is not a number, cut at the edges of the plot.
fn runs(points: &[Point], across: Scale, up: Scale, area: Area) -> Vec<Vec<Place>> {
    let mut runs: Vec<Vec<Place>> = Vec::new();
    for piece in points.split(|p| !(p.x.is_finite() && p.y.is_finite())) {
        let places: Vec<Place> = piece
            .iter()
            .map(|p| (across.beyond(p.x), up.beyond(p.y)))
            .collect();
        if let [only] = places.as_slice()
            && inside(*only, area)
        {
            runs.push(vec![*only]);
        }
        let mut open = false;
        for pair in places.windows(2) {
            let Some((from, to)) = clipped(pair[0], pair[1], area) else {
                open = false;
                continue;
            };
            match runs.last_mut().filter(|_| open) {
                Some(run) => run.push(to),
                None => runs.push(vec![from, to]),
            }
            open = to == pair[1];
        }
    }
    runs
}

fn inside((x, y): Place, area: Area) -> bool {
    x >= area.left && x <= area.right && y >= area.top && y <= area.bottom
}

/// The part of a segment inside an area (Liang and Barsky 1984).
fn clipped(from: Place, to: Place, area: Area) -> Option<(Place, Place)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    let edges = [
        (-dx, from.0 - area.left),
        (dx, area.right - from.0),
        (-dy, from.1 - area.top),
        (dy, area.bottom - from.1),
    ];
    for (towards, distance) in edges {
        if towards == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            enter = enter.max(distance / towards);
        } else {
            leave = leave.min(distance / towards);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |t: f64| (from.0 + t * dx, from.1 + t * dy);
    Some((
        if enter > 0.0 { at(enter) } else { from },
        if leave < 1.0 { at(leave) } else { to },
    ))
}

/// Names at the ends of their lines, moved apart where lines end close together; a name that finds no
/// room is left out, and the table has it.
fn label_ends(scene: &mut Scene, room: Area, mut ends: Vec<(f64, &str, Ink)>) {
    ends.retain(|end| !end.1.is_empty());
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    ends.truncate((room.height() / PITCH).floor() as usize);
    let mut heights: Vec<f64> = ends.iter().map(|e| e.0).collect();
    for i in 1..heights.len() {
        heights[i] = heights[i].max(heights[i - 1] + PITCH);
    }
    let mut lowest = room.bottom;
    for height in heights.iter_mut().rev() {
        *height = height.min(lowest);
        lowest = *height - PITCH;
    }
    for ((_, name, ink), height) in ends.into_iter().zip(heights) {
        scene.text_on_paper(Text {
            content: STRONG.shorten(name, room.width()),
            x: room.left,
            baseline: height + 2.9,
            face: STRONG,
            anchor: Anchor::Start,
            ink,
        });
    }
}
