//! Every value of the model: listed, set and reset.

use super::{Answer, Desk, refuse};
use crate::document::{invalid, place};
use crate::parameters::{ChangedBy, GivenView, ParameterView, parameters, taken};
use crate::view::{Refusal, RefusalCode, StudyView};
use millrace_core::scenario::catalogue::{Asked, Entry, Given, catalogue, write};
use millrace_core::scenario::{Change, Node, Scenario, Value, Variant};

/// What is to be written, and where.
struct Edit {
    /// What a change sets: the value's path, or that of the table it is written with.
    path: String,
    /// `None` leaves it open.
    to: Option<Node>,
    /// For undo.
    label: String,
    /// The value itself, once it is there.
    wanted: Given,
}

impl Desk {
    fn variant(&mut self) -> Answer<Variant> {
        let document = self.document()?;
        let id = document.active().map(|w| w.id.clone());
        document
            .scenario
            .variant(id.as_deref(), &[])
            .map_err(|f| invalid(&f))
    }

    /// Every value of the model as it stands in the shown variant.
    ///
    /// # Errors
    /// If no study is open.
    pub fn parameters(&mut self) -> Answer<Vec<ParameterView>> {
        let variant = self.variant()?;
        let document = self.document()?;
        Ok(parameters(&document.scenario, document.active(), &variant))
    }

    /// Give a value: in the shown what-if, in a new one where the baseline is shown, or in the baseline
    /// itself if `on_baseline`. What all variants share is always changed in the baseline. Edits of one
    /// gesture other than 0 are one step of undo.
    ///
    /// # Errors
    /// If there is no such value, the study is none with it, or a lever of the what-if sets it.
    pub fn set_parameter(
        &mut self,
        path: String,
        value: GivenView,
        gesture: u32,
        on_baseline: bool,
    ) -> Answer<StudyView> {
        let all = self.parameters()?;
        let Some(view) = all.iter().find(|p| p.path == path) else {
            return refuse(RefusalCode::NotFound, format!("There is no `{path}`."));
        };
        let on_baseline = on_baseline || view.shared;
        let tree = match on_baseline {
            true => self.document()?.scenario.baseline.tree.clone(),
            false => self.variant()?.tree,
        };
        let edit = edit(&catalogue(&tree), view, &value)?;
        if on_baseline {
            self.set_in_baseline(&edit, gesture)?;
        } else {
            self.set_in_what_if(&edit, view, gesture)?;
        }
        self.study()
    }

    /// Take a value back to the baseline's.
    ///
    /// # Errors
    /// If there is no such value in the baseline.
    pub fn reset_parameter(&mut self, path: String) -> Answer<StudyView> {
        let all = self.parameters()?;
        let view = all.into_iter().find(|p| p.path == path);
        match view.map(|p| (p.changed, p.baseline)) {
            None => refuse(RefusalCode::NotFound, format!("There is no `{path}`.")),
            Some((None, _)) => self.study(),
            Some((Some(ChangedBy::Lever { id, .. }), _)) => self.reset_lever(id),
            Some((Some(_), Some(baseline))) => self.set_parameter(path, baseline, 0, false),
            Some((Some(_), None)) => refuse(
                RefusalCode::NotFound,
                "The baseline has nothing like it: it came with this what-if.",
            ),
        }
    }

    /// Into the baseline's text.
    fn set_in_baseline(&mut self, edit: &Edit, gesture: u32) -> Answer<()> {
        let document = self.document()?;
        let active = document.active().map(|w| w.id.clone());
        let to = edit.to.as_ref().map(place::toml);
        let mut found = true;
        let done = document.rewrite(&edit.label, gesture, active, |doc| {
            found = place::put(doc, &edit.path, to);
            Ok(())
        });
        if !found {
            return refuse(
                RefusalCode::NotFound,
                format!("There is no `{}`.", edit.path),
            );
        }
        done.map_err(|r| impossible(r.faults.into_iter().map(|f| f.message)))
    }

    /// Into the changes of the shown what-if.
    fn set_in_what_if(&mut self, edit: &Edit, view: &ParameterView, gesture: u32) -> Answer<()> {
        let document = self.document()?;
        let rest = tried(
            &document.scenario,
            document.active().map(|w| w.id.as_str()),
            &edit.path,
            None,
        )
        .map_err(impossible)?;
        let same = match &edit.to {
            Some(to) => alike(&rest, &edit.path, to),
            None => rest.tree.at(&edit.path).is_none(),
        };
        let id = document.active().map(|w| w.id.clone());
        let change = match &edit.to {
            Some(to) => Change::Set {
                path: edit.path.clone(),
                to: to.clone(),
            },
            None => Change::Remove {
                path: edit.path.clone(),
            },
        };
        let with = (!same).then_some(change);
        let after =
            tried(&document.scenario, id.as_deref(), &edit.path, with).map_err(impossible)?;
        if !same && !holds(&after, &view.path, &edit.wanted) {
            let who = match &view.changed {
                Some(ChangedBy::Lever { label, .. }) => {
                    format!("The lever “{label}” sets this here")
                }
                _ => "A lever of this what-if sets this".to_owned(),
            };
            return refuse(
                RefusalCode::ImpossiblePosition,
                format!("{who}. Take it back first, or move it instead."),
            );
        }
        let depth = document.depth();
        if id.is_none() {
            if same {
                return Ok(());
            }
            document.add_what_if(&edit.label, gesture)?;
        }
        let to = (!same).then_some(edit.to.as_ref());
        let done = document.set_change(&edit.path, &edit.label, to, gesture);
        if done.is_err() {
            document.back_to(depth)?;
        }
        done
    }
}

fn impossible(messages: impl IntoIterator<Item = String>) -> Refusal {
    let all: Vec<String> = messages.into_iter().collect();
    let text = all.join("; ");
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    Refusal {
        code: RefusalCode::ImpossiblePosition,
        message: format!("{}{}.", first.unwrap_or_default(), letters.as_str()),
        faults: Vec::new(),
    }
}

/// A variant with one more change, or with none of a path; the baseline without an id.
fn tried(
    scenario: &Scenario,
    id: Option<&str>,
    path: &str,
    with: Option<Change>,
) -> Result<Variant, Vec<String>> {
    let told = |faults: Vec<millrace_core::scenario::Fault>| {
        faults.into_iter().map(|f| f.message).collect()
    };
    let mut copy = scenario.clone();
    let Some(id) = id else {
        let further: Vec<Change> = with.into_iter().collect();
        return copy.variant(None, &further).map_err(told);
    };
    for w in copy.what_ifs.iter_mut().filter(|w| w.id == id) {
        let under = format!("{path}.");
        w.changes.retain(|c| {
            matches!(c, Change::Add { .. }) || !(c.path() == path || c.path().starts_with(&under))
        });
        w.changes.extend(with.clone());
    }
    copy.variant(Some(id), &[]).map_err(told)
}

/// A variant says the same at a path already, however it is written.
fn alike(variant: &Variant, path: &str, to: &Node) -> bool {
    let mut with = variant.tree.clone();
    let set = Change::Set {
        path: path.to_owned(),
        to: to.clone(),
    };
    if set.apply(&mut with).is_err() {
        return false;
    }
    let given = |tree: &Node| -> Vec<Given> {
        let under = format!("{path}.");
        let all = catalogue(tree).into_iter();
        let here = all.filter(|e| e.path == path || e.path.starts_with(&under));
        here.map(|e| e.given).collect()
    };
    variant.tree.at(path).is_some() && given(&with) == given(&variant.tree)
}

fn holds(variant: &Variant, path: &str, wanted: &Given) -> bool {
    let found = catalogue(&variant.tree)
        .into_iter()
        .find(|e| e.path == path);
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-4 * a.abs().max(1e-9);
    match (found.map(|e| e.given), wanted) {
        (Some(Given::Number(a)), Given::Number(b)) => near(a, *b),
        (
            Some(Given::Spread {
                usual: a, bad: b, ..
            }),
            Given::Spread {
                usual: c, bad: d, ..
            },
        ) => near(a, *c) && near(b, *d),
        (
            Some(Given::Spread {
                usual: a, bad: b, ..
            }),
            Given::Number(c),
        ) => near(a, *c) && near(b, *c),
        (Some(a), b) => a == *b,
        (None, b) => *b == Given::Nothing,
    }
}

/// What to write for a value that a person gave.
fn edit(entries: &[Entry], view: &ParameterView, value: &GivenView) -> Answer<Edit> {
    let Some(entry) = entries.iter().find(|e| e.path == view.path) else {
        return refuse(
            RefusalCode::NotFound,
            "The baseline has nothing like it: it came with this what-if.",
        );
    };
    let wanted = taken(value);
    if !fits(&entry.asked, &wanted) {
        return refuse(
            RefusalCode::ImpossiblePosition,
            format!("“{}” cannot be that.", entry.label),
        );
    }
    if wanted == Given::Nothing && entry.required {
        return refuse(
            RefusalCode::ImpossiblePosition,
            format!("“{}” cannot be left open.", entry.label),
        );
    }
    let own = write(&entry.asked, &wanted);
    let subject = view.subject.rsplit(" › ").next().unwrap_or_default();
    let label = match subject {
        "" => entry.label.clone(),
        subject => format!("{subject}: {}", entry.label.to_lowercase()),
    };
    let (path, to) = match &entry.group {
        None => (entry.path.clone(), own),
        Some(group) => (group.clone(), Some(table(entries, group, &entry.path, own))),
    };
    Ok(Edit {
        path,
        to,
        label,
        wanted,
    })
}

fn fits(asked: &Asked, given: &Given) -> bool {
    matches!(
        (asked, given),
        (_, Given::Nothing)
            | (Asked::Number { .. }, Given::Number(_) | Given::Range(_))
            | (
                Asked::Distribution { .. },
                Given::Number(_) | Given::Range(_) | Given::Spread { .. }
            )
            | (Asked::Choice(_) | Asked::Name | Asked::Text, Given::Text(_))
            | (Asked::Choices(_) | Asked::Names, Given::Texts(_))
            | (Asked::List { .. }, Given::List(_))
            | (Asked::Flag, Given::Flag(_))
    )
}

/// A table that is written as a whole, with one key of it given anew.
fn table(entries: &[Entry], group: &str, path: &str, own: Option<Node>) -> Node {
    let siblings = entries.iter().filter(|e| e.group.as_deref() == Some(group));
    let keys = siblings.filter_map(|e| {
        let key = e.path.rsplit('.').next()?.to_owned();
        let node = if e.path == path {
            own.clone()
        } else {
            write(&e.asked, &e.given)
        };
        Some((key, node?))
    });
    Node::of(Value::Table(keys.collect()))
}
