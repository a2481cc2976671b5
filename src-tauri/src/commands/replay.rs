//! One year on the map.

use millrace_app_core::replay::{ReplayView, YearChoice};
use millrace_app_core::view::TaskUpdate;
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn start_replay(
    desk: State<'_, SharedDesk>,
    choice: YearChoice,
    tell: Channel<TaskUpdate<ReplayView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.start_replay(choice, move |update| drop(tell.send(update)))
    })
    .await
}
