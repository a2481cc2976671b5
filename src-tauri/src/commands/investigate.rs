//! Questions about the open study that take seconds; each answers its task's number at once, the rest
//! follows through the channel.

use millrace_app_core::investigate::combine::CombineView;
use millrace_app_core::investigate::compare::CompareView;
use millrace_app_core::investigate::flip::FlipView;
use millrace_app_core::investigate::path::PathsView;
use millrace_app_core::investigate::proposal::Proposal;
use millrace_app_core::investigate::rank::RankView;
use millrace_app_core::investigate::why::{WhyId, WhyView};
use millrace_app_core::view::{StudyView, TaskUpdate};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, SharedDesk, at};

#[tauri::command]
#[specta::specta]
pub async fn compare(
    desk: State<'_, SharedDesk>,
    what_ifs: Vec<String>,
    on_update: Channel<TaskUpdate<CompareView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.compare(what_ifs, move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn paths(
    desk: State<'_, SharedDesk>,
    what_ifs: Vec<String>,
    on_update: Channel<TaskUpdate<PathsView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.paths(what_ifs, move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn why(
    desk: State<'_, SharedDesk>,
    on_update: Channel<TaskUpdate<WhyView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.why(move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn rank(
    desk: State<'_, SharedDesk>,
    on_update: Channel<TaskUpdate<RankView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.rank(move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn combine(
    desk: State<'_, SharedDesk>,
    what_ifs: Vec<String>,
    budget: Option<f64>,
    on_update: Channel<TaskUpdate<CombineView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.combine(what_ifs, budget, move |update| {
            drop(on_update.send(update));
        })
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn flip(
    desk: State<'_, SharedDesk>,
    what_if: String,
    by: WhyId,
    on_update: Channel<TaskUpdate<FlipView>>,
) -> Answer<u32> {
    at(desk, move |desk| {
        desk.flip(what_if, by, move |update| drop(on_update.send(update)))
    })
    .await
}

#[tauri::command]
#[specta::specta]
pub async fn make_what_if(desk: State<'_, SharedDesk>, proposal: Proposal) -> Answer<StudyView> {
    at(desk, move |desk| desk.make_what_if(&proposal)).await
}

#[tauri::command]
#[specta::specta]
pub async fn adopt(desk: State<'_, SharedDesk>, what_if: String) -> Answer<StudyView> {
    at(desk, move |desk| desk.adopt(&what_if)).await
}
