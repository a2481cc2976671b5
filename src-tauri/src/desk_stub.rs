//! Stands in for `millrace_app_core::Desk` until it lands: refuses everything.

use millrace_app_core::view::{Refusal, RefusalCode, RunUpdate, StudyView, TemplateView};

type Answer<T> = Result<T, Refusal>;

fn nothing<T>() -> Answer<T> {
    Err(Refusal {
        code: RefusalCode::NotFound,
        message: "No study is open.".into(),
        faults: vec![],
    })
}

#[derive(Default)]
pub struct Desk;

#[allow(clippy::unused_self, missing_docs)]
impl Desk {
    pub fn new() -> Self {
        Self
    }
    pub fn templates(&self) -> Answer<Vec<TemplateView>> {
        Ok(vec![])
    }
    pub fn open_template(&mut self, _id: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn open_file(&mut self, _path: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn save(&mut self) -> Answer<StudyView> {
        nothing()
    }
    pub fn save_as(&mut self, _path: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn undo(&mut self) -> Answer<StudyView> {
        nothing()
    }
    pub fn redo(&mut self) -> Answer<StudyView> {
        nothing()
    }
    pub fn select(&mut self, _what_if: Option<String>) -> Answer<StudyView> {
        nothing()
    }
    pub fn add_what_if(&mut self, _name: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn duplicate_what_if(&mut self, _id: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn rename_what_if(&mut self, _id: String, _name: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn remove_what_if(&mut self, _id: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn move_lever(
        &mut self,
        _lever: String,
        _position: f64,
        _gesture: u32,
    ) -> Answer<StudyView> {
        nothing()
    }
    pub fn reset_lever(&mut self, _lever: String) -> Answer<StudyView> {
        nothing()
    }
    pub fn study(&self) -> Answer<StudyView> {
        nothing()
    }
    pub fn start_run(
        &mut self,
        _on_update: impl Fn(RunUpdate) + Send + Sync + 'static,
    ) -> Answer<u32> {
        nothing()
    }
    pub fn cancel_run(&mut self, _run: u32) -> Answer<()> {
        nothing()
    }
    pub fn save_figure(&self, _figure: String, _path: String) -> Answer<()> {
        nothing()
    }
}
