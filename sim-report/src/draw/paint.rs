//! The only place that knows plotters: a [`Scene`] goes in, SVG or pixels come out.

use std::convert::Infallible;
use std::fmt::Display;

use base64::Engine as _;
use plotters::prelude::{BitMapBackend, SVGBackend};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, FontFamily,
    FontStyle,
};

use super::font::{FAMILY, Type, Weight};
use super::scene::{Anchor, Ink, Item, Scene, Text};
use super::{DPI, DrawError, Size};

/// SVG coordinates are whole numbers in plotters: ten to the point are finer than any screen shows.
const SVG_UNITS: f64 = 10.0;

/// Pixels are computed twice as fine each way and averaged, because plotters smooths no straight edge.
const OVERSAMPLING: u32 = 2;

pub(super) fn svg(scene: &Scene, title: &str, description: &str) -> Result<String, DrawError> {
    let (width, height) = (scene.page.width(), scene.page.height());
    let units = (
        (width * SVG_UNITS).round() as u32,
        (height * SVG_UNITS).round() as u32,
    );
    let mut body = String::new();
    let mut backend = SVGBackend::with_string(&mut body, units);
    paint(scene, &mut backend, SVG_UNITS, false)?;
    backend.present().map_err(DrawError::plotters)?;
    drop(backend);
    // plotters writes the size in its own units and no more; a document wants points, a title and the font.
    let rest = body.split_once('\n').map_or("", |(_, rest)| rest);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.1}pt\" height=\"{height:.1}pt\" \
         viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n<desc>{}</desc>\n<style>{}{}</style>\n{rest}",
        units.0,
        units.1,
        escaped(title),
        escaped(description),
        font_face(Weight::Regular, "400"),
        font_face(Weight::Semibold, "600 700"),
    ))
}

pub(super) fn png(scene: &Scene, size: Size) -> Result<Vec<u8>, DrawError> {
    let (width, height) = (size.width() * OVERSAMPLING, size.height() * OVERSAMPLING);
    let mut fine = vec![0u8; width as usize * height as usize * 3];
    {
        let mut backend = BitMapBackend::with_buffer(&mut fine, (width, height));
        paint(
            scene,
            &mut backend,
            f64::from(DPI * OVERSAMPLING) / 72.0,
            true,
        )?;
        backend.present().map_err(DrawError::plotters)?;
    }
    encode(&averaged(&fine, size), size)
}

fn paint<B: DrawingBackend>(
    scene: &Scene,
    to: &mut B,
    scale: f64,
    pixels: bool,
) -> Result<(), DrawError> {
    let at = |(x, y): (f64, f64)| ((x * scale).round() as i32, (y * scale).round() as i32);
    let page = scene.page;
    to.draw_rect(
        (0, 0),
        at((page.right, page.bottom)),
        &scene.palette.paper.color(),
        true,
    )
    .map_err(DrawError::plotters)?;
    for item in &scene.items {
        match item {
            Item::Fill { area, ink } => to.draw_rect(
                at((area.left, area.top)),
                at((area.right, area.bottom)),
                &ink.color(),
                true,
            ),
            Item::Dot { x, y, radius, ink } => to.draw_circle(
                at((*x, *y)),
                (radius * scale).round().max(1.0) as u32,
                &ink.color(),
                true,
            ),
            Item::Line { points, width, ink } => {
                let stroke = Stroke {
                    ink: *ink,
                    width: (width * scale).round().max(1.0) as u32,
                };
                let places: Vec<BackendCoord> = points.iter().map(|&p| at(p)).collect();
                match pixels {
                    true => stroke_pixels(to, &places, &stroke),
                    false => to.draw_path(places, &stroke),
                }
            }
            Item::Text(text) => {
                let run = Run::new(text, scale, pixels);
                to.draw_text(&text.content, &run, run.origin)
            }
        }
        .map_err(DrawError::plotters)?;
    }
    Ok(())
}

/// A thick line as one quadrangle a segment and a disc at each joint: plotters' own outlines of polylines
/// break at sharp turns.
fn stroke_pixels<B: DrawingBackend>(
    to: &mut B,
    places: &[BackendCoord],
    stroke: &Stroke,
) -> Result<(), plotters_backend::DrawingErrorKind<B::ErrorType>> {
    let color = stroke.color();
    let half = f64::from(stroke.width) / 2.0;
    for (i, pair) in places.windows(2).enumerate() {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let (dx, dy) = (f64::from(x1 - x0), f64::from(y1 - y0));
        let length = dx.hypot(dy);
        if length == 0.0 {
            continue;
        }
        if dx == 0.0 || dy == 0.0 {
            // Upright and level lines keep sharp edges.
            let thin = (stroke.width / 2) as i32;
            let wide = stroke.width as i32 - thin - 1;
            let (px, py) = (i32::from(dy != 0.0), i32::from(dx != 0.0));
            let low = (x0.min(x1) - thin * px, y0.min(y1) - thin * py);
            let high = (x0.max(x1) + wide * px, y0.max(y1) + wide * py);
            to.draw_rect(low, high, &color, true)?;
        } else {
            let (nx, ny) = (-dy / length * half, dx / length * half);
            let corner = |x: i32, y: i32, s: f64| {
                (
                    (f64::from(x) + s * nx).round() as i32,
                    (f64::from(y) + s * ny).round() as i32,
                )
            };
            to.fill_polygon(
                [
                    corner(x0, y0, 1.0),
                    corner(x1, y1, 1.0),
                    corner(x1, y1, -1.0),
                    corner(x0, y0, -1.0),
                ],
                &color,
            )?;
        }
        if i > 0 {
            to.draw_circle((x0, y0), half.floor().max(1.0) as u32, &color, true)?;
        }
    }
    Ok(())
}

fn averaged(fine: &[u8], size: Size) -> Vec<u8> {
    let factor = OVERSAMPLING as usize;
    let (width, height) = (size.width() as usize, size.height() as usize);
    let row = width * factor * 3;
    let mut out = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            for channel in 0..3 {
                let mut sum = 0u32;
                for sub in 0..factor * factor {
                    let place = (y * factor + sub / factor) * row
                        + (x * factor + sub % factor) * 3
                        + channel;
                    sum += u32::from(fine[place]);
                }
                out.push(((sum + OVERSAMPLING) / (OVERSAMPLING * OVERSAMPLING)) as u8);
            }
        }
    }
    out
}

fn encode(pixels: &[u8], size: Size) -> Result<Vec<u8>, DrawError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, size.width(), size.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let per_metre = (f64::from(DPI) / 0.0254).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: png::Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(DrawError::png)?;
    writer.write_image_data(pixels).map_err(DrawError::png)?;
    writer.finish().map_err(DrawError::png)?;
    Ok(out)
}

impl DrawError {
    fn plotters(source: impl Display) -> DrawError {
        DrawError::Drawing(source.to_string())
    }

    fn png(source: png::EncodingError) -> DrawError {
        DrawError::Encoding(source.to_string())
    }
}

impl Ink {
    fn color(self) -> BackendColor {
        BackendColor {
            alpha: 1.0,
            rgb: (self.0, self.1, self.2),
        }
    }
}

struct Stroke {
    ink: Ink,
    width: u32,
}

impl BackendStyle for Stroke {
    fn color(&self) -> BackendColor {
        self.ink.color()
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// One text as plotters wants it. Vector output takes family, size and anchor from it, pixel output its
/// coverage; both agree on the baseline, which plotters' own text does not.
struct Run<'a> {
    text: &'a Text,
    /// The type at the size of the target.
    face: Type,
    origin: BackendCoord,
    /// What `origin` lacks of the true place.
    remainder: (f64, f64),
}

impl<'a> Run<'a> {
    fn new(text: &'a Text, scale: f64, pixels: bool) -> Run<'a> {
        let face = Type::new(text.face.weight, text.face.size * scale);
        let (x, y) = match pixels {
            true => (text.left() * scale, text.baseline * scale),
            // plotters moves a text anchored at its top down by 0.76 em; this takes it back.
            false => (text.x * scale, text.baseline * scale - 0.76 * face.size),
        };
        let origin = match pixels {
            true => (x.floor() as i32, y.floor() as i32),
            false => (x.round() as i32, y.round() as i32),
        };
        Run {
            text,
            face,
            origin,
            remainder: (x - f64::from(origin.0), y - f64::from(origin.1)),
        }
    }
}

impl BackendTextStyle for Run<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.text.ink.color()
    }

    fn size(&self) -> f64 {
        // plotters divides by this constant.
        self.face.size * 1.24
    }

    fn style(&self) -> FontStyle {
        match self.face.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Semibold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let across = match self.text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos::new(across, VPos::Top)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FAMILY)
    }

    // No size: pixel output is placed by `origin` alone, whatever the anchor.
    fn layout_box(&self, _: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        Ok(((0, 0), (0, 0)))
    }

    fn draw<E, Draw: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (x, y): BackendCoord,
        mut draw: Draw,
    ) -> Result<Result<(), E>, Infallible> {
        let color = self.color();
        let mut outcome = Ok(());
        self.face.rasterise(
            text,
            self.remainder.0,
            self.remainder.1,
            |dx, dy, coverage| {
                if outcome.is_ok() && coverage > 0.0 {
                    outcome = draw(x + dx, y + dy, color.mix(f64::from(coverage)));
                }
            },
        );
        Ok(outcome)
    }
}

fn font_face(weight: Weight, range: &str) -> String {
    let data = base64::engine::general_purpose::STANDARD.encode(weight.web_font());
    format!(
        "@font-face{{font-family:Inter;font-weight:{range};src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
