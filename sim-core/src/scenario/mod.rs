//! What a person wrote becomes a [`Model`]: text → [`node`] (a tree with lines) → what-ifs applied
//! ([`edit`], [`lever`]) → [`check()`] against the declared [`format`] → [`study`] (normal form) →
//! [`build`] (references, levels, the whole). Every step reports all its [`Fault`]s at once. Where numbers
//! are [`assumption`] ranges, a [`family`] draws them before the what-ifs are applied.

mod aside;
mod assumption;
mod build;
pub mod catalogue;
mod check;
mod cut;
mod edit;
mod family;
mod fault;
mod field;
mod format;
pub mod lever;
mod node;
mod quantity;
mod schema;
mod steps;
mod study;
mod tables;

pub use assumption::{Assumption, Range};
pub use build::known_strategy;
pub use check::Parameter;
pub use edit::Change;
pub use family::{Family, Models};
pub use fault::Fault;
pub use node::{NAMED_BY, Node, Value, entry_names, names_of, parse};
pub use schema::json_schema;
pub use steps::PlannedStep;
pub use study::{Gate, Pipeline, Stage, Stream, Study};
pub use tables::{building, capabilities, capability_source, level_name, strategies};

use crate::model::Model;
use crate::random::Name;
use crate::time::Ticks;
use assumption::assumptions;
use family::Recipe;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Assumption ranges of which every single end is tried when a study is read.
const MOST_TRIED: usize = 64;

/// A named list of changes to the baseline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WhatIf {
    /// Stable name.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// Who proposes it; empty for nobody.
    pub by: String,
    /// Week in which it begins.
    pub start_week: f64,
    /// Weeks from there to full effect.
    pub full_effect_weeks: f64,
    /// Share of their speed that the teams it touches lose when it takes effect.
    pub dip: f64,
    /// Weeks until they are as fast as before.
    pub dip_weeks: f64,
    /// Person-weeks by team.
    pub cost: BTreeMap<String, f64>,
    /// What-ifs whose changes come first.
    pub includes: Vec<String>,
    /// Its own changes, in order.
    pub changes: Vec<Change>,
    /// Positions of primary levers, by id.
    pub levers: BTreeMap<String, lever::Position>,
}

/// A study as read: the baseline and its what-ifs, all checked.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The baseline.
    pub baseline: Variant,
    /// The what-ifs.
    pub what_ifs: Vec<WhatIf>,
}

/// The baseline, or the baseline with changes applied: checked.
#[derive(Debug, Clone)]
pub struct Variant {
    /// As written, with changes applied.
    pub tree: Node,
    /// In normal form.
    pub study: Study,
    /// Every changeable value.
    pub parameters: Vec<Parameter>,
    /// Every number that is a range.
    pub assumptions: Vec<Assumption>,
    recipe: Option<Arc<Recipe>>,
}

impl Variant {
    /// Check a tree, as far as single fields go and as a whole.
    ///
    /// # Errors
    /// Every fault.
    pub fn new(tree: Node) -> Result<Self, Vec<Fault>> {
        let recipe = || Recipe::of(tree.clone());
        let recipe = (!assumptions(&tree).is_empty()).then(recipe);
        Self::of(tree, recipe)
    }

    fn of(tree: Node, recipe: Option<Recipe>) -> Result<Self, Vec<Fault>> {
        if let Some(newer) = tree
            .get("format")
            .and_then(Node::as_number)
            .filter(|v| *v > format::VERSION)
        {
            let line = tree.get("format").and_then(Node::place);
            return Err(vec![
                Fault::new(
                    line,
                    "format",
                    format!("format {newer} is newer than this program, which reads format 1"),
                )
                .hint("open it with a newer Millrace"),
            ]);
        }
        let checked = check::check(&format::STUDY, &tree);
        let mut faults = checked.faults;
        match serde_json::from_value::<Study>(checked.json) {
            Ok(study) => match build::build(&study, &tree, None) {
                Ok(_) if faults.is_empty() => {
                    return Ok(Self {
                        assumptions: assumptions(&tree),
                        tree,
                        study,
                        parameters: checked.parameters,
                        recipe: recipe.map(Arc::new),
                    });
                }
                Ok(_) => {}
                Err(found) => faults.extend(found),
            },
            // What single fields lack is named already, and leaves nothing to judge as a whole.
            Err(_) if !faults.is_empty() => {}
            Err(e) => {
                faults.push(Fault::new(
                    None,
                    "",
                    format!("the check let something through: {e}"),
                ));
            }
        }
        Err(faults)
    }

    /// The model, counting from `warm_up` on; from the study's own warm-up if `None`. Assumption ranges
    /// stand at their likely values.
    ///
    /// # Panics
    /// Never: a variant was built once when it was checked.
    #[must_use]
    pub fn model(&self, warm_up: Option<Ticks>) -> Model {
        build::build(&self.study, &self.tree, warm_up)
            .expect("a variant is checked when it is made")
    }

    /// What replications run on, counting from `warm_up` on; from the study's own warm-up if `None`.
    #[must_use]
    pub fn models(&self, warm_up: Option<Ticks>) -> Models {
        let likely = self.model(warm_up);
        match &self.recipe {
            None => likely.into(),
            Some(recipe) => Models::Drawn(Box::new(Family::new(recipe.clone(), likely))),
        }
    }

    /// Some of its numbers are not known, and drawn.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.recipe.is_some()
    }

    /// The variant under draw `k` of its assumption ranges, itself without any; where there are none, the
    /// same.
    #[must_use]
    pub fn drawn(&self, k: u64) -> Self {
        let drawn = |recipe: &Arc<Recipe>| {
            let seed = Name::of_seed(self.study.seed as u64);
            recipe.draw(seed, k, |tree| Self::of(tree, None))
        };
        let drawn = self.recipe.as_ref().and_then(drawn);
        drawn.unwrap_or_else(|| self.clone())
    }

    /// The faults that some ends of the ranges lead to; every single end is tried if `each`.
    fn at_the_ends(&self, each: bool) -> Vec<Fault> {
        let Some(recipe) = &self.recipe else {
            return Vec::new();
        };
        let tried = |at: &str, value: &dyn Fn(&str, Range) -> f64| {
            let found = recipe.model(None, value).err().unwrap_or_default();
            let tell = move |mut f: Fault| {
                f.message = format!("with {at}: {}", f.message);
                f
            };
            found.into_iter().map(tell).collect::<Vec<Fault>>()
        };
        let mut faults = Vec::new();
        let singles = if each { &self.assumptions[..] } else { &[] };
        for a in singles.iter().take(MOST_TRIED) {
            let only = |end: fn(&Range) -> f64| {
                move |p: &str, r: Range| if p == a.path { end(&r) } else { r.likely }
            };
            let (low, high) = (
                format!("`{}` at its low end", a.path),
                format!("`{}` at its high end", a.path),
            );
            faults.extend(tried(&low, &only(|r| r.low)));
            faults.extend(tried(&high, &only(|r| r.high)));
        }
        if faults.is_empty() {
            faults.extend(tried("all ranges at their low ends", &|_, r| r.low));
            faults.extend(tried("all ranges at their high ends", &|_, r| r.high));
        }
        faults
    }

    /// The model with capabilities raised to at least the given levels, by id; `None` if that cannot be.
    #[must_use]
    pub fn funded(&self, warm_up: Option<Ticks>, levels: &BTreeMap<String, u32>) -> Option<Model> {
        let mut study = self.study.clone();
        study.raise(levels);
        build::build(&study, &self.tree, warm_up).ok()
    }

    /// The variant with capabilities raised to at least the given levels, by id, after changes, levers and
    /// draws; `None` if that cannot be.
    #[must_use]
    pub fn raised(&self, levels: &BTreeMap<String, u32>) -> Option<Self> {
        let mut raised = self.clone();
        raised.study.raise(levels);
        build::build(&raised.study, &self.tree, None).ok()?;
        if let Some(recipe) = &mut raised.recipe {
            let all = &mut Arc::make_mut(recipe).raised;
            all.extend(levels.iter().map(|(id, level)| (id.clone(), *level)));
        }
        Some(raised)
    }

    /// A parameter by path.
    #[must_use]
    pub fn parameter(&self, path: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.path == path)
    }
}

impl Scenario {
    /// Read a study and check its baseline and every what-if.
    ///
    /// # Errors
    /// Every fault, with its line.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        let tree = parse(text)?;
        let baseline = Variant::new(tree)?;
        let mut faults = Vec::new();
        let what_ifs: Vec<WhatIf> = baseline
            .tree
            .get("what_ifs")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .map(|n| what_if(n, &mut faults))
            .collect();
        faults.extend(baseline.at_the_ends(true));
        let scenario = Self { baseline, what_ifs };
        for w in &scenario.what_ifs {
            let found = match scenario.variant(Some(&w.id), &[]) {
                // What the baseline's ranges lead to was told there.
                Ok(variant) if faults.is_empty() => variant.at_the_ends(false),
                Ok(_) => continue,
                Err(found) => found,
            };
            let line = scenario
                .baseline
                .tree
                .at(&format!("what_ifs.{}", w.id))
                .and_then(Node::place);
            faults.extend(found.into_iter().map(|mut f| {
                f.line = line.or(f.line);
                f.message = format!("in the what-if `{}`: {}", w.id, f.message);
                f
            }));
        }
        if faults.is_empty() {
            Ok(scenario)
        } else {
            Err(faults)
        }
    }

    /// A what-if by id.
    #[must_use]
    pub fn what_if(&self, id: &str) -> Option<&WhatIf> {
        self.what_ifs.iter().find(|w| w.id == id)
    }

    /// The baseline (`None`) or a what-if, with further changes on top.
    ///
    /// # Errors
    /// Every fault the changes lead to.
    pub fn variant(
        &self,
        what_if: Option<&str>,
        further: &[Change],
    ) -> Result<Variant, Vec<Fault>> {
        let ids: Vec<&str> = what_if.into_iter().collect();
        self.together_with(&ids, &BTreeMap::new(), further)
    }

    /// The baseline with several what-ifs, in this order, with levers moved on top of theirs.
    ///
    /// # Errors
    /// Every fault the changes lead to.
    pub fn combined(
        &self,
        what_ifs: &[&str],
        levers: &BTreeMap<String, lever::Position>,
    ) -> Result<Variant, Vec<Fault>> {
        self.together_with(what_ifs, levers, &[])
    }

    fn together_with(
        &self,
        what_ifs: &[&str],
        levers: &BTreeMap<String, lever::Position>,
        further: &[Change],
    ) -> Result<Variant, Vec<Fault>> {
        let mut recipe = Recipe::of(self.baseline.tree.clone());
        let mut faults = Vec::new();
        let mut seen = Vec::new();
        for id in what_ifs {
            self.collect(id, &mut recipe, &mut faults, &mut seen);
        }
        recipe.changes.extend_from_slice(further);
        recipe.levers.extend(levers.clone());
        if faults.is_empty() {
            return self.changed(recipe);
        }
        faults.extend(recipe.tree().err().unwrap_or_default());
        Err(faults)
    }

    /// The baseline changed by a recipe.
    fn changed(&self, recipe: Recipe) -> Result<Variant, Vec<Fault>> {
        let tree = recipe.tree()?;
        let ranges = !self.baseline.assumptions.is_empty()
            || lever::unknown(&recipe.levers)
            || !assumptions(&tree).is_empty();
        Variant::of(tree, ranges.then_some(recipe))
    }

    /// The study with one number of its baseline at another value, in its base unit; what-ifs come on top.
    ///
    /// # Errors
    /// Every fault the value leads to, in the baseline.
    pub fn with(&self, parameter: &Parameter, value: f64) -> Result<Self, Vec<Fault>> {
        let to = Change::Set {
            path: parameter.path.clone(),
            to: lever::quantity(value, &parameter.unit),
        };
        Ok(Self {
            baseline: self.variant(None, &[to])?,
            what_ifs: self.what_ifs.clone(),
        })
    }

    /// The changes and levers of a what-if and of all it includes.
    fn collect(
        &self,
        id: &str,
        recipe: &mut Recipe,
        faults: &mut Vec<Fault>,
        seen: &mut Vec<(String, bool)>,
    ) {
        let Some(w) = self.what_if(id) else {
            let ids: Vec<&str> = self.what_ifs.iter().map(|w| w.id.as_str()).collect();
            faults.push(
                Fault::new(None, "what_ifs", format!("there is no what-if `{id}`"))
                    .hint(fault::suggest(id, &ids)),
            );
            return;
        };
        match seen.iter().find(|(other, _)| other == id) {
            // Included twice, it still changes things once.
            Some((_, true)) => return,
            Some((_, false)) => {
                faults.push(Fault::new(
                    None,
                    format!("what_ifs.{id}.includes"),
                    "what-ifs include each other in a circle",
                ));
                return;
            }
            None => seen.push((id.to_owned(), false)),
        }
        for other in &w.includes {
            self.collect(other, recipe, faults, seen);
        }
        recipe.changes.extend_from_slice(&w.changes);
        if let Some(this) = seen.iter_mut().find(|(other, _)| other == id) {
            this.1 = true;
        }
        let moved = w.levers.iter().map(|(k, v)| (k.clone(), v.clone()));
        recipe.levers.extend(moved);
    }

    /// Person-weeks of a what-if: its own, those of what it includes, and the price of its levers.
    #[must_use]
    pub fn person_weeks(&self, id: &str) -> f64 {
        self.person_weeks_together(&[id])
    }

    /// Person-weeks of several what-ifs at once: what more than one of them includes is paid once.
    #[must_use]
    pub fn person_weeks_together(&self, ids: &[&str]) -> f64 {
        let mut seen: Vec<&str> = Vec::new();
        let mut left = ids.to_vec();
        let mut sum = 0.0;
        while let Some(w) = left.pop().and_then(|id| self.what_if(id)) {
            if !seen.contains(&w.id.as_str()) {
                seen.push(&w.id);
                sum += w.cost.values().sum::<f64>();
                sum += w
                    .levers
                    .iter()
                    .map(|(l, at)| lever::price(l, at))
                    .sum::<f64>();
                left.extend(w.includes.iter().map(String::as_str));
            }
        }
        sum
    }
}

/// The dip where a what-if says nothing, and how long it lasts: assumptions.
const DIP: f64 = 0.15;
const DIP_WEEKS: f64 = 8.0;

fn share(node: Option<&Node>) -> Option<f64> {
    match &node?.value {
        Value::Number(x) => Some(*x),
        Value::Text(t) => quantity::Unit::Share.read(t).ok(),
        _ => None,
    }
}

fn what_if(node: &Node, faults: &mut Vec<Fault>) -> WhatIf {
    let text = |k: &str| {
        node.get(k)
            .and_then(Node::as_text)
            .unwrap_or_default()
            .to_owned()
    };
    let number = |k: &str| node.get(k).and_then(Node::as_number).unwrap_or(0.0);
    let id = text("id");
    let at = format!("what_ifs.{id}");
    let table = |k: &str| match node.get(k).map(|n| &n.value) {
        Some(Value::Table(t)) => t.clone(),
        _ => Vec::new(),
    };
    let changes = Change::read_all(node.get("changes"), &format!("{at}.changes"), faults);
    for path in changes.iter().map(Change::path) {
        let part = path.split('.').next().unwrap_or(path);
        if ["format", "name", "seed", "run", "presentation", "what_ifs"].contains(&part) {
            let message = format!("a what-if cannot change `{path}`: all variants share it");
            faults.push(Fault::new(node.place(), format!("{at}.changes"), message));
        }
    }
    WhatIf {
        name: text("name"),
        by: text("by"),
        start_week: number("start_week"),
        full_effect_weeks: number("full_effect_weeks"),
        dip: share(node.get("dip")).unwrap_or(DIP),
        dip_weeks: node
            .get("dip_weeks")
            .and_then(Node::as_number)
            .unwrap_or(DIP_WEEKS),
        cost: table("cost")
            .into_iter()
            .map(|(k, n)| (k, n.as_number().unwrap_or(0.0)))
            .collect(),
        includes: node
            .get("includes")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|n| n.as_text().map(str::to_owned))
            .collect(),
        changes,
        levers: table("levers")
            .into_iter()
            .filter_map(|(k, n)| match lever::Position::read(&n) {
                Some(p) => Some((k, p)),
                None => {
                    faults.push(Fault::new(
                        n.place(),
                        format!("{at}.levers.{k}"),
                        "expected a position's name or a number",
                    ));
                    None
                }
            })
            .collect(),
        id,
    }
}
