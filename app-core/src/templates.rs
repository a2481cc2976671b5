//! The shipped studies, by name.

use crate::view::TemplateView;
use millrace_core::scenario::{Node, parse};

/// A shipped study.
#[derive(Debug, Clone, Copy)]
pub struct Template {
    /// Name to open it by: its file's name without ending.
    pub id: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All shipped studies, the first the one to begin with.
pub const TEMPLATES: &[Template] = &[
    Template {
        id: "siloed-to-integrated",
        text: include_str!("../../scenarios/siloed-to-integrated.toml"),
    },
    Template {
        id: "kanban-board",
        text: include_str!("../../scenarios/kanban-board.toml"),
    },
    Template {
        id: "train-against-on-demand",
        text: include_str!("../../scenarios/train-against-on-demand.toml"),
    },
    Template {
        id: "regulated-bank",
        text: include_str!("../../scenarios/regulated-bank.toml"),
    },
    Template {
        id: "start-up",
        text: include_str!("../../scenarios/start-up.toml"),
    },
    Template {
        id: "integrated-model",
        text: include_str!("../../scenarios/integrated-model.toml"),
    },
    Template {
        id: "three-products",
        text: include_str!("../../scenarios/three-products.toml"),
    },
    Template {
        id: "dora-2019-elite",
        text: include_str!("../../scenarios/dora-2019-elite.toml"),
    },
    Template {
        id: "dora-2019-high",
        text: include_str!("../../scenarios/dora-2019-high.toml"),
    },
    Template {
        id: "dora-2019-medium",
        text: include_str!("../../scenarios/dora-2019-medium.toml"),
    },
    Template {
        id: "dora-2019-low",
        text: include_str!("../../scenarios/dora-2019-low.toml"),
    },
    Template {
        id: "microsoft-xit-2004",
        text: include_str!("../../scenarios/microsoft-xit-2004.toml"),
    },
    Template {
        id: "standard-organisation",
        text: include_str!("../../scenarios/standard-organisation.toml"),
    },
];

/// A shipped study by name.
#[must_use]
pub fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.id == id)
}

/// What the start screen shows of each.
#[must_use]
pub fn views() -> Vec<TemplateView> {
    TEMPLATES
        .iter()
        .filter_map(|t| {
            let tree = parse(t.text).ok()?;
            let text = |k: &str| {
                tree.get(k)
                    .and_then(Node::as_text)
                    .unwrap_or_default()
                    .to_owned()
            };
            Some(TemplateView {
                id: t.id.to_owned(),
                name: text("name"),
                description: text("description"),
            })
        })
        .collect()
}
