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
    /// What it says, as a test keeps it.
    figures: &'static str,
}

/// All shipped studies, the first the one to begin with.
pub const TEMPLATES: &[Template] = &[
    Template {
        id: "siloed-to-integrated",
        text: include_str!("../../scenarios/siloed-to-integrated.toml"),
        figures: include_str!("../../scenarios/expected/siloed-to-integrated.txt"),
    },
    Template {
        id: "kanban-board",
        text: include_str!("../../scenarios/kanban-board.toml"),
        figures: include_str!("../../scenarios/expected/kanban-board.txt"),
    },
    Template {
        id: "train-against-on-demand",
        text: include_str!("../../scenarios/train-against-on-demand.toml"),
        figures: include_str!("../../scenarios/expected/train-against-on-demand.txt"),
    },
    Template {
        id: "regulated-bank",
        text: include_str!("../../scenarios/regulated-bank.toml"),
        figures: include_str!("../../scenarios/expected/regulated-bank.txt"),
    },
    Template {
        id: "start-up",
        text: include_str!("../../scenarios/start-up.toml"),
        figures: include_str!("../../scenarios/expected/start-up.txt"),
    },
    Template {
        id: "integrated-model",
        text: include_str!("../../scenarios/integrated-model.toml"),
        figures: include_str!("../../scenarios/expected/integrated-model.txt"),
    },
    Template {
        id: "three-products",
        text: include_str!("../../scenarios/three-products.toml"),
        figures: include_str!("../../scenarios/expected/three-products.txt"),
    },
    Template {
        id: "dora-2019-elite",
        text: include_str!("../../scenarios/dora-2019-elite.toml"),
        figures: include_str!("../../scenarios/expected/dora-2019-elite.txt"),
    },
    Template {
        id: "dora-2019-high",
        text: include_str!("../../scenarios/dora-2019-high.toml"),
        figures: include_str!("../../scenarios/expected/dora-2019-high.txt"),
    },
    Template {
        id: "dora-2019-medium",
        text: include_str!("../../scenarios/dora-2019-medium.toml"),
        figures: include_str!("../../scenarios/expected/dora-2019-medium.txt"),
    },
    Template {
        id: "dora-2019-low",
        text: include_str!("../../scenarios/dora-2019-low.toml"),
        figures: include_str!("../../scenarios/expected/dora-2019-low.txt"),
    },
    Template {
        id: "microsoft-xit-2004",
        text: include_str!("../../scenarios/microsoft-xit-2004.toml"),
        figures: include_str!("../../scenarios/expected/microsoft-xit-2004.txt"),
    },
    Template {
        id: "standard-organisation",
        text: include_str!("../../scenarios/standard-organisation.toml"),
        figures: include_str!("../../scenarios/expected/standard-organisation.txt"),
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
        usual_days: days(template.figures, "lead time, half within, "),
        within_days: days(template.figures, "lead time, 85 of 100 within, "),
    })
}

/// Days of a time in the baseline, which comes first.
fn days(figures: &str, what: &str) -> Option<f64> {
    let line = figures.lines().find(|l| l.trim_start().starts_with(what))?;
    let (what, value) = line.trim().rsplit_once(' ')?;
    let days = match what.trim_end().rsplit(' ').next()? {
        "days" => 1.0,
        "hours" => 1.0 / 24.0,
        _ => return None,
    };
    Some(value.parse::<f64>().ok()? * days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_study_has_a_map_and_its_usual_time() {
        let all = views();
        assert_eq!(all.len(), TEMPLATES.len());
        for t in all {
            assert!(!t.map.nodes.is_empty(), "{}", t.id);
            assert!(
                t.usual_days.is_some_and(|d| d > 0.0) && t.usual_days < t.within_days,
                "{}: {:?} and {:?}",
                t.id,
                t.usual_days,
                t.within_days
            );
        }
        assert!(
            days(
                "  lead time, half within, hours   36",
                "lead time, half within, "
            )
            .is_some_and(|d| (d - 1.5).abs() < 1e-9)
        );
        assert!(days("nothing of the kind", "lead time").is_none());
    }
}
