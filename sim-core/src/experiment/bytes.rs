//! A replication as bytes, exactly: what a part of a study holds of it (`docs/scale-out.md`).
//!
//! Numbers have the lowest byte first: whole numbers 8 bytes (16 for item-time), floats their bits, 8 or 4.
//! A flag is a byte, something optional a flag and what it may be. A list has as many elements as the number
//! before it says; a text and counts are lists of bytes. A structure is its fields in the order below.

use crate::engine::{Group, Improved, Quarter, Replication, Times, Weekly};
use crate::model::{IMPROVEMENT_RULES, Rule};
use crate::stats::histogram::Sparse;

/// The version of this form. It changes with every change of what a replication holds.
pub const FORM: u64 = 3;

/// The bytes of a replication.
#[must_use]
pub fn to_bytes(replication: &Replication) -> Vec<u8> {
    let mut out = Vec::new();
    replication.put(&mut out);
    out
}

/// The replication of such bytes; `None` if they are of none.
#[must_use]
pub fn from_bytes(mut bytes: &[u8]) -> Option<Replication> {
    let replication = Replication::take(&mut bytes)?;
    bytes.is_empty().then_some(replication)
}

/// What can be written and read back.
trait Bytes: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn take(bytes: &mut &[u8]) -> Option<Self>;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Bytes for $number {
            fn put(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }
            fn take(bytes: &mut &[u8]) -> Option<Self> {
                bytes.split_off(..size_of::<Self>())?.try_into().ok().map(Self::from_le_bytes)
            }
        }
    )*};
}

numbers!(u8, u64, i128, f32, f64);

/// The fields are named once, so that none is written and not read, and none forgotten.
macro_rules! structures {
    ($($name:ident { $($field:ident),* $(,)? })*) => {$(
        impl Bytes for $name {
            fn put(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.put(out);)*
            }
            fn take(bytes: &mut &[u8]) -> Option<Self> {
                $(let $field = Bytes::take(bytes)?;)*
                Some(Self { $($field),* })
            }
        }
    )*};
}

structures! {
    Times { counts, n, sum }
    Group { lead_time, parts, finished, delivered }
    Weekly {
        arrived,
        delivered,
        lead_hours,
        incidents,
        stages,
        gates,
        to_begin,
        to_release,
        rolling,
        tickets,
        stream_arrived,
        stream_delivered,
        stream_incidents,
        teams,
    }
    Quarter { lead_time, cost_of_delay, delivered, incidents, impact_hours, change_hours, change_weeks }
    Improved { week, rule, what, from, to }
    Replication {
        draw,
        lead_time,
        change_lead_time,
        recovery,
        leftovers,
        refused,
        abandoned,
        due,
        cost_of_delay,
        spent,
        groups,
        by_severity,
        weekly,
        parts,
        places,
        finished,
        delivered,
        wip_hours,
        wip_ticks,
        stay_ticks,
        window_hours,
        deployments,
        rework_deployments,
        failed_deployments,
        change_incidents,
        background_incidents,
        self_stopped,
        impact_hours,
        escaped,
        gates,
        teams,
        objectives,
        weekly_wip,
        wip_growth,
        overflow,
        events,
        quarters,
        timeline,
    }
}

impl Bytes for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u8::from(*self).put(out);
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        match u8::take(bytes)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<T: Bytes> Bytes for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        self.iter().for_each(|some| some.put(out));
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some(if bool::take(bytes)? {
            Some(T::take(bytes)?)
        } else {
            None
        })
    }
}

impl<T: Bytes> Bytes for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        self.iter().for_each(|each| each.put(out));
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        // Element by element: a number that lies about how many are there asks for no memory.
        let many = u64::take(bytes)?;
        (0..many).map(|_| T::take(bytes)).collect()
    }
}

impl<T: Bytes, const N: usize> Bytes for [T; N] {
    fn put(&self, out: &mut Vec<u8>) {
        self.iter().for_each(|each| each.put(out));
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let all: Option<Vec<T>> = (0..N).map(|_| T::take(bytes)).collect();
        all?.try_into().ok()
    }
}

impl<A: Bytes, B: Bytes> Bytes for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Some((A::take(bytes)?, B::take(bytes)?))
    }
}

impl Bytes for String {
    fn put(&self, out: &mut Vec<u8>) {
        (self.len() as u64).put(out);
        out.extend(self.as_bytes());
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Self::from_utf8(Vec::take(bytes)?).ok()
    }
}

impl Bytes for Sparse {
    fn put(&self, out: &mut Vec<u8>) {
        (self.as_bytes().len() as u64).put(out);
        out.extend(self.as_bytes());
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        Self::from_bytes(&Vec::take(bytes)?)
    }
}

impl Bytes for Rule {
    fn put(&self, out: &mut Vec<u8>) {
        self.id().to_owned().put(out);
    }
    fn take(bytes: &mut &[u8]) -> Option<Self> {
        let id = String::take(bytes)?;
        IMPROVEMENT_RULES
            .iter()
            .find(|r| r.1 == id)
            .map(|found| found.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::histogram::Tally;
    use proptest::prelude::*;

    /// A replication with something in every field.
    fn full(seed: u64) -> Replication {
        let mut tally = Tally::default();
        (0..200).for_each(|i| tally.add(((i * 7919 + seed) % 5003) as f64 / 7.0));
        let times = Times {
            counts: tally.take(),
            n: 200.0,
            sum: 1.0 / 3.0,
        };
        let group = Group {
            lead_time: times.clone(),
            delivered: -0.0,
            ..Group::default()
        };
        let improved = Improved {
            week: 4.5,
            rule: Rule::SaferStrategy,
            what: "канал".into(),
            from: String::new(),
            to: "canary".into(),
        };
        Replication {
            draw: Some(seed),
            lead_time: times.clone(),
            groups: vec![group, Group::default()],
            weekly: Weekly {
                arrived: vec![0.1, f32::MIN_POSITIVE],
                ..Weekly::default()
            },
            places: vec![(0.1, 0.2), (f64::MAX, f64::MIN_POSITIVE)],
            wip_ticks: i128::MIN,
            gates: vec![[0.1, 0.2, 0.3, 0.4]],
            objectives: vec![true, false],
            wip_growth: Some(-0.0),
            overflow: true,
            events: u64::MAX,
            quarters: vec![Quarter {
                lead_time: times,
                change_weeks: 0.1,
                ..Quarter::default()
            }],
            timeline: vec![improved],
            ..Replication::default()
        }
    }

    #[test]
    fn a_replication_comes_back_to_the_last_bit() {
        for one in [full(1), Replication::default()] {
            let bytes = to_bytes(&one);
            let back = from_bytes(&bytes).expect("a replication");
            assert_eq!(back, one);
            // Bits and not values: 0 equals −0.
            assert_eq!(to_bytes(&back), bytes);
        }
    }

    #[test]
    fn bytes_cut_off_or_left_over_are_no_replication() {
        let bytes = to_bytes(&full(2));
        for cut in 0..bytes.len() {
            assert_eq!(from_bytes(&bytes[..cut]), None, "cut off after {cut}");
        }
        assert_eq!(from_bytes(&[&bytes[..], &[0]].concat()), None);
    }

    proptest! {
        #[test]
        fn no_bytes_break_the_reader(at in 0usize..4000, byte in any::<u8>()) {
            let mut bytes = to_bytes(&full(3));
            let at = at % bytes.len();
            bytes[at] = byte;
            if let Some(read) = from_bytes(&bytes) {
                prop_assert_eq!(to_bytes(&read), bytes);
            }
        }
    }
}
