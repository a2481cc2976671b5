//! What both faces do: studies on disk, edits with undo, runs with progress and cancel.
//!
//! A face works at one [`Desk`]. It opens a study ([`files`], [`templates`]) as a [`document`]: a text
//! that every edit changes in place, with undo. [`levers`] and [`map`] turn it into what is drawn
//! ([`view`]); a [`run`] makes replications on a thread of its own and tells, prefix by prefix, what they
//! say ([`verdict`]); [`investigate`] answers what takes longer. [`sentences`] has what results say in words.
//! [`describe`] and [`assess`] make a first study of answers, [`advice`] judges one's shape.
//! [`structure`] edits which stages, gates and teams there are, [`weeks`] says how one place of the map goes.

pub mod advice;
pub mod assess;
pub mod describe;
pub mod desk;
pub mod disagree;
pub mod document;
pub mod files;
pub mod investigate;
pub mod keep;
pub mod levers;
pub mod map;
pub mod numbers;
pub mod parameters;
pub mod present;
pub mod replay;
pub mod run;
pub mod sentences;
pub mod structure;
pub mod templates;
pub mod verdict;
pub mod view;
pub mod weeks;
mod words;

pub use desk::Desk;
pub use sentences::trace;
