//! Which column is what: the ticket, the stages from first to done, the attributes.

use serde::Serialize;

use super::day::Written;

/// What a ticket does in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StageKind {
    /// It waits for someone.
    Queue,
    /// Someone works on it.
    Work,
    /// It has left.
    Done,
}

/// The columns of a file by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub id: usize,
    /// From first to done.
    pub stages: Vec<usize>,
    pub attributes: Vec<usize>,
}

/// Share of a column's cells that must be dates for it to be a stage: the others are then slips.
const MOSTLY: f64 = 0.5;

impl Columns {
    /// Recognises columns by their cells and names; `None` where fewer than two hold dates.
    pub(super) fn recognised(
        header: &[String],
        rows: &[Vec<String>],
        done: Option<&str>,
    ) -> Option<Columns> {
        let id = header.iter().position(|name| is_id(name)).unwrap_or(0);
        let dates: Vec<usize> = (0..header.len())
            .filter(|&i| i != id && holds_dates(rows, i, &header[i]))
            .collect();
        let last = match done {
            Some(done) => dates.iter().position(|&i| same(&header[i], done))?,
            None => dates
                .iter()
                .rposition(|&i| is_done(&header[i]))
                .or(dates.len().checked_sub(1))?,
        };
        // Dates of before the first stage or after the last are attributes: created, due.
        let stages: Vec<usize> = dates[..=last]
            .iter()
            .copied()
            .filter(|&i| !is_attribute(&header[i]))
            .collect();
        let attributes = (0..header.len())
            .filter(|i| *i != id && !stages.contains(i))
            .collect();
        (stages.len() >= 2).then_some(Columns {
            id,
            stages,
            attributes,
        })
    }
}

fn holds_dates(rows: &[Vec<String>], column: usize, name: &str) -> bool {
    let cells: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.get(column))
        .map(|c| c.trim())
        .filter(|c| !c.is_empty() && *c != name)
        .collect();
    let dates = cells.iter().filter(|c| Written::read(c).is_some()).count();
    dates > 0 && dates as f64 >= MOSTLY * cells.len() as f64
}

/// Whether two names are the same to a person.
pub(crate) fn same(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// Lower case, one space between words.
fn plain(name: &str) -> String {
    let spaced: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn is_id(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "id",
        "key",
        "issue",
        "ticket",
        "issue key",
        "issue id",
        "ticket id",
        "work item id",
        "item",
        "item id",
        "work item",
        "number",
    ];
    NAMES.contains(&plain(name).as_str())
}

fn is_attribute(name: &str) -> bool {
    let name = plain(name);
    [
        "due",
        "due date",
        "target date",
        "updated",
        "last updated",
        "birth date",
    ]
    .contains(&name.as_str())
}

fn is_done(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "done",
        "closed",
        "released",
        "deployed",
        "finished",
        "complete",
        "completed",
        "resolved",
        "live",
        "production",
        "in production",
        "delivered",
        "accepted",
        "shipped",
    ];
    NAMES.contains(&plain(name).as_str())
}

/// What a name says about a stage before the last: a queue if it speaks of waiting or of something finished
/// before ("Development Done"), otherwise work.
pub fn kind_by_name(name: &str) -> StageKind {
    const WAITING: [&str; 21] = [
        "ready",
        "backlog",
        "queue",
        "queued",
        "waiting",
        "wait",
        "awaiting",
        "todo",
        "pending",
        "blocked",
        "hold",
        "new",
        "open",
        "next",
        "selected",
        "buffer",
        "icebox",
        "inbox",
        "requested",
        "approved",
        "committed",
    ];
    let name = plain(name);
    let words: Vec<&str> = name.split(' ').collect();
    let finished = matches!(
        words.last(),
        Some(&("done" | "complete" | "completed" | "finished"))
    );
    let queue = finished || name.contains("to do") || words.iter().any(|w| WAITING.contains(w));
    if queue {
        StageKind::Queue
    } else {
        StageKind::Work
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_waits_if_its_name_says_so() {
        for name in [
            "Backlog",
            "Ready for Development",
            "To Do",
            "READY_FOR_QA",
            "Waiting for release",
            "Dev Done",
            "ToDo",
        ] {
            assert_eq!(kind_by_name(name), StageKind::Queue, "{name}");
        }
        for name in [
            "In Analysis",
            "In Development",
            "In Sign Off",
            "Code review",
            "Testing",
            "Reading",
        ] {
            assert_eq!(kind_by_name(name), StageKind::Work, "{name}");
        }
    }

    fn recognised(header: &str, row: &str, done: Option<&str>) -> Option<Columns> {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<String>>();
        Columns::recognised(&cells(header), &[cells(row)], done)
    }

    #[test]
    fn columns_are_recognised_by_cells_and_names() {
        let columns = recognised(
            "Link,Key,Backlog,Dev,Done,Due date,Type",
            "x,A-1,2018-01-01,2018-01-02,2018-01-03,2018-02-01,Story",
            None,
        );
        assert_eq!(
            columns,
            Some(Columns {
                id: 1,
                stages: vec![2, 3, 4],
                attributes: vec![0, 5, 6]
            })
        );
        let told = recognised(
            "ID,Backlog,Dev,Done,Live",
            "A-1,2018-01-01,2018-01-02,2018-01-03,2018-01-04",
            Some("done"),
        );
        assert_eq!(
            told.map(|c| c.stages),
            Some(vec![1, 2, 3]),
            "the person knows better"
        );
        assert_eq!(recognised("ID,Type", "A-1,Story", None), None);
    }
}
