use super::*;
use crate::templates::{TEMPLATES, template};
use millrace_core::experiment::trace::suspects;

fn ground(id: &str, shown: Option<&str>) -> Ground {
    Ground {
        scenario: Scenario::read(template(id).unwrap().text).unwrap(),
        shown: shown.map(str::to_owned),
        memory: Default::default(),
    }
}

/// What is offered against each suspect of the shown variant, by its id.
fn offers(ground: &Ground) -> Vec<(Suspect, Option<Offer>)> {
    let offers = Offers::of(ground).unwrap();
    let all = suspects(&offers.shown);
    let with = |s: Suspect| {
        let offer = offers.nearest(&s);
        (s, offer)
    };
    all.into_iter().map(with).collect()
}

fn find(all: &[(Suspect, Option<Offer>)], id: &str) -> Offer {
    let found = all.iter().find(|(s, _)| s.id == id);
    let (_, offer) = found.unwrap_or_else(|| panic!("no suspect {id}"));
    offer
        .clone()
        .unwrap_or_else(|| panic!("nothing against {id}"))
}

#[test]
fn a_wish_is_called_one_and_has_no_price() {
    let all = offers(&ground("siloed-to-integrated", None));
    for (id, name) in [
        ("defects/release", "If half as many defects were made"),
        ("returns/release", "If half as much were sent back"),
        ("repairs", "If fixes took half the time"),
        ("arrivals/release", "If requests came evenly"),
    ] {
        let offer = find(&all, id);
        assert_eq!(offer.proposal.name, name);
        assert!(offer.wish && offer.person_weeks == 0.0);
    }
    for (suspect, offer) in &all {
        let Some(offer) = offer else { continue };
        assert_eq!(
            offer.wish,
            offer.proposal.name.starts_with("If "),
            "{suspect:?}"
        );
    }
}

#[test]
fn half_of_what_is_wrong_is_half() {
    let ground = ground("siloed-to-integrated", None);
    let all = offers(&ground);
    let after = |id: &str| {
        let what_if = find(&all, id).proposal.what_if(&ground.scenario).unwrap();
        ground.scenario.variant(None, &what_if.changes).unwrap()
    };
    let before = &ground.scenario.baseline;
    let stage = |v: &Variant, id: &str| {
        let stages = &v.study.streams[0].stages;
        stages.iter().find(|s| s.id == id).unwrap().clone()
    };
    let fewer = after("returns/release");
    let (was, is) = (stage(before, "testing"), stage(&fewer, "testing"));
    assert!((is.returns[0].probability - 0.5 * was.returns[0].probability).abs() < 1e-12);
    assert_eq!(is.returns[0].effort_share, was.returns[0].effort_share);
    let fewer = after("defects/release");
    let sum = |v: &Variant| -> f64 {
        let model = v.model(None);
        model.stages.iter().flat_map(|s| s.defects).sum()
    };
    assert!((sum(&fewer) / sum(before) - 0.5).abs() < 1e-9);
    assert!(
        after("repairs").model(None).production.fix.mean()
            < 0.51 * before.model(None).production.fix.mean()
    );
}

#[test]
fn what_is_at_hand_comes_before_a_wish() {
    let bank = offers(&ground("regulated-bank", None));
    let environments = bank.iter().find(|(s, _)| s.id.starts_with("environments/"));
    let offer = environments.and_then(|(_, offer)| offer.clone()).unwrap();
    assert!(
        !offer.wish && offer.proposal.name.starts_with("2 more "),
        "{offer:?}"
    );
    let xit = offers(&ground("microsoft-xit-2004", None));
    let offer = find(&xit, "estimation/requests");
    assert_eq!(
        (offer.proposal.name.as_str(), offer.wish),
        ("No up-front estimates", false)
    );
}

#[test]
fn people_are_offered_on_top_of_those_that_are_shown() {
    let mut ground = ground("siloed-to-integrated", None);
    let more = Proposal {
        name: "More".into(),
        levers: vec![LeverMove {
            lever: "people/app".into(),
            position: 3.0,
        }],
        ..Proposal::default()
    };
    let mut what_if = more.what_if(&ground.scenario).unwrap();
    what_if.id = "more".into();
    ground.scenario.what_ifs.push(what_if);
    ground.shown = Some("more".into());
    let offer = find(&offers(&ground), "team/app");
    assert_eq!(offer.proposal.levers[0].position, 5.0);
    assert!(offer.person_weeks > 0.0);
}

/// Whatever a shipped study suspects, what is offered against it is a study, and another one. Nothing is
/// where a study says nothing of a capability, and where it is at its best already.
#[test]
fn every_offer_stands() {
    let silent = ["capability/", "detection", "handoffs", "release-work"];
    for t in TEMPLATES {
        let ground = ground(t.id, None);
        for (suspect, offer) in offers(&ground) {
            match offer {
                Some(offer) => assert!(offer.proposal.stands(&ground.scenario), "{offer:?}"),
                None => assert!(
                    silent.iter().any(|id| suspect.id.starts_with(id)),
                    "{}: nothing against {}",
                    t.id,
                    suspect.id
                ),
            }
        }
    }
}
