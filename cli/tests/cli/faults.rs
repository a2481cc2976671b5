//! Wrong studies are answered with every fault at once, and status 2.

use crate::{STUDY, json, millrace, output, refused, text, workspace};
use std::path::Path;

fn shipped() -> String {
    std::fs::read_to_string(workspace().join("scenarios").join(format!("{STUDY}.toml"))).unwrap()
}

/// The shipped study with some of its words replaced, in a file.
fn spoilt(folder: &Path, words: &[(&str, &str)]) -> String {
    let spoilt = words.iter().fold(shipped(), |text, (from, to)| {
        assert!(text.contains(from), "the study has no `{from}` to spoil");
        text.replacen(from, to, 1)
    });
    let path = folder.join("study.toml");
    std::fs::write(&path, spoilt).unwrap();
    path.display().to_string()
}

#[test]
fn every_fault_comes_at_once_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = [
        ("\npeople = ", "\npeopel = "),
        ("focus = \"", "focus = \"very "),
    ];
    let study = spoilt(folder.path(), &wrong);
    let line = |word: &str| {
        let text = std::fs::read_to_string(&study).unwrap();
        1 + text.lines().position(|l| l.starts_with(word)).unwrap()
    };
    let faults = refused(&["check", &study]);
    for (word, said) in [
        ("peopel", "did you mean `people`?"),
        ("focus = \"very", "very"),
    ] {
        let at = format!("study.toml:{}:", line(word));
        assert!(faults.contains(&at), "no fault at `{at}`:\n{faults}");
        assert!(faults.contains(said), "nothing about `{said}`:\n{faults}");
    }
    for command in ["run", "compare", "levers"] {
        assert_eq!(refused(&[command, &study]), faults, "{command}");
    }
}

#[test]
fn faults_are_also_there_for_programs() {
    let folder = tempfile::tempdir().unwrap();
    let study = spoilt(folder.path(), &[("\npeople = ", "\npeopel = ")]);
    let out = output(&["check", &study, "--json"]);
    assert_eq!(out.status.code(), Some(2));
    let found: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let faults = found["faults"].as_array().unwrap();
    assert!(
        faults
            .iter()
            .all(|f| f["message"].is_string() && f["line"].is_number()),
        "{faults:?}"
    );
    assert!(!faults.is_empty());
    assert_eq!(
        json(&["check", STUDY, "--json"])["faults"],
        serde_json::json!([])
    );
}

#[test]
fn what_is_no_study_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    for (study, said) in [
        (file("large.toml", &vec![b'#'; (4 << 20) + 1]), "4 MB"),
        (file("latin1.toml", b"name = \"Z\xfcrich\""), "UTF-8"),
        (file("empty.toml", b""), "empty"),
        (file("picture.toml", b"\x00\x01\x02"), "picture.toml"),
        (folder.path().display().to_string(), "folder"),
        (
            folder.path().join("none.toml").display().to_string(),
            "no such file",
        ),
        ("siloed".into(), STUDY),
        (String::new(), STUDY),
    ] {
        let error = refused(&["check", &study]);
        assert!(
            error.contains(said),
            "`{study}` should be told about {said}: {error}"
        );
    }
}

#[test]
fn names_from_a_file_cannot_move_the_cursor() {
    let folder = tempfile::tempdir().unwrap();
    let study = spoilt(
        folder.path(),
        &[("name = \"App team\"", "name = \"\\u001b[2JApp team\"")],
    );
    assert!(!text(&["check", &study]).contains('\u{1b}'));
}

#[test]
fn every_study_in_the_folder_travels_in_the_program() {
    let elsewhere = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(workspace().join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let out = millrace()
                .args(["check", name])
                .current_dir(elsewhere.path())
                .output()
                .unwrap();
            assert!(
                out.status.success(),
                "{name}: {}",
                String::from_utf8_lossy(&out.stderr)
            );
        }
    }
}

#[test]
fn wrong_arguments_have_the_status_of_faults() {
    for args in [
        vec!["run"],
        vec!["run", STUDY, "-n", "1"],
        vec!["run", STUDY, "--threads", "0"],
        vec!["run", STUDY, "--set", "people"],
        vec!["run", STUDY, "--what-if", "no-such"],
        vec!["compare", STUDY, "--what-if", "no-such"],
        vec!["fly", STUDY],
    ] {
        refused(&args);
    }
}
