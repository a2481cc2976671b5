use super::proposal::Proposal;
use super::why::WhyId;
use super::*;
use crate::desk::Desk;
use crate::templates::TEMPLATES;
use combine::PlaceView;
use millrace_core::experiment::compare::difference;
use millrace_core::experiment::rank::HEADLINES;
use millrace_core::experiment::{Metric, Statistic, replicate, summarise};
use millrace_core::stats::Estimate;
use millrace_report::words::rounded;
use std::cell::RefCell;

/// The siloed study with few years: what is asked here does not depend on how many.
fn ground(shown: Option<&str>) -> Ground {
    with_run(shown, "replications = 40")
}

/// All views count from one week on.
fn counted(shown: Option<&str>) -> Ground {
    with_run(shown, "replications = 40\nwarm_up = \"26 weeks\"")
}

fn with_run(shown: Option<&str>, run: &str) -> Ground {
    let text = TEMPLATES[0].text.replace("replications = 1000", run);
    Ground {
        scenario: Scenario::read(&text).unwrap(),
        shown: shown.map(str::to_owned),
        memory: SharedMemory::default(),
    }
}

fn asked<T>(
    ground: &Ground,
    question: impl Fn(&Ground, &Watching<'_>, &dyn Fn(T)) -> Answer<T>,
) -> (T, usize) {
    let told = RefCell::new(0);
    let watch = Watching {
        cancel: &Cancel::default(),
        at: &|done, all| assert!(done <= all, "{done} of {all}"),
    };
    let found = question(ground, &watch, &|_| *told.borrow_mut() += 1).unwrap();
    let told = *told.borrow();
    (found, told)
}

fn ids(all: &[&str]) -> Vec<String> {
    all.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn what_ifs_stand_beside_the_baseline_with_the_same_rows() {
    let g = ground(None);
    let chosen = ids(&["no-board", "canary"]);
    let (view, told) = asked(&g, |g, w, s| compare::compare(g, &chosen, w, s));
    assert_eq!((view.years, told), (40, 1), "a first look and the whole");
    assert_eq!(view.columns.len(), 2);
    for column in &view.columns {
        assert_eq!(column.years.len(), 50);
        assert!(column.years.windows(2).all(|w| w[0] <= w[1]));
        let rows = |rows: &[crate::view::RowView]| -> Vec<String> {
            rows.iter().map(|r| r.id.clone()).collect()
        };
        assert_eq!(rows(&column.rows), rows(&view.baseline));
        let has = |id: &str| column.rows.iter().any(|r| r.id == id);
        assert!(
            has("incidents") && has("incidents-per-100"),
            "never one without the other"
        );
        let paid: f64 = column.cost.iter().map(|c| c.person_weeks).sum();
        assert_eq!(paid, column.person_weeks);
    }
    let better = view.columns[0].years.iter().filter(|d| **d < 0.0).count();
    assert!(better >= 40 && view.columns[0].difference.starts_with('−'));
    assert!(view.columns[0].why.iter().any(|w| w.starts_with("board −")));
    assert_eq!(
        g.memory.lock().unwrap().years().len(),
        40,
        "the baseline's years are kept"
    );
}

#[test]
fn a_dip_is_told_where_there_is_one() {
    let g = ground(None);
    let chosen = ids(&["canary", "no-board"]);
    let (view, _) = asked(&g, |g, w, s| path::paths(g, &chosen, w, s));
    let [canary, board] = &view.paths[..] else {
        panic!("two paths")
    };
    let said = |p: &path::PathView, id: &str| p.sentences.iter().any(|s| s.id == id);
    assert!(said(canary, "quarters") && said(board, "quarters"));
    let longer = canary.dip.starts_with("requests take longer");
    assert!(
        canary.dip.starts_with("level again") || longer,
        "{}",
        canary.dip
    );
    assert!(canary.worse_first.is_some() && board.worse_first.is_none());
    assert_eq!(board.dip, "no quarter is clearly worse");
    for q in canary.quarters.iter().chain(&board.quarters) {
        assert!(q.baseline_low <= q.baseline_high && q.what_if_low <= q.what_if_high);
        assert!(q.what_if_high <= view.most);
    }
}

/// Ids of everything on the map of the shown variant.
fn map(g: &Ground) -> Vec<String> {
    let variant = g.variant(g.shown.as_deref()).unwrap();
    let map = crate::map::map(&variant, &variant);
    let lanes = map.lanes.iter().map(|l| format!("team/{}", l.id));
    map.nodes
        .iter()
        .map(|n| n.id.clone())
        .chain(lanes)
        .collect()
}

#[test]
fn what_is_offered_against_a_suspect_can_be_made() {
    let shown = Some("no-board");
    let g = ground(shown);
    let (view, _) = asked(&g, why::why);
    assert_eq!(view.variant.as_deref(), shown);
    let lead = &view.figures[0];
    assert_eq!(lead.id, WhyId::LeadTime);
    let offers = lead.suspects.iter().filter_map(|s| s.offer.as_ref());
    let offers: Vec<&why::Offer> = offers.collect();
    assert!(offers.len() >= 4, "{offers:?}");
    for offer in &offers {
        let proposal = &offer.proposal;
        assert!(proposal.stands(&g.scenario));
        assert_eq!(proposal.includes.first().map(String::as_str), shown);
        assert_eq!(offer.wish, proposal.name.starts_with("If "), "{offer:?}");
        assert!(!offer.wish || offer.person_weeks == 0.0, "{offer:?}");
    }
    assert!(offers.iter().any(|o| o.wish) && offers.iter().any(|o| o.person_weeks > 0.0));
    let map = map(&g);
    for suspect in &lead.suspects {
        let known = |at: &String| map.contains(at);
        assert!(suspect.on_map.iter().all(known), "{suspect:?}");
        assert!(suspect.on_map.is_none() || suspect.account.is_none());
    }
    let harmful = lead
        .suspects
        .iter()
        .filter(|s| s.on_its_own.is_some_and(|o| o.high < 0.0));
    for s in harmful {
        let alone = s
            .offer
            .as_ref()
            .is_some_and(|o| o.proposal.levers.len() + o.proposal.settings.len() < 2);
        assert!(!alone, "nobody would choose {s:?}");
    }
    let sum: f64 = view.accounts.iter().map(|a| a.value).sum();
    assert!(
        sum <= lead.value * 1.001 && sum > 0.9 * lead.value,
        "{sum} of {}",
        lead.value
    );
}

#[test]
fn steps_are_ranked_by_size_and_each_is_a_what_if() {
    let g = ground(Some("no-board"));
    let (view, _) = asked(&g, rank::rank);
    for figure in &view.figures {
        let side = |s: &rank::LeverStep| match s.better {
            Some(true) => 0,
            None => 1,
            Some(false) => 2,
        };
        let in_order = |w: &[rank::LeverStep]| {
            side(&w[0]) < side(&w[1])
                || side(&w[0]) == side(&w[1]) && w[0].value.abs() >= w[1].value.abs()
        };
        assert!(figure.steps.windows(2).all(in_order));
        for step in &figure.steps {
            assert!(step.proposal.stands(&g.scenario), "{step:?}");
        }
    }
    let steps = &view.figures[0].steps;
    let fewer = steps
        .iter()
        .find(|s| s.lever == "people/app" && s.to == "−1");
    assert!(
        fewer.is_some_and(|s| s.value > 0.0),
        "fewer people make it longer"
    );
}

#[test]
fn what_nothing_beats_is_not_beaten_by_its_own_numbers() {
    let g = ground(None);
    let chosen = ids(&["no-board", "canary", "stream-aligned"]);
    let (view, _) = asked(&g, |g, w, s| combine::combine(g, &chosen, Some(30.0), w, s));
    assert!(view.combinations.iter().all(|c| c.person_weeks <= 30.0));
    assert!(view.over_budget > 0);
    let front: Vec<_> = view
        .combinations
        .iter()
        .filter(|c| c.place == PlaceView::Front)
        .collect();
    for c in &front {
        let beats = |o: &&&combine::CombinationView| {
            o.person_weeks <= c.person_weeks && o.within < c.within && o.incidents < c.incidents
        };
        assert!(front.iter().find(beats).is_none(), "{c:?}");
    }
    let pair = view
        .combinations
        .iter()
        .find_map(|c| c.proposal.clone())
        .unwrap();
    assert!(pair.stands(&g.scenario));
    let (worth, tried) = (
        front.iter().filter(|c| !c.what_ifs.is_empty()).count(),
        view.combinations
            .iter()
            .filter(|c| !c.what_ifs.is_empty())
            .count(),
    );
    assert!(
        view.sentence
            .starts_with(&format!("Of {tried} combinations, {worth} "))
            && view.sentence.contains("person-week"),
        "{}",
        view.sentence
    );
}

#[test]
fn a_number_that_turns_the_choice_lies_within_its_range() {
    let g = ground(None);
    let (view, told) = asked(&g, |g, w, s| {
        flip::turned(g, "canary", WhyId::LeadTime, w, s)
    });
    assert!(told > 10, "told after every number");
    assert!(view.told && !view.turns.is_empty());
    for t in &view.turns {
        assert!(t.number.min <= t.at && t.at <= t.number.max, "{t:?}");
        assert!(t.at != t.number.likely);
    }
    assert!(
        view.turns.windows(2).all(|w| w[0].way <= w[1].way),
        "the nearest first"
    );
    let said = view.sentence.expect("something turns it").text;
    let first = &view.turns[0].number;
    assert!(said.contains(&first.label), "{said}");
    assert!(!said.contains(&first.path), "{said}");
}

#[test]
fn what_was_ended_has_no_answer() {
    let g = ground(None);
    let cancel = Cancel::default();
    cancel.cancel();
    let watch = Watching {
        cancel: &cancel,
        at: &|_, _| {},
    };
    let none = |_| panic!("nothing is told");
    assert!(rank::rank(&g, &watch, &none).is_err());
    let chosen = ids(&["canary"]);
    let none = |_| panic!("nothing is told");
    assert!(compare::compare(&g, &chosen, &watch, &none).is_err());
}

#[test]
fn a_proposal_becomes_a_what_if_and_undo_takes_it_back() {
    let mut desk = Desk::new();
    let before = desk.open_template(TEMPLATES[0].id.into()).unwrap();
    let proposal = Proposal {
        name: "No board, more people".into(),
        includes: ids(&["no-board"]),
        levers: vec![proposal::LeverMove {
            lever: "people/infrastructure".into(),
            position: 2.0,
        }],
        settings: vec![proposal::Setting {
            path: "governance.emergency_path".into(),
            to: "false".into(),
        }],
        scalings: vec![proposal::Scaling {
            path: "teams.app.people".into(),
            by: 2.0,
        }],
    };
    let study = desk.make_what_if(&proposal).unwrap();
    let made = study.what_ifs.last().unwrap();
    assert_eq!(study.active.as_ref(), Some(&made.id));
    assert_eq!(made.name, proposal.name);
    let said = [
        "Policy check instead of the board",
        "People in Infrastructure → +2",
        "2 other values",
    ];
    assert_eq!(made.changes, said);
    let back = desk.undo().unwrap();
    assert_eq!(back.what_ifs, before.what_ifs);
    let impossible = Proposal {
        levers: vec![proposal::LeverMove {
            lever: "strategy".into(),
            position: 4.0,
        }],
        ..Proposal::default()
    };
    let refusal = desk.make_what_if(&impossible).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ImpossiblePosition);
    let adopted = desk.adopt("no-board").unwrap();
    assert!(adopted.what_ifs.iter().all(|w| w.id != "no-board"));
}

#[test]
fn levels_of_the_baseline_are_those_of_its_longest_run_in_every_view() {
    let g = counted(None);
    let cancel = Cancel::default();
    let warm_up = g.warm_up([], &cancel);
    let long = g.baseline(warm_up, 96, &cancel);
    let model = g.scenario.baseline.model(Some(warm_up));
    let settled = summarise("baseline", "Baseline", &model, &long);
    let few = summarise("baseline", "Baseline", &model, &long[..40]);
    let of = |e: Option<Estimate>| e.expect("a figure").value;
    let p85 = of(settled.lead_time_hours.p85);
    assert!(p85 != of(few.lead_time_hours.p85), "else nothing is tried");
    let same = |x: f64, hours: f64| (24.0 * x - hours).abs() < 1e-6;

    let chosen = ids(&["no-board", "stream-aligned"]);
    let (compared, _) = asked(&g, |g, w, s| compare::compare(g, &chosen, w, s));
    assert_eq!(compared.within, rounded(p85 / 24.0));
    let delivered = |rows: &[crate::view::RowView]| {
        let row = rows.iter().find(|r| r.id == "delivered");
        row.map(|r| r.baseline.clone())
    };
    assert_eq!(
        delivered(&compared.baseline),
        Some(rounded(settled.delivered_per_month()))
    );

    let (combined, _) = asked(&g, |g, w, s| combine::combine(g, &chosen, None, w, s));
    let today = combined
        .combinations
        .iter()
        .find(|c| c.what_ifs.is_empty())
        .unwrap();
    assert!(same(today.within.unwrap(), p85), "{today:?}");
    assert_eq!(
        today.incidents,
        settled.incidents_per_month.map(|e| e.value)
    );

    let (ranked, _) = asked(&g, rank::rank);
    assert!(
        same(ranked.figures[0].value, p85),
        "{}",
        ranked.figures[0].value
    );
    assert_eq!(ranked.figures[1].value, of(settled.incidents_per_month));

    let (traced, _) = asked(&g, why::why);
    let mean = of(settled.lead_time_hours.mean);
    assert!(
        same(traced.figures[0].value, mean),
        "{}",
        traced.figures[0].value
    );
    let (id, part) = settled
        .parts_hours
        .iter()
        .max_by(|a, b| a.1.total_cmp(b.1))
        .unwrap();
    let account = traced.accounts.iter().find(|a| a.id == *id).unwrap();
    assert!(same(account.value, *part), "{account:?} of {part}");

    // A what-if is as far from it as the years of both say.
    let alone = combined
        .combinations
        .iter()
        .find(|c| c.what_ifs == ["no-board"])
        .unwrap();
    let models = g.variant(Some("no-board")).unwrap().models(Some(warm_up));
    let runs = replicate(&models, 0, 40, &cancel);
    let by = difference(HEADLINES[0], &long[..40], &runs)
        .unwrap()
        .estimate
        .value;
    let apart = alone.within.unwrap() - today.within.unwrap();
    assert!(same(apart, by), "{apart} days and {by} hours");
    let column = &compared.columns[0];
    assert_eq!(column.difference, signed(by / 24.0));
}

#[test]
fn a_shown_what_if_is_told_as_the_baseline_and_the_difference_of_both() {
    let g = counted(Some("no-board"));
    let cancel = Cancel::default();
    let shown = g.variant(Some("no-board")).unwrap();
    let warm_up = g.warm_up([&shown], &cancel);
    let long = g.baseline(warm_up, 96, &cancel);
    let runs = replicate(&shown.models(Some(warm_up)), 0, 40, &cancel);
    let mean = Metric::LeadTime(Statistic::Mean);
    let by = difference(mean, &long[..40], &runs).unwrap().estimate.value;
    let level = mean.estimate(&long, 0.95).unwrap().value + by;
    let (traced, _) = asked(&g, why::why);
    let told = 24.0 * traced.figures[0].value;
    assert!((told - level).abs() < 1e-6, "{told} of {level}");
    let sum: f64 = traced.accounts.iter().map(|a| a.value).sum();
    assert!(sum <= 1.001 * traced.figures[0].value && sum > 0.9 * traced.figures[0].value);
}
