//! What outlives a session, in one folder: settings, recent files, and the text of a study while it is being
//! changed. A folder that cannot be written keeps nothing and stops nobody.

use crate::files;
use crate::view::Refusal;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Recent files that are remembered.
const MOST_RECENT: usize = 12;

/// What a person has set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Colours; the system's where nothing is set.
    pub theme: Option<Colours>,
    /// Motion; the system's where nothing is set.
    pub motion: Option<Motion>,
    /// The tour was taken or skipped.
    pub tour_seen: bool,
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the words are the documentation")]
pub enum Colours {
    Light,
    Dark,
}

/// How much moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the words are the documentation")]
pub enum Motion {
    Full,
    Reduced,
}

/// A study file that was open before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentView {
    /// The file.
    pub path: String,
    /// The study's name when it was last open.
    pub name: String,
    /// When that was, in seconds of Unix time.
    pub opened: f64,
    /// The file is still there.
    #[serde(default)]
    pub there: bool,
}

/// What of a study was on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Shown {
    /// The id of the what-if; `None`: the baseline.
    pub what_if: Option<String>,
    /// The view, by the name that the face gave it; empty where it gave none.
    pub view: String,
}

/// A study whose changes were not saved when the program ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecoveredView {
    /// Name to open it by.
    pub id: String,
    /// The study's name.
    pub name: String,
    /// The file it was opened from or saved to, if any.
    pub path: Option<String>,
    /// When it was last changed, in seconds of Unix time.
    pub changed: f64,
    /// The file was written after that: opening this does not go back to it.
    pub file_is_newer: bool,
    /// What of it was on screen.
    #[serde(default)]
    pub shown: Shown,
}

/// Where things are kept, and the study that is being kept now.
#[derive(Debug, Default)]
pub struct Keep {
    folder: Option<PathBuf>,
    own: Option<Own>,
}

/// This session's study. The lock tells other sessions that somebody is there.
#[derive(Debug)]
struct Own {
    folder: PathBuf,
    digest: String,
    changed: f64,
    shown: Shown,
    _lock: File,
}

const ABOUT: &str = "about.json";
const TEXT: &str = "study.toml";
const LOCK: &str = "lock";

fn now() -> f64 {
    seconds(SystemTime::now())
}

fn seconds(time: SystemTime) -> f64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0.0, |d| d.as_secs_f64())
}

fn json<T: for<'d> Deserialize<'d>>(path: &Path) -> Option<T> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}

/// A file that cannot be written is one that is not kept.
fn put<T: Serialize>(path: &Path, value: &T) {
    let text = serde_json::to_vec_pretty(value).unwrap_or_default();
    let _ = files::write(path, &text);
}

impl Keep {
    /// Keep things in a folder, which is made if it is not there.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        let there = std::fs::create_dir_all(folder.join("recovery")).is_ok();
        Self {
            folder: there.then_some(folder),
            own: None,
        }
    }

    /// What was set; defaults where nothing was, or nothing legible.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let path = self.folder.as_ref().map(|f| f.join("settings.json"));
        path.and_then(|p| json(&p)).unwrap_or_default()
    }

    /// Set it.
    pub fn set(&self, settings: &Settings) {
        if let Some(folder) = &self.folder {
            put(&folder.join("settings.json"), settings);
        }
    }

    fn recent_path(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("recent.json"))
    }

    /// Recent files, the last one first.
    #[must_use]
    pub fn recent(&self) -> Vec<RecentView> {
        let mut all: Vec<RecentView> = self
            .recent_path()
            .and_then(|p| json(&p))
            .unwrap_or_default();
        for one in &mut all {
            one.there = Path::new(&one.path).is_file();
        }
        all
    }

    /// A file was opened or saved.
    pub fn opened(&self, path: &Path, name: &str) {
        let path = path.display().to_string();
        let mut all = self.recent();
        all.retain(|one| one.path != path);
        let one = RecentView {
            path,
            name: name.to_owned(),
            opened: now(),
            there: true,
        };
        all.insert(0, one);
        all.truncate(MOST_RECENT);
        self.set_recent(&all);
    }

    fn set_recent(&self, all: &[RecentView]) {
        if let Some(path) = self.recent_path() {
            put(&path, &all);
        }
    }

    /// Forget a recent file.
    pub fn forget(&self, path: &str) {
        let mut all = self.recent();
        all.retain(|one| one.path != path);
        self.set_recent(&all);
    }

    fn recovery(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("recovery"))
    }

    /// Keep the text of a study that has changes nobody saved, and what of it is on screen. Nothing is written
    /// while neither changes. The system may hold the file in memory: it outlives the program, and not a loss of
    /// power.
    pub fn changed(
        &mut self,
        digest: &str,
        text: &str,
        name: &str,
        path: Option<&Path>,
        shown: &Shown,
    ) {
        if self.own.is_none() {
            self.own = self.begin();
        }
        let Some(own) = &mut self.own else { return };
        let edited = own.digest != digest;
        if !edited && own.shown == *shown {
            return;
        }
        // What is only looked at makes no study newer than its file.
        let changed = if edited { now() } else { own.changed };
        let about = RecoveredView {
            id: String::new(),
            name: name.to_owned(),
            path: path.map(|p| p.display().to_string()),
            changed,
            file_is_newer: false,
            shown: shown.clone(),
        };
        let about = serde_json::to_vec(&about).unwrap_or_default();
        let write = |file: &str, bytes: &[u8]| {
            // Beside and over: a kill between the two leaves what was there.
            let new = own.folder.join(format!("{file}.new"));
            std::fs::write(&new, bytes).and_then(|()| std::fs::rename(&new, own.folder.join(file)))
        };
        let text = if edited {
            write(TEXT, text.as_bytes())
        } else {
            Ok(())
        };
        if text.and_then(|()| write(ABOUT, &about)).is_ok() {
            digest.clone_into(&mut own.digest);
            (own.changed, own.shown) = (changed, shown.clone());
        }
    }

    fn begin(&self) -> Option<Own> {
        let id = format!("{}-{:.0}", std::process::id(), now() * 1e6);
        let folder = self.recovery()?.join(id);
        std::fs::create_dir_all(&folder).ok()?;
        let lock = File::create(folder.join(LOCK)).ok()?;
        lock.try_lock().ok()?;
        Some(Own {
            folder,
            digest: String::new(),
            changed: 0.0,
            shown: Shown::default(),
            _lock: lock,
        })
    }

    /// There is nothing to lose any more: it was saved, or thrown away on purpose.
    pub fn safe(&mut self) {
        if let Some(own) = self.own.take() {
            let _ = std::fs::remove_dir_all(&own.folder);
        }
    }

    /// Studies of sessions that ended without saving or throwing away, the last changed first.
    #[must_use]
    pub fn recovered(&self) -> Vec<RecoveredView> {
        let entries = self.recovery().and_then(|r| std::fs::read_dir(r).ok());
        let mut all: Vec<RecoveredView> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| recovered(&entry.ok()?.path()))
            .collect();
        all.sort_by(|a, b| b.changed.total_cmp(&a.changed));
        all
    }

    fn of_id(&self, id: &str) -> Option<PathBuf> {
        // An id is a name in the folder and never a way out of it.
        let plain = id.chars().all(|c| c.is_ascii_digit() || c == '-');
        self.recovery()
            .filter(|_| plain && !id.is_empty())
            .map(|r| r.join(id))
    }

    /// The text of a study to recover.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn text_of(&self, id: &str) -> Result<String, Refusal> {
        let folder = self.of_id(id).unwrap_or_default();
        files::read(&folder.join(TEXT))
    }

    /// Throw a study to recover away.
    pub fn discard(&self, id: &str) {
        if let Some(folder) = self.of_id(id) {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// What a folder has to recover, if nobody is using it.
fn recovered(folder: &Path) -> Option<RecoveredView> {
    if let Ok(lock) = File::open(folder.join(LOCK)) {
        lock.try_lock().ok()?;
    }
    let about: RecoveredView = json(&folder.join(ABOUT))?;
    folder.join(TEXT).is_file().then_some(())?;
    let written = about.path.as_ref().and_then(|p| std::fs::metadata(p).ok());
    let written = written.and_then(|m| m.modified().ok()).map_or(0.0, seconds);
    Some(RecoveredView {
        id: folder.file_name()?.to_string_lossy().into_owned(),
        file_is_newer: written > about.changed,
        ..about
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep() -> (tempfile::TempDir, Keep) {
        let folder = tempfile::tempdir().unwrap();
        let keep = Keep::in_folder(folder.path().join("config"));
        (folder, keep)
    }

    fn again(folder: &tempfile::TempDir) -> Keep {
        Keep::in_folder(folder.path().join("config"))
    }

    #[test]
    fn settings_outlive_the_session_and_rubbish_counts_as_none() {
        let (folder, keep) = keep();
        let set = Settings {
            theme: Some(Colours::Dark),
            motion: None,
            tour_seen: true,
        };
        keep.set(&set);
        assert_eq!(again(&folder).settings(), set);
        std::fs::write(folder.path().join("config/settings.json"), "{{{").unwrap();
        assert_eq!(again(&folder).settings(), Settings::default());
    }

    #[test]
    fn the_last_file_comes_first_and_once() {
        let (folder, keep) = keep();
        let file = folder.path().join("a.toml");
        std::fs::write(&file, "").unwrap();
        keep.opened(&file, "A");
        keep.opened(&folder.path().join("gone.toml"), "B");
        keep.opened(&file, "A, renamed");
        let recent = again(&folder).recent();
        let seen: Vec<(&str, bool)> = recent.iter().map(|r| (r.name.as_str(), r.there)).collect();
        assert_eq!(seen, [("A, renamed", true), ("B", false)]);
        keep.forget(&recent[0].path);
        assert_eq!(keep.recent().len(), 1);
        (0..40).for_each(|i| keep.opened(&folder.path().join(format!("{i}")), "x"));
        assert_eq!(keep.recent().len(), MOST_RECENT);
    }

    #[test]
    fn what_was_not_saved_is_there_after_the_end_and_not_before() {
        let (folder, mut keep) = keep();
        let shown = Shown {
            what_if: Some("b".into()),
            view: "compare".into(),
        };
        keep.changed("1", "first", "A", None, &Shown::default());
        keep.changed("2", "second", "A", None, &Shown::default());
        let changed = keep.own.as_ref().unwrap().changed;
        keep.changed("2", "second", "A", None, &shown);
        assert!(
            again(&folder).recovered().is_empty(),
            "somebody is using it"
        );
        // A kill frees the lock and runs nothing else.
        drop(keep.own.take());
        let after = again(&folder);
        let found = after.recovered();
        assert_eq!(found.len(), 1);
        assert_eq!(after.text_of(&found[0].id).unwrap(), "second");
        assert_eq!(found[0].shown, shown);
        assert!((found[0].changed - changed).abs() < 1e-3);
        after.discard(&found[0].id);
        assert!(after.recovered().is_empty());
    }

    #[test]
    fn what_was_saved_or_thrown_away_is_not_offered() {
        let (folder, mut keep) = keep();
        keep.changed("1", "first", "A", None, &Shown::default());
        keep.safe();
        drop(keep);
        assert!(again(&folder).recovered().is_empty());
    }

    #[test]
    fn an_id_leads_nowhere_else() {
        let (folder, keep) = keep();
        let secret = folder.path().join("study.toml");
        std::fs::write(&secret, "mine").unwrap();
        assert!(keep.text_of("../..").is_err());
        keep.discard("../..");
        assert!(secret.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_keeps_nothing_and_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let mut keep = Keep::in_folder(file.join("config"));
        keep.set(&Settings::default());
        keep.opened(&file, "A");
        keep.changed("1", "x", "A", None, &Shown::default());
        assert!(keep.recent().is_empty() && keep.recovered().is_empty());
    }
}
