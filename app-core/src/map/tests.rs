use super::*;
use crate::templates::TEMPLATES;
use millrace_core::scenario::Scenario;

fn mapped(text: &str) -> MapView {
    let scenario = Scenario::read(text).unwrap();
    map(&scenario.baseline, &scenario.baseline)
}

fn template(name: &str) -> MapView {
    let found = TEMPLATES.iter().find(|t| t.id == name).unwrap();
    mapped(found.text)
}

fn flows<'m>(map: &'m MapView, from: &str) -> Vec<&'m str> {
    let of = map
        .edges
        .iter()
        .filter(|e| e.from == from && e.kind == EdgeKind::Flow);
    of.map(|e| e.to.as_str()).collect()
}

fn column(map: &MapView, id: &str) -> u32 {
    map.nodes.iter().find(|n| n.id == id).unwrap().column
}

#[test]
fn work_only_ever_moves_to_a_later_column() {
    for t in TEMPLATES {
        let map = mapped(t.text);
        for e in map.edges.iter().filter(|e| e.kind == EdgeKind::Flow) {
            let (from, to) = (column(&map, &e.from), column(&map, &e.to));
            assert!(from < to, "{}: {} → {}", t.id, e.from, e.to);
        }
    }
}

#[test]
fn every_node_is_in_a_lane_and_every_edge_joins_nodes() {
    for t in TEMPLATES {
        let map = mapped(t.text);
        let has = |id: &String| map.nodes.iter().any(|n| n.id == *id);
        for n in &map.nodes {
            assert!(map.lanes.iter().any(|l| l.id == n.lane), "{}", n.id);
        }
        for e in &map.edges {
            assert!(has(&e.from) && has(&e.to), "{} → {}", e.from, e.to);
        }
    }
}

#[test]
fn routes_by_share_stand_beside_each_other_and_meet_again() {
    let map = template("standard-organisation");
    let after = flows(&map, "stage/web/discovery");
    assert_eq!(after, ["stage/web/storefront", "stage/web/checkout"]);
    assert_eq!(column(&map, after[0]), column(&map, after[1]));
    for id in after {
        assert_eq!(flows(&map, id), ["stage/web/integration"]);
    }
    let labels: Vec<&str> = map.edges.iter().map(|e| e.label.as_str()).collect();
    assert!(labels.iter().any(|l| l.starts_with("55%")), "{labels:?}");
}

const FORKED: &str = r#"
format = 1
name = "Forked"
seed = 1
[[streams]]
id = "s"
commit = "idea"
[[streams.demand]]
id = "d"
per_week = 1
[[streams.stages]]
id = "idea"
team = "a"
effort = "1 hour"
[[streams.stages]]
id = "front"
team = "a"
effort = "1 hour"
[[streams.stages]]
id = "back"
team = "b"
effort = "1 hour"
[[streams.stages]]
id = "deep"
team = "b"
effort = "1 hour"
[[streams.stages]]
id = "test"
team = "a"
effort = "1 hour"
[[streams.forks]]
id = "layers"
join = "test"
parts = [{ id = "f", stages = ["front"] }, { id = "b", stages = ["back", "deep"] }]
[[teams]]
id = "a"
people = 3
[[teams]]
id = "b"
people = 3
[[teams]]
id = "idle"
people = 1
"#;

#[test]
fn a_fork_splits_and_joins() {
    let map = mapped(FORKED);
    assert_eq!(
        flows(&map, "stage/s/idea"),
        ["stage/s/front", "stage/s/back"]
    );
    assert_eq!(flows(&map, "stage/s/front"), ["stage/s/test"]);
    assert_eq!(flows(&map, "stage/s/back"), ["stage/s/deep"]);
    assert_eq!(flows(&map, "stage/s/deep"), ["stage/s/test"]);
    assert_eq!(column(&map, "stage/s/front"), column(&map, "stage/s/back"));
}

#[test]
fn a_team_without_work_has_a_lane_all_the_same() {
    let lanes: Vec<String> = mapped(FORKED).lanes.into_iter().map(|l| l.id).collect();
    assert_eq!(lanes, ["a", "b", "idle", "production"]);
}
