//! The first ten minutes: describing an organisation, the assessment, advice.

use millrace_app_core::Desk;
use millrace_app_core::advice::AdviceView;
use millrace_app_core::assess::{AnswerView, AssessedView, QuestionView};
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

#[tauri::command]
#[specta::specta]
pub async fn questions(desk: State<'_, SharedDesk>) -> Answer<Vec<QuestionView>> {
    at(desk, |desk| desk.questions()).await
}

#[tauri::command]
#[specta::specta]
pub async fn assess(desk: State<'_, SharedDesk>, answers: Vec<AnswerView>) -> Answer<AssessedView> {
    at(desk, |desk| desk.assess(answers)).await
}

#[tauri::command]
#[specta::specta]
pub async fn advice(desk: State<'_, SharedDesk>) -> Answer<Vec<AdviceView>> {
    at(desk, Desk::advice).await
}

#[tauri::command]
#[specta::specta]
pub async fn take_advice(desk: State<'_, SharedDesk>, id: String) -> Answer<StudyView> {
    at(desk, |desk| desk.take_advice(id)).await
}
