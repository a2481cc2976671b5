//! Horizontal bars: one group a label, one bar a series, the number at the end of each.

use super::compose::nothing;
use super::plot::{self, GAP, LABEL, PITCH, STRONG, Scale};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use crate::figure::{Axis, Marks, Part, Role, Series};
use crate::number;

/// Highest a bar gets: bars compare by length.
const THICKEST: f64 = 13.0;
/// Least height of a bar whose number is printed beside it.
const LEAST_BAR: f64 = 9.0;
const BETWEEN_GROUPS: f64 = 5.0;

/// One label and its bars.
struct Group<'a> {
    label: &'a str,
    bars: Vec<Bar>,
}

#[derive(Clone, Copy)]
struct Bar {
    value: f64,
    ink: Ink,
    /// The ink of its number.
    text_ink: Ink,
}

pub(super) fn draw(scene: &mut Scene, room: Area, axis: &Axis, series: &[&Series]) {
    let inks = inks(scene, series);
    let room = key(scene, room, series, &inks);
    let height = room.height() - plot::foot(axis);
    let (kept, hidden) =
        plot::rows_that_fit(series.len(), LEAST_BAR, height - BETWEEN_GROUPS - PITCH);
    let groups = groups(scene, &series[..kept], &inks);
    let least = kept as f64 * LEAST_BAR + BETWEEN_GROUPS;
    let (shown, more) = plot::rows_that_fit(groups.len(), least, height);
    let room = plot::remainder(scene, room, hidden.or(more));
    let groups = &groups[..shown];
    let names = plot::gutter(groups.iter().map(|g| (g.label, LABEL)), room, 0.34);
    let numbers = |negative: bool| {
        let values = groups.iter().flat_map(|g| &g.bars).map(|b| b.value);
        let widths = values
            .filter(|v| (*v < 0.0) == negative)
            .map(|v| STRONG.width(&number::on_axis(v, axis)));
        widths.fold(0.0, f64::max)
    };
    let below = if numbers(true) > 0.0 {
        numbers(true) + GAP
    } else {
        0.0
    };
    let right = room.right - numbers(false) - GAP;
    let (area, scale) = plot::horizontal(
        scene,
        Area {
            left: room.left + names + below,
            right,
            ..room
        },
        axis,
    );
    if groups.is_empty() {
        return nothing(scene, area);
    }
    let pitch = area.height() / groups.len() as f64;
    let thick = ((pitch - BETWEEN_GROUPS) / kept as f64).clamp(LEAST_BAR, THICKEST);
    for (i, group) in groups.iter().enumerate() {
        let middle = area.top + (i as f64 + 0.5) * pitch;
        scene.text(Text {
            content: LABEL.shorten(group.label, names - 2.0 * GAP),
            x: room.left + names - 2.0 * GAP,
            baseline: middle + 2.9,
            face: LABEL,
            anchor: Anchor::End,
            ink: scene.palette.ink,
        });
        let top = middle - thick * group.bars.len() as f64 / 2.0;
        for (j, one) in group.bars.iter().enumerate() {
            let top = top + j as f64 * thick;
            bar(
                scene,
                scale,
                axis,
                Area {
                    top,
                    bottom: top + thick,
                    ..area
                },
                *one,
            );
        }
    }
    let zero = scale.at(0.0);
    scene.line(
        vec![(zero, area.top), (zero, area.bottom)],
        0.75,
        scene.palette.ground,
    );
}

/// A bar in a row of its own, its number at the end.
fn bar(scene: &mut Scene, scale: Scale, axis: &Axis, row: Area, bar: Bar) {
    let negative = bar.value < 0.0;
    let zero = scale.at(0.0);
    let end = if bar.value.is_finite() {
        scale.at(bar.value)
    } else {
        zero
    };
    let (left, right) = (zero.min(end), zero.max(end));
    scene.fill(
        Area {
            left,
            right,
            top: row.top + 0.6,
            bottom: row.bottom - 0.6,
        },
        bar.ink,
    );
    scene.text_on_paper(Text {
        content: number::on_axis(bar.value, axis),
        x: if negative {
            left - GAP + 1.0
        } else {
            right + GAP - 1.0
        },
        baseline: (row.top + row.bottom) / 2.0 + 2.9,
        face: STRONG,
        anchor: if negative { Anchor::End } else { Anchor::Start },
        ink: bar.text_ink,
    });
}

/// One ink a series: what-ifs after the first are lighter, so that neighbours stay apart.
pub(super) fn inks(scene: &Scene, series: &[&Series]) -> Vec<Ink> {
    let mut before = 0;
    let tints = [0.0, 0.45, 0.25, 0.65];
    series
        .iter()
        .map(|s| {
            let ink = scene.palette.role(s.role);
            if s.role == Role::Baseline {
                return ink;
            }
            before += 1;
            ink.tint(tints[(before - 1) % tints.len()])
        })
        .collect()
}

/// The names of several series, each after a square of its ink, on a line of their own; one series needs none.
fn key(scene: &mut Scene, room: Area, series: &[&Series], inks: &[Ink]) -> Area {
    if series.len() < 2 {
        return room;
    }
    let mut x = room.left;
    for (one, &ink) in series.iter().zip(inks) {
        let content = STRONG.shorten(&one.name, (room.right - x - 10.0).min(room.width() * 0.4));
        if content.is_empty() {
            break;
        }
        scene.fill(
            Area {
                left: x,
                top: room.top + 1.0,
                right: x + 6.5,
                bottom: room.top + 7.5,
            },
            ink,
        );
        let width = STRONG.width(&content);
        let ink = scene.palette.role_text(one.role);
        scene.text(Text {
            content,
            x: x + 10.0,
            baseline: room.top + 7.0,
            face: STRONG,
            anchor: Anchor::Start,
            ink,
        });
        x += 10.0 + width + 14.0;
    }
    Area {
        top: room.top + PITCH + 5.0,
        ..room
    }
}

/// Labels in the order in which they first come, each with its bar from every series that has one.
fn groups<'a>(scene: &Scene, series: &[&'a Series], inks: &[Ink]) -> Vec<Group<'a>> {
    let mut order: Vec<&'a Part> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for (one, &ink) in series.iter().zip(inks) {
        let Marks::Bars { bars } = &one.marks else {
            continue;
        };
        for part in bars {
            // A label that one series has twice is two bars.
            let text_ink = scene.palette.role_text(one.role);
            let bar = Bar {
                value: part.value,
                ink,
                text_ink,
            };
            let place = order.iter().position(|p| p.id == part.id);
            match place {
                Some(i) if groups[i].bars.len() < series.len() => groups[i].bars.push(bar),
                Some(_) => {}
                None => {
                    order.push(part);
                    groups.push(Group {
                        label: &part.label,
                        bars: vec![bar],
                    });
                }
            }
        }
    }
    groups
}
