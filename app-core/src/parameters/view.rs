//! What a face shows of the model's own catalogue.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One value of the model, as it stands in the shown variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ParameterView {
    /// Its stable name: what `setParameter` takes.
    pub path: String,
    /// The section it belongs to, in words ("Value stream").
    pub section: String,
    /// What it is a value of, from the outside in ("Release › Testing"); empty for the whole section.
    pub subject: String,
    /// Short label.
    pub label: String,
    /// What it means, in a sentence.
    pub help: String,
    /// What may be asked for.
    pub asked: AskedView,
    /// What it is in the shown variant.
    pub value: GivenView,
    /// The same in words ("usually 15 hours, 85 of 100 within 35").
    pub text: String,
    /// What it is in the baseline; `None` where the baseline has no such place.
    pub baseline: Option<GivenView>,
    /// The same in words.
    pub baseline_text: Option<String>,
    /// Where the value comes from: "assumption", "default", or a source.
    pub source: String,
    /// What made it differ from the baseline, if it does.
    pub changed: Option<ChangedBy>,
    /// All variants share it, or it names what it belongs to: it is only ever changed in the baseline.
    pub shared: bool,
    /// It may be left open.
    pub optional: bool,
}

/// What makes a value differ from the baseline's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ChangedBy {
    /// A change of the shown what-if: it can be reset.
    Own,
    /// A lever of the shown what-if.
    #[serde(rename_all = "camelCase")]
    Lever {
        /// The lever.
        id: String,
        /// Its label.
        label: String,
    },
    /// A what-if that the shown one includes.
    #[serde(rename_all = "camelCase")]
    Included {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum AskedView {
    /// A number in a base unit: "hours", "person-hours", "share" or none.
    #[serde(rename_all = "camelCase")]
    Number {
        /// Base unit.
        unit: String,
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
        /// Whole numbers only.
        whole: bool,
        /// It is a moment after a Monday, 00:00.
        moment: bool,
    },
    /// A quantity that varies: asked as the usual and the bad case.
    #[serde(rename_all = "camelCase")]
    Distribution {
        /// Base unit, as above.
        unit: String,
    },
    /// One of some words or names.
    #[serde(rename_all = "camelCase")]
    Choice {
        /// All of them.
        options: Vec<String>,
    },
    /// Some of some words or names.
    #[serde(rename_all = "camelCase")]
    Choices {
        /// All of them.
        options: Vec<String>,
    },
    /// Yes or no.
    Flag,
    /// A text.
    Text,
    /// Numbers in a base unit, each between two ends.
    #[serde(rename_all = "camelCase")]
    List {
        /// Base unit, as above.
        unit: String,
        /// Lowest.
        min: f64,
        /// Highest.
        max: f64,
        /// They are moments after a Monday, 00:00.
        moments: bool,
    },
}

/// What a value is, in base units; and what `setParameter` takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum GivenView {
    /// Nothing is said and nothing assumed; sets it back to that.
    Nothing,
    /// A number.
    #[serde(rename_all = "camelCase")]
    Number {
        /// The number.
        value: f64,
    },
    /// Believed to lie between two ends.
    #[serde(rename_all = "camelCase")]
    Range {
        /// Lowest thought possible.
        low: f64,
        /// Most likely.
        likely: f64,
        /// Highest thought possible.
        high: f64,
    },
    /// A quantity that varies.
    #[serde(rename_all = "camelCase")]
    Spread {
        /// Family as the file names it ("lognormal").
        family: String,
        /// Half are at most this.
        usual: f64,
        /// So many of 100 are at most `bad`: 85, or 95.
        of: u32,
        /// The bad case.
        bad: f64,
    },
    /// A word, a name or a text.
    #[serde(rename_all = "camelCase")]
    Text {
        /// The text.
        value: String,
    },
    /// Words or names.
    #[serde(rename_all = "camelCase")]
    Texts {
        /// The texts.
        values: Vec<String>,
    },
    /// Numbers.
    #[serde(rename_all = "camelCase")]
    List {
        /// The numbers.
        values: Vec<f64>,
    },
    /// Yes or no.
    #[serde(rename_all = "camelCase")]
    Flag {
        /// Which.
        value: bool,
    },
    /// As the file writes it.
    #[serde(rename_all = "camelCase")]
    Written {
        /// TOML in one line.
        text: String,
    },
}
