//! `itertools.count`. CPython: `countobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, Method, Slots, TypeSpec, flags, int,
    text::{self, Text},
    tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `cnt`: the next number, `i64::MAX` when `long_cnt` has it.
const COUNT: u64 = 16;
/// Offset of `long_cnt`.
const LONG_COUNT: u64 = 24;
/// Offset of `long_step`.
const STEP: u64 = 32;

/// `itertools.count`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[LONG_COUNT, STEP], new_slot, next);
        slots.repr = Some(repr);
    },
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return a count object whose .__next__() method returns consecutive values.\n\n\
         Equivalent to:\n    def count(firstval=0, step=1):\n        x = firstval\n        while 1:\n            \
         yield x\n            x += step",
    ),
    ..TypeSpec::new(types::IT_COUNT, "itertools.count")
};

fn is_number(vm: &Vm, object: Addr) -> bool {
    let slots = vm.slots(object);
    slots.index.is_some()
        || slots.int.is_some()
        || slots.float.is_some()
        || vm.type_check(object, types::COMPLEX)
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [start, step] = args.bind::<2>(vm, "count", "(start=0, step=1)")?;
    if [start, step]
        .into_iter()
        .any(|part| !part.is_null() && !is_number(vm, part))
    {
        return Err(vm.type_error("a number is required"));
    }
    let step_is_one =
        step.is_null() || (vm.type_of(step) == types::INT && int::as_i64(vm, step) == Some(1));
    let step = match step.some() {
        Some(step) => vm.incref(step),
        None => int::new(vm, 1),
    };
    let small = match start.some() {
        None => Some(0),
        Some(start) if vm.has_flag(start, flags::LONG_SUBCLASS) => int::as_i64(vm, start),
        Some(_) => None,
    };
    let fast = small.filter(|small| step_is_one && *small < i64::MAX);
    let object = match fast {
        Some(_) => make(vm, class, [(STEP, step)])?,
        None => {
            let start = match start.some() {
                Some(start) => vm.incref(start),
                None => int::new(vm, 0),
            };
            make(vm, class, [(LONG_COUNT, start), (STEP, step)])?
        }
    };
    vm.set_word(object.addr(), COUNT, fast.unwrap_or(i64::MAX) as u64);
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let count = vm.word(object, COUNT) as i64;
    if count < i64::MAX {
        vm.set_word(object, COUNT, (count + 1) as u64);
        return Ok(Some(int::new(vm, count)));
    }
    let current = match vm.field(object, LONG_COUNT).some() {
        Some(current) => vm.incref(current),
        None => int::new(vm, i64::MAX),
    };
    let following = vm.binary_op(current.addr(), vm.field(object, STEP), BinaryOp::Add)?;
    let old = vm.replace_field(object, LONG_COUNT, Some(following));
    vm.xdecref(old);
    Ok(Some(current))
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let count = vm.word(object, COUNT) as i64;
    let mut text = Text::new();
    text.push_str(&vm.type_data(vm.type_of(object)).name.clone());
    text.push_str("(");
    if count < i64::MAX {
        text.push_str(&count.to_string());
    } else {
        let long = vm.field(object, LONG_COUNT);
        text::push_repr(vm, &mut text, long)?;
        let step = vm.field(object, STEP);
        if vm.type_of(step) != types::INT || int::as_i64(vm, step) != Some(1) {
            text.push_str(", ");
            text::push_repr(vm, &mut text, step)?;
        }
    }
    text.push_str(")");
    text.finish(vm)
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let class = vm.incref(vm.type_of(object));
    let count = vm.word(object, COUNT) as i64;
    let arguments = if count < i64::MAX {
        let count = int::new(vm, count);
        tuple::from_owned(vm, vec![count])
    } else {
        let parts = [vm.field(object, LONG_COUNT), vm.field(object, STEP)];
        tuple::new(vm, &parts)
    };
    Ok(tuple::pair(vm, class, arguments))
}
