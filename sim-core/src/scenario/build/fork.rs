//! Forks: where work splits into parts and comes together again (RULES 16).

use super::super::study;
use super::stream::Own;
use super::{Builder, dist};
use crate::model::{Fork, ForkPart, Stage};
use crate::random::Name;

/// For each stage of the stream the fork and the part it was found in.
type Taken<'s> = Vec<Option<(&'s str, &'s str)>>;

impl Builder<'_> {
    /// The forks of a stream; each is marked at the stage where it begins. After a fault there are none, so
    /// that nothing is judged that makes no sense.
    pub(super) fn forks(&mut self, own: Own<'_>, stages: &mut [Stage]) -> Vec<Fork> {
        if own.study.forks.is_empty() {
            return Vec::new();
        }
        let faults = self.faults.len();
        let mut taken: Taken<'_> = vec![None; own.study.stages.len()];
        let forks: Vec<Fork> = own
            .study
            .forks
            .iter()
            .map(|f| self.fork(own, f, &mut taken))
            .collect();
        self.borders(own, &taken);
        if self.faults.len() > faults {
            return Vec::new();
        }
        for (i, fork) in forks.iter().enumerate() {
            let begin = fork.parts.iter().flat_map(|p| &p.stages).min();
            if let Some(&begin) = begin {
                stages[begin].fork = Some(i);
            }
        }
        forks
    }

    fn fork<'s>(&mut self, own: Own<'s>, f: &'s study::Fork, taken: &mut Taken<'s>) -> Fork {
        let path = format!("{}.forks.{}", own.path(), f.id);
        let name = Name::of_text(&own.study.id)
            .with(Name::of_text("fork"))
            .with(Name::of_text(&f.id));
        if f.parts.len() < 2 {
            self.fault(
                &format!("{path}.parts"),
                "an item splits into at least two parts",
                "add a part, or remove the fork",
            );
        }
        let parts: Vec<ForkPart> = f
            .parts
            .iter()
            .map(|p| ForkPart {
                name: name.with(Name::of_text(&p.id)),
                stages: self.part(own, f, p, taken),
                share: dist(&p.share),
            })
            .collect();
        let mut stages: Vec<usize> = parts.iter().flat_map(|p| p.stages.clone()).collect();
        stages.sort_unstable();
        self.together(own, &stages, &path);
        Fork {
            id: f.id.clone(),
            name,
            sources: self.splitting(own, f, &format!("{path}.types")),
            parts,
            join: self.join(own, f, stages.last().copied(), &path),
        }
    }

    /// Every source by name: the model reads an unnamed one as not splitting.
    fn splitting(&mut self, own: Own<'_>, f: &study::Fork, path: &str) -> Vec<bool> {
        if f.types.is_empty() {
            let all: Vec<String> = own.study.demand.iter().map(|d| d.id.clone()).collect();
            return self.types(own, &all, path);
        }
        self.types(own, &f.types, path)
    }

    fn part<'s>(
        &mut self,
        own: Own<'s>,
        f: &'s study::Fork,
        p: &'s study::Part,
        taken: &mut Taken<'s>,
    ) -> Vec<usize> {
        let path = format!("{}.forks.{}.parts.{}.stages", own.path(), f.id, p.id);
        let mut stages = Vec::new();
        for id in &p.stages {
            let Some(at) = self.stage_of(own, id, &path, false) else {
                continue;
            };
            if let Some((fork, part)) = taken[at - own.first] {
                self.fault(
                    &path,
                    format!("`{id}` belongs to the part `{part}` of `{fork}` already"),
                    "a stage belongs to one part only",
                );
                continue;
            }
            if stages.last().is_some_and(|&last| at < last) {
                self.fault(
                    &path,
                    format!("`{id}` stands earlier in the stream than the stage named before it"),
                    "name them in the order of the stream",
                );
            }
            taken[at - own.first] = Some((&f.id, &p.id));
            stages.push(at);
        }
        if p.stages.is_empty() {
            self.fault(
                &path,
                "a part needs at least one stage",
                "name the stages that work it",
            );
        }
        stages
    }

    /// The stages of all parts stand one after another.
    fn together(&mut self, own: Own<'_>, stages: &[usize], path: &str) {
        for gap in stages.windows(2).filter(|w| w[1] > w[0] + 1) {
            let id = |at: usize| &own.study.stages[at - own.first].id;
            self.fault(
                &format!("{path}.parts"),
                format!(
                    "`{}` stands between `{}` and `{}` and belongs to no part of the fork",
                    id(gap[0] + 1),
                    id(gap[0]),
                    id(gap[1])
                ),
                "let the stages of all parts follow one another in the stream",
            );
        }
    }

    fn join(
        &mut self,
        own: Own<'_>,
        f: &study::Fork,
        last: Option<usize>,
        path: &str,
    ) -> Option<usize> {
        let path = format!("{path}.join");
        let join = self.stage_of(own, &f.join, &path, true)?;
        if last.is_some_and(|last| join <= last) {
            self.fault(
                &path,
                format!("`{}` does not stand after all stages of the parts", f.join),
                "join before a later stage, or at `done`",
            );
        }
        Some(join)
    }

    /// Nothing leaves a part but by its end, and nothing enters one but by its fork's first stage.
    fn borders(&mut self, own: Own<'_>, taken: &Taken<'_>) {
        let commit = &own.study.commit;
        if let Some((fork, _)) = own.stage(commit).and_then(|at| taken[at - own.first]) {
            self.fault(
                &format!("{}.commit", own.path()),
                format!("`{commit}` is inside the fork `{fork}`: its parts would commit apart"),
                "commit before the fork or after its join",
            );
        }
        for f in &own.study.forks {
            if middle(own, taken, &f.join).is_some_and(|fork| fork != f.id) {
                self.fault(
                    &format!("{}.forks.{}.join", own.path(), f.id),
                    format!("`{}` is in the middle of another fork", f.join),
                    "join at that fork's first stage or after it",
                );
            }
        }
        for (stage, here) in own.study.stages.iter().zip(taken) {
            let at = format!("{}.stages.{}", own.path(), stage.id);
            match here {
                Some(here) => self.inside(own, taken, stage, *here, &at),
                None => self.outside(own, taken, stage, &at),
            }
        }
    }

    fn inside(
        &mut self,
        own: Own<'_>,
        taken: &Taken<'_>,
        stage: &study::Stage,
        here: (&str, &str),
        at: &str,
    ) {
        if stage.next.is_some() {
            self.fault(
                &format!("{at}.next"),
                "the stages of a part follow one another, so they have no `next`",
                "remove it, or take the stage out of the fork",
            );
        }
        for r in &stage.returns {
            let to = own.stage(&r.to).map(|to| taken[to - own.first]);
            if to.is_some_and(|to| to != Some(here)) {
                self.fault(
                    &format!("{at}.returns"),
                    format!(
                        "`{}` is not in the part `{}` that returns to it",
                        r.to, here.1
                    ),
                    "return to a stage of the same part, or return from a stage after the join",
                );
            }
        }
    }

    fn outside(&mut self, own: Own<'_>, taken: &Taken<'_>, stage: &study::Stage, at: &str) {
        let next = stage.next.iter().flatten().map(|n| (&n.to, "next"));
        let targets = next.chain(stage.returns.iter().map(|r| (&r.to, "returns")));
        for (to, key) in targets {
            if let Some(fork) = middle(own, taken, to) {
                self.fault(
                    &format!("{at}.{key}"),
                    format!("`{to}` is in the middle of the fork `{fork}`"),
                    "lead to the fork's first stage, where work splits, or to one before it",
                );
            }
        }
    }
}

/// The fork that a stage stands in without beginning it.
fn middle<'s>(own: Own<'_>, taken: &Taken<'s>, id: &str) -> Option<&'s str> {
    let at = own.stage(id)? - own.first;
    let fork = taken[at]?.0;
    let before = at.checked_sub(1).and_then(|i| taken[i]);
    before.is_some_and(|b| b.0 == fork).then_some(fork)
}
