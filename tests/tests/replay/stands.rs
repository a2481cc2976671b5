//! What stands where at the end of each week, from nothing but a history as JSON lines.

use millrace_core::time::WEEK;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many, by `gate/GATE`, `to-begin/STREAM`, `to-release/STREAM`, `rolling/STREAM`, `tickets/TEAM`; and
/// `incidents/STREAM` that showed in the week.
pub type Week = BTreeMap<String, u32>;

#[derive(Default)]
struct Reader {
    weeks: Vec<Week>,
    /// Where each item stands that is in no stage only.
    at: BTreeMap<String, String>,
    /// With users: wherever a rollback takes it, it stands nowhere any more.
    over: BTreeSet<String>,
    /// Took a place in a stage, or was split.
    begun: BTreeSet<String>,
    tickets: BTreeSet<String>,
    incidents: Week,
}

/// Read a history.
pub fn weeks(json_lines: &str) -> Vec<Week> {
    let mut reader = Reader::default();
    for line in json_lines.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let time = line["time_us"].as_i64().expect("a time");
        while (reader.weeks.len() as i64 + 1) * WEEK <= time {
            reader.end_week();
        }
        reader.read(&line);
    }
    reader.weeks
}

impl Reader {
    fn end_week(&mut self) {
        let mut week = std::mem::take(&mut self.incidents);
        for place in self.at.values() {
            *week.entry(place.clone()).or_default() += 1;
        }
        self.weeks.push(week);
    }

    fn read(&mut self, line: &Value) {
        let text = |key: &str| line[key].as_str().unwrap_or("");
        let (event, item, place) = (text("event"), text("item").to_owned(), text("place"));
        let (where_, name) = place.split_once('/').unwrap_or_default();
        let after = |what: &str| format!("{what}/{name}");
        if matches!(event, "defect-showed" | "outage-began") {
            *self.incidents.entry(after("incidents")).or_default() += 1;
            return;
        }
        if self.over.contains(&item) {
            return;
        }
        let to = match event {
            "ticket-opened" => {
                self.tickets.insert(item);
                return;
            }
            "queued" if self.tickets.contains(&item) => format!("tickets/{}", text("team")),
            "queued" if text("detail") == "review" => place.to_owned(),
            "board-listed" => place.to_owned(),
            "runner-awaited" | "run-began" if where_ == "gate" => place.to_owned(),
            "ready" | "awaits-repair" | "runner-awaited" => after("to-release"),
            "run-began" | "rolling-out" => after("rolling"),
            "blocked" if !self.begun.contains(&item) && !item.contains("/part/") => {
                after("to-begin")
            }
            "with-users" | "repair-delivered" => {
                self.at.remove(&item);
                self.over.insert(item);
                return;
            }
            "entered" | "split" => {
                self.at.remove(&item);
                self.begun.insert(item);
                return;
            }
            "gate-passed" | "gate-stopped" | "refused" | "given-up" | "ticket-served" => {
                self.at.remove(&item);
                return;
            }
            _ => return,
        };
        self.at.insert(item, to);
    }
}
