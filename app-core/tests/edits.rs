//! Edits as faces make them: values of the model, what-ifs, a colleague's copy.

use millrace_app_core::Desk;
use millrace_app_core::desk::{TheirState, WhatIfDetails};
use millrace_app_core::parameters::{AskedView, ChangedBy, GivenView, ParameterView};
use millrace_app_core::structure::Edit;
use millrace_app_core::view::{LeverScale, RefusalCode, StudyView};

fn open(id: &str) -> Desk {
    let mut desk = Desk::new();
    desk.open_template(id.into()).unwrap();
    desk
}

fn siloed() -> Desk {
    open("siloed-to-integrated")
}

fn find(desk: &mut Desk, path: &str) -> ParameterView {
    let all = desk.parameters().unwrap();
    all.into_iter().find(|p| p.path == path).unwrap()
}

fn number(value: f64) -> GivenView {
    GivenView::Number { value }
}

const PEOPLE: &str = "teams.qa.people";
const EFFORT: &str = "streams.release.stages.testing.effort";

#[test]
fn every_value_says_what_it_is_where_it_is_and_where_it_comes_from() {
    let mut desk = siloed();
    let all = desk.parameters().unwrap();
    assert!(all.len() > 250, "{}", all.len());
    assert!(
        all.iter()
            .all(|p| !p.label.is_empty() && !p.help.is_empty())
    );
    let effort = find(&mut desk, EFFORT);
    assert_eq!(effort.subject, "Release › Testing");
    assert_eq!(effort.section, "Value stream");
    assert_eq!(
        effort.asked,
        AskedView::Distribution {
            unit: "person-hours".into()
        }
    );
    assert_eq!(
        effort.text,
        "usually 9.01 hours, 85 of 100 within 17.3 hours"
    );
    assert_eq!(effort.source, "assumption");
    let team = find(&mut desk, "streams.release.stages.testing.team");
    let options = ["app", "infrastructure", "platform", "qa"]
        .map(String::from)
        .to_vec();
    assert_eq!(team.asked, AskedView::Choice { options });
    assert_eq!(find(&mut desk, "run.weeks").source, "assumption");
    assert!(find(&mut desk, "seed").shared);
}

#[test]
fn on_the_baseline_a_value_starts_a_what_if_and_a_chip_takes_it_back() {
    let mut desk = siloed();
    let many = desk.study().unwrap().what_ifs.len();
    let study = desk
        .set_parameter(PEOPLE.into(), number(5.0), 1, false)
        .unwrap();
    assert_eq!(study.what_ifs.len(), many + 1);
    assert_eq!(study.what_ifs[many].name, "QA: people");
    let qa = find(&mut desk, PEOPLE);
    assert_eq!((qa.value, qa.baseline), (number(5.0), Some(number(3.0))));
    assert_eq!(qa.changed, Some(ChangedBy::Own));
    desk.set_parameter(PEOPLE.into(), number(6.0), 2, false)
        .unwrap();
    let study = desk.reset_parameter(PEOPLE.into()).unwrap();
    assert!(study.what_ifs[many].changes.is_empty());
    assert_eq!(find(&mut desk, PEOPLE).changed, None);
}

#[test]
fn the_baseline_itself_changes_on_request_and_keeps_its_comments() {
    let mut desk = siloed();
    let study = desk
        .set_parameter(PEOPLE.into(), number(5.0), 1, true)
        .unwrap();
    assert_eq!(study.active, None);
    assert_eq!(find(&mut desk, PEOPLE).value, number(5.0));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("study.toml");
    desk.save_as(path.display().to_string()).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let shipped = include_str!("../../scenarios/siloed-to-integrated.toml");
    assert_eq!(
        text,
        shipped.replace("kind = \"qa\"\npeople = 3", "kind = \"qa\"\npeople = 5")
    );
}

#[test]
fn the_usual_and_the_bad_case_make_a_lognormal() {
    let mut desk = siloed();
    let spread = |of, bad| GivenView::Spread {
        family: "lognormal".into(),
        usual: 8.0,
        of,
        bad,
    };
    for (of, bad) in [(85, 20.0), (95, 34.2)] {
        desk.set_parameter(EFFORT.into(), spread(of, bad), of, false)
            .unwrap();
        let GivenView::Spread { usual, bad, .. } = find(&mut desk, EFFORT).value else {
            panic!("it varies");
        };
        assert!(
            (usual - 8.0).abs() < 1e-3 && (bad - 20.0).abs() < 0.05,
            "{usual} {bad}"
        );
    }
    desk.set_parameter(EFFORT.into(), number(8.0), 9, false)
        .unwrap();
    assert_eq!(find(&mut desk, EFFORT).text, "8 hours");
}

#[test]
fn shares_that_add_up_are_kept_beside_the_one_that_changes() {
    let mut desk = siloed();
    let path = "streams.release.demand.change.risk.high";
    desk.set_parameter(path.into(), number(0.3), 1, false)
        .unwrap();
    let low = find(&mut desk, "streams.release.demand.change.risk.low");
    assert_eq!(low.value, number(0.5));
    assert_eq!(low.changed, None);
    assert!(find(&mut desk, path).changed.is_some());
    let study = desk.reset_parameter(path.into()).unwrap();
    assert!(study.what_ifs.last().unwrap().changes.is_empty());
}

#[test]
fn what_no_study_can_be_is_refused_and_nothing_is_left_behind() {
    let mut desk = siloed();
    let before = desk.study().unwrap();
    for (path, value) in [
        ("teams.qa.focus", number(1.7)),
        (
            "streams.release.stages.testing.team",
            GivenView::Text {
                value: "nobody".into(),
            },
        ),
        (
            PEOPLE,
            GivenView::Text {
                value: "many".into(),
            },
        ),
        (PEOPLE, GivenView::Nothing),
    ] {
        for on_baseline in [false, true] {
            let refusal = desk
                .set_parameter(path.into(), value.clone(), 1, on_baseline)
                .unwrap_err();
            assert_eq!(refusal.code, RefusalCode::ImpossiblePosition, "{path}");
            assert!(refusal.message.ends_with('.'), "{}", refusal.message);
        }
    }
    assert_eq!(desk.study().unwrap(), before);
}

#[test]
fn what_a_lever_sets_is_not_set_behind_its_back() {
    let mut desk = siloed();
    desk.move_lever("release-rhythm".into(), 3.0, 1).unwrap();
    let every = find(&mut desk, "pipeline.every");
    assert!(
        matches!(every.changed, Some(ChangedBy::Lever { ref label, .. }) if label == "Release rhythm")
    );
    let refusal = desk
        .set_parameter("pipeline.every".into(), number(100.0), 2, false)
        .unwrap_err();
    assert!(
        refusal.message.contains("“Release rhythm”"),
        "{}",
        refusal.message
    );
    desk.reset_parameter("pipeline.every".into()).unwrap();
    assert_eq!(find(&mut desk, "pipeline.every").changed, None);
}

fn ids(study: &StudyView) -> Vec<&str> {
    study.what_ifs.iter().map(|w| w.id.as_str()).collect()
}

#[test]
fn what_ifs_are_put_in_any_order_and_say_the_same() {
    let mut desk = siloed();
    let before = desk.study().unwrap();
    let study = desk
        .place_what_if("canary".into(), Some("self-service".into()))
        .unwrap();
    assert_eq!(ids(&study)[..2], ["canary", "self-service"]);
    let study = desk.place_what_if("canary".into(), None).unwrap();
    assert_eq!(ids(&study).last(), Some(&"canary"));
    let mut sorted = study.what_ifs.clone();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut old = before.what_ifs.clone();
    old.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(sorted, old);
}

#[test]
fn a_combination_includes_its_parts_and_is_one_step() {
    let mut desk = siloed();
    let before = desk.study().unwrap();
    let study = desk
        .combine_what_ifs(vec!["self-service".into(), "no-board".into()])
        .unwrap();
    let both = study.what_ifs.last().unwrap();
    assert_eq!(
        both.name,
        "Self-service infrastructure + Policy check instead of the board"
    );
    assert_eq!(both.person_weeks, 24.0);
    assert_eq!(desk.undo().unwrap().what_ifs, before.what_ifs);
}

#[test]
fn a_what_if_is_priced_dated_and_signed() {
    let mut desk = siloed();
    let form = desk.what_if_form("no-board".into()).unwrap();
    assert!(
        form.may_include
            .iter()
            .all(|w| w.id != "integrated" && w.id != "no-board")
    );
    let mut details = form.details;
    details.by = "Ada".into();
    details.start_week = 6.0;
    details.cost[0].person_weeks = 2.0;
    let study = desk
        .describe_what_if("no-board".into(), details.clone())
        .unwrap();
    let w = study.what_ifs.iter().find(|w| w.id == "no-board").unwrap();
    assert_eq!(
        (w.by.as_deref(), w.start_week, w.person_weeks),
        (Some("Ada"), 6.0, 6.0)
    );
    let wrong = WhatIfDetails {
        start_week: -1.0,
        ..details
    };
    assert!(desk.describe_what_if("no-board".into(), wrong).is_err());
}

#[test]
fn what_a_colleague_has_and_this_study_lacks_is_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.toml").display().to_string();
    let mut theirs = siloed();
    theirs.move_lever("approval".into(), 2.0, 1).unwrap();
    theirs
        .set_parameter(PEOPLE.into(), number(4.0), 2, true)
        .unwrap();
    theirs
        .rename_what_if("canary".into(), "Canary only".into())
        .unwrap();
    theirs.save_as(path.clone()).unwrap();

    let mut desk = siloed();
    let seen = desk.look_at_colleague(path.clone()).unwrap();
    assert_eq!(seen.baseline_differs, 1);
    let state = |id: &str| seen.what_ifs.iter().find(|w| w.id == id).unwrap().state;
    assert_eq!(state("no-board"), TheirState::Same);
    assert_eq!(state("canary"), TheirState::Differs);
    assert_eq!(state("what-if"), TheirState::New);
    let many = desk.study().unwrap().what_ifs.len();
    let study = desk
        .take_what_ifs(path, vec!["what-if".into(), "canary".into()])
        .unwrap();
    assert_eq!(study.what_ifs.len(), many + 2);
    assert_eq!(study.what_ifs[many + 1].name, "Canary only");
    assert_ne!(study.what_ifs[many + 1].id, "canary");
}

#[test]
fn a_session_that_is_killed_loses_nothing_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config");
    let file = folder.path().join("mine.toml");
    let start = || {
        let mut desk = Desk::new();
        desk.keep_in(config.clone());
        desk
    };
    let mut first = start();
    first.open_template("siloed-to-integrated".into()).unwrap();
    assert!(
        start().recovered().unwrap().is_empty(),
        "nothing changed yet"
    );
    first.save_as(file.display().to_string()).unwrap();
    let saved = std::fs::read(&file).unwrap();
    first.move_lever("approval".into(), 0.0, 1).unwrap();
    let edited = first
        .set_parameter(PEOPLE.into(), number(6.0), 2, false)
        .unwrap();
    first.look_at("compare".into()).unwrap();
    // A session that is gone: its lock goes with it, and nothing else is tidied up.
    drop(first);

    let mut second = start();
    assert_eq!(second.recent().unwrap()[0].path, file.display().to_string());
    let found = second.recovered().unwrap();
    assert_eq!(found.len(), 1);
    assert!(!found[0].file_is_newer);
    assert_eq!(found[0].shown.view, "compare");
    let study = second.open_recovered(found[0].id.clone()).unwrap();
    assert_eq!(study.what_ifs, edited.what_ifs);
    assert_eq!(study.active, edited.active);
    assert!(study.dirty);
    assert_eq!(
        std::fs::read(&file).unwrap(),
        saved,
        "opening writes nothing"
    );
    drop(second);

    let mut third = start();
    assert_eq!(third.recovered().unwrap().len(), 1, "it is still not saved");
    let id = third.recovered().unwrap()[0].id.clone();
    third.open_recovered(id).unwrap();
    third.save().unwrap();
    assert_ne!(std::fs::read(&file).unwrap(), saved);
    drop(third);
    assert!(start().recovered().unwrap().is_empty());
}

#[test]
fn what_was_written_since_is_not_gone_back_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let mut first = Desk::new();
    first.keep_in(folder.path().join("config"));
    first.open_template("start-up".into()).unwrap();
    first.save_as(file.display().to_string()).unwrap();
    first.add_what_if("Mine".into()).unwrap();
    drop(first);
    let text = std::fs::read(&file).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    std::fs::write(&file, text).unwrap();

    let mut second = Desk::new();
    second.keep_in(folder.path().join("config"));
    let found = second.recovered().unwrap();
    assert!(found[0].file_is_newer);
    let study = second.open_recovered(found[0].id.clone()).unwrap();
    assert_eq!(study.path, None);
    assert_eq!(second.save().unwrap_err().code, RefusalCode::NeedsPath);
}

#[test]
fn what_a_what_if_changes_is_told_by_the_levers_it_moves() {
    let mut desk = Desk::new();
    let study = desk.open_template("siloed-to-integrated".into()).unwrap();
    let said = |id: &str| {
        let of = study.what_ifs.iter().find(|w| w.id == id);
        of.unwrap().changes.clone()
    };
    assert_eq!(said("no-board"), ["Change approval → automated policy"]);
    let canary = said("canary");
    assert!(
        canary.contains(&"Release rhythm → when ready".into()),
        "{canary:?}"
    );
    assert!(!canary.iter().any(|c| c.contains("level")), "{canary:?}");
    let teams = said("stream-aligned");
    assert!(teams.contains(&"Without qa".into()), "{teams:?}");
    assert!(teams.last().unwrap().ends_with("other values"), "{teams:?}");
    let all = said("integrated");
    assert_eq!(all.len(), 6, "what it includes and its own two: {all:?}");
}

const ASKED: &str = "streams.release.stages.testing.requests.test-environments.probability";
const RETURNED: &str = "streams.release.stages.testing.returns.development.probability";
const RULE: &str = "improvement.rules.relax-gate.bound";

#[test]
fn entries_without_an_id_are_values_like_others_and_say_what_they_are_about() {
    let mut desk = siloed();
    let subject = |desk: &mut Desk, path| find(desk, path).subject;
    assert_eq!(
        subject(&mut desk, ASKED),
        "Release › Testing › Tickets to Infrastructure: test environments"
    );
    assert_eq!(
        subject(&mut desk, RETURNED),
        "Release › Testing › Sent back to Development"
    );
    assert_eq!(subject(&mut desk, RULE), "Relax gate");
    let to = "streams.release.stages.testing.returns.development.to";
    assert!(find(&mut desk, to).shared, "paths name the return by it");
}

#[test]
fn an_entry_without_an_id_changes_in_the_baseline_and_every_comment_stays() {
    let mut desk = siloed();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("study.toml").display().to_string();
    desk.set_parameter(RETURNED.into(), number(0.25), 1, true)
        .unwrap();
    desk.save_as(path.clone()).unwrap();
    let shipped = include_str!("../../scenarios/siloed-to-integrated.toml");
    let from = "{ to = \"development\", probability = \"15%\", effort_share = 0.3 }";
    assert_eq!(shipped.matches(from).count(), 1);
    let to = from.replace("15%", "25%");
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        shipped.replace(from, &to)
    );
    let again = Desk::new().open_file(path).unwrap();
    assert_eq!(again.active, None);
}

#[test]
fn an_entry_without_an_id_changes_in_a_what_if_and_survives_undo_and_the_file() {
    let mut desk = siloed();
    for (path, to, was) in [(ASKED, 0.5, 0.35), (RETURNED, 0.25, 0.15), (RULE, 0.4, 0.3)] {
        let study = desk
            .set_parameter(path.into(), number(to), 0, false)
            .unwrap();
        let changed = find(&mut desk, path);
        assert_eq!(changed.value, number(to), "{path}");
        assert_eq!(changed.baseline, Some(number(was)), "{path}");
        assert_eq!(changed.changed, Some(ChangedBy::Own), "{path}");
        let what_if = study.what_ifs.last().unwrap();
        assert_eq!(what_if.changes.len(), 1, "{:?}", what_if.changes);

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("study.toml").display().to_string();
        desk.save_as(file.clone()).unwrap();
        let mut again = Desk::new();
        again.open_file(file).unwrap();
        again.select(Some(what_if.id.clone())).unwrap();
        assert_eq!(find(&mut again, path).value, number(to), "{path}");

        desk.reset_parameter(path.into()).unwrap();
        assert_eq!(find(&mut desk, path).changed, None, "{path}");
        desk.undo().unwrap();
        assert_eq!(find(&mut desk, path).value, number(to), "{path}");
        desk.undo().unwrap();
        desk.undo().unwrap();
        assert_eq!(find(&mut desk, path).value, number(was), "{path}");
        desk.redo().unwrap();
        desk.redo().unwrap();
        assert_eq!(find(&mut desk, path).value, number(to), "{path}");
        desk.select(None).unwrap();
    }
}

/// What a study's file holds.
fn saved(desk: &mut Desk) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("study.toml");
    desk.save_as(path.display().to_string()).unwrap();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_value_of_such_an_entry_and_a_lever_leave_the_same_text_in_either_order() {
    let all: Vec<(String, f64)> = (siloed().study().unwrap().parts.iter())
        .flat_map(|p| &p.levers)
        .filter_map(|l| match &l.scale {
            LeverScale::Options { options } => {
                let free =
                    |i: &usize| options[*i].refused.is_none() && l.current != Some(*i as f64);
                Some((l.id.clone(), (0..options.len()).find(free)? as f64))
            }
            LeverScale::Number { max, .. } => Some((l.id.clone(), *max)),
        })
        .collect();
    let mut same = 0;
    for (lever, position) in &all {
        let made = |lever_first: bool| {
            let mut desk = siloed();
            desk.add_what_if("Both".into()).unwrap();
            for turn in [lever_first, !lever_first] {
                let done = match turn {
                    true => desk.move_lever(lever.clone(), *position, 0),
                    false => desk.set_parameter(RETURNED.into(), number(0.25), 0, false),
                };
                done.map_err(|r| r.code)?;
            }
            Ok::<String, RefusalCode>(saved(&mut desk))
        };
        let (one, other) = (made(true), made(false));
        assert_eq!(one, other, "{lever}");
        same += usize::from(one.is_ok());
    }
    assert!(same > 20, "{same} of {}", all.len());
}

#[test]
fn lists_of_numbers_and_moments_are_given_whole_and_judged() {
    let mut desk = Desk::new();
    desk.open_made(include_str!("everything.toml").into())
        .unwrap();
    let times = "streams.shop.demand.order.times";
    let season = "streams.shop.demand.feature.season";
    let list = |values: &[f64]| GivenView::List {
        values: values.to_vec(),
    };
    assert_eq!(find(&mut desk, times).value, list(&[9.0, 48.0, 80.0]));
    desk.set_parameter(times.into(), list(&[9.0, 57.5]), 0, true)
        .unwrap();
    let text = saved(&mut desk);
    assert!(
        text.contains("times = [\"9 hours\", \"57.5 hours\"] # as counted\n"),
        "{text}"
    );
    let refusal = desk
        .set_parameter(season.into(), list(&[1.0, 2.0]), 0, false)
        .unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ImpossiblePosition);
    assert!(refusal.message.contains("12"), "{}", refusal.message);
    desk.set_parameter(season.into(), list(&[1.0; 12]), 0, false)
        .unwrap();
    assert_eq!(find(&mut desk, season).changed, Some(ChangedBy::Own));
    let target = "outcome.objectives.fast.target";
    desk.set_parameter(target.into(), number(336.0), 0, false)
        .unwrap();
    assert_eq!(find(&mut desk, target).text, "2 weeks");
}

#[test]
fn a_stage_that_goes_takes_along_what_what_ifs_say_of_returns_to_it() {
    let stages = ["a", "b", "c"].map(|id| {
        format!("[[streams.stages]]\nid = \"{id}\"\nteam = \"t\"\neffort = \"1 hour\"\n")
    });
    let text = format!(
        "format = 1\nname = \"x\"\n[[streams]]\nid = \"s\"\ncommit = \"b\"\n\
         [[streams.demand]]\nid = \"d\"\nper_week = 2\n{}\
         returns = [{{ to = \"a\", probability = \"5%\" }}]\n[[teams]]\nid = \"t\"\npeople = 3\n",
        stages.concat()
    );
    let mut desk = Desk::new();
    desk.open_made(text).unwrap();
    let path = "streams.s.stages.c.returns.a.probability";
    let study = desk
        .set_parameter(path.into(), number(0.1), 0, false)
        .unwrap();
    let id = study.active.unwrap();
    desk.select(None).unwrap();
    let remove = |everywhere| Edit::Remove {
        node: "stage/s/a".into(),
        heir: None,
        everywhere,
    };
    let refusal = desk.edit_structure(remove(false)).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NamedElsewhere, "{refusal:?}");
    let study = desk.edit_structure(remove(true)).unwrap();
    let left = study.what_ifs.iter().find(|w| w.id == id).unwrap();
    assert!(left.changes.is_empty(), "{:?}", left.changes);
}
