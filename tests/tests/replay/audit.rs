//! A replication's figures from nothing but its history as JSON lines.

use millrace_core::time::{DAY, HOUR, WEEK};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the history says, in the terms of a replication.
#[derive(Debug, Default)]
pub struct Audit {
    pub delivered: u64,
    pub refused: u64,
    pub given_up: u64,
    pub finished: u64,
    pub leftovers: u64,
    /// Of the cohort, leftovers at their age.
    pub lead_ticks: i128,
    /// Items in the system over the window, item-ticks.
    pub wip_ticks: i128,
    /// Hours of the finished cohort by part of lead time; what only the engine can tell apart as "at work".
    pub parts: BTreeMap<&'static str, i64>,
    pub deployments: u64,
    pub rework_deployments: u64,
    pub failed_deployments: u64,
    pub recoveries: u64,
    pub customer_incidents: u64,
    pub background_incidents: u64,
    pub self_stopped: u64,
    pub by_severity: BTreeMap<String, u64>,
    /// As written with each incident, and from the steps of exposure.
    pub impact: [f64; 2],
    /// Gate: judged and stopped in the window.
    pub gates: BTreeMap<String, [u64; 2]>,
    /// Items in each stage at the end of each week.
    pub weeks: Vec<BTreeMap<String, i64>>,
    /// People who are missing at the end, by team.
    pub missing: BTreeMap<String, i64>,
}

#[derive(Default)]
struct Item {
    requested: i64,
    cohort: bool,
    over: bool,
    since: i64,
    part: &'static str,
    ticks: BTreeMap<&'static str, i64>,
    parts: u64,
}

impl Item {
    fn turn(&mut self, now: i64, part: &'static str) {
        let before = std::mem::replace(&mut self.part, part);
        *self.ticks.entry(before).or_default() += now - self.since;
        self.since = now;
    }
}

#[derive(Default)]
struct Rollout {
    began: i64,
    counted: bool,
    failed: bool,
    /// (since, share).
    steps: Vec<(i64, f64)>,
    /// Repairs, and all changes.
    changes: [u64; 2],
}

impl Rollout {
    /// ∫ e dt, hours.
    fn exposed(&self, from: i64, to: i64) -> f64 {
        let ends = self.steps.iter().skip(1).map(|s| s.0).chain([i64::MAX]);
        let of = |(step, end): (&(i64, f64), i64)| {
            (to.min(end) - from.max(step.0)).max(0) as f64 * step.1 / HOUR as f64
        };
        self.steps.iter().zip(ends).map(of).sum()
    }
}

/// One line, whatever is absent being empty.
struct Line<'a>(&'a Value);

impl<'a> Line<'a> {
    fn text(&self, key: &str) -> &'a str {
        self.0[key].as_str().unwrap_or("")
    }
    fn count(&self) -> u64 {
        self.0["count"].as_u64().unwrap_or(0)
    }
    fn hours(&self) -> f64 {
        self.0["hours"].as_f64().unwrap_or(f64::NAN)
    }
    fn time(&self) -> i64 {
        self.0["time_us"].as_i64().expect("a time")
    }
}

#[derive(Default)]
struct Auditor {
    out: Audit,
    window: (i64, i64),
    counting: bool,
    now: i64,
    wip: i128,
    items: BTreeMap<String, Item>,
    rollouts: BTreeMap<String, Rollout>,
    /// Incidents of the window that are going on, since when.
    shown: BTreeMap<String, i64>,
    here: BTreeMap<String, i64>,
}

/// Read a history.
pub fn audit(json_lines: &str) -> Audit {
    let lines: Vec<Value> = json_lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}")))
        .collect();
    let at = |event: &str| {
        let line = lines.iter().find(|l| l["event"] == event);
        line.map_or_else(|| panic!("no {event}"), |l| Line(l).time())
    };
    let mut auditor = Auditor {
        window: (at("window-opens"), at("window-closes")),
        ..Auditor::default()
    };
    for line in &lines {
        auditor.read(&Line(line));
    }
    auditor.close()
}

impl Auditor {
    fn read(&mut self, line: &Line) {
        self.pass(line.time());
        match line.text("event") {
            "window-opens" => self.counting = true,
            "window-closes" => self.counting = false,
            "entered" => *self.here.entry(line.text("place").into()).or_default() += 1,
            "left" => *self.here.entry(line.text("place").into()).or_default() -= 1,
            "gate-passed" => self.judged(line, 0),
            "gate-stopped" => self.judged(line, 1),
            "somebody-left" | "somebody-away" => self.missing(line, 1),
            "somebody-joined" | "somebody-back" => self.missing(line, -1),
            _ => {}
        }
        self.item(line);
        self.rollout(line);
        self.incident(line);
    }

    fn pass(&mut self, time: i64) {
        assert!(time >= self.now, "the history goes back in time at {time}");
        while (self.out.weeks.len() as i64 + 1) * WEEK <= time {
            self.out.weeks.push(self.here.clone());
        }
        if self.counting {
            self.out.wip_ticks += self.wip * i128::from(time - self.now);
        }
        self.now = time;
    }

    fn judged(&mut self, line: &Line, stopped: u64) {
        if self.counting {
            let cell = self.out.gates.entry(line.text("place").into()).or_default();
            cell[0] += 1;
            cell[1] += stopped;
        }
    }

    fn missing(&mut self, line: &Line, by: i64) {
        *self
            .out
            .missing
            .entry(line.text("team").into())
            .or_default() += by * line.count() as i64;
    }

    fn item(&mut self, line: &Line) {
        let (id, now) = (line.text("item").to_owned(), self.now);
        let part = match line.text("event") {
            "requested" => {
                let cohort = now >= self.window.0 && now < self.window.1;
                self.wip += 1;
                let item = Item {
                    requested: now,
                    cohort,
                    since: now,
                    part: "wip-block",
                    ..Item::default()
                };
                assert!(self.items.insert(id, item).is_none(), "requested twice");
                return;
            }
            "blocked" => "wip-block",
            "queued" if line.text("detail") == "review" => "gate-queue",
            "queued" => "waiting-for-team",
            "tickets-awaited" | "runner-awaited" => "waiting-for-platform",
            "environment-awaited" => "environment",
            "run-began" if line.text("place").starts_with("release/") => "deployment",
            "board-listed" => "board-wait",
            "ready" => "release-wait",
            "rolling-out" => "deployment",
            "handoff-began" | "started" | "run-began" | "awaits-repair" => "at work",
            "split" => "in parts",
            "part-done" => return self.part_done(&id, line.count()),
            "with-users" => return self.with_users(&id),
            "refused" => return self.gone(&id, |out| &mut out.refused),
            "given-up" => return self.gone(&id, |out| &mut out.given_up),
            _ => return,
        };
        // A part has no request of its own: it begins where its first event is.
        let fresh = || Item {
            since: now,
            part,
            ..Item::default()
        };
        let item = self.items.entry(id).or_insert_with(fresh);
        item.turn(now, part);
        if part == "in parts" {
            item.parts = line.count();
        }
    }

    fn part_done(&mut self, id: &str, left: u64) {
        let mut done = self.items.remove(id).expect("a part that began");
        done.turn(self.now, "");
        let whole = id.rsplit_once("/part/").expect("a part's id").0;
        let whole = self.items.get_mut(whole).expect("a whole");
        if left + 1 == whole.parts {
            // The first part's time is the whole's; from then on the whole waits for the others.
            whole.turn(self.now, "waiting-for-parts");
            whole.ticks.remove("in parts");
            for (part, ticks) in done.ticks {
                *whole.ticks.entry(part).or_default() += ticks;
            }
        }
    }

    fn with_users(&mut self, id: &str) {
        let now = self.now;
        let item = self.items.get_mut(id).expect("requested");
        assert!(!item.over, "{id} is delivered twice");
        item.over = true;
        item.turn(now, "");
        self.wip -= 1;
        self.out.delivered += u64::from(self.counting);
        if item.cohort {
            let lead = now - item.requested;
            assert_eq!(
                item.ticks.values().sum::<i64>(),
                lead,
                "the parts of {id} add up"
            );
            self.out.finished += 1;
            self.out.lead_ticks += i128::from(lead);
            for (part, ticks) in &item.ticks {
                *self.out.parts.entry(part).or_default() += ticks;
            }
        }
    }

    fn gone(&mut self, id: &str, count: impl Fn(&mut Audit) -> &mut u64) {
        let item = self.items.get_mut(id).expect("requested");
        assert!(!std::mem::replace(&mut item.over, true), "{id} goes twice");
        self.wip -= 1;
        *count(&mut self.out) += u64::from(self.counting);
    }

    fn rollout(&mut self, line: &Line) {
        let id = line.text("deployment").to_owned();
        match line.text("event") {
            "rollout-began" => {
                self.out.deployments += u64::from(self.counting);
                self.out.impact = self
                    .out
                    .impact
                    .map(|sum| sum + if self.counting { line.hours() } else { 0.0 });
                let rollout = Rollout {
                    began: self.now,
                    counted: self.counting,
                    ..Rollout::default()
                };
                assert!(
                    self.rollouts.insert(id, rollout).is_none(),
                    "rolled out twice"
                );
            }
            "rolling-out" => {
                let repair = u64::from(line.text("item").contains("/repair/"));
                let rollout = self.rollouts.get_mut(&id).expect("a rollout");
                rollout.changes[0] += repair;
                rollout.changes[1] += 1;
            }
            "exposure" => {
                let share = line.0["share"].as_f64().expect("a share");
                self.rollouts
                    .get_mut(&id)
                    .expect("a rollout")
                    .steps
                    .push((self.now, share));
            }
            _ => {}
        }
    }

    fn incident(&mut self, line: &Line) {
        let id = line.text("incident").to_owned();
        let count = match line.text("event") {
            "defect-showed" => &mut self.out.customer_incidents,
            "outage-began" => &mut self.out.background_incidents,
            "rollout-stopped" => &mut self.out.self_stopped,
            "recovered" => return self.recovered(line, &id),
            _ => return,
        };
        *count += u64::from(self.counting);
        let since = if self.counting {
            self.now
        } else {
            -self.now - 1
        };
        assert!(self.shown.insert(id, since).is_none(), "shown twice");
    }

    fn recovered(&mut self, line: &Line, id: &str) {
        let since = self.shown.remove(id).expect("shown before");
        let (counted, since) = if since < 0 {
            (false, -since - 1)
        } else {
            (true, since)
        };
        let rollout = self.rollouts.get_mut(line.text("deployment"));
        if counted {
            let hours = rollout
                .as_ref()
                .map_or((self.now - since) as f64 / HOUR as f64, |r| {
                    r.exposed(since, self.now)
                });
            self.out.impact[0] += line.hours();
            self.out.impact[1] += hours;
            if !line.text("detail").is_empty() {
                *self
                    .out
                    .by_severity
                    .entry(line.text("detail").into())
                    .or_default() += 1;
            }
        }
        if let Some(r) = rollout.filter(|r| r.counted && self.now - r.began <= 30 * DAY) {
            self.out.recoveries += 1;
            self.out.failed_deployments += u64::from(!r.failed);
            r.failed = true;
        }
    }

    fn close(mut self) -> Audit {
        let left = |item: &&Item| item.cohort && !item.over;
        for item in self.items.values().filter(left) {
            self.out.leftovers += 1;
            self.out.lead_ticks += i128::from(self.now - item.requested);
        }
        let of_repairs = |r: &&Rollout| r.counted && r.changes[0] == r.changes[1];
        self.out.rework_deployments = self.rollouts.values().filter(of_repairs).count() as u64;
        self.out
    }
}

/// Every kind of event in a history.
pub fn kinds(json_lines: &str) -> BTreeSet<String> {
    let kind = |l: &str| {
        let line: Value = serde_json::from_str(l).expect("JSON");
        line["event"].as_str().expect("a kind").to_owned()
    };
    json_lines.lines().map(kind).collect()
}
