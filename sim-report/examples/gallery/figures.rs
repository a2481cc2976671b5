//! One figure of each kind, as Millrace makes them.

use millrace_report::figure::{Axis, Figure, Mark, Marks, Part, Point, Role, Series, Tick};

/// All of them.
pub fn all() -> Vec<Figure> {
    vec![
        lead_time(),
        three_variants(),
        where_time_goes(),
        utilisation(),
        wip(),
        one_bar_each(),
    ]
}

fn notes() -> Vec<String> {
    vec![
        "Payments, 2027 · baseline and \"No board\" · 1,000 simulated years, the same luck for both · seed 7 · Millrace 0.1.0".into(),
        "Assumed: 31 of 44 numbers. The choice flips if the board catches more than 58 of 100 faulty changes (assumed: 35).".into(),
    ]
}

/// Lognormal quantiles at (i + ½)/50, by a rational approximation of the normal quantile.
pub fn quantiles(median: f64, sigma: f64) -> Vec<f64> {
    (0..50)
        .map(|i| median * (sigma * normal_quantile((f64::from(i) + 0.5) / 50.0)).exp())
        .collect()
}

fn normal_quantile(p: f64) -> f64 {
    // Hastings 1955, 26.2.23; good to 4.5e-4.
    let q = p.min(1.0 - p);
    let t = (-2.0 * q.ln()).sqrt();
    let z = t
        - (2.515517 + 0.802853 * t + 0.010328 * t * t)
            / (1.0 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
    if p < 0.5 { -z } else { z }
}

fn dots(name: &str, role: Role, median: f64, sigma: f64) -> Series {
    let values = quantiles(median, sigma);
    let at = values[42];
    let mark = Some(Mark {
        at,
        label: format!("85 of 100 within {at:.0} days"),
    });
    Series {
        name: name.into(),
        role,
        marks: Marks::Dots { values, mark },
    }
}

pub fn lead_time() -> Figure {
    Figure {
        id: "lead-time".into(),
        title: "Changes arrive in 27 days, not 41; incidents stay the same.".into(),
        subtitle:
            "Lead time of a change, from request to production. Each dot is 2 of 100 changes."
                .into(),
        x: Axis::from_range("days from request to production", 0.0, 78.0),
        y: None,
        series: vec![
            dots("Baseline", Role::Baseline, 25.0, 0.48),
            dots("No board", Role::WhatIf, 16.0, 0.5),
        ],
        notes: notes(),
    }
}

fn three_variants() -> Figure {
    Figure {
        id: "lead-time-three".into(),
        title: "Approval alone saves nothing, release rhythm alone 10 days, both 14: one hides the other, and whoever looks at only one of them concludes wrongly.".into(),
        series: vec![
            dots("Baseline", Role::Baseline, 25.0, 0.48),
            dots("No board", Role::WhatIf, 25.0, 0.47),
            dots("Release when ready", Role::WhatIf, 19.0, 0.6),
            dots("No board and release when ready", Role::WhatIf, 16.0, 0.55),
        ],
        ..lead_time()
    }
}

fn parts(values: &[(&str, &str, f64)]) -> Vec<Part> {
    values
        .iter()
        .map(|&(id, label, value)| Part {
            id: id.into(),
            label: label.into(),
            value,
        })
        .collect()
}

pub fn where_time_goes() -> Figure {
    let baseline = parts(&[
        ("touch", "work", 3.1),
        ("rework", "rework", 0.9),
        ("waiting-infrastructure", "waiting for infrastructure", 7.4),
        ("environment", "environment", 1.6),
        ("gate-queue", "security review", 4.2),
        ("board", "board", 9.0),
        ("release-wait", "train", 11.2),
        ("deployment", "deployment", 0.3),
        ("handoff", "handoffs", 0.5),
        ("off-hours", "off hours", 2.6),
    ]);
    let what_if = parts(&[
        ("touch", "work", 3.1),
        ("rework", "rework", 0.8),
        ("waiting-infrastructure", "waiting for infrastructure", 7.3),
        ("environment", "environment", 1.6),
        ("gate-queue", "security review", 4.1),
        ("release-wait", "train", 6.8),
        ("deployment", "deployment", 0.3),
        ("handoff", "handoffs", 0.5),
        ("off-hours", "off hours", 2.4),
    ]);
    Figure {
        id: "where-time-goes".into(),
        title: "Of 41 days, 9 wait for the board; 3 are work.".into(),
        subtitle: "Where the days of a change go, on average. The parts add up to its lead time."
            .into(),
        x: Axis::from_range("days", 0.0, 41.0),
        y: None,
        series: vec![
            Series {
                name: "Baseline".into(),
                role: Role::Baseline,
                marks: Marks::Stack { parts: baseline },
            },
            Series {
                name: "No board".into(),
                role: Role::WhatIf,
                marks: Marks::Stack { parts: what_if },
            },
        ],
        notes: notes(),
    }
}

fn percent_axis() -> Axis {
    Axis {
        label: "share of its time that the team is asked for".into(),
        min: 0.0,
        max: 1.2,
        ticks: (0..=6)
            .map(|i| f64::from(i) * 0.2)
            .map(|at| Tick {
                at,
                label: format!("{:.0}%", at * 100.0),
            })
            .collect(),
    }
}

pub fn utilisation() -> Figure {
    let bars = |values: [f64; 6]| {
        let teams = [
            "Product",
            "Front end",
            "Back end",
            "Infrastructure",
            "Quality assurance",
            "Operations",
        ];
        let bars = teams.iter().zip(values).map(|(team, value)| Part {
            id: team.to_lowercase(),
            label: (*team).into(),
            value,
        });
        Marks::Bars {
            bars: bars.collect(),
        }
    };
    Figure {
        id: "utilisation".into(),
        title: "Infrastructure is asked for 118% of its time: its queue grows by 3 changes a week."
            .into(),
        subtitle: "Asked-for share of each team's working time.".into(),
        x: percent_axis(),
        y: None,
        series: vec![
            Series {
                name: "Baseline".into(),
                role: Role::Baseline,
                marks: bars([0.41, 0.63, 0.72, 1.18, 0.81, 0.55]),
            },
            Series {
                name: "Three more developers".into(),
                role: Role::WhatIf,
                marks: bars([0.41, 0.5, 0.58, 1.18, 0.82, 0.55]),
            },
        ],
        notes: notes(),
    }
}

pub fn wip() -> Figure {
    let line = |end: f64, bend: f64| {
        let points = (0..=52).map(f64::from).map(|week| {
            let wobble = (week * 1.7).sin() * 2.2 + (week * 0.6).cos() * 1.5;
            Point {
                x: week,
                y: 31.0 + (end - 31.0) * (1.0 - (-week / bend).exp()) + wobble,
            }
        });
        Marks::Line {
            points: points.collect(),
        }
    };
    Figure {
        id: "wip".into(),
        title: "It gets better slowly: half the gain by week 16.".into(),
        subtitle: "Changes in progress at the end of each week, mean of 1,000 years.".into(),
        x: Axis::from_ends("week", 0.0, 52.0),
        y: Some(Axis::from_range("changes in progress", 0.0, 47.0)),
        series: vec![
            Series {
                name: "Baseline".into(),
                role: Role::Baseline,
                marks: line(38.0, 30.0),
            },
            Series {
                name: "No board".into(),
                role: Role::WhatIf,
                marks: line(17.0, 20.0),
            },
        ],
        notes: notes(),
    }
}

fn one_bar_each() -> Figure {
    let bars = parts(&[
        ("board-and-train", "No board, release when ready", -14.0),
        ("train", "Release when ready", -10.2),
        ("infrastructure", "Self-service infrastructure", -6.1),
        ("tests", "Automated tests on every commit", -2.4),
        ("board", "No board", -0.1),
        ("developers", "Three more developers", 8.0),
    ]);
    Figure {
        id: "levers".into(),
        title: "Three more developers make changes slower; release rhythm makes them faster."
            .into(),
        subtitle: "Change in the 85th percentile of lead time, each what-if against the baseline."
            .into(),
        x: Axis::from_range("days", -15.0, 10.0),
        y: None,
        series: vec![Series {
            name: "What-ifs".into(),
            role: Role::WhatIf,
            marks: Marks::Bars { bars },
        }],
        notes: notes(),
    }
}
