//! `operator.methodcaller`. CPython: `methodcallerobject`.
//!
//! ```text
//! 16  name     the method's name
//! 24  args     a tuple
//! 32  kwds     a dict, or NULL
//! ```

use super::itemgetter::push_separated;
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, Text};
use crate::python::object::{
    Method, Slots, TypeSpec, alloc, dict, flags, iterator, text, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const NAME: u64 = 16;
const ARGS: u64 = 24;
const KWDS: u64 = 32;

/// `operator.methodcaller`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 64,
    flags: flags::HAVE_GC | flags::HAVE_VECTORCALL,
    slots,
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return a callable object that calls the given method on its operand.\nAfter f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).",
    ),
    ..TypeSpec::new(types::METHODCALLER, "operator.methodcaller")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new);
    slots.dealloc = Some(|vm, object| iterator::dealloc_fields(vm, object, &[NAME, ARGS, KWDS]));
    slots.traverse =
        Some(|vm, object, visit| iterator::visit_fields(vm, object, &[NAME, ARGS, KWDS], visit));
    slots.clear = Some(|vm, object| iterator::clear_fields(vm, object, &[NAME, ARGS, KWDS]));
    slots.call = Some(call);
    slots.repr = Some(repr);
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let Some(name) = args.opt(vm, 0) else {
        return Err(vm.type_error("methodcaller needs at least one argument, the method name"));
    };
    if !str::check(vm, name) {
        return Err(vm.type_error("method name must be a string"));
    }
    let kwds = match args.keyword_count() {
        0 => None,
        _ => {
            let kwds = dict::new(vm);
            for (name, value) in args.keywords(vm) {
                dict::set(vm, kwds.addr(), name, value)?;
            }
            Some(kwds)
        }
    };
    let name = vm.incref(name);
    let name = str::intern_object(vm, name);
    let rest = args.skip(1).to_vec(vm);
    let rest = tuple::new(vm, &rest);
    let caller = alloc::alloc(vm, class, 0)?;
    vm.init_field(caller.addr(), NAME, name);
    vm.init_field(caller.addr(), ARGS, rest);
    if let Some(kwds) = kwds {
        vm.init_field(caller.addr(), KWDS, kwds);
    }
    crate::python::gc::track(vm, caller.addr());
    Ok(caller)
}

fn call(vm: &mut Vm, caller: Addr, args: Args) -> PyResult<Own> {
    if args.len() != 1 {
        let given = args.len();
        return Err(vm.type_error(format!("methodcaller expected 1 argument, got {given}")));
    }
    if args.keyword_count() > 0 {
        return Err(vm.type_error("methodcaller() takes no keyword arguments"));
    }
    let (object, name) = (args.get(vm, 0), vm.field(caller, NAME));
    let (args, kwds) = (vm.field(caller, ARGS), vm.field(caller, KWDS));
    if kwds.is_null() {
        let args = tuple::items(vm, args);
        return vm.call_method(object, name, &args);
    }
    let method = vm.get_attr(object, name)?;
    let result = vm.call_tuple_dict(method.addr(), args, kwds)?;
    vm.decref(method);
    Ok(result)
}

fn repr(vm: &mut Vm, caller: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    text.push_str("operator.methodcaller(");
    if !vm.repr_enter(caller) {
        text.push_str("...)");
        return text.finish(vm);
    }
    let result = push_arguments(vm, &mut text, caller);
    vm.repr_leave(caller);
    result?;
    text.push_str(")");
    text.finish(vm)
}

fn push_arguments(vm: &mut Vm, text: &mut Text, caller: Addr) -> PyResult<()> {
    let mut shown = vec![vm.field(caller, NAME)];
    shown.extend(tuple::items(vm, vm.field(caller, ARGS)));
    push_separated(vm, text, &shown)?;
    let kwds = vm.field(caller, KWDS);
    if kwds.is_null() {
        return Ok(());
    }
    for (name, value) in dict::items(vm, kwds) {
        text.push_str(", ");
        text.push_view(str::view(vm, name));
        text.push_str("=");
        text::push_repr(vm, text, value)?;
    }
    Ok(())
}

/// With keywords, the class and they go into a `functools.partial`.
fn reduce(vm: &mut Vm, caller: Addr, _: Args) -> PyResult<Own> {
    let (class, kwds) = (vm.type_of(caller), vm.field(caller, KWDS));
    let mut args = vec![vm.field(caller, NAME)];
    args.extend(tuple::items(vm, vm.field(caller, ARGS)));
    if kwds.is_null() {
        let (class, args) = (vm.incref(class), tuple::new(vm, &args));
        return Ok(tuple::pair(vm, class, args));
    }
    let head = tuple::new(vm, &[class, args[0]]);
    let partial = vm.call_tuple_dict(types::PARTIAL, head.addr(), kwds)?;
    vm.decref(head);
    let rest = vm.field(caller, ARGS);
    let rest = vm.incref(rest);
    Ok(tuple::pair(vm, partial, rest))
}
