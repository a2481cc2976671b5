//! A comparison in parts: the same bits as the whole, and refused where it could not be.

use crate::{millrace, output, refused, text};
use std::path::Path;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn name(path: &Path) -> &str {
    path.to_str().expect("a path of text")
}

/// Run part `shard` of a comparison.
fn part(comparison: &[&str], shard: &str, folder: &Path) -> String {
    let to = ["--shard", shard, "--out", name(folder)];
    text(&[&["compare"], comparison, &to[..]].concat())
}

/// The whole and seven parts, made in another order and one of them twice.
fn the_same(comparison: &[&str]) {
    let whole = text(&[&["compare"], comparison, &["--json"]].concat());
    let folder = folder();
    for i in [4, 7, 1, 4, 3, 6, 2, 5] {
        part(comparison, &format!("{i}/7"), folder.path());
    }
    let merged = text(&["merge", name(folder.path()), "--json"]);
    assert!(merged == whole, "the merge of {comparison:?} is another");
    // In any order, and a part named twice counts once.
    let file = |i: u32| name(&folder.path().join(format!("{i}-of-7.part"))).to_owned();
    let parts: Vec<String> = [5, 7, 6, 2, 3, 1, 4, 3].map(file).into();
    let out = folder.path().join("whole.json");
    let mut args: Vec<&str> = parts.iter().map(String::as_str).collect();
    args.extend(["-o", name(&out)]);
    text(&[&["merge"][..], &args].concat());
    assert!(std::fs::read_to_string(&out).unwrap() == whole, "{args:?}");
}

#[test]
fn seven_parts_are_the_whole_where_a_pilot_finds_the_warm_up() {
    the_same(&["kanban-board", "-n", "41"]);
}

#[test]
fn seven_parts_are_the_whole_where_years_share_what_is_unknown() {
    the_same(&[
        "start-up",
        "--set",
        "teams.product.people={ low = 4, likely = 6, high = 9 }",
        "--lever",
        "release-rhythm=weekly",
        "--seed",
        "77",
        "-n",
        "75",
    ]);
}

#[test]
fn a_complete_part_is_not_run_again() {
    let folder = folder();
    let args = ["start-up", "-n", "8"];
    assert!(part(&args, "2/2", folder.path()).contains("part 2 of 2 is complete: 4 of 4 years"));
    let file = folder.path().join("2-of-2.part");
    let (bytes, written) = (std::fs::read(&file).unwrap(), file.metadata().unwrap());
    assert!(part(&args, "2/2", folder.path()).contains("was complete"));
    let again = file.metadata().unwrap();
    assert_eq!(again.modified().unwrap(), written.modified().unwrap());
    // A damaged one is made anew.
    std::fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
    assert!(part(&args, "2/2", folder.path()).contains("is complete"));
    assert!(std::fs::read(&file).unwrap() == bytes);
}

#[test]
fn parts_of_different_wholes_are_refused_and_missing_ones_named() {
    let (one, two) = (folder(), folder());
    part(&["start-up", "-n", "8"], "1/4", one.path());
    part(&["start-up", "-n", "8"], "3/4", one.path());
    let error = refused(&["merge", name(one.path())]);
    assert!(
        error.contains("of 4 parts, these are missing: 2, 4"),
        "{error}"
    );
    for (args, shard, why) in [
        (&["start-up", "-n", "8", "--seed", "9"][..], "2/4", "seed"),
        (&["start-up", "-n", "10"], "2/4", "years: 10 and not 8"),
        (&["start-up", "-n", "8"], "2/3", "part 2 of 3 and not of 4"),
        (&["kanban-board", "-n", "8"], "2/4", "a part of"),
    ] {
        part(args, shard, two.path());
        let file = two.path().join(format!("2-of-{}.part", &shard[2..]));
        let error = refused(&["merge", name(one.path()), name(&file)]);
        assert!(error.contains(why), "{error} does not name {why}");
        std::fs::remove_dir_all(two.path()).unwrap();
    }
}

#[test]
fn what_is_in_the_way_is_not_replaced() {
    let folder = folder();
    part(&["start-up", "-n", "8"], "1/2", folder.path());
    let to = ["--shard", "1/2", "--out", name(folder.path())];
    let error = refused(&[&["compare", "start-up", "-n", "8", "--seed", "9"], &to[..]].concat());
    assert!(
        error.contains("in the way") && error.contains("seed"),
        "{error}"
    );
    let file = folder.path().join("2-of-2.part");
    std::fs::write(&file, "mine").unwrap();
    let to = ["--shard", "2/2", "--out", name(folder.path())];
    let error = refused(&[&["compare", "start-up", "-n", "8"], &to[..]].concat());
    assert!(error.contains("no part of a study"), "{error}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
}

#[test]
fn a_part_has_two_years_at_least() {
    let args = ["compare", "start-up", "-n", "8", "--shard", "1/5", "--out"];
    let error = refused(&[&args[..], &[name(folder().path())]].concat());
    assert!(error.contains("4 parts or fewer"), "{error}");
    assert_eq!(
        output(&["compare", "start-up", "--shard", "0/3", "--out", "x"])
            .status
            .code(),
        Some(2)
    );
}

#[cfg(unix)]
#[test]
fn a_part_told_to_end_keeps_what_it_has_and_is_no_part_of_a_merge() {
    let folder = folder();
    let child = millrace()
        .args(["compare", "start-up", "-n", "1000000", "--shard", "1/1"])
        .args(["--out", name(folder.path())])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the command starts");
    std::thread::sleep(std::time::Duration::from_secs(2));
    // What batch engines send before they take a machine away.
    let sent = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill starts").success());
    let out = child.wait_with_output().expect("it ends");
    assert_eq!(out.status.code(), Some(130));
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(
        said.contains("run it again to go on") && !said.contains(": 0 of"),
        "{said}"
    );
    let error = refused(&["merge", name(folder.path())]);
    assert!(error.contains("of 1000000 years: run it again"), "{error}");
}
