//! Exact values that take more than a line.

/// Mean time in an M/M/c system (Erlang C).
pub fn mmc(lambda: f64, mu: f64, c: u32) -> f64 {
    let a = lambda / mu;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..c {
        term *= a / f64::from(k);
        sum += term;
    }
    let last = term * a / f64::from(c) / (1.0 - a / f64::from(c));
    let waits = last / (sum + last);
    waits / (f64::from(c) * mu - lambda) + 1.0 / mu
}

/// Mean number in a birth–death process with births at `lambda` and deaths at `mu(n)`.
pub fn birth_death(lambda: f64, mu: impl Fn(u32) -> f64) -> f64 {
    let (mut p, mut all, mut mean) = (1.0, 1.0, 0.0);
    for n in 1..5000 {
        p *= lambda / mu(n);
        all += p;
        mean += p * f64::from(n);
    }
    mean / all
}

/// Throughput of a closed line of single exponential servers with these mean services, by mean value
/// analysis (Reiser and Lavenberg, JACM 27, 1980).
pub fn closed(items: u32, services: &[f64]) -> f64 {
    let mut queues = vec![0.0; services.len()];
    let mut throughput = 0.0;
    for n in 1..=items {
        let times: Vec<f64> = services
            .iter()
            .zip(&queues)
            .map(|(s, q)| s * (1.0 + q))
            .collect();
        throughput = f64::from(n) / times.iter().sum::<f64>();
        queues = times.iter().map(|t| throughput * t).collect();
    }
    throughput
}

/// Throughput of one repairer of exponential services with mean 1 for `machines` that fail at `rate`.
pub fn repairer(machines: u32, rate: f64) -> f64 {
    let (mut p, mut all) = (1.0, 1.0);
    for k in 1..=machines {
        p *= f64::from(machines - k + 1) * rate;
        all += p;
    }
    1.0 - 1.0 / all
}

/// Mean wait, in sessions, of Poisson arrivals of `mean` a session for a board of `places`: the queue left
/// after a session is a random walk, and arrivals since wait half a session more.
pub fn board(mean: f64, places: usize) -> f64 {
    const N: usize = 400;
    let mut arrivals = vec![0.0; 60];
    arrivals[0] = libm::exp(-mean);
    for k in 1..arrivals.len() {
        arrivals[k] = arrivals[k - 1] * mean / k as f64;
    }
    let mut left = vec![0.0; N];
    left[0] = 1.0;
    for _ in 0..20_000 {
        let mut next = vec![0.0; N];
        for (q, p) in left.iter().enumerate().filter(|(_, p)| **p > 1e-18) {
            for (a, pa) in arrivals.iter().enumerate() {
                next[(q + a).saturating_sub(places).min(N - 1)] += p * pa;
            }
        }
        let change: f64 = next.iter().zip(&left).map(|(a, b)| (a - b).abs()).sum();
        left = next;
        if change < 1e-14 {
            break;
        }
    }
    let mean_left: f64 = left.iter().enumerate().map(|(q, p)| q as f64 * p).sum();
    mean_left / mean + 0.5
}

/// The root of σ = exp(−(1 − σ)/ρ): the share of arrivals that wait in a D/M/1 queue.
pub fn regular_waits(rho: f64) -> f64 {
    let mut sigma = rho;
    for _ in 0..500 {
        sigma = libm::exp(-(1.0 - sigma) / rho);
    }
    sigma
}
