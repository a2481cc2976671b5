//! A run of the shown variant beside the baseline: contiguous prefixes that sharpen, on a thread of its
//! own, ended at once when it is overtaken.

use crate::sentences;
use crate::verdict::{self, Pair, Price};
use crate::view::RunUpdate;
use crate::weeks;
use millrace_core::engine::Replication;
use millrace_core::experiment::compare::last_look;
use millrace_core::experiment::summary::work_grows;
use millrace_core::experiment::{Cancel, compare, find_warm_up_of, replicate, summarise};
use millrace_core::scenario::{Models, Variant};
use millrace_core::time::{Ticks, ticks_up};
use millrace_report::Figure;
use millrace_report::figures::{self, Case};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Prefixes shown: a first picture soon, then the looks.
const PREFIXES: [u64; 9] = [12, 32, 64, 128, 256, 384, 512, 768, 1024];
/// Messages come at most this often, plus the first and the last.
const EVERY: Duration = Duration::from_millis(100);

/// What a run needs to know.
pub struct Order {
    /// Its number.
    pub number: u32,
    /// Replications asked for.
    pub target: u64,
    /// The baseline.
    pub baseline: Variant,
    /// The what-if with its id, name and price.
    pub what_if: Option<(Variant, String, String, Price)>,
    /// The footer of every chart.
    pub notes: Vec<String>,
}

/// What outlives a run: the baseline's replications by warm-up, and the last figures.
#[derive(Default)]
pub struct Memory {
    baseline: HashMap<Ticks, Vec<Replication>>,
    warm_up: Option<Ticks>,
    /// The charts of the last message, then those of single places of the map.
    pub figures: Vec<Figure>,
}

impl Memory {
    /// The baseline's years made so far, under the warm-up of which there are most.
    pub fn years(&self) -> &[Replication] {
        let all = self.baseline.values();
        all.max_by_key(|runs| runs.len()).map_or(&[], Vec::as_slice)
    }

    /// The longest run of the baseline that says what one counted from `warm_up` on would. Where the baseline
    /// settles, a year that begins to count later is a year like any other; where it does not, its figures
    /// depend on when they are taken.
    pub fn longest(&self, warm_up: Ticks) -> &[Replication] {
        let all = self.baseline.iter();
        let first = |w: &Ticks| Some(*w) == self.warm_up;
        let longest = all.max_by_key(|(w, runs)| (runs.len(), first(w), **w));
        match longest {
            Some((w, runs)) if *w == warm_up || !work_grows(runs) => runs,
            _ => self.baseline.get(&warm_up).map_or(&[], Vec::as_slice),
        }
    }
}

/// Memory shared between runs and the desk.
pub type SharedMemory = Arc<Mutex<Memory>>;

fn locked(memory: &SharedMemory) -> std::sync::MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Make the run; every message goes to `tell`.
pub fn go(order: &Order, memory: &SharedMemory, cancel: &Cancel, tell: &dyn Fn(RunUpdate)) {
    let mut making = Making {
        order,
        memory,
        cancel,
        tell,
        told: None,
        mine: Vec::new(),
    };
    // The pilot of a what-if takes longer than a first picture: that one stands on the baseline's
    // warm-up, and is thrown away should the what-if need a longer one.
    let known = locked(memory).warm_up;
    let early = known.filter(|_| order.what_if.is_some() && order.target > PREFIXES[0]);
    if let Some(warm_up) = early {
        making.prefixes(warm_up, &PREFIXES[..1]);
    }
    let other = order.what_if.as_ref().map(|w| &w.0);
    let Some(warm_up) = warm_up(&order.baseline, other, memory, cancel) else {
        return;
    };
    if early != Some(warm_up) {
        making.mine.clear();
    }
    let from = usize::from(early == Some(warm_up));
    let below = |&n: &u64| n < order.target;
    let doubled = (2..).map(|k| 1024 * k).take_while(below);
    let first = PREFIXES[from..].iter().copied().filter(below);
    let all: Vec<u64> = first.chain(doubled).chain([order.target]).collect();
    making.prefixes(warm_up, &all);
}

/// A run on its way.
struct Making<'a> {
    order: &'a Order,
    memory: &'a SharedMemory,
    cancel: &'a Cancel,
    tell: &'a dyn Fn(RunUpdate),
    told: Option<Instant>,
    /// The what-if's replications.
    mine: Vec<Replication>,
}

impl Making<'_> {
    /// Replications up to each of these, told when it is time.
    fn prefixes(&mut self, warm_up: Ticks, prefixes: &[u64]) {
        let order = self.order;
        let baseline = order.baseline.models(Some(warm_up));
        let what_if = order.what_if.as_ref().map(|w| w.0.models(Some(warm_up)));
        for &n in prefixes {
            if let Some(models) = &what_if {
                let have = self.mine.len() as u64;
                self.mine.extend(replicate(models, have, n, self.cancel));
            }
            // Simulated without the lock: saving a chart does not wait for it.
            let have = locked(self.memory)
                .baseline
                .get(&warm_up)
                .map_or(0, Vec::len);
            let more = replicate(&baseline, have as u64, n.max(have as u64), self.cancel);
            if self.cancel.is_cancelled() {
                return;
            }
            let mut kept = locked(self.memory);
            let theirs = kept.baseline.entry(warm_up).or_default();
            // A run that is being overtaken may have added some meanwhile: the same ones, by number.
            let added = theirs.len() - have;
            theirs.extend(more.into_iter().skip(added));
            if n == order.target || self.told.is_none_or(|t| t.elapsed() >= EVERY) {
                self.told = Some(Instant::now());
                let (update, places) = update(
                    order,
                    n,
                    baseline.likely(),
                    &theirs[..n as usize],
                    what_if.as_ref().map(|m| (m.likely(), &self.mine[..])),
                );
                kept.figures.clone_from(&update.figures);
                kept.figures.extend(places);
                drop(kept);
                (self.tell)(update);
            }
        }
    }
}

/// The longest warm-up of the two variants; the baseline's is found once.
pub(crate) fn warm_up(
    baseline: &Variant,
    what_if: Option<&Variant>,
    memory: &SharedMemory,
    cancel: &Cancel,
) -> Option<Ticks> {
    if let Some(stated) = baseline.study.run.warm_up {
        return Some(ticks_up(stated));
    }
    let known = locked(memory).warm_up;
    let mut longest = match known {
        Some(known) => known,
        None => find_warm_up_of(&[&baseline.models(None)], cancel).ticks,
    };
    if cancel.is_cancelled() {
        return None;
    }
    locked(memory).warm_up = Some(longest);
    if let Some(variant) = what_if {
        longest = longest.max(find_warm_up_of(&[&variant.models(None)], cancel).ticks);
    }
    (!cancel.is_cancelled()).then_some(longest)
}

/// The first `n` years of the baseline: those that were made before, and new ones that are kept.
pub(crate) fn baseline_years(
    models: &Models,
    warm_up: Ticks,
    n: u64,
    memory: &SharedMemory,
    cancel: &Cancel,
) -> Option<Vec<Replication>> {
    let have = locked(memory).baseline.get(&warm_up).map_or(0, Vec::len);
    let more = replicate(models, have as u64, n.max(have as u64), cancel);
    if cancel.is_cancelled() {
        return None;
    }
    let mut kept = locked(memory);
    let years = kept.baseline.entry(warm_up).or_default();
    // Another run may have added some meanwhile: the same ones, by number.
    let added = years.len().saturating_sub(have);
    years.extend(more.into_iter().skip(added));
    Some(years.iter().take(n as usize).cloned().collect())
}

fn update(
    order: &Order,
    n: u64,
    baseline: &millrace_core::model::Model,
    theirs: &[Replication],
    what_if: Option<(&millrace_core::model::Model, &[Replication])>,
) -> (RunUpdate, Vec<Figure>) {
    let smallest = order.baseline.study.run.smallest_difference;
    let a = summarise("baseline", "Baseline", baseline, theirs);
    let named = order
        .what_if
        .as_ref()
        .zip(what_if)
        .map(|((_, id, name, price), (model, runs))| {
            (
                summarise(id, name, model, runs),
                compare(id, theirs, runs, 1, smallest),
                runs,
                *price,
            )
        });
    let pair = Pair {
        baseline: (&a, theirs),
        what_if: named.as_ref().map(|(s, _, runs, _)| (s, *runs)),
        smallest,
        what_ifs: 1,
    };
    let mut notes = order.notes.clone();
    notes.push(format!("{n} simulated years"));
    let case = Case {
        name: "Baseline",
        runs: theirs,
        summary: &a,
    };
    let other = named.as_ref().map(|(s, _, runs, _)| Case {
        name: &s.name,
        runs,
        summary: s,
    });
    let settled = last_look(n as usize).is_some();
    let mut warnings = Vec::new();
    match &named {
        None => warnings.extend(a.warnings()),
        Some((s, ..)) => {
            warnings.extend(a.warnings().into_iter().map(|w| format!("Baseline: {w}")));
            warnings.extend(s.warnings());
        }
    }
    let places = weeks::figures(
        weeks::Case {
            name: "Baseline",
            model: baseline,
            runs: theirs,
            summary: &a,
        },
        named
            .as_ref()
            .zip(what_if)
            .map(|((s, ..), (model, runs))| weeks::Case {
                name: &s.name,
                model,
                runs,
                summary: s,
            }),
        &notes,
    );
    let before = sentences::Case {
        summary: &a,
        runs: theirs,
        model: baseline,
    };
    let compared = named
        .as_ref()
        .zip(what_if)
        .map(|((s, c, ..), (model, runs))| sentences::Compared {
            before,
            after: sentences::Case {
                summary: s,
                runs,
                model,
            },
            comparison: c,
            smallest,
        });
    let told = RunUpdate {
        run: order.number,
        done: n as u32,
        target: order.target as u32,
        last: n == order.target,
        settled,
        verdict: match &named {
            None => verdict::alone(&a),
            Some((s, c, _, price)) if settled => verdict::compared(&a, s, c, *price),
            Some((s, _, _, price)) => verdict::early(&a, s, *price),
        },
        figures: figures::all(case, other, &notes),
        rows: pair.rows(),
        dora: pair.dora(),
        nodes: verdict::nodes(
            &a,
            named.as_ref().map(|n| &n.0),
            ticket_team(what_if.map_or(baseline, |w| w.0)),
        ),
        warnings,
        sentences: if settled {
            sentences::of_run(before, compared.as_ref())
        } else {
            Vec::new()
        },
        statistics: pair.statistics(named.as_ref().map(|n| &n.1)),
    };
    (told, places)
}

/// The team that works all tickets, if it is one.
fn ticket_team(model: &millrace_core::model::Model) -> Option<&str> {
    let mut teams = model
        .stages
        .iter()
        .flat_map(|s| s.requests.iter().map(|r| r.team));
    let first = teams.next()?;
    teams
        .all(|t| t == first)
        .then(|| model.teams[first].id.as_str())
}
