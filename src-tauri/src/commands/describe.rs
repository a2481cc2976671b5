//! The first ten minutes: describing an organisation.

use millrace_app_core::describe::{Answers, DescribedView};
use millrace_app_core::view::{StudyView, TaskUpdate};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn describe(
    desk: State<'_, SharedDesk>,
    answers: Answers,
    on_update: Channel<TaskUpdate<DescribedView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.describe(answers, move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn open_made(desk: State<'_, SharedDesk>, text: String) -> Answer<StudyView> {
    at(desk, |desk| desk.open_made(text)).await
}
