//! What both faces do: studies on disk, edits with undo, runs with progress and cancel.
//!
//! A face works at one [`Desk`]. It opens a study ([`files`], [`templates`]) as a [`document`]: a text
//! that every edit changes in place, with undo. [`levers`] and [`map`] turn it into what is drawn
//! ([`view`]); a [`run`] makes replications on a thread of its own and tells, prefix by prefix, what they
//! say ([`verdict`]). [`trace`] tells where the time and the incidents come from.

pub mod desk;
pub mod document;
pub mod files;
pub mod keep;
pub mod levers;
pub mod map;
pub mod parameters;
pub mod run;
pub mod templates;
pub mod trace;
pub mod verdict;
pub mod view;

pub use desk::Desk;
