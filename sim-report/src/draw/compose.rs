//! A page: title, subtitle, one band for each kind of mark, notes.

use std::mem::discriminant;

use super::font::Type;
use super::plot::{LABEL, NOTE, SUBTITLE, TITLE};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use super::{DPI, Size, Theme, bars, dots, lines, stacks};
use crate::figure::{Figure, Marks, Series};

const MARGIN: f64 = 12.0;

/// Lays a sound figure out.
pub(super) fn scene(figure: &Figure, size: Size, theme: Theme) -> Scene {
    let points = |pixels: u32| f64::from(pixels) * 72.0 / f64::from(DPI);
    let mut scene = Scene::new(points(size.width()), points(size.height()), theme.palette());
    let room = scene.page.inset(MARGIN);
    let room = heading(&mut scene, room, figure);
    let room = footer(&mut scene, room, &figure.notes);
    let bands = bands(&figure.series);
    if bands.is_empty() {
        nothing(&mut scene, room);
    }
    let height = room.height() / bands.len().max(1) as f64;
    for (i, band) in bands.iter().enumerate() {
        let top = room.top + i as f64 * height;
        // Bands of one figure keep a line's distance.
        let bottom = if i + 1 == bands.len() {
            room.bottom
        } else {
            top + height - 8.0
        };
        let room = Area {
            top,
            bottom,
            ..room
        };
        match band[0].marks {
            Marks::Dots { .. } => dots::draw(&mut scene, room, &figure.x, band),
            Marks::Stack { .. } => stacks::draw(&mut scene, room, &figure.x, band),
            Marks::Bars { .. } => bars::draw(&mut scene, room, &figure.x, band),
            Marks::Line { .. } => lines::draw(&mut scene, room, &figure.x, figure.y.as_ref(), band),
        }
    }
    scene
}

/// Series by kind of mark, in the order in which the kinds first come.
fn bands(series: &[Series]) -> Vec<Vec<&Series>> {
    let mut bands: Vec<Vec<&Series>> = Vec::new();
    for one in series {
        let kind = discriminant(&one.marks);
        match bands
            .iter_mut()
            .find(|band| discriminant(&band[0].marks) == kind)
        {
            Some(band) => band.push(one),
            None => bands.push(vec![one]),
        }
    }
    bands
}

fn heading(scene: &mut Scene, room: Area, figure: &Figure) -> Area {
    let (ink, quiet) = (scene.palette.ink, scene.palette.quiet);
    let low = scene.page.height() < 220.0;
    let top = lines_from(
        scene,
        room,
        &TITLE.wrap(&figure.title, room.width(), if low { 2 } else { 3 }),
        TITLE,
        ink,
    );
    let room = Area {
        top: if top > room.top { top + 2.0 } else { top },
        ..room
    };
    let lines = SUBTITLE.wrap(&figure.subtitle, room.width(), if low { 1 } else { 3 });
    let top = lines_from(scene, room, &lines, SUBTITLE, quiet);
    Area {
        top: top + 8.0,
        ..room
    }
}

fn footer(scene: &mut Scene, room: Area, notes: &[String]) -> Area {
    let most = if scene.page.height() < 220.0 { 2 } else { 5 };
    let all: Vec<String> = notes
        .iter()
        .flat_map(|note| NOTE.wrap(note, room.width(), 2))
        .collect();
    let mut lines = all[..all.len().min(most)].to_vec();
    if all.len() > most
        && let Some(last) = lines.last_mut()
        && !last.ends_with('…')
    {
        *last = NOTE.shorten(&format!("{last} …"), room.width());
    }
    let height = lines.len() as f64 * NOTE.size * LEADING;
    let place = Area {
        top: room.bottom - height,
        ..room
    };
    lines_from(scene, place, &lines, NOTE, scene.palette.quiet);
    Area {
        bottom: place.top - if lines.is_empty() { 0.0 } else { 6.0 },
        ..room
    }
}

/// Line height in ems.
const LEADING: f64 = 1.3;

/// Lines of text from the top of a room; returns where they end.
fn lines_from(scene: &mut Scene, room: Area, lines: &[String], face: Type, ink: Ink) -> f64 {
    let height = face.size * LEADING;
    for (i, content) in lines.iter().enumerate() {
        let baseline = room.top + i as f64 * height + face.size;
        scene.text(Text {
            content: content.clone(),
            x: room.left,
            baseline,
            face,
            anchor: Anchor::Start,
            ink,
        });
    }
    room.top + lines.len() as f64 * height
}

/// Says that there is nothing, so that an empty figure is not taken for a broken one.
pub(super) fn nothing(scene: &mut Scene, room: Area) {
    scene.text_on_paper(Text {
        content: LABEL.shorten("Nothing to draw", room.width()),
        x: (room.left + room.right) / 2.0,
        baseline: (room.top + room.bottom) / 2.0,
        face: LABEL,
        anchor: Anchor::Middle,
        ink: scene.palette.quiet,
    });
}
