//! The effort that records do not hold, found by simulation: stage by stage in the order of the flow, by
//! bisection on the mean time in the column, under common random numbers, so that the answer is the same
//! every time.

use millrace_core::experiment::{Cancel, run, summarise};
use millrace_core::model::Places;
use millrace_core::scenario::{Fault, Scenario};
use millrace_core::time::WEEK;

use super::board::Board;
use super::draft::{Draft, number};

/// Replications of each trial.
const YEARS: u64 = 384;
/// Weeks before counting in a trial.
const SETTLING: i64 = 26;
/// Near enough to the recorded mean, as a share: records of a hundred tickets say far less.
const NEAR: f64 = 0.002;
/// Doublings to find an interval, and halvings of it.
const STEPS: usize = 24;
/// Load beyond which a queue takes years to settle: the records, which end, cannot come from it.
const FULL: f64 = 0.97;

/// Mean days that an item waits for a stage's team, and is in progress there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stay {
    pub(super) waits: f64,
    pub(super) works: f64,
    /// Effort asked of the team over what it can give.
    pub(super) demand: f64,
}

/// Finds every stage's effort; adds people where no one was told and the load would be too high.
pub(super) fn settle(board: &Board, draft: &mut Draft) -> Result<Vec<String>, Vec<Fault>> {
    let mut notes = Vec::new();
    for (i, column) in board.columns.iter().enumerate() {
        loop {
            let stay = find(board, draft, i)?;
            let stage = &mut draft.stages[i];
            if stay.demand > FULL && !stage.told && stage.people < 1000 {
                stage.people += 1;
                stage.places = stage.places.max(stage.people);
                continue;
            }
            let reached = if column.queue.is_some() {
                stay.works
            } else {
                stay.waits + stay.works
            };
            if (reached / column.stayed - 1.0).abs() > 0.02 {
                notes.push(format!(
                    "{}: simulated tickets stay {} days, recorded ones {}: no effort brings them together",
                    column.name,
                    number(reached),
                    number(column.stayed)
                ));
            }
            if stay.demand > FULL {
                notes.push(format!(
                    "{}: {} people are asked for {:.0}% of their time; the records cannot come from so few",
                    column.name,
                    stage.people,
                    100.0 * stay.demand
                ));
            }
            let seen = libm::ceil(column.in_progress.1).max(1.0) as u32;
            if !stage.told && stage.people > seen {
                notes.push(format!(
                    "{}: {} people and not the {seen} that were usually at work, who would be overloaded",
                    column.name, stage.people
                ));
            }
            break;
        }
    }
    Ok(notes)
}

/// The effort of a stage with which its items stay as long as recorded.
fn find(board: &Board, draft: &mut Draft, i: usize) -> Result<Stay, Vec<Fault>> {
    let column = &board.columns[i];
    let mut trial = |effort: f64| {
        draft.stages[i].effort = effort;
        let stay = stays(board, &draft.text(board))?[i];
        let stayed = if column.queue.is_some() {
            stay.works
        } else {
            stay.waits + stay.works
        };
        Ok::<_, Vec<Fault>>((stay, stayed / column.stayed))
    };
    let (mut low, mut high) = (0.01, 0.02);
    for _ in 0..STEPS {
        if trial(high)?.1 >= 1.0 {
            break;
        }
        (low, high) = (high, high * 2.0);
    }
    for _ in 0..STEPS {
        let middle = libm::sqrt(low * high);
        let (stay, ratio) = trial(middle)?;
        if (ratio - 1.0).abs() < NEAR {
            return Ok(stay);
        }
        if ratio < 1.0 {
            low = middle
        } else {
            high = middle
        }
    }
    Ok(trial(libm::sqrt(low * high))?.0)
}

/// Every stage's stay in a study that was made from a board.
pub(super) fn stays(board: &Board, text: &str) -> Result<Vec<Stay>, Vec<Fault>> {
    let model = Scenario::read(text)?.baseline.model(Some(SETTLING * WEEK));
    let runs = run(&model, 0, YEARS, &Cancel::default());
    let summary = summarise("baseline", "", &model, &runs);
    let visited = board.visited();
    Ok((0..board.columns.len())
        .map(|i| {
            let place = &summary.places[Places::of(&model).stage(i)];
            let days = |hours: f64| hours / visited[i].max(1e-9) / 24.0;
            Stay {
                waits: days(place.waiting_hours),
                works: days(place.hours - place.waiting_hours),
                demand: summary.teams[i].demand.map_or(0.0, |d| d.value),
            }
        })
        .collect())
}
