//! Numbers that people disagree on.

use millrace_app_core::Desk;
use millrace_app_core::disagree::{NumberView, WeighedView};
use millrace_app_core::view::{StudyView, TaskUpdate};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn numbers(desk: State<'_, SharedDesk>) -> Answer<Vec<NumberView>> {
    at(desk, Desk::numbers).await
}

#[tauri::command]
#[specta::specta]
pub async fn disagree(
    desk: State<'_, SharedDesk>,
    path: String,
    theirs: f64,
    who: String,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.disagree(path, theirs, who)).await
}

#[tauri::command]
#[specta::specta]
pub async fn start_weighing(
    desk: State<'_, SharedDesk>,
    path: String,
    theirs: f64,
    who: String,
    tell: Channel<TaskUpdate<WeighedView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.start_weighing(path, theirs, who, move |update| drop(tell.send(update)))
    })
    .await
}
