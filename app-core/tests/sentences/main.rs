//! Sentences on studies where they are true, and on studies where they are not: those are not printed.

mod course;
mod flip;
mod gate;
mod load;
mod promise;
mod quarter;
mod staffing;
mod study;
mod trade;
