//! What is shown to a room.

use millrace_app_core::Desk;
use millrace_app_core::present::{IgnoredView, StepView};
use millrace_app_core::view::StudyView;
use tauri::State;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn set_steps(
    desk: State<'_, SharedDesk>,
    label: String,
    steps: Vec<StepView>,
) -> Answer<StudyView> {
    at(desk, |desk| desk.set_steps(label, steps)).await
}

#[tauri::command]
#[specta::specta]
pub async fn ignored(desk: State<'_, SharedDesk>) -> Answer<IgnoredView> {
    at(desk, Desk::ignored).await
}
