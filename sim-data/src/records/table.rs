//! Rows to tickets: what is no ticket is dropped, what is odd is used as far as it goes, and both are noted.

use std::collections::HashMap;

use super::columns::{Columns, same};
use super::dates::Dates;
use super::day::{DateOrder, Day, Written};
use super::notes::{Reason, RowNote};
use super::stage_dates::{ImportError, Options};
use super::text;

/// Cells with their lines.
pub(super) struct Table {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    pub(super) fn read(text: &str) -> Result<Table, ImportError> {
        let first = text
            .lines()
            .find(|line| !line.trim().is_empty())
            .ok_or(ImportError::Empty)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(text::delimiter(first))
            .from_reader(text.as_bytes());
        // Text in memory of any shape makes records; the reader is flexible, so nothing else can fail.
        let mut records = reader.records().filter_map(Result::ok).map(|record| {
            let line = record.position().map_or(0, csv::Position::line);
            (
                line,
                record
                    .iter()
                    .map(|cell| cell.trim().to_owned())
                    .collect::<Vec<_>>(),
            )
        });
        let header = records
            .find(|(_, cells)| cells.iter().any(|c| !c.is_empty()))
            .ok_or(ImportError::Empty)?
            .1;
        let rows: Vec<_> = records.collect();
        if rows.is_empty() {
            Err(ImportError::Empty)
        } else {
            Ok(Table { header, rows })
        }
    }

    pub(super) fn no_stages(&self, options: &Options) -> ImportError {
        match &options.done {
            Some(done) if !self.header.iter().any(|h| same(h, done)) => {
                ImportError::UnknownStages {
                    names: vec![done.clone()],
                    stages: self.header.clone(),
                }
            }
            _ => ImportError::TooFewStages {
                columns: self.header.clone(),
            },
        }
    }
}

/// A ticket's dates, one place for each stage.
pub(super) struct Ticket {
    pub(super) row: usize,
    pub(super) days: Vec<Option<Day>>,
}

impl Ticket {
    /// The stages that it entered, with their dates.
    pub(super) fn visits(&self) -> impl Iterator<Item = (usize, Day)> + '_ {
        self.days
            .iter()
            .enumerate()
            .filter_map(|(stage, day)| Some((stage, (*day)?)))
    }

    /// What was known at the end of a day.
    pub(super) fn forget_after(&mut self, known_by: Day) {
        for day in &mut self.days {
            *day = day.filter(|d| *d <= known_by);
        }
    }

    pub(super) fn first(&self) -> Option<Day> {
        self.visits().map(|(_, day)| day).min()
    }
}

/// Rows to tickets: what is no ticket is noted and dropped, what is odd is noted.
pub(super) fn tickets(
    table: &Table,
    columns: &Columns,
    stages: &[String],
    told: Option<DateOrder>,
) -> (Vec<Ticket>, Dates, Vec<RowNote>) {
    let mut notes = Vec::new();
    let mut seen: HashMap<&str, u64> = HashMap::new();
    let mut kept = Vec::new();
    for (row, (line, cells)) in table.rows.iter().enumerate() {
        let id = cells.get(columns.id).map_or("", String::as_str);
        let has_date = columns
            .stages
            .iter()
            .any(|&i| cells.get(i).is_some_and(|c| !c.is_empty()));
        let reason = if cells.iter().all(String::is_empty) {
            Reason::Blank
        } else if *cells == table.header {
            Reason::RepeatedHeader
        } else if id.is_empty() {
            Reason::NoId
        } else if let Some(&first) = seen.get(id) {
            Reason::Duplicate { first }
        } else if !has_date {
            Reason::NoDates
        } else {
            seen.insert(id, *line);
            kept.push(row);
            continue;
        };
        notes.push(RowNote {
            line: *line,
            id: short(id),
            reason,
        });
    }
    let written: Vec<Vec<Option<Written>>> = kept
        .iter()
        .map(|&row| {
            columns
                .stages
                .iter()
                .map(|&i| Written::read(table.rows[row].1.get(i)?))
                .collect()
        })
        .collect();
    let dates = Dates::settled(&written, told);
    let mut tickets = Vec::new();
    for (row, written) in kept.into_iter().zip(written) {
        let (line, cells) = &table.rows[row];
        let days: Vec<Option<Day>> = written
            .iter()
            .map(|w| w.and_then(|w| w.day(dates.order)))
            .collect();
        let mut note = |reason| {
            notes.push(RowNote {
                line: *line,
                id: short(&cells[columns.id]),
                reason,
            })
        };
        for ((&column, day), stage) in columns.stages.iter().zip(&days).zip(stages) {
            let cell = cells.get(column).map_or("", String::as_str);
            if day.is_none() && !cell.is_empty() {
                note(Reason::Unreadable {
                    stage: stage.clone(),
                    text: short(cell),
                });
            }
        }
        let ticket = Ticket { row, days };
        if ticket.first().is_none() {
            note(Reason::NoDates);
            continue;
        }
        oddities(&ticket, stages).into_iter().for_each(note);
        tickets.push(ticket);
    }
    notes.sort_by_key(|n| n.line);
    (tickets, dates, notes)
}

fn oddities(ticket: &Ticket, stages: &[String]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let visits: Vec<(usize, Day)> = ticket.visits().collect();
    let (Some(first), Some(last)) = (visits.first(), visits.last()) else {
        return reasons;
    };
    if first.0 > 0 {
        reasons.push(Reason::EntersLater {
            stage: stages[first.0].clone(),
        });
    }
    for pair in visits.windows(2) {
        let back = pair[0].1.since(pair[1].1);
        if back > 0 {
            let (stage, next) = (stages[pair[0].0].clone(), stages[pair[1].0].clone());
            reasons.push(Reason::OutOfOrder {
                stage,
                next,
                days: back,
            });
        }
    }
    if last.0 + 1 < stages.len() {
        reasons.push(Reason::Open {
            stage: stages[last.0].clone(),
        });
    }
    reasons
}

pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}
