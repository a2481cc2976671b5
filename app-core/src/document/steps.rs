//! The steps of a presentation, kept in the study so that they travel with it.

use super::{Document, MOST_STEPS, Step, invalid};
use crate::present::StepView;
use crate::view::Refusal;
use millrace_core::scenario::{Fault, Scenario};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

const PART: &str = "presentation";

impl Document {
    /// The steps, in order.
    #[must_use]
    pub fn steps(&self) -> Vec<StepView> {
        let steps = self.scenario.baseline.study.presentation.iter();
        steps
            .flat_map(|p| &p.steps)
            .map(|s| StepView {
                view: s.view.clone(),
                what_if: Some(s.what_if.clone()).filter(|id| !id.is_empty()),
                title: s.title.clone(),
            })
            .collect()
    }

    /// Put other steps in their place; one step of undo.
    ///
    /// # Errors
    /// If the study's text cannot be read as a study with them.
    pub fn set_steps(&mut self, label: &str, steps: &[StepView]) -> Result<(), Refusal> {
        self.amend(label, |doc| {
            if steps.is_empty() {
                doc.remove(PART);
                return;
            }
            let part = doc.entry(PART).or_insert_with(|| Item::Table(Table::new()));
            part["steps"] = value(steps.iter().map(row).collect::<Array>());
            if let Some(rows) = part["steps"].as_array_mut() {
                rows.iter_mut()
                    .for_each(|r| r.decor_mut().set_prefix("\n  "));
                rows.set_trailing("\n");
            }
        })
    }

    /// Change the text as a step of undo, if it is a valid study afterwards.
    pub(crate) fn amend(
        &mut self,
        label: &str,
        change: impl FnOnce(&mut DocumentMut),
    ) -> Result<(), Refusal> {
        let mut doc: DocumentMut = self
            .text
            .parse()
            .map_err(|e: toml_edit::TomlError| invalid(&[Fault::new(None, "", e.to_string())]))?;
        change(&mut doc);
        let text = doc.to_string();
        let scenario = Scenario::read(&text).map_err(|f| invalid(&f))?;
        self.past.push(Step {
            before: self.now(),
            label: label.to_owned(),
            gesture: 0,
        });
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
        self.future.clear();
        self.text = text;
        self.scenario = scenario;
        Ok(())
    }
}

fn row(step: &StepView) -> Value {
    let mut table = InlineTable::new();
    table.insert("view", step.view.as_str().into());
    if let Some(id) = &step.what_if {
        table.insert("what_if", id.as_str().into());
    }
    if !step.title.is_empty() {
        table.insert("title", step.title.as_str().into());
    }
    Value::InlineTable(table)
}

/// The text without its presentation: what results depend on.
pub(super) fn without(text: &str) -> String {
    if !text.contains(PART) {
        return text.to_owned();
    }
    match text.parse::<DocumentMut>() {
        Ok(mut doc) => {
            doc.remove(PART);
            doc.to_string()
        }
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::TEMPLATES;

    fn step(view: &str, what_if: Option<&str>, title: &str) -> StepView {
        StepView {
            view: view.into(),
            what_if: what_if.map(Into::into),
            title: title.into(),
        }
    }

    #[test]
    fn steps_travel_in_the_text_and_change_no_result() {
        let mut d = Document::open(TEMPLATES[0].text.to_owned(), None).unwrap();
        let (before, digest) = (d.text().to_owned(), d.digest());
        let steps = [
            step("replay", None, "A year as it is"),
            step("workbench", Some("canary"), ""),
        ];
        d.set_steps("Pin", &steps).unwrap();
        assert_eq!(d.steps(), steps);
        assert!(
            d.text()
                .contains("# Every number without a source is an assumption")
        );
        assert_eq!(d.digest(), digest, "nothing that was worked out is stale");
        assert!(d.is_dirty());
        let again = Document::open(d.text().to_owned(), None).unwrap();
        assert_eq!(again.steps(), steps);
        d.set_steps("Unpin", &[]).unwrap();
        assert_eq!(d.text().trim_end(), before.trim_end());
        d.undo().unwrap();
        assert_eq!(d.steps(), steps);
        d.undo().unwrap();
        assert_eq!(d.text(), before);
    }
}
