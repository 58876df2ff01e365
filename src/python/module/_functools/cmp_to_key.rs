//! `functools.KeyWrapper`: what `cmp_to_key` gives, and each key that it makes. CPython: `keyobject`.

use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    CompareOp, Member, MemberKind, Slots, TypeSpec, alloc, flags, int, iterator, object, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `cmp`.
const COMPARE: u64 = 16;
/// Offset of `object`, `NULL` in what `cmp_to_key` gives.
const OBJECT: u64 = 24;

/// `functools.KeyWrapper`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, key| iterator::dealloc_fields(vm, key, &[COMPARE, OBJECT]));
        slots.traverse = Some(|vm, key, visit| {
            iterator::visit_fields(vm, key, &[COMPARE, OBJECT], visit);
        });
        slots.clear = Some(|vm, key| iterator::clear_fields(vm, key, &[COMPARE, OBJECT]));
        slots.call = Some(call);
        slots.hash = Some(object::hash_not_implemented);
        slots.richcompare = Some(richcompare);
    },
    members: &[Member {
        name: "obj",
        kind: MemberKind::ObjectOrNone,
        offset: OBJECT as u32,
        writable: true,
    }],
    doc: None,
    ..TypeSpec::new(types::KEY_WRAPPER, "functools.KeyWrapper")
};

/// `functools.cmp_to_key(mycmp)`
pub fn make(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let compare = args.get(vm, 0);
    wrap(vm, compare, Addr::NULL)
}

fn wrap(vm: &mut Vm, compare: Addr, object: Addr) -> PyResult<Own> {
    let key = alloc::alloc(vm, types::KEY_WRAPPER, 0)?;
    let compare = vm.incref(compare);
    vm.init_field(key.addr(), COMPARE, compare);
    if let Some(object) = object.some() {
        let object = vm.incref(object);
        vm.init_field(key.addr(), OBJECT, object);
    }
    gc::track(vm, key.addr());
    Ok(key)
}

fn call(vm: &mut Vm, key: Addr, args: Args) -> PyResult<Own> {
    let [object] = args.bind::<1>(vm, "K", "(obj)")?;
    let compare = vm.field(key, COMPARE);
    wrap(vm, compare, object)
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    if vm.type_of(right) != types::KEY_WRAPPER || vm.type_of(left) != types::KEY_WRAPPER {
        return Err(vm.type_error("other argument must be K instance"));
    }
    let (x, y) = (vm.field(left, OBJECT), vm.field(right, OBJECT));
    if x.is_null() || y.is_null() {
        return Err(vm.attribute_error_text("object"));
    }
    let compare = vm.field(left, COMPARE);
    let result = vm.call(compare, &[x, y])?;
    let zero = int::new(vm, 0);
    let answer = vm.rich_compare(result.addr(), zero.addr(), op)?;
    vm.decref(zero);
    vm.decref(result);
    Ok(answer)
}
