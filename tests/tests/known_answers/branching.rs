//! Ways and work that differ by work type and by risk class.

use super::{case, mean_time, time_of_group};
use millrace_tests::case::Case;
use millrace_tests::plain::{exponential, poisson_with, stage, stage_with, stream, team};

const THINNED: &str = "Jackson 1957, thinned";
const POLLACZEK: &str = "Pollaczek–Khinchine, mixture";

pub fn cases() -> Vec<Case> {
    let mut all = sizes();
    all.extend(types());
    all.extend(risks());
    all
}

/// A work type of one stream.
fn source(id: &str, per_hour: f64, more: &str) -> String {
    poisson_with(per_hour, more).replace("id = \"work\"", &format!("id = \"{id}\""))
}

/// Mean time in an M/M/1 station.
fn at(mean: f64, rate: f64) -> f64 {
    mean / (1.0 - rate * mean)
}

/// Small and large requests in one queue: a mixture of services.
fn sizes() -> Vec<Case> {
    let (small, large, effort) = ((0.5, 0.4), (0.15, 3.0), 1.0);
    let study = [
        stream("s", "a", ""),
        source("small", small.0, &format!("size = {:?}", small.1)),
        source("large", large.0, &format!("size = {:?}", large.1)),
        stage("a", "t", &exponential(effort)),
        team("t", 1),
    ];
    // E[S²] of an exponential service is twice the square of its mean.
    let load = small.0 * small.1 + large.0 * large.1;
    let residual = small.0 * small.1 * small.1 + large.0 * large.1 * large.1;
    let wait = residual / (1.0 - load);
    let rate = small.0 + large.0;
    vec![
        case(
            "small and large requests in one queue: time of both",
            POLLACZEK,
            wait + load / rate,
            (630, 660, 64),
            &study,
            mean_time(),
        ),
        case(
            "small and large requests in one queue: time of the small",
            POLLACZEK,
            wait + small.1,
            (631, 660, 64),
            &study,
            time_of_group(1),
        ),
        case(
            "small and large requests in one queue: time of the large",
            POLLACZEK,
            wait + large.1,
            (632, 660, 64),
            &study,
            time_of_group(2),
        ),
    ]
}

/// What is learned in triage sends faults to be fixed, or nowhere; features are designed, and half of them
/// built. Queues go by the time of the request, so that the times of each type are known only where both came
/// the same way.
fn types() -> Vec<Case> {
    let (faults, features) = (0.3, 0.25);
    let (triage, design, build, fix) = (0.8, 2.0, 4.0, 2.5);
    let study = [
        stream("s", "triage", ""),
        source("fault", faults, ""),
        source("feature", features, ""),
        stage_with(
            "triage",
            "ta",
            &exponential(triage),
            "next = [{ to = \"fix\", share = 0.7, types = [\"fault\"] }, { to = \"done\", share = 0.3, types = [\"fault\"] }, \
             { to = \"design\", share = 1, types = [\"feature\"] }]",
        ),
        stage_with(
            "design",
            "tb",
            &exponential(design),
            "next = [{ to = \"build\", share = 0.5 }, { to = \"done\", share = 0.5 }]",
        ),
        stage_with(
            "build",
            "tc",
            &exponential(build),
            "next = [{ to = \"done\", share = 1 }]",
        ),
        stage("fix", "td", &exponential(fix)),
        team("ta", 1),
        team("tb", 1),
        team("tc", 1),
        team("td", 1),
    ];
    let first = at(triage, faults + features);
    let fault = first + 0.7 * at(fix, 0.7 * faults);
    let feature = first + at(design, features) + 0.5 * at(build, 0.5 * features);
    vec![
        case(
            "ways by work type: time of faults",
            THINNED,
            fault,
            (633, 170, 64),
            &study,
            time_of_group(1),
        ),
        case(
            "ways by work type: time of features",
            THINNED,
            feature,
            (634, 170, 64),
            &study,
            time_of_group(2),
        ),
        together(),
    ]
}

/// Features are designed first; then one team builds them and faults alike.
fn together() -> Case {
    let (faults, features) = (0.35, 0.3);
    let (design, build) = (2.2, 1.2);
    let study = [
        stream("s", "build", ""),
        source("fault", faults, ""),
        source("feature", features, ""),
        stage_with(
            "design",
            "ta",
            &exponential(design),
            "types = [\"feature\"]",
        ),
        stage("build", "tb", &exponential(build)),
        team("ta", 1),
        team("tb", 1),
    ];
    let all = faults + features;
    case(
        "a stage for features before one for all: time of both",
        "Jackson 1957",
        features / all * at(design, features) + at(build, all),
        (635, 300, 64),
        &study,
        mean_time(),
    )
}

/// Low risk is done after the first stage; medium is checked; high is checked and then audited.
fn risks() -> Vec<Case> {
    let (rate, shares) = (0.6, [0.5, 0.3, 0.2]);
    let (build, check, audit) = (1.2, 2.2, 4.5);
    let study = [
        stream("s", "build", ""),
        poisson_with(rate, "risk = { low = 0.5, medium = 0.3, high = 0.2 }"),
        stage_with(
            "build",
            "ta",
            &exponential(build),
            "next = [{ to = \"done\", share = 1, risks = [\"low\"] }, { to = \"check\", share = 1, risks = [\"medium\", \"high\"] }]",
        ),
        stage("check", "tb", &exponential(check)),
        stage_with("audit", "tc", &exponential(audit), "risks = [\"high\"]"),
        team("ta", 1),
        team("tb", 1),
        team("tc", 1),
    ];
    let low = at(build, rate);
    let medium = low + at(check, rate * (shares[1] + shares[2]));
    let high = medium + at(audit, rate * shares[2]);
    // Groups: the stream, its demand, then the risk classes.
    [("low", low), ("medium", medium), ("high", high)]
        .into_iter()
        .enumerate()
        .map(|(i, (class, exact))| {
            case(
                &format!("ways by risk class: time of {class} risk"),
                THINNED,
                exact,
                (636 + i as u64, if i == 0 { 330 } else { 220 }, 64),
                &study,
                time_of_group(2 + i),
            )
        })
        .collect()
}
