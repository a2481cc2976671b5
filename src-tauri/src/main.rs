//! The desktop shell: one window, one desk, one command for each of the desk's operations.
//!
//! `millrace-app [STUDY]` opens the window, on a study if one is named.

// A release build on Windows would otherwise open a console behind the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

#[cfg(test)]
mod bindings;
mod commands;

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use commands::{SharedDesk, StartPath};
use millrace_app_core::Desk;
use tauri::Manager;
use thread_priority::{ThreadPriority, ThreadPriorityValue};

/// Of 100, where 50 is what an ordinary thread has: simulations use what the window leaves them.
const SIMULATION_PRIORITY: u8 = 25;

fn main() -> ExitCode {
    simulate_in_the_background();
    let desk: SharedDesk = Arc::new(Mutex::new(Desk::new()));
    let start: StartPath = Mutex::new(named_study());
    let window = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(desk.clone())
        .manage(start)
        .invoke_handler(commands::all().invoke_handler())
        .setup(move |app| {
            // Without a folder of its own the app works, and remembers nothing.
            if let Ok(folder) = app.path().app_config_dir() {
                let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
                desk.keep_in(folder);
            }
            Ok(())
        })
        .run(tauri::generate_context!());
    match window {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("Millrace cannot open its window: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Gives the threads that simulate a lower priority than those that draw. Where the system refuses, the
/// window only stutters more.
fn simulate_in_the_background() {
    let priority = ThreadPriorityValue::try_from(SIMULATION_PRIORITY).expect("below 100");
    let threads = rayon::ThreadPoolBuilder::new().start_handler(move |_| {
        ThreadPriority::Crossplatform(priority)
            .set_for_current()
            .unwrap_or(());
    });
    threads
        .build_global()
        .expect("nothing was simulated before");
}

/// The first argument, made absolute: the study keeps its file whatever directory a dialog moves to.
fn named_study() -> Option<String> {
    let named = std::env::args_os().nth(1)?;
    let path = std::path::absolute(&named).unwrap_or_else(|_| named.into());
    Some(path.to_string_lossy().into_owned())
}
