//! Streams that go through pipelines of their own.

use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, run};
use millrace_core::model::{Model, ReleasePolicy, Strategy, WayBack};
use millrace_core::scenario::{Scenario, Variant};
use millrace_tests::plain::{exponential, plain, poisson, read, stage, team, variant};

const HERE: &str = "[pipeline]\nsteps = [{ id = \"build\", duration = \"30 minutes\" }]\nstrategy = \"own\"\n\
    strategies = [{ id = \"own\", undo = \"by hand\", steps = [{ share = 1 }] }]\n";

/// Two streams of two teams, both released; `pipelines` and what-ifs after them.
fn two(of_second: &str, pipelines: &str) -> String {
    let released = |id: &str, more: &str| {
        format!("[[streams]]\nid = \"{id}\"\ncommit = \"{id}-work\"\n{more}\n")
    };
    plain(
        5,
        52,
        &[
            released("first", ""),
            poisson(0.05),
            stage("first-work", "t", &exponential(8.0)),
            released("second", of_second),
            poisson(0.04),
            stage("second-work", "u", &exponential(9.0)),
            team("t", 1),
            team("u", 1),
            "[production]\nbackground_incidents = 2\n".into(),
            HERE.into(),
            pipelines.into(),
        ],
    )
}

fn named(id: &str, fields: &str) -> String {
    format!("[[pipelines]]\nid = \"{id}\"\nstrategy = \"own\"\n{fields}\n")
}

fn years(variant: &Variant) -> Vec<Replication> {
    run(&variant.model(None), 0, 12, &Cancel::default())
}

fn baseline(text: &str) -> Model {
    read(text).baseline.model(None)
}

fn strategy(model: &Model, stream: usize) -> &Strategy {
    let release = model.streams[stream].release.as_ref().expect("released");
    &model.strategies[release.strategy[0]]
}

fn refused(text: &str, path: &str, message: &str, hint: &str) {
    let faults = Scenario::read(text).expect_err("it is refused");
    let found = faults.iter().any(|f| {
        let hinted = f.hint.as_deref().unwrap_or_default().contains(hint);
        f.path == path && f.message.contains(message) && hinted && f.line.is_some()
    });
    assert!(found, "expected {path}, {message}, {hint}; came {faults:?}");
}

const SLOW: &str = "steps = [{ id = \"build\", duration = \"20 hours\" }]";

#[test]
fn a_slower_pipeline_delays_its_stream_by_as_much_and_leaves_the_other_alone() {
    let text = two("", &named("slow", SLOW))
        + "[[what_ifs]]\nid = \"w\"\nname = \"W\"\nchanges = [{ set = \"streams.second.pipeline\", to = \"slow\" }]\n";
    let scenario = read(&text);
    let (before, after) = (
        years(&scenario.baseline),
        years(&variant(&scenario, Some("w"))),
    );
    for (b, a) in before.iter().zip(&after) {
        assert_eq!(
            a.groups[0], b.groups[0],
            "the first stream kept its pipeline"
        );
        let mean = |r: &Replication| r.groups[1].lead_time.sum / r.groups[1].lead_time.n;
        let longer = mean(a) - mean(b);
        assert!(
            (longer - 19.5).abs() < 1e-6,
            "expected 19.5 hours more in the pipeline, came {longer}"
        );
    }
}

#[test]
fn a_pipeline_that_says_the_same_changes_no_bit() {
    let same = named(
        "same",
        "steps = [{ id = \"build\", duration = \"30 minutes\" }]",
    );
    let (with, without) = (two("pipeline = \"same\"", &same), two("", ""));
    let (with, without) = (read(&with), read(&without));
    assert!(years(&with.baseline) == years(&without.baseline));
}

#[test]
fn streams_that_name_none_and_have_no_common_pipeline_deliver_what_is_finished() {
    let own = "[[pipelines]]\nid = \"own\"\nstrategy = \"rolling\"\n[platform]\ncapabilities = [\
        { id = \"build-and-deploy-automation\", level = 2 }]\n";
    let model = baseline(&two("pipeline = \"own\"", own).replace(HERE, ""));
    assert!(model.streams[0].release.is_none() && model.streams[1].release.is_some());
    assert_eq!(strategy(&model, 1).id, "rolling");
}

#[test]
fn each_pipeline_has_its_policy_and_its_way_back() {
    let quick = named(
        "quick",
        "policy = \"train\"\nevery = \"1 week\"\nundo = \"automatic\"",
    );
    let model = baseline(&two("pipeline = \"quick\"", &quick));
    let policies = model
        .streams
        .iter()
        .map(|s| &s.release.as_ref().expect("released").policy);
    let trains: Vec<bool> = policies
        .map(|p| matches!(p, ReleasePolicy::Train { .. }))
        .collect();
    assert_eq!(trains, [false, true]);
    let (first, second) = (strategy(&model, 0), strategy(&model, 1));
    assert_eq!((&first.id, &second.id), (&"own".into(), &"own".into()));
    assert!(
        matches!(first.way_back, WayBack::ByHand { .. }),
        "{first:?}"
    );
    assert!(
        matches!(second.way_back, WayBack::Automatic(_)),
        "{second:?}"
    );
}

#[test]
fn a_strategy_of_one_pipeline_is_none_of_another() {
    let theirs = "steps = []\nstrategies = [{ id = \"theirs\", steps = [{ share = 1 }] }]";
    let text = two("pipeline = \"far\"", &named("far", theirs));
    let model = baseline(&text.replace(
        "id = \"far\"\nstrategy = \"own\"",
        "id = \"far\"\nstrategy = \"theirs\"",
    ));
    assert_eq!(strategy(&model, 1).id, "theirs");
    let here = text.replacen("strategy = \"own\"", "strategy = \"theirs\"", 1);
    refused(
        &here,
        "pipeline.strategy",
        "no deployment strategy `theirs`",
        "",
    );
}

#[test]
fn a_lever_moves_every_pipeline() {
    let quick = named("quick", "policy = \"each\"");
    let text = two("pipeline = \"quick\"", &quick)
        + "[[what_ifs]]\nid = \"w\"\nname = \"W\"\n[what_ifs.levers]\nrelease-rhythm = \"weekly\"\n\
           strategy = \"all at once\"\n";
    let changed = variant(&read(&text), Some("w")).model(None);
    for stream in 0..2 {
        let release = changed.streams[stream].release.as_ref().expect("released");
        let weekly = matches!(release.policy, ReleasePolicy::Train { every, .. } if every == millrace_core::time::WEEK);
        assert!(weekly, "stream {stream}: {:?}", release.policy);
        assert_eq!(strategy(&changed, stream).id, "recreate", "stream {stream}");
    }
    let alone = two("pipeline = \"quick\"", &quick.replace("own", "recreate")).replace(HERE, "");
    let offered = millrace_core::scenario::lever::offered(&read(&alone).baseline);
    assert!(offered.iter().any(|l| l.id == "release-rhythm"));
}

#[test]
fn what_is_wrong_in_a_pipeline_is_told_by_its_name() {
    let slow = named("slow", SLOW);
    refused(
        &two("pipeline = \"slwo\"", &slow),
        "streams.second.pipeline",
        "no pipeline `slwo`",
        "slow",
    );
    refused(
        &two(
            "",
            &named(
                "slow",
                "cut_off = \"3 weeks\"\nrollback_team = \"nobody\"\n",
            )
            .replace("own", "canary"),
        ),
        "pipelines.slow.strategy",
        "`canary` needs",
        "set platform.capabilities",
    );
    refused(
        &two(
            "pipeline = \"slow\"",
            &named("slow", "cut_off = \"3 weeks\""),
        ),
        "pipelines.slow.cut_off",
        "not be longer",
        "",
    );
    refused(
        &two(
            "pipeline = \"slow\"",
            &named("slow", "rollback_team = \"nobody\""),
        ),
        "pipelines.slow.rollback_team",
        "no team `nobody`",
        "",
    );
    refused(
        &two("", &named("slow", "runners = 3")),
        "pipelines.slow.runners",
        "no `runners` here",
        "",
    );
    let scenario = read(&two("pipeline = \"slow\"", &slow));
    for path in [
        "streams.second.pipeline",
        "pipelines.slow.policy",
        "pipelines.slow.steps.build.duration",
    ] {
        let listed = scenario
            .baseline
            .parameters
            .iter()
            .any(|p| p.path.starts_with(path));
        assert!(listed, "`{path}` is not among the parameters");
    }
}

#[test]
fn reviews_know_each_strategy_once_and_the_study_s_own_first() {
    let text = two(
        "",
        "[improvement]\nrules = [{ rule = \"safer-strategy\" }]\n",
    );
    let ladder = baseline(&text).improvement.expect("it has reviews").ladder;
    let ids: Vec<&str> = ladder.iter().map(|s| s.id.as_str()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
    assert_eq!(ids[..2], ["own", "recreate"]);
}
