//! `itertools.repeat`. CPython: `repeatobject`.

use super::{iterator_slots, make, pickle};
use crate::python::memory::{Addr, Own};
use crate::python::object::index;
use crate::python::object::{
    Method, Slots, TypeSpec, flags, int,
    text::{self, Text},
    tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `element`.
const ELEMENT: u64 = 16;
/// Offset of `cnt`: times left, -1 for ever.
const LEFT: u64 = 24;

/// `itertools.repeat`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 32,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ELEMENT], new_slot, next);
        slots.repr = Some(repr);
    },
    methods: &[
        Method::new("__length_hint__", "()", length_hint),
        Method::new("__reduce__", "()", reduce),
    ],
    doc: Some(
        "repeat(object [,times]) -> create an iterator which returns the object\n\
         for the specified number of times.  If not specified, returns the object\nendlessly.",
    ),
    ..TypeSpec::new(types::IT_REPEAT, "itertools.repeat")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    let [element, times] = args.bind::<2>(vm, "repeat", "(object, times=None)")?;
    let left = match times.some() {
        None => -1,
        Some(times) => index::ssize(vm, times)?.max(0),
    };
    let element = vm.incref(element);
    let object = make(vm, class, [(ELEMENT, element)])?;
    vm.set_word(object.addr(), LEFT, left as u64);
    Ok(object)
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let left = vm.word(object, LEFT) as i64;
    if left == 0 {
        return Ok(None);
    }
    if left > 0 {
        vm.set_word(object, LEFT, (left - 1) as u64);
    }
    let element = vm.field(object, ELEMENT);
    Ok(Some(vm.incref(element)))
}

fn repr(vm: &mut Vm, object: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    text.push_str(&vm.type_data(vm.type_of(object)).name.clone());
    text.push_str("(");
    let element = vm.field(object, ELEMENT);
    text::push_repr(vm, &mut text, element)?;
    let left = vm.word(object, LEFT) as i64;
    if left >= 0 {
        text.push_str(&format!(", {left}"));
    }
    text.push_str(")");
    text.finish(vm)
}

fn length_hint(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    match vm.word(object, LEFT) as i64 {
        -1 => Err(vm.type_error("len() of unsized object")),
        left => Ok(int::new(vm, left)),
    }
}

fn reduce(vm: &mut Vm, object: Addr, _args: Args) -> PyResult<Own> {
    pickle::warn(vm)?;
    let class = vm.incref(vm.type_of(object));
    let left = vm.word(object, LEFT) as i64;
    let element = vm.incref(vm.field(object, ELEMENT));
    let mut arguments = vec![element];
    if left >= 0 {
        arguments.push(int::new(vm, left));
    }
    let arguments = tuple::from_owned(vm, arguments);
    Ok(tuple::pair(vm, class, arguments))
}
