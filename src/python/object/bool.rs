//! `bool`: the two ints `False` and `True`. CPython: `PyBool_Type`, Objects/boolobject.c.

use super::{BinaryOp, Slots, TRUE, TypeSpec, flags, int, str, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{Args, PyResult, Vm};

/// `bool`
pub static SPEC: TypeSpec = TypeSpec {
    base: types::INT,
    basicsize: 24,
    itemsize: 4,
    flags: flags::LONG_SUBCLASS | flags::MATCH_SELF,
    slots,
    doc: Some(
        "Returns True when the argument is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
    ),
    ..TypeSpec::new(types::BOOL, "bool")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new_slot);
    slots.repr = Some(repr);
    slots.invert = Some(invert);
    slots.binary[BinaryOp::And as usize] =
        Some(|vm, left, right| bitwise(vm, left, right, |a, b| a & b, int::and));
    slots.binary[BinaryOp::Or as usize] =
        Some(|vm, left, right| bitwise(vm, left, right, |a, b| a | b, int::or));
    slots.binary[BinaryOp::Xor as usize] =
        Some(|vm, left, right| bitwise(vm, left, right, |a, b| a ^ b, int::xor));
}

fn new_slot(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("bool() takes no keyword arguments"));
    }
    if args.len() > 1 {
        let given = args.len();
        return Err(vm.type_error(format!("bool expected at most 1 argument, got {given}")));
    }
    let value = match args.opt(vm, 0) {
        Some(object) => vm.is_true(object)?,
        None => false,
    };
    Ok(vm.bool(value))
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    Ok(str::intern(
        vm,
        if object == TRUE { "True" } else { "False" },
    ))
}

/// Of two bools a bool; else what ints do.
fn bitwise(
    vm: &mut Vm,
    left: Addr,
    right: Addr,
    of_bools: fn(bool, bool) -> bool,
    of_ints: fn(&mut Vm, Addr, Addr) -> PyResult<Own>,
) -> PyResult<Own> {
    if vm.type_of(left) == types::BOOL && vm.type_of(right) == types::BOOL {
        return Ok(vm.bool(of_bools(left == TRUE, right == TRUE)));
    }
    if int::check(vm, left) && int::check(vm, right) {
        of_ints(vm, left, right)
    } else {
        Ok(vm.not_implemented())
    }
}

/// `~True`: as an int, and deprecated.
fn invert(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    vm.warn(
        types::DEPRECATION_WARNING,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise \
         inversion of the underlying int object and is usually not what you expect from the negation of a bool. \
         Use the 'not' operator for boolean negation or ~int(x) for the bitwise inversion of the underlying int.",
    )?;
    Ok(int::new(vm, if object == TRUE { -2 } else { -1 }))
}
