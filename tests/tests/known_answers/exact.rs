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

/// A station of a closed network: mean work of an item over all its visits, and how many are served at
/// one time.
#[derive(Debug, Clone, Copy)]
pub struct Station {
    work: f64,
    servers: u32,
}

impl Station {
    /// Exponential services that add up to a mean of `work` hours an item, by `servers` people.
    pub fn of(work: f64, servers: u32) -> Self {
        Self { work, servers }
    }

    /// Nobody queues: a delay.
    pub fn endless(work: f64) -> Self {
        Self::of(work, u32::MAX)
    }

    fn rate(self, n: usize) -> f64 {
        f64::from(self.servers.min(n as u32)) / self.work
    }
}

/// A closed network of so many items.
#[derive(Debug)]
pub struct Closed {
    /// Items an hour.
    pub throughput: f64,
    /// Hours of an item at each station, all visits together.
    pub times: Vec<f64>,
}

impl Closed {
    /// Exact mean value analysis with service rates that depend on the number at the station (Reiser and
    /// Lavenberg, JACM 27, 1980).
    pub fn of(items: usize, stations: &[Station]) -> Self {
        let mut p = vec![vec![0.0; items + 1]; stations.len()];
        p.iter_mut().for_each(|p| p[0] = 1.0);
        let mut network = Self {
            throughput: 0.0,
            times: vec![0.0; stations.len()],
        };
        for n in 1..=items {
            for ((time, station), p) in network.times.iter_mut().zip(stations).zip(&p) {
                *time = (1..=n).map(|j| j as f64 / station.rate(j) * p[j - 1]).sum();
            }
            network.throughput = n as f64 / network.times.iter().sum::<f64>();
            for (p, station) in p.iter_mut().zip(stations) {
                for j in (1..=n).rev() {
                    p[j] = network.throughput / station.rate(j) * p[j - 1];
                }
                p[0] = 1.0 - p[1..=n].iter().sum::<f64>();
            }
        }
        network
    }
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

/// Mean time in an M/M/1 queue of services with mean 1 whose server breaks down at rate `fail`, busy or not,
/// and comes back at rate `repair`; the service goes on where it was (White and Christie, Operations Research
/// 6, 1958).
pub fn interrupted(lambda: f64, fail: f64, repair: f64) -> f64 {
    let both = repair + fail;
    (both * both + fail) / (both * (repair * (1.0 - lambda) - lambda * fail))
}

/// A seat: somebody leaves at `leave` and is replaced after a mean of `replaced` hours; whoever is there
/// goes away at rate `away` for spells of a mean of `spell` hours, all exponential. Whoever is replaced is
/// there.
#[derive(Debug)]
pub struct Leaving {
    pub leave: f64,
    pub replaced: f64,
    pub away: f64,
    pub spell: f64,
}

impl Leaving {
    /// Long-run share of time in which somebody is there.
    pub fn present(&self) -> f64 {
        let filled = 1.0 / (1.0 + self.leave * self.replaced);
        filled / (1.0 + self.away * self.spell / (1.0 + self.leave * self.spell))
    }
}

/// Mean times of classes of exponential services, rate and mean each, the first of which is served first
/// and none of which interrupts, by one server or by `c` with equal means (Cobham, Operations Research 2,
/// 1954).
pub fn cobham(classes: &[(f64, f64)], c: u32) -> Vec<f64> {
    let servers = f64::from(c);
    let load =
        |upto: usize| -> f64 { classes[..upto].iter().map(|(l, s)| l * s).sum::<f64>() / servers };
    // Until the next server is free, for whoever comes.
    let first = if c == 1 {
        classes.iter().map(|(l, s)| l * s * s).sum()
    } else {
        let (rate, mean) = (classes.iter().map(|k| k.0).sum::<f64>(), classes[0].1);
        let wait = mmc(rate, 1.0 / mean, c) - mean;
        wait * (1.0 - load(classes.len()))
    };
    (0..classes.len())
        .map(|k| classes[k].1 + first / ((1.0 - load(k)) * (1.0 - load(k + 1))))
        .collect()
}

/// Mean time in an M/G/1 queue of exponential services with mean 1 that serves the shortest first
/// (Phipps, Operations Research 4, 1956): ∫ W₀/(1 − ρ(x))² e^(−x) dx and a service, by Simpson's rule.
pub fn shortest_first(lambda: f64) -> f64 {
    let wait = |x: f64| {
        let shorter = lambda * (1.0 - (1.0 + x) * libm::exp(-x));
        lambda / ((1.0 - shorter) * (1.0 - shorter)) * libm::exp(-x)
    };
    let (n, end) = (20_000, 50.0);
    let h = end / f64::from(n);
    let sum: f64 = (1..n)
        .map(|i| if i % 2 == 1 { 4.0 } else { 2.0 } * wait(f64::from(i) * h))
        .sum();
    1.0 + (sum + wait(0.0) + wait(end)) * h / 3.0
}
