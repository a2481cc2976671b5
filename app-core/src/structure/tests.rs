use super::plan::plan;
use super::write::write;
use super::{Edit, GateForm};
use crate::document::Document;
use crate::templates::TEMPLATES;
use crate::view::{Refusal, RefusalCode};
use millrace_core::scenario::Study;

fn template(id: &str) -> Document {
    let found = TEMPLATES.iter().find(|t| t.id == id).unwrap();
    Document::open(found.text.to_owned(), None).unwrap()
}

fn siloed() -> Document {
    template("siloed-to-integrated")
}

fn shown(document: &Document) -> Study {
    let id = document.active().map(|w| w.id.as_str());
    document.scenario.variant(id, &[]).unwrap().study
}

fn make(document: &mut Document, edit: &Edit) -> Result<(), Refusal> {
    let plan = plan(&shown(document), edit)?;
    write(document, &plan)
}

fn stages(document: &Document) -> Vec<String> {
    let study = shown(document);
    study.streams[0]
        .stages
        .iter()
        .map(|s| s.id.clone())
        .collect()
}

fn gate_after(document: &Document, gate: &str) -> String {
    let gates = shown(document).governance.gates;
    gates.into_iter().find(|g| g.id == gate).unwrap().after
}

fn insert_stage(beside: &str, after: bool, name: &str) -> Edit {
    Edit::InsertStage {
        beside: beside.into(),
        after,
        name: name.into(),
    }
}

fn insert_gate(beside: &str, after: bool, name: &str, form: GateForm) -> Edit {
    Edit::InsertGate {
        beside: beside.into(),
        after,
        name: name.into(),
        form,
    }
}

fn remove(node: &str) -> Edit {
    Edit::Remove {
        node: node.into(),
        heir: None,
        everywhere: false,
    }
}

fn remove_everywhere(node: &str, heir: Option<&str>) -> Edit {
    Edit::Remove {
        node: node.into(),
        heir: heir.map(str::to_owned),
        everywhere: true,
    }
}

fn shift(node: &str, later: bool) -> Edit {
    Edit::Shift {
        node: node.into(),
        later,
    }
}

/// Every edit that one could try on everything there is.
fn all_edits(study: &Study) -> Vec<Edit> {
    let mut nodes = Vec::new();
    for s in &study.streams {
        nodes.push(format!("demand/{}", s.id));
        nodes.push(format!("release/{}", s.id));
        nodes.extend(s.stages.iter().map(|x| format!("stage/{}/{}", s.id, x.id)));
    }
    nodes.extend(
        study
            .governance
            .gates
            .iter()
            .map(|g| format!("gate/{}", g.id)),
    );
    nodes.extend(study.teams.iter().map(|t| format!("team/{}", t.id)));
    nodes.extend(study.teams.iter().map(|t| format!("tickets/{}", t.id)));
    let team = study.teams.last().unwrap().id.clone();
    let mut edits = vec![Edit::AddTeam {
        name: "New team".into(),
    }];
    for node in nodes {
        for after in [false, true] {
            edits.push(insert_stage(&node, after, "New stage"));
            edits.push(insert_gate(&node, after, "New gate", GateForm::Manual));
            edits.push(shift(&node, after));
        }
        edits.push(Edit::Assign {
            node: node.clone(),
            team: team.clone(),
        });
        edits.push(Edit::Rename {
            node: node.clone(),
            name: "Another name".into(),
        });
        edits.push(Edit::Commit { node: node.clone() });
        edits.push(remove_everywhere(&node, Some(&team)));
        edits.push(remove(&node));
    }
    edits
}

/// Lines of comment, as often as they are there.
fn comments(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = text.lines().filter(|l| l.starts_with('#')).collect();
    found.sort_unstable();
    found
}

#[test]
fn every_edit_makes_a_study_that_undo_takes_back_or_says_why_not() {
    for id in [
        "siloed-to-integrated",
        "three-products",
        "regulated-bank",
        "kanban-board",
    ] {
        let mut document = template(id);
        let before = document.text().to_owned();
        let (mut made, mut refused) = (0, 0);
        for edit in all_edits(&shown(&document)) {
            match make(&mut document, &edit) {
                Ok(()) => {
                    made += 1;
                    assert_ne!(document.text(), before, "{id}: {edit:?} changes nothing");
                    if !matches!(edit, Edit::Remove { .. }) {
                        let kept = comments(document.text());
                        assert_eq!(kept, comments(&before), "{id}: {edit:?} loses a comment");
                    }
                    document.undo().unwrap();
                }
                Err(refusal) => {
                    refused += 1;
                    assert!(
                        matches!(
                            refusal.code,
                            RefusalCode::ImpossibleEdit
                                | RefusalCode::NeedsHeir
                                | RefusalCode::NamedElsewhere
                        ),
                        "{id}: {edit:?}: {refusal:?}"
                    );
                    assert!(
                        refusal.message.len() > 20,
                        "{id}: {edit:?}: {}",
                        refusal.message
                    );
                }
            }
            assert_eq!(document.text(), before, "{id}: {edit:?}");
        }
        assert!(
            made > 20 && refused > 10,
            "{id}: {made} made, {refused} refused"
        );
    }
}

#[test]
fn edits_of_a_what_if_are_its_changes_and_leave_the_baseline_alone() {
    for id in ["siloed-to-integrated", "regulated-bank"] {
        let mut document = template(id);
        let baseline = document.scenario.baseline.study.clone();
        let before = document.text().to_owned();
        document.add_what_if("Mine", 0).unwrap();
        let empty = document.text().to_owned();
        let mut made = 0;
        for edit in all_edits(&baseline) {
            if make(&mut document, &edit).is_ok() {
                made += 1;
                let text = document.text();
                assert!(text.starts_with(before.trim_end()), "{id}: {edit:?}");
                let mine = document.active().unwrap();
                assert!(!mine.changes.is_empty(), "{id}: {edit:?}");
                document.undo().unwrap();
            }
            assert_eq!(document.text(), empty, "{id}: {edit:?}");
        }
        assert!(made > 40, "{id}: {made}");
    }
}

#[test]
fn in_a_what_if_the_same_edit_gives_the_same_structure() {
    let order = |s: &Study| -> Vec<Vec<(String, String)>> {
        let of = |s: &millrace_core::scenario::Stream| {
            let pair = |x: &millrace_core::scenario::Stage| (x.id.clone(), x.team.clone());
            s.stages.iter().map(pair).collect()
        };
        s.streams.iter().map(of).collect()
    };
    let gates = |s: &Study| -> Vec<(String, String)> {
        let of = |g: &millrace_core::scenario::Gate| (g.id.clone(), g.after.clone());
        s.governance.gates.iter().map(of).collect()
    };
    let mut there = siloed();
    let mut here = siloed();
    there.add_what_if("Mine", 0).unwrap();
    for edit in all_edits(&shown(&siloed())) {
        let (a, b) = (make(&mut here, &edit), make(&mut there, &edit));
        if a.is_ok() && b.is_ok() {
            let (x, y) = (shown(&here), shown(&there));
            assert_eq!(order(&x), order(&y), "{edit:?}");
            assert_eq!(gates(&x), gates(&y), "{edit:?}");
        }
        if a.is_ok() {
            here.undo().unwrap();
        }
        if b.is_ok() {
            there.undo().unwrap();
        }
    }
}

#[test]
fn a_stage_is_inserted_where_it_was_asked_for() {
    let mut d = siloed();
    make(
        &mut d,
        &insert_stage("stage/release/development", true, "Design review!"),
    )
    .unwrap();
    make(&mut d, &insert_stage("demand/release", true, "Triage")).unwrap();
    make(
        &mut d,
        &insert_stage("production/release", false, "Hand over"),
    )
    .unwrap();
    let all = [
        "triage",
        "analysis",
        "development",
        "design-review",
        "packaging",
        "testing",
        "preparation",
        "hand-over",
    ];
    assert_eq!(stages(&d), all);
    assert_eq!(shown(&d).streams[0].stages[3].team, "app");
    let text = d.text();
    let (new, next) = (
        text.find("id = \"design-review\""),
        text.find("id = \"packaging\""),
    );
    assert!(
        new < next && new.is_some(),
        "the text has the order of the stages"
    );
    assert_eq!(
        gate_after(&d, "code-review"),
        "development",
        "the gate stays where it was"
    );
}

#[test]
fn between_two_gates_a_stage_takes_the_later_one_along() {
    let mut d = template("regulated-bank");
    make(&mut d, &insert_stage("gate/code-review", true, "Tidy up")).unwrap();
    assert_eq!(gate_after(&d, "code-review"), "development");
    assert_eq!(gate_after(&d, "security-scan"), "tidy-up");
}

#[test]
fn a_heading_stays_when_what_stands_below_it_goes_or_moves() {
    const HEADING: &str = "# ------------------------------------------------------------------------- Teams: who does what?";
    let mut d = siloed();
    make(&mut d, &remove_everywhere("team/app", Some("platform"))).unwrap();
    assert!(
        d.text()
            .contains(&format!("{HEADING}\n\n[[teams]]\nid = \"infrastructure\"")),
        "{}",
        d.text()
    );
    assert_eq!(shown(&d).streams[0].stages[0].team, "platform");
    d.undo().unwrap();
    make(&mut d, &shift("stage/release/packaging", false)).unwrap();
    assert_eq!(stages(&d)[..3], ["analysis", "packaging", "development"]);
    let text = d.text();
    let (own, development) = (
        text.find("# Measured on ten years"),
        text.find("id = \"development\""),
    );
    assert!(own > development, "a comment moves with what it is about");
}

#[test]
fn what_must_stay_is_refused_with_a_way_out() {
    let mut d = siloed();
    let told = |d: &mut Document, edit: &Edit| make(d, edit).unwrap_err();
    let refusal = told(&mut d, &remove("stage/release/development"));
    assert_eq!(refusal.code, RefusalCode::ImpossibleEdit);
    assert!(refusal.message.contains("commit"), "{}", refusal.message);
    let refusal = told(&mut d, &remove("team/infrastructure"));
    assert_eq!(refusal.code, RefusalCode::NeedsHeir);
    assert!(
        refusal.message.contains("“Release preparation”"),
        "{}",
        refusal.message
    );
    let refusal = told(&mut d, &remove("stage/release/testing"));
    assert_eq!(refusal.code, RefusalCode::NamedElsewhere);
    assert!(
        refusal.message.contains("“Stream-aligned teams”"),
        "{}",
        refusal.message
    );
    make(&mut d, &remove_everywhere("stage/release/testing", None)).unwrap();
    assert_eq!(
        gate_after(&d, "acceptance-test"),
        "packaging",
        "its gate stands after the stage before"
    );
    assert!(!d.text().contains("stages.testing.team"));
}

#[test]
fn what_a_what_if_makes_impossible_is_refused_with_its_name_and_reason() {
    let mut d = siloed();
    let edit = Edit::Assign {
        node: "stage/release/packaging".into(),
        team: "qa".into(),
    };
    let refusal = make(&mut d, &edit).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ImpossibleEdit);
    assert!(
        refusal.message.starts_with(
            "“Stream-aligned teams”, “All four, one status screen and automated tests” build on"
        ) && refusal.message.contains("no team `qa`"),
        "{}",
        refusal.message
    );
}

#[test]
fn a_removed_commit_stage_has_another_one_first() {
    let mut d = siloed();
    make(
        &mut d,
        &Edit::Commit {
            node: "stage/release/packaging".into(),
        },
    )
    .unwrap();
    make(
        &mut d,
        &remove_everywhere("stage/release/development", None),
    )
    .unwrap();
    assert_eq!(
        stages(&d),
        ["analysis", "packaging", "testing", "preparation"]
    );
    assert!(
        shown(&d).streams[0].stages[2].returns.is_empty(),
        "nothing is sent back to what is gone"
    );
}

const FORKED: &str = r#"format = 1
name = "Forked"
seed = 1
[[streams]]
id = "s"
commit = "idea"
[[streams.demand]]
id = "d"
per_week = 1
[[streams.stages]]
id = "idea"
team = "a"
effort = "1 hour"
[[streams.stages]]
id = "front"
team = "a"
effort = "1 hour"
[[streams.stages]]
id = "back"
team = "b"
effort = "1 hour"
[[streams.stages]]
id = "test"
team = "a"
effort = "1 hour"
[[streams.forks]]
id = "layers"
join = "test"
parts = [{ id = "f", stages = ["front"] }, { id = "b", stages = ["back"] }]
[[teams]]
id = "a"
people = 3
[[teams]]
id = "b"
people = 3
"#;

#[test]
fn split_work_stays_split() {
    let mut d = Document::open(FORKED.to_owned(), None).unwrap();
    let refusal = make(&mut d, &remove("stage/s/back")).unwrap_err();
    assert!(
        refusal.message.contains("part of split work"),
        "{}",
        refusal.message
    );
    make(&mut d, &insert_stage("stage/s/back", true, "Deep")).unwrap();
    assert_eq!(
        shown(&d).streams[0].forks[0].parts[1].stages,
        ["back", "deep"]
    );
    make(&mut d, &shift("stage/s/deep", false)).unwrap();
    assert_eq!(
        shown(&d).streams[0].forks[0].parts[1].stages,
        ["deep", "back"]
    );
    make(&mut d, &remove("stage/s/back")).unwrap();
    assert_eq!(shown(&d).streams[0].forks[0].parts[1].stages, ["deep"]);
    make(&mut d, &insert_stage("stage/s/test", false, "Meet")).unwrap();
    assert_eq!(shown(&d).streams[0].forks[0].join, "meet");
    make(&mut d, &remove("stage/s/meet")).unwrap();
    assert_eq!(shown(&d).streams[0].forks[0].join, "test");
}

#[test]
fn routes_lead_past_what_goes_and_to_what_comes() {
    let mut d = template("standard-organisation");
    let to = |d: &Document, stage: &str| -> Vec<String> {
        let study = shown(d);
        let stage = study.streams[0]
            .stages
            .iter()
            .find(|s| s.id == stage)
            .unwrap()
            .clone();
        stage
            .next
            .unwrap_or_default()
            .into_iter()
            .map(|n| n.to)
            .collect()
    };
    make(
        &mut d,
        &insert_stage("stage/web/integration", false, "Merge"),
    )
    .unwrap();
    assert_eq!(to(&d, "storefront"), ["merge"]);
    assert_eq!(to(&d, "checkout"), ["merge"]);
    make(&mut d, &remove("stage/web/merge")).unwrap();
    assert_eq!(to(&d, "storefront"), ["integration"]);
    make(&mut d, &insert_stage("stage/web/discovery", true, "Sizing")).unwrap();
    assert_eq!(to(&d, "discovery"), ["sizing"]);
    assert_eq!(to(&d, "sizing"), ["storefront", "checkout"]);
    let refusal = make(&mut d, &remove("stage/web/sizing")).unwrap_err();
    assert!(
        refusal.message.contains("several routes"),
        "{}",
        refusal.message
    );
}
