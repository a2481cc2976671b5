//! When releases may begin, and how many changes they wait for.

use super::release::instant;
use super::{case, mean_time, ratio};
use millrace_core::engine::Replication;
use millrace_tests::case::Case;
use millrace_tests::plain::exponential;

const OPENING: &str = "half the square of each pause over the period";

pub fn cases() -> Vec<Case> {
    let mut all = pauses();
    all.extend(sized());
    all.push(all_that_is_ready());
    all
}

/// Wait of a random arrival for the next opening: pauses of these hours in a period.
fn opening(pauses: &[f64], period: f64) -> f64 {
    pauses.iter().map(|p| p * p).sum::<f64>() / 2.0 / period
}

const OFFICE: &str = "[[calendars]]\nid = \"office\"\n";

fn pauses() -> Vec<Case> {
    let night = 16.0;
    let weekend = 64.0;
    let week = [night, night, night, night, weekend];
    let windows = format!("{OFFICE}[pipeline]\nwindows = \"office\"\n");
    // The last week of four: Monday to Sunday. Before it a weekend begins; after it comes a Monday morning.
    let freezes = "freezes = [{ id = \"end\", from = \"3 weeks\", length = \"1 week\", every = \"4 weeks\" }]\n";
    let mut both = [week, week, week].concat();
    both[14] = weekend + 168.0;
    // Freezes of two kinds that overlap: three days and five, the second of which begins in the first.
    let overlap = "freezes = [{ id = \"a\", from = \"1 week\", length = \"3 days\", every = \"4 weeks\" }, \
        { id = \"b\", from = \"9 days\", length = \"5 days\", every = \"4 weeks\" }]\n";
    let wait = |name: &str, exact: f64, size: (u64, u32, u64), more: &str| {
        case(
            name,
            OPENING,
            exact,
            size,
            &instant(0.5, true, more),
            mean_time(),
        )
    };
    vec![
        wait(
            "releases in office hours only: wait",
            opening(&week, 168.0),
            (720, 80, 64),
            &windows,
        ),
        wait(
            "a freeze in every fourth week: wait",
            opening(&[168.0], 672.0),
            (721, 240, 64),
            &format!("[pipeline]\n{freezes}"),
        ),
        wait(
            "office hours and a freeze in every fourth week: wait",
            opening(&both, 672.0),
            (722, 240, 64),
            &format!("{windows}{freezes}"),
        ),
        wait(
            "two freezes that overlap: wait",
            opening(&[168.0], 672.0),
            (723, 240, 64),
            &format!("[pipeline]\n{overlap}"),
        ),
        train_in_a_freeze(),
    ]
}

/// A weekly train leaves on Monday; in every fourth week it has to wait for the end of a freeze of two days,
/// with all on it.
fn train_in_a_freeze() -> Case {
    case(
        "a weekly train that a freeze holds for 2 days every fourth time: wait",
        "half a period, and the freeze",
        84.0 + 48.0 / 4.0,
        (724, 240, 64),
        &instant(
            0.5,
            true,
            "[pipeline]\npolicy = \"train\"\nevery = \"1 week\"\n\
             freezes = [{ id = \"end\", from = \"4 weeks\", length = \"2 days\", every = \"4 weeks\" }]\n",
        ),
        mean_time(),
    )
}

/// Work of an exponential hour that each release asks of one person before it begins.
fn prepared(policy: &str) -> String {
    format!(
        "[[teams]]\nid = \"ops\"\npeople = 1\nfocus = 1\ncalendar = \"always\"\n[pipeline]\n{policy}\n\
         coordination = {{ teams = [\"ops\"], effort = {} }}\n",
        exponential(1.0)
    )
}

fn sized() -> Vec<Case> {
    let (k, lambda) = (4, 0.5);
    // Releases come as an Erlang stream to the one who prepares them: σ = (kμ′/(kμ′ + 1 − σ))ᵏ.
    let rate = 2.4;
    let mut sigma = 0.5;
    for _ in 0..500 {
        sigma = libm::pow(rate / (rate + 1.0 - sigma), f64::from(k));
    }
    let collected = |rate: f64| f64::from(k - 1) / (2.0 * rate);
    let size = "policy = \"sized\"\nbatch_size = 4";
    vec![
        case(
            "releases of four changes: wait",
            "(k − 1)/2 gaps",
            collected(lambda),
            (730, 20, 64),
            &instant(lambda, true, &format!("[pipeline]\n{size}\n")),
            mean_time(),
        ),
        case(
            "releases of four changes: deployments a day",
            "(k − 1)/2 gaps",
            24.0 * lambda / 4.0,
            (731, 30, 64),
            &instant(lambda, true, &format!("[pipeline]\n{size}\n")),
            ratio(|r: &Replication| (r.deployments, r.window_hours / 24.0)),
        ),
        case(
            "releases of four changes, each prepared for an hour, load 0.6: lead time",
            "Erlang arrivals, GI/M/1",
            collected(rate) + 1.0 / (1.0 - sigma),
            (732, 60, 64),
            &instant(rate, true, &prepared(size)),
            mean_time(),
        ),
    ]
}

/// All that is ready goes when the last release is prepared: whoever comes meanwhile waits for the rest of
/// it, which is as long as a whole one, and for his own.
fn all_that_is_ready() -> Case {
    let lambda = 1.5;
    let idle = 1.0 / (1.0 + lambda) / lambda;
    let share = idle / (idle + 1.0);
    case(
        "releases of all that is ready, prepared for an exponential hour: lead time",
        "renewal cycles",
        1.0 + (1.0 - share),
        (733, 30, 64),
        &instant(lambda, true, &prepared("policy = \"batch\"")),
        mean_time(),
    )
}
