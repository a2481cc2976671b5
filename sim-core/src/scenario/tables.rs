//! Facts that are data: what platform levels do, deployment strategies, ways back, interaction modes.
//! Read from the files beside this one by the same check as a study.

use super::check::{Checked, check};
use super::field::{Field, Kind, Section, may, need, or};
use super::format;
use super::node::parse;
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

fn rows<T: for<'a> Deserialize<'a>>(text: &str, key: &'static str, fields: Vec<Field>) -> Vec<T> {
    let section = Section {
        fields: vec![need(key, Kind::Tables(Section { fields }), "", "")],
    };
    let node = parse(text).expect("a shipped table is TOML");
    let Checked { faults, json, .. } = check(&section, &node);
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

/// A capability by id.
#[must_use]
pub fn capability(id: &str) -> Option<&'static Capability> {
    CAPABILITIES.iter().find(|c| c.id == id)
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
        assert_eq!(CAPABILITIES.len(), 8);
        assert_eq!(STRATEGIES.len(), 6);
        assert_eq!(UNDO.len(), 4);
        assert_eq!(MODES.len(), 4);
    }
}
