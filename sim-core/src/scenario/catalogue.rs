//! Everything a study may say, read off the declared format: what stands there, what may stand there, and
//! how it is written. Left out are what-ifs, which are changes, what is presented, which is a view, and ids,
//! by which the rest of a study refers to things.

use super::assumption::Range;
use super::check;
use super::field::{DISTRIBUTIONS, Kind, Need, Section};
use super::format;
use super::node::{NAMED_BY, Node, Value, entry_names, parse};
use super::quantity::Unit;

/// What a place may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// A number in a base unit ("hours", "person-hours", "share", or empty), between two ends.
    Number {
        /// Base unit.
        unit: &'static str,
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
        /// Whole numbers only.
        whole: bool,
    },
    /// A duration, an effort or a plain quantity that varies, in a base unit.
    Distribution {
        /// Base unit.
        unit: &'static str,
    },
    /// One of some words.
    Choice(Vec<&'static str>),
    /// Some of some words.
    Choices(Vec<&'static str>),
    /// true or false.
    Flag,
    /// The id of something else.
    Name,
    /// Ids of other things.
    Names,
    /// Free text.
    Text,
    /// Numbers in a base unit, each between two ends.
    List {
        /// Base unit.
        unit: &'static str,
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
    },
}

/// What stands at a place, in base units.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Nothing, and nothing is assumed.
    Nothing,
    /// A number.
    Number(f64),
    /// An assumption range.
    Range(Range),
    /// A word, a name or a text.
    Text(String),
    /// true or false.
    Flag(bool),
    /// Words or names.
    Texts(Vec<String>),
    /// Numbers.
    List(Vec<f64>),
    /// A quantity that varies: its family, and how much is exceeded by 50, 15 and 5 of 100.
    Spread {
        /// As in the file: "lognormal".
        family: String,
        /// Median.
        usual: f64,
        /// 85 of 100 are at most this.
        bad: f64,
        /// 95 of 100 are at most this.
        worst: f64,
    },
}

/// One place of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What a change's `set` takes.
    pub path: String,
    /// Short label.
    pub label: String,
    /// What it means, in a sentence.
    pub help: &'static str,
    /// What it may hold.
    pub asked: Asked,
    /// What it holds, the default included.
    pub given: Given,
    /// As the file has it, in one line; the default where the file says nothing.
    pub written: String,
    /// "assumption" unless the study says; "default" where it says nothing.
    pub source: String,
    /// The study has to say it.
    pub required: bool,
    /// The table it is a key of, where that is written as a whole.
    pub group: Option<String>,
    /// Paths name the entry it belongs to by it: where it is another, all paths below are.
    pub naming: bool,
}

/// What is no value of the organisation.
pub const LEFT_OUT: [&str; 3] = ["format", "presentation", "what_ifs"];

/// Every place of a checked study, in the order of the format.
#[must_use]
pub fn catalogue(tree: &Node) -> Vec<Entry> {
    let mut out = Vec::new();
    table(&format::STUDY, Some(tree), "", &mut out);
    out
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

fn table(section: &Section, node: Option<&Node>, path: &str, out: &mut Vec<Entry>) {
    for field in &section.fields {
        let at = join(path, field.key);
        if LEFT_OUT.contains(&at.as_str()) || field.key == "id" {
            continue;
        }
        let child = node.and_then(|n| n.get(field.key));
        match &field.kind {
            Kind::Table(inner) => {
                // What is absent and needs more than one thing said cannot be begun here.
                let bare = |f: &super::field::Field| !matches!(f.need, Need::Required);
                if child.is_some() || inner.fields.iter().all(bare) {
                    table(inner, child, &at, out);
                }
            }
            Kind::Tables(inner) => {
                let entries = child.map(Node::items).unwrap_or_default();
                for (entry, name) in entries.iter().zip(entry_names(entries)) {
                    let first = out.len();
                    let at = join(&at, &name);
                    table(inner, Some(entry), &at, out);
                    let naming = |e: &&mut Entry| {
                        let key = e.path.strip_prefix(&at).and_then(|p| p.strip_prefix('.'));
                        key.is_some_and(|k| NAMED_BY.contains(&k))
                    };
                    if entry.get("id").is_none() {
                        out[first..]
                            .iter_mut()
                            .filter(naming)
                            .for_each(|e| e.naming = true);
                    }
                }
            }
            Kind::Target => {
                let metric = node.and_then(|n| n.get("metric")).and_then(Node::as_text);
                let unit = match metric {
                    Some("lead time") => Unit::Time,
                    _ => Unit::Plain,
                };
                let words = (field.label, field.help);
                leaf(
                    &Kind::Number(unit, 0.0, 1e9),
                    child,
                    None,
                    &at,
                    words,
                    true,
                    out,
                );
            }
            kind => {
                let default = match field.need {
                    Need::Default(text) => read(text),
                    _ => None,
                };
                let words = (field.label, field.help);
                let required = matches!(field.need, Need::Required);
                leaf(kind, child, default.as_ref(), &at, words, required, out);
            }
        }
    }
}

/// A default, as the declaration writes it.
fn read(text: &str) -> Option<Node> {
    match parse(&format!("x = {text}")).ok()?.value {
        Value::Table(mut t) if !t.is_empty() => Some(t.remove(0).1),
        _ => None,
    }
}

fn leaf(
    kind: &Kind,
    node: Option<&Node>,
    default: Option<&Node>,
    path: &str,
    (label, help): (&str, &'static str),
    required: bool,
    out: &mut Vec<Entry>,
) {
    let grouped = matches!(kind, Kind::Numbers(..) | Kind::Mix(_) | Kind::Free(..));
    let group = grouped.then(|| path.to_owned());
    let mut put = |path: String, label: String, asked: Asked, node: Option<&Node>, fallback| {
        let (given, written) = match node.or(fallback) {
            Some(n) => (given(&asked, n), n.inline()),
            None => (Given::Nothing, String::new()),
        };
        let source = match node {
            Some(n) => (n.get("source").and_then(Node::as_text)).unwrap_or("assumption"),
            None => "default",
        };
        out.push(Entry {
            path,
            label,
            help,
            asked,
            given,
            written,
            source: source.to_owned(),
            required,
            group: group.clone(),
            naming: false,
        });
    };
    let number = |unit: Unit, min: f64, max: f64, whole: bool| Asked::Number {
        unit: unit.name(),
        min,
        max,
        whole,
    };
    let plain = match kind {
        Kind::Text => Asked::Text,
        Kind::Reference => Asked::Name,
        Kind::Flag => Asked::Flag,
        Kind::Number(unit, min, max) => number(*unit, *min, *max, false),
        Kind::Whole(min, max) => number(Unit::Plain, *min, *max, true),
        Kind::Choice(words) => Asked::Choice(words.clone()),
        Kind::Choices(words) => Asked::Choices(words.clone()),
        Kind::Texts => Asked::Names,
        Kind::Distribution(unit) => Asked::Distribution { unit: unit.name() },
        Kind::List(unit, min, max) => Asked::List {
            unit: unit.name(),
            min: *min,
            max: *max,
        },
        Kind::Numbers(keys, unit, min, max) => {
            for key in keys {
                let (asked, at) = (number(*unit, *min, *max, false), join(path, key));
                let here = node.and_then(|n| n.get(key));
                let fallback = if node.is_none() {
                    default.and_then(|n| n.get(key))
                } else {
                    None
                };
                put(at, format!("{label}: {key}"), asked, here, fallback);
            }
            return;
        }
        Kind::Mix(keys) => {
            for key in keys {
                let (asked, at) = (number(Unit::Share, 0.0, 1.0, false), join(path, key));
                let here = node.and_then(|n| n.get(key));
                let fallback = if node.is_none() {
                    default.and_then(|n| n.get(key))
                } else {
                    None
                };
                put(at, format!("{label}: {key}"), asked, here, fallback);
            }
            return;
        }
        Kind::Free(unit, min, max) => {
            if let Some(Value::Table(entries)) = node.map(|n| &n.value) {
                for (key, child) in entries {
                    let asked = number(*unit, *min, *max, false);
                    put(
                        join(path, key),
                        format!("{label}: {key}"),
                        asked,
                        Some(child),
                        None,
                    );
                }
            }
            return;
        }
        Kind::Id | Kind::Table(_) | Kind::Tables(_) | Kind::Target | Kind::Any => return,
    };
    put(path.to_owned(), label.to_owned(), plain, node, default);
}

fn unit(name: &str) -> Unit {
    [Unit::Share, Unit::Time, Unit::Effort]
        .into_iter()
        .find(|u| u.name() == name)
        .unwrap_or(Unit::Plain)
}

fn given(asked: &Asked, node: &Node) -> Given {
    // A value may be wrapped to say where it comes from.
    let wrapped = node.get("value").filter(|_| node.get("dist").is_none());
    let node = wrapped.unwrap_or(node);
    let text = |n: &Node| n.as_text().map(str::to_owned);
    match asked {
        Asked::Number { unit: name, .. } => match Range::of(node, unit(name)) {
            Some(range) => Given::Range(range),
            None => (unit(name).of(&node.value)).map_or(Given::Nothing, Given::Number),
        },
        Asked::Distribution { unit: name } => match Range::of(node, unit(name)) {
            Some(range) => Given::Range(range),
            None => spread(node, unit(name)),
        },
        Asked::Choice(_) | Asked::Name | Asked::Text => {
            text(node).map_or(Given::Nothing, Given::Text)
        }
        Asked::Flag => match node.value {
            Value::Flag(b) => Given::Flag(b),
            _ => Given::Nothing,
        },
        Asked::Choices(_) | Asked::Names => {
            Given::Texts(node.items().iter().filter_map(text).collect())
        }
        Asked::List { unit: name, .. } => {
            let of = |n: &Node| unit(name).of(&n.value).ok();
            Given::List(node.items().iter().filter_map(of).collect())
        }
    }
}

fn spread(node: &Node, unit: Unit) -> Given {
    let family = node.get("dist").and_then(Node::as_text);
    match check::read_distribution(node, unit) {
        Some(d) => Given::Spread {
            family: family.unwrap_or("constant").to_owned(),
            usual: d.quantile(0.5),
            bad: d.quantile(0.85),
            worst: d.quantile(0.95),
        },
        None => Given::Nothing,
    }
}

/// Standard normal quantiles of 85 and 95 of 100.
const Z85: f64 = 1.036_433_389_493_79;
const Z95: f64 = 1.644_853_626_951_472_7;

/// The lognormal bad case, which 85 of 100 do not exceed, from a case that 95 of 100 do not exceed.
#[must_use]
pub fn bad_from_worst(usual: f64, worst: f64) -> f64 {
    if usual <= 0.0 || worst <= usual {
        return usual;
    }
    usual * libm::pow(worst / usual, Z85 / Z95)
}

/// How a study writes a value; `None` for nothing.
#[must_use]
pub fn write(asked: &Asked, given: &Given) -> Option<Node> {
    let table = |entries: Vec<(&str, Node)>| {
        let own = entries.into_iter().map(|(k, n)| (k.to_owned(), n));
        Node::of(Value::Table(own.collect()))
    };
    let name = match asked {
        Asked::Number { unit, .. } | Asked::Distribution { unit } | Asked::List { unit, .. } => {
            unit
        }
        _ => "",
    };
    let one = |x: f64| quantity(x, unit(name));
    Some(match given {
        Given::Nothing => return None,
        Given::Number(x) => one(*x),
        Given::Range(r) => table(vec![
            ("low", one(r.low)),
            ("likely", one(r.likely)),
            ("high", one(r.high)),
        ]),
        Given::Text(t) => Node::text(t.clone()),
        Given::Flag(b) => Node::of(Value::Flag(*b)),
        Given::Texts(all) => Node::of(Value::List(all.iter().map(Node::text).collect())),
        Given::List(all) => Node::of(Value::List(all.iter().map(|x| one(*x)).collect())),
        Given::Spread { usual, bad, .. } if bad <= usual || *usual <= 0.0 => one(*usual),
        Given::Spread { usual, bad, .. } => table(vec![
            ("dist", Node::text("lognormal")),
            ("median", one(*usual)),
            ("p85", one(*bad)),
        ]),
    })
}

/// A number as a person would write it: six digits, in the largest unit that leaves it short.
fn quantity(x: f64, unit: Unit) -> Node {
    let round = |x: f64| format!("{x:.5e}").parse::<f64>().unwrap_or(x);
    let text = |x: f64, unit: &str| Node::text(format!("{}{unit}", round(x)));
    let short = |x: f64| (x - libm::round(x * 100.0) / 100.0).abs() < 1e-9;
    match unit {
        Unit::Plain => Node::of(Value::Number(round(x))),
        Unit::Share => text(x * 100.0, "%"),
        Unit::Time if x >= 336.0 && short(x / 168.0) => text(x / 168.0, " weeks"),
        Unit::Time if x >= 48.0 && short(x / 24.0) => text(x / 24.0, " days"),
        _ if x > 0.0 && x < 1.0 => text(x * 60.0, " minutes"),
        Unit::Time | Unit::Effort => text(x, " hours"),
    }
}

/// The parts of a distribution of a family, as a study names them.
#[must_use]
pub fn parts_of(family: &str) -> Vec<&'static str> {
    let all = DISTRIBUTIONS.iter().filter(|d| d.0 == family);
    let mut keys: Vec<&str> = all.flat_map(|d| d.1.iter().map(|k| k.0)).collect();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::*;

    const STUDY: &str = include_str!("../../../scenarios/siloed-to-integrated.toml");

    fn entries() -> Vec<Entry> {
        catalogue(&Scenario::read(STUDY).unwrap().baseline.tree)
    }

    #[test]
    fn every_parameter_of_a_study_is_in_its_catalogue() {
        let scenario = Scenario::read(STUDY).unwrap();
        let entries = entries();
        for p in &scenario.baseline.parameters {
            let found = entries.iter().any(|e| {
                e.path == p.path
                    || matches!(e.asked, Asked::Distribution { .. })
                        && p.path.starts_with(&format!("{}.", e.path))
            });
            assert!(found || p.path == "format", "{} is missing", p.path);
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for e in entries() {
            let Some(node) = write(&e.asked, &e.given) else {
                continue;
            };
            let again = given(&e.asked, &node);
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-5 * a.abs();
            match (&e.given, &again) {
                (Given::Number(a), Given::Number(b)) => assert!(near(*a, *b), "{} {a} {b}", e.path),
                (
                    Given::Spread {
                        usual: a, bad: b, ..
                    },
                    Given::Spread {
                        usual: c, bad: d, ..
                    },
                ) => {
                    assert!(near(*a, *c) && near(*b, *d), "{} {a} {b} {c} {d}", e.path);
                }
                (a, b) => assert_eq!(a, b, "{}", e.path),
            }
        }
    }

    #[test]
    fn people_would_write_it_so() {
        let time = Asked::Number {
            unit: "hours",
            min: 0.0,
            max: 1e6,
            whole: false,
        };
        let share = Asked::Number {
            unit: "share",
            min: 0.0,
            max: 1.0,
            whole: false,
        };
        for (asked, x, want) in [
            (&time, 672.0, "4 weeks"),
            (&time, 72.0, "3 days"),
            (&time, 0.5, "30 minutes"),
            (&time, 30.0, "30 hours"),
            (&share, 0.35, "35%"),
        ] {
            let node = write(asked, &Given::Number(x)).unwrap();
            assert_eq!(node.as_text(), Some(want));
        }
    }

    #[test]
    fn the_bad_case_of_95_leads_to_that_of_85() {
        let node = |bad: f64| {
            write(
                &Asked::Distribution { unit: "hours" },
                &Given::Spread {
                    family: "lognormal".into(),
                    usual: 8.0,
                    bad,
                    worst: 0.0,
                },
            )
            .unwrap()
        };
        let bad = bad_from_worst(8.0, 40.0);
        match given(&Asked::Distribution { unit: "hours" }, &node(bad)) {
            Given::Spread { usual, worst, .. } => {
                assert!(
                    (usual - 8.0).abs() < 1e-4 && (worst - 40.0).abs() < 1e-2,
                    "{usual} {worst}"
                );
            }
            other => panic!("{other:?}"),
        }
    }
}
