//! What teams carry, who is there, and what they share: cognitive load, absence, turnover, newcomers,
//! environments, runners.

use super::exact::{Leaving, interrupted, mmc};
use super::release::instant;
use super::{case, mean_time, part, per_hour, ratio};
use millrace_core::engine::{Part, Replication};
use millrace_core::time::HOURS_PER_YEAR;
use millrace_tests::case::{Case, Figure};
use millrace_tests::plain::{
    endless, exponential, poisson, stage, stage_with, stream, team, team_with,
};

const RENEWAL: &str = "renewal theory";

pub fn cases() -> Vec<Case> {
    let mut all = load();
    all.extend(pools());
    all.extend(presence());
    all.extend(newcomers());
    all.push(breakdown());
    all
}

/// Effort and defects of a team that carries more than it holds.
fn load() -> Vec<Case> {
    const LOADED: &str = "M/M/1, slowed";
    let loaded = |rate: f64, load: &str| {
        vec![
            stream("s", "a", ""),
            poisson(rate),
            stage("a", "t", &exponential(1.0)),
            team_with("t", 1, &format!("load = {load}")),
        ]
    };
    // Carried 6 against 4: half a capacity in excess, effort by a quarter more.
    let half = "{ domains = 4, tools = 2, capacity = 4, effort = 0.5 }";
    // Carried 9 against 2 raised to 3: two in excess; without the coaches it would be 3.5.
    let mut coached = loaded(
        0.5,
        "{ domains = 9, capacity = 2, effort = 0.2, defects = 3 }",
    );
    coached.push(
        team("coaches", 2).replace("people", "kind = \"enabling\"\npeople")
            + "enables = [{ id = \"e\", team = \"t\", capacity = 1, weeks = 0, effort_per_week = \"0 hours\" }]\n",
    );
    let defects = [
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson(1.0).replace("per_week", "risk = { medium = 1 }\nper_week"),
        stage_with("a", "t", "\"0 hours\"", "defects = { functional = 0.2 }"),
        team_with(
            "t",
            1,
            "load = { domains = 3, capacity = 2, defects = 1.5 }",
        ),
        "[pipeline]\n[production]\nlatent_life = { functional = \"10000000 hours\" }\n".into(),
    ];
    vec![
        case(
            "half a capacity too much to master, load 0.75: time in system",
            LOADED,
            1.25 / 0.25,
            (650, 420, 64),
            &loaded(0.6, half),
            mean_time(),
        ),
        case(
            "three times what coaches have made it hold, load 0.7: time in system",
            LOADED,
            1.4 / 0.3,
            (651, 340, 64),
            &coached,
            mean_time(),
        ),
        case(
            "half a capacity too much to master: defects that escape a change",
            "Poisson",
            0.2 * 1.75,
            (652, 20, 64),
            &defects,
            ratio(|r: &Replication| (r.escaped, r.delivered)),
        ),
    ]
}

/// Plenty of people, and something else that is scarce.
fn pools() -> Vec<Case> {
    const ERLANG: &str = "Erlang C";
    let unit = exponential(1.0);
    let environments = [
        stream("s", "a", ""),
        poisson(2.4),
        stage_with("a", "many", &unit, "environment = \"staging\""),
        team("many", 1000),
        "[[platform.environments]]\nid = \"staging\"\ncount = 3\n".into(),
    ];
    // Half of the work is done again: a queue with feedback.
    let again = [
        stream("s", "a", ""),
        poisson(0.75),
        stage_with(
            "a",
            "many",
            &unit,
            "environment = \"staging\"\nreturns = [{ to = \"a\", probability = 0.5 }]",
        ),
        team("many", 1000),
        "[[platform.environments]]\nid = \"staging\"\ncount = 2\n".into(),
    ];
    let released = |runners: u32, rate: f64, duration: &str, flaky: f64| {
        let step = format!("{{ id = \"build\", duration = {duration}, flaky = {flaky:?} }}");
        instant(
            rate,
            true,
            &format!("[pipeline]\nrunners = {runners}\nsteps = [{step}]\n"),
        )
    };
    // A geometric number of half hours.
    let p: f64 = 0.3;
    let (mean, square) = (0.5 / (1.0 - p), 0.25 * (1.0 + p) / ((1.0 - p) * (1.0 - p)));
    vec![
        case(
            "three environments and plenty of people, load 0.8: time in system",
            ERLANG,
            mmc(2.4, 1.0, 3),
            (660, 130, 64),
            &environments,
            mean_time(),
        ),
        case(
            "three environments and plenty of people, load 0.8: wait for an environment",
            ERLANG,
            mmc(2.4, 1.0, 3) - 1.0,
            (661, 350, 64),
            &environments,
            part(Part::Environment),
        ),
        case(
            "two environments and half of the work done again, load 0.75: time in system",
            "Erlang C, Jackson 1957",
            2.0 * mmc(1.5, 1.0, 2),
            (662, 130, 64),
            &again,
            mean_time(),
        ),
        case(
            "four runners, load 0.85: lead time",
            ERLANG,
            mmc(3.4, 1.0, 4),
            (663, 150, 64),
            &released(4, 3.4, &unit, 0.0),
            mean_time(),
        ),
        case(
            "one runner and runs of half an hour, of which 30% fail for no reason, load 0.71: lead time",
            "Pollaczek–Khinchine",
            mean + square / (2.0 * (1.0 - mean)),
            (664, 200, 64),
            &released(1, 1.0, "\"30 minutes\"", p),
            mean_time(),
        ),
    ]
}

/// Always more work than people: what is done is who is there.
fn saturated(people: u32, effort: f64, of_team: &str) -> Vec<String> {
    vec![
        stream("s", "a", &format!("wip_limit = {}", people + 50)),
        endless(),
        stage("a", "t", &format!("\"{effort} hours\"")),
        team_with("t", people, of_team),
    ]
}

fn at_work() -> Figure {
    ratio(|r: &Replication| (r.teams[0][0], r.teams[0][1]))
}

fn presence() -> Vec<Case> {
    let (turnover, replaced, spell) = (10.0, 200.0, 100.0);
    let leave = turnover / HOURS_PER_YEAR;
    let filled = 1.0 / (1.0 + leave * replaced);
    let absence = "absence = 0.2\nspell = \"30 hours\"";
    let leaving =
        format!("turnover = {turnover}\nreplacement = \"{replaced} hours\"\nramp_up = \"0 hours\"");
    // Whoever is away may leave for good, and a newcomer is there: a chain of three states.
    let both = Leaving {
        leave,
        replaced,
        away: 0.2 / 0.8 / spell,
        spell,
    };
    let often = format!(
        "turnover = {turnover}\nreplacement = {}\nramp_up = \"0 hours\"\nabsence = 0.2\nspell = {}",
        exponential(replaced),
        exponential(spell)
    );
    vec![
        case(
            "twenty people, away for a fifth of their time: share at work",
            RENEWAL,
            0.8,
            (670, 40, 64),
            &saturated(20, 10.0, absence),
            at_work(),
        ),
        case(
            "twenty people, ten of each seat leave a year and are replaced after 200 hours: share at work",
            RENEWAL,
            filled,
            (671, 100, 64),
            &saturated(20, 10.0, &leaving),
            at_work(),
        ),
        case(
            "twenty people who leave and are away in long spells: share at work",
            "Markov chain of three states",
            both.present(),
            (672, 400, 64),
            &saturated(20, 10.0, &often),
            at_work(),
        ),
    ]
}

/// A newcomer starts at 30%, takes 20% of somebody's time, and is like the others after 1000 hours: what is
/// done an hour is the integral over how long people have been there. The team is so large that somebody
/// comes or goes several times a day, when its productivity is brought up to date.
fn newcomers() -> Vec<Case> {
    let (turnover, ramp) = (4.0, 1000.0);
    let leave = turnover / HOURS_PER_YEAR;
    let study = |replaced: &str| {
        saturated(
            600,
            20.0,
            &format!(
                "turnover = {turnover}\nreplacement = \"{replaced}\"\nramp_up = \"{ramp} hours\"\nramp_start = 0.3\nmentoring = 0.2"
            ),
        )
    };
    let lacking = 0.9 * (1.0 + libm::expm1(-leave * ramp) / (leave * ramp));
    let filled = 1.0 / (1.0 + leave * 300.0);
    vec![
        case(
            "six hundred people who are replaced at once and learn for 1000 hours: items an hour",
            RENEWAL,
            30.0 * (1.0 - lacking),
            (675, 20, 32),
            &study("0 hours"),
            per_hour(),
        ),
        case(
            "six hundred people who are replaced after 300 hours and learn for 1000: items an hour",
            RENEWAL,
            30.0 * filled * (1.0 - lacking),
            (676, 30, 32),
            &study("300 hours"),
            per_hour(),
        ),
    ]
}

/// One person, who is away now and then: the work waits and goes on.
fn breakdown() -> Case {
    let study = [
        stream("s", "a", ""),
        poisson(0.4),
        stage("a", "t", &exponential(1.0)),
        team_with(
            "t",
            1,
            &format!("absence = 0.2\nspell = {}", exponential(2.0)),
        ),
    ];
    case(
        "one person, away for a fifth of the time in spells of 2 hours: time in system",
        "White and Christie 1958",
        interrupted(0.4, 0.2 / 0.8 / 2.0, 0.5),
        (680, 300, 64),
        &study,
        mean_time(),
    )
}
