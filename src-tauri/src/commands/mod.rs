//! One command for each operation of the desk: decode, call, encode. One file a topic.

mod describe;
mod disagree;
mod investigate;
mod parameters;
mod present;
mod recovery;
mod replay;
mod structure;
mod study;
mod task;
mod what_ifs;

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
            what_ifs::add_what_if,
            what_ifs::duplicate_what_if,
            what_ifs::rename_what_if,
            what_ifs::remove_what_if,
            what_ifs::combine_what_ifs,
            what_ifs::place_what_if,
            what_ifs::what_if_form,
            what_ifs::describe_what_if,
            what_ifs::look_at_colleague,
            what_ifs::take_what_ifs,
            parameters::parameters,
            parameters::set_parameter,
            parameters::reset_parameter,
            recovery::settings,
            recovery::keep_settings,
            recovery::recent,
            recovery::forget_recent,
            recovery::recovered,
            recovery::open_recovered,
            recovery::look_at,
            recovery::discard_recovered,
            recovery::leave,
            study::move_lever,
            study::raise_lever,
            study::reset_lever,
            study::study,
            study::start_run,
            study::cancel_run,
            study::save_figure,
            disagree::numbers,
            disagree::disagree,
            disagree::start_weighing,
            structure::edit_structure,
            structure::place_weeks,
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
