//! Every value of the model.

use millrace_app_core::parameters::{GivenView, ParameterView};
use millrace_app_core::view::StudyView;
use tauri::State;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn parameters(desk: State<'_, SharedDesk>) -> Answer<Vec<ParameterView>> {
    at(desk, |desk| desk.parameters()).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_parameter(
    desk: State<'_, SharedDesk>,
    path: String,
    value: GivenView,
    gesture: u32,
    on_baseline: bool,
) -> Answer<StudyView> {
    at(desk, move |desk| {
        desk.set_parameter(path, value, gesture, on_baseline)
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn reset_parameter(desk: State<'_, SharedDesk>, path: String) -> Answer<StudyView> {
    at(desk, move |desk| desk.reset_parameter(path)).await
}
