//! The shipped board against the records it was made from. The records stay where they are: they are no part
//! of the project, and what needs them says so and is skipped where they are not.

use millrace_core::experiment::{Cancel, Comparison, compare, find_warm_up, run, summarise};
use millrace_core::scenario::Scenario;
use millrace_data::calibrate::against::{Against, Percentile, against, predicted, table};
use millrace_data::records::day::Day;
use millrace_data::{Asked, Calibrated, Import, Options, calibrate, read_stage_dates};
use std::fmt::Write as _;
use std::path::PathBuf;

const SOURCE: &str = "jabopiti/kanban-monte-carlo-simulation, data.csv, MIT";
const COMMAND: &str = "MILLRACE_WRITE_VALIDATION=1 cargo test -p millrace-data validation";

fn place(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

fn real(options: &Options) -> Option<Import> {
    let file = std::fs::File::open(place("../shared/data/stage-dates.csv"));
    if file.is_err() {
        println!(
            "skipped: ../shared/data/stage-dates.csv is not here, and it is no part of the project"
        );
    }
    Some(read_stage_dates(file.ok()?, options).expect("a stage-date table"))
}

fn writing() -> bool {
    std::env::var_os("MILLRACE_WRITE_VALIDATION").is_some()
}

fn made(import: &Import, start: Option<&str>) -> Calibrated {
    made_with(import, start, None)
}

fn made_with(import: &Import, start: Option<&str>, people: Option<u32>) -> Calibrated {
    let asked = Asked {
        people: people
            .map(|n| ("In Development".into(), n))
            .into_iter()
            .collect(),
        name: "Kanban board".into(),
        source: SOURCE.into(),
        start: start.map(str::to_owned),
        ..Asked::default()
    };
    calibrate(import, &asked).expect("a study")
}

fn held(made: &Calibrated) -> Against {
    against(&made.board, &made.study).expect("a study without faults")
}

fn shipped() -> String {
    let path = place("scenarios/kanban-board.toml");
    std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{}: {e}; {COMMAND} writes it", path.display()))
}

#[test]
fn the_shipped_board_is_what_the_records_make_validation() {
    let Some(import) = real(&Options::default()) else {
        return;
    };
    let made = made(&import, None);
    if writing() {
        std::fs::write(place("scenarios/kanban-board.toml"), &made.study)
            .expect("the folder takes it");
    }
    assert_eq!(shipped(), made.study, "{COMMAND} writes it anew");
}

/// From the start of the work on. What waits before it is predicted too short (bursts, pull order, people
/// nobody recorded), and so are the tails of the whole; only its median is held to the records.
#[test]
fn simulated_percentiles_lie_where_the_records_leave_them() {
    let Some(import) = real(&Options::default()) else {
        return;
    };
    for start in [None, Some("In Development")] {
        let held = held(&made(&import, start));
        assert!(held.warm_up_weeks.is_some() && !held.overloaded, "{held}");
        let whole = start.is_none();
        for p in held.lead.iter().filter(|p| !whole || p.share <= 0.5) {
            let (low, high) = p.interval;
            assert!(
                (low..=high).contains(&p.simulated),
                "{:.0}% from {}\n{held}",
                100.0 * p.share,
                held.from
            );
        }
    }
}

/// Needs no records: the shipped numbers alone.
#[test]
fn the_shipped_board_settles_and_its_what_ifs_make_sense() {
    let what_ifs = what_ifs(&shipped());
    let days = |id: &str| {
        let found = what_ifs
            .iter()
            .find(|w| w.0 == id)
            .unwrap_or_else(|| panic!("no what-if {id}"));
        found
            .2
            .differences
            .lead_time_hours
            .p85
            .as_ref()
            .expect("a difference")
            .estimate
    };
    assert!(
        days("one-more-person").high < 0.0,
        "one more person shortens the queue"
    );
    assert!(
        days("lower-wip-limit").low > 0.0,
        "a person kept free lengthens it"
    );
}

/// Id, name and comparison of each what-if.
fn what_ifs(study: &str) -> Vec<(String, String, Comparison)> {
    let scenario = Scenario::read(study).unwrap_or_else(|f| panic!("{f:?}"));
    let cancel = Cancel::default();
    let model =
        |id: Option<&str>, warm_up| scenario.variant(id, &[]).expect("a variant").model(warm_up);
    let all: Vec<_> = std::iter::once(None)
        .chain(scenario.what_ifs.iter().map(|w| Some(w.id.as_str())))
        .collect();
    let pilots: Vec<_> = all.iter().map(|id| model(*id, None)).collect();
    let found = find_warm_up(&pilots.iter().collect::<Vec<_>>(), &cancel);
    let runs = |id: Option<&str>| {
        let model = model(id, Some(found.ticks));
        let runs = run(&model, 0, 512, &cancel);
        let summary = summarise("", "", &model, &runs);
        assert!(!summary.overloaded, "{id:?}: {:?}", summary.warnings());
        runs
    };
    let baseline = runs(None);
    let compared = |w: &millrace_core::scenario::WhatIf| {
        let comparison = compare(
            &w.id,
            &baseline,
            &runs(Some(&w.id)),
            scenario.what_ifs.len(),
            0.1,
        );
        (w.id.clone(), w.name.clone(), comparison)
    };
    scenario.what_ifs.iter().map(compared).collect()
}

/// Made from what was known when two thirds of the tickets were done, held against the tickets that started
/// after that day.
struct BackTest {
    cut: Day,
    made: Calibrated,
    lead: Vec<Percentile>,
    n: usize,
    open: usize,
}

fn back_test(import: &Import) -> BackTest {
    let whole = made(import, None).board;
    let mut done: Vec<Day> = whole.ways.iter().filter_map(|w| w.1).collect();
    done.sort();
    let cut = done[2 * done.len() / 3];
    let early = real(&Options {
        known_by: Some(cut),
        ..Options::default()
    })
    .expect("the same file");
    let made = made(&early, None);
    let later: Vec<_> = whole.ways.iter().filter(|w| w.0 > cut).collect();
    let mut days: Vec<f64> = later
        .iter()
        .filter_map(|w| Some(f64::from(w.1?.since(w.0))))
        .collect();
    days.sort_by(f64::total_cmp);
    BackTest {
        cut,
        lead: predicted(&made.study, &days).expect("a study without faults"),
        n: days.len(),
        open: later.len() - days.len(),
        made,
    }
}

#[test]
fn validation_of_the_real_records_is_written() {
    let Some(import) = real(&Options::default()) else {
        return;
    };
    let (whole, inner) = (made(&import, None), made(&import, Some("In Development")));
    let test = back_test(&import);
    let (from, to) = import.span.expect("dates");
    let bursts = whole.board.arrivals.dispersion.map_or(1.0, |d| d.ratio);
    let mut page = format!(
        "One team's board ({SOURCE}; {} tickets, {} to {}), made into `scenarios/kanban-board.toml` by `millrace \
         import` and simulated. The file itself is not part of the project. Lead time counts the same way on \
         both sides, elapsed days from entering the start column to done; the records know days only, so theirs \
         are differences of dates, and a board that counts both end days shows one more. Written by `{COMMAND}`.\n\n\
         Calibrated: the arrival rate, the mean time in each column where someone works (the effort is found by \
         bisection on the simulated mean), the spread of that time, the way through the columns. Not \
         calibrated: the wait in the queue column and every percentile of lead time.\n\n",
        import.tickets, from, to,
    );
    let _ = writeln!(
        page,
        "### From the queue before development\n\n{}",
        held(&whole)
    );
    let _ = writeln!(page, "### From development\n\n{}", held(&inner));
    let _ = writeln!(
        page,
        "### Back-test\n\nMade from what was known on {}, when two thirds of the tickets were done ({} tickets), and held \
         against the {} tickets that started later and were done by the end of the file ({} more were still open).\n\n{}",
        test.cut,
        test.made.board.tickets,
        test.n,
        test.open,
        table(&test.lead)
    );
    page += &people(&import);
    page += "### What-ifs on it\n\nThe 85th percentile of lead time, settled, 512 years of the same luck.\n\n\
             | what-if | difference, days | 95% interval |\n|---|---:|---:|\n";
    for (_, name, comparison) in what_ifs(&whole.study) {
        if let Some(d) = comparison.differences.lead_time_hours.p85 {
            let e = d.estimate;
            let _ = writeln!(
                page,
                "| {name} | {:+.1} | {:+.1} to {:+.1} |",
                e.value / 24.0,
                e.low / 24.0,
                e.high / 24.0
            );
        }
    }
    let _ = write!(
        page,
        "\n### What this leaves out\n\n\
         - Tickets start in bursts (variance {bursts:.1} times the mean, by week); the study's come one by one. That is \
         one reason why the simulated wait in the queue is shorter than the recorded one.\n\
         - The team pulls what it likes from the queue; the study takes tickets first come, first served.\n\
         - How many people there are is not in the file. The study has as many as tickets were in progress at once.\n\
         - {} done tickets never entered development and are left out, as is the analysis before the queue.\n\
         - Dates show no rework, no handoffs and no releases. Simulated tickets also arrive at night and on \
         weekends, which adds about half a day of waiting.\n\
         - A WIP limit below the number of people keeps someone free in the study; on a real board that person \
         would help, which the model does not have.\n",
        whole.board.elsewhere
    );
    if writing() {
        write_section(&page);
    }
}

/// The same limit of tickets in progress with fewer people, who then share their attention.
fn people(import: &Import) -> String {
    let mut out = String::from(
        "### What hangs on the people, whom the file does not name\n\n\
         The same four tickets in progress, worked on by so many people; each study calibrated anew. \
         Which row comes nearest is found after the fact and says nothing of who was there.\n\n\
         | people in development | wait in the queue, days | lead time 50%, days | 85% | 95% |\n|---|---:|---:|---:|---:|\n",
    );
    let mut row = |name: String, wait: f64, lead: [f64; 3]| {
        let _ = writeln!(
            out,
            "| {name} | {wait:.1} | {:.1} | {:.1} | {:.1} |",
            lead[0], lead[1], lead[2]
        );
    };
    for n in (1..=4).rev() {
        let held = held(&made_with(import, None, Some(n)));
        let wait = held.columns[0].waited.map_or(f64::NAN, |w| w.1);
        row(
            n.to_string(),
            wait,
            std::array::from_fn(|i| held.lead[i].simulated),
        );
        if n == 1 {
            let wait = held.columns[0].waited.map_or(f64::NAN, |w| w.0);
            row(
                "recorded".into(),
                wait,
                std::array::from_fn(|i| held.lead[i].recorded),
            );
        }
    }
    out.push('\n');
    out
}

/// Puts the section between its marks, and leaves all else as it is.
fn write_section(body: &str) {
    const MARKS: [&str; 2] = ["<!-- begin: real records -->", "<!-- end: real records -->"];
    let path = place("docs/validation.md");
    let old = std::fs::read_to_string(&path).unwrap_or_else(|_| "# Validation\n".into());
    let section = format!("{}\n\n{}\n{}", MARKS[0], body.trim_end(), MARKS[1]);
    let page = match (old.find(MARKS[0]), old.find(MARKS[1])) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{section}{}", &old[..from], &old[to + MARKS[1].len()..])
        }
        // The marks stand below the heading: other sections are found by theirs.
        _ => format!("{}\n\n## Real records\n\n{section}\n", old.trim_end()),
    };
    std::fs::write(&path, page).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}
