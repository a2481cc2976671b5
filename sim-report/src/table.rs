//! A figure as a table: every number that is drawn, one a row, for a spreadsheet.

use crate::figure::{Figure, Marks, Role};

/// The figure as CSV (RFC 4180) under the header `series,role,mark,id,label,x,y`.
///
/// `mark` is `dot` (its label is the share of cases at or below it), `headline`, `part`, `bar` or `point`.
/// After the numbers come rows without a series: the `title`, the `subtitle`, what `x` and `y` measure, and
/// every `note`, so that a number can be traced after the file has travelled alone. Numbers are in full
/// precision with a decimal point. Text that a spreadsheet would take for a formula starts with an apostrophe.
pub fn csv(figure: &Figure) -> String {
    let mut table = Table(csv::Writer::from_writer(Vec::new()));
    table.row(["series", "role", "mark", "id", "label", "x", "y"].map(str::to_owned));
    for series in &figure.series {
        let role = match series.role {
            Role::Baseline => "baseline",
            Role::WhatIf => "what-if",
        };
        for [mark, id, label, x, y] in numbers(&series.marks) {
            table.row([
                inert(&series.name),
                role.to_owned(),
                mark,
                inert(&id),
                inert(&label),
                x,
                y,
            ]);
        }
    }
    table.about("title", &figure.title);
    table.about("subtitle", &figure.subtitle);
    table.about("x", &figure.x.label);
    if let Some(y) = &figure.y {
        table.about("y", &y.label);
    }
    figure
        .notes
        .iter()
        .for_each(|note| table.about("note", note));
    table.finish()
}

/// `mark, id, label, x, y` of every number of a series.
fn numbers(marks: &Marks) -> Vec<[String; 5]> {
    let none = String::new;
    let parts = |kind: &str, parts: &[crate::figure::Part]| {
        let row = |p: &crate::figure::Part| {
            [
                kind.to_owned(),
                p.id.clone(),
                p.label.clone(),
                p.value.to_string(),
                none(),
            ]
        };
        parts.iter().map(row).collect()
    };
    match marks {
        Marks::Dots { values, mark } => {
            let share = |i: usize| ((i as f64 + 0.5) / values.len() as f64).to_string();
            let dots = values.iter().enumerate();
            let dots =
                dots.map(|(i, v)| ["dot".to_owned(), none(), share(i), v.to_string(), none()]);
            let headline = mark.iter();
            let headline = headline.map(|m| {
                [
                    "headline".to_owned(),
                    none(),
                    m.label.clone(),
                    m.at.to_string(),
                    none(),
                ]
            });
            dots.chain(headline).collect()
        }
        Marks::Stack { parts: all } => parts("part", all),
        Marks::Bars { bars } => parts("bar", bars),
        Marks::Line { points } => {
            let point = |p: &crate::figure::Point| {
                [
                    "point".to_owned(),
                    none(),
                    none(),
                    p.x.to_string(),
                    p.y.to_string(),
                ]
            };
            points.iter().map(point).collect()
        }
    }
}

struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn row(&mut self, cells: [String; 7]) {
        self.0
            .write_record(cells)
            .expect("memory takes every write and rows are equally long");
    }

    fn about(&mut self, what: &str, text: &str) {
        if !text.is_empty() {
            let none = String::new;
            self.row([
                none(),
                none(),
                what.to_owned(),
                none(),
                inert(text),
                none(),
                none(),
            ]);
        }
    }

    fn finish(self) -> String {
        let bytes = self.0.into_inner().expect("memory takes every write");
        String::from_utf8(bytes).expect("every cell was text")
    }
}

/// A study from a stranger is data: none of its texts may start a formula.
pub(crate) fn inert(text: &str) -> String {
    match text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
