//! A part of a comparison in a file: what it is a part of, then its years, bit for bit
//! (`docs/scale-out.md`).

use crate::answer::Failure;
use crate::args;
use crate::study::Opened;
use millrace_app_core::files;
use millrace_core::engine::Replication;
use millrace_core::experiment::WarmUp;
use millrace_core::experiment::bytes::{self, FORM};
use millrace_core::time::Ticks;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How every file begins.
const MAGIC: &[u8] = b"{\"millrace_part\":";

/// What parts of one whole have in common.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Whole {
    /// Of Millrace.
    pub version: String,
    /// The study's name.
    pub study: String,
    /// Root of all luck.
    pub seed: u64,
    /// Years of each variant.
    pub replications: u64,
    /// `baseline` first, then what-ifs by id.
    pub variants: Vec<String>,
    /// `--set`, in order.
    pub sets: Vec<String>,
    /// `--lever`, in order.
    pub levers: Vec<String>,
    /// `--seed`.
    pub given_seed: Option<u64>,
    /// `--replications`.
    pub given_replications: Option<u64>,
    /// The study file, whole.
    pub text: String,
}

impl Whole {
    /// Of a study with the arguments' changes.
    pub fn of(study: &Opened, args: &args::Study, variants: &[Option<String>]) -> Self {
        let settings = &study.scenario.baseline.study;
        let id = |v: &Option<String>| v.clone().unwrap_or_else(|| "baseline".into());
        Self {
            version: env!("CARGO_PKG_VERSION").into(),
            study: settings.name.clone(),
            seed: settings.seed as u64,
            replications: settings.run.replications as u64,
            variants: variants.iter().map(id).collect(),
            sets: args.sets.iter().map(|s| s.given.clone()).collect(),
            levers: args.levers.iter().map(|l| l.given.clone()).collect(),
            given_seed: args.seed,
            given_replications: args.replications,
            text: study.text.clone(),
        }
    }

    /// What sets it apart from another, in a sentence; `None` for the same.
    pub fn differs(&self, other: &Self) -> Option<String> {
        let apart = |what: &str, a: &dyn std::fmt::Display, b: &dyn std::fmt::Display| {
            Some(format!("{what} {a} and not {b}"))
        };
        if self == other {
            None
        } else if self.version != other.version {
            apart("it was made by Millrace", &self.version, &other.version)
        } else if self.study != other.study {
            apart("it is a part of", &self.study, &other.study)
        } else if self.text != other.text {
            Some("the study's file was another when it was made".into())
        } else if self.seed != other.seed {
            apart("its seed is", &self.seed, &other.seed)
        } else if self.replications != other.replications {
            let (a, b) = (self.replications, other.replications);
            apart("its whole has years:", &a, &b)
        } else if self.variants != other.variants {
            let (a, b) = (self.variants.join(", "), other.variants.join(", "));
            apart("its variants are", &a, &b)
        } else {
            Some("it was made with other arguments (--set, --lever, --seed, -n)".into())
        }
    }
}

/// What a file says of itself in its first line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    millrace_part: u64,
    /// Which part of how many, from 1; none for the pilot.
    pub part: Option<(u64, u64)>,
    /// Its first year.
    pub from: u64,
    /// One past its last year.
    pub to: u64,
    /// Years made of each variant so far.
    pub done: u64,
    warm_up_ticks: Ticks,
    unsettled: bool,
    /// What it is a part of.
    pub whole: Whole,
}

impl Header {
    /// Of a part, or of the pilot, with no year made.
    pub fn of(whole: Whole, part: Option<(u64, u64)>, warm_up: WarmUp) -> Self {
        let (from, to) = part.map_or((0, 0), |(i, n)| span(whole.replications, i, n));
        Self {
            millrace_part: FORM,
            part,
            from,
            to,
            done: 0,
            warm_up_ticks: warm_up.ticks,
            unsettled: warm_up.unsettled,
            whole,
        }
    }

    /// With so many years made.
    pub fn with(self, done: u64) -> Self {
        Self { done, ..self }
    }

    /// The warm-up before every year.
    pub fn warm_up(&self) -> WarmUp {
        WarmUp {
            ticks: self.warm_up_ticks,
            unsettled: self.unsettled,
        }
    }

    /// All its years are made.
    pub fn complete(&self) -> bool {
        self.from + self.done == self.to
    }
}

/// The years of part `i` of `n`, from 1: contiguous, and never one half of a pair that shares a draw of the
/// assumptions.
fn span(replications: u64, i: u64, n: u64) -> (u64, u64) {
    let pairs = replications.div_ceil(2);
    let cut = |i: u64| (2 * (pairs * i / n)).min(replications);
    (cut(i - 1), cut(i))
}

/// A file that was read.
#[derive(Debug)]
pub struct Part {
    /// Its first line.
    pub header: Header,
    /// Years of each variant.
    pub years: Vec<Vec<Replication>>,
    /// Of all of it: the same bits have the same.
    pub checksum: u64,
}

/// Why a file is no part.
#[derive(Debug, PartialEq)]
pub enum Unread {
    /// It is not there.
    Absent,
    /// It cannot be read, or is something else: why.
    Foreign(String),
    /// It was one, and its bytes have changed.
    Damaged,
}

impl Unread {
    /// In a sentence.
    pub fn why(&self) -> String {
        match self {
            Self::Absent => "there is no such file".into(),
            Self::Foreign(why) => why.clone(),
            Self::Damaged => "it is damaged: its checksum does not fit what it holds".into(),
        }
    }
}

/// Read a part.
///
/// # Errors
/// Why it is none.
pub fn read(path: &Path) -> Result<Part, Unread> {
    let bytes = std::fs::read(path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => Unread::Absent,
        _ => Unread::Foreign(format!("it cannot be read: {e}")),
    })?;
    if !bytes.starts_with(MAGIC) {
        return Err(Unread::Foreign("it is no part of a study".into()));
    }
    let form = bytes[MAGIC.len()..].split(|b| !b.is_ascii_digit()).next();
    if form != Some(FORM.to_string().as_bytes()) {
        let why = format!("its form is not {FORM}: another version of Millrace made it");
        return Err(Unread::Foreign(why));
    }
    whole(&bytes).ok_or(Unread::Damaged)
}

fn whole(bytes: &[u8]) -> Option<Part> {
    let (content, sum) = bytes.split_last_chunk::<8>()?;
    let checksum = u64::from_le_bytes(*sum);
    if checksum != checksum_of(content) {
        return None;
    }
    let end = content.iter().position(|b| *b == b'\n')?;
    let header: Header = serde_json::from_slice(&content[..end]).ok()?;
    let mut rest = &content[end + 1..];
    let mut years: Vec<Vec<Replication>> = vec![Vec::new(); header.whole.variants.len()];
    for _ in 0..header.done {
        for variant in &mut years {
            let (length, after) = rest.split_first_chunk::<8>()?;
            let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
            let (year, after) = after.split_at_checked(length)?;
            variant.push(bytes::from_bytes(year)?);
            rest = after;
        }
    }
    rest.is_empty().then_some(Part {
        header,
        years,
        checksum,
    })
}

/// Write a part beside what is there, and over it in one step: there is always a whole one.
///
/// # Errors
/// If the folder does not take it.
pub fn write<'a>(
    path: &Path,
    header: &Header,
    years: impl Iterator<Item = &'a [Replication]>,
) -> Result<(), Failure> {
    let years: Vec<&[Replication]> = years.collect();
    let done = years.first().map_or(0, |first| first.len());
    let header = header.clone().with(done as u64);
    let mut out = serde_json::to_vec(&header)
        .map_err(|e| Failure::Outside(format!("no first line of a part: {e}")))?;
    out.push(b'\n');
    for r in 0..done {
        for variant in &years {
            let year = bytes::to_bytes(&variant[r]);
            out.extend((year.len() as u64).to_le_bytes());
            out.extend(year);
        }
    }
    out.extend(checksum_of(&out).to_le_bytes());
    files::write(path, &out).map_err(|refusal| Failure::Outside(refusal.message))
}

/// FNV-1a, 64 bits: against a torn copy, not against malice.
fn checksum_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, b| {
        (sum ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_could_change_a_number_sets_wholes_apart() {
        let whole = Whole {
            version: "1".into(),
            study: "s".into(),
            seed: 1,
            replications: 8,
            variants: vec!["baseline".into()],
            sets: Vec::new(),
            levers: Vec::new(),
            given_seed: None,
            given_replications: None,
            text: String::new(),
        };
        assert_eq!(whole.differs(&whole), None);
        type Edit = fn(&mut Whole);
        let edits: [(&str, Edit); 9] = [
            ("Millrace 2 and not 1", |w| w.version = "2".into()),
            ("a part of t", |w| w.study = "t".into()),
            ("file", |w| w.text = "x".into()),
            ("seed is 2", |w| w.seed = 2),
            ("years: 9", |w| w.replications = 9),
            ("baseline, canary", |w| w.variants.push("canary".into())),
            ("--set", |w| w.sets.push("a=1".into())),
            ("--lever", |w| w.levers.push("a=1".into())),
            ("--seed", |w| w.given_seed = Some(1)),
        ];
        for (word, edit) in edits {
            let mut other = whole.clone();
            edit(&mut other);
            let why = other.differs(&whole).expect(word);
            assert!(why.contains(word), "{why} does not name {word}");
        }
    }

    #[test]
    fn parts_cover_every_year_once_and_split_no_pair() {
        for (replications, n) in [(8, 1), (9, 5), (28, 7), (1000, 7), (1001, 500), (2, 1)] {
            let mut next = 0;
            for i in 1..=n {
                let (from, to) = span(replications, i, n);
                assert_eq!(from, next, "part {i} of {n} of {replications}");
                assert!(to > from && from % 2 == 0, "part {i} of {n}: {from}..{to}");
                next = to;
            }
            assert_eq!(next, replications);
        }
    }

    #[test]
    fn the_checksum_is_the_published_one() {
        // Test vectors of the FNV-1a 64-bit hash (Fowler, Noll, Vo).
        assert_eq!(checksum_of(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(checksum_of(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(checksum_of(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
