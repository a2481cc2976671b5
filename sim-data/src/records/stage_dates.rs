//! The stage-date table (the ActionableAgile convention): a row a ticket, a date for each stage entered.
//!
//! A skipped stage may be blank or carry the date of the next one; both are understood. Days are the unit:
//! times of day are not used, and several moves can fall on one day.

use std::collections::HashMap;
use std::io::Read;

use serde::Serialize;

use super::columns::{Columns, StageKind, kind_by_name, same};
use super::dates::Dates;
use super::day::{DateOrder, Day};
use super::measures::{Counting, Times, Weekly};
use super::notes::{RowNote, Tally, summary};
use super::table::{Table, Ticket, short, tickets};
use super::text;

/// Largest file that is read: a million tickets or so.
const LARGEST: u64 = 128 << 20;

/// What a person may say about a file; what they leave out is recognised.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// The column whose date means done.
    pub done: Option<String>,
    /// The stage from which lead time counts; otherwise the first that is work.
    pub start: Option<String>,
    /// Stages that are queues or work whatever their names say.
    pub kinds: Vec<(String, StageKind)>,
    /// Which number of a date is the day.
    pub date_order: Option<DateOrder>,
    /// Read the file as it would have been at the end of this day: later dates are not there yet.
    pub known_by: Option<Day>,
}

/// Why a file gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// It is larger than any board's export.
    #[error("the file is larger than {} MB", LARGEST >> 20)]
    TooLarge,
    /// It has no row below its header.
    #[error("the file has no rows below a header")]
    Empty,
    /// Fewer than two columns hold dates.
    #[error(
        "fewer than two columns hold dates, among {}; expected a ticket, a date for each stage it entered, the last being done",
        .columns.join(", ")
    )]
    TooFewStages {
        /// The header.
        columns: Vec<String>,
    },
    /// Names that the person gave and the file does not have, all at once.
    #[error("the file has no stage {}; its stages are {}", .names.join(", "), .stages.join(", "))]
    UnknownStages {
        /// The names given.
        names: Vec<String>,
        /// The stages there are.
        stages: Vec<String>,
    },
}

/// Everything that a stage-date table says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Import {
    /// Rows below the header.
    pub rows: usize,
    /// Tickets used.
    pub tickets: usize,
    /// Tickets that reached the last stage.
    pub done: usize,
    /// First and last date of any ticket; none where no ticket is left.
    pub span: Option<(Day, Day)>,
    /// How dates were read; doubt is for the person to settle.
    pub dates: Dates,
    /// Every stage before the last, in order.
    pub stages: Vec<Stage>,
    /// Name of the last stage.
    pub done_stage: String,
    /// Other columns with their commonest values.
    pub attributes: Vec<Attribute>,
    /// Tickets that entered, by their first date.
    pub arrivals: Weekly,
    /// Tickets done, from the week of the first.
    pub throughput: Weekly,
    /// From the start stage to done.
    pub lead_time: LeadTime,
    /// Every row that was dropped or used in part, in the order of the file.
    pub notes: Vec<RowNote>,
    /// The day on which each ticket entered each stage, done being the last.
    #[serde(skip)]
    pub histories: Vec<Vec<Option<Day>>>,
}

/// One stage and what it takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// Its name in the header.
    pub name: String,
    /// Whether tickets wait or are worked on.
    pub kind: StageKind,
    /// Tickets that entered it.
    pub entered: usize,
    /// Tickets that stand in it still.
    pub standing: usize,
    /// Mean number of tickets in it, over the span of the file.
    pub mean_items: f64,
    /// Time from entering to entering the next; the ticket counts that did both, in order.
    pub times: Times,
}

/// Lead time, and where the other tickets went: all four counts add up to the tickets used.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadTime {
    /// The stage from which it counts.
    pub start: String,
    /// The durations.
    pub times: Times,
    /// Left out: not done yet.
    pub open: usize,
    /// Left out: done without a date in the start stage.
    pub skipped_start: usize,
    /// Left out: done before it was started.
    pub out_of_order: usize,
}

/// A column that is neither ticket nor stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attribute {
    /// Its name in the header.
    pub name: String,
    /// Values with their counts, the commonest first, at most twenty.
    pub values: Vec<(String, usize)>,
}

/// Reads a table and measures it.
///
/// # Errors
/// If the file is no stage-date table, or the options name a stage that it does not have. No row is an error:
/// what cannot be used is noted in [`Import::notes`].
pub fn read_stage_dates(reader: impl Read, options: &Options) -> Result<Import, ImportError> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(ImportError::TooLarge);
    }
    let table = Table::read(&text::decoded(&bytes))?;
    let cells: Vec<Vec<String>> = table.rows.iter().map(|(_, cells)| cells.clone()).collect();
    let columns = Columns::recognised(&table.header, &cells, options.done.as_deref());
    let columns = columns.ok_or_else(|| table.no_stages(options))?;
    let stages: Vec<String> = columns
        .stages
        .iter()
        .map(|&i| table.header[i].clone())
        .collect();
    known(options, &stages)?;
    let (mut tickets, dates, notes) = tickets(&table, &columns, &stages, options.date_order);
    if let Some(day) = options.known_by {
        tickets
            .iter_mut()
            .for_each(|ticket| ticket.forget_after(day));
        tickets.retain(|ticket| ticket.first().is_some());
    }
    Ok(measured(
        &table, &columns, stages, tickets, dates, notes, options,
    ))
}

/// Every stage that the options name must be there.
fn known(options: &Options, stages: &[String]) -> Result<(), ImportError> {
    let named = options
        .start
        .iter()
        .chain(options.kinds.iter().map(|(name, _)| name));
    let names: Vec<String> = named
        .filter(|name| !stages.iter().any(|s| same(s, name)))
        .cloned()
        .collect();
    if names.is_empty() {
        Ok(())
    } else {
        Err(ImportError::UnknownStages {
            names,
            stages: stages.to_vec(),
        })
    }
}

fn measured(
    table: &Table,
    columns: &Columns,
    mut names: Vec<String>,
    tickets: Vec<Ticket>,
    dates: Dates,
    notes: Vec<RowNote>,
    options: &Options,
) -> Import {
    let days = || tickets.iter().flat_map(Ticket::visits).map(|(_, day)| day);
    let span = days().min().zip(days().max());
    let last = names.len() - 1;
    let done: Vec<Day> = tickets.iter().filter_map(|t| t.days[last]).collect();
    let arrived: Vec<Day> = tickets.iter().filter_map(Ticket::first).collect();
    let weekly = |of: &[Day], from: Option<Day>| match from.zip(span) {
        Some((from, (_, to))) => Weekly::of(of, from, to),
        None => Weekly {
            first: None,
            counts: Vec::new(),
            mean: 0.0,
            dispersion: None,
        },
    };
    let kinds: Vec<StageKind> = names[..last]
        .iter()
        .map(|name| {
            let said = options.kinds.iter().find(|(stage, _)| same(stage, name));
            said.map_or_else(|| kind_by_name(name), |(_, kind)| *kind)
        })
        .collect();
    let start = match &options.start {
        Some(start) => names.iter().position(|name| same(name, start)).unwrap_or(0),
        None => kinds
            .iter()
            .position(|k| *k == StageKind::Work)
            .unwrap_or(0),
    };
    Import {
        rows: table.rows.len(),
        tickets: tickets.len(),
        done: done.len(),
        span,
        dates,
        stages: (0..last)
            .map(|i| stage(i, &names[i], kinds[i], &tickets, span))
            .collect(),
        arrivals: weekly(&arrived, span.map(|s| s.0)),
        throughput: weekly(&done, done.iter().min().copied()),
        lead_time: lead_time(start, &names[start], last, &tickets),
        attributes: columns
            .attributes
            .iter()
            .map(|&i| attribute(table, i, &tickets))
            .collect(),
        done_stage: names.swap_remove(last),
        histories: tickets.into_iter().map(|t| t.days).collect(),
        notes,
    }
}

fn stage(
    place: usize,
    name: &str,
    kind: StageKind,
    tickets: &[Ticket],
    span: Option<(Day, Day)>,
) -> Stage {
    let (mut entered, mut standing, mut inside) = (0, 0, 0.0);
    let mut differences = Vec::new();
    for ticket in tickets {
        let Some(since) = ticket.days[place] else {
            continue;
        };
        entered += 1;
        match ticket.visits().find(|(stage, _)| *stage > place) {
            Some((_, until)) if until >= since => {
                differences.push(until.since(since));
                inside += f64::from(until.since(since));
            }
            Some(_) => {}
            None => {
                standing += 1;
                inside += span.map_or(0.0, |(_, end)| f64::from(end.since(since)));
            }
        }
    }
    let length = span.map_or(1.0, |(start, end)| f64::from(end.since(start).max(1)));
    let times = Times::of(&differences, Counting::Elapsed);
    Stage {
        name: name.to_owned(),
        kind,
        entered,
        standing,
        mean_items: inside / length,
        times,
    }
}

fn lead_time(start: usize, name: &str, last: usize, tickets: &[Ticket]) -> LeadTime {
    let (mut open, mut skipped_start, mut out_of_order) = (0, 0, 0);
    let mut differences = Vec::new();
    for ticket in tickets {
        match (ticket.days[start], ticket.days[last]) {
            (_, None) => open += 1,
            (None, Some(_)) => skipped_start += 1,
            (Some(from), Some(to)) if to < from => out_of_order += 1,
            (Some(from), Some(to)) => differences.push(to.since(from)),
        }
    }
    let times = Times::of(&differences, Counting::BothEnds);
    LeadTime {
        start: name.to_owned(),
        times,
        open,
        skipped_start,
        out_of_order,
    }
}

fn attribute(table: &Table, column: usize, tickets: &[Ticket]) -> Attribute {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ticket in tickets {
        let value = table.rows[ticket.row]
            .1
            .get(column)
            .map_or("", String::as_str);
        if !value.is_empty() {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut values: Vec<(String, usize)> = counts.into_iter().map(|(v, n)| (short(v), n)).collect();
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    values.truncate(20);
    Attribute {
        name: table.header[column].clone(),
        values,
    }
}

impl Import {
    /// How many rows have each reason to be left out, wholly or in part.
    pub fn summary(&self) -> Vec<Tally> {
        summary(&self.notes)
    }
}
