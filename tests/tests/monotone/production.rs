//! Defects, gates against them, and what reaches users.

use super::{always, check, lead, on_average};
use millrace_core::engine::Replication;
use millrace_tests::plain::{
    exponential, plain, poisson_with, simulate, stage_with, stream, team, team_with,
};

/// Changes with defects, from one team to a second and to users at once, for good.
fn made(of_team: &str, of_pair: f64, pipeline: &str, production: &str, gate: &str) -> Vec<String> {
    let defects = "rework_share = 0\ndefects = { functional = 0.4, security = 0.2 }";
    vec![
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson_with(0.3, "risk = { medium = 1 }"),
        stage_with("a", "t", &exponential(1.0), defects),
        stage_with(
            "b",
            "u",
            "\"0 hours\"",
            "rework_share = 0\ndefects = { functional = 0.2 }",
        ),
        team_with("t", 8, of_team),
        team("u", 8),
        format!(
            "[[handoffs.pairs]]\nfrom = \"t\"\nto = \"u\"\ndelay = \"0 hours\"\nsender_effort = \"0 hours\"\n\
             receiver_effort = \"0 hours\"\nlost_information = {of_pair:?}\n\
             [pipeline]\n{pipeline}\n[production]\n{production}\n{gate}"
        ),
    ]
}

fn escaped(r: &Replication) -> f64 {
    r.escaped
}

fn impact(r: &Replication) -> f64 {
    r.impact_hours
}

const LATENT: &str = "latent_life = { functional = \"1e7 hours\", security = \"1e7 hours\" }";

fn gate(discrimination: f64, strictness: f64, more: &str) -> String {
    format!(
        "[[governance.gates]]\nid = \"g\"\nafter = \"b\"\nkind = \"automated\"\nduration = \"0 hours\"\n\
         discrimination = {discrimination:?}\nstrictness = {strictness:?}\ntriage = \"0 hours\"\n{more}\n"
    )
}

#[test]
fn more_defects_are_made_under_load_in_a_hurry_and_where_information_is_lost() {
    let latent = |team: &str, pair: f64, pipeline: &str| made(team, pair, pipeline, LATENT, "");
    let train = |rush: f64| {
        latent(
            "",
            0.0,
            &format!("policy = \"train\"\nevery = \"1 week\"\nrush = {rush:?}"),
        )
    };
    check(&[
        always(
            "lost information",
            latent("", 0.0, ""),
            latent("", 0.5, ""),
            escaped,
        ),
        always(
            "load beyond capacity",
            latent("load = { domains = 2, capacity = 2, effort = 0 }", 0.0, ""),
            latent("load = { domains = 3, capacity = 2, effort = 0 }", 0.0, ""),
            escaped,
        ),
        always("hurry before a train", train(1.0), train(4.0), escaped),
    ]);
}

#[test]
fn a_gate_that_sees_less_lets_more_through() {
    let with = |gate: &str, bad_fix: f64| {
        made(
            "",
            0.0,
            "",
            &format!("{LATENT}\nbad_fix = {bad_fix:?}"),
            gate,
        )
    };
    let covers = "covers = [\"security\"]";
    check(&[
        always(
            "without a gate",
            with(&gate(1.5, 0.5, ""), 0.0),
            with("", 0.0),
            escaped,
        ),
        always(
            "a blunter gate",
            with(&gate(2.0, 0.5, ""), 0.0),
            with(&gate(1.0, 0.5, ""), 0.0),
            escaped,
        ),
        always(
            "a laxer gate",
            with(&gate(1.5, 0.6, ""), 0.0),
            with(&gate(1.5, 0.4, ""), 0.0),
            escaped,
        ),
        always(
            "a gate for one category",
            with(&gate(1.5, 0.5, ""), 0.0),
            with(&gate(1.5, 0.5, covers), 0.0),
            escaped,
        ),
        always(
            "a gate for one risk class that is not there",
            with(&gate(1.5, 0.5, ""), 0.0),
            with(&gate(1.5, 0.5, "risks = [\"high\"]"), 0.0),
            escaped,
        ),
        on_average(
            "repairs that go wrong",
            with(&gate(1.5, 0.5, ""), 0.0),
            with(&gate(1.5, 0.5, ""), 0.4),
            escaped,
        ),
        on_average(
            "false stops that take time",
            with(&gate(0.0, 0.5, ""), 0.0),
            with(
                &gate(0.0, 0.5, "").replace("\"0 hours\"\n", "\"1 hour\"\n"),
                0.0,
            ),
            lead,
        ),
    ]);
}

/// Defects that show: a strategy of one's own, and what happens then.
fn shown(strategy: &str, pipeline: &str, production: &str) -> Vec<String> {
    made(
        "",
        0.0,
        &format!("strategy = \"own\"\nstrategies = [{{ id = \"own\", {strategy} }}]\n{pipeline}"),
        &format!(
            "latent_life = {{ functional = \"2 hours\", security = \"20 hours\" }}\nrepair_share = 0\n{production}"
        ),
        "",
    )
}

const AT_ONCE: &str = "undo = \"none\", steps = [{ share = 1 }]";

#[test]
fn what_lasts_longer_hurts_more() {
    let detected = |hours: u32| shown(AT_ONCE, "", &format!("detection = \"{hours} hours\""));
    let fixed = |hours: u32| shown(AT_ONCE, "", &format!("fix = \"{hours} hours\""));
    let down = |hours: u32| shown(&format!("{AT_ONCE}, downtime = \"{hours} hours\""), "", "");
    let talk = |hours: u32| shown(AT_ONCE, "", &format!("coordination = \"{hours} hours\""));
    let outages = |n: u32| shown(AT_ONCE, "", &format!("background_incidents = {n}"));
    check(&[
        always("slower detection", detected(1), detected(4), impact),
        always("longer fixes", fixed(2), fixed(4), impact),
        always("more coordination", talk(0), talk(2), impact),
        always("more downtime", down(0), down(1), impact),
        always("more outages", outages(1), outages(5), |r| {
            r.background_incidents
        }),
        on_average(
            "fewer people to call",
            shown(AT_ONCE, "", "responders = 8"),
            shown(AT_ONCE, "", "responders = 16"),
            impact,
        ),
    ]);
}

#[test]
fn what_reaches_more_users_sooner_hurts_more() {
    let canary = |hours: u32, undo: &str| {
        shown(
            &format!(
                "undo = {undo}, steps = [{{ share = 0.05, bake = \"{hours} hours\" }}, {{ share = 1 }}]"
            ),
            "policy = \"batch\"",
            "detection = \"2 hours\"",
        )
    };
    let back = |lines: &str| {
        shown(
            "undo = \"automatic\", steps = [{ share = 1 }]",
            lines,
            "detection = \"1 hour\"\nfix = \"8 hours\"",
        )
    };
    check(&[
        on_average(
            "everyone at once",
            canary(6, "\"none\""),
            canary(0, "\"none\""),
            impact,
        ),
        on_average(
            "no check of its own: customer incidents",
            canary(6, "\"automatic\", self_check = \"10 minutes\""),
            canary(6, "\"automatic\""),
            |r| r.change_incidents,
        ),
        on_average("no way back", back(""), back("undo = \"none\""), impact),
        on_average(
            "changes that cannot be taken back",
            back(""),
            back("irreversible = { code = 1 }"),
            impact,
        ),
    ]);
}

/// With d′ = 6 and the line drawn at its strictest, one defect in three million is missed.
#[test]
fn a_perfect_gate_lets_nothing_of_its_category_through() {
    let with = |covers: &str| {
        let perfect = gate(6.0, 1.0, &format!("covers = [{covers}]"));
        let parts = made("", 0.0, "", &format!("{LATENT}\nbad_fix = 0"), &perfect);
        simulate(&plain(81, 20, &parts), 8).1
    };
    let sum = |runs: &[Replication]| runs.iter().map(|r| r.escaped).sum::<f64>();
    let everything =
        with("\"functional\", \"performance\", \"security\", \"compliance\", \"operational\"");
    assert_eq!(sum(&everything), 0.0, "something escapes a perfect gate");
    let found: f64 = everything.iter().map(|r| r.gates[0][1]).sum();
    assert!(found > 1000.0, "there was hardly anything to find: {found}");
    // Of each kind as many escape a gate for the other as were made: 0.6 to 0.2, and none that do not exist.
    let (functional, security, none) = (
        sum(&with("\"security\"")),
        sum(&with("\"functional\"")),
        sum(&with("\"compliance\"")),
    );
    assert!(
        functional + security == none && functional > 2.0 * security,
        "{functional} functional and {security} security defects of {none}"
    );
}

#[test]
fn without_defects_nothing_fails_whatever_the_strategy_and_the_gates() {
    for (strategy, steps) in [
        ("undo = \"none\"", AT_ONCE),
        (
            "canary",
            "undo = \"automatic\", self_check = \"1 minute\", steps = [{ share = 0.1, bake = \"4 hours\" }, { share = 1 }]",
        ),
    ] {
        let mut parts = shown(steps, "", "detection = \"1 minute\"");
        parts.push(gate(1.0, 0.7, ""));
        let parts: Vec<String> = parts
            .iter()
            .map(|p| {
                p.replace("defects = { functional = 0.4, security = 0.2 }", "")
                    .replace("defects = { functional = 0.2 }", "")
            })
            .collect();
        for r in simulate(&plain(82, 20, &parts), 8).1 {
            assert!(
                r.deployments > 500.0 && r.gates[0][3] > 0.0,
                "nothing happened"
            );
            let failures = [
                r.escaped,
                r.failed_deployments,
                r.rework_deployments,
                r.self_stopped,
                r.incidents(),
                r.impact_hours,
                r.recovery.n,
                r.gates[0][0],
            ];
            assert_eq!(failures, [0.0; 8], "{strategy}");
        }
    }
}
