use millrace_core::experiment::*;
use millrace_core::scenario::Scenario;
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let n: u64 = std::env::args()
        .nth(2)
        .and_then(|x| x.parse().ok())
        .unwrap_or(200);
    let s = match Scenario::read(&text) {
        Ok(s) => s,
        Err(f) => {
            for f in f {
                println!("{f}");
            }
            return;
        }
    };
    let c = Cancel::default();
    let ids: Vec<Option<String>> = std::iter::once(None)
        .chain(s.what_ifs.iter().map(|w| Some(w.id.clone())))
        .collect();
    let vs: Vec<_> = ids
        .iter()
        .map(|i| s.variant(i.as_deref(), &[]).unwrap())
        .collect();
    let ms: Vec<_> = vs.iter().map(|v| v.model(None)).collect();
    let w = find_warm_up(&ms.iter().collect::<Vec<_>>(), &c);
    println!(
        "warm-up {} weeks unsettled {}",
        w.ticks / millrace_core::time::WEEK,
        w.unsettled
    );
    let mut base: Option<Vec<millrace_core::engine::Replication>> = None;
    for (i, v) in ids.iter().zip(&vs) {
        let m = v.model(Some(w.ticks));
        let t = std::time::Instant::now();
        let r = run(&m, 0, n, &c);
        let el = t.elapsed();
        let name = i.clone().unwrap_or("baseline".into());
        let x = summarise(&name, &name, &m, &r);
        let d = |e: Option<millrace_core::stats::Estimate>| {
            e.map_or("-".into(), |e| {
                format!("{:.2}±{:.2}", e.value, e.half_width())
            })
        };
        println!(
            "== {name} {:?} events {}",
            el,
            r.iter().map(|r| r.events).sum::<u64>()
        );
        println!(
            " lead d mean {:.1} p50 {:.1} p85 {:.1} p95 {:.1}; clt p50 {:.1}; rec mean {}",
            x.lead_time_hours.mean.unwrap().value / 24.,
            x.lead_time_hours.p50.unwrap().value / 24.,
            x.lead_time_hours.p85.unwrap().value / 24.,
            x.lead_time_hours.p95.unwrap().value / 24.,
            x.change_lead_time_hours.p50.unwrap().value / 24.,
            d(x.recovery_hours.mean)
        );
        println!(
            " thr {} wip {} flow {} dep {} cfr {} rework {} inc {} self {} impact {}",
            d(x.throughput_per_week),
            d(x.wip),
            d(x.flow_efficiency),
            d(x.deployments_per_week),
            d(x.change_failure_rate),
            d(x.deployment_rework_rate),
            d(x.incidents_per_month),
            d(x.self_stopped_per_month),
            d(x.impact_hours_per_month)
        );
        for t in &x.teams {
            print!(" {} util {} dem {};", t.id, d(t.utilisation), d(t.demand));
        }
        println!();
        for (k, v) in &x.parts_hours {
            if *v > 0.5 {
                print!(" {k} {:.1}h", v);
            }
        }
        println!();
        for g in &x.gates {
            print!(
                " {} faulty {:?} sound {:?} n {:.1};",
                g.id, g.stops_faulty, g.stops_sound, g.judged_per_week
            );
        }
        println!(
            "\n {:?} growth {} {:?} obj {:?}",
            x.warnings(),
            d(x.wip_growth_per_week),
            x.overloaded,
            x.objectives
                .iter()
                .map(|o| o.1.map(|e| e.value))
                .collect::<Vec<_>>()
        );
        if let Some(b) = &base {
            let c = compare(&name, b, &r, 5, 0.1);
            println!(
                " lead {:?}\n inc {:?}\n d {:?}",
                c.lead_time,
                c.incidents,
                c.differences
                    .lead_time_hours
                    .mean
                    .map(|d| (d.estimate, d.variance_reduction))
            );
        } else {
            base = Some(r);
        }
    }
}
