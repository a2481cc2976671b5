//! The normal distribution: Φ by the complementary error function, Φ⁻¹ by Wichura's AS 241.

#![allow(clippy::excessive_precision, reason = "coefficients as published")]

use super::elementary;

/// Φ(x), to about 1e-15.
#[must_use]
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The density φ(x).
#[must_use]
pub fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) * 0.398_942_280_401_432_7
}

/// Φ⁻¹(p) for p in (0, 1), to about 1e-15 (M. J. Wichura, Applied Statistics 37, 1988, routine PPND16).
#[must_use]
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(&A, &B, r);
    }
    let r = libm::sqrt(-elementary::ln(if q < 0.0 { p } else { 1.0 - p }));
    let x = if r <= 5.0 {
        ratio(&C, &D, r - 1.6)
    } else {
        ratio(&E, &F, r - 5.0)
    };
    if q < 0.0 { -x } else { x }
}

#[inline]
fn ratio(top: &[f64; 8], bottom: &[f64; 8], r: f64) -> f64 {
    // In pairs (Estrin), so that one multiplication need not wait for all before it.
    let (r2, r4) = (r * r, r * r * (r * r));
    let at = |c: &[f64; 8]| {
        let low = (c[0] + c[1] * r) + (c[2] + c[3] * r) * r2;
        let high = (c[4] + c[5] * r) + (c[6] + c[7] * r) * r2;
        low + high * r4
    };
    at(top) / at(bottom)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_461,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_545,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn known_points() {
        assert_relative_eq!(cdf(1.0), 0.841_344_746_068_542_9, max_relative = 1e-14);
        assert_relative_eq!(quantile(0.975), 1.959_963_984_540_054, max_relative = 1e-14);
        assert_relative_eq!(
            quantile(1e-10),
            -6.361_340_902_404_056,
            max_relative = 1e-12
        );
    }

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        for i in 1..1000 {
            let p = f64::from(i) / 1000.0;
            assert_relative_eq!(cdf(quantile(p)), p, max_relative = 1e-13);
        }
    }
}
