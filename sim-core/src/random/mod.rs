//! Random numbers by name, not by order (RULES 4–5).
//!
//! A [`Name`] is built from what a draw *is*: study seed, replication, item, entity, purpose, visit. It
//! never depends on the order of events or on the place in a list, so every variant of a study sees the
//! same luck. From a name comes a [`Draw`], a small counter-based generator (a Weyl sequence through the
//! `moremur` finaliser of Evensen, 2019, a 64-bit bijection with full avalanche).

mod distribution;
pub mod elementary;
pub mod normal;
pub mod special;

pub use distribution::{Distribution, DistributionError};

use rand::rand_core::{Infallible, TryRng};

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
/// Keeps draws for different purposes apart: odd and of no simple relation to the step of a draw.
const APART: u64 = 0xd605_bbb5_8c8a_bbfd;

#[inline]
const fn mix(mut x: u64) -> u64 {
    x ^= x >> 27;
    x = x.wrapping_mul(0x3c79_ac49_2ba7_b653);
    x ^= x >> 33;
    x = x.wrapping_mul(0x1c69_b3f7_4ac4_ae35);
    x ^ (x >> 27)
}

/// The stable name of anything that draws, or of a single draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u64);

impl Name {
    /// The root of all names of a study.
    #[must_use]
    pub const fn of_seed(seed: u64) -> Self {
        Self(mix(seed ^ GOLDEN))
    }

    /// A name made of a text: an id in the study file.
    #[must_use]
    pub const fn of_text(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut h = 0xcbf2_9ce4_8422_2325;
        let mut i = 0;
        while i < bytes.len() {
            h = mix(h ^ bytes[i] as u64).wrapping_add(GOLDEN);
            i += 1;
        }
        Self(mix(h ^ bytes.len() as u64))
    }

    /// The name of the `n`-th part of this.
    #[must_use]
    #[inline]
    pub const fn nth(self, n: u64) -> Self {
        Self(mix(self
            .0
            .wrapping_add(n.wrapping_add(1).wrapping_mul(GOLDEN))))
    }

    /// The name of what `other` means within this.
    #[must_use]
    #[inline]
    pub const fn with(self, other: Name) -> Self {
        Self(mix(self.0 ^ other.0.rotate_left(29)))
    }

    /// The draw of this name.
    #[must_use]
    #[inline]
    pub const fn draw(self) -> Draw {
        Draw(self.0)
    }

    /// The draw for a purpose on a visit. The name is mixed already and so is every number of a draw: to
    /// keep purposes and visits apart, a multiplier of their own is enough.
    #[must_use]
    #[inline]
    pub const fn draw_for(self, purpose: Purpose, visit: u32) -> Draw {
        let part = ((purpose as u64) << 32) | visit as u64;
        Draw(self.0.wrapping_add(part.wrapping_mul(APART)))
    }

    /// The bits, for ordering ties in a stable way.
    #[must_use]
    #[inline]
    pub const fn bits(self) -> u64 {
        self.0
    }
}

/// What a draw decides. The discriminants are part of a study's luck: never renumber them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Purpose {
    Arrival = 1,
    Size = 2,
    Risk = 3,
    Change = 4,
    Class = 5,
    Effort = 6,
    Routing = 7,
    Return = 8,
    Request = 9,
    SelfServed = 10,
    TicketEffort = 11,
    Handoff = 12,
    GateTime = 13,
    FalseAlarm = 14,
    Finding = 15,
    BadFix = 16,
    Defects = 17,
    Hazard = 18,
    Detection = 19,
    Recovery = 20,
    PipelineStep = 21,
    Flake = 22,
    Background = 23,
    Triage = 24,
    LostInformation = 25,
    Severity = 26,
    Batch = 27,
    Due = 28,
    Patience = 29,
    Irreversible = 30,
    Turnover = 31,
    Absence = 32,
}

/// The randomness behind one named draw; most draws use one number of it.
#[derive(Debug, Clone)]
pub struct Draw(u64);

impl Draw {
    /// The next 64 bits.
    #[inline]
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// Uniform on the open interval (0, 1): 2⁵² midpoints, so neither end can come.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        // A number in [1, 2) with these bits, less 1 − 2⁻⁵³: exact, and quicker than a conversion.
        const ONE: u64 = 0x3ff0_0000_0000_0000;
        f64::from_bits(ONE | (self.bits() >> 12)) - f64::from_bits(ONE).next_down()
    }

    /// Exponential with mean 1, by inversion: decreasing in the uniform behind it.
    #[inline]
    pub fn exponential(&mut self) -> f64 {
        elementary::minus_ln(self.bits())
    }

    /// Poisson with the given mean, by inversion: increasing in the uniform and in the mean.
    pub fn poisson(&mut self, mean: f64) -> u32 {
        let u = self.uniform();
        // Most counts are of rare things; e⁻ᵐ ≥ 1 − m.
        if u <= 1.0 - mean {
            return 0;
        }
        if mean > 500.0 {
            // exp(−mean) leaves the range of numbers; the normal approximation is within a thousandth.
            let k = mean + libm::sqrt(mean) * normal::quantile(u) + 0.5;
            return k.clamp(0.0, 1e9) as u32;
        }
        let (mut k, mut p) = (0u32, elementary::exp(-mean));
        let mut below = p;
        while u > below && k < 10_000 {
            k += 1;
            p *= mean / f64::from(k);
            below += p;
        }
        k
    }
}

/// Lets any sampler of the `rand` family draw from a name; the engine itself inverts.
impl TryRng for Draw {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.bits() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.bits())
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(8) {
            chunk.copy_from_slice(&self.bits().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_the_same_bits_for_ever() {
        let name = Name::of_seed(7).with(Name::of_text("release")).nth(40);
        let mut draw = name.draw_for(Purpose::Effort, 1);
        let got = [draw.bits(), draw.bits()];
        let again = [name.draw_for(Purpose::Effort, 1).bits(), {
            let mut d = name.draw_for(Purpose::Effort, 1);
            d.bits();
            d.bits()
        }];
        assert_eq!(got, again);
        assert_eq!(got, FIXED, "the luck of every study would change");
    }

    const FIXED: [u64; 2] = [9_856_505_197_442_021_012, 1_505_637_699_495_674_591];

    #[test]
    fn neighbouring_names_are_independent() {
        let root = Name::of_seed(1).with(Name::of_text("a"));
        let of = |i| root.nth(i).draw_for(Purpose::Effort, 0).uniform();
        independent("neighbours", (0..200_000).map(|i| (of(i), of(i + 1))));
    }

    /// χ² over 16 × 16 cells of pairs of uniforms: 255 degrees of freedom, 99.99% below 347.
    fn independent(what: &str, pairs: impl Iterator<Item = (f64, f64)>) {
        let mut cells = [[0u32; 16]; 16];
        let mut n = 0.0;
        for (a, b) in pairs {
            cells[(a * 16.0) as usize][(b * 16.0) as usize] += 1;
            n += 1.0;
        }
        let expected = n / 256.0;
        let chi2: f64 = cells
            .iter()
            .flatten()
            .map(|&c| (f64::from(c) - expected).powi(2) / expected)
            .sum();
        assert!((160.0..347.0).contains(&chi2), "{what}: χ² = {chi2}");
    }

    #[test]
    fn purposes_visits_and_numbers_of_a_draw_are_independent() {
        let root = Name::of_seed(1).with(Name::of_text("a"));
        let items = || (0..200_000).map(|i| root.nth(i));
        let first = |name: Name, purpose, visit| name.draw_for(purpose, visit).uniform();
        independent(
            "purposes",
            items().map(|i| (first(i, Purpose::Return, 1), first(i, Purpose::Routing, 1))),
        );
        independent(
            "visits",
            items().map(|i| (first(i, Purpose::Return, 1), first(i, Purpose::Return, 2))),
        );
        independent(
            "numbers",
            items().map(|i| {
                let mut draw = i.draw_for(Purpose::Return, 1);
                (draw.uniform(), draw.uniform())
            }),
        );
        independent(
            "a name and its part",
            items().map(|i| (i.draw().uniform(), i.nth(1).draw().uniform())),
        );
        independent(
            "visits of one item",
            (0..200_000).map(|v| {
                (
                    first(root, Purpose::Return, v),
                    first(root, Purpose::Return, v + 1),
                )
            }),
        );
    }

    #[test]
    fn a_poisson_count_has_its_mean_and_never_falls_when_the_mean_rises() {
        let root = Name::of_seed(3);
        let n = 100_000;
        let mut sum = 0.0;
        for i in 0..n {
            let k = root.nth(i).draw().poisson(1.7);
            assert!(root.nth(i).draw().poisson(1.9) >= k);
            sum += f64::from(k);
        }
        let z = (sum / n as f64 - 1.7) / (1.7 / n as f64).sqrt();
        assert!(z.abs() < 4.0, "z = {z}");
    }
}
