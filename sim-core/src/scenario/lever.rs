//! The primary levers, as data: `tables/levers.toml`.
//!
//! What a lever does to `pipeline` it does to every one of `pipelines`. A lever owns the parameters it sets;
//! all others may only scale them or add to them. Positions are kept by lever and applied in one fixed order
//! (sets, then sums, then factors, then how teams are cut, then the time set aside), so the order of moves
//! never matters.

mod apply;
mod factor;

pub use apply::apply;

use super::aside;
use super::check::check;
use super::cut;
use super::node::{Node, Value};
use super::{Parameter, Variant, format};
use factor::Factor;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Where a lever stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Position {
    /// At a named position.
    Named(String),
    /// At a number.
    Number(f64),
}

impl Position {
    /// Read from a study.
    #[must_use]
    pub fn read(node: &Node) -> Option<Self> {
        match &node.value {
            Value::Text(t) => Some(Self::Named(t.clone())),
            Value::Number(x) => Some(Self::Number(*x)),
            _ => None,
        }
    }
}

/// One primary lever.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// Stable id; with `each`, one lever is `id/entry`.
    pub id: String,
    /// Which of the seven parts: "value stream".
    pub part: String,
    /// Shown name; `{}` stands for the entry's name.
    pub label: String,
    /// One sentence.
    pub help: String,
    /// Place that must exist for the lever to be offered.
    #[serde(default)]
    needs: Option<String>,
    /// The list whose entries get a lever each.
    #[serde(default)]
    pub each: Option<String>,
    /// Price of a move; of a difference for each.
    pub person_weeks: f64,
    /// Weeks from the start to full effect.
    pub weeks: f64,
    /// Named positions.
    #[serde(default)]
    pub positions: Vec<Named>,
    /// Or a range.
    #[serde(default)]
    pub number: Option<Range>,
    /// Where its numbers come from; what the capabilities it sets say, or "assumption", if absent.
    #[serde(default)]
    source: Option<String>,
    /// Something it moves shows once a way of working has settled; else only quarter by quarter.
    #[serde(default = "yes")]
    pub settled: bool,
    /// Paths that a study may lack and still offer the lever.
    #[serde(default)]
    may_lack: Vec<String>,
    #[serde(default)]
    set: Vec<String>,
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    scale: BTreeMap<String, f64>,
}

fn yes() -> bool {
    true
}

impl Lever {
    /// Person-weeks of a position.
    #[must_use]
    pub fn price(&self, position: &Position) -> f64 {
        match position {
            Position::Number(x) if !self.add.is_empty() => self.person_weeks * x.max(0.0),
            Position::Named(name) => {
                let named = self.positions.iter().find(|p| p.label == *name);
                let free = named.is_some_and(|p| p.free);
                if free { 0.0 } else { self.person_weeks }
            }
            Position::Number(_) => self.person_weeks,
        }
    }
}

/// A named position.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Shown name, and what a study writes.
    pub label: String,
    #[serde(default)]
    set: BTreeMap<String, toml::Value>,
    #[serde(default)]
    add: BTreeMap<String, f64>,
    #[serde(default)]
    scale: BTreeMap<String, Factor>,
    /// Whoever goes there builds nothing: it has no price.
    #[serde(default)]
    free: bool,
    /// How teams are cut: see [`cut`].
    #[serde(default)]
    cut: Option<usize>,
    /// Share of time set aside: see [`aside`].
    #[serde(default)]
    aside: Option<f64>,
}

/// A numeric lever's range.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Lowest.
    pub min: f64,
    /// Highest.
    pub max: f64,
    /// Smallest move.
    pub step: f64,
    /// Unit in words.
    pub unit: String,
    /// How to print it: `percent` or `difference`.
    #[serde(rename = "as")]
    pub format: String,
}

#[derive(Deserialize)]
struct File {
    lever: Vec<Lever>,
}

/// All primary levers, in order.
pub static LEVERS: LazyLock<Vec<Lever>> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("tables/levers.toml")).expect("the shipped levers are right");
    file.lever
});

/// A lever offered by a study, where it stands there.
#[derive(Debug, Clone)]
pub struct Offered {
    /// The lever.
    pub lever: &'static Lever,
    /// Its id with its entry: `people/infrastructure`.
    pub id: String,
    /// Shown name.
    pub label: String,
    /// Entry's id, for levers with one each.
    pub entry: Option<String>,
}

/// The levers that a study has parameters for.
#[must_use]
pub fn offered(study: &Variant) -> Vec<Offered> {
    let mut out = Vec::new();
    for lever in LEVERS.iter() {
        let entries: Vec<Option<(String, String)>> = match &lever.each {
            None => vec![None],
            Some(list) => study
                .tree
                .get(list)
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .filter_map(|n| {
                    let id = n.get("id")?.as_text()?;
                    let name = n.get("name").and_then(Node::as_text).unwrap_or(id);
                    Some(Some((id.to_owned(), name.to_owned())))
                })
                .collect(),
        };
        for entry in entries {
            let (id, label) = match &entry {
                None => (lever.id.clone(), lever.label.clone()),
                Some((id, name)) => (
                    format!("{}/{id}", lever.id),
                    lever.label.replace("{}", name),
                ),
            };
            let offered = Offered {
                lever,
                id,
                label,
                entry: entry.map(|e| e.0),
            };
            if offered.fits(study) {
                out.push(offered);
            }
        }
    }
    out
}

impl Offered {
    fn fits(&self, study: &Variant) -> bool {
        if self
            .lever
            .needs
            .as_ref()
            .is_some_and(|p| study.tree.at(p).is_none())
        {
            return false;
        }
        let cuts = self.lever.positions.iter().any(|p| p.cut.is_some());
        if cuts && cut::stands(&study.tree).is_none_or(|at| at >= 2) {
            return false;
        }
        let scaled = self.lever.scale.keys().chain(
            self.lever
                .positions
                .iter()
                .flat_map(|p| p.scale.keys().chain(p.add.keys())),
        );
        let named = self.lever.positions.iter().flat_map(|p| p.set.keys());
        let mut paths = self
            .lever
            .set
            .iter()
            .chain(&self.lever.add)
            .chain(scaled)
            .chain(named);
        paths.all(|p| {
            self.lever.may_lack.contains(p)
                || self
                    .lever
                    .needs
                    .as_ref()
                    .is_some_and(|n| p.starts_with(n.as_str()))
                || everywhere(&study.tree, &self.path(p))
                    .iter()
                    .any(|p| !matching(&study.parameters, p).is_empty())
        })
    }

    fn path(&self, pattern: &str) -> String {
        match &self.entry {
            Some(entry) => pattern.replace("{}", entry),
            None => pattern.to_owned(),
        }
    }

    /// The position that describes the study as it is: for named positions the index of the one that
    /// would change nothing, for numbers the value all its parameters share (0 for differences, 1 for
    /// factors). `None`: "as today".
    #[must_use]
    pub fn baseline(&self, study: &Variant) -> Option<f64> {
        if self.lever.number.is_some() {
            if !self.lever.scale.is_empty() {
                return Some(1.0);
            }
            if !self.lever.add.is_empty() {
                return Some(0.0);
            }
            let values = self.values(study);
            let first = *values.first()?;
            return values
                .iter()
                .all(|v| (v - first).abs() < 1e-12)
                .then_some(first);
        }
        let mut now = None;
        (0..self.lever.positions.len())
            .find(|&i| {
                let position = &self.lever.positions[i];
                if position.does_nothing() {
                    return true;
                }
                if self.sets_another(position, study) {
                    return false;
                }
                let mut tree = study.tree.clone();
                let at =
                    BTreeMap::from([(self.id.clone(), Position::Named(position.label.clone()))]);
                let now = now.get_or_insert_with(|| check(&format::STUDY, &study.tree).json);
                apply(&at, &mut tree, None).is_ok() && check(&format::STUDY, &tree).json == *now
            })
            .map(|i| i as f64)
    }

    /// A position sets a parameter that the study has to something else: that is seen at once.
    fn sets_another(&self, position: &Named, study: &Variant) -> bool {
        position.set.iter().any(|(pattern, to)| {
            let paths = everywhere(&study.tree, &self.path(pattern));
            let found = paths
                .iter()
                .flat_map(|path| matching(&study.parameters, path));
            let mut found = found.filter(|p| p.range.is_none());
            found.any(|p| match (to, p.value.as_f64()) {
                (toml::Value::String(t), None) => p.value.as_str().is_some_and(|now| now != t),
                (toml::Value::Integer(x), Some(now)) => *x as f64 != now,
                (toml::Value::Float(x), Some(now)) => *x != now,
                _ => false,
            })
        })
    }

    /// What a numeric lever that sets parameters finds in them.
    fn values(&self, study: &Variant) -> Vec<f64> {
        let found = |p: &String| matching(&study.parameters, &self.path(p));
        let all = self.lever.set.iter().flat_map(found);
        all.filter_map(|p| p.value.as_f64()).collect()
    }

    /// Where a numeric lever stands whose parameters are not all the same: at their mean.
    #[must_use]
    pub fn mean(&self, study: &Variant) -> Option<f64> {
        let values = self.values(study);
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// Where it stands, for people: "65%", and "55% to 65%" where its parameters are not all the same.
    #[must_use]
    pub fn today(&self, study: &Variant) -> String {
        let at = self.baseline(study);
        let values = self.values(study);
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if at.is_some() || least >= most {
            return self.words(at);
        }
        format!("{} to {}", self.words(Some(least)), self.words(Some(most)))
    }

    /// Every position, in order: the names' indices, or the range by its steps.
    #[must_use]
    pub fn positions(&self) -> Vec<f64> {
        let Some(r) = &self.lever.number else {
            return (0..self.lever.positions.len()).map(|i| i as f64).collect();
        };
        let steps = libm::round((r.max - r.min) / r.step) as usize;
        let at = |i: usize| on_grid(r.min + i as f64 * r.step);
        (0..=steps).map(at).filter(|x| self.allows(*x)).collect()
    }

    /// Positions up to so many steps from where the lever stands today, lowest first, each with how many steps
    /// up it is. Where today is no position of its own: every named one, or the numbers around the mean;
    /// those have no count.
    #[must_use]
    pub fn around(&self, study: &Variant, steps: i32) -> Vec<(f64, Option<i32>)> {
        let by = self.lever.number.as_ref().map_or(1.0, |r| r.step);
        let away = |k: i32, from: f64| on_grid(from + f64::from(k) * by);
        let moves = (-steps..=steps).filter(|k| *k != 0);
        let found: Vec<(f64, Option<i32>)> = match (self.baseline(study), &self.lever.number) {
            (Some(x), _) => moves.map(|k| (away(k, x), Some(k))).collect(),
            (None, None) => self.positions().into_iter().map(|x| (x, None)).collect(),
            (None, Some(r)) => self.mean(study).map_or(Vec::new(), |mean| {
                let at = (mean - r.min) / by;
                let below = r.min + libm::ceil(at) * by;
                let above = r.min + libm::floor(at) * by;
                let side = |k: i32| (away(k, if k < 0 { below } else { above }), None);
                moves.map(side).collect()
            }),
        };
        found.into_iter().filter(|(x, _)| self.allows(*x)).collect()
    }

    /// Where the sizes behind the lever come from.
    #[must_use]
    pub fn source(&self) -> &'static str {
        if let Some(source) = &self.lever.source {
            return source;
        }
        self.lever
            .positions
            .iter()
            .flat_map(|p| p.set.keys())
            .find_map(|path| {
                super::capability_source(
                    path.strip_prefix("platform.capabilities.")?
                        .split('.')
                        .next()?,
                )
            })
            .unwrap_or("assumption")
    }

    /// The first position that sets a path to at least a number.
    #[must_use]
    pub fn reaching(&self, path: &str, least: f64) -> Option<f64> {
        let reaches = |p: &Named| {
            let to = p.set.get(path);
            to.and_then(|v| v.as_float().or(v.as_integer().map(|i| i as f64)))
                .is_some_and(|x| x >= least)
        };
        let at = self.lever.positions.iter().position(reaches);
        at.map(|i| i as f64)
    }

    /// The lever has this position.
    #[must_use]
    pub fn allows(&self, position: f64) -> bool {
        match &self.lever.number {
            Some(r) => position >= r.min - 1e-9 && position <= r.max + 1e-9,
            None => {
                position >= 0.0
                    && position.fract() == 0.0
                    && (position as usize) < self.lever.positions.len()
            }
        }
    }

    /// The position in a study's words.
    #[must_use]
    pub fn named(&self, position: f64) -> Position {
        match self.lever.positions.get(position as usize) {
            Some(p) if self.lever.number.is_none() => Position::Named(p.label.clone()),
            _ => Position::Number(position),
        }
    }

    /// The index or number of a position in a study's words.
    #[must_use]
    pub fn index(&self, position: &Position) -> Option<f64> {
        match position {
            Position::Number(x) => Some(*x),
            Position::Named(name) => self
                .lever
                .positions
                .iter()
                .position(|p| p.label == *name)
                .map(|i| i as f64),
        }
    }

    /// A position for people: "monthly", "+2", "70%".
    #[must_use]
    pub fn words(&self, position: Option<f64>) -> String {
        let Some(x) = position else {
            return "as today".into();
        };
        match &self.lever.number {
            None => self
                .lever
                .positions
                .get(x as usize)
                .map_or("as today".into(), |p| p.label.clone()),
            Some(r) if r.format == "percent" => {
                format!(
                    "{:.0}%{}{}",
                    x * 100.0,
                    if r.unit.is_empty() { "" } else { " " },
                    r.unit
                )
            }
            Some(_) if x == 0.0 => "as today".into(),
            Some(_) => format!("{x:+}").replace('-', "−"),
        }
    }
}

/// Steps of a twentieth do not add up: the nearest number people would write.
fn on_grid(x: f64) -> f64 {
    libm::round(x * 1e9) / 1e9
}

/// Where a lever stands among all, from 0: the order of the table, then of entries' ids.
#[must_use]
pub fn rank(id: &str) -> (usize, &str) {
    let (base, entry) = id.split_once('/').unwrap_or((id, ""));
    let at = LEVERS.iter().position(|l| l.id == base);
    (at.unwrap_or(LEVERS.len()), entry)
}

/// Something that levers in these positions do is not known, and drawn.
#[must_use]
pub fn unknown(positions: &BTreeMap<String, Position>) -> bool {
    let at = |(id, position): (&String, &Position)| {
        let Position::Named(name) = position else {
            return false;
        };
        let named = find(id).and_then(|l| l.positions.iter().find(|p| p.label == *name));
        let within = |f: &Factor| matches!(f, Factor::Within { .. });
        named.is_some_and(|p| p.scale.values().any(within))
    };
    positions.iter().any(at)
}

/// The price of having moved a lever to a position, person-weeks: of a difference for each step up, and
/// nothing down; nothing for a named position that takes nothing to reach.
#[must_use]
pub fn price(id: &str, position: &Position) -> f64 {
    find(id).map_or(0.0, |l| l.price(position))
}

/// What a lever owns where it stands: paths, with `*` for any entry. All it does beside is scale and add.
#[must_use]
pub fn owned(id: &str, position: &Position) -> Vec<String> {
    let Some(lever) = find(id) else {
        return Vec::new();
    };
    let named = |p: &&Named| matches!(position, Position::Named(name) if *name == p.label);
    let named = lever.positions.iter().filter(named);
    let coded = named.clone().flat_map(Named::coded);
    let paths = named.flat_map(|p| p.set.keys()).chain(&lever.set);
    let entry = id.split_once('/').map_or("{}", |(_, entry)| entry);
    let written = paths.map(|p| p.replace("{}", entry));
    written.chain(coded.map(str::to_owned)).collect()
}

impl Named {
    /// It leaves everything as it is.
    fn does_nothing(&self) -> bool {
        let moves = !self.set.is_empty() || !self.add.is_empty() || !self.scale.is_empty();
        !moves && self.cut.is_none() && self.aside.is_none()
    }

    /// What a position sets that no path of its own says.
    fn coded(&self) -> impl Iterator<Item = &'static str> {
        let cut = self.cut.map(|_| "streams.*.stages.*.team");
        cut.into_iter()
            .chain(self.aside.iter().flat_map(|_| aside::SETS))
    }
}

/// Weeks from moving a lever to its full effect.
#[must_use]
pub fn weeks(id: &str) -> f64 {
    find(id).map_or(0.0, |l| l.weeks)
}

fn find(id: &str) -> Option<&'static Lever> {
    let base = id.split('/').next().unwrap_or(id);
    LEVERS.iter().find(|l| l.id == base)
}

/// A path, and the same of each pipeline that streams can name.
fn everywhere(tree: &Node, path: &str) -> Vec<String> {
    let named = tree.get("pipelines").map(Node::items).unwrap_or_default();
    let mut all: Vec<String> = match path.strip_prefix("pipeline.") {
        Some(field) => (named.iter())
            .filter_map(|n| n.get("id")?.as_text())
            .map(|id| format!("pipelines.{id}.{field}"))
            .collect(),
        None => Vec::new(),
    };
    if all.is_empty() || tree.get("pipeline").is_some() {
        all.insert(0, path.to_owned());
    }
    all
}

/// Parameters at a path with `*`; a distribution is met by its parameters in its own unit.
fn matching<'p>(parameters: &'p [Parameter], pattern: &str) -> Vec<&'p Parameter> {
    const IN_UNIT: [&str; 8] = [
        "value", "mean", "median", "p85", "low", "mode", "high", "sd",
    ];
    let wanted: Vec<&str> = pattern.split('.').collect();
    parameters
        .iter()
        .filter(|p| {
            let keys: Vec<&str> = p.path.split('.').collect();
            let same = |a: &[&str]| {
                let fits = |(i, (k, w)): (usize, (&&str, &&str))| match w.strip_prefix('*') {
                    Some("") => true,
                    Some(only) => such(parameters, &keys[..=i], only),
                    None => k == w,
                };
                a.len() == wanted.len() && a.iter().zip(&wanted).enumerate().all(fits)
            };
            same(&keys)
                || keys
                    .split_last()
                    .is_some_and(|(last, rest)| IN_UNIT.contains(last) && same(rest))
        })
        .collect()
}

/// An entry has a field of this value: "kind=development".
fn such(parameters: &[Parameter], entry: &[&str], only: &str) -> bool {
    let Some((field, value)) = only.split_once('=') else {
        return false;
    };
    let path = format!("{}.{field}", entry.join("."));
    let mut found = parameters.iter().filter(|p| p.path == path);
    found.any(|p| p.value.as_str() == Some(value))
}

fn node(value: &toml::Value) -> Node {
    Node::of(match value {
        toml::Value::String(t) => Value::Text(t.clone()),
        toml::Value::Integer(i) => Value::Number(*i as f64),
        toml::Value::Float(x) => Value::Number(*x),
        toml::Value::Boolean(b) => Value::Flag(*b),
        toml::Value::Array(a) => Value::List(a.iter().map(node).collect()),
        other => Value::Text(other.to_string()),
    })
}

/// A number as a study writes it, in its base unit.
pub(super) fn quantity(value: f64, unit: &str) -> Node {
    Node::of(if unit.ends_with("hours") {
        Value::Text(format!("{value} hours"))
    } else {
        Value::Number(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_that_are_not_known_rise_and_what_goes_against_one_is_there() {
        let mut unknown = 0;
        for p in LEVERS.iter().flat_map(|l| &l.positions) {
            for factor in p.scale.values() {
                match factor {
                    Factor::By(x) => assert!(*x >= 0.0, "{}", p.label),
                    Factor::Within { low, likely, high } => {
                        unknown += 1;
                        assert!(0.0 < *low && low <= likely && likely <= high && low < high);
                    }
                    Factor::Against { against } => {
                        assert!(
                            matches!(p.scale[against], Factor::Within { .. }),
                            "{against}"
                        );
                    }
                }
            }
        }
        assert!(unknown > 0);
    }

    #[test]
    fn where_a_lever_stands_is_where_moving_it_would_change_nothing() {
        let text = include_str!("../../../scenarios/siloed-to-integrated.toml");
        let scenario = crate::scenario::Scenario::read(text).unwrap();
        let ids = scenario.what_ifs.iter().map(|w| Some(w.id.as_str()));
        let mut found = 0;
        for study in ids
            .chain([None])
            .map(|id| scenario.variant(id, &[]).unwrap())
        {
            let now = check(&format::STUDY, &study.tree).json;
            for l in offered(&study).iter().filter(|l| l.lever.number.is_none()) {
                let same = |x: &f64| {
                    let mut tree = study.tree.clone();
                    let at = BTreeMap::from([(l.id.clone(), l.named(*x))]);
                    apply(&at, &mut tree, None).is_ok() && check(&format::STUDY, &tree).json == now
                };
                let wanted = l.positions().into_iter().find(same);
                assert_eq!(l.baseline(&study), wanted, "{}", l.id);
                found += usize::from(wanted.is_some());
            }
        }
        assert!(found > 60, "{found}");
    }

    #[test]
    fn who_leaves_costs_nothing_and_each_who_comes_does() {
        let one = price("people/app", &Position::Number(1.0));
        assert!(one > 0.0);
        assert_eq!(price("people/app", &Position::Number(3.0)), 3.0 * one);
        assert_eq!(price("people/app", &Position::Number(-2.0)), 0.0);
        let named = |id: &str, at: &str| price(id, &Position::Named(at.into()));
        assert_eq!(named("observability", "customers tell us"), 0.0);
        assert!(named("observability", "alerts") > 0.0);
    }

    #[test]
    fn every_parameter_has_one_owner() {
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for lever in LEVERS.iter() {
            let mut paths: Vec<&str> = lever
                .positions
                .iter()
                .flat_map(|p| p.set.keys().map(String::as_str))
                .collect();
            paths.extend(lever.positions.iter().flat_map(Named::coded));
            paths.extend(lever.set.iter().map(String::as_str));
            paths.sort_unstable();
            paths.dedup();
            for path in paths {
                let before = owners.insert(path, &lever.id);
                assert!(
                    before.is_none(),
                    "{path} is owned by {before:?} and {}",
                    lever.id
                );
            }
        }
    }
}
