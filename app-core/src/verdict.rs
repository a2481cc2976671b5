//! The verdict in fixed words, and the numbers beside it.

use crate::view::{FactView, NodeNumbers, RowView, Tone, VerdictView};
use millrace_core::engine::Replication;
use millrace_core::experiment::compare::{Word, verdict as judge};
use millrace_core::experiment::metric::{Metric, Statistic};
use millrace_core::experiment::{Comparison, Summary, Verdict};
use millrace_core::stats::Estimate;
use millrace_core::time::HOURS_PER_WEEK;
use millrace_core::time::WEEKS_PER_MONTH;
use millrace_report::words::{duration, percent, rounded, short_duration};

/// Something is released, so that incidents and deployments mean something.
fn releases(s: &Summary) -> bool {
    value(s.deployments_per_week) > 0.0
}

/// What a what-if costs, for the support line.
#[derive(Debug, Clone, Copy)]
pub struct Price {
    /// Person-weeks in all.
    pub person_weeks: f64,
    /// Week of full effect.
    pub full_effect_week: f64,
}

fn value(e: Option<Estimate>) -> f64 {
    e.map_or(0.0, |e| e.value)
}

fn p85(s: &Summary) -> Option<f64> {
    s.lead_time_hours.p85.map(|e| e.value)
}

/// "41" and "days", the unit fitting the larger of some hours.
fn in_days(a: f64, b: f64) -> (String, String, &'static str) {
    if a.max(b) >= 36.0 {
        (rounded(a / 24.0), rounded(b / 24.0), "days")
    } else {
        (rounded(a), rounded(b), "hours")
    }
}

/// The baseline by itself.
#[must_use]
pub fn alone(s: &Summary) -> VerdictView {
    let sentence = if s.overloaded {
        s.warnings().into_iter().next().unwrap_or_default()
    } else {
        match p85(s) {
            Some(h) if !releases(s) => format!("85 of 100 changes arrive within {}.", duration(h)),
            Some(h) => format!(
                "85 of 100 changes arrive within {}, with {} incidents a month.",
                duration(h),
                rounded(value(s.incidents_per_month))
            ),
            None => "Nothing arrives in the counted time.".into(),
        }
    };
    let work = s.flow_efficiency.map_or(String::new(), |f| {
        format!(" · {} of the time is work", percent(f.value))
    });
    let most = if s.saturated.len() == s.streams.len() {
        ", all that can be"
    } else {
        ""
    };
    let support = format!(
        "{} changes delivered a month{most}{work}",
        rounded(s.delivered_per_month())
    );
    VerdictView {
        sentence,
        support,
        tone: Tone::Baseline,
    }
}

/// Before the first look: no verdict, only where it is heading.
#[must_use]
pub fn early(a: &Summary, b: &Summary, price: Price) -> VerdictView {
    let sentence = match (p85(a), p85(b)) {
        (Some(a), Some(b)) => {
            let (was, is, unit) = in_days(a, b);
            format!("85 of 100 changes within about {is} {unit}, not {was}, so far.")
        }
        _ => "Nothing arrives in the counted time, so far.".into(),
    };
    VerdictView {
        sentence,
        support: format!(
            "{} years simulated, too few for a verdict{}",
            b.replications,
            cost(price)
        ),
        tone: Tone::Early,
    }
}

fn cost(price: Price) -> String {
    let mut out = String::new();
    if price.person_weeks > 0.0 {
        out += &format!(" · {} person-weeks", rounded(price.person_weeks));
    }
    if price.full_effect_week > 0.0 {
        out += &format!(" · in place from week {}", rounded(price.full_effect_week));
    }
    out
}

/// A what-if against the baseline, at the last look.
#[must_use]
pub fn compared(a: &Summary, b: &Summary, c: &Comparison, price: Price) -> VerdictView {
    let (Some(lead), Some(incidents)) = (c.lead_time, c.incidents) else {
        return early(a, b, price);
    };
    let tone = tone(lead, incidents);
    let incidents_text = incidents_clause(a, b, incidents);
    let sentence = if tone == Tone::TooSmall {
        "The difference is too small to matter.".to_owned()
    } else if b.overloaded {
        let warning = b.warnings().into_iter().next().unwrap_or_default();
        if a.overloaded {
            format!("Still too much work: {warning}")
        } else {
            warning
        }
    } else {
        let lead = lead_clause(a, b, lead);
        if releases(a) || releases(b) {
            format!("{lead}; {incidents_text}.")
        } else {
            format!("{lead}.")
        }
    };
    // The headline that moved more decides which years are counted.
    let (what, v) = if lead.better.is_some() {
        ("", lead)
    } else {
        (" in incidents", incidents)
    };
    let years = match v.better {
        Some(true) => format!(
            "{} of 50 years better{what}, {}",
            rounded(v.years_of_50.round()),
            v.word.phrase()
        ),
        Some(false) => {
            format!(
                "{} of 50 years worse{what}, {}",
                rounded((50.0 - v.years_of_50).round()),
                v.word.phrase()
            )
        }
        None if tone == Tone::TooSmall => match (p85(a), p85(b)) {
            (Some(a), Some(b)) => {
                let (was, is, unit) = in_days(a, b);
                format!("85 of 100 changes within {is} {unit}, was {was}")
            }
            _ => v.word.phrase().to_owned(),
        },
        None => v.word.phrase().to_owned(),
    };
    VerdictView {
        sentence,
        support: format!("{}{}", crate::levers::capital(&years), cost(price)),
        tone,
    }
}

fn tone(lead: Verdict, incidents: Verdict) -> Tone {
    match (lead.better, incidents.better) {
        (Some(true), Some(false)) | (Some(false), Some(true)) => Tone::Mixed,
        (Some(true), _) | (None, Some(true)) => Tone::Better,
        (Some(false), _) | (None, Some(false)) => Tone::Worse,
        (None, None) if lead.word == Word::TooSmall && incidents.word == Word::TooSmall => {
            Tone::TooSmall
        }
        (None, None) => Tone::CannotTell,
    }
}

fn lead_clause(a: &Summary, b: &Summary, v: Verdict) -> String {
    let (Some(a), Some(b)) = (p85(a), p85(b)) else {
        return "Nothing arrives in the counted time".into();
    };
    let (was, is, unit) = in_days(a, b);
    match (v.better, v.word) {
        (Some(_), _) => format!("85 of 100 changes arrive within {is} {unit}, not {was}"),
        (None, Word::TooSmall) => format!("Changes arrive as before, 85 of 100 within {is} {unit}"),
        (None, _) => "Whether changes arrive sooner cannot be told".into(),
    }
}

fn incidents_clause(a: &Summary, b: &Summary, v: Verdict) -> String {
    let (was, is) = (value(a.incidents_per_month), value(b.incidents_per_month));
    match (v.better, v.word) {
        (Some(true), _) => format!(
            "incidents fall from {} to {} a month",
            rounded(was),
            rounded(is)
        ),
        (Some(false), _) => format!(
            "incidents rise from {} to {} a month",
            rounded(was),
            rounded(is)
        ),
        (None, Word::TooSmall) => "incidents stay the same".into(),
        (None, _) => "whether incidents change cannot be told".into(),
    }
}

/// Baseline and what-if, with the replications their rows are judged by.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    /// The baseline.
    pub baseline: (&'a Summary, &'a [Replication]),
    /// The what-if, if one is shown.
    pub what_if: Option<(&'a Summary, &'a [Replication])>,
    /// Smallest difference worth having, as a share.
    pub smallest: f64,
    /// How many what-ifs are judged together.
    pub what_ifs: usize,
}

impl Pair<'_> {
    fn row(
        &self,
        id: &str,
        label: &str,
        metric: Option<Metric>,
        text: impl Fn(&Summary) -> String,
        band: impl Fn(&Summary) -> Option<String>,
    ) -> RowView {
        let better = self.what_if.zip(metric).and_then(|((_, b), m)| {
            judge(m, self.baseline.1, b, self.what_ifs, self.smallest).and_then(|v| v.better)
        });
        RowView {
            id: id.into(),
            label: label.into(),
            baseline: text(self.baseline.0),
            what_if: self.what_if.map(|(s, _)| text(s)),
            band: band(self.what_if.map_or(self.baseline.0, |w| w.0)),
            better,
        }
    }

    /// Customer incidents a month: shown with those per 100 changes, which [`Self::rows`] has.
    #[must_use]
    pub fn incidents(&self) -> RowView {
        let text = |s: &Summary| {
            let shown = s.incidents_per_month.filter(|_| releases(s));
            shown.map_or("–".into(), |e| rounded(e.value))
        };
        let (id, label) = ("incidents", "Incidents a month");
        self.row(id, label, Some(Metric::Incidents), text, |_| None)
    }

    /// Numbers beside the charts.
    #[must_use]
    pub fn rows(&self) -> Vec<RowView> {
        let none = |_: &Summary| None;
        let mut rows = vec![
            self.row(
                "delivered",
                "Delivered a month",
                Some(Metric::Throughput),
                |s| rounded(s.delivered_per_month()),
                none,
            ),
            self.row(
                "incidents-per-100",
                "Incidents per 100 changes",
                Some(Metric::IncidentsPer100Changes),
                |s| {
                    s.incidents_per_100_changes
                        .filter(|_| releases(s))
                        .map_or("–".into(), |e| rounded(e.value))
                },
                none,
            ),
            self.row(
                "harm",
                "Customers’ harm hours a month",
                Some(Metric::ImpactHours),
                |s| {
                    if releases(s) {
                        rounded(value(s.impact_hours_per_month))
                    } else {
                        "–".into()
                    }
                },
                none,
            ),
        ];
        rows.extend(self.losses());
        for (i, objective) in self.baseline.0.objectives.iter().enumerate() {
            let met = |s: &Summary| {
                s.objectives
                    .get(i)
                    .and_then(|o| o.met)
                    .map_or("–".into(), |e| {
                        format!("{}/50", rounded((e.value * 50.0).round()))
                    })
            };
            rows.push(self.row(
                &format!("objective-{}", objective.id),
                &objective.name,
                Some(Metric::Objective(i)),
                met,
                none,
            ));
        }
        rows
    }

    /// Requests that never arrive, and due dates, where a study has them.
    fn losses(&self) -> Vec<RowView> {
        type Of = fn(&Summary) -> Option<Estimate>;
        let kinds: [(&str, &str, Metric, f64, Of); 3] = [
            (
                "refused",
                "Requests refused a week",
                Metric::Refused,
                1.0,
                |s| s.refused_per_week,
            ),
            (
                "given-up",
                "Requests given up a week",
                Metric::Abandoned,
                1.0,
                |s| s.abandoned_per_week,
            ),
            ("due-met", "Due dates met", Metric::DueMet, 100.0, |s| {
                s.due_met
            }),
        ];
        let shown = |of: Of| {
            let what_if = self.what_if.and_then(|w| of(w.0));
            of(self.baseline.0).or(what_if).is_some()
        };
        kinds
            .into_iter()
            .filter(|k| shown(k.4))
            .map(|(id, label, metric, scale, of)| {
                let of_100 = if metric == Metric::DueMet { "%" } else { "" };
                let text = |s: &Summary| {
                    let value = of(s).map(|e| rounded(e.value * scale));
                    value.map_or("–".into(), |text| text + of_100)
                };
                self.row(id, label, Some(metric), text, |_| None)
            })
            .collect()
    }

    /// The five DORA metrics beside the bands published for 2019.
    #[must_use]
    pub fn dora(&self) -> Vec<RowView> {
        let none = |_: &Summary| None;
        let share = |e: Option<Estimate>| e.map_or("–".into(), |e| percent(e.value));
        vec![
            self.row(
                "deployment-frequency",
                "Deployments a month",
                Some(Metric::Deployments),
                |s| rounded(value(s.deployments_per_week) * WEEKS_PER_MONTH),
                |s| s.deployments_per_week.and_then(|e| frequency_band(e.value)),
            ),
            self.row(
                "change-lead-time",
                "Change lead time",
                Some(Metric::ChangeLeadTime(Statistic::Percentile(0.5))),
                |s| {
                    s.change_lead_time_hours
                        .p50
                        .filter(|_| releases(s))
                        .map_or("–".into(), |e| short_duration(e.value))
                },
                |s| {
                    s.change_lead_time_hours
                        .p50
                        .filter(|_| releases(s))
                        .and_then(|e| lead_band(e.value))
                },
            ),
            self.row(
                "change-failure-rate",
                "Change failure rate",
                Some(Metric::ChangeFailureRate),
                |s| share(s.change_failure_rate),
                |s| s.change_failure_rate.and_then(|e| failure_band(e.value)),
            ),
            self.row(
                "recovery-time",
                "Failed deployment recovery time",
                Some(Metric::Recovery(Statistic::Percentile(0.5))),
                |s| {
                    s.recovery_hours
                        .p50
                        .map_or("–".into(), |e| short_duration(e.value))
                },
                |s| s.recovery_hours.p50.and_then(|e| recovery_band(e.value)),
            ),
            self.row(
                "rework-rate",
                "Deployment rework rate",
                Some(Metric::DeploymentReworkRate),
                |s| share(s.deployment_rework_rate),
                none,
            ),
        ]
    }

    /// The details behind the verdict.
    #[must_use]
    pub fn statistics(&self, comparison: Option<&Comparison>) -> Vec<FactView> {
        let fact = |label: &str, text: String| FactView {
            label: label.into(),
            text,
        };
        let interval = |e: &Estimate| {
            format!(
                "{} ({} to {})",
                duration(e.value),
                duration(e.low),
                duration(e.high)
            )
        };
        let shown = self.what_if.map_or(self.baseline.0, |w| w.0);
        let mut out = Vec::new();
        let t = &shown.lead_time_hours;
        for (label, e) in [
            ("Mean", t.mean),
            ("Median", t.p50),
            ("85th percentile", t.p85),
            ("95th percentile", t.p95),
        ] {
            if let Some(e) = e {
                out.push(fact(
                    &format!("{label} of lead time, 95% interval"),
                    interval(&e),
                ));
            }
        }
        if let Some(d) = comparison.and_then(|c| c.differences.lead_time_hours.p85.as_ref()) {
            out.push(fact(
                "Difference of the 85th percentile, same luck",
                interval(&d.estimate),
            ));
            if let Some(y) = d.years_better {
                let of_50 = |x: f64| rounded((50.0 * x).round());
                out.push(fact(
                    "This change makes a given year better",
                    format!("{} of 50", of_50(y.same_luck)),
                ));
                out.push(fact(
                    "Next year will look better than last",
                    format!("{} of 50", of_50(y.independent_luck)),
                ));
            }
            if let Some(v) = d.variance_reduction {
                out.push(fact(
                    "Variance saved by common luck",
                    format!("{}×", rounded(v)),
                ));
            }
        }
        if let Some(e) = shown.incidents_per_month {
            out.push(fact(
                "Incidents a month, 95% interval",
                format!(
                    "{} ({} to {})",
                    rounded(e.value),
                    rounded(e.low),
                    rounded(e.high)
                ),
            ));
        }
        out.push(fact("Years simulated", shown.replications.to_string()));
        out.push(fact(
            "Warm-up, not counted",
            format!("{} weeks", rounded(shown.warm_up_weeks)),
        ));
        out.push(fact("Weeks counted", rounded(shown.weeks)));
        out
    }
}

// The clusters of DORA, State of DevOps 2019; between two published bands there is none.

fn band(name: Option<&str>) -> Option<String> {
    name.map(|n| format!("2019: {n}"))
}

fn frequency_band(per_week: f64) -> Option<String> {
    band(Some(match per_week {
        x if x > 7.0 => "elite",
        x if x >= 1.0 => "high",
        x if x >= 12.0 / 52.0 => "medium",
        x if x >= 2.0 / 52.0 => "low",
        _ => return None,
    }))
}

fn lead_band(hours: f64) -> Option<String> {
    band(match hours / 24.0 {
        d if d < 1.0 => Some("elite"),
        d if d <= 7.0 => Some("high"),
        d if d <= 30.5 => Some("medium"),
        d if d <= 183.0 => Some("low"),
        _ => None,
    })
}

fn failure_band(share: f64) -> Option<String> {
    band(match share {
        s if s <= 0.15 => Some("medium or better"),
        s if (0.46..=0.6).contains(&s) => Some("low"),
        _ => None,
    })
}

fn recovery_band(hours: f64) -> Option<String> {
    band(match hours {
        h if h < 1.0 => Some("elite"),
        h if h < 24.0 => Some("medium or high"),
        h if (168.0..=732.0).contains(&h) => Some("low"),
        _ => None,
    })
}

/// Share of the time at a place from which on it is said to be waited.
const NEARLY_ALL: f64 = 0.95;

/// Numbers on the map, for the what-if if one is shown. `ticket_team`: the team that works all tickets,
/// if it is one.
#[must_use]
pub fn nodes(a: &Summary, b: Option<&Summary>, ticket_team: Option<&str>) -> Vec<NodeNumbers> {
    let shown = b.unwrap_or(a);
    let all: f64 = shown.parts_hours.values().sum::<f64>().max(1e-9);
    let before = spent(a);
    // Little's law: what waits is what comes times how long it waits.
    let per_hour = shown.throughput_per_week.map(|t| t.value / HOURS_PER_WEEK);
    let queue = |waiting: f64| per_hour.map(|n| n * waiting);
    let mut out: Vec<NodeNumbers> = spent(shown)
        .into_iter()
        .map(|(id, hours, waiting)| {
            let was = before.iter().find(|n| n.0 == id).map_or(0.0, |n| n.1);
            let verb = if waiting > NEARLY_ALL * hours {
                "waits"
            } else {
                "takes"
            };
            NodeNumbers {
                share: hours / all,
                text: if hours < 0.05 {
                    String::new()
                } else {
                    format!("{verb} {}", short_duration(hours))
                },
                difference_hours: b.map(|_| hours - was),
                utilisation: None,
                queue: queue(waiting),
                id,
            }
        })
        .collect();
    if let Some(team) = ticket_team {
        // The wait is counted where the item stands; at the tickets it is told once more, without a fill.
        let held = |s: &Summary| {
            s.parts_hours
                .get("waiting-for-platform")
                .copied()
                .unwrap_or(0.0)
        };
        out.push(NodeNumbers {
            id: format!("tickets/{team}"),
            share: 0.0,
            text: format!("hold work {}", short_duration(held(shown))),
            difference_hours: b.map(|_| held(shown) - held(a)),
            utilisation: None,
            queue: queue(held(shown)),
        });
    }
    out.extend(shown.teams.iter().map(|t| NodeNumbers {
        id: t.id.clone(),
        share: 0.0,
        text: String::new(),
        difference_hours: None,
        utilisation: t.utilisation.map(|u| u.value),
        queue: None,
    }));
    out
}

/// Hours by node of the map: places, with the release cut into waiting and rollout, and what waits for
/// tickets shown at the tickets.
fn spent(s: &Summary) -> Vec<(String, f64, f64)> {
    let part = |id: &str| s.parts_hours.get(id).copied().unwrap_or(0.0);
    let releases = s
        .places
        .iter()
        .filter(|p| p.id.starts_with("release/"))
        .count()
        .max(1) as f64;
    let mut out = Vec::new();
    for p in &s.places {
        match p.id.split_once('/') {
            Some(("backlog", stream)) => out.push((format!("demand/{stream}"), p.hours, p.hours)),
            Some(("release", stream)) => {
                let rollout = (part("deployment") / releases).min(p.hours);
                out.push((p.id.clone(), p.hours - rollout, p.hours - rollout));
                out.push((format!("deployment/{stream}"), rollout, 0.0));
            }
            _ => out.push((p.id.clone(), p.hours, p.waiting_hours)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v(word: Word, better: Option<bool>) -> Verdict {
        Verdict {
            word,
            better,
            years_of_50: 46.0,
            look: 32,
        }
    }

    #[test]
    fn the_tone_follows_both_headlines() {
        use Word::{AlmostAlways as A, CannotTell as C, TooSmall as S};
        for (lead, incidents, want) in [
            (v(A, Some(true)), v(S, None), Tone::Better),
            (v(A, Some(true)), v(A, Some(false)), Tone::Mixed),
            (v(S, None), v(A, Some(false)), Tone::Worse),
            (v(S, None), v(S, None), Tone::TooSmall),
            (v(C, None), v(S, None), Tone::CannotTell),
        ] {
            assert_eq!(tone(lead, incidents), want);
        }
    }

    /// A team whose time goes into a stage (`work`) and into estimating requests (`estimates`), hours each,
    /// with half a request an hour; further lines for the stream.
    fn told(estimates: f64, more: &str) -> Summary {
        let text = format!(
            "format = 1\nname = \"x\"\nseed = 3\n[run]\nweeks = 20\nwarm_up = \"4 weeks\"\n\
             [[streams]]\nid = \"s\"\ncommit = \"a\"\nreleased = false\n{more}\n\
             [[streams.demand]]\nid = \"work\"\nper_week = 84\n\
             estimation = {{ team = \"u\", effort = \"{estimates} hours\" }}\n\
             [[streams.stages]]\nid = \"a\"\nteam = \"t\"\neffort = \"1 hour\"\n\
             [[teams]]\nid = \"t\"\npeople = 1\nfocus = 1\ncalendar = \"always\"\n\
             [[teams]]\nid = \"u\"\nname = \"Analysts\"\npeople = 1\nfocus = 1\ncalendar = \"always\"\n"
        );
        let scenario = millrace_core::scenario::Scenario::read(&text).expect("a study");
        let model = scenario.baseline.model(None);
        let runs = millrace_core::experiment::run(&model, 0, 8, &Default::default());
        millrace_core::experiment::summarise("x", "X", &model, &runs)
    }

    #[test]
    fn a_team_asked_for_too_much_is_the_sentence_though_changes_flow() {
        let view = alone(&told(2.5, ""));
        assert!(
            view.sentence.starts_with("Analysts is asked for 12")
                && view.sentence.contains("what waits for it grows by"),
            "{}",
            view.sentence
        );
        let calm = alone(&told(1.0, "")).sentence;
        assert!(calm.starts_with("85 of 100 changes arrive"), "{calm}");
    }

    #[test]
    fn refusals_stand_beside_the_numbers_they_flatter() {
        let (open, full) = (told(0.1, ""), told(0.1, "intake_limit = 0"));
        let labels = |s: &Summary| -> Vec<String> {
            let pair = Pair {
                baseline: (s, &[]),
                what_if: None,
                smallest: 0.1,
                what_ifs: 1,
            };
            pair.rows().into_iter().map(|r| r.id).collect()
        };
        assert!(labels(&full).contains(&"refused".into()));
        assert!(!labels(&open).contains(&"refused".into()));
    }

    #[test]
    fn bands_are_those_published_and_gaps_stay_gaps() {
        assert_eq!(lead_band(24.0 * 60.0), Some("2019: low".into()));
        assert_eq!(failure_band(0.3), None);
        assert_eq!(recovery_band(48.0), None);
    }
}
