//! The command `millrace`.
fn main() {}
