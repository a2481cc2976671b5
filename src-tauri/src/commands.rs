//! One command for each operation of the desk: decode, call, encode.

use std::sync::{Arc, Mutex, PoisonError};

use millrace_app_core::view::{Refusal, RunUpdate, StudyView, TemplateView};
use tauri::ipc::Channel;
use tauri::{State, Wry};

use millrace_app_core::Desk;

type Answer<T> = Result<T, Refusal>;

/// The desk that every command works at, one at a time.
pub type SharedDesk = Arc<Mutex<Desk>>;

/// The study file named on the command line, until the window has asked for it.
pub type StartPath = Mutex<Option<String>>;

/// Every command with its types: the window's calls and its bindings come from this one list.
pub fn all() -> tauri_specta::Builder<Wry> {
    tauri_specta::Builder::new()
        .commands(tauri_specta::collect_commands![
            start_path,
            templates,
            open_template,
            open_file,
            save,
            save_as,
            undo,
            redo,
            select,
            add_what_if,
            duplicate_what_if,
            rename_what_if,
            remove_what_if,
            move_lever,
            reset_lever,
            study,
            start_run,
            cancel_run,
            save_figure,
        ])
        .error_handling(tauri_specta::ErrorHandlingMode::Throw)
}

/// Works at the desk on a thread that may block, so that neither the window nor another command
/// waits for a file or a drawing.
async fn at<T: Send + 'static>(
    desk: State<'_, SharedDesk>,
    work: impl FnOnce(&mut Desk) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let desk = SharedDesk::clone(&desk);
    tauri::async_runtime::spawn_blocking(move || {
        work(&mut desk.lock().unwrap_or_else(PoisonError::into_inner))
    })
    .await
    .expect("an operation of the desk does not panic")
}

/// The study file that the app was started with; answered once, so that a reload does not open it
/// over what is on the desk.
#[tauri::command]
#[specta::specta]
fn start_path(path: State<'_, StartPath>) -> Option<String> {
    path.lock().unwrap_or_else(PoisonError::into_inner).take()
}

#[tauri::command]
#[specta::specta]
async fn templates(desk: State<'_, SharedDesk>) -> Answer<Vec<TemplateView>> {
    at(desk, |desk| desk.templates()).await
}

#[tauri::command]
#[specta::specta]
async fn open_template(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.open_template(id)).await
}

#[tauri::command]
#[specta::specta]
async fn open_file(desk: State<'_, SharedDesk>, path: String) -> Answer<StudyView> {
    at(desk, |desk| desk.open_file(path)).await
}

#[tauri::command]
#[specta::specta]
async fn save(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::save).await
}

#[tauri::command]
#[specta::specta]
async fn save_as(desk: State<'_, SharedDesk>, path: String) -> Answer<StudyView> {
    at(desk, |desk| desk.save_as(path)).await
}

#[tauri::command]
#[specta::specta]
async fn undo(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::undo).await
}

#[tauri::command]
#[specta::specta]
async fn redo(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::redo).await
}

#[tauri::command]
#[specta::specta]
async fn select(desk: State<'_, SharedDesk>, what_if: Option<String>) -> Answer<StudyView> {
    at(desk, |desk| desk.select(what_if)).await
}

#[tauri::command]
#[specta::specta]
async fn add_what_if(desk: State<'_, SharedDesk>, name: String) -> Answer<StudyView> {
    at(desk, |desk| desk.add_what_if(name)).await
}

#[tauri::command]
#[specta::specta]
async fn duplicate_what_if(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.duplicate_what_if(id)).await
}

#[tauri::command]
#[specta::specta]
async fn rename_what_if(
    desk: State<'_, SharedDesk>,
    id: String,
    name: String,
) -> Answer<StudyView> {
    at(desk, |desk| desk.rename_what_if(id, name)).await
}

#[tauri::command]
#[specta::specta]
async fn remove_what_if(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.remove_what_if(id)).await
}

#[tauri::command]
#[specta::specta]
async fn move_lever(
    desk: State<'_, SharedDesk>,
    lever: String,
    position: f64,
    gesture: u32,
) -> Answer<StudyView> {
    at(desk, move |desk| desk.move_lever(lever, position, gesture)).await
}

#[tauri::command]
#[specta::specta]
async fn reset_lever(desk: State<'_, SharedDesk>, lever: String) -> Answer<StudyView> {
    at(desk, |desk| desk.reset_lever(lever)).await
}

#[tauri::command]
#[specta::specta]
async fn study(desk: State<'_, SharedDesk>) -> Answer<StudyView> {
    at(desk, Desk::study).await
}

/// Answers the run's number at once; the updates follow through the channel. A window that has gone
/// cannot be told, and the run does not mind.
#[tauri::command]
#[specta::specta]
async fn start_run(desk: State<'_, SharedDesk>, on_update: Channel<RunUpdate>) -> Answer<u32> {
    at(desk, move |desk| {
        desk.start_run(move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
async fn cancel_run(desk: State<'_, SharedDesk>, run: u32) -> Answer<()> {
    at(desk, move |desk| desk.cancel_run(run)).await
}

#[tauri::command]
#[specta::specta]
async fn save_figure(desk: State<'_, SharedDesk>, figure: String, path: String) -> Answer<()> {
    at(desk, |desk| desk.save_figure(figure, path)).await
}
