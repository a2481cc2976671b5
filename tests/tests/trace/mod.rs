//! Trace: who is to blame for lead time and incidents.

mod culprits;
mod organisation;
mod properties;
