//! Studies, run and told.

use millrace_app_core::sentences::{Case, Compared, Sentence, compared};
use millrace_app_core::templates::TEMPLATES;
use millrace_core::engine::Replication;
use millrace_core::experiment::{Cancel, Comparison, Summary, compare, replicate, summarise};
use millrace_core::model::Model;
use millrace_core::scenario::Scenario;
use millrace_core::time::{Ticks, WEEK};

/// Where counting starts.
pub const WARM_UP: Ticks = 20 * WEEK;

/// Two teams, one after the other: `dev` with four people and ten hours a change, `ops` with one and
/// `ops_hours`.
pub fn line(demand: &str, ops_hours: f64, what_if: &str) -> Scenario {
    let text = format!(
        "format = 1\nname = \"Line\"\nseed = 5\n[run]\nweeks = 52\n\
         [[streams]]\nid = \"s\"\nname = \"S\"\ncommit = \"build\"\nreleased = false\nwip_limit = 20\n\
         [[streams.demand]]\nid = \"work\"\n{demand}\n\
         [[streams.stages]]\nid = \"build\"\nteam = \"dev\"\n\
         effort = {{ dist = \"lognormal\", mean = \"10 hours\", cv = 0.6 }}\n\
         [[streams.stages]]\nid = \"set-up\"\nteam = \"ops\"\n\
         effort = {{ dist = \"lognormal\", mean = \"{ops_hours} hours\", cv = 0.6 }}\n\
         [[teams]]\nid = \"dev\"\nname = \"Development\"\npeople = 4\nfocus = 1\n\
         [[teams]]\nid = \"ops\"\nname = \"Operations\"\npeople = 1\nfocus = 1\n\
         [handoffs]\ndelay = \"0 hours\"\nsender_effort = \"0 hours\"\n\
         receiver_effort = \"0 hours\"\nlost_information = 0\n\
         [[what_ifs]]\nid = \"w\"\nname = \"The change\"\n{what_if}\n"
    );
    Scenario::read(&text).unwrap_or_else(|f| panic!("{f:?}\n{text}"))
}

/// A shipped study, some of its text changed.
pub fn shipped(id: &str, changes: &[(&str, &str)]) -> Scenario {
    let template = TEMPLATES
        .iter()
        .find(|t| t.id == id)
        .expect("a shipped study");
    let mut text = template.text.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "no {from:?} in {id}");
        text = text.replace(from, to);
    }
    Scenario::read(&text).unwrap_or_else(|f| panic!("{f:?}"))
}

/// A variant with its years.
pub struct Told {
    pub summary: Summary,
    pub runs: Vec<Replication>,
    pub model: Model,
}

impl Told {
    pub fn of(scenario: &Scenario, what_if: Option<&str>, years: u64) -> Self {
        let variant = scenario.variant(what_if, &[]).expect("a variant");
        let models = variant.models(Some(WARM_UP));
        let runs = replicate(&models, 0, years, &Cancel::default());
        let name = what_if
            .and_then(|id| scenario.what_if(id))
            .map(|w| w.name.clone());
        let (id, name) = (
            what_if.unwrap_or("baseline"),
            name.unwrap_or("Baseline".into()),
        );
        Self {
            summary: summarise(id, &name, models.likely(), &runs),
            model: models.likely().clone(),
            runs,
        }
    }

    fn case(&self) -> Case<'_> {
        Case {
            summary: &self.summary,
            runs: &self.runs,
            model: &self.model,
        }
    }
}

/// A what-if beside the baseline.
pub struct Pair {
    pub before: Told,
    pub after: Told,
    pub comparison: Comparison,
    pub said: Vec<Sentence>,
}

pub fn pair(scenario: &Scenario, what_if: &str, years: u64) -> Pair {
    let before = Told::of(scenario, None, years);
    let after = Told::of(scenario, Some(what_if), years);
    let smallest = scenario.baseline.study.run.smallest_difference;
    let comparison = compare(what_if, &before.runs, &after.runs, 1, smallest);
    let said = compared(&Compared {
        before: before.case(),
        after: after.case(),
        comparison: &comparison,
        smallest,
    });
    Pair {
        before,
        after,
        comparison,
        said,
    }
}

impl Pair {
    /// The sentence of a kind.
    pub fn says(&self, id: &str) -> Option<&Sentence> {
        self.said.iter().find(|s| s.id == id)
    }
}
