//! Tests that cross crates, and what they share.
//!
//! [`plain`] writes studies with nothing in them but teams and queues; [`case`] holds an estimate against
//! the exact value it should have, by its own standard error, and many of them jointly.

pub mod case;
pub mod plain;
