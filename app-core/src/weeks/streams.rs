//! Week by week before the first stage of a stream, after its last one, and with users.

use super::means::Means;
use super::{AT_THE_END, Charts, EACH_WEEK, Words, both, counted};
use millrace_core::model::{Arrivals, Model, Source};
use millrace_report::figure::Figure;
use millrace_report::words;

/// What a chart of a stream counts, when a week ends or in a week.
struct End {
    node: &'static str,
    weeks: fn(&Means<'_>, &str) -> Option<Vec<f64>>,
    /// One and many.
    things: [&'static str; 2],
    /// What one and many do.
    verbs: [&'static str; 2],
    what: &'static str,
    subtitle: &'static str,
    /// They come or go in a week, and do not stand there when it ends.
    passes: bool,
}

const REQUESTS: [&str; 2] = ["request", "requests"];
const CHANGES: [&str; 2] = ["change", "changes"];
const BE: [&str; 2] = ["is", "are"];

/// Requests that have to wait.
const WAITING: End = End {
    node: "demand",
    weeks: |m, stream| m.to_begin(stream),
    things: REQUESTS,
    verbs: ["waits", "wait"],
    what: "to begin",
    subtitle: "Asked for, and without a place yet.",
    passes: false,
};

/// Requests that anybody can have at once.
const COMING: End = End {
    node: "demand",
    weeks: |m, stream| m.arrived(stream),
    things: REQUESTS,
    verbs: ["comes", "come"],
    what: "",
    subtitle: "Whatever becomes of them.",
    passes: true,
};

/// Requests of a backlog that never empties.
const BEGUN: End = End {
    node: "demand",
    weeks: |m, stream| m.arrived(stream),
    things: REQUESTS,
    verbs: BE,
    what: " begun",
    subtitle: "There is always more to do than can be begun.",
    passes: true,
};

const READY: End = End {
    node: "release",
    weeks: |m, stream| m.to_release(stream),
    things: CHANGES,
    verbs: ["waits", "wait"],
    what: "to be released",
    subtitle: "Finished, and not yet on the way to users.",
    passes: false,
};

const ROLLING: End = End {
    node: "deployment",
    weeks: |m, stream| m.rolling(stream),
    things: CHANGES,
    verbs: BE,
    what: "on the way to users",
    subtitle: "In the pipeline or being rolled out.",
    passes: false,
};

const INCIDENTS: End = End {
    node: "production",
    weeks: |m, stream| m.incidents(stream),
    things: ["incident", "incidents"],
    verbs: ["reaches", "reach"],
    what: " users",
    subtitle: "Those that a release stopped by itself are not among them.",
    passes: true,
};

/// Where nothing is released, users have what is finished.
const FINISHED: End = End {
    node: "production",
    weeks: |m, stream| m.delivered(stream),
    things: CHANGES,
    verbs: BE,
    what: " finished",
    subtitle: "Nothing is released here: finished is delivered.",
    passes: true,
};

impl Charts<'_> {
    pub(super) fn stream(&self, s: usize) -> Vec<Figure> {
        let ends = match self.shown.streams[s].release {
            Some(_) => vec![READY, ROLLING, INCIDENTS],
            None => vec![FINISHED],
        };
        let all = std::iter::once(demand(self.shown, s)).chain(ends);
        all.filter_map(|end| self.end(&end, s)).collect()
    }

    fn end(&self, end: &End, s: usize) -> Option<Figure> {
        let stream = &self.shown.streams[s];
        let of = match self.shown.streams.len() {
            1 => String::new(),
            _ => format!(" of {}", stream.label),
        };
        let [one, many] = [0, 1].map(|k| format!("{}{of} {}", end.things[k], end.verbs[k]));
        let weeks = |m: &Means<'_>| (end.weeks)(m, &stream.id);
        self.drawn(&format!("{}/{}", end.node, stream.id), &weeks, &|means| {
            let title = if end.passes {
                let (now, was) = both(means, words::rounded);
                let does = if now == "1" { &one } else { &many };
                format!("{now} {does}{} a week{was}", end.what)
            } else {
                counted(means, [&one, &many], end.what)
            };
            Words {
                title,
                when: if end.passes { EACH_WEEK } else { AT_THE_END },
                subtitle: end.subtitle.to_owned(),
                axis: end.things[1],
            }
        })
    }
}

/// What is counted where a stream begins.
fn demand(model: &Model, s: usize) -> End {
    let stream = &model.streams[s];
    let endless = |x: &Source| matches!(x.arrivals, Arrivals::Endless);
    let mut sources = model.sources.iter().filter(|x| x.stream == s);
    if sources.any(endless) {
        return BEGUN;
    }
    let first = model.stages.get(stream.stages.start);
    let limited = stream.limit.is_some() || first.is_some_and(|f| f.limit.is_some());
    if limited { WAITING } else { COMING }
}
