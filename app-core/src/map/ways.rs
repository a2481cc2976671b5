//! The ways through one stream, as they are drawn: which stage leads to which, and in which column each
//! stands.

use millrace_core::model::{Model, RISKS, Route, Stream};
use millrace_report::words;

/// From one stage to another, or out of the stages.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Index of the stage left.
    pub from: usize,
    /// Index of the stage entered; `None`: out of the stages.
    pub to: Option<usize>,
    /// Who takes it ("45%", "high risk"); empty for all.
    pub label: String,
}

/// The ways of a stream and where they lead.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// Every way, in the order of the stages.
    pub all: Vec<Way>,
    /// Stages that requests come to first.
    pub first: Vec<usize>,
    /// For each stage of the stream its column, from 1.
    pub columns: Vec<u32>,
    /// The column behind everything.
    pub end: u32,
}

impl Ways {
    /// The ways through a stream.
    #[must_use]
    pub fn of(model: &Model, stream: &Stream) -> Self {
        let mut ways = Self::default();
        for i in stream.stages.clone() {
            for (to, label) in leaving(model, stream, i) {
                let way = |to| Way {
                    from: i,
                    to,
                    label: label.clone(),
                };
                match to {
                    Some(to) => {
                        let entered = entering(model, stream, to, inside(stream, i));
                        ways.all.extend(entered.into_iter().map(|t| way(Some(t))));
                    }
                    None => ways.all.push(way(None)),
                }
            }
        }
        ways.first = entering(model, stream, stream.stages.start, None);
        ways.place(model, stream);
        ways
    }

    /// Every stage stands behind all that lead to it; its gates follow it, a column each.
    fn place(&mut self, model: &Model, stream: &Stream) {
        let begin = stream.stages.start;
        self.columns = vec![1; stream.stages.len()];
        self.end = 1;
        for i in stream.stages.clone() {
            let behind = self.columns[i - begin] + model.stages[i].gates.len() as u32 + 1;
            self.end = self.end.max(behind);
            let ahead = self.all.iter().filter(|w| w.from == i);
            for to in ahead.filter_map(|w| w.to).filter(|&to| to > i) {
                let column = &mut self.columns[to - begin];
                *column = (*column).max(behind);
            }
        }
    }
}

/// The fork and the part that a stage belongs to.
fn inside(stream: &Stream, stage: usize) -> Option<(usize, usize)> {
    let part_of = |f: usize| {
        let parts = &stream.forks[f].parts;
        Some((f, parts.iter().position(|p| p.stages.contains(&stage))?))
    };
    (0..stream.forks.len()).find_map(part_of)
}

/// Whether some work passes a fork's stages one after another.
fn also_whole(stream: &Stream, fork: usize) -> bool {
    stream.forks[fork].sources.iter().any(|splits| !splits)
}

/// Where work goes from a stage, before forks are looked into.
fn leaving(model: &Model, stream: &Stream, i: usize) -> Vec<(Option<usize>, String)> {
    let mut out = Vec::new();
    if let Some((f, p)) = inside(stream, i) {
        let fork = &stream.forks[f];
        let stages = &fork.parts[p].stages;
        let next = stages.iter().position(|&s| s == i).map(|at| at + 1);
        match next.and_then(|at| stages.get(at)) {
            Some(&next) => out.push((Some(next), String::new())),
            None => out.push((fork.join, String::new())),
        }
        if !also_whole(stream, f) {
            return out;
        }
    }
    let routes = &model.stages[i].routes;
    for route in routes {
        if !out.iter().any(|(to, _)| *to == route.to) {
            out.push((route.to, who(route, routes)));
        }
    }
    out
}

/// Where work that is sent to a stage begins: at all parts, where a fork begins there.
fn entering(model: &Model, stream: &Stream, to: usize, from: Option<(usize, usize)>) -> Vec<usize> {
    match model.stages[to].fork {
        Some(f) if from.is_none_or(|(inside, _)| inside != f) => {
            let parts = stream.forks[f].parts.iter();
            let mut first: Vec<usize> = parts.filter_map(|p| p.stages.first().copied()).collect();
            if also_whole(stream, f) && !first.contains(&to) {
                first.push(to);
            }
            first
        }
        _ => vec![to],
    }
}

/// Whom a route is for, where there are several to different places.
fn who(route: &Route, all: &[Route]) -> String {
    if all.iter().all(|r| r.to == route.to) {
        return String::new();
    }
    if route.risks != [true; 3] {
        let risks = RISKS.iter().zip(route.risks).filter(|(_, takes)| *takes);
        let named: Vec<&str> = risks.map(|(risk, _)| *risk).collect();
        return format!("{} risk", named.join(", "));
    }
    if route.sources.is_empty() {
        words::percent(route.share)
    } else {
        String::new()
    }
}
