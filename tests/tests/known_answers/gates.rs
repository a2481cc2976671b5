//! Gates as detectors: what they stop, what they find, what escapes.

use super::{case, ratio};
use millrace_core::engine::Replication;
use millrace_core::random::normal;
use millrace_tests::case::Case;
use millrace_tests::plain::{poisson_with, stage_with, stream, team};

/// Mean defects of a change.
const DEFECTS: f64 = 0.6;

/// Changes of one risk class with a Poisson number of defects that never show, and a gate.
fn gated(discrimination: f64, strictness: f64) -> Vec<String> {
    vec![
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson_with(2.0, "risk = { medium = 1 }"),
        stage_with(
            "a",
            "t",
            "\"0 hours\"",
            &format!("defects = {{ security = {DEFECTS} }}"),
        ),
        team("t", 1000),
        format!(
            "[[governance.gates]]\nid = \"scan\"\nafter = \"a\"\nkind = \"automated\"\nduration = \"5 minutes\"\n\
             covers = [\"security\"]\ndiscrimination = {discrimination:?}\nstrictness = {strictness:?}\n\
             triage = \"0 hours\"\n[pipeline]\n\
             [production]\nlatent_life = {{ security = \"10000000 hours\" }}\nbad_fix = 0\n"
        ),
    ]
}

/// False alarms, hits, and the probability of finding a defect, straight from RULES of signal detection:
/// the criterion goes from +2 to −2, and one defect stops a change exactly as often as a hit comes.
fn rates(discrimination: f64, strictness: f64) -> (f64, f64, f64) {
    let criterion = 2.0 - 4.0 * strictness;
    let hit = normal::cdf(discrimination / 2.0 - criterion);
    let alarm = normal::cdf(-discrimination / 2.0 - criterion);
    (alarm, hit, 1.0 - (1.0 - hit) / (1.0 - alarm))
}

/// Share of judgements of faulty changes that stop: found and missed defects are independent Poisson
/// counts. A change with both is judged again, still faulty, and then only a false alarm stops it.
fn stops_faulty(discrimination: f64, strictness: f64) -> f64 {
    let (alarm, _, finding) = rates(discrimination, strictness);
    let some = |mean: f64| 1.0 - libm::exp(-mean);
    let (found, missed) = (some(DEFECTS * finding), some(DEFECTS * (1.0 - finding)));
    let again = found * missed;
    (found + alarm * (1.0 - found) * missed + alarm * again) / (some(DEFECTS) + again)
}

pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for (i, (d, s)) in [(1.5, 0.5), (0.8, 0.35), (2.5, 0.6)]
        .into_iter()
        .enumerate()
    {
        let seed = 401 + 10 * i as u64;
        let (alarm, _, finding) = rates(d, s);
        let of = |name: &str| format!("gate with d′ = {d}, strictness {s}: {name}");
        // Few escape the best gate, and rare events take longer to count.
        let size = |seed| (seed, if d > 2.0 { 80 } else { 25 }, 64);
        all.push(case(
            &of("sound changes stopped"),
            "Φ(−d′/2 − c)",
            alarm,
            size(seed),
            &gated(d, s),
            ratio(|r: &Replication| (r.gates[0][3], r.gates[0][2])),
        ));
        all.push(case(
            &of("faulty changes stopped"),
            "1 − (1 − F)(1 − p)ᵏ over k",
            stops_faulty(d, s),
            size(seed + 1),
            &gated(d, s),
            ratio(|r: &Replication| (r.gates[0][1], r.gates[0][0])),
        ));
        all.push(case(
            &of("defects that escape a change"),
            "Poisson, thinned",
            DEFECTS * (1.0 - finding),
            size(seed + 2),
            &gated(d, s),
            ratio(|r: &Replication| (r.escaped, r.delivered)),
        ));
    }
    all
}

#[test]
fn a_gate_that_cannot_tell_finds_nothing_however_strict() {
    let escapes = |strictness: f64| -> Vec<f64> {
        let text = millrace_tests::plain::plain(450, 10, &gated(0.0, strictness));
        millrace_tests::plain::simulate(&text, 16)
            .1
            .iter()
            .map(|r| r.escaped)
            .collect()
    };
    let loose = escapes(0.0);
    assert!(loose.iter().sum::<f64>() > 1000.0, "{loose:?}");
    for strictness in [0.3, 0.7, 1.0] {
        assert_eq!(escapes(strictness), loose, "strictness {strictness}");
    }
}
