//! Counts in logarithmic bins 0.1% wide (RULES 32): merging is exact and order does not matter.

/// Lower edge of the first logarithmic bin, in the unit of the values (hours: 3.6 s).
const FLOOR: f64 = 1e-3;
/// Width of a bin in the logarithm.
const WIDTH: f64 = 1e-3;
/// Bins: from 1e-3 to 1e7, and one below for smaller values.
pub const BINS: usize = 23_027;

/// The bin of a value ≥ 0; values above the range fall in the last.
#[must_use]
pub fn bin(x: f64) -> usize {
    if x < FLOOR {
        return 0;
    }
    (1 + (libm::log(x / FLOOR) / WIDTH) as usize).min(BINS - 1)
}

/// The lower edge of a bin.
#[must_use]
pub fn edge(bin: usize) -> f64 {
    if bin == 0 {
        0.0
    } else {
        FLOOR * libm::exp((bin - 1) as f64 * WIDTH)
    }
}

/// The non-empty bins of one replication, ascending.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sparse {
    /// (bin, count).
    pub counts: Vec<(u16, u32)>,
}

impl Sparse {
    /// The counts of several together.
    #[must_use]
    pub fn merged(parts: &[Self]) -> Self {
        let mut all: Vec<(u16, u32)> = parts
            .iter()
            .flat_map(|p| p.counts.iter().copied())
            .collect();
        all.sort_unstable_by_key(|c| c.0);
        all.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        all.shrink_to_fit();
        Self { counts: all }
    }

    /// How many values.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|c| u64::from(c.1)).sum()
    }

    /// How many values lie at or below `x`, splitting the bin of `x` evenly.
    #[must_use]
    pub fn at_or_below(&self, x: f64) -> f64 {
        let b = bin(x);
        let mut sum = 0.0;
        for &(i, n) in &self.counts {
            let i = usize::from(i);
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

/// Counts while a replication runs: dense, reused, emptied into a [`Sparse`].
#[derive(Debug, Clone)]
pub struct Tally {
    dense: Vec<u32>,
    touched: Vec<u16>,
    /// How many values.
    pub n: u64,
    /// Their sum.
    pub sum: f64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            dense: vec![0; BINS],
            touched: Vec::with_capacity(1024),
            n: 0,
            sum: 0.0,
        }
    }
}

impl Tally {
    /// Count a value.
    pub fn add(&mut self, x: f64) {
        self.add_at(bin(x), x);
    }

    /// Count a value whose bin is known.
    pub fn add_at(&mut self, b: usize, x: f64) {
        if self.dense[b] == 0 {
            self.touched.push(b as u16);
        }
        self.dense[b] += 1;
        self.n += 1;
        self.sum += x;
    }

    /// Take the counts and start again.
    pub fn take(&mut self) -> Sparse {
        self.touched.sort_unstable();
        let counts = self
            .touched
            .iter()
            .map(|&b| (b, self.dense[usize::from(b)]))
            .collect();
        for &b in &self.touched {
            self.dense[usize::from(b)] = 0;
        }
        self.touched.clear();
        self.n = 0;
        self.sum = 0.0;
        Sparse { counts }
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
        for &(b, n) in &part.counts {
            self.counts[usize::from(b)] += u64::from(n);
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
        fn a_value_lies_in_its_bin_and_bins_are_a_thousandth_wide(x in 0.0f64..1e7) {
            let b = bin(x);
            prop_assert!(edge(b) <= x * (1.0 + 1e-12) && x <= edge(b + 1) * (1.0 + 1e-12));
            prop_assert!(b == 0 || edge(b + 1) / edge(b) < 1.001_001);
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
    fn the_median_of_a_ladder_is_its_middle() {
        let mut tally = Tally::default();
        (1..=999).for_each(|x| tally.add(f64::from(x)));
        let mut pooled = Pooled::default();
        pooled.merge(&tally.take());
        let median = pooled.quantile(0.5).unwrap();
        assert!((median - 500.0).abs() < 1.0, "{median}");
    }
}
