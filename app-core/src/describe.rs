//! An organisation described by six numbers: people, changes a month, usual and bad time, release rhythm,
//! incidents, and whether there is always more to do.
//!
//! [`contradiction`] refuses what cannot be, with a way out; [`organisation`] cuts teams from the number of
//! people; [`settle`] finds effort, waits, spread and defects with which simulated years have the stated
//! figures ([`settings`] says what follows from them); [`draft`] writes the study, in which what nobody knows is a range; [`mirror`] says how it looks from
//! outside.

mod contradiction;
mod draft;
mod mirror;
mod organisation;
mod said;
mod settings;
mod settle;
#[cfg(test)]
mod tests;
pub mod view;

pub use said::{label, value};
pub use view::{Answers, DescribedView, Place, Rhythm};

use crate::desk::Progress;
use crate::document::invalid;
use crate::view::Refusal;
use draft::{Draft, Unknown};
use organisation::Organisation;

/// Make a study of six answers; takes some seconds.
///
/// # Errors
/// If the answers contradict each other: every contradiction, with a way out.
pub fn describe(answers: &Answers, progress: &Progress<'_>) -> Result<DescribedView, Refusal> {
    contradiction::check(answers)?;
    let organisation = Organisation::of(answers);
    let said = said::said(answers, &organisation);
    let settled = settle::settle(&organisation, &said, progress).map_err(|f| invalid(&f))?;
    let draft = Draft {
        organisation: &organisation,
        at: settled.at,
        unknown: Unknown::of(answers),
        said: &said,
    };
    let text = draft.text();
    mirror::look(answers, &draft, &settled, text, progress)
}
