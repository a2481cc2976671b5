//! What outlives the session.

use millrace_app_core::keep::{RecentView, RecoveredView, Settings};
use millrace_app_core::view::StudyView;
use tauri::State;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn settings(desk: State<'_, SharedDesk>) -> Answer<Settings> {
    at(desk, move |desk| desk.settings()).await
}

#[tauri::command]
#[specta::specta]
pub async fn keep_settings(desk: State<'_, SharedDesk>, settings: Settings) -> Answer<()> {
    at(desk, move |desk| desk.keep_settings(settings)).await
}

#[tauri::command]
#[specta::specta]
pub async fn recent(desk: State<'_, SharedDesk>) -> Answer<Vec<RecentView>> {
    at(desk, move |desk| desk.recent()).await
}

#[tauri::command]
#[specta::specta]
pub async fn forget_recent(desk: State<'_, SharedDesk>, path: String) -> Answer<()> {
    at(desk, move |desk| desk.forget_recent(path)).await
}

#[tauri::command]
#[specta::specta]
pub async fn recovered(desk: State<'_, SharedDesk>) -> Answer<Vec<RecoveredView>> {
    at(desk, move |desk| desk.recovered()).await
}

#[tauri::command]
#[specta::specta]
pub async fn open_recovered(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, move |desk| desk.open_recovered(id)).await
}

#[tauri::command]
#[specta::specta]
pub async fn look_at(desk: State<'_, SharedDesk>, view: String) -> Answer<()> {
    at(desk, move |desk| desk.look_at(view)).await
}

#[tauri::command]
#[specta::specta]
pub async fn discard_recovered(desk: State<'_, SharedDesk>, id: String) -> Answer<()> {
    at(desk, move |desk| desk.discard_recovered(id)).await
}

#[tauri::command]
#[specta::specta]
pub async fn leave(desk: State<'_, SharedDesk>) -> Answer<()> {
    at(desk, move |desk| desk.leave()).await
}
