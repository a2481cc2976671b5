//! A variant's groups and weeks as CSV (RFC 4180), one estimate a row: the numbers behind the charts and
//! those no chart shows, in full precision with a decimal point.

use crate::table::inert;
use millrace_core::experiment::Summary;
use millrace_core::experiment::summary::{GroupSummary, Series};
use millrace_core::stats::Estimate;

/// By value stream, work type and risk class, under the header
/// `by,id,name,figure,unit,value,low,high`; `by` is `stream`, `type` or `risk`. Parts of lead time have no
/// interval.
#[must_use]
pub fn groups(summary: &Summary) -> String {
    let mut rows = Rows::under(["by", "id", "name", "figure", "unit", "value", "low", "high"]);
    let all = [
        ("stream", &summary.streams),
        ("type", &summary.types),
        ("risk", &summary.risks),
    ];
    for (by, groups) in all {
        for g in groups {
            for (figure, unit, e) in figures(g) {
                let [value, low, high] = ends(e);
                rows.add([
                    by.into(),
                    inert(&g.id),
                    inert(&g.name),
                    figure,
                    unit.into(),
                    value,
                    low,
                    high,
                ]);
            }
        }
    }
    rows.finish()
}

fn figures(g: &GroupSummary) -> Vec<(String, &'static str, Estimate)> {
    let t = &g.lead_time_hours;
    let estimates = [
        ("lead time, mean", "hours", t.mean),
        ("lead time, p50", "hours", t.p50),
        ("lead time, p85", "hours", t.p85),
        ("lead time, p95", "hours", t.p95),
        ("throughput", "items a week", g.throughput_per_week),
        ("flow efficiency", "share", g.flow_efficiency),
    ];
    let parts = g.parts_hours.iter().map(|(id, hours)| {
        let alone = Estimate {
            value: *hours,
            low: f64::NAN,
            high: f64::NAN,
        };
        (format!("part of lead time: {id}"), "hours", alone)
    });
    estimates
        .into_iter()
        .filter_map(|(name, unit, e)| Some((name.to_owned(), unit, e?)))
        .chain(parts)
        .collect()
}

/// Week by week from the first simulated one, under the header
/// `week,counted,series,id,name,unit,value,low,high`; `counted` is `no` in the warm-up.
#[must_use]
pub fn weeks(summary: &Summary) -> String {
    let head = [
        "week", "counted", "series", "id", "name", "unit", "value", "low", "high",
    ];
    let mut rows = Rows::under(head);
    let w = &summary.weekly;
    let mut add = |series: &str, [id, name]: [&str; 2], unit: &str, s: &Series| {
        for (week, ((value, low), high)) in s.value.iter().zip(&s.low).zip(&s.high).enumerate() {
            let counted = week as f64 >= summary.warm_up_weeks;
            let [value, low, high] = [value, low, high].map(|x| number(*x));
            rows.add([
                (week + 1).to_string(),
                if counted { "yes" } else { "no" }.into(),
                series.into(),
                inert(id),
                inert(name),
                unit.into(),
                value,
                low,
                high,
            ]);
        }
    };
    add("arrived", ["", ""], "items", &w.arrived);
    add("delivered", ["", ""], "items", &w.delivered);
    add("incidents", ["", ""], "incidents", &w.incidents);
    add("wip", ["", ""], "items", &w.wip);
    for s in &w.cumulative_flow {
        add("cumulative flow", [&s.id, &s.name], "items", &s.series);
    }
    for s in &w.utilisation {
        add("utilisation", [&s.id, &s.name], "share", &s.series);
    }
    rows.finish()
}

fn ends(e: Estimate) -> [String; 3] {
    [e.value, e.low, e.high].map(number)
}

/// A number, or nothing where there is none.
fn number(x: f64) -> String {
    if x.is_finite() {
        x.to_string()
    } else {
        String::new()
    }
}

struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    fn under<const N: usize>(head: [&str; N]) -> Self {
        let mut rows = Self(csv::Writer::from_writer(Vec::new()));
        rows.add(head.map(str::to_owned));
        rows
    }

    fn add<const N: usize>(&mut self, cells: [String; N]) {
        self.0
            .write_record(cells)
            .expect("memory takes every write and rows are equally long");
    }

    fn finish(self) -> String {
        let bytes = self.0.into_inner().expect("memory takes every write");
        String::from_utf8(bytes).expect("every cell was text")
    }
}
