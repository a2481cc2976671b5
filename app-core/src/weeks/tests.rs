use super::*;
use crate::map;
use crate::templates::{TEMPLATES, template};
use millrace_core::engine::Weekly;
use millrace_core::experiment::{Cancel, replicate, summarise};
use millrace_core::scenario::{Models, Scenario, Variant};
use millrace_core::time::ticks_up;

/// A variant run for a few years, counted from its second half year on.
struct Ran {
    models: Models,
    runs: Vec<Replication>,
    summary: Summary,
}

fn run(variant: &Variant) -> Ran {
    let models = variant.models(Some(ticks_up(26.0 * 168.0)));
    let runs = replicate(&models, 0, 4, &Cancel::default());
    let summary = summarise("x", "X", models.likely(), &runs);
    Ran {
        models,
        runs,
        summary,
    }
}

impl Ran {
    fn case<'a>(&'a self, name: &'a str) -> Case<'a> {
        Case {
            name,
            model: self.models.likely(),
            runs: &self.runs,
            summary: &self.summary,
        }
    }
}

fn lines(figure: &Figure) -> Vec<Vec<f64>> {
    let line = |s: &Series| match &s.marks {
        Marks::Line { points } => points.iter().map(|p| p.y).collect(),
        _ => Vec::new(),
    };
    figure.series.iter().map(line).collect()
}

#[test]
fn everything_on_the_map_where_something_can_stand_has_its_weeks() {
    for t in TEMPLATES {
        let baseline = Scenario::read(t.text).unwrap().baseline;
        let ran = run(&baseline);
        let figures = figures(ran.case("Baseline"), None, &[]);
        let map = map::map(&baseline, &baseline);
        let nodes = map.nodes.iter().map(|n| n.id.clone());
        let lanes = map.lanes.iter().filter(|l| l.id != "production");
        for node in nodes.chain(lanes.map(|l| format!("team/{}", l.id))) {
            let weeks = figures.iter().filter(|f| f.id == id(&node)).count();
            assert_eq!(weeks, 1, "{}: {node}", t.id);
        }
    }
}

/// Nothing is drawn twice, and nothing is left out.
#[test]
fn what_stands_at_all_places_together_is_all_that_is_there() {
    let model = template("siloed-to-integrated").unwrap().text;
    let baseline = Scenario::read(model).unwrap().baseline;
    let ran = run(&baseline);
    let figures = figures(ran.case("Baseline"), None, &[]);
    let places = ["stage", "gate", "release", "deployment"];
    let of_places = figures.iter().filter(|f| {
        let place = f.id.strip_prefix("weeks-").unwrap_or("");
        places.iter().any(|p| place.starts_with(p))
    });
    let all: Vec<f64> = of_places.map(|f| lines(f)[0][10]).collect();
    let rows: [fn(&Weekly) -> &Vec<f32>; 3] = [|w| &w.stages, |w| &w.to_release, |w| &w.rolling];
    let there: f64 = ran
        .runs
        .iter()
        .flat_map(|r| rows.map(|of| (of(&r.weekly), r.weekly.arrived.len())))
        .flat_map(|(row, weeks)| {
            let n = row.len() / weeks;
            row[36 * n..37 * n].iter().map(|x| f64::from(*x))
        })
        .sum::<f64>()
        / ran.runs.len() as f64;
    assert!(there > 5.0, "{there} items in the eleventh week");
    assert!(
        (all.iter().sum::<f64>() - there).abs() < 1e-9,
        "{all:?} of {there}"
    );
}

#[test]
fn the_shown_variant_is_drawn_beside_the_baseline() {
    let scenario = Scenario::read(TEMPLATES[0].text).unwrap();
    let variant = |id| run(&scenario.variant(id, &[]).unwrap());
    let (before, after) = (variant(None), variant(Some("stream-aligned")));
    let alone = figures(before.case("Baseline"), None, &[]);
    let both = figures(before.case("Baseline"), Some(after.case("What-if")), &[]);
    assert!(alone.iter().any(|f| f.id == id("team/qa")));
    assert!(
        !both.iter().any(|f| f.id == id("team/qa")),
        "the team is gone"
    );
    let testing = both
        .iter()
        .find(|f| f.id == "weeks-stage-release-testing")
        .unwrap();
    assert_eq!(lines(testing).len(), 2);
    assert!(
        testing.title.contains(" in Testing, not "),
        "{}",
        testing.title
    );
}

#[test]
fn a_title_says_the_mean_of_its_line() {
    let scenario = Scenario::read(TEMPLATES[0].text).unwrap();
    let ran = run(&scenario.baseline);
    let figures = figures(ran.case("Baseline"), None, &[]);
    for (node, verb) in [
        ("gate/change-approval", " at "),
        ("release/release", " to be released"),
        ("tickets/infrastructure", " open at "),
        ("production/release", " reach users a week"),
        ("demand/release", " come a week"),
    ] {
        let figure = figures.iter().find(|f| f.id == id(node)).unwrap();
        let said = words::rounded(mean(&lines(figure)[0]));
        assert!(
            figure.title.contains(&format!("{said} ")) && figure.title.contains(verb),
            "{node}: {} and not {said}",
            figure.title
        );
        assert!(
            mean(&lines(figure)[0]) > 0.0,
            "{node}: nothing is ever there"
        );
    }
}
