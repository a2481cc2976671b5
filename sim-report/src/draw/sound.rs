//! A figure as it came, made fit to draw: past this file every axis has a length and every text is one
//! printable line. Values that are not numbers stay in, to be counted by those who leave them out.

use crate::figure::{Figure, Marks, Part, Series};

/// Longest text that is laid out; anything longer ends in an ellipsis far earlier.
const LONGEST: usize = 600;
/// Most marks of one series that are laid out.
const MOST_MARKS: usize = 2000;

pub(super) fn figure(figure: &Figure) -> Figure {
    let series: Vec<Series> = figure.series.iter().map(one_series).collect();
    let x = figure.x.sound(series.iter().flat_map(across));
    let y = figure
        .y
        .as_ref()
        .map(|axis| axis.sound(series.iter().flat_map(upwards)));
    let mut figure = Figure {
        id: figure.id.clone(),
        title: text(&figure.title),
        subtitle: text(&figure.subtitle),
        x,
        y,
        series,
        notes: figure
            .notes
            .iter()
            .take(12)
            .map(|n| text(n))
            .filter(|n| !n.is_empty())
            .collect(),
    };
    for axis in [Some(&mut figure.x), figure.y.as_mut()]
        .into_iter()
        .flatten()
    {
        axis.label = text(&axis.label);
        for tick in &mut axis.ticks {
            tick.label = text(&tick.label);
        }
    }
    figure
}

fn one_series(series: &Series) -> Series {
    let marks = match &series.marks {
        Marks::Dots { values, mark } => {
            let mark = mark.clone().filter(|m| m.at.is_finite()).map(|mut m| {
                m.label = text(&m.label);
                m
            });
            Marks::Dots {
                values: thinned(values),
                mark,
            }
        }
        Marks::Stack { parts } => Marks::Stack {
            parts: labelled(parts),
        },
        Marks::Bars { bars } => Marks::Bars {
            bars: labelled(bars),
        },
        Marks::Line { points } => Marks::Line {
            points: thinned(points),
        },
    };
    Series {
        name: text(&series.name),
        role: series.role,
        marks,
    }
}

/// Every so many-th, where there are more than a page can show; figures have fifty dots and a year of weeks.
fn thinned<T: Copy>(all: &[T]) -> Vec<T> {
    all.iter()
        .copied()
        .step_by(all.len() / MOST_MARKS + 1)
        .collect()
}

fn labelled(parts: &[Part]) -> Vec<Part> {
    parts
        .iter()
        .take(MOST_MARKS)
        .map(|p| Part {
            id: p.id.clone(),
            label: text(&p.label),
            value: p.value,
        })
        .collect()
}

/// One line without the characters that XML forbids or that no font draws.
fn text(raw: &str) -> String {
    let printable = |c: char| {
        if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
            ' '
        } else {
            c
        }
    };
    let line: String = raw.chars().take(LONGEST).map(printable).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a series spans on the horizontal axis; bars start at zero.
fn across(series: &Series) -> Box<dyn Iterator<Item = f64> + '_> {
    match &series.marks {
        Marks::Dots { values, mark } => {
            Box::new(values.iter().copied().chain(mark.iter().map(|m| m.at)))
        }
        Marks::Stack { parts } => {
            let total = parts
                .iter()
                .map(|p| p.value)
                .filter(|v| v.is_finite() && *v > 0.0)
                .sum();
            Box::new([0.0, total].into_iter())
        }
        Marks::Bars { bars } => Box::new(std::iter::once(0.0).chain(bars.iter().map(|p| p.value))),
        Marks::Line { points } => Box::new(points.iter().map(|p| p.x)),
    }
}

pub(super) fn upwards(series: &Series) -> Box<dyn Iterator<Item = f64> + '_> {
    match &series.marks {
        Marks::Line { points } => Box::new(points.iter().map(|p| p.y)),
        _ => Box::new(std::iter::empty()),
    }
}
