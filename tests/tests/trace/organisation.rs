//! An organisation in which nothing is badly wrong, and one thing that can be.

use millrace_core::experiment::Cancel;
use millrace_core::experiment::trace::{Effort, Trace, trace};
use millrace_core::time::WEEK;
use millrace_tests::plain::read;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    Team,
    Gate,
    Board,
    Platform,
    Handoff,
    Train,
}

const WARM_UP_WEEKS: i64 = 8;

/// The study: 4.5 changes a week through development, testing and operations.
pub fn study(wrong: Wrong, seed: u64) -> String {
    let is = |w| wrong == w;
    let testers = if is(Wrong::Team) { 1 } else { 5 };
    let test_run = if is(Wrong::Gate) {
        "120 hours"
    } else {
        "1 hour"
    };
    let (level, asked, ticket) = if is(Wrong::Platform) {
        (0, "100%", "24 hours")
    } else {
        (3, "20%", "4 hours")
    };
    let delay = if is(Wrong::Handoff) {
        "40 hours"
    } else {
        "2 hours"
    };
    let policy = if is(Wrong::Train) {
        "policy = \"train\"\nevery = \"4 weeks\"\ndeparts = \"8 hours\"\ncut_off = \"0 hours\""
    } else {
        "policy = \"batch\""
    };
    let gates = if is(Wrong::Board) {
        board("3 weeks")
    } else {
        String::new()
    };
    format!(
        "format = 1\nname = \"one culprit\"\nseed = {seed}\n\
         [run]\nweeks = 26\nwarm_up = \"{WARM_UP_WEEKS} weeks\"\n\
         [[streams]]\nid = \"product\"\ncommit = \"development\"\n\
         [[streams.demand]]\nid = \"change\"\nper_week = 4.5\n\
         size = {{ dist = \"lognormal\", mean = 1, cv = 0.5 }}\n\
         [[streams.stages]]\nid = \"development\"\nteam = \"dev\"\neffort = {{ dist = \"lognormal\", mean = \"14 hours\", cv = 0.6 }}\n\
         defects = {{ functional = 0.2 }}\n\
         requests = [{{ capability = \"self-service-infrastructure\", probability = \"{asked}\" }}]\n\
         [[streams.stages]]\nid = \"testing\"\nteam = \"qa\"\neffort = {{ dist = \"lognormal\", mean = \"5.5 hours\", cv = 0.6 }}\n\
         [[streams.stages]]\nid = \"operations\"\nteam = \"ops\"\neffort = \"2 hours\"\n\
         [[teams]]\nid = \"dev\"\npeople = 6\nfocus = 0.85\n\
         [[teams]]\nid = \"qa\"\npeople = {testers}\nfocus = 0.85\n\
         [[teams]]\nid = \"ops\"\npeople = 3\nfocus = 0.85\n\
         [[teams]]\nid = \"infra\"\npeople = 8\nfocus = 0.85\n\
         [handoffs]\nmode = \"collaboration\"\ndelay = {{ dist = \"exponential\", mean = \"{delay}\" }}\n\
         [[platform.capabilities]]\nid = \"self-service-infrastructure\"\nlevel = {level}\nteam = \"infra\"\nticket_effort = \"{ticket}\"\n\
         [pipeline]\n{policy}\nsteps = [{{ id = \"build\", duration = \"30 minutes\" }}]\nstrategy = \"recreate\"\n\
         [[governance.gates]]\nid = \"acceptance\"\nname = \"Acceptance test\"\nafter = \"testing\"\nkind = \"automated\"\nduration = \"{test_run}\"\n\
         discrimination = 1.5\nstrictness = 0.4\ncovers = [\"functional\"]\ntriage = \"1 hour\"\n{gates}"
    )
}

/// A board that decides on Mondays before anybody is at work, and before a train at eight.
pub fn board(every: &str) -> String {
    format!(
        "[[governance.gates]]\nid = \"board\"\nname = \"Change board\"\nafter = \"operations\"\nkind = \"board\"\n\
         every = \"{every}\"\nfirst = \"1 hour\"\ncut_off = \"1 hour\"\nsession = \"1 hour\"\nplaces = 100\n\
         discrimination = 0\nstrictness = 0\n"
    )
}

/// Traced with few years.
pub fn traced(study: &str, years: usize, suspects: usize) -> Trace {
    let effort = Effort { years, suspects };
    let variant = read(study).baseline;
    trace(
        &variant,
        WARM_UP_WEEKS * WEEK,
        effort,
        &Cancel::default(),
        &|_, _| {},
    )
}
