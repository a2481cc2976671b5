//! What outlives the session: settings, recent files, changes that nobody saved.

use super::{Answer, Desk};
use crate::keep::{Keep, RecentView, RecoveredView, Settings, Shown};
use crate::view::StudyView;
use std::path::PathBuf;

impl Desk {
    /// Keep settings, recent files and unsaved changes in a folder; without one, nothing outlives the session.
    pub fn keep_in(&mut self, folder: PathBuf) {
        self.keep = Keep::in_folder(folder);
    }

    /// What a person has set.
    ///
    /// # Errors
    /// Never.
    pub fn settings(&self) -> Answer<Settings> {
        Ok(self.keep.settings())
    }

    /// Set it, for this session and those to come.
    ///
    /// # Errors
    /// Never: where nothing can be kept, nothing is.
    pub fn keep_settings(&self, settings: Settings) -> Answer<()> {
        self.keep.set(&settings);
        Ok(())
    }

    /// Study files that were open before, the last one first.
    ///
    /// # Errors
    /// Never.
    pub fn recent(&self) -> Answer<Vec<RecentView>> {
        Ok(self.keep.recent())
    }

    /// Forget a recent file.
    ///
    /// # Errors
    /// Never.
    pub fn forget_recent(&self, path: String) -> Answer<()> {
        self.keep.forget(&path);
        Ok(())
    }

    /// Studies whose changes were not saved when the program ended, the last changed first.
    ///
    /// # Errors
    /// Never.
    pub fn recovered(&self) -> Answer<Vec<RecoveredView>> {
        Ok(self.keep.recovered())
    }

    /// Open what was not saved. It belongs to the file it came from, unless that was written since: then
    /// saving asks where to. Nothing is written by opening it. The what-if that was shown is shown again; the
    /// view is for the face to open.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open_recovered(&mut self, id: String) -> Answer<StudyView> {
        let about = self.keep.recovered().into_iter().find(|r| r.id == id);
        let text = self.keep.text_of(&id)?;
        let shown = about
            .as_ref()
            .map_or_else(Shown::default, |a| a.shown.clone());
        let path = about.filter(|a| !a.file_is_newer).and_then(|a| a.path);
        self.open(text, path.map(PathBuf::from))?;
        let document = self.document()?;
        document.never_saved();
        if shown.what_if.is_some() {
            // One that is gone is no reason to open nothing.
            let _ = document.select(shown.what_if);
        }
        self.view = shown.view;
        let study = self.study()?;
        // The changes are kept under this session's name by now.
        self.keep.discard(&id);
        Ok(study)
    }

    /// Throw away what was not saved.
    ///
    /// # Errors
    /// Never.
    pub fn discard_recovered(&self, id: String) -> Answer<()> {
        self.keep.discard(&id);
        Ok(())
    }

    /// The person leaves the open study and has said what is to become of its changes.
    ///
    /// # Errors
    /// Never.
    pub fn leave(&mut self) -> Answer<()> {
        self.keep.safe();
        Ok(())
    }

    /// The person looks at another view of the open study, by the name that the face gives it.
    ///
    /// # Errors
    /// Never.
    pub fn look_at(&mut self, view: String) -> Answer<()> {
        self.view = view;
        self.keep_changes();
        Ok(())
    }

    /// Keeps what is not on disk.
    pub(super) fn keep_changes(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        if document.is_dirty() {
            let name = &document.scenario.baseline.study.name;
            let path = document.path.as_deref();
            let shown = Shown {
                what_if: document.active().map(|w| w.id.clone()),
                view: self.view.clone(),
            };
            self.keep
                .changed(&document.digest(), document.text(), name, path, &shown);
        } else {
            self.keep.safe();
        }
    }

    /// A file was opened or saved.
    pub(super) fn note_recent(&mut self) {
        if let Some(document) = &self.document
            && let Some(path) = &document.path
        {
            self.keep
                .opened(path, &document.scenario.baseline.study.name);
        }
    }
}
