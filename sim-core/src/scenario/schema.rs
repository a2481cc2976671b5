//! The format as a JSON Schema (draft 2020-12), read off its declaration.

use super::assumption::SETTLED;
use super::field::{DISTRIBUTIONS, Field, Kind, Need, Section};
use super::format::STUDY;
use super::quantity::Unit;
use serde_json::{Map, Value as Json, json};

/// The schema of a study.
#[must_use]
pub fn json_schema() -> Json {
    let mut schema = section(&STUDY, true);
    for f in STUDY.fields.iter().filter(|f| SETTLED.contains(&f.key)) {
        schema["properties"][f.key] = field(f, false);
    }
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Millrace study, format 1");
    let definitions: Map<String, Json> = [Unit::Plain, Unit::Share, Unit::Time, Unit::Effort]
        .into_iter()
        .map(|unit| (definition(unit), distribution(unit)))
        .collect();
    schema["$defs"] = Json::Object(definitions);
    schema
}

/// `ranges`: a number may be an assumption range.
fn section(s: &Section, ranges: bool) -> Json {
    let properties: Map<String, Json> = s
        .fields
        .iter()
        .map(|f| (f.key.to_owned(), field(f, ranges)))
        .collect();
    let required: Vec<&str> = s
        .fields
        .iter()
        .filter(|f| matches!(f.need, Need::Required))
        .map(|f| f.key)
        .collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required })
}

fn field(f: &Field, ranges: bool) -> Json {
    let mut out = kind(&f.kind, ranges);
    out["title"] = json!(f.label);
    let default = match f.need {
        Need::Default(d) => format!(" Default: {d}."),
        _ => String::new(),
    };
    out["description"] = json!(format!("{}{default}", f.help));
    out
}

fn number(unit: Unit, min: f64, max: f64) -> Json {
    match unit {
        Unit::Plain => json!({ "type": "number", "minimum": min, "maximum": max }),
        Unit::Share => json!({ "anyOf": [
            { "type": "number", "minimum": min, "maximum": max },
            { "type": "string", "pattern": "^-?[0-9.]+ ?%?$" },
        ] }),
        Unit::Time | Unit::Effort => json!({ "anyOf": [
            { "const": 0 },
            { "type": "string", "examples": [unit.example()] },
        ] }),
    }
}

/// A number, or the range in which it is believed to lie.
fn ranged(value: Json, ranges: bool) -> Json {
    if !ranges {
        return value;
    }
    json!({ "anyOf": [
        value,
        { "type": "object",
          "properties": { "low": value, "likely": value, "high": value, "source": { "type": "string" } },
          "required": ["low", "likely", "high"], "additionalProperties": false },
    ] })
}

/// A number, or a table that says where it comes from.
fn sourced(value: Json) -> Json {
    json!({ "anyOf": [
        value,
        { "type": "object", "properties": { "value": value, "source": { "type": "string" } },
          "required": ["value"], "additionalProperties": false },
    ] })
}

fn kind(k: &Kind, ranges: bool) -> Json {
    match k {
        Kind::Text | Kind::Reference => json!({ "type": "string" }),
        Kind::Id => json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number(unit, min, max) => sourced(ranged(number(*unit, *min, *max), ranges)),
        Kind::Whole(min, max) => sourced(ranged(
            json!({ "type": "integer", "minimum": min, "maximum": max }),
            ranges,
        )),
        Kind::Choice(words) => sourced(json!({ "enum": words })),
        Kind::Choices(words) => json!({ "type": "array", "items": { "enum": words } }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::List(unit, min, max) => {
            json!({ "type": "array", "items": number(*unit, *min, *max) })
        }
        Kind::Distribution(unit) => json!({ "$ref": format!("#/$defs/{}", definition(*unit)) }),
        Kind::Numbers(keys, unit, min, max) => {
            let properties: Map<String, Json> = keys
                .iter()
                .map(|k| {
                    let one = ranged(number(*unit, *min, *max), ranges);
                    ((*k).to_owned(), sourced(one))
                })
                .collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        Kind::Mix(keys) => kind(
            &Kind::Numbers(keys.clone(), Unit::Share, 0.0, 1000.0),
            false,
        ),
        Kind::Free(unit, min, max) => {
            let one = sourced(ranged(number(*unit, *min, *max), ranges));
            json!({ "type": "object", "additionalProperties": one })
        }
        Kind::Table(s) => section(s, ranges),
        Kind::Tables(s) => json!({ "type": "array", "items": section(s, ranges) }),
        Kind::Target => json!({ "anyOf": [
            { "type": "number", "minimum": 0 },
            { "type": "string", "examples": [Unit::Time.example()] },
        ] }),
        Kind::Any => json!({}),
    }
}

/// The name under which a unit's distributions are defined once.
fn definition(unit: Unit) -> String {
    let name = unit.name();
    format!(
        "distribution-of-{}",
        if name.is_empty() { "numbers" } else { name }
    )
}

fn distribution(unit: Unit) -> Json {
    let mut any = vec![ranged(number(unit, 0.0, 1e12), true)];
    for (name, parameters) in DISTRIBUTIONS {
        let mut properties = Map::from_iter([
            ("dist".to_owned(), json!({ "const": name })),
            ("source".to_owned(), json!({ "type": "string" })),
        ]);
        let mut required = vec!["dist"];
        for (key, in_unit) in parameters {
            let one = number(if *in_unit { unit } else { Unit::Plain }, 0.0, 1e12);
            let value = if *key == "values" {
                json!({ "type": "array", "items": one })
            } else {
                ranged(one, true)
            };
            properties.insert((*key).to_owned(), value);
            required.push(key);
        }
        any.push(json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false }));
    }
    json!({ "anyOf": any })
}
