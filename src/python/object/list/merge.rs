//! Timsort with powersort's merges, as in CPython 3.13: not for its speed, but so that a program which
//! watches its comparisons, or fails in one, sees the same ones in the same order. Objects/listsort.txt.

use crate::python::memory::Addr;
use crate::python::vm::{PyResult, Vm};

/// What is sorted: the key, and the item that moves with it.
pub type Row = (u64, u64);

/// Wins in a row after which merging gallops.
const MIN_GALLOP: isize = 7;
/// Shorter runs are extended to about this length by insertion.
const MAX_MINRUN: usize = 64;

/// A run that waits to be merged.
struct Run {
    base: usize,
    len: usize,
    power: u32,
}

/// A sort under way.
pub struct Merge<'a, L> {
    /// The rows; at any moment, also after an error, a permutation of those at the start.
    pub rows: &'a mut [Row],
    less: L,
    min_gallop: isize,
    pending: Vec<Run>,
}

/// A cursor into one of two rows of rows: the sorted slice, or the copy of one run.
type Rows<'r> = &'r [Row];

impl<'a, L: FnMut(&mut Vm, Addr, Addr) -> PyResult<bool>> Merge<'a, L> {
    /// Prepares to sort `rows` by `less` on the keys.
    pub fn new(rows: &'a mut [Row], less: L) -> Self {
        Merge {
            rows,
            less,
            min_gallop: MIN_GALLOP,
            pending: Vec::new(),
        }
    }

    /// Sorts, stably. On an error the rows stay as far as they got.
    pub fn sort(&mut self, vm: &mut Vm) -> PyResult<()> {
        let total = self.rows.len();
        if total < 2 {
            return Ok(());
        }
        let minrun = min_run(total);
        let mut low = 0;
        while low < total {
            let remaining = total - low;
            let mut len = self.count_run(vm, low, remaining)?;
            if len < minrun {
                let forced = remaining.min(minrun);
                self.insert(vm, low, forced, len)?;
                len = forced;
            }
            self.found_run(vm, len, total)?;
            self.pending.push(Run {
                base: low,
                len,
                power: 0,
            });
            low += len;
        }
        self.collapse(vm)
    }

    #[inline]
    fn less(&mut self, vm: &mut Vm, left: Row, right: Row) -> PyResult<bool> {
        (self.less)(vm, Addr(left.0), Addr(right.0))
    }

    /// Whether row `low + n` is less than the one before.
    fn next_smaller(&mut self, vm: &mut Vm, low: usize, n: usize) -> PyResult<bool> {
        let (left, right) = (self.rows[low + n], self.rows[low + n - 1]);
        self.less(vm, left, right)
    }

    /// The length of the run that starts at `low`, made ascending. A descending run may contain equal rows:
    /// each group of them is reversed first, so that reversing the whole keeps them in order.
    fn count_run(&mut self, vm: &mut Vm, low: usize, remaining: usize) -> PyResult<usize> {
        if !vm.profile.descending_runs_have_equals {
            return self.count_strict_run(vm, low, remaining);
        }
        let mut n = self.ascend(vm, low, 1, remaining)?;
        if n == remaining {
            return Ok(n);
        }
        let mut equal = 0;
        if n > 1 {
            let (first, last) = (self.rows[low], self.rows[low + n - 1]);
            if self.less(vm, first, last)? {
                return Ok(n);
            }
            equal = n - 1;
        }
        self.reverse_equal(low, n, &mut equal);
        n += 1;
        while n < remaining {
            if self.next_smaller(vm, low, n)? {
                self.reverse_equal(low, n, &mut equal);
            } else {
                let (left, right) = (self.rows[low + n - 1], self.rows[low + n]);
                if self.less(vm, left, right)? {
                    break;
                }
                equal += 1;
            }
            n += 1;
        }
        self.reverse_equal(low, n, &mut equal);
        self.rows[low..low + n].reverse();
        self.ascend(vm, low, n, remaining)
    }

    /// The same up to 3.12: the first two rows say whether the run descends, and then every row is less than the last.
    fn count_strict_run(&mut self, vm: &mut Vm, low: usize, remaining: usize) -> PyResult<usize> {
        if remaining == 1 {
            return Ok(1);
        }
        if !self.next_smaller(vm, low, 1)? {
            return self.ascend(vm, low, 2, remaining);
        }
        let mut n = 2;
        while n < remaining && self.next_smaller(vm, low, n)? {
            n += 1;
        }
        self.rows[low..low + n].reverse();
        Ok(n)
    }

    /// How far the rows from `n` on do not descend.
    fn ascend(&mut self, vm: &mut Vm, low: usize, n: usize, remaining: usize) -> PyResult<usize> {
        for n in n..remaining {
            if self.next_smaller(vm, low, n)? {
                return Ok(n);
            }
        }
        Ok(remaining)
    }

    /// Reverses the group of equal rows that ends before row `n`; `equal` is one less than its length.
    fn reverse_equal(&mut self, low: usize, n: usize, equal: &mut usize) {
        if *equal > 0 {
            self.rows[low + n - *equal - 1..low + n].reverse();
            *equal = 0;
        }
    }

    /// Binary insertion of rows `sorted..len` from `low`.
    fn insert(&mut self, vm: &mut Vm, low: usize, len: usize, sorted: usize) -> PyResult<()> {
        for next in sorted.max(1)..len {
            let pivot = self.rows[low + next];
            let (mut left, mut right) = (0, next);
            while left < right {
                let middle = (left + right) >> 1;
                let row = self.rows[low + middle];
                if self.less(vm, pivot, row)? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.rows[low + left..=low + next].rotate_right(1);
        }
        Ok(())
    }

    /// A run of `len` follows the pending ones: merges those whose boundary is deeper than the new one.
    fn found_run(&mut self, vm: &mut Vm, len: usize, total: usize) -> PyResult<()> {
        let Some(last) = self.pending.last() else {
            return Ok(());
        };
        let power = power(last.base, last.len, len, total);
        while let [.., below, _] = &self.pending[..]
            && below.power > power
        {
            self.merge_at(vm, self.pending.len() - 2)?;
        }
        if let Some(last) = self.pending.last_mut() {
            last.power = power;
        }
        Ok(())
    }

    /// Merges all pending runs.
    fn collapse(&mut self, vm: &mut Vm) -> PyResult<()> {
        while self.pending.len() > 1 {
            let mut i = self.pending.len() - 2;
            if i > 0 && self.pending[i - 1].len < self.pending[i + 1].len {
                i -= 1;
            }
            self.merge_at(vm, i)?;
        }
        Ok(())
    }

    /// Merges pending runs `i` and `i + 1`.
    fn merge_at(&mut self, vm: &mut Vm, i: usize) -> PyResult<()> {
        let (mut a, mut na) = (self.pending[i].base, self.pending[i].len);
        let (b, mut nb) = (self.pending[i + 1].base, self.pending[i + 1].len);
        self.pending[i].len = na + nb;
        if i + 3 == self.pending.len() {
            let above = self.pending.pop();
            self.pending.pop();
            self.pending.extend(above);
        } else {
            self.pending.pop();
        }
        let first = self.rows[b];
        let skipped = gallop_right(vm, &mut self.less, first, &self.rows[a..a + na], 0)?;
        a += skipped;
        na -= skipped;
        if na == 0 {
            return Ok(());
        }
        let last = self.rows[a + na - 1];
        nb = gallop_left(vm, &mut self.less, last, &self.rows[b..b + nb], nb - 1)?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb {
            self.merge_low(vm, a, na, b, nb)
        } else {
            self.merge_high(vm, a, na, b, nb)
        }
    }

    /// Merges from the left, the left run in a copy.
    fn merge_low(&mut self, vm: &mut Vm, a: usize, na: usize, b: usize, nb: usize) -> PyResult<()> {
        let copy = self.rows[a..a + na].to_vec();
        let mut low = Low {
            copy: &copy,
            at: 0,
            dest: a,
            b,
            nb,
        };
        low.take_b(self.rows);
        let result = if low.nb > 0 && low.na() > 1 {
            self.merge_low_loop(vm, &mut low)
        } else {
            Ok(())
        };
        low.finish(self.rows, result.is_ok());
        result
    }

    fn merge_low_loop(&mut self, vm: &mut Vm, low: &mut Low<'_>) -> PyResult<()> {
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut a_wins, mut b_wins) = (0, 0);
            loop {
                let (b, a) = (self.rows[low.b], low.copy[low.at]);
                if self.less(vm, b, a)? {
                    low.take_b(self.rows);
                    (a_wins, b_wins) = (0, b_wins + 1);
                } else {
                    low.take_a(self.rows, 1);
                    (a_wins, b_wins) = (a_wins + 1, 0);
                }
                if low.is_done() {
                    return Ok(());
                }
                if a_wins.max(b_wins) >= min_gallop {
                    break;
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= isize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let first_b = self.rows[low.b];
                let k = gallop_right(vm, &mut self.less, first_b, &low.copy[low.at..], 0)?;
                low.take_a(self.rows, k);
                let a_run = k as isize;
                if k > 0 && low.na() <= 1 {
                    return Ok(());
                }
                low.take_b(self.rows);
                if low.nb == 0 {
                    return Ok(());
                }
                let first_a = low.copy[low.at];
                let rest = &self.rows[low.b..low.b + low.nb];
                let k = gallop_left(vm, &mut self.less, first_a, rest, 0)?;
                low.take_b_many(self.rows, k);
                let b_run = k as isize;
                if low.nb == 0 {
                    return Ok(());
                }
                low.take_a(self.rows, 1);
                if low.na() <= 1 {
                    return Ok(());
                }
                if a_run < MIN_GALLOP && b_run < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Merges from the right, the right run in a copy.
    fn merge_high(
        &mut self,
        vm: &mut Vm,
        a: usize,
        na: usize,
        b: usize,
        nb: usize,
    ) -> PyResult<()> {
        let copy = self.rows[b..b + nb].to_vec();
        let mut high = High {
            copy: &copy,
            nb,
            base: a,
            na,
        };
        high.take_a(self.rows, 1);
        let result = if high.na > 0 && high.nb > 1 {
            self.merge_high_loop(vm, &mut high)
        } else {
            Ok(())
        };
        high.finish(self.rows, result.is_ok());
        result
    }

    fn merge_high_loop(&mut self, vm: &mut Vm, high: &mut High<'_>) -> PyResult<()> {
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut a_wins, mut b_wins) = (0, 0);
            loop {
                let (b, a) = (high.last_b(), high.last_a(self.rows));
                if self.less(vm, b, a)? {
                    high.take_a(self.rows, 1);
                    (a_wins, b_wins) = (a_wins + 1, 0);
                } else {
                    high.take_b(self.rows, 1);
                    (a_wins, b_wins) = (0, b_wins + 1);
                }
                if high.is_done() {
                    return Ok(());
                }
                if a_wins.max(b_wins) >= min_gallop {
                    break;
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= isize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let last_b = high.last_b();
                let rest = &self.rows[high.base..high.base + high.na];
                let k = gallop_right(vm, &mut self.less, last_b, rest, high.na - 1)?;
                let k = high.na - k;
                high.take_a(self.rows, k);
                let a_run = k as isize;
                if high.na == 0 {
                    return Ok(());
                }
                high.take_b(self.rows, 1);
                if high.nb <= 1 {
                    return Ok(());
                }
                let last_a = high.last_a(self.rows);
                let rest = &high.copy[..high.nb];
                let k = gallop_left(vm, &mut self.less, last_a, rest, high.nb - 1)?;
                let k = high.nb - k;
                high.take_b(self.rows, k);
                let b_run = k as isize;
                if k > 0 && high.nb <= 1 {
                    return Ok(());
                }
                high.take_a(self.rows, 1);
                if high.na == 0 {
                    return Ok(());
                }
                if a_run < MIN_GALLOP && b_run < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }
}

/// A merge from the left: what is left of the copied left run, and of the right run in place.
struct Low<'r> {
    copy: Rows<'r>,
    at: usize,
    dest: usize,
    b: usize,
    nb: usize,
}

impl Low<'_> {
    fn na(&self) -> usize {
        self.copy.len() - self.at
    }

    fn is_done(&self) -> bool {
        self.nb == 0 || self.na() <= 1
    }

    fn take_a(&mut self, rows: &mut [Row], count: usize) {
        rows[self.dest..self.dest + count].copy_from_slice(&self.copy[self.at..self.at + count]);
        self.at += count;
        self.dest += count;
    }

    fn take_b(&mut self, rows: &mut [Row]) {
        self.take_b_many(rows, 1);
    }

    fn take_b_many(&mut self, rows: &mut [Row], count: usize) {
        rows.copy_within(self.b..self.b + count, self.dest);
        self.b += count;
        self.nb -= count;
        self.dest += count;
    }

    /// The rest of the copy goes behind what is left of the right run when its one row is known to be the
    /// greatest, and before it otherwise.
    fn finish(&mut self, rows: &mut [Row], succeeded: bool) {
        if succeeded && self.na() == 1 && self.nb > 0 {
            self.take_b_many(rows, self.nb);
        }
        self.take_a(rows, self.na());
    }
}

/// A merge from the right: what is left of the copied right run, and of the left run in place.
struct High<'r> {
    copy: Rows<'r>,
    nb: usize,
    base: usize,
    na: usize,
}

impl High<'_> {
    fn is_done(&self) -> bool {
        self.na == 0 || self.nb <= 1
    }

    fn last_a(&self, rows: &[Row]) -> Row {
        rows[self.base + self.na - 1]
    }

    fn last_b(&self) -> Row {
        self.copy[self.nb - 1]
    }

    fn take_a(&mut self, rows: &mut [Row], count: usize) {
        let end = self.base + self.na;
        rows.copy_within(end - count..end, end + self.nb - count);
        self.na -= count;
    }

    fn take_b(&mut self, rows: &mut [Row], count: usize) {
        let end = self.base + self.na + self.nb;
        rows[end - count..end].copy_from_slice(&self.copy[self.nb - count..self.nb]);
        self.nb -= count;
    }

    fn finish(&mut self, rows: &mut [Row], succeeded: bool) {
        if succeeded && self.nb == 1 && self.na > 0 {
            self.take_a(rows, self.na);
        }
        self.take_b(rows, self.nb);
    }
}

/// `merge_compute_minrun`
fn min_run(mut total: usize) -> usize {
    let mut odd = 0;
    while total >= MAX_MINRUN {
        odd |= total & 1;
        total >>= 1;
    }
    total + odd
}

/// The depth of the boundary between two neighbouring runs in powersort's tree.
fn power(base: usize, left: usize, right: usize, total: usize) -> u32 {
    let (mut a, total) = (2 * base + left, total);
    let mut b = a + left + right;
    for power in 1.. {
        if a >= total {
            a -= total;
            b -= total;
        } else if b >= total {
            return power;
        }
        a <<= 1;
        b <<= 1;
    }
    0
}

/// Where `key` belongs in the sorted `rows`, before equal ones, searching outwards from `hint`.
fn gallop_left<L: FnMut(&mut Vm, Addr, Addr) -> PyResult<bool>>(
    vm: &mut Vm,
    less: &mut L,
    key: Row,
    rows: Rows<'_>,
    hint: usize,
) -> PyResult<usize> {
    gallop(vm, rows.len(), hint, |vm, i| {
        less(vm, Addr(rows[i].0), Addr(key.0))
    })
}

/// The same, behind equal ones.
fn gallop_right<L: FnMut(&mut Vm, Addr, Addr) -> PyResult<bool>>(
    vm: &mut Vm,
    less: &mut L,
    key: Row,
    rows: Rows<'_>,
    hint: usize,
) -> PyResult<usize> {
    gallop(vm, rows.len(), hint, |vm, i| {
        Ok(!less(vm, Addr(key.0), Addr(rows[i].0))?)
    })
}

/// The number of rows that stand `before` the key: doubling steps from `hint`, then a binary search.
fn gallop(
    vm: &mut Vm,
    len: usize,
    hint: usize,
    mut before: impl FnMut(&mut Vm, usize) -> PyResult<bool>,
) -> PyResult<usize> {
    let (mut last, mut step) = (0, 1);
    let (mut low, mut high);
    if before(vm, hint)? {
        let most = len - hint;
        while step < most && before(vm, hint + step)? {
            last = step;
            step = (step << 1) + 1;
        }
        low = hint + last + 1;
        high = hint + step.min(most);
    } else {
        let most = hint + 1;
        while step < most && !before(vm, hint - step)? {
            last = step;
            step = (step << 1) + 1;
        }
        low = hint + 1 - step.min(most);
        high = hint - last;
    }
    while low < high {
        let middle = low + ((high - low) >> 1);
        if before(vm, middle)? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
