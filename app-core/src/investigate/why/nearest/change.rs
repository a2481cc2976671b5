//! What somebody can do that no lever does: values of the study changed.

use super::{Offers, entry, within};
use crate::investigate::proposal::Proposal;
use crate::words::capital;
use millrace_core::experiment::trace::{Cure, Suspect};
use millrace_core::scenario::level_name;

/// How much less strict a gate that stops too much gets.
const LOOSER: f64 = 0.15;
/// Test environments and runners more where they are waited for.
const MORE: f64 = 2.0;
/// The highest level of a capability.
const HIGHEST: f64 = 4.0;

impl Offers<'_> {
    pub(super) fn change(&self, suspect: &Suspect) -> Option<Proposal> {
        match suspect.cure {
            Cure::Arrivals(_) => self.smaller_batches(suspect),
            Cure::Estimation(_) => self.no_estimates(suspect),
            Cure::Limits(_) => self.higher_limits(suspect),
            Cure::Capability(id) => self.raised(id),
            Cure::Detection => self.raised("observability"),
            Cure::Environments(_) => {
                let path = format!("platform.environments.{}.count", entry(suspect));
                self.more(&path, &suspect.name)
            }
            Cure::Runners => self.more("pipeline.runners", "runners"),
            Cure::GateWait(_) => self.automated(entry(suspect), &suspect.name),
            Cure::GateFalseStops(_) => self.looser(entry(suspect), &suspect.name),
            Cure::EmergencyPath => self.set(
                "Repairs skip board and train",
                vec![("governance.emergency_path".into(), "true".into())],
            ),
            _ => None,
        }
    }

    /// Of requests that come many at a time: half as many, twice as often.
    fn smaller_batches(&self, suspect: &Suspect) -> Option<Proposal> {
        let stream = self.stream(suspect)?;
        let batches = stream.demand.iter().filter(|d| d.arrives == "batches");
        let of = |d: &str, key: &str| format!("streams.{}.demand.{d}.{key}", stream.id);
        let paths = batches.flat_map(|d| [of(&d.id, "every"), of(&d.id, "batch")]);
        let name = within("Requests twice as often, half as many at a time", suspect);
        self.scaled(&name, 0.5, paths.collect())
    }

    fn no_estimates(&self, suspect: &Suspect) -> Option<Proposal> {
        let stream = self.stream(suspect)?;
        let estimated = stream.demand.iter().filter(|d| d.estimation.is_some());
        let path = |d: &str| format!("streams.{}.demand.{d}.estimation.effort", stream.id);
        let none = estimated.map(|d| (path(&d.id), "\"0 hours\"".to_owned()));
        self.set(&within("No up-front estimates", suspect), none.collect())
    }

    fn higher_limits(&self, suspect: &Suspect) -> Option<Proposal> {
        let stream = self.stream(suspect)?;
        let stages = stream.stages.iter();
        let of_stages = stages.map(|s| format!("streams.{}.stages.{}.wip_limit", stream.id, s.id));
        let paths = of_stages.chain([format!("streams.{}.wip_limit", stream.id)]);
        let name = within("Twice as much in progress allowed", suspect);
        self.scaled(&name, 2.0, paths.collect())
    }

    /// A capability one level up.
    fn raised(&self, id: &str) -> Option<Proposal> {
        let path = format!("platform.capabilities.{id}.level");
        let to = self.number(&path)? + 1.0;
        if to > HIGHEST {
            return None;
        }
        let name = capital(&id.replace('-', " "));
        let level = level_name(id, to as usize);
        self.set(&format!("{name}: {level}"), vec![(path, to.to_string())])
    }

    fn more(&self, path: &str, what: &str) -> Option<Proposal> {
        let to = self.number(path)? + MORE;
        let name = format!("{MORE} more {what}");
        self.set(&name, vec![(path.to_owned(), to.to_string())])
    }

    fn automated(&self, gate: &str, name: &str) -> Option<Proposal> {
        let path = |key: &str| format!("governance.gates.{gate}.{key}");
        self.set(
            &format!("{name} in the pipeline"),
            vec![
                (path("kind"), "\"automated\"".into()),
                (path("duration"), "\"10 minutes\"".into()),
            ],
        )
    }

    fn looser(&self, gate: &str, name: &str) -> Option<Proposal> {
        let path = format!("governance.gates.{gate}.strictness");
        let to = (100.0 * (self.number(&path)? - LOOSER).max(0.0)).round() / 100.0;
        self.set(&format!("{name} less strict"), vec![(path, to.to_string())])
    }
}
