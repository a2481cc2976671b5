//! What ships is current and right.

use millrace_app_core::templates::TEMPLATES;
use millrace_core::scenario::{Scenario, json_schema};

/// The schema beside the studies is the one the format declares; `MILLRACE_WRITE_SCHEMA=1` rewrites it.
#[test]
fn the_schema_beside_the_studies_is_current() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../scenarios/study.schema.json"
    );
    let now = format!("{:#}\n", json_schema());
    if std::env::var_os("MILLRACE_WRITE_SCHEMA").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == now,
        "run the test with MILLRACE_WRITE_SCHEMA=1 and commit {path}"
    );
}

#[test]
fn every_shipped_study_and_every_what_if_in_it_is_valid() {
    assert!(!TEMPLATES.is_empty());
    for t in TEMPLATES {
        let scenario = Scenario::read(t.text).unwrap_or_else(|f| panic!("{}: {f:?}", t.id));
        for w in &scenario.what_ifs {
            scenario
                .variant(Some(&w.id), &[])
                .unwrap_or_else(|f| panic!("{}, {}: {f:?}", t.id, w.id));
        }
    }
}
