//! Names for what a result rests on: another name, and the result is stale.

use millrace_core::scenario::{Change, Scenario, WhatIf};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A short name for a text.
pub fn named(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What a what-if does, with what it includes, at what price and when: not what it is called.
pub fn of_what_if(scenario: &Scenario, w: &WhatIf) -> String {
    let mut text = String::new();
    let mut seen = Vec::new();
    write_what_if(scenario, w, &mut text, &mut seen);
    named(&text)
}

fn write_what_if<'s>(
    scenario: &'s Scenario,
    w: &'s WhatIf,
    text: &mut String,
    seen: &mut Vec<&'s str>,
) {
    if seen.contains(&w.id.as_str()) {
        return;
    }
    seen.push(&w.id);
    for other in w.includes.iter().filter_map(|id| scenario.what_if(id)) {
        write_what_if(scenario, other, text, seen);
    }
    for change in &w.changes {
        // By value: a change's lines move when something above it is edited.
        let _ = match change {
            Change::Set { path, to } => write!(text, "set {path} {};", to.inline()),
            Change::Scale { path, by } => write!(text, "scale {path} {by};"),
            Change::Add {
                path,
                value,
                before,
            } => write!(text, "add {path} {} {before:?};", value.inline()),
            Change::Remove { path } => write!(text, "remove {path};"),
        };
    }
    let when = (w.start_week, w.full_effect_weeks, w.dip, w.dip_weeks);
    let _ = write!(text, "{:?} {:?} {when:?};", w.levers, w.cost);
}

#[cfg(test)]
mod tests {
    use crate::desk::Desk;
    use crate::templates::TEMPLATES;

    #[test]
    fn only_what_changes_gets_another_name() {
        let mut desk = Desk::new();
        let before = desk.open_template(TEMPLATES[0].id.into()).unwrap();
        desk.select(Some("canary".into())).unwrap();
        let after = desk.move_lever("people/app".into(), 2.0, 1).unwrap();
        assert_eq!(before.baseline_digest, after.baseline_digest);
        for (a, b) in before.what_ifs.iter().zip(&after.what_ifs) {
            // The last one includes the canary.
            let same = !["canary", "integrated"].contains(&a.id.as_str());
            assert_eq!(a.digest == b.digest, same, "{}", a.id);
        }
        let renamed = desk
            .rename_what_if("canary".into(), "Other".into())
            .unwrap();
        assert_eq!(renamed.what_ifs[3].digest, after.what_ifs[3].digest);
        let adopted = desk.adopt("no-board").unwrap();
        assert_ne!(adopted.baseline_digest, before.baseline_digest);
    }
}
