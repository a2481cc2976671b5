//! The natural logarithm and the exponential function by tables: the same bits on every platform, and
//! several times quicker than the portable ones they are tested against.
//!
//! Both follow P.-T. P. Tang (ACM Transactions on Mathematical Software 15, 1989, and 16, 1990): a table
//! takes the argument close to where a short polynomial is enough. The tables are computed in integers
//! when the crate is compiled.

/// Cells of each table.
const CELLS: usize = 128;
/// Bits that number a cell.
const CELL_BITS: u32 = CELLS.trailing_zeros();
/// Bits of a number's fraction.
const FRACTION: u32 = 52;
/// Sign and exponent.
const EXPONENT: u64 = 0xfff << FRACTION;
/// The bits of 0.6875: arguments are taken to [0.6875, 1.375), so that those near 1 need no power of two
/// and lose nothing to cancellation.
const LEAST: u64 = 0x3fe6_0000_0000_0000;
/// ln 2 in two parts; the product of the first with an exponent is exact.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fefa_3800);
const LN2_LOW: f64 = f64::from_bits(0x3d2e_f357_93c7_6730);
/// ln 2/128 in two parts; the product of the first with a number of cells is exact.
const CELL_HIGH: f64 = f64::from_bits(0x3f76_2e42_fefa_0000);
const CELL_LOW: f64 = f64::from_bits(0x3d0c_f79a_bc9e_3b39);

/// Of each cell a point c, 1/c and ln c.
static LOGARITHMS: [[f64; 3]; CELLS] = logarithms();
/// Of the middle c of each 128th of [1, 2): 1/c and ln(2/c).
static HALVES: [[f64; 2]; CELLS] = halves();
/// 2^(j/128).
static POWERS: [f64; CELLS] = powers();

const fn power_of_two(k: i64) -> f64 {
    f64::from_bits(((1023 + k) as u64) << FRACTION)
}

const fn logarithms() -> [[f64; 3]; CELLS] {
    let mut table = [[0.0; 3]; CELLS];
    let mut i = 0;
    while i < CELLS {
        // The middle of the cell in units of 1/512; the two cells at 1 share it, and its logarithm is 0.
        let middle = match i {
            0..79 => 353 + 2 * i as u128,
            79 | 80 => 512,
            _ => 514 + 4 * (i as u128 - 80),
        };
        let c = middle as f64 / 512.0;
        table[i] = [c, 1.0 / c, logarithm(middle)];
        i += 1;
    }
    table
}

/// ln(n/512) = 2·artanh((n − 512)/(n + 512)) by its series, in units of 2⁻¹⁰⁷.
const fn logarithm(n: u128) -> f64 {
    let (above, below) = (n.abs_diff(512), n + 512);
    let mut term = (above << 108) / below;
    let (mut sum, mut k) = (0, 1);
    while term > 0 {
        sum += term / k;
        term = term * (above * above) / (below * below);
        k += 2;
    }
    let size = sum as f64 * power_of_two(-107);
    if n < 512 { -size } else { size }
}

const fn halves() -> [[f64; 2]; CELLS] {
    let mut table = [[0.0; 2]; CELLS];
    let mut i = 0;
    while i < CELLS {
        let middle = 257 + 2 * i as u128;
        table[i] = [256.0 / middle as f64, -logarithm(middle)];
        i += 1;
    }
    table
}

const fn powers() -> [f64; CELLS] {
    // ln 2 in units of 2⁻⁶², and e^(j·ln 2/128) by its series.
    const LN2: u128 = 0x2c5c_85fd_f473_de6b;
    let mut table = [0.0; CELLS];
    let mut j = 0;
    while j < CELLS {
        let x = LN2 * j as u128 / CELLS as u128;
        let (mut term, mut sum, mut k) = (1 << 62, 0, 1);
        while term > 0 {
            sum += term;
            term = ((term * x) >> 62) / k;
            k += 1;
        }
        table[j] = sum as f64 * power_of_two(-62);
        j += 1;
    }
    table
}

/// ln x to within 1e-15 of itself, for positive normal x.
#[must_use]
#[inline]
pub fn ln(x: f64) -> f64 {
    let above = x.to_bits().wrapping_sub(LEAST);
    let k = ((above as i64) >> FRACTION) as f64;
    let z = f64::from_bits(x.to_bits().wrapping_sub(above & EXPONENT));
    let [c, inverse, log] = LOGARITHMS[(above >> (FRACTION - CELL_BITS)) as usize % CELLS];
    let r = (z - c) * inverse;
    let w = k * LN2_HIGH + log;
    let high = w + r;
    let low = w - high + r + k * LN2_LOW;
    let r2 = r * r;
    let tail = (-1.0 / 6.0 + r * (1.0 / 7.0)) - r2 * (1.0 / 8.0);
    let series = (-0.5 + r * (1.0 / 3.0)) + r2 * ((-0.25 + r * 0.2) + r2 * tail);
    low + r2 * series + high
}

/// eˣ to within 1e-15 of itself; 0 and infinity beyond −700 and 700.
#[must_use]
#[inline]
pub fn exp(x: f64) -> f64 {
    if x.abs() > 700.0 {
        return if x > 0.0 { f64::INFINITY } else { 0.0 };
    }
    // Adding and taking away 1.5·2⁵² rounds to a whole number, which is then in the lowest bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const PER_CELL: f64 = CELLS as f64 / std::f64::consts::LN_2;
    let rounded = x * PER_CELL + ROUND;
    let whole = rounded - ROUND;
    let bits = rounded.to_bits();
    let r = x - whole * CELL_HIGH - whole * CELL_LOW;
    let r2 = r * r;
    let series = r + r2 * ((0.5 + r * (1.0 / 6.0)) + r2 * (1.0 / 24.0 + r * (1.0 / 120.0)));
    let power = POWERS[bits as usize % CELLS];
    let k = (bits as i64) << (64 - FRACTION) >> (64 - FRACTION + CELL_BITS);
    (power + power * series) * power_of_two(k)
}

/// −ln u for the u in (0, 1) whose first binary digits are the upper 52 of `bits`, followed by a 1: within
/// 1e-15 of itself, or 2⁻⁵⁹ where u is close to 1. A third quicker than [`ln`], having no other arguments.
#[must_use]
#[inline]
pub fn minus_ln(bits: u64) -> f64 {
    let bits = (bits & !0xfff) | 0x800;
    // u = (1 + m)·2^−(k + 1): k halvings, and the way from 1 + m up to 2.
    let k = bits.leading_zeros();
    let m = (bits << k) << 1;
    let [inverse, way] = HALVES[(m >> (64 - CELL_BITS)) as usize];
    const WITHIN: u64 = (1 << (FRACTION - CELL_BITS)) - 1;
    const MIDDLE: f64 = 1.0 + 0.5 / CELLS as f64;
    let off = f64::from_bits((1023 << FRACTION) | ((m >> (64 - FRACTION)) & WITHIN)) - MIDDLE;
    let r = off * inverse;
    let (r2, r4) = (r * r, r * r * (r * r));
    let first = f64::from(k) * std::f64::consts::LN_2 + way - r;
    let second = 0.5 - r * (1.0 / 3.0);
    let third = (0.25 - r * 0.2) + r2 * (1.0 / 6.0);
    (first + r2 * second) + r4 * third
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    #[test]
    fn the_logarithm_of_one_is_nothing() {
        assert_eq!(ln(1.0), 0.0);
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn both_agree_with_the_portable_ones_at_the_edges_of_every_cell() {
        for i in 0..=CELLS as u64 {
            for near in [-1i64, 0, 1] {
                let edge = (LEAST + (i << (FRACTION - CELL_BITS))).wrapping_add_signed(near);
                for x in [1.0, 2.0, 1e-300, 1e300].map(|by| f64::from_bits(edge) * by) {
                    assert_relative_eq!(ln(x), libm::log(x), max_relative = 1e-15);
                }
                let x = (i as f64 - 63.5) * std::f64::consts::LN_2 / CELLS as f64
                    + near as f64 * f64::EPSILON;
                assert_relative_eq!(exp(x), libm::exp(x), max_relative = 1e-15);
            }
        }
    }

    #[test]
    fn the_logarithm_of_random_bits_has_no_sign_and_ends_where_the_bits_do() {
        let smallest = libm::log1p(-libm::exp2(-53.0));
        assert_relative_eq!(minus_ln(u64::MAX), -smallest, max_relative = 0.02);
        let largest = 53.0 * std::f64::consts::LN_2;
        assert_relative_eq!(minus_ln(0), largest, max_relative = 1e-15);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_logarithm_agrees_with_the_portable_one(u in 0.0f64..1.0, size in -300f64..300.0) {
            for x in [u, 1.0 - u * 0.01, 1.0 + u * 0.01, 1.0 - u * 1e-9, libm::exp2(size)] {
                if x.is_normal() {
                    assert_relative_eq!(ln(x), libm::log(x), max_relative = 1e-15);
                }
            }
        }

        #[test]
        fn the_logarithm_of_random_bits_agrees_with_the_portable_one(bits: u64, zeros in 0u32..52) {
            for bits in [bits, bits >> zeros, !(bits >> zeros)] {
                // Exact, each of them, where it is used.
                let digits = ((bits >> 12) as f64 + 0.5) * libm::exp2(-52.0);
                let missing = ((!bits >> 12) as f64 + 0.5) * libm::exp2(-52.0);
                let expected = if digits < 0.5 { -libm::log(digits) } else { -libm::log1p(-missing) };
                let off = (minus_ln(bits) - expected).abs();
                prop_assert!(off <= (1e-15 * expected).max(libm::exp2(-59.0)), "{bits:x}: {off:e}");
            }
        }

        #[test]
        fn the_exponential_agrees_with_the_portable_one(x in -700f64..700.0, small in -1f64..1.0) {
            for x in [x, small, small * 1e-9] {
                assert_relative_eq!(exp(x), libm::exp(x), max_relative = 1e-15);
            }
        }

        #[test]
        fn both_rise(x in -600f64..600.0) {
            prop_assert!(exp(x + 1e-12) > exp(x));
            let y = libm::exp(x);
            prop_assert!(ln(y * (1.0 + 1e-12)) > ln(y));
        }
    }
}
