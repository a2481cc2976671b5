//! The structure: stages, gates and teams, and what is known of each.

use millrace_app_core::structure::Edit;
use millrace_app_core::view::{Figure, StudyView};
use tauri::State;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn edit_structure(desk: State<'_, SharedDesk>, edit: Edit) -> Answer<StudyView> {
    at(desk, |desk| desk.edit_structure(edit)).await
}

#[tauri::command]
#[specta::specta]
pub async fn place_weeks(desk: State<'_, SharedDesk>, node: String) -> Answer<Option<Figure>> {
    at(desk, |desk| desk.place_weeks(node)).await
}
