//! Tests that cross crates, and what they share.
//!
//! [`plain`] writes studies with nothing in them but teams and queues, and [`mixed`] has two made of them that
//! use all of flow; [`case`] holds an estimate against
//! the exact value it should have, by its own standard error, and many of them jointly.

pub mod case;
pub mod mixed;
pub mod plain;
