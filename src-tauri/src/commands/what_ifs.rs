//! What-ifs: made, named, ordered, combined, priced, and taken from a colleague's copy.

use millrace_app_core::desk::{ColleagueView, WhatIfDetails, WhatIfForm};
use millrace_app_core::view::StudyView;
use tauri::State;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn add_what_if(desk: State<'_, SharedDesk>, name: String) -> Answer<StudyView> {
    at(desk, |desk| desk.add_what_if(name)).await
}

#[tauri::command]
#[specta::specta]
pub async fn duplicate_what_if(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.duplicate_what_if(id)).await
}

#[tauri::command]
#[specta::specta]
pub async fn rename_what_if(
    desk: State<'_, SharedDesk>,
    id: String,
    name: String,
) -> Answer<StudyView> {
    at(desk, |desk| desk.rename_what_if(id, name)).await
}

#[tauri::command]
#[specta::specta]
pub async fn remove_what_if(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.remove_what_if(id)).await
}

#[tauri::command]
#[specta::specta]
pub async fn combine_what_ifs(desk: State<'_, SharedDesk>, ids: Vec<String>) -> Answer<StudyView> {
    at(desk, move |desk| desk.combine_what_ifs(ids)).await
}

#[tauri::command]
#[specta::specta]
pub async fn place_what_if(
    desk: State<'_, SharedDesk>,
    id: String,
    before: Option<String>,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.place_what_if(id, before)).await
}

#[tauri::command]
#[specta::specta]
pub async fn what_if_form(desk: State<'_, SharedDesk>, id: String) -> Answer<WhatIfForm> {
    at(desk, move |desk| desk.what_if_form(id)).await
}

#[tauri::command]
#[specta::specta]
pub async fn describe_what_if(
    desk: State<'_, SharedDesk>,
    id: String,
    details: WhatIfDetails,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.describe_what_if(id, details)).await
}

#[tauri::command]
#[specta::specta]
pub async fn look_at_colleague(desk: State<'_, SharedDesk>, path: String) -> Answer<ColleagueView> {
    at(desk, move |desk| desk.look_at_colleague(path)).await
}

#[tauri::command]
#[specta::specta]
pub async fn take_what_ifs(
    desk: State<'_, SharedDesk>,
    path: String,
    ids: Vec<String>,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.take_what_ifs(path, ids)).await
}
