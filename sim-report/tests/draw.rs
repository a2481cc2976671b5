//! Figures of every kind, drawn, read back and looked at by machine.

#[path = "../examples/gallery/figures.rs"]
mod figures;

use millrace_report::draw::{self, Size, Theme};
use millrace_report::figure::{Axis, Figure, Marks};
use millrace_report::{number, table};
use quick_xml::events::Event;

fn drawn(figure: &Figure) -> String {
    draw::svg(figure, Size::fitting(figure), Theme::Light).expect("a figure draws")
}

/// The texts of an SVG document, in order; fails where it is not well-formed XML.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut texts, mut inside, mut depth) = (Vec::new(), false, 0);
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                depth += 1;
                inside = tag.name().as_ref() == "text";
                if inside {
                    texts.push(String::new());
                }
            }
            Event::End(_) => {
                depth -= 1;
                inside = false;
            }
            Event::Text(text) if inside => {
                texts.last_mut().expect("inside a text").push_str(&text);
            }
            Event::GeneralRef(entity) if inside => {
                texts
                    .last_mut()
                    .expect("inside a text")
                    .push_str(&format!("&{};", &*entity));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    texts.into_iter().map(|t| t.trim().to_owned()).collect()
}

#[test]
fn every_number_label_is_in_the_svg() {
    for figure in figures::all() {
        let texts = texts(&drawn(&figure));
        let has = |wanted: &str| {
            assert!(
                texts.iter().any(|t| t.contains(wanted)),
                "{}: {wanted:?} in {texts:#?}",
                figure.id
            )
        };
        figure.x.ticks.iter().for_each(|tick| has(&tick.label));
        figure
            .y
            .iter()
            .flat_map(|y| &y.ticks)
            .for_each(|tick| has(&tick.label));
        for series in &figure.series {
            match &series.marks {
                Marks::Dots { mark, .. } => mark.iter().for_each(|m| has(&m.label)),
                Marks::Bars { bars } => bars
                    .iter()
                    .for_each(|b| has(&number::on_axis(b.value, &figure.x))),
                // Parts of less than a fiftieth of the axis are drawn together.
                Marks::Stack { parts } => parts
                    .iter()
                    .filter(|p| p.value > figure.x.max / 50.0)
                    .for_each(|p| has(&number::on_axis(p.value, &figure.x))),
                Marks::Line { .. } => has(&series.name),
            }
        }
    }
}

#[test]
fn every_dot_is_drawn() {
    let count = drawn(&figures::lead_time()).matches("<circle").count();
    assert_eq!(count, 100, "fifty dots for each of two series");
}

#[test]
fn small_parts_are_drawn_as_other_and_the_bar_keeps_its_length() {
    let texts = texts(&drawn(&figures::where_time_goes()));
    assert!(texts.iter().any(|t| t.starts_with("other 1.")), "{texts:?}");
    assert!(
        texts.contains(&"41".to_owned()) && texts.contains(&"27".to_owned()),
        "{texts:?}"
    );
    assert!(!texts.iter().any(|t| t.contains("handoffs")), "{texts:?}");
}

#[test]
fn an_svg_carries_its_font_title_and_size() {
    let svg = drawn(&figures::lead_time());
    assert!(
        svg.contains("<title>Changes arrive in 27 days, not 41; incidents stay the same.</title>")
    );
    assert!(
        svg.contains("font-family:Inter") && svg.contains("data:font/woff2;base64,d09GMg"),
        "embedded WOFF2"
    );
    assert!(
        svg.contains("width=\"480.0pt\""),
        "2000 pixels at 300 dpi are 480 points"
    );
    assert!(svg.len() < 120_000, "{} bytes", svg.len());
}

#[test]
fn a_text_from_a_stranger_stays_text() {
    let mut figure = figures::lead_time();
    figure.title = "<script>alert(1)</script> & \u{1}\"quotes\"".into();
    let svg = drawn(&figure);
    assert!(!svg.contains("<script"));
    texts(&svg);
}

#[test]
fn a_png_has_its_size_and_says_300_dpi() {
    for figure in figures::all() {
        let size = Size::fitting(&figure);
        let bytes = draw::png(&figure, size, Theme::Light).expect("a figure draws");
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
            .read_info()
            .expect("a PNG");
        assert_eq!(
            (reader.info().width, reader.info().height),
            (size.width(), size.height())
        );
        let dots = reader.info().pixel_dims.expect("a pHYs chunk");
        assert_eq!(
            (dots.xppu, dots.yppu, dots.unit),
            (11811, 11811, png::Unit::Meter),
            "300 dots an inch"
        );
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut pixels).expect("pixels");
        let inked = pixels.chunks(3).filter(|p| p[0] < 200).count();
        assert!(
            inked > 5_000 && inked < pixels.len() / 6,
            "{}: {inked} dark pixels",
            figure.id
        );
    }
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    for figure in figures::all() {
        assert_eq!(drawn(&figure), drawn(&figure));
        let png = || draw::png(&figure, Size::PAGE, Theme::Light).expect("a figure draws");
        assert_eq!(png(), png(), "{}", figure.id);
    }
}

#[test]
fn an_empty_figure_says_that_it_is_empty() {
    let mut figure = figures::lead_time();
    figure.series.clear();
    assert!(texts(&drawn(&figure)).contains(&"Nothing to draw".to_owned()));
    figure = figures::lead_time();
    figure.series[0].marks = Marks::Dots {
        values: vec![f64::NAN; 50],
        mark: None,
    };
    assert!(
        texts(&drawn(&figure)).contains(&"50 not numbers".to_owned()),
        "what is not drawn is counted"
    );
}

#[test]
fn dots_beyond_a_frozen_axis_are_counted() {
    let mut figure = figures::lead_time();
    figure.x = Axis::from_range("days", 0.0, 40.0);
    let texts = texts(&drawn(&figure));
    assert!(
        texts.iter().any(|t| t.ends_with("dots beyond")),
        "{texts:?}"
    );
}

#[test]
fn the_table_has_every_number_that_is_drawn() {
    for figure in figures::all() {
        let csv = table::csv(&figure);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(
            reader.headers().expect("a header"),
            vec!["series", "role", "mark", "id", "label", "x", "y"]
        );
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        let numbers: usize = figure
            .series
            .iter()
            .map(|s| match &s.marks {
                Marks::Dots { values, mark } => values.len() + usize::from(mark.is_some()),
                Marks::Stack { parts } | Marks::Bars { bars: parts } => parts.len(),
                Marks::Line { points } => points.len(),
            })
            .sum();
        assert_eq!(
            rows.iter().filter(|r| !r[0].is_empty()).count(),
            numbers,
            "{}",
            figure.id
        );
        assert!(
            rows.iter()
                .any(|r| &r[2] == "note" && r[4].contains("seed 7")),
            "the origin travels along"
        );
    }
}

#[test]
fn no_cell_of_the_table_starts_a_formula() {
    let mut figure = figures::utilisation();
    figure.series[0].name = "=HYPERLINK(\"http://example.org\")".into();
    assert!(
        table::csv(&figure).contains("\"'=HYPERLINK("),
        "an apostrophe goes first"
    );
}
