//! What reaches users: hurry before a train, severity, rollouts that stop themselves, and the figures of
//! failed deployments.

use super::release::instant;
use super::{case, metric, ratio};
use millrace_core::engine::Replication;
use millrace_core::experiment::{Metric, Statistic};
use millrace_tests::case::Case;
use millrace_tests::plain::{poisson_with, stage_with, stream, team};

pub fn cases() -> Vec<Case> {
    let mut all = rush();
    all.extend(severity());
    all.extend(self_stopped());
    all.extend(failures());
    all.push(no_length());
    all.push(downtime());
    all
}

/// Changes of one size and medium risk whose defects show after an exponential exposure of mean `life`.
fn changes(per_hour: f64, defects: f64, life: &str, rest: &str) -> Vec<String> {
    vec![
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson_with(per_hour, "risk = { medium = 1 }"),
        stage_with(
            "a",
            "t",
            "\"0 hours\"",
            &format!("defects = {{ functional = {defects:?} }}"),
        ),
        team("t", 1000),
        format!(
            "{rest}[production]\nlatent_life = {{ functional = \"{life}\" }}\ncoordination = \"0 hours\"\n\
             fix = \"2 hours\"\nbad_fix = 0\nrepair_share = 0\n"
        ),
    ]
}

/// Work is finished evenly over the period, and the last of it in a hurry.
fn rush() -> Vec<Case> {
    let study = |pipeline: &str| {
        changes(
            1.0,
            0.3,
            "10000000 hours",
            &format!("[pipeline]\npolicy = \"train\"\n{pipeline}"),
        )
    };
    let escaped = || ratio(|r: &Replication| (r.escaped, r.delivered));
    const SHARES: &str = "Poisson, shares of the week";
    vec![
        case(
            "three times the defects in the day before a weekly train: defects of a change",
            SHARES,
            0.3 * (6.0 + 3.0) / 7.0,
            (740, 20, 64),
            &study("every = \"1 week\"\nrush = 3\n"),
            escaped(),
        ),
        case(
            "twice the defects in three days before the cut-off, two days before a train every two weeks: defects of a change",
            SHARES,
            0.3 * (11.0 + 2.0 * 3.0) / 14.0,
            (741, 20, 64),
            &study(
                "every = \"2 weeks\"\ncut_off = \"2 days\"\nrush = 2\nrush_before = \"3 days\"\n",
            ),
            escaped(),
        ),
    ]
}

/// Two steps of a canary before everyone; an incident is over two hours after it shows, and as severe as
/// the exposure of that moment.
fn severity() -> Vec<Case> {
    const STEPS: &str =
        "[{ share = 0.2, bake = \"4 hours\" }, { share = 0.4, bake = \"4 hours\" }, { share = 1 }]";
    let study = changes(
        0.05,
        0.5,
        "2 hours",
        &format!("[pipeline]\nstrategy = \"own\"\nstrategies = [{{ id = \"own\", undo = \"none\", steps = {STEPS} }}]\n"),
    )
    .iter()
    .map(|p| {
        p.replace(
            "coordination =",
            "detection = \"0 hours\"\nseverity = { functional = 0.6 }\nmajor_from = 0.2\ncritical_from = 0.5\ncoordination =",
        )
    })
    .collect::<Vec<_>>();
    // Exposure until the last moment at which an incident is still over within a step.
    let shown = |exposed: f64| 1.0 - libm::exp(-exposed / 2.0);
    let (minor, major) = (shown(0.2 * 2.0), shown(0.2 * 4.0 + 0.4 * 2.0));
    let share = |class: usize| {
        ratio(move |r: &Replication| {
            (
                r.by_severity[class][0],
                r.by_severity.as_flattened().iter().sum(),
            )
        })
    };
    const EXPOSURE: &str = "exponential exposure";
    vec![
        case(
            "canary of 20%, then 40%: share of minor incidents",
            EXPOSURE,
            minor,
            (745, 800, 64),
            &study,
            share(0),
        ),
        case(
            "canary of 20%, then 40%: share of major incidents",
            EXPOSURE,
            major - minor,
            (746, 400, 64),
            &study,
            share(1),
        ),
        case(
            "canary of 20%, then 40%: share of critical incidents",
            EXPOSURE,
            1.0 - major,
            (747, 260, 64),
            &study,
            share(2),
        ),
    ]
}

/// A canary of ten hours has a check of its own that takes an exponential time; so does everyone else's
/// noticing, whichever comes first.
fn self_stopped() -> Vec<Case> {
    let (share, length, life, check, detection): (f64, f64, f64, f64, f64) =
        (0.05, 10.0, 0.4, 2.0, 3.0);
    let study = changes(
        0.03,
        0.5,
        "0.4 hours",
        "[pipeline]\nstrategy = \"own\"\nstrategies = [{ id = \"own\", undo = \"none\", self_check = \"2 hours\", \
         steps = [{ share = 0.05, bake = \"10 hours\" }, { share = 1 }] }]\n",
    )
    .iter()
    .map(|p| p.replace("coordination =", "detection = \"3 hours\"\ncoordination ="))
    .collect::<Vec<_>>();
    // ∫₀ᵀ k e^(−kt) (1 − e^(−q(T − t))) dt of those that show in time, and of them the share that the
    // check notices first.
    let (k, q) = (share / life, 1.0 / check + 1.0 / detection);
    let (early, in_time) = (
        1.0 - libm::exp(-k * length),
        k * (libm::exp(-k * length) - libm::exp(-q * length)) / (q - k),
    );
    let stopped = (early - in_time) / check / q;
    vec![case(
        "canary of ten hours that checks itself: share of failures that it stops",
        "competing exponentials",
        stopped,
        (750, 400, 64),
        &study,
        ratio(|r: &Replication| (r.self_stopped, r.self_stopped + r.change_incidents)),
    )]
}

/// Each defect is an incident and a repair with a release of its own; repairs are sound.
fn failures() -> Vec<Case> {
    let mean = 0.5;
    let study = changes(
        0.1,
        mean,
        "0.01 hours",
        "[pipeline]\nstrategy = \"own\"\nstrategies = [{ id = \"own\", undo = \"none\", steps = [{ share = 1 }] }]\n",
    )
    .iter()
    .map(|p| p.replace("coordination =", "detection = \"1 hour\"\ncoordination ="))
    .collect::<Vec<_>>();
    const POISSON: &str = "Poisson defects";
    const NOTICED: &str = "exponential detection and two hours";
    vec![
        case(
            "half a defect a change and sound repairs: change failure rate",
            POISSON,
            (1.0 - libm::exp(-mean)) / (1.0 + mean),
            (755, 60, 64),
            &study,
            metric(Metric::ChangeFailureRate),
        ),
        case(
            "half a defect a change and sound repairs: deployment rework rate",
            POISSON,
            mean / (1.0 + mean),
            (756, 60, 64),
            &study,
            metric(Metric::DeploymentReworkRate),
        ),
        case(
            "half a defect a change and sound repairs: recovery time",
            NOTICED,
            3.0,
            (757, 30, 64),
            &study,
            metric(Metric::Recovery(Statistic::Mean)),
        ),
        case(
            "half a defect a change and sound repairs: 85th percentile of recovery time",
            NOTICED,
            2.0 - libm::log(0.15),
            (758, 45, 64),
            &study,
            metric(Metric::Recovery(Statistic::Percentile(0.85))),
        ),
    ]
}

/// A first step that lasts no time is as good as none: whatever shows, shows to everyone for two hours.
fn no_length() -> Case {
    let study = changes(
        0.1,
        0.5,
        "3 hours",
        "[pipeline]\nstrategy = \"own\"\nstrategies = [{ id = \"own\", undo = \"none\", \
         steps = [{ share = 0.05 }, { share = 1 }] }]\n",
    );
    let noticed = study
        .iter()
        .map(|p| p.replace("coordination =", "detection = \"1 hour\"\ncoordination ="))
        .collect::<Vec<_>>();
    case(
        "a first step of no length: impact of an incident",
        "exponential detection and two hours",
        3.0,
        (759, 30, 64),
        &noticed,
        ratio(|r: &Replication| (r.impact_hours, r.change_incidents)),
    )
}

/// Every release takes the service down for two hours.
fn downtime() -> Case {
    case(
        "downtime of two hours, three releases in five hours: impact a month",
        "Poisson",
        0.6 * 2.0 * 52.0 / 12.0 * 168.0,
        (760, 10, 64),
        &instant(
            0.6,
            true,
            "[pipeline]\nstrategy = \"own\"\nstrategies = [{ id = \"own\", undo = \"none\", downtime = \"2 hours\", steps = [{ share = 1 }] }]\n",
        ),
        metric(Metric::ImpactHours),
    )
}
