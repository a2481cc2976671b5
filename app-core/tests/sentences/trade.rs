use crate::study::{line, pair, shipped};
use millrace_report::words::rounded;

#[test]
fn harm_spared_is_told_with_the_time_it_costs() {
    let scenario = shipped("three-products", &[]);
    let pair = pair(&scenario, "all-canary", 96);
    let s = pair.says("trade").expect("the sentence");
    let d = &pair.comparison.differences;
    let [time, harm] = [&d.lead_time_hours.mean, &d.impact_hours_per_month]
        .map(|d| d.as_ref().unwrap().estimate.value);
    let all = pair.before.summary.impact_hours_per_month.unwrap().value;
    assert!(time > 0.0 && harm < 0.0, "{time} {harm}");
    let costs = format!("costs {} day", rounded(time / 24.0));
    let spares = format!(
        "spares customers {} of {} harm hours a month",
        rounded(-harm),
        rounded(all)
    );
    assert!(
        s.text.contains(&costs) && s.text.contains(&spares),
        "{}",
        s.text
    );
}

#[test]
fn harm_done_for_time_saved_is_told_too() {
    let pair = pair(&shipped("three-products", &[]), "all-at-once", 96);
    let s = pair.says("trade").expect("the sentence");
    assert!(
        s.text.contains("saves ") && s.text.contains(" but costs customers "),
        "{}",
        s.text
    );
}

#[test]
fn without_a_sure_change_of_both_nothing_is_told() {
    // Nothing reaches customers.
    let faster = line("per_week = 3", 8.0, "levers = { \"people/ops\" = 1 }");
    assert_eq!(pair(&faster, "w", 64).says("trade"), None);
    // Customers notice nothing that luck could not give.
    let slower = pair(&shipped("siloed-to-integrated", &[]), "self-service", 64);
    assert_eq!(slower.says("trade"), None);
}

#[test]
fn more_harm_because_more_is_delivered_is_told_for_as_many_changes() {
    // The pace team gets people: more is delivered, and each change does no more harm than before.
    let text = [
        ("per_week = 3\n", "arrives = \"endless\"\n"),
        (
            "commit = \"development\"\n",
            "commit = \"development\"\nwip_limit = 45\n",
        ),
        ("probability = \"45%\"", "probability = \"90%\""),
        (
            "changes = [\n  { set = \"platform.capabilities.self-service-infrastructure.level\", to = 2 },\n  { set = \"platform.capabilities.test-environments.level\", to = 2 },\n]",
            "levers = { \"people/infrastructure\" = 2 }",
        ),
    ];
    let pair = pair(&shipped("siloed-to-integrated", &text), "self-service", 64);
    let more = pair
        .comparison
        .differences
        .impact_hours_per_month
        .as_ref()
        .unwrap();
    assert!(
        more.estimate.low > 0.0,
        "a month, customers have more of it: {more:?}"
    );
    if let Some(s) = pair.says("trade") {
        assert!(!s.text.contains("harm hours a month"), "{}", s.text);
        assert!(!s.text.contains("costs customers"), "{}", s.text);
    }
}
