//! An estimate held against the exact value it should have.

use millrace_core::engine::Replication;
use millrace_core::model::Model;
use millrace_core::random::normal;
use millrace_core::stats::Influence;
use std::fmt::Write;

/// Standard errors that a single case may be off: one case in 16 000 is, by luck.
pub const MOST_Z: f64 = 4.0;
/// Half-width of a case's 95% interval, as a share of the exact value, at most.
pub const MOST_WIDTH: f64 = 0.01;

/// What is estimated from replications of a model.
pub type Figure = Box<dyn Fn(&Model, &[Replication]) -> Option<Influence> + Send + Sync>;

/// A known answer and the study that should give it.
pub struct Case {
    /// What is computed, of what system.
    pub name: String,
    /// Where the exact value comes from.
    pub source: &'static str,
    /// The exact value.
    pub exact: f64,
    /// The study.
    pub study: String,
    /// Replications of it.
    pub replications: u64,
    /// What is estimated.
    pub figure: Figure,
}

/// A case with its estimate.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What is computed, of what system.
    pub name: String,
    /// Where the exact value comes from.
    pub source: &'static str,
    /// The exact value.
    pub exact: f64,
    /// The estimate.
    pub estimate: f64,
    /// Half-width of its 95% interval.
    pub half_width: f64,
    /// Standard errors between the two.
    pub z: f64,
    /// Arrivals and completions it took.
    pub events: u64,
}

impl Case {
    /// Run the study and compare.
    ///
    /// # Panics
    /// If the study is wrong or gives nothing to measure.
    #[must_use]
    pub fn check(&self) -> Outcome {
        let (model, runs) = crate::plain::simulate(&self.study, self.replications);
        let figure = (self.figure)(&model, &runs)
            .unwrap_or_else(|| panic!("{}: nothing to measure", self.name));
        let se = figure.standard_error();
        Outcome {
            name: self.name.clone(),
            source: self.source,
            exact: self.exact,
            estimate: figure.value,
            half_width: figure.estimate(0.95).half_width(),
            z: (figure.value - self.exact) / se,
            events: runs.iter().map(|r| r.events).sum(),
        }
    }
}

impl Outcome {
    /// Near enough, and sharp enough to say so.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.z.abs() <= MOST_Z && self.half_width <= MOST_WIDTH * self.exact.abs()
    }
}

/// χ² over all cases, and how many standard deviations it is from what luck would give (Wilson and
/// Hilferty, PNAS 17, 1931): all cases cannot sit at the edge of what each is allowed.
#[must_use]
pub fn joint(outcomes: &[Outcome]) -> (f64, f64) {
    let n = outcomes.len() as f64;
    let chi2: f64 = outcomes.iter().map(|o| o.z * o.z).sum();
    let spread = 2.0 / (9.0 * n);
    (
        chi2,
        (libm::cbrt(chi2 / n) - (1.0 - spread)) / libm::sqrt(spread),
    )
}

/// The cases as a Markdown table, with the joint test below it.
#[must_use]
pub fn table(outcomes: &[Outcome]) -> String {
    let mut out = String::from(
        "| case | exact value by | exact | estimate | 95% interval | z |\n|---|---|---:|---:|---:|---:|\n",
    );
    for o in outcomes {
        let _ = writeln!(
            out,
            "| {} | {} | {:.5} | {:.5} | ± {:.5} ({:.2}%) | {:+.2}{} |",
            o.name,
            o.source,
            o.exact,
            o.estimate,
            o.half_width,
            100.0 * o.half_width / o.exact.abs(),
            o.z,
            if o.holds() { "" } else { " ✗" }
        );
    }
    let (chi2, z) = joint(outcomes);
    let n = outcomes.len();
    let _ = write!(
        out,
        "\n{n} cases, {:.0} million events. χ² over all of them jointly: {chi2:.1} with {n} degrees of freedom \
         (p = {:.3}).\n",
        outcomes.iter().map(|o| o.events).sum::<u64>() as f64 / 1e6,
        1.0 - normal::cdf(z),
    );
    out
}

/// Put a section into the validation page, in place of the one of that title.
///
/// # Panics
/// If the page cannot be written.
pub fn write_section(title: &str, introduction: &str, body: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/validation.md");
    let old = std::fs::read_to_string(&path).unwrap_or_else(|_| "# Validation\n".into());
    let heading = format!("\n## {title}\n");
    let section = format!("{heading}\n{introduction}\n\n{body}");
    let page = match old.find(&heading) {
        Some(start) => {
            let rest = start + heading.len();
            let end = old[rest..].find("\n## ").map_or(old.len(), |i| rest + i);
            format!("{}{section}{}", &old[..start], &old[end..])
        }
        None => format!("{old}{section}"),
    };
    std::fs::write(&path, page).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}
