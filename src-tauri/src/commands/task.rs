//! Work that takes seconds.

use tauri::State;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn cancel_task(desk: State<'_, SharedDesk>, task: u32) -> Answer<()> {
    at(desk, move |desk| desk.cancel_task(task)).await
}
