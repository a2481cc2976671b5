//! Student's t: its quantile, for intervals over replications.

use super::super::random::normal;

/// The quantile of Student's t with `df` ≥ 1 degrees of freedom (G. W. Hill, Algorithm 396, CACM 13,
/// 1970): exact for 1 and 2, about six digits beyond.
#[must_use]
pub fn quantile(p: f64, df: f64) -> f64 {
    if p < 0.5 {
        return -quantile(1.0 - p, df);
    }
    let two_sided = 2.0 * (1.0 - p);
    if df < 1.5 {
        return libm::tan(std::f64::consts::PI * (p - 0.5));
    }
    if df < 2.5 {
        let a = 4.0 * p * (1.0 - p);
        return 2.0 * (p - 0.5) * libm::sqrt(2.0 / a);
    }
    let a = 1.0 / (df - 0.5);
    let b = 48.0 / (a * a);
    let mut c = ((20_700.0 * a / b - 98.0) * a - 16.0) * a + 96.36;
    let d = ((94.5 / (b + c) - 3.0) / b + 1.0) * libm::sqrt(a * std::f64::consts::FRAC_PI_2) * df;
    let mut x = d * two_sided;
    let mut y = libm::pow(x, 2.0 / df);
    if y > 0.05 + a {
        x = normal::quantile(two_sided * 0.5);
        y = x * x;
        if df < 5.0 {
            c += 0.3 * (df - 4.5) * (x + 0.6);
        }
        c += (((0.05 * d * x - 5.0) * x - 7.0) * x - 2.0) * x + b;
        y = (((((0.4 * y + 6.3) * y + 36.0) * y + 94.5) / c - y - 3.0) / b + 1.0) * x;
        y = libm::expm1(a * y * y);
    } else {
        y = ((1.0 / (((df + 6.0) / (df * y) - 0.089 * d - 0.822) * (df + 2.0) * 3.0)
            + 0.5 / (df + 4.0))
            * y
            - 1.0)
            * (df + 1.0)
            / (df + 2.0)
            + 1.0 / y;
    }
    libm::sqrt(df * y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn tabled_values() {
        for (p, df, want) in [
            (0.975, 1.0, 12.706_204_7),
            (0.975, 2.0, 4.302_652_73),
            (0.975, 5.0, 2.570_581_84),
            (0.975, 31.0, 2.039_513_45),
            (0.975, 99.0, 1.984_216_95),
            (0.9995, 63.0, 3.451_768_94),
            (0.975, 1e6, 1.959_966),
        ] {
            assert_relative_eq!(quantile(p, df), want, max_relative = 2e-5);
        }
    }
}
