//! What records say of the flow from a start stage to done.

use serde::Serialize;

use super::CalibrationError;
use crate::fit::Law;
use crate::records::columns::{StageKind, same};
use crate::records::day::Day;
use crate::records::measures::{Weekly, percentile};
use crate::records::stage_dates::Import;

/// Fewest tickets done from which a study is made.
pub const FEWEST: usize = 20;

/// A column counts as part of the usual way if this share of the tickets done entered it.
const USUAL: f64 = 0.5;
/// A board on which fewer moves than this fall on a weekend belongs to people who do not work then; were all
/// days alike, 2 of 7 would.
const WEEKEND: f64 = 0.1;

/// The flow of a board, from its start to done.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// The column from which lead time counts. If no one says: the first column where someone works on at
    /// least half of the tickets done, or the queue right before it, unless that is the board's first column,
    /// which holds ideas and not yet work.
    pub start: String,
    /// The last column.
    pub done: String,
    /// Columns where someone works, from the start on.
    pub columns: Vec<Column>,
    /// Tickets that entered the start, by week.
    pub arrivals: Weekly,
    /// Tickets that came the way of the study.
    pub tickets: usize,
    /// Of those, the ones still on their way.
    pub open: usize,
    /// Tickets done that never entered the first of the columns: the study leaves them out.
    pub elsewhere: usize,
    /// No one works on weekends.
    pub weekdays: bool,
    /// First day on which one of the tickets entered the start, and last day of the file.
    pub span: (Day, Day),
    /// Those tickets' ways: the day of entering the start, and the day of done.
    #[serde(skip)]
    pub ways: Vec<(Day, Option<Day>)>,
}

/// A column where someone works.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Name of the queue before it; none where waiting shows in the column itself.
    pub queue: Option<String>,
    /// Tickets that entered and left it.
    pub visits: usize,
    /// Mean days in the queue before it, of all who entered it; a ticket that skipped the queue waited 0.
    pub waited: Option<f64>,
    /// Mean days in it.
    pub stayed: f64,
    /// The spread of times in it; none where there are too few to tell.
    pub shape: Option<Shape>,
    /// How many tickets were in it at the end of a working day: the mean, and of 100 such days the 85th.
    pub in_progress: (f64, f64),
    /// Where tickets go next: columns after it by number, or done, with shares.
    pub next: Vec<(Option<usize>, f64)>,
}

/// The shape of a law, its scale left open.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "law")]
pub enum Shape {
    /// With this coefficient of variation.
    Lognormal {
        /// Standard deviation over mean.
        cv: f64,
    },
    /// With this coefficient of variation.
    Gamma {
        /// Standard deviation over mean.
        cv: f64,
    },
    /// With this shape parameter.
    Weibull {
        /// Below 1 the longer it took, the longer it takes.
        shape: f64,
    },
}

type History = [Option<Day>];

impl Board {
    /// The flow of an import.
    ///
    /// # Errors
    /// If the start is not there, nothing from it on is work, or fewer than [`FEWEST`] tickets went that way.
    pub fn of(import: &Import, start: Option<&str>) -> Result<Board, CalibrationError> {
        let names: Vec<&str> = import.stages.iter().map(|s| s.name.as_str()).collect();
        let start = match start {
            Some(asked) => names.iter().position(|n| same(n, asked)).ok_or_else(|| {
                CalibrationError::UnknownStart(asked.to_owned(), names.join(", "))
            })?,
            None => usual_start(import),
        };
        let is_work = |i: &usize| import.stages[*i].kind == StageKind::Work;
        let work: Vec<usize> = (start..names.len()).filter(is_work).collect();
        let first = *work
            .first()
            .ok_or_else(|| CalibrationError::NoWork(names[start].to_owned()))?;
        let last = names.len();
        let entered = |h: &&Vec<Option<Day>>| {
            h[first].is_some()
                || (h[start..first].iter().any(Option::is_some) && open_before(h, first))
        };
        let on_the_way: Vec<&Vec<Option<Day>>> = import.histories.iter().filter(entered).collect();
        let ways: Vec<(Day, Option<Day>)> = on_the_way
            .iter()
            .filter_map(|h| Some((h[start..=first].iter().flatten().min().copied()?, h[last])))
            .collect();
        let done = ways.iter().filter(|w| w.1.is_some()).count();
        if done < FEWEST {
            return Err(CalibrationError::TooFew(
                done,
                names[start].to_owned(),
                import.done_stage.clone(),
            ));
        }
        let starts: Vec<Day> = ways.iter().map(|w| w.0).collect();
        let (from, to) = (
            starts.iter().min().copied().unwrap_or(ways[0].0),
            import.span.map_or(ways[0].0, |s| s.1),
        );
        let moves: Vec<Day> = on_the_way
            .iter()
            .flat_map(|h| h[start..].iter().flatten().copied())
            .collect();
        let weekends = moves.iter().filter(|d| d.is_weekend()).count();
        let weekdays = (weekends as f64) < WEEKEND * moves.len() as f64;
        let columns = (0..work.len())
            .map(|i| {
                Survey {
                    import,
                    work: &work,
                    start,
                    weekdays,
                    span: (from, to),
                }
                .column(i, &on_the_way)
            })
            .collect();
        Ok(Board {
            start: names[start].to_owned(),
            done: import.done_stage.clone(),
            columns,
            arrivals: Weekly::of(&starts, from, to),
            tickets: ways.len(),
            open: ways.len() - done,
            elsewhere: import
                .histories
                .iter()
                .filter(|h| h[last].is_some() && h[first].is_none())
                .count(),
            weekdays,
            span: (from, to),
            ways,
        })
    }

    /// Lead times in differences of dates, ascending; those that ran backwards left out.
    pub fn lead_days(&self) -> Vec<f64> {
        let days = self
            .ways
            .iter()
            .filter_map(|(from, to)| Some(f64::from((*to)?.since(*from))));
        let mut days: Vec<f64> = days.filter(|d| *d >= 0.0).collect();
        days.sort_by(f64::total_cmp);
        days
    }

    /// Share of tickets that enter each column.
    pub fn visited(&self) -> Vec<f64> {
        let mut visited = vec![0.0; self.columns.len()];
        visited[0] = 1.0;
        for (i, column) in self.columns.iter().enumerate() {
            for (to, share) in &column.next {
                if let Some(to) = to {
                    visited[*to] += visited[i] * share;
                }
            }
        }
        visited
    }
}

/// Nothing at or after a column: the ticket has not come so far.
fn open_before(history: &History, column: usize) -> bool {
    history[column..].iter().all(Option::is_none)
}

fn usual_start(import: &Import) -> usize {
    let done = |h: &&Vec<Option<Day>>| h.last().is_some_and(Option::is_some);
    let finished: Vec<_> = import.histories.iter().filter(done).collect();
    let through = |i: usize| finished.iter().filter(|h| h[i].is_some()).count() as f64;
    let work = |i: &usize| import.stages[*i].kind == StageKind::Work;
    let usual = (0..import.stages.len())
        .filter(work)
        .find(|&i| through(i) >= USUAL * finished.len() as f64);
    let first = usual
        .or_else(|| (0..import.stages.len()).find(work))
        .unwrap_or(0);
    let before = first.saturating_sub(1);
    if before > 0 && import.stages[before].kind == StageKind::Queue {
        before
    } else {
        first
    }
}

/// What a column is measured with.
struct Survey<'a> {
    import: &'a Import,
    work: &'a [usize],
    start: usize,
    weekdays: bool,
    span: (Day, Day),
}

impl Survey<'_> {
    /// Mean days between two dates: within one day, a third of the hours in which anything can happen.
    fn days(&self, from: Day, to: Day) -> Option<f64> {
        let within = if self.weekdays {
            8.0 / 24.0 / 3.0
        } else {
            1.0 / 3.0
        };
        match to.since(from) {
            0 => Some(within),
            days if days > 0 => Some(f64::from(days)),
            _ => None,
        }
    }

    fn column(&self, i: usize, histories: &[&Vec<Option<Day>>]) -> Column {
        let place = self.work[i];
        let after = if i == 0 {
            self.start
        } else {
            self.work[i - 1] + 1
        };
        let queues: Vec<&str> = (after..place)
            .map(|q| self.import.stages[q].name.as_str())
            .collect();
        let (mut waits, mut stays, mut next) =
            (Vec::new(), Vec::new(), vec![0usize; self.work.len() + 1]);
        for history in histories {
            let Some(entered) = history[place] else {
                continue;
            };
            match history[after..place].iter().flatten().next() {
                Some(&queued) => waits.extend(self.days(queued, entered)),
                None => waits.push(0.0),
            }
            let Some(left) = history[place + 1..].iter().flatten().next() else {
                continue;
            };
            stays.extend(self.days(entered, *left));
            let to = self.work[i + 1..]
                .iter()
                .position(|&w| history[w].is_some());
            match to {
                Some(k) => next[i + 1 + k] += 1,
                None if history.last().is_some_and(Option::is_some) => next[self.work.len()] += 1,
                None => {}
            }
        }
        let mean = |v: &[f64]| {
            if v.is_empty() {
                0.0
            } else {
                v.iter().sum::<f64>() / v.len() as f64
            }
        };
        let went: usize = next.iter().sum();
        let next = (0..next.len())
            .filter(|&k| next[k] > 0)
            .map(|k| {
                (
                    (k < self.work.len()).then_some(k),
                    next[k] as f64 / went as f64,
                )
            })
            .collect();
        Column {
            name: self.import.stages[place].name.clone(),
            queue: (!queues.is_empty()).then(|| queues.join(", ")),
            visits: stays.len(),
            waited: (!queues.is_empty()).then(|| mean(&waits)),
            stayed: mean(&stays),
            shape: shape(self.import, place),
            in_progress: self.in_progress(place, histories),
            next,
        }
    }

    fn in_progress(&self, place: usize, histories: &[&Vec<Option<Day>>]) -> (f64, f64) {
        let (from, to) = self.span;
        let evenings = (0..=to.since(from))
            .map(|d| from.plus(d))
            .filter(|d| !(self.weekdays && d.is_weekend()));
        let inside = |day: Day, h: &History| {
            h[place].is_some_and(|d| d <= day)
                && h[place + 1..]
                    .iter()
                    .flatten()
                    .next()
                    .is_none_or(|d| *d > day)
        };
        let mut counts: Vec<f64> = evenings
            .map(|day| histories.iter().filter(|h| inside(day, h)).count() as f64)
            .collect();
        counts.sort_by(f64::total_cmp);
        let mean = counts.iter().sum::<f64>() / counts.len().max(1) as f64;
        (mean, percentile(&counts, 0.85).unwrap_or(0.0))
    }
}

/// The best law by Akaike's criterion.
fn shape(import: &Import, place: usize) -> Option<Shape> {
    import.stages[place]
        .times
        .fits
        .first()
        .map(|fit| match fit.law {
            Law::Lognormal(law) => Shape::Lognormal {
                cv: libm::sqrt(libm::expm1(law.sigma * law.sigma)),
            },
            Law::Weibull(law) => Shape::Weibull { shape: law.shape },
            Law::Gamma(law) => Shape::Gamma {
                cv: 1.0 / libm::sqrt(law.shape),
            },
        })
}
