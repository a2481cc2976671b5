//! A page: title, subtitle, one band for each kind of mark, notes.

use std::mem::discriminant;

use super::font::Type;
use super::plot::{self, LABEL, NOTE, SUBTITLE, TITLE};
use super::scene::{Anchor, Area, Ink, Scene, Text};
use super::{DPI, Size, Theme, bars, dots, lines, stacks};
use crate::figure::{Figure, Marks, Series};

const MARGIN: f64 = 12.0;
/// A band lower than this has no room for an axis and a row.
const LEAST_BAND: f64 = 60.0;

/// Lays a sound figure out.
pub(super) fn scene(figure: &Figure, size: Size, theme: Theme) -> Scene {
    let points = |pixels: u32| f64::from(pixels) * 72.0 / f64::from(DPI);
    let mut scene = Scene::new(points(size.width()), points(size.height()), theme.palette());
    let room = scene.page.inset(MARGIN);
    let room = heading(&mut scene, room, figure);
    let room = footer(&mut scene, room, &figure.notes);
    let bands = bands(&figure.series);
    let (shown, more) = plot::rows_that_fit(bands.len(), LEAST_BAND, room.height());
    let room = plot::remainder(&mut scene, room, more);
    let bands = &bands[..shown];
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
        &TITLE.wrap_evenly(&figure.title, room.width(), if low { 2 } else { 3 }),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::scene::Item;
    use crate::draw::sound;
    use crate::figure::{Axis, Mark, Part, Point, Role, Tick};
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// Any number, awkward ones often.
    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![
            4 => 0.0..100.0f64,
            1 => any::<f64>(),
            1 => prop::sample::select(vec![0.0, -0.0, 1.0, -5.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e308, 5e-324]),
        ]
    }

    fn words() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            "[a-zA-Z]{1,12}( [a-z]{1,14}){0,5}",
            "[A-Z]{60,90}",
            any::<String>(),
        ]
    }

    fn axis() -> impl Strategy<Value = Axis> {
        let ticks = vec(
            (number(), words()).prop_map(|(at, label)| Tick { at, label }),
            0..9,
        );
        prop_oneof![
            2 => (words(), number(), number()).prop_map(|(label, a, b)| Axis::from_range(label, a, b)),
            1 => (words(), number(), number(), ticks)
                .prop_map(|(label, min, max, ticks)| Axis { label, min, max, ticks }),
        ]
    }

    fn parts() -> impl Strategy<Value = Vec<Part>> {
        vec(
            (words(), words(), number()).prop_map(|(id, label, value)| Part { id, label, value }),
            0..14,
        )
    }

    fn series() -> impl Strategy<Value = Series> {
        let mark = (number(), words()).prop_map(|(at, label)| Mark { at, label });
        let points = vec(
            (number(), number()).prop_map(|(x, y)| Point { x, y }),
            0..60,
        );
        let marks = prop_oneof![
            (vec(number(), 0..60), prop::option::of(mark))
                .prop_map(|(values, mark)| Marks::Dots { values, mark }),
            parts().prop_map(|parts| Marks::Stack { parts }),
            parts().prop_map(|bars| Marks::Bars { bars }),
            points.prop_map(|points| Marks::Line { points }),
        ];
        let role = prop::sample::select(vec![Role::Baseline, Role::WhatIf]);
        (words(), role, marks).prop_map(|(name, role, marks)| Series { name, role, marks })
    }

    fn any_figure() -> impl Strategy<Value = Figure> {
        (
            words(),
            words(),
            axis(),
            prop::option::of(axis()),
            vec(series(), 0..6),
            vec(words(), 0..5),
        )
            .prop_map(|(title, subtitle, x, y, mut series, notes)| {
                let kind = series
                    .first()
                    .map(|s: &Series| std::mem::discriminant(&s.marks));
                series.retain(|s| Some(std::mem::discriminant(&s.marks)) == kind);
                Figure {
                    id: String::new(),
                    title,
                    subtitle,
                    x,
                    y,
                    series,
                    notes,
                }
            })
    }

    fn texts(scene: &Scene) -> Vec<&Text> {
        let mut texts = Vec::new();
        for item in &scene.items {
            if let Item::Text(text) = item {
                texts.push(text);
            }
        }
        texts
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn whatever_the_figure_no_text_leaves_the_page_or_covers_another(
            figure in any_figure(),
            size in prop::sample::select(vec![Size::new(0, 0), Size::PAGE, Size::SLIDE, Size::new(1200, 3000)]),
        ) {
            let scene = scene(&sound::figure(&figure), size, Theme::Light);
            let texts = texts(&scene);
            for (i, text) in texts.iter().enumerate() {
                let place = text.bounds();
                let page = scene.page.inset(1.0);
                prop_assert!(
                    place.left >= page.left && place.right <= page.right && place.top >= page.top && place.bottom <= page.bottom,
                    "{text:?} leaves the page"
                );
                for other in &texts[i + 1..] {
                    prop_assert!(!place.overlaps(other.bounds()), "{text:?} covers {other:?}");
                }
            }
        }

        #[test]
        fn whatever_the_figure_every_place_is_a_number_on_the_page(figure in any_figure()) {
            let scene = scene(&sound::figure(&figure), Size::PAGE, Theme::Light);
            let inside = |x: f64, y: f64| {
                x >= -0.01 && y >= -0.01 && x <= scene.page.right + 0.01 && y <= scene.page.bottom + 0.01
            };
            for item in &scene.items {
                let sound = match item {
                    Item::Fill { area, .. } => inside(area.left, area.top) && inside(area.right, area.bottom),
                    Item::Line { points, .. } => points.iter().all(|&(x, y)| inside(x, y)),
                    Item::Dot { x, y, .. } => inside(*x, *y),
                    Item::Text(text) => inside(text.x, text.baseline),
                };
                prop_assert!(sound, "{item:?}");
            }
        }
    }

    proptest! {
        // A picture costs more than its layout.
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn whatever_the_figure_it_draws(figure in any_figure()) {
            let size = Size::new(900, 700);
            prop_assert!(crate::draw::svg(&figure, size, Theme::Light).is_ok());
            prop_assert!(crate::draw::png(&figure, size, Theme::Light).is_ok());
            prop_assert!(Size::fitting(&figure).height() <= 4000);
            crate::table::csv(&figure);
        }
    }
}
