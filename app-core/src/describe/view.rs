//! What crosses the bridge of describing an organisation.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The six numbers, as far as they are known, and what the mirror was told since.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// Head-count of all who take part in delivering.
    pub people: Option<f64>,
    /// Changes delivered to users in a month of 52/12 weeks.
    pub changes_per_month: Option<f64>,
    /// Days of 24 hours from request to users that half of the changes need at most.
    pub usual_days: Option<f64>,
    /// Days that 85 of 100 changes need at most.
    pub bad_days: Option<f64>,
    /// How often is released.
    pub rhythm: Option<Rhythm>,
    /// Incidents that users notice, a month.
    pub incidents_per_month: Option<f64>,
    /// There is always more to do than can be done.
    pub endless: Option<bool>,
    /// Where most of the waiting is, if somebody said.
    pub waits_at: Option<Place>,
    /// Real times as a multiple of those above: the mirror was told "too fast" (above 1) or "too slow".
    pub pace: Option<f64>,
}

/// How often is released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Rhythm {
    /// Every 13 weeks.
    Quarterly,
    /// Every 4 weeks.
    Monthly,
    /// Every 2 weeks.
    Fortnightly,
    /// Every week.
    Weekly,
    /// As soon as something is finished.
    WhenReady,
}

/// Where changes can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Place {
    /// The meeting that approves.
    Board,
    /// Those who provide environments and infrastructure.
    Infrastructure,
    /// Those who build.
    Development,
    /// Those who test.
    Testing,
    /// The next release.
    Release,
    /// From one team to the next.
    Handoffs,
}

/// One number of a study and the answer that set it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SetByView {
    /// The answer, in words ("22 changes a month").
    pub answer: String,
    /// Path in the study.
    pub path: String,
    /// What the number is, in words.
    pub label: String,
    /// Its value, with its unit.
    pub value: String,
}

/// A figure as it was stated beside what the study says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReflectionView {
    /// What it is.
    pub label: String,
    /// As stated; `None`: not known, taken as `taken` says.
    pub said: Option<String>,
    /// What was taken where nothing was stated.
    pub taken: Option<String>,
    /// As the study has it.
    pub runs: String,
    /// They are as near as two significant digits can tell.
    pub matched: bool,
}

/// A study made from answers, and what it looks like from outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DescribedView {
    /// The study, TOML.
    pub text: String,
    /// "You said about 6 weeks; this runs 5.2 to 6.9."
    pub times: String,
    /// "Most of the waiting: the change board (9 of 41 days)."; empty where nothing waits.
    pub waiting: String,
    /// Places where waiting could be put instead, the present one left out.
    pub elsewhere: Vec<Place>,
    /// Teams asked for more than they have, and other things to know.
    pub warnings: Vec<String>,
    /// What could not be matched, and why.
    pub unmatched: Vec<String>,
    /// Each answer beside what the study says.
    pub figures: Vec<ReflectionView>,
    /// Which answer set which number.
    pub set: Vec<SetByView>,
}
