//! What both faces do: studies on disk, edits with undo, runs with progress and cancel.
//!
//! (being built) The window calls one `Desk`. Its operations, all answering `Result<_, Refusal>`:
//!
//! ```text
//! templates() -> Vec<TemplateView>
//! open_template(id: String) -> StudyView            open_file(path: String) -> StudyView
//! save() -> StudyView                               save_as(path: String) -> StudyView
//! undo() -> StudyView                               redo() -> StudyView
//! select(what_if: Option<String>) -> StudyView
//! add_what_if(name: String) -> StudyView            duplicate_what_if(id) -> StudyView
//! rename_what_if(id, name) -> StudyView             remove_what_if(id) -> StudyView
//! move_lever(lever: String, position: f64, gesture: u32) -> StudyView
//!     moves of one gesture (a drag) are one undo step; on the baseline tab a move makes a new what-if
//!     and selects it
//! reset_lever(lever: String) -> StudyView
//! study() -> StudyView
//! start_run(on_update) -> u32                       run the active variant (and the baseline)
//! cancel_run(run: u32)
//! save_figure(figure: String, path: String)         .svg, .png or .csv by extension
//! ```

pub mod view;
