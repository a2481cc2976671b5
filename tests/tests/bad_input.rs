//! Wrong files: every fault at once, with line, path, message and hint; and nothing that anybody could put
//! in a file panics, hangs or is taken for something else.

use millrace_core::experiment::{Cancel, run, summarise};
use millrace_core::model::Window;
use millrace_core::scenario::{Fault, Scenario};
use millrace_core::time::WEEK;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const SHIPPED: &str = include_str!("../../scenarios/siloed-to-integrated.toml");

/// A fault that is expected: the text of its line, a part of its path, of its message, of its hint.
struct Wanted {
    line: &'static str,
    path: &'static str,
    message: &'static str,
    hint: &'static str,
}

/// The line of the shipped study that begins like this, whatever its value is today.
fn line(start: &str) -> &'static str {
    SHIPPED
        .lines()
        .find(|l| l.starts_with(start))
        .unwrap_or_else(|| panic!("the study has no `{start}`"))
}

fn faults(text: &str) -> Vec<Fault> {
    let began = Instant::now();
    let found = Scenario::read(text).err().unwrap_or_default();
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "took {:?} to refuse",
        began.elapsed()
    );
    found
}

/// The shipped study with some texts replaced has exactly these faults, wherever they stand.
#[track_caller]
fn check(edits: &[(&str, &str)], wanted: &[Wanted]) {
    let mut text = SHIPPED.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "the study has no `{from}`");
        text = text.replacen(from, to, 1);
    }
    let found = faults(&text);
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    for w in wanted {
        let fits = |f: &Fault| {
            let line = f
                .line
                .and_then(|l| text.lines().nth(l as usize - 1))
                .unwrap_or_default();
            line.contains(w.line)
                && (w.line.is_empty() || f.line.is_some())
                && f.path.contains(w.path)
                && f.message.contains(w.message)
                && f.hint.as_deref().unwrap_or_default().contains(w.hint)
        };
        assert!(
            found.iter().any(fits),
            "no fault in a line with `{}`, path `{}`, message `{}`, hint `{}`, but:\n{}",
            w.line,
            w.path,
            w.message,
            w.hint,
            all.join("\n")
        );
    }
    assert!(found.len() >= wanted.len(), "{}", all.join("\n"));
}

#[track_caller]
fn one(
    from: &str,
    to: &str,
    line: &'static str,
    path: &'static str,
    message: &'static str,
    hint: &'static str,
) {
    check(
        &[(from, to)],
        &[Wanted {
            line,
            path,
            message,
            hint,
        }],
    );
}

#[test]
fn a_misspelt_key_is_recognised() {
    one(
        "people = 5",
        "peopel = 5",
        "peopel",
        "teams.app.peopel",
        "no `peopel`",
        "did you mean `people`?",
    );
    one(
        line("per_week"),
        "per_wek = 3.5",
        "per_wek",
        "demand.change.per_wek",
        "no `per_wek`",
        "`per_week`",
    );
    one(
        "[governance]",
        "[governence]",
        "",
        "governence",
        "no `governence`",
        "`governance`",
    );
}

#[test]
fn a_misspelt_word_is_recognised() {
    one(
        "strategy = \"recreate\"",
        "strategy = \"rolllng\"",
        "rolllng",
        "pipeline.strategy",
        "no deployment strategy",
        "`rolling`",
    );
    one(
        "kind = \"board\"",
        "kind = \"bord\"",
        "bord",
        "change-approval.kind",
        "not a choice",
        "`board`",
    );
    one(
        "mode = \"ticket queue\"",
        "mode = \"ticket queu\"",
        "ticket queu",
        "handoffs.mode",
        "not a choice",
        "`ticket queue`",
    );
    one(
        "dist = \"lognormal\", mean = \"5 hours\"",
        "dist = \"lognorml\", mean = \"5 hours\"",
        "lognorml",
        "analysis.effort",
        "not a distribution",
        "`lognormal`",
    );
    one(
        "after = \"development\"",
        "after = \"developmnt\"",
        "developmnt",
        "code-review.after",
        "no stage",
        "`development`",
    );
    one(
        "commit = \"development\"",
        "commit = \"develop\"",
        "develop",
        "streams.release.commit",
        "no stage",
        "",
    );
}

#[test]
fn a_team_that_does_not_exist_is_named() {
    one(
        "team = \"platform\"\neffort",
        "team = \"plattform\"\neffort",
        "plattform",
        "packaging.team",
        "no team `plattform`",
        "did you mean `platform`?",
    );
    one(
        "rollback_team = \"infrastructure\"",
        "rollback_team = \"ops\"",
        "ops",
        "pipeline.rollback_team",
        "no team `ops`",
        "one of: app",
    );
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    for (text, message) in [
        ("-3.5", "between 0"),
        ("nan", "not a finite number"),
        ("inf", "not a finite number"),
        ("-inf", "not a finite number"),
        ("1e400", "not a finite number"),
        ("1e300", "between 0"),
        ("\"1e400\"", "not a finite number"),
        ("99999999999999999999999999", ""),
        ("\"many\"", "not a quantity"),
        ("true", "expected a quantity"),
        ("[]", "expected a quantity"),
        ("1979-05-27", ""),
    ] {
        let new = format!("per_week = {text}");
        let found = faults(&SHIPPED.replacen(line("per_week"), &new, 1));
        let fault = found
            .iter()
            .find(|f| f.path.contains("per_week"))
            .unwrap_or_else(|| panic!("{text}: {found:?}"));
        assert!(
            fault.message.contains(message) && fault.line.is_some(),
            "{text}: {fault}"
        );
    }
    one(
        "people = 5",
        "people = 2.5",
        "people = 2.5",
        "teams.app.people",
        "whole number",
        "",
    );
    one(
        "people = 5",
        "people = 0",
        "people = 0",
        "teams.app.people",
        "between 1",
        "",
    );
    one(
        "mean = \"5 hours\"",
        "mean = \"5\"",
        "mean = \"5\"",
        "analysis.effort.mean",
        "needs a unit",
        "",
    );
    one(
        "mean = \"5 hours\"",
        "mean = \"5 days\"",
        "mean = \"5 days\"",
        "analysis.effort.mean",
        "how many hours",
        "",
    );
    one(
        "probability = \"15%\"",
        "probability = \"150%\"",
        "150%",
        "testing.returns",
        "between 0",
        "",
    );
}

#[test]
fn wrong_types_everywhere_are_all_reported() {
    let text = "format = 1\nname = 3\nseed = \"x\"\nrun = []\noutcome = true\nstreams = 5\nteams = { a = 1 }\n\
                handoffs = \"x\"\nplatform = 1.5\npipeline = [1]\ngovernance = \"no\"\nproduction = false\nwhat_ifs = 7\n\
                calendars = [3, \"x\"]\n";
    let found = faults(text);
    for path in [
        "name",
        "seed",
        "run",
        "outcome",
        "streams",
        "teams",
        "handoffs",
        "platform",
        "pipeline",
        "governance",
        "production",
        "what_ifs",
        "calendars.0",
        "calendars.1",
    ] {
        let fault = found
            .iter()
            .find(|f| f.path == path)
            .unwrap_or_else(|| panic!("{path}: {found:?}"));
        let line = text.lines().nth(fault.line.unwrap() as usize - 1).unwrap();
        assert!(
            line.starts_with(path.split('.').next().unwrap()),
            "{path} is in `{line}`"
        );
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let w = |line, path, message, hint| Wanted {
        line,
        path,
        message,
        hint,
    };
    check(
        &[
            ("people = 5", "peopel = 5"),
            (line("per_week"), "per_week = -1"),
            ("focus = \"55%\"", "focus = \"155%\""),
            ("discrimination = 1.3", "discrimination = 99"),
        ],
        &[
            w("peopel", "teams.app.peopel", "no `peopel`", "people"),
            w("id = \"app\"", "teams.app.people", "missing", "").relaxed(),
            w("per_week", "demand.change.per_week", "between", ""),
            w("155%", "focus", "between", ""),
            w("99", "acceptance-test.discrimination", "between", ""),
        ],
    );
    // And of what can only be judged as a whole, as soon as the parts are right.
    check(
        &[
            ("team = \"qa\"", "team = \"qaa\""),
            (
                "to = \"development\", probability",
                "to = \"developing\", probability",
            ),
            ("strategy = \"recreate\"", "strategy = \"canary\""),
            ("after = \"testing\"", "after = \"tasting\""),
        ],
        &[
            w("qaa", "testing.team", "no team", "`qa`"),
            w("", "testing.returns", "no stage `developing`", ""),
            w(
                "canary",
                "pipeline.strategy",
                "needs progressive-delivery at level 2",
                "set platform.capabilities",
            ),
            w("tasting", "acceptance-test.after", "no stage", "`testing`"),
        ],
    );
}

impl Wanted {
    /// Wherever it stands.
    fn relaxed(self) -> Self {
        Self { line: "", ..self }
    }
}

#[test]
fn a_strategy_without_its_capabilities_is_refused_by_name() {
    one(
        "strategy = \"recreate\"",
        "strategy = \"blue-green\"",
        "blue-green",
        "pipeline.strategy",
        "`blue-green` needs",
        "or choose another strategy",
    );
}

#[test]
fn a_cycle_without_an_exit_is_refused() {
    let next = "team = \"platform\"\nnext = [{ to = \"analysis\", share = 1 }]\n";
    one(
        "team = \"platform\"\n",
        next,
        "",
        "streams.release.stages.packaging",
        "cycle without an exit",
        "`done`",
    );
}

#[test]
fn shares_that_do_not_add_up_are_refused() {
    let next = "team = \"platform\"\nnext = [{ to = \"testing\", share = 0.5 }, { to = \"done\", share = 0.3 }]\n";
    one(
        "team = \"platform\"\n",
        next,
        "",
        "packaging.next",
        "add up to 0.8",
        "",
    );
}

#[test]
fn a_fault_in_a_what_if_says_which() {
    one(
        "to = \"automated\"",
        "to = \"automatic\"",
        "",
        "change-approval.kind",
        "in the what-if `no-board`",
        "`automated`",
    );
    one(
        "{ remove = \"teams.qa\" }",
        "{ remove = \"teams.qaa\" }",
        "",
        "teams.qaa",
        "in the what-if `stream-aligned`",
        "",
    );
    one(
        "includes = [\"self-service\"",
        "includes = [\"integrated\"",
        "",
        "what_ifs",
        "circle",
        "",
    );
}

#[test]
fn files_that_are_no_studies_are_refused() {
    let deep = format!("x = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let tables = format!("x = {}", "{ a = ".repeat(50_000));
    let dotted = format!("{} = 1", vec!["a"; 50_000].join("."));
    let headers = format!("[{}]\n", vec!["a"; 50_000].join("."));
    let rubbish: String = (0..200_000u32)
        .map(|i| char::from_u32(i.wrapping_mul(2_654_435_761) % 0xd7ff).unwrap_or('\0'))
        .collect();
    let big = "# a comment\n".repeat(50 << 20 >> 3);
    for (name, text, message) in [
        ("empty", String::new(), "empty"),
        ("blank", " \n\t\n".into(), "empty"),
        ("50 MB and more", big, "MB"),
        ("rubbish", rubbish, ""),
        ("nulls", "\0".repeat(1000), ""),
        ("deep lists", deep, "nested"),
        ("deep tables", tables, "nested"),
        ("deep keys", dotted, ""),
        ("deep headers", headers, ""),
        ("JSON", "{\"format\": 1}".into(), ""),
        (
            "prose",
            "Dear sir,\nplease find enclosed our process.".into(),
            "",
        ),
        (
            "a newer format",
            SHIPPED.replacen("format = 1", "format = 2", 1),
            "newer",
        ),
        (
            "an unknown format",
            SHIPPED.replacen("format = 1", "format = 0", 1),
            "",
        ),
        (
            "a format that is none",
            SHIPPED.replacen("format = 1", "format = \"one\"", 1),
            "",
        ),
        ("nothing but a format", "format = 1".into(), "missing"),
        (
            "half a file",
            SHIPPED[..SHIPPED.len() / 2].to_owned() + "\n[[",
            "",
        ),
        (
            "the same key twice",
            SHIPPED.replacen("people = 5", "people = 5\npeople = 6", 1),
            "duplicate key",
        ),
    ] {
        let found = faults(&text);
        assert!(
            found.iter().any(|f| f.message.contains(message)),
            "{name}: {found:?}"
        );
        assert!(!found.is_empty(), "{name} was read");
    }
}

#[test]
fn a_study_of_nothing_but_repetitions_is_answered_in_time() {
    let teams: String = (0..1_000)
        .map(|i| format!("[[teams]]\nid = \"t{i}\"\npeople = 1\n"))
        .collect();
    let keys: String = (0..100_000).map(|i| format!("k{i} = 1\n")).collect();
    let all = (0..4).fold(String::new(), |all, i| {
        let of: Vec<String> = vec![format!("\"w{}\"", i + 1); 8];
        all + &format!(
            "[[what_ifs]]\nid = \"w{i}\"\nname = \"w\"\nincludes = [{}]\n",
            of.join(", ")
        )
    });
    for (name, text) in [
        ("teams", format!("{SHIPPED}\n{teams}")),
        ("keys", format!("{keys}{SHIPPED}")),
        (
            "what-ifs",
            format!("{SHIPPED}\n{all}[[what_ifs]]\nid = \"w4\"\nname = \"w\"\n"),
        ),
    ] {
        let began = Instant::now();
        let _ = Scenario::read(&text);
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{name} took {:?}",
            began.elapsed()
        );
    }
}

/// Read a text; if it is a study after all, run it for a few weeks. Neither may panic or hang.
fn survive(text: &str) {
    let began = Instant::now();
    match Scenario::read(text) {
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            for f in &faults {
                assert!(
                    !f.message.is_empty() && !f.message.contains("let something through"),
                    "{f}"
                );
            }
        }
        Ok(scenario) => {
            let ids = std::iter::once(None).chain(
                scenario
                    .what_ifs
                    .iter()
                    .take(2)
                    .map(|w| Some(w.id.as_str())),
            );
            for id in ids {
                let mut model = scenario
                    .variant(id, &[])
                    .expect("it was checked when it was read")
                    .model(None);
                model.window = Window {
                    warm_up: WEEK,
                    horizon: 9 * WEEK,
                    cap: 13 * WEEK,
                };
                let runs = run(&model, 0, 2, &Cancel::default());
                let summary = summarise("x", "x", &model, &runs);
                let _ = (
                    serde_json::to_string(&summary).expect("a summary is plain data"),
                    summary.warnings(),
                );
                for r in &runs {
                    assert_eq!(r.wip_ticks, r.stay_ticks, "Little's law");
                }
            }
        }
    }
    assert!(
        began.elapsed() < Duration::from_secs(30),
        "took {:?}",
        began.elapsed()
    );
}

#[derive(Debug, Clone)]
enum Mutation {
    Delete(usize),
    Duplicate(usize),
    Swap(usize, usize),
    Number(usize, String),
    Byte(usize, u8),
    Insert(usize, String),
    Cut(usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || 0usize..10_000;
    let number = prop_oneof![
        Just("0".to_owned()),
        Just("1".to_owned()),
        Just("-1".to_owned()),
        Just("1e9".to_owned()),
        Just("1e-9".to_owned()),
        Just("nan".to_owned()),
        Just("1000".to_owned()),
        Just("100".to_owned()),
        Just("0.999".to_owned()),
        Just("[]".to_owned()),
        Just("\"x\"".to_owned()),
        (0u32..200).prop_map(|n| n.to_string()),
        (0.0f64..10.0).prop_map(|x| format!("{x:?}")),
    ];
    let line = prop_oneof![
        Just("wip_limit = 1".to_owned()),
        Just("arrives = \"endless\"".to_owned()),
        Just(
            "next = [{ to = \"analysis\", share = 0.5 }, { to = \"done\", share = 0.5 }]"
                .to_owned()
        ),
        Just("changes = []".to_owned()),
        Just("items_per_person = 1000".to_owned()),
        Just("[[streams.stages]]\nid = \"more\"\nteam = \"app\"\neffort = 0".to_owned()),
        Just("[outcome]".to_owned()),
        Just("}".to_owned()),
        ".{0,40}",
    ];
    prop_oneof![
        at().prop_map(Mutation::Delete),
        at().prop_map(Mutation::Duplicate),
        (at(), at()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        (at(), number).prop_map(|(a, n)| Mutation::Number(a, n)),
        (0usize..100_000, any::<u8>()).prop_map(|(a, b)| Mutation::Byte(a, b)),
        (at(), line).prop_map(|(a, s)| Mutation::Insert(a, s)),
        (0usize..100_000).prop_map(Mutation::Cut),
    ]
}

/// Lines without comments, so that what changes is the study.
fn mutate(mutations: &[Mutation]) -> String {
    let bare = SHIPPED
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    let mut lines: Vec<String> = bare.map(str::to_owned).collect();
    for m in mutations {
        let n = lines.len().max(1);
        match m {
            _ if lines.is_empty() => break,
            Mutation::Delete(i) => {
                lines.remove(i % n);
            }
            Mutation::Duplicate(i) => lines.insert(i % n, lines[i % n].clone()),
            Mutation::Swap(i, j) => lines.swap(i % n, j % n),
            Mutation::Number(i, to) => {
                // The first number on or after the line.
                let digits =
                    |l: &&String| l.contains(|c: char| c.is_ascii_digit()) && l.contains('=');
                if let Some(l) = lines.iter().skip(i % n).find(digits).cloned() {
                    let from = l.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                    let rest = l[from..]
                        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
                        .map_or(l.len(), |k| from + k);
                    let at = lines.iter().position(|x| *x == l).unwrap_or(0);
                    lines[at] = format!("{}{to}{}", &l[..from], &l[rest..]);
                }
            }
            Mutation::Byte(i, b) => {
                let mut bytes = lines.join("\n").into_bytes();
                let at = i % bytes.len().max(1);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = *b;
                }
                lines = String::from_utf8_lossy(&bytes)
                    .lines()
                    .map(str::to_owned)
                    .collect();
            }
            Mutation::Insert(i, text) => lines.insert(i % n, text.clone()),
            Mutation::Cut(i) => {
                let mut text = lines.join("\n");
                let mut at = i % (text.len() + 1);
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                text.truncate(at);
                lines = text.lines().map(str::to_owned).collect();
            }
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_the_shipped_study_panics_or_hangs(mutations in prop::collection::vec(mutation(), 1..6)) {
        survive(&mutate(&mutations));
    }

    #[test]
    fn bytes_that_are_no_study_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        survive(&String::from_utf8_lossy(&bytes));
    }
}

proptest! {
    // Most of these are valid, and run.
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_of_any_size_in_a_valid_study_are_refused_or_run(
        changes in prop::collection::vec((0usize..10_000, "[0-9]{1,4}(\\.[0-9]{1,2})?"), 1..4),
    ) {
        let mutations: Vec<Mutation> = changes.into_iter().map(|(i, n)| Mutation::Number(i, n)).collect();
        survive(&mutate(&mutations));
    }
}
