//! Where a forecast starts: work in progress and backlog, checked against the streams.

use super::{Builder, ids};
use crate::model::{Begun, Model, Start};
use crate::scenario::fault::suggest;
use crate::scenario::study::{Backlog, Forecast, InProgress};
use crate::time::{DAY, Ticks};

/// Items that a forecast starts from, at most.
const MOST_ITEMS: u64 = 1_000_000;

impl Builder<'_> {
    pub(super) fn start(&mut self, model: &Model) -> Option<Start> {
        let study = self.study;
        let given: &Forecast = study.forecast.as_ref()?;
        let at = given.date.as_deref().map_or(0, |date| self.weekday(date));
        let rows = (given.in_progress.iter()).zip(self.entries("forecast.in_progress"));
        let mut in_progress: Vec<Begun> = rows
            .filter_map(|(row, path)| self.begun(&path, row, model))
            .collect();
        // The furthest on its way was requested first.
        in_progress.sort_by_key(|b| std::cmp::Reverse(b.stage));
        let rows = (given.backlog.iter()).zip(self.entries("forecast.backlog"));
        let backlog = rows.filter_map(|(row, path)| self.waiting(&path, row));
        let backlog = backlog.collect();
        let start = Start {
            date: given.date.clone().unwrap_or_default(),
            at,
            new_requests: given.new_requests,
            in_progress,
            backlog,
        };
        if start.items() > MOST_ITEMS {
            let message = format!("{} items are more than {MOST_ITEMS}", start.items());
            self.fault("forecast", message, "count fewer, or larger ones");
        }
        Some(start)
    }

    fn weekday(&mut self, date: &str) -> Ticks {
        let Some(day) = days_of(date) else {
            let message = format!("`{date}` is no day of the calendar");
            self.fault("forecast.date", message, "write it as \"2026-11-23\"");
            return 0;
        };
        // 1970-01-01 was a Thursday.
        (day + 3).rem_euclid(7) * DAY
    }

    fn begun(&mut self, path: &str, row: &InProgress, model: &Model) -> Option<Begun> {
        let (stream, source) = self.source(path, row.stream.as_deref(), row.kind.as_deref())?;
        let study = self.study;
        let stages = &study.streams[stream].stages;
        let Some(place) = stages.iter().position(|s| s.id == row.stage) else {
            let known = ids(stages, |s| &s.id);
            let message = format!(
                "the value stream `{}` has no stage `{}`",
                study.streams[stream].id, row.stage
            );
            self.fault(
                &format!("{path}.stage"),
                message,
                suggest(&row.stage, &known),
            );
            return None;
        };
        let stage = model.streams[stream].stages.start + place;
        let forks = &model.streams[stream].forks;
        let split = forks.iter().any(|f| {
            f.sources.get(source) == Some(&true)
                && f.parts.iter().any(|p| p.stages.contains(&stage))
        });
        if split {
            let message = format!("in `{}` an item of this type is in parts", row.stage);
            let hint = "count it in the stage before the fork, with the share `left` of that stage";
            self.fault(&format!("{path}.stage"), message, hint);
            return None;
        }
        Some(Begun {
            stage,
            source,
            count: row.count as u32,
            left: row.left,
        })
    }

    fn waiting(&mut self, path: &str, row: &Backlog) -> Option<(usize, u32)> {
        let (_, source) = self.source(path, row.stream.as_deref(), row.kind.as_deref())?;
        Some((source, row.count as u32))
    }

    /// The stream and the source in the model that a row names, or the only ones.
    fn source(
        &mut self,
        path: &str,
        stream: Option<&str>,
        kind: Option<&str>,
    ) -> Option<(usize, usize)> {
        let study = self.study;
        let streams = ids(&study.streams, |s| &s.id);
        let s = self.one_of(&format!("{path}.stream"), "value stream", stream, &streams)?;
        let types = ids(&study.streams[s].demand, |d| &d.id);
        let t = self.one_of(&format!("{path}.type"), "work type", kind, &types)?;
        let before: usize = study.streams[..s].iter().map(|s| s.demand.len()).sum();
        Some((s, before + t))
    }

    fn one_of(
        &mut self,
        path: &str,
        what: &str,
        id: Option<&str>,
        known: &[&str],
    ) -> Option<usize> {
        let Some(id) = id else {
            if known.len() == 1 {
                return Some(0);
            }
            let message = format!("there are several, so it must be said which {what}");
            self.fault(path, message, format!("one of {}", known.join(", ")));
            return None;
        };
        let found = known.iter().position(|k| *k == id);
        if found.is_none() {
            let message = format!("there is no {what} `{id}`");
            self.fault(path, message, suggest(id, known));
        }
        found
    }
}

/// Days of a date since 1970-01-01, years starting in March (H. Hinnant, chrono-compatible date
/// algorithms); `None` where the calendar has none such, or the year is not in 1980 to 2199.
fn days_of(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let mut next = |digits: usize| {
        let part = parts.next().filter(|p| p.len() == digits)?;
        let plain = part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<i64>().ok())?
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let real =
        parts.next().is_none() && (1980..2200).contains(&year) && (1..=length).contains(&day);
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let (era, of_era) = (year / 400, year % 400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    real.then(|| era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::days_of;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (date, days) in [
            ("1980-01-01", Some(3652)),
            ("2000-02-29", Some(11_016)),
            ("2026-11-23", Some(20_780)),
            ("2100-03-01", Some(47_541)),
            ("2100-02-29", None),
            ("2026-13-01", None),
            ("2026-04-31", None),
            ("2026-4-01", None),
            ("2026-04-01-", None),
            ("+026-04-01", None),
            ("1979-12-31", None),
        ] {
            assert_eq!(days_of(date), days, "{date}");
        }
    }
}
