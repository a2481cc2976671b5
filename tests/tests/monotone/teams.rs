//! People, hours, attention, load, and who is there.

use super::{always, check, lead, on_average};
use millrace_tests::plain::{exponential, poisson, stage, stage_with, stream, team, team_with};

/// One stage of one team with further lines, and further parts.
fn one(rate: f64, people: u32, of_team: &str, more: &str) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(rate),
        stage("a", "t", &exponential(1.0)),
        team_with("t", people, of_team),
        more.into(),
    ]
}

fn hours(to: u32) -> Vec<String> {
    let day = format!("[[calendars]]\nid = \"day\"\nfrom = 9\nto = {to}\n");
    one(0.1, 1, "", &day)
        .iter()
        .map(|p| p.replace("\"always\"", "\"day\""))
        .collect()
}

fn focus(share: f64) -> Vec<String> {
    one(0.4, 1, "", "")
        .iter()
        .map(|p| p.replace("focus = 1", &format!("focus = {share:?}")))
        .collect()
}

#[test]
fn with_less_to_work_with_a_first_come_first_served_stage_takes_longer() {
    check(&[
        always(
            "fewer people",
            one(1.6, 3, "", ""),
            one(1.6, 2, "", ""),
            lead,
        ),
        always("less focus", focus(0.8), focus(0.6), lead),
        always("shorter hours", hours(19), hours(17), lead),
        always(
            "more cognitive load",
            one(0.5, 1, "load = { domains = 4, capacity = 4 }", ""),
            one(0.5, 1, "load = { domains = 6, capacity = 4 }", ""),
            lead,
        ),
    ]);
}

fn coached(capacity: f64) -> Vec<String> {
    let coaches = format!(
        "[[teams]]\nid = \"coaches\"\npeople = 1\nkind = \"enabling\"\n\
         enables = [{{ id = \"e\", team = \"t\", capacity = {capacity:?}, weeks = 16, effort_per_week = \"4 hours\" }}]\n"
    );
    one(0.5, 1, "load = { domains = 6, capacity = 4 }", &coaches)
}

/// Four items a person, and what it costs to go from one to another.
fn switching(cost: f64) -> Vec<String> {
    let more = format!("items_per_person = 4\nswitching_cost = {cost:?}");
    one(0.5, 1, &more, "")
}

fn absent(share: f64) -> Vec<String> {
    one(
        1.0,
        2,
        &format!("absence = {share:?}\nspell = \"20 hours\""),
        "",
    )
}

/// Thirty people of whom many leave.
fn leaving(lines: &str) -> Vec<String> {
    one(
        15.0,
        30,
        &format!("turnover = 4\nreplacement = \"200 hours\"\n{lines}"),
        "",
    )
}

#[test]
fn what_takes_people_and_attention_away_makes_work_take_longer() {
    check(&[
        on_average("coaching that gives less", coached(3.0), coached(0.0), lead),
        on_average("costlier switching", switching(0.1), switching(0.3), lead),
        on_average("more absence", absent(0.1), absent(0.2), lead),
        on_average(
            "people who leave",
            one(15.0, 30, "", ""),
            leaving("ramp_up = \"0 hours\""),
            lead,
        ),
        on_average(
            "slower learning",
            leaving("ramp_up = \"100 hours\"\nmentoring = 0"),
            leaving("ramp_up = \"500 hours\"\nmentoring = 0"),
            lead,
        ),
        on_average(
            "newcomers who know less",
            leaving("ramp_up = \"500 hours\"\nramp_start = 0.7"),
            leaving("ramp_up = \"500 hours\"\nramp_start = 0.3"),
            lead,
        ),
        on_average(
            "newcomers who take others' time",
            leaving("ramp_up = \"500 hours\"\nmentoring = 0"),
            leaving("ramp_up = \"500 hours\"\nmentoring = 0.3"),
            lead,
        ),
    ]);
}

/// From a team of one to another of one.
fn handed_over(delay: &str, sender: &str, receiver: &str) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(0.4),
        stage("a", "t", &exponential(1.0)),
        stage("b", "u", &exponential(1.0)),
        team("t", 1),
        team("u", 1),
        format!(
            "[[handoffs.pairs]]\nfrom = \"t\"\nto = \"u\"\ndelay = {delay}\nsender_effort = {sender}\n\
             receiver_effort = {receiver}\nlost_information = 0\n"
        ),
    ]
}

/// People without number, and things that they share.
fn shared(environments: u32) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(1.6),
        stage_with("a", "many", &exponential(1.0), "environment = \"e\""),
        team("many", 1000),
        format!("[[platform.environments]]\nid = \"e\"\ncount = {environments}\n"),
    ]
}

fn platform(level: u32) -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(0.5),
        stage_with(
            "a",
            "t",
            &exponential(1.0),
            "requests = [{ capability = \"test-environments\", probability = 0.6 }]",
        ),
        team("t", 2),
        team("help", 1),
        format!(
            "[[platform.capabilities]]\nid = \"test-environments\"\nlevel = {level}\nteam = \"help\"\nticket_effort = \"2 hours\"\n"
        ),
    ]
}

#[test]
fn what_is_asked_of_others_takes_time() {
    let none = "\"0 hours\"";
    check(&[
        on_average(
            "a longer handoff",
            handed_over("\"1 hour\"", none, none),
            handed_over("\"3 hours\"", none, none),
            lead,
        ),
        on_average(
            "a handoff that takes the sender's time",
            handed_over(none, none, none),
            handed_over(none, "\"30 minutes\"", none),
            lead,
        ),
        on_average(
            "a handoff that takes the receiver's time",
            handed_over(none, none, none),
            handed_over(none, none, "\"30 minutes\""),
            lead,
        ),
        always("fewer environments", shared(3), shared(2), lead),
        on_average(
            "a platform at a lower level",
            platform(2),
            platform(0),
            lead,
        ),
    ]);
}
