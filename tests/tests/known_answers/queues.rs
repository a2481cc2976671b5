//! One station: arrivals, services, disciplines, calendars.

use super::exact::{birth_death, mmc, regular_waits};
use super::{case, mean_time, metric, time_in_stream};
use millrace_core::experiment::{Metric, Statistic};
use millrace_tests::case::Case;
use millrace_tests::plain::{
    exponential, poisson, poisson_with, single, stage, stream, team, team_with,
};

const KLEINROCK: &str = "M/M/1";
const ERLANG: &str = "Erlang C";
const POLLACZEK: &str = "Pollaczek–Khinchine";
const COBHAM: &str = "Cobham 1954";
const RESUME: &str = "preemptive resume";

pub fn cases() -> Vec<Case> {
    let mut all = fifo();
    all.extend(shared());
    all.extend(classes());
    all.extend(calendars());
    all
}

fn fifo() -> Vec<Case> {
    let unit = exponential(1.0);
    let busy = single(0.8, 1, &unit);
    let log_tail = |p: f64| -libm::log(1.0 - p) / 0.2;
    let lognormal = "{ dist = \"lognormal\", mean = \"1 hour\", cv = 1.2 }";
    let weibull = "{ dist = \"weibull\", mean = \"1 hour\", shape = 2 }";
    // The squared coefficient of variation of a Weibull of shape 2: Γ(2)/Γ(1.5)² − 1 = 4/π − 1.
    let cv2 = 4.0 / std::f64::consts::PI - 1.0;
    let pk = |rho: f64, cv2: f64| 1.0 + rho * (1.0 + cv2) / (2.0 * (1.0 - rho));
    vec![
        case(
            "M/M/1, load 0.5: time in system",
            KLEINROCK,
            2.0,
            (101, 80, 64),
            &single(0.5, 1, &unit),
            mean_time(),
        ),
        case(
            "M/M/1, load 0.8: time in system",
            KLEINROCK,
            5.0,
            (102, 630, 64),
            &busy,
            mean_time(),
        ),
        case(
            "M/M/1, load 0.8: number in system",
            KLEINROCK,
            4.0,
            (103, 550, 64),
            &busy,
            metric(Metric::Wip),
        ),
        case(
            "M/M/1, load 0.8: median time",
            KLEINROCK,
            log_tail(0.5),
            (104, 350, 64),
            &busy,
            metric(Metric::LeadTime(Statistic::Percentile(0.5))),
        ),
        case(
            "M/M/1, load 0.8: 85th percentile of time",
            KLEINROCK,
            log_tail(0.85),
            (105, 620, 64),
            &busy,
            metric(Metric::LeadTime(Statistic::Percentile(0.85))),
        ),
        case(
            "M/M/1, load 0.6: 95th percentile of time",
            KLEINROCK,
            -libm::log(0.05) / 0.4,
            (106, 330, 64),
            &single(0.6, 1, &unit),
            metric(Metric::LeadTime(Statistic::Percentile(0.95))),
        ),
        case(
            "M/M/1 with half of the time for meetings, load 0.7: time in system",
            KLEINROCK,
            1.0 / 0.3,
            (107, 290, 64),
            &[
                stream("s", "a", ""),
                poisson(0.7),
                stage("a", "t", &exponential(0.5)),
                team_with("t", 1, "").replace("focus = 1", "focus = 0.5"),
            ],
            mean_time(),
        ),
        case(
            "M/M/3, load 0.8: time in system",
            ERLANG,
            mmc(2.4, 1.0, 3),
            (108, 120, 64),
            &single(2.4, 3, &unit),
            mean_time(),
        ),
        case(
            "M/M/10, load 0.9: time in system",
            ERLANG,
            mmc(9.0, 1.0, 10),
            (109, 100, 64),
            &single(9.0, 10, &unit),
            mean_time(),
        ),
        case(
            "M/D/1, load 0.8: time in system",
            POLLACZEK,
            pk(0.8, 0.0),
            (110, 180, 64),
            &single(0.8, 1, "\"1 hour\""),
            mean_time(),
        ),
        case(
            "M/G/1, lognormal with cv 1.2, load 0.6: time in system",
            POLLACZEK,
            pk(0.6, 1.44),
            (111, 470, 64),
            &single(0.6, 1, lognormal),
            mean_time(),
        ),
        case(
            "M/G/1, Weibull of shape 2, load 0.7: time in system",
            POLLACZEK,
            pk(0.7, cv2),
            (112, 110, 64),
            &single(0.7, 1, weibull),
            mean_time(),
        ),
        case(
            "D/M/1, load 0.8: time in system",
            "σ = exp(−(1 − σ)/ρ)",
            1.0 / (1.0 - regular_waits(0.8)),
            (113, 240, 64),
            &[
                stream("s", "a", ""),
                poisson_with(0.8, "arrives = \"regular\""),
                stage("a", "t", &unit),
                team("t", 1),
            ],
            mean_time(),
        ),
    ]
}

/// Attention shared between items.
fn shared() -> Vec<Case> {
    let sharing = |rate: f64, effort: &str, more: &str| {
        vec![
            stream("s", "a", ""),
            poisson(rate),
            stage("a", "t", effort),
            team_with("t", 1, more),
        ]
    };
    let all = "items_per_person = 1000";
    let ps = "processor sharing: insensitive";
    // With up to four in progress, n of them advance at 1/n each, slowed by 0.2 for each beyond the first.
    let slowed = |n: u32| 1.0 / (1.0 + 0.2 * f64::from(n.min(4) - 1));
    let many = "items_per_person = 4\nswitching_cost = 0.2";
    vec![
        case(
            "M/G/1 processor sharing, lognormal with cv 1.5, load 0.7: time in system",
            ps,
            1.0 / 0.3,
            (120, 360, 64),
            &sharing(
                0.7,
                "{ dist = \"lognormal\", mean = \"1 hour\", cv = 1.5 }",
                all,
            ),
            mean_time(),
        ),
        case(
            "M/D/1 processor sharing, load 0.7: time in system",
            ps,
            1.0 / 0.3,
            (121, 150, 64),
            &sharing(0.7, "\"1 hour\"", all),
            mean_time(),
        ),
        case(
            "M/M/1, four in progress with switching: number in system",
            "birth and death",
            birth_death(0.4, slowed),
            (122, 500, 64),
            &sharing(0.4, &exponential(1.0), many),
            metric(Metric::Wip),
        ),
        case(
            "M/M/1, four in progress with switching: time in system",
            "birth and death",
            birth_death(0.3, slowed) / 0.3,
            (123, 300, 64),
            &sharing(0.3, &exponential(1.0), many),
            mean_time(),
        ),
    ]
}

/// Two classes at one team: a stream each, so that the times of each are told apart.
fn two(outcome: &str, first: (f64, f64), second: (f64, f64), people: u32) -> Vec<String> {
    vec![
        format!("[outcome]\n{outcome}\n"),
        stream("urgent", "a", ""),
        poisson_with(first.0, "expedite = 1\ncost_of_delay = 10"),
        stage("a", "t", &exponential(first.1)),
        stream("usual", "b", ""),
        poisson_with(second.0, ""),
        stage("b", "t", &exponential(second.1)),
        team("t", people),
    ]
}

fn classes() -> Vec<Case> {
    let (next, now) = (
        "queue_policy = \"class of service\"",
        "queue_policy = \"class of service\"\nexpedite = \"interrupts\"",
    );
    // λ₁ = 0.4 with mean 0.5, λ₂ = 0.3 with mean 2: loads 0.2 and 0.6.
    let (a, b) = ((0.4, 0.5), (0.3, 2.0));
    let (share_a, share_b) = (4.0 / 7.0, 3.0 / 7.0);
    let residual: f64 = 0.4 * 0.25 + 0.3 * 4.0;
    let (t1, t2) = (0.5 + residual / 0.8, 2.0 + residual / (0.8 * 0.2));
    let (r1, r2) = (0.5 / 0.8, 2.0 / 0.8 + residual / (0.8 * 0.2));
    // Equal services: T₁ = 1/(μ − λ₁), T₂ = μ/((μ − λ₁)(μ − λ)), at λ₁ = 0.3, λ = 0.8.
    let equal = (1.0 / 0.7, 1.0 / (0.7 * 0.2));
    // With two people and equal services, the first class never sees the second, and the number in the
    // system is that of M/M/2.
    let (first, both) = (mmc(0.6, 1.0, 2), mmc(1.5, 1.0, 2));
    vec![
        case(
            "two classes, next free person: first class",
            COBHAM,
            t1,
            (130, 70, 64),
            &two(next, a, b, 1),
            time_in_stream(0, share_a),
        ),
        case(
            "two classes, next free person: second class",
            COBHAM,
            t2,
            (131, 1070, 64),
            &two(next, a, b, 1),
            time_in_stream(1, share_b),
        ),
        case(
            "two classes, next free person: mean of both",
            COBHAM,
            share_a * t1 + share_b * t2,
            (132, 680, 64),
            &two(next, a, b, 1),
            mean_time(),
        ),
        case(
            "two classes, first interrupts: first class",
            RESUME,
            r1,
            (133, 50, 64),
            &two(now, a, b, 1),
            time_in_stream(0, share_a),
        ),
        case(
            "two classes, first interrupts: second class",
            RESUME,
            r2,
            (134, 890, 64),
            &two(now, a, b, 1),
            time_in_stream(1, share_b),
        ),
        case(
            "two classes, equal services, first interrupts: first class",
            RESUME,
            equal.0,
            (135, 80, 64),
            &two(now, (0.3, 1.0), (0.5, 1.0), 1),
            time_in_stream(0, 0.375),
        ),
        case(
            "two classes, equal services, first interrupts: second class",
            RESUME,
            equal.1,
            (136, 500, 64),
            &two(now, (0.3, 1.0), (0.5, 1.0), 1),
            time_in_stream(1, 0.625),
        ),
        case(
            "two classes, two people, first interrupts: first class",
            RESUME,
            first,
            (137, 30, 64),
            &two(now, (0.6, 1.0), (0.9, 1.0), 2),
            time_in_stream(0, 0.4),
        ),
        case(
            "two classes, two people, first interrupts: second class",
            RESUME,
            (1.5 * both - 0.6 * first) / 0.9,
            (138, 150, 64),
            &two(now, (0.6, 1.0), (0.9, 1.0), 2),
            time_in_stream(1, 0.6),
        ),
        // Nobody is urgent here: cost of delay over expected effort, 10/0.5 against 1/2, orders the queue.
        case(
            "weighted shortest job first: second class",
            COBHAM,
            t2,
            (139, 1070, 64),
            &two("queue_policy = \"weighted shortest job first\"", a, b, 1)
                .iter()
                .map(|p| p.replace("expedite = 1\n", ""))
                .collect::<Vec<_>>(),
            time_in_stream(1, share_b),
        ),
    ]
}

fn calendars() -> Vec<Case> {
    let day = "[[calendars]]\nid = \"day\"\ndays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]\nfrom = 9\nto = 17\n";
    vec![case(
        "8 hours on, 16 off, 0.2 requests an hour: time in system",
        "numerical solution of the daily cycle",
        // Number in system solved over the day by uniformisation, 64 steps an hour, Little's law.
        11.142_938,
        (150, 180, 64),
        &[
            stream("s", "a", ""),
            poisson(0.2),
            stage("a", "t", &exponential(1.0)),
            team("t", 1).replace("\"always\"", "\"day\""),
            day.into(),
        ],
        mean_time(),
    )]
}
