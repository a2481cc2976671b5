//! Time set aside to improve: how often work is reviewed, and how much of what reviews ask for is worked on at
//! once, so that improvements take at most a share of all planned time.

use super::check::{check, distribution};
use super::edit::set;
use super::format;
use super::node::{Node, Value};
use super::study::Study;
use crate::model::IMPROVEMENT_RULES;

/// What it sets.
pub const SETS: [&str; 3] = [
    "improvement.every",
    "improvement.at_once",
    "improvement.rules",
];

/// Weeks between reviews where a twentieth is set aside; half as many for twice the share.
const WEEKS_AT_A_TWENTIETH: f64 = 4.0;
const HOURS_A_WEEK: f64 = 40.0;

/// Set a share of planned time aside, 0 to 1. Without any, no rule is on. Where no rule is on, all are.
///
/// A review comes every E weeks and N improvements of h hours may be under way, so that N·h / E person-hours a
/// week are spent at most; N is the whole number for which that comes nearest to the share of what people's focus
/// leaves of 40 hours.
pub fn set_aside(tree: &mut Node, share: f64) {
    let Ok(study) = serde_json::from_value::<Study>(check(&format::STUDY, tree).json) else {
        return;
    };
    let on = study
        .improvement
        .as_ref()
        .is_some_and(|i| !i.rules.is_empty());
    let number = |x: f64| Node::of(Value::Number(x));
    let mut put = |path: &str, to: Node| {
        // The section is a table or absent, so that nothing on the way can be missing.
        let _ = set(tree, path, to);
    };
    if share <= 0.0 {
        if on {
            put("improvement.rules", Node::of(Value::List(Vec::new())));
        }
        return;
    }
    let hours = (study.improvement.as_ref())
        .and_then(|i| distribution(&i.hours).ok())
        .map_or(24.0, |d| d.mean());
    let week: f64 = (study.teams.iter())
        .map(|t| t.people * t.focus * HOURS_A_WEEK)
        .sum();
    let every = libm::fmax(1.0, libm::round(WEEKS_AT_A_TWENTIETH * 0.05 / share));
    let at_once = libm::round(share * week * every / hours);
    put("improvement.every", number(every));
    put("improvement.at_once", number(at_once.clamp(1.0, 100.0)));
    if !on {
        let rule = |id: &str| Node::of(Value::Table(vec![("rule".to_owned(), Node::text(id))]));
        let all = IMPROVEMENT_RULES.iter().map(|r| rule(r.1)).collect();
        put("improvement.rules", Node::of(Value::List(all)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;

    fn improvement(position: &str) -> Option<super::super::study::Improvement> {
        let text = include_str!("../../../scenarios/siloed-to-integrated.toml");
        let more = format!(
            "\n[[what_ifs]]\nid = \"t\"\nname = \"T\"\nlevers = {{ improvement = \"{position}\" }}\n"
        );
        let scenario = Scenario::read(&format!("{text}{more}")).unwrap();
        scenario.variant(Some("t"), &[]).unwrap().study.improvement
    }

    #[test]
    fn twice_the_share_is_twice_the_improvements_at_most() {
        let most = |position: &str| {
            let i = improvement(position).unwrap();
            i.at_once / i.every
        };
        // 13 people, 55 to 65% of their time planned: 308 hours a week; an improvement takes 16.
        assert_eq!(most("5%"), 1.0);
        assert_eq!(most("10%"), 2.0);
        assert_eq!(most("20%"), 4.0);
    }

    #[test]
    fn without_time_no_rule_is_on() {
        assert!(improvement("none").unwrap().rules.is_empty());
        assert_eq!(
            improvement("10%").unwrap().rules.len(),
            2,
            "those of the study stay"
        );
    }
}
