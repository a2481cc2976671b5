//! A study's levers as a function of numbers between 0 and 1.
//!
//! Each lever goes up to so many steps from where it stands, and every position has an equal share of the
//! line from 0 to 1. All points share their years, so that the function has no noise of its own: what
//! differs between two points is the levers.

use super::{HEADLINES, Lever, Refused, reasons};
use crate::experiment::arm::{Arm, Watch};
use crate::scenario::lever::{Offered, Position};
use crate::scenario::{Scenario, Variant};
use crate::time::Ticks;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// Points simulated before it is asked again whether to go on.
const CHUNK: usize = 32;

/// The levers and where they may go.
#[derive(Debug)]
pub struct Space<'s> {
    scenario: &'s Scenario,
    factors: Vec<Factor>,
    refused: Vec<Refused>,
}

/// A lever and where it may go.
#[derive(Debug, Clone)]
struct Factor {
    lever: Offered,
    /// Lowest first; `None` is where it stands.
    positions: Vec<Option<f64>>,
}

/// A factor for people.
#[derive(Debug, Clone, Serialize)]
pub struct Range {
    /// The lever.
    #[serde(flatten)]
    pub lever: Lever,
    /// Its positions, lowest first.
    pub positions: Vec<String>,
}

/// The headlines at many points.
#[derive(Debug)]
pub struct Evaluated {
    /// By point; `None` where there is no study, nothing arrived, or the run was ended before.
    pub values: Vec<Option<[f64; HEADLINES.len()]>>,
    /// Positions and settings that make no study.
    pub refused: Vec<Refused>,
    /// Different settings among the points that make none.
    pub impossible: usize,
    /// Different settings simulated.
    pub settings: usize,
    /// Of those, the ones whose work in progress keeps growing.
    pub growing: usize,
}

impl<'s> Space<'s> {
    /// The space of these levers, each up to `steps` of its steps away. Positions that are no study even with
    /// all else as it is are left out, and told.
    #[must_use]
    pub fn new(scenario: &'s Scenario, levers: &[Offered], steps: i32) -> Self {
        let mut refused = Vec::new();
        let mut factor = |lever: &Offered| {
            let baseline = &scenario.baseline;
            let today = lever.baseline(baseline).or_else(|| lever.mean(baseline));
            let mut around = lever.around(baseline, steps);
            around.retain(|(x, _)| {
                let moved = BTreeMap::from([(lever.id.clone(), lever.named(*x))]);
                let faults = scenario.combined(&[], &moved).err();
                refused.extend(faults.iter().map(|faults| Refused {
                    lever: lever.id.clone(),
                    to: lever.words(Some(*x)),
                    why: reasons(faults),
                }));
                faults.is_none()
            });
            let below = today.map_or(0, |t| around.partition_point(|(x, _)| *x < t));
            let mut positions: Vec<Option<f64>> = around.iter().map(|(x, _)| Some(*x)).collect();
            positions.insert(below, None);
            Factor {
                lever: lever.clone(),
                positions,
            }
        };
        let mut factors: Vec<Factor> = levers.iter().map(&mut factor).collect();
        factors.retain(|f| f.positions.len() > 1);
        Self {
            scenario,
            factors,
            refused,
        }
    }

    /// The factors, in the order of a point's numbers.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range> {
        let of = |f: &Factor| Range {
            lever: (&f.lever).into(),
            positions: f.positions.iter().map(|p| self.words(f, *p)).collect(),
        };
        self.factors.iter().map(of).collect()
    }

    fn words(&self, f: &Factor, position: Option<f64>) -> String {
        let today = || f.lever.baseline(&self.scenario.baseline);
        f.lever.words(position.or_else(today))
    }

    /// Which position each lever has at a point.
    fn cell(&self, point: &[f64]) -> Vec<usize> {
        let index = |(f, x): (&Factor, &f64)| {
            let n = f.positions.len();
            ((x * n as f64) as usize).min(n - 1)
        };
        self.factors.iter().zip(point).map(index).collect()
    }

    fn variant(&self, cell: &[usize]) -> Result<Variant, Refused> {
        let moved = self.factors.iter().zip(cell).filter_map(|(f, &i)| {
            let position = f.lever.named(f.positions[i]?);
            Some((f.lever.id.clone(), position))
        });
        let moved: BTreeMap<String, Position> = moved.collect();
        self.scenario
            .combined(&[], &moved)
            .map_err(|faults| Refused {
                lever: moved.keys().cloned().collect::<Vec<_>>().join(", "),
                to: self.described(cell),
                why: reasons(&faults),
            })
    }

    fn described(&self, cell: &[usize]) -> String {
        let moved = self.factors.iter().zip(cell);
        let moved = moved.filter(|(f, i)| f.positions[**i].is_some());
        moved
            .map(|(f, &i)| self.words(f, f.positions[i]))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The variants with every lever at its lowest and at its highest position, as far as they are studies:
    /// those whose warm-up is likely to be the longest.
    #[must_use]
    pub fn ends(&self) -> Vec<Variant> {
        let at = |(i, highest): (usize, bool)| {
            let f = self.factors.get(i)?;
            let end = if highest {
                f.positions.last()
            } else {
                f.positions.first()
            };
            let moved = BTreeMap::from([(f.lever.id.clone(), f.lever.named((*end?)?))]);
            self.scenario.combined(&[], &moved).ok()
        };
        let all = (0..self.factors.len()).flat_map(|i| [(i, false), (i, true)]);
        all.filter_map(at).collect()
    }

    /// How many different settings these points are: each is simulated once.
    #[must_use]
    pub fn settings(&self, points: &[Vec<f64>]) -> usize {
        let mut cells: Vec<Vec<usize>> = points.iter().map(|x| self.cell(x)).collect();
        cells.sort_unstable();
        cells.dedup();
        cells.len()
    }

    /// Both headlines at each point, over the same `years`. Ended early, the first points have values.
    #[must_use]
    pub fn evaluate(
        &self,
        points: &[Vec<f64>],
        warm_up: Ticks,
        years: u64,
        watch: Watch<'_>,
    ) -> Evaluated {
        let cells: Vec<Vec<usize>> = points.iter().map(|x| self.cell(x)).collect();
        let mut known: BTreeMap<&[usize], Option<[f64; 2]>> = BTreeMap::new();
        let mut out = Evaluated {
            values: Vec::new(),
            refused: self.refused.clone(),
            impossible: 0,
            settings: 0,
            growing: 0,
        };
        for chunk in cells.chunks(CHUNK) {
            let mut new: Vec<&[usize]> = chunk.iter().map(Vec::as_slice).collect();
            new.retain(|c| !known.contains_key(c));
            new.sort_unstable();
            new.dedup();
            let made: Vec<Setting> = new
                .par_iter()
                .map(|cell| self.simulate(cell, warm_up, years, watch))
                .collect();
            // Under a cancel the rest was not made whole.
            if watch.cancel.is_cancelled() {
                break;
            }
            for (cell, made) in new.into_iter().zip(made) {
                known.insert(cell, made.value);
                out.growing += usize::from(made.grows);
                out.settings += usize::from(made.refused.is_none());
                out.impossible += usize::from(made.refused.is_some());
                out.refused.extend(made.refused);
            }
        }
        let value = |cell: &Vec<usize>| known.get(cell.as_slice()).copied().flatten();
        out.values = cells.iter().map(value).collect();
        out
    }

    fn simulate(&self, cell: &[usize], warm_up: Ticks, years: u64, watch: Watch<'_>) -> Setting {
        let variant = match self.variant(cell) {
            Ok(variant) => variant,
            Err(refused) => {
                (watch.made)(years);
                return Setting {
                    value: None,
                    grows: false,
                    refused: Some(refused),
                };
            }
        };
        let mut arm = Arm::new(&variant, warm_up);
        arm.extend(years, watch);
        let [a, b] = HEADLINES.map(|m| m.influence(&arm.runs).map(|i| i.value));
        Setting {
            value: a.zip(b).map(|(a, b)| [a, b]),
            grows: arm.work_grows(),
            refused: None,
        }
    }
}

struct Setting {
    value: Option<[f64; 2]>,
    grows: bool,
    refused: Option<Refused>,
}
