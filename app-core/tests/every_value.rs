//! Every value of a study can be seen and changed under *More*, or is structure, named here with the reason.

use millrace_app_core::Desk;
use millrace_app_core::parameters::{AskedView, ChangedBy, GivenView, ParameterView, parameters};
use millrace_app_core::view::RefusalCode;
use millrace_core::scenario::{Node, Scenario, Value, entry_names, json_schema};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EVERYTHING: &str = include_str!("everything.toml");

/// What is no value of the organisation; `**` stands for any keys.
const STRUCTURE: [(&str, &str); 4] = [
    ("format", "which version of the format the file is in"),
    (
        "what_ifs.**",
        "changes of the organisation: made by everything in the window, shown as tabs and chips",
    ),
    (
        "presentation.**",
        "which views a room is shown, arranged in Present; it changes no number",
    ),
    (
        "**.id",
        "the name by which the rest of the study refers to something; people see and edit `name`",
    ),
];

fn is_structure(path: &str) -> Option<usize> {
    STRUCTURE.iter().position(|(pattern, _)| {
        match (pattern.strip_suffix("**"), pattern.strip_prefix("**")) {
            (Some(head), _) => path.starts_with(head) || path == head.trim_end_matches('.'),
            (_, Some(tail)) => path.ends_with(tail),
            _ => path == *pattern,
        }
    })
}

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path());
    let mut studies: Vec<PathBuf> = files
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    studies.sort();
    let read = |p: &PathBuf| {
        let name = p.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(p).unwrap())
    };
    let mut all: Vec<(String, String)> = studies.iter().map(read).collect();
    assert!(all.len() >= 13, "{}", all.len());
    all.push(("everything".into(), EVERYTHING.into()));
    all
}

/// The paths of all that is written, where nothing is below.
fn leaves(node: &Node, path: &str, out: &mut Vec<String>) {
    let at = |key: &str| match path {
        "" => key.to_owned(),
        _ => format!("{path}.{key}"),
    };
    match &node.value {
        Value::Table(entries) => entries.iter().for_each(|(k, n)| leaves(n, &at(k), out)),
        Value::List(list) if list.iter().any(|n| matches!(n.value, Value::Table(_))) => {
            let named = list.iter().zip(entry_names(list));
            named.for_each(|(n, name)| leaves(n, &at(&name), out));
        }
        _ => out.push(path.to_owned()),
    }
}

/// A value is listed under its own path, or is part of one that is: a distribution, a range, a source.
fn covered(path: &str, listed: &BTreeSet<String>) -> bool {
    let ends = path.match_indices('.').map(|(i, _)| i);
    ends.chain([path.len()])
        .any(|end| listed.contains(&path[..end]))
}

fn list(text: &str) -> (Scenario, Vec<ParameterView>) {
    let scenario = Scenario::read(text).unwrap_or_else(|f| panic!("{f:#?}"));
    let views = parameters(&scenario, None, &scenario.baseline);
    (scenario, views)
}

#[test]
fn every_value_of_every_study_is_listed_or_named_as_structure() {
    let mut met = BTreeSet::new();
    for (name, text) in shipped() {
        let (scenario, views) = list(&text);
        let listed: BTreeSet<String> = views.iter().map(|v| v.path.clone()).collect();
        assert_eq!(listed.len(), views.len(), "{name}: a path is listed twice");
        let mut all = Vec::new();
        leaves(&scenario.baseline.tree, "", &mut all);
        let missing: Vec<&String> = (all.iter())
            .filter(|path| match is_structure(path) {
                Some(which) => {
                    met.insert(which);
                    assert!(!listed.contains(*path), "{name}: {path} is both");
                    false
                }
                None => !covered(path, &listed),
            })
            .collect();
        assert!(
            missing.is_empty(),
            "{name} holds what cannot be reached: {missing:#?}"
        );
    }
    assert_eq!(
        met.len(),
        STRUCTURE.len(),
        "an exception that nothing needs"
    );
}

#[test]
fn whatever_is_listed_can_be_given_and_is_told_apart() {
    for (name, text) in shipped() {
        let mut labels = BTreeSet::new();
        for v in list(&text).1 {
            let at = format!("{name}: {}", v.path);
            if let AskedView::Choice { options } | AskedView::Choices { options } = &v.asked {
                assert!(!options.is_empty(), "{at} leaves no choice");
            }
            assert!(!v.label.is_empty() && !v.help.is_empty(), "{at}");
            let words = (v.section.clone(), v.subject.clone(), v.label.clone());
            assert!(
                labels.insert(words),
                "{at}: “{} › {}” is there twice",
                v.subject,
                v.label
            );
        }
    }
}

/// The fields of the format, entries of lists as `*`.
fn fields(schema: &Json, path: &str, out: &mut Vec<String>) {
    if let Some(inner) = schema["properties"].as_object() {
        for (key, field) in inner {
            let at = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            fields(field, &at, out);
        }
    } else if schema["items"]["properties"].is_object() {
        fields(&schema["items"], &format!("{path}.*"), out);
    } else {
        out.push(path.to_owned());
    }
}

/// A path of a study as the format has it.
fn pattern(tree: &Node, path: &str) -> String {
    let mut node = Some(tree);
    let keys = path.split('.').map(|key| {
        let entry = node.is_some_and(|n| matches!(n.value, Value::List(_)));
        node = node.and_then(|n| n.at(key));
        if entry { "*" } else { key }
    });
    keys.collect::<Vec<_>>().join(".")
}

#[test]
fn every_field_of_the_format_is_listed_or_named_as_structure() {
    let mut listed = BTreeSet::new();
    for (_, text) in shipped() {
        let (scenario, views) = list(&text);
        listed.extend(
            views
                .iter()
                .map(|v| pattern(&scenario.baseline.tree, &v.path)),
        );
    }
    let mut all = Vec::new();
    fields(&json_schema(), "", &mut all);
    assert!(all.len() > 250, "{}", all.len());
    let below = |path: &String| {
        let prefix = format!("{path}.");
        listed.iter().any(|l| l.starts_with(&prefix))
    };
    all.retain(|p| is_structure(p).is_none() && !listed.contains(p) && !below(p));
    assert!(all.is_empty(), "More cannot reach {all:#?}");
}

/// Another value that the place may hold.
fn other(v: &ParameterView) -> Option<GivenView> {
    Some(match &v.asked {
        AskedView::Number {
            min, max, whole, ..
        } => {
            let now = match v.value {
                GivenView::Number { value } => value,
                GivenView::Range { likely, .. } => likely,
                _ => *min,
            };
            let step = if *whole {
                1.0
            } else {
                (now.abs() * 0.05).max(0.01)
            };
            let value = if now + step <= *max {
                now + step
            } else {
                now - step
            };
            let value = if value < *min { *min } else { value };
            GivenView::Number {
                value: (value * 1e4).round() / 1e4,
            }
        }
        AskedView::Distribution { .. } => GivenView::Number {
            value: match v.value {
                GivenView::Spread { usual, .. } if usual > 0.0 => {
                    (usual * 1.05 * 1e3).round() / 1e3
                }
                _ => 1.0,
            },
        },
        AskedView::Choice { options } => {
            let now = match &v.value {
                GivenView::Text { value } => value.as_str(),
                _ => "",
            };
            let value = options.iter().find(|o| *o != now)?.clone();
            GivenView::Text { value }
        }
        AskedView::Choices { options } => {
            let GivenView::Texts { values } = &v.value else {
                return None;
            };
            let without = options.iter().filter(|o| values.contains(o)).skip(1);
            let values = match values.len() {
                0 => options[..1].to_vec(),
                1 => options.clone(),
                _ => without.cloned().collect(),
            };
            GivenView::Texts { values }
        }
        AskedView::Flag => GivenView::Flag {
            value: v.value != GivenView::Flag { value: true },
        },
        AskedView::List { .. } => match &v.value {
            GivenView::List { values } if !values.is_empty() => GivenView::List {
                values: values.iter().map(|x| x + 1.0).collect(),
            },
            _ => GivenView::List {
                values: vec![1.0; 12],
            },
        },
        AskedView::Text if v.path == "forecast.date" => GivenView::Text {
            value: "2026-11-24".into(),
        },
        AskedView::Text => GivenView::Text {
            value: format!("{} again", v.text).trim().to_owned(),
        },
    })
}

fn now(desk: &mut Desk, path: &str) -> Option<ParameterView> {
    desk.parameters()
        .unwrap()
        .into_iter()
        .find(|p| p.path == path)
}

fn text_of(desk: &mut Desk, folder: &Path) -> String {
    let path = folder.join("now.toml");
    desk.save_as(path.display().to_string()).unwrap();
    std::fs::read_to_string(path).unwrap()
}

/// Gives values of a study other ones and takes them back. Answers how many took it and what the study as a whole
/// refused.
fn give_everything(
    text: &str,
    on_baseline: bool,
    only: impl Fn(usize, &ParameterView) -> bool,
) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::new();
    desk.open_made(text.to_owned()).unwrap();
    if !on_baseline {
        desk.add_what_if("Mine".into()).unwrap();
    }
    let start = text_of(&mut desk, folder.path());
    let (mut took, mut refused) = (0, Vec::new());
    let all = desk.parameters().unwrap().into_iter().enumerate();
    for (_, v) in all.filter(|(i, v)| only(*i, v)) {
        let Some(to) = other(&v) else { continue };
        let given = desk.set_parameter(v.path.clone(), to.clone(), 0, on_baseline);
        if let Err(refusal) = given {
            assert_eq!(
                refusal.code,
                RefusalCode::ImpossiblePosition,
                "{}: {refusal:?}",
                v.path
            );
            refused.push(format!("{}: {}", v.path, refusal.message));
            continue;
        }
        took += 1;
        // What names its entry leads elsewhere then.
        if let Some(after) = now(&mut desk, &v.path) {
            assert_ne!(
                after.value, v.value,
                "{} took {to:?} and is as before",
                v.path
            );
            let own = (!on_baseline && !v.shared).then_some(ChangedBy::Own);
            assert_eq!(after.changed, own, "{}", v.path);
        } else {
            assert!(v.shared, "{} is gone", v.path);
        }
        if !on_baseline && !v.shared && took % 5 == 0 {
            desk.reset_parameter(v.path.clone()).unwrap();
            let back = now(&mut desk, &v.path).unwrap();
            assert_eq!((back.text, back.changed), (v.text, None), "{}", v.path);
            desk.undo().unwrap();
        }
        desk.undo().unwrap();
    }
    assert_eq!(
        text_of(&mut desk, folder.path()),
        start,
        "undo brings the text back"
    );
    (took, refused)
}

/// All that is no plain field on a way of ids is tried, and of the others, which are written alike, every so many.
fn tried(every: usize) -> impl Fn(usize, &ParameterView) -> bool {
    let text = EVERYTHING;
    let tree = Scenario::read(text).unwrap().baseline.tree;
    move |i, v| {
        let entries = v.path.match_indices('.').any(|(at, _)| {
            let node = tree.at(&v.path[..at]);
            let list = node.map(Node::items).unwrap_or_default();
            list.iter()
                .any(|n| matches!(n.value, Value::Table(_)) && n.get("id").is_none())
        });
        let special = match &v.asked {
            AskedView::List { .. } => true,
            AskedView::Number { moment, .. } => *moment,
            _ => v.path.ends_with(".target"),
        };
        entries || special || i % every == 0
    }
}

#[test]
fn the_values_of_a_study_that_says_everything_take_others_in_the_baseline() {
    let (took, refused) = give_everything(EVERYTHING, true, tried(24));
    // The study judges as a whole: a strategy without its platform, a stage in two parts of a fork.
    assert!(
        took > 60 && refused.len() * 4 < took,
        "{took} took it, refused: {refused:#?}"
    );
}

#[test]
fn the_values_of_a_study_that_says_everything_take_others_in_a_what_if() {
    let (took, refused) = give_everything(EVERYTHING, false, tried(24));
    assert!(
        took > 60 && refused.len() * 4 < took,
        "{took} took it, refused: {refused:#?}"
    );
}
