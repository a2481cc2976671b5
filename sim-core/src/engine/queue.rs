//! What waits for a team, in the order of RULES 9: class, then the policy's key, then request time, then
//! identity.
//!
//! Items mostly come in the order in which they leave, so a queue is a ring kept in order: what comes is
//! moved up past the few it overtakes. What would overtake many goes to a heap beside it.

use crate::time::Ticks;
use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

/// How many an item may pass in the ring.
const OVERTAKEN: usize = 12;

/// A place in a queue (RULES 9): class, then the policy's key, then request time, then identity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waiting {
    /// 0 before 1.
    pub class: u8,
    /// Smallest first.
    pub key: f64,
    /// Earliest first.
    pub requested: Ticks,
    /// Stable identity.
    pub seq: u64,
    /// Stable identity of children of one item.
    pub tie: u64,
    /// Index of the item.
    pub item: u32,
}

impl Eq for Waiting {}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .class
            .cmp(&self.class)
            .then_with(|| other.key.total_cmp(&self.key))
            .then_with(|| other.requested.cmp(&self.requested))
            .then_with(|| (other.seq, other.tie).cmp(&(self.seq, self.tie)))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A queue in the order of [`Waiting`], greatest first as in a heap. Keeps its memory.
#[derive(Debug, Default)]
pub struct Queue {
    ring: VecDeque<Waiting>,
    heap: BinaryHeap<Waiting>,
}

impl Queue {
    /// Forget everything.
    pub fn clear(&mut self) {
        self.ring.clear();
        self.heap.clear();
    }

    /// All who wait, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Waiting> {
        self.ring.iter().chain(&self.heap)
    }

    /// Keep some of them.
    pub fn retain(&mut self, keep: impl Fn(&Waiting) -> bool) {
        self.ring.retain(&keep);
        self.heap.retain(&keep);
    }

    /// Who goes next.
    #[inline]
    pub fn peek(&self) -> Option<&Waiting> {
        match (self.ring.front(), self.heap.peek()) {
            (ring, None) => ring,
            (ring, heap) => ring.max(heap),
        }
    }

    /// Queue up.
    #[inline]
    pub fn push(&mut self, new: Waiting) {
        if self.ring.back().is_none_or(|last| new <= *last) {
            self.ring.push_back(new);
        } else {
            self.overtake(new);
        }
    }

    fn overtake(&mut self, new: Waiting) {
        let n = self.ring.len();
        let passed = self.ring.iter().rev().take(OVERTAKEN + 1);
        match passed.take_while(|other| new > **other).count() {
            passed @ ..=OVERTAKEN => self.ring.insert(n - passed, new),
            _ => self.heap.push(new),
        }
    }

    /// Take who goes next.
    #[inline]
    pub fn pop(&mut self) -> Option<Waiting> {
        if !self.heap.is_empty() && self.heap.peek() > self.ring.front() {
            return self.heap.pop();
        }
        self.ring.pop_front()
    }
}

impl IntoIterator for Queue {
    type Item = Waiting;
    type IntoIter = std::iter::Chain<
        std::collections::vec_deque::IntoIter<Waiting>,
        std::collections::binary_heap::IntoIter<Waiting>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.ring.into_iter().chain(self.heap)
    }
}

impl FromIterator<Waiting> for Queue {
    fn from_iter<I: IntoIterator<Item = Waiting>>(all: I) -> Self {
        let mut queue = Self::default();
        all.into_iter().for_each(|w| queue.push(w));
        queue
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn waiting(class: u8, key: u8, requested: i64, n: u64) -> Waiting {
        Waiting {
            class,
            key: f64::from(key),
            requested,
            seq: n / 3,
            tie: n,
            item: n as u32,
        }
    }

    proptest! {
        /// Request times drift upwards as they do in a run; `back` items come late or return.
        #[test]
        fn a_queue_gives_the_order_of_a_plain_heap(
            steps in prop::collection::vec((0u8..10, 0u8..8, 0u8..4, 0i64..60), 1..400),
        ) {
            let (mut ours, mut plain) = (Queue::default(), BinaryHeap::new());
            for (n, (step, class, key, back)) in steps.into_iter().enumerate() {
                if step < 6 {
                    let w = waiting(u8::from(class > 0), key / 3, n as i64 - back * back / 30, n as u64);
                    ours.push(w);
                    plain.push(w);
                } else {
                    prop_assert_eq!(ours.pop(), plain.pop());
                }
                prop_assert_eq!(ours.peek(), plain.peek());
            }
            while let Some(w) = plain.pop() {
                prop_assert_eq!(ours.pop(), Some(w));
            }
            prop_assert_eq!(ours.pop(), None);
        }
    }
}
