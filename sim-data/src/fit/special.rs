//! The gamma function's relatives.

/// ψ(x), the derivative of ln Γ, for x > 0: by recurrence to 10 and there by its asymptotic series
/// (Abramowitz and Stegun 6.3.5, 6.3.18), to about 1e-14.
pub(super) fn digamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 10.0 {
        shift -= 1.0 / x;
        x += 1.0;
    }
    let s = 1.0 / (x * x);
    let series = s
        * (1.0 / 12.0
            - s * (1.0 / 120.0
                - s * (1.0 / 252.0
                    - s * (1.0 / 240.0 - s * (1.0 / 132.0 - s * 691.0 / 32_760.0)))));
    shift + libm::log(x) - 0.5 / x - series
}

/// ψ′(x) for x > 0, in the same way (6.4.12).
pub(super) fn trigamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 10.0 {
        shift += 1.0 / (x * x);
        x += 1.0;
    }
    let s = 1.0 / (x * x);
    let series = s / x
        * (1.0 / 6.0 - s * (1.0 / 30.0 - s * (1.0 / 42.0 - s * (1.0 / 30.0 - s * 5.0 / 66.0))));
    shift + 1.0 / x + s / 2.0 + series
}

/// P(a, x) and Q(a, x), the shares of a gamma law of shape a at or below x and above it: the series for
/// x < a + 1, the continued fraction beyond (Gautschi 1979), each relatively accurate where it is small.
pub(super) fn gamma_shares(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        let p = (front * sum).min(1.0);
        return (p, 1.0 - p);
    }
    // Lentz's method.
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for i in 1..100_000 {
        let an = -f64::from(i) * (f64::from(i) - a);
        b += 2.0;
        let guarded = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
        d = 1.0 / guarded(an * d + b);
        c = guarded(b + an / c);
        let step = d * c;
        fraction *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    let q = (front * fraction).min(1.0);
    (1.0 - q, q)
}

/// Q(a, x).
pub(crate) fn gamma_q(a: f64, x: f64) -> f64 {
    gamma_shares(a, x).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_tables() {
        let check = |got: f64, expected: f64| {
            assert!(
                (got - expected).abs() < 1e-13 * expected.abs().max(1.0),
                "{got}, not {expected}"
            );
        };
        // ψ(1) = −γ, ψ(½) = −γ − 2 ln 2; ψ′(1) = π²/6, ψ′(½) = π²/2.
        check(digamma(1.0), -0.577_215_664_901_532_9);
        check(digamma(0.5), -1.963_510_026_021_423_5);
        check(trigamma(1.0), 1.644_934_066_848_226_4);
        check(trigamma(0.5), 4.934_802_200_544_679);
        // P(1, x) = 1 − e⁻ˣ; Q(½, x) = erfc(√x).
        check(gamma_shares(1.0, 0.3).0, 0.259_181_779_318_282_1);
        check(gamma_q(0.5, 4.0), libm::erfc(2.0));
        check(gamma_q(0.5, 0.04), libm::erfc(0.2));
        assert!(
            (gamma_q(0.5, 100.0) / libm::erfc(10.0) - 1.0).abs() < 1e-12,
            "far tails keep their digits"
        );
    }
}
