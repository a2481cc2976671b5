use crate::study::{WARM_UP, line};
use millrace_app_core::sentences::load::sentence;
use millrace_core::experiment::load::{Load, load};
use millrace_core::experiment::{Cancel, Watch};
use millrace_report::words::{percent, rounded};

fn other_demand(demand: &str, ops_hours: f64) -> Option<Load> {
    let cancel = Cancel::default();
    let watch = Watch {
        cancel: &cancel,
        made: &|_| {},
    };
    let baseline = line(demand, ops_hours, "").baseline;
    load(&baseline, Some(WARM_UP), 128, watch)
}

#[test]
fn a_busy_team_is_told_with_what_a_tenth_more_and_less_does() {
    // 8 hours of 40 in a week for each.
    let load = other_demand("per_week = 3.3", 8.0).expect("a load");
    let s = sentence(&load).unwrap_or_else(|| panic!("no sentence of {load:#?}"));
    let days = |e: Option<millrace_core::stats::Estimate>| {
        let hours = e.expect("measured").value.abs();
        rounded(if load.lead_time_mean_hours.value >= 36.0 {
            hours / 24.0
        } else {
            hours
        })
    };
    let (more, less) = (
        days(load.more.lead_time_mean_hours),
        days(load.less.lead_time_mean_hours),
    );
    assert!(
        s.text.starts_with(&format!(
            "Operations is {} busy: 10% more work adds {more} ",
            percent(load.busiest.utilisation.value)
        )),
        "{}",
        s.text
    );
    assert!(
        s.text.contains(&format!(", 10% less removes {less}")),
        "{}",
        s.text
    );
    assert!(
        (load.busiest.utilisation.value - 0.66).abs() < 0.02,
        "{load:?}"
    );
}

#[test]
fn more_than_it_can_do_has_no_number_of_days() {
    let load = other_demand("arrives = \"regular\"\nper_week = 4.75", 8.0).expect("a load");
    let said = sentence(&load).unwrap_or_else(|| panic!("no sentence of {load:#?}"));
    let never = "Operations is 95% busy: 10% more work never comes to an end";
    assert!(said.text.starts_with(never), "{}", said.text);
}

#[test]
fn what_has_not_settled_in_a_year_is_at_least_so_long() {
    let load = other_demand("per_week = 4.1", 8.0).expect("a load");
    let said = sentence(&load).unwrap_or_else(|| panic!("no sentence of {load:#?}"));
    assert!(load.more.work_grows && !load.more.overloaded, "{load:#?}");
    assert!(
        said.text.contains("10% more work adds at least "),
        "{}",
        said.text
    );
}

#[test]
fn demand_that_never_runs_dry_has_no_more_of_it() {
    assert!(other_demand("arrives = \"endless\"", 8.0).is_none());
}

#[test]
fn nothing_is_told_of_idle_teams_of_two_as_busy_and_of_too_much() {
    let said = |demand, hours| sentence(&other_demand(demand, hours).expect("a load"));
    assert_eq!(said("per_week = 0.5", 8.0), None, "idle");
    assert_eq!(said("per_week = 12", 2.5), None, "two as busy");
    assert_eq!(said("per_week = 6", 8.0), None, "too much as it is");
}
