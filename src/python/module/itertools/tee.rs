//! `itertools.tee`: iterators that share what they read in a chain of blocks of 57 values. CPython:
//! `teeobject`, `teedataobject`.

use super::{iterator_slots, make};
use crate::python::gc;
use crate::python::memory::{Addr, Own};
use crate::python::object::{
    Method, OB_REFCNT, Slots, TypeSpec, alloc, flags, index, iterator, tuple, types, weakref,
};
use crate::python::vm::{Args, PyResult, Vm};

/// Values in a block: `LINKCELLS`.
const CELLS: u64 = 57;

/// Offset of `dataobj`: the block that the iterator stands in.
const DATA: u64 = 16;
/// Offset of `index`: where in the block.
const INDEX: u64 = 24;
/// Offset of `weakreflist`.
const WEAKREFS: u64 = 32;

/// Offset in a block of `it`.
const ITERATOR: u64 = 16;
/// Offset in a block of `numread` and, above it, `running`, 32 bits each.
const READ: u64 = 24;
/// Offset in a block of `nextlink`.
const NEXT_LINK: u64 = 32;
/// Offset in a block of the values.
const VALUES: u64 = 40;

/// `itertools._tee`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 48,
    weaklistoffset: WEAKREFS as u32,
    flags: flags::HAVE_GC,
    slots: |slots: &mut Slots| {
        iterator_slots!(slots, &[DATA], new_slot, next);
        slots.dealloc = Some(dealloc);
        slots.clear = Some(|vm, tee| iterator::clear_fields(vm, tee, &[DATA]));
    },
    methods: &[Method::new("__copy__", "()", copy)],
    doc: Some("Iterator wrapped to make it copyable."),
    ..TypeSpec::new(types::IT_TEE, "itertools._tee")
};

/// `itertools._tee_dataobject`
pub static DATA_SPEC: TypeSpec = TypeSpec {
    basicsize: 496,
    flags: flags::HAVE_GC | flags::DISALLOW_INSTANTIATION,
    slots: |slots: &mut Slots| {
        slots.dealloc = Some(|vm, data| {
            gc::untrack(vm, data);
            clear_data(vm, data);
            alloc::free(vm, data);
        });
        slots.traverse = Some(traverse_data);
        slots.clear = Some(clear_data);
    },
    doc: Some(
        "teedataobject(iterable, values, next, /)\n--\n\nData container common to multiple tee objects.",
    ),
    ..TypeSpec::new(types::IT_TEEDATAOBJECT, "itertools._tee_dataobject")
};

/// `itertools.tee(iterable, n=2)`
pub fn tee(vm: &mut Vm, _module: Addr, args: Args) -> PyResult<Own> {
    let n = match args.opt(vm, 1) {
        None => 2,
        Some(n) => index::ssize(vm, n)?,
    };
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let result = tuple::filled_null(vm, n as usize)?;
    if n == 0 {
        return Ok(result);
    }
    let iterator = vm.get_iter(args.get(vm, 0))?;
    let copyable = match vm.get_attr_opt(iterator.addr(), vm.names.__copy__)? {
        Some(method) => {
            vm.decref(method);
            iterator
        }
        None => {
            let tee = from_iterable(vm, types::IT_TEE, iterator.addr())?;
            vm.decref(iterator);
            tee
        }
    };
    let copy = vm.get_attr(copyable.addr(), vm.names.__copy__)?;
    vm.init_field(result.addr(), tuple::ITEMS, copyable);
    for i in 1..n as u64 {
        let other = vm.call(copy.addr(), &[])?;
        vm.init_field(result.addr(), tuple::ITEMS + 8 * i, other);
    }
    vm.decref(copy);
    Ok(result)
}

fn new_slot(vm: &mut Vm, class: Addr, args: Args) -> PyResult<Own> {
    index::no_keywords(vm, "tee", args)?;
    index::check_positional(vm, "tee", args.len(), 1, 1)?;
    let iterable = args.get(vm, 0);
    from_iterable(vm, class, iterable)
}

fn from_iterable(vm: &mut Vm, class: Addr, iterable: Addr) -> PyResult<Own> {
    let iterator = vm.get_iter(iterable)?;
    if vm.type_of(iterator.addr()) == types::IT_TEE {
        let copy = copy(vm, iterator.addr(), Args::NONE)?;
        vm.decref(iterator);
        return Ok(copy);
    }
    let data = make(vm, types::IT_TEEDATAOBJECT, [(ITERATOR, iterator)])?;
    make(vm, class, [(DATA, data)])
}

fn copy(vm: &mut Vm, tee: Addr, _args: Args) -> PyResult<Own> {
    let data = vm.incref(vm.field(tee, DATA));
    let copy = make(vm, vm.type_of(tee), [(DATA, data)])?;
    let index = vm.word(tee, INDEX);
    vm.set_word(copy.addr(), INDEX, index);
    Ok(copy)
}

fn next(vm: &mut Vm, tee: Addr) -> PyResult<Option<Own>> {
    let mut data = vm.field(tee, DATA);
    if data.is_null() {
        return Ok(None);
    }
    let mut at = vm.word(tee, INDEX);
    if at >= CELLS {
        data = following(vm, data)?;
        let link = vm.incref(data);
        vm.set_field(tee, DATA, Some(link));
        at = 0;
        vm.set_word(tee, INDEX, 0);
    }
    let item = item(vm, data, at)?;
    if item.is_some() {
        vm.set_word(tee, INDEX, at + 1);
    }
    Ok(item)
}

/// The block after this one, made when it is first needed.
fn following(vm: &mut Vm, data: Addr) -> PyResult<Addr> {
    if let Some(link) = vm.field(data, NEXT_LINK).some() {
        return Ok(link);
    }
    let iterator = vm.incref(vm.field(data, ITERATOR));
    let link = make(vm, types::IT_TEEDATAOBJECT, [(ITERATOR, iterator)])?;
    let address = link.addr();
    vm.init_field(data, NEXT_LINK, link);
    Ok(address)
}

/// Value `at` of a block, read from the iterator if nobody has yet.
fn item(vm: &mut Vm, data: Addr, at: u64) -> PyResult<Option<Own>> {
    let (read, running) = (vm.word(data, READ) & 0xFFFF_FFFF, vm.word(data, READ) >> 32);
    if at < read {
        let value = vm.field(data, VALUES + 8 * at);
        return Ok(Some(vm.incref(value)));
    }
    if running != 0 {
        return Err(vm.runtime_error("cannot re-enter the tee iterator"));
    }
    vm.set_word(data, READ, read | 1 << 32);
    let value = vm.iter_next(vm.field(data, ITERATOR));
    vm.set_word(data, READ, read);
    let Some(value) = value? else {
        return Ok(None);
    };
    vm.set_word(data, READ, read + 1);
    let kept = vm.incref(value.addr());
    vm.init_field(data, VALUES + 8 * at, kept);
    Ok(Some(value))
}

fn dealloc(vm: &mut Vm, tee: Addr) {
    gc::untrack(vm, tee);
    if vm.word(tee, WEAKREFS) != 0 {
        weakref::clear_refs(vm, tee);
    }
    iterator::dealloc_fields(vm, tee, &[DATA]);
}

fn traverse_data(vm: &Vm, data: Addr, visit: &mut dyn FnMut(Addr)) {
    iterator::visit_fields(vm, data, &[ITERATOR], visit);
    for i in 0..(vm.word(data, READ) & 0xFFFF_FFFF).min(CELLS) {
        iterator::visit_fields(vm, data, &[VALUES + 8 * i], visit);
    }
    iterator::visit_fields(vm, data, &[NEXT_LINK], visit);
}

/// Drops what a block holds; a chain of blocks that nobody else holds dies one by one, not nested.
fn clear_data(vm: &mut Vm, data: Addr) {
    vm.set_field(data, ITERATOR, None);
    for i in 0..(vm.word(data, READ) & 0xFFFF_FFFF).min(CELLS) {
        vm.set_field(data, VALUES + 8 * i, None);
    }
    let mut link = vm.replace_field(data, NEXT_LINK, None);
    while let Some(block) = link {
        link = if vm.word(block.addr(), OB_REFCNT) == 1 {
            vm.replace_field(block.addr(), NEXT_LINK, None)
        } else {
            None
        };
        vm.decref(block);
    }
}
