//! Counts in logarithmic bins at most 0.1% wide (RULES 32): merging is exact and order does not matter.
//!
//! A bin is a 1024th of a power of two: the exponent of a value and the first bits of its fraction number
//! it, on every platform alike.

/// Parts of a power of two.
const PARTS: usize = 1024;
/// Bits of a value below those that number its bin.
const BELOW: u32 = f64::MANTISSA_DIGITS - 1 - PARTS.trailing_zeros();
/// Bits of the lower edge of the first logarithmic bin, 2⁻¹⁰ in the unit of the values (hours: 3.5 s).
const FLOOR: u64 = (1023 - 10) << (f64::MANTISSA_DIGITS - 1);
/// Powers of two covered: to 2²⁴, 1 900 years in hours.
const OCTAVES: usize = 34;
/// Bins: the logarithmic ones, and one below for smaller values.
pub const BINS: usize = 1 + OCTAVES * PARTS;

/// The bin of a value ≥ 0; values above the range fall in the last.
#[must_use]
#[inline]
pub fn bin(x: f64) -> usize {
    // Numbers ≥ 0 are in the order of their bits.
    let bins = (x.to_bits() >> BELOW) as i64 - (FLOOR >> BELOW) as i64;
    (bins + 1).clamp(0, BINS as i64 - 1) as usize
}

/// The lower edge of a bin.
#[must_use]
pub fn edge(bin: usize) -> f64 {
    if bin == 0 {
        0.0
    } else {
        f64::from_bits(FLOOR + ((bin as u64 - 1) << BELOW))
    }
}

/// The non-empty bins of one replication, ascending, in a byte or two each: replications are kept by the
/// ten thousand.
///
/// Each bin is its distance from the one before, doubled, plus one if it holds more than one value, and
/// then the number of values less two. All numbers are in base 128, lowest digits first, the high bit
/// saying that more follow (LEB128). The same counts have the same bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sparse {
    bytes: Box<[u8]>,
}

fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn get(bytes: &mut std::slice::Iter<u8>) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

impl Sparse {
    /// From non-empty bins with their counts, ascending.
    fn of(counts: impl Iterator<Item = (u32, u32)>) -> Self {
        let (mut bytes, mut before) = (Vec::new(), 0);
        for (bin, count) in counts {
            put(&mut bytes, ((bin - before) << 1) | u32::from(count > 1));
            if count > 1 {
                put(&mut bytes, count - 2);
            }
            before = bin;
        }
        Self {
            bytes: bytes.into_boxed_slice(),
        }
    }

    /// The bins with their counts, ascending.
    pub fn counts(&self) -> impl Iterator<Item = (usize, u32)> {
        let (mut bytes, mut bin) = (self.bytes.iter(), 0);
        std::iter::from_fn(move || {
            let step = get(&mut bytes)?;
            bin += step >> 1;
            let more = if step & 1 == 1 {
                get(&mut bytes)? + 1
            } else {
                0
            };
            Some((bin as usize, 1 + more))
        })
    }

    /// The bytes themselves, for a file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// From such bytes; `None` if they are not what [`Self::as_bytes`] gives of any counts.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ends = bytes.last().is_none_or(|b| *b < 0x80);
        // Five bytes hold every number there can be.
        let short = bytes
            .split_inclusive(|b| *b < 0x80)
            .all(|n| n.len() < 5 || (n.len() == 5 && n[4] <= 0x0f));
        let read = (ends && short).then(|| Self {
            bytes: bytes.into(),
        })?;
        let (mut rest, mut bin, mut counts) = (read.bytes.iter(), 0, Vec::new());
        while let Some(step) = get(&mut rest) {
            let more = if step & 1 == 1 { get(&mut rest)? } else { 0 };
            bin += u64::from(step >> 1);
            let many = more.checked_add(1 + (step & 1))?;
            counts.push((u32::try_from(bin).ok().filter(|b| *b < BINS as u32)?, many));
        }
        let ascending = counts.is_sorted_by(|a, b| a.0 < b.0);
        // The same counts have the same bytes.
        (ascending && Self::of(counts.into_iter()) == read).then_some(read)
    }

    /// Memory held, bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The counts of several together.
    #[must_use]
    pub fn merged(parts: &[Self]) -> Self {
        let mut all: Vec<(u32, u32)> = parts
            .iter()
            .flat_map(|p| p.counts().map(|(bin, count)| (bin as u32, count)))
            .collect();
        all.sort_unstable_by_key(|c| c.0);
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        Self::of(all.into_iter())
    }

    /// How many values.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts().map(|c| u64::from(c.1)).sum()
    }

    /// How many values lie at or below `x`, splitting the bin of `x` evenly.
    #[must_use]
    pub fn at_or_below(&self, x: f64) -> f64 {
        let b = bin(x);
        let mut sum = 0.0;
        for (i, n) in self.counts() {
            if i < b {
                sum += f64::from(n);
            } else if i == b {
                let (lo, hi) = (edge(b), edge(b + 1));
                sum += f64::from(n) * ((x - lo) / (hi - lo)).clamp(0.0, 1.0);
            } else {
                break;
            }
        }
        sum
    }
}

/// Bins in a word of [`Tally::words`].
const WORD: usize = u64::BITS as usize;
const WORDS: usize = BINS.div_ceil(WORD);
const GROUPS: usize = WORDS.div_ceil(WORD);

/// Counts while a replication runs: dense, reused, emptied into a [`Sparse`].
#[derive(Debug, Clone)]
pub struct Tally {
    dense: Vec<u32>,
    /// A bit for each bin with values.
    words: Vec<u64>,
    /// A bit for each word with a bit.
    groups: [u64; GROUPS],
    /// How many values.
    pub n: u64,
    /// Their sum.
    pub sum: f64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            dense: vec![0; BINS],
            words: vec![0; WORDS],
            groups: [0; GROUPS],
            n: 0,
            sum: 0.0,
        }
    }
}

/// The numbers of the bits that are set, ascending.
fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros() as usize);
        word &= word.wrapping_sub(1);
        bit
    })
}

impl Tally {
    /// Count a value ≥ 0.
    #[inline]
    pub fn add(&mut self, x: f64) {
        self.add_at(bin(x), x);
    }

    /// Count a value whose bin is known.
    #[inline]
    pub fn add_at(&mut self, b: usize, x: f64) {
        // Without asking whether the bin is new: at this width most are, and no guess would be good.
        self.dense[b] += 1;
        self.words[b / WORD] |= 1 << (b % WORD);
        self.groups[b / WORD / WORD] |= 1 << (b / WORD % WORD);
        self.n += 1;
        self.sum += x;
    }

    /// Take the counts and start again.
    pub fn take(&mut self) -> Sparse {
        let mut counts = Vec::new();
        for (g, group) in self.groups.iter_mut().enumerate() {
            for w in bits(std::mem::take(group)).map(|bit| g * WORD + bit) {
                for b in bits(std::mem::take(&mut self.words[w])).map(|bit| w * WORD + bit) {
                    counts.push((b as u32, std::mem::take(&mut self.dense[b])));
                }
            }
        }
        self.n = 0;
        self.sum = 0.0;
        Sparse::of(counts.into_iter())
    }
}

/// Counts pooled over replications.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    counts: Vec<u64>,
    total: u64,
}

impl Default for Pooled {
    fn default() -> Self {
        Self {
            counts: vec![0; BINS],
            total: 0,
        }
    }
}

impl Pooled {
    /// Add a replication.
    pub fn merge(&mut self, part: &Sparse) {
        for (b, n) in part.counts() {
            self.counts[b] += u64::from(n);
            self.total += u64::from(n);
        }
    }

    /// How many values.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The value below which a share `p` of the values lie: the inverse of the distribution function
    /// that runs linearly through each bin (RULES 31). `None` without values.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if self.total == 0 {
            return None;
        }
        let want = p * self.total as f64;
        let mut below = 0.0;
        for (b, &n) in self.counts.iter().enumerate() {
            if n == 0 {
                continue;
            }
            let n = n as f64;
            if below + n >= want {
                let (lo, hi) = (edge(b), edge(b + 1));
                return Some(lo + (hi - lo) * ((want - below) / n).clamp(0.0, 1.0));
            }
            below += n;
        }
        Some(edge(BINS))
    }

    /// The density of values at `x`, over a window that holds about a share `mass` of them on either
    /// side; never zero where there are values.
    #[must_use]
    pub fn density(&self, p: f64, mass: f64) -> f64 {
        let (lo, hi) = ((p - mass).max(0.0), (p + mass).min(1.0));
        match (self.quantile(lo), self.quantile(hi)) {
            (Some(a), Some(b)) if b > a => (hi - lo) / (b - a),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_value_lies_in_its_bin_and_bins_are_a_thousandth_wide(log in -12.0f64..7.2) {
            let x = libm::exp10(log);
            let b = bin(x);
            prop_assert!(edge(b) <= x && x < edge(b + 1));
            prop_assert!(b == 0 || edge(b + 1) <= 1.001 * edge(b));
        }

        #[test]
        fn bins_are_taken_in_order_once_and_hold_every_value(
            values in prop::collection::vec(0.0f64..1e3, 0..300),
        ) {
            let mut tally = Tally::default();
            for _ in 0..2 {
                values.iter().for_each(|&x| tally.add(x));
                let taken = tally.take();
                prop_assert!(taken.counts().is_sorted_by(|a, b| a.0 < b.0));
                for (b, n) in taken.counts() {
                    let inside = values.iter().filter(|&&x| bin(x) == b).count();
                    prop_assert_eq!(n as usize, inside);
                }
                prop_assert_eq!(taken.total(), values.len() as u64);
            }
            prop_assert_eq!(tally.take(), Sparse::default());
        }

        #[test]
        fn merging_parts_equals_the_whole(values in prop::collection::vec(0.0f64..1e4, 1..200), cut in 0usize..200) {
            let cut = cut.min(values.len());
            let mut tally = Tally::default();
            let mut parts = Pooled::default();
            for half in [&values[..cut], &values[cut..]] {
                half.iter().for_each(|&x| tally.add(x));
                parts.merge(&tally.take());
            }
            let mut whole = Pooled::default();
            values.iter().for_each(|&x| tally.add(x));
            whole.merge(&tally.take());
            prop_assert_eq!(parts, whole);
        }
    }

    #[test]
    fn bins_far_apart_and_large_counts_come_back_as_they_went_in() {
        let all = [
            (0, 1),
            (1, 2),
            (64, 1),
            (200, 129),
            (9000, 130),
            (BINS as u32 - 1, u32::MAX),
        ];
        let sparse = Sparse::of(all.into_iter());
        let back: Vec<(u32, u32)> = sparse.counts().map(|(b, n)| (b as u32, n)).collect();
        assert_eq!(back, all);
        assert_eq!(sparse.total(), 263 + u64::from(u32::MAX));
        assert_eq!(Sparse::from_bytes(sparse.as_bytes()), Some(sparse));
    }

    #[test]
    fn bytes_that_hold_no_counts_are_refused() {
        let bytes = |b: &[u8]| Sparse::from_bytes(b).is_some();
        assert!(bytes(&[]) && bytes(&[2]));
        for (why, wrong) in [
            ("a number without an end", &[0x80][..]),
            ("a count that is missing", &[3]),
            ("a bin twice", &[2, 0]),
            ("a bin beyond the last", &[0xff, 0xff, 0xff, 0xff, 0x0e]),
            ("a number of six bytes", &[0x82, 0x80, 0x80, 0x80, 0x80, 0]),
            ("a zero in front", &[0x82, 0]),
        ] {
            assert!(!bytes(wrong), "{why} is taken for counts");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
            if let Some(sparse) = Sparse::from_bytes(&bytes) {
                prop_assert_eq!(sparse.as_bytes(), &bytes[..]);
            }
        }
    }

    #[test]
    fn a_replication_s_counts_take_about_a_byte_a_bin_and_no_more_with_time() {
        let spread = |n: u32| {
            let mut tally = Tally::default();
            (0..n).for_each(|i| tally.add(10.0 + f64::from(i * 7919 % 5003)));
            tally.take()
        };
        let (year, century) = (spread(5_000), spread(500_000));
        let bins = year.counts().count();
        assert!(
            year.size() <= 2 * bins,
            "{} bytes for {bins} bins",
            year.size()
        );
        // Counts grow with the values, bins do not: two more digits for a hundred times the count.
        assert!(
            century.size() <= 4 * century.counts().count(),
            "{} bytes for {} bins",
            century.size(),
            century.counts().count()
        );
    }

    #[test]
    fn values_beyond_the_range_fall_into_the_last_bin_and_nothing_into_the_first() {
        assert_eq!([bin(0.0), bin(1e-4)], [0, 0]);
        assert_eq!([bin(1e9), bin(f64::INFINITY)], [BINS - 1; 2]);
    }

    #[test]
    fn the_median_of_a_ladder_is_its_middle() {
        let mut tally = Tally::default();
        (1..=999).for_each(|x| tally.add(f64::from(x)));
        let mut pooled = Pooled::default();
        pooled.merge(&tally.take());
        let median = pooled.quantile(0.5).unwrap();
        assert!((median - 500.0).abs() < 1.0, "{median}");
    }
}
