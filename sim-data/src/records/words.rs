//! An import in words, for a terminal.

use std::fmt;

use super::columns::StageKind;
use super::measures::{Times, Weekly};
use super::stage_dates::{Import, LeadTime, Stage};
use crate::fit::Law;

impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Import {
            rows,
            tickets,
            done,
            ..
        } = self;
        write!(f, "{tickets} tickets in {rows} rows, {done} of them done")?;
        if let Some((first, last)) = self.span {
            write!(f, ", {first} to {last}")?;
        }
        writeln!(f, "; {}.", self.dates)?;
        for tally in self.summary() {
            writeln!(f, "  {:>5} {}", tally.count, tally.reason)?;
        }
        per_week(f, "Arrivals", &self.arrivals)?;
        per_week(f, "Done", &self.throughput)?;
        let width = self
            .stages
            .iter()
            .map(|s| s.name.chars().count())
            .max()
            .unwrap_or(0)
            .max(9);
        writeln!(
            f,
            "\n{:width$}        entered  still in      n    p50    p85    p95  mean WIP  best fit",
            "Stage"
        )?;
        for stage in &self.stages {
            let kind = if stage.kind == StageKind::Queue {
                "queue"
            } else {
                "work"
            };
            let Stage {
                name,
                entered,
                standing,
                mean_items,
                times,
                ..
            } = stage;
            write!(f, "{name:width$}  {kind:5} {entered:>7} {standing:>9} ")?;
            durations(f, times)?;
            writeln!(f, "{mean_items:>10.1}  {}", best(times))?;
        }
        let LeadTime {
            start,
            times,
            open,
            skipped_start,
            out_of_order,
        } = &self.lead_time;
        write!(
            f,
            "\n{start} to {}, days with both ends: n {}, p50 p85 p95",
            self.done_stage,
            times.n()
        )?;
        durations_only(f, times)?;
        writeln!(f, "; {}", best(times))?;
        writeln!(
            f,
            "left out: {open} open, {skipped_start} done without that start, {out_of_order} out of order"
        )
    }
}

fn per_week(f: &mut fmt::Formatter<'_>, what: &str, weekly: &Weekly) -> fmt::Result {
    write!(
        f,
        "{what}: {:.1} a week over {} weeks",
        weekly.mean,
        weekly.counts.len()
    )?;
    match weekly.dispersion {
        Some(d) if d.rejects_poisson() && d.ratio > 1.0 => {
            writeln!(
                f,
                ", in bursts (variance {:.1} times the mean; a Poisson process has 1)",
                d.ratio
            )
        }
        Some(d) if d.rejects_poisson() => {
            writeln!(
                f,
                ", in a rhythm (variance {:.1} times the mean; a Poisson process has 1)",
                d.ratio
            )
        }
        Some(d) => writeln!(
            f,
            ", as a Poisson process (variance {:.1} times the mean)",
            d.ratio
        ),
        None => writeln!(f),
    }
}

fn durations(f: &mut fmt::Formatter<'_>, times: &Times) -> fmt::Result {
    write!(f, "{:>6}", times.n())?;
    durations_only(f, times)
}

fn durations_only(f: &mut fmt::Formatter<'_>, times: &Times) -> fmt::Result {
    for percentile in [times.p50, times.p85, times.p95] {
        match percentile {
            Some(days) => write!(f, " {days:>6.1}")?,
            None => write!(f, "      –")?,
        }
    }
    Ok(())
}

fn best(times: &Times) -> String {
    match (times.fits.first(), times.unfitted) {
        (Some(fit), _) => {
            let law = match fit.law {
                Law::Lognormal(law) => format!(
                    "lognormal, median {:.1}, sigma {:.2}",
                    law.mu.exp(),
                    law.sigma
                ),
                Law::Weibull(law) => {
                    format!("Weibull, shape {:.2}, scale {:.1}", law.shape, law.scale)
                }
                Law::Gamma(law) => format!("gamma, shape {:.2}, scale {:.1}", law.shape, law.scale),
            };
            let doubt = if fit.rejected == Some(true) {
                ", rejected at 5%"
            } else {
                ""
            };
            format!("{law} (A² {:.2}{doubt})", fit.anderson_darling)
        }
        (None, Some(why)) => why.to_string(),
        (None, None) => String::new(),
    }
}
