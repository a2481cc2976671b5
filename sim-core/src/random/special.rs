//! Incomplete gamma and beta functions and their inverses, for sampling gamma and PERT by inversion
//! (RULES 5). Series and continued fractions as in Abramowitz and Stegun 6.5.29, 6.5.31 and 26.5.8;
//! inverses by Newton steps kept inside a shrinking bracket.

const TINY: f64 = 1e-300;
const STEPS: u32 = 500;

/// P(a, x), the regularised lower incomplete gamma function, for a > 0 and x ≥ 0.
#[must_use]
pub fn gamma_p(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        for _ in 0..STEPS {
            n += 1.0;
            term *= x / n;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        (front * sum).min(1.0)
    } else {
        // Lentz's method on the continued fraction of Q(a, x).
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / b;
        let mut h = d;
        for i in 1..STEPS {
            let i = f64::from(i);
            let an = -i * (i - a);
            b += 2.0;
            d = 1.0 / guard(an * d + b);
            c = guard(b + an / c);
            let step = d * c;
            h *= step;
            if (step - 1.0).abs() < 1e-16 {
                break;
            }
        }
        (1.0 - front * h).max(0.0)
    }
}

fn guard(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

/// The x with P(a, x) = p, for a > 0 and p in (0, 1).
#[must_use]
pub fn gamma_quantile(a: f64, p: f64) -> f64 {
    let mut high = a + 1.0;
    while gamma_p(a, high) < p {
        high *= 2.0;
    }
    let density = |x: f64| libm::exp((a - 1.0) * libm::log(x) - x - libm::lgamma(a));
    // For small p the series' first term alone: P ≈ xᵃ/Γ(a + 1).
    let start = libm::exp((libm::log(p) + libm::lgamma(a + 1.0)) / a);
    invert(|x| gamma_p(a, x), density, p, 0.0, high, start)
}

/// I_x(a, b), the regularised incomplete beta function, for a, b > 0 and x in 0..=1.
#[must_use]
pub fn beta_i(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = libm::exp(
        libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
            + a * libm::log(x)
            + b * libm::log1p(-x),
    );
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - x) / b
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..STEPS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for step in [even, odd] {
            d = 1.0 / guard(1.0 + step * d);
            c = guard(1.0 + step / c);
            h *= d * c;
        }
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h
}

/// The x with I_x(a, b) = p, for a, b > 0 and p in (0, 1).
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    let scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let density =
        |x: f64| libm::exp(scale + (a - 1.0) * libm::log(x) + (b - 1.0) * libm::log1p(-x));
    invert(|x| beta_i(a, b, x), density, p, 0.0, 1.0, a / (a + b))
}

/// Newton inside a bracket: a step that leaves it, or finds no slope, halves it instead.
fn invert(
    cdf: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
    p: f64,
    mut low: f64,
    mut high: f64,
    start: f64,
) -> f64 {
    let mut x = if start > low && start < high {
        start
    } else {
        (low + high) / 2.0
    };
    for _ in 0..200 {
        let off = cdf(x) - p;
        if off < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x - off / density(x);
        let next = if newton > low && newton < high {
            newton
        } else {
            (low + high) / 2.0
        };
        if (next - x).abs() <= 1e-14 * x.abs() {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use statrs::distribution::{Beta, ContinuousCDF, Gamma};

    #[test]
    fn functions_and_inverses_agree_with_the_field_s() {
        for a in [0.3, 0.9, 1.0, 2.5, 17.0, 140.0] {
            let theirs = Gamma::new(a, 1.0).unwrap();
            for i in 1..50 {
                let p = f64::from(i) / 50.0;
                let x = gamma_quantile(a, p);
                assert_relative_eq!(theirs.cdf(x), p, max_relative = 1e-9);
            }
        }
        for (a, b) in [(1.0, 5.0), (2.3, 3.7), (4.0, 1.2), (0.5, 0.5)] {
            let theirs = Beta::new(a, b).unwrap();
            for i in 1..50 {
                let p = f64::from(i) / 50.0;
                let x = beta_quantile(a, b, p);
                assert_relative_eq!(theirs.cdf(x), p, max_relative = 1e-9);
            }
        }
    }
}
