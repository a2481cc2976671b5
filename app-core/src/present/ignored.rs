//! What neither the model nor this study says anything about. The model's part is `docs/limits.md` itself.

use millrace_core::scenario::{Parameter, Scenario};
use serde::{Deserialize, Serialize};
use specta::Type;

const LIMITS: &str = include_str!("../../../docs/limits.md");

/// What results leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredView {
    /// Before all else.
    pub lead: String,
    /// Of the model, whatever the study.
    pub sections: Vec<IgnoredSection>,
    /// Of this study: what the model could do and the study does not use, and what it assumes.
    pub study: Vec<IgnoredPoint>,
}

/// Points under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredSection {
    /// Heading.
    pub title: String,
    /// Its points.
    pub points: Vec<IgnoredPoint>,
}

/// One thing that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredPoint {
    /// In a few words.
    pub what: String,
    /// In a sentence or two.
    pub why: String,
}

/// What results of a study leave out.
#[must_use]
pub fn ignored(scenario: &Scenario) -> IgnoredView {
    let (lead, sections) = limits(LIMITS);
    IgnoredView {
        lead,
        sections,
        study: of_study(scenario),
    }
}

/// The page's introduction, and its sections of points `- **What.** Why.`
fn limits(text: &str) -> (String, Vec<IgnoredSection>) {
    let mut parts = text.split("\n## ");
    let lead = parts.next().unwrap_or_default();
    let lead = joined(lead.split_once('\n').map_or("", |(_, rest)| rest));
    let section = |part: &str| {
        let (title, rest) = part.split_once('\n').unwrap_or((part, ""));
        let point = |p: &str| {
            let (what, why) = p.split_once("**").unwrap_or((p, ""));
            IgnoredPoint {
                what: what.trim_end_matches('.').to_owned(),
                why: joined(why),
            }
        };
        IgnoredSection {
            title: title.trim().to_owned(),
            points: rest.split("\n- **").skip(1).map(point).collect(),
        }
    };
    (lead, parts.map(section).collect())
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Mechanisms that a study need not use: the start of the paths of their numbers, or of one number that is
/// not 0, and what is left out without.
const MECHANISMS: [(&[&str], &str, &str); 9] = [
    (
        &["improvement"],
        "No learning from releases",
        "The study has no reviews: while a change goes on, nobody changes a gate or a way of working.",
    ),
    (
        &["production.background_incidents"],
        "No incidents but those of changes",
        "Nothing breaks by itself.",
    ),
    (
        &["teams.*.turnover"],
        "Nobody leaves",
        "No team has turnover, so that no knowledge is lost and no one ramps up.",
    ),
    (
        &["teams.*.absence"],
        "Nobody is away",
        "No holidays and no illness, apart from what the teams’ focus stands for.",
    ),
    (
        &["teams.*.load"],
        "No limit to what a team can know",
        "No team has a load of services, tools and domains that slows it down.",
    ),
    (
        &["handoffs.pairs", "handoffs.mode"],
        "Handoffs cost nothing",
        "Work passes between teams without delay or loss.",
    ),
    (
        &["streams.*.demand.*.seasons", "streams.*.demand.*.season"],
        "Every week asks for the same",
        "Demand has no seasons.",
    ),
    (
        &["streams.*.demand.*.patience"],
        "Nobody gives up waiting",
        "Requests wait as long as it takes.",
    ),
    (
        &["platform.environments"],
        "Environments never run out",
        "No pool of test environments is shared, so that nobody waits for one.",
    ),
];

fn of_study(scenario: &Scenario) -> Vec<IgnoredPoint> {
    let all = &scenario.baseline.parameters;
    let used = |paths: &[&str]| {
        all.iter().any(|p| {
            p.source != "default" && acts(p) && paths.iter().any(|path| under(&p.path, path))
        })
    };
    let unused = MECHANISMS.iter().filter(|m| !used(m.0));
    let mut out: Vec<IgnoredPoint> = unused
        .map(|(_, what, why)| IgnoredPoint {
            what: (*what).to_owned(),
            why: (*why).to_owned(),
        })
        .collect();
    let counts = crate::desk::assumed(scenario);
    let ranges = all.iter().filter(|p| p.range.is_some()).count();
    if counts.assumed > 0 {
        let why = if ranges == 0 {
            "None of them has a range: every year takes them as they are, and no interval shows how little \
             they are known."
                .to_owned()
        } else {
            format!("{ranges} of all numbers have a range, which every year draws from.")
        };
        out.push(IgnoredPoint {
            what: format!("{} of {} numbers are assumed", counts.assumed, counts.total),
            why,
        });
    }
    out
}

/// It does something: a number other than 0, or a word.
fn acts(p: &Parameter) -> bool {
    p.value.as_f64().map_or(!p.value.is_null(), |x| x != 0.0)
}

/// A path at or under a pattern, in which `*` is any one key.
fn under(path: &str, pattern: &str) -> bool {
    let mut keys = path.split('.');
    pattern
        .split('.')
        .all(|want| keys.next().is_some_and(|key| want == "*" || want == key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;

    #[test]
    fn the_page_is_read_whole() {
        let (lead, sections) = limits(LIMITS);
        assert!(lead.starts_with("A model is useful for what it leaves out"));
        assert_eq!(sections.len(), LIMITS.matches("\n## ").count());
        let points: Vec<_> = sections.iter().flat_map(|s| &s.points).collect();
        assert_eq!(points.len(), LIMITS.matches("\n- **").count());
        assert!(
            points
                .iter()
                .all(|p| !p.what.is_empty() && p.why.ends_with('.'))
        );
    }

    #[test]
    fn a_study_is_told_what_it_does_not_use_and_no_more() {
        let with = |text: &str| {
            let found = ignored(&Scenario::read(text).unwrap()).study;
            found.into_iter().map(|p| p.what).collect::<Vec<_>>()
        };
        let text = TEMPLATES[0].text;
        let plain = with(text);
        assert!(plain.iter().any(|w| w == "Nobody leaves"), "{plain:?}");
        assert!(
            !plain.iter().any(|w| w == "No learning from releases"),
            "{plain:?}"
        );
        assert!(plain.last().unwrap().ends_with("are assumed"));
        let leaving = text.replacen("people = 5", "people = 5\nturnover = \"10%\"", 1);
        assert!(!with(&leaving).iter().any(|w| w == "Nobody leaves"));
    }
}
