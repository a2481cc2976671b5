//! Pipeline, release policy, boards.

use super::{always, check, lead, on_average};
use millrace_tests::plain::{
    exponential, plain, poisson, simulate, stage, stage_with, stream, team,
};

/// Changes that are ready at once, and how they are released.
fn released(more: &str) -> Vec<String> {
    vec![
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson(0.5),
        stage("a", "many", "\"0 hours\""),
        team("many", 1000),
        team("ops", 1),
        more.into(),
    ]
}

fn pipeline(lines: &str) -> Vec<String> {
    released(&format!("[pipeline]\n{lines}\n"))
}

fn step(duration: &str, flaky: f64) -> String {
    format!("steps = [{{ id = \"build\", duration = {duration}, flaky = {flaky:?} }}]")
}

fn train(every: u32, cut_off: u32) -> Vec<String> {
    pipeline(&format!(
        "policy = \"train\"\nevery = \"{every} weeks\"\ncut_off = \"{cut_off} days\""
    ))
}

fn sized(size: u32) -> Vec<String> {
    pipeline(&format!("policy = \"sized\"\nbatch_size = {size}"))
}

fn windows(to: u32) -> Vec<String> {
    released(&format!(
        "[[calendars]]\nid = \"day\"\nfrom = 9\nto = {to}\n[pipeline]\nwindows = \"day\"\n"
    ))
}

fn freeze(days: u32) -> Vec<String> {
    pipeline(&format!(
        "freezes = [{{ id = \"f\", from = \"9 weeks\", length = \"{days} days\", every = \"4 weeks\" }}]"
    ))
}

fn work(hours: f64) -> String {
    exponential(hours)
}

#[test]
fn what_a_release_waits_for_takes_time() {
    let hour = exponential(1.0);
    let (short, long) = (exponential(0.5), exponential(0.8));
    let scarce = |runners: u32| pipeline(&format!("runners = {runners}\n{}", step(&hour, 0.0)));
    let asked = |kind: &str, of: f64| {
        let who = if kind == "coordination" {
            "teams = [\"ops\"]"
        } else {
            "team = \"ops\""
        };
        pipeline(&format!("{kind} = {{ {who}, effort = {} }}", work(of)))
    };
    check(&[
        always(
            "longer runs",
            pipeline(&step(&short, 0.0)),
            pipeline(&step(&long, 0.0)),
            lead,
        ),
        always(
            "flaky runs",
            pipeline(&step(&short, 0.1)),
            pipeline(&step(&short, 0.3)),
            lead,
        ),
        always("fewer runners", scarce(2), scarce(1), lead),
        always("a rarer train", train(1, 0), train(2, 0), lead),
        always("an earlier cut-off", train(2, 0), train(2, 3), lead),
        on_average("larger releases", sized(2), sized(4), lead),
        always("shorter windows", windows(19), windows(17), lead),
        always("a longer freeze", freeze(2), freeze(5), lead),
        on_average(
            "more coordination",
            asked("coordination", 0.5),
            asked("coordination", 1.0),
            lead,
        ),
        on_average(
            "more work by hand",
            asked("by_hand", 0.5),
            asked("by_hand", 1.0),
            lead,
        ),
    ]);
}

/// A gate that sees no difference and stops next to nothing.
fn gate(lines: &str) -> Vec<String> {
    released(&format!(
        "[pipeline]\n[[governance.gates]]\nid = \"g\"\nafter = \"a\"\ndiscrimination = 0\nstrictness = 0\n\
         triage = \"0 hours\"\n{lines}\n"
    ))
}

fn board(every: u32, lines: &str) -> Vec<String> {
    gate(&format!(
        "kind = \"board\"\nevery = \"{every} weeks\"\n{lines}"
    ))
}

#[test]
fn what_a_gate_waits_for_takes_time() {
    let manual = |effort: f64| {
        gate(&format!(
            "kind = \"manual\"\nteam = \"ops\"\neffort = {}",
            work(effort)
        ))
    };
    let automated = |hours: f64| {
        gate(&format!(
            "kind = \"automated\"\nduration = {}",
            exponential(hours)
        ))
    };
    check(&[
        always("a rarer board", board(1, ""), board(2, ""), lead),
        always(
            "a board with fewer places",
            board(1, "places = 100"),
            board(1, "places = 86"),
            lead,
        ),
        always(
            "papers that are in earlier",
            board(1, ""),
            board(1, "cut_off = \"2 days\""),
            lead,
        ),
        always(
            "a longer session",
            board(1, ""),
            board(1, "session = \"3 hours\""),
            lead,
        ),
        always("a longer review", manual(0.5), manual(1.0), lead),
        always("a longer scan", automated(0.5), automated(1.0), lead),
    ]);
}

/// One change in ten is faulty, shows it at once in a canary, and is taken back with the whole train.
#[test]
fn sound_changes_that_were_taken_back_with_a_train_do_not_wait_for_the_next() {
    let parts = [
        stream("s", "a", "").replace("released = false", "released = true"),
        poisson(10.0 / 168.0),
        stage_with("a", "t", "\"0 hours\"", "defects = { functional = 0.1 }"),
        team("t", 100),
        "[pipeline]\npolicy = \"train\"\nevery = \"4 weeks\"\nstrategy = \"own\"\n\
         strategies = [{ id = \"own\", undo = \"automatic\", self_check = \"1 minute\", \
         steps = [{ share = 0.5, bake = \"1 hour\" }, { share = 1 }] }]\n\
         [production]\nlatent_life = { functional = \"1 minute\" }\nbad_fix = 0\nrepair_share = 0\n"
            .into(),
    ];
    let (_, runs) = simulate(&plain(8, 104, &parts), 16);
    let (mut early, mut all, mut stopped) = (0.0, 0.0, 0.0);
    for r in &runs {
        early += r.lead_time.counts.at_or_below(4.0 * 168.0 + 24.0);
        all += r.lead_time.n;
        stopped += r.self_stopped;
    }
    assert!(stopped > 16.0 * 20.0, "{stopped} trains were taken back");
    assert!(
        early > 0.85 * all,
        "{early} of {all} changes were with users a day after the first train"
    );
}
