//! `itertools.cycle`. CPython: `cycleobject`.

use super::{iterator_slots, make};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Slots, TypeSpec, flags, index, list, types};
use crate::python::vm::{Args, PyResult, Vm};

/// Offset of `it`, `NULL` once it is exhausted.
const ITERATOR: u64 = 16;
/// Offset of `saved`: the list of what it gave.
const SAVED: u64 = 24;
/// Offset of `index`: where in the list the next round stands.
const INDEX: u64 = 32;

/// `itertools.cycle`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[ITERATOR, SAVED], new_slot, next);
    },
    doc: Some(
        "Return elements from the iterable until it is exhausted. Then repeat the sequence indefinitely.",
    ),
    ..TypeSpec::new(types::IT_CYCLE, "itertools.cycle")
};

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::refuse_keywords(vm, class, types::IT_CYCLE, "cycle", args)?;
    index::check_positional(vm, "cycle", args.len(), 1, 1)?;
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let saved = list::new(vm);
    make(vm, class, [(ITERATOR, iterator), (SAVED, saved)])
}

fn next(vm: &mut Vm, object: Addr) -> PyResult<Option<Own>> {
    let saved = vm.field(object, SAVED);
    if let Some(iterator) = vm.field(object, ITERATOR).some() {
        if let Some(item) = vm.iter_next(iterator)? {
            let kept = vm.incref(item.addr());
            list::append(vm, saved, kept)?;
            return Ok(Some(item));
        }
        vm.set_field(object, ITERATOR, None);
    }
    let count = list::len(vm, saved);
    if count == 0 {
        return Ok(None);
    }
    let i = vm.word(object, INDEX) as usize % count;
    let following = if i + 1 >= count { 0 } else { i + 1 };
    vm.set_word(object, INDEX, following as u64);
    let item = list::item(vm, saved, i);
    Ok(Some(vm.incref(item)))
}
