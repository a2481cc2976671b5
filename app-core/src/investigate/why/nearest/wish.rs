//! What nobody can simply do: half of what is wrong, by whatever means. It tells what such means are worth,
//! and its name begins with "If".

use super::{Offers, entry, within};
use crate::investigate::proposal::Proposal;
use millrace_core::experiment::trace::{Cure, Suspect};
use millrace_core::model::CATEGORIES;
use millrace_core::scenario::{Change, Node, Value};

/// What is left of it.
const HALF: f64 = 0.5;
/// How much better a gate tells faulty from sound.
const BETTER: f64 = 0.5;

impl Offers<'_> {
    pub(super) fn wish(&self, suspect: &Suspect) -> Option<Proposal> {
        match suspect.cure {
            Cure::Arrivals(_) => self.even_arrivals(suspect),
            Cure::Returns(_) => self.fewer_returns(suspect),
            Cure::Defects(_) => self.fewer_defects(suspect),
            Cure::Outages => {
                let paths = vec!["production.background_incidents".to_owned()];
                self.scaled("If half as many outages came", HALF, paths)
            }
            Cure::Runs => self.shorter_runs(),
            Cure::GateFalseStops(_) | Cure::GateMisses(_) => self.sharper(suspect),
            Cure::Repairs => self.shorter_fixes(),
            _ => None,
        }
    }

    fn even_arrivals(&self, suspect: &Suspect) -> Option<Proposal> {
        let stream = self.stream(suspect)?;
        let random = stream.demand.iter().filter(|d| d.arrives == "poisson");
        let path = |d: &str| format!("streams.{}.demand.{d}.arrives", stream.id);
        let even = random.map(|d| (path(&d.id), "\"regular\"".to_owned()));
        self.set(&within("If requests came evenly", suspect), even.collect())
    }

    /// Returns have no ids: all of a stage's are written anew.
    fn fewer_returns(&self, suspect: &Suspect) -> Option<Proposal> {
        let stream = self.stream(suspect)?;
        let halved = |stage: &str| {
            let path = format!("streams.{}.stages.{stage}.returns", stream.id);
            let mut returns = self.written(&path)?.clone();
            let Value::List(all) = &mut returns.value else {
                return None;
            };
            all.iter_mut().for_each(halve_probability);
            (!all.is_empty()).then(|| (path, returns.inline()))
        };
        let all = stream.stages.iter().filter_map(|s| halved(&s.id));
        let name = within("If half as much were sent back", suspect);
        self.set(&name, all.collect())
    }

    fn fewer_defects(&self, suspect: &Suspect) -> Option<Proposal> {
        let stream = self.stream(suspect)?;
        let of = |stage: &str, category: &str| {
            format!("streams.{}.stages.{stage}.defects.{category}", stream.id)
        };
        let stages = stream.stages.iter();
        let paths = stages.flat_map(|s| CATEGORIES.map(|category| of(&s.id, category)));
        let name = within("If half as many defects were made", suspect);
        self.scaled(&name, HALF, paths.collect())
    }

    fn shorter_runs(&self) -> Option<Proposal> {
        let pipelines = |list: &str, within: &str| {
            let steps = self.written(list).map(Node::items).unwrap_or_default();
            let ids = steps.iter().filter_map(|s| s.get("id")?.as_text());
            ids.map(|id| format!("{within}.{id}")).collect::<Vec<_>>()
        };
        let mut all = vec!["pipeline".to_owned()];
        all.extend(pipelines("pipelines", "pipelines"));
        let paths = all.iter().flat_map(|p| {
            let steps = format!("{p}.steps");
            let ids = pipelines(&steps, &steps);
            ids.into_iter().map(|step| format!("{step}.duration"))
        });
        let name = "If the pipeline ran in half the time";
        self.scaled(name, HALF, paths.collect())
    }

    fn sharper(&self, suspect: &Suspect) -> Option<Proposal> {
        let path = format!("governance.gates.{}.discrimination", entry(suspect));
        let to = (100.0 * (self.number(&path)? + BETTER)).round() / 100.0;
        let name = format!("If {} told faulty from sound better", suspect.name);
        self.set(&name, vec![(path, to.to_string())])
    }

    fn shorter_fixes(&self) -> Option<Proposal> {
        let path = "production.fix";
        let name = "If fixes took half the time";
        if self.written(path).is_some() {
            return self.scaled(name, HALF, vec![path.to_owned()]);
        }
        // Half of what the format assumes where a study says nothing.
        let half = "{ dist = \"lognormal\", median = \"2 hours\", p85 = \"6 hours\" }";
        self.set(name, vec![(path.to_owned(), half.to_owned())])
    }
}

fn halve_probability(back: &mut Node) {
    let halve = Change::Scale {
        path: "probability".into(),
        by: HALF,
    };
    // What is no number is told when the study is read, and this one was.
    let _ = halve.apply(back);
}
