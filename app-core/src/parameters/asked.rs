//! What may be asked for at a place: where it names other things, those there are.

use super::AskedView;
use millrace_core::scenario::catalogue::{Asked, Entry};
use millrace_core::scenario::{Node, capabilities, strategies};

/// The values a study can name.
pub(super) struct Names<'t> {
    tree: &'t Node,
}

impl<'t> Names<'t> {
    pub(super) fn of(tree: &'t Node) -> Self {
        Self { tree }
    }

    /// Ids of a list, or of all lists at a path below every stream.
    fn ids(&self, list: &str) -> Vec<String> {
        let items = self.tree.at(list).map(Node::items).unwrap_or_default();
        let ids = items.iter().filter_map(|n| n.get("id")?.as_text());
        ids.map(str::to_owned).collect()
    }

    /// Ids of what the stream of a path has, or all streams where it is in none.
    fn of_stream(&self, path: &str, list: &str) -> Vec<String> {
        let within = path
            .strip_prefix("streams.")
            .and_then(|p| p.split('.').next());
        let streams = within.map_or_else(|| self.ids("streams"), |id| vec![id.to_owned()]);
        let mut all: Vec<String> = Vec::new();
        for id in streams
            .iter()
            .flat_map(|s| self.ids(&format!("streams.{s}.{list}")))
        {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all
    }

    /// Strategies that a pipeline can use: its own, those of `pipeline`, those of the table.
    fn strategies(&self, path: &str) -> Vec<String> {
        let mut all: Vec<String> = strategies().map(str::to_owned).collect();
        let own = path
            .strip_prefix("pipelines.")
            .and_then(|p| p.split('.').next());
        let lists = own.map(|id| format!("pipelines.{id}.strategies"));
        for list in lists.into_iter().chain(["pipeline.strategies".to_owned()]) {
            for id in self.ids(&list) {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        all
    }

    /// What a place that holds a name may hold.
    fn nameable(&self, path: &str) -> Option<Vec<String>> {
        let key = path.rsplit('.').next().unwrap_or(path);
        let and = |mut all: Vec<String>, one: &str| {
            all.push(one.to_owned());
            all
        };
        Some(match key {
            "team" | "rollback_team" => self.ids("teams"),
            "from" | "to" if path.starts_with("handoffs.") => self.ids("teams"),
            "to" if path.contains(".next.") => and(self.of_stream(path, "stages"), "done"),
            "join" => and(self.of_stream(path, "stages"), "done"),
            "to" | "commit" | "stage" => self.of_stream(path, "stages"),
            "after" => self.stages_by_stream(),
            "pipeline" => self.ids("pipelines"),
            "windows" => self.ids("calendars"),
            "calendar" => and(self.ids("calendars"), "always"),
            "environment" => self.ids("platform.environments"),
            "capability" => capabilities().map(str::to_owned).collect(),
            "strategy" => self.strategies(path),
            "stream" => self.ids("streams"),
            "type" => self.of_stream(path, "demand"),
            _ => return None,
        })
    }

    /// How gates name stages: with their stream where several have one of that id.
    fn stages_by_stream(&self) -> Vec<String> {
        let streams = self.ids("streams");
        let of = |s: &String| self.ids(&format!("streams.{s}.stages"));
        let all: Vec<(String, String)> = (streams.iter())
            .flat_map(|s| of(s).into_iter().map(|id| (s.clone(), id)))
            .collect();
        let twice = |id: &String| all.iter().filter(|(_, other)| other == id).count() > 1;
        let said = |(stream, id): &(String, String)| match twice(id) {
            true => format!("{stream}.{id}"),
            false => id.clone(),
        };
        all.iter().map(said).collect()
    }

    pub(super) fn asked(&self, e: &Entry) -> AskedView {
        let owned = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect();
        let key = e.path.rsplit('.').next().unwrap_or(&e.path);
        match &e.asked {
            Asked::Number {
                unit,
                min,
                max,
                whole,
            } => AskedView::Number {
                unit: (*unit).to_owned(),
                min: *min,
                max: *max,
                whole: *whole,
                moment: match key {
                    "departs" | "first" => true,
                    "from" => e.path.contains(".freezes."),
                    _ => false,
                },
            },
            Asked::Distribution { unit } => AskedView::Distribution {
                unit: (*unit).to_owned(),
            },
            Asked::Choice(all) => AskedView::Choice {
                options: owned(all),
            },
            Asked::Choices(all) => AskedView::Choices {
                options: owned(all),
            },
            Asked::Flag => AskedView::Flag,
            Asked::List { unit, min, max } => AskedView::List {
                unit: (*unit).to_owned(),
                min: *min,
                max: *max,
                moments: key == "times",
            },
            Asked::Names => AskedView::Choices {
                options: match key {
                    "teams" => self.ids("teams"),
                    "types" => self.of_stream(&e.path, "demand"),
                    "stages" => self.of_stream(&e.path, "stages"),
                    "streams" => self.ids("streams"),
                    _ => Vec::new(),
                },
            },
            Asked::Name | Asked::Text => match self.nameable(&e.path) {
                Some(options) if !options.is_empty() => AskedView::Choice { options },
                _ => AskedView::Text,
            },
        }
    }
}
