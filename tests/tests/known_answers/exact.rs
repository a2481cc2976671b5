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

/// Stationary probabilities of a birth–death process, up to the state where births end.
pub fn stationary(birth: impl Fn(u32) -> f64, death: impl Fn(u32) -> f64) -> Vec<f64> {
    let mut p = vec![1.0];
    for n in 1..5000 {
        let next = p[n as usize - 1] * birth(n - 1) / death(n);
        if next <= 0.0 {
            break;
        }
        p.push(next);
    }
    let all: f64 = p.iter().sum();
    p.iter().map(|x| x / all).collect()
}

/// Mean of a number with these probabilities.
pub fn mean(p: &[f64]) -> f64 {
    p.iter().enumerate().map(|(n, p)| n as f64 * p).sum()
}

/// Share that finds all of `c` servers and `queue` places taken, and mean time of the others (M/M/c/K,
/// services of mean 1).
pub fn refused(lambda: f64, c: u32, queue: u32) -> (f64, f64) {
    let last = c + queue;
    let p = stationary(
        |n| if n < last { lambda } else { 0.0 },
        |n| f64::from(n.min(c)),
    );
    let lost = p[last as usize];
    (lost, mean(&p) / (lambda * (1.0 - lost)))
}

/// Share that gives up, and mean time of those served, in M/M/c with exponential patience of rate `theta`
/// and services of mean 1 (Palm 1957). Whoever finds `n` before them passes as many steps of
/// death, each survived with the probability that somebody else was the one to leave.
pub fn impatient(lambda: f64, c: u32, theta: f64) -> (f64, f64) {
    let death = |n: u32| f64::from(n.min(c)) + theta * f64::from(n.saturating_sub(c));
    let p = stationary(|_| lambda, death);
    let (mut served, mut waited) = (1.0, 0.0);
    let (mut all_served, mut all_waited) = (0.0, 0.0);
    for (n, p) in p.iter().enumerate() {
        if n as u32 >= c {
            let rate = death(n as u32 + 1);
            let stays = 1.0 - theta / rate;
            waited = stays * (waited + served / rate);
            served *= stays;
        }
        all_served += p * served;
        all_waited += p * waited;
    }
    (1.0 - all_served, all_waited / all_served + 1.0)
}

/// Share that gives up, and mean time of those served, in M/M/1 with constant patience and services of
/// mean 1: the density of the offered wait is p₀λe^(−(1 − λ)x) up to the patience, and falls by e^(−x)
/// beyond, where nobody adds to it (Barrer 1957).
pub fn patient_until(lambda: f64, patience: f64) -> (f64, f64) {
    let k = 1.0 - lambda;
    let e = libm::exp(-k * patience);
    let (below, beyond) = (lambda * (1.0 - e) / k, lambda * e);
    let first = lambda * ((1.0 - e) / (k * k) - patience * e / k);
    let idle = 1.0 / (1.0 + below + beyond);
    let lost = idle * beyond;
    (lost, idle * first / (1.0 - lost) + 1.0)
}

/// First two moments of an exponential number rounded to a whole one next to it so that its mean holds.
pub fn rounded_exponential(mean: f64) -> (f64, f64) {
    let a = 1.0 / mean;
    let p = |n: f64| libm::exp(-a * n) * (libm::exp(a) + libm::exp(-a) - 2.0) / a;
    let terms = || (1..2000).map(f64::from);
    (
        terms().map(|n| n * p(n)).sum(),
        terms().map(|n| n * n * p(n)).sum(),
    )
}

/// Mean number left before each of regular batches, one service of mean 1 at a time: the
/// reflected walk of `batch` less a Poisson number of `period`.
pub fn left_of_batches(batch: usize, period: f64) -> f64 {
    const N: usize = 600;
    let mut served = vec![libm::exp(-period)];
    for k in 1..120 {
        served.push(served[k - 1] * period / k as f64);
    }
    let mut left = vec![0.0; N];
    left[0] = 1.0;
    for _ in 0..20_000 {
        let mut next = vec![0.0; N];
        for (q, p) in left.iter().enumerate().filter(|(_, p)| **p > 1e-18) {
            let mut rest = 1.0;
            for (s, ps) in served.iter().enumerate().take(q + batch) {
                next[(q + batch - s).min(N - 1)] += p * ps;
                rest -= ps;
            }
            next[0] += p * rest.max(0.0);
        }
        let change: f64 = next.iter().zip(&left).map(|(a, b)| (a - b).abs()).sum();
        left = next;
        if change < 1e-13 {
            break;
        }
    }
    mean(&left)
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
