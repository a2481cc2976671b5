use super::*;
use proptest::prelude::*;

/// Days between two moves on a real board, as whole numbers tie.
pub(super) const DAYS: [f64; 20] = [
    1., 1., 1., 2., 2., 2., 3., 3., 4., 4., 4., 5., 6., 6., 8., 9., 11., 14., 22., 41.,
];

fn sample() -> Sample {
    Sample::new(&DAYS).expect("twenty positive values")
}

#[test]
fn the_three_laws_agree_with_scipy() {
    // scipy 1.17 with floc=0: parameters, criterion, A².
    let check = |name: &str, first: f64, second: f64, aic: f64, a2: f64| {
        let fits = sample().fit();
        let fit = fits
            .iter()
            .find(|f| f.law.name() == name)
            .expect("each law is fitted");
        let parameters = match fit.law {
            Law::Lognormal(law) => (law.mu, law.sigma),
            Law::Weibull(law) => (law.shape, law.scale),
            Law::Gamma(law) => (law.shape, law.scale),
        };
        let close = |got: f64, expected: f64, what: &str| {
            assert!(
                (got - expected).abs() < 1e-5 * expected.abs().max(1.0),
                "{name} {what}: {got}, not {expected}"
            );
        };
        close(parameters.0, first, "first parameter");
        close(parameters.1, second, "second parameter");
        close(fit.aic, aic, "criterion");
        close(fit.anderson_darling, a2, "A²");
    };
    check(
        "lognormal",
        1.48733696,
        0.989947519,
        119.846886,
        0.222185518,
    );
    check("weibull", 0.978837325, 7.36812391, 124.310546, 0.533710094);
    check("gamma", 1.09655521, 6.79400354, 124.223399, 0.589416229);
}

#[test]
fn what_cannot_be_fitted_says_why() {
    assert_eq!(
        Sample::new(&[1.0; 3]).unwrap_err(),
        FitError::TooFew { n: 3 }
    );
    assert_eq!(Sample::new(&[2.0; 30]).unwrap_err(), FitError::AllEqual);
    let mut values = [2.0; 30];
    (values[3], values[4], values[5]) = (0.0, f64::NAN, f64::INFINITY);
    assert_eq!(
        Sample::new(&values).unwrap_err(),
        FitError::NotPositive { count: 3 }
    );
}

#[test]
fn the_sample_itself_is_kept_whole_or_thinned_evenly() {
    assert_eq!(Quantiles::of(&DAYS).values(), DAYS);
    let many: Vec<f64> = (0..1000).rev().map(f64::from).collect();
    let kept = Quantiles::of(&many);
    assert_eq!(kept.values().len(), Quantiles::MOST);
    assert_eq!((kept.values()[0], kept.values()[99]), (5.0, 995.0));
}

/// A law and the half-width of four standard errors of its parameters at this many values.
const MANY: usize = 20_000;

#[test]
fn a_fit_finds_the_law_that_made_the_sample() {
    for law in [
        Law::Lognormal(Lognormal {
            mu: 1.3,
            sigma: 1.02,
        }),
        Law::Weibull(Weibull {
            shape: 0.8,
            scale: 6.5,
        }),
        Law::Gamma(Gamma {
            shape: 3.0,
            scale: 2.0,
        }),
    ] {
        let values: Vec<f64> = (0..MANY)
            .map(|i| law.quantile((i as f64 + 0.5) / MANY as f64))
            .collect();
        let best = &Sample::new(&values).expect("positive values").fit()[0];
        assert_eq!(best.law.name(), law.name());
        for share in [0.05, 0.5, 0.85, 0.99] {
            let (found, true_value) = (best.law.quantile(share), law.quantile(share));
            assert!(
                (found / true_value - 1.0).abs() < 0.01,
                "{law:?} at {share}: {found}, not {true_value}"
            );
        }
        assert!(best.anderson_darling < 0.05, "{law:?}: {best:?}");
    }
}

#[test]
fn rounding_to_days_hides_neither_the_law_nor_its_parameters() {
    let rounded = |law: Law| -> Vec<i32> {
        let n = 4000;
        let time = |i: i32| law.quantile((f64::from(i) + 0.5) / f64::from(n));
        // The hour of the start runs through the day out of step with the times.
        (0..n)
            .map(|i| (time(i) + (f64::from(i) * 0.618_034) % 1.0).floor() as i32)
            .collect()
    };
    for (median, sigma) in [(9.0, 1.2), (3.3, 1.3), (2.0, 0.9), (1.2, 0.8)] {
        let law = Law::Lognormal(Lognormal {
            mu: libm::log(median),
            sigma,
        });
        let sample = Sample::of_whole_days(&rounded(law)).expect("many different numbers of days");
        let fits = sample.fit();
        let Law::Lognormal(found) = fits[0].law else {
            panic!("{:?}, not lognormal", fits[0])
        };
        let (m, s) = (libm::exp(found.mu) / median, found.sigma / sigma);
        assert!(
            (0.95..1.05).contains(&m) && (0.9..1.1).contains(&s),
            "{found:?}, made with {law:?}"
        );
    }
    let coarse = Sample::of_whole_days(&[0, 0, 0, 0, 0, 1, 1, 1, 1]);
    assert_eq!(coarse.unwrap_err(), FitError::TooCoarse { distinct: 2 });
}

proptest! {
    #[test]
    fn no_sample_of_days_defeats_a_fit(days in prop::collection::vec(0..4000i32, FEWEST..60)) {
        if let Ok(sample) = Sample::of_whole_days(&days) {
            for fit in sample.fit() {
                prop_assert!(fit.aic.is_finite() && fit.anderson_darling.is_finite(), "{:?}", fit);
            }
        }
    }

    #[test]
    fn a_quantile_has_its_share_below_it(mu in -3.0..6.0f64, spread in 0.05..4.0f64, share in 1e-6..0.999_999f64) {
        for law in [
            Law::Lognormal(Lognormal { mu, sigma: spread }),
            Law::Weibull(Weibull { shape: spread, scale: libm::exp(mu) }),
            Law::Gamma(Gamma { shape: spread, scale: libm::exp(mu) }),
        ] {
            let x = law.quantile(share);
            let (below, above) = law.shares(x);
            prop_assert!((below - share).abs() < 1e-8 || x == 0.0, "{law:?}: {below} below {x}, not {share}");
            prop_assert!((below + above - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn the_density_is_the_derivative_of_the_share(mu in -1.0..3.0f64, spread in 0.3..3.0f64, share in 0.02..0.98f64) {
        for law in [
            Law::Lognormal(Lognormal { mu, sigma: spread }),
            Law::Weibull(Weibull { shape: spread, scale: libm::exp(mu) }),
            Law::Gamma(Gamma { shape: spread, scale: libm::exp(mu) }),
        ] {
            let x = law.quantile(share);
            let step = x * 1e-5;
            let slope = (law.shares(x + step).0 - law.shares(x - step).0) / (2.0 * step);
            let density = libm::exp(law.ln_density(x));
            prop_assert!((slope / density - 1.0).abs() < 1e-4, "{law:?} at {x}: {slope}, not {density}");
        }
    }

    #[test]
    fn no_positive_sample_defeats_a_fit(values in prop::collection::vec(1e-6..1e6f64, FEWEST..60)) {
        if let Ok(sample) = Sample::new(&values) {
            let fits = sample.fit();
            prop_assert_eq!(fits.len(), 3);
            for fit in &fits {
                prop_assert!(fit.aic.is_finite() && fit.anderson_darling.is_finite(), "{:?}", fit);
            }
            // The likeliest parameters are likelier than their neighbours.
            let nudged = |law: Law, by: f64| match law {
                Law::Lognormal(l) => Law::Lognormal(Lognormal { sigma: l.sigma * by, ..l }),
                Law::Weibull(l) => Law::Weibull(Weibull { shape: l.shape * by, ..l }),
                Law::Gamma(l) => Law::Gamma(Gamma { shape: l.shape * by, ..l }),
            };
            for fit in &fits {
                for by in [0.98, 1.02] {
                    let other: f64 = values.iter().map(|&x| nudged(fit.law, by).ln_density(x)).sum();
                    prop_assert!(other <= fit.log_likelihood + 1e-6 * fit.log_likelihood.abs().max(1.0), "{:?} {}", fit, by);
                }
            }
        }
    }
}
