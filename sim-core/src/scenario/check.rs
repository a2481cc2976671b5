//! What a person wrote against what the format declares: every fault at once, and a normal form in base
//! units with all defaults filled in.

use super::assumption::{self, Range};
use super::fault::{Fault, nearest, suggest};
use super::field::{DISTRIBUTIONS, Kind, Need, Section};
use super::node::{Node, Value, entry_names, parse};
use super::quantity::Unit;
use crate::random::Distribution;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

/// One changeable number or word of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// Where it is: what `--set` takes.
    pub path: String,
    /// Label.
    pub label: String,
    /// One sentence.
    pub help: String,
    /// Base unit, empty for plain numbers and words.
    pub unit: String,
    /// Lowest value, in the base unit.
    pub min: Option<f64>,
    /// Highest value, in the base unit.
    pub max: Option<f64>,
    /// Only whole numbers count.
    #[serde(skip)]
    pub whole: bool,
    /// The words it can be.
    pub options: Vec<String>,
    /// Its value, in the base unit.
    pub value: Json,
    /// What is believed of it, where the study gives a range; `value` is then the likely one.
    pub range: Option<Range>,
    /// Where the value comes from: "assumption" unless the study says; "default" where it says nothing.
    pub source: String,
}

/// The outcome of a check.
#[derive(Debug, Default)]
pub struct Checked {
    /// All faults.
    pub faults: Vec<Fault>,
    /// All parameters, in file order.
    pub parameters: Vec<Parameter>,
    /// The normal form.
    pub json: Json,
}

/// Check a study against its declaration.
#[must_use]
pub fn check(section: &Section, node: &Node) -> Checked {
    let mut walk = Walk {
        faults: Vec::new(),
        parameters: Vec::new(),
        listed: true,
    };
    let json = walk.table(section, node, "");
    Checked {
        faults: walk.faults,
        parameters: walk.parameters,
        json,
    }
}

struct Walk {
    faults: Vec<Fault>,
    parameters: Vec<Parameter>,
    /// Parameters are collected here.
    listed: bool,
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

impl Walk {
    fn fault(&mut self, node: &Node, path: &str, message: impl Into<String>) -> &mut Fault {
        self.faults.push(Fault::new(node.place(), path, message));
        let last = self.faults.len() - 1;
        &mut self.faults[last]
    }

    fn expected(&mut self, node: &Node, path: &str, what: &str) -> Json {
        let message = format!("expected {what}, found {}", node.value.kind());
        self.fault(node, path, message);
        Json::Null
    }

    fn table(&mut self, section: &Section, node: &Node, path: &str) -> Json {
        let Value::Table(entries) = &node.value else {
            return self.expected(node, path, "a table");
        };
        for (key, child) in entries {
            if !section.fields.iter().any(|f| f.key == key) {
                let keys: Vec<&str> = section.fields.iter().map(|f| f.key).collect();
                let at = join(path, key);
                self.fault(child, &at, format!("there is no `{key}` here"))
                    .hint = Some(suggest(key, &keys));
            }
        }
        let mut out = Map::new();
        for field in &section.fields {
            let at = join(path, field.key);
            let given = node.get(field.key);
            let default;
            let child = match (given, &field.need) {
                (Some(child), _) => child,
                (None, Need::Optional) => continue,
                (None, Need::Required) => {
                    let message = format!("`{}` is missing: {}", field.key, field.help);
                    self.fault(node, &at, message);
                    continue;
                }
                (None, Need::Default(text)) => match parse(&format!("x = {text}")) {
                    Ok(Node {
                        value: Value::Table(mut t),
                        ..
                    }) if !t.is_empty() => {
                        default = Node {
                            line: node.line,
                            value: t.remove(0).1.value,
                        };
                        &default
                    }
                    _ => continue,
                },
            };
            let first = self.parameters.len();
            let json = self.value(&field.kind, child, &at, (field.label, field.help));
            if given.is_none() {
                for p in &mut self.parameters[first..] {
                    p.source = "default".into();
                }
            }
            out.insert(field.key.to_owned(), json);
        }
        Json::Object(out)
    }

    fn value(&mut self, kind: &Kind, node: &Node, path: &str, words: (&str, &str)) -> Json {
        // A number may be wrapped to say where it comes from: { value = 5, source = "…" }.
        if let (Kind::Number(..) | Kind::Whole(..) | Kind::Choice(_), Some(inner)) =
            (kind, node.get("value"))
        {
            let first = self.parameters.len();
            let json = self.value(kind, inner, path, words);
            self.sources(node, first, path, &["value", "source"]);
            return json;
        }
        match kind {
            Kind::Text => match node.as_text() {
                Some(t) => json!(t),
                None => self.expected(node, path, "a text"),
            },
            Kind::Reference => match node.as_text() {
                Some(t) => {
                    self.list(path, words, "", None, Vec::new(), json!(t));
                    json!(t)
                }
                None => self.expected(node, path, "a name"),
            },
            Kind::Id => self.id(node, path),
            Kind::Flag => match node.value {
                Value::Flag(b) => {
                    let options = vec!["true".into(), "false".into()];
                    self.list(path, words, "", None, options, json!(b));
                    json!(b)
                }
                _ => self.expected(node, path, "true or false"),
            },
            Kind::Number(unit, min, max) => self.number(node, path, *unit, (*min, *max), words),
            Kind::Whole(min, max) => {
                let first = self.parameters.len();
                let json = self.number(node, path, Unit::Plain, (*min, *max), words);
                self.parameters[first..]
                    .iter_mut()
                    .for_each(|p| p.whole = true);
                let ends = ["low", "high"].map(|k| node.get(k).and_then(Node::as_number));
                match ends
                    .into_iter()
                    .chain([json.as_f64()])
                    .flatten()
                    .find(|x| x.fract() != 0.0)
                {
                    Some(x) if !json.is_null() => {
                        self.fault(node, path, format!("must be a whole number, not {x}"));
                        Json::Null
                    }
                    _ => json,
                }
            }
            Kind::Choice(words_allowed) => self.choice(node, path, words_allowed, words),
            Kind::Choices(allowed) => self.choices(node, path, allowed),
            Kind::Texts => {
                let Value::List(list) = &node.value else {
                    return self.expected(node, path, "a list of texts");
                };
                list.iter()
                    .map(|n| match n.as_text() {
                        Some(t) => json!(t),
                        None => self.expected(n, path, "a text"),
                    })
                    .collect()
            }
            Kind::List(unit, min, max) => self.quantities(node, path, *unit, (*min, *max)),
            Kind::Distribution(unit) => self.distribution(node, path, *unit, words),
            Kind::Numbers(keys, unit, min, max) => {
                self.numbers(node, path, Some(keys), *unit, (*min, *max), words)
            }
            Kind::Free(unit, min, max) => {
                self.numbers(node, path, None, *unit, (*min, *max), words)
            }
            Kind::Mix(keys) => self.mix(node, path, keys, words),
            Kind::Table(section) => self.table(section, node, path),
            Kind::Tables(section) => self.tables(section, node, path),
            Kind::Target | Kind::Any => Json::Null,
        }
    }

    fn sources(&mut self, node: &Node, first: usize, path: &str, keys: &[&str]) {
        if let Value::Table(entries) = &node.value {
            for (key, child) in entries {
                if !keys.contains(&key.as_str()) {
                    let at = join(path, key);
                    self.fault(child, &at, format!("there is no `{key}` here"))
                        .hint = Some(suggest(key, keys));
                }
            }
        }
        match node.get("source").map(|n| (n, n.as_text())) {
            Some((_, Some(source))) => {
                for p in &mut self.parameters[first..] {
                    source.clone_into(&mut p.source);
                }
            }
            Some((n, None)) => {
                self.expected(n, &join(path, "source"), "a text");
            }
            None => {}
        }
    }

    fn list(
        &mut self,
        path: &str,
        (label, help): (&str, &str),
        unit: &str,
        range: Option<(f64, f64)>,
        options: Vec<String>,
        value: Json,
    ) {
        if self.listed {
            self.parameters.push(Parameter {
                path: path.to_owned(),
                label: label.to_owned(),
                help: help.to_owned(),
                unit: unit.to_owned(),
                min: range.map(|r| r.0),
                max: range.map(|r| r.1),
                whole: false,
                options,
                value,
                range: None,
                source: "assumption".into(),
            });
        }
    }

    fn id(&mut self, node: &Node, path: &str) -> Json {
        let Some(t) = node.as_text() else {
            return self.expected(node, path, "a text");
        };
        let fine = !t.is_empty()
            && t.len() <= 64
            && t.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !fine {
            self.fault(node, path, format!("`{t}` is not an id")).hint =
                Some("lower-case letters, digits and hyphens: `infra-team`".into());
        }
        json!(t)
    }

    fn quantity(&mut self, node: &Node, path: &str, unit: Unit) -> Option<f64> {
        match unit.of(&node.value) {
            Ok(x) => Some(x),
            Err(message) => {
                self.fault(node, path, message);
                None
            }
        }
    }

    fn number(
        &mut self,
        node: &Node,
        path: &str,
        unit: Unit,
        (min, max): (f64, f64),
        words: (&str, &str),
    ) -> Json {
        let first = self.parameters.len();
        let (x, range) = if Range::written(node) {
            match self.range(node, path, unit, (min, max)) {
                Some(range) => (range.likely, Some(range)),
                None => return Json::Null,
            }
        } else {
            match self.within(node, path, unit, (min, max)) {
                Some(x) => (x, None),
                None => return Json::Null,
            }
        };
        let ends = Some((min, max));
        self.list(path, words, unit.name(), ends, Vec::new(), json!(x));
        if let Some(p) = self.parameters.get_mut(first) {
            p.range = range;
        }
        if range.is_some() {
            self.sources(node, first, path, &assumption::KEYS);
        }
        json!(x)
    }

    fn within(
        &mut self,
        node: &Node,
        path: &str,
        unit: Unit,
        (min, max): (f64, f64),
    ) -> Option<f64> {
        let x = self.quantity(node, path, unit)?;
        if x >= min && x <= max {
            return Some(x);
        }
        let of = if unit.name().is_empty() {
            String::new()
        } else {
            format!(" {}", unit.name())
        };
        self.fault(
            node,
            path,
            format!("must be between {min} and {max}{of}, not {x}"),
        );
        None
    }

    /// An assumption range. Its `likely` value is what counts where nothing is drawn.
    fn range(&mut self, node: &Node, path: &str, unit: Unit, ends: (f64, f64)) -> Option<Range> {
        let part = path.split('.').next().unwrap_or(path);
        if assumption::SETTLED.contains(&part) {
            self.fault(
                node,
                path,
                "an assumption range cannot stand here: this is settled for all years alike",
            )
            .hint = Some("give one number".into());
            return None;
        }
        let missing: Vec<&str> = ["low", "likely", "high"]
            .into_iter()
            .filter(|k| node.get(k).is_none())
            .collect();
        if !missing.is_empty() {
            let message = format!("an assumption range lacks `{}`", missing.join("` and `"));
            self.fault(node, path, message).hint =
                Some("{ low = …, likely = …, high = … }, each with its unit".into());
            return None;
        }
        let mut end = |key: &str| {
            let child = node.get(key)?;
            self.within(child, &join(path, key), unit, ends)
        };
        let (low, likely, high) = (end("low"), end("likely"), end("high"));
        let (low, likely, high) = (low?, likely?, high?);
        if low > likely || likely > high || low == high {
            let message = format!(
                "an assumption range rises from `low` to `likely` to `high`, and {low}, {likely}, {high} does not"
            );
            self.fault(node, path, message);
            return None;
        }
        Some(Range { low, likely, high })
    }

    /// A list of quantities; no parameters, since their places in the list are no names.
    fn quantities(&mut self, node: &Node, path: &str, unit: Unit, range: (f64, f64)) -> Json {
        let Value::List(list) = &node.value else {
            return self.expected(node, path, "a list of quantities");
        };
        let was = std::mem::replace(&mut self.listed, false);
        let read = list
            .iter()
            .map(|n| self.number(n, path, unit, range, ("", "")))
            .collect();
        self.listed = was;
        read
    }

    fn choice(
        &mut self,
        node: &Node,
        path: &str,
        allowed: &[&'static str],
        words: (&str, &str),
    ) -> Json {
        let Some(t) = node.as_text() else {
            return self.expected(node, path, &format!("one of: {}", allowed.join(", ")));
        };
        if !allowed.contains(&t) {
            self.fault(node, path, format!("`{t}` is not a choice here"))
                .hint = Some(suggest(t, allowed));
            return Json::Null;
        }
        self.list(
            path,
            words,
            "",
            None,
            allowed.iter().map(|&w| w.into()).collect(),
            json!(t),
        );
        json!(t)
    }

    fn choices(&mut self, node: &Node, path: &str, allowed: &[&'static str]) -> Json {
        let Value::List(list) = &node.value else {
            return self.expected(node, path, &format!("a list of: {}", allowed.join(", ")));
        };
        for n in list {
            match n.as_text() {
                Some(t) if allowed.contains(&t) => {}
                Some(t) => {
                    self.fault(n, path, format!("`{t}` is not a choice here"))
                        .hint = Some(suggest(t, allowed));
                }
                None => {
                    self.expected(n, path, "a text");
                }
            }
        }
        Json::Array(
            allowed
                .iter()
                .map(|w| json!(list.iter().any(|n| n.as_text() == Some(w))))
                .collect(),
        )
    }

    fn numbers(
        &mut self,
        node: &Node,
        path: &str,
        keys: Option<&[&'static str]>,
        unit: Unit,
        range: (f64, f64),
        (label, help): (&str, &str),
    ) -> Json {
        let Value::Table(entries) = &node.value else {
            return self.expected(node, path, "a table of numbers");
        };
        let mut out = Map::new();
        for (key, child) in entries {
            let at = join(path, key);
            if let Some(keys) = keys
                && !keys.contains(&key.as_str())
            {
                self.fault(child, &at, format!("there is no `{key}` here"))
                    .hint = Some(suggest(key, keys));
                continue;
            }
            let label = format!("{label}: {key}");
            let kind = Kind::Number(unit, range.0, range.1);
            let json = self.value(&kind, child, &at, (&label, help));
            out.insert(key.clone(), json);
        }
        Json::Object(out)
    }

    /// Shares by key, made to add up to 1.
    fn mix(&mut self, node: &Node, path: &str, keys: &[&'static str], words: (&str, &str)) -> Json {
        if let Value::Table(entries) = &node.value
            && let Some((key, child)) = entries.iter().find(|(_, n)| Range::written(n))
        {
            self.fault(
                child,
                &join(path, key),
                "shares that are made to add up cannot be assumption ranges",
            )
            .hint = Some("give one number; the others' shares follow from it".into());
            return Json::Null;
        }
        let Json::Object(given) =
            self.numbers(node, path, Some(keys), Unit::Share, (0.0, 1000.0), words)
        else {
            return Json::Null;
        };
        let share = |k: &&str| given.get(*k).and_then(Json::as_f64).unwrap_or(0.0);
        let sum: f64 = keys.iter().map(share).sum();
        if sum <= 0.0 {
            self.fault(node, path, "the shares add up to nothing");
            return Json::Null;
        }
        keys.iter().map(|k| json!(share(k) / sum)).collect()
    }

    fn tables(&mut self, section: &Section, node: &Node, path: &str) -> Json {
        let Value::List(list) = &node.value else {
            return self.expected(node, path, "a list of tables");
        };
        let mut seen: Vec<(&str, u32)> = Vec::new();
        let mut out = Vec::new();
        for (entry, name) in list.iter().zip(entry_names(list)) {
            let id = entry.get("id").and_then(Node::as_text);
            if let Some(id) = id {
                if let Some((_, line)) = seen.iter().find(|(other, _)| *other == id) {
                    let message = format!("there is another `{id}` in line {line}");
                    self.fault(entry, &join(path, id), message);
                }
                seen.push((id, entry.line));
            }
            let at = join(path, &name);
            // What-ifs are changes, and what is presented is a view: neither is a parameter of the organisation.
            let was = self.listed;
            self.listed = was && path != "what_ifs" && path != "presentation.steps";
            out.push(self.table(section, entry, &at));
            self.listed = was;
        }
        Json::Array(out)
    }

    fn constant(&mut self, node: &Node, path: &str, unit: Unit, words: (&str, &str)) -> Json {
        match self.number(node, path, unit, (0.0, 1e12), words) {
            Json::Null => Json::Null,
            x => json!({ "dist": "constant", "value": x }),
        }
    }

    fn distribution(&mut self, node: &Node, path: &str, unit: Unit, words: (&str, &str)) -> Json {
        let Value::Table(entries) = &node.value else {
            return self.constant(node, path, unit, words);
        };
        if Range::written(node) {
            return self.constant(node, path, unit, words);
        }
        let first = self.parameters.len();
        let names: Vec<&str> = DISTRIBUTIONS.iter().map(|d| d.0).collect();
        let given = node
            .get("dist")
            .and_then(Node::as_text)
            .unwrap_or("constant");
        let forms: Vec<_> = DISTRIBUTIONS.iter().filter(|d| d.0 == given).collect();
        if forms.is_empty() {
            self.fault(node, path, format!("`{given}` is not a distribution"))
                .hint = Some(suggest(given, &names));
            return Json::Null;
        }
        let has =
            |form: &&&(&str, &[(&str, bool)])| form.1.iter().all(|(k, _)| node.get(k).is_some());
        let Some(form) = forms.iter().find(has) else {
            let wanted: Vec<String> = forms
                .iter()
                .map(|f| {
                    f.1.iter()
                        .map(|(k, _)| format!("`{k}`"))
                        .collect::<Vec<_>>()
                        .join(" and ")
                })
                .collect();
            self.fault(
                node,
                path,
                format!("a {given} distribution needs {}", wanted.join(", or ")),
            );
            return Json::Null;
        };
        let mut keys = vec!["dist", "source"];
        keys.extend(form.1.iter().map(|(k, _)| *k));
        for (key, child) in entries {
            if !keys.contains(&key.as_str()) {
                let at = join(path, key);
                let hint = nearest(key, keys.iter().copied()).map_or_else(
                    || format!("a {given} has: {}", keys[2..].join(", ")),
                    |k| format!("did you mean `{k}`?"),
                );
                self.fault(
                    child,
                    &at,
                    format!("there is no `{key}` in a {given} distribution"),
                )
                .hint = Some(hint);
            }
        }
        let mut out = Map::new();
        out.insert("dist".into(), json!(given));
        for (key, in_unit) in form.1 {
            let Some(child) = node.get(key) else { continue };
            let at = join(path, key);
            let u = if *in_unit { unit } else { Unit::Plain };
            let label = format!("{}: {key}", words.0);
            let json = match &child.value {
                Value::List(list) => list
                    .iter()
                    .map(|n| self.quantity(n, &at, u).map_or(Json::Null, |x| json!(x)))
                    .collect(),
                _ => self.number(child, &at, u, (0.0, 1e12), (&label, words.1)),
            };
            out.insert((*key).to_owned(), json);
        }
        self.sources(node, first, path, &keys);
        let json = Json::Object(out);
        if let Err(message) = distribution(&json) {
            // Faults of single parameters were named already, and leave a null behind.
            if !has_null(&json) {
                self.fault(node, path, message);
            }
            return Json::Null;
        }
        json
    }
}

/// The distribution that stands at a node of a checked study.
#[must_use]
pub fn read_distribution(node: &Node, unit: Unit) -> Option<Distribution> {
    let mut walk = Walk {
        faults: Vec::new(),
        parameters: Vec::new(),
        listed: false,
    };
    let json = walk.distribution(node, "", unit, ("", ""));
    distribution(&json).ok()
}

fn has_null(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Object(o) => o.values().any(has_null),
        Json::Array(a) => a.iter().any(has_null),
        _ => false,
    }
}

/// The distribution that a normal form describes.
///
/// # Errors
/// Why the parameters make none.
pub fn distribution(json: &Json) -> Result<Distribution, String> {
    let x = |k: &str| json.get(k).and_then(Json::as_f64).unwrap_or(f64::NAN);
    match json.get("dist").and_then(Json::as_str).unwrap_or_default() {
        "constant" => Ok(Distribution::Constant(x("value"))),
        "exponential" => Distribution::exponential(x("mean")),
        "uniform" => Distribution::uniform(x("low"), x("high")),
        "triangular" => Distribution::triangular(x("low"), x("mode"), x("high")),
        "lognormal" if json.get("median").is_some() => {
            Distribution::lognormal_median_p85(x("median"), x("p85"))
        }
        "lognormal" => Distribution::lognormal_mean_cv(x("mean"), x("cv")),
        "gamma" => Distribution::gamma_mean_cv(x("mean"), x("cv")),
        "pert" => Distribution::pert(x("low"), x("mode"), x("high")),
        "weibull" => Distribution::weibull_mean_shape(x("mean"), x("shape")),
        "normal" => Distribution::normal(x("mean"), x("sd")),
        _ => Distribution::empirical(
            json.get("values")
                .and_then(Json::as_array)
                .map(|v| v.iter().map(|x| x.as_f64().unwrap_or(f64::NAN)).collect())
                .unwrap_or_default(),
        ),
    }
    .map_err(|e| e.to_string())
}
