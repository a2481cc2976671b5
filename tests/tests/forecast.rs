//! Forecasts against exact results: what is there, over servers whose time is known.

use millrace_core::engine::Finished;
use millrace_core::experiment::Cancel;
use millrace_core::experiment::forecast::{chance, how_many, run, when};
use millrace_core::scenario::Scenario;
use millrace_core::time::{DAY, HOUR, Ticks, WEEK, hours};
use millrace_tests::plain::{
    endless, exponential, plain, poisson, read, single, stage, stream, team,
};

const YEARS: u64 = 4000;

/// A study with no demand of its own and a state.
fn with_state(parts: &[String], state: &str) -> String {
    let quiet = "[forecast]\nnew_requests = false\n";
    format!("{}{quiet}{state}", plain(31, 52, parts))
}

fn futures(text: &str, n: u64) -> Vec<Finished> {
    run(
        &read(text).baseline.models(Some(0)),
        0,
        n,
        &Cancel::default(),
    )
}

fn backlog(count: u32) -> String {
    format!("backlog = [{{ count = {count} }}]\n")
}

/// Mean hours until the n-th is done, with its standard error.
fn mean(years: &[Finished], n: usize) -> (f64, f64) {
    let times: Vec<f64> = years.iter().map(|y| hours(y.done[n - 1])).collect();
    let count = times.len() as f64;
    let mean = times.iter().sum::<f64>() / count;
    let squares: f64 = times.iter().map(|t| (t - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}

#[track_caller]
fn near(what: &str, (mean, error): (f64, f64), exact: f64) {
    let z = (mean - exact) / error;
    assert!(
        z.abs() < 4.0,
        "{what}: {exact} expected, {mean} came, {z:+.1} standard errors away"
    );
}

/// Share of futures in which a share is reached, from a known distribution function.
#[track_caller]
fn quantiles(what: &str, years: &[Finished], n: u64, cdf: impl Fn(f64) -> f64) {
    for reached in when(years, n) {
        let (low, high) = (cdf(reached.low.unwrap()), cdf(reached.high.unwrap()));
        let at = cdf(reached.value.unwrap());
        let error = (reached.share * (1.0 - reached.share) / years.len() as f64).sqrt();
        let z = (at - reached.share) / error;
        assert!(
            z.abs() < 4.0,
            "{what}: at its {}-quantile the distribution is {at}, {z:+.1} standard errors away",
            reached.share
        );
        let reach = (high - low) / error;
        assert!(
            (3.0..5.0).contains(&reach),
            "{what}: the interval spans {reach} standard errors and not 2 · 1.96"
        );
    }
}

/// Erlang: the sum of n exponential times with mean 1.
fn erlang(n: u32, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..n {
        term *= x / f64::from(k);
        sum += term;
    }
    1.0 - (-x).exp() * sum
}

#[test]
fn items_over_one_exponential_server_take_an_erlang_time() {
    let text = with_state(&single(0.25, 1, &exponential(2.0)), &backlog(20));
    let years = futures(&text, YEARS);
    near("20 items of 2 hours", mean(&years, 20), 40.0);
    near("the first 7 of them", mean(&years, 7), 14.0);
    quantiles("20 items", &years, 20, |t| erlang(20, t / 2.0));
    quantiles("7 items", &years, 7, |t| erlang(7, t / 2.0));
    // So many by a time is a Poisson count, until all are done.
    let by = 30 * HOUR;
    let found = chance(&years, 15, by).unwrap();
    let exact = erlang(15, 15.0);
    let error = (exact * (1.0 - exact) / YEARS as f64).sqrt();
    near("15 within 30 hours", (found.value, error), exact);
    assert!(found.low < found.value && found.value < found.high);
    for reached in how_many(&years, by) {
        let k = reached.value.unwrap() as u32;
        // At least k in that share of futures, and k + 1 in fewer: but for four standard errors.
        let error = 4.0 * (reached.share * (1.0 - reached.share) / YEARS as f64).sqrt();
        let (reach, miss) = (erlang(k, 15.0), erlang(k + 1, 15.0));
        assert!(
            reach > reached.share - error && miss < reached.share + error,
            "{k} items at {}: exactly {reach} of futures reach it, {miss} one more",
            reached.share
        );
    }
}

#[test]
fn items_over_several_exponential_servers_take_as_long_as_servers_are_busy() {
    let text = with_state(&single(0.25, 3, &exponential(6.0)), &backlog(12));
    let years = futures(&text, YEARS);
    // All three are busy until three items are left: then three, two and one.
    let all = 9.0 * 2.0 + 6.0 * (1.0 / 3.0 + 1.0 / 2.0 + 1.0);
    near("12 items of 6 hours over 3 people", mean(&years, 12), all);
    near("the first 9 of them", mean(&years, 9), 18.0);
}

/// Two stages of 2 and 3 hours, a person each.
fn line() -> Vec<String> {
    vec![
        stream("s", "a", ""),
        poisson(0.05),
        stage("a", "t", "\"2 hours\""),
        stage("b", "u", "\"3 hours\""),
        team("t", 1),
        team("u", 1),
    ]
}

fn times(year: &Finished) -> Vec<f64> {
    year.done.iter().map(|t| hours(*t)).collect()
}

#[test]
fn a_line_without_chance_does_what_can_be_counted() {
    let years = futures(&with_state(&line(), &backlog(4)), 2);
    assert_eq!(times(&years[0]), [5.0, 8.0, 11.0, 14.0]);
    // One half done in the second stage, one done in the first, then two of the backlog.
    let state = "in_progress = [{ stage = \"a\", count = 1, left = 0 }, { stage = \"b\", count = 1, left = 0.5 }]\nbacklog = [{ count = 2 }]\n";
    let years = futures(&with_state(&line(), state), 2);
    assert_eq!(times(&years[1]), [1.5, 4.5, 7.5, 10.5]);
    for reached in when(&years, 3) {
        assert_eq!(reached.value, Some(7.5));
    }
    assert_eq!(chance(&years, 3, 7 * HOUR).unwrap().value, 0.0);
    assert_eq!(chance(&years, 3, 8 * HOUR).unwrap().value, 1.0);
}

#[test]
fn nothing_to_do_is_done_and_no_item_takes_no_time() {
    for state in ["", &backlog(0), &backlog(5)] {
        let years = futures(&with_state(&line(), state), 4);
        for reached in when(&years, 0) {
            assert_eq!(reached.value, Some(0.0), "{state}");
        }
        assert_eq!(chance(&years, 0, 0).unwrap().value, 1.0);
    }
    let years = futures(&with_state(&line(), &backlog(0)), 4);
    assert!(years.iter().all(|y| y.done.is_empty()));
    assert!(how_many(&years, WEEK).iter().all(|r| r.value == Some(0.0)));
    assert!(when(&years, 1).iter().all(|r| r.value.is_none()));
}

#[test]
fn what_is_not_done_in_the_time_simulated_is_not_forecast() {
    // 104 weeks hold 17,472 hours.
    let years = futures(&with_state(&line(), &backlog(6000)), 2);
    assert_eq!(years[0].done.len(), (104 * 168 - 3) / 3);
    assert!(when(&years, 6000).iter().all(|r| r.value.is_none()));
    assert!(when(&years, 5000).iter().all(|r| r.value == Some(15_002.0)));
}

#[test]
fn new_requests_take_people_s_time_and_are_not_waited_for() {
    let parts = single(0.25, 1, &exponential(2.0));
    let quiet = with_state(&parts, &backlog(20));
    let busy = quiet.replace("new_requests = false", "new_requests = true");
    // What is there was asked for first and goes first.
    assert_eq!(futures(&quiet, 200), futures(&busy, 200));
    // Urgent requests go before what waits, and not before the last once it is begun: each of the others
    // takes its time and the busy period of the urgent ones that come meanwhile (delay cycles: Conway, Maxwell
    // and Miller, Theory of Scheduling, 1967).
    let urgent = "[[streams.demand]]\nid = \"urgent\"\nper_week = 21\nexpedite = 1\n";
    let mixed = [
        "[outcome]\nqueue_policy = \"class of service\"\n".into(),
        stream("s", "a", ""),
        poisson(0.05),
        urgent.into(),
        stage("a", "t", &exponential(2.0)),
        team("t", 1),
    ];
    let text = with_state(&mixed, "backlog = [{ type = \"work\", count = 20 }]\n");
    near("none urgent", mean(&futures(&text, YEARS), 20), 40.0);
    let text = text.replace("new_requests = false", "new_requests = true");
    let exact = 19.0 * 2.0 / (1.0 - 0.125 * 2.0) + 2.0;
    near(
        "an urgent one every 8 hours",
        mean(&futures(&text, YEARS), 20),
        exact,
    );
}

#[test]
fn what_is_there_comes_before_a_backlog_without_end_and_may_exceed_a_limit() {
    let parts = [
        stream("s", "a", "wip_limit = 2"),
        endless(),
        stage("a", "t", "\"2 hours\""),
        team("t", 1),
    ];
    let of = |state: &str| {
        let text = with_state(&parts, state).replace("new_requests = false\n", "");
        times(&futures(&text, 1)[0])
    };
    assert_eq!(of(&backlog(3)), [2.0, 4.0, 6.0]);
    let state = "in_progress = [{ stage = \"a\", count = 4 }]\n";
    assert_eq!(
        of(&format!("{state}{}", backlog(1))),
        [2.0, 4.0, 6.0, 8.0, 10.0]
    );
}

#[test]
fn a_forecast_starts_on_its_weekday() {
    let days = |date: &str| {
        let at_work = line().concat().replace("\"always\"", "\"\"");
        let state = format!("date = \"{date}\"\n{}", backlog(4));
        futures(&with_state(&[at_work], &state), 1)[0].done.clone()
    };
    let calendar = |from_monday: Ticks| from_monday / DAY;
    // A Monday, and the Saturday before it: two days without work come first.
    let (monday, saturday) = (days("2026-11-23"), days("2026-11-21"));
    for (a, b) in monday.iter().zip(&saturday) {
        assert_eq!(a + 2 * DAY, *b, "{} days", calendar(*a));
    }
    assert_eq!(monday.len(), 4);
    // On a Friday the third is done on Monday.
    let friday = days("2026-11-20");
    assert!(friday[0] < DAY && friday[3] > 3 * DAY, "{friday:?}");
}

#[test]
fn a_board_before_the_start_is_past() {
    let board = "[[governance.gates]]\nid = \"board\"\nafter = \"b\"\nkind = \"board\"\nevery = \"1 week\"\nfirst = \"32 hours\"\ncut_off = \"0 hours\"\nsession = \"1 hour\"\n";
    let of = |date: &str, items: &str| {
        let state = format!("date = \"{date}\"\n{items}");
        let text = with_state(&line(), &state) + board;
        let calm = text + "discrimination = 0\nstrictness = 0\n";
        hours(futures(&calm, 1)[0].done[0])
    };
    // Tuesday at eight with an hour's session: from Monday 33 hours, from Wednesday six days and 9 hours.
    let waits = "in_progress = [{ stage = \"b\", count = 1, left = 0 }]\n";
    for items in [&backlog(1), waits] {
        assert_eq!(of("2026-11-23", items), 33.0, "{items}");
        assert_eq!(of("2026-11-25", items), 6.0 * 24.0 + 9.0, "{items}");
    }
}

#[test]
fn years_that_share_what_is_unknown_count_once() {
    let text = with_state(&single(0.25, 1, &exponential(2.0)), &backlog(20));
    let plain = futures(&text, 64);
    let drawn = text.replace(
        "effort = { dist = \"exponential\", mean = \"2 hours\" }",
        "effort = { dist = \"exponential\", mean = { low = \"1 hour\", likely = \"2 hours\", high = \"4 hours\" } }",
    );
    assert_ne!(drawn, text);
    let unknown = futures(&drawn, 64);
    assert!(plain.iter().all(|y| y.draw.is_none()));
    let draws: Vec<u64> = unknown.iter().filter_map(|y| y.draw).collect();
    assert_eq!(draws, (0..64).map(|r| r / 2).collect::<Vec<u64>>());
    // The same shares of years leave more in doubt where they are fewer.
    let by = 40 * HOUR;
    let once: Vec<Finished> = unknown
        .iter()
        .map(|y| Finished {
            draw: None,
            ..y.clone()
        })
        .collect();
    let (pairs, single) = (
        chance(&unknown, 20, by).unwrap(),
        chance(&once, 20, by).unwrap(),
    );
    assert_eq!(pairs.value, single.value);
    assert!(pairs.high - pairs.low > 1.2 * (single.high - single.low));
}

#[test]
fn a_state_that_cannot_be_is_refused_with_its_place() {
    for (state, path, words) in [
        ("date = \"2026-02-30\"\n", "forecast.date", "no day"),
        (
            "backlog = [{ type = \"x\", count = 1 }]\n",
            "forecast.backlog.x.type",
            "no work type `x`",
        ),
        (
            "backlog = [{ stream = \"x\", count = 1 }]\n",
            "forecast.backlog.x.stream",
            "no value stream `x`",
        ),
        (
            "in_progress = [{ stage = \"c\", count = 1 }]\n",
            "forecast.in_progress.c.stage",
            "no stage `c`",
        ),
        (
            "in_progress = [{ stage = \"a\", count = -1 }]\n",
            "forecast.in_progress.a.count",
            "",
        ),
        (
            "in_progress = [{ stage = \"a\", count = 1, left = 2 }]\n",
            "forecast.in_progress.a.left",
            "",
        ),
        (
            "backlog = [{ count = 1000000 }, { count = 1 }]\n",
            "forecast",
            "more than",
        ),
    ] {
        let faults = Scenario::read(&with_state(&line(), state)).expect_err(state);
        let found = faults
            .iter()
            .any(|f| f.path == path && f.message.contains(words));
        assert!(found, "{state}: {faults:?}");
    }
}
