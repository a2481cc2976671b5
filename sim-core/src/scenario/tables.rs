//! Facts that are data: what platform levels do, deployment strategies, ways back, interaction modes.
//! Read from the files beside this one by the same check as a study.

use super::check::{Checked, check};
use super::field::{Field, Kind, Section, may, need, or};
use super::format;
use super::node::{Node, Value, parse};
use super::quantity::Unit;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What one level of a capability does; absent means no effect.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Level {
    /// Its name.
    pub name: String,
    /// Share of requests served at once.
    pub self_served: Option<f64>,
    /// Multiplies the effort of tickets.
    pub ticket_effort: Option<f64>,
    /// Multiplies the effort of stages, by kind.
    pub effort: BTreeMap<String, f64>,
    /// Mean hours until a defect that shows is noticed.
    pub detection: Option<f64>,
    /// Added to d′ of automated gates.
    pub discrimination: Option<f64>,
    /// Added to d′ of automated gates that cover security or compliance.
    pub security: Option<f64>,
    /// Multiplies deploying by hand.
    pub by_hand: Option<f64>,
    /// Multiplies pipeline durations.
    pub pipeline: Option<f64>,
    /// Multiplies coordination.
    pub coordination: Option<f64>,
    /// Multiplies the share of migrations that cannot be taken back.
    pub irreversible: Option<f64>,
    /// Domains and tools taken off every team's load.
    pub relief: f64,
    /// Person-weeks to build it from the level below.
    pub person_weeks: f64,
    /// Weeks that takes at least.
    pub weeks: f64,
}

/// A platform capability.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Id.
    pub id: String,
    /// Where its sizes come from.
    pub source: String,
    /// Levels 0 to 4.
    pub levels: [Level; 5],
}

#[derive(Deserialize)]
struct Capabilities {
    capability: Vec<Capability>,
}

/// A way back, in normal form.
#[derive(Debug, Clone, Deserialize)]
pub struct Undo {
    /// Id.
    pub id: String,
    /// Distribution, hours.
    pub time: Option<Json>,
    /// People occupied.
    pub people: f64,
}

/// An interaction mode, in normal form.
#[derive(Debug, Clone, Deserialize)]
pub struct Mode {
    /// Id.
    pub id: String,
    /// Distribution, hours.
    pub delay: Json,
    /// Person-hours.
    pub sender_effort: f64,
    /// Person-hours.
    pub receiver_effort: f64,
    /// Share of the next stage's defects.
    pub lost_information: f64,
}

/// The mode between teams of two kinds.
#[derive(Debug, Clone, Deserialize)]
pub struct ByKind {
    /// Kind of the sender, `layer` or `any`.
    from: String,
    /// Kind of the receiver, `layer` or `any`.
    to: String,
    /// Mode's id.
    mode: String,
}

fn rows<T: for<'a> Deserialize<'a>>(text: &str, key: &'static str, fields: Vec<Field>) -> Vec<T> {
    let node = parse(text).expect("a shipped table is TOML");
    let list = node.get(key).expect("a shipped table has rows");
    let section = Section {
        fields: vec![need(key, Kind::Tables(Section { fields }), "", "")],
    };
    let table = Node::of(Value::Table(vec![(key.to_owned(), list.clone())]));
    let Checked { faults, json, .. } = check(&section, &table);
    assert!(faults.is_empty(), "a shipped table is right: {faults:?}");
    serde_json::from_value(json[key].clone()).expect("a shipped table has the declared shape")
}

/// All capabilities.
pub static CAPABILITIES: LazyLock<Vec<Capability>> = LazyLock::new(|| {
    let all: Capabilities =
        toml::from_str(include_str!("tables/capabilities.toml")).expect("a shipped table is right");
    all.capability
});

/// Shipped deployment strategies, in the form of a study's own.
pub static STRATEGIES: LazyLock<Vec<super::study::StrategyRow>> = LazyLock::new(|| {
    rows(
        include_str!("tables/strategies.toml"),
        "strategy",
        format::strategy().fields,
    )
});

/// Ways back.
pub static UNDO: LazyLock<Vec<Undo>> = LazyLock::new(|| {
    let fields = vec![
        need("id", Kind::Text, "", ""),
        may("time", Kind::Distribution(Unit::Time), "", ""),
        or("people", Kind::Whole(0.0, 100.0), "0", "", ""),
    ];
    rows(include_str!("tables/undo.toml"), "undo", fields)
});

/// Interaction modes.
pub static MODES: LazyLock<Vec<Mode>> = LazyLock::new(|| {
    let effort = || Kind::Number(Unit::Effort, 0.0, 1000.0);
    let fields = vec![
        need("id", Kind::Text, "", ""),
        need("delay", Kind::Distribution(Unit::Time), "", ""),
        need("sender_effort", effort(), "", ""),
        need("receiver_effort", effort(), "", ""),
        need(
            "lost_information",
            Kind::Number(Unit::Share, 0.0, 10.0),
            "",
            "",
        ),
    ];
    rows(include_str!("tables/interaction.toml"), "mode", fields)
});

/// Modes by the kinds of two teams; the first that fits counts.
static BY_KIND: LazyLock<Vec<ByKind>> = LazyLock::new(|| {
    let fields = ["from", "to", "mode"].map(|key| need(key, Kind::Text, "", ""));
    rows(
        include_str!("tables/interaction.toml"),
        "by_kind",
        fields.into(),
    )
});

/// Kinds of teams cut by technology layer.
const LAYERS: [&str; 5] = ["front end", "back end", "database", "infrastructure", "qa"];

/// The interaction mode that the kinds of two teams suggest.
#[must_use]
pub fn mode_by_kind(from: &str, to: &str) -> &'static str {
    let fits = |pattern: &str, kind: &str| {
        pattern == "any" || pattern == kind || (pattern == "layer" && LAYERS.contains(&kind))
    };
    BY_KIND
        .iter()
        .find(|row| fits(&row.from, from) && fits(&row.to, to))
        .map_or("ticket queue", |row| &row.mode)
}

/// What building a capability from one level to a higher one costs: person-weeks of the platform's team,
/// and weeks that it takes at least. Nothing for a level that is there already.
#[must_use]
pub fn building(id: &str, from: usize, to: usize) -> (f64, f64) {
    let built = capability(id).map_or(&[][..], |c| c.levels.get(from + 1..=to).unwrap_or(&[]));
    built.iter().fold((0.0, 0.0), |(effort, weeks), level| {
        (effort + level.person_weeks, weeks + level.weeks)
    })
}

/// A capability by id.
#[must_use]
pub fn capability(id: &str) -> Option<&'static Capability> {
    CAPABILITIES.iter().find(|c| c.id == id)
}

/// Ids of all capabilities.
pub fn capabilities() -> impl Iterator<Item = &'static str> {
    CAPABILITIES.iter().map(|c| c.id.as_str())
}

/// Names of all deployment strategies of the table.
pub fn strategies() -> impl Iterator<Item = &'static str> {
    STRATEGIES.iter().map(|s| s.id.as_str())
}

/// Where the sizes of a capability's levels come from.
#[must_use]
pub fn capability_source(id: &str) -> Option<&'static str> {
    capability(id).map(|c| c.source.as_str())
}

/// The words of a level: "dashboards".
#[must_use]
pub fn level_name(id: &str, level: usize) -> &'static str {
    capability(id)
        .and_then(|c| c.levels.get(level))
        .map_or("", |l| l.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_are_read() {
        assert_eq!(CAPABILITIES.len(), 9);
        assert_eq!(STRATEGIES.len(), 6);
        assert_eq!(UNDO.len(), 4);
        assert_eq!(MODES.len(), 4);
        for row in BY_KIND.iter() {
            assert!(MODES.iter().any(|m| m.id == row.mode), "{row:?}");
        }
    }

    #[test]
    fn a_higher_level_never_relieves_less_and_always_costs_something_to_build() {
        for c in CAPABILITIES.iter() {
            for (i, pair) in c.levels.windows(2).enumerate() {
                assert!(pair[1].relief >= pair[0].relief, "{} level {}", c.id, i + 1);
                let (effort, weeks) = building(&c.id, i, i + 1);
                assert!(effort > 0.0 && weeks > 0.0, "{} level {}", c.id, i + 1);
            }
            let steps: f64 = (0..4).map(|i| building(&c.id, i, i + 1).0).sum();
            assert_eq!(building(&c.id, 0, 4).0, steps, "{}", c.id);
            assert_eq!(building(&c.id, 3, 1), (0.0, 0.0), "{}", c.id);
        }
    }

    #[test]
    fn the_kinds_of_two_teams_say_how_they_work_together() {
        for (from, to, mode) in [
            ("stream-aligned", "platform", "x-as-a-service"),
            ("enabling", "qa", "facilitating"),
            ("stream-aligned", "enabling", "facilitating"),
            ("front end", "back end", "ticket queue"),
            ("stream-aligned", "infrastructure", "ticket queue"),
            ("stream-aligned", "complicated-subsystem", "x-as-a-service"),
            ("complicated-subsystem", "stream-aligned", "collaboration"),
            ("stream-aligned", "stream-aligned", "collaboration"),
        ] {
            assert_eq!(mode_by_kind(from, to), mode, "{from} to {to}");
        }
    }
}
