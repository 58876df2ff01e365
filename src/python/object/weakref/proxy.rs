//! `weakref.proxy`: stands for its object until that is gone. CPython: `_PyWeakref_ProxyType`,
//! `_PyWeakref_CallableProxyType`, Objects/weakrefobject.c.

use super::{callback, is_proxy_type, referent};
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    BinaryOp, CompareOp, Method, Slots, TypeSpec, alloc, flags, str, types,
};
use crate::python::vm::{Args, PyResult, Vm};
use crate::python::{gc, object};

/// The type of proxies.
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::IMMUTABLETYPE | flags::DISALLOW_INSTANTIATION,
    slots: proxy_slots,
    methods: METHODS,
    ..TypeSpec::new(types::WEAKPROXY, "weakref.ProxyType")
};

/// The type of proxies for objects that can be called.
pub static CALLABLE_SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::IMMUTABLETYPE | flags::DISALLOW_INSTANTIATION,
    slots: |slots| {
        proxy_slots(slots);
        slots.call = Some(call);
    },
    methods: METHODS,
    ..TypeSpec::new(types::WEAKCALLABLEPROXY, "weakref.CallableProxyType")
};

const METHODS: &[Method] = &[
    Method::new("__bytes__", "()", bytes),
    Method::new("__reversed__", "()", reversed),
];

fn proxy_slots(slots: &mut Slots) {
    slots.dealloc = Some(dealloc);
    slots.traverse = Some(|vm, proxy, visit| {
        let callback = callback(vm, proxy);
        if !callback.is_null() {
            visit(callback);
        }
    });
    slots.clear = Some(super::detach);
    slots.repr = Some(repr);
    slots.str = Some(|vm, proxy| unary(vm, proxy, Vm::str));
    slots.hash = Some(|vm, proxy| {
        let name = vm.type_data(vm.type_of(proxy)).full_name.clone();
        Err(vm.type_error(format!("unhashable type: '{name}'")))
    });
    slots.getattro =
        Some(|vm, proxy, name| unary(vm, proxy, |vm, object| vm.get_attr(object, name)));
    slots.setattro = Some(|vm, proxy, name, value| {
        let held = live(vm, proxy)?;
        vm.set_attr(held.addr(), name, value)?;
        vm.decref(held);
        Ok(())
    });
    slots.richcompare = Some(richcompare);
    slots.iter = Some(|vm, proxy| unary(vm, proxy, Vm::get_iter));
    slots.iternext = Some(iternext);
    number_slots(slots);
    container_slots(slots);
}

fn number_slots(slots: &mut Slots) {
    slots.binary = BINARY.map(Some);
    slots.inplace = INPLACE.map(Some);
    slots.divmod = Some(|vm, left, right| builtin(vm, "divmod", left, right));
    slots.power = Some(|vm, base, exponent, modulus| power(vm, base, exponent, modulus, false));
    slots.inplace_power =
        Some(|vm, base, exponent, modulus| power(vm, base, exponent, modulus, true));
    slots.negative = Some(|vm, proxy| operator(vm, proxy, "__neg__", "unary -"));
    slots.positive = Some(|vm, proxy| operator(vm, proxy, "__pos__", "unary +"));
    slots.absolute = Some(|vm, proxy| operator(vm, proxy, "__abs__", "abs()"));
    slots.invert = Some(|vm, proxy| operator(vm, proxy, "__invert__", "unary ~"));
    slots.bool = Some(|vm, proxy| {
        let held = live(vm, proxy)?;
        let truth = vm.is_true(held.addr())?;
        vm.decref(held);
        Ok(truth)
    });
    slots.int = Some(|vm, proxy| construct(vm, proxy, types::INT));
    slots.float = Some(|vm, proxy| construct(vm, proxy, types::FLOAT));
    slots.index = Some(|vm, proxy| unary(vm, proxy, Vm::index));
}

fn container_slots(slots: &mut Slots) {
    let len: object::slots::LenFn = |vm, proxy| {
        let held = live(vm, proxy)?;
        let len = vm.len(held.addr())?;
        vm.decref(held);
        Ok(len)
    };
    slots.sq_length = Some(len);
    slots.mp_length = Some(len);
    slots.sq_contains = Some(|vm, proxy, item| {
        let held = live(vm, proxy)?;
        let contains = vm.contains(held.addr(), item)?;
        vm.decref(held);
        Ok(contains)
    });
    slots.mp_subscript =
        Some(|vm, proxy, key| unary(vm, proxy, |vm, object| vm.get_item(object, key)));
    slots.mp_ass_subscript = Some(|vm, proxy, key, value| {
        let held = live(vm, proxy)?;
        vm.set_item(held.addr(), key, value)?;
        vm.decref(held);
        Ok(())
    });
}

macro_rules! operators {
    ($name:ident, $method:ident: $($op:ident)*) => {
        const $name: [object::slots::BinaryFn; object::slots::BINARY_OPS] =
            [$(|vm, left, right| binary(vm, left, right, |vm, l, r| vm.$method(l, r, BinaryOp::$op)),)*];
    };
}
operators!(BINARY, binary_op: Add And FloorDivide LShift MatrixMultiply Multiply Remainder Or Power RShift Subtract
    TrueDivide Xor);
operators!(INPLACE, inplace_op: Add And FloorDivide LShift MatrixMultiply Multiply Remainder Or Power RShift Subtract
    TrueDivide Xor);

/// The object of a proxy, held for the time of an operation.
fn live(vm: &mut Vm, proxy: Addr) -> PyResult<Own> {
    let object = referent(vm, proxy);
    if object.is_null() {
        return Err(vm.reference_error("weakly-referenced object no longer exists"));
    }
    Ok(vm.incref(object))
}

/// The object of a proxy, or the object itself.
fn unwrap(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    if is_proxy_type(vm.type_of(object)) {
        live(vm, object)
    } else {
        Ok(vm.incref(object))
    }
}

fn unary(
    vm: &mut Vm,
    proxy: Addr,
    operation: impl FnOnce(&mut Vm, Addr) -> PyResult<Own>,
) -> PyResult<Own> {
    let held = live(vm, proxy)?;
    let result = operation(vm, held.addr())?;
    vm.decref(held);
    Ok(result)
}

fn binary(
    vm: &mut Vm,
    left: Addr,
    right: Addr,
    operation: impl FnOnce(&mut Vm, Addr, Addr) -> PyResult<Own>,
) -> PyResult<Own> {
    let (left, right) = (unwrap(vm, left)?, unwrap(vm, right)?);
    let result = operation(vm, left.addr(), right.addr())?;
    vm.decref(left);
    vm.decref(right);
    Ok(result)
}

/// A unary operator by its slot's method.
fn operator(vm: &mut Vm, proxy: Addr, method: &str, symbol: &str) -> PyResult<Own> {
    unary(vm, proxy, |vm, object| {
        let slots = vm.slots(object);
        let slot = match method {
            "__neg__" => slots.negative,
            "__pos__" => slots.positive,
            "__abs__" => slots.absolute,
            _ => slots.invert,
        };
        match slot {
            Some(slot) => slot(vm, object),
            None => {
                let name = vm.type_name(object);
                Err(vm.type_error(format!("bad operand type for {symbol}: '{name}'")))
            }
        }
    })
}

/// `int(object)`, `float(object)`.
fn construct(vm: &mut Vm, proxy: Addr, class: Addr) -> PyResult<Own> {
    unary(vm, proxy, |vm, object| vm.call(class, &[object]))
}

/// A binary function of `builtins`.
fn builtin(vm: &mut Vm, function: &str, left: Addr, right: Addr) -> PyResult<Own> {
    binary(vm, left, right, |vm, l, r| {
        let function = object::iterator::builtin(vm, function)?;
        let result = vm.call(function.addr(), &[l, r])?;
        vm.decref(function);
        Ok(result)
    })
}

fn power(vm: &mut Vm, base: Addr, exponent: Addr, modulus: Addr, inplace: bool) -> PyResult<Own> {
    binary(vm, base, exponent, |vm, l, r| {
        if modulus.is_null() || modulus == object::NONE {
            return if inplace {
                vm.inplace_op(l, r, BinaryOp::Power)
            } else {
                vm.binary_op(l, r, BinaryOp::Power)
            };
        }
        let function = object::iterator::builtin(vm, "pow")?;
        let result = vm.call(function.addr(), &[l, r, modulus])?;
        vm.decref(function);
        Ok(result)
    })
}

fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    binary(vm, left, right, |vm, l, r| vm.rich_compare(l, r, op))
}

fn iternext(vm: &mut Vm, proxy: Addr) -> PyResult<Option<Own>> {
    let held = live(vm, proxy)?;
    let Some(next) = vm.slots(held.addr()).iternext else {
        let name = vm.type_data(vm.type_of(held.addr())).full_name.clone();
        return Err(vm.type_error(format!(
            "Weakref proxy referenced a non-iterator '{name}' object"
        )));
    };
    let item = next(vm, held.addr())?;
    vm.decref(held);
    Ok(item)
}

fn call(vm: &mut Vm, proxy: Addr, args: Args) -> PyResult<Own> {
    unary(vm, proxy, |vm, object| vm.call_args(object, args))
}

fn repr(vm: &mut Vm, proxy: Addr) -> PyResult<Own> {
    let (at, object) = (proxy.0, referent(vm, proxy));
    let text = if object.is_null() {
        format!("<weakproxy at {at:#x}; dead>")
    } else {
        let name = vm.shown_type_name(vm.type_of(object))?;
        match vm.profile.names_tell_modules {
            true => format!("<weakproxy at {at:#x}; to '{name}' at {:#x}>", object.0),
            false => format!("<weakproxy at {at:#x} to {name} at {:#x}>", object.0),
        }
    };
    Ok(str::new(vm, &text))
}

fn bytes(vm: &mut Vm, proxy: Addr, _args: Args) -> PyResult<Own> {
    method(vm, proxy, "__bytes__")
}

fn reversed(vm: &mut Vm, proxy: Addr, _args: Args) -> PyResult<Own> {
    method(vm, proxy, "__reversed__")
}

fn method(vm: &mut Vm, proxy: Addr, name: &str) -> PyResult<Own> {
    unary(vm, proxy, |vm, object| {
        let name = str::intern_immortal(vm, name);
        vm.call_method(object, name, &[])
    })
}

fn dealloc(vm: &mut Vm, proxy: Addr) {
    gc::untrack(vm, proxy);
    super::detach(vm, proxy);
    alloc::free(vm, proxy);
}
