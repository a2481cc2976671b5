//! A variant's models: one for all replications, or, where the study has assumption ranges, one for each
//! draw of them (RULES 34).

use super::assumption::{Range, fill, uniform};
use super::check::check;
use super::edit::Change;
use super::fault::Fault;
use super::lever::{self, Position};
use super::node::Node;
use super::study::Study;
use super::{build, format};
use crate::model::{Model, Window};
use crate::random::Name;
use crate::time::Ticks;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a variant comes about from the baseline: changes in order, then levers.
#[derive(Debug, Clone)]
pub(super) struct Recipe {
    pub base: Arc<Node>,
    pub changes: Vec<Change>,
    pub levers: BTreeMap<String, Position>,
    /// Levels that capabilities of the platform have at least, whatever the changes and levers say.
    pub raised: BTreeMap<String, u32>,
}

/// A change to a model after it was drawn.
type Edit = Arc<dyn Fn(&mut Model) + Send + Sync>;

/// How a range gets its value, from its path.
type Value<'v> = &'v dyn Fn(&str, Range) -> f64;

impl Recipe {
    /// A baseline with nothing changed.
    pub fn of(base: Node) -> Self {
        Self {
            base: Arc::new(base),
            changes: Vec::new(),
            levers: BTreeMap::new(),
            raised: BTreeMap::new(),
        }
    }

    /// The variant as written.
    ///
    /// # Errors
    /// Every change that fits nothing.
    pub fn tree(&self) -> Result<Node, Vec<Fault>> {
        let mut tree = self.base.as_ref().clone();
        self.change(&mut tree)?;
        self.move_levers(&mut tree, None)?;
        Ok(tree)
    }

    /// The variant with a value for every range: first the baseline's, so that changes act on what was
    /// drawn, then those that came with the changes, then what levers do not know.
    ///
    /// # Errors
    /// Every change that fits nothing.
    pub fn filled(&self, value: Value<'_>) -> Result<Node, Vec<Fault>> {
        let mut tree = self.base.as_ref().clone();
        fill(&mut tree, value);
        self.change(&mut tree)?;
        fill(&mut tree, value);
        self.move_levers(&mut tree, Some(value))?;
        Ok(tree)
    }

    /// What is made of the variant under draw `k` of its ranges. Where ranges together allow what no study can
    /// be (hours that end before they begin), a draw of that kind is taken nearer to the likely values, by
    /// halves, until it can be; `None` if it never can.
    pub fn draw<T>(
        &self,
        seed: Name,
        k: u64,
        made: impl Fn(Node) -> Result<T, Vec<Fault>>,
    ) -> Option<T> {
        let nearer = |reach: f64| {
            let value = |path: &str, range: Range| {
                range.likely + reach * (range.quantile(uniform(seed, path, k)) - range.likely)
            };
            self.filled(&value).and_then(&made)
        };
        [1.0, 0.5, 0.25, 0.125]
            .into_iter()
            .find_map(|reach| nearer(reach).ok())
    }

    /// The model of the variant with a value for every range.
    ///
    /// # Errors
    /// Every fault these values lead to.
    pub fn model(&self, warm_up: Option<Ticks>, value: Value<'_>) -> Result<Model, Vec<Fault>> {
        self.built(&self.filled(value)?, warm_up)
    }

    /// The model of a tree without ranges.
    fn built(&self, tree: &Node, warm_up: Option<Ticks>) -> Result<Model, Vec<Fault>> {
        let checked = check(&format::STUDY, tree);
        if !checked.faults.is_empty() {
            return Err(checked.faults);
        }
        let mut study: Study = serde_json::from_value(checked.json)
            .map_err(|e| vec![Fault::new(None, "", e.to_string())])?;
        study.raise(&self.raised);
        build::build(&study, tree, warm_up)
    }

    fn change(&self, tree: &mut Node) -> Result<(), Vec<Fault>> {
        let faults: Vec<Fault> = self
            .changes
            .iter()
            .filter_map(|change| change.apply(tree).err())
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    fn move_levers(&self, tree: &mut Node, drawn: Option<Value<'_>>) -> Result<(), Vec<Fault>> {
        if self.levers.is_empty() {
            return Ok(());
        }
        lever::apply(&self.levers, tree, drawn)
    }
}

/// What the replications of a variant run on.
#[derive(Debug, Clone)]
pub enum Models {
    /// A study without assumption ranges.
    One(Box<Model>),
    /// A study with them: replications 2k and 2k + 1 share draw k.
    Drawn(Box<Family>),
}

impl Models {
    /// The model with every range at its likely value: what names and windows are read off.
    #[must_use]
    pub fn likely(&self) -> &Model {
        match self {
            Self::One(model) => model,
            Self::Drawn(family) => &family.likely,
        }
    }

    /// What a replication runs on.
    #[must_use]
    pub fn of(&self, replication: u64) -> Model {
        match self {
            Self::One(model) => (**model).clone(),
            Self::Drawn(family) => family.draw(replication / 2),
        }
    }

    /// The same over another window.
    #[must_use]
    pub fn over(mut self, window: Window) -> Self {
        match &mut self {
            Self::One(model) => model.window = window,
            Self::Drawn(family) => family.likely.window = window,
        }
        self
    }

    /// The same with an edit made to every model, after what was drawn.
    #[must_use]
    pub fn edited(mut self, edit: impl Fn(&mut Model) + Send + Sync + 'static) -> Self {
        match &mut self {
            Self::One(model) => edit(model),
            Self::Drawn(family) => {
                edit(&mut family.likely);
                family.edits.push(Arc::new(edit));
            }
        }
        self
    }
}

impl From<Model> for Models {
    fn from(model: Model) -> Self {
        Self::One(Box::new(model))
    }
}

/// A model for each draw of a study's assumption ranges.
#[derive(Clone)]
pub struct Family {
    recipe: Arc<Recipe>,
    likely: Model,
    edits: Vec<Edit>,
}

impl std::fmt::Debug for Family {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Family")
            .field("recipe", &self.recipe)
            .field("likely", &self.likely)
            .field("edits", &self.edits.len())
            .finish()
    }
}

impl Family {
    pub(super) fn new(recipe: Arc<Recipe>, likely: Model) -> Self {
        Self {
            recipe,
            likely,
            edits: Vec::new(),
        }
    }

    /// The model of draw `k`.
    #[must_use]
    pub fn draw(&self, k: u64) -> Model {
        let recipe = &self.recipe;
        let drawn = recipe.draw(self.likely.seed, k, |tree| recipe.built(&tree, None));
        let mut model = drawn.unwrap_or_else(|| self.likely.clone());
        model.window = self.likely.window;
        self.edits.iter().for_each(|edit| edit(&mut model));
        model
    }
}
