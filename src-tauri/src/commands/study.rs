//! The open study: files, undo, levers, its run and its charts.

use std::sync::PoisonError;

use millrace_app_core::Desk;
use millrace_app_core::view::{RunUpdate, StudyView, TemplateView};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, SharedDesk, StartPath, at};

/// The study file that the app was started with; answered once, so that a reload does not open it
/// over what is on the desk.
#[tauri::command]
#[specta::specta]
pub fn start_path(path: State<'_, StartPath>) -> Option<String> {
    path.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[tauri::command]
#[specta::specta]
pub async fn templates(desk: State<'_, SharedDesk>) -> Answer<Vec<TemplateView>> {
    at(desk, |desk| desk.templates()).await
}

#[tauri::command]
#[specta::specta]
pub async fn open_template(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.open_template(id)).await
}

#[tauri::command]
#[specta::specta]
pub async fn open_file(desk: State<'_, SharedDesk>, path: String) -> Answer<StudyView> {
    at(desk, |desk| desk.open_file(path)).await
}

#[tauri::command]
#[specta::specta]
pub async fn save(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::save).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_as(desk: State<'_, SharedDesk>, path: String) -> Answer<StudyView> {
    at(desk, |desk| desk.save_as(path)).await
}

#[tauri::command]
#[specta::specta]
pub async fn undo(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::undo).await
}

#[tauri::command]
#[specta::specta]
pub async fn redo(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::redo).await
}

#[tauri::command]
#[specta::specta]
pub async fn select(desk: State<'_, SharedDesk>, what_if: Option<String>) -> Answer<StudyView> {
    at(desk, |desk| desk.select(what_if)).await
}

#[tauri::command]
#[specta::specta]
pub async fn move_lever(
    desk: State<'_, SharedDesk>,
    lever: String,
    position: f64,
    gesture: u32,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.move_lever(lever, position, gesture)).await
}

#[tauri::command]
#[specta::specta]
pub async fn raise_lever(
    desk: State<'_, SharedDesk>,
    lever: String,
    position: f64,
    gesture: u32,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.raise_lever(lever, position, gesture)).await
}

#[tauri::command]
#[specta::specta]
pub async fn reset_lever(desk: State<'_, SharedDesk>, lever: String) -> Answer<StudyView> {
    at(desk, |desk| desk.reset_lever(lever)).await
}

#[tauri::command]
#[specta::specta]
pub async fn study(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::study).await
}

/// Answers the run's number at once; the updates follow through the channel. A window that has gone
/// cannot be told, and the run does not mind.
#[tauri::command]
#[specta::specta]
pub async fn start_run(desk: State<'_, SharedDesk>, on_update: Channel<RunUpdate>) -> Answer<u32> {
    at(desk, move |desk| {
        desk.start_run(move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_run(desk: State<'_, SharedDesk>, run: u32) -> Answer<()> {
    at(desk, move |desk| desk.cancel_run(run)).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_figure(desk: State<'_, SharedDesk>, figure: String, path: String) -> Answer<()> {
    at(desk, |desk| desk.save_figure(figure, path)).await
}
