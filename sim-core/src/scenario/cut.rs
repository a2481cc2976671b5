//! How teams are cut: from layers of technology towards teams that own a value stream. Whoever joins a
//! team of a stream is still counted; their stages, and whatever else named their team, go with them.

use super::check::{check, distribution};
use super::fault::Fault;
use super::format;
use super::node::{Node, Value};
use super::study::{Stream, Study, Team};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of teams that join the teams of streams at the second position, and at the third.
const LAYERS: [&[&str]; 2] = [
    &["front end", "back end"],
    &["front end", "back end", "database", "qa"],
];

/// The position that describes a study: 0 for layers of technology, 1 for product teams that borrow
/// specialists, 2 for one team for each value stream. `None` if the study cannot be read.
#[must_use]
pub fn stands(tree: &Node) -> Option<usize> {
    Some(position(&read(tree)?))
}

fn read(tree: &Node) -> Option<Study> {
    serde_json::from_value(check(&format::STUDY, tree).json).ok()
}

fn working(study: &Study) -> BTreeSet<&str> {
    let stages = study.streams.iter().flat_map(|s| &s.stages);
    stages.map(|s| s.team.as_str()).collect()
}

fn position(study: &Study) -> usize {
    let working = working(study);
    let any = |kinds: &[&str]| {
        let mut teams = study.teams.iter();
        teams.any(|t| working.contains(t.id.as_str()) && kinds.contains(&t.kind.as_str()))
    };
    match (any(LAYERS[0]), any(LAYERS[1])) {
        (true, _) => 0,
        (false, true) => 1,
        _ => 2,
    }
}

/// Cut the teams anew.
///
/// # Errors
/// If that would ask for layers that the study does not name, or a stream would be left without people.
pub fn cut(tree: &mut Node, to: usize) -> Result<(), Fault> {
    let Some(study) = read(tree) else {
        return Ok(());
    };
    let now = position(&study);
    if to == now {
        return Ok(());
    }
    if to < now {
        let message = "its teams follow the value streams already; nothing says which layers they would be cut into";
        return Err(
            Fault::new(None, "teams", message).hint("add teams and give them stages on the map")
        );
    }
    let plan = Plan::of(&study, LAYERS[to - 1])?;
    plan.apply(tree);
    Ok(())
}

/// Who owns each stream afterwards, with whom.
struct Plan {
    /// By stream: the team that owns it.
    owners: BTreeMap<String, Owner>,
    /// Teams that join them.
    joining: BTreeSet<String>,
    /// The stream with most to do: what names a team outside of any stream means its owner.
    heaviest: String,
}

struct Owner {
    id: String,
    /// The team it goes on from.
    from: String,
    name: Option<String>,
    people: f64,
    focus: f64,
    tools: Option<f64>,
}

impl Plan {
    fn of(study: &Study, kinds: &[&str]) -> Result<Self, Fault> {
        let working = working(study);
        let joins = |t: &&Team| working.contains(t.id.as_str()) && kinds.contains(&t.kind.as_str());
        let joining: Vec<&Team> = study.teams.iter().filter(joins).collect();
        let names: BTreeSet<&str> = joining.iter().map(|t| t.id.as_str()).collect();
        let people: f64 = joining.iter().map(|t| t.people).sum();
        let weights: Vec<f64> = study.streams.iter().map(|s| weight(s, &names)).collect();
        let share = split(people, &weights);
        let mut owners = BTreeMap::new();
        for (stream, joined) in study.streams.iter().zip(&share) {
            let owner = owner(study, stream, &joining, *joined);
            if owner.people < 1.0 {
                let message = format!("nobody would be left for the stream `{}`", stream.id);
                return Err(Fault::new(None, "teams", message).hint("add people first"));
            }
            owners.insert(stream.id.clone(), owner);
        }
        let heaviest = (study.streams.iter().zip(&weights))
            .reduce(|a, b| if b.1 > a.1 { b } else { a })
            .map_or(String::new(), |(s, _)| s.id.clone());
        Ok(Self {
            owners,
            joining: names.into_iter().map(str::to_owned).collect(),
            heaviest,
        })
    }

    fn apply(&self, tree: &mut Node) {
        for stream in list(tree, "streams") {
            let id = stream.get("id").and_then(Node::as_text);
            if let Some(owner) = id.and_then(|id| self.owners.get(id)) {
                let to = [owner.id.clone()];
                rename(stream, &|team| self.joining.contains(team).then(|| &to[..]));
            }
        }
        let all: Vec<String> = self.owners.values().map(|o| o.id.clone()).collect();
        let main = [self.owners[&self.heaviest].id.clone()];
        if let Value::Table(parts) = &mut tree.value {
            for (key, part) in parts {
                match key.as_str() {
                    "streams" | "what_ifs" => {}
                    "teams" => self.teams(part),
                    _ => rename_both(part, &|team| self.joining.contains(team), &main, &all),
                }
            }
        }
        self.pairs(tree, &main[0]);
    }

    /// A team hands nothing over to itself, and each pair stands once.
    fn pairs(&self, tree: &mut Node, main: &str) {
        let Some(Value::List(pairs)) = tree.at_mut("handoffs.pairs").map(|n| &mut n.value) else {
            return;
        };
        let mut seen: Vec<[String; 2]> = Vec::new();
        pairs.retain_mut(|p| {
            let pair = ["from", "to"].map(|key| {
                let team = p.get(key).and_then(Node::as_text).unwrap_or_default();
                let new = if self.joining.contains(team) {
                    main
                } else {
                    team
                }
                .to_owned();
                put(p, key, Node::text(new.clone()));
                new
            });
            let fresh = pair[0] != pair[1] && !seen.contains(&pair);
            seen.push(pair);
            fresh
        });
    }

    /// The teams as they are afterwards: owners where the first of those that join them stood.
    fn teams(&self, part: &mut Node) {
        let Value::List(teams) = &mut part.value else {
            return;
        };
        let before = teams.clone();
        let id = |n: &Node| {
            n.get("id")
                .and_then(Node::as_text)
                .unwrap_or_default()
                .to_owned()
        };
        let first = before.iter().position(|t| self.joining.contains(&id(t)));
        let kept = |t: &Node| !self.joining.contains(&id(t));
        let owned: BTreeSet<&str> = self.owners.values().map(|o| o.id.as_str()).collect();
        let mut new: Vec<Node> = Vec::new();
        for owner in self.owners.values() {
            if new.iter().any(|t| id(t) == owner.id) {
                continue;
            }
            let from = before.iter().find(|t| id(t) == owner.from);
            new.extend(from.map(|t| owner.table(t)));
        }
        let at = first.unwrap_or(before.len());
        let outside = |t: &&Node| kept(t) && !owned.contains(id(t).as_str());
        *teams = before[..at].iter().filter(outside).cloned().collect();
        teams.append(&mut new);
        teams.extend(before[at..].iter().filter(outside).cloned());
    }
}

impl Owner {
    fn table(&self, from: &Node) -> Node {
        let mut team = from.clone();
        put(&mut team, "id", Node::text(self.id.clone()));
        if let Some(name) = &self.name {
            put(&mut team, "name", Node::text(name.clone()));
        }
        put(&mut team, "kind", Node::text("stream-aligned"));
        put(&mut team, "people", Node::of(Value::Number(self.people)));
        put(&mut team, "focus", Node::of(Value::Number(self.focus)));
        if let (Some(tools), Some(load)) = (self.tools, team.get_mut("load")) {
            put(load, "tools", Node::of(Value::Number(tools)));
        }
        team
    }
}

/// Person-hours a week that some teams spend on a stream; 1 where nothing says how many.
fn weight(stream: &Stream, teams: &BTreeSet<&str>) -> f64 {
    let mean = |json: &serde_json::Value| distribution(json).map_or(1.0, |d| d.mean());
    let own = |s: &&super::study::Stage| teams.contains(s.team.as_str());
    let hours: f64 = stream
        .stages
        .iter()
        .filter(own)
        .map(|s| mean(&s.effort))
        .sum();
    let size: f64 = stream
        .demand
        .iter()
        .map(|d| d.per_week * mean(&d.size))
        .sum();
    if hours * size > 0.0 {
        hours * size
    } else {
        f64::from(u8::from(hours > 0.0))
    }
}

/// Whole people by weight, the largest remainders first, nobody lost.
fn split(people: f64, weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0.0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|w| people * w / sum).collect();
    let mut whole: Vec<f64> = exact.iter().map(|x| libm::floor(*x)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let rest = |i: &usize| exact[*i] - libm::floor(exact[*i]);
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)).then(a.cmp(b)));
    let left = (people - whole.iter().sum::<f64>()) as usize;
    order.iter().take(left).for_each(|i| whole[*i] += 1.0);
    // A stream with work gets somebody where anybody can be spared.
    for i in 0..whole.len() {
        let most = (0..whole.len()).fold(i, |a, b| if whole[b] > whole[a] { b } else { a });
        if weights[i] > 0.0 && whole[i] < 1.0 && whole[most] > 1.0 {
            whole[most] -= 1.0;
            whole[i] += 1.0;
        }
    }
    whole
}

fn owner(study: &Study, stream: &Stream, joining: &[&Team], joined: f64) -> Owner {
    let host = study
        .teams
        .iter()
        .find(|t| t.kind == "stream-aligned" && stream.stages.iter().any(|s| s.team == t.id));
    let worked = |t: &&&Team| stream.stages.iter().any(|s| s.team == t.id);
    let here: Vec<&Team> = joining.iter().filter(worked).copied().collect();
    let pool = if here.is_empty() { joining } else { &here[..] };
    let largest = pool.iter().copied();
    let largest = largest.reduce(|a, b| if b.people > a.people { b } else { a });
    let from = host.or(largest);
    let own = host.map_or(0.0, |t| t.people);
    let all = here.iter().copied().chain(host);
    let time: f64 = all.clone().map(|t| t.people * t.focus).sum();
    let heads: f64 = all.clone().map(|t| t.people).sum();
    let tools: f64 = all.filter_map(|t| t.load.as_ref()).map(|l| l.tools).sum();
    let one = study.streams.len() == 1;
    let id = match (host, from) {
        (Some(t), _) | (None, Some(t)) if one || host.is_some() => t.id.clone(),
        _ => format!("{}-team", stream.id),
    };
    let stream_name = if stream.name.is_empty() {
        &stream.id
    } else {
        &stream.name
    };
    Owner {
        id,
        from: from.map_or(String::new(), |t| t.id.clone()),
        name: match (host, one) {
            (Some(_), _) => None,
            (None, true) => Some("Product team".to_owned()),
            (None, false) => Some(format!("{stream_name} team")),
        },
        people: own + joined,
        focus: if heads > 0.0 {
            libm::round(time / heads * 1000.0) / 1000.0
        } else {
            0.7
        },
        tools: (tools > 0.0).then_some(tools),
    }
}

fn list<'a>(tree: &'a mut Node, key: &str) -> &'a mut [Node] {
    match tree.get_mut(key).map(|n| &mut n.value) {
        Some(Value::List(list)) => list,
        _ => &mut [],
    }
}

fn put(table: &mut Node, key: &str, to: Node) {
    match table.get_mut(key) {
        Some(node) => *node = to,
        None => {
            if let Value::Table(t) = &mut table.value {
                t.push((key.to_owned(), to));
            }
        }
    }
}

/// Fields that name a team, handoffs between two of them apart.
const NAMES: [&str; 2] = ["team", "rollback_team"];

fn rename<'r>(node: &mut Node, to: &dyn Fn(&str) -> Option<&'r [String]>) {
    let first = |team: &str| to(team).and_then(<[String]>::first).cloned();
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|n| rename(n, to)),
        Value::Table(entries) => {
            for (key, child) in entries {
                let new = child
                    .as_text()
                    .filter(|_| NAMES.contains(&key.as_str()))
                    .and_then(first);
                match (new, &mut child.value) {
                    (Some(new), value) => *value = Value::Text(new),
                    (None, Value::List(list)) if key == "teams" => several(list, to),
                    _ => rename(child, to),
                }
            }
        }
        _ => {}
    }
}

fn rename_both(node: &mut Node, joins: &dyn Fn(&str) -> bool, one: &[String], all: &[String]) {
    rename(node, &|team| joins(team).then_some(one));
    if all.len() > 1 {
        // Where several are named, every owner takes part.
        let main = &one[0];
        widen(node, main, all);
    }
}

fn widen(node: &mut Node, main: &str, all: &[String]) {
    if let Value::Table(entries) = &mut node.value {
        for (key, child) in entries {
            match &mut child.value {
                Value::List(list)
                    if key == "teams" && list.iter().any(|n| n.as_text() == Some(main)) =>
                {
                    let known: Vec<String> = list
                        .iter()
                        .filter_map(|n| n.as_text().map(str::to_owned))
                        .collect();
                    let new = all.iter().filter(|t| !known.contains(t));
                    list.extend(new.map(|t| Node::text(t.clone())));
                }
                _ => widen(child, main, all),
            }
        }
    }
}

/// Each team once, under its new name.
fn several<'r>(list: &mut Vec<Node>, to: &dyn Fn(&str) -> Option<&'r [String]>) {
    let mut seen: Vec<String> = Vec::new();
    for n in list.iter() {
        let Some(team) = n.as_text() else { continue };
        let new = to(team).map_or_else(|| vec![team.to_owned()], <[String]>::to_vec);
        for t in new {
            if !seen.contains(&t) {
                seen.push(t);
            }
        }
    }
    *list = seen.into_iter().map(Node::text).collect();
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::*;

    fn variant(text: &str, to: &str) -> Result<super::super::Variant, Vec<Fault>> {
        let what_if = format!(
            "\n[[what_ifs]]\nid = \"cut\"\nname = \"Cut\"\nlevers = {{ team-cut = \"{to}\" }}\n"
        );
        Scenario::read(&format!("{text}{what_if}"))?.variant(Some("cut"), &[])
    }

    fn heads(study: &Study) -> f64 {
        study.teams.iter().map(|t| t.people).sum()
    }

    const LAST: &str = "one per value stream";

    #[test]
    fn nobody_is_lost_and_every_stage_has_its_stream_s_team() {
        for text in [
            include_str!("../../../scenarios/siloed-to-integrated.toml"),
            include_str!("../../../scenarios/dora-2019-medium.toml"),
            include_str!("../../../scenarios/regulated-bank.toml"),
            include_str!("../../../scenarios/standard-organisation.toml"),
            include_str!("../../../scenarios/train-against-on-demand.toml"),
        ] {
            let before = Scenario::read(text).unwrap().baseline;
            let after = variant(text, LAST).unwrap();
            assert_eq!(
                heads(&before.study),
                heads(&after.study),
                "{}",
                before.study.name
            );
            assert_eq!(position(&after.study), 2, "{}", before.study.name);
            assert!(position(&before.study) < 2);
            let people = after.study.teams.iter().map(|t| t.people);
            assert!(people.clone().all(|p| p >= 1.0 && p.fract() == 0.0));
        }
    }

    #[test]
    fn several_streams_share_the_layers_by_what_they_ask() {
        let text = r#"
format = 1
name = "Two"
[[teams]]
id = "back"
kind = "back end"
people = 6
[[teams]]
id = "test"
kind = "qa"
people = 3
[[streams]]
id = "large"
commit = "a"
demand = [{ id = "d", per_week = 2 }]
stages = [{ id = "a", team = "back", effort = "10 hours" }, { id = "b", team = "test", effort = "5 hours" }]
[[streams]]
id = "small"
commit = "a"
demand = [{ id = "d", per_week = 1 }]
stages = [{ id = "a", team = "back", effort = "10 hours" }, { id = "b", team = "test", effort = "5 hours" }]
[pipeline]
policy = "batch"
[pipeline.coordination]
teams = ["back", "test"]
effort = "1 hour"
[handoffs]
pairs = [{ from = "back", to = "test", mode = "collaboration" }]
"#;
        let after = variant(text, LAST).unwrap().study;
        let people: Vec<(&str, f64)> = after
            .teams
            .iter()
            .map(|t| (t.id.as_str(), t.people))
            .collect();
        assert_eq!(people, [("large-team", 6.0), ("small-team", 3.0)]);
        assert!(
            after.streams[1]
                .stages
                .iter()
                .all(|s| s.team == "small-team")
        );
        let middle = variant(text, "product teams that borrow specialists")
            .unwrap()
            .study;
        let people: Vec<(&str, f64)> = middle
            .teams
            .iter()
            .map(|t| (t.id.as_str(), t.people))
            .collect();
        assert_eq!(
            people,
            [("large-team", 4.0), ("small-team", 2.0), ("test", 3.0)]
        );
    }

    #[test]
    fn layers_that_nobody_named_cannot_be_cut() {
        let text = include_str!("../../../scenarios/three-products.toml");
        let faults = variant(text, "technology layer").unwrap_err();
        assert!(
            faults
                .iter()
                .any(|f| f.message.contains("follow the value streams")),
            "{faults:?}"
        );
    }
}
