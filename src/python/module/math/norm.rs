//! `hypot` and `dist`: Euclidean lengths, to within a rounding of the last place.

use super::exact::{fast_two_sum, two_product};
use crate::python::memory::{Addr, Own};
use crate::python::object::{float, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};

/// The length of the vector.
///
/// The squares are summed without loss after scaling by a power of two, and the root is corrected by what its
/// own square misses.
fn length(vector: &[f64]) -> f64 {
    let max = vector
        .iter()
        .fold(0f64, |max, x| if x.abs() > max { x.abs() } else { max });
    if max.is_infinite() {
        return max;
    }
    if vector.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || vector.len() <= 1 {
        return max;
    }
    let exponent = float::frexp(max).1;
    if exponent < -1023 {
        // The scale would overflow: out of the subnormal numbers first.
        let normal: Vec<f64> = vector.iter().map(|x| x / f64::MIN_POSITIVE).collect();
        return f64::MIN_POSITIVE * length(&normal);
    }
    let scale = float::ldexp(1.0, -exponent);
    let mut sum = Squares {
        total: 1.0,
        of_products: 0.0,
        of_sums: 0.0,
    };
    for x in vector {
        let x = x * scale;
        sum.add(two_product(x, x));
    }
    let root = sum.value().sqrt();
    sum.add(two_product(-root, root));
    (root + sum.value() / (2.0 * root)) / scale
}

/// A sum that begins at 1, so that every term is smaller, and what rounding took from it.
struct Squares {
    total: f64,
    of_products: f64,
    of_sums: f64,
}

impl Squares {
    fn add(&mut self, product: (f64, f64)) {
        let sum = fast_two_sum(self.total, product.0);
        self.total = sum.0;
        self.of_products += product.1;
        self.of_sums += sum.1;
    }

    fn value(&self) -> f64 {
        self.total - 1.0 + (self.of_products + self.of_sums)
    }
}

/// `math.hypot(*coordinates)`
pub fn hypot(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let mut vector = Vec::with_capacity(args.len());
    for i in 0..args.len() {
        vector.push(super::argument(vm, args, i)?.abs());
    }
    Ok(float::new(vm, length(&vector)))
}

/// `math.dist(p, q)`
pub fn dist(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let (p, q) = (
        as_tuple(vm, args.get(vm, 0))?,
        as_tuple(vm, args.get(vm, 1))?,
    );
    let count = tuple::len(vm, p.addr());
    if count != tuple::len(vm, q.addr()) {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut vector = Vec::with_capacity(count);
    for i in 0..count {
        let a = vm.as_double(tuple::item(vm, p.addr(), i))?;
        let b = vm.as_double(tuple::item(vm, q.addr(), i))?;
        vector.push((a - b).abs());
    }
    vm.decref(p);
    vm.decref(q);
    Ok(float::new(vm, length(&vector)))
}

fn as_tuple(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if vm.type_check(object, types::TUPLE) {
        return Ok(vm.incref(object));
    }
    let items = vm.collect(object)?;
    Ok(tuple::from_owned(vm, items))
}
