//! "“85 of 100 within 14 days” is met in 3 of 50 years; these two together make it 44, for 38 person-weeks."

use super::words::{counted, joined};
use super::{About, Sentence, View};
use millrace_core::experiment::optimise::{Combination, Optimum};
use millrace_core::scenario::Scenario;
use millrace_core::stats::Estimate;

/// Years of 50 in which a promise is kept well enough.
const ENOUGH: f64 = 40.0;

/// What it takes to keep the study's first objective: the cheapest combination that meets it in at least 40 of
/// 50 years, or else the one that meets it most often.
#[must_use]
pub fn sentence(scenario: &Scenario, optimum: &Optimum) -> Option<Sentence> {
    let objective = scenario.baseline.study.outcome.objectives.first()?;
    let met = |c: &Combination| c.objectives_met.first().copied();
    let years = |e: Estimate| (50.0 * e.value).round();
    let told = |c: &&Combination| met(c).is_some();
    let all = || optimum.combinations.iter().filter(told);
    let today = met(all().find(|c| c.what_ifs.is_empty())?)?;
    let name = &objective.name;
    let opening = format!("“{name}” is met in {:.0} of 50 years", years(today));
    let about = |c: Option<&Combination>| {
        let mut about = vec![About::of(View::Compare, "objective", &objective.id)];
        about.extend(c.map(|c| About::of(View::Combine, "combinations", &c.what_ifs.join(" + "))));
        about
    };
    let enough = |e: Estimate| 50.0 * e.value >= ENOUGH;
    if enough(today) {
        let certain = 50.0 * today.low >= ENOUGH;
        let text = format!("{opening} as it is.");
        return Some(Sentence::overall("promise", text, certain, about(None)));
    }
    let price = |c: &Combination| c.person_weeks;
    let by_met = |a: &&Combination, b: &&Combination| {
        let of = |c: &Combination| met(c).map_or(0.0, |e| e.value);
        // Of those that meet it as often, the cheapest.
        of(a).total_cmp(&of(b)).then(price(b).total_cmp(&price(a)))
    };
    let keeping = all().filter(|c| met(c).is_some_and(enough));
    let cheapest = keeping.min_by(|a, b| price(a).total_cmp(&price(b)).then(by_met(b, a)));
    let (best, text) = match cheapest {
        Some(best) => (
            best,
            format!(
                "{opening}; the cheapest way to keep it: {}.",
                makes(scenario, best, years(met(best)?))
            ),
        ),
        None => {
            let best = all().max_by(by_met)?;
            // Nothing meets it surely more often than today.
            if met(best)?.low <= today.high {
                let text = format!(
                    "{opening}, and no combination of these what-ifs surely meets it more often."
                );
                return Some(Sentence::overall("promise", text, true, about(None)));
            }
            let most = makes(scenario, best, years(met(best)?));
            (
                best,
                format!("{opening}, and in {ENOUGH:.0} with no combination; {most}."),
            )
        }
    };
    // The cheapest of those that keep it is not sure to keep it where its share is close to the limit.
    let certain =
        met(best)?.low > today.high && (cheapest.is_none() || 50.0 * met(best)?.low >= ENOUGH);
    let text = match text.strip_suffix('.').filter(|_| !certain) {
        Some(all) => format!(
            "{all} ({} years are too few to be sure of {ENOUGH:.0}).",
            best.replications
        ),
        None => text,
    };
    Some(Sentence::overall(
        "promise",
        text,
        certain,
        about(Some(best)),
    ))
}

/// "“No board” + “Release when ready” together make it 44, for 38 person-weeks".
fn makes(scenario: &Scenario, c: &Combination, years: f64) -> String {
    let name = |id: &String| scenario.what_if(id).map_or(id.clone(), |w| w.name.clone());
    let names: Vec<String> = c.what_ifs.iter().map(name).collect();
    let make = match names.len() {
        1 => "makes",
        _ => "together make",
    };
    let price = counted(c.person_weeks, "person-week");
    format!("{} {make} it {years:.0}, for {price}", joined(&names))
}
