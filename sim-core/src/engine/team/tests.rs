use super::*;
use crate::model::Calendar;
use crate::random::Name;
use approx::assert_relative_eq;
use proptest::prelude::*;

fn team(people: u32, focus: f64, switching: f64, calendar: Calendar) -> Team {
    Team {
        id: "t".into(),
        label: "t".into(),
        name: Name::of_text("t"),
        people,
        places: people,
        focus,
        switching,
        load: 1.0,
        calendar,
    }
}

/// Hours until the only job of eight person-hours is done, and slowed time by cause as shares of that.
fn eight_hours(team: &Team, set: impl Fn(&mut TeamState)) -> (f64, [f64; SLOWED]) {
    let mut state = TeamState::default();
    state.advance(team, 0);
    set(&mut state);
    state.start(0, 0, 8.0, false);
    state.reschedule(team);
    let end = state.next;
    state.advance(team, end);
    assert_eq!(state.finish(), Some(0));
    let shares = state.slowed().map(|s| s / end as f64);
    (end as f64 / HOUR as f64, shares)
}

#[test]
fn a_person_for_every_item_works_at_focus_and_the_rest_is_meetings() {
    let (took, slowed) = eight_hours(&team(2, 0.8, 0.2, Calendar::always()), |_| {});
    assert_relative_eq!(took, 10.0, max_relative = 1e-9);
    assert_relative_eq!(slowed[MEETINGS], 0.2, max_relative = 1e-9);
    assert_relative_eq!(slowed.iter().sum::<f64>(), 0.2, max_relative = 1e-9);
}

#[test]
fn with_everybody_absent_nothing_moves_until_somebody_comes_and_all_of_it_is_time_away() {
    let team = team(2, 1.0, 0.0, Calendar::always());
    let mut state = TeamState::default();
    state.advance(&team, 0);
    state.set_absent(2);
    state.start(0, 0, 8.0, false);
    state.reschedule(&team);
    assert_eq!((state.available(&team), state.next), (0, NEVER));
    state.advance(&team, 5 * HOUR);
    assert_eq!(state.busy, 0.0, "nobody was there to be busy");
    state.set_absent(1);
    state.reschedule(&team);
    assert_eq!(state.next, 13 * HOUR);
    state.advance(&team, state.next);
    let mut away = [0.0; SLOWED];
    away[AWAY] = 5.0 * HOUR as f64;
    assert_eq!(state.slowed(), away);
    assert_relative_eq!(state.busy, 8.0, max_relative = 1e-12);
}

#[test]
fn one_of_two_absent_halves_the_speed_of_two_items_as_time_away_and_not_as_shared() {
    let team = team(2, 1.0, 0.0, Calendar::always());
    let mut state = TeamState::default();
    state.advance(&team, 0);
    state.start(0, 0, 8.0, false);
    state.start(1, 1, 8.0, false);
    state.set_absent(1);
    state.reschedule(&team);
    assert_eq!(state.next, 16 * HOUR);
    state.advance(&team, state.next);
    assert_relative_eq!(
        state.slowed()[AWAY],
        8.0 * HOUR as f64,
        max_relative = 1e-12
    );
    assert_eq!(state.slowed()[SHARED], 0.0);
}

#[test]
fn who_is_absent_cannot_be_lent() {
    let team = team(3, 1.0, 0.0, Calendar::always());
    let mut state = TeamState::default();
    state.set_absent(1);
    assert_eq!(state.lend(&team, 3), 2);
    assert_eq!(state.available(&team), 0);
    state.give_back(2);
    assert_eq!(state.available(&team), 2);
    state.lend(&team, 2);
    state.set_absent(3);
    assert_eq!(state.available(&team), 0, "people lent may fall ill too");
}

#[test]
fn half_the_skill_takes_twice_as_long_and_that_is_newcomers_time() {
    let (took, slowed) = eight_hours(&team(1, 1.0, 0.0, Calendar::always()), |s| s.set_skill(0.5));
    assert_relative_eq!(took, 16.0, max_relative = 1e-12);
    assert_relative_eq!(slowed[NEWCOMERS], 0.5, max_relative = 1e-12);

    let (took, slowed) = eight_hours(&team(1, 0.5, 0.0, Calendar::always()), |s| s.set_skill(0.5));
    assert_relative_eq!(took, 32.0, max_relative = 1e-12);
    assert_relative_eq!(slowed[NEWCOMERS], 0.375, max_relative = 1e-12);
    assert_relative_eq!(slowed[MEETINGS], 0.375, max_relative = 1e-12);
}

#[test]
fn skill_that_changes_in_the_middle_changes_what_is_left_in_both_lanes() {
    for interrupts in [false, true] {
        let team = team(1, 1.0, 0.0, Calendar::always());
        let mut state = TeamState::default();
        state.advance(&team, 0);
        state.start(0, 0, 8.0, interrupts);
        state.reschedule(&team);
        state.advance(&team, 4 * HOUR);
        state.set_skill(0.5);
        state.reschedule(&team);
        assert_eq!(state.next, 12 * HOUR);
        state.reset();
        state.start(0, 0, 8.0, interrupts);
        state.reschedule(&team);
        assert_eq!(state.next, 8 * HOUR, "a new run starts with full skill");
    }
}

#[test]
fn a_job_of_no_effort_ends_when_it_starts_even_at_night() {
    let office = Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 0.0);
    let team = team(1, 1.0, 0.0, office);
    let mut state = TeamState::default();
    state.advance(&team, 20 * HOUR);
    state.start(0, 0, 0.0, false);
    state.reschedule(&team);
    assert_eq!(state.next, 20 * HOUR);
}

proptest! {
    /// Many jobs at once, two clocks, people coming and going: jobs of a lane end in order of their
    /// effort left, and the work done is the time worked less what slowed it.
    #[test]
    fn work_done_is_time_in_progress_less_what_slowed_it(
        efforts in prop::collection::vec((0.1f64..40.0, prop::bool::weighted(0.2), 0u32..4), 1..60),
        people in 1u32..6,
        focus in 0.3f64..1.0,
    ) {
        let office = Calendar::weekly(&[0, 1, 2, 3, 4], 9.0, 17.0, 0.0);
        for calendar in [Calendar::always(), office] {
            let team = team(people, focus, 0.3, calendar);
            let mut state = TeamState::default();
            let mut begun = Vec::new();
            let mut now = 0;
            let mut left = efforts.iter();
            loop {
                if let Some((effort, interrupts, absent)) = left.next() {
                    state.advance(&team, now);
                    // Not all: then nothing would ever end.
                    state.set_absent((*absent).min(people - 1));
                    state.start(begun.len() as u32, begun.len() as u64, *effort, *interrupts);
                    begun.push((*effort, *interrupts, state.worked(), state.slowed()));
                    state.reschedule(&team);
                    if begun.len() % 3 != 0 {
                        continue;
                    }
                }
                if state.next == NEVER {
                    break;
                }
                prop_assert!(state.next >= now);
                now = state.next;
                state.advance(&team, now);
                let done = state.finish().expect("a job ends at `next`");
                state.reschedule(&team);
                let (effort, interrupts, worked, slowed) = begun[done as usize];
                if !interrupts {
                    let slower: f64 = (0..SLOWED).map(|k| state.slowed()[k] - slowed[k]).sum();
                    let net = (state.worked() - worked) as f64 - slower;
                    let off = net - effort * HOUR as f64;
                    prop_assert!((-0.01..100.0).contains(&off), "{effort} h: {off} ticks off");
                }
            }
            prop_assert_eq!(state.in_progress(), 0);
        }
    }
}
