//! Where the time of counted items went: a row for each, by part and by place.

use super::item::PARTS;
use crate::time::Ticks;

/// Rows of ticks. Items that are not counted have a row too, with nothing of meaning in it.
#[derive(Debug)]
pub struct Ledger {
    /// For each item the ticks by part, then for each place the total and of that the ticks not in
    /// progress.
    all: Vec<Ticks>,
    places: usize,
}

impl Ledger {
    /// No rows yet, for so many places.
    pub fn new(places: usize) -> Self {
        Self {
            all: Vec::new(),
            places,
        }
    }

    /// Forget all rows.
    pub fn clear(&mut self) {
        self.all.clear();
    }

    fn width(&self) -> usize {
        PARTS + 2 * self.places
    }

    /// Ticks in a row of a ledger with so many places.
    pub const fn ticks(places: usize) -> usize {
        PARTS + 2 * places
    }

    /// A row for an item; of nothing yet if it is counted.
    #[inline]
    pub fn open(&mut self, i: u32, counted: bool) {
        let width = self.width();
        let at = i as usize * width;
        if self.all.len() <= at {
            self.all.resize(at + width, 0);
        } else if counted {
            self.all[at..at + width].fill(0);
        }
    }

    /// An item's ticks by part.
    #[inline]
    pub fn parts(&self, i: u32) -> &[Ticks] {
        let at = i as usize * self.width();
        &self.all[at..at + PARTS]
    }

    /// An item's ticks at each place: total, and of that not in progress.
    #[inline]
    pub fn places(&self, i: u32) -> impl Iterator<Item = (Ticks, Ticks)> {
        let at = i as usize * self.width();
        let row = &self.all[at + PARTS..at + self.width()];
        row.chunks_exact(2).map(|cell| (cell[0], cell[1]))
    }

    /// An item waited somewhere.
    #[inline]
    pub fn waited(&mut self, i: u32, part: usize, place: usize, ticks: Ticks) {
        let width = self.width();
        let row = &mut self.all[i as usize * width..][..width];
        row[part] += ticks;
        row[PARTS + 2 * place] += ticks;
        row[PARTS + 2 * place + 1] += ticks;
    }

    /// An item was in progress somewhere: so long for each part.
    #[inline]
    pub fn worked<const N: usize>(&mut self, i: u32, place: usize, parts: [(usize, Ticks); N]) {
        let width = self.width();
        let row = &mut self.all[i as usize * width..][..width];
        for (part, ticks) in parts {
            row[part] += ticks;
            row[PARTS + 2 * place] += ticks;
        }
    }

    /// Add one item's row to another's.
    pub fn inherit(&mut self, to: u32, from: u32) {
        let width = self.width();
        for k in 0..width {
            let ticks = self.all[from as usize * width + k];
            self.all[to as usize * width + k] += ticks;
        }
    }

    /// Places are numbered otherwise from now on; what falls together is added up.
    pub fn move_places(&mut self, to: &[usize], places: usize) {
        let old = std::mem::replace(self, Self::new(places));
        let rows = old.all.chunks_exact(old.width());
        self.all.resize(rows.len() * self.width(), 0);
        let width = self.width();
        for (old, new) in rows.zip(self.all.chunks_exact_mut(width)) {
            new[..PARTS].copy_from_slice(&old[..PARTS]);
            for (cell, place) in old[PARTS..].chunks_exact(2).zip(to) {
                new[PARTS + 2 * place] += cell[0];
                new[PARTS + 2 * place + 1] += cell[1];
            }
        }
    }
}
