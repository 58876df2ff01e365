//! `cell`: a variable shared by a function and the functions inside it. CPython: `PyCellObject`.

use super::{GetSet, TypeSpec, alloc, flags, str, types};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{CompareOp, Slots};
use crate::python::vm::{Args, PyResult, Vm};

/// `ob_ref`: the value, `NULL` while unbound.
pub const REF: u64 = 16;

/// A new cell that takes over `value`.
pub fn new(vm: &mut Vm, value: Option<Own>) -> PyResult<Own> {
    let cell = alloc::alloc(vm, types::CELL, 0)?;
    vm.set_word(
        cell.addr(),
        REF,
        value.map_or(0, |value| value.into_addr().0),
    );
    gc::track(vm, cell.addr());
    Ok(cell)
}

fn dealloc(vm: &mut Vm, cell: Addr) {
    gc::untrack(vm, cell);
    let value = vm.word(cell, REF);
    vm.decref_word(value);
    alloc::free(vm, cell);
}

fn traverse(vm: &Vm, cell: Addr, visit: &mut dyn FnMut(Addr)) {
    if let Some(value) = vm.field(cell, REF).some() {
        visit(value);
    }
}

fn clear(vm: &mut Vm, cell: Addr) {
    vm.set_field(cell, REF, None);
}

fn repr(vm: &mut Vm, cell: Addr) -> PyResult<Own> {
    let text = match vm.field(cell, REF).some() {
        None => format!("<cell at {:#x}: empty>", cell.0),
        Some(value) => {
            let ty = vm.type_of(value);
            let name = vm.type_data(ty).full_name.clone();
            format!("<cell at {:#x}: {name} object at {:#x}>", cell.0, value.0)
        }
    };
    Ok(str::new(vm, &text))
}

fn compare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if vm.type_of(left) != types::CELL || vm.type_of(right) != types::CELL {
        return Ok(vm.not_implemented());
    }
    match (vm.field(left, REF).some(), vm.field(right, REF).some()) {
        (Some(a), Some(b)) => vm.rich_compare(a, b, op),
        (a, b) => Ok(vm.bool(op.holds(a.is_some().cmp(&b.is_some())))),
    }
}

fn construct(vm: &mut Vm, _class: Addr, args: Args) -> PyResult<Own> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("cell() takes no keyword arguments"));
    }
    if args.len() > 1 {
        let count = args.len();
        return Err(vm.type_error(format!("cell expected at most 1 argument, got {count}")));
    }
    let value = args.opt(vm, 0).map(|value| vm.incref(value));
    new(vm, value)
}

fn get_contents(vm: &mut Vm, cell: Addr) -> PyResult<Own> {
    match vm.field(cell, REF).some() {
        Some(value) => Ok(vm.incref(value)),
        None => Err(vm.value_error("cell is empty")),
    }
}

fn set_contents(vm: &mut Vm, cell: Addr, _: Addr, value: Option<Addr>) -> PyResult<()> {
    let value = value.map(|value| vm.incref(value));
    vm.set_field(cell, REF, value);
    Ok(())
}

fn fill(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(traverse);
    slots.clear = Some(clear);
    slots.repr = Some(repr);
    slots.richcompare = Some(compare);
    slots.new = Some(construct);
}

/// The type `cell`.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 24,
    flags: flags::HAVE_GC,
    slots: fill,
    getset: &[GetSet::write("cell_contents", get_contents, set_contents)],
    ..TypeSpec::new(types::CELL, "cell")
};
