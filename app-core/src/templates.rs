//! The shipped studies, by name.

use crate::map;
use crate::view::TemplateView;
use millrace_core::scenario::{Variant, parse};
use std::sync::LazyLock;

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

/// What the start screen shows of each. Read once: drawing them takes longer than a window should wait.
#[must_use]
pub fn views() -> Vec<TemplateView> {
    static VIEWS: LazyLock<Vec<TemplateView>> =
        LazyLock::new(|| TEMPLATES.iter().filter_map(view).collect());
    VIEWS.clone()
}

fn view(template: &Template) -> Option<TemplateView> {
    let baseline = Variant::new(parse(template.text).ok()?).ok()?;
    Some(TemplateView {
        id: template.id.to_owned(),
        name: baseline.study.name.clone(),
        description: baseline.study.description.clone(),
        map: map::map(&baseline, &baseline),
    })
}
