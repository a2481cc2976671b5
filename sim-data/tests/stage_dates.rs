//! A stage-date table is read whole, measured rightly, and never brings anything down.

use millrace_data::fit::Law;
use millrace_data::records::columns::StageKind;
use millrace_data::records::dates::Because;
use millrace_data::records::day::DateOrder;
use millrace_data::records::notes::Reason;
use millrace_data::sample::{LAWS, STAGES, sample_stage_dates};
use millrace_data::{Import, ImportError, Options, read_stage_dates};
use proptest::prelude::*;

fn read(text: &str) -> Import {
    read_stage_dates(text.as_bytes(), &Options::default()).expect("a stage-date table")
}

fn reasons(import: &Import) -> Vec<(u64, Reason)> {
    import
        .notes
        .iter()
        .map(|n| (n.line, n.reason.clone()))
        .collect()
}

fn lognormal(law: Law) -> (f64, f64) {
    match law {
        Law::Lognormal(law) => (law.mu.exp(), law.sigma),
        other => panic!("expected a lognormal law, got {other:?}"),
    }
}

#[test]
fn a_sample_gives_back_the_laws_that_made_it() {
    let import = read(&sample_stage_dates(7, 4000));
    assert_eq!(import.tickets, 4000);
    let names: Vec<&str> = import.stages.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, STAGES[..5]);
    assert_eq!(import.done_stage, "Done");
    for (stage, (median, sigma)) in import.stages.iter().zip(LAWS) {
        let fit = stage
            .times
            .fits
            .iter()
            .find(|f| f.law.name() == "lognormal")
            .expect("it is fitted");
        let (found, spread) = lognormal(fit.law);
        // Whole days blur short stages.
        let allowed = 0.1 / median + 0.08;
        assert!(
            (found / median - 1.0).abs() < allowed,
            "{}: median {found}, made with {median}",
            stage.name
        );
        assert!(
            (spread / sigma - 1.0).abs() < 0.3,
            "{}: sigma {spread}, made with {sigma}",
            stage.name
        );
    }
    let arrivals = import.arrivals.dispersion.expect("many weeks");
    assert!(
        (import.arrivals.mean / 5.0 - 1.0).abs() < 0.08,
        "{} a week, made with 5",
        import.arrivals.mean
    );
    assert!((0.8..1.2).contains(&arrivals.ratio), "{arrivals:?}");
}

#[test]
fn an_import_is_written_as_json_and_as_words() {
    let import = read(&sample_stage_dates(7, 300));
    let json = serde_json::to_value(&import).expect("plain data");
    assert_eq!(json["stages"][2]["kind"], "queue");
    assert!(
        json["stages"][2]["times"]["fits"][0]["law"].is_string(),
        "{json}"
    );
    assert_eq!(json["dates"]["because"]["kind"], "not-needed");
    let words = import.to_string();
    for expected in [
        "300 tickets in 300 rows",
        "Ready for Development",
        "tickets still open",
        "left out:",
    ] {
        assert!(words.contains(expected), "{expected:?} in {words}");
    }
}

#[test]
fn the_same_seed_gives_the_same_sample() {
    assert_eq!(sample_stage_dates(1, 50), sample_stage_dates(1, 50));
    assert_ne!(sample_stage_dates(1, 50), sample_stage_dates(2, 50));
}

#[test]
fn every_oddity_is_noted_with_its_line_and_the_rest_is_used() {
    let import = read(
        "\u{feff}ID,Backlog,In Development,Done,Type\r\n\
         A-1,2024-01-01,2024-01-02,2024-01-05,Story\r\n\
         ,,,,\r\n\
         ID,Backlog,In Development,Done,Type\r\n\
         A-2,2024-01-01,2024-01-09,2024-01-05,Story\r\n\
         A-3,2024-01-03,,,Bug\r\n\
         A-1,2024-01-01,2024-01-02,2024-01-06,Story\r\n\
         A-4,,,,Bug\r\n\
         ,2024-01-03,,,Bug\r\n\
         A-5,2024-01-02,soon,2024-01-08,Bug\r\n\
         A-6,,2024-01-04,2024-01-04,Bug\r\n",
    );
    let text = |t: &str| t.to_owned();
    assert_eq!(
        reasons(&import),
        [
            (3, Reason::Blank),
            (4, Reason::RepeatedHeader),
            (
                5,
                Reason::OutOfOrder {
                    stage: text("In Development"),
                    next: text("Done"),
                    days: 4
                }
            ),
            (
                6,
                Reason::Open {
                    stage: text("Backlog")
                }
            ),
            (7, Reason::Duplicate { first: 2 }),
            (8, Reason::NoDates),
            (9, Reason::NoId),
            (
                10,
                Reason::Unreadable {
                    stage: text("In Development"),
                    text: text("soon")
                }
            ),
            (
                11,
                Reason::EntersLater {
                    stage: text("In Development")
                }
            ),
        ]
    );
    assert_eq!((import.rows, import.tickets, import.done), (10, 5, 4));
    let dropped = import.notes.iter().filter(|n| n.reason.drops()).count();
    assert_eq!(
        import.rows,
        import.tickets + dropped,
        "every row is a ticket or a note"
    );
    let lead = &import.lead_time;
    assert_eq!(
        (lead.start.as_str(), lead.times.days.as_slice()),
        ("In Development", [1.0, 4.0].as_slice())
    );
    assert_eq!(
        (lead.open, lead.skipped_start, lead.out_of_order),
        (1, 1, 1)
    );
    assert_eq!(
        import.stages[0].times.days,
        [1.0, 6.0, 8.0],
        "a stage that is skipped passes its time to no other"
    );
    assert_eq!(import.attributes[0].values[0], ("Bug".to_owned(), 3));
}

#[test]
fn an_ambiguous_order_of_dates_is_reported_and_can_be_told() {
    let file = "ID,Backlog,Done\nA,03/04/2024,05/04/2024\nB,03/04/2024,06/04/2024\n";
    let import = read(file);
    assert_eq!(import.dates.because, Because::Assumed);
    assert!(import.dates.doubtful() && import.dates.to_string().contains("please confirm"));
    let told = Options {
        date_order: Some(DateOrder::MonthFirst),
        ..Options::default()
    };
    let import = read_stage_dates(file.as_bytes(), &told).expect("a stage-date table");
    assert_eq!(
        import.lead_time.times.days,
        [62.0, 93.0],
        "March to May and June"
    );
    let certain = read(&file.replace("03/04", "13/04").replace("05/04", "15/04"));
    assert_eq!(
        (certain.dates.order, certain.dates.doubtful()),
        (DateOrder::DayFirst, false)
    );
}

#[test]
fn queues_are_told_from_work_by_name_and_a_person_may_disagree() {
    let file = sample_stage_dates(1, 60);
    let kinds = |import: &Import| import.stages.iter().map(|s| s.kind).collect::<Vec<_>>();
    use StageKind::{Queue, Work};
    assert_eq!(kinds(&read(&file)), [Queue, Work, Queue, Work, Work]);
    let options = Options {
        kinds: vec![("in sign off".into(), Queue)],
        start: Some("ready for development".into()),
        ..Options::default()
    };
    let import = read_stage_dates(file.as_bytes(), &options).expect("a stage-date table");
    assert_eq!(kinds(&import), [Queue, Work, Queue, Work, Queue]);
    assert_eq!(import.lead_time.start, "Ready for Development");
}

#[test]
fn stages_that_are_not_there_are_named_all_at_once() {
    let options = Options {
        start: Some("Coding".into()),
        kinds: vec![("Review".into(), StageKind::Queue)],
        ..Options::default()
    };
    let error = read_stage_dates(sample_stage_dates(1, 20).as_bytes(), &options)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("Coding, Review") && error.contains("In Development"),
        "{error}"
    );
    let no_done = Options {
        done: Some("Shipped".into()),
        ..Options::default()
    };
    let error = read_stage_dates(sample_stage_dates(1, 20).as_bytes(), &no_done)
        .unwrap_err()
        .to_string();
    assert!(error.contains("Shipped"), "{error}");
}

#[test]
fn what_is_no_stage_date_table_is_refused_in_words() {
    for (file, words) in [
        ("", "no rows"),
        ("ID,Backlog,Done\n", "no rows"),
        ("name,type\nA,Story\n", "fewer than two columns hold dates"),
        (
            "%PDF-1.7\n\u{0}\u{1}\u{2}\n",
            "fewer than two columns hold dates",
        ),
    ] {
        let error = read_stage_dates(file.as_bytes(), &Options::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(words), "{file:?}: {error}");
    }
    assert!(matches!(
        read_stage_dates(&b""[..], &Options::default()),
        Err(ImportError::Empty)
    ));
}

#[test]
fn separators_encodings_and_dates_of_other_countries_are_read() {
    let file = "Schl\u{fc}ssel;ID;Backlog;Entwicklung;Done\nx;A;16.04.2024;17.04.2024;19.04.2024\n";
    let latin: Vec<u8> = file.chars().map(|c| c as u8).collect();
    let import =
        read_stage_dates(latin.as_slice(), &Options::default()).expect("a stage-date table");
    assert_eq!(import.attributes[0].name, "Schlüssel");
    assert_eq!(import.lead_time.times.days, [3.0]);
}

/// The measured table of the shared records: a test of the whole path against numbers that scipy gave.
#[test]
fn the_fit_of_a_real_board_is_the_measured_one() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/data/stage-dates.csv"
    );
    let Ok(file) = std::fs::File::open(path) else {
        println!("skipped: the shared records are not beside this checkout");
        return;
    };
    let options = Options {
        start: Some("In Development".into()),
        ..Options::default()
    };
    let import = read_stage_dates(file, &options).expect("a stage-date table");
    println!("{import}");
    assert_eq!(import.done, 118);
    assert_eq!(
        import.rows,
        import.tickets + import.notes.iter().filter(|n| n.reason.drops()).count()
    );
    let lead = &import.lead_time.times;
    assert_eq!((lead.n(), lead.p50, lead.p85), (102, Some(4.0), Some(9.0)));
    assert!((lead.p95.expect("a percentile") - 22.0).abs() < 0.1);
    let best = &lead.fits[0];
    assert!((lognormal(best.law).1 - 1.02).abs() < 0.005, "{best:?}");
    assert!(
        (best.aic - 571.344_887_4).abs() < 1e-4
            && (best.anderson_darling - 1.729_440_2).abs() < 1e-4,
        "{best:?}"
    );
    let shape = lead.fits.iter().find_map(|f| {
        if let Law::Weibull(w) = f.law {
            Some(w.shape)
        } else {
            None
        }
    });
    assert!(
        (shape.expect("a Weibull fit") - 0.929_671_3).abs() < 1e-4,
        "{shape:?}"
    );
    let ready = &import.stages[2];
    assert_eq!(ready.name, "Ready for Development");
    // The 74 measured waits end in development; this stage also has four of tickets that skip it.
    assert_eq!((ready.times.n(), ready.times.p50), (78, Some(3.0)));
}

proptest! {
    #[test]
    fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_stage_dates(bytes.as_slice(), &Options::default());
    }

    #[test]
    fn every_row_is_a_ticket_or_a_note(
        cells in prop::collection::vec(
            prop::collection::vec(
                prop::sample::select(vec!["", "2024-01-05", "2024-02-01", "03/04/2024", "17/04/2024", "04/17/2024", "x", "\"", "ID"]),
                0..6,
            ),
            1..30,
        ),
    ) {
        let rows: Vec<String> = cells.iter().map(|row| row.join(",")).collect();
        let file = format!("ID,Backlog,Dev,Done\nT,2024-01-01,2024-01-02,2024-01-03\n{}\n", rows.join("\n"));
        if let Ok(import) = read_stage_dates(file.as_bytes(), &Options::default()) {
            let dropped = import.notes.iter().filter(|n| n.reason.drops()).count();
            prop_assert_eq!(import.rows, import.tickets + dropped);
            let lead = &import.lead_time;
            prop_assert_eq!(import.tickets, lead.times.n() + lead.open + lead.skipped_start + lead.out_of_order);
            prop_assert!(import.stages.iter().all(|s| s.times.days.iter().all(|d| *d > 0.0)));
            let _ = import.to_string();
        }
    }
}
