//! Levers of the shown what-if.

use super::{Answer, Desk, refuse};
use crate::document::Document;
use crate::levers::{Rest, at_rest, name_of, way_out_of, written};
use crate::view::{RefusalCode, StudyView};
use millrace_core::scenario::lever::{Offered, Position};

/// A lever and where it goes; `None`: back to where it was.
type Move = (String, Option<Position>);

impl Desk {
    fn open_with_rest(&mut self) -> Answer<(&mut Document, &mut Rest)> {
        match &mut self.document {
            Some(document) => Ok((document, &mut self.rest)),
            None => refuse(RefusalCode::NotFound, "No study is open."),
        }
    }

    fn lever(&mut self, id: &str) -> Answer<(Offered, Option<f64>)> {
        self.remember_only_the_open();
        let Some(document) = &self.document else {
            return refuse(RefusalCode::NotFound, "No study is open.");
        };
        at_rest(&document.scenario, document.active(), &mut self.rest)
            .into_iter()
            .find(|(l, _)| l.id == id)
            .map_or_else(
                || refuse(RefusalCode::NotFound, format!("There is no lever `{id}`.")),
                Ok,
            )
    }

    /// Move a lever of the shown what-if. On the baseline a new what-if is made and shown: the baseline
    /// stays what it is. Moves of one gesture are one step of undo.
    ///
    /// # Errors
    /// If the position is impossible; nothing is changed then.
    ///
    /// The run that is going on may end with it; the face begins another in either case.
    pub fn move_lever(&mut self, lever: String, position: f64, gesture: u32) -> Answer<StudyView> {
        self.make_way();
        let (offered, to) = self.moved(&lever, position)?;
        self.set(&offered.label, &[(lever, to)], gesture)?;
        self.study()
    }

    /// Move a lever to a position that the platform cannot carry as it is, together with the levers that make
    /// it possible.
    ///
    /// # Errors
    /// If no other lever makes it possible; nothing is changed then.
    pub fn raise_lever(&mut self, lever: String, position: f64, gesture: u32) -> Answer<StudyView> {
        let (offered, to) = self.moved(&lever, position)?;
        let (document, rest) = self.open_with_rest()?;
        let (scenario, active) = (&document.scenario, document.active());
        let levers = rest.offered(scenario);
        let Some(others) = way_out_of(scenario, active, &offered, position, &levers) else {
            self.set(&offered.label, &[(lever, to)], gesture)?;
            return self.study();
        };
        let mut moves = vec![(lever, to)];
        for (other, at) in others {
            let (_, to) = self.moved(&other.id, at)?;
            moves.push((other.id, to));
        }
        self.set(&offered.label, &moves, gesture)?;
        self.study()
    }

    fn moved(&mut self, lever: &str, position: f64) -> Answer<(Offered, Option<Position>)> {
        let (offered, here) = self.lever(lever)?;
        if !offered.allows(position) {
            return refuse(
                RefusalCode::ImpossiblePosition,
                format!("{} cannot be moved there.", offered.label),
            );
        }
        let to = written(&offered, here, position);
        Ok((offered, to))
    }

    /// Makes the moves, in a new what-if where the baseline is shown. A what-if is named after its levers as
    /// long as nobody has named it otherwise, so that its name does not tell which was moved first.
    fn set(&mut self, label: &str, moves: &[Move], gesture: u32) -> Answer<()> {
        let (document, rest) = self.open_with_rest()?;
        let offered = rest.offered(&document.scenario);
        let mut levers = document
            .active()
            .map(|w| w.levers.clone())
            .unwrap_or_default();
        let before = name_of(&offered, &levers);
        for (id, to) in moves {
            match to {
                Some(to) => levers.insert(id.clone(), to.clone()),
                None => levers.remove(id),
            };
        }
        let name = name_of(&offered, &levers);
        let depth = document.depth();
        let renamed = match document.active() {
            Some(w) => before.is_some_and(|b| b == w.name),
            None if levers.is_empty() => return Ok(()),
            None => {
                document.add_what_if("What-if", gesture)?;
                document.relabel(label);
                true
            }
        };
        let name = name.filter(|_| renamed);
        if let Err(refusal) = document.set_levers(moves, label, name.as_deref(), gesture) {
            document.back_to(depth)?;
            return Err(refusal);
        }
        Ok(())
    }

    /// Take a lever back to where it was before the what-if moved it.
    ///
    /// # Errors
    /// If there is no such lever.
    pub fn reset_lever(&mut self, lever: String) -> Answer<StudyView> {
        let (offered, _) = self.lever(&lever)?;
        let document = self.document()?;
        if document
            .active()
            .is_some_and(|w| w.levers.contains_key(&lever))
        {
            self.set(&offered.label, &[(lever, None)], 0)?;
        }
        self.study()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::template;

    /// The text after a move, or nothing where it is refused.
    fn after(desk: &mut Desk, before: &Document, lever: &Offered, to: f64) -> Option<Document> {
        desk.document = Some(before.clone());
        let (_, here) = desk.lever(&lever.id).unwrap();
        let to = written(lever, here, to);
        match desk.set(&lever.label, &[(lever.id.clone(), to)], 1) {
            Ok(()) => desk.document.take(),
            Err(refusal) => {
                assert_eq!(
                    refusal.code,
                    RefusalCode::ImpossiblePosition,
                    "{}",
                    lever.id
                );
                assert_eq!(desk.document.as_ref().unwrap().text(), before.text());
                None
            }
        }
    }

    /// Named positions all, of numbers the one next to today and the last.
    fn positions(lever: &Offered, baseline: Option<f64>) -> Vec<f64> {
        let all = lever.positions();
        if lever.lever.number.is_none() {
            return all;
        }
        let today = baseline.unwrap_or(all[all.len() / 2]);
        let below = all.iter().rev().find(|x| **x < today - 1e-9);
        let above = all.iter().find(|x| **x > today + 1e-9);
        let near = if below.is_some() { below } else { above };
        let mut some: Vec<f64> = near.into_iter().chain(all.last()).copied().collect();
        some.dedup();
        some
    }

    /// Every two levers of a shipped study, moved in either order.
    fn either_order(id: &str) -> (usize, usize) {
        // What-ifs that are there already are checked at every edit, and have no part in this.
        let (text, _) = template(id)
            .unwrap()
            .text
            .split_once("[[what_ifs]]")
            .unwrap();
        let open = Document::open(text.to_owned(), None).unwrap();
        let levers = millrace_core::scenario::lever::offered(&open.scenario.baseline);
        let moves: Vec<(&Offered, f64)> = levers
            .iter()
            .flat_map(|l| {
                let today = l.baseline(&open.scenario.baseline);
                let moved = move |x: &f64| today.is_none_or(|t| (x - t).abs() > 1e-9);
                let all = positions(l, today).into_iter().filter(moved);
                all.map(move |x| (l, x))
            })
            .collect();
        let mut desk = Desk::new();
        let mut after = |before: &Document, l: &Offered, x: f64| after(&mut desk, before, l, x);
        let first: Vec<Option<Document>> = moves.iter().map(|(l, x)| after(&open, l, *x)).collect();
        let (mut same, mut refused) = (0, 0);
        for (i, (a, x)) in moves.iter().enumerate() {
            for (j, (b, y)) in moves.iter().enumerate().skip(i + 1) {
                if a.id == b.id {
                    continue;
                }
                let one = first[i].as_ref().and_then(|d| after(d, b, *y));
                let other = first[j].as_ref().and_then(|d| after(d, a, *x));
                match (one, other) {
                    (Some(one), Some(other)) => {
                        same += 1;
                        assert_eq!(one.text(), other.text(), "{} {x}, {} {y}", a.id, b.id);
                    }
                    // A refused move changes nothing: what it needs has to be moved first.
                    _ => refused += 1,
                }
            }
        }
        (same, refused)
    }

    #[test]
    fn two_levers_moved_in_either_order_leave_the_same_text_in_the_siloed_study() {
        let (same, refused) = either_order("siloed-to-integrated");
        assert!(same > 1500 && refused < same / 2, "{same} {refused}");
    }

    #[test]
    fn two_levers_moved_in_either_order_leave_the_same_text_with_several_pipelines() {
        let (same, refused) = either_order("train-against-on-demand");
        assert!(same > 800 && refused < same / 2, "{same} {refused}");
    }

    #[test]
    fn what_the_platform_cannot_carry_is_raised_with_it() {
        let mut desk = Desk::new();
        let study = desk.open_template("siloed-to-integrated".into()).unwrap();
        let options = |study: &StudyView| {
            let levers = study.parts.iter().flat_map(|p| &p.levers);
            let strategy = levers.into_iter().find(|l| l.id == "strategy").unwrap();
            match &strategy.scale {
                crate::view::LeverScale::Options { options } => options.clone(),
                other => panic!("{other:?}"),
            }
        };
        let canary = &options(&study)[3];
        assert!(canary.refused.is_some());
        assert_eq!(
            canary.way_out.as_deref(),
            Some("“Building and deploying” to “automated, two environments”")
        );
        assert!(desk.move_lever("strategy".into(), 3.0, 1).is_err());
        let study = desk.raise_lever("strategy".into(), 3.0, 2).unwrap();
        assert_eq!(study.what_ifs.last().unwrap().changes.len(), 2);
        assert!(options(&study)[3].refused.is_none());
        let study = desk.undo().unwrap();
        assert_eq!(study.active, None, "both moves are one step");
    }

    #[test]
    fn a_what_if_is_named_after_its_levers_until_somebody_names_it() {
        let mut desk = Desk::new();
        desk.open_template("siloed-to-integrated".into()).unwrap();
        desk.move_lever("approval".into(), 0.0, 1).unwrap();
        let name = |study: &StudyView| study.what_ifs.last().unwrap().name.clone();
        let study = desk.move_lever("release-rhythm".into(), 3.0, 2).unwrap();
        assert_eq!(
            name(&study),
            "Release rhythm: weekly + Change approval: none"
        );
        let id = study.active.unwrap();
        desk.rename_what_if(id, "Bold".into()).unwrap();
        let study = desk.move_lever("release-rhythm".into(), 4.0, 3).unwrap();
        assert_eq!(name(&study), "Bold");
    }
}
