//! scratch
use millrace_app_core::Desk;
use std::time::Instant;
fn main() {
    let mut d = Desk::new();
    let t = Instant::now();
    let v = d.open_template("siloed-to-integrated".into()).unwrap();
    println!("open {:?}", t.elapsed());
    for p in &v.parts {
        for l in &p.levers {
            println!(
                "{:?} {} | {} | {:?} {:?}",
                p.id, l.label, l.value, l.baseline, l.current
            );
        }
    }
    for _ in 0..3 {
        let t = Instant::now();
        d.study().unwrap();
        println!("study {:?}", t.elapsed());
    }
    let t = Instant::now();
    let v = d.move_lever("release-rhythm".into(), 4.0, 1).unwrap();
    println!("move {:?} {:?}", t.elapsed(), v.what_ifs.last().unwrap());
    let t = Instant::now();
    let (s, r) = std::sync::mpsc::channel();
    let s = std::sync::Mutex::new(s);
    d.start_run(move |u| {
        s.lock().unwrap().send((t.elapsed(), u)).ok();
    })
    .unwrap();
    for (at, u) in r {
        println!(
            "{at:?} {} {:?} {} | {}",
            u.done, u.verdict.tone, u.verdict.sentence, u.verdict.support
        );
        if u.last {
            for r in u.rows.iter().chain(&u.dora) {
                println!(
                    "  {} {} {:?} {:?} {:?}",
                    r.label, r.baseline, r.what_if, r.band, r.better
                );
            }
            for n in &u.nodes {
                println!(
                    "  {} {:.2} {} {:?} {:?}",
                    n.id, n.share, n.text, n.difference_hours, n.utilisation
                );
            }
            for n in &u.statistics {
                println!("  {} {}", n.label, n.text);
            }
            for n in &u.figures {
                println!("  {} {} {:?}", n.id, n.title, n.notes);
            }
            println!("{:?}", u.warnings);
            break;
        }
    }
    for w in [
        "self-service",
        "no-board",
        "stream-aligned",
        "canary",
        "integrated",
    ] {
        d.select(Some(w.into())).unwrap();
        let (s, r) = std::sync::mpsc::channel();
        let s = std::sync::Mutex::new(s);
        let t = Instant::now();
        d.start_run(move |u| {
            s.lock().unwrap().send(u).ok();
        })
        .unwrap();
        for u in r {
            if u.last {
                println!(
                    "{w} {:?}: {} | {}",
                    t.elapsed(),
                    u.verdict.sentence,
                    u.verdict.support
                );
                break;
            }
        }
        println!(
            "   {:?}",
            d.study()
                .unwrap()
                .what_ifs
                .iter()
                .find(|x| x.id == w)
                .unwrap()
                .changes
        );
    }
}
