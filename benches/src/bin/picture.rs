//! How long a moved lever waits for its first numbers, without the window:
//!   cargo run --release -p millrace-benches --bin picture [TEMPLATE] [TIMES]
//!
//! Prints the milliseconds from the move to the first message of the run, sorted, and their median.

use millrace_app_core::Desk;
use std::sync::mpsc::channel;
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let template = args.next().unwrap_or_else(|| "integrated-model".into());
    let times: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(9);
    let mut desk = Desk::new();
    desk.open_template(template.clone())
        .expect("a shipped study");
    run(&mut desk, true);
    let (moves, waited): (Vec<f64>, Vec<f64>) = (0..times).map(|i| moved(&mut desk, i)).unzip();
    println!("{template}");
    print("answered", moves);
    print("first numbers", waited);
}

/// Milliseconds from a move to its answer, and to the first message of the run.
fn moved(desk: &mut Desk, i: usize) -> (f64, f64) {
    let began = Instant::now();
    let share = [0.8, 0.9, 1.1, 1.2][i % 4];
    desk.move_lever("work-accepted".into(), share, i as u32 + 1)
        .expect("every study can be asked for more or less");
    let ms = || began.elapsed().as_secs_f64() * 1e3;
    let answered = ms();
    run(desk, false);
    (answered, ms())
}

/// Waits for the first message of a run, or for its last.
fn run(desk: &mut Desk, whole: bool) {
    let (send, told) = channel();
    desk.start_run(move |update| send.send(update.last).unwrap_or(()))
        .expect("a study is open");
    while whole && !told.recv().expect("a run ends with its last message") {}
    if !whole {
        told.recv().expect("a run tells something");
    }
}

fn print(what: &str, mut waited: Vec<f64>) {
    waited.sort_by(f64::total_cmp);
    let each: Vec<String> = waited.iter().map(|w| format!("{w:.0}")).collect();
    let median = waited[waited.len() / 2];
    println!("{what}: median {median:.0} ms of {}", each.join(", "));
}
