//! Slots of classes made in Python: each looks its special method up and calls it. CPython: the `slot_*`
//! functions of Objects/typeobject.c.

use crate::python::memory::{Addr, Own};
use crate::python::object::slots::{BINARY_OPS, CompareOp, Slots};
use crate::python::object::{NONE, flags, int, object, types};
use crate::python::vm::{Args, PyResult, Vm};

/// `object.name(*args)` of a special method; an `AttributeError` with the name if it is gone.
fn ask(vm: &mut Vm, object: Addr, name: Addr, args: &[Addr]) -> PyResult<Own> {
    match vm.call_special(object, name, args)? {
        Some(result) => Ok(result),
        None => {
            let text = vm.name_text(name);
            Err(vm.attribute_error_text(text))
        }
    }
}

/// The special method's answer, `NotImplemented` where there is none.
fn maybe(vm: &mut Vm, object: Addr, name: Addr, args: &[Addr]) -> PyResult<Own> {
    match vm.call_special(object, name, args)? {
        Some(result) => Ok(result),
        None => Ok(vm.not_implemented()),
    }
}

/// A special method of the object's type, and whether it is a function that takes the object first. CPython:
/// `lookup_maybe_method`.
fn lookup_maybe_method(vm: &mut Vm, object: Addr, name: Addr) -> PyResult<Option<(Own, bool)>> {
    let ty = vm.type_of(object);
    match vm.type_lookup(ty, name) {
        Some(found) if vm.has_flag(found, flags::METHOD_DESCRIPTOR) => {
            Ok(Some((vm.incref(found), true)))
        }
        Some(_) => Ok(vm
            .lookup_special(object, name)?
            .map(|method| (method, false))),
        None => Ok(None),
    }
}

/// Names of the operators: plain, reflected, in-place.
fn binary_names(vm: &Vm, op: usize) -> (Addr, Addr, Addr) {
    let n = &vm.names;
    [
        (n.__add__, n.__radd__, n.__iadd__),
        (n.__and__, n.__rand__, n.__iand__),
        (n.__floordiv__, n.__rfloordiv__, n.__ifloordiv__),
        (n.__lshift__, n.__rlshift__, n.__ilshift__),
        (n.__matmul__, n.__rmatmul__, n.__imatmul__),
        (n.__mul__, n.__rmul__, n.__imul__),
        (n.__mod__, n.__rmod__, n.__imod__),
        (n.__or__, n.__ror__, n.__ior__),
        (n.__pow__, n.__rpow__, n.__ipow__),
        (n.__rshift__, n.__rrshift__, n.__irshift__),
        (n.__sub__, n.__rsub__, n.__isub__),
        (n.__truediv__, n.__rtruediv__, n.__itruediv__),
        (n.__xor__, n.__rxor__, n.__ixor__),
    ][op]
}

/// Both sides of a binary operator. `is_generic` says whether a type's slot is the function that calls this.
fn both_sides(
    vm: &mut Vm,
    left: Addr,
    right: Addr,
    names: (Addr, Addr),
    is_generic: fn(&Slots) -> bool,
) -> PyResult<Own> {
    let (left_type, right_type) = (vm.type_of(left), vm.type_of(right));
    let mut ask_right = left_type != right_type && is_generic(vm.slots(right));
    if is_generic(vm.slots(left)) {
        if ask_right && vm.is_subtype(right_type, left_type) && overrides(vm, left, right, names.1)?
        {
            let result = maybe(vm, right, names.1, &[left])?;
            if !super::slotdefs::declined(&result) {
                return Ok(result);
            }
            vm.decref(result);
            ask_right = false;
        }
        let result = maybe(vm, left, names.0, &[right])?;
        if !super::slotdefs::declined(&result) || left_type == right_type {
            return Ok(result);
        }
        vm.decref(result);
    }
    if ask_right {
        return maybe(vm, right, names.1, &[left]);
    }
    Ok(vm.not_implemented())
}

/// Whether the right side's class defines the reflected method anew. CPython: `method_is_overloaded`.
fn overrides(vm: &mut Vm, left: Addr, right: Addr, name: Addr) -> PyResult<bool> {
    let (left_type, right_type) = (vm.type_of(left), vm.type_of(right));
    let Some(theirs) = vm.get_attr_opt(right_type, name)? else {
        return Ok(false);
    };
    let Some(mine) = vm.get_attr_opt(left_type, name)? else {
        vm.decref(theirs);
        return Ok(true);
    };
    let different = vm.rich_compare_bool(mine.addr(), theirs.addr(), CompareOp::Ne);
    vm.decref(mine);
    vm.decref(theirs);
    different
}

pub fn binary<const OP: usize>(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    const { assert!(OP < BINARY_OPS) };
    let (name, reflected, _) = binary_names(vm, OP);
    let is_generic = |slots: &Slots| {
        slots.binary[OP].is_some_and(|slot| slot as usize == binary::<OP> as *const () as usize)
    };
    both_sides(vm, left, right, (name, reflected), is_generic)
}

pub fn inplace<const OP: usize>(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let (_, _, name) = binary_names(vm, OP);
    ask(vm, left, name, &[right])
}

pub fn power(vm: &mut Vm, left: Addr, right: Addr, modulus: Addr) -> PyResult<Own> {
    let names = (vm.names.__pow__, vm.names.__rpow__);
    let is_generic = |slots: &Slots| {
        slots
            .power
            .is_some_and(|slot| slot as usize == power as *const () as usize)
    };
    if modulus == NONE {
        return both_sides(vm, left, right, names, is_generic);
    }
    // Three arguments are never reflected.
    if is_generic(vm.slots(left)) {
        maybe(vm, left, names.0, &[right, modulus])
    } else {
        Ok(vm.not_implemented())
    }
}

pub fn inplace_power(vm: &mut Vm, left: Addr, right: Addr, _modulus: Addr) -> PyResult<Own> {
    ask(vm, left, vm.names.__ipow__, &[right])
}

pub fn divmod(vm: &mut Vm, left: Addr, right: Addr) -> PyResult<Own> {
    let names = (vm.names.__divmod__, vm.names.__rdivmod__);
    both_sides(vm, left, right, names, |slots| {
        slots
            .divmod
            .is_some_and(|slot| slot as usize == divmod as *const () as usize)
    })
}

macro_rules! unary {
    ($($function:ident $name:ident;)*) => {
        $(
            pub fn $function(vm: &mut Vm, object: Addr) -> PyResult<Own> {
                ask(vm, object, vm.names.$name, &[])
            }
        )*
    };
}

unary! {
    negative __neg__;
    positive __pos__;
    absolute __abs__;
    invert __invert__;
    int __int__;
    float __float__;
    index __index__;
    am_await __await__;
    am_aiter __aiter__;
    am_anext __anext__;
    str __str__;
}

pub fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    match vm.call_special(object, vm.names.__repr__, &[])? {
        Some(result) => Ok(result),
        None => {
            let text = vm.default_repr_text(object);
            Ok(crate::python::object::str::new(vm, &text))
        }
    }
}

pub fn hash(vm: &mut Vm, object: Addr) -> PyResult<i64> {
    let ty = vm.type_of(object);
    let found = vm.type_lookup(ty, vm.names.__hash__);
    if found.is_none_or(|found| found == NONE) {
        return Err(vm.unhashable(object));
    }
    let result = ask(vm, object, vm.names.__hash__, &[])?;
    if !vm.has_flag(result.addr(), flags::LONG_SUBCLASS) {
        return Err(vm.type_error("__hash__ method should return an integer"));
    }
    let hash = match int::as_i64(vm, result.addr()) {
        Some(value) => value,
        // Too large for a word: the int's own hash stands for it.
        None => vm.hash(result.addr())?,
    };
    vm.decref(result);
    Ok(if hash == -1 { -2 } else { hash })
}

pub fn call(vm: &mut Vm, object: Addr, args: Args) -> PyResult<Own> {
    let held = vm.hold_arguments(args)?;
    let Some((method, is_unbound)) = lookup_maybe_method(vm, object, vm.names.__call__)? else {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("'{name}' object is not callable")));
    };
    vm.enter_native(" while calling a Python object")?;
    let result = match is_unbound {
        true => vm.call_prepend(method.addr(), object, args),
        false => vm.call_args(method.addr(), args),
    };
    vm.leave_native();
    vm.decref(method);
    vm.drop_arguments(held);
    result
}

pub fn getattro(vm: &mut Vm, object: Addr, name: Addr) -> PyResult<Own> {
    let ty = vm.type_of(object);
    let fallback = vm.type_lookup(ty, vm.names.__getattr__);
    let getattribute = vm.type_lookup(ty, vm.names.__getattribute__);
    let plain = getattribute.is_none_or(|found| super::is_object_getattribute(vm, found));
    let result = if plain {
        if fallback.is_none() {
            return object::generic_getattr(vm, object, name);
        }
        // Not found is the usual case for `__getattr__`: no exception is made for it.
        match object::generic_getattr_opt(vm, object, name, None) {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => None,
            Err(raised) => Some(raised),
        }
    } else {
        match ask(vm, object, vm.names.__getattribute__, &[name]) {
            Ok(value) => return Ok(value),
            Err(raised) => Some(raised),
        }
    };
    if let Some(raised) = result {
        if fallback.is_none() || !vm.raised_is(types::ATTRIBUTE_ERROR) {
            return Err(raised);
        }
        vm.clear_raised();
    }
    if vm.profile.getattr_is_bound
        && let Some(method) = vm.lookup_special(object, vm.names.__getattr__)?
    {
        let result = vm.call(method.addr(), &[name]);
        vm.decref(method);
        return result;
    }
    ask(vm, object, vm.names.__getattr__, &[name])
}

pub fn setattro(vm: &mut Vm, object: Addr, name: Addr, value: Option<Addr>) -> PyResult<()> {
    let result = match value {
        Some(value) => ask(vm, object, vm.names.__setattr__, &[name, value]),
        None => ask(vm, object, vm.names.__delattr__, &[name]),
    }?;
    vm.decref(result);
    Ok(())
}

pub fn richcompare(vm: &mut Vm, left: Addr, right: Addr, op: CompareOp) -> PyResult<Own> {
    let n = &vm.names;
    let name = [n.__lt__, n.__le__, n.__eq__, n.__ne__, n.__gt__, n.__ge__][op as usize];
    let ty = vm.type_of(left);
    match vm.type_lookup(ty, name) {
        Some(found) if vm.has_flag(found, flags::METHOD_DESCRIPTOR) => {
            maybe(vm, left, name, &[right])
        }
        Some(_) => match vm.lookup_special(left, name) {
            Ok(Some(method)) => {
                let result = vm.call(method.addr(), &[right]);
                vm.decref(method);
                result
            }
            Ok(None) => Ok(vm.not_implemented()),
            // A method that cannot be had does not compare.
            Err(raised) if vm.stop.is_some() => Err(raised),
            Err(_) => {
                vm.clear_raised();
                Ok(vm.not_implemented())
            }
        },
        None => Ok(vm.not_implemented()),
    }
}

pub fn iter(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let ty = vm.type_of(object);
    let found = vm.type_lookup(ty, vm.names.__iter__);
    match found {
        Some(NONE) => {}
        Some(_) => return ask(vm, object, vm.names.__iter__, &[]),
        None if vm.type_lookup(ty, vm.names.__getitem__).is_some() => {
            return crate::python::object::iterator::new(vm, object);
        }
        None => {}
    }
    let name = vm.type_name(object);
    Err(vm.type_error(format!("'{name}' object is not iterable")))
}

pub fn iternext(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    ask(vm, object, vm.names.__next__, &[]).map(Some)
}

pub fn descr_get(
    vm: &mut Vm,
    descriptor: Addr,
    object: Option<Addr>,
    class: Option<Addr>,
) -> PyResult<Own> {
    let ty = vm.type_of(descriptor);
    if vm.type_lookup(ty, vm.names.__get__).is_none() {
        return Ok(vm.incref(descriptor));
    }
    ask(
        vm,
        descriptor,
        vm.names.__get__,
        &[object.unwrap_or(NONE), class.unwrap_or(NONE)],
    )
}

pub fn descr_set(vm: &mut Vm, descriptor: Addr, object: Addr, value: Option<Addr>) -> PyResult<()> {
    let result = match value {
        Some(value) => ask(vm, descriptor, vm.names.__set__, &[object, value]),
        None => ask(vm, descriptor, vm.names.__delete__, &[object]),
    }?;
    vm.decref(result);
    Ok(())
}

pub fn init(vm: &mut Vm, object: Addr, args: Args) -> PyResult<()> {
    let Some((method, is_unbound)) = lookup_maybe_method(vm, object, vm.names.__init__)? else {
        return Err(vm.attribute_error_text("__init__"));
    };
    let result = match is_unbound {
        true => vm.call_prepend(method.addr(), object, args),
        false => vm.call_args(method.addr(), args),
    };
    vm.decref(method);
    let result = result?;
    if result.addr() != NONE {
        let name = vm.type_name(result.addr());
        return Err(vm.type_error(format!("__init__() should return None, not '{name}'")));
    }
    vm.decref(result);
    Ok(())
}

pub fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let function = vm.get_attr(class, vm.names.__new__)?;
    let result = vm.call_prepend(function.addr(), class, args);
    vm.decref(function);
    result
}

/// `__del__`, with the exception that is being raised set aside. CPython: `slot_tp_finalize`.
pub fn finalize(vm: &mut Vm, object: Addr) {
    let saved = vm.raised.take();
    let ty = vm.type_of(object);
    let plain = vm
        .type_lookup(ty, vm.names.__del__)
        .filter(|found| vm.has_flag(*found, flags::METHOD_DESCRIPTOR));
    // A function is called, and named in a message, without a bound method around it.
    let (method, arguments) = match plain {
        Some(function) => (Ok(Some(vm.incref(function))), vec![object]),
        None => (vm.lookup_special(object, vm.names.__del__), Vec::new()),
    };
    match method {
        Ok(Some(method)) => {
            match vm.call(method.addr(), &arguments) {
                Ok(result) => vm.decref(result),
                Err(_) => vm.write_unraisable_while(method.addr(), "calling deallocator"),
            }
            vm.decref(method);
        }
        Ok(None) => {}
        Err(_) => vm.clear_raised(),
    }
    vm.raised = saved;
}

pub fn bool(vm: &mut Vm, object: Addr) -> PyResult<bool> {
    let result = match vm.call_special(object, vm.names.__bool__, &[])? {
        Some(result) => result,
        None => return Ok(length(vm, object)? > 0),
    };
    if vm.type_of(result.addr()) != types::BOOL {
        let name = vm.type_name(result.addr());
        return Err(vm.type_error(format!("__bool__ should return bool, returned {name}")));
    }
    let truth = vm.is_true(result.addr());
    vm.decref(result);
    truth
}

pub fn length(vm: &mut Vm, object: Addr) -> PyResult<usize> {
    let result = ask(vm, object, vm.names.__len__, &[])?;
    let index = vm.index(result.addr())?;
    vm.decref(result);
    if int::is_negative(vm, index.addr()) {
        return Err(vm.value_error("__len__() should return >= 0"));
    }
    let length = vm.index_value(index.addr(), types::OVERFLOW_ERROR)?;
    vm.decref(index);
    Ok(length as usize)
}

pub fn sq_item(vm: &mut Vm, object: Addr, index: isize) -> PyResult<Own> {
    let key = int::new(vm, index as i64);
    let result = ask(vm, object, vm.names.__getitem__, &[key.addr()]);
    vm.decref(key);
    result
}

pub fn sq_ass_item(vm: &mut Vm, object: Addr, index: isize, value: Option<Addr>) -> PyResult<()> {
    let key = int::new(vm, index as i64);
    let result = mp_ass_subscript(vm, object, key.addr(), value);
    vm.decref(key);
    result
}

pub fn sq_contains(vm: &mut Vm, object: Addr, key: Addr) -> PyResult<bool> {
    let ty = vm.type_of(object);
    match vm.type_lookup(ty, vm.names.__contains__) {
        Some(NONE) => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("'{name}' object is not a container")))
        }
        Some(_) => {
            let result = ask(vm, object, vm.names.__contains__, &[key])?;
            let truth = vm.is_true(result.addr());
            vm.decref(result);
            truth
        }
        None => {
            let iterator = vm.get_iter(object)?;
            while let Some(item) = vm.iter_next(iterator.addr())? {
                let same = vm.equal(item.addr(), key)?;
                vm.decref(item);
                if same {
                    vm.decref(iterator);
                    return Ok(true);
                }
            }
            vm.decref(iterator);
            Ok(false)
        }
    }
}

pub fn mp_subscript(vm: &mut Vm, object: Addr, key: Addr) -> PyResult<Own> {
    ask(vm, object, vm.names.__getitem__, &[key])
}

pub fn mp_ass_subscript(vm: &mut Vm, object: Addr, key: Addr, value: Option<Addr>) -> PyResult<()> {
    let result = match value {
        Some(value) => ask(vm, object, vm.names.__setitem__, &[key, value]),
        None => ask(vm, object, vm.names.__delitem__, &[key]),
    }?;
    vm.decref(result);
    Ok(())
}
