//! Demand: when requests come, and what they are like.

use super::super::format::DAYS;
use super::super::study;
use super::stream::Own;
use super::{Builder, dist, per, shown, ticks};
use crate::model::{Arrivals, Estimation, Model, Rhythm, Source};
use crate::random::{Distribution, Name};
use crate::time::HOURS_PER_WEEK;

impl Builder<'_> {
    pub(super) fn demand(&mut self, own: Own<'_>, model: &mut Model) {
        let s = own.study;
        for d in &s.demand {
            let path = format!("{}.demand.{}", own.path(), d.id);
            let batch = self.batch(d, &path);
            let arrivals = self.arrivals(d, batch.mean(), &path);
            let limited =
                s.wip_limit.is_some() || s.stages.first().is_some_and(|s| s.wip_limit.is_some());
            if matches!(arrivals, Arrivals::Endless) && !limited {
                self.fault(
                    &path,
                    "an endless backlog needs a limit that says when the next item is pulled",
                    format!("give streams.{} or its first stage a wip_limit", s.id),
                );
            }
            if d.fixed_date > 0.0 && d.due.is_none() {
                self.fault(
                    &format!("{path}.fixed_date"),
                    "a request with a fixed date needs to know how far away it is",
                    format!("give {path} a `due`"),
                );
            }
            let name = Name::of_text(&s.id).with(Name::of_text(&d.id)).nth(1);
            model.sources.push(Source {
                id: d.id.clone(),
                name,
                label: shown(&d.name, &d.id),
                stream: own.index,
                rhythm: self.rhythm(d, &arrivals, &path),
                arrivals,
                batch,
                fixed_date_share: d.fixed_date,
                due: d.due.as_ref().map(dist),
                patience: d.patience.as_ref().map(dist),
                estimation: d.estimation.as_ref().map(|e| Estimation {
                    name: name.with(Name::of_text("estimation")),
                    team: self.team(&e.team, &format!("{path}.estimation.team")),
                    effort: dist(&e.effort),
                }),
                size: dist(&d.size),
                risks: d.risk,
                changes: d.change,
                expedite_share: d.expedite,
                cost_of_delay: d.cost_of_delay,
            });
        }
    }

    /// How many come together: what the study says, else what makes batches add up to `per_week`.
    fn batch(&mut self, d: &study::Demand, path: &str) -> Distribution {
        let batches = d.arrives == "batches";
        let batch = match d.batch.as_ref().map(dist) {
            Some(batch) => batch,
            // Less than one on average is sometimes none.
            None if batches && d.per_week > 0.0 => {
                return Distribution::Constant(d.per_week * d.every / HOURS_PER_WEEK);
            }
            None => return Distribution::Constant(1.0),
        };
        if batch.mean() <= 0.0 {
            let message = "a batch of no requests is none";
            self.fault(&format!("{path}.batch"), message, "give it a mean above 0");
        }
        batch
    }

    fn arrivals(&mut self, d: &study::Demand, batch: f64, path: &str) -> Arrivals {
        // Batches at this rate make `per_week` requests.
        let rate = d.per_week / HOURS_PER_WEEK / batch;
        match d.arrives.as_str() {
            "endless" => Arrivals::Endless,
            "batches" if d.batch.is_some() || d.per_week > 0.0 => Arrivals::Batches {
                every: ticks(d.every),
                first: ticks(d.first),
            },
            "trace" => self.trace(d, path),
            "regular" if rate > 0.0 => Arrivals::Regular(1.0 / rate),
            _ => Arrivals::Poisson(rate),
        }
    }

    fn trace(&mut self, d: &study::Demand, path: &str) -> Arrivals {
        let mut times = d.times.clone();
        times.sort_by(f64::total_cmp);
        let Some(&last) = times.last() else {
            self.fault(
                &format!("{path}.times"),
                "a trace needs the times at which requests come",
                "write times = [\"9 hours\", \"2 days\"]",
            );
            return Arrivals::Poisson(0.0);
        };
        let weeks = libm::floor(last / HOURS_PER_WEEK) + 1.0;
        let round = d.round.unwrap_or(weeks * HOURS_PER_WEEK);
        if round <= last {
            self.fault(
                &format!("{path}.round"),
                format!("the round ends after {round} hours, before the last request at {last}"),
                "make it longer than the last of `times`, or leave it out",
            );
        }
        Arrivals::Trace {
            times: times.into_iter().map(ticks).collect(),
            round: ticks(round),
        }
    }

    /// How the rate goes up and down; `None` where it never does.
    fn rhythm(&mut self, d: &study::Demand, arrivals: &Arrivals, path: &str) -> Option<Rhythm> {
        if !d.season.is_empty() && d.season.len() != 12 {
            self.fault(
                &format!("{path}.season"),
                format!("has {} weights and not 12", d.season.len()),
                "give one for each twelfth of the year",
            );
            return None;
        }
        let months = std::array::from_fn(|i| d.season.get(i).copied().unwrap_or(1.0));
        let days = self.weights(per(&d.rhythm, &DAYS, [1.0; 7]), &format!("{path}.rhythm"));
        let months = even_over_days(self.weights(months, &format!("{path}.season")));
        let steady = days == [1.0; 7] && months == [1.0; 12] && d.growth == 0.0;
        let rated = matches!(arrivals, Arrivals::Poisson(_) | Arrivals::Regular(_));
        (rated && !steady).then_some(Rhythm {
            days,
            months,
            growth: d.growth,
        })
    }

    /// Weights with a mean of 1.
    fn weights<const N: usize>(&mut self, weights: [f64; N], path: &str) -> [f64; N] {
        let mean = weights.iter().sum::<f64>() / N as f64;
        if mean <= 0.0 {
            self.fault(path, "leaves no time at which anything could come", "");
            return [1.0; N];
        }
        weights.map(|w| w / mean)
    }
}

/// Weights of the twelfths of a year with a mean of 1 over its days: a twelfth has 30 or 31 of them.
fn even_over_days(months: [f64; 12]) -> [f64; 12] {
    let starts = |month: usize| (month * 364).div_ceil(12);
    let days = |month: usize| (starts(month + 1) - starts(month)) as f64;
    let sum: f64 = months.iter().enumerate().map(|(m, w)| w * days(m)).sum();
    months.map(|w| w * 364.0 / sum)
}
