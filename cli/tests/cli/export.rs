//! Charts and numbers for documents.

use crate::{SHORT, STUDY, output, text};

#[test]
fn every_variant_gets_its_charts_and_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("made/on the way");
    let args = [
        "export",
        STUDY,
        "--what-if",
        "canary",
        "--out",
        out.to_str().unwrap(),
    ];
    let said = text(&[&args[..], &SHORT[..]].concat());
    assert!(said.contains("47 files"), "{said}");
    for variant in ["baseline", "what-ifs/canary"] {
        for figure in [
            "lead-time",
            "incidents",
            "where-time-goes",
            "utilisation",
            "wip",
            "cumulative-flow",
            "delivered-by-week",
        ] {
            let read = |ending: &str| {
                let path = out.join(variant).join(format!("{figure}.{ending}"));
                std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
            };
            assert!(read("svg").starts_with(b"<svg"), "{variant}/{figure}.svg");
            assert!(
                read("png").starts_with(b"\x89PNG"),
                "{variant}/{figure}.png"
            );
            let numbers = String::from_utf8(read("csv")).unwrap();
            assert!(
                numbers.contains("8 simulated years"),
                "{variant}/{figure}.csv: {numbers}"
            );
        }
    }
    for variant in ["baseline", "what-ifs/canary"] {
        for (sheet, first) in [("groups", "by,id,"), ("weeks", "week,counted,")] {
            let path = out.join(variant).join(format!("{sheet}.csv"));
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with(first), "{variant}/{sheet}.csv: {text}");
        }
    }
    let results = std::fs::read_to_string(out.join("results.json")).unwrap();
    let compared = text(
        &[
            &["compare", STUDY, "--json", "--what-if", "canary"],
            &SHORT[..],
        ]
        .concat(),
    );
    assert_eq!(results, compared);
}

#[test]
fn a_folder_that_cannot_be_made_is_said_before_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let out = output(&[
        "export",
        STUDY,
        "-n",
        "1000000",
        "--out",
        file.join("x").to_str().unwrap(),
    ]);
    assert_eq!(out.status.code(), Some(1));
}
