//! The desk: the one open study, its edits and its runs. Every face works at a desk.

use crate::document::{Document, invalid};
use crate::keep::Keep;
use crate::levers::{self as lever_views, Rest};
use crate::run::{Order, SharedMemory, go};
use crate::verdict::Price;
use crate::view::{Assumed, Refusal, RefusalCode, RunUpdate, StudyView, TemplateView, WhatIfView};
use crate::{files, map, templates};
use millrace_core::experiment::Cancel;
use millrace_core::scenario::{Scenario, Value, WhatIf};
use millrace_report::draw::{self, Size, Theme};
use millrace_report::table;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

mod advice;
mod assess;
mod colleague;
mod describe;
mod digest;
mod disagree;
mod investigate;
mod levers;
mod parameters;
mod present;
mod recovery;
mod replay;
mod structure;
mod task;
mod what_ifs;
pub use colleague::{ColleagueView, TheirState, TheirsView};
pub use task::Progress;
use task::Tasks;
pub use what_ifs::{Named, TeamCost, WhatIfDetails, WhatIfForm};

type Answer<T> = Result<T, Refusal>;

fn refuse<T>(code: RefusalCode, message: impl Into<String>) -> Answer<T> {
    Err(Refusal {
        code,
        message: message.into(),
        faults: Vec::new(),
    })
}

/// One open study.
#[derive(Default)]
pub struct Desk {
    document: Option<Document>,
    /// The baseline that `rest` and `memory` are of.
    baseline: Option<String>,
    rest: Rest,
    memory: SharedMemory,
    runs: u32,
    running: Option<Running>,
    tasks: Tasks,
    keep: Keep,
    /// The view that is on screen, as the face names it.
    view: String,
}

/// The run that is going on.
struct Running {
    number: u32,
    cancel: Cancel,
    /// Its first message was sent.
    told: Arc<AtomicBool>,
}

impl Desk {
    /// An empty desk.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The shipped studies.
    ///
    /// # Errors
    /// Never.
    pub fn templates(&self) -> Answer<Vec<TemplateView>> {
        Ok(templates::views())
    }

    /// Open an unsaved copy of a shipped study.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn open_template(&mut self, id: String) -> Answer<StudyView> {
        match templates::template(&id) {
            Some(t) => self.open(t.text.to_owned(), None),
            None => refuse(
                RefusalCode::NotFound,
                format!("There is no shipped study `{id}`."),
            ),
        }
    }

    /// Open a study file. What was open stays open if it cannot be.
    ///
    /// # Errors
    /// If it cannot be read or is no valid study.
    pub fn open_file(&mut self, path: String) -> Answer<StudyView> {
        let path = PathBuf::from(path);
        let text = files::read(&path)?;
        let study = self.open(text, Some(path))?;
        self.note_recent();
        Ok(study)
    }

    fn open(&mut self, text: String, path: Option<PathBuf>) -> Answer<StudyView> {
        self.put(Document::open(text, path)?)
    }

    /// A document in the place of what was open.
    fn put(&mut self, document: Document) -> Answer<StudyView> {
        self.stop();
        self.cancel_tasks();
        self.document = Some(document);
        self.study()
    }

    /// Forget what was remembered of another baseline, after an edit, undo or another study.
    fn remember_only_the_open(&mut self) {
        let open = self.document.as_ref().map(without_what_ifs);
        if self.baseline != open {
            self.baseline = open;
            self.memory = SharedMemory::default();
            self.rest = Rest::default();
        }
    }

    fn document(&mut self) -> Answer<&mut Document> {
        match &mut self.document {
            Some(d) => Ok(d),
            None => refuse(RefusalCode::NotFound, "No study is open."),
        }
    }

    /// Save where it was opened from.
    ///
    /// # Errors
    /// If it has no file yet, or the file cannot be written.
    pub fn save(&mut self) -> Answer<StudyView> {
        match self.document()?.path.clone() {
            Some(path) => self.save_to(path),
            None => refuse(RefusalCode::NeedsPath, "The study has no file yet."),
        }
    }

    /// Save to a file.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn save_as(&mut self, path: String) -> Answer<StudyView> {
        self.save_to(PathBuf::from(path))
    }

    fn save_to(&mut self, path: PathBuf) -> Answer<StudyView> {
        let document = self.document()?;
        files::write(&path, document.text().as_bytes())?;
        document.saved(path);
        self.note_recent();
        self.study()
    }

    /// Take the last step back.
    ///
    /// # Errors
    /// If there is none.
    pub fn undo(&mut self) -> Answer<StudyView> {
        self.document()?.undo()?;
        self.study()
    }

    /// Bring it back.
    ///
    /// # Errors
    /// If there is none.
    pub fn redo(&mut self) -> Answer<StudyView> {
        self.document()?.redo()?;
        self.study()
    }

    /// Show a what-if, or the baseline.
    ///
    /// # Errors
    /// If there is none of that id.
    pub fn select(&mut self, what_if: Option<String>) -> Answer<StudyView> {
        self.document()?.select(what_if)?;
        self.study()
    }

    /// What is open, for drawing.
    ///
    /// # Errors
    /// If nothing is.
    pub fn study(&mut self) -> Answer<StudyView> {
        self.remember_only_the_open();
        self.keep_changes();
        let Some(document) = &self.document else {
            return refuse(RefusalCode::NotFound, "No study is open.");
        };
        let scenario = &document.scenario;
        let active = document.active();
        let variant = scenario
            .variant(active.map(|w| w.id.as_str()), &[])
            .map_err(|f| invalid(&f))?;
        let study = &scenario.baseline.study;
        let rest = &mut self.rest;
        Ok(StudyView {
            name: study.name.clone(),
            description: study.description.clone(),
            path: document.path.as_ref().map(|p| p.display().to_string()),
            dirty: document.is_dirty(),
            digest: document.digest(),
            baseline_digest: digest::named(&without_what_ifs(document)),
            undo: document.undo_label().map(str::to_owned),
            redo: document.redo_label().map(str::to_owned),
            seed: format!("{}", study.seed),
            replications: study.run.replications as u32,
            active: active.map(|w| w.id.clone()),
            what_ifs: scenario
                .what_ifs
                .iter()
                .map(|w| what_if(scenario, w, rest))
                .collect(),
            parts: lever_views::parts(scenario, active, rest),
            map: map::map(&variant, &scenario.baseline),
            assumed: assumed(scenario),
            steps: document.steps(),
        })
    }

    /// Run the shown variant beside the baseline, on a thread of its own; a run that was going on is
    /// ended. Returns its number at once.
    ///
    /// # Errors
    /// If no study is open.
    pub fn start_run(
        &mut self,
        on_update: impl Fn(RunUpdate) + Send + Sync + 'static,
    ) -> Answer<u32> {
        self.stop();
        self.remember_only_the_open();
        self.runs += 1;
        let number = self.runs;
        let document = self.document()?;
        let scenario = &document.scenario;
        let active = document.active();
        let variant = |id: Option<&str>| scenario.variant(id, &[]).map_err(|f| invalid(&f));
        let counts = assumed(scenario);
        let study = &scenario.baseline.study;
        let order = Order {
            number,
            target: study.run.replications as u64,
            baseline: variant(None)?,
            what_if: match active {
                Some(w) => Some((
                    variant(Some(&w.id))?,
                    w.id.clone(),
                    w.name.clone(),
                    price(scenario, w),
                )),
                None => None,
            },
            notes: vec![
                study.name.clone(),
                format!("seed {}", study.seed),
                format!("Millrace {}", env!("CARGO_PKG_VERSION")),
                format!("assumed: {} of {} numbers", counts.assumed, counts.total),
            ],
        };
        let cancel = Cancel::default();
        let told = Arc::new(AtomicBool::new(false));
        self.running = Some(Running {
            number,
            cancel: cancel.clone(),
            told: told.clone(),
        });
        let memory = self.memory();
        std::thread::spawn(move || {
            go(&order, &memory, &cancel, &|update| {
                told.store(true, Ordering::Relaxed);
                on_update(update);
            });
        });
        Ok(number)
    }

    /// What is kept of the open baseline.
    fn memory(&mut self) -> SharedMemory {
        self.remember_only_the_open();
        self.memory.clone()
    }

    /// End a run.
    ///
    /// # Errors
    /// Never: a run that is over is over.
    pub fn cancel_run(&mut self, run: u32) -> Answer<()> {
        if self.running.as_ref().is_some_and(|r| r.number == run) {
            self.stop();
        }
        Ok(())
    }

    fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.cancel.cancel();
        }
    }

    /// A run that has shown something gives way to what is about to change: an edit beside a thousand
    /// years on all cores would wait. One that has not is left to show its first picture, or a drag
    /// would never see any.
    fn make_way(&mut self) {
        let shown = |r: &Running| r.told.load(Ordering::Relaxed);
        if self.running.as_ref().is_some_and(shown) {
            self.stop();
        }
    }

    /// Draw a chart of the last results into a file: SVG, PNG or CSV by its ending.
    ///
    /// # Errors
    /// If there is no such chart, or the file cannot be written.
    pub fn save_figure(&self, figure: String, path: String) -> Answer<()> {
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.figures.is_empty() {
            return refuse(RefusalCode::NoResult, "There is no result to draw yet.");
        }
        let Some(found) = memory.figures.iter().find(|f| f.id == figure).cloned() else {
            return refuse(
                RefusalCode::NotFound,
                format!("There is no chart `{figure}`."),
            );
        };
        drop(memory);
        let path = Path::new(&path);
        let size = Size::fitting(&found);
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default()
            .to_lowercase();
        let bytes = match ending.as_str() {
            "svg" => draw::svg(&found, size, Theme::Light).map(String::into_bytes),
            "png" => draw::png(&found, size, Theme::Light),
            "csv" => Ok(table::csv(&found).into_bytes()),
            _ => {
                return refuse(
                    RefusalCode::CannotWrite,
                    format!("{} ends in neither .svg, .png nor .csv.", path.display()),
                );
            }
        };
        match bytes {
            Ok(bytes) => files::write(path, &bytes),
            Err(e) => refuse(
                RefusalCode::CannotWrite,
                format!("The chart cannot be drawn: {e}."),
            ),
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop();
        self.cancel_tasks();
    }
}

/// The baseline as one line of text.
fn without_what_ifs(document: &Document) -> String {
    let Value::Table(sections) = &document.scenario.baseline.tree.value else {
        return String::new();
    };
    sections
        .iter()
        .filter(|(name, _)| name != "what_ifs")
        .map(|(name, node)| format!("{name} = {}\n", node.inline()))
        .collect()
}

fn price(scenario: &Scenario, w: &WhatIf) -> Price {
    Price {
        person_weeks: scenario.person_weeks(&w.id),
        full_effect_week: w.start_week + full_effect(w),
    }
}

/// Weeks to full effect: the what-if's own, or those of its slowest lever.
fn full_effect(w: &WhatIf) -> f64 {
    let levers = w
        .levers
        .keys()
        .map(|l| millrace_core::scenario::lever::weeks(l));
    levers.fold(w.full_effect_weeks, f64::max)
}

fn what_if(scenario: &Scenario, w: &WhatIf, rest: &mut Rest) -> WhatIfView {
    WhatIfView {
        id: w.id.clone(),
        name: w.name.clone(),
        by: (!w.by.is_empty()).then(|| w.by.clone()),
        changes: lever_views::sentences(scenario, w, rest),
        includes: w.includes.clone(),
        person_weeks: scenario.person_weeks(&w.id),
        start_week: w.start_week,
        full_effect_weeks: full_effect(w),
        digest: digest::of_what_if(scenario, w),
    }
}

/// Numbers that describe the organisation, and those without a source of their own.
pub(crate) fn assumed(scenario: &Scenario) -> Assumed {
    let numbers = scenario
        .baseline
        .parameters
        .iter()
        .filter(|p| p.value.is_number())
        .filter(|p| {
            !["format", "seed", "run", "presentation"]
                .contains(&p.path.split('.').next().unwrap_or_default())
        });
    let (mut assumed, mut total) = (0, 0);
    for p in numbers {
        total += 1;
        assumed += u32::from(p.source == "assumption" || p.source == "default");
    }
    Assumed { assumed, total }
}
