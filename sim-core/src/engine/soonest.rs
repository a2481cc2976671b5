//! Things in an order of their own, the first always at hand: a flat row while they are few, a heap when
//! they are many. Most teams have a handful of items in progress and most agendas a handful of entries;
//! a row of those is searched without a branch that could be guessed wrong.

/// A strict total order.
pub trait Before: Copy {
    /// Whether this comes before the other.
    fn before(&self, other: &Self) -> bool;
}

/// Beyond so many a heap is quicker than a row.
const ROW: usize = 16;

/// A queue by [`Before`]. Keeps its memory.
#[derive(Debug)]
pub struct Soonest<T> {
    all: Vec<T>,
    /// Where the first is: 0 in a heap.
    first: usize,
    heap: bool,
}

impl<T> Default for Soonest<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            first: 0,
            heap: false,
        }
    }
}

impl<T: Before> Soonest<T> {
    /// Forget everything.
    pub fn clear(&mut self) {
        self.all.clear();
        self.first = 0;
        self.heap = false;
    }

    /// How many.
    #[inline]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.all.iter()
    }

    /// Change or drop each.
    pub fn retain(&mut self, keep: impl FnMut(&mut T) -> bool) {
        let mut all = std::mem::take(&mut self.all);
        all.retain_mut(keep);
        self.clear();
        all.into_iter().for_each(|one| self.push(one));
    }

    /// The first.
    #[inline]
    pub fn peek(&self) -> Option<&T> {
        self.all.get(self.first)
    }

    /// Add one.
    #[inline]
    pub fn push(&mut self, new: T) {
        let at = self.all.len();
        self.all.push(new);
        if self.heap | (at >= ROW) {
            self.push_many(at);
        } else if new.before(&self.all[self.first]) {
            self.first = at;
        }
    }

    /// Take the first.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        if self.first >= self.all.len() {
            return None;
        }
        let taken = self.all.swap_remove(self.first);
        if self.heap {
            self.sink(0);
            // Far below the upper limit, so that one that comes and goes does not turn one into the other.
            self.heap = self.all.len() > ROW / 2;
        } else {
            let mut first = 0;
            for i in 1..self.all.len() {
                let sooner = self.all[i].before(&self.all[first]);
                first = if sooner { i } else { first };
            }
            self.first = first;
        }
        Some(taken)
    }

    #[cold]
    fn push_many(&mut self, at: usize) {
        if self.heap {
            self.rise(at);
        } else {
            for i in (0..self.all.len() / 2).rev() {
                self.sink(i);
            }
            self.heap = true;
            self.first = 0;
        }
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 {
            let above = (at - 1) / 2;
            if !self.all[at].before(&self.all[above]) {
                return;
            }
            self.all.swap(at, above);
            at = above;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let mut below = 2 * at + 1;
            if below >= self.all.len() {
                return;
            }
            if below + 1 < self.all.len() && self.all[below + 1].before(&self.all[below]) {
                below += 1;
            }
            if !self.all[below].before(&self.all[at]) {
                return;
            }
            self.all.swap(at, below);
            at = below;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Reverse;
    use std::collections::BinaryHeap;

    impl Before for (u8, u64) {
        fn before(&self, other: &Self) -> bool {
            self < other
        }
    }

    proptest! {
        #[test]
        fn a_row_that_becomes_a_heap_and_back_gives_the_order_of_a_heap(
            steps in prop::collection::vec((prop::option::weighted(0.55, any::<u8>()), 1usize..6), 1..300)
        ) {
            let (mut ours, mut plain) = (Soonest::default(), BinaryHeap::new());
            let mut n = 0;
            for (put, times) in steps {
                for _ in 0..times {
                    if let Some(key) = put {
                        n += 1;
                        ours.push((key, n));
                        plain.push(Reverse((key, n)));
                    } else {
                        prop_assert_eq!(ours.pop(), plain.pop().map(|r| r.0));
                    }
                    prop_assert_eq!(ours.peek(), plain.peek().map(|r| &r.0));
                    prop_assert_eq!(ours.len(), plain.len());
                }
            }
        }
    }
}
