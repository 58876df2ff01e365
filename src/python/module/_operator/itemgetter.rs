//! `operator.itemgetter`. CPython: `itemgetterobject`.
//!
//! ```text
//! 16  nitems   how many items a call fetches
//! 24  item     the key, or a tuple of them
//! 32  index    the key as a number, -1 if it is none
//! ```

use crate::python::memory::{Addr, Own};
use crate::python::object::str::Text;
use crate::python::object::{
    Method, Slots, TypeSpec, alloc, flags, index, int, iterator, text, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const NITEMS: u64 = 16;
const ITEM: u64 = 24;
const INDEX: u64 = 32;

/// `operator.itemgetter`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::HAVE_VECTORCALL,
    slots,
    methods: &[Method::new("__reduce__", "()", reduce)],
    doc: Some(
        "Return a callable object that fetches the given item(s) from its operand.\nAfter f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
    ),
    ..TypeSpec::new(types::ITEMGETTER, "operator.itemgetter")
};

fn slots(slots: &mut Slots) {
    slots.new = Some(new);
    slots.dealloc = Some(|vm, object| iterator::dealloc_fields(vm, object, &[ITEM]));
    slots.traverse = Some(|vm, object, visit| iterator::visit_fields(vm, object, &[ITEM], visit));
    slots.clear = Some(|vm, object| iterator::clear_fields(vm, object, &[ITEM]));
    slots.call = Some(call);
    slots.repr = Some(repr);
}

fn new(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "itemgetter", args)?;
    let item = match args.len() {
        0 => return Err(vm.type_error("itemgetter expected 1 argument, got 0")),
        1 => {
            let item = args.get(vm, 0);
            vm.incref(item)
        }
        _ => {
            let items = args.to_vec(vm);
            tuple::new(vm, &items)
        }
    };
    let getter = alloc::alloc(vm, class, 0)?;
    let single = if args.len() == 1 {
        int::exact_compact(vm, item.addr())
    } else {
        None
    };
    let index = single.filter(|index| *index >= 0).unwrap_or(-1);
    vm.set_word(getter.addr(), NITEMS, args.len() as u64);
    vm.set_word(getter.addr(), INDEX, index as u64);
    vm.init_field(getter.addr(), ITEM, item);
    crate::python::gc::track(vm, getter.addr());
    Ok(getter)
}

fn call(vm: &mut Vm, getter: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "itemgetter", args)?;
    if args.len() != 1 {
        let given = args.len();
        return Err(vm.type_error(format!("itemgetter expected 1 argument, got {given}")));
    }
    let (object, item) = (args.get(vm, 0), vm.field(getter, ITEM));
    let count = vm.word(getter, NITEMS) as usize;
    if count == 1 {
        let index = vm.word(getter, INDEX) as i64;
        if index >= 0
            && vm.type_of(object) == types::TUPLE
            && (index as usize) < tuple::len(vm, object)
        {
            let found = tuple::item(vm, object, index as usize);
            return Ok(vm.incref(found));
        }
        return vm.get_item(object, item);
    }
    let mut found = Vec::with_capacity(count);
    for i in 0..count {
        let key = tuple::item(vm, item, i);
        found.push(vm.get_item(object, key)?);
    }
    Ok(tuple::from_owned(vm, found))
}

fn repr(vm: &mut Vm, getter: Addr) -> PyResult<Own> {
    let mut text = Text::new();
    text.push_str("operator.itemgetter(");
    if !vm.repr_enter(getter) {
        text.push_str("...)");
        return text.finish(vm);
    }
    let keys = keys(vm, getter);
    let result = push_separated(vm, &mut text, &keys);
    vm.repr_leave(getter);
    result?;
    text.push_str(")");
    text.finish(vm)
}

fn keys(vm: &Vm, getter: Addr) -> Vec<Addr> {
    let item = vm.field(getter, ITEM);
    if vm.word(getter, NITEMS) == 1 {
        vec![item]
    } else {
        tuple::items(vm, item)
    }
}

fn reduce(vm: &mut Vm, getter: Addr, _: Args) -> PyResult<Own> {
    let keys = keys(vm, getter);
    let (class, args) = (vm.type_of(getter), tuple::new(vm, &keys));
    let class = vm.incref(class);
    Ok(tuple::pair(vm, class, args))
}

/// `repr` of one object after another.
pub(super) fn push_separated(vm: &mut Vm, text: &mut Text, objects: &[Addr]) -> PyResult<()> {
    for (i, object) in objects.iter().enumerate() {
        if i > 0 {
            text.push_str(", ");
        }
        text::push_repr(vm, text, *object)?;
    }
    Ok(())
}
