//! "Infrastructure is 94% busy: 10% more work adds 26 days, 10% less removes 14."

use super::words::{Unit, Worth, of_many, worth};
use super::{About, Sentence, View};
use crate::words::capital;
use millrace_core::experiment::load::{Load, STEP, Shifted};
use millrace_report::words::{percent, rounded};

/// How near to its limit an organisation runs: nothing where it is beyond it already, where the busiest team
/// cannot be told, or where less work does not surely help.
#[must_use]
pub fn sentence(load: &Load) -> Option<Sentence> {
    let busiest = &load.busiest;
    if load.overloaded || !busiest.sure {
        return None;
    }
    let base = load.lead_time_mean_hours.value;
    let unit = Unit::of(base);
    let step = percent(STEP);
    let less = match worth(load.less.lead_time_mean_hours.map(of_many), base) {
        Worth::Less(by) if !load.less.overloaded && !load.less.work_grows => by,
        _ => return None,
    };
    let more = match worth(load.more.lead_time_mean_hours.map(of_many), base) {
        _ if load.more.overloaded => endless(&load.more),
        Worth::More(by) if load.more.work_grows => format!("adds at least {}", unit.amount(by)),
        Worth::More(by) => format!("adds {}", unit.amount(by)),
        _ => return None,
    };
    let text = format!(
        "{} is {} busy: {step} more work {more}, {step} less removes {}.",
        capital(&busiest.name),
        percent(busiest.utilisation.value),
        unit.number(less)
    );
    let about = vec![
        About::of(View::Workbench, "utilisation", &busiest.id),
        About::of(View::Why, "load", "more"),
        About::of(View::Why, "load", "less"),
    ];
    Sentence::held("load", text, load.years, about)
}

fn endless(more: &Shifted) -> String {
    match more.wip_growth_per_week {
        Some(growth) if growth.low > 0.0 => format!(
            "never comes to an end, its queues grow by {} changes a week",
            rounded(growth.value)
        ),
        _ => "never comes to an end".to_owned(),
    }
}
