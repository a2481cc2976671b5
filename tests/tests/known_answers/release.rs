//! Boards, trains, rollouts, and what reaches users on the way.

use super::exact::board;
use super::{case, mean_time, metric, ratio};
use millrace_core::engine::Replication;
use millrace_core::experiment::Metric;
use millrace_tests::case::Case;
use millrace_tests::plain::{poisson, stage, stage_with, stream, team};

/// A stage that takes no time, before something that does.
pub fn instant(per_hour: f64, released: bool, more: &str) -> Vec<String> {
    vec![
        stream("s", "a", "").replace(
            "released = false",
            if released {
                "released = true"
            } else {
                "released = false"
            },
        ),
        poisson(per_hour),
        stage("a", "t", "\"0 hours\""),
        team("t", 1000),
        more.into(),
    ]
}

/// A weekly board that lets everything through.
pub fn meeting(more: &str) -> String {
    format!(
        "[[governance.gates]]\nid = \"board\"\nafter = \"a\"\nkind = \"board\"\nevery = \"1 week\"\n\
         discrimination = 0\nstrictness = 0\ntriage = \"0 hours\"\n{more}\n"
    )
}

pub fn cases() -> Vec<Case> {
    let own = "strategy = \"own\"\nstrategies = [{ id = \"own\", undo = \"none\", steps = [{ share = 0.5, bake = \"1 hour\" }, { share = 1 }] }]\n";
    // A rollout of one hour takes all that is ready: a cycle has the rollout and, if nobody came
    // meanwhile, the wait for the next; who came meanwhile waits half of it.
    let lambda: f64 = 1.3;
    let batch = 1.0 + lambda / 2.0 / (lambda + libm::exp(-lambda));
    vec![
        case(
            "weekly board of 5 places, 4 requests a week: wait",
            "bulk service",
            168.0 * board(4.0, 5),
            (301, 3640, 64),
            &instant(4.0 / 168.0, false, &meeting("places = 5")),
            mean_time(),
        ),
        case(
            "weekly board with a cut-off of 1 day and a session of 2 hours: wait",
            "half a period and what follows it",
            84.0 + 24.0 + 2.0,
            (302, 50, 64),
            &instant(
                0.5,
                false,
                &meeting("cut_off = \"1 day\"\nsession = \"2 hours\"\nfirst = \"3 days\""),
            ),
            mean_time(),
        ),
        case(
            "weekly train: wait",
            "half a period",
            84.0,
            (303, 50, 64),
            &instant(
                0.5,
                true,
                "[pipeline]\npolicy = \"train\"\nevery = \"1 week\"\n",
            ),
            mean_time(),
        ),
        case(
            "train every 3 weeks with a cut-off of 2 days: wait",
            "half a period and the cut-off",
            252.0 + 48.0,
            (304, 60, 64),
            &instant(
                0.5,
                true,
                "[pipeline]\npolicy = \"train\"\nevery = \"3 weeks\"\ndeparts = \"4 days\"\ncut_off = \"2 days\"\n",
            ),
            mean_time(),
        ),
        case(
            "rollouts of an hour, one at a time, load 0.8: lead time",
            "Pollaczek–Khinchine",
            3.0,
            (305, 150, 64),
            &instant(0.8, true, &format!("[pipeline]\n{own}")),
            mean_time(),
        ),
        case(
            "rollouts of an hour that take all that is ready: lead time",
            "renewal cycles",
            batch,
            (306, 10, 64),
            &instant(
                lambda,
                true,
                &format!("[pipeline]\npolicy = \"batch\"\n{own}"),
            ),
            mean_time(),
        ),
        case(
            "pipeline of 20 minutes that fails for no reason in 30%: lead time",
            "geometric re-runs",
            1.0 / 3.0 / 0.7,
            (307, 10, 64),
            &instant(
                2.0,
                true,
                "[pipeline]\nsteps = [{ id = \"build\", duration = \"20 minutes\", flaky = 0.3 }]\n",
            ),
            mean_time(),
        ),
        canary(),
        recovery(),
        background(),
    ]
}

/// Half of the changes have a defect that shows after an exponential exposure; there is no way back, and
/// the fix takes two hours.
fn faulty(life: &str, steps: &str) -> Vec<String> {
    vec![
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson(0.05),
        stage_with("a", "t", "\"0 hours\"", "defects = { functional = 0.5 }"),
        team("t", 1000),
        format!(
            "[pipeline]\nstrategy = \"own\"\nstrategies = [{{ id = \"own\", undo = \"none\", steps = {steps} }}]\n\
             [production]\nlatent_life = {{ functional = \"{life}\" }}\ndetection = \"0 hours\"\n\
             coordination = \"0 hours\"\nfix = \"2 hours\"\nbad_fix = 0\n"
        ),
    ]
}

/// Canary of 5% for 1 hour, then everyone; 2 hours until recovery. Shown at t < 1 h the impact is
/// 0.05(1 − t) + 1 + t, shown later it is 2.
fn canary() -> Case {
    let life = 0.1;
    let rate: f64 = 0.05 / life;
    // ∫₀¹ of (0.05(1 − t) + 1 + t)·rate·exp(−rate·t): 1.05·P + 0.95·E[t; t < 1].
    let early = 1.0 - libm::exp(-rate);
    let mean_early = early / rate - libm::exp(-rate);
    let exact = 1.05 * early + 0.95 * mean_early + 2.0 * (1.0 - early);
    case(
        "canary of 5% for an hour: impact of an incident",
        "integral of exposure",
        exact,
        (308, 10, 64),
        &faulty(
            "0.1 hours",
            "[{ share = 0.05, bake = \"1 hour\" }, { share = 1 }]",
        ),
        ratio(|r: &Replication| (r.impact_hours, r.change_incidents)),
    )
}

/// At once to everyone: every defect is an incident, and a repair is a change of three tenths of the size of
/// what it repairs, with defects of its own.
fn recovery() -> Case {
    let of_risk = |factor: f64| {
        let (mut sum, mut next, mut size) = (0.0, 1.0, 1.0);
        for _ in 0..40 {
            next *= 0.5 * factor * size;
            sum += next;
            size *= 0.3;
        }
        sum
    };
    case(
        "half a defect a change and repairs with defects of their own: incidents a change",
        "branching",
        0.5 * of_risk(0.5) + 0.35 * of_risk(1.0) + 0.15 * of_risk(2.0),
        (309, 280, 64),
        &faulty("0.1 hours", "[{ share = 1 }]"),
        ratio(|r: &Replication| (r.change_incidents, r.delivered)),
    )
}

fn background() -> Case {
    case(
        "background incidents a month",
        "Poisson",
        7.0,
        (310, 490, 64),
        &instant(
            0.5,
            true,
            "[pipeline]\n[production]\nbackground_incidents = 7\n",
        ),
        metric(Metric::Incidents),
    )
}
