//! `None`, `NotImplemented` and `...`. CPython: `_Py_NoneStruct` and its siblings, Objects/object.c.

use super::{ELLIPSIS, Method, NONE, NOT_IMPLEMENTED, OB_TYPE, Slots, TypeSpec, str, types};
use crate::python::memory::Addr;
use crate::python::vm::{Args, PyResult, Vm};

/// `__reduce__` of `...` and `NotImplemented`: their names, under which `builtins` has them.
const REDUCE: &[Method] = &[Method::new("__reduce__", "()", |vm, object, _| {
    let text = vm.repr_text(object)?;
    Ok(str::new(vm, &text))
})];

const fn spec(address: Addr, name: &'static str, slots: fn(&mut Slots)) -> TypeSpec {
    TypeSpec {
        slots,
        ..TypeSpec::new(address, name)
    }
}

/// The three types.
pub static SPECS: [TypeSpec; 3] = [
    spec(types::NONE_TYPE, "NoneType", none_slots),
    TypeSpec {
        methods: REDUCE,
        ..spec(
            types::NOT_IMPLEMENTED_TYPE,
            "NotImplementedType",
            not_implemented_slots,
        )
    },
    TypeSpec {
        methods: REDUCE,
        ..spec(types::ELLIPSIS_TYPE, "ellipsis", ellipsis_slots)
    },
];

/// Writes the three objects.
pub fn init(vm: &mut Vm) {
    for (object, ty) in [
        (NONE, types::NONE_TYPE),
        (NOT_IMPLEMENTED, types::NOT_IMPLEMENTED_TYPE),
        (ELLIPSIS, types::ELLIPSIS_TYPE),
    ] {
        vm.set_immortal(object);
        vm.set_word(object, OB_TYPE, ty.0);
    }
}

fn no_arguments(vm: &mut Vm, args: Args, name: &str) -> PyResult<()> {
    if args.is_empty() && args.keyword_count() == 0 {
        return Ok(());
    }
    Err(vm.type_error(format!("{name} takes no arguments")))
}

fn none_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, object| vm.set_immortal(object));
    slots.repr = Some(|vm, _| Ok(str::new(vm, "None")));
    slots.bool = Some(|_, _| Ok(false));
    // `_Py_HashPointer` until 3.11; a constant since, so that sets of `None` have one order.
    slots.hash = Some(|_, _| Ok(0xFCA8_6420));
    slots.new = Some(|vm, _class, args| {
        no_arguments(vm, args, "NoneType")?;
        Ok(vm.incref(NONE))
    });
}

fn not_implemented_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, object| vm.set_immortal(object));
    slots.repr = Some(|vm, _| Ok(str::new(vm, "NotImplemented")));
    slots.bool = Some(|vm, _| {
        let words = "NotImplemented should not be used in a boolean context";
        vm.warn(types::DEPRECATION_WARNING, words)?;
        Ok(true)
    });
    slots.new = Some(|vm, _class, args| {
        no_arguments(vm, args, "NotImplementedType")?;
        Ok(vm.incref(NOT_IMPLEMENTED))
    });
}

fn ellipsis_slots(slots: &mut Slots) {
    slots.dealloc = Some(|vm, object| vm.set_immortal(object));
    slots.repr = Some(|vm, _| Ok(str::new(vm, "Ellipsis")));
    slots.new = Some(|vm, _class, args| {
        no_arguments(vm, args, "EllipsisType")?;
        Ok(vm.incref(ELLIPSIS))
    });
}
