//! One command for each operation of the desk: decode, call, encode. One file a topic.

mod describe;
mod disagree;
mod investigate;
mod present;
mod replay;
mod study;
mod task;

use std::sync::{Arc, Mutex, PoisonError};

use millrace_app_core::Desk;
use millrace_app_core::view::{Refusal, TaskUpdate};
use tauri::{State, Wry};

type Answer<T> = Result<T, Refusal>;

/// The desk that every command works at, one at a time.
pub type SharedDesk = Arc<Mutex<Desk>>;

/// The study file named on the command line, until the window has asked for it.
pub type StartPath = Mutex<Option<String>>;

/// Every command with its types: the window's calls and its bindings come from this one list.
pub fn all() -> tauri_specta::Builder<Wry> {
    tauri_specta::Builder::new()
        .commands(tauri_specta::collect_commands![
            study::start_path,
            study::templates,
            study::open_template,
            study::open_file,
            study::save,
            study::save_as,
            study::undo,
            study::redo,
            study::select,
            study::add_what_if,
            study::duplicate_what_if,
            study::rename_what_if,
            study::remove_what_if,
            study::move_lever,
            study::reset_lever,
            study::study,
            study::start_run,
            study::cancel_run,
            study::save_figure,
            disagree::numbers,
            disagree::disagree,
            disagree::start_weighing,
            describe::describe,
            describe::open_made,
            describe::questions,
            describe::assess,
            describe::advice,
            describe::take_advice,
            present::set_steps,
            present::ignored,
            replay::start_replay,
            task::cancel_task,
            investigate::compare,
            investigate::paths,
            investigate::why,
            investigate::rank,
            investigate::combine,
            investigate::flip,
            investigate::make_what_if,
            investigate::adopt,
        ])
        .typ::<TaskUpdate<()>>()
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
