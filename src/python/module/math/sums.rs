//! `fsum`, `prod`, `sumprod`.

use super::exact::TripleLength;
use crate::python::memory::{Addr, Own};
use crate::python::object::{BinaryOp, float, int, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `math.fsum(seq)`: the exact sum, rounded once.
pub fn fsum(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let mut sum = Partials::default();
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let x = vm.as_double(item.addr())?;
        vm.decref(item);
        if !sum.add(x) {
            return Err(vm.overflow_error("intermediate overflow in fsum"));
        }
        vm.check_steps(sum.partials.len() as u64 / 8)?;
    }
    vm.decref(iterator);
    if sum.special != 0.0 {
        // Infinities or NaN were among the numbers.
        if sum.infinities.is_nan() {
            return Err(vm.value_error("-inf + inf in fsum"));
        }
        return Ok(float::new(vm, sum.special));
    }
    Ok(float::new(vm, sum.value()))
}

/// A sum as doubles that do not overlap, the smallest first (Shewchuk's algorithm).
#[derive(Default)]
struct Partials {
    partials: Vec<f64>,
    special: f64,
    infinities: f64,
}

impl Partials {
    /// Adds a number; `false` when a partial sum overflows.
    fn add(&mut self, number: f64) -> bool {
        let (mut x, mut kept) = (number, 0);
        for i in 0..self.partials.len() {
            let (sum, rest) = two_sum_by_size(x, self.partials[i]);
            if rest != 0.0 {
                self.partials[kept] = rest;
                kept += 1;
            }
            x = sum;
        }
        self.partials.truncate(kept);
        if x == 0.0 {
            return true;
        }
        if x.is_finite() {
            self.partials.push(x);
            return true;
        }
        if number.is_finite() {
            return false;
        }
        if number.is_infinite() {
            self.infinities += number;
        }
        self.special += number;
        self.partials.clear();
        true
    }

    /// The partial sums added up, rounded half to even across all of them.
    fn value(&self) -> f64 {
        let Some((last, mut rest)) = self.partials.split_last() else {
            return 0.0;
        };
        let (mut high, mut low) = (*last, 0.0);
        while let Some((next, before)) = rest.split_last() {
            rest = before;
            let sum = high + next;
            low = next - (sum - high);
            high = sum;
            if low != 0.0 {
                break;
            }
        }
        // What is below may break a tie.
        if let Some(below) = rest.last()
            && ((low < 0.0 && *below < 0.0) || (low > 0.0 && *below > 0.0))
        {
            let twice = low * 2.0;
            let moved = high + twice;
            if twice == moved - high {
                high = moved;
            }
        }
        high
    }
}

fn two_sum_by_size(a: f64, b: f64) -> (f64, f64) {
    let (large, small) = if a.abs() < b.abs() { (b, a) } else { (a, b) };
    let sum = large + small;
    (sum, small - (sum - large))
}

/// `math.prod(iterable, *, start=1)`
pub fn prod(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let mut product = match args.opt(vm, 1) {
        Some(start) => vm.incref(start),
        None => int::new(vm, 1),
    };
    let iterator = vm.get_iter(args.get(vm, 0))?;
    while let Some(item) = vm.iter_next(iterator.addr())? {
        let next = vm.binary_op(product.addr(), item.addr(), BinaryOp::Multiply)?;
        vm.decref(item);
        vm.decref(product);
        product = next;
    }
    vm.decref(iterator);
    Ok(product)
}

/// The state of [`sumprod`]: as long as all are ints, or floats and ints, the sums are kept apart from the
/// object `total`.
struct SumProduct {
    total: Own,
    ints: Option<i64>,
    floats: Option<TripleLength>,
    floats_used: bool,
}

/// `math.sumprod(p, q)`
pub fn sumprod(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (p, q) = (vm.get_iter(args.get(vm, 0))?, vm.get_iter(args.get(vm, 1))?);
    let mut sum = SumProduct {
        total: int::new(vm, 0),
        ints: Some(0),
        floats: Some(TripleLength::default()),
        floats_used: false,
    };
    loop {
        match (vm.iter_next(p.addr())?, vm.iter_next(q.addr())?) {
            (Some(a), Some(b)) => {
                sum = sum.add(vm, a.addr(), b.addr())?;
                vm.decref(a);
                vm.decref(b);
            }
            (None, None) => break,
            _ => return Err(vm.value_error("Inputs are not the same length")),
        }
    }
    vm.decref(p);
    vm.decref(q);
    sum = sum.leave_ints(vm)?;
    sum = sum.leave_floats(vm)?;
    Ok(sum.total)
}

impl SumProduct {
    fn add(mut self, vm: &mut Vm, a: Addr, b: Addr) -> PyResult<SumProduct> {
        if let Some(sum) = self.ints {
            if let Some(sum) = int_product(vm, a, b).and_then(|product| sum.checked_add(product)) {
                self.ints = Some(sum);
                return Ok(self);
            }
            self = self.leave_ints(vm)?;
        }
        if let Some(sum) = self.floats {
            if let Some((x, y)) = float_factors(vm, a, b) {
                let next = sum.add_product(x, y);
                if next.is_finite() && x.is_finite() && y.is_finite() {
                    (self.floats, self.floats_used) = (Some(next), true);
                    return Ok(self);
                }
            }
            self = self.leave_floats(vm)?;
        }
        let product = vm.binary_op(a, b, BinaryOp::Multiply)?;
        self.plus(vm, product)
    }

    fn plus(mut self, vm: &mut Vm, term: Own) -> PyResult<SumProduct> {
        let total = vm.binary_op(self.total.addr(), term.addr(), BinaryOp::Add)?;
        vm.decref(term);
        let old = std::mem::replace(&mut self.total, total);
        vm.decref(old);
        Ok(self)
    }

    fn leave_ints(mut self, vm: &mut Vm) -> PyResult<SumProduct> {
        match self.ints.take() {
            Some(sum) if sum != 0 => {
                let term = int::new(vm, sum);
                self.plus(vm, term)
            }
            _ => Ok(self),
        }
    }

    fn leave_floats(mut self, vm: &mut Vm) -> PyResult<SumProduct> {
        match self.floats.take() {
            Some(sum) if self.floats_used => {
                let term = float::new(vm, sum.value());
                self.plus(vm, term)
            }
            _ => Ok(self),
        }
    }
}

/// The product of two exact ints, where it fits.
fn int_product(vm: &Vm, a: Addr, b: Addr) -> Option<i64> {
    if !int::check_exact(vm, a) || !int::check_exact(vm, b) {
        return None;
    }
    int::as_i64(vm, a)?.checked_mul(int::as_i64(vm, b)?)
}

/// Two exact floats, or one and an int or bool.
fn float_factors(vm: &Vm, a: Addr, b: Addr) -> Option<(f64, f64)> {
    let whole = |object: Addr| {
        let exact = int::check_exact(vm, object) || vm.type_of(object) == types::BOOL;
        if exact {
            int::nearest_f64(vm, object)
        } else {
            None
        }
    };
    match (float::exact(vm, a), float::exact(vm, b)) {
        (Some(x), Some(y)) => Some((x, y)),
        (Some(x), None) => Some((x, whole(b)?)),
        (None, Some(y)) => Some((whole(a)?, y)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_sums_lose_nothing() {
        let mut sum = Partials::default();
        for x in [1e16, 1.0, -1e16] {
            assert!(sum.add(x));
        }
        assert_eq!(sum.value(), 1.0);
        let mut sum = Partials::default();
        assert!((0..10).all(|_| sum.add(0.1)));
        assert_eq!(sum.value(), 1.0);
    }
}
