//! The stage-date table (the ActionableAgile convention): a row a ticket, a date for each stage entered.
//!
//! A skipped stage may be blank or carry the date of the next one; both are understood. Days are the unit:
//! times of day are not used, and several moves can fall on one day.

use std::collections::HashMap;
use std::fmt;
use std::io::Read;

use serde::Serialize;

use super::columns::{Columns, StageKind, kind_by_name, same};
use super::day::{DateOrder, Dates, Day, Written};
use super::measures::{Counting, Times, Weekly};
use super::notes::{Reason, RowNote, Tally, summary};
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
    let (tickets, dates, notes) = tickets(&table, &columns, &stages, options.date_order);
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

/// Cells with their lines.
struct Table {
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    fn read(text: &str) -> Result<Table, ImportError> {
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

    fn no_stages(&self, options: &Options) -> ImportError {
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
struct Ticket {
    row: usize,
    days: Vec<Option<Day>>,
}

impl Ticket {
    /// The stages that it entered, with their dates.
    fn visits(&self) -> impl Iterator<Item = (usize, Day)> + '_ {
        self.days
            .iter()
            .enumerate()
            .filter_map(|(stage, day)| Some((stage, (*day)?)))
    }

    fn first(&self) -> Option<Day> {
        self.visits().map(|(_, day)| day).min()
    }
}

/// Rows to tickets: what is no ticket is noted and dropped, what is odd is noted.
fn tickets(
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

fn short(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
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

impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Import {
            rows,
            tickets,
            done,
            ..
        } = self;
        write!(f, "{tickets} tickets in {rows} rows, {done} of them done")?;
        if let Some((first, last)) = self.span {
            write!(f, ", {first} to {last}")?;
        }
        writeln!(f, "; {}.", self.dates)?;
        for tally in self.summary() {
            writeln!(f, "  {:>5} {}", tally.count, tally.reason)?;
        }
        per_week(f, "Arrivals", &self.arrivals)?;
        per_week(f, "Done", &self.throughput)?;
        let width = self
            .stages
            .iter()
            .map(|s| s.name.chars().count())
            .max()
            .unwrap_or(0)
            .max(9);
        writeln!(
            f,
            "\n{:width$}        entered  still in      n    p50    p85    p95  mean WIP  best fit",
            "Stage"
        )?;
        for stage in &self.stages {
            let kind = if stage.kind == StageKind::Queue {
                "queue"
            } else {
                "work"
            };
            let Stage {
                name,
                entered,
                standing,
                mean_items,
                times,
                ..
            } = stage;
            write!(f, "{name:width$}  {kind:5} {entered:>7} {standing:>9} ")?;
            durations(f, times)?;
            writeln!(f, "{mean_items:>10.1}  {}", best(times))?;
        }
        let LeadTime {
            start,
            times,
            open,
            skipped_start,
            out_of_order,
        } = &self.lead_time;
        write!(
            f,
            "\n{start} to {}, days with both ends: n {}, p50 p85 p95",
            self.done_stage,
            times.n()
        )?;
        durations_only(f, times)?;
        writeln!(f, "; {}", best(times))?;
        writeln!(
            f,
            "left out: {open} open, {skipped_start} done without that start, {out_of_order} out of order"
        )
    }
}

fn per_week(f: &mut fmt::Formatter<'_>, what: &str, weekly: &Weekly) -> fmt::Result {
    write!(
        f,
        "{what}: {:.1} a week over {} weeks",
        weekly.mean,
        weekly.counts.len()
    )?;
    match weekly.dispersion {
        Some(d) if d.rejects_poisson() && d.ratio > 1.0 => {
            writeln!(
                f,
                ", in bursts (variance {:.1} times the mean; a Poisson process has 1)",
                d.ratio
            )
        }
        Some(d) if d.rejects_poisson() => {
            writeln!(
                f,
                ", in a rhythm (variance {:.1} times the mean; a Poisson process has 1)",
                d.ratio
            )
        }
        Some(d) => writeln!(
            f,
            ", as a Poisson process (variance {:.1} times the mean)",
            d.ratio
        ),
        None => writeln!(f),
    }
}

fn durations(f: &mut fmt::Formatter<'_>, times: &Times) -> fmt::Result {
    write!(f, "{:>6}", times.n())?;
    durations_only(f, times)
}

fn durations_only(f: &mut fmt::Formatter<'_>, times: &Times) -> fmt::Result {
    for percentile in [times.p50, times.p85, times.p95] {
        match percentile {
            Some(days) => write!(f, " {days:>6.1}")?,
            None => write!(f, "      –")?,
        }
    }
    Ok(())
}

fn best(times: &Times) -> String {
    use crate::fit::Law;
    match (times.fits.first(), times.unfitted) {
        (Some(fit), _) => {
            let law = match fit.law {
                Law::Lognormal(law) => format!(
                    "lognormal, median {:.1}, sigma {:.2}",
                    law.mu.exp(),
                    law.sigma
                ),
                Law::Weibull(law) => {
                    format!("Weibull, shape {:.2}, scale {:.1}", law.shape, law.scale)
                }
                Law::Gamma(law) => format!("gamma, shape {:.2}, scale {:.1}", law.shape, law.scale),
            };
            let doubt = if fit.rejected == Some(true) {
                ", rejected at 5%"
            } else {
                ""
            };
            format!("{law} (A² {:.2}{doubt})", fit.anderson_darling)
        }
        (None, Some(why)) => why.to_string(),
        (None, None) => String::new(),
    }
}
